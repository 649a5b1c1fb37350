/*
 * The forward pass over positions for LANES runs at once, and what decides their finish.
 *
 * Every date is a row of LANES whole numbers, one a run; each step of the pass is a loop over a row that the compiler turns into vector
 * instructions. 1,000 tasks are 256 kB, which stays in a core's cache. The way back goes only through nodes that are
 * critical in some run of the block.
 * Cost: O(tasks + links) rows.
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef int32_t row_t[LANES];

struct compact_state {
	const struct compact_plan *compact;
	uint32_t *input_of; /* by node: the input that changes its amount, or NO_INPUT */
	row_t *slots;       /* start and finish by task */
	row_t *bound;       /* by parent: what holds its children */
	row_t *critical;    /* by task: 0 or -1; of a parent its closing */
	row_t *starting;    /* by parent: its start decides */
	row_t *opening;     /* by parent: its opening decides */
	row_t minutes, value; /* scratch */
};

struct compact_state *compact_state_new(const struct compact_plan *compact, const struct inputs *inputs)
{
	struct compact_state *s = xcalloc(1, sizeof(*s));
	size_t n = (size_t)compact->plan->task_count + 1;
	uint32_t *of_task = xcalloc(n, sizeof(*of_task));

	s->compact = compact;
	s->input_of = xcalloc((size_t)compact->node_count + 1, sizeof(*s->input_of));
	s->slots = xcalloc(2 * n, sizeof(row_t));
	s->bound = xcalloc(n, sizeof(row_t));
	s->critical = xcalloc(n, sizeof(row_t));
	s->starting = xcalloc(n, sizeof(row_t));
	s->opening = xcalloc(n, sizeof(row_t));
	for (uint32_t i = 0; i < inputs->count; i++)
		of_task[inputs->items[i].task] = i + 1;
	for (uint32_t i = 0; i < compact->node_count; i++)
		s->input_of[i] = compact->nodes[i].type == COMPACT_OPEN ? NO_INPUT : of_task[compact->nodes[i].task] - 1;
	free(of_task);
	return s;
}

void compact_state_free(struct compact_state *s)
{
	if (!s)
		return;
	free(s->input_of);
	free(s->slots);
	free(s->bound);
	free(s->critical);
	free(s->starting);
	free(s->opening);
	free(s);
}

/* --- rows --- */

static void fill(int32_t *to, int32_t value)
{
	for (int l = 0; l < LANES; l++)
		to[l] = value;
}

static void raise_to(int32_t *restrict to, const int32_t *restrict from)
{
	for (int l = 0; l < LANES; l++)
		to[l] = from[l] > to[l] ? from[l] : to[l];
}

static void lower_to(int32_t *restrict to, const int32_t *restrict from)
{
	for (int l = 0; l < LANES; l++)
		to[l] = from[l] < to[l] ? from[l] : to[l];
}

/* Where a link leads from its predecessor's row. */
static const int32_t *follow(struct compact_state *s, const struct compact_edge *edge)
{
	const int32_t *from = s->slots[edge->slot];
	int32_t more = 2 * edge->lag + (edge->lag < 0);

	if (edge->lag == 0)
		return from;
	for (int l = 0; l < LANES; l++)
		s->value[l] = (from[l] & ~1) + more;
	return s->value;
}

static void add_work(int32_t *restrict finish, const int32_t *restrict start, const int32_t *restrict minutes)
{
	for (int l = 0; l < LANES; l++)
		finish[l] = minutes[l] > 0 ? (start[l] & ~1) + 2 * minutes[l] : start[l];
}

static void take_work(int32_t *restrict start, const int32_t *restrict finish, const int32_t *restrict minutes)
{
	for (int l = 0; l < LANES; l++)
		start[l] = minutes[l] > 0 ? (finish[l] & ~1) - 2 * minutes[l] + 1 : finish[l];
}

/* --- forward --- */

static void find_minutes(struct compact_state *s, const struct compact_node *node, const struct draws *draws, int64_t more)
{
	uint32_t input = s->input_of[node - s->compact->nodes];

	if (input == NO_INPUT)
		fill(s->minutes, compact_minutes(node, node->amount + more));
	else if (node->share == DECIMAL_ONE)
		for (int l = 0; l < LANES; l++)
			s->minutes[l] = draws->amount[input][l] + (int32_t)more;
	else
		for (int l = 0; l < LANES; l++)
			s->minutes[l] = compact_minutes(node, draws->amount[input][l] + more);
}

static void add_bounds(struct compact_state *s, const struct compact_node *node, int32_t *start)
{
	fill(start, node->base);
	if (node->parent != PLAN_NO_TASK)
		raise_to(start, s->bound[node->parent]);
	for (uint32_t e = node->first_start; e < node->first_finish; e++)
		raise_to(start, follow(s, &s->compact->edges[e]));
}

/* Finishes that links or finish_not_before ask for push the start. */
static void add_finish_bounds(struct compact_state *s, const struct compact_node *node, int32_t *start, int32_t *finish)
{
	row_t least;

	if (node->first_finish == node->edges_end && node->finish_base == 0)
		return;
	fill(least, node->finish_base);
	for (uint32_t e = node->first_finish; e < node->edges_end; e++)
		raise_to(least, follow(s, &s->compact->edges[e]));
	for (int l = 0; l < LANES; l++) {
		int32_t minutes = s->minutes[l], back;

		if (least[l] >> 1 <= finish[l] >> 1)
			continue;
		back = minutes > 0 ? (least[l] & ~1) - 2 * minutes + 1 : node->milestone ? least[l] : least[l] | 1;
		if (back > start[l]) {
			start[l] = back;
			finish[l] = minutes > 0 ? (back & ~1) + 2 * minutes : back;
		}
	}
}

static void pass_leaf(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	int32_t *start = s->slots[2 * node->task], *finish = s->slots[2 * node->task + 1];

	add_bounds(s, node, start);
	find_minutes(s, node, draws, 0);
	if (!node->milestone || node->delay > 0)
		for (int l = 0; l < LANES; l++)
			start[l] = ((start[l] & ~1) + 2 * node->delay) | !node->milestone;
	add_work(finish, start, s->minutes);
	add_finish_bounds(s, node, start, finish);
}

static void pass_begun(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	int32_t *start = s->slots[2 * node->task], *finish = s->slots[2 * node->task + 1];
	row_t from;

	add_bounds(s, node, from);
	for (int l = 0; l < LANES; l++)
		from[l] |= 1;
	find_minutes(s, node, draws, node->done);
	add_work(finish, from, s->minutes);
	fill(start, node->start);
}

static void pass_fixed(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	int32_t *start = s->slots[2 * node->task], *finish = s->slots[2 * node->task + 1];

	fill(start, node->start);
	fill(finish, node->finish);
	find_minutes(s, node, draws, 0);
	if (node->type == COMPACT_MUST_START)
		add_work(finish, start, s->minutes);
	else if (node->type == COMPACT_MUST_FINISH)
		take_work(start, finish, s->minutes);
}

static void pass_close(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	const struct plan *plan = s->compact->plan;
	int32_t *start = s->slots[2 * node->task], *finish = s->slots[2 * node->task + 1];
	uint32_t input = s->input_of[node - s->compact->nodes];
	bool any = false;

	for (uint32_t c = node->task + 1; c < plan->subtree_end[node->task]; c = plan->subtree_end[c]) {
		if ((plan->flags[c] & PLAN_CANCELLED) && !node->cancelled)
			continue;
		if (any) {
			lower_to(start, s->slots[2 * c]);
			raise_to(finish, s->slots[2 * c + 1]);
		} else {
			memcpy(start, s->slots[2 * c], sizeof(row_t));
			memcpy(finish, s->slots[2 * c + 1], sizeof(row_t));
		}
		any = true;
	}
	if (!any) {
		memcpy(start, s->bound[node->task], sizeof(row_t));
		memcpy(finish, s->bound[node->task], sizeof(row_t));
	}
	for (uint32_t e = node->first_finish; e < node->edges_end; e++)
		raise_to(finish, follow(s, &s->compact->edges[e]));
	for (int l = 0; l < LANES && input != NO_INPUT; l++)
		if (draws->amount[input][l] > 0)
			finish[l] = (finish[l] & ~1) + 2 * draws->amount[input][l];
}

static void forward(struct compact_state *s, const struct draws *draws)
{
	for (uint32_t i = 0; i < s->compact->node_count; i++) {
		const struct compact_node *node = &s->compact->nodes[i];

		switch (node->type) {
		case COMPACT_LEAF:
			pass_leaf(s, node, draws);
			break;
		case COMPACT_BEGUN:
			pass_begun(s, node, draws);
			break;
		case COMPACT_OPEN:
			add_bounds(s, node, s->bound[node->task]);
			break;
		case COMPACT_CLOSE:
			pass_close(s, node, draws);
			break;
		default:
			pass_fixed(s, node, draws);
		}
	}
}

static void project_finish(const struct compact_state *s, int32_t *finish)
{
	const struct plan *plan = s->compact->plan;

	fill(finish, s->compact->start);
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_CANCELLED | PLAN_ENDLESS)))
			raise_to(finish, s->slots[2 * i + 1]);
}

/* --- what decides the finish --- */

/* mark |= by in lanes where a and b, less `apart` minutes, are one moment of work. */
static void mark_where(int32_t *restrict mark, const int32_t *restrict by, const int32_t *a, const int32_t *b, int32_t apart)
{
	for (int l = 0; l < LANES; l++)
		mark[l] |= by[l] & -((a[l] >> 1) + apart == b[l] >> 1);
}

static bool any_of(const int32_t *row)
{
	int32_t all = 0;

	for (int l = 0; l < LANES; l++)
		all |= row[l];
	return all != 0;
}

static void mark_edges(struct compact_state *s, uint32_t from, uint32_t to, const int32_t *by, const int32_t *date,
	int32_t apart)
{
	for (uint32_t e = from; e < to; e++) {
		const struct compact_edge *edge = &s->compact->edges[e];
		uint32_t task = edge->slot / 2;
		bool of_parent = s->compact->plan->flags[task] & PLAN_SUMMARY;

		mark_where(of_parent && !(edge->slot & 1) ? s->starting[task] : s->critical[task], by, follow(s, edge), date, apart);
	}
}

static void mark_leaf(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	const int32_t *critical = s->critical[node->task], *finish = s->slots[2 * node->task + 1];
	const int32_t *start = s->slots[2 * node->task];
	int32_t apart = node->delay;
	row_t from;

	if (node->type == COMPACT_BEGUN) { /* it goes on where its links allow */
		find_minutes(s, node, draws, node->done);
		for (int l = 0; l < LANES; l++)
			from[l] = finish[l] - 2 * s->minutes[l];
		start = from;
	}
	mark_edges(s, node->first_start, node->first_finish, critical, start, apart);
	mark_edges(s, node->first_finish, node->edges_end, critical, finish, 0);
	if (node->parent != PLAN_NO_TASK)
		mark_where(s->opening[node->parent], critical, s->bound[node->parent], start, apart);
}

static void mark_close(struct compact_state *s, const struct compact_node *node, const struct draws *draws)
{
	const struct plan *plan = s->compact->plan;
	uint32_t input = s->input_of[node - s->compact->nodes];
	const int32_t *critical = s->critical[node->task], *starting = s->starting[node->task];
	row_t finish;

	memcpy(finish, s->slots[2 * node->task + 1], sizeof(row_t));
	for (int l = 0; l < LANES && input != NO_INPUT; l++)
		finish[l] -= 2 * draws->amount[input][l];
	mark_edges(s, node->first_finish, node->edges_end, critical, finish, 0);
	for (uint32_t c = node->task + 1; c < plan->subtree_end[node->task]; c = plan->subtree_end[c]) {
		bool parent = plan->flags[c] & PLAN_SUMMARY;

		if (plan->flags[c] & PLAN_CANCELLED)
			continue;
		mark_where(s->critical[c], critical, s->slots[2 * c + 1], finish, 0);
		mark_where(parent ? s->starting[c] : s->critical[c], starting, s->slots[2 * c], s->slots[2 * node->task], 0);
	}
}

static void mark_open(struct compact_state *s, const struct compact_node *node)
{
	const int32_t *opening = s->opening[node->task], *bound = s->bound[node->task];

	mark_edges(s, node->first_start, node->first_finish, opening, bound, 0);
	if (node->parent != PLAN_NO_TASK)
		mark_where(s->opening[node->parent], opening, s->bound[node->parent], bound, 0);
}

static void backward(struct compact_state *s, const struct draws *draws, uint32_t target, const int32_t *last)
{
	const struct plan *plan = s->compact->plan;
	size_t bytes = (size_t)plan->task_count * sizeof(row_t);
	row_t all;

	fill(all, -1);
	memset(s->critical, 0, bytes);
	memset(s->starting, 0, bytes);
	memset(s->opening, 0, bytes);
	if (target != PLAN_NO_TASK)
		memcpy(s->critical[target], all, sizeof(row_t));
	for (uint32_t i = 0; i < plan->task_count && target == PLAN_NO_TASK; i++)
		if (!(plan->flags[i] & (PLAN_CANCELLED | PLAN_ENDLESS)))
			mark_where(s->critical[i], all, s->slots[2 * i + 1], last, 0);
	for (uint32_t i = s->compact->node_count; i-- > 0;) {
		const struct compact_node *node = &s->compact->nodes[i];

		if (node->type == COMPACT_OPEN) {
			if (any_of(s->opening[node->task]))
				mark_open(s, node);
		} else if (node->type == COMPACT_CLOSE) {
			if (any_of(s->critical[node->task]) || any_of(s->starting[node->task]))
				mark_close(s, node, draws);
		} else if ((node->type == COMPACT_LEAF || node->type == COMPACT_BEGUN) && any_of(s->critical[node->task])) {
			mark_leaf(s, node, draws);
		}
	}
}

void compact_pass(struct compact_state *s, const struct draws *draws, size_t lanes, struct pass_results *results)
{
	row_t last;

	forward(s, draws);
	project_finish(s, last);
	backward(s, draws, results->target, last);
	for (uint32_t w = 0; w < results->watched_count; w++) {
		uint32_t task = results->watched[w];
		const int32_t *finish = task == PLAN_NO_TASK ? last : s->slots[2 * task + 1];

		for (size_t l = 0; l < LANES; l++)
			results->finish[w * LANES + l] = finish[l];
	}
	for (uint32_t i = 0; i < s->compact->plan->task_count; i++)
		for (size_t l = 0; l < lanes; l++)
			results->critical[i] -= (uint32_t)s->critical[i][l];
}
