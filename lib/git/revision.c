#include "base/alloc.h"
#include "base/process.h"
#include "git/library-internal.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>

static void fill_revision(const struct git_library *library, const git_commit *commit, struct revision *out)
{
	int64_t seconds = library->git_commit_time(commit);

	library->git_oid_tostr(out->id, sizeof(out->id), library->git_commit_id(commit));
	out->committed_utc = seconds / 60 - (seconds % 60 < 0);
	out->committed = out->committed_utc + library->git_commit_time_offset(commit);
}

int git_open_commit(struct repository *repository, const struct revision *revision, git_commit **out,
	struct err *err)
{
	const struct git_library *library;
	git_oid oid;
	int rc = git_objects_open(repository, err);

	if (rc)
		return rc;
	library = &repository->objects->library;
	rc = library->git_oid_fromstr(&oid, revision->id);
	if (!rc)
		rc = library->git_commit_lookup(out, repository->objects->repository, &oid);
	return rc ? git_failure(repository, rc, err, "cannot read commit %s", revision->id) : 0;
}

/* What libgit2 cannot parse, git may: the program is the authority on revision syntax. */
static int parse_with_program(struct repository *repository, const char *text, git_oid *oid)
{
	const char *folder = repository->work_folder ? repository->work_folder : repository->git_folder;
	char **environment = repository_environment(repository);
	struct strbuf output;
	struct git_call call = { .folder = folder, .environment = environment, .output = &output };
	int status = 1, rc;

	strbuf_init(&output);
	rc = git_run(&call, (const char *const[]){ "rev-parse", "--verify", "--quiet", text, NULL }, &status, NULL);
	if (!rc && status)
		rc = -1;
	if (!rc) {
		strbuf_truncate(&output, slice_find(strbuf_slice(&output), '\n'));
		rc = repository->objects->library.git_oid_fromstr(oid, output.buf);
	}
	strbuf_release(&output);
	environment_free(environment);
	return rc;
}

static int unknown_revision(struct repository *repository, const char *text, bool ambiguous, struct err *err)
{
	if (ambiguous)
		return err_set(err, ERR_USAGE, "'%s' fits several revisions: write more of it", text);
	if (strncmp(text, "HEAD", strlen("HEAD")) == 0 &&
		repository->objects->library.git_repository_head_unborn(repository->objects->repository) == 1) {
		err_set(err, ERR_INPUT, "there is no commit yet");
		err_hint(err, "'git add -A' and 'git commit' make the first one");
		return ERR_INPUT;
	}
	err_set(err, ERR_USAGE, "unknown revision '%s'", text);
	if (repository_is_shallow(repository))
		err_hint(err, "the history is cut off: git fetch --unshallow");
	else
		err_hint(err, "a branch, a tag, a commit id, HEAD~3, or a date like 2026-03-02; git log shows them");
	return ERR_USAGE;
}

static int resolve_name(struct repository *repository, const char *text, git_commit **out, struct err *err)
{
	const struct git_library *library = &repository->objects->library;
	git_object *object = NULL;
	git_oid oid;
	int rc = *text == '-' || !*text ? GIT_EINVALIDSPEC
					: library->git_revparse_single(&object, repository->objects->repository, text);
	bool ambiguous = rc == GIT_EAMBIGUOUS;

	if (rc && *text && *text != '-' && !ambiguous && !parse_with_program(repository, text, &oid))
		rc = library->git_object_lookup(&object, repository->objects->repository, &oid, GIT_OBJECT_ANY);
	if (rc)
		return unknown_revision(repository, text, ambiguous, err);
	rc = library->git_object_peel((git_object **)out, object, GIT_OBJECT_COMMIT);
	library->git_object_free(object);
	return rc ? err_set(err, ERR_USAGE, "'%s' is not a commit", text) : 0;
}

static int no_commit_by(struct repository *repository, const char *text, const git_commit *oldest, struct err *err)
{
	char date[CIVIL_TEXT];
	struct revision first;

	fill_revision(&repository->objects->library, oldest, &first);
	err_set(err, ERR_INPUT, "there is no commit by %s: the first is of %s", text, moment_print(first.committed, date));
	if (repository_is_shallow(repository))
		err_hint(err, "the history is cut off: git fetch --unshallow");
	return ERR_INPUT;
}

/* Back along first parents to the first commit that is not after `until`. */
static int resolve_date(struct repository *repository, const char *text, moment_t until, git_commit **out,
	struct err *err)
{
	const struct git_library *library = &repository->objects->library;
	struct revision at;
	git_commit *commit = NULL;
	int rc = resolve_name(repository, "HEAD", &commit, err);

	if (rc)
		return rc;
	for (;;) {
		const git_oid *parent = library->git_commit_parent_id(commit, 0);
		git_commit *older = NULL;

		fill_revision(library, commit, &at);
		if (at.committed <= until) {
			*out = commit;
			return 0;
		}
		rc = parent ? library->git_commit_lookup(&older, repository->objects->repository, parent) : 0;
		if (!older) {
			bool cut = rc && repository_is_shallow(repository);

			rc = rc && !cut ? git_failure(repository, rc, err, "cannot read the history")
					: no_commit_by(repository, text, commit, err);
			library->git_commit_free(commit);
			return rc;
		}
		library->git_commit_free(commit);
		commit = older;
	}
}

int repository_resolve(struct repository *repository, const char *text, struct revision *out, struct err *err)
{
	enum civil_fault fault;
	git_commit *commit = NULL;
	bool has_time;
	moment_t until;
	int rc;

	fault = moment_parse(slice_of(text), &until, &has_time);
	if (fault == CIVIL_IMPOSSIBLE)
		return err_set(err, ERR_USAGE, "there is no such date: %s", text);
	rc = git_objects_open(repository, err);
	if (rc)
		return rc;
	if (fault == CIVIL_OK)
		rc = resolve_date(repository, text, until + (has_time ? 0 : MINUTES_PER_DAY - 1), &commit, err);
	else
		rc = resolve_name(repository, text, &commit, err);
	if (rc)
		return rc;
	fill_revision(&repository->objects->library, commit, out);
	repository->objects->library.git_commit_free(commit);
	return 0;
}

int repository_short_id(struct repository *repository, const struct revision *revision, struct strbuf *out,
	struct err *err)
{
	const struct git_library *library;
	git_buf text = { 0 };
	git_commit *commit = NULL;
	int rc = git_open_commit(repository, revision, &commit, err);

	if (rc)
		return rc;
	library = &repository->objects->library;
	rc = library->git_object_short_id(&text, (git_object *)commit);
	if (rc)
		rc = git_failure(repository, rc, err, "cannot shorten %s", revision->id);
	else
		strbuf_add(out, text.ptr, text.size);
	library->git_buf_dispose(&text);
	library->git_commit_free(commit);
	return rc;
}

static int open_top(struct repository *repository, const struct revision *revision, git_tree **out, struct err *err)
{
	git_commit *commit = NULL;
	int rc = git_open_commit(repository, revision, &commit, err);

	if (rc)
		return rc;
	rc = repository->objects->library.git_commit_tree(out, commit);
	repository->objects->library.git_commit_free(commit);
	return rc ? git_failure(repository, rc, err, "cannot read the tree of %s", revision->id) : 0;
}

int git_open_folder(struct repository *repository, const struct revision *revision, const char *folder,
	git_tree **out, struct err *err)
{
	const struct git_library *library;
	git_tree_entry *entry = NULL;
	git_tree *top;
	int rc = open_top(repository, revision, &top, err);

	if (rc || !*folder) {
		*out = rc ? NULL : top;
		return rc;
	}
	library = &repository->objects->library;
	rc = library->git_tree_entry_bypath(&entry, top, folder);
	if (rc || library->git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
		rc = err_set(err, ERR_NOWHERE, "there is no folder '%s' in %.10s", folder, revision->id);
	} else {
		rc = library->git_tree_lookup(out, repository->objects->repository, library->git_tree_entry_id(entry));
		if (rc)
			rc = git_failure(repository, rc, err, "cannot read '%s' in %.10s", folder, revision->id);
	}
	library->git_tree_entry_free(entry);
	library->git_tree_free(top);
	return rc;
}
