/*
 * Who is used by a task, and which stretches of whose time.
 *
 * A resource's time is its own working minutes. A task that works at other times too than the resource takes one stretch of
 * them; a task that works only in some of them (its own calendar, people who work together) takes several; where the share of
 * one changes, a stretch ends and the next begins. Of a stock it takes all time to come.
 * Cost: O(assigned), O(days) for a task with a calendar of its own.
 */
#include "plan/level-internal.h"

/* The part of the resource's time in which tasks on `other` work: NULL when all of it. */
static const struct calendar *within(struct levelling *l, const struct calendar *resource, const struct calendar *other)
{
	const struct calendar *pair[2] = { resource, other };
	struct slice key = { (const char *)pair, sizeof(pair) };
	const moment_t end = moment_from_date(date_from_civil(9999, 12, 31));
	const struct calendar *met;
	uintptr_t known;

	if (!other || other == resource || other == calendars_always(l->plan->calendars))
		return NULL;
	if (map_get(&l->within, key, &known))
		return known == 1 ? NULL : (const struct calendar *)known;
	met = calendars_meet(l->plan->calendars, resource, other);
	if (calendar_count(met, end) == calendar_count(resource, end))
		met = NULL;
	map_put(&l->within, arena_slice(&l->plan->arena, key), met ? (uintptr_t)met : 1);
	return met;
}

const struct crew *level_crew(struct levelling *l, uint32_t task)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];

	if (!l->plan->network->crew[task])
		return NULL;
	return a && a->choice ? &l->crew : l->plan->network->crew[task];
}

/* The calendar of the work itself. */
static const struct calendar *work_calendar(struct levelling *l, uint32_t task, const struct plan_assignment *a)
{
	const struct crew *crew = level_crew(l, task);

	if (l->plan->flags[task] & PLAN_ELAPSED)
		return NULL;
	if (!crew)
		return l->plan->task_calendar[task];
	if (a->together)
		return crew->groups[0].calendar;
	return a->own_alone && !a->own ? l->plan->calendar : a->own;
}

/* Nobody is used for more than there is of him, though he be named twice. */
static void add_member(struct levelling *l, struct member new)
{
	struct member *m = l->members.items;
	int64_t capacity = l->lanes[new.resource].capacity, sum;

	if (new.stock)
		capacity = INT64_MAX; /* of a material more can be wanted than there is */
	for (size_t i = 0; i < l->members.len; i++)
		if (m[i].resource == new.resource) {
			sum = m[i].share.units + new.share.units;
			m[i].share.units = sum < capacity ? sum : capacity;
			m[i].share.of = m[i].share.of ? m[i].share.of : new.share.of;
			m[i].fixed = -1;
			return;
		}
	new.share.units = new.share.units < capacity ? new.share.units : capacity;
	vec_append(&l->members, &new);
}

static struct member member_of(struct levelling *l, const struct plan_assignment *a, uint32_t slot, uint32_t resource,
	const struct calendar *work)
{
	const struct plan_resource *r = &l->plan->network->resources[resource];
	struct share share = plan_share(r, &a->slots[slot]);

	if (r->stock)
		return (struct member){ .resource = resource, .share = share, .fixed = -1, .stock = true };
	return (struct member){ resource, share, a->together ? -1 : a->slots[slot].fixed, within(l, r->calendar, work),
		assignment_works(l->plan, a, slot), false };
}

void level_members(struct levelling *l, uint32_t task, const uint32_t *choice)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];
	const struct calendar *work = work_calendar(l, task, a);

	vec_clear(&l->members);
	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		uint32_t take = slot->take < slot->candidate_count ? slot->take : slot->candidate_count;

		for (uint32_t i = 0; i < take; i++) {
			uint32_t resource = choice ? *choice++ : slot->candidates[i];
			const struct lane *lane = &l->lanes[resource];

			if (!lane->calendar)
				continue;
			add_member(l, member_of(l, a, s, resource, work));
		}
	}
}

static void add_stretch(struct vec *out, struct stretch new)
{
	struct stretch *last = out->len > 0 ? vec_at(out, out->len - 1) : NULL;

	if (new.from >= new.to)
		return;
	if (last && last->to == new.from && last->share == new.share)
		last->to = new.to;
	else
		vec_append(out, &new);
}

/* From one moment to another, cut where its share changes. */
static void add_time(struct levelling *l, const struct member *m, moment_t from, moment_t to)
{
	const struct calendar *own = l->lanes[m->resource].calendar;

	while (from < to) {
		moment_t until = share_until(m->share, from);

		until = until < to ? until : to;
		add_stretch(&l->stretches, (struct stretch){ calendar_count(own, from), calendar_count(own, until),
			share_at(m->share, from) });
		from = until;
	}
}

const struct stretch *level_stretches(struct levelling *l, const struct member *m, moment_t start, moment_t finish,
	size_t *count)
{
	enum { RANGES = 48 };
	struct time_range ranges[RANGES];

	vec_clear(&l->stretches);
	if (m->stock)
		add_stretch(&l->stretches, (struct stretch){ calendar_count(l->lanes[m->resource].calendar, start), STOCK_FOR_EVER,
			m->share.units });
	else if (!m->works)
		add_time(l, m, start, finish);
	for (date_t day = moment_date(start); m->works && moment_from_date(day) < finish; day++) {
		size_t n = calendar_day_ranges(m->works, day, ranges, RANGES);

		for (size_t i = 0; i < n && i < RANGES; i++) {
			moment_t from = moment_from_date(day) + ranges[i].from, to = moment_from_date(day) + ranges[i].to;

			add_time(l, m, from > start ? from : start, to < finish ? to : finish);
		}
	}
	*count = l->stretches.len;
	return l->stretches.items;
}
