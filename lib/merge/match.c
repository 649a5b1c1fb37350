/*
 * Which record is which: what became of each record of the base on a side.
 *
 * A record is itself when it has its id there. But where a side lacks the id, or has a record with another title under it, and
 * has a new record that reads more like the base's, that one got a new id: by a renaming, or because an earlier merge renumbered
 * it. First records of the same title are looked at, then those that say the same otherwise; of several the likest.
 * Cost: O(records), and reading the records that differ.
 */
#include "merge/identity-internal.h"

#include "text/ini.h"

#include <string.h>

bool section_is_followed(const struct section *section)
{
	return section->kind && !(section->kind->flags & (KIND_SINGLE | KIND_JOURNAL)) && section->folded.len &&
		section->key.len == strlen(section->kind->name) + 1 + section->folded.len;
}

bool section_is_automatic(const struct section *section, struct arena *arena)
{
	uint64_t number;

	return section_is_followed(section) && section->kind->prefix && !(section->kind->flags & KIND_RANDOM) &&
		id_number(section->folded, id_fold(slice_of(section->kind->prefix), arena), &number);
}

struct slice section_field(const struct section *section, const char *name, struct arena *arena)
{
	const struct field_text *field;
	struct vec fields;
	struct slice value;

	vec_init(&fields, sizeof(struct field_text));
	section_fields(section->body, arena, &fields);
	field = field_find(&fields, slice_of(name));
	value = field ? field->value : slice_new(NULL, 0);
	vec_release(&fields);
	return value;
}

/* Without its header and comments: what two sections of different ids may have in common. */
struct slice section_content(const struct section *section)
{
	struct slice body = slice_from(section->body, section->above);

	return slice_from(body, slice_find(body, '\n') + 1);
}

/* Share of the fields that are equal, the title counted twice: 0 … 1. */
static double likeness(const struct section *a, const struct section *b, struct arena *arena)
{
	size_t all = 0, equal = 0;
	struct vec x, y;

	vec_init(&x, sizeof(struct field_text));
	vec_init(&y, sizeof(struct field_text));
	section_fields(a->body, arena, &x);
	section_fields(b->body, arena, &y);
	for (size_t i = 0; i < x.len; i++) {
		const struct field_text *field = vec_at(&x, i), *other = field_find(&y, field->key);
		size_t weight = slice_is(field->key, "title") ? 2 : 1;

		all += weight;
		equal += other && slice_equal(field->value, other->value) ? 2 * weight : 0;
	}
	for (size_t i = 0; i < y.len; i++)
		all += slice_is(((struct field_text *)vec_at(&y, i))->key, "title") ? 2 : 1;
	vec_release(&x);
	vec_release(&y);
	return all ? (double)equal / (double)all : 0;
}

/* One id, another title: perhaps another record took the number. */
static bool is_doubtful(const struct section *a, const struct section *b, struct arena *arena)
{
	if (!section_is_automatic(a, arena) || slice_equal(section_content(a), section_content(b)))
		return false;
	return !slice_equal(section_field(a, "title", arena), section_field(b, "title", arena));
}

/* By what a record is looked for under another id: first its title, or all it says when it has none; then all but the
 * title. */
enum look { LOOK_TITLE, LOOK_REST };

static struct slice look(const struct section *section, enum look by, struct arena *arena)
{
	struct slice title = section_field(section, "title", arena), kept;
	struct strbuf text;
	struct vec fields;

	strbuf_init(&text);
	vec_init(&fields, sizeof(struct field_text));
	strbuf_addf(&text, "%s\n", section->kind->name);
	section_fields(section->body, arena, &fields);
	if (by == LOOK_TITLE && title.len)
		strbuf_add_slice(&text, title);
	else
		for (size_t i = 0; i < fields.len; i++) {
			const struct field_text *field = vec_at(&fields, i);

			if (!slice_is(field->key, "title"))
				strbuf_addf(&text, "%.*s=%.*s\n", (int)field->key.len, field->key.at, (int)field->value.len,
					field->value.at);
		}
	kept = arena_slice(arena, strbuf_slice(&text));
	vec_release(&fields);
	strbuf_release(&text);
	return kept;
}

/* Sections of a side that may be what became of a record of the base: new ones, and others under an old id. */
static void collect_candidates(const struct identity *identity, int side, struct vec *out)
{
	const struct tree *base = &identity->merging->trees[MERGE_BASE], *tree = &identity->merging->trees[side];

	for (size_t i = 0; i < tree->sections.len; i++) {
		struct section *section = vec_at(&tree->sections, i);
		const struct section *before = section_is_followed(section) ? tree_find(base, section->key) : NULL;

		if (section_is_followed(section) && (!before || is_doubtful(before, section, identity->merging->arena)))
			vec_append(out, &section);
	}
}

static void collect_lost(const struct identity *identity, int side, struct vec *out)
{
	const struct tree *base = &identity->merging->trees[MERGE_BASE], *tree = &identity->merging->trees[side];

	for (size_t i = 0; i < base->sections.len; i++) {
		struct section *section = vec_at(&base->sections, i);
		const struct section *now = section_is_followed(section) ? tree_find(tree, section->key) : NULL;

		if (section_is_followed(section) && (!now || is_doubtful(section, now, identity->merging->arena)))
			vec_append(out, &section);
	}
}

enum { CANDIDATES = 8 }; /* of one look that are compared */

/* Candidates by their look: the first, and the next of the same look (SIZE_MAX: none). */
struct looks {
	enum look by;
	const struct vec *candidates;
	struct map first;
	size_t *next;
};

static const double LIKE = 0.45; /* less in common is another record */

/* The likest of the candidates with that look that nobody took; what stands under the old id must be less like it. */
static struct section *likest(struct identity *identity, int side, const struct section *lost, const struct looks *looks)
{
	struct arena *arena = identity->merging->arena;
	const struct tree *tree = &identity->merging->trees[side];
	struct section *const *all = looks->candidates->items, *best = NULL;
	const struct section *same_id = tree_find(tree, lost->key);
	double most = LIKE;
	uintptr_t at;

	if (!map_get(&looks->first, look(lost, looks->by, arena), &at))
		return NULL;
	if (same_id && likeness(lost, same_id, arena) > most)
		most = likeness(lost, same_id, arena);
	for (int tries = 0; at != SIZE_MAX && tries < CANDIDATES; at = looks->next[at], tries++) {
		double like = likeness(lost, all[at], arena);

		if (like >= most && (!best || like > most) && identity->standings[side][number_of(tree, all[at])].base < 0) {
			most = like;
			best = all[at];
		}
	}
	return best;
}

static void follow(struct identity *identity, int side, const struct vec *lost, const struct vec *candidates, enum look by)
{
	const struct tree *base = &identity->merging->trees[MERGE_BASE], *tree = &identity->merging->trees[side];
	struct section *const *gone = lost->items, *const *all = candidates->items;
	struct looks looks = { .by = by, .candidates = candidates };

	looks.next = arena_calloc(identity->merging->arena, candidates->len + 1, sizeof(*looks.next));
	map_init(&looks.first);
	for (size_t i = candidates->len; i-- > 0;) {
		struct slice key = look(all[i], by, identity->merging->arena);
		uintptr_t first = SIZE_MAX;

		map_get(&looks.first, key, &first);
		looks.next[i] = first;
		map_put(&looks.first, key, i);
	}
	for (size_t i = 0; i < lost->len; i++) {
		size_t number = number_of(base, gone[i]);
		struct section *found = identity->now[side][number] < 0 ? likest(identity, side, gone[i], &looks) : NULL;

		if (!found)
			continue;
		identity->standings[side][number_of(tree, found)].base = (long)number;
		identity->now[side][number] = (long)number_of(tree, found);
	}
	map_release(&looks.first);
}

/* Whose id is still there and was not followed elsewhere is itself. */
static void match_by_id(struct identity *identity, int side)
{
	const struct tree *base = &identity->merging->trees[MERGE_BASE], *tree = &identity->merging->trees[side];

	for (size_t i = 0; i < tree->sections.len; i++) {
		const struct section *section = vec_at(&tree->sections, i), *before = tree_find(base, section->key);
		size_t number = before ? number_of(base, before) : 0;

		if (before && identity->standings[side][i].base < 0 && identity->now[side][number] < 0) {
			identity->standings[side][i].base = (long)number;
			identity->now[side][number] = (long)i;
		}
	}
}

void identity_match(struct identity *identity, int side)
{
	struct vec lost, candidates;

	vec_init(&lost, sizeof(struct section *));
	vec_init(&candidates, sizeof(struct section *));
	collect_lost(identity, side, &lost);
	if (lost.len)
		collect_candidates(identity, side, &candidates);
	for (enum look by = LOOK_TITLE; candidates.len && by <= LOOK_REST; by++)
		follow(identity, side, &lost, &candidates, by);
	match_by_id(identity, side);
	vec_release(&lost);
	vec_release(&candidates);
}
