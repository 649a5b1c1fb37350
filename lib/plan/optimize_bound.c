/*
 * No order makes the project end earlier: bounds for plans that are no integer instance (meetings beside tasks whose people differ,
 * split tasks, leave, changing capacities).
 *
 * The latest of three:
 *	network  the finish without limits on people: of a choice of people the fastest
 *	relaxed  the makespan bound (critical path, energy, destructive tests) of the relaxed instance: level_instance.c
 *	work     of each resource: from the first of its tasks on it works off what they need of it, all it has at once:
 *	         finish ≥ first early start + Σ work / capacity, on its own calendar
 * Example: three split tasks of 5d for one person: the network says 5d, the work says 15d.
 * Cost: O(tasks + links), and one search of the relaxed instance over few schedules.
 */
#include "plan/level-internal.h"
#include "plan/level-problem-internal.h"
#include "plan/optimize.h"

#include "base/alloc.h"

#include <stdlib.h>

enum { RELAXED_SCHEDULES = 400 };

/* What one resource surely has to do. */
struct need {
	int64_t work; /* minutes × LEVEL_UNIT */
	moment_t first;
};

/* The one slot's work on a task, where it does not depend on when and with whom; 0: not known. */
static int64_t sure_work(const struct plan *plan, uint32_t task, const struct assignment_slot *slot)
{
	const struct plan_assignment *a = plan->network->assignment[task];
	const struct plan_resource *r = &plan->network->resources[slot->candidates[0]];
	struct share share = plan_share(r, slot);

	if (plan->network->crew[task])
		return a->slot_count == 1 && share.units <= r->capacity ? plan->effort[task] * LEVEL_UNIT : 0;
	if (share.of || (plan->flags[task] & PLAN_ELAPSED) || plan->task_calendar[task] != r->calendar)
		return 0;
	return plan->duration[task] * (share.units < r->capacity ? share.units : r->capacity);
}

static void add_needs(const struct plan *plan, uint32_t task, struct need *needs)
{
	const struct plan_assignment *a = plan->network->assignment[task];

	if (!level_uses_time(plan, task) || level_is_fixed(plan, task) || a->choice)
		return;
	for (uint32_t s = 0; s < a->slot_count; s++) {
		uint32_t r = a->slots[s].candidate_count > 0 ? a->slots[s].candidates[0] : LEVEL_NOBODY;

		if (r == LEVEL_NOBODY || plan->network->resources[r].type == RESOURCE_MATERIAL)
			continue;
		needs[r].work += sure_work(plan, task, &a->slots[s]);
		if (needs[r].first == MOMENT_NONE || plan->early_start[task] < needs[r].first)
			needs[r].first = plan->early_start[task];
	}
}

static moment_t work_bound(const struct plan *plan)
{
	uint32_t count = plan->network->resource_count;
	struct need *needs = xcalloc((size_t)count + 1, sizeof(*needs));
	moment_t bound = MOMENT_NONE;

	for (uint32_t r = 0; r < count; r++)
		needs[r].first = MOMENT_NONE;
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (plan->network->assignment[i])
			add_needs(plan, i, needs);
	for (uint32_t r = 0; r < count; r++) {
		const struct plan_resource *resource = &plan->network->resources[r];
		moment_t end;

		if (needs[r].work <= 0 || resource->capacity <= 0)
			continue;
		end = calendar_add(resource->calendar, needs[r].first, (needs[r].work + resource->capacity - 1) / resource->capacity);
		if (end != MOMENT_NONE && (bound == MOMENT_NONE || end > bound))
			bound = end;
	}
	free(needs);
	return bound;
}

static moment_t relaxed_bound(const struct plan *plan, const struct plan_optimize_options *how, bool dated)
{
	struct solve_options options = { .objective = SOLVE_FINISH, .schedules = RELAXED_SCHEDULES, .seed = how->seed,
		.threads = how->threads, .cancel = how->cancel };
	struct level_instance instance;
	struct level_problem problem;
	struct solve_result result;
	moment_t bound = MOMENT_NONE;
	struct err ignored;

	if (level_instance_relax(&instance, plan, dated)) {
		err_init(&ignored);
		level_problem_init(&problem, &instance);
		if (solve(&problem.problem, &options, &result, &ignored) == 0)
			bound = calendar_add(plan->calendar, plan->project_start, result.finish_bound * instance.period);
		solve_result_release(&result);
		level_problem_release(&problem);
		err_release(&ignored);
	}
	level_instance_release(&instance);
	return bound;
}

/* Without limits on people no schedule is shorter, unless there are crews that the network has not looked at. */
static bool network_bounds(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->task_count; i++) {
		int crews = 0;

		for (const struct crew *crew = plan->network->crew[i]; crew; crew = crew->other)
			crews++;
		if (crews >= CREWS_MOST)
			return false;
	}
	return true;
}

static void raise(moment_t *bound, moment_t to)
{
	if (to != MOMENT_NONE && (*bound == MOMENT_NONE || to > *bound))
		*bound = to;
}

moment_t level_lower_bound(const struct plan *plan, const struct plan_optimize_options *how, bool exact)
{
	bool dated = network_bounds(plan);
	moment_t bound = dated ? plan->network_finish : MOMENT_NONE;

	if (exact || how->objective != OBJECTIVE_FINISH)
		return bound;
	if (dated)
		raise(&bound, work_bound(plan));
	raise(&bound, relaxed_bound(plan, how, dated));
	return bound;
}
