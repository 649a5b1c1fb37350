/*
 * What a merge needs of git: what stands in its way, where two histories part, and the steps of a merge whose content
 * somebody else computes. Everything that touches work tree and index goes through the `git` program.
 *
 * While these steps run, the environment says PMT_MERGING=1, so that hooks of ours keep out of their own merge.
 */
#ifndef GIT_MERGING_H
#define GIT_MERGING_H

#include "base/vec.h"
#include "git/repository.h"

#include <stdbool.h>

/* ERR_NOWHERE or ERR_CONFLICT with the cause and what to do: bare, no commit, no branch, an operation under way, edits. */
int repository_may_merge(struct repository *repository, struct err *err);
/* ERR_CONFLICT when files that git knows were edited and not committed. */
int repository_is_clean(struct repository *repository, struct err *err);
/* Is a merge under way (MERGE_HEAD is there)? */
bool repository_is_merging(const struct repository *repository);
/* The commit of a revision, in hex; ERR_USAGE when git knows none. Never a date, unlike repository_resolve. */
int repository_commit_of(struct repository *repository, const char *text, struct revision *out, struct err *err);
/* All best common ancestors, in git's order; none: histories that have nothing in common, or are cut off. */
int repository_merge_bases(struct repository *repository, const char *a, const char *b, struct vec *out /* struct revision */,
	struct err *err);
/* "main", or empty without one. */
int repository_branch(struct repository *repository, struct strbuf *out, struct err *err);
/* How many files of that name git tracks, in any folder. */
int repository_count_files(struct repository *repository, const char *name, size_t *out, struct err *err);

/*
 * Is a rebase just ending (the hook post-rewrite runs then) that put all commits of one branch onto another? What it
 * began with: the commit it went onto, and the branch's old tip.
 */
bool repository_rebase_ends(const struct repository *repository, struct strbuf *onto, struct strbuf *old);

int repository_fast_forward(struct repository *repository, const char *revision, struct err *err);
/*
 * git merge --no-commit --no-ff: work tree and index hold git's own result afterwards, conflicts of its included, and
 * MERGE_HEAD is there. driver: the command for files with the attribute merge=pmt ("false": they conflict).
 */
int repository_begin_merge(struct repository *repository, const char *revision, const char *driver, struct err *err);
/* Puts these paths (relative to the top) into the index as they stand in the work tree; gone ones leave it. */
int repository_stage(struct repository *repository, const struct strvec *paths, struct err *err);
/* The same for every edited *.ini file below a folder ("" for all) that git knows. */
int repository_stage_edits(struct repository *repository, const char *folder, struct err *err);
/* Marks a path as conflicting: ids of the blobs on base, ours and theirs (NULL: not there). */
struct unmerged_path {
	const char *path;
	const char *blobs[3];
};
int repository_mark_unmerged(struct repository *repository, const struct unmerged_path *paths, size_t count, struct err *err);
/* Paths that the index holds as conflicting. */
int repository_unmerged(struct repository *repository, struct strvec *out, struct err *err);
/* The prepared message: subject in place of git's (NULL: git's stays), and more lines behind it. */
int repository_merge_message(struct repository *repository, const char *subject, struct slice more, struct err *err);
/* Commits the merge that is under way with the prepared message; hooks and signing apply. */
int repository_conclude_merge(struct repository *repository, struct err *err);
int repository_abort_merge(struct repository *repository, struct err *err);

/* git fetch REMOTE; git push REMOTE HEAD:refs/heads/BRANCH. *refused: somebody else was faster. */
int repository_fetch(struct repository *repository, const char *remote, struct err *err);
int repository_push(struct repository *repository, const char *remote, const char *branch, bool *refused, struct err *err);

#endif
