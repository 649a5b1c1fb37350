/*
 * `git commit --only` takes the given paths from the work tree and leaves whatever else is staged alone. Paths that
 * git does not know yet are announced first (add --intent-to-add), and taken back when the commit fails.
 */
#include "git/program.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

/* PREFIX..., then the paths, then NULL. Caller frees the array. */
static const char **arguments_with(const char *const *prefix, const struct strvec *paths)
{
	size_t count = 0;
	const char **all;

	while (prefix[count])
		count++;
	all = xcalloc(count + paths->len + 1, sizeof(*all));
	memcpy(all, prefix, count * sizeof(*all));
	memcpy(all + count, paths->items, paths->len * sizeof(*all));
	return all;
}

static int must_with(const struct git_call *call, const char *const *prefix, const struct strvec *paths, struct err *err)
{
	const char **all = arguments_with(prefix, paths);
	int rc = git_must(call, all, err);

	free(all);
	return rc;
}

/* Splits paths into those git tracks (also when they are gone) and new ones that exist; drops the rest. */
static int sort_out(const struct git_call *call, const struct strvec *paths, struct strvec *known,
	struct strvec *fresh, struct err *err)
{
	struct strbuf output, path;
	struct git_call mine = *call;
	struct slice rest;
	int rc;

	strbuf_init(&output);
	strbuf_init(&path);
	mine.output = &output;
	rc = must_with(&mine, (const char *const[]){ "ls-files", "-z", "--cached", "--", NULL }, paths, err);
	for (rest = strbuf_slice(&output); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1))
		strvec_push_slice(known, slice_new(rest.at, slice_find(rest, '\0')));
	for (size_t i = 0; i < paths->len && !rc; i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", call->folder, paths->items[i]);
		if (!strvec_has(known, paths->items[i]) && !strvec_has(fresh, paths->items[i]) && file_exists(path.buf))
			strvec_push(fresh, paths->items[i]);
	}
	strbuf_release(&output);
	strbuf_release(&path);
	return rc;
}

/* Is anything different from HEAD? In a repository without a commit everything is. */
static int has_changes(const struct git_call *call, const struct strvec *paths, bool *changed, struct err *err)
{
	const char **all = arguments_with((const char *const[]){ "diff", "--quiet", "HEAD", "--", NULL }, paths);
	int status = 0, rc = git_run(call, all, &status, err);

	*changed = status != 0;
	free(all);
	return rc;
}

static int commit_known(const struct git_call *call, const struct strvec *known, const char *message, bool *committed,
	struct err *err)
{
	int rc = has_changes(call, known, committed, err);

	if (rc || !*committed)
		return rc;
	return must_with(call, (const char *const[]){ "commit", "--quiet", "--only", "-m", message, "--", NULL }, known, err);
}

static void forget(const struct git_call *call, const struct strvec *fresh)
{
	must_with(call, (const char *const[]){ "rm", "--quiet", "--cached", "--ignore-unmatch", "--", NULL }, fresh, NULL);
}

int repository_commit(struct repository *repository, const struct strvec *paths, const char *message,
	bool *committed, struct err *err)
{
	char **environment;
	struct git_call call = { .folder = repository->work_folder };
	struct strvec known, fresh;
	bool done = false;
	int rc;

	if (!repository->work_folder)
		return err_set(err, ERR_NOWHERE, "a bare repository has no work tree to commit");
	call.environment = environment = repository_environment(repository);
	strvec_init(&known);
	strvec_init(&fresh);
	rc = paths->len ? sort_out(&call, paths, &known, &fresh, err) : 0;
	if (!rc && fresh.len)
		rc = must_with(&call, (const char *const[]){ "add", "--force", "--intent-to-add", "--", NULL }, &fresh, err);
	for (size_t i = 0; i < fresh.len; i++)
		strvec_push(&known, fresh.items[i]);
	if (!rc && known.len)
		rc = commit_known(&call, &known, message, &done, err);
	if (rc && fresh.len)
		forget(&call, &fresh);
	if (committed)
		*committed = done && !rc;
	strvec_release(&known);
	strvec_release(&fresh);
	environment_free(environment);
	return rc;
}
