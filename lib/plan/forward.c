/*
 * The forward pass: early dates.
 *
 * In topological order each task takes the latest of all lower bounds on its start (project start, parents' bounds, links, constraints,
 * status date), starts at the first working moment there, and finishes when its work is done; bounds on its finish (FF, SF,
 * finish_not_before) push the start back so that it finishes no earlier:
 *	ES = max(bounds, start for which EF = max(finish bounds))        EF = ES + duration
 * Facts override: a finished task has its actual dates, one in progress its actual start, and its remainder continues from the status
 * date (retained logic: also not before its predecessors allow). A parent spans its children.
 * A finish bound in non-working time is met by the end of the last work before it: as working time they are one moment.
 *
 * Example: A 2d; B 4d after A FS+5d: A 0-2, B 7-11 (days). Cost: O((tasks + links) log exceptions).
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>

static void bounds_raise(struct bounds *b, moment_t to, enum plan_reason reason)
{
	if (to == MOMENT_NONE || to <= b->start)
		return;
	b->start = to;
	b->reason = (uint8_t)reason;
	b->link = PLAN_NO_LINK;
}

void pass_lag(const struct pass *f, struct plan_link *link)
{
	const struct plan *plan = f->plan;
	uint32_t from = link->from;
	int64_t duration = f->duration[from];

	if (link->percent == 0)
		return;
	link->elapsed = plan->flags[from] & PLAN_ELAPSED;
	link->lag = duration * link->percent / 10000;
}

/* What the links into a task ask; for a parent only those of its opening (FS, SS) or of its closing. */
static void add_links(struct pass *f, uint32_t task, struct bounds *b, bool opening, bool closing)
{
	struct plan *plan = f->plan;

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		struct plan_link *link = &plan->links[k];
		bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
		bool from_start = link->type == LINK_SS || link->type == LINK_SF;
		moment_t m;

		if (to_finish ? !closing : !opening)
			continue;
		pass_lag(f, link);
		m = link_forward(plan, link, from_start ? f->start[link->from] : f->finish[link->from]);
		if (to_finish && m > b->finish) {
			b->finish = m;
			b->finish_link = k;
		} else if (!to_finish && m > b->start) {
			bounds_raise(b, m, REASON_LINK);
			b->link = k;
		}
		if (!to_finish && m > b->links)
			b->links = m;
	}
}

/* What holds every task below a parent too. */
struct bounds pass_bounds(struct pass *f, uint32_t task)
{
	struct plan *plan = f->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	struct bounds b = { f->from, MOMENT_MIN, MOMENT_MIN, REASON_PROJECT_START, PLAN_NO_LINK, PLAN_NO_LINK };

	if (plan->status != MOMENT_NONE)
		bounds_raise(&b, plan->status, REASON_STATUS_DATE);
	if (plan->parent[task] != PLAN_NO_TASK)
		bounds_raise(&b, f->bound[plan->parent[task]], REASON_PARENT);
	bounds_raise(&b, x->not_before, REASON_NOT_BEFORE);
	add_links(f, task, &b, true, !plan_is_summary(plan, task));
	return b;
}

/* Dates end with the year 9999. A calendar that still works then has not run out of time: the plan has run out of dates. */
static bool out_of_dates(const struct plan *plan, uint32_t task)
{
	const moment_t end = moment_from_date(date_from_civil(9999, 12, 31));
	moment_t last = calendar_previous_working(plan_work_calendar(plan, task), end);

	return (plan->flags[task] & PLAN_ELAPSED) || (last != MOMENT_NONE && last > end - 366 * MINUTES_PER_DAY);
}

static void no_working_time(struct pass *f, uint32_t task, moment_t from)
{
	struct plan *plan = f->plan;
	const struct record *record = plan->records[task];

	if (f->failed++ < 20) {
		bool late = out_of_dates(plan, task);
		char *id = xstrndup(plan_id(plan, task).at, plan_id(plan, task).len);
		char day[CIVIL_TEXT];

		diagnose(f->found, record_place(plan->project, record), late ? "plan-too-large" : "calendar-empty",
			late ? N_("'%s', which may begin on %s, would end after the year 9999") :
			       N_("'%s' finds no working time after %s: its calendar and its people's leave none"),
			id, date_print(moment_date(from < LAST_MOMENT ? from : LAST_MOMENT - 1), day), (const char *)NULL);
		free(id);
	}
	f->start[task] = f->finish[task] = from;
}

static void set_dates(struct pass *f, uint32_t task, moment_t start, moment_t finish, const struct bounds *b)
{
	if (start == MOMENT_NONE || finish == MOMENT_NONE) {
		no_working_time(f, task, b->start);
		return;
	}
	f->start[task] = start;
	f->finish[task] = finish;
	f->reason[task] = b->reason;
	f->reason_link[task] = b->reason == REASON_LINK ? b->link : PLAN_NO_LINK;
}

static moment_t delayed(const struct plan *plan, uint32_t task, moment_t start)
{
	const struct plan_extra *x = plan_extra(plan, task);

	if (x->delay == 0)
		return start;
	return x->delay_elapsed ? start + x->delay : calendar_add(plan->task_calendar[task], start, x->delay);
}

/* Is `at` before `bound`, counted in the task's working time? */
static bool falls_short(const struct plan *plan, uint32_t task, moment_t at, moment_t bound)
{
	if (at >= bound)
		return false;
	if (plan->flags[task] & PLAN_ELAPSED)
		return true;
	return calendar_between(plan_work_calendar(plan, task), at, bound) > 0;
}

/* A task that has not begun. */
void pass_free(struct pass *f, uint32_t task, struct bounds *b)
{
	struct plan *plan = f->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	int64_t amount = work_amount(plan, task);
	moment_t start, finish;

	if (x->finish_not_before != MOMENT_NONE && x->finish_not_before > b->finish) {
		b->finish = x->finish_not_before;
		b->finish_link = PLAN_NO_LINK;
	}
	start = work_snap(plan, task, b->start);
	if (start != MOMENT_NONE && x->delay > 0)
		start = work_snap(plan, task, delayed(plan, task, start));
	finish = start == MOMENT_NONE ? MOMENT_NONE : work_finish(plan, task, start, amount);
	if (finish != MOMENT_NONE && b->finish != MOMENT_MIN && falls_short(plan, task, finish, b->finish)) {
		moment_t back = work_start(plan, task, b->finish, amount);

		if (back != MOMENT_NONE)
			back = work_snap(plan, task, back);
		if (back != MOMENT_NONE && back > start) {
			start = back;
			finish = work_finish(plan, task, start, amount);
			b->reason = b->finish_link != PLAN_NO_LINK ? REASON_LINK : REASON_NOT_BEFORE;
			b->link = b->finish_link;
		}
	}
	set_dates(f, task, start, finish, b);
}

/* must_start and must_finish are obeyed whatever the links say; what that breaks shows as negative float. */
static bool place_must(struct pass *f, uint32_t task, struct bounds *b)
{
	struct plan *plan = f->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	int64_t amount = work_amount(plan, task);
	moment_t start, finish;

	if (x->must_start != MOMENT_NONE) {
		start = work_snap(plan, task, x->must_start);
		finish = start == MOMENT_NONE ? MOMENT_NONE : work_finish(plan, task, start, amount);
	} else if (x->must_finish != MOMENT_NONE) {
		finish = x->must_finish;
		if (!(plan->flags[task] & PLAN_ELAPSED))
			finish = calendar_previous_working(plan_work_calendar(plan, task), finish);
		start = finish == MOMENT_NONE ? MOMENT_NONE : work_start(plan, task, finish, amount);
	} else {
		return false;
	}
	b->reason = REASON_MUST;
	set_dates(f, task, start, finish, b);
	return true;
}

/* Begun: what is left continues from the status date, or where the work that is done ends. */
static moment_t progress_finish(const struct pass *f, uint32_t task, moment_t start, const struct bounds *b)
{
	const struct plan *plan = f->plan;
	int64_t left = work_left(plan, task);
	moment_t from;

	if (plan->status == MOMENT_NONE)
		return work_finish(plan, task, start, work_whole(plan, task));
	from = plan->status > start ? plan->status : start;
	if (!f->override && b->links > from)
		from = b->links;
	from = work_snap(plan, task, from);
	return from == MOMENT_NONE ? MOMENT_NONE : work_finish(plan, task, from, left);
}

static moment_t actual_finish(const struct plan *plan, uint32_t task)
{
	moment_t finish = plan_extra(plan, task)->actual_finish;
	moment_t worked;

	if (finish == MOMENT_NONE || finish % MINUTES_PER_DAY != 0)
		return finish;
	worked = calendar_previous_working(plan_work_calendar(plan, task), finish);
	return worked != MOMENT_NONE && worked > finish - MINUTES_PER_DAY ? worked : finish;
}

static moment_t actual_start(const struct plan *plan, uint32_t task)
{
	moment_t start = plan_extra(plan, task)->actual_start;
	moment_t worked;

	if (start == MOMENT_NONE || start % MINUTES_PER_DAY != 0)
		return start;
	worked = calendar_next_working(plan_work_calendar(plan, task), start);
	return worked != MOMENT_NONE && worked < start + MINUTES_PER_DAY ? worked : start;
}

static void place_facts(struct pass *f, uint32_t task, struct bounds *b)
{
	struct plan *plan = f->plan;
	moment_t start = actual_start(plan, task), finish = actual_finish(plan, task);

	if (start == MOMENT_NONE && finish != MOMENT_NONE)
		start = work_start(plan, task, finish, work_amount(plan, task));
	if (start == MOMENT_NONE) { /* begun without a date: where the network puts it */
		moment_t status = plan->status;

		plan->status = MOMENT_NONE;
		*b = pass_bounds(f, task);
		plan->status = status;
		start = work_snap(plan, task, b->start);
	} else {
		b->reason = REASON_ACTUAL;
	}
	if (start != MOMENT_NONE && finish == MOMENT_NONE)
		finish = plan->flags[task] & PLAN_FINISHED ? work_finish(plan, task, start, work_amount(plan, task)) :
							     progress_finish(f, task, start, b);
	if (finish != MOMENT_NONE && finish < start)
		finish = start;
	set_dates(f, task, start, finish, b);
}

/* A buffer behind work that is all done has nothing to protect. */
static bool is_spent(const struct plan *plan, uint32_t buffer)
{
	for (uint32_t k = plan->links_in[buffer]; k < plan->links_in[buffer + 1]; k++) {
		uint32_t from = plan->links[k].from;

		for (uint32_t t = from; t < plan->subtree_end[from]; t++)
			if (!(plan->flags[t] & (PLAN_FINISHED | PLAN_CANCELLED)) && !plan_is_summary(plan, t))
				return false;
	}
	return plan->links_in[buffer + 1] > plan->links_in[buffer];
}

static void place_buffer(struct pass *f, uint32_t task, struct bounds *b)
{
	struct plan *plan = f->plan;

	plan->duration[task] = plan->network->trial || is_spent(plan, task) ? 0 : plan_buffer_length(plan, task);
	f->duration[task] = plan->duration[task];
	if (plan->duration[task] > 0) {
		pass_free(f, task, b);
		return;
	}
	if (is_spent(plan, task))
		plan->flags[task] |= PLAN_STARTED | PLAN_FINISHED;
	set_dates(f, task, b->links == MOMENT_MIN ? b->start : b->links, b->links == MOMENT_MIN ? b->start : b->links, b);
}

void pass_leaf(struct pass *f, uint32_t task)
{
	struct plan *plan = f->plan;
	struct bounds b = pass_bounds(f, task);

	f->first[task] = task;
	f->link_bound[task] = b.links;
	if (plan->flags[task] & PLAN_BUFFER)
		place_buffer(f, task, &b);
	else if (plan->flags[task] & PLAN_STARTED)
		place_facts(f, task, &b);
	else if (!place_must(f, task, &b))
		pass_free(f, task, &b);
	if (plan->network->crew[task])
		f->duration[task] = calendar_between(plan_work_calendar(plan, task), f->start[task],
			f->finish[task]);
}

/* A parent opens: what binds it will bind its children. */
void pass_open(struct pass *f, uint32_t task)
{
	struct bounds b = pass_bounds(f, task);
	const struct plan_extra *x = plan_extra(f->plan, task);

	if (x->must_start != MOMENT_NONE)
		bounds_raise(&b, x->must_start, REASON_MUST);
	f->bound[task] = b.start;
	f->link_bound[task] = b.links;
}

/* A parent closes: it spans its children that are not cancelled. */
void pass_close(struct pass *f, uint32_t task)
{
	struct plan *plan = f->plan;
	struct bounds b = { MOMENT_MIN, MOMENT_MIN, MOMENT_MIN, REASON_CHILDREN, PLAN_NO_LINK, PLAN_NO_LINK };
	moment_t start = MOMENT_NONE, finish = MOMENT_NONE;

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c]) {
		if ((plan->flags[c] & PLAN_CANCELLED) && !(plan->flags[task] & PLAN_CANCELLED))
			continue;
		if (start == MOMENT_NONE || f->start[c] < start) {
			start = f->start[c];
			f->first[task] = f->first[c];
		}
		if (finish == MOMENT_NONE || f->finish[c] > finish)
			finish = f->finish[c];
	}
	if (start == MOMENT_NONE) {
		start = finish = f->bound[task];
		f->first[task] = task + 1;
	}
	add_links(f, task, &b, false, true);
	if (b.finish > finish)
		finish = b.finish;
	if (plan->network->parent_delay && plan->network->parent_delay[task] > 0)
		finish = calendar_add(plan->task_calendar[task], finish, plan->network->parent_delay[task]);
	set_dates(f, task, start, finish, &b);
	f->reason[task] = REASON_CHILDREN;
	f->duration[task] = calendar_between(plan->task_calendar[task], start, finish);
}

moment_t pass_end(const struct pass *f)
{
	const struct plan *plan = f->plan;
	moment_t finish = f->from;

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_CANCELLED | PLAN_ENDLESS)) && f->finish[i] > finish)
			finish = f->finish[i];
	return finish;
}

bool plan_rest_waits(const struct plan *plan, uint32_t task)
{
	if ((plan->flags[task] & (PLAN_STARTED | PLAN_FINISHED | PLAN_CANCELLED)) != PLAN_STARTED)
		return false;
	if (plan->status == MOMENT_NONE)
		return plan_extra(plan, task)->actual_start == MOMENT_NONE;
	return !plan->network->override;
}

moment_t plan_resume(const struct plan *plan, uint32_t task, moment_t finish)
{
	moment_t start = work_start(plan, task, finish,
		plan->status == MOMENT_NONE ? work_whole(plan, task) : work_left(plan, task));

	return start == MOMENT_NONE ? finish : start;
}

bool plan_link_binds(const struct plan *plan, const struct plan_link *link)
{
	if (!(plan->flags[link->to] & PLAN_STARTED))
		return true;
	return (link->type == LINK_FS || link->type == LINK_SS) && plan_rest_waits(plan, link->to);
}

bool plan_overrides(const struct plan *plan, const struct plan_options *options)
{
	if (options->progress != PROGRESS_AS_PROJECT)
		return options->progress == PROGRESS_OVERRIDE;
	return slice_is(project_setting(plan->project, "progress_logic"), "override");
}

void pass_init(struct pass *f, struct plan *plan, const struct plan_options *options)
{
	struct plan_network *network = plan->network;

	*f = (struct pass){ .plan = plan, .start = plan->early_start, .finish = plan->early_finish, .duration = plan->duration,
		.reason = plan->reason, .reason_link = plan->reason_link, .bound = network->bound,
		.link_bound = network->link_bound, .first = network->first };
	f->override = plan_overrides(plan, options);
	f->from = calendar_next_working(plan->calendar, plan->project_start);
	if (f->from == MOMENT_NONE)
		f->from = plan->project_start;
}

int plan_forward(struct plan *plan, const struct plan_options *options, struct diagnostics *found, struct err *err)
{
	struct pass f;

	pass_init(&f, plan, options);
	f.found = found;
	plan->network->override = f.override;
	for (uint32_t at = 0; at < plan->network->node_count; at++) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);

		if (node & NODE_CLOSE)
			pass_close(&f, task);
		else if (plan_is_summary(plan, task))
			pass_open(&f, task);
		else
			pass_leaf(&f, task);
	}
	plan->project_finish = plan->network_finish = pass_end(&f);
	plan->drag = NULL;
	if (f.failed > 0)
		return err_set(err, ERR_INPUT, "tasks without dates: %u; 'pmt check' shows the errors", f.failed);
	return 0;
}
