/*
 * Workload: how much of their time people and equipment are to work, period by period, and where it is more than they have.
 */
#ifndef PLAN_WORKLOAD_H
#define PLAN_WORKLOAD_H

#include "base/vec.h"
#include "plan/plan.h"

enum workload_period { WORKLOAD_DAY, WORKLOAD_WEEK, WORKLOAD_MONTH };

/* A time in which a resource is wanted for more than its capacity. */
struct overload {
	uint32_t resource;
	moment_t from, to;
	int64_t peak; /* the most that is wanted at once, in LEVEL_UNITs … */
	int64_t capacity; /* … and what there is where most is missing */
	uint32_t first_task, task_count; /* of workload.tasks: those at work then */
};

struct workload {
	struct arena arena;
	struct vec resources;       /* uint32_t: those that have work, in project order */
	struct vec periods;         /* date_t: first days; one more than there are periods */
	int64_t *work, *available;  /* by place in resources × periods: minutes of one full-time unit */
	struct vec overloads;       /* struct overload, by resource and time */
	struct vec tasks;           /* uint32_t */
};

/* From the first to the last minute of work of those that `wanted` (by resource; NULL: all) says. O(uses × periods they span). */
void workload_init(struct workload *out, struct plan *plan, enum workload_period period, const bool *wanted);
void workload_release(struct workload *workload);
size_t workload_periods(const struct workload *workload);

#endif
