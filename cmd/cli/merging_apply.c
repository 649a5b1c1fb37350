/*
 * Writing a computed merge: git begins it (all other files are its own business), then the project's files are put in
 * place and into the index, conflicting ones as conflicting, so that a plain `git commit` refuses them too.
 */
#include "cmd/cli/merging.h"

#include "cmd/cli/context.h"
#include "git/merging.h"

#include <string.h>
#include <unistd.h>

/* Below the repository's top. */
static void add_top_path(const struct project_merge *merge, const char *path, struct strbuf *out)
{
	strbuf_addf(out, "%s%s%s", merge->folder.at, merge->folder.len ? "/" : "", path);
}

static void add_full_path(const struct project_merge *merge, const char *path, struct strbuf *out)
{
	strbuf_addf(out, "%s/", merge->repository->work_folder);
	add_top_path(merge, path, out);
}

static bool is_tracked(const struct project_merge *merge, enum merge_side side, const char *path)
{
	return merge->sides[side] && merge->sides[side]->identity(merge->sides[side], path);
}

/* A file that git does not know yet is somebody's work: it is not written over. */
static int refuse_untracked(const struct project_merge *merge, struct err *err)
{
	const struct merge_file *files = merge->result.files.items;
	struct strbuf path;
	int status = 0;

	strbuf_init(&path);
	for (size_t i = 0; i < merge->result.files.len && status == 0; i++) {
		if (!files[i].bytes.at || is_tracked(merge, MERGE_OURS, files[i].path))
			continue;
		strbuf_reset(&path);
		add_full_path(merge, files[i].path, &path);
		if (!file_exists(path.buf))
			continue;
		status = err_set(err, ERR_CONFLICT, _("%s is in the way: the merge would write it, and git does not know it"),
			files[i].path);
		err_hint(err, "%s", _("commit it, or move it away"));
	}
	strbuf_release(&path);
	return status;
}

int merging_write_files(struct project_merge *merge, struct strvec *written, struct err *err)
{
	const struct merge_file *files = merge->result.files.items;
	struct strbuf intent, path;
	struct fileset set;
	int status;

	strbuf_init(&intent);
	strbuf_init(&path);
	status = context_intent(merge->context, &intent, err);
	fileset_init(&set, intent.buf);
	for (size_t i = 0; i < merge->result.files.len; i++) {
		if (files[i].untouched)
			continue;
		strbuf_reset(&path);
		add_full_path(merge, files[i].path, &path);
		if (files[i].bytes.at)
			fileset_write(&set, path.buf, files[i].bytes, NULL);
		else if (file_exists(path.buf))
			fileset_remove(&set, path.buf, NULL);
		strvec_push(written, files[i].path);
	}
	if (status == 0)
		status = fileset_commit(&set, err);
	fileset_release(&set);
	strbuf_release(&path);
	strbuf_release(&intent);
	return status;
}

static bool has_problem(const struct project_merge *merge, const char *path)
{
	const struct diagnostic *items = merge->problems.items.items;

	for (size_t i = 0; i < merge->problems.items.len; i++)
		if (items[i].place.path && strcmp(items[i].place.path, path) == 0)
			return true;
	return false;
}

static int mark_conflicts(struct project_merge *merge, struct err *err)
{
	const struct merge_file *files = merge->result.files.items;
	struct arena arena;
	struct strbuf path;
	struct vec marks;
	int status;

	arena_init(&arena);
	strbuf_init(&path);
	vec_init(&marks, sizeof(struct unmerged_path));
	for (size_t i = 0; i < merge->result.files.len; i++) {
		struct unmerged_path mark = { .path = NULL };

		if (!files[i].conflicts && !has_problem(merge, files[i].path))
			continue;
		strbuf_reset(&path);
		add_top_path(merge, files[i].path, &path);
		mark.path = arena_strdup(&arena, path.buf);
		for (int side = 0; side < MERGE_SIDES; side++)
			if (merge->sides[side])
				mark.blobs[side] = merge->sides[side]->identity(merge->sides[side], files[i].path);
		if (mark.blobs[MERGE_OURS] || mark.blobs[MERGE_THEIRS] || mark.blobs[MERGE_BASE])
			vec_append(&marks, &mark);
	}
	status = repository_mark_unmerged(merge->repository, marks.items, marks.len, err);
	vec_release(&marks);
	strbuf_release(&path);
	arena_release(&arena);
	return status;
}

/* What git could not merge by itself, beside the files that are ours to merge. */
static int collect_others(struct project_merge *merge, struct err *err)
{
	struct strvec unmerged, own;
	struct strbuf path;
	int status;

	strvec_init(&unmerged);
	strvec_init(&own);
	strbuf_init(&path);
	status = repository_unmerged(merge->repository, &unmerged, err);
	for (size_t i = 0; i < merge->result.files.len; i++) {
		strbuf_reset(&path);
		add_top_path(merge, ((struct merge_file *)vec_at(&merge->result.files, i))->path, &path);
		strvec_push(&own, path.buf);
	}
	for (size_t i = 0; i < unmerged.len; i++)
		if (!strvec_has(&own, unmerged.items[i]))
			strvec_push(&merge->others, unmerged.items[i]);
	strbuf_release(&path);
	strvec_release(&own);
	strvec_release(&unmerged);
	return status;
}

/* "Renumbered: task T-9 → T-12 (接口联调)": whoever knew the record under its old id finds it in the history. */
static void add_renumberings(const struct project_merge *merge, struct strbuf *out)
{
	const struct merge_renumbering *items = merge->result.renumberings.items;

	for (size_t i = 0; i < merge->result.renumberings.len; i++)
		strbuf_addf(out, "Renumbered: %s %s to %s%s%s%s\n", items[i].kind->name, items[i].old_id, items[i].new_id,
			*items[i].title ? " (" : "", items[i].title, *items[i].title ? ")" : "");
}

static int write_message(struct project_merge *merge, const char *message, struct err *err)
{
	struct strbuf more;
	int status = 0;

	strbuf_init(&more);
	add_renumberings(merge, &more);
	if (message || more.len)
		status = repository_merge_message(merge->repository, message, strbuf_slice(&more), err);
	strbuf_release(&more);
	return status;
}

static int stage(struct project_merge *merge, const struct strvec *written, struct err *err)
{
	struct strvec paths;
	struct strbuf path;
	int status;

	strvec_init(&paths);
	strbuf_init(&path);
	for (size_t i = 0; i < written->len; i++) {
		strbuf_reset(&path);
		add_top_path(merge, written->items[i], &path);
		strvec_push(&paths, path.buf);
	}
	status = repository_stage(merge->repository, &paths, err);
	strbuf_release(&path);
	strvec_release(&paths);
	return status;
}

/*
 * Files with our attribute are not git's to merge: where this is the only project, its driver need not run; elsewhere
 * other projects' files go through the real one.
 */
static int choose_driver(struct project_merge *merge, struct strbuf *out, struct err *err)
{
	char program[4096];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	size_t projects;
	int status = repository_count_files(merge->repository, "pmt.ini", &projects, err);

	if (status < 0)
		return status;
	if (projects <= 1)
		strbuf_add_str(out, "false");
	else
		strbuf_addf(out, "'%.*s' merge-driver %%O %%A %%B %%L %%P", len > 0 ? (int)len : 3, len > 0 ? program : "pmt");
	return 0;
}

static int write_all(struct project_merge *merge, const char *message, struct err *err)
{
	struct strvec written;
	int status;

	strvec_init(&written);
	status = merging_write_files(merge, &written, err);
	if (status == 0)
		status = stage(merge, &written, err);
	if (status == 0)
		status = collect_others(merge, err);
	if (status == 0)
		status = mark_conflicts(merge, err);
	if (status == 0)
		status = write_message(merge, message, err);
	strvec_release(&written);
	return status;
}

int merging_conclude(struct repository *repository, struct err *err)
{
	int status = repository_conclude_merge(repository, err);

	if (status < 0)
		err_hint(err, "%s", _("the merge is in the work tree, but not committed: mend what is wrong, then 'pmt merge "
				       "--continue'; 'pmt merge --abort' takes it back"));
	return status;
}

int merging_apply(struct project_merge *merge, const char *message, struct err *err)
{
	struct strbuf driver;
	int status = refuse_untracked(merge, err);

	strbuf_init(&driver);
	if (status == 0)
		status = choose_driver(merge, &driver, err);
	if (status == 0)
		status = repository_begin_merge(merge->repository, merge->name.buf, driver.buf, err);
	strbuf_release(&driver);
	if (status < 0)
		return status;
	status = write_all(merge, message, err);
	if (status < 0)
		repository_abort_merge(merge->repository, NULL);
	else if (!merging_conflicts(merge))
		status = merging_conclude(merge->repository, err);
	return status;
}
