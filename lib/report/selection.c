#include "report/selection.h"

#include "base/alloc.h"

#include <stdlib.h>

static bool chosen(const struct selection *selection, const struct plan *plan, uint32_t task,
	const struct query_scope *scope, struct arena *scratch)
{
	if (selection->depth > 0 && plan->level[task] >= selection->depth)
		return false;
	if (selection->only && !selection->only[task])
		return false;
	if (selection->critical && !(plan->flags[task] & PLAN_CRITICAL))
		return false;
	if (!selection->condition)
		return true;
	bool holds = condition_holds(selection->condition, plan->records[task], scope, scratch);
	arena_reset(scratch);
	return holds;
}

size_t selection_mark(const struct selection *selection, const struct plan *plan, const struct query_scope *scope,
	uint8_t *shown)
{
	struct arena scratch;
	size_t count = 0;
	arena_init(&scratch);
	for (uint32_t t = 0; t < plan->task_count; t++)
		shown[t] = chosen(selection, plan, t, scope, &scratch);
	/* Parents stand before their children: from the end, each passes its mark upward once. */
	for (uint32_t t = plan->task_count; t-- > 0;)
		if (shown[t] && plan->parent[t] != PLAN_NO_TASK && !shown[plan->parent[t]])
			shown[plan->parent[t]] = 2;
	for (uint32_t t = 0; t < plan->task_count; t++)
		count += shown[t] != 0;
	arena_release(&scratch);
	return count;
}

struct sums {
	double effort, effort_done, duration, duration_done;
};

static double written_progress(const struct plan *plan, uint32_t task, struct arena *scratch)
{
	const struct record *record = plan->records[task];
	struct value value;
	struct slice text;
	if (plan->flags[task] & PLAN_FINISHED)
		return 100;
	if (plan_is_synthetic(plan, task))
		return 0;
	if (!record_text(record, "progress", &text) ||
		!record_value(plan->project, record, kind_field_named(record->kind, "progress"), scratch, &value))
		return plan_share_done(plan, task) * 100;
	double progress = decimal_to_double(value.as.number);
	return progress < 0 ? 0 : progress > 100 ? 100 : progress;
}

static double parent_progress(const struct sums *sums)
{
	if (sums->effort > 0)
		return 100 * sums->effort_done / sums->effort;
	return sums->duration > 0 ? 100 * sums->duration_done / sums->duration : 0;
}

void progress_roll_up(const struct plan *plan, double *progress)
{
	struct sums *sums = xcalloc(plan->task_count, sizeof(*sums));
	struct arena scratch;
	arena_init(&scratch);
	for (uint32_t t = plan->task_count; t-- > 0;) {
		struct sums *own = &sums[t];
		if (plan->flags[t] & PLAN_SUMMARY) {
			progress[t] = parent_progress(own);
		} else {
			progress[t] = written_progress(plan, t, &scratch);
			own->effort = plan->flags[t] & PLAN_CANCELLED ? 0 : (double)plan->effort[t];
			own->duration = plan->flags[t] & PLAN_CANCELLED ? 0 : (double)plan->duration[t];
			own->effort_done = own->effort * progress[t] / 100;
			own->duration_done = own->duration * progress[t] / 100;
		}
		if (plan->parent[t] == PLAN_NO_TASK)
			continue;
		struct sums *above = &sums[plan->parent[t]];
		above->effort += own->effort;
		above->effort_done += own->effort_done;
		above->duration += own->duration;
		above->duration_done += own->duration_done;
	}
	arena_release(&scratch);
	free(sums);
}
