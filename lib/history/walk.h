/*
 * A project's commits, newest first, each with what it changed.
 *
 * One `git log` lists the commits; for those that no cache knows, one `git diff-tree` in some hundreds names the *.ini
 * blobs that differ (object ids are compared, not texts) and one `git cat-file --batch` brings them. So a record that
 * moved between files in one commit shows no change, and only changed files are ever read. A merge's changes are those
 * that none of its parents has.
 *
 * The cache is one file, keyed by commit, since a commit never changes: safe to delete, written beside and renamed
 * into place, checked by a digest, and thrown away when the kinds' tables are others than those it was made with.
 *
 * Cost: O(commits) to list; cold O(bytes of the changed blobs), warm O(bytes of the changes).
 */
#ifndef HISTORY_WALK_H
#define HISTORY_WALK_H

#include "base/civil.h"
#include "base/err.h"
#include "git/repository.h"
#include "history/change.h"

#include <stdbool.h>

struct history_commit {
	struct slice id;      /* full hex id; empty: not committed yet */
	struct slice parents; /* their ids, a blank between */
	moment_t when;        /* committer's civil time; MOMENT_NONE: not committed yet */
	struct slice author, email, subject, message;
	const struct history_change *changes;
	size_t change_count;
	bool unreadable; /* of a newer format: its changes are not known */
};

struct history_walk {
	struct repository *repository;
	const char *folder;    /* the project's, below the repository's top; "" for the top */
	const char *from;      /* a commit; NULL: HEAD */
	bool uncommitted;      /* begin with what the work tree changes against HEAD */
	bool first_parent;     /* only the branch's own line */
	bool no_changes;       /* only who, when and why */
	moment_t since, until; /* commits of that time; 0: all */
	const char *cache;     /* a folder, made by the caller; NULL: none */
	/* False ends the walk. Texts live in the walk's arena. */
	bool (*visit)(void *context, const struct history_commit *commit);
	void *context;
};

/*
 * *cut (may be NULL) is set when the history is shallow and more may lie beyond it. No commits yet: none, no error.
 * ERR_INPUT for a history that git cannot read (another user's, a broken branch) and for objects that are missing.
 */
int history_walk(const struct history_walk *walk, struct arena *arena, bool *cut, struct err *err);

#endif
