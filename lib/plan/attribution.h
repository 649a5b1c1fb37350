/*
 * Why one plan differs from another: which change of which field moved what, and by how much.
 *
 * Idea: the changes are made one after the other, and after each the plan is computed anew; what moves then is that change's effect. The
 * effects of all steps add up to the whole difference, for the project and for every task. The order matters where changes work
 * together, so it is fixed: settings, calendars, people and rates; tasks added; planned fields; tasks removed; facts. Before
 * them stands what comes from no field: dates frozen that the same text gives no longer, the order of tasks; behind them the passing of
 * time, where the status date is today.
 *
 * Most changes move nothing. Those that no schedule reads (titles, owners, custom fields) are not even tried; a run of the others is
 * halved only while its two ends differ, the heaviest first, so n changes of which k have an effect cost about 2 k log2(n / k) plans.
 * Changes that make no valid plan one without the other (two links turned around) stay one step. When the budget of plans is used up,
 * what is left stays joined in steps of several changes, and complete is false.
 *
 * Worked example: T-1 8d → 10d and T-2 (behind it) 5d → 4d: the first step moves both by 2d, the second T-2 by -1d; the finish +1d.
 * Cost: O(k log n) plans, and memory for the dates of k of them.
 */
#ifndef PLAN_ATTRIBUTION_H
#define PLAN_ATTRIBUTION_H

#include "model/difference.h"
#include "plan/compare.h"

enum attribution_what {
	STEP_CHANGES, /* differences */
	STEP_RULES,   /* the same text was computed differently when it was frozen */
	STEP_ORDER,   /* the tasks stand in another order */
	STEP_TIME,    /* the status date moved */
	STEP_OTHER    /* none of these, such as what an overlay says */
};

struct attribution_step {
	enum attribution_what what;
	size_t first, count; /* CHANGES: in `order` */
	int64_t finish;      /* working minutes by which the project's finish moved */
	int64_t effort;
	decimal_t cost;
	uint32_t moved;      /* leaves that were there before it, and whose dates it moved */
};

struct task_cause {
	uint32_t step; /* + 1; 0: none */
	int64_t start, finish; /* working minutes */
};
enum { TASK_CAUSES = 3 }; /* the largest are kept */

struct attribution {
	struct arena arena;
	struct vec differences;    /* struct difference */
	size_t *order;             /* indexes in differences, as they were made */
	struct vec steps;          /* struct attribution_step, those that have an effect */
	struct task_cause *causes; /* TASK_CAUSES for each task of the later plan, the largest first */
	uint32_t *cause_count;     /* by task: how many steps moved it */
	uint32_t plans;            /* computed */
	bool complete;
};

/* The earlier and the later plan, both scheduled, with costs. */
struct attribution_request {
	const struct plan *before, *after;
	const struct plan_costs *before_costs, *after_costs;
	struct plan_options options; /* that both were scheduled with, but for `now` */
	moment_t before_now, after_now;
	const struct snapshot *frozen; /* dates that stand for the earlier plan's own; may be NULL */
	uint32_t budget;               /* plans at most; 0: what the size allows */
};

/* Both plans and their projects must outlive it. */
void attribution_init(struct attribution *attribution, const struct attribution_request *request);
void attribution_release(struct attribution *attribution);
/* A difference of a step: i counts from 0 to step->count - 1. */
const struct difference *attribution_difference(const struct attribution *attribution, const struct attribution_step *step, size_t i);
/* The step that moved a task the most in the direction in which it moved; NULL when none did. */
const struct attribution_step *attribution_cause(const struct attribution *attribution, uint32_t task, int64_t slip);

#endif
