/*
 * The backward pass and the floats.
 *
 * From the project's finish T (or the earlier finish it must have) back: LF = min(T, what successors and constraints allow), LS = LF less
 * the work, each on the same calendars as forward.
 *	TF = LS - ES and LF - EF, the smaller, in working minutes of the task
 *	FF = the smallest slack of a link out of the task (or out of a parent of it), and T - EF
 * A link from a parent's finish binds every child; one from its start binds the child that starts first. A parent's
 * float is the smallest of its children's, so it is critical when one of them is.
 * Finished tasks are facts: late dates equal the actual ones, and they hold nobody back. Of work in progress the start is a fact;
 * where the rest waits for predecessors (retained logic), links bind the moment at which it goes on.
 *
 * Cost: O((tasks + links) log exceptions).
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"

static moment_t minimum(moment_t a, moment_t b)
{
	return a < b ? a : b;
}

moment_t plan_link_target(const struct plan *plan, const struct plan_link *link, const moment_t *start,
	const moment_t *finish)
{
	const struct plan_extra *x = plan_extra(plan, link->to);
	moment_t m;

	if (link->type == LINK_FF || link->type == LINK_SF)
		return finish[link->to];
	if (plan_rest_waits(plan, link->to))
		return plan_resume(plan, link->to, finish[link->to]);
	if (x->delay == 0 || plan_is_summary(plan, link->to))
		return start[link->to];
	if (x->delay_elapsed)
		return start[link->to] - x->delay;
	m = calendar_add(plan->task_calendar[link->to], start[link->to], -x->delay);
	return m == MOMENT_NONE ? start[link->to] : m;
}

/* The latest finish and start that something allows, and whose constraint says so. */
struct allowance {
	moment_t finish, start;
	uint32_t finish_by, start_by;
};

static void limit_finish(struct allowance *a, moment_t to, uint32_t by)
{
	if (to == MOMENT_NONE || to >= a->finish)
		return;
	a->finish = to;
	a->finish_by = by;
}

static void limit_start(struct allowance *a, moment_t to, uint32_t by)
{
	if (to == MOMENT_NONE || to >= a->start)
		return;
	a->start = to;
	a->start_by = by;
}

/* What a task's successors allow. */
static void successors_allow(const struct plan *plan, uint32_t task, struct allowance *a)
{
	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++) {
		const struct plan_link *link = &plan->links[plan->links_out[k]];
		uint32_t by = plan->network->late_by[link->to];
		moment_t m;

		if (!plan_link_binds(plan, link)) /* began already, whatever we do */
			continue;
		m = link_backward(plan, link, plan_link_target(plan, link, plan->late_start, plan->late_finish));
		if (link->type == LINK_SS || link->type == LINK_SF)
			limit_start(a, m, by);
		else
			limit_finish(a, m, by);
	}
}

/* What the project, or a parent, allows. */
static struct allowance from_above(const struct plan *plan, uint32_t task, moment_t end)
{
	uint32_t parent = plan->parent[task];
	struct allowance a = { end, MOMENT_MAX, PLAN_NO_TASK, PLAN_NO_TASK };

	if (parent != PLAN_NO_TASK) {
		a.finish = plan->late_finish[parent];
		a.finish_by = plan->network->late_by[parent];
	}
	return a;
}

moment_t plan_start_limit(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);
	moment_t limit = x->start_not_after, snapped;

	if (x->must_start != MOMENT_NONE && !(plan->flags[task] & PLAN_OCCURRENCE) &&
		(limit == MOMENT_NONE || x->must_start < limit))
		limit = x->must_start;
	if (limit == MOMENT_NONE)
		return MOMENT_NONE;
	snapped = work_snap(plan, task, limit);
	return snapped == MOMENT_NONE ? limit : snapped;
}

/* A parent closes first on the way back: limits for its children. */
static void close_parent(struct plan *plan, uint32_t task, moment_t end)
{
	const struct plan_extra *x = plan_extra(plan, task);
	struct plan_network *network = plan->network;
	struct allowance a = from_above(plan, task, end);
	uint32_t first = network->first[task];

	successors_allow(plan, task, &a);
	limit_finish(&a, x->not_after, task);
	limit_finish(&a, x->must_finish, task);
	limit_start(&a, x->start_not_after, task);
	limit_start(&a, x->must_start, task);
	plan->late_finish[task] = a.finish;
	network->late_by[task] = a.finish_by;
	if (a.start < network->limit[first]) {
		network->limit[first] = a.start;
		network->limit_by[first] = a.start_by;
	}
	plan->late_start[task] = MOMENT_MAX;
}

bool plan_has_finish_links(const struct plan *plan, uint32_t task)
{
	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++)
		if (plan->links[k].type == LINK_FF || plan->links[k].type == LINK_SF)
			return true;
	return false;
}

/* … and opens last: all its children are known. */
static void open_parent(struct plan *plan, uint32_t task)
{
	moment_t start = MOMENT_MAX, finish = MOMENT_MIN;

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c]) {
		if ((plan->flags[c] & PLAN_CANCELLED) && !(plan->flags[task] & PLAN_CANCELLED))
			continue;
		start = minimum(start, plan->late_start[c]);
		if (plan->late_finish[c] > finish)
			finish = plan->late_finish[c];
	}
	if (start == MOMENT_MAX) {
		start = plan->early_start[task];
		finish = plan->early_finish[task];
	}
	plan->late_start[task] = start;
	if (!plan_has_finish_links(plan, task))
		plan->late_finish[task] = minimum(plan->late_finish[task], finish);
}

/* The end of the last work at or before the limit. A milestone that stands exactly at its limit stays there. */
static moment_t settle(const struct plan *plan, uint32_t task, moment_t limit)
{
	moment_t settled;

	if ((plan->flags[task] & (PLAN_ELAPSED | PLAN_CANCELLED)) || limit == plan->early_finish[task])
		return limit;
	settled = calendar_previous_working(plan_work_calendar(plan, task), limit);
	return settled == MOMENT_NONE ? limit : settled;
}

/* The last start of work at or before the limit. */
static moment_t settle_start(const struct plan *plan, uint32_t task, moment_t limit)
{
	moment_t settled;

	if (work_amount(plan, task) == 0 || work_snap(plan, task, limit) == limit)
		return limit;
	settled = work_start(plan, task, limit, 1);
	return settled == MOMENT_NONE ? limit : settled;
}

static void schedule_leaf(struct plan *plan, uint32_t task, moment_t end)
{
	const struct plan_extra *x = plan_extra(plan, task);
	int64_t amount = work_amount(plan, task);
	struct allowance a = from_above(plan, task, end);
	moment_t finish, limit, start;

	if (plan->flags[task] & (PLAN_FINISHED | PLAN_CANCELLED)) {
		plan->late_start[task] = plan->early_start[task];
		plan->late_finish[task] = plan->early_finish[task];
		return;
	}
	limit_start(&a, plan->network->limit[task], plan->network->limit_by[task]);
	successors_allow(plan, task, &a);
	limit_finish(&a, x->not_after, task);
	limit_finish(&a, x->must_finish, task);
	limit_start(&a, plan_start_limit(plan, task), task);
	limit = a.start;
	finish = settle(plan, task, a.finish);
	plan->network->late_by[task] = a.finish_by;
	if (plan->flags[task] & PLAN_STARTED) {
		plan->late_start[task] = plan->early_start[task];
		plan->late_finish[task] = finish;
		return;
	}
	start = work_start(plan, task, finish, amount);
	if (start == MOMENT_NONE)
		start = plan->early_start[task];
	if (limit < start) {
		plan->network->late_by[task] = a.start_by;
		start = settle_start(plan, task, limit);
		limit = work_finish(plan, task, start, amount);
		finish = limit == MOMENT_NONE ? finish : minimum(finish, limit);
	}
	plan->late_start[task] = start;
	plan->late_finish[task] = finish;
}

void plan_backward(struct plan *plan)
{
	struct slice text = slice_trim(project_setting(plan->project, "finish"));
	moment_t end = plan->project_finish, must;
	bool has_time;

	plan->must_finish = MOMENT_NONE;
	if (text.len > 0 && moment_parse(text, &must, &has_time) == CIVIL_OK)
		end = minimum(end, plan->must_finish = has_time ? must : must + MINUTES_PER_DAY);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		plan->network->limit[i] = MOMENT_MAX;
		plan->network->limit_by[i] = plan->network->late_by[i] = PLAN_NO_TASK;
	}
	for (uint32_t at = plan->network->node_count; at-- > 0;) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);

		if (node & NODE_CLOSE)
			close_parent(plan, task, end);
		else if (plan_is_summary(plan, task))
			open_parent(plan, task);
		else
			schedule_leaf(plan, task, end);
	}
}

static int64_t total_float(const struct plan *plan, uint32_t task)
{
	const struct calendar *calendar = plan_work_calendar(plan, task);
	int64_t by_finish = calendar_between(calendar, plan->early_finish[task], plan->late_finish[task]);
	int64_t by_start;

	if (plan_is_summary(plan, task))
		return plan_has_finish_links(plan, task) ? by_finish : INT64_MAX;
	if (plan->flags[task] & PLAN_FINISHED)
		return 0;
	if (plan->flags[task] & PLAN_STARTED)
		return by_finish;
	by_start = calendar_between(calendar, plan->early_start[task], plan->late_start[task]);
	return by_start < by_finish ? by_start : by_finish;
}

/* Moments to which a task's dates can move without moving a successor's early dates. */
static void early_allow(const struct plan *plan, uint32_t task, moment_t *finish, moment_t *start)
{
	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++) {
		const struct plan_link *link = &plan->links[plan->links_out[k]];
		moment_t m;

		if (!plan_link_binds(plan, link))
			continue;
		m = link_backward(plan, link, plan_link_target(plan, link, plan->early_start, plan->early_finish));
		if (link->type == LINK_SS || link->type == LINK_SF)
			*start = minimum(*start, m);
		else
			*finish = minimum(*finish, m);
	}
}

static int64_t at_least_zero(int64_t a)
{
	return a < 0 ? 0 : a;
}

/* Parents come before their children, so what a parent's links allow is known; kept in `bound`, which is free by now. */
static int64_t free_float(struct plan *plan, uint32_t task)
{
	const struct calendar *calendar = plan_work_calendar(plan, task);
	uint32_t parent = plan->parent[task];
	moment_t finish = parent == PLAN_NO_TASK ? plan->project_finish : plan->network->bound[parent];
	moment_t start = MOMENT_MAX;
	int64_t slack;

	early_allow(plan, task, &finish, &start);
	plan->network->bound[task] = finish;
	if (plan->flags[task] & PLAN_FINISHED)
		return 0;
	slack = calendar_between(calendar, plan->early_finish[task], finish);
	if (start != MOMENT_MAX) {
		int64_t by_start = calendar_between(calendar, plan->early_start[task], start);

		slack = by_start < slack ? by_start : slack;
	}
	return at_least_zero(slack);
}

static void mark(struct plan *plan, uint32_t task, bool critical)
{
	if (critical)
		plan->flags[task] |= PLAN_CRITICAL;
	else
		plan->flags[task] &= (uint16_t)~PLAN_CRITICAL;
}

/* The smallest float of a parent's children. */
static void pass_up(struct plan *plan, uint32_t task)
{
	uint32_t parent = plan->parent[task];

	if (parent == PLAN_NO_TASK)
		return;
	if (!(plan->flags[task] & (PLAN_FINISHED | PLAN_CANCELLED)) && plan->total_float[task] < plan->total_float[parent])
		plan->total_float[parent] = plan->total_float[task];
	if (plan->flags[task] & PLAN_CRITICAL)
		plan->flags[parent] |= PLAN_CRITICAL;
}

void plan_floats(struct plan *plan, const struct plan_options *options)
{
	for (uint32_t i = 0; i < plan->task_count; i++) {
		int64_t own = total_float(plan, i);
		bool counts = !(plan->flags[i] & (PLAN_FINISHED | PLAN_CANCELLED));

		plan->total_float[i] = own;
		plan->free_float[i] = free_float(plan, i);
		mark(plan, i, counts && own <= options->critical_float);
	}
	for (uint32_t i = plan->task_count; i-- > 0;) {
		if (plan->total_float[i] == INT64_MAX)
			plan->total_float[i] = 0;
		if (plan->free_float[i] > at_least_zero(plan->total_float[i]))
			plan->free_float[i] = at_least_zero(plan->total_float[i]);
		pass_up(plan, i);
	}
}


/* Where the links into a task would let it begin if all before it were late. Parents' bindings count like its own. */
static moment_t start_when_late(const struct plan *plan, uint32_t task)
{
	moment_t start = plan->project_start;

	for (uint32_t at = task; at != PLAN_NO_TASK; at = plan->parent[at])
		for (uint32_t k = plan->links_in[at]; k < plan->links_in[at + 1]; k++) {
			const struct plan_link *link = &plan->links[k];
			bool from_start = link->type == LINK_SS || link->type == LINK_SF;
			moment_t m = link_forward(plan, link,
				from_start ? plan->late_start[link->from] : plan->late_finish[link->from]);

			if (link->type == LINK_FF || link->type == LINK_SF)
				m = at == task ? work_start(plan, task, m, work_amount(plan, task)) : start;
			if (m != MOMENT_NONE && m > start)
				start = m;
		}
	return start;
}

/* IF = max(0, ES of successors - LF of predecessors - duration), in working time of the task. */
int64_t plan_independent_float(const struct plan *plan, uint32_t task)
{
	moment_t finish = plan->project_finish, start = MOMENT_MAX, late;
	int64_t slack;

	if (plan_is_summary(plan, task) || (plan->flags[task] & (PLAN_STARTED | PLAN_CANCELLED)))
		return 0;
	for (uint32_t at = plan->parent[task]; at != PLAN_NO_TASK; at = plan->parent[at]) {
		moment_t ignored = MOMENT_MAX;

		early_allow(plan, at, &finish, &ignored);
	}
	early_allow(plan, task, &finish, &start);
	late = work_snap(plan, task, start_when_late(plan, task));
	if (late == MOMENT_NONE)
		return 0;
	slack = calendar_between(plan_work_calendar(plan, task), late, finish) -
		(plan->flags[task] & PLAN_ELAPSED ? calendar_between(plan_work_calendar(plan, task), plan->early_start[task],
							plan->early_finish[task]) : plan->duration[task]);
	if (start != MOMENT_MAX) {
		int64_t by_start = calendar_between(plan_work_calendar(plan, task), late, start);

		slack = by_start < slack ? by_start : slack;
	}
	return at_least_zero(slack);
}

/* Of a task's own constraints the one that leaves least. */
static const char *binding_constraint(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);
	const struct calendar *calendar = plan_work_calendar(plan, task);
	const struct {
		const char *field;
		moment_t limit, early;
	} limits[] = {
		{ "must_finish", x->must_finish, plan->early_finish[task] },
		{ "not_after", x->not_after, plan->early_finish[task] },
		{ "must_start", x->must_start, plan->early_start[task] },
		{ "start_not_after", x->start_not_after, plan->early_start[task] },
	};
	const char *binding = NULL;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		int64_t left;

		if (limits[i].limit == MOMENT_NONE)
			continue;
		left = calendar_between(calendar, limits[i].early, limits[i].limit);
		if (left < least) {
			least = left;
			binding = limits[i].field;
		}
	}
	return binding;
}

uint32_t plan_late_cause(const struct plan *plan, uint32_t task, const char **field)
{
	uint32_t by = plan->network->late_by[task];

	if (by != PLAN_NO_TASK)
		*field = binding_constraint(plan, by);
	else
		*field = plan->must_finish != MOMENT_NONE && plan->must_finish < plan->network_finish ? "finish" : NULL;
	return by;
}
