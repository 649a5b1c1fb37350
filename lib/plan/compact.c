/*
 * Compiling a plan into positions; compact.h says what they are.
 *
 * Each rule of the forward pass has its form in whole numbers (p a position, d minutes):
 *	snap to working time          p | 1               (a milestone stays where it is)
 *	finish of d minutes from p    (p & ~1) + 2d       (p itself when d is 0)
 *	latest start for a finish p   (p & ~1) - 2d + 1
 *	lag of d minutes              (p & ~1) + 2d, + 1 for a lead
 * Example: Monday 09:00 is 1; two days of 8 hours end at 1920 (Tuesday 18:00); the next task starts at 1920 | 1.
 * Cost: O(tasks + links) once.
 */
#include "plan/compact.h"
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <string.h>

enum { POSITION_MOST = 1 << 30 };

struct compiler {
	struct compact_plan *out;
	const struct plan *plan;
	const struct calendar *calendar;
	bool override, fits;
	int64_t latest; /* latest position that anything fixed has */
	struct vec nodes, edges;
};

int64_t clock_position(const struct compact_clock *clock, moment_t moment)
{
	int64_t count = calendar_count(clock->calendar, moment) - clock->base_count;
	bool at_end = !calendar_is_working(clock->calendar, moment) &&
		calendar_previous_working(clock->calendar, moment) == moment;

	return 2 * count + !at_end;
}

moment_t clock_moment(const struct compact_clock *clock, int64_t position)
{
	moment_t end = calendar_add(clock->calendar, clock->base, position >> 1), next;

	if (end == MOMENT_NONE)
		return moment_from_date(date_from_civil(9999, 12, 31));
	next = position & 1 ? calendar_next_working(clock->calendar, end) : end;
	return next == MOMENT_NONE ? end : next;
}

/* --- can it be compiled? --- */

static bool simple_crew(const struct crew *crew, const struct calendar *calendar)
{
	return crew->group_count == 1 && crew->pool_count == 1 && crew_is_even(crew) && !crew->other && crew->groups[0].calendar == calendar && crew->fixed_sum == 0;
}

static bool simple_facts(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);

	if (!(plan->flags[task] & PLAN_STARTED))
		return true;
	if ((plan->flags[task] & PLAN_MILESTONE) && !(plan->flags[task] & PLAN_FINISHED))
		return false; /* it may stand outside of working time */
	return x->actual_start != MOMENT_NONE || x->actual_finish != MOMENT_NONE;
}

static bool simple_task(const struct plan *plan, uint32_t task, const struct calendar *calendar)
{
	const struct crew *crew = plan->network->crew[task];
	const struct plan_extra *x = plan_extra(plan, task);

	if (plan->flags[task] & PLAN_BUFFER)
		return plan->task_calendar[task] == calendar;
	if (plan->flags[task] & PLAN_FINISHED)
		return simple_facts(plan, task);
	return plan->task_calendar[task] == calendar && !(plan->flags[task] & PLAN_ELAPSED) && !(x->delay > 0 && x->delay_elapsed) &&
		simple_facts(plan, task) && (!crew || simple_crew(crew, calendar));
}

static bool simple_links(const struct plan *plan)
{
	for (uint32_t k = 0; k < plan->link_count; k++) {
		const struct plan_link *link = &plan->links[k];

		if (plan->flags[link->to] & PLAN_FINISHED)
			continue;
		if (link->percent != 0 || (link->elapsed && link->lag != 0) || link->lag > POSITION_MOST / 4 || link->lag < -POSITION_MOST / 4)
			return false;
	}
	return true;
}

/* The calendar that all of it counts on; NULL when there are several. */
static const struct calendar *one_calendar(const struct plan *plan)
{
	const struct calendar *calendar = NULL;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		if ((plan->flags[i] & (PLAN_FINISHED | PLAN_BUFFER)) == PLAN_FINISHED)
			continue;
		if (!calendar)
			calendar = plan->task_calendar[i];
		if (!simple_task(plan, i, calendar))
			return NULL;
	}
	return simple_links(plan) ? calendar : NULL;
}

/* --- compiling --- */

static int32_t place(struct compiler *c, moment_t moment)
{
	int64_t position = clock_position(&c->out->clock, moment);

	if (position < 0 || position >= POSITION_MOST) {
		c->fits = false;
		return 0;
	}
	c->latest = position > c->latest ? position : c->latest;
	return (int32_t)position;
}

static void raise_base(struct compiler *c, struct compact_node *node, moment_t moment)
{
	int32_t position;

	if (moment == MOMENT_NONE)
		return;
	position = place(c, moment);
	node->base = position > node->base ? position : node->base;
}

static void add_edges(struct compiler *c, uint32_t task, bool to_finish)
{
	const struct plan *plan = c->plan;

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];
		bool from_start = link->type == LINK_SS || link->type == LINK_SF;
		struct compact_edge *edge;

		if ((link->type == LINK_FF || link->type == LINK_SF) != to_finish)
			continue;
		edge = vec_push(&c->edges);
		*edge = (struct compact_edge){ link->from * 2 + !from_start, (int32_t)link->lag };
		c->latest += link->lag > 0 ? 2 * link->lag : 0;
	}
}

static void link_up(struct compiler *c, struct compact_node *node, bool starts, bool finishes)
{
	node->first_start = (uint32_t)c->edges.len;
	if (starts)
		add_edges(c, node->task, false);
	node->first_finish = (uint32_t)c->edges.len;
	if (finishes)
		add_edges(c, node->task, true);
	node->edges_end = (uint32_t)c->edges.len;
}

static void compile_bounds(struct compiler *c, struct compact_node *node)
{
	const struct plan_extra *x = plan_extra(c->plan, node->task);

	node->base = c->out->start;
	node->parent = c->plan->parent[node->task];
	raise_base(c, node, c->plan->status);
	raise_base(c, node, x->not_before);
}

/* Begun: no more than what is left can vary. */
static void compile_begun(struct compiler *c, struct compact_node *node)
{
	const struct plan *plan = c->plan;
	const struct plan_extra *x = plan_extra(plan, node->task);
	int64_t amount = work_amount(plan, node->task);

	node->start = place(c, plan->early_start[node->task]);
	node->amount = work_left(plan, node->task);
	if (plan->flags[node->task] & PLAN_FINISHED) {
		node->type = COMPACT_FIXED;
		node->finish = place(c, plan->early_finish[node->task]);
		return;
	}
	node->type = COMPACT_BEGUN;
	node->base = node->start;
	raise_base(c, node, plan->status);
	if (plan->status == MOMENT_NONE)
		node->done = x->progress >= 0 ? amount * x->progress / 10000 : amount > node->amount ? amount - node->amount : 0;
	else if (!c->override)
		link_up(c, node, true, false);
}

static void compile_must(struct compiler *c, struct compact_node *node, const struct plan_extra *x)
{
	if (x->must_start != MOMENT_NONE) {
		node->type = COMPACT_MUST_START;
		node->start = place(c, x->must_start);
		if (!node->milestone)
			node->start |= 1;
		return;
	}
	node->type = COMPACT_MUST_FINISH;
	node->finish = place(c, calendar_previous_working(c->calendar, x->must_finish));
}

static void compile_leaf(struct compiler *c, uint32_t task)
{
	const struct plan *plan = c->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	struct compact_node *node = vec_push(&c->nodes);
	const struct crew *crew = plan->network->crew[task];

	*node = (struct compact_node){ .task = task, .parent = PLAN_NO_TASK, .share = DECIMAL_ONE,
		.milestone = plan->flags[task] & PLAN_MILESTONE, .cancelled = plan->flags[task] & PLAN_CANCELLED };
	if (crew)
		node->share = crew_share(crew);
	link_up(c, node, false, false);
	if (plan->flags[task] & PLAN_BUFFER) {
		node->milestone = true;
		compile_bounds(c, node);
		link_up(c, node, true, true);
		return;
	}
	if (plan->flags[task] & PLAN_STARTED) {
		compile_begun(c, node);
		return;
	}
	node->amount = work_amount(plan, task);
	if (x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE) {
		compile_must(c, node, x);
		return;
	}
	node->type = COMPACT_LEAF;
	compile_bounds(c, node);
	if (x->finish_not_before != MOMENT_NONE)
		node->finish_base = place(c, x->finish_not_before);
	node->delay = (int32_t)(x->delay < POSITION_MOST / 4 ? x->delay : POSITION_MOST / 4);
	c->latest += 2 * (int64_t)node->delay;
	link_up(c, node, true, true);
}

static void compile_parent(struct compiler *c, uint32_t task, bool closing)
{
	const struct plan *plan = c->plan;
	struct compact_node *node = vec_push(&c->nodes);

	*node = (struct compact_node){ .task = task, .parent = PLAN_NO_TASK, .share = DECIMAL_ONE,
		.type = closing ? COMPACT_CLOSE : COMPACT_OPEN, .cancelled = plan->flags[task] & PLAN_CANCELLED };
	if (!closing) {
		compile_bounds(c, node);
		raise_base(c, node, plan_extra(plan, task)->must_start);
	}
	link_up(c, node, !closing, closing);
}

/* A working moment before everything, so that counting from it never goes back. */
static bool set_clock(struct compiler *c)
{
	struct compact_clock *clock = &c->out->clock;
	moment_t first = c->plan->project_start;

	for (uint32_t i = 0; i < c->plan->task_count; i++)
		first = c->plan->early_start[i] < first ? c->plan->early_start[i] : first;
	clock->calendar = c->calendar;
	clock->base = calendar_previous_working(c->calendar, first - MINUTES_PER_DAY);
	if (clock->base == MOMENT_NONE)
		clock->base = first - MINUTES_PER_DAY;
	clock->base_count = calendar_count(c->calendar, clock->base);
	return calendar_add(c->calendar, clock->base, 1) != MOMENT_NONE;
}

static void compile(struct compiler *c)
{
	const struct plan *plan = c->plan;
	moment_t start = calendar_next_working(plan->calendar, plan->project_start);

	c->out->start = place(c, start == MOMENT_NONE ? plan->project_start : start);
	for (uint32_t at = 0; at < plan->network->node_count; at++) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);

		if (plan_is_summary(plan, task))
			compile_parent(c, task, node & NODE_CLOSE);
		else
			compile_leaf(c, task);
	}
}

static void *detach(struct arena *arena, const struct vec *items)
{
	void *to = arena_calloc(arena, items->len + 1, items->size);

	if (items->len > 0)
		memcpy(to, items->items, items->len * items->size);
	return to;
}

bool compact_init(struct compact_plan *out, const struct plan *plan, const struct plan_options *options, int64_t longest)
{
	struct compiler c = { .out = out, .plan = plan, .calendar = one_calendar(plan), .fits = longest < POSITION_MOST / 4 };

	*out = (struct compact_plan){ .plan = plan };
	if (!c.calendar || !c.fits || !set_clock(&c))
		return false;
	c.override = plan_overrides(plan, options);
	vec_init(&c.nodes, sizeof(struct compact_node));
	vec_init(&c.edges, sizeof(struct compact_edge));
	compile(&c);
	arena_init(&out->arena);
	out->nodes = detach(&out->arena, &c.nodes);
	out->node_count = (uint32_t)c.nodes.len;
	out->edges = detach(&out->arena, &c.edges);
	vec_release(&c.nodes);
	vec_release(&c.edges);
	if (c.fits && c.latest + 2 * longest < POSITION_MOST)
		return true;
	arena_release(&out->arena);
	return false;
}

void compact_release(struct compact_plan *compact)
{
	arena_release(&compact->arena);
	*compact = (struct compact_plan){ .plan = NULL };
}
