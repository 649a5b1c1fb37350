/*
 * Levelled trials, and what a task in one follows.
 *
 * A task is driven by the predecessor whose link leads exactly to its start (or finish), or by one that used somebody it needs until then.
 * Following drivers back from the last task gives the chain that decides the finish: the critical chain (Goldratt 1997).
 * Cost: levelling's own; a driver O(links of the task and its parents), and O(tasks) where people hold it.
 */
#include "plan/level-internal.h"
#include "plan/trial-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

void plan_trial_level(struct plan_trial *trial, const uint32_t *rank)
{
	struct plan_options options = trial->options;

	options.order = rank;
	options.unlevelled = false;
	arena_reset(&trial->plan.arena);
	trial->network.levelled = NULL;
	plan_level(&trial->plan, &options, &trial->found);
}

static int by_start(const void *a, const void *b, void *context)
{
	const struct plan *plan = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (plan->start[x] != plan->start[y])
		return plan->start[x] < plan->start[y] ? -1 : 1;
	return (plan->finish[x] > plan->finish[y]) - (plan->finish[x] < plan->finish[y]);
}

void plan_trial_ranks(const struct plan *plan, uint32_t *rank)
{
	uint32_t *order = xcalloc((size_t)plan->task_count + 1, sizeof(*order));

	for (uint32_t i = 0; i < plan->task_count; i++)
		order[i] = i;
	stable_sort(order, plan->task_count, sizeof(*order), by_start, (void *)(uintptr_t)plan);
	for (uint32_t i = 0; i < plan->task_count; i++)
		rank[order[i]] = i;
	free(order);
}

/* --- predecessors --- */

/* The leaf that makes a task's start or finish: itself, or of a parent the first or last below it. */
static uint32_t leaf_of(const struct plan *plan, uint32_t task, bool start)
{
	uint32_t best = PLAN_NO_TASK;

	if (!plan_is_summary(plan, task))
		return task;
	for (uint32_t i = task + 1; i < plan->subtree_end[task]; i++) {
		if (plan_is_summary(plan, i) || (plan->flags[i] & PLAN_CANCELLED))
			continue;
		if (best == PLAN_NO_TASK || (start ? plan->start[i] < plan->start[best] : plan->finish[i] > plan->finish[best]))
			best = i;
	}
	return best;
}

uint32_t plan_trial_last(const struct plan_trial *trial, uint32_t parent)
{
	const struct plan *plan = &trial->plan;
	uint32_t best = PLAN_NO_TASK;

	if (parent != PLAN_NO_TASK)
		return leaf_of(plan, parent, false);
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_SUMMARY | PLAN_CANCELLED | PLAN_BUFFER | PLAN_OCCURRENCE)) &&
			(best == PLAN_NO_TASK || plan->finish[i] >= plan->finish[best]))
			best = i; /* of equal ones the last: a milestone behind its work */
	return best;
}

/* Calls each link that can hold a leaf: its own, and those that hold its parents' openings. */
struct link_walk {
	uint32_t at;   /* the task whose links are next */
	uint32_t link; /* the next of them */
	bool own;
};

static const struct plan_link *next_link(const struct plan *plan, struct link_walk *w)
{
	while (w->at != PLAN_NO_TASK) {
		while (w->link < plan->links_in[w->at + 1]) {
			const struct plan_link *link = &plan->links[w->link++];

			if (w->own || link->type == LINK_FS || link->type == LINK_SS)
				return link;
		}
		w->at = plan->parent[w->at];
		w->own = false;
		if (w->at != PLAN_NO_TASK)
			w->link = plan->links_in[w->at];
	}
	return NULL;
}

static bool from_start(const struct plan_link *link)
{
	return link->type == LINK_SS || link->type == LINK_SF;
}

void plan_trial_predecessors(const struct plan_trial *trial, uint32_t task, struct vec *out)
{
	const struct plan *plan = &trial->plan;
	struct link_walk walk = { task, plan->links_in[task], true };
	const struct plan_link *link;

	while ((link = next_link(plan, &walk))) {
		uint32_t leaf = leaf_of(plan, link->from, from_start(link));

		if (leaf != PLAN_NO_TASK)
			vec_append(out, &leaf);
	}
}

/* --- people --- */

/* Does a placed task use the resource? */
static bool uses(const struct plan *plan, uint32_t task, uint32_t resource)
{
	const struct plan_levelled *levelled = plan->network->levelled;
	const struct plan_assignment *a = plan->network->assignment[task];
	uint32_t at = levelled->choice[task];

	if (!a || plan_is_summary(plan, task) || (plan->flags[task] & PLAN_CANCELLED))
		return false;
	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];

		for (uint32_t k = 0; k < slot->take && k < slot->candidate_count; k++, at += at > 0)
			if ((at ? levelled->choices[at - 1] : slot->candidates[k]) == resource)
				return true;
	}
	return false;
}

/* Who used what holds the task until it was free. */
static uint32_t holder(const struct plan *plan, uint32_t task)
{
	const struct plan_levelled *levelled = plan->network->levelled;
	uint32_t resource = levelled ? levelled->held_resource[task] : LEVEL_NOBODY, best = PLAN_NO_TASK;

	if (resource == LEVEL_NOBODY)
		return PLAN_NO_TASK;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (i == task || plan->finish[i] > plan->start[task] || plan->finish[i] <= plan->start[i] || !uses(plan, i, resource))
			continue;
		if (best == PLAN_NO_TASK || plan->finish[i] > plan->finish[best])
			best = i;
	}
	return best;
}

/* A task as late as possible waits for what it seems to hold, so any other holds more; then the one that ends last. */
static uint32_t stronger(const struct plan *plan, uint32_t best, uint32_t leaf)
{
	bool late, late_best;

	if (best == PLAN_NO_TASK)
		return leaf;
	late = plan->flags[leaf] & PLAN_ALAP;
	late_best = plan->flags[best] & PLAN_ALAP;
	if (late != late_best)
		return late ? best : leaf;
	return plan->finish[leaf] > plan->finish[best] ? leaf : best;
}

uint32_t plan_trial_driver(const struct plan_trial *trial, uint32_t task, enum plan_driver *how)
{
	const struct plan *plan = &trial->plan;
	struct link_walk walk = { task, plan->links_in[task], true };
	const struct plan_link *link;
	uint32_t tight = PLAN_NO_TASK, last = PLAN_NO_TASK, person = holder(plan, task);

	while ((link = next_link(plan, &walk))) {
		uint32_t leaf = leaf_of(plan, link->from, from_start(link));
		bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
		moment_t m;

		if (leaf == PLAN_NO_TASK || leaf == task)
			continue;
		m = link_forward(plan, link, from_start(link) ? plan->start[link->from] : plan->finish[link->from]);
		if (!to_finish)
			m = work_snap(plan, task, m);
		if (trial_same_work(plan, task, m, to_finish ? plan->finish[task] : plan->start[task]))
			tight = stronger(plan, tight, leaf);
		last = stronger(plan, last, leaf);
	}
	*how = DRIVER_LINK;
	if (tight != PLAN_NO_TASK)
		return tight;
	*how = person != PLAN_NO_TASK ? DRIVER_PEOPLE : last != PLAN_NO_TASK ? DRIVER_LINK : DRIVER_NONE;
	return person != PLAN_NO_TASK ? person : last;
}
