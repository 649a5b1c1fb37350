/*
 * Objectives as one number to make small, and how far a run may go.
 *
 * Lateness: Σ weight × lateness above LATE_BASE; when nothing is late, the finish, which is below it.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

void solution_init(struct solution *s, const struct instance *in)
{
	s->start = xcalloc(in->count, sizeof(*s->start));
	s->value = INT64_MAX;
}

void solution_release(struct solution *s)
{
	free(s->start);
	s->start = NULL;
}

static int64_t weight_of(const struct instance *in, uint32_t v)
{
	return in->problem->weight ? in->problem->weight[in->activity[v]] : 1;
}

static int64_t lateness(const struct instance *in, const int32_t *start)
{
	const struct solve_problem *p = in->problem;
	int64_t sum = 0;

	for (uint32_t v = 0; p->due && v < in->count; v++) {
		int32_t due = p->due[in->activity[v]], finish = start[v] + in->view[FORWARD].duration[v];

		if (due != SOLVE_NO_DUE && finish > due)
			sum += weight_of(in, v) * (finish - due);
	}
	return sum;
}

int64_t objective_value(const struct instance *in, enum solve_objective objective, const int32_t *start, int32_t finish)
{
	int64_t late = objective == SOLVE_LATENESS ? lateness(in, start) : 0;

	return late ? SOLVE_LATE_BASE + late : finish;
}

int64_t objective_shown(enum solve_objective objective, int64_t value)
{
	if (objective != SOLVE_LATENESS)
		return value;
	return value >= SOLVE_LATE_BASE ? value - SOLVE_LATE_BASE : 0;
}

/* What it would be if everything started as early as links allow. */
int64_t objective_bound(const struct instance *in, enum solve_objective objective)
{
	return objective_value(in, objective, in->view[FORWARD].earliest, bound_finish(in));
}

bool quota_spent(struct quota *quota)
{
	if (quota->spent)
		return true;
	if (quota->schedules == 0 || (quota->cancel && atomic_load_explicit(&quota->cancel->requested, memory_order_relaxed)))
		quota->spent = true;
	else if (quota->clock && quota->clock(quota->context) >= quota->until)
		quota->spent = true;
	return quota->spent;
}
