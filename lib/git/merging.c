#include "git/merging.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/process.h"
#include "git/library-internal.h"
#include "git/program.h"

#include <string.h>

static bool has_state(const struct repository *repository, const char *name)
{
	struct strbuf path;
	bool there;

	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", repository->git_folder, name);
	there = file_exists(path.buf) || file_is_folder(path.buf);
	strbuf_release(&path);
	return there;
}

bool repository_is_merging(const struct repository *repository)
{
	return has_state(repository, "MERGE_HEAD");
}

/* git in the top folder with our mark; the caller frees call->environment. */
static struct git_call call_of(const struct repository *repository, struct strbuf *output, struct strbuf *errors)
{
	char **own = repository_environment(repository);
	struct git_call call = { .folder = repository->work_folder ? repository->work_folder : repository->git_folder,
		.output = output, .errors = errors };

	call.environment = environment_with(own, (const char *const[]){ "PMT_MERGING=1", NULL });
	environment_free(own);
	return call;
}

static void call_release(struct git_call *call)
{
	environment_free((char **)call->environment);
}

/* git ARGUMENTS; output may be NULL. */
static int must(struct repository *repository, const char *const *arguments, struct slice input, struct strbuf *output,
	struct err *err)
{
	struct git_call call = call_of(repository, output, NULL);
	int rc;

	call.input = input;
	rc = git_must(&call, arguments, err);
	call_release(&call);
	return rc;
}

static const struct slice nothing = { NULL, 0 };

struct obstacle {
	const char *state, *message, *hint;
};

/* What git leaves in its folder while it is at something, most likely first. */
static const struct obstacle obstacles[] = {
	{ "MERGE_HEAD", N_("a merge is under way"), N_("pmt merge --continue, or pmt merge --abort") },
	{ "rebase-merge", N_("a rebase is under way"), N_("git rebase --continue, or git rebase --abort") },
	{ "rebase-apply", N_("a rebase is under way"), N_("git rebase --continue, or git rebase --abort") },
	{ "CHERRY_PICK_HEAD", N_("a cherry-pick is under way"), N_("git cherry-pick --continue, or git cherry-pick --abort") },
	{ "REVERT_HEAD", N_("a revert is under way"), N_("git revert --continue, or git revert --abort") },
};

static int refuse(struct err *err, int code, const char *message, const char *hint)
{
	err_set(err, (enum err_code)code, "%s", err_word(err, message));
	err_hint(err, "%s", err_word(err, hint));
	return code;
}

int repository_is_clean(struct repository *repository, struct err *err)
{
	struct strbuf output;
	struct slice first;
	int rc;

	strbuf_init(&output);
	rc = must(repository, (const char *const[]){ "status", "--porcelain", "-z", "--untracked-files=no", NULL }, nothing,
		&output, err);
	if (!rc && output.len) {
		first = slice_from(strbuf_slice(&output), 3);
		first.len = slice_find(first, '\0');
		err_set(err, ERR_CONFLICT, "there are edits that are not committed: %.*s", (int)first.len, first.at);
		err_hint(err, "commit them first ('git commit -a'), or put them aside ('git stash')");
		rc = ERR_CONFLICT;
	}
	strbuf_release(&output);
	return rc;
}

int repository_may_merge(struct repository *repository, struct err *err)
{
	struct strbuf branch;
	struct revision head;
	int rc;

	if (!repository->work_folder)
		return refuse(err, ERR_NOWHERE, N_("a bare repository has no work tree to merge in"), N_("merge in a clone and push"));
	for (size_t i = 0; i < ARRAY_SIZE(obstacles); i++)
		if (has_state(repository, obstacles[i].state))
			return refuse(err, ERR_CONFLICT, obstacles[i].message, obstacles[i].hint);
	rc = repository_commit_of(repository, "HEAD", &head, err);
	if (rc && rc != ERR_USAGE)
		return rc;
	err_release(err);
	if (rc)
		return refuse(err, ERR_CONFLICT, N_("there is no commit to merge into"), N_("commit first: git commit"));
	strbuf_init(&branch);
	rc = repository_branch(repository, &branch, err);
	if (!rc && !branch.len)
		rc = refuse(err, ERR_CONFLICT, N_("no branch is checked out (detached HEAD)"),
			N_("git switch BRANCH, or git switch -c NEW"));
	strbuf_release(&branch);
	return rc ? rc : repository_is_clean(repository, err);
}

/* The first line git answers with; *found is false when it says no. */
static int ask_line(struct repository *repository, const char *const *arguments, struct strbuf *line, bool *found, struct err *err)
{
	struct git_call call = call_of(repository, line, NULL);
	int status, rc = git_run(&call, arguments, &status, err);

	*found = !rc && status == 0;
	strbuf_truncate(line, slice_find(strbuf_slice(line), '\n'));
	call_release(&call);
	return rc;
}

int repository_commit_of(struct repository *repository, const char *text, struct revision *out, struct err *err)
{
	struct strbuf line, name;
	bool found;
	int rc;

	strbuf_init(&line);
	strbuf_init(&name);
	strbuf_addf(&name, "%s^{commit}", text);
	rc = ask_line(repository, (const char *const[]){ "rev-parse", "--verify", "--quiet", "--end-of-options", name.buf, NULL },
		&line, &found, err);
	*out = (struct revision){ .committed = 0 };
	if (!rc && found && line.len >= sizeof(out->id)) /* it says that ids of SHA-256 are too long for it */
		rc = git_objects_open(repository, err);
	if (!rc && !found) {
		rc = err_set(err, ERR_USAGE, "unknown revision '%s'", text);
		err_hint(err, "a branch, a tag or a commit; 'git branch -a' lists the branches");
	}
	if (!rc && line.len < sizeof(out->id))
		memcpy(out->id, line.buf, line.len + 1);
	strbuf_release(&name);
	strbuf_release(&line);
	return rc;
}

int repository_merge_bases(struct repository *repository, const char *a, const char *b, struct vec *out, struct err *err)
{
	struct strbuf output;
	struct slice rest, line;
	struct git_call call;
	int status, rc;

	strbuf_init(&output);
	call = call_of(repository, &output, NULL);
	rc = git_run(&call, (const char *const[]){ "merge-base", "--all", a, b, NULL }, &status, err);
	rest = strbuf_slice(&output);
	while (!rc && status == 0 && slice_next(&rest, "\n", &line)) {
		struct revision *revision = line.len == GIT_HEX - 1 ? vec_push(out) : NULL;

		if (revision)
			memcpy(revision->id, line.at, line.len);
	}
	call_release(&call);
	strbuf_release(&output);
	return rc;
}

int repository_branch(struct repository *repository, struct strbuf *out, struct err *err)
{
	bool found;
	int rc = ask_line(repository, (const char *const[]){ "symbolic-ref", "--quiet", "--short", "HEAD", NULL }, out, &found, err);

	if (!found)
		strbuf_reset(out);
	return rc;
}

int repository_count_files(struct repository *repository, const char *name, size_t *out, struct err *err)
{
	struct strbuf output, tail;
	struct slice rest;
	int rc;

	*out = 0;
	strbuf_init(&output);
	strbuf_init(&tail);
	strbuf_addf(&tail, "/%s", name);
	rc = must(repository, (const char *const[]){ "ls-files", "-z", NULL }, nothing, &output, err);
	for (rest = strbuf_slice(&output); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1)) {
		struct slice path = slice_new(rest.at, slice_find(rest, '\0'));

		*out += slice_is(path, name) || slice_ends(path, tail.buf);
	}
	strbuf_release(&tail);
	strbuf_release(&output);
	return rc;
}

static bool read_state(const struct repository *repository, const char *name, struct strbuf *out)
{
	struct strbuf path;
	bool good;

	strbuf_init(&path);
	strbuf_addf(&path, "%s/rebase-merge/%s", repository->git_folder, name);
	good = file_exists(path.buf) && file_read(out, path.buf, NULL) == 0;
	while (out->len && out->buf[out->len - 1] == '\n')
		strbuf_truncate(out, out->len - 1);
	strbuf_release(&path);
	return good;
}

bool repository_rebase_ends(const struct repository *repository, struct strbuf *onto, struct strbuf *old)
{
	struct slice rest, line;
	struct strbuf done;
	bool ends;

	strbuf_init(&done);
	ends = read_state(repository, "onto", onto) && read_state(repository, "orig-head", old) &&
		read_state(repository, "done", &done);
	for (rest = strbuf_slice(&done); ends && slice_next(&rest, "\n", &line);)
		ends = line.len == 0 || slice_starts(line, "pick ") || slice_starts(line, "#") || slice_starts(line, "noop");
	strbuf_release(&done);
	return ends;
}

int repository_fast_forward(struct repository *repository, const char *revision, struct err *err)
{
	return must(repository, (const char *const[]){ "merge", "--quiet", "--ff-only", revision, NULL }, nothing, NULL, err);
}

int repository_begin_merge(struct repository *repository, const char *revision, const char *driver, struct err *err)
{
	struct strbuf setting, errors, output;
	struct git_call call;
	struct slice words;
	int status, rc;

	strbuf_init(&setting);
	strbuf_init(&errors);
	strbuf_init(&output);
	strbuf_addf(&setting, "merge.pmt.driver=%s", driver);
	call = call_of(repository, &output, &errors);
	rc = git_run(&call, (const char *const[]){ "-c", setting.buf, "-c", "merge.directoryRenames=false", "merge", "--quiet", "--no-commit",
		"--no-ff", "--no-rerere-autoupdate", revision, NULL }, &status, err);
	words = slice_trim(strbuf_slice(errors.len ? &errors : &output));
	/* It says 1 for conflicts, and also when it would not begin. */
	if (!rc && status && !repository_is_merging(repository))
		rc = err_set(err, ERR_CONFLICT, "git merge: %.*s", (int)words.len, words.at);
	call_release(&call);
	strbuf_release(&output);
	strbuf_release(&errors);
	strbuf_release(&setting);
	return rc;
}

int repository_stage(struct repository *repository, const struct strvec *paths, struct err *err)
{
	struct strbuf input;
	int rc;

	if (!paths->len)
		return 0;
	strbuf_init(&input);
	for (size_t i = 0; i < paths->len; i++)
		strbuf_add(&input, paths->items[i], strlen(paths->items[i]) + 1);
	rc = must(repository, (const char *const[]){ "update-index", "--add", "--remove", "-z", "--stdin", NULL },
		strbuf_slice(&input), NULL, err);
	strbuf_release(&input);
	return rc;
}

int repository_stage_edits(struct repository *repository, const char *folder, struct err *err)
{
	struct strvec paths;
	struct strbuf output;
	struct slice rest;
	int rc;

	strvec_init(&paths);
	strbuf_init(&output);
	rc = must(repository, (const char *const[]){ "diff-files", "--name-only", "-z", "--", *folder ? folder : ".", NULL }, nothing,
		&output, err);
	for (rest = strbuf_slice(&output); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1)) {
		struct slice path = slice_new(rest.at, slice_find(rest, '\0'));

		if (slice_ends(path, ".ini"))
			strvec_push_slice(&paths, path);
	}
	if (!rc)
		rc = repository_stage(repository, &paths, err);
	strbuf_release(&output);
	strvec_release(&paths);
	return rc;
}

int repository_mark_unmerged(struct repository *repository, const struct unmerged_path *paths, size_t count, struct err *err)
{
	static const char none[] = "0000000000000000000000000000000000000000";
	struct strbuf input;
	int rc;

	if (!count)
		return 0;
	strbuf_init(&input);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&input, "0 %s\t%s", none, paths[i].path);
		strbuf_add_char(&input, '\0');
		for (int side = 0; side < 3; side++)
			if (paths[i].blobs[side]) {
				strbuf_addf(&input, "100644 %s %d\t%s", paths[i].blobs[side], side + 1, paths[i].path);
				strbuf_add_char(&input, '\0');
			}
	}
	rc = must(repository, (const char *const[]){ "update-index", "-z", "--index-info", NULL }, strbuf_slice(&input), NULL, err);
	strbuf_release(&input);
	return rc;
}

/* "MODE ID STAGE\tPATH", up to three a path. */
int repository_unmerged(struct repository *repository, struct strvec *out, struct err *err)
{
	struct strbuf output;
	struct slice rest;
	int rc;

	strbuf_init(&output);
	rc = must(repository, (const char *const[]){ "ls-files", "--unmerged", "-z", NULL }, nothing, &output, err);
	for (rest = strbuf_slice(&output); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1)) {
		struct slice line = slice_new(rest.at, slice_find(rest, '\0'));
		struct slice path = slice_from(line, slice_find(line, '\t') + 1);

		if (!out->len || !slice_is(path, out->items[out->len - 1]))
			strvec_push_slice(out, path);
	}
	strbuf_release(&output);
	return rc;
}

int repository_merge_message(struct repository *repository, const char *subject, struct slice more, struct err *err)
{
	struct strbuf path, text, intent;
	struct fileset set;
	int rc;

	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_init(&intent);
	strbuf_addf(&path, "%s/MERGE_MSG", repository->git_folder);
	strbuf_addf(&intent, "%s/MERGE_MSG.intent", repository->git_folder);
	if (subject)
		strbuf_addf(&text, "%s\n", subject);
	else if (file_exists(path.buf))
		file_read(&text, path.buf, NULL);
	if (more.len) {
		strbuf_add_char(&text, '\n');
		strbuf_add_slice(&text, more);
	}
	fileset_init(&set, intent.buf);
	fileset_write(&set, path.buf, strbuf_slice(&text), NULL);
	rc = fileset_commit(&set, err);
	fileset_release(&set);
	strbuf_release(&intent);
	strbuf_release(&text);
	strbuf_release(&path);
	return rc;
}

int repository_conclude_merge(struct repository *repository, struct err *err)
{
	return must(repository, (const char *const[]){ "commit", "--quiet", "--no-edit", "--cleanup=strip", NULL }, nothing, NULL,
		err);
}

int repository_abort_merge(struct repository *repository, struct err *err)
{
	if (!repository_is_merging(repository))
		return refuse(err, ERR_CONFLICT, N_("no merge is under way"), N_("'pmt merge REVISION' begins one"));
	return must(repository, (const char *const[]){ "merge", "--abort", NULL }, nothing, NULL, err);
}

int repository_fetch(struct repository *repository, const char *remote, struct err *err)
{
	return must(repository, (const char *const[]){ "fetch", "--quiet", "--", remote, NULL }, nothing, NULL, err);
}

/* What git says, in C.UTF-8, when the branch has moved on meanwhile. */
static bool says_refused(struct slice words)
{
	static const char *const signs[] = { "non-fast-forward", "fetch first", "stale info", "cannot lock ref", "failed to update ref",
		"incorrect old value" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (words.len && memmem(words.at, words.len, signs[i], strlen(signs[i])))
			return true;
	return false;
}

int repository_push(struct repository *repository, const char *remote, const char *branch, bool *refused, struct err *err)
{
	struct strbuf target, errors;
	struct git_call call;
	char **environment;
	struct slice words;
	int status, rc;

	strbuf_init(&target);
	strbuf_init(&errors);
	strbuf_addf(&target, "HEAD:refs/heads/%s", branch);
	call = call_of(repository, NULL, &errors);
	environment = environment_with(call.environment, (const char *const[]){ "LC_ALL=C.UTF-8", "LANGUAGE=", NULL });
	call_release(&call);
	call.environment = environment;
	rc = git_run(&call, (const char *const[]){ "push", "--quiet", "--", remote, target.buf, NULL }, &status, err);
	words = slice_trim(strbuf_slice(&errors));
	*refused = !rc && status && says_refused(words);
	if (!rc && status)
		rc = err_set(err, ERR_CONFLICT, "git push: %.*s", (int)words.len, words.at);
	environment_free(environment);
	strbuf_release(&errors);
	strbuf_release(&target);
	return rc;
}
