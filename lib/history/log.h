/*
 * The field-level log: which commit changed which field of which record, from what to what, and which commits of code
 * name a task.
 *
 * A walk (history/walk.h) with choices. A record asked for by its id is followed through renamings, on every line of a
 * branched history by the id that it has there.
 */
#ifndef HISTORY_LOG_H
#define HISTORY_LOG_H

#include "history/trailer.h"
#include "history/walk.h"

struct history_id {
	const struct kind *kind; /* NULL: of any kind */
	struct slice id;
};

struct history_query {
	struct history_walk walk;     /* but for visit and context */
	const struct kind *kind;      /* NULL: every kind */
	const struct history_id *ids; /* count 0: all */
	size_t id_count;
	const struct slice *people; /* author names and e-mail addresses; count 0: all */
	size_t person_count;
	const char *field; /* NULL: all */
	/* Records to leave out, where it says false; NULL: none. */
	bool (*wanted)(void *context, const struct kind *kind, struct slice id);
	void *context;
	const struct units
		*units; /* commits whose trailers name a task come as well, with times in these; NULL: they do not */
	size_t limit, commit_limit; /* at most so many changes, commits; 0: all */
};

struct history_entry {
	struct history_commit commit; /* with the changes asked for */
	const struct history_work *work;
	size_t work_count;
};

/* Newest first. entries: struct history_entry, texts in the arena; cut and errors as history_walk has them. */
int history_log(
	const struct history_query *query, struct arena *arena, struct vec *entries, bool *cut, struct err *err);

#endif
