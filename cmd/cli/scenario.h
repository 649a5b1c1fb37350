/*
 * A scenario: edits made to the project in memory, written as on the command line, one a line:
 *
 *	[set] [KIND] ID... FIELD=VALUE...     T-12 effort=45d assign+=wu
 *	add [KIND] [NAME] [TITLE] FIELD=VALUE...     add task 联调 effort=5d depends=T-12
 *	rm [KIND] ID...                       rm T-4
 *
 * KIND is task when not said, or that of the only record with this id. A value goes on to the next FIELD=, so nothing needs quotes. No file is
 * touched: each edit is checked as `pmt KIND set` checks it.
 */
#ifndef CLI_SCENARIO_H
#define CLI_SCENARIO_H

#include "cmd/cli/noun.h"

struct scenario {
	struct context *context;
	struct source *source;   /* the context's, with the edited files over it */
	struct project *project; /* as the edits so far leave it; before the first one the context's own */
	struct diagnostics loading; /* of project */
	struct edit edit;        /* changes not yet in project */
	struct diagnostics found;
	bool is_open;            /* edit is */
	struct arena arena;
};

void scenario_init(struct scenario *scenario, struct context *context);
void scenario_release(struct scenario *scenario);
/* One edit. What is wrong in it is reported; ERR_USAGE. */
int scenario_apply(struct scenario *scenario, const char *text, struct err *err);
/* Brings project up to date with all edits. */
int scenario_settle(struct scenario *scenario, struct err *err);

/*
 * Words of a command line to edits: an argument that only goes on with the one before (a lone FIELD=VALUE, an id behind an id) joins it, so that
 * `pmt whatif T-12 effort=45d` works without quotes.
 */
void scenario_split(const struct strvec *arguments, struct strvec *edits);
/* A file of edits, one a line; comments begin with # or ;. */
int scenario_read(const char *path, struct strvec *edits, struct err *err);

#endif
