/*
 * Crews: who works off an effort, and when it is done.
 *
 * Idea: everybody works his share of the minutes of his own calendar (and the task's). What k people have done by t after beginning at s is
 *	work(s, t) = Σ share_k × between_k(s, t)
 * which never decreases in t; the finish is the first t where it reaches the effort. With one calendar that is calendar_add of
 * effort / share; with several it is searched between bounds. Fixed amounts ("li.wei 50% 12d") are worked off alone
 * and do not help the pool; the finish is the latest of all.
 *
 * Example: 30d of effort, one at 100 % and one at 50 %: 1.5 days a day, so 20 working days.
 * Cost: O(groups × log exceptions), times log(span) ≈ 20 with several calendars.
 */
#include "plan/plan-internal.h"

__extension__ typedef __int128 wide_t; /* effort in ten-thousandths of minutes overflows 64 bits only by abuse */

enum { FIRST_DAY = -719162, LAST_DAY = 2932896 }; /* years 1 to 9999 */

struct crew *crew_new(struct arena *arena, size_t room)
{
	struct crew *crew = arena_calloc(arena, 1, sizeof(*crew));

	crew->groups = arena_calloc(arena, room + 1, sizeof(*crew->groups));
	return crew;
}

/* Into the first group that counts alike. */
void crew_add(struct crew *crew, const struct calendar *calendar, struct share share, int64_t fixed)
{
	for (uint32_t i = 0; fixed < 0 && i < crew->group_count; i++) {
		struct crew_group *g = &crew->groups[i];

		if (g->calendar != calendar || g->fixed >= 0 || g->share.of != share.of)
			continue;
		g->share.units += share.units;
		g->share.times += share.times;
		return;
	}
	crew->groups[crew->group_count++] = (struct crew_group){ calendar, share, fixed };
}

/* Pool first, as the functions below expect it. */
static void sort_groups(struct crew *crew)
{
	for (uint32_t i = 0; i < crew->group_count; i++) {
		if (crew->groups[i].fixed >= 0) {
			crew->fixed_sum += crew->groups[i].fixed;
			continue;
		}
		struct crew_group pool = crew->groups[i];

		crew->groups[i] = crew->groups[crew->pool_count];
		crew->groups[crew->pool_count++] = pool;
		crew->pool_share += pool.share.units;
	}
}

/* `together`: all of them, only while all of them work. */
static void join_groups(struct crew *crew, struct calendars *calendars)
{
	const struct calendar *all = crew->groups[0].calendar;
	uint32_t count = crew->group_count;

	for (uint32_t i = 1; i < count; i++)
		all = calendars_meet(calendars, all, crew->groups[i].calendar);
	crew->group_count = 0;
	for (uint32_t i = 0; i < count; i++) /* never more groups than have been looked at */
		crew_add(crew, all, crew->groups[i].share, -1);
}

void crew_complete(struct crew *crew, struct calendars *together)
{
	if (together)
		join_groups(crew, together);
	sort_groups(crew);
	for (uint32_t i = 0; i < crew->group_count; i++)
		crew->impossible |= calendar_next_working(crew->groups[i].calendar, 0) == MOMENT_NONE;
}

int64_t crew_share(const struct crew *crew)
{
	int64_t share = 0;

	for (uint32_t i = 0; i < crew->group_count; i++)
		share += crew->groups[i].share.units;
	return share;
}

bool crew_is_even(const struct crew *crew)
{
	for (; crew; crew = crew->other)
		for (uint32_t i = 0; i < crew->group_count; i++)
			if (crew->groups[i].share.of)
				return false;
	return true;
}

const struct calendar *crew_calendar(const struct crew *crew)
{
	if (crew->other)
		return NULL;
	for (uint32_t i = 1; i < crew->group_count; i++)
		if (crew->groups[i].calendar != crew->groups[0].calendar)
			return NULL;
	return crew->groups[0].calendar;
}

/* Minutes one needs for the work, rounded up: a started minute is a minute. */
static int64_t minutes_for(int64_t work, int64_t share)
{
	wide_t product = (wide_t)work * DECIMAL_ONE;

	return (int64_t)((product + share - 1) / share);
}

/* The moment when one group has done the work; backward: from which on it does it up to `from`. */
static moment_t group_add(const struct crew_group *g, moment_t from, int64_t work, bool backward)
{
	wide_t left = (wide_t)work * DECIMAL_ONE;

	if (!g->share.of)
		return calendar_add(g->calendar, from, backward ? -minutes_for(work, g->share.units) : minutes_for(work, g->share.units));
	for (;;) {
		moment_t until = backward ? share_since(g->share, from) : share_until(g->share, from);
		int64_t share = share_at(g->share, backward ? from - 1 : from), minutes = (int64_t)((left + share - 1) / share);
		bool last = until == MOMENT_MAX || until == MOMENT_MIN;
		int64_t there = last ? minutes : calendar_between(g->calendar, backward ? until : from, backward ? from : until);

		if (there >= minutes)
			return calendar_add(g->calendar, from, backward ? -minutes : minutes);
		left -= (wide_t)there * share;
		from = until;
	}
}

/* Its work before a moment, in ten-thousandths of minutes; only differences mean something. */
static wide_t group_count(const struct crew_group *g, moment_t m)
{
	moment_t at = FIRST_MOMENT;
	wide_t work = 0;

	if (!g->share.of)
		return (wide_t)g->share.units * calendar_count(g->calendar, m);
	while (at < m) {
		moment_t until = share_until(g->share, at);

		until = until < m ? until : m;
		work += (wide_t)share_at(g->share, at) * calendar_between(g->calendar, at, until);
		at = until;
	}
	return work;
}

static moment_t crew_start_alone(const struct crew *crew, moment_t from)
{
	moment_t first = MOMENT_NONE;

	for (uint32_t i = 0; i < crew->group_count; i++) {
		moment_t m = calendar_next_working(crew->groups[i].calendar, from);

		if (m != MOMENT_NONE && (first == MOMENT_NONE || m < first))
			first = m;
	}
	return first;
}

/* Work of the pool before a moment, in ten-thousandths of minutes; only differences mean something. */
static wide_t pool_count(const struct crew *crew, moment_t m)
{
	wide_t work = 0;

	for (uint32_t i = 0; i < crew->pool_count; i++)
		work += group_count(&crew->groups[i], m);
	return work;
}

/* A bound of the search: somebody alone would be done (backward: the last such moment). */
static moment_t pool_alone(const struct crew *crew, moment_t from, int64_t effort, bool backward)
{
	moment_t best = MOMENT_NONE;

	for (uint32_t i = 0; i < crew->pool_count; i++) {
		moment_t m = group_add(&crew->groups[i], from, effort, backward);

		if (m != MOMENT_NONE && (best == MOMENT_NONE || (backward ? m > best : m < best)))
			best = m;
	}
	return best;
}

/* When all calendars run out one after the other, they may do it together all the same. */
static moment_t pool_bound(const struct crew *crew, moment_t from, int64_t effort, bool backward)
{
	moment_t alone = pool_alone(crew, from, effort, backward);
	moment_t far = (backward ? (moment_t)FIRST_DAY : (moment_t)LAST_DAY) * MINUTES_PER_DAY;
	wide_t work;

	if (alone != MOMENT_NONE)
		return alone;
	work = backward ? pool_count(crew, from) - pool_count(crew, far) : pool_count(crew, far) - pool_count(crew, from);
	return work >= (wide_t)effort * DECIMAL_ONE ? far : MOMENT_NONE;
}

/*
 * Between low, where fewer than `target` are counted, and high, where not fewer: the first moment with the target (last: the last one with
 * no more). Interpolation, and every third time the middle, so that it ends in any case.
 */
static moment_t pool_search(const struct crew *crew, moment_t low, moment_t high, wide_t target, bool last)
{
	wide_t below = pool_count(crew, low), above = pool_count(crew, high);

	for (int turn = 0; high - low > 1; turn++) {
		moment_t middle = low + (high - low) / 2;
		wide_t count;

		if (turn % 3 != 2 && above > below) {
			middle = low + (moment_t)((target - below) * (high - low) / (above - below));
			middle = middle <= low ? low + 1 : middle >= high ? high - 1 : middle;
		}
		count = pool_count(crew, middle);
		if (last ? count > target : count >= target) {
			high = middle;
			above = count;
		} else {
			low = middle;
			below = count;
		}
	}
	return last ? low : high;
}

static moment_t pool_finish(const struct crew *crew, moment_t start, int64_t effort)
{
	moment_t bound;

	if (effort <= 0)
		return start;
	bound = pool_bound(crew, start, effort, false);
	if (bound == MOMENT_NONE || crew->pool_count == 1)
		return bound;
	return pool_search(crew, start, bound, pool_count(crew, start) + (wide_t)effort * DECIMAL_ONE, false);
}

static moment_t pool_latest_start(const struct crew *crew, moment_t finish, int64_t effort)
{
	moment_t bound;

	if (effort <= 0)
		return finish;
	bound = pool_bound(crew, finish, effort, true);
	if (bound == MOMENT_NONE || crew->pool_count == 1)
		return bound;
	return pool_search(crew, bound, finish, pool_count(crew, finish) - (wide_t)effort * DECIMAL_ONE, true);
}

/* What is left to the pool. Without one, the fixed amounts are scaled to make up the whole. */
static int64_t pool_effort(const struct crew *crew, int64_t effort)
{
	return effort > crew->fixed_sum ? effort - crew->fixed_sum : 0;
}

/* A fixed amount, when `effort` is only a remainder of the whole. */
static int64_t fixed_effort(const struct crew *crew, const struct crew_group *group, int64_t effort)
{
	if (effort >= crew->fixed_sum && crew->pool_count > 0)
		return group->fixed;
	return crew->fixed_sum > 0 ? decimal_scale(group->fixed, effort, crew->fixed_sum) : 0;
}

static moment_t later(moment_t a, moment_t b)
{
	return a > b ? a : b;
}

moment_t crew_fixed_finish(const struct crew *crew, const struct crew_group *group, moment_t start, int64_t effort)
{
	return group_add(group, start, fixed_effort(crew, group, effort), false);
}

static moment_t crew_finish_alone(const struct crew *crew, moment_t start, int64_t effort)
{
	moment_t finish = start;

	if (crew->pool_count > 0)
		finish = pool_finish(crew, start, pool_effort(crew, effort));
	for (uint32_t i = crew->pool_count; i < crew->group_count && finish != MOMENT_NONE; i++) {
		const struct crew_group *group = &crew->groups[i];
		moment_t m = crew_fixed_finish(crew, group, start, effort);

		finish = m == MOMENT_NONE ? MOMENT_NONE : later(finish, m);
	}
	return finish;
}

static moment_t crew_latest_start_alone(const struct crew *crew, moment_t finish, int64_t effort)
{
	moment_t start = finish;

	if (crew->pool_count > 0)
		start = pool_latest_start(crew, finish, pool_effort(crew, effort));
	for (uint32_t i = crew->pool_count; i < crew->group_count && start != MOMENT_NONE; i++) {
		const struct crew_group *group = &crew->groups[i];
		moment_t m = group_add(group, finish, fixed_effort(crew, group, effort), true);

		start = m == MOMENT_NONE ? MOMENT_NONE : m < start ? m : start;
	}
	return start;
}

/* With a choice of crews: the first to begin, the first to be done, the last that must begin. */
moment_t crew_start(const struct crew *crew, moment_t from)
{
	moment_t first = crew_start_alone(crew, from);

	while ((crew = crew->other)) {
		moment_t m = crew_start_alone(crew, from);

		if (m != MOMENT_NONE && (first == MOMENT_NONE || m < first))
			first = m;
	}
	return first;
}

moment_t crew_finish(const struct crew *crew, moment_t start, int64_t effort)
{
	moment_t first = crew_finish_alone(crew, start, effort);

	while ((crew = crew->other)) {
		moment_t m = crew_finish_alone(crew, start, effort);

		if (m != MOMENT_NONE && (first == MOMENT_NONE || m < first))
			first = m;
	}
	return first;
}

moment_t crew_latest_start(const struct crew *crew, moment_t finish, int64_t effort)
{
	moment_t last = crew_latest_start_alone(crew, finish, effort);

	while ((crew = crew->other)) {
		moment_t m = crew_latest_start_alone(crew, finish, effort);

		if (m != MOMENT_NONE && (last == MOMENT_NONE || m > last))
			last = m;
	}
	return last;
}
