/* A levelling instance as lib/solve wants it, for level_search.c and optimize.c. */
#ifndef PLAN_LEVEL_PROBLEM_INTERNAL_H
#define PLAN_LEVEL_PROBLEM_INTERNAL_H

#include "plan/level.h"
#include "solve/solve.h"

struct level_problem {
	struct solve_link *links;
	struct solve_resource *resources;
	struct solve_demand *demands;
	struct solve_problem problem; /* durations and releases are the instance's, which must outlive it */
};
void level_problem_init(struct level_problem *out, const struct level_instance *instance);
void level_problem_release(struct level_problem *problem);

struct plan_optimize_options;
/* optimize_bound.c: the project ends no earlier in any order; MOMENT_NONE: not known. `exact`: the instance is the plan. */
moment_t level_lower_bound(const struct plan *plan, const struct plan_optimize_options *how, bool exact);

#endif
