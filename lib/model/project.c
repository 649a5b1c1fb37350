/*
 * Loading: list, read, parse each file on its own (in parallel), join in order.
 *
 * Cost: O(bytes), of which the join is O(records) on one processor; about 40 bytes a field and 120
 * a record beside the text itself. The result does not depend on the number of threads: parts are
 * joined by file number.
 */
#include "base/alloc.h"
#include "base/glob.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "model/project-internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_NEWEST = 1, FILE_LIMIT = 64 << 20 };

struct loading {
	struct project *project;
	size_t first;
	struct part **parts;
	struct err *errors; /* one a part */
};

/* Tables of kinds are some hundred bytes long. */
static size_t slot_of(const struct kind *kind)
{
	return ((uintptr_t)kind >> 4) * 0x9e3779b1u >> 8;
}

static void note_kinds(struct project *project)
{
	assert(kinds_count < KIND_SLOTS / 2);
	for (size_t i = 0; i < kinds_count; i++) {
		size_t at = slot_of(kinds_all[i]);

		while (project->kind_slots[at % KIND_SLOTS])
			at++;
		project->kind_slots[at % KIND_SLOTS] = (uint8_t)(i + 1);
	}
}

size_t project_kind_index(const struct project *project, const struct kind *kind)
{
	for (size_t at = slot_of(kind);; at++) {
		size_t index = project->kind_slots[at % KIND_SLOTS];

		assert(index);
		if (kinds_all[index - 1] == kind)
			return index - 1;
	}
}

void project_init(
	struct project *project, struct source *source, struct diagnostics *diagnostics)
{
	*project = (struct project){ .source = source, .diagnostics = diagnostics };
	note_kinds(project);
	arena_init(&project->arena);
	vec_init(&project->files, sizeof(struct project_file));
	vec_init(&project->steering, sizeof(struct steering));
	vec_init(&project->records, sizeof(struct record *));
	vec_init(&project->parts, sizeof(struct part *));
	vec_init(&project->joined, sizeof(struct source *));
	map_init(&project->lost);
	project->by_kind = xcalloc(kinds_count, sizeof(*project->by_kind));
	project->ids = xcalloc(kinds_count, sizeof(*project->ids));
	for (size_t i = 0; i < kinds_count; i++) {
		vec_init(&project->by_kind[i], sizeof(struct record *));
		map_init(&project->ids[i]);
	}
	units_default(&project->units);
}

void project_release(struct project *project)
{
	struct part **parts = project->parts.items;

	for (size_t i = 0; project->by_kind && i < kinds_count; i++) {
		vec_release(&project->by_kind[i]);
		map_release(&project->ids[i]);
	}
	free(project->by_kind);
	free(project->ids);
	for (size_t i = 0; i < project->parts.len; i++) {
		part_release(parts[i]);
		free(parts[i]);
	}
	vec_release(&project->parts);
	map_release(&project->lost);
	vec_release(&project->records);
	vec_release(&project->files);
	vec_release(&project->steering);
	struct source **joined = project->joined.items;
	for (size_t i = 0; i < project->joined.len; i++)
		source_free(joined[i]);
	vec_release(&project->joined);
	arena_release(&project->arena);
	*project = (struct project){ .source = NULL };
}

/* Adds the record under its id; false when another one has it (`present`). */
static bool take_id(struct project *project, struct record *record, struct record **present)
{
	uintptr_t found = 0;

	if (record->folded.len == 0 && !(record->kind->flags & KIND_SINGLE))
		return true; /* the missing id was reported */
	if (map_add(&project->ids[project_kind_index(project, record->kind)], record->folded, (uintptr_t)record,
		    &found))
		return true;
	*present = (struct record *)found;
	return false;
}

static const char *place_text(struct project *project, const struct record *record)
{
	const struct project_file *files = project->files.items;

	return arena_printf(
		&project->arena, "%s:%u", files[record->file].path, (unsigned)record->line);
}

static void report_duplicate(
	struct project *project, const struct record *record, const struct record *first)
{
	diagnose(project->diagnostics, record_place(project, record), "duplicate-record",
		N_("[%s] stands twice, first at %s"), record_name(&project->arena, record),
		place_text(project, first), NULL);
}

static void join_record(struct project *project, struct record *record)
{
	struct record *present = NULL;
	struct vec *peers = &project->by_kind[project_kind_index(project, record->kind)];

	if (!take_id(project, record, &present) && !(record->kind->flags & KIND_JOURNAL)) {
		/* An overlay that is a project by itself has a [project] of its own: it says
		 * nothing here. */
		if (!(record->overlay && slice_is(slice_of(record->kind->name), "project")))
			report_duplicate(project, record, present);
		return;
	}
	record->number = (uint32_t)project->records.len;
	record->kind_number = (uint32_t)peers->len;
	vec_append(&project->records, &record);
	vec_append(peers, &record);
}

/* Parts that joined in order; journals' sections of one id are chained, from the last back to the
 * first. */
void project_chain_journals(struct project *project)
{
	for (size_t k = 0; k < kinds_count; k++) {
		struct record **records = project->by_kind[k].items;
		if (!(kinds_all[k]->flags & KIND_JOURNAL))
			continue;
		for (size_t i = project->by_kind[k].len; i-- > 0;) {
			struct record *next = map_get_pointer(&project->ids[k], records[i]->folded);
			records[i]->more = next && next->number > records[i]->number ? next : NULL;
			map_put(&project->ids[k], records[i]->folded, (uintptr_t)records[i]);
		}
	}
}

static void join_part(struct project *project, struct part *part)
{
	struct record *records = part->records.items;

	diagnostics_merge(project->diagnostics, &part->found);
	if (part->found.errors > 0)
		project->faulty_files++;
	for (size_t i = 0; i < part->records.len; i++)
		join_record(project, &records[i]);
	struct slice *lost = part->lost.items;
	for (size_t i = 0; i < part->lost.len; i++)
		map_add(&project->lost, lost[i], 1, NULL);
	vec_append(&project->parts, &part);
}

static void parse_one(void *context, size_t index, unsigned worker)
{
	struct loading *loading = context;
	size_t number = loading->first + index;
	struct project_file *file = vec_at(&loading->project->files, number);
	struct part *part;

	(void)worker;
	if (loading->parts[index])
		return; /* kept from an earlier load */
	part = xmalloc(sizeof(*part));
	part_init(part);
	loading->parts[index] = part;
	if (loading->project->cache)
		part->text = file->bytes = arena_slice(&part->arena, file->bytes);
	part_read(part, file, (uint32_t)number, &loading->errors[index]);
}

static void read_bytes(struct project *project, struct source *source, size_t number)
{
	struct project_file *file = vec_at(&project->files, number);
	struct place place = { file->path, 0, 0 };
	struct err err;

	err_init(&err);
	bool unread = source->read(source, file->own_path, &file->bytes, &err) != 0;
	if (unread)
		diagnose(project->diagnostics, place, "file-unreadable", N_("cannot read: %s"),
			err.message, NULL);
	else if (file->bytes.len > FILE_LIMIT)
		diagnose(project->diagnostics, place, "file-large",
			N_("the file is larger than 64 MiB: it is not read"), NULL);
	if (unread || file->bytes.len > FILE_LIMIT) {
		project->faulty_files++;
		file->bytes = slice_new("", 0);
	}
	err_release(&err);
}

/* Files of the overlay have no identity. */
static const char *identity_of(const struct project *project, struct source *source, const struct project_file *file)
{
	return project->cache && !file->overlay ? source->identity(source, file->own_path) : NULL;
}

static void get_bytes(struct loading *loading, struct source *source)
{
	struct project *project = loading->project;

	for (size_t i = loading->first; i < project->files.len; i++) {
		struct project_file *file = vec_at(&project->files, i);
		const char *identity = identity_of(project, source, file);
		struct part *kept = identity ? project_cache_part(project->cache, file, identity, (uint32_t)i) : NULL;

		loading->parts[i - loading->first] = kept;
		if (kept)
			file->bytes = kept->shared->text;
		else
			read_bytes(project, source, i);
	}
}

static void keep_part(const struct loading *loading, struct source *source, size_t index)
{
	const struct project_file *file = vec_at(&loading->project->files, loading->first + index);
	const char *identity = identity_of(loading->project, source, file);
	struct part **part = &loading->parts[index];

	if (identity && !(*part)->shared && loading->errors[index].code == 0)
		*part = project_cache_keep(loading->project->cache, *part, file, identity);
}

int project_read_files(struct project *project, struct source *source, size_t first, unsigned threads, struct err *err)
{
	size_t count = project->files.len - first;
	struct loading loading = { .project = project,
		.first = first,
		.parts = xcalloc(count, sizeof(*loading.parts)),
		.errors = xcalloc(count, sizeof(*loading.errors)) };
	int rc = 0;

	for (size_t i = 0; i < count; i++)
		err_init_like(&loading.errors[i], err);
	get_bytes(&loading, source);
	pool_run(threads, count, parse_one, &loading, NULL);
	for (size_t i = 0; i < count; i++) {
		keep_part(&loading, source, i);
		join_part(project, loading.parts[i]);
		if (loading.errors[i].code != 0 && rc == 0)
			rc = err_set(err, loading.errors[i].code, "%s", loading.errors[i].message);
		err_release(&loading.errors[i]);
	}
	free(loading.parts);
	free(loading.errors);
	return rc;
}

bool setting_next(struct slice *rest, struct slice *item)
{
	while (slice_next(rest, ",\n", item))
		if (item->len > 0)
			return true;
	return false;
}

static bool covered(struct slice patterns, const char *path)
{
	struct slice item;

	while (setting_next(&patterns, &item))
		if (glob_covers(item, slice_of(path)))
			return true;
	return false;
}

bool project_reads(const struct project *project, const char *path)
{
	struct slice include = project_setting(project, "include");

	if (strcmp(path, "pmt.ini") == 0)
		return true;
	if (slice_trim(include).len > 0 && !covered(include, path))
		return false;
	return !covered(project_setting(project, "exclude"), path);
}

int project_add_files(
	struct project *project, struct source *source, const char *prefix, struct err *err)
{
	struct strvec paths;
	bool overlay = prefix[0] != '\0';

	strvec_init(&paths);
	int rc = source->list(source, &paths, err);
	for (size_t i = 0; rc == 0 && i < paths.len; i++) {
		if (!overlay && (strcmp(paths.items[i], "pmt.ini") == 0 ||
					!project_reads(project, paths.items[i])))
			continue;
		struct project_file *file = vec_push(&project->files);
		file->path = arena_printf(&project->arena, "%s%s", prefix, paths.items[i]);
		file->own_path = file->path + strlen(prefix);
		file->overlay = overlay;
	}
	strvec_release(&paths);
	return rc;
}

/* "2": the settings are of a format this program does not know. */
static int check_format(const struct project *project, struct err *err)
{
	struct slice format = project_setting(project, "format");
	const struct project_file *files = project->files.items;
	int64_t number = 0;

	for (size_t i = 0; i < format.len; i++) {
		if (format.at[i] < '0' || format.at[i] > '9')
			return 0; /* no number: the check says so */
		if (number < INT32_MAX)
			number = number * 10 + (format.at[i] - '0');
	}
	if (number <= FORMAT_NEWEST || !project->settings)
		return 0;
	const struct record *settings = project->settings;
	const struct entry *entry =
		record_entry(settings, kind_field_find(settings->kind, slice_of("format")));
	err_set(err, ERR_INPUT, "%s:%u: format %.*s is newer than this pmt, which knows format %d",
		files[settings->file].path, (unsigned)entry->line, (int)format.len, format.at,
		FORMAT_NEWEST);
	err_hint(err, "install a newer pmt");
	return ERR_INPUT;
}

static const struct kind *project_kind(void)
{
	return kind_find(slice_of("project"));
}

static int find_settings(struct project *project, struct err *err)
{
	project->settings = project_count(project, project_kind()) > 0
				    ? project_at(project, project_kind(), 0)
				    : NULL;
	return check_format(project, err);
}

static int read_root(struct project *project, struct source *source, struct err *err)
{
	struct project_file *file = vec_push(&project->files);

	file->path = file->own_path = "pmt.ini";
	int rc = project_read_files(project, source, 0, 1, err);
	return rc != 0 ? rc : find_settings(project, err);
}

/*
 * pmt.ini first and alone: it says which other files take part, and whether we understand them.
 * What looks wrong in a format we do not know is not reported.
 */
static int load_root(struct project *project, struct source *source, struct err *err)
{
	struct diagnostics *reported = project->diagnostics, found;
	struct strvec paths;

	strvec_init(&paths);
	int rc = source->list(source, &paths, err);
	if (rc == 0 && !strvec_has(&paths, "pmt.ini"))
		rc = err_set(err, ERR_NOWHERE, "no pmt.ini in the %s", err_word(err, source->name));
	strvec_release(&paths);
	if (rc != 0)
		return rc;
	diagnostics_init(&found);
	project->diagnostics = &found;
	rc = read_root(project, source, err);
	project->diagnostics = reported;
	if (rc == 0)
		diagnostics_merge(reported, &found);
	diagnostics_release(&found);
	return rc;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

/* By path, then line; the overlay last. `context` is the rank of each file. */
static int compare_records(const void *a, const void *b, void *context)
{
	const uint32_t *rank = context;
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;

	if (x->file != y->file)
		return compare_numbers(rank[x->file], rank[y->file]);
	return compare_numbers(x->line, y->line);
}

static int compare_paths(const void *a, const void *b, void *context)
{
	const struct project_file *files = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (files[x].overlay != files[y].overlay)
		return files[x].overlay ? 1 : -1;
	return strcmp(files[x].path, files[y].path);
}

/* pmt.ini was read first but stands among the others by path. */
static void order_records(struct project *project)
{
	size_t count = project->files.len;
	uint32_t *order = xcalloc(count, sizeof(*order)), *rank = xcalloc(count, sizeof(*rank));

	for (uint32_t i = 0; i < count; i++)
		order[i] = i;
	stable_sort(order, count, sizeof(*order), compare_paths, project->files.items);
	for (uint32_t i = 0; i < count; i++)
		rank[order[i]] = i;
	vec_sort(&project->records, compare_records, rank);
	for (size_t k = 0; k < kinds_count; k++)
		vec_clear(&project->by_kind[k]);
	struct record **records = project->records.items;
	for (uint32_t i = 0; i < project->records.len; i++) {
		struct vec *peers = &project->by_kind[project_kind_index(project, records[i]->kind)];
		records[i]->number = i;
		records[i]->kind_number = (uint32_t)peers->len;
		vec_append(peers, &records[i]);
	}
	free(rank);
	free(order);
}

/* Only when pmt.ini does not already come first, which is rare. */
static bool out_of_order(const struct project *project)
{
	const struct project_file *files = project->files.items;

	return project->files.len > 1 && !files[1].overlay && strcmp(files[1].path, "pmt.ini") < 0;
}

static bool was_read_alone(const struct project *project)
{
	const struct part *first =
		project->parts.len > 0 ? *(struct part **)project->parts.items : NULL;

	return first && first->records.len > 0;
}

static int load(struct project *project, struct source *source, unsigned threads, struct err *err)
{
	struct diagnostics *diagnostics = project->diagnostics;
	int rc = load_root(project, source, err);
	if (rc != 0)
		return rc;
	bool root_faulty = project->faulty_files > 0; /* then the section may well be there */
	rc = project_add_files(project, source, "", err);
	if (rc == 0)
		rc = project_read_files(project, source, 1, threads, err);
	if (rc == 0 && !project->settings)
		rc = find_settings(project, err);
	if (rc != 0)
		return rc;
	if (!project->settings && !root_faulty)
		diagnose(diagnostics, (struct place){ "pmt.ini", 0, 0 }, "project-missing",
			N_("there is no [project] section"), NULL);
	project_units(project, &project->units);
	rc = project_read_steering(project, source, err);
	if (rc == 0)
		rc = overlay_join(project, threads, err);
	if (out_of_order(project) && was_read_alone(project))
		order_records(project);
	project_chain_journals(project);
	return rc;
}

int project_load(struct project *project, struct source *source, unsigned threads,
	struct diagnostics *diagnostics, struct err *err)
{
	project_init(project, source, diagnostics);
	return load(project, source, threads, err);
}

int project_load_cached(struct project *project, struct source *source, struct project_cache *cache,
	struct diagnostics *diagnostics, struct err *err)
{
	int rc;

	project_init(project, source, diagnostics);
	project->cache = cache && source->identity ? cache : NULL;
	rc = load(project, source, 0, err);
	project->cache = NULL;
	project_cache_recall(project);
	if (cache)
		project_cache_age(cache);
	return rc;
}

size_t project_file_find(const struct project *project, const char *path)
{
	const struct project_file *files = project->files.items;

	for (size_t i = 0; i < project->files.len; i++)
		if (strcmp(files[i].path, path) == 0)
			return i;
	return SIZE_MAX;
}

const struct vec *project_records_of(const struct project *project, const struct kind *kind)
{
	return kind ? &project->by_kind[project_kind_index(project, kind)] : NULL;
}

size_t project_count(const struct project *project, const struct kind *kind)
{
	return project->by_kind[project_kind_index(project, kind)].len;
}

struct record *project_at(const struct project *project, const struct kind *kind, size_t index)
{
	struct record **records = project->by_kind[project_kind_index(project, kind)].items;

	return records[index];
}

struct record *project_find(const struct project *project, const struct kind *kind, struct slice id)
{
	const struct map *ids = &project->ids[project_kind_index(project, kind)];
	char small[ID_SMALL];
	struct slice folded;
	struct arena arena;

	if (ids->len == 0)
		return NULL;
	if (id_fold_small(id, small, sizeof(small), &folded))
		return map_get_pointer(ids, folded);
	arena_init(&arena);
	struct record *record = map_get_pointer(ids, id_fold(id, &arena));
	arena_release(&arena);
	return record;
}

struct record *project_find_among(const struct project *project, const char *kinds, struct slice id)
{
	struct slice rest = slice_of(kinds), name;

	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		struct record *record = kind ? project_find(project, kind, id) : NULL;
		if (record)
			return record;
	}
	return NULL;
}

struct slice project_setting(const struct project *project, const char *field)
{
	if (project->settings)
		return record_text_or(project->settings, field);
	const struct field *found = kind_field_named(project_kind(), field);
	return slice_of(found ? found->fallback : NULL);
}
