#include "git/branch.h"

#include "base/alloc.h"
#include "base/process.h"
#include "base/random.h"
#include "git/merging.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>

static const struct slice nothing = { NULL, 0 };

/* git ARGUMENTS in the repository; *code its exit status, NULL: anything but 0 is a failure. */
static int ask(struct repository *repository, const char *const *arguments, struct strbuf *output, int *code,
	struct err *err)
{
	char **environment = repository_environment(repository);
	struct git_call call = { .folder = repository->work_folder ? repository->work_folder : repository->git_folder,
		.environment = environment,
		.output = output,
		.input = nothing };
	int rc = code ? git_run(&call, arguments, code, err) : git_must(&call, arguments, err);

	environment_free(environment);
	return rc;
}

/* --- which there are --- */

/* "ID NAME FOLDER" */
static void read_branch(struct slice line, struct vec *out)
{
	size_t blank = slice_find(line, ' ');
	struct slice rest = slice_from(line, blank + 1), name = slice_new(rest.at, slice_find(rest, ' '));
	struct slice folder = slice_from(rest, name.len + 1);
	struct branch *branch;

	if (blank != GIT_HEX - 1 || slice_ends(name, "/HEAD"))
		return;
	branch = vec_push(out);
	memcpy(branch->tip.id, line.at, blank);
	branch->name = xstrndup(name.at, name.len);
	branch->work_folder = folder.len ? xstrndup(folder.at, folder.len) : NULL;
}

int repository_branches(struct repository *repository, struct vec *out, struct err *err)
{
	struct strbuf output;
	struct slice rest, line;
	int rc;

	vec_init(out, sizeof(struct branch));
	strbuf_init(&output);
	rc = ask(repository,
		(const char *const[]){ "for-each-ref", "--format=%(objectname) %(refname) %(worktreepath)",
			"refs/heads", "refs/remotes", NULL },
		&output, NULL, err);
	rest = strbuf_slice(&output);
	while (!rc && slice_next(&rest, "\n", &line))
		read_branch(line, out);
	strbuf_release(&output);
	return rc;
}

void branches_release(struct vec *branches)
{
	struct branch *items = branches->items;

	for (size_t i = 0; i < branches->len; i++) {
		free(items[i].name);
		free(items[i].work_folder);
	}
	vec_release(branches);
}

const struct branch *branch_find(const struct vec *branches, const char *name)
{
	const struct branch *items = branches->items;

	for (size_t i = 0; i < branches->len; i++)
		if (strcmp(items[i].name, name) == 0)
			return &items[i];
	return NULL;
}

/* The first line of the answer; empty when git says no. */
static int ask_line(struct repository *repository, const char *const *arguments, struct strbuf *out, struct err *err)
{
	int code = 0, rc = ask(repository, arguments, out, &code, err);

	if (code)
		strbuf_reset(out);
	strbuf_truncate(out, slice_find(strbuf_slice(out), '\n'));
	return rc;
}

/* Is there such a branch here, or on a remote? */
static bool has_branch(const struct vec *branches, struct slice short_name)
{
	static const char head[] = "refs/heads/", remote[] = "refs/remotes/";
	const struct branch *items = branches->items;

	for (size_t i = 0; i < branches->len; i++) {
		struct slice name = slice_of(items[i].name);

		if (slice_starts(name, remote)) {
			name = slice_from(name, strlen(remote));
			name = slice_from(name, slice_find(name, '/') + 1);
		} else {
			name = slice_from(name, strlen(head));
		}
		if (slice_equal(name, short_name))
			return true;
	}
	return false;
}

/* refs/remotes/origin/HEAD → refs/remotes/origin/main → main */
static int remote_default(struct repository *repository, struct strbuf *out, struct err *err)
{
	struct strbuf remote, head, to;
	int rc;

	strbuf_init(&remote);
	strbuf_init(&head);
	strbuf_init(&to);
	rc = repository_remote_of(repository, "", &remote, err);
	strbuf_addf(&head, "refs/remotes/%s/HEAD", remote.buf);
	if (!rc && remote.len)
		rc = ask_line(
			repository, (const char *const[]){ "symbolic-ref", "--quiet", head.buf, NULL }, &to, err);
	strbuf_truncate(&head, head.len - strlen("HEAD"));
	if (slice_starts(strbuf_slice(&to), head.buf))
		strbuf_add_str(out, to.buf + head.len);
	strbuf_release(&to);
	strbuf_release(&head);
	strbuf_release(&remote);
	return rc;
}

/* Names that are customary, in order. */
static void customary(struct repository *repository, const struct vec *branches, struct strbuf *out)
{
	static const char *const names[] = { "main", "master" };
	struct strbuf chosen;

	strbuf_init(&chosen);
	if (settings_value(repository->work_folder ? repository->work_folder : repository->git_folder,
		    repository->environment, "init.defaultBranch", &chosen) &&
		has_branch(branches, strbuf_slice(&chosen)))
		strbuf_add_str(out, chosen.buf);
	for (size_t i = 0; i < ARRAY_SIZE(names) && !out->len; i++)
		if (has_branch(branches, slice_of(names[i])))
			strbuf_add_str(out, names[i]);
	strbuf_release(&chosen);
}

int repository_guarded_branch(
	struct repository *repository, const struct vec *branches, struct strbuf *out, struct err *err)
{
	struct strbuf name;
	int rc = 0;

	strbuf_init(&name);
	settings_value(repository->work_folder ? repository->work_folder : repository->git_folder,
		repository->environment, "pmt.guard", &name);
	if (!name.len)
		rc = remote_default(repository, &name, err);
	if (!rc && !name.len && !repository->work_folder) /* a server: nobody can choose for it by pushing a name */
		rc = repository_branch(repository, &name, err);
	if (!rc && !name.len)
		customary(repository, branches, &name);
	if (!rc && !name.len)
		rc = repository_branch(repository, &name, err);
	if (name.len)
		strbuf_addf(out, "%s%s", slice_starts(strbuf_slice(&name), "refs/") ? "" : "refs/heads/", name.buf);
	strbuf_release(&name);
	return rc;
}

int repository_remote_of(struct repository *repository, const char *branch, struct strbuf *out, struct err *err)
{
	struct strbuf name, remotes;
	int rc;

	strbuf_init(&name);
	strbuf_init(&remotes);
	strbuf_addf(&name, "branch.%s.remote", branch);
	if (*branch)
		settings_value(repository->work_folder ? repository->work_folder : repository->git_folder,
			repository->environment, name.buf, out);
	rc = ask(repository, (const char *const[]){ "remote", NULL }, &remotes, NULL, err);
	if (!rc && !out->len && remotes.len) {
		struct slice rest = strbuf_slice(&remotes), line, first = { NULL, 0 };
		size_t count = 0;
		bool origin = false;

		while (slice_next(&rest, "\n", &line)) {
			first = count++ ? first : line;
			origin = origin || slice_is(line, "origin");
		}
		if (origin)
			strbuf_add_str(out, "origin");
		else if (count == 1)
			strbuf_add_slice(out, first);
	}
	strbuf_release(&remotes);
	strbuf_release(&name);
	return rc;
}

int repository_is_ancestor(
	struct repository *repository, const char *older, const char *newer, bool *is, struct err *err)
{
	struct strbuf output;
	int code = 0, rc;

	strbuf_init(&output);
	rc = ask(repository, (const char *const[]){ "merge-base", "--is-ancestor", older, newer, NULL }, &output,
		&code, err);
	*is = !rc && code == 0;
	strbuf_release(&output);
	return rc;
}

/* --- making commits --- */

/* The index of ours in which a tree is put together. */
struct assembly {
	struct repository *repository;
	struct strbuf index;
	char **environment;
};

static int assembly_call(
	struct assembly *a, const char *const *arguments, struct slice input, struct strbuf *output, struct err *err)
{
	struct git_call call = { .folder = a->repository->work_folder ? a->repository->work_folder
								      : a->repository->git_folder,
		.environment = a->environment,
		.input = input,
		.output = output };

	return git_must(&call, arguments, err);
}

static int assembly_init(struct assembly *a, struct repository *repository, struct err *err)
{
	char **own = repository_environment(repository);
	struct strbuf setting;
	char name[32];
	int rc;

	a->repository = repository;
	strbuf_init(&a->index);
	strbuf_init(&setting);
	rc = repository_state_folder(repository, false, &a->index, err);
	if (!rc)
		rc = random_base32(name, 16, 0, err);
	if (!rc)
		strbuf_addf(&a->index, "/index-%s", name);
	strbuf_addf(&setting, "GIT_INDEX_FILE=%s", a->index.buf);
	a->environment = environment_with(own, (const char *const[]){ setting.buf, NULL });
	environment_free(own);
	strbuf_release(&setting);
	return rc;
}

static void assembly_release(struct assembly *a)
{
	remove(a->index.buf);
	environment_free(a->environment);
	strbuf_release(&a->index);
}

static int put_file(struct assembly *a, const struct commit_file *file, struct strbuf *lines, struct err *err)
{
	struct strbuf blob;
	int rc = 0;

	strbuf_init(&blob);
	if (file->bytes.at)
		rc = assembly_call(
			a, (const char *const[]){ "hash-object", "-w", "--stdin", NULL }, file->bytes, &blob, err);
	strbuf_truncate(&blob, slice_find(strbuf_slice(&blob), '\n'));
	if (blob.len)
		strbuf_addf(lines, "100644 %s\t%s", blob.buf, file->path);
	else
		strbuf_addf(lines, "0 0000000000000000000000000000000000000000\t%s", file->path);
	strbuf_add_char(lines, '\0');
	strbuf_release(&blob);
	return rc;
}

static int write_tree(struct assembly *a, const struct commit_plan *plan, struct strbuf *tree, struct err *err)
{
	struct strbuf lines;
	int rc = assembly_call(a, (const char *const[]){ "read-tree", plan->tree, NULL }, nothing, NULL, err);

	strbuf_init(&lines);
	for (size_t i = 0; i < plan->file_count && !rc; i++)
		rc = put_file(a, &plan->files[i], &lines, err);
	if (!rc && lines.len)
		rc = assembly_call(a, (const char *const[]){ "update-index", "-z", "--add", "--index-info", NULL },
			strbuf_slice(&lines), NULL, err);
	if (!rc)
		rc = assembly_call(a, (const char *const[]){ "write-tree", NULL }, nothing, tree, err);
	strbuf_truncate(tree, slice_find(strbuf_slice(tree), '\n'));
	strbuf_release(&lines);
	return rc;
}

/* git's own `commit` signs when it is told to; commit-tree must be told again. */
static bool signs(struct repository *repository)
{
	struct strbuf value;
	bool yes;

	strbuf_init(&value);
	yes = settings_value(repository->work_folder ? repository->work_folder : repository->git_folder,
		      repository->environment, "commit.gpgSign", &value) &&
	      slice_is(strbuf_slice(&value), "true");
	strbuf_release(&value);
	return yes;
}

int repository_make_commit(
	struct repository *repository, const struct commit_plan *plan, struct revision *out, struct err *err)
{
	const char *arguments[9] = { "commit-tree" };
	struct assembly assembly;
	struct strbuf tree, id;
	size_t count = 1;
	int rc;

	strbuf_init(&tree);
	strbuf_init(&id);
	rc = assembly_init(&assembly, repository, err);
	if (!rc)
		rc = write_tree(&assembly, plan, &tree, err);
	if (signs(repository))
		arguments[count++] = "-S";
	for (size_t i = 0; i < ARRAY_SIZE(plan->parents) && plan->parents[i]; i++) {
		arguments[count++] = "-p";
		arguments[count++] = plan->parents[i];
	}
	arguments[count++] = tree.buf;
	arguments[count] = NULL;
	if (!rc)
		rc = assembly_call(&assembly, arguments, slice_of(plan->message), &id, err);
	*out = (struct revision){ .committed = 0 };
	if (!rc && id.len >= GIT_HEX - 1)
		memcpy(out->id, id.buf, GIT_HEX - 1);
	assembly_release(&assembly);
	strbuf_release(&id);
	strbuf_release(&tree);
	return rc;
}

/* In the work tree that has it: git refuses where edits are in the way. */
static int move_forward(struct repository *repository, const struct branch_move *move, struct err *err)
{
	char **outside = environment_with(
		repository->environment, (const char *const[]){ "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
						 "GIT_PREFIX", "PMT_MERGING=1", NULL });
	struct git_call call = { .folder = move->work_folder, .environment = outside };
	int rc = git_must(&call, (const char *const[]){ "merge", "--quiet", "--ff-only", move->new, NULL }, err);

	if (rc == ERR_SYSTEM)
		rc = err->code = ERR_CONFLICT;
	environment_free(outside);
	return rc;
}

int repository_move_branch(struct repository *repository, const struct branch_move *move, struct err *err)
{
	static const char absent[] = "0000000000000000000000000000000000000000";
	struct strbuf output;
	int rc;

	if (move->work_folder)
		return move_forward(repository, move, err);
	strbuf_init(&output);
	rc = ask(repository,
		(const char *const[]){ "update-ref", "-m", move->reason, move->name, move->new,
			move->old ? move->old : absent, NULL },
		&output, NULL, err);
	if (rc == ERR_SYSTEM)
		rc = err->code = ERR_CONFLICT;
	strbuf_release(&output);
	return rc;
}

int repository_merge_trees(struct repository *repository, const char *ours, const char *theirs, struct strbuf *tree,
	struct strvec *conflicts, struct err *err)
{
	struct strbuf output;
	struct slice rest;
	int code = 0, rc;

	strbuf_init(&output);
	rc = ask(repository,
		(const char *const[]){ "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", "--", ours,
			theirs, NULL },
		&output, &code, err);
	rest = strbuf_slice(&output);
	if (!rc && (code > 1 || rest.len < GIT_HEX)) {
		rc = err_set(err, ERR_INPUT, "git merge-tree cannot merge %s and %s", ours, theirs);
		err_hint(err, "it needs git 2.38 or newer, and histories that have a commit in common");
	}
	if (!rc)
		strbuf_add(tree, rest.at, GIT_HEX - 1);
	for (rest = slice_from(rest, GIT_HEX); !rc && rest.len; rest = slice_from(rest, slice_find(rest, '\0') + 1))
		if (slice_find(rest, '\0'))
			strvec_push_slice(conflicts, slice_new(rest.at, slice_find(rest, '\0')));
	strbuf_release(&output);
	return rc;
}

int repository_push_commit(struct repository *repository, const char *remote, const char *commit, const char *ref,
	bool *refused, struct err *err)
{
	char **own = repository_environment(repository);
	char **environment =
		environment_with(own, (const char *const[]){ "LC_ALL=C.UTF-8", "LANGUAGE=", NULL });
	struct strbuf target, errors;
	struct git_call call = { .folder = repository->work_folder ? repository->work_folder : repository->git_folder,
		.environment = environment,
		.errors = &errors };
	struct slice words;
	int code = 0, rc;

	strbuf_init(&target);
	strbuf_init(&errors);
	strbuf_addf(&target, "%s:%s", commit, ref);
	rc = git_run(&call, (const char *const[]){ "push", "--quiet", "--", remote, target.buf, NULL }, &code, err);
	words = slice_trim(strbuf_slice(&errors));
	*refused = !rc && code;
	if (!rc && code)
		rc = err_set(err, ERR_CONFLICT, "git push: %.*s", (int)words.len, words.at);
	strbuf_release(&errors);
	strbuf_release(&target);
	environment_free(environment);
	environment_free(own);
	return rc;
}
