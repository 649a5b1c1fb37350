/* What the files of the walk share. Private to lib/history. */
#ifndef HISTORY_WALK_INTERNAL_H
#define HISTORY_WALK_INTERNAL_H

#include "base/map.h"
#include "base/strbuf.h"
#include "git/program.h"
#include "history/walk.h"

struct walking {
	const struct history_walk *walk;
	char **environment; /* git speaks English here, from whichever folder */
	struct arena *arena;
	struct vec commits;   /* struct history_commit */
	struct strvec nested; /* folders of other projects below this one, "sub/" */
	bool nested_known;
};

/* walk.c: a call of git in this repository; where: the work tree, or the git folder. */
struct git_call walking_call(const struct walking *w, struct strbuf *output, struct strbuf *errors);
/* Cuts the next NUL-ended item off. */
bool walking_item(struct slice *rest, struct slice *item);
/* Is the path (below the repository's top) one of the project's text files? *inner: below the project's folder. */
bool walking_is_text(const struct walking *w, struct slice path, struct slice *inner);

/* Folders below the project that have a pmt.ini of their own belong to other projects; asked of git once. */
int walking_find_nested(struct walking *w, struct err *err);

/* raw.c: fills in the changes of commits [from, to). */
int walking_read_changes(struct walking *w, const size_t *numbers, size_t count, struct err *err);
/* "XY PATH", each NUL-ended, of what in the work tree differs from HEAD or is new; and what that changes. */
int walking_list_uncommitted(const struct walking *w, struct strbuf *out, struct err *err);
int walking_read_uncommitted(struct walking *w, struct slice list, struct history_commit *out, struct err *err);

/* cache.c */
struct history_cache {
	struct strbuf path, fresh; /* fresh: entries that were added */
	struct slice text;         /* entries that were found, in the walk's arena */
	struct map entries;        /* commit id → offset in text */
	bool usable;
};
void cache_open(struct history_cache *cache, const struct history_walk *walk, struct arena *arena);
/* Fills in a commit's changes; false: not known. */
bool cache_find(const struct history_cache *cache, struct arena *arena, struct history_commit *commit);
void cache_add(struct history_cache *cache, const struct history_commit *commit);
/* Writes it when something was added; that it cannot be written is no failure. */
void cache_close(struct history_cache *cache, bool added);

#endif
