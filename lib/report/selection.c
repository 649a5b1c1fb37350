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
