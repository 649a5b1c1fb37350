/*
 * The current baseline: the dates at which the plan was frozen, beside the dates of today. Tasks that are not in it have none.
 */
#include "plan/baseline.h"
#include "plan/plan-internal.h"

#include "base/alloc.h"

static moment_t *no_moments(struct plan *plan)
{
	moment_t *moments = arena_calloc(&plan->arena, (size_t)plan->task_count + 1, sizeof(*moments));

	for (uint32_t i = 0; i < plan->task_count; i++)
		moments[i] = MOMENT_NONE;
	return moments;
}

static void take_line(void *context, const struct baseline_line *line)
{
	struct plan *plan = context;
	uint32_t task = plan_find(plan, line->id);

	if (task == PLAN_NO_TASK)
		return;
	plan->baseline_start[task] = line->start;
	plan->baseline_finish[task] = line->finish;
}

void plan_read_baseline(struct plan *plan)
{
	const struct record *baseline = baseline_current(plan->project);
	struct slice text;

	if (!baseline || !record_text(baseline, "tasks", &text))
		return;
	plan->baseline_start = no_moments(plan);
	plan->baseline_finish = no_moments(plan);
	baseline_each_line(plan->project, baseline, take_line, plan);
}
