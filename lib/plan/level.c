/*
 * Levelling: which passes are made, and which schedule stays.
 *
 * 1. A serial pass in the order of late starts. When it ends with the network's own finish nothing can be shorter, and it stays.
 * 2. Else orders are searched on the integer instance (level_search.c), the best one placed in real time, and the schedule that
 *    ends first stays.
 * With an order given (plan_options.order), or within float, where the finish does not move, that one pass is all. With one saved
 * in the project ([sequence]) it takes the place of the search: it stays, unless it was searched for the finish and late
 * starts end earlier by now.
 *
 * Then tasks as late as possible move back, as far as people have time.
 */
#include "plan/level-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

bool level_is_fixed(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);

	return (plan->flags[task] & PLAN_STARTED) || x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE;
}

bool level_loads(const struct plan *plan, uint32_t task)
{
	const struct plan_assignment *a = plan->network->assignment[task];

	return a && a->timed && !(plan->flags[task] & (PLAN_CANCELLED | PLAN_SUMMARY)) &&
		plan->early_finish[task] > plan->early_start[task];
}

/* People go to their meetings beside their tasks; a task of weeks could never be placed between two of them. */
bool level_uses_time(const struct plan *plan, uint32_t task)
{
	return level_loads(plan, task) && !(plan->flags[task] & PLAN_OCCURRENCE);
}

static bool wanted(const struct plan *plan, const struct plan_options *options)
{
	struct slice text = slice_trim(project_setting(plan->project, "levelling"));

	if (options->unlevelled || slice_is(text, "no") || slice_is(text, "false") || slice_is(text, "0"))
		return false;
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (level_uses_time(plan, i))
			return true;
	return false;
}

static void open_lane(struct lane *lane, const struct plan_resource *resource)
{
	*lane = (struct lane){ .calendar = resource->calendar, .capacity = resource->capacity, .stock = resource->stock };
	level_profile_init(&lane->whole, resource->first_capacity);
	for (uint32_t i = 0; i < resource->step_count; i++)
		level_profile_step(&lane->whole, calendar_count(resource->calendar, resource->steps[i].from),
			resource->steps[i].capacity);
	level_profile_init(&lane->profile, 0);
	level_profile_copy(&lane->profile, &lane->whole);
}

static void open_lanes(struct levelling *l)
{
	const struct plan *plan = l->plan;
	const struct plan_resource *resources = plan->network->resources;

	l->lanes = xcalloc((size_t)plan->network->resource_count + 1, sizeof(*l->lanes));
	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_assignment *a = plan->network->assignment[i];

		for (uint32_t s = 0; a && s < a->slot_count; s++)
			for (uint32_t c = 0; c < a->slots[s].candidate_count; c++) {
				uint32_t r = a->slots[s].candidates[c];

				if (l->lanes[r].calendar || (resources[r].type == RESOURCE_MATERIAL && !resources[r].stock))
					continue;
				open_lane(&l->lanes[r], &resources[r]);
			}
	}
}

void levelling_init(struct levelling *l, struct plan *plan, const struct plan_options *options)
{
	size_t n = (size_t)plan->task_count + 1;

	*l = (struct levelling){ .plan = plan, .options = options };
	l->open = xcalloc(n, sizeof(*l->open));
	l->close = xcalloc(n, sizeof(*l->close));
	vec_init(&l->ready, sizeof(struct level_heap_item));
	vec_init(&l->stack, sizeof(uint32_t));
	vec_init(&l->members, sizeof(struct member));
	vec_init(&l->stretches, sizeof(struct stretch));
	vec_init(&l->pieces, sizeof(struct plan_piece));
	vec_init(&l->groups, sizeof(struct crew_group));
	vec_init(&l->chosen, sizeof(uint32_t));
	vec_init(&l->best, sizeof(uint32_t));
	map_init(&l->within);
	diagnostics_init(&l->ignored);
	open_lanes(l);
}

void levelling_release(struct levelling *l)
{
	for (uint32_t r = 0; r < l->plan->network->resource_count; r++)
		if (l->lanes[r].calendar) {
			level_profile_release(&l->lanes[r].profile);
			level_profile_release(&l->lanes[r].whole);
		}
	free(l->lanes);
	free(l->open);
	free(l->close);
	vec_release(&l->ready);
	vec_release(&l->stack);
	vec_release(&l->members);
	vec_release(&l->stretches);
	vec_release(&l->pieces);
	vec_release(&l->groups);
	vec_release(&l->chosen);
	vec_release(&l->best);
	map_release(&l->within);
	diagnostics_release(&l->ignored);
}

static int by_late_start(const void *a, const void *b, void *context)
{
	const struct plan *plan = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (plan->late_start[x] != plan->late_start[y])
		return plan->late_start[x] < plan->late_start[y] ? -1 : 1;
	return (plan->late_finish[x] > plan->late_finish[y]) - (plan->late_finish[x] < plan->late_finish[y]);
}

static void rank_by_late_start(struct plan *plan, uint32_t *rank)
{
	uint32_t *order = xcalloc((size_t)plan->task_count + 1, sizeof(*order));

	for (uint32_t i = 0; i < plan->task_count; i++)
		order[i] = i;
	stable_sort(order, plan->task_count, sizeof(*order), by_late_start, plan);
	for (uint32_t i = 0; i < plan->task_count; i++)
		rank[order[i]] = i;
	free(order);
}

/* False where the plan is too large to be searched in no time. */
static bool rank_by_search(const struct plan *plan, uint32_t *rank)
{
	struct level_instance instance;
	int32_t *start;

	if (level_search_schedules(plan->task_count) < 2)
		return false;
	level_instance_init(&instance, plan);
	start = xcalloc((size_t)instance.count + 1, sizeof(*start));
	level_search(&instance, start);
	level_order(&instance, start, rank);
	free(start);
	level_instance_release(&instance);
	return true;
}

/* Fewer tasks without a place, then an earlier end, then tasks that end earlier on the whole. */
static bool is_better(const struct placing *a, const struct placing *b)
{
	if (a->lost.len != b->lost.len)
		return a->lost.len < b->lost.len;
	return a->end != b->end ? a->end < b->end : a->sum < b->sum;
}

/* Places by rank as well, and puts the better one first. */
static void try_also(struct levelling *l, struct placing placings[2], const uint32_t *rank)
{
	level_pass(l, &placings[1], rank);
	if (is_better(&placings[1], &placings[0])) {
		struct placing swap = placings[0];

		placings[0] = placings[1];
		placings[1] = swap;
	}
}

/* Two placings, the better one first when it returns. */
static void choose(struct levelling *l, struct placing placings[2])
{
	uint32_t *rank = xcalloc((size_t)l->plan->task_count + 1, sizeof(*rank));
	const uint32_t *order = l->options->order;
	bool saved = !order && level_saved_order(l->plan, rank);

	if (!order && !saved)
		rank_by_late_start(l->plan, rank);
	level_pass(l, &placings[0], order ? order : rank);
	if (l->options->within_float) {
		free(rank);
		return;
	}
	if (saved && level_saved_is_for_finish(l->plan)) {
		rank_by_late_start(l->plan, rank);
		try_also(l, placings, rank);
	} else if (!saved && !order && (placings[0].lost.len > 0 || placings[0].end > l->plan->network_finish)) {
		if (rank_by_search(l->plan, rank))
			try_also(l, placings, rank);
	}
	free(rank);
}

/* Who has what to do, of the schedule that stays. */
static void fill_lanes(struct levelling *l, struct placing *placing)
{
	l->placing = placing;
	level_empty(l);
	for (uint32_t i = 0; i < l->plan->task_count; i++)
		if (level_uses_time(l->plan, i)) {
			level_use(l, i);
			level_reserve_task(l, i, 1);
		}
}

bool level_move_late(struct levelling *l, uint32_t task, moment_t *start, moment_t *finish)
{
	struct placing *p = l->placing;
	struct fit fit = { .start = *start, .finish = *finish };
	bool moved;

	if (p->first_piece[task]) /* interrupted already: it stays */
		return false;
	level_use(l, task);
	level_reserve_task(l, task, -1);
	moved = level_fit_late(l, task, &fit, p->start[task]);
	if (moved) {
		*start = p->start[task] = fit.start;
		*finish = p->finish[task] = fit.finish;
	}
	level_reserve_task(l, task, 1);
	return moved;
}

static void *keep(struct plan *plan, const void *items, size_t count, size_t size)
{
	void *copy = arena_calloc(&plan->arena, count + 1, size);

	if (count > 0)
		memcpy(copy, items, count * size);
	return copy;
}

static void store(struct plan *plan, const struct placing *p)
{
	size_t n = plan->task_count;
	struct plan_levelled *out = arena_calloc(&plan->arena, 1, sizeof(*out));

	memcpy(plan->start, p->start, n * sizeof(*plan->start));
	memcpy(plan->finish, p->finish, n * sizeof(*plan->finish));
	memcpy(plan->duration, p->duration, n * sizeof(*plan->duration));
	memcpy(plan->reason, p->reason, n * sizeof(*plan->reason));
	memcpy(plan->reason_link, p->reason_link, n * sizeof(*plan->reason_link));
	out->held_resource = keep(plan, p->held_resource, n, sizeof(*p->held_resource));
	out->held_until = keep(plan, p->held_until, n, sizeof(*p->held_until));
	out->choice = keep(plan, p->choice, n, sizeof(*p->choice));
	out->choices = keep(plan, p->choices.items, p->choices.len, sizeof(uint32_t));
	out->first_piece = keep(plan, p->first_piece, n, sizeof(*p->first_piece));
	out->piece_count = keep(plan, p->piece_count, n, sizeof(*p->piece_count));
	out->pieces = keep(plan, p->pieces.items, p->pieces.len, sizeof(struct plan_piece));
	plan->network->levelled = out;
	plan->project_finish = p->end;
}

static void mark_moved(struct plan *plan)
{
	for (uint32_t i = 0; i < plan->task_count; i++) {
		bool moved = plan->start[i] != plan->early_start[i] || plan->finish[i] != plan->early_finish[i];

		plan->flags[i] &= (uint16_t)~PLAN_LEVELLED;
		if (moved && !(plan->flags[i] & PLAN_ALAP))
			plan->flags[i] |= PLAN_LEVELLED;
	}
}

/* Percentages of durations, which other people may have changed. */
static void settle_lags(struct plan *plan, const struct plan_options *options)
{
	struct pass pass;

	pass_init(&pass, plan, options);
	for (uint32_t k = 0; k < plan->link_count; k++)
		pass_lag(&pass, &plan->links[k]);
}

static void without_limits(struct plan *plan)
{
	memcpy(plan->start, plan->early_start, plan->task_count * sizeof(*plan->start));
	memcpy(plan->finish, plan->early_finish, plan->task_count * sizeof(*plan->finish));
	plan->network->levelled = NULL;
	plan_as_late_as_possible(plan, NULL);
}

void plan_level(struct plan *plan, const struct plan_options *options, struct diagnostics *found)
{
	struct placing placings[2];
	struct levelling l;

	if (!wanted(plan, options)) {
		without_limits(plan);
		level_report(plan, NULL, NULL, found);
		return;
	}
	levelling_init(&l, plan, options);
	placing_init(&placings[0], plan);
	placing_init(&placings[1], plan);
	choose(&l, placings);
	store(plan, &placings[0]);
	settle_lags(plan, options);
	fill_lanes(&l, &placings[0]);
	plan_as_late_as_possible(plan, &l);
	mark_moved(plan);
	level_report(plan, &l, &placings[0], found);
	placing_release(&placings[0]);
	placing_release(&placings[1]);
	levelling_release(&l);
}
