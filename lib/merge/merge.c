#include "merge/merge-internal.h"

#include "base/i18n.h"

#include <string.h>

static int read_trees(struct merging *merging, struct err *err)
{
	int status = 0;

	for (int side = 0; side < MERGE_SIDES && status == 0; side++)
		status = tree_read(&merging->trees[side], merging->request->sides[side], merging->arena, err);
	return status;
}

/* A file that one side cannot read as text is read so on none; one that is a link on one side is git's on all. */
static void spread(struct merging *merging)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct tree_file *files = merging->trees[side].files.items;

		for (size_t i = 0; i < merging->trees[side].files.len; i++)
			for (int other = 0; (files[i].opaque || files[i].link) && other < MERGE_SIDES; other++) {
				struct tree_file *same = tree_find_file(&merging->trees[other], files[i].path);

				if (same && files[i].opaque)
					same->opaque = true;
				if (same && files[i].link)
					same->link = true;
			}
	}
}

static void leave_links(struct tree *tree)
{
	for (size_t i = tree->files.len; i-- > 0;)
		if (((struct tree_file *)vec_at(&tree->files, i))->link)
			vec_remove(&tree->files, i);
}

static void cut_trees(struct merging *merging)
{
	spread(merging);
	for (int side = 0; side < MERGE_SIDES; side++)
		leave_links(&merging->trees[side]);
	for (int side = 0; side < MERGE_SIDES; side++)
		tree_cut(&merging->trees[side], side == MERGE_BASE ? NULL : &merging->trees[MERGE_BASE], merging->arena);
}

/* Where most of a file's records went, when that file is new there; else NULL. */
static const char *new_place(const struct merging *merging, int side, const struct tree_file *file)
{
	const struct tree *base = &merging->trees[MERGE_BASE], *tree = &merging->trees[side];
	const struct tree_file *files = tree->files.items, *into = NULL;
	size_t there = 0;

	for (size_t i = 0; i < file->count; i++) {
		const struct section *section = vec_at(&base->sections, file->first + i), *now = tree_find(tree, section->key);

		if (!now)
			continue;
		if (!into)
			into = &files[now->file];
		there += into == &files[now->file];
	}
	return into && 2 * there > file->count && !tree_find_file(base, into->path) ? into->path : NULL;
}

static void move_file(struct tree *tree, const char *from, const char *to)
{
	struct tree_file *file = tree_find_file(tree, from);

	if (!file || tree_find_file(tree, to))
		return;
	map_put(&tree->by_path, slice_of(to), (uintptr_t)(file - (struct tree_file *)tree->files.items));
	file->path = to;
}

/*
 * A file that one side renamed is renamed on the others, so that what they put into it follows. Journals, which are
 * known by their file, are found again by cutting anew.
 */
static void follow_files(struct merging *merging, int side)
{
	struct tree *base = &merging->trees[MERGE_BASE];
	int other = MERGE_OURS + MERGE_THEIRS - side;
	bool moved = false;

	for (size_t i = 0; i < base->files.len; i++) {
		struct tree_file *file = vec_at(&base->files, i);
		const char *from = file->path, *to;

		if (tree_find_file(&merging->trees[side], from) || !file->count)
			continue;
		to = new_place(merging, side, file);
		if (!to)
			continue;
		move_file(&merging->trees[other], from, to);
		move_file(base, from, to);
		moved = true;
	}
	if (!moved)
		return;
	tree_cut(base, NULL, merging->arena);
	tree_cut(&merging->trees[other], base, merging->arena);
}

static struct unit *unit_of(struct merging *merging, struct map *units, struct section *section)
{
	uintptr_t at = merging->units.len;

	if (map_add(units, section->key, at, &at))
		vec_push(&merging->units);
	section->unit = (uint32_t)at;
	return vec_at(&merging->units, at);
}

static void join_units(struct merging *merging)
{
	static const enum merge_side order[] = { MERGE_OURS, MERGE_THEIRS, MERGE_BASE };
	struct map units;

	map_init(&units);
	map_reserve(&units, merging->trees[MERGE_OURS].sections.len);
	for (size_t turn = 0; turn < MERGE_SIDES; turn++) {
		struct tree *tree = &merging->trees[order[turn]];

		for (size_t i = 0; i < tree->sections.len; i++) {
			struct section *section = vec_at(&tree->sections, i);

			unit_of(merging, &units, section)->sides[order[turn]] = section;
		}
	}
	map_release(&units);
}

static const char *path_on(const struct merging *merging, const struct unit *unit, int side)
{
	const struct section *section = unit->sides[side];
	const struct tree_file *files = merging->trees[side].files.items;

	return section ? files[section->file].path : NULL;
}

static bool same_path(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static void place_unit(struct merging *merging, struct unit *unit)
{
	const char *base = path_on(merging, unit, MERGE_BASE), *ours = path_on(merging, unit, MERGE_OURS);
	const char *theirs = path_on(merging, unit, MERGE_THEIRS);

	if (!ours || !theirs)
		unit->path = ours ? ours : theirs;
	else
		unit->path = same_path(base, ours) ? theirs : ours;
}

static void merge_units(struct merging *merging)
{
	for (size_t i = 0; i < merging->units.len; i++) {
		struct unit *unit = vec_at(&merging->units, i);

		place_unit(merging, unit);
		if (!unit->path)
			continue;
		record_merge(merging, unit);
		if (unit->path && !(unit->sides[MERGE_OURS] && slice_equal(unit->sides[MERGE_OURS]->body, unit->body)))
			merging->result->from_theirs++;
		else if (!unit->path && unit->sides[MERGE_OURS])
			merging->result->from_theirs++;
	}
}

static int compare_conflicts(const void *a, const void *b, void *context)
{
	const struct merge_conflict *x = a, *y = b;
	int by_path = strcmp(x->path, y->path);

	(void)context;
	return by_path ? by_path : (x->line > y->line) - (x->line < y->line);
}

static void merge_trees(struct merging *merging)
{
	cut_trees(merging);
	identity_settle(merging);
	if (merging->request->numbers != MERGE_RENUMBER_NONE) {
		follow_files(merging, MERGE_OURS);
		follow_files(merging, MERGE_THEIRS);
	}
	join_units(merging);
	merge_units(merging);
	order_write(merging);
	vec_sort(&merging->result->conflicts, compare_conflicts, NULL);
}

int merge_projects(const struct merge_request *request, struct merge_result *result, struct err *err)
{
	struct merging merging = { .request = request, .result = result, .arena = &result->arena };
	int status;

	*result = (struct merge_result){ .from_theirs = 0 };
	arena_init(&result->arena);
	vec_init(&result->files, sizeof(struct merge_file));
	vec_init(&result->conflicts, sizeof(struct merge_conflict));
	vec_init(&result->renumberings, sizeof(struct merge_renumbering));
	vec_init(&merging.units, sizeof(struct unit));
	for (int side = 0; side < MERGE_SIDES; side++)
		tree_init(&merging.trees[side]);
	status = read_trees(&merging, err);
	if (status == 0)
		merge_trees(&merging);
	for (int side = 0; side < MERGE_SIDES; side++)
		tree_release(&merging.trees[side]);
	vec_release(&merging.units);
	return status;
}

void merge_result_release(struct merge_result *result)
{
	vec_release(&result->files);
	vec_release(&result->conflicts);
	vec_release(&result->renumberings);
	arena_release(&result->arena);
}

struct source *merge_result_source(const struct merge_result *result)
{
	const struct merge_file *files = result->files.items;
	struct source *source = source_memory_new();

	for (size_t i = 0; i < result->files.len; i++)
		if (files[i].bytes.at)
			source_memory_add(source, files[i].path, files[i].bytes);
	return source;
}

const char *merge_conflict_text(const struct merge_conflict *conflict)
{
	switch (conflict->what) {
	case MERGE_FIELD: return N_("'%s' was set to two values");
	case MERGE_REMOVED_OURS: return N_("removed here, changed there");
	case MERGE_REMOVED_THEIRS: return N_("changed here, removed there");
	case MERGE_SECTION: return N_("changed on both sides, and not to be read as fields");
	case MERGE_RENAMED: return N_("renamed to two different ids");
	case MERGE_FILE: break;
	}
	return N_("changed on both sides, and not to be read as text");
}
