/*
 * Drag (关键路径阻力): by how much the project would finish earlier if a task took no time. Devaux, "Total Project Control", 1999:
 *	drag = the task's duration, or the least total float of what runs parallel to it, whichever is less
 * and 0 for a task that is not critical. It says where shortening pays: a critical task of 20 days beside one with 1 day of float
 * gives 1 day.
 *
 * Idea: let events (starts, finishes, openings and closings of parents) stand in topological order. Without the task, the longest path is
 * the longest one that does not run through its work, and every such path crosses the task's place in that order with exactly one edge: a link,
 * the way from the project's start, or the way to its finish. So drag is the least float of an edge that crosses: edges are
 * intervals of places, and sorted by float each paints the places that are still bare (union-find).
 * The float of an edge is the working time from what it asks, early, to the latest that its target may be.
 *
 * Example: A 10d → D, B 7d → D 2d: drag of A is 3d, of D 2d, of B 0.
 * Cost: O((tasks + links) log).
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

struct edge {
	uint32_t from, to; /* places whose work it passes by, inclusive */
	int64_t slack;
};

struct drag {
	struct plan *plan;
	struct vec edges; /* struct edge */
	uint32_t *place;  /* by task: of the leaf or the opening; [n + task]: of the closing */
	moment_t *opens;
	moment_t *late;   /* by task: its latest start, that of a parent being its first child's that has not begun; MOMENT_MAX: none */
	moment_t *limits; /* by parent: the latest finish that what follows it allows; its own late dates are its children's */
	uint32_t last;    /* the last place */
};

/* Events stand at 2 × place (a start, an opening, a closing) and 2 × place + 1 (a leaf's finish). */
static void add_edge(struct drag *d, uint32_t from_event, uint32_t to_event, int64_t slack)
{
	uint32_t from = (from_event + 1) / 2, to = (to_event - 1) / 2;

	if (to_event > 0 && from <= to)
		*(struct edge *)vec_push(&d->edges) = (struct edge){ from, to, slack };
}

static uint32_t start_event(const struct drag *d, uint32_t task)
{
	return 2 * d->place[task];
}

static uint32_t finish_event(const struct drag *d, uint32_t task)
{
	if (plan_is_summary(d->plan, task))
		return 2 * d->place[d->plan->task_count + task];
	return 2 * d->place[task] + 1;
}

/* Meetings take place at their times: they bound nothing, and shortening one gains nothing. */
static bool counts(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_CANCELLED | PLAN_FINISHED | PLAN_OCCURRENCE));
}

static void add_link(struct drag *d, const struct plan_link *link)
{
	const struct plan *plan = d->plan;
	bool from_start = link->type == LINK_SS || link->type == LINK_SF, to_finish = link->type == LINK_FF || link->type == LINK_SF;
	uint32_t first = plan_is_summary(plan, link->from) ? plan->network->first[link->from] : link->from;
	bool opens = plan_is_summary(plan, link->to) && !to_finish;
	moment_t asked = link_forward(plan, link, from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);

	if (!counts(plan, link->from) || !counts(plan, link->to) || !plan_link_binds(plan, link) ||
		(opens && d->late[link->to] == MOMENT_MAX))
		return;
	add_edge(d, from_start ? start_event(d, first) : finish_event(d, link->from),
		to_finish ? finish_event(d, link->to) : start_event(d, link->to),
		calendar_between(plan_work_calendar(plan, link->to), asked,
			opens ? d->late[link->to] : plan_link_target(plan, link, plan->late_start, plan->late_finish)));
}

/* The moment before which the task cannot begin whatever its links say. */
static moment_t held(const struct drag *d, uint32_t task)
{
	const struct plan *plan = d->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	uint32_t parent = plan->parent[task];
	moment_t start = plan->project_start;

	if (x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE)
		return plan->early_start[task];
	if (plan->status > start)
		start = plan->status;
	if (x->not_before > start)
		start = x->not_before;
	if (parent != PLAN_NO_TASK && !plan_links_open(plan, parent) && d->opens[parent] > start)
		start = d->opens[parent];
	return start;
}

/* The same for what is left of work that waits. */
static moment_t held_rest(const struct drag *d, uint32_t task)
{
	const struct plan *plan = d->plan;
	moment_t start = plan->early_start[task];

	if (plan_extra(plan, task)->actual_start == MOMENT_NONE)
		return held(d, task);
	return plan->status > start ? plan->status : start;
}

/* From the project's start, from its parent's opening; to its parent's closing, to the project's finish. */
static void add_bonds(struct drag *d, uint32_t task)
{
	const struct plan *plan = d->plan;
	const struct calendar *calendar = plan_work_calendar(plan, task);
	uint32_t parent = plan->parent[task];
	moment_t late = plan->late_start[task];

	if (plan_rest_waits(plan, task)) {
		add_edge(d, 0, start_event(d, task),
			calendar_between(calendar, held_rest(d, task), plan_resume(plan, task, plan->late_finish[task])));
	} else if (plan->flags[task] & PLAN_STARTED) {
		add_edge(d, 0, start_event(d, task), plan->total_float[task]);
	} else {
		add_edge(d, 0, start_event(d, task), calendar_between(calendar, held(d, task), late));
		if (parent != PLAN_NO_TASK)
			add_edge(d, start_event(d, parent), start_event(d, task), calendar_between(calendar, d->opens[parent], late));
	}
	if (parent != PLAN_NO_TASK)
		add_edge(d, finish_event(d, task), finish_event(d, parent),
			calendar_between(calendar, plan->early_finish[task], d->limits[parent]));
	add_edge(d, finish_event(d, task), 2 * d->last + 2, calendar_between(calendar, plan->early_finish[task], plan->network_finish));
}

static void add_parent_bonds(struct drag *d, uint32_t task)
{
	const struct plan *plan = d->plan;
	const struct calendar *calendar = plan->task_calendar[task];
	uint32_t parent = plan->parent[task];

	if (d->late[task] != MOMENT_MAX)
		add_edge(d, 0, start_event(d, task), calendar_between(calendar, held(d, task), d->late[task]));
	if (parent == PLAN_NO_TASK)
		return;
	if (d->late[task] != MOMENT_MAX)
		add_edge(d, start_event(d, parent), start_event(d, task), calendar_between(calendar, d->opens[parent], d->late[task]));
	add_edge(d, finish_event(d, task), finish_event(d, parent),
		calendar_between(calendar, plan->early_finish[task], d->limits[parent]));
}

/* Parents come before their children: from the end, each passes its latest start upward. */
static void find_late(struct drag *d)
{
	const struct plan *plan = d->plan;

	d->late = xcalloc((size_t)plan->task_count + 1, sizeof(*d->late));
	for (uint32_t t = 0; t < plan->task_count; t++)
		d->late[t] = MOMENT_MAX;
	for (uint32_t t = plan->task_count; t-- > 0;) {
		uint32_t parent = plan->parent[t];

		if (!plan_is_summary(plan, t) && counts(plan, t) && !(plan->flags[t] & PLAN_STARTED))
			d->late[t] = plan->late_start[t];
		if (parent != PLAN_NO_TASK && d->late[t] < d->late[parent])
			d->late[parent] = d->late[t];
	}
}

static void find_limits(struct drag *d)
{
	const struct plan *plan = d->plan;

	d->limits = xcalloc((size_t)plan->task_count + 1, sizeof(*d->limits));
	for (uint32_t t = 0; t < plan->task_count; t++) {
		uint32_t parent = plan->parent[t];
		moment_t limit = parent == PLAN_NO_TASK ? plan->network_finish : d->limits[parent];

		if (!plan_is_summary(plan, t))
			continue;
		for (uint32_t k = plan->first_out[t]; k < plan->first_out[t + 1]; k++) {
			const struct plan_link *link = &plan->links[plan->links_out[k]];
			moment_t m = link_backward(plan, link, plan_link_target(plan, link, plan->late_start, plan->late_finish));

			if ((link->type == LINK_FS || link->type == LINK_FF) && counts(plan, link->to) &&
				plan_link_binds(plan, link) && m < limit)
				limit = m;
		}
		d->limits[t] = limit;
	}
}

static int by_slack(const void *a, const void *b, void *context)
{
	const struct edge *x = a, *y = b;

	(void)context;
	return (x->slack > y->slack) - (x->slack < y->slack);
}

static uint32_t next_bare(uint32_t *next, uint32_t place)
{
	while (next[place] != place) {
		next[place] = next[next[place]];
		place = next[place];
	}
	return place;
}

/* The least float that crosses each place; INT64_MAX: nothing does. */
static int64_t *paint(struct drag *d)
{
	const struct edge *edges;
	int64_t *least = xcalloc((size_t)d->last + 2, sizeof(*least));
	uint32_t *next = xcalloc((size_t)d->last + 2, sizeof(*next));

	for (uint32_t i = 0; i <= d->last + 1; i++) {
		next[i] = i;
		least[i] = INT64_MAX;
	}
	vec_sort(&d->edges, by_slack, NULL);
	edges = d->edges.items;
	for (size_t i = 0; i < d->edges.len; i++)
		for (uint32_t p = next_bare(next, edges[i].from); p <= edges[i].to && p <= d->last; p = next_bare(next, p)) {
			least[p] = edges[i].slack;
			next[p] = p + 1;
		}
	free(next);
	return least;
}

static void find_places(struct drag *d)
{
	const struct plan_network *n = d->plan->network;

	d->place = xcalloc((size_t)d->plan->task_count * 2 + 1, sizeof(uint32_t));
	for (uint32_t at = 0; at < n->node_count; at++)
		d->place[NODE_TASK(n->order[at]) + (n->order[at] & NODE_CLOSE ? d->plan->task_count : 0)] = at;
	d->last = n->node_count > 0 ? n->node_count - 1 : 0;
}

/* What is left of it on early dates. */
static int64_t time_left(const struct plan *plan, uint32_t task)
{
	moment_t from = plan->early_start[task];

	if ((plan->flags[task] & PLAN_STARTED) && plan->status > from)
		from = plan->status;
	return calendar_between(plan_work_calendar(plan, task), from, plan->early_finish[task]);
}

static void settle(struct drag *d, const int64_t *least)
{
	struct plan *plan = d->plan;

	for (uint32_t t = 0; t < plan->task_count; t++) {
		int64_t drag = time_left(plan, t), around = least[d->place[t]];

		if (plan_is_summary(plan, t) || !counts(plan, t))
			continue;
		if (around < drag)
			drag = around;
		plan->drag[t] = drag > 0 ? drag : 0;
	}
}

void plan_find_drag(struct plan *plan)
{
	struct drag d = { .plan = plan };
	int64_t *least;

	if (plan->drag)
		return;
	plan->drag = arena_calloc(&plan->arena, (size_t)plan->task_count + 1, sizeof(*plan->drag));
	vec_init(&d.edges, sizeof(struct edge));
	d.opens = plan_openings(plan);
	find_places(&d);
	find_late(&d);
	find_limits(&d);
	for (uint32_t k = 0; k < plan->link_count; k++)
		add_link(&d, &plan->links[k]);
	for (uint32_t t = 0; t < plan->task_count; t++)
		if (counts(plan, t) && !plan_is_summary(plan, t))
			add_bonds(&d, t);
	for (uint32_t t = 0; t < plan->task_count; t++)
		if (plan_is_summary(plan, t) && counts(plan, t))
			add_parent_bonds(&d, t);
	least = paint(&d);
	settle(&d, least);
	free(least);
	free(d.opens);
	free(d.limits);
	free(d.late);
	free(d.place);
	vec_release(&d.edges);
}
