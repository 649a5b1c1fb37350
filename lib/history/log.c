#include "history/log.h"

#include "base/alloc.h"
#include "base/diagnostic.h"
#include "base/file.h"
#include "base/map.h"
#include "base/process.h"
#include "base/strbuf.h"
#include "git/program.h"
#include "model/difference.h"
#include "model/project.h"
#include "model/source.h"

#include <stdlib.h>
#include <string.h>

/* One changed file of one commit. Blob ids are empty where the file is absent. */
struct raw_file {
	struct slice path, before, after;
};

struct raw_commit {
	struct slice id, author, subject;
	moment_t when;
	size_t first_file, file_count;
};

struct reading {
	struct repository *repository;
	char **environment; /* git speaks English here, from whichever folder */
	const struct history_query *query;
	struct arena *arena;
	struct vec *changes;
	struct vec commits; /* struct raw_commit */
	struct vec files;   /* struct raw_file */
	struct map blobs;   /* hex id → struct slice * */
	struct strbuf log, batch;
};

static bool is_full(const struct reading *r)
{
	return r->query->limit && r->changes->len >= r->query->limit;
}

/* The project's folder as a literal pathspec; NULL: the whole tree. */
static const char *pathspec(const struct reading *r)
{
	return *r->query->folder ? r->query->folder : NULL;
}

/* Is the path one of the project's text files? */
static bool is_text(struct slice path)
{
	return slice_ends(path, ".ini");
}

/* "2026-03-02T09:00:00+08:00" → civil minutes as the committer's clock showed them. */
static moment_t read_when(struct slice text)
{
	moment_t moment;
	bool has_time;

	if (moment_parse(slice_new(text.at, text.len < 16 ? text.len : 16), &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return moment;
}

/* ":100644 100644 BEFORE AFTER M" */
static void read_raw_header(struct slice header, struct raw_file *file)
{
	struct slice rest = slice_from(header, 1), word;

	for (int i = 0; i < 4 && slice_next(&rest, " ", &word); i++) {
		bool absent = word.len && strspn(word.at, "0") >= word.len;
		if (i == 2 && !absent)
			file->before = word;
		if (i == 3 && !absent)
			file->after = word;
	}
}

/* Cuts the next NUL-ended item off. */
static bool next_item(struct slice *rest, struct slice *item)
{
	size_t end;

	if (rest->len == 0)
		return false;
	end = slice_find(*rest, '\0');
	*item = slice_new(rest->at, end);
	*rest = slice_from(*rest, end + 1);
	return true;
}

/*
 * git log -z --raw: each commit is our format (\1 id \2 date \2 author \2 subject), a NUL, then for each file the raw header,
 * NUL, path, NUL.
 */
static void read_log(struct reading *r)
{
	struct slice rest = strbuf_slice(&r->log), item, word, line;
	struct raw_commit *commit = NULL;

	while (next_item(&rest, &item)) {
		item = slice_trim(item);
		if (item.len && item.at[0] == '\1') {
			commit = vec_push(&r->commits);
			line = slice_from(item, 1);
			slice_next(&line, "\2", &commit->id);
			if (slice_next(&line, "\2", &word))
				commit->when = read_when(word);
			slice_next(&line, "\2", &commit->author);
			commit->subject = line;
			commit->first_file = r->files.len;
		} else if (item.len && item.at[0] == ':' && commit && next_item(&rest, &word) && is_text(word)) {
			struct raw_file *file = vec_push(&r->files);
			file->path = word;
			read_raw_header(item, file);
			commit->file_count++;
		}
	}
}

/* Why git cannot tell: what is wrong with the repository and what mends it, else git's own words. */
static int log_failure(struct reading *r, struct slice words, struct err *err)
{
	struct revision head;
	struct err reason;

	err_init(&reason);
	if (repository_resolve(r->repository, "HEAD", &head, &reason) == ERR_INPUT) {
		err_set(err, ERR_INPUT, "%s", reason.message);
		if (reason.hint)
			err_hint(err, "%s", reason.hint);
	} else {
		err_set(err, ERR_INPUT, "the history cannot be read: git log: %.*s", (int)words.len,
			words.len ? words.at : "");
	}
	err_release(&reason);
	return ERR_INPUT;
}

static int run_log(struct reading *r, struct err *err)
{
	struct strbuf errors;
	struct git_call call = { .folder = r->repository->work_folder ? r->repository->work_folder :
										r->repository->git_folder,
		.environment = r->environment, .output = &r->log, .errors = &errors };
	const char *spec = pathspec(r);
	char since[CIVIL_TEXT + sizeof("--since=")] = "--all-match"; /* without --grep it chooses nothing */
	const char *const arguments[] = { "log", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-merges",
		"--format=%x01%H%x02%cI%x02%an%x02%s", since, "--", spec, NULL };
	char text[CIVIL_TEXT];
	int status = 0, result;

	if (r->query->since > 0)
		snprintf(since, sizeof(since), "--since=%s", moment_print(r->query->since, text));
	strbuf_init(&errors);
	result = git_run(&call, arguments, &status, err);
	if (result == 0 && status == 0)
		read_log(r);
	else if (result == 0 && !strstr(errors.buf, "does not have any commits yet"))
		result = log_failure(r, slice_trim(strbuf_slice(&errors)), err);
	strbuf_release(&errors);
	return result;
}

static void want_blob(struct reading *r, struct slice id, struct strbuf *wanted)
{
	if (id.len == 0 || !map_add(&r->blobs, id, 0, NULL))
		return;
	strbuf_add_slice(wanted, id);
	strbuf_add_char(wanted, '\n');
}

/* "ID blob SIZE\n" bytes "\n", one after the other. */
static void read_batch(struct reading *r)
{
	struct slice rest = strbuf_slice(&r->batch), line, id, type, size;

	while (rest.len) {
		size_t end = slice_find(rest, '\n');
		struct slice *blob;
		line = slice_new(rest.at, end);
		rest = slice_from(rest, end + 1);
		if (!slice_next(&line, " ", &id) || !slice_next(&line, " ", &type) || !slice_is(type, "blob") ||
			!slice_next(&line, " ", &size))
			continue;
		blob = arena_alloc(r->arena, sizeof(*blob));
		*blob = slice_new(rest.at, (size_t)strtoull(size.at, NULL, 10));
		map_put(&r->blobs, id, (uintptr_t)blob);
		rest = slice_from(rest, blob->len + 1);
	}
}

static int fetch_blobs(struct reading *r, struct err *err)
{
	struct strbuf wanted;
	struct git_call call = { .folder = r->repository->git_folder, .environment = r->environment,
		.output = &r->batch };
	const char *const arguments[] = { "cat-file", "--batch", NULL };
	const struct raw_file *files = r->files.items;
	int status = 0;

	strbuf_init(&wanted);
	for (size_t i = 0; i < r->files.len; i++) {
		want_blob(r, files[i].before, &wanted);
		want_blob(r, files[i].after, &wanted);
	}
	call.input = strbuf_slice(&wanted);
	if (wanted.len)
		status = git_must(&call, arguments, err);
	strbuf_release(&wanted);
	if (status == 0)
		read_batch(r);
	return status;
}

/* A few files read as a project of their own. */
struct side {
	struct source *source;
	struct project project;
	struct diagnostics found;
	bool loaded;
};

static void side_init(struct side *side)
{
	side->source = source_memory_new();
	/* project_load wants a pmt.ini; files of the commit replace or follow it. */
	source_memory_add(side->source, "pmt.ini", slice_new("", 0));
	diagnostics_init(&side->found);
	side->loaded = false;
}

static void side_load(struct side *side)
{
	side->loaded = project_load(&side->project, side->source, 1, &side->found, NULL) == 0;
	if (!side->loaded)
		project_release(&side->project);
}

static void side_release(struct side *side)
{
	if (side->loaded)
		project_release(&side->project);
	source_free(side->source);
	diagnostics_release(&side->found);
}

static struct slice keep(struct reading *r, struct slice text)
{
	return text.at ? arena_slice(r->arena, text) : text;
}

static struct history_change *add_change(struct reading *r, const struct raw_commit *commit,
	const struct record *record, enum history_action action)
{
	struct history_change *change = vec_push(r->changes);

	change->when = MOMENT_NONE;
	if (commit) {
		change->commit = keep(r, commit->id);
		change->when = commit->when;
		change->author = keep(r, commit->author);
		change->subject = keep(r, commit->subject);
	}
	change->kind = record->kind;
	change->id = keep(r, record->id);
	change->action = action;
	return change;
}

struct committed {
	struct reading *reading;
	const struct raw_commit *commit;
};

static void add_field_change(void *context, const struct difference *difference)
{
	const struct committed *at = context;
	struct reading *r = at->reading;
	struct history_change *change = add_change(r, at->commit, difference->after, HISTORY_CHANGED);

	change->field = keep(r, difference->field);
	change->before = keep(r, difference->old);
	change->after = keep(r, difference->new);
}

static bool is_asked(const struct reading *r, const struct record *record)
{
	if (r->query->kind && record->kind != r->query->kind)
		return false;
	if (r->query->id_count == 0)
		return true;
	for (size_t i = 0; i < r->query->id_count; i++)
		if (slice_equal(r->query->ids[i], record->id))
			return true;
	return false;
}

static struct record *counterpart(const struct side *side, const struct record *record)
{
	return side->loaded ? record_counterpart(&side->project, record) : NULL;
}

static void compare_sides(struct reading *r, const struct raw_commit *commit, const struct side *before,
	const struct side *after)
{
	struct record *const *records = after->loaded ? after->project.records.items : NULL;
	size_t count = after->loaded ? after->project.records.len : 0;
	struct committed at = { r, commit };

	for (size_t i = 0; i < count && !is_full(r); i++) {
		const struct record *old;
		if (!is_asked(r, records[i]))
			continue;
		old = counterpart(before, records[i]);
		if (old)
			record_differences(old, records[i], add_field_change, &at);
		else
			add_change(r, commit, records[i], HISTORY_ADDED);
	}
	records = before->loaded ? before->project.records.items : NULL;
	count = before->loaded ? before->project.records.len : 0;
	for (size_t i = 0; i < count && !is_full(r); i++)
		if (is_asked(r, records[i]) && !counterpart(after, records[i]))
			add_change(r, commit, records[i], HISTORY_REMOVED);
}

/* A path as the memory source wants it: below the project's folder. */
static const char *inner_path(struct reading *r, struct slice path)
{
	size_t skip = strlen(r->query->folder);

	return arena_strndup(r->arena, path.at + (skip ? skip + 1 : 0), path.len - (skip ? skip + 1 : 0));
}

static void add_blob(struct reading *r, struct side *side, const struct raw_file *file, struct slice id)
{
	const struct slice *blob = id.len ? map_get_pointer(&r->blobs, id) : NULL;

	if (blob)
		source_memory_add(side->source, inner_path(r, file->path), *blob);
}

static void compare_commit(struct reading *r, const struct raw_commit *commit)
{
	const struct raw_file *files = r->files.items;
	struct side before, after;

	side_init(&before);
	side_init(&after);
	for (size_t i = commit->first_file; i < commit->first_file + commit->file_count; i++) {
		add_blob(r, &before, &files[i], files[i].before);
		add_blob(r, &after, &files[i], files[i].after);
	}
	side_load(&before);
	side_load(&after);
	compare_sides(r, commit, &before, &after);
	side_release(&before);
	side_release(&after);
}

/* Paths that differ from HEAD, untracked files included, as NUL-ended items. */
static int list_uncommitted(struct reading *r, struct strbuf *out, struct err *err)
{
	struct git_call call = { .folder = r->repository->work_folder, .environment = r->environment,
		.output = out };
	const char *spec = pathspec(r);
	const char *const changed[] = { "diff", "--name-only", "-z", "--no-renames", "HEAD", "--", spec, NULL };
	const char *const added[] = { "ls-files", "-z", "--others", "--exclude-standard", "--", spec, NULL };
	int status = 0;

	if (git_run(&call, changed, &status, err) < 0)
		return err->code;
	/* No HEAD yet. */
	if (status != 0)
		strbuf_reset(out);
	return git_must(&call, added, err);
}

static int add_head_blob(struct reading *r, struct side *side, struct slice path)
{
	struct strbuf text;
	struct git_call call = { .folder = r->repository->work_folder, .environment = r->environment,
		.output = &text };
	const char *name = arena_printf(r->arena, "HEAD:%.*s", (int)path.len, path.at);
	const char *const arguments[] = { "cat-file", "blob", name, NULL };
	int status = 0;

	strbuf_init(&text);
	if (git_run(&call, arguments, &status, NULL) == 0 && status == 0)
		source_memory_add(side->source, inner_path(r, path), strbuf_slice(&text));
	strbuf_release(&text);
	return 0;
}

static void add_work_file(struct reading *r, struct side *side, struct slice path)
{
	const char *full = arena_printf(r->arena, "%s/%.*s", r->repository->work_folder, (int)path.len, path.at);
	struct strbuf text;

	strbuf_init(&text);
	if (file_exists(full) && file_read(&text, full, NULL) == 0)
		source_memory_add(side->source, inner_path(r, path), strbuf_slice(&text));
	strbuf_release(&text);
}

static int compare_uncommitted(struct reading *r, struct err *err)
{
	struct strbuf paths;
	struct side before, after;
	struct slice rest, path;
	int status;

	strbuf_init(&paths);
	status = list_uncommitted(r, &paths, err);
	side_init(&before);
	side_init(&after);
	rest = strbuf_slice(&paths);
	while (status == 0 && next_item(&rest, &path)) {
		if (!is_text(path))
			continue;
		add_head_blob(r, &before, path);
		add_work_file(r, &after, path);
	}
	side_load(&before);
	side_load(&after);
	if (status == 0)
		compare_sides(r, NULL, &before, &after);
	side_release(&before);
	side_release(&after);
	strbuf_release(&paths);
	return status;
}

static char **make_environment(const struct repository *repository)
{
	char **found = repository_environment(repository);
	char **environment = environment_with(found, (const char *const[]){ "LC_ALL=C", NULL });

	environment_free(found);
	return environment;
}

int history_log(struct repository *repository, const struct history_query *query, struct arena *arena,
	struct vec *changes, bool *cut, struct err *err)
{
	struct reading r = { .repository = repository, .query = query, .arena = arena, .changes = changes };
	const struct raw_commit *commits;
	int status;

	r.environment = make_environment(repository);
	vec_init(&r.commits, sizeof(struct raw_commit));
	vec_init(&r.files, sizeof(struct raw_file));
	map_init(&r.blobs);
	strbuf_init(&r.log);
	strbuf_init(&r.batch);
	status = run_log(&r, err);
	if (status == 0 && query->uncommitted && repository->work_folder)
		status = compare_uncommitted(&r, err);
	if (status == 0 && !is_full(&r))
		status = fetch_blobs(&r, err);
	commits = r.commits.items;
	for (size_t i = 0; status == 0 && i < r.commits.len && !is_full(&r); i++)
		compare_commit(&r, &commits[i]);
	if (cut)
		*cut = repository_is_shallow(repository);
	vec_release(&r.commits);
	vec_release(&r.files);
	map_release(&r.blobs);
	strbuf_release(&r.log);
	strbuf_release(&r.batch);
	environment_free(r.environment);
	return status;
}
