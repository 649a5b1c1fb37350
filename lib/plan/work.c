/*
 * How long a task's work takes from a given start, and the latest start for a given finish.
 *
 * Three ways: elapsed minutes on the clock; working minutes of the task's calendar; an effort that a crew works off.
 */
#include "plan/plan-internal.h"

const struct calendar *plan_work_calendar(const struct plan *plan, uint32_t task)
{
	const struct crew *crew = plan->network->crew[task];
	const struct calendar *calendar = crew ? crew_calendar(crew) : NULL;

	return calendar ? calendar : plan->task_calendar[task];
}

int64_t work_amount(const struct plan *plan, uint32_t task)
{
	return plan->network->crew[task] ? plan->effort[task] : plan->duration[task];
}

int64_t work_left(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);
	int64_t amount = work_amount(plan, task);

	if (x->remaining >= 0)
		return x->remaining;
	return amount - (x->progress > 0 ? amount * x->progress / 10000 : 0);
}

int64_t work_whole(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);
	int64_t amount = work_amount(plan, task), left = work_left(plan, task);
	int64_t done = x->progress >= 0 ? amount * x->progress / 10000 : amount > left ? amount - left : 0;

	return done + left;
}

double plan_share_done(const struct plan *plan, uint32_t task)
{
	int64_t amount = work_amount(plan, task), left = plan_extra(plan, task)->remaining;

	return (plan->flags[task] & PLAN_STARTED) && left >= 0 && left < amount ? (double)(amount - left) / (double)amount : 0;
}

moment_t work_snap(const struct plan *plan, uint32_t task, moment_t from)
{
	const struct calendar *calendar = plan->task_calendar[task];

	if (plan->flags[task] & (PLAN_ELAPSED | PLAN_CANCELLED))
		return from;
	if (plan->network->crew[task])
		return crew_start(plan->network->crew[task], from);
	if ((plan->flags[task] & PLAN_MILESTONE) && !calendar_is_working(calendar, from) &&
		calendar_previous_working(calendar, from) == from)
		return from;
	return calendar_next_working(calendar, from);
}

moment_t work_finish(const struct plan *plan, uint32_t task, moment_t start, int64_t amount)
{
	if (amount == 0)
		return start;
	if (plan->flags[task] & PLAN_ELAPSED)
		return start > LAST_MOMENT - amount ? MOMENT_NONE : start + amount;
	if (plan->network->crew[task])
		return crew_finish(plan->network->crew[task], start, amount);
	return calendar_add(plan->task_calendar[task], start, amount);
}

moment_t work_start(const struct plan *plan, uint32_t task, moment_t finish, int64_t amount)
{
	if (amount == 0)
		return finish;
	if (plan->flags[task] & PLAN_ELAPSED)
		return finish - amount;
	if (plan->network->crew[task])
		return crew_latest_start(plan->network->crew[task], finish, amount);
	return calendar_add(plan->task_calendar[task], finish, -amount);
}
