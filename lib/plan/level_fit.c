/*
 * Where a task fits: the first place from a moment on at which everybody it needs has room.
 *
 * Idea: put it at the moment; look, for everyone, for the last stretch in the way; no start before that stretch's end can help, because
 * the task would still cover some of it; so start there and look again. What nobody stands in the way of is the first place.
 *
 * Split tasks work up to the next stretch in the way, pause, and go on behind it.
 * Cost: O(members × (log exceptions + log steps)) for each stretch in the way.
 */
#include "plan/level-internal.h"

#include "base/alloc.h"

/* Nobody who is assigned a task for a given duration need be there at once, but within a day. */
enum { PRESENT_WITHIN = MINUTES_PER_DAY, AWAY_MOST = 1000 * MINUTES_PER_DAY };

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

/* The moment at which a resource has worked so many minutes more than at `from`. */
static moment_t lane_moment(const struct lane *lane, moment_t from, int64_t count)
{
	moment_t m;

	if (count == PROFILE_NEVER || count == STOCK_FOR_EVER)
		return MOMENT_MAX;
	m = calendar_add(lane->calendar, from, count - calendar_count(lane->calendar, from));
	return m == MOMENT_NONE ? MOMENT_MAX : m;
}

/* Until when one has no room for it somewhere in that time; `start` when it has. */
static moment_t blocked_until(struct levelling *l, uint32_t task, const struct member *m, moment_t start, moment_t finish)
{
	const struct lane *lane = &l->lanes[m->resource];
	size_t n;
	const struct stretch *s = level_stretches(l, m, start, level_member_finish(l, task, m, start, finish), &n);

	while (n-- > 0) {
		int64_t until = level_profile_blocked(&lane->profile, s[n].from, s[n].to, s[n].share);

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
		const struct stretch *s = level_stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		for (size_t k = 0; k < n && !m[i].stock; k++) { /* a stock is looked at when it is drawn from */
			int64_t at = level_profile_first_blocked(&lane->profile, s[k].from, s[k].to, s[k].share);
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

/* When all that it draws from stocks has come; `at` when it is there. */
static moment_t supplied_at(struct levelling *l, uint32_t task, moment_t at, uint32_t *who)
{
	const struct member *m = l->members.items;
	moment_t latest = at;

	for (size_t i = 0; i < l->members.len; i++) {
		moment_t until = m[i].stock ? blocked_until(l, task, &m[i], at, at) : at;

		*who = until > latest ? m[i].resource : *who;
		latest = until > latest ? until : latest;
	}
	return latest;
}

/* Works while all have room, pauses while not. */
static bool fit_split(struct levelling *l, uint32_t task, moment_t from, moment_t cutoff, struct fit *out)
{
	int64_t left = amount_of(l, task);
	uint32_t who = LEVEL_NOBODY;
	moment_t at = snap(l, task, from, &who), supplied = at == MOMENT_NONE ? at : supplied_at(l, task, at, &who);

	if (at != supplied)
		at = supplied == MOMENT_MAX ? MOMENT_NONE : snap(l, task, supplied, &who);
	*out = (struct fit){ MOMENT_NONE, MOMENT_NONE, who, supplied };
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
		const struct stretch *s = level_stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		for (size_t k = 0; k < n && !m[i].stock; k++)
			level_profile_take(&l->lanes[m[i].resource].profile, s[k].from, s[k].to, sign * s[k].share);
	}
}

void level_draw(struct levelling *l, moment_t start, int sign)
{
	const struct member *m = l->members.items;

	for (size_t i = 0; i < l->members.len; i++)
		if (m[i].stock)
			level_profile_take(&l->lanes[m[i].resource].profile, calendar_count(l->lanes[m[i].resource].calendar, start),
				STOCK_FOR_EVER, sign * m[i].share.units);
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
		const struct stretch *s = level_stretches(l, &m[i], start, level_member_finish(l, task, &m[i], start, finish), &n);

		while (n-- > 0 && !m[i].stock)
			sum += level_profile_shortage(&l->lanes[m[i].resource].profile, s[n].from, s[n].to, s[n].share);
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
