/*
 * Which record is which on the three sides, and what id each will have.
 *
 * Idea: a record of the base is the same record on a side when it has its id there. But where a side lacks the id, or
 * has a record with another title under it, and has a new record that reads more like the base's, that
 * one got a new id: by a renaming, or because an earlier merge renumbered it. So each side gives every record of the base an id (or none),
 * and has new records besides. Ids are then given out in this order: to records of the base, the new one where a side
 * changed it; to new records of the side that keeps its numbers; to new records of the other. Who finds an automatic
 * id taken by another record gets a fresh number. At last each tree is rewritten to the ids that came out, references
 * and all, and from there on a record is known by its id alone.
 *
 * Worked example: base has T-1; ours adds T-2 "A", theirs adds T-2 "B" and T-3 "C" depending on T-2. Ours keeps T-2;
 * theirs' T-2 becomes T-4 (above all three), and T-3 says "depends = T-4". When theirs goes on and is merged again, the
 * base has T-2 "B", ours T-2 "A" and T-4 "B": ours' T-4 is the base's T-2, theirs is rewritten to T-4, and what theirs
 * did to "B" meets "B".
 *
 * Cost: O(records), and reading the records that differ.
 */
#include "merge/identity-internal.h"

#include "text/ini.h"

#include <string.h>

static const struct section *section_at(const struct identity *identity, int side, long number)
{
	return number < 0 ? NULL : vec_at(&identity->merging->trees[side].sections, (size_t)number);
}

/* The id a side gives a record of the base, when it is not the base's own. */
static const struct section *renamed_on(const struct identity *identity, int side, size_t number)
{
	const struct section *base = section_at(identity, MERGE_BASE, (long)number);
	const struct section *now = section_at(identity, side, identity->now[side][number]);

	return now && !slice_equal(now->key, base->key) ? now : NULL;
}

static void add_renumbering(struct identity *identity, int side, const struct section *section, struct slice id)
{
	struct merging *merging = identity->merging;
	struct merge_renumbering *renumbering = vec_push(&merging->result->renumberings);
	struct slice title = section_field(section, "title", merging->arena);

	*renumbering = (struct merge_renumbering){ .kind = section->kind, .side = (enum merge_side)side,
		.old_id = arena_strndup(merging->arena, section->id.at, section->id.len),
		.new_id = arena_strndup(merging->arena, id.at, id.len),
		.title = arena_strndup(merging->arena, title.at ? title.at : "", title.len) };
}

static bool ours_keeps(const struct identity *identity)
{
	return identity->merging->request->numbers != MERGE_RENUMBER_OURS;
}

/* Each side gave the record another id. Of two numbers one is as good as the other; names are for people to choose. */
static const struct section *settle_two_ids(struct identity *identity, size_t number, const struct section *ours,
	const struct section *theirs)
{
	struct merging *merging = identity->merging;
	const struct section *base = section_at(identity, MERGE_BASE, (long)number);
	const struct tree_file *file = vec_at(&merging->trees[MERGE_OURS].files, ours->file);
	struct merge_conflict *conflict;

	if (section_is_automatic(ours, merging->arena) && section_is_automatic(theirs, merging->arena)) {
		if (ours_keeps(identity))
			add_renumbering(identity, MERGE_THEIRS, theirs, ours->id);
		else
			add_renumbering(identity, MERGE_OURS, ours, theirs->id);
		return ours_keeps(identity) ? ours : theirs;
	}
	if (merging->request->as_base)
		return ours;
	conflict = vec_push(&merging->result->conflicts);
	conflict->what = MERGE_RENAMED;
	conflict->path = file->path;
	conflict->record = arena_printf(merging->arena, "%s %.*s", ours->kind->name, (int)ours->id.len, ours->id.at);
	conflict->values[MERGE_BASE] = base->id;
	conflict->values[MERGE_OURS] = ours->id;
	conflict->values[MERGE_THEIRS] = theirs->id;
	return ours;
}

static void give_old(struct identity *identity, size_t number, struct slice key, struct slice id)
{
	struct standing *standing = &identity->standings[MERGE_BASE][number];

	map_put(&identity->taken, key, (uintptr_t)standing);
	standing->id = id;
	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++)
		if (identity->now[side][number] >= 0)
			identity->standings[side][identity->now[side][number]].id = id;
}

/* The id a side gave a record of the base; of two records renamed to one id the second keeps its own. */
static void name_renamed(struct identity *identity, size_t number)
{
	const struct section *base = section_at(identity, MERGE_BASE, (long)number), *named;
	const struct section *ours = renamed_on(identity, MERGE_OURS, number);
	const struct section *theirs = renamed_on(identity, MERGE_THEIRS, number);

	if (!section_is_followed(base) || (!ours && !theirs))
		return;
	named = ours ? ours : theirs;
	if (ours && theirs && !slice_equal(ours->key, theirs->key))
		named = settle_two_ids(identity, number, ours, theirs);
	if (!map_get(&identity->taken, named->key, NULL))
		give_old(identity, number, named->key, named->id);
}

static void raise_highest(struct identity *identity, const struct section *section, uint64_t *highest)
{
	uint64_t number;

	if (section_is_followed(section) && id_number(section->folded, id_fold(slice_of(section->kind->prefix), identity->merging->arena), &number) &&
		number > *highest)
		*highest = number;
}

static uint64_t highest_of(struct identity *identity, const struct kind *kind)
{
	const struct merge_request *request = identity->merging->request;
	uint64_t highest = request->high_water ? request->high_water(request->context, kind) : 0;

	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct section *sections = identity->merging->trees[side].sections.items;

		for (size_t i = 0; i < identity->merging->trees[side].sections.len; i++)
			if (sections[i].kind == kind)
				raise_highest(identity, &sections[i], &highest);
	}
	return highest;
}

/* "T-13": above all that was ever given. */
static struct slice fresh_id(struct identity *identity, const struct kind *kind)
{
	uintptr_t highest;

	if (!map_get(&identity->highest, slice_of(kind->name), &highest))
		highest = (uintptr_t)highest_of(identity, kind);
	map_put(&identity->highest, slice_of(kind->name), ++highest);
	return slice_of(arena_printf(identity->merging->arena, "%s-%llu", kind->prefix, (unsigned long long)highest));
}

/* All others keep theirs. Where a renamed record took it, this one is gone on that side; if it stays for the other's
 * sake it needs a number of its own. */
static void name_kept(struct identity *identity, size_t number)
{
	struct arena *arena = identity->merging->arena;
	const struct section *base = section_at(identity, MERGE_BASE, (long)number);
	struct slice id;

	if (!section_is_followed(base) || identity->standings[MERGE_BASE][number].id.at)
		return;
	if (!map_get(&identity->taken, base->key, NULL)) {
		give_old(identity, number, base->key, base->id);
	} else if (section_is_automatic(base, arena)) {
		id = fresh_id(identity, base->kind);
		give_old(identity, number, record_key(arena, base->kind, id_fold(id, arena)), id);
	}
}

static void renumber(struct identity *identity, int side, const struct section *section, struct standing *standing)
{
	struct merging *merging = identity->merging;

	standing->id = fresh_id(identity, section->kind);
	map_put(&identity->taken, record_key(merging->arena, section->kind, id_fold(standing->id, merging->arena)), (uintptr_t)standing);
	add_renumbering(identity, side, section, standing->id);
}

/* Added on both sides under one id: are they one record? */
static bool is_same_new(const struct section *a, const struct section *b, struct arena *arena)
{
	struct slice title = section_field(a, "title", arena);

	if (slice_equal(section_content(a), section_content(b)))
		return true;
	return title.len && slice_equal(title, section_field(b, "title", arena)) &&
		slice_equal(section_field(a, "parent", arena), section_field(b, "parent", arena));
}

static void name_new(struct identity *identity, int side, size_t number)
{
	struct merging *merging = identity->merging;
	const struct section *section = section_at(identity, side, (long)number), *other;
	struct standing *standing = &identity->standings[side][number];
	uintptr_t holder;

	if (standing->base >= 0 || !section_is_followed(section))
		return;
	standing->id = section->id;
	if (map_add(&identity->taken, section->key, (uintptr_t)standing, &holder) || !section_is_automatic(section, merging->arena))
		return;
	other = tree_find(&merging->trees[side == MERGE_OURS ? MERGE_THEIRS : MERGE_OURS], section->key);
	if (other && identity->standings[side == MERGE_OURS ? MERGE_THEIRS : MERGE_OURS]
				[number_of(&merging->trees[side == MERGE_OURS ? MERGE_THEIRS : MERGE_OURS], other)].base < 0 &&
		is_same_new(section, other, merging->arena))
		return;
	renumber(identity, side, section, standing);
}

static void apply(struct identity *identity, int side)
{
	struct merging *merging = identity->merging;
	struct tree *tree = &merging->trees[side];
	struct vec renamings;

	vec_init(&renamings, sizeof(struct renaming));
	for (size_t i = 0; i < tree->sections.len; i++) {
		const struct section *section = vec_at(&tree->sections, i);
		struct renaming renaming = { section, identity->standings[side][i].id };

		if (renaming.new_id.at && !slice_equal(id_fold(renaming.new_id, merging->arena), section->folded))
			vec_append(&renamings, &renaming);
	}
	if (renamings.len)
		tree_rename(tree, &renamings, merging->arena);
	vec_release(&renamings);
}

static void settle_names(struct identity *identity)
{
	int first = ours_keeps(identity) ? MERGE_OURS : MERGE_THEIRS;

	size_t old = identity->merging->trees[MERGE_BASE].sections.len;

	for (size_t i = 0; i < old; i++)
		name_renamed(identity, i);
	for (size_t i = 0; i < old; i++)
		name_kept(identity, i);
	for (int turn = 0; turn < 2; turn++) {
		int side = turn == 0 ? first : MERGE_OURS + MERGE_THEIRS - first;

		for (size_t i = 0; i < identity->merging->trees[side].sections.len; i++)
			name_new(identity, side, i);
	}
}

/* One file alone: two records with one id both stay; the second is known by another key. */
static void keep_apart(struct merging *merging)
{
	const struct tree *base = &merging->trees[MERGE_BASE], *ours = &merging->trees[MERGE_OURS];
	struct tree *theirs = &merging->trees[MERGE_THEIRS];

	for (size_t i = 0; i < theirs->sections.len; i++) {
		struct section *section = vec_at(&theirs->sections, i);
		const struct section *other = tree_find(ours, section->key);

		if (other && section_is_automatic(section, merging->arena) && !tree_find(base, section->key) &&
			!is_same_new(other, section, merging->arena))
			section->key = slice_of(arena_printf(merging->arena, "%.*s\ntheirs", (int)section->key.len, section->key.at));
	}
}

void identity_settle(struct merging *merging)
{
	struct identity identity = { .merging = merging };
	size_t base = merging->trees[MERGE_BASE].sections.len;

	if (merging->request->numbers == MERGE_RENUMBER_NONE) {
		keep_apart(merging);
		return;
	}
	map_init(&identity.taken);
	map_init(&identity.highest);
	for (int side = 0; side < MERGE_SIDES; side++) {
		size_t count = merging->trees[side].sections.len;

		identity.standings[side] = arena_calloc(merging->arena, count + 1, sizeof(struct standing));
		identity.now[side] = arena_calloc(merging->arena, base + 1, sizeof(long));
		for (size_t i = 0; i < count; i++)
			identity.standings[side][i].base = -1;
		for (size_t i = 0; i < base; i++)
			identity.now[side][i] = -1;
	}
	identity_match(&identity, MERGE_OURS);
	identity_match(&identity, MERGE_THEIRS);
	settle_names(&identity);
	for (int side = 0; side < MERGE_SIDES; side++)
		apply(&identity, side);
	map_release(&identity.taken);
	map_release(&identity.highest);
}
