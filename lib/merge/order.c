/*
 * Files from records: which stand in a file, in what order, and what stands between them.
 *
 * Order: ours is the backbone. A record that theirs moved within the file and ours did not is taken out and put back
 * behind the record it follows in theirs, as are records that theirs added or moved here. Moved are those outside a
 * longest increasing subsequence of the positions they had in the base (Fredman 1975; O(n log n)).
 *
 * Worked example: base A B C D, ours A B X C D, theirs A C B D Y: theirs moved B (A C D stay, or A B D; the first found
 * counts). Backbone A X C D; B goes behind C, Y behind D: A X C B D Y.
 */
#include "merge/merge-internal.h"

#include "base/alloc.h"
#include "base/diff.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY UINT32_MAX

struct ordering {
	struct merging *merging;
	const char *path;
	const struct tree_file *files[MERGE_SIDES]; /* NULL: not there */
	uint32_t *next;     /* by unit: the one behind it in this file */
	char *moved;        /* by unit: bit of each side that moved it within its file */
	char *placed;       /* by unit */
	uint32_t first;
	struct vec sequence; /* uint32_t: the units, in order */
	struct vec starts;   /* size_t: where the body of each begins */
	struct strbuf text;
};

static struct unit *unit_at(const struct ordering *ordering, uint32_t number)
{
	return vec_at(&ordering->merging->units, number);
}

static struct section *section_in(const struct ordering *ordering, int side, size_t index)
{
	return vec_at(&ordering->merging->trees[side].sections, ordering->files[side]->first + index);
}

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

/* What stands between */

/* Three ways by line; comments of both sides stay. */
static struct slice merge_loose(struct merging *merging, const struct slice sides[MERGE_SIDES])
{
	enum merge_side side = pick(slice_equal(sides[0], sides[1]), slice_equal(sides[0], sides[2]), slice_equal(sides[1], sides[2]));
	struct strbuf text;
	struct slice out;

	if (side != MERGE_BASE)
		return sides[side];
	strbuf_init(&text);
	merge_lines(sides, MERGE_ALL, &text);
	out = arena_slice(merging->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

static struct slice gap_on(const struct unit *unit, int side)
{
	return unit->sides[side] ? unit->sides[side]->gap : slice_new(NULL, 0);
}

static struct slice merge_gap(struct merging *merging, const struct unit *unit)
{
	struct slice gaps[MERGE_SIDES];

	for (int side = 0; side < MERGE_SIDES; side++)
		gaps[side] = gap_on(unit, side);
	if (unit->sides[MERGE_OURS] && unit->sides[MERGE_THEIRS] && unit->sides[MERGE_BASE])
		return merge_loose(merging, gaps);
	if (unit->sides[MERGE_OURS] && unit->sides[MERGE_THEIRS]) {
		gaps[MERGE_BASE] = slice_new(NULL, 0);
		return slice_equal(gaps[MERGE_OURS], gaps[MERGE_THEIRS]) ? gaps[MERGE_OURS] : merge_loose(merging, gaps);
	}
	return unit->sides[MERGE_OURS] ? gaps[MERGE_OURS] : gaps[MERGE_THEIRS];
}

static bool ends_blank(struct slice text)
{
	return slice_is(text, "\n") || slice_ends(text, "\n\n");
}

/* Does `next` (NULL: nothing) follow the unit on a side whose gap is this one? */
static bool follows_so(const struct ordering *ordering, const struct unit *unit, const struct unit *next, struct slice gap)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct section *own = unit->sides[side], *sections = ordering->merging->trees[side].sections.items;
		const struct tree_file *files = ordering->merging->trees[side].files.items;

		if (!own || !slice_equal(own->gap, gap))
			continue;
		size_t number = (size_t)(own - sections);
		bool last = number + 1 == files[own->file].first + files[own->file].count;
		if (next ? !last && next->sides[side] == own + 1 : last)
			return true;
	}
	return false;
}

/* New neighbours are kept apart by a blank line; nothing blank is left at the end. */
static void add_gap(struct ordering *ordering, const struct unit *unit, const struct unit *next)
{
	struct slice gap = merge_gap(ordering->merging, unit);

	if (follows_so(ordering, unit, next, gap)) {
		strbuf_add_slice(&ordering->text, gap);
		return;
	}
	if (!next)
		while (ends_blank(gap))
			gap.len--;
	strbuf_add_slice(&ordering->text, gap);
	if (next && !ends_blank(gap))
		strbuf_add_char(&ordering->text, '\n');
}

/* Does the first record stand directly below this head on a side? */
static bool begins_so(const struct ordering *ordering, struct slice head)
{
	const uint32_t *sequence = ordering->sequence.items;

	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct tree_file *file = ordering->files[side];

		if (file && file->count && slice_equal(file->head, head) && section_in(ordering, side, 0)->unit == sequence[0])
			return true;
	}
	return false;
}

static void add_head(struct ordering *ordering)
{
	struct slice heads[MERGE_SIDES], head;

	for (int side = 0; side < MERGE_SIDES; side++)
		heads[side] = ordering->files[side] ? ordering->files[side]->head : slice_new(NULL, 0);
	if (ordering->files[MERGE_OURS] && ordering->files[MERGE_THEIRS])
		head = merge_loose(ordering->merging, heads);
	else
		head = heads[ordering->files[MERGE_OURS] ? MERGE_OURS : MERGE_THEIRS];
	strbuf_add_slice(&ordering->text, head);
	if (head.len && ordering->sequence.len && !ends_blank(head) && !begins_so(ordering, head))
		strbuf_add_char(&ordering->text, '\n');
}

static void add_units(struct ordering *ordering)
{
	const uint32_t *sequence = ordering->sequence.items;

	for (size_t i = 0; i < ordering->sequence.len; i++) {
		struct unit *unit = unit_at(ordering, sequence[i]);
		bool last = i + 1 == ordering->sequence.len;

		vec_append(&ordering->starts, &ordering->text.len);
		strbuf_add_slice(&ordering->text, unit->body);
		add_gap(ordering, unit, last ? NULL : unit_at(ordering, sequence[i + 1]));
	}
}

static uint32_t lines_in(const char *text, size_t len)
{
	uint32_t lines = 0;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

/* Lines of conflicts counted from their record's first line; now from the file's. */
static size_t place_conflicts(struct ordering *ordering)
{
	struct merge_conflict *conflicts = ordering->merging->result->conflicts.items;
	const uint32_t *sequence = ordering->sequence.items;
	const size_t *starts = ordering->starts.items;
	size_t count = 0;

	for (size_t i = 0; i < ordering->sequence.len; i++) {
		const struct unit *unit = unit_at(ordering, sequence[i]);

		for (size_t c = unit->conflict; c < unit->conflict + unit->conflicts; c++) {
			conflicts[c].path = ordering->path;
			conflicts[c].line += 1 + lines_in(ordering->text.buf, starts[i]);
			count++;
		}
	}
	return count;
}

static int pick_number(const struct ordering *ordering, const int values[MERGE_SIDES])
{
	if (!ordering->files[MERGE_OURS] || !ordering->files[MERGE_THEIRS])
		return values[ordering->files[MERGE_OURS] ? MERGE_OURS : MERGE_THEIRS];
	return ordering->files[MERGE_BASE] && values[MERGE_BASE] == values[MERGE_OURS] ? values[MERGE_THEIRS] : values[MERGE_OURS];
}

static struct slice finish_text(struct ordering *ordering)
{
	int style[MERGE_SIDES] = { 0 }, bom[MERGE_SIDES] = { 0 }, unended[MERGE_SIDES] = { 0 };
	struct arena *arena = ordering->merging->arena;

	for (int side = 0; side < MERGE_SIDES; side++)
		if (ordering->files[side]) {
			style[side] = (int)ordering->files[side]->style;
			bom[side] = ordering->files[side]->bom;
			unended[side] = ordering->files[side]->unended;
		}
	return tree_file_bytes(arena, arena_slice(arena, strbuf_slice(&ordering->text)),
		(enum line_style)pick_number(ordering, style), pick_number(ordering, bom), pick_number(ordering, unended));
}

/* Is the file there? A file without records stays when neither side removed it. */
static bool file_stays(const struct ordering *ordering)
{
	const struct tree_file *ours = ordering->files[MERGE_OURS], *theirs = ordering->files[MERGE_THEIRS];

	if (ordering->sequence.len)
		return true;
	if (!ours || !theirs)
		return (ours || theirs) && !ordering->files[MERGE_BASE];
	return slice_trim(strbuf_slice(&ordering->text)).len || !ours->count || !theirs->count;
}

static bool all_same(const struct ordering *ordering)
{
	const struct tree_file *const *files = ordering->files;

	return files[0] && files[1] && files[2] && slice_equal(files[0]->raw, files[1]->raw) &&
		slice_equal(files[0]->raw, files[2]->raw);
}

static void set_bytes(struct ordering *ordering, struct slice bytes, size_t conflicts)
{
	struct merge_file *out = vec_push(&ordering->merging->result->files);
	const struct tree_file *ours = ordering->files[MERGE_OURS];

	out->path = ordering->path;
	out->bytes = bytes;
	if (bytes.len == 0 && bytes.at)
		out->bytes.at = "";
	out->conflicts = conflicts;
	out->untouched = all_same(ordering) && bytes.at && slice_equal(bytes, ours->raw);
	out->changed = !ours != !bytes.at || (ours && !slice_equal(ours->raw, bytes)) || conflicts;
}

/* A file that is no text to us: one side's bytes. */
static void write_opaque(struct ordering *ordering)
{
	struct merging *merging = ordering->merging;
	struct slice raws[MERGE_SIDES];
	enum merge_side side;

	for (int i = 0; i < MERGE_SIDES; i++) {
		raws[i] = ordering->files[i] ? ordering->files[i]->raw : slice_new(NULL, 0);
		if (ordering->files[i] && !raws[i].at)
			raws[i].at = "";
	}
	side = pick(!raws[0].at == !raws[1].at && slice_equal(raws[0], raws[1]),
		!raws[0].at == !raws[2].at && slice_equal(raws[0], raws[2]), !raws[1].at == !raws[2].at && slice_equal(raws[1], raws[2]));
	if (side == MERGE_BASE && !merging->request->as_base) {
		struct merge_conflict *conflict = vec_push(&merging->result->conflicts);

		conflict->what = MERGE_FILE;
		conflict->path = ordering->path;
	}
	set_bytes(ordering, raws[side == MERGE_BASE ? (raws[MERGE_OURS].at ? MERGE_OURS : MERGE_THEIRS) : side], side == MERGE_BASE);
}

/* What moved within this file says nothing of another. */
static void forget_moved(struct ordering *ordering, int side)
{
	size_t count = ordering->files[side] ? ordering->files[side]->count : 0;

	for (size_t i = 0; i < count; i++)
		ordering->moved[section_in(ordering, side, i)->unit] = 0;
}

static void arrange(struct ordering *ordering)
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

/* Nothing of it moved elsewhere: its records are all here, as they were. */
static bool is_untouched(const struct ordering *ordering)
{
	const struct tree_file *ours = ordering->files[MERGE_OURS];

	if (!all_same(ordering) || ordering->sequence.len != ours->count)
		return false;
	for (size_t i = 0; i < ours->count; i++) {
		uint32_t number = ((const uint32_t *)ordering->sequence.items)[i];

		if (section_in(ordering, MERGE_OURS, i)->unit != number ||
			!slice_equal(unit_at(ordering, number)->body, section_in(ordering, MERGE_OURS, i)->body))
			return false;
	}
	return true;
}

static void write_file(struct ordering *ordering)
{
	size_t conflicts;

	vec_clear(&ordering->sequence);
	vec_clear(&ordering->starts);
	strbuf_reset(&ordering->text);
	for (int side = 0; side < MERGE_SIDES; side++)
		ordering->files[side] = tree_find_file(&ordering->merging->trees[side], ordering->path);
	for (int side = 0; side < MERGE_SIDES; side++)
		if (ordering->files[side] && ordering->files[side]->opaque) {
			write_opaque(ordering);
			return;
		}
	arrange(ordering);
	if (is_untouched(ordering)) {
		set_bytes(ordering, ordering->files[MERGE_OURS]->raw, 0);
		return;
	}
	add_head(ordering);
	add_units(ordering);
	conflicts = place_conflicts(ordering);
	set_bytes(ordering, file_stays(ordering) ? finish_text(ordering) : slice_new(NULL, 0), conflicts);
}

static int compare_names(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void collect_paths(const struct merging *merging, struct vec *paths)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct tree_file *files = merging->trees[side].files.items;

		for (size_t i = 0; i < merging->trees[side].files.len; i++)
			vec_append(paths, &files[i].path);
	}
	vec_sort(paths, compare_names, NULL);
}

void order_write(struct merging *merging)
{
	size_t units = merging->units.len;
	struct ordering ordering = { .merging = merging };
	const char **paths;
	struct vec names;

	ordering.next = xcalloc(units + 1, sizeof(*ordering.next));
	ordering.moved = xcalloc(units + 1, 1);
	ordering.placed = xcalloc(units + 1, 1);
	vec_init(&ordering.sequence, sizeof(uint32_t));
	vec_init(&ordering.starts, sizeof(size_t));
	strbuf_init(&ordering.text);
	vec_init(&names, sizeof(const char *));
	collect_paths(merging, &names);
	paths = names.items;
	for (size_t i = 0; i < names.len; i++)
		if (i == 0 || strcmp(paths[i], paths[i - 1]) != 0) {
			ordering.path = paths[i];
			write_file(&ordering);
		}
	vec_release(&names);
	strbuf_release(&ordering.text);
	vec_release(&ordering.starts);
	vec_release(&ordering.sequence);
	free(ordering.next);
	free(ordering.moved);
	free(ordering.placed);
}
