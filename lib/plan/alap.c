/*
 * Tasks as late as possible: they wait, but move nobody.
 *
 * From the last task back, each such task ends when the scheduled dates of its successors (theirs already moved), its
 * constraints and the project's finish need it to end, and no later. Early and late dates stay what they are: only
 * start and finish move. Cost: O(tasks + links), and nothing when there is no such task.
 */
#include "plan/level-internal.h"

static moment_t minimum(moment_t a, moment_t b)
{
	return a < b ? a : b;
}

static void allow(const struct plan *plan, uint32_t task, moment_t *finish, moment_t *start)
{
	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++) {
		const struct plan_link *link = &plan->links[plan->links_out[k]];
		bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
		moment_t m;

		if (!plan_link_binds(plan, link))
			continue;
		m = link_backward(plan, link, to_finish ? plan->finish[link->to] :
			plan_rest_waits(plan, link->to) ? plan_resume(plan, link->to, plan->finish[link->to]) : plan->start[link->to]);
		if (link->type == LINK_SS || link->type == LINK_SF)
			*start = minimum(*start, m);
		else
			*finish = minimum(*finish, m);
	}
}

static moment_t limit_of_parent(const struct plan *plan, uint32_t task)
{
	uint32_t parent = plan->parent[task];

	return parent == PLAN_NO_TASK ? plan->project_finish : plan->network->limit[parent];
}

static void move_leaf(struct plan *plan, struct levelling *room, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);
	moment_t finish = limit_of_parent(plan, task), latest = MOMENT_MAX, start;
	const struct calendar *calendar = plan_work_calendar(plan, task);

	if (!(plan->flags[task] & PLAN_ALAP) || (plan->flags[task] & (PLAN_STARTED | PLAN_CANCELLED)) ||
		x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE)
		return;
	allow(plan, task, &finish, &latest);
	if (x->not_after != MOMENT_NONE)
		finish = minimum(finish, x->not_after);
	if (x->start_not_after != MOMENT_NONE)
		latest = minimum(latest, plan_start_limit(plan, task));
	if (!(plan->flags[task] & (PLAN_ELAPSED | PLAN_MILESTONE)))
		finish = calendar_previous_working(calendar, finish);
	start = finish == MOMENT_NONE ? MOMENT_NONE : work_start(plan, task, finish, work_amount(plan, task));
	if (start == MOMENT_NONE)
		return;
	start = work_snap(plan, task, minimum(start, latest));
	if (start == MOMENT_NONE || start <= plan->start[task])
		return;
	if (room && level_uses_time(plan, task)) {
		if (!level_move_late(room, task, &start, &finish))
			return;
	} else {
		finish = work_finish(plan, task, start, work_amount(plan, task));
	}
	plan->start[task] = start;
	plan->finish[task] = finish;
	plan->reason[task] = REASON_ALAP;
	plan->reason_link[task] = PLAN_NO_LINK;
}

/* Both ends follow the children again. A finish that links push beyond them stays. */
static void span_children(struct plan *plan, uint32_t task)
{
	moment_t start = MOMENT_MAX;

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c]) {
		if (plan->flags[c] & PLAN_CANCELLED)
			continue;
		start = minimum(start, plan->start[c]);
		if (plan->finish[c] > plan->finish[task])
			plan->finish[task] = plan->finish[c];
	}
	if (start != MOMENT_MAX)
		plan->start[task] = start;
}

static bool any_late(const struct plan *plan)
{
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (plan->flags[i] & PLAN_ALAP)
			return true;
	return false;
}

void plan_as_late_as_possible(struct plan *plan, struct levelling *room)
{
	if (!any_late(plan))
		return;
	for (uint32_t at = plan->network->node_count; at-- > 0;) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);

		if (node & NODE_CLOSE) {
			moment_t finish = limit_of_parent(plan, task), start = MOMENT_MAX;

			allow(plan, task, &finish, &start);
			plan->network->limit[task] = finish;
		} else if (plan_is_summary(plan, task)) {
			span_children(plan, task);
		} else {
			move_leaf(plan, room, task);
		}
	}
}
