/* Commits on a change's branch, or on its target, checked out or not; and what is pushed. */
#include "cmd/cli/proposal.h"

#include "base/process.h"
#include "git/merging.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

enum { TRIES = 5 };

/* The files as git names them: below the repository's top. */
static struct commit_file *below_top(struct proposal *p, const struct branch_write *write, struct arena *arena)
{
	struct commit_file *files = arena_calloc(arena, write->file_count + 1, sizeof(*files));

	for (size_t i = 0; i < write->file_count; i++) {
		files[i].path = arena_printf(arena, "%.*s%s%s", (int)p->folder.len, p->folder.len ? p->folder.at : "",
			p->folder.len ? "/" : "", write->files[i].path);
		files[i].bytes = write->files[i].bytes;
	}
	return files;
}

/* --- where it is checked out --- */

static int put_file(const char *folder, const struct commit_file *file, struct err *err)
{
	struct strbuf path;
	char *slash;
	int status = 0;

	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, file->path);
	if (!file->bytes.at) {
		remove(path.buf);
	} else {
		slash = strrchr(path.buf, '/');
		*slash = '\0';
		status = file_make_folders(path.buf, err);
		*slash = '/';
		if (status == 0)
			status = file_replace(path.buf, file->bytes, err);
	}
	strbuf_release(&path);
	return status;
}

static int commit_there(struct repository *repository, const struct commit_file *files, size_t count,
	const char *message, struct err *err)
{
	struct strvec paths;
	bool committed;
	int status = 0;

	strvec_init(&paths);
	for (size_t i = 0; i < count && status == 0; i++) {
		status = put_file(repository->work_folder, &files[i], err);
		strvec_push(&paths, files[i].path);
	}
	if (status == 0)
		status = repository_commit(repository, &paths, message, &committed, err);
	strvec_release(&paths);
	return status;
}

static int refuse_apart(const struct branch_pair *pair, struct err *err)
{
	err_set(err, ERR_CONFLICT, _("%s here and on the remote have gone apart"), pair->name.buf);
	err_hint(err, _("it is checked out: bring both together first ('pmt sync' in %s)"), pair->local->work_folder);
	return ERR_CONFLICT;
}

/* In its own work tree, with the hooks and the signing of `git commit`. */
static int write_checked_out(struct branch_pair *pair, struct proposal *p, const struct branch_write *write,
	const struct commit_file *files, struct err *err)
{
	struct branch_move move = { pair->local->name, pair->local->tip.id, pair->tip.id, write->message,
		pair->local->work_folder };
	char **outside = environment_with(
		environ, (const char *const[]){ "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", NULL });
	bool here = p->repository->work_folder && strcmp(pair->local->work_folder, p->repository->work_folder) == 0;
	struct repository other = { 0 };
	int status = 0;

	if (pair->apart)
		status = refuse_apart(pair, err);
	else if (strcmp(pair->local->tip.id, pair->tip.id) != 0)
		status = repository_move_branch(p->repository, &move, err);
	if (status == 0 && !here)
		status = repository_find(&other, pair->local->work_folder, outside, err);
	if (status == 0 && write->file_count)
		status = commit_there(here ? p->repository : &other, files, write->file_count, write->message, err);
	if (!here)
		repository_release(&other);
	environment_free(outside);
	return status;
}

/* --- where it is not --- */

/* Git's merge of both sides; each has only added events, so nothing conflicts. */
static int join_trees(struct branch_pair *pair, struct proposal *p, struct strbuf *tree, struct err *err)
{
	struct strvec conflicts;
	int status;

	strvec_init(&conflicts);
	status = repository_merge_trees(
		p->repository, pair->local->tip.id, pair->tracking->tip.id, tree, &conflicts, err);
	if (status == 0 && conflicts.len) {
		status =
			err_set(err, ERR_CONFLICT, _("%s here and on the remote have gone apart, and conflict in %s"),
				pair->name.buf, conflicts.items[0]);
		err_hint(err, _("git switch %s && pmt sync"), pair->name.buf);
	}
	strvec_release(&conflicts);
	return status;
}

static int write_aside(struct branch_pair *pair, struct proposal *p, const struct branch_write *write,
	const struct commit_file *files, struct err *err)
{
	struct commit_plan plan = { .tree = pair->tip.id,
		.parents = { pair->tip.id },
		.files = files,
		.file_count = write->file_count,
		.message = write->message };
	struct branch_move move = { .old = pair->local ? pair->local->tip.id : NULL, .reason = write->message };
	struct strbuf tree, name;
	struct revision made;
	int status = 0;

	strbuf_init(&tree);
	strbuf_init(&name);
	strbuf_addf(&name, "refs/heads/%s", pair->name.buf);
	if (pair->apart) {
		status = join_trees(pair, p, &tree, err);
		plan.tree = tree.buf;
		plan.parents[0] = pair->local->tip.id;
		plan.parents[1] = pair->tracking->tip.id;
	}
	made = pair->tip;
	if (status == 0 && (pair->apart || write->file_count))
		status = repository_make_commit(p->repository, &plan, &made, err);
	move.name = name.buf;
	move.new = made.id;
	if (status == 0 && strcmp(move.old ? move.old : "", made.id) != 0)
		status = repository_move_branch(p->repository, &move, err);
	strbuf_release(&name);
	strbuf_release(&tree);
	return status;
}

/* Branches have moved: looks again. */
static int refresh(struct branch_pair *pair, struct proposal *p, struct err *err)
{
	int status;

	branches_release(&p->branches);
	status = repository_branches(p->repository, &p->branches, err);
	if (status == 0)
		status = branch_pair_find(&p->target, p, err);
	if (status == 0 && p->found)
		status = branch_pair_find(&p->own, p, err);
	if (status == 0 && pair != &p->own && pair != &p->target)
		status = branch_pair_find(pair, p, err);
	return status;
}

static int write_once(struct branch_pair *pair, struct proposal *p, const struct branch_write *write,
	const struct commit_file *files, struct err *err)
{
	int status = pair->local && pair->local->work_folder ? write_checked_out(pair, p, write, files, err)
							     : write_aside(pair, p, write, files, err);

	return status == 0 ? refresh(pair, p, err) : status;
}

/* --- pushing --- */

static int push(struct branch_pair *pair, struct proposal *p, struct err *err)
{
	struct branch_write nothing = { .message = "change: join what was said here and there" };
	struct strbuf ref;
	bool refused = true;
	int status = 0;

	strbuf_init(&ref);
	strbuf_addf(&ref, "refs/heads/%s", pair->name.buf);
	for (int i = 0; i < TRIES && status == 0 && refused; i++) {
		struct err trouble;

		err_init_like(&trouble, err);
		status = repository_push_commit(
			p->repository, p->remote.buf, pair->tip.id, ref.buf, &refused, &trouble);
		if (refused && i + 1 < TRIES) {
			status = repository_fetch(p->repository, p->remote.buf, err);
			if (status == 0)
				status = refresh(pair, p, err);
			/* Nothing new there: it was not a race but a hook that refused. */
			if (status == 0 && !pair->apart)
				status = err_set(err, ERR_FAILED, "%s", trouble.message);
			if (status == 0)
				status = write_once(pair, p, &nothing, NULL, err);
		} else if (status < 0) {
			err_set(err, trouble.code, "%s", trouble.message);
		}
		err_release(&trouble);
	}
	strbuf_release(&ref);
	return status == 0 && !refused ? refresh(pair, p, err) : status;
}

int branch_pair_write(struct branch_pair *pair, struct proposal *p, const struct branch_write *write, struct err *err)
{
	struct arena arena;
	int status = 0;

	if (write->push && !p->remote.len) {
		err_set(err, ERR_USAGE, "%s", _("there is no remote to push to"));
		err_hint(err, "%s", _("git remote add origin URL; without a remote leave --push out"));
		return ERR_USAGE;
	}
	arena_init(&arena);
	status = write_once(pair, p, write, below_top(p, write, &arena), err);
	if (status == 0 && write->push)
		status = push(pair, p, err);
	arena_release(&arena);
	return status;
}
