/*
 * One serial pass: tasks are put down one after the other, each at the first place that links and people leave it.
 *
 * Idea (serial schedule generation scheme; Kelley, "The critical-path method: resources planning and scheduling", 1963): of the
 * tasks whose predecessors stand, take the one of highest priority, of equal ones that of the lowest rank. The schedule is active: no
 * task could begin earlier without another beginning later. Fixed tasks take their places before all others.
 *
 * Example: A 2d and B 3d, both by li.wei, ranks B before A: B on days 1-3, A on days 4-5.
 * Cost: O(tasks × (log tasks + stretches in the way × log)).
 */
#include "plan/level-internal.h"

#include "base/alloc.h"

#include <string.h>

void placing_init(struct placing *p, const struct plan *plan)
{
	size_t n = (size_t)plan->task_count + 1;
	struct arena *a = &p->arena;

	*p = (struct placing){ .end = MOMENT_NONE };
	arena_init(a);
	p->start = arena_calloc(a, n, sizeof(*p->start));
	p->finish = arena_calloc(a, n, sizeof(*p->finish));
	p->duration = arena_calloc(a, n, sizeof(*p->duration));
	p->reason = arena_calloc(a, n, sizeof(*p->reason));
	p->reason_link = arena_calloc(a, n, sizeof(*p->reason_link));
	p->held_resource = arena_calloc(a, n, sizeof(*p->held_resource));
	p->held_until = arena_calloc(a, n, sizeof(*p->held_until));
	p->choice = arena_calloc(a, n, sizeof(*p->choice));
	p->first_piece = arena_calloc(a, n, sizeof(*p->first_piece));
	p->piece_count = arena_calloc(a, n, sizeof(*p->piece_count));
	vec_init(&p->choices, sizeof(uint32_t));
	vec_init(&p->pieces, sizeof(struct plan_piece));
	vec_init(&p->lost, sizeof(uint32_t));
	memcpy(p->duration, plan->duration, plan->task_count * sizeof(*p->duration));
	for (uint32_t i = 0; i < plan->task_count; i++)
		p->held_resource[i] = LEVEL_NOBODY;
}

void placing_release(struct placing *p)
{
	arena_release(&p->arena);
	vec_release(&p->choices);
	vec_release(&p->pieces);
	vec_release(&p->lost);
}

void level_empty(struct levelling *l)
{
	for (uint32_t r = 0; r < l->plan->network->resource_count; r++) {
		struct lane *lane = &l->lanes[r];

		if (!lane->calendar)
			continue;
		level_profile_copy(&lane->profile, &lane->whole);
	}
}

static void note_pieces(struct levelling *l, uint32_t task)
{
	struct placing *p = l->placing;
	const struct plan_piece *pieces = l->pieces.items;

	p->first_piece[task] = (uint32_t)p->pieces.len + 1;
	p->piece_count[task] = (uint32_t)l->pieces.len;
	for (size_t i = 0; i < l->pieces.len; i++)
		vec_append(&p->pieces, &pieces[i]);
}

void level_reserve_task(struct levelling *l, uint32_t task, int sign)
{
	const struct placing *p = l->placing;
	const struct plan_piece *pieces = p->pieces.items;
	uint32_t first = p->first_piece[task];

	level_draw(l, p->start[task], sign);
	if (first == 0)
		level_reserve(l, task, p->start[task], p->finish[task], sign);
	for (uint32_t i = 0; first > 0 && i < p->piece_count[task]; i++)
		level_reserve(l, task, pieces[first - 1 + i].start, pieces[first - 1 + i].finish, sign);
}

/* Working minutes as scheduled, when people make the duration. */
static void measure(struct levelling *l, uint32_t task)
{
	const struct plan *plan = l->plan;
	const struct calendar *calendar = plan_work_calendar(plan, task);
	struct placing *p = l->placing;
	const struct plan_piece *pieces = p->pieces.items;
	int64_t sum = 0;

	if (!plan->network->crew[task])
		return;
	for (uint32_t i = 0; i < p->piece_count[task]; i++)
		sum += calendar_between(calendar, pieces[p->first_piece[task] - 1 + i].start,
			pieces[p->first_piece[task] - 1 + i].finish);
	p->duration[task] = p->first_piece[task] ? sum : calendar_between(calendar, p->start[task], p->finish[task]);
}

/* The first place; within float the first that ends in time, else the one where least is missing. */
static bool find_place(struct levelling *l, uint32_t task, moment_t from, struct fit *out)
{
	struct window w = { from, MOMENT_MAX };

	if (!l->options->within_float)
		return level_choose(l, task, w, out);
	w.cutoff = l->plan->late_finish[task] + 1;
	if (level_choose(l, task, w, out))
		return true;
	vec_clear(&l->pieces);
	level_use(l, task);
	return level_fit_least(l, task, w, out);
}

/* The place that the network gives it, given its predecessors; then the first from there on where people have time. */
static void place(struct levelling *l, uint32_t task)
{
	struct placing *p = l->placing;
	struct bounds b = pass_bounds(&l->pass, task);
	moment_t from = b.start;
	struct fit fit;

	l->pass.link_bound[task] = b.links;
	l->pass.first[task] = task;
	pass_free(&l->pass, task, &b);
	if (!l->plan->network->assignment[task]->choice || b.finish != MOMENT_MIN || (l->plan->flags[task] & PLAN_DELAYED))
		from = p->start[task];
	vec_clear(&l->pieces);
	if (!find_place(l, task, from, &fit)) {
		vec_append(&p->lost, &task);
		level_use(l, task);
	} else {
		if (fit.held_resource != LEVEL_NOBODY && fit.start > from) {
			p->reason[task] = REASON_PEOPLE;
			p->reason_link[task] = PLAN_NO_LINK;
			p->held_resource[task] = fit.held_resource;
			p->held_until[task] = fit.held_until;
		}
		p->start[task] = fit.start;
		p->finish[task] = fit.finish;
		if (l->pieces.len > 1)
			note_pieces(l, task);
	}
	level_reserve_task(l, task, 1);
	if (p->lost.len > 0 && *(uint32_t *)vec_at(&p->lost, p->lost.len - 1) == task)
		level_draw(l, p->start[task], -1); /* it goes without, and those behind have theirs */
	measure(l, task);
}

static void copy_fixed(struct levelling *l, uint32_t task)
{
	const struct plan *plan = l->plan;
	struct placing *p = l->placing;

	p->start[task] = plan->early_start[task];
	p->finish[task] = plan->early_finish[task];
	p->reason[task] = plan->reason[task];
	p->reason_link[task] = plan->reason_link[task];
	l->pass.first[task] = task;
	l->pass.link_bound[task] = pass_bounds(&l->pass, task).links;
}

/* Before all others: their dates are given. */
static void place_fixed(struct levelling *l)
{
	const struct plan *plan = l->plan;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (!level_uses_time(plan, i) || !level_is_fixed(plan, i))
			continue;
		l->placing->start[i] = plan->early_start[i];
		l->placing->finish[i] = plan->early_finish[i];
		level_choose_at(l, i, plan->early_start[i], plan->early_finish[i]);
		level_reserve_task(l, i, 1);
	}
}

static void push_node(struct levelling *l, uint32_t node)
{
	const struct plan *plan = l->plan;
	uint32_t task = NODE_TASK(node);

	if (plan_is_summary(plan, task) || !level_uses_time(plan, task) || level_is_fixed(plan, task))
		vec_append(&l->stack, &node);
	else
		level_heap_push(&l->ready, (uint64_t)(1000 - plan_priority(plan, task)) << 32 | l->rank[task], task);
}

static void release_node(struct levelling *l, uint32_t node)
{
	uint32_t *waits = node & NODE_CLOSE ? &l->close[NODE_TASK(node)] : &l->open[node];

	if (--*waits == 0)
		push_node(l, node);
}

static void release_after(struct levelling *l, uint32_t node)
{
	const struct plan *plan = l->plan;
	uint32_t task = NODE_TASK(node);

	if (!(node & NODE_CLOSE) && plan_is_summary(plan, task)) {
		for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c])
			release_node(l, c);
		return;
	}
	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++)
		release_node(l, network_target(plan, &plan->links[plan->links_out[k]]));
	if (plan->parent[task] != PLAN_NO_TASK)
		release_node(l, plan->parent[task] | NODE_CLOSE);
}

static void process(struct levelling *l, uint32_t node)
{
	const struct plan *plan = l->plan;
	uint32_t task = NODE_TASK(node);

	if (node & NODE_CLOSE)
		pass_close(&l->pass, task);
	else if (plan_is_summary(plan, task))
		pass_open(&l->pass, task);
	else if (level_is_fixed(plan, task))
		copy_fixed(l, task);
	else if (level_uses_time(plan, task))
		place(l, task);
	else
		pass_leaf(&l->pass, task);
	release_after(l, node);
}

/* Results go where the placing has room for them; parents' bounds to rooms of their own. */
static void direct(struct levelling *l, struct placing *out)
{
	size_t n = (size_t)l->plan->task_count + 1;

	pass_init(&l->pass, l->plan, l->options);
	l->placing = out;
	l->pass.start = out->start;
	l->pass.finish = out->finish;
	l->pass.duration = out->duration;
	l->pass.reason = out->reason;
	l->pass.reason_link = out->reason_link;
	l->pass.bound = arena_calloc(&out->arena, n, sizeof(moment_t));
	l->pass.link_bound = arena_calloc(&out->arena, n, sizeof(moment_t));
	l->pass.first = arena_calloc(&out->arena, n, sizeof(uint32_t));
	l->pass.found = &l->ignored;
}

void level_pass(struct levelling *l, struct placing *out, const uint32_t *rank)
{
	const struct plan *plan = l->plan;
	size_t n = (size_t)plan->task_count + 1;

	direct(l, out);
	l->rank = rank;
	level_empty(l);
	place_fixed(l);
	memset(l->open, 0, n * sizeof(*l->open));
	memset(l->close, 0, n * sizeof(*l->close));
	network_count_waits(plan, l->open, l->close);
	for (uint32_t i = plan->task_count; i-- > 0;)
		if (l->open[i] == 0)
			push_node(l, i);
	while (l->stack.len > 0 || l->ready.len > 0) {
		if (l->stack.len > 0)
			process(l, *(uint32_t *)vec_at(&l->stack, --l->stack.len));
		else
			process(l, level_heap_pop(&l->ready));
	}
	out->end = pass_end(&l->pass);
	for (uint32_t i = 0; i < plan->task_count; i++)
		out->sum += out->finish[i] - plan->project_start;
}
