/*
 * What a link has to spare: the working time between what it asks of its successor, both on early dates, and what that does.
 *
 *	FS  add(EF_i, lag) … ES_j    SS  add(ES_i, lag) … ES_j    FF  add(EF_i, lag) … EF_j    SF  add(ES_i, lag) … EF_j
 * A link to a parent's start is compared with the moment at which the parent opens: the latest bound that holds all its children.
 * Cost: O(log exceptions) a link; openings O(parents + their links).
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"

static moment_t later(moment_t a, moment_t b)
{
	return a > b ? a : b;
}

static moment_t asked(const struct plan *plan, const struct plan_link *link)
{
	bool from_start = link->type == LINK_SS || link->type == LINK_SF;

	return link_forward(plan, link, from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);
}

/* Parents come before their children in WBS order, and their predecessors' early dates are known. */
moment_t *plan_openings(const struct plan *plan)
{
	moment_t *opens = xcalloc((size_t)plan->task_count + 1, sizeof(*opens));

	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_extra *x = plan_extra(plan, i);
		uint32_t parent = plan->parent[i];

		if (!plan_is_summary(plan, i))
			continue;
		opens[i] = later(plan->project_start, parent == PLAN_NO_TASK ? MOMENT_MIN : opens[parent]);
		opens[i] = later(opens[i], plan->status == MOMENT_NONE ? MOMENT_MIN : plan->status);
		opens[i] = later(opens[i], later(x->not_before, x->must_start));
		opens[i] = later(opens[i], plan->network->link_bound[i]);
	}
	return opens;
}

bool plan_links_open(const struct plan *plan, uint32_t parent)
{
	for (uint32_t at = parent; at != PLAN_NO_TASK; at = plan->parent[at])
		if (plan->network->link_bound[at] != MOMENT_MIN)
			return true;
	return false;
}

int64_t plan_link_slack(const struct plan *plan, const struct plan_link *link, const moment_t *opens)
{
	const struct calendar *calendar = plan_work_calendar(plan, link->to);
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
	moment_t target;

	if (plan_is_summary(plan, link->to) && !to_finish)
		target = opens[link->to];
	else
		target = plan_link_target(plan, link, plan->early_start, plan->early_finish);
	return calendar_between(calendar, asked(plan, link), target);
}
