/*
 * The project's rules at work: read, evaluated over all that pmt computes, and dated by the history.
 *
 *	watch_open(&watch, context, 1u << RULE_GATE | 1u << RULE_EXIT, err);
 *	watch_since(&watch);	when anybody wants to know since when
 *	… watch.rules, watch.view, watch.now …
 *	watch_close(&watch);
 *
 * What rules do not ask for is not computed. A schedule that cannot be computed is no failure: its measures are absent, and
 * `trouble` says why.
 */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H

#include "cmd/cli/context.h"
#include "quality/rule.h"

struct watch {
	struct context *context;
	struct rules rules;
	struct rule_view view;
	struct plan_costs costs;
	bool costs_ready, open;
	moment_t now;       /* what today is to rules */
	struct err trouble; /* why there is no schedule */
	bool cut;           /* history is shallow or was not followed to its end */
};

/* effects: bits 1 << enum rule_effect. To be closed in any case. The project must be loaded. */
int watch_open(struct watch *watch, struct context *context, unsigned effects, struct err *err);
/*
 * Dates the hits: those of metrics by their samples, the others by walking back the branch's own commits as long as they trip, at most
 * WATCH_COMMITS and as many as hold WATCH_RECORDS records together. Without a repository they stay undated.
 */
enum { WATCH_COMMITS = 200, WATCH_RECORDS = 60000 };
void watch_since(struct watch *watch);
void watch_close(struct watch *watch);
/* What the tasks cost, computed once; NULL without a schedule. */
const struct plan_costs *watch_costs(struct watch *watch);

#endif
