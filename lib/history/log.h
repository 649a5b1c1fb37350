/*
 * The field-level log: which commit changed which field of which record, from what to what.
 *
 * One `git log --raw` names the changed *.ini blobs of every commit, one `git cat-file --batch` brings them; a commit's old and
 * new blobs are read as two small projects and their records compared. So a record that moved between files in one commit shows no
 * change, and only changed files are ever read. Merges bring no change of their own. Values are logical text.
 * Cost: O(bytes of the changed blobs).
 */
#ifndef HISTORY_LOG_H
#define HISTORY_LOG_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/vec.h"
#include "git/repository.h"
#include "model/kind.h"

#include <stdbool.h>

enum history_action { HISTORY_ADDED, HISTORY_REMOVED, HISTORY_CHANGED };

struct history_change {
	struct slice commit; /* full hex id; empty: not committed yet */
	moment_t when;       /* committer's civil time; MOMENT_NONE: not committed yet */
	struct slice author, subject;
	const struct kind *kind;
	struct slice id;
	enum history_action action;
	struct slice field;     /* CHANGED: its name */
	struct slice before, after; /* CHANGED: at NULL when the field was or is absent */
};

struct history_query {
	const char *folder;       /* the project's, below the repository's top; "" for the top */
	const struct kind *kind;  /* NULL: every kind */
	const struct slice *ids;  /* records of that kind; count 0: all */
	size_t id_count;
	bool uncommitted;         /* begin with what the work tree changes against HEAD */
	size_t limit;             /* at most so many changes; 0: all */
	moment_t since;           /* of commits from then on; 0: all */
};

/*
 * Newest first. changes: struct history_change, texts in the arena. *cut (may be NULL) is set when the history is shallow and more
 * may lie beyond it. No commits yet: no changes, no error. A history that git cannot read (another user's, a broken branch) is
 * ERR_INPUT.
 */
int history_log(struct repository *repository, const struct history_query *query, struct arena *arena,
	struct vec *changes, bool *cut, struct err *err);

#endif
