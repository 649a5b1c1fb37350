/*
 * A better order for levelling than plan_schedule finds by itself, and how good it can be at all.
 *
 * A plan with one calendar, one priority and no choice of people is searched as an integer instance (lib/solve), with a proven lower
 * bound; meetings may stand beside it. Any other plan is searched in two steps: its likeness on the integers, for orders that are good
 * there, and then orders as levelling itself places them, calendars, leave and choices of people and all. Its lower bound is the
 * latest of the network's, that of all it has in common with integers, and that of each person's work (optimize_bound.c).
 *
 * The result is an order; the dates follow from it. The plan is left scheduled by the best order known, that of before included: it is
 * never worse than it was.
 */
#ifndef PLAN_OPTIMIZE_H
#define PLAN_OPTIMIZE_H

#include "base/pool.h"
#include "plan/plan.h"

enum plan_objective {
	OBJECTIVE_FINISH,   /* the project ends as early as it can */
	OBJECTIVE_COST,     /* it costs the least; of equal costs, it ends earlier */
	OBJECTIVE_LATENESS, /* deadlines and `not_after` are missed by the least, summed by priority; then it ends earlier */
	OBJECTIVE_LEVELLED  /* of the earliest finish, people and equipment are used most evenly */
};
extern const char plan_objectives[]; /* "finish|cost|lateness|levelled" */

struct plan_optimize_progress {
	moment_t finish, bound; /* of the best so far; MOMENT_NONE: not known */
	uint64_t schedules;
	double seconds;
};

/* Limits as in solve/solve.h. */
struct plan_optimize_options {
	enum plan_objective objective;
	uint64_t schedules;
	double seconds;
	uint64_t seed;
	unsigned threads;
	const struct cancel *cancel;
	void (*progress)(void *context, const struct plan_optimize_progress *progress);
	double (*clock)(void *context);
	void *context;
};

struct plan_optimized {
	moment_t bound;     /* the project ends no earlier in any order; MOMENT_NONE: not known */
	int64_t gap;        /* working minutes between that and the finish; -1: not known */
	bool optimal;       /* no order is better */
	bool better;        /* than the plan was before */
	uint64_t schedules;
	uint32_t *rank;     /* by task: what plan_options.order wants; in the plan's arena */
};

/* For a plan that plan_schedule has levelled with these options. */
int plan_optimize(struct plan *plan, const struct plan_options *options, const struct plan_optimize_options *how,
	struct plan_optimized *out, struct err *err);

#endif
