/* Which files a commit changed, and their texts: through `git diff-tree` and `git cat-file`. */
#include "history/walk-internal.h"

#include "base/alloc.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

enum { PARENTS_MOST = 16 };

/* One changed file of one commit. Ids are empty where the file is absent. */
struct raw_file {
	size_t commit; /* place in the batch */
	const char *path;
	unsigned parents;
	struct slice before[PARENTS_MOST], after;
};

struct raw {
	struct walking *w;
	struct vec files; /* struct raw_file, those of one commit together */
	struct map blobs; /* hex id → struct slice *, or 0 while it is only wanted */
	struct strbuf list, batch;
};

/* ":100644 100644 BEFORE AFTER M"; of a merge a colon and a mode and an id more for each parent more. */
static void read_header(struct slice header, struct raw_file *file)
{
	struct slice word;
	size_t parents = 0;

	while (parents < header.len && header.at[parents] == ':')
		parents++;
	header = slice_from(header, parents);
	file->parents = parents < PARENTS_MOST ? (unsigned)parents : PARENTS_MOST;
	for (size_t i = 0; slice_next(&header, " ", &word) && i < 2 * parents + 2; i++) {
		bool absent = strspn(word.at, "0") >= word.len;

		if (i == 2 * parents + 1)
			file->after = absent ? slice_new(NULL, 0) : word;
		else if (i > parents && i - parents - 1 < PARENTS_MOST)
			file->before[i - parents - 1] = absent ? slice_new(NULL, 0) : word;
	}
}

static void want(struct raw *raw, struct slice id, struct strbuf *wanted)
{
	if (id.len == 0 || !map_add(&raw->blobs, id, 0, NULL))
		return;
	strbuf_add_slice(wanted, id);
	strbuf_add_char(wanted, '\n');
}

/* Each commit's id, then its files: header, path. */
static void read_list(struct raw *raw, const struct map *batch)
{
	struct slice rest = strbuf_slice(&raw->list), item, path, inner;
	uintptr_t commit = 0;

	while (walking_item(&rest, &item)) {
		struct raw_file *file;

		if (item.len == 0 || item.at[0] != ':') {
			map_get(batch, slice_trim(item), &commit);
			continue;
		}
		if (!walking_item(&rest, &path) || !walking_is_text(raw->w, path, &inner))
			continue;
		file = vec_push(&raw->files);
		file->commit = commit;
		file->path = arena_strndup(raw->w->arena, inner.at, inner.len);
		read_header(item, file);
	}
}

static int list_files(
	struct raw *raw, const struct history_commit *commits, const size_t *numbers, size_t count, struct err *err)
{
	struct git_call call = walking_call(raw->w, &raw->list, NULL);
	const char *folder = *raw->w->walk->folder ? raw->w->walk->folder : NULL;
	const char *const arguments[] = { "diff-tree", "--stdin", "-r", "-z", "--raw", "--no-abbrev", "--no-renames",
		"--root", "-c", "--", folder, NULL };
	struct strbuf input;
	struct map batch;
	int status;

	strbuf_init(&input);
	map_init(&batch);
	for (size_t i = 0; i < count; i++) {
		map_put(&batch, commits[numbers[i]].id, i);
		strbuf_add_slice(&input, commits[numbers[i]].id);
		strbuf_add_char(&input, '\n');
	}
	call.input = strbuf_slice(&input);
	status = git_must(&call, arguments, err);
	if (status == 0)
		read_list(raw, &batch);
	map_release(&batch);
	strbuf_release(&input);
	return status;
}

static int missing(const struct raw *raw, struct slice id, struct err *err)
{
	err_set(err, ERR_INPUT, "object %.*s is missing from the repository", (int)(id.len < 12 ? id.len : 12), id.at);
	if (repository_is_partial(raw->w->walk->repository))
		err_hint(err, "this clone left objects out; 'git fetch --refetch' brings them");
	else
		err_hint(err, "'git fsck' tells what is damaged; 'git fetch' may bring what is missing");
	return ERR_INPUT;
}

/* "ID blob SIZE\n" bytes "\n", one after the other; "ID missing\n". */
static int read_blobs(struct raw *raw, struct err *err)
{
	struct slice rest = strbuf_slice(&raw->batch), line, id, type, size;

	while (rest.len) {
		size_t end = slice_find(rest, '\n');
		struct slice *blob;

		line = slice_new(rest.at, end);
		rest = slice_from(rest, end + 1);
		if (!slice_next(&line, " ", &id) || !slice_next(&line, " ", &type) || slice_is(type, "missing"))
			return missing(raw, id, err);
		if (!slice_next(&line, " ", &size))
			continue;
		blob = arena_alloc(raw->w->arena, sizeof(*blob));
		*blob = slice_new(rest.at, (size_t)strtoull(size.at, NULL, 10));
		/* What is no blob (a submodule called x.ini) has no text. */
		map_put(&raw->blobs, id, slice_is(type, "blob") ? (uintptr_t)blob : 0);
		rest = slice_from(rest, blob->len + 1);
	}
	return 0;
}

static int fetch_blobs(struct raw *raw, struct err *err)
{
	struct strbuf wanted, errors;
	struct git_call call = walking_call(raw->w, &raw->batch, &errors);
	const char *const arguments[] = { "cat-file", "--batch", NULL };
	const struct raw_file *files = raw->files.items;
	int status = 0, result = 0;

	strbuf_init(&wanted);
	strbuf_init(&errors);
	for (size_t i = 0; i < raw->files.len; i++) {
		for (unsigned p = 0; p < files[i].parents; p++)
			want(raw, files[i].before[p], &wanted);
		want(raw, files[i].after, &wanted);
	}
	call.input = strbuf_slice(&wanted);
	if (wanted.len)
		result = git_run(&call, arguments, &status, err);
	if (result == 0 && status != 0)
		result = missing(raw, slice_new(wanted.buf, slice_find(strbuf_slice(&wanted), '\n')), err);
	if (result == 0)
		result = read_blobs(raw, err);
	strbuf_release(&errors);
	strbuf_release(&wanted);
	return result;
}

static struct slice text_of(const struct raw *raw, struct slice id)
{
	const struct slice *blob = id.len ? map_get_pointer(&raw->blobs, id) : NULL;

	return blob ? slice_new(blob->at ? blob->at : "", blob->len) : slice_new(NULL, 0);
}

static bool compare_parent(
	const struct raw *raw, const struct raw_file *files, size_t count, unsigned parent, struct vec *changes)
{
	struct history_text *texts = xcalloc(count, sizeof(*texts));
	bool readable;

	for (size_t i = 0; i < count; i++)
		texts[i] = (struct history_text){ files[i].path, text_of(raw, files[i].before[parent]),
			text_of(raw, files[i].after) };
	readable = history_compare_texts(texts, count, raw->w->arena, changes);
	free(texts);
	return readable;
}

/* Is the change one against this parent too? What is new against a parent is wholly other than there. */
static bool has_change(const struct vec *changes, const struct history_change *wanted)
{
	const struct history_change *all = changes->items;

	for (size_t i = 0; i < changes->len; i++)
		if (all[i].kind == wanted->kind && slice_equal(all[i].id, wanted->id) &&
			((all[i].action == HISTORY_ADDED && wanted->action != HISTORY_REMOVED) ||
				(all[i].action == wanted->action && slice_equal(all[i].field, wanted->field))))
			return true;
	return false;
}

/* What differs from every parent; and which parent knows a record by another id. */
static void join_parents(const struct vec *sides, unsigned count, struct vec *out)
{
	for (unsigned p = 0; p < count; p++)
		for (size_t i = 0; i < sides[p].len; i++) {
			const struct history_change *change = vec_at(&sides[p], i);
			bool everywhere = true;

			for (unsigned q = 0; q < count && everywhere; q++)
				everywhere = has_change(&sides[q], change);
			if (change->action != HISTORY_RENAMED && (!everywhere || has_change(out, change)))
				continue;
			vec_append(out, change);
			if (change->action == HISTORY_RENAMED)
				((struct history_change *)vec_at(out, out->len - 1))->parent = (uint8_t)(p + 1);
		}
}

static void compare_commit(
	const struct raw *raw, const struct raw_file *files, size_t count, struct history_commit *commit)
{
	unsigned parents = count ? files[0].parents : 0;
	struct vec sides[PARENTS_MOST], changes;

	vec_init(&changes, sizeof(struct history_change));
	for (unsigned p = 0; p < parents; p++) {
		vec_init(&sides[p], sizeof(struct history_change));
		commit->unreadable = !compare_parent(raw, files, count, p, &sides[p]) || commit->unreadable;
	}
	if (parents > 1)
		join_parents(sides, parents, &changes);
	else if (parents == 1)
		for (size_t i = 0; i < sides[0].len; i++)
			vec_append(&changes, vec_at(&sides[0], i));
	commit->change_count = changes.len;
	if (changes.len) {
		struct history_change *kept = arena_calloc(raw->w->arena, changes.len, sizeof(*kept));
		memcpy(kept, changes.items, changes.len * sizeof(*kept));
		commit->changes = kept;
	}
	for (unsigned p = 0; p < parents; p++)
		vec_release(&sides[p]);
	vec_release(&changes);
}

static void raw_init(struct raw *raw, struct walking *w)
{
	raw->w = w;
	vec_init(&raw->files, sizeof(struct raw_file));
	map_init(&raw->blobs);
	strbuf_init(&raw->list);
	strbuf_init(&raw->batch);
}

static void raw_release(struct raw *raw)
{
	vec_release(&raw->files);
	map_release(&raw->blobs);
	strbuf_release(&raw->list);
	strbuf_release(&raw->batch);
}

int walking_read_changes(struct walking *w, const size_t *numbers, size_t count, struct err *err)
{
	struct history_commit *commits = w->commits.items;
	const struct raw_file *files;
	struct raw raw;
	int status;

	raw_init(&raw, w);
	status = list_files(&raw, commits, numbers, count, err);
	if (status == 0)
		status = fetch_blobs(&raw, err);
	files = raw.files.items;
	for (size_t i = 0; i < raw.files.len && status == 0;) {
		size_t end = i;

		while (end < raw.files.len && files[end].commit == files[i].commit)
			end++;
		compare_commit(&raw, &files[i], end - i, &commits[numbers[files[i].commit]]);
		i = end;
	}
	raw_release(&raw);
	return status;
}

/* --- the work tree --- */

int walking_list_uncommitted(const struct walking *w, struct strbuf *out, struct err *err)
{
	struct git_call call = walking_call(w, out, NULL);
	const char *folder = *w->walk->folder ? w->walk->folder : NULL;
	const char *const arguments[] = { "--no-optional-locks", "status", "--porcelain=v1", "-z", "--no-renames",
		"--untracked-files=all", "--ignore-submodules=all", "--", folder, NULL };

	return git_must(&call, arguments, err);
}

/* The file as HEAD has it; at NULL when it has not. */
static struct slice head_text(struct walking *w, struct slice path)
{
	struct strbuf text, errors;
	struct git_call call = walking_call(w, &text, &errors);
	const char *const arguments[] = { "cat-file", "blob",
		arena_printf(w->arena, "HEAD:%.*s", (int)path.len, path.at), NULL };
	struct slice found = slice_new(NULL, 0);
	int status = 0;

	strbuf_init(&text);
	strbuf_init(&errors);
	if (git_run(&call, arguments, &status, NULL) == 0 && status == 0)
		found = arena_slice(w->arena, strbuf_slice(&text));
	strbuf_release(&text);
	strbuf_release(&errors);
	return found;
}

static struct slice work_text(struct walking *w, struct slice path)
{
	const char *full = arena_printf(w->arena, "%s/%.*s", w->walk->repository->work_folder, (int)path.len, path.at);
	struct slice found = slice_new(NULL, 0);
	struct strbuf text;

	strbuf_init(&text);
	if (file_exists(full) && file_read(&text, full, NULL) == 0)
		found = arena_slice(w->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return found;
}

int walking_read_uncommitted(struct walking *w, struct slice list, struct history_commit *out, struct err *err)
{
	struct slice item, path, inner;
	struct vec texts, changes;
	/* Mostly there is nothing; then nobody needs to know which folders are projects of their own. */
	int status = list.len ? walking_find_nested(w, err) : 0;

	vec_init(&texts, sizeof(struct history_text));
	vec_init(&changes, sizeof(struct history_change));
	while (status == 0 && walking_item(&list, &item)) {
		path = slice_from(item, strlen("XY "));
		if (walking_is_text(w, path, &inner)) {
			struct history_text *text = vec_push(&texts);
			text->path = arena_strndup(w->arena, inner.at, inner.len);
			text->before = head_text(w, path);
			text->after = work_text(w, path);
		}
	}
	if (status == 0 && texts.len)
		out->unreadable = !history_compare_texts(texts.items, texts.len, w->arena, &changes);
	out->change_count = changes.len;
	if (changes.len) {
		struct history_change *kept = arena_calloc(w->arena, changes.len, sizeof(*kept));
		memcpy(kept, changes.items, changes.len * sizeof(*kept));
		out->changes = kept;
	}
	vec_release(&changes);
	vec_release(&texts);
	return status;
}
