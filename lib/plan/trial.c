/*
 * Trials: trial.h says what for.
 *
 * What decides a finish is found backwards: a task is critical when it ends at the target's finish, or when a critical successor starts
 * (or ends) exactly when a link from it allows. For the target "project finish" and no imposed dates that is total float ≤ 0.
 * Example: A 2d and B 4d, both before C: B and C are critical; A has two days of slack on its link.
 * Cost: O((tasks + links) log exceptions).
 */
#include "plan/trial-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void *copy(struct arena *arena, const void *from, size_t count, size_t size)
{
	void *to = arena_calloc(arena, count + 1, size);

	if (count > 0)
		memcpy(to, from, count * size);
	return to;
}

/* Everything that plan_forward writes. */
static void own_arrays(struct plan_trial *trial)
{
	struct plan *plan = &trial->plan;
	struct arena *a = &trial->arena;
	size_t n = plan->task_count, extras = 1;

	for (uint32_t i = 0; i < n; i++)
		extras = plan->network->extra[i] >= extras ? plan->network->extra[i] + 1u : extras;
	trial->network = *plan->network;
	trial->network.extras = copy(a, plan->network->extras, extras, sizeof(struct plan_extra));
	trial->network.bound = copy(a, plan->network->bound, n, sizeof(moment_t));
	trial->network.first = copy(a, plan->network->first, n, sizeof(uint32_t));
	trial->network.link_bound = copy(a, plan->network->link_bound, n, sizeof(moment_t));
	trial->network.parent_delay = arena_calloc(a, n + 1, sizeof(int64_t));
	trial->network.trial = true;
	plan->network = &trial->network;
	plan->flags = copy(a, plan->flags, n, sizeof(*plan->flags));
	plan->duration = copy(a, plan->duration, n, sizeof(int64_t));
	plan->effort = copy(a, plan->effort, n, sizeof(int64_t));
	plan->links = copy(a, plan->links, plan->link_count, sizeof(struct plan_link));
	plan->early_start = copy(a, plan->early_start, n, sizeof(moment_t));
	plan->early_finish = copy(a, plan->early_finish, n, sizeof(moment_t));
	plan->reason = copy(a, plan->reason, n, sizeof(uint8_t));
	plan->reason_link = copy(a, plan->reason_link, n, sizeof(uint32_t));
	plan->start = copy(a, plan->start, n, sizeof(moment_t));
	plan->finish = copy(a, plan->finish, n, sizeof(moment_t));
	arena_init(&plan->arena); /* what levelling keeps */
	trial->opening = arena_calloc(a, n + 1, sizeof(bool));
	trial->starting = arena_calloc(a, n + 1, sizeof(bool));
}

struct plan_trial *plan_trial_new(const struct plan *plan, const struct plan_options *options)
{
	struct plan_trial *trial = xcalloc(1, sizeof(*trial));

	trial->plan = *plan;
	trial->base = plan;
	trial->options = *options;
	trial->override = plan_overrides(plan, options);
	diagnostics_init(&trial->found);
	arena_init(&trial->arena);
	own_arrays(trial);
	return trial;
}

void plan_trial_free(struct plan_trial *trial)
{
	if (!trial)
		return;
	diagnostics_release(&trial->found);
	arena_release(&trial->arena);
	arena_release(&trial->plan.arena);
	free(trial);
}

int64_t plan_amount(const struct plan *plan, uint32_t task)
{
	return work_amount(plan, task);
}

int64_t plan_amount_left(const struct plan *plan, uint32_t task)
{
	if (plan->flags[task] & PLAN_FINISHED)
		return 0;
	return plan->flags[task] & PLAN_STARTED ? work_left(plan, task) : work_amount(plan, task);
}

int64_t plan_amount_of_delay(const struct plan *plan, uint32_t task, int64_t minutes)
{
	const struct crew *crew = plan->network->crew[task];

	if (crew)
		return decimal_scale(minutes, crew_share(crew), DECIMAL_ONE);
	if (plan->flags[task] & PLAN_ELAPSED)
		return decimal_scale(minutes, 7 * MINUTES_PER_DAY, plan->project->units.minutes_per_week);
	return minutes;
}

const char *plan_amount_field(const struct plan *plan, uint32_t task)
{
	const char *field = plan->network->crew[task] ? "effort" : "duration";
	struct slice text;

	if (record_text(plan->records[task], field, &text) && slice_trim(text).len > 0)
		return field;
	if (record_text(plan->records[task], "effort", &text) && slice_trim(text).len > 0)
		return "effort";
	return NULL;
}

void plan_trial_set(struct plan_trial *trial, uint32_t task, int64_t amount)
{
	int64_t *amounts = trial->network.crew[task] ? trial->plan.effort : trial->plan.duration;

	amounts[task] = amount > 0 ? amount : 0;
}

void plan_trial_set_left(struct plan_trial *trial, uint32_t task, int64_t left)
{
	struct plan_extra *x = &trial->network.extras[trial->network.extra[task]];

	if (trial->network.extra[task] == NO_EXTRA)
		return;
	x->remaining = left > 0 ? left : 0;
	if (x->progress < 0) /* what is done is the rest of the amount */
		plan_trial_set(trial, task, work_amount(trial->base, task) - work_left(trial->base, task) + x->remaining);
}

void plan_trial_delay_parent(struct plan_trial *trial, uint32_t task, int64_t minutes)
{
	trial->network.parent_delay[task] = minutes > 0 ? minutes : 0;
}

int plan_trial_run(struct plan_trial *trial)
{
	struct err ignored;
	int status;

	err_init(&ignored);
	status = plan_forward(&trial->plan, &trial->options, &trial->found, &ignored);
	err_release(&ignored);
	if (status != 0) {
		diagnostics_release(&trial->found);
		diagnostics_init(&trial->found);
	}
	return status == 0 ? 0 : -1;
}

const struct plan *plan_trial_plan(const struct plan_trial *trial)
{
	return &trial->plan;
}

/* --- what decides the finish --- */

bool trial_same_work(const struct plan *plan, uint32_t task, moment_t a, moment_t b)
{
	if (a == b)
		return true;
	return !(plan->flags[task] & PLAN_ELAPSED) && calendar_between(plan_work_calendar(plan, task), a, b) == 0;
}

/* Where a lower bound puts the start of a leaf. */
static moment_t start_from(const struct plan *plan, uint32_t task, moment_t bound)
{
	const struct plan_extra *x = plan_extra(plan, task);
	moment_t start = work_snap(plan, task, bound);

	if (x->delay == 0 || start == MOMENT_NONE)
		return start;
	start = x->delay_elapsed ? start + x->delay : calendar_add(plan->task_calendar[task], start, x->delay);
	return start == MOMENT_NONE ? start : work_snap(plan, task, start);
}

/* Does a bound on the start decide when the task starts, or, once it began, when it goes on? */
static bool decides_start(const struct plan *plan, uint32_t task, moment_t bound)
{
	moment_t finish;

	if (plan_is_summary(plan, task))
		return trial_same_work(plan, task, bound, plan->network->bound[task]);
	if (!(plan->flags[task] & PLAN_STARTED))
		return start_from(plan, task, bound) == plan->early_start[task];
	if (plan->status == MOMENT_NONE)
		return plan_rest_waits(plan, task) && work_snap(plan, task, bound) == plan->early_start[task];
	if (bound < plan->status)
		return false;
	bound = work_snap(plan, task, bound);
	finish = bound == MOMENT_NONE ? MOMENT_NONE : work_finish(plan, task, bound, work_left(plan, task));
	return finish != MOMENT_NONE && finish >= plan->early_finish[task];
}

/* A leaf that imposed dates or facts hold, whatever its links and parents say. */
static bool stands_alone(const struct plan_trial *trial, uint32_t task)
{
	const struct plan *plan = &trial->plan;
	const struct plan_extra *x = plan_extra(plan, task);

	if (plan_is_summary(plan, task))
		return false;
	if (plan->flags[task] & PLAN_STARTED)
		return !plan_rest_waits(plan, task);
	return x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE;
}

/* What links and children make of a finish: a parent's delay comes on top. */
static moment_t finish_before_delay(const struct plan_trial *trial, uint32_t task)
{
	moment_t finish = trial->plan.early_finish[task];

	if (trial->network.parent_delay[task] == 0)
		return finish;
	return calendar_add(trial->plan.task_calendar[task], finish, -trial->network.parent_delay[task]);
}

static void mark_links(struct plan_trial *trial, uint32_t task, bool opening, bool closing, bool *critical)
{
	const struct plan *plan = &trial->plan;
	moment_t finish = finish_before_delay(trial, task);

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];
		bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
		bool from_start = link->type == LINK_SS || link->type == LINK_SF;
		moment_t m;

		if (to_finish ? !closing : !opening)
			continue;
		m = link_forward(plan, link, from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);
		if (to_finish ? !trial_same_work(plan, task, m, finish) : !decides_start(plan, task, m))
			continue;
		if (from_start && plan_is_summary(plan, link->from))
			trial->starting[link->from] = true;
		else
			critical[link->from] = true;
	}
}

static void mark_parent(struct plan_trial *trial, uint32_t task)
{
	const struct plan *plan = &trial->plan;
	uint32_t parent = plan->parent[task];

	if (parent != PLAN_NO_TASK && decides_start(plan, task, plan->network->bound[parent]))
		trial->opening[parent] = true;
}

static void mark_children(struct plan_trial *trial, uint32_t task, bool *critical)
{
	const struct plan *plan = &trial->plan;
	moment_t finish = finish_before_delay(trial, task);

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c]) {
		if (plan->flags[c] & PLAN_CANCELLED)
			continue;
		if (critical[task] && (plan->early_finish[c] >= finish || trial_same_work(plan, c, plan->early_finish[c], finish)))
			critical[c] = true;
		if (trial->starting[task] && trial_same_work(plan, c, plan->early_start[c], plan->early_start[task])) {
			if (plan_is_summary(plan, c))
				trial->starting[c] = true;
			else
				critical[c] = true;
		}
	}
}

static void mark_last(const struct plan *plan, bool *critical)
{
	for (uint32_t i = 0; i < plan->task_count; i++)
		critical[i] = !(plan->flags[i] & (PLAN_CANCELLED | PLAN_ENDLESS)) &&
			trial_same_work(plan, i, plan->early_finish[i], plan->project_finish);
}

void plan_trial_critical(struct plan_trial *trial, uint32_t target, bool *critical)
{
	const struct plan *plan = &trial->plan;
	size_t n = plan->task_count;

	memset(critical, 0, n * sizeof(*critical));
	memset(trial->opening, 0, n * sizeof(bool));
	memset(trial->starting, 0, n * sizeof(bool));
	if (target == PLAN_NO_TASK)
		mark_last(plan, critical);
	else
		critical[target] = true;
	for (uint32_t at = plan->network->node_count; at-- > 0;) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);
		bool closing = node & NODE_CLOSE, summary = plan_is_summary(plan, task);

		if (stands_alone(trial, task))
			continue;
		if (closing ? !critical[task] && !trial->starting[task] : summary ? !trial->opening[task] : !critical[task])
			continue;
		if (closing)
			mark_children(trial, task, critical);
		if (!closing || critical[task])
			mark_links(trial, task, !closing, closing || (!summary && !(plan->flags[task] & PLAN_STARTED)), critical);
		if (!closing && !(plan->flags[task] & PLAN_STARTED))
			mark_parent(trial, task);
	}
}
