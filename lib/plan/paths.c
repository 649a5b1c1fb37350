/*
 * The k longest paths (paths.h), by best-first search from the end back.
 *
 * Nodes are those of the passes: a leaf, the opening and the closing of a parent; edges are links and the bonds between parents and
 * children; each edge has a slack ≥ 0, what it could give before it held its target's early dates. Every node has an edge of
 * slack 0, or else a path may begin there. So a partial path of slack g from the end back to some node can always be completed
 * without adding to g: taking partial paths by g, newest first among equals, gives whole paths in order of their float, and a
 * whole one at least every `length` steps. (Hoffman and Pavley, "A method for the solution of the Nth best path problem", 1959, with the exact
 * bound 0 of the shortest remainder.)
 *
 * Example: A 10d → C, B 8d → C 5d: paths A C with float 0, B C with 2d.
 * Cost: O(k × length × links a task × log); links of a closing are its children.
 */
#include "plan/paths.h"

#include "plan/plan-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { PARTIALS_MOST = 20000000 }; /* some 0.5 GB: beyond it the search ends with what it has */
#define NONE UINT32_MAX

/* A path from its node on to the end. */
struct partial {
	int64_t slack;  /* from here to the end */
	uint32_t node;
	uint32_t after; /* the partial it was made from, or NONE */
	uint32_t link;  /* of the edge between */
};

struct search {
	const struct plan *plan;
	const struct path_request *request;
	struct plan_paths *out;
	moment_t *opens;      /* by parent */
	struct vec partials;  /* struct partial */
	struct vec heap;      /* uint32_t: partials, least slack and newest on top */
	struct vec found;     /* struct plan_path */
};

static bool before(const struct search *s, uint32_t a, uint32_t b)
{
	const struct partial *p = s->partials.items;

	return p[a].slack != p[b].slack ? p[a].slack < p[b].slack : a > b;
}

static void push(struct search *s, uint32_t node, uint32_t after, uint32_t link, int64_t slack)
{
	const struct partial *rest = after == NONE ? NULL : (struct partial *)s->partials.items + after;
	struct partial made = { (slack > 0 ? slack : 0) + (rest ? rest->slack : 0), node, after, link };
	uint32_t index = (uint32_t)s->partials.len, *heap;
	size_t at = s->heap.len;

	if (made.slack > s->request->float_most || index >= PARTIALS_MOST)
		return;
	vec_append(&s->partials, &made);
	vec_append(&s->heap, &index);
	heap = s->heap.items;
	for (; at > 0 && before(s, index, heap[(at - 1) / 2]); at = (at - 1) / 2)
		heap[at] = heap[(at - 1) / 2];
	heap[at] = index;
}

static uint32_t pop(struct search *s)
{
	uint32_t *heap = s->heap.items, top = heap[0], last = heap[--s->heap.len];
	size_t n = s->heap.len, at = 0;

	for (size_t child; (child = 2 * at + 1) < n; at = child) {
		if (child + 1 < n && before(s, heap[child + 1], heap[child]))
			child++;
		if (!before(s, heap[child], last))
			break;
		heap[at] = heap[child];
	}
	if (n > 0)
		heap[at] = last;
	return top;
}

static bool passes(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_CANCELLED | PLAN_FINISHED));
}

/* The node that a link leaves. The start of a parent is that of the child that starts it. */
static uint32_t source_of(const struct plan *plan, const struct plan_link *link)
{
	if (!plan_is_summary(plan, link->from))
		return link->from;
	return link->type == LINK_SS || link->type == LINK_SF ? plan->network->first[link->from] : link->from | NODE_CLOSE;
}

/* The links that enter a node; *tight: one of them leaves it no slack. */
static void enter_links(struct search *s, uint32_t at, uint32_t node, bool *tight)
{
	const struct plan *plan = s->plan;
	uint32_t task = NODE_TASK(node);
	bool parent = plan_is_summary(plan, task);

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];
		bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
		int64_t slack;

		if ((parent && to_finish != ((node & NODE_CLOSE) != 0)) || !passes(plan, link->from))
			continue;
		slack = plan_link_slack(plan, link, s->opens);
		*tight |= slack <= 0;
		push(s, source_of(plan, link), at, k, slack);
	}
}

/* Children are behind a parent's closing. */
static void enter_children(struct search *s, uint32_t at, uint32_t task)
{
	const struct plan *plan = s->plan;

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c])
		if (passes(plan, c))
			push(s, plan_is_summary(plan, c) ? c | NODE_CLOSE : c, at, PLAN_NO_LINK,
				calendar_between(plan_work_calendar(plan, c), plan->early_finish[c], plan->early_finish[task]));
}

/* The opening of the parent, when anything held that. */
static void enter_opening(struct search *s, uint32_t at, uint32_t task, bool *tight)
{
	const struct plan *plan = s->plan;
	uint32_t parent = plan->parent[task];
	moment_t start = plan_is_summary(plan, task) ? s->opens[task] : plan->early_start[task];
	int64_t slack;

	if (parent == PLAN_NO_TASK || !plan_links_open(plan, parent))
		return;
	slack = calendar_between(plan_work_calendar(plan, task), s->opens[parent], start);
	*tight |= slack <= 0;
	push(s, parent, at, PLAN_NO_LINK, slack);
}

/* Goes back from a partial path. True when a path may begin at its node: no link leaves it without slack. */
static bool go_back(struct search *s, uint32_t at)
{
	const struct plan *plan = s->plan;
	uint32_t node = ((struct partial *)s->partials.items)[at].node, task = NODE_TASK(node);
	bool tight = false;

	if (node & NODE_CLOSE) {
		enter_children(s, at, task);
		enter_links(s, at, node, &tight);
		return false;
	}
	if ((plan->flags[task] & PLAN_STARTED) && !plan_rest_waits(plan, task))
		return true;
	if (!(plan->flags[task] & PLAN_STARTED))
		enter_opening(s, at, task, &tight);
	enter_links(s, at, node, &tight);
	return !tight;
}

static bool same_path(const struct plan_path *a, const struct plan_path *b)
{
	if (a->count != b->count || a->path_float != b->path_float)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].task != b->steps[i].task)
			return false;
	return true;
}

/* A whole path: openings and closings are no steps, but what they spared is the next step's. */
static void take(struct search *s, uint32_t at)
{
	const struct partial *p = s->partials.items;
	struct plan_path path = { .path_float = p[at].slack };
	const struct plan_path *found = s->found.items;
	uint32_t link = PLAN_NO_LINK;
	int64_t slack = 0;

	for (uint32_t i = at; i != NONE; i = p[i].after)
		path.count += !plan_is_summary(s->plan, NODE_TASK(p[i].node));
	path.steps = arena_calloc(&s->out->arena, path.count + 1, sizeof(*path.steps));
	path.count = 0;
	for (uint32_t i = at; i != NONE; i = p[i].after) {
		if (!plan_is_summary(s->plan, NODE_TASK(p[i].node))) {
			path.steps[path.count] = (struct plan_step){ p[i].node, link, path.count ? slack : 0 };
			path.count++;
			link = PLAN_NO_LINK;
			slack = 0;
		}
		if (p[i].link != PLAN_NO_LINK)
			link = p[i].link;
		if (p[i].after != NONE)
			slack += p[i].slack - p[p[i].after].slack;
	}
	for (size_t i = s->found.len; i-- > 0 && found[i].path_float == path.path_float;)
		if (same_path(&found[i], &path)) /* by a parent as well as by its child */
			return;
	if (path.count > 0)
		vec_append(&s->found, &path);
}

/* Does a link lead on from the task's finish, or from that of a parent, to something that ends no earlier? */
static bool leads_on(const struct plan *plan, uint32_t task)
{
	for (uint32_t at = task; at != PLAN_NO_TASK; at = plan->parent[at])
		for (uint32_t k = plan->first_out[at]; k < plan->first_out[at + 1]; k++) {
			const struct plan_link *link = &plan->links[plan->links_out[k]];

			if ((link->type == LINK_FS || link->type == LINK_FF) && plan_link_binds(plan, link) &&
				plan->early_finish[link->to] >= plan->early_finish[task])
				return true;
		}
	return false;
}

/* Where paths end: at the task asked for, else at every task from which nothing leads on; at a meeting only when it is the last. */
static void push_ends(struct search *s)
{
	const struct plan *plan = s->plan;
	uint32_t to = s->request->to;

	if (to != PLAN_NO_TASK) {
		push(s, plan_is_summary(plan, to) ? to | NODE_CLOSE : to, NONE, PLAN_NO_LINK, 0);
		return;
	}
	for (uint32_t t = plan->task_count; t-- > 0;) {
		int64_t slack = calendar_between(plan_work_calendar(plan, t), plan->early_finish[t], plan->network_finish);

		if ((plan->flags[t] & PLAN_OCCURRENCE) && slack > 0)
			continue;
		if (!plan_is_summary(plan, t) && passes(plan, t) && !leads_on(plan, t))
			push(s, t, NONE, PLAN_NO_LINK, slack);
		else if (plan_is_summary(plan, t) && plan_has_finish_links(plan, t) && slack == 0 && !leads_on(plan, t))
			push(s, t | NODE_CLOSE, NONE, PLAN_NO_LINK, slack);
	}
}

void plan_paths_find(struct plan_paths *out, const struct plan *plan, const struct path_request *request)
{
	struct search s = { .plan = plan, .request = request, .out = out };

	*out = (struct plan_paths){ .more = false };
	arena_init(&out->arena);
	vec_init(&s.partials, sizeof(struct partial));
	vec_init(&s.heap, sizeof(uint32_t));
	vec_init(&s.found, sizeof(struct plan_path));
	s.opens = plan_openings(plan);
	push_ends(&s);
	while (s.heap.len > 0 && s.found.len <= request->most) {
		uint32_t at = pop(&s);

		if (go_back(&s, at))
			take(&s, at);
	}
	out->more = s.found.len > request->most;
	out->count = out->more ? request->most : s.found.len;
	out->items = arena_calloc(&out->arena, out->count + 1, sizeof(*out->items));
	if (out->count > 0)
		memcpy(out->items, s.found.items, out->count * sizeof(*out->items));
	free(s.opens);
	vec_release(&s.partials);
	vec_release(&s.heap);
	vec_release(&s.found);
}

void plan_paths_release(struct plan_paths *paths)
{
	arena_release(&paths->arena);
	*paths = (struct plan_paths){ .count = 0 };
}
