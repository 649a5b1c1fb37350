/* How far the plan's tasks have come, and how they stand against their dates. */
#ifndef PLAN_PROGRESS_H
#define PLAN_PROGRESS_H

#include "plan/plan.h"

/*
 * Progress of every task in per cent, 0..100: what is written, 100 when finished, else 0; a parent's is its leaves', weighted
 * by effort, or by duration where no leaf below it has effort. progress has plan->task_count items. O(tasks).
 */
void progress_roll_up(const struct plan *plan, double *progress);
/* Of the whole plan: leaves weighted by effort, or by duration where one has none. */
double progress_total(const struct plan *plan);

/* Leaves of the plan that are written and not cancelled; late, negative, missed and blocked are of those that are not finished either. */
struct progress_counts {
	uint32_t leaves, done, started;
	uint32_t late;     /* should be finished by `today` */
	uint32_t negative; /* total float below zero */
	uint32_t missed;   /* finish after their deadline */
	uint32_t critical, blocked;
};
struct progress_counts progress_counts_of(const struct plan *plan, moment_t today);

/* A leaf that is neither finished nor cancelled, and no buffer. A meeting is open until it is over: nobody tells that it took place. */
bool progress_is_open(const struct plan *plan, uint32_t task, moment_t today);
/* Where people look from: the plan's status date when it has one, else `now`. */
moment_t progress_today(const struct plan *plan, moment_t now);
/* The current baseline's finish: its latest task's. MOMENT_NONE without a baseline. */
moment_t progress_baseline_finish(const struct plan *plan);

#endif
