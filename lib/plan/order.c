/*
 * The order of the passes: a topological order of the network's nodes, or the loops that make one impossible.
 *
 * Idea (Kahn, "Topological sorting of large networks", 1962): take nodes that wait for nobody, release those who waited for them. What is left
 * over contains a loop: every node left waits for another one left, so walking backwards must come round.
 * Released nodes are taken newest first, siblings in their order: the passes then run along chains and packages, whose
 * tasks lie near each other in memory.
 *
 * Nodes: a leaf is one node. A parent is two: its opening, through which what binds it binds its children, and its closing, when
 * its dates are known from theirs. FS and SS links into a parent enter at the opening, FF and SF at the closing; all links
 * out of a parent leave from the closing.
 * Cost: O(tasks + links), no recursion.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdlib.h>

enum { LOOP_SHOWN = 24 };

struct sorter {
	struct plan *plan;
	uint32_t *open, *close; /* by task: how many nodes the opening (or leaf), the closing waits for */
	uint32_t *order, done;
	uint32_t *stack, height; /* released, not yet taken */
};

static uint32_t source_node(const struct plan *plan, const struct plan_link *link)
{
	return plan_is_summary(plan, link->from) ? link->from | NODE_CLOSE : link->from;
}

uint32_t network_target(const struct plan *plan, const struct plan_link *link)
{
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;

	return plan_is_summary(plan, link->to) && to_finish ? link->to | NODE_CLOSE : link->to;
}

static uint32_t *waiting(const struct sorter *s, uint32_t node)
{
	return node & NODE_CLOSE ? &s->close[NODE_TASK(node)] : &s->open[node];
}

void network_count_waits(const struct plan *plan, uint32_t *open, uint32_t *close)
{
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (plan->parent[i] != PLAN_NO_TASK) {
			open[i]++;
			close[plan->parent[i]]++;
		}
	for (uint32_t k = 0; k < plan->link_count; k++) {
		uint32_t node = network_target(plan, &plan->links[k]);

		(node & NODE_CLOSE ? close : open)[NODE_TASK(node)]++;
	}
}

static void release(struct sorter *s, uint32_t node)
{
	if (--*waiting(s, node) == 0)
		s->stack[s->height++] = node;
}

/* What was pushed since `from` comes off in the order in which it was released. */
static void turn_round(struct sorter *s, uint32_t from)
{
	for (uint32_t low = from, high = s->height; low + 1 < high; low++) {
		uint32_t swap = s->stack[low];

		s->stack[low] = s->stack[--high];
		s->stack[high] = swap;
	}
}

static void release_children(struct sorter *s, uint32_t task)
{
	const struct plan *plan = s->plan;

	for (uint32_t child = task + 1; child < plan->subtree_end[task]; child = plan->subtree_end[child])
		release(s, child);
}

static void release_successors(struct sorter *s, uint32_t task)
{
	const struct plan *plan = s->plan;

	for (uint32_t k = plan->first_out[task]; k < plan->first_out[task + 1]; k++)
		release(s, network_target(plan, &plan->links[plan->links_out[k]]));
	if (plan->parent[task] != PLAN_NO_TASK)
		release(s, plan->parent[task] | NODE_CLOSE);
}

static void take(struct sorter *s, uint32_t node)
{
	uint32_t task = NODE_TASK(node), from = s->height;

	s->order[s->done++] = node;
	if (!(node & NODE_CLOSE) && plan_is_summary(s->plan, task))
		release_children(s, task);
	else
		release_successors(s, task);
	turn_round(s, from);
}

static void sort_nodes(struct sorter *s)
{
	bool *ready = xcalloc((size_t)s->plan->task_count + 1, sizeof(*ready));

	for (uint32_t i = 0; i < s->plan->task_count; i++)
		ready[i] = s->open[i] == 0;
	for (uint32_t i = 0; i < s->plan->task_count; i++) {
		if (!ready[i])
			continue;
		take(s, i);
		while (s->height > 0)
			take(s, s->stack[--s->height]);
	}
	free(ready);
}

/* One node that `node` waits for and that waits itself. */
static uint32_t waited_for(const struct sorter *s, uint32_t node)
{
	const struct plan *plan = s->plan;
	uint32_t task = NODE_TASK(node), parent = plan->parent[task];

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		uint32_t from = source_node(plan, &plan->links[k]);

		if (network_target(plan, &plan->links[k]) == node && *waiting(s, from) > 0)
			return from;
	}
	if (!(node & NODE_CLOSE))
		return parent;
	for (uint32_t child = task + 1; child < plan->subtree_end[task]; child = plan->subtree_end[child]) {
		uint32_t last = plan_is_summary(plan, child) ? child | NODE_CLOSE : child;

		if (*waiting(s, last) > 0)
			return last;
	}
	return task;
}

/* The tasks of the loop that `node` is on, in the order of the arrows, the first in WBS order first. */
static void collect_loop(const struct sorter *s, uint32_t node, struct vec *tasks)
{
	uint32_t at = node, *t, n;
	size_t first = 0;

	do {
		uint32_t task = NODE_TASK(at);

		if (tasks->len == 0 || *(uint32_t *)vec_at(tasks, tasks->len - 1) != task)
			vec_append(tasks, &task);
		at = waited_for(s, at);
	} while (at != node);
	t = tasks->items;
	if (tasks->len > 1 && t[0] == t[tasks->len - 1])
		tasks->len--;
	n = (uint32_t)tasks->len;
	for (uint32_t i = 0; i < n / 2; i++) {
		uint32_t swap = t[i];

		t[i] = t[n - 1 - i];
		t[n - 1 - i] = swap;
	}
	for (uint32_t i = 1; i < n; i++)
		if (t[i] < t[first])
			first = i;
	for (size_t i = 0; i < first; i++) {
		uint32_t head = t[0];

		vec_remove(tasks, 0);
		vec_append(tasks, &head);
		t = tasks->items;
	}
}

/* The place of the link between neighbours of a loop, else of the task. */
static struct place loop_place(const struct plan *plan, uint32_t from, uint32_t to)
{
	for (uint32_t k = plan->links_in[to]; k < plan->links_in[to + 1]; k++)
		if (plan->links[k].from == from)
			return plan_link_place(plan, &plan->links[k]);
	return record_place(plan->project, plan->records[to]);
}

static void report_loop(struct plan_builder *b, const struct vec *tasks)
{
	const struct plan *plan = b->plan;
	const uint32_t *t = tasks->items;
	size_t n = tasks->len, shown = n > LOOP_SHOWN ? LOOP_SHOWN : n;
	struct strbuf loop, places;

	strbuf_init(&loop);
	strbuf_init(&places);
	for (size_t i = 0; i < shown; i++) {
		struct place place = loop_place(plan, t[(i + n - 1) % n], t[i]);

		strbuf_add_slice(&loop, plan_id(plan, t[i]));
		strbuf_add_str(&loop, " → ");
		strbuf_add_str(&places, i ? ", " : "");
		strbuf_add_slice(&places, plan_id(plan, t[i]));
		strbuf_addf(&places, " %s:%u", place.path, place.line);
	}
	strbuf_add_str(&loop, shown < n ? "… → " : "");
	strbuf_add_slice(&loop, plan_id(plan, t[0]));
	diagnose(b->found, loop_place(plan, t[n - 1], t[0]), "cycle", N_("dependency loop %s\n  %s"), loop.buf, places.buf,
		(const char *)NULL);
	strbuf_release(&loop);
	strbuf_release(&places);
}

/* Every node left leads to a loop; each loop found is reported once. */
static void report_loops(struct plan_builder *b, const struct sorter *s)
{
	uint32_t n = b->plan->task_count;
	uint32_t *walk = xcalloc((size_t)n * 2, sizeof(*walk)); /* by node: the walk that saw it */

	for (uint32_t i = 0; i < n; i++) {
		uint32_t at = i;

		if (s->open[i] == 0)
			continue;
		while (walk[NODE_TASK(at) * 2 + (at >> 31)] == 0) {
			walk[NODE_TASK(at) * 2 + (at >> 31)] = i + 1;
			at = waited_for(s, at);
		}
		if (walk[NODE_TASK(at) * 2 + (at >> 31)] == i + 1) {
			struct vec tasks;

			vec_init(&tasks, sizeof(uint32_t));
			collect_loop(s, at, &tasks);
			report_loop(b, &tasks);
			vec_release(&tasks);
		}
	}
	free(walk);
}

bool plan_build_order(struct plan_builder *b)
{
	struct plan *plan = b->plan;
	uint32_t n = plan->task_count, nodes = n;
	struct sorter s = { .plan = plan };

	for (uint32_t i = 0; i < n; i++)
		nodes += plan_is_summary(plan, i);
	s.open = arena_calloc(&b->scratch, (size_t)n + 1, sizeof(uint32_t));
	s.close = arena_calloc(&b->scratch, (size_t)n + 1, sizeof(uint32_t));
	s.stack = arena_alloc(&b->scratch, ((size_t)nodes + 1) * sizeof(uint32_t));
	s.order = arena_alloc(&plan->arena, ((size_t)nodes + 1) * sizeof(uint32_t));
	network_count_waits(s.plan, s.open, s.close);
	sort_nodes(&s);
	plan->network->order = s.order;
	plan->network->node_count = s.done;
	if (s.done == nodes)
		return true;
	report_loops(b, &s);
	return false;
}
