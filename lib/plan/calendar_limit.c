/*
 * Limits: a calendar in which nobody works more than so much a day, a week, a month.
 *
 * Idea: the working time of a day beyond its limit is off-time, the last of it first. For weeks and months the days are gone
 * through in order; where the limit is reached the rest of the period is off. So that each day of a century needs no
 * segment of its own, a daily limit cuts the patterns, and the others only add segments where they cut.
 * Cost: O(segments) for days; O(days of a century) for weeks and months, once a resource that has such a limit.
 */
#include "plan/calendar-internal.h"

#include "base/vec.h"

enum { LIMITS_FROM = 10957, LIMITS_TO = 47482 }; /* 2000-01-01 to 2100-01-01: plans lie here */

/* The first `most` minutes of a day. */
static struct day_hours cut_day(struct arena *arena, struct day_hours day, int64_t most)
{
	struct time_range *ranges;
	struct day_hours out = { NULL, 0, 0 };

	if (day.minutes <= most)
		return day;
	ranges = arena_calloc(arena, (size_t)day.count + 1, sizeof(*ranges));
	for (uint16_t i = 0; i < day.count && out.minutes < most; i++) {
		int64_t length = day.ranges[i].to - day.ranges[i].from, room = most - out.minutes;

		ranges[out.count] = day.ranges[i];
		if (length > room)
			ranges[out.count].to = (int16_t)(day.ranges[i].from + room);
		out.minutes = (int16_t)(out.minutes + (length > room ? room : length));
		out.count++;
	}
	out.ranges = ranges;
	return out;
}

const struct calendar *calendar_limit_day(struct arena *arena, const struct calendar *c, int64_t most)
{
	struct calendar *out = arena_calloc(arena, 1, sizeof(*out));
	const struct pattern *last = NULL, *last_cut = NULL;

	*out = (struct calendar){ .name = c->name, .horizon = c->horizon, .segment_count = c->segment_count };
	out->segments = arena_calloc(arena, c->segment_count + 1, sizeof(*out->segments));
	for (size_t i = 0; i < c->segment_count; i++) {
		out->segments[i] = c->segments[i];
		if (c->segments[i].pattern != last) {
			struct pattern *cut = arena_calloc(arena, 1, sizeof(*cut));

			for (int d = 0; d < PATTERN_DAYS; d++)
				cut->days[d] = cut_day(arena, c->segments[i].pattern->days[d], most);
			pattern_sum(cut);
			last = c->segments[i].pattern;
			last_cut = cut;
		}
		out->segments[i].pattern = last_cut;
	}
	calendar_sum(out, arena);
	return out;
}

static date_t period_end(date_t day, bool month)
{
	struct civil civil = civil_from_date(day);

	if (!month)
		return day - (date_weekday(day) - 1) + 7;
	return civil.month == 12 ? date_from_civil(civil.year + 1, 1, 1) : date_from_civil(civil.year, civil.month + 1, 1);
}

/* Minutes of the day at which `most` of its working time is over. */
static int16_t reached(const struct calendar *c, date_t day, int64_t most)
{
	return (int16_t)(calendar_add(c, moment_from_date(day), most) - moment_from_date(day));
}

static void add_segment(struct vec *segments, date_t from, const struct pattern *pattern)
{
	*(struct segment *)vec_push(segments) = (struct segment){ .from = from, .pattern = pattern };
}

/* From `day` on the period has no more than `most` minutes left. */
static void cut_period(struct arena *arena, const struct calendar *c, struct vec *segments, date_t day, date_t end, int64_t most,
	const struct pattern *const kinds[2])
{
	for (; day < end; day++) {
		int minutes = calendar_day(c, day, NULL, NULL);
		struct time_range *range;

		if (minutes <= most) {
			most -= minutes;
			continue;
		}
		range = arena_calloc(arena, 1, sizeof(*range));
		*range = (struct time_range){ 0, most > 0 ? reached(c, day, most) : 0 };
		add_segment(segments, day, most > 0 ? pattern_uniform(arena, range, 1) : kinds[0]);
		if (most > 0 && day + 1 < end)
			add_segment(segments, day + 1, kinds[0]);
		add_segment(segments, end, kinds[1]);
		return;
	}
}

const struct calendar *calendar_limit_period(struct arena *arena, const struct calendar *c, int64_t most, bool month)
{
	static const struct time_range all = { 0, MINUTES_PER_DAY };
	const struct pattern *const kinds[2] = { pattern_uniform(arena, NULL, 0), pattern_uniform(arena, &all, 1) };
	struct calendar allowed = { .horizon = DATE_NONE };
	const struct calendar *out;
	struct vec segments;

	vec_init(&segments, sizeof(struct segment));
	add_segment(&segments, DATE_FIRST, kinds[1]);
	for (date_t day = period_end(LIMITS_FROM, month); day < LIMITS_TO; day = period_end(day, month)) {
		struct segment *last = vec_at(&segments, segments.len - 1);

		if (last->from == day && segments.len > 1)
			segments.len--; /* the new period says itself what it allows from its first day on */
		if (segments.len == 0 || ((struct segment *)vec_at(&segments, segments.len - 1))->pattern != kinds[1])
			add_segment(&segments, day, kinds[1]);
		last = vec_at(&segments, segments.len - 1);
		if (last->from == day && calendar_day(c, day, NULL, NULL) > most)
			segments.len--;
		cut_period(arena, c, &segments, day, period_end(day, month), most, kinds);
	}
	allowed.segments = segments.items;
	allowed.segment_count = segments.len;
	out = calendar_intersect(arena, c, &allowed);
	vec_release(&segments);
	return out;
}
