/*
 * Which records stand in a file, in what order.
 *
 * Ours is the backbone. A record that theirs moved within the file and ours did not is taken out and put back
 * behind the record it follows in theirs, as are records that theirs added or moved here. Moved are those outside a
 * longest increasing subsequence of the positions they had in the base (Fredman 1975; O(n log n)).
 *
 * Worked example: base A B C D, ours A B X C D, theirs A C B D Y: theirs moved B (A C D stay, or A B D; the first found
 * counts). Backbone A X C D; B goes behind C, Y behind D: A X C B D Y.
 */
#include "merge/order-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static bool stands_here(const struct ordering *ordering, const struct unit *unit)
{
	return unit->path && strcmp(unit->path, ordering->path) == 0;
}

/* Marks the items of positions[] that are outside a longest increasing subsequence. */
static void mark_moved(const size_t *positions, size_t count, bool *moved)
{
	size_t *tails = xcalloc(2 * count + 1, sizeof(*tails)), *before = tails + count, len = 0;

	for (size_t i = 0; i < count; i++) {
		size_t low = 0, high = len;

		while (low < high) {
			size_t middle = (low + high) / 2;

			if (positions[tails[middle]] < positions[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? tails[low - 1] : SIZE_MAX;
		tails[low] = i;
		len += low == len;
		moved[i] = true;
	}
	for (size_t i = len ? tails[len - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i])
		moved[i] = false;
	free(tails);
}

/* Which records the side moved, of those that stood in this file before. */
static void find_moved(struct ordering *ordering, int side)
{
	const struct tree_file *file = ordering->files[side];
	const struct section *base = ordering->merging->trees[MERGE_BASE].sections.items;
	size_t *positions, count = 0, ascending = 1;
	uint32_t *units;
	bool *moved;

	if (!file || !ordering->files[MERGE_BASE] || file->count == 0)
		return;
	positions = xcalloc(file->count, sizeof(*positions));
	units = xcalloc(file->count, sizeof(*units));
	for (size_t i = 0; i < file->count; i++) {
		uint32_t number = section_in(ordering, side, i)->unit;
		const struct section *before = unit_at(ordering, number)->sides[MERGE_BASE];
		size_t at = before ? (size_t)(before - base) - ordering->files[MERGE_BASE]->first : SIZE_MAX;

		if (at >= ordering->files[MERGE_BASE]->count)
			continue;
		ascending = ascending && (count == 0 || positions[count - 1] < at);
		positions[count] = at;
		units[count++] = number;
	}
	moved = xcalloc(count + 1, sizeof(*moved));
	if (!ascending)
		mark_moved(positions, count, moved);
	for (size_t i = 0; i < count; i++)
		if (moved[i])
			ordering->moved[units[i]] |= (char)(1 << side);
	free(positions);
	free(units);
	free(moved);
}

static void put_behind(struct ordering *ordering, uint32_t number, uint32_t after)
{
	uint32_t *link = after == NOBODY ? &ordering->first : &ordering->next[after];

	ordering->next[number] = *link;
	*link = number;
	ordering->placed[number] = 1;
}

/* Ours' records, but for those that theirs alone moved. */
static void place_ours(struct ordering *ordering)
{
	size_t count = ordering->files[MERGE_OURS] ? ordering->files[MERGE_OURS]->count : 0;
	uint32_t last = NOBODY;

	for (size_t i = 0; i < count; i++) {
		uint32_t number = section_in(ordering, MERGE_OURS, i)->unit;

		if (!stands_here(ordering, unit_at(ordering, number)) || ordering->moved[number] == 1 << MERGE_THEIRS)
			continue;
		put_behind(ordering, number, last);
		last = number;
	}
}

static bool is_new_of_ours(const struct unit *unit)
{
	return !unit->sides[MERGE_THEIRS] && !unit->sides[MERGE_BASE];
}

/* The id in `parent`, folded; empty for what has none. */
static struct slice parent_of(const struct ordering *ordering, const struct unit *unit)
{
	struct arena *arena = ordering->merging->arena;
	const struct field_text *field;
	struct slice parent = { NULL, 0 };
	struct vec fields;

	vec_init(&fields, sizeof(struct field_text));
	section_fields(unit->body, arena, &fields);
	field = field_find(&fields, slice_of("parent"));
	if (field)
		parent = id_fold(field->value, arena);
	vec_release(&fields);
	return parent;
}

/*
 * What ours put at the same place comes first: new records with the same parent, each with those below it. A new child
 * stands before what no longer belongs to its family.
 */
static uint32_t behind_ours(const struct ordering *ordering, uint32_t after, const struct unit *unit)
{
	uint32_t next = after == NOBODY ? ordering->first : ordering->next[after], first = next;
	struct slice parent;

	if (next == NOBODY || !is_new_of_ours(unit_at(ordering, next)))
		return after;
	parent = parent_of(ordering, unit);
	for (; next != NOBODY && is_new_of_ours(unit_at(ordering, next)); next = ordering->next[next]) {
		struct slice above = parent_of(ordering, unit_at(ordering, next));
		bool family = slice_equal(above, parent);

		for (uint32_t i = first; i != next && !family; i = ordering->next[i])
			family = slice_equal(unit_at(ordering, i)->sides[MERGE_OURS]->folded, above);
		if (!family)
			break;
		after = next;
	}
	return after;
}

static void place_theirs(struct ordering *ordering)
{
	size_t count = ordering->files[MERGE_THEIRS] ? ordering->files[MERGE_THEIRS]->count : 0;
	uint32_t last = NOBODY;

	for (size_t i = 0; i < count; i++) {
		uint32_t number = section_in(ordering, MERGE_THEIRS, i)->unit;
		const struct unit *unit = unit_at(ordering, number);

		if (!stands_here(ordering, unit))
			continue;
		if (!ordering->placed[number])
			put_behind(ordering, number, unit->sides[MERGE_BASE] ? last : behind_ours(ordering, last, unit));
		last = number;
	}
}

/* What moved within this file says nothing of another. */
static void forget_moved(struct ordering *ordering, int side)
{
	size_t count = ordering->files[side] ? ordering->files[side]->count : 0;

	for (size_t i = 0; i < count; i++)
		ordering->moved[section_in(ordering, side, i)->unit] = 0;
}

void order_arrange(struct ordering *ordering)
{
	ordering->first = NOBODY;
	find_moved(ordering, MERGE_OURS);
	find_moved(ordering, MERGE_THEIRS);
	place_ours(ordering);
	place_theirs(ordering);
	forget_moved(ordering, MERGE_OURS);
	forget_moved(ordering, MERGE_THEIRS);
	for (uint32_t at = ordering->first; at != NOBODY; at = ordering->next[at])
		vec_append(&ordering->sequence, &at);
}
