#include "feasible.h"

#include "model/value.h"
#include "plan/level.h"

#include <string.h>

enum { RANGES_MOST = 16 };

static int64_t worked_of_day(const struct calendar *calendar, date_t day, int from, int to)
{
	struct time_range ranges[RANGES_MOST];
	size_t n = calendar_day_ranges(calendar, day, ranges, RANGES_MOST);
	int64_t sum = 0;

	for (size_t i = 0; i < n && i < RANGES_MOST; i++) {
		int a = ranges[i].from > from ? ranges[i].from : from;
		int b = ranges[i].to < to ? ranges[i].to : to;

		if (b > a)
			sum += b - a;
	}
	return sum;
}

int64_t worked(const struct calendar *calendar, moment_t a, moment_t b)
{
	date_t first, last;
	int64_t sum = 0;

	if (b < a)
		return -worked(calendar, b, a);
	first = moment_date(a);
	last = moment_date(b);
	for (date_t day = first; day <= last; day++)
		sum += worked_of_day(calendar, day, day == first ? moment_minute_of_day(a) : 0,
			day == last ? moment_minute_of_day(b) : MINUTES_PER_DAY);
	return sum;
}

static bool complain(struct strbuf *why, const struct plan *plan, uint32_t task, const char *what)
{
	struct slice id = plan->records[task]->id;

	strbuf_addf(why, "%.*s: %s\n", (int)id.len, id.at, what);
	return false;
}

static bool is_parent(const struct plan *plan, uint32_t task)
{
	return plan->subtree_end[task] > task + 1;
}

static bool is_free(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_STARTED | PLAN_FINISHED | PLAN_CANCELLED));
}

/* Stored moment of a field; end: a date alone is the end of the day. */
static moment_t stored(const struct plan *plan, uint32_t task, const char *field, bool end)
{
	struct slice text;
	moment_t m;
	bool has_time;

	if (!record_text(plan->records[task], field, &text) || text.len == 0 ||
		moment_parse(slice_trim(text), &m, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return end && !has_time ? m + MINUTES_PER_DAY : m;
}

static bool has_must(const struct plan *plan, uint32_t task)
{
	return stored(plan, task, "must_start", false) != MOMENT_NONE ||
		stored(plan, task, "must_finish", true) != MOMENT_NONE;
}

static bool duration_holds(const struct plan *plan, uint32_t task, moment_t start, moment_t finish)
{
	if (plan->flags[task] & PLAN_ELAPSED)
		return finish - start == plan->duration[task];
	return finish >= start && worked(plan->task_calendar[task], start, finish) == plan->duration[task];
}

/* Is `later` at least `lag` behind `earlier`, for the successor? */
static bool keeps_lag(const struct plan *plan, const struct plan_link *link, moment_t earlier, moment_t later)
{
	const struct calendar *calendar = plan->task_calendar[link->to];
	int64_t lag = link->lag;

	if (link->percent)
		lag = plan->duration[link->from] * link->percent / 10000;
	if (link->elapsed || (link->percent && (plan->flags[link->from] & PLAN_ELAPSED)))
		return later >= earlier + lag || worked(calendar, later, earlier + lag) == 0;
	return later >= earlier ? worked(calendar, earlier, later) >= lag : worked(calendar, later, earlier) <= -lag;
}

static bool link_holds(const struct plan *plan, const struct plan_link *link, struct dates d, moment_t start,
	moment_t finish)
{
	bool from_start = link->type == LINK_SS || link->type == LINK_SF;
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;

	return keeps_lag(plan, link, from_start ? d.start[link->from] : d.finish[link->from], to_finish ? finish : start);
}

/* Everything that binds the start and finish of a task that has not begun, its parents' bindings included. */
static bool allowed(const struct plan *plan, uint32_t task, struct dates d, moment_t start, moment_t finish)
{
	moment_t not_before;

	if (start < plan->project_start || (plan->status != MOMENT_NONE && start < plan->status))
		return false;
	for (uint32_t at = task; at != PLAN_NO_TASK; at = plan->parent[at]) {
		not_before = stored(plan, at, "not_before", false);
		if (not_before != MOMENT_NONE && start < not_before)
			return false;
		for (uint32_t k = plan->links_in[at]; k < plan->links_in[at + 1]; k++) {
			const struct plan_link *link = &plan->links[k];
			bool to_finish = link->type == LINK_FF || link->type == LINK_SF;

			if (to_finish && (at != task || plan_driven_by_people(plan, task)))
				continue; /* which minutes count at its end is known to who knows its people */
			if (!link_holds(plan, link, d, start, finish))
				return false;
		}
	}
	not_before = stored(plan, task, "finish_not_before", true);
	return not_before == MOMENT_NONE || finish >= not_before ||
		worked(plan->task_calendar[task], finish, not_before) == 0;
}

static bool leaf_feasible(const struct plan *plan, uint32_t task, struct dates d, struct strbuf *why)
{
	moment_t start = d.start[task], finish = d.finish[task];

	if (!duration_holds(plan, task, start, finish))
		return complain(why, plan, task, "duration is not worked between start and finish");
	if (!(plan->flags[task] & (PLAN_ELAPSED | PLAN_MILESTONE)) && plan->duration[task] > 0 &&
		(worked(plan->task_calendar[task], start, start + 1) != 1 ||
			worked(plan->task_calendar[task], finish - 1, finish) != 1))
		return complain(why, plan, task, "starts or ends in free time");
	if (!has_must(plan, task) && !allowed(plan, task, d, start, finish))
		return complain(why, plan, task, "breaks a link or a constraint");
	return true;
}

static bool parent_feasible(const struct plan *plan, uint32_t task, struct dates d, struct strbuf *why)
{
	moment_t start = INT64_MAX, finish = INT64_MIN;

	for (uint32_t i = task + 1; i < plan->subtree_end[task]; i++) {
		if (plan->flags[i] & PLAN_CANCELLED)
			continue;
		start = d.start[i] < start ? d.start[i] : start;
		finish = d.finish[i] > finish ? d.finish[i] : finish;
	}
	if (start != INT64_MAX && (d.start[task] != start || d.finish[task] < finish))
		return complain(why, plan, task, "does not span its children");
	return true;
}

bool links_hold(const struct plan *plan, struct dates d, struct strbuf *why)
{
	bool good = true;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (is_parent(plan, i))
			good &= parent_feasible(plan, i, d, why);
		else if (is_free(plan, i) && !has_must(plan, i) && !allowed(plan, i, d, d.start[i], d.finish[i]))
			good = complain(why, plan, i, "breaks a link or a constraint");
	}
	return good;
}

bool feasible(const struct plan *plan, struct dates d, struct strbuf *why)
{
	bool good = true;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (is_parent(plan, i))
			good &= parent_feasible(plan, i, d, why);
		else if (is_free(plan, i))
			good &= leaf_feasible(plan, i, d, why);
	}
	return good;
}

/* The last working minute's start before `m` on a calendar, looked for minute by minute; INT64_MIN when a month has none. */
static moment_t minute_before(const struct calendar *calendar, moment_t m)
{
	for (moment_t at = m - 1; at > m - 31 * MINUTES_PER_DAY; at--) {
		if (worked_of_day(calendar, moment_date(at), 0, MINUTES_PER_DAY) == 0) {
			at = moment_from_date(moment_date(at));
			continue;
		}
		if (worked(calendar, at, at + 1) == 1)
			return at;
	}
	return INT64_MIN;
}

/* A link to a parent counts its lag on the parent's calendar; what is one moment there may be many for the child. */
static bool bound_on_another_calendar(const struct plan *plan, uint32_t task)
{
	for (uint32_t at = plan->parent[task]; at != PLAN_NO_TASK; at = plan->parent[at])
		if (plan->links_in[at + 1] > plan->links_in[at] && plan->task_calendar[at] != plan->task_calendar[task])
			return true;
	return false;
}

bool earliest(const struct plan *plan, struct strbuf *why)
{
	struct dates d = { plan->early_start, plan->early_finish };
	bool good = true;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct calendar *calendar = plan->task_calendar[i];
		moment_t start, finish;

		if (is_parent(plan, i) || !is_free(plan, i) || has_must(plan, i) || plan->duration[i] == 0 ||
			bound_on_another_calendar(plan, i) || (plan->flags[i] & (PLAN_ELAPSED | PLAN_DELAYED | PLAN_MILESTONE)))
			continue;
		start = minute_before(calendar, d.start[i]);
		finish = minute_before(calendar, d.finish[i]); /* one minute earlier, too */
		if (start == INT64_MIN || finish == INT64_MIN)
			continue;
		while (worked(calendar, finish - 1, finish) == 0)
			finish--;
		if (allowed(plan, i, d, start, finish))
			good = complain(why, plan, i, "could start earlier");
	}
	return good;
}

/* Moving one task by its free float leaves all links out of it whole. */
static bool free_float_holds(const struct plan *plan, uint32_t task)
{
	const struct calendar *calendar = plan->task_calendar[task];
	moment_t finish = plan->early_finish[task];
	int64_t left = plan->free_float[task];

	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++) {
		const struct plan_link *link = &plan->links[plan->links_out[k]];

		if (link->type != LINK_FS || link->lag != 0 || link->percent != 0 || is_parent(plan, link->to) ||
			!is_free(plan, link->to))
			continue;
		if (worked(calendar, finish, plan->early_start[link->to]) < left)
			return false;
	}
	return true;
}

bool floats_agree(const struct plan *plan, struct strbuf *why)
{
	bool good = true;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct calendar *calendar = plan->task_calendar[i];
		int64_t by_start, by_finish;

		if (is_parent(plan, i) || !is_free(plan, i))
			continue;
		by_start = worked(calendar, plan->early_start[i], plan->late_start[i]);
		by_finish = worked(calendar, plan->early_finish[i], plan->late_finish[i]);
		if (plan->total_float[i] != (by_start < by_finish ? by_start : by_finish))
			good = complain(why, plan, i, "total float is not the time from early to late dates");
		if (plan->free_float[i] > plan->total_float[i] && plan->free_float[i] > 0)
			good = complain(why, plan, i, "free float is more than total float");
		if (!free_float_holds(plan, i))
			good = complain(why, plan, i, "moving by free float would move a successor");
	}
	return good;
}
