/*
 * How changes stand, for those who show many: the list of changes, the dashboard. Judging one costs two schedules of the whole project; so what it
 * came to is kept in .git/pmt/cache/changes (safe to delete) under what it depends on: of a change in preparation the commits of its branches and of
 * its target, of one that has landed its record and events. Only what has changed since is judged again.
 *
 * For people alone: whether a branch may move is judged anew each time (judge.h).
 */
#ifndef CLI_CHANGE_STANDING_H
#define CLI_CHANGE_STANDING_H

#include "change/review.h"
#include "cmd/cli/proposal.h"
#include "history/values.h"

struct standing {
	struct slice id, title;
	bool known; /* else it could not be told: standings.trouble */
	enum review_stand stand;
	const struct slice *waits_for; /* who could give what is missing; of a submitted change */
	size_t waits_count;
	struct slice missing;
	bool measured;
	decimal_t cost;
	int64_t finish;
};

struct standings {
	struct context *context;
	const struct proposal *proposal; /* prepared: its branches and its target */
	const char *trouble;             /* why the first that could not be judged was not; NULL: none */
	size_t judged;                   /* anew, in this run */
	/* private */
	struct arena arena;
	struct map known, landed;
	struct history_values kept;
	struct change_case *first; /* that was judged: others of the same target use what it knows of it; or NULL */
	bool landed_read;
};

/* proposal: after proposal_prepare; it outlives the standings. */
void standings_open(struct standings *standings, struct context *context, const struct proposal *proposal);
/* Keeps what was judged anew. */
void standings_close(struct standings *standings);
/* Would telling it take judging it? */
bool standings_lack(struct standings *standings, const char *id);
const struct standing *standings_of(struct standings *standings, const char *id);

#endif
