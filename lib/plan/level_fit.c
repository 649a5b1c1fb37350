/*
 * Where a task fits: the first place from a moment on at which everybody it needs has room.
 *
 * Idea: put it at the moment; look, for everyone, for the last stretch in the way; no start before that stretch's end can help, because
 * the task would still cover some of it; so start there and look again. What nobody stands in the way of is the first place.
 *
 * A resource's time is its own working minutes. A task that works at other times too than the resource takes one stretch of
 * them; a task that works only in some of them (its own calendar, people who work together) takes several.
 * Split tasks work up to the next stretch in the way, pause, and go on behind it.
 * Cost: O(members × (log exceptions + log steps)) for each stretch in the way.
 */
#include "plan/level-internal.h"

#include "base/alloc.h"

/* Nobody who is assigned a task for a given duration need be there at once, but within a day. */
enum { PRESENT_WITHIN = MINUTES_PER_DAY, AWAY_MOST = 1000 * MINUTES_PER_DAY };

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
	int64_t capacity = l->lanes[new.resource].capacity;

	for (size_t i = 0; i < l->members.len; i++)
		if (m[i].resource == new.resource) {
			m[i].share = m[i].share + new.share < capacity ? m[i].share + new.share : capacity;
			m[i].fixed = -1;
			return;
		}
	new.share = new.share < capacity ? new.share : capacity;
	vec_append(&l->members, &new);
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
			add_member(l, (struct member){ resource, slot->share, slot->fixed, within(l, lane->calendar, work),
				assignment_works(l->plan, a, s) });
		}
	}
}

static int64_t amount_of(const struct levelling *l, uint32_t task)
{
	return work_amount(l->plan, task);
}

static moment_t finish_of(struct levelling *l, uint32_t task, moment_t start, int64_t amount)
{
	const struct crew *crew = level_crew(l, task);

	if (crew && amount > 0 && !(l->plan->flags[task] & PLAN_ELAPSED))
		return crew_finish(crew, start, amount);
	return work_finish(l->plan, task, start, amount);
}

/* When this one is done with it. */
moment_t level_member_finish(struct levelling *l, uint32_t task, const struct member *m, moment_t start, moment_t finish)
{
	const struct crew *crew = level_crew(l, task);
	struct crew_group group = { m->works ? m->works : l->lanes[m->resource].calendar, m->share, m->fixed };
	moment_t own;

	if (!crew || m->fixed < 0 || !m->pool || crew->group_count == 1)
		return finish;
	own = crew_fixed_finish(crew, &group, start, amount_of(l, task));
	return own != MOMENT_NONE && own < finish ? own : finish;
}

static void add_stretch(struct vec *out, int64_t from, int64_t to)
{
	struct stretch *last = out->len > 0 ? vec_at(out, out->len - 1) : NULL;

	if (from >= to)
		return;
	if (last && last->to == from)
		last->to = to;
	else
		vec_append(out, &(struct stretch){ from, to });
}

/* Its stretches of the resource's time. */
static const struct stretch *stretches(struct levelling *l, const struct member *m, moment_t start, moment_t finish,
	size_t *count)
{
	enum { RANGES = 48 };
	const struct calendar *own = l->lanes[m->resource].calendar;
	struct time_range ranges[RANGES];

	vec_clear(&l->stretches);
	if (!m->works)
		add_stretch(&l->stretches, calendar_count(own, start), calendar_count(own, finish));
	for (date_t day = moment_date(start); m->works && moment_from_date(day) < finish; day++) {
		size_t n = calendar_day_ranges(m->works, day, ranges, RANGES);

		for (size_t i = 0; i < n && i < RANGES; i++) {
			moment_t from = moment_from_date(day) + ranges[i].from, to = moment_from_date(day) + ranges[i].to;

			from = from > start ? from : start;
			to = to < finish ? to : finish;
			if (from < to)
				add_stretch(&l->stretches, calendar_count(own, from), calendar_count(own, to));
		}
	}
	*count = l->stretches.len;
	return l->stretches.items;
}

/* The moment at which a resource has worked so many minutes more than at `from`. */
static moment_t lane_moment(const struct lane *lane, moment_t from, int64_t count)
{
	moment_t m;

	if (count == PROFILE_NEVER)
		return MOMENT_MAX;
	m = calendar_add(lane->calendar, from, count - calendar_count(lane->calendar, from));
	return m == MOMENT_NONE ? MOMENT_MAX : m;
}

/* Until when one has no room for it somewhere in that time; `start` when it has. */
static moment_t blocked_until(struct levelling *l, uint32_t task, const struct member *m, moment_t start, moment_t finish)
{
	const struct lane *lane = &l->lanes[m->resource];
	size_t n;
	const struct stretch *s = stretches(l, m, start, level_member_finish(l, task, m, start, finish), &n);

	while (n-- > 0) {
		int64_t until = level_profile_blocked(&lane->profile, s[n].from, s[n].to, m->share);

		if (until != PROFILE_FREE)
			return lane_moment(lane, start, until);
	}
	return start;
}

/* Until when the latest of them has no room; `start` when all have. */
static moment_t all_blocked_until(struct levelling *l, uint32_t task, moment_t start, moment_t finish, uint32_t *who)
{
	const struct member *m = l->members.items;
	moment_t latest = start;

	for (size_t i = 0; i < l->members.len; i++) {
		moment_t until = blocked_until(l, task, &m[i], start, finish);

		if (until > latest) {
			latest = until;
			*who = m[i].resource;
		}
	}
	return latest;
}

/* From when on one of them has no room; finish when all have up to then. */
static moment_t first_blocked(struct levelling *l, uint32_t task, moment_t start, moment_t finish)
{
	const struct member *m = l->members.items;
	moment_t first = finish;

	for (size_t i = 0; i < l->members.len; i++) {
		const struct lane *lane = &l->lanes[m[i].resource];
		size_t n;
		const struct stretch *s = stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		for (size_t k = 0; k < n; k++) {
			int64_t at = level_profile_first_blocked(&lane->profile, s[k].from, s[k].to, m[i].share);
			moment_t when = at == PROFILE_FREE ? finish : lane_moment(lane, start, at);

			if (when < first)
				first = when;
			if (at != PROFILE_FREE)
				break;
		}
	}
	return first;
}

/* For a given duration all must be there soon after it begins; away: the last to come, and who that is. */
static moment_t snap(struct levelling *l, uint32_t task, moment_t from, uint32_t *away)
{
	const struct crew *crew = level_crew(l, task);
	const struct member *m = l->members.items;
	moment_t start;

	if (crew)
		return crew_start(crew, from);
	start = work_snap(l->plan, task, from);
	for (size_t i = 0; start != MOMENT_NONE && i < l->members.len; i++) {
		const struct calendar *calendar = m[i].works ? m[i].works : l->lanes[m[i].resource].calendar;
		moment_t there = calendar_next_working(calendar, start);

		if (there == MOMENT_NONE || there - start < PRESENT_WITHIN)
			continue;
		if (there - from > AWAY_MOST) /* they never meet */
			return work_snap(l->plan, task, from);
		*away = m[i].resource;
		start = work_snap(l->plan, task, there);
		i = (size_t)-1;
	}
	return start;
}

/* Minutes of the amount that are done in [from, to). */
static int64_t done_between(struct levelling *l, uint32_t task, moment_t from, moment_t to, int64_t most)
{
	int64_t low = 0, high = most;

	if (!level_crew(l, task)) {
		low = calendar_between(l->plan->task_calendar[task], from, to);
		return low < most ? low : most;
	}
	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;
		moment_t finish = finish_of(l, task, from, middle);

		if (finish != MOMENT_NONE && finish <= to)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* Works while all have room, pauses while not. */
static bool fit_split(struct levelling *l, uint32_t task, moment_t from, moment_t cutoff, struct fit *out)
{
	int64_t left = amount_of(l, task);
	uint32_t who = LEVEL_NOBODY;
	moment_t at = snap(l, task, from, &who);

	*out = (struct fit){ MOMENT_NONE, MOMENT_NONE, who, at };
	vec_clear(&l->pieces);
	while (at != MOMENT_NONE && at < cutoff) {
		moment_t finish = finish_of(l, task, at, left), stop, until;

		if (finish == MOMENT_NONE)
			return false;
		stop = first_blocked(l, task, at, finish);
		if (stop > at) {
			int64_t done = stop == finish ? left : done_between(l, task, at, stop, left);

			if (done > 0)
				vec_append(&l->pieces, &(struct plan_piece){ at, stop == finish ? finish : finish_of(l, task, at, done) });
			left -= done;
			if (out->start == MOMENT_NONE && done > 0)
				out->start = at;
			if (left == 0) {
				out->finish = finish_of(l, task, at, done);
				return out->finish < cutoff;
			}
			at = stop;
		}
		until = all_blocked_until(l, task, at, at + 1, &who);
		if (until == MOMENT_MAX)
			return false;
		if (out->start == MOMENT_NONE) {
			out->held_resource = who;
			out->held_until = until;
		}
		at = snap(l, task, until > at ? until : at + 1, &who);
	}
	return false;
}

/* Amounts fixed for single people are worked off in one go. */
static bool may_split(struct levelling *l, uint32_t task)
{
	const struct crew *crew = level_crew(l, task);

	return (l->plan->flags[task] & (PLAN_SPLIT | PLAN_ELAPSED)) == PLAN_SPLIT && amount_of(l, task) > 0 &&
		!(crew && crew->fixed_sum > 0);
}

bool level_fit(struct levelling *l, uint32_t task, moment_t from, moment_t cutoff, struct fit *out)
{
	uint32_t who = LEVEL_NOBODY;
	moment_t start = from;

	if (may_split(l, task))
		return fit_split(l, task, from, cutoff, out);
	*out = (struct fit){ .held_resource = LEVEL_NOBODY };
	for (;;) {
		moment_t finish, until;

		start = snap(l, task, start, &who);
		finish = start == MOMENT_NONE ? MOMENT_NONE : finish_of(l, task, start, amount_of(l, task));
		if (finish == MOMENT_NONE || finish >= cutoff)
			return false;
		until = all_blocked_until(l, task, start, finish, &who);
		if (who != LEVEL_NOBODY) {
			out->held_resource = who;
			out->held_until = until > start ? until : start;
		}
		if (until == start) {
			out->start = start;
			out->finish = finish;
			return true;
		}
		if (until == MOMENT_MAX)
			return false;
		start = until;
	}
}

/* The last start that ends by `stop`, as far as off-time lets one say; MOMENT_NONE when that is no earlier than `before`. */
static moment_t start_for(struct levelling *l, uint32_t task, moment_t stop, moment_t before)
{
	moment_t start = work_start(l->plan, task, stop, amount_of(l, task));

	if (start != MOMENT_NONE)
		start = work_snap(l->plan, task, start);
	if (start != MOMENT_NONE && finish_of(l, task, start, amount_of(l, task)) > stop)
		start = work_start(l->plan, task, stop - 1, amount_of(l, task));
	return start != MOMENT_NONE && start < before ? start : MOMENT_NONE;
}

bool level_fit_late(struct levelling *l, uint32_t task, struct fit *out, moment_t least)
{
	moment_t start = out->start;

	while (start != MOMENT_NONE && start > least) {
		moment_t finish = finish_of(l, task, start, amount_of(l, task)), stop;

		if (finish == MOMENT_NONE)
			return false;
		stop = finish > out->finish ? out->finish : first_blocked(l, task, start, finish);
		if (stop >= finish) {
			*out = (struct fit){ start, finish, LEVEL_NOBODY, MOMENT_NONE };
			return true;
		}
		start = start_for(l, task, stop, start);
	}
	return false;
}

void level_reserve(struct levelling *l, uint32_t task, moment_t start, moment_t finish, int sign)
{
	const struct member *m = l->members.items;

	for (size_t i = 0; i < l->members.len; i++) {
		size_t n;
		const struct stretch *s = stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		for (size_t k = 0; k < n; k++)
			level_profile_take(&l->lanes[m[i].resource].profile, s[k].from, s[k].to, sign * m[i].share);
	}
}

uint32_t level_overloaded(struct levelling *l, uint32_t task, moment_t start, moment_t finish)
{
	uint32_t who = LEVEL_NOBODY;

	all_blocked_until(l, task, start, finish, &who);
	return who;
}

static int64_t shortage(struct levelling *l, uint32_t task, moment_t start, moment_t finish)
{
	const struct member *m = l->members.items;
	int64_t sum = 0;

	for (size_t i = 0; i < l->members.len; i++) {
		size_t n;
		const struct stretch *s = stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		while (n-- > 0)
			sum += level_profile_shortage(&l->lanes[m[i].resource].profile, s[n].from, s[n].to, m[i].share);
	}
	return sum;
}

bool level_fit_least(struct levelling *l, uint32_t task, struct window w, struct fit *out)
{
	enum { STARTS_MOST = 64 };
	uint32_t who = LEVEL_NOBODY;
	moment_t first = snap(l, task, w.from, &who), step = (w.cutoff - w.from) / STARTS_MOST;
	int64_t least = -1;

	step = step > MINUTES_PER_DAY ? step / MINUTES_PER_DAY * MINUTES_PER_DAY : MINUTES_PER_DAY;
	for (moment_t at = first; at != MOMENT_NONE && at < w.cutoff; at = snap(l, task, at + step, &who)) {
		moment_t finish = finish_of(l, task, at, amount_of(l, task));
		int64_t missing;

		if (finish == MOMENT_NONE || finish >= w.cutoff)
			break;
		missing = shortage(l, task, at, finish);
		if (least < 0 || missing < least) {
			*out = (struct fit){ at, finish, LEVEL_NOBODY, MOMENT_NONE };
			least = missing;
		}
	}
	return least >= 0;
}
