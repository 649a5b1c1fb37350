/*
 * Branches that are not checked out: which there are, and commits made on them without touching work tree or index.
 *
 * A commit is made of objects first (repository_make_commit, which no reference names yet) and becomes a branch's tip in one step
 * (repository_move_branch), which fails when the branch has moved meanwhile. Commits are signed when git's configuration says so; hooks
 * for commits do not run, for there is no work tree they could look at.
 */
#ifndef GIT_BRANCH_H
#define GIT_BRANCH_H

#include "base/vec.h"
#include "git/repository.h"

#include <stdbool.h>

struct branch {
	char *name;        /* "refs/heads/main", "refs/remotes/origin/main" */
	struct revision tip; /* its id alone */
	char *work_folder; /* of the work tree that has it checked out, absolute; NULL: none */
};

/* Every local and remote-tracking branch, by name; remote HEADs are left out. Release with branches_release. */
int repository_branches(struct repository *repository, struct vec *out /* struct branch */, struct err *err);
void branches_release(struct vec *branches);
/* By its full name; NULL: there is none. */
const struct branch *branch_find(const struct vec *branches, const char *name);

/*
 * The branch that changes go to, and that is guarded, when nobody says: pmt.guard, else that of the remote's HEAD, else a bare repository's own
 * HEAD, else init.defaultBranch where there is one of that name, else main or master (here, or else on a remote), else the branch that is checked
 * out. A full name: "refs/heads/main". Empty when there is none at all.
 */
int repository_guarded_branch(struct repository *repository, const struct vec *branches, struct strbuf *out, struct err *err);
/* The remote that a branch ("main") is pushed to: its own, else origin, else the only one; empty without any. */
int repository_remote_of(struct repository *repository, const char *branch, struct strbuf *out, struct err *err);

/* Is `older` the same commit as `newer`, or one that it comes from? */
int repository_is_ancestor(struct repository *repository, const char *older, const char *newer, bool *is, struct err *err);

struct commit_file {
	const char *path;   /* below the repository's top */
	struct slice bytes; /* at NULL: the file goes */
};

struct commit_plan {
	const char *tree;       /* commit or tree whose files it starts from */
	const char *parents[2]; /* NULL: none */
	const struct commit_file *files;
	size_t file_count;
	const char *message;
};

/* Makes the commit as an object. */
int repository_make_commit(struct repository *repository, const struct commit_plan *plan, struct revision *out, struct err *err);
/*
 * Points a branch at a commit; old: where it stood (NULL: it is new). ERR_CONFLICT when it stands elsewhere. A branch that is checked out
 * here or in another work tree is moved forward there, files included.
 */
struct branch_move {
	const char *name, *old, *new;
	const char *reason;      /* for the reflog */
	const char *work_folder; /* of the work tree that has it checked out, or NULL */
};
int repository_move_branch(struct repository *repository, const struct branch_move *move, struct err *err);

/*
 * Git's own merge of two commits, as a tree; paths it could not merge are appended to `conflicts`, and stand in the tree with markers.
 * ERR_INPUT where git is too old for it (before 2.38).
 */
int repository_merge_trees(struct repository *repository, const char *ours, const char *theirs, struct strbuf *tree,
	struct strvec *conflicts, struct err *err);

/* git push REMOTE COMMIT:REF. *refused: the remote's branch is not behind it, or a hook refused; its words are in err then. */
int repository_push_commit(struct repository *repository, const char *remote, const char *commit, const char *ref, bool *refused,
	struct err *err);

#endif
