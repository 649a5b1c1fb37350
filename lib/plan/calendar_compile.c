/*
 * Compiling calendars: layers of exceptions over weekly hours, intersections, absences.
 *
 * Idea: exceptions are painted over the weekly pattern, the strongest last. Instead of painting, the strongest goes first
 * and claims the days nobody claimed; a union-find over the elementary intervals between all boundaries jumps over
 * those already taken. Cost: O(n log n) for n exceptions, however long their ranges are.
 *
 * Alternating weeks (大小周) follow the ISO week number: odd weeks and even weeks. A year of 53 weeks puts two odd weeks side
 * by side; there a new segment begins with the two halves of the 14-day pattern exchanged.
 */
#include "plan/calendar-internal.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <stdlib.h>

enum { PARITY_FIRST_YEAR = 1900, PARITY_LAST_YEAR = 2400, NOBODY = -1 };

struct day_hours day_hours_of(const struct time_range *ranges, size_t count)
{
	struct day_hours hours = { ranges, (uint16_t)count, 0 };

	for (size_t i = 0; i < count; i++)
		hours.minutes = (int16_t)(hours.minutes + ranges[i].to - ranges[i].from);
	return hours;
}

struct pattern *pattern_uniform(struct arena *arena, const struct time_range *ranges, size_t count)
{
	struct pattern *pattern = arena_calloc(arena, 1, sizeof(*pattern));

	for (int i = 0; i < PATTERN_DAYS; i++)
		pattern->days[i] = day_hours_of(ranges, count);
	pattern_sum(pattern);
	return pattern;
}

struct compiler {
	struct arena *arena;
	const struct week_pair *week;
	const struct calendar_exception *exceptions;
	size_t count;
	struct vec cuts;        /* date_t: where something may change, ascending, unique */
	int32_t *owner;         /* by elementary interval: exception, or NOBODY */
	const struct pattern *usual[2]; /* odd week first, even week first */
	const struct pattern *off;
	const struct pattern *worked[2]; /* usual, with free days filled by the default hours */
};

static int compare_dates(const void *a, const void *b, void *context)
{
	date_t x = *(const date_t *)a, y = *(const date_t *)b;

	(void)context;
	return (x > y) - (x < y);
}

static void cut(struct compiler *c, date_t day)
{
	if (day >= DATE_FIRST && day <= DATE_LAST)
		vec_append(&c->cuts, &day);
}

static void cut_at_long_years(struct compiler *c)
{
	for (int year = PARITY_FIRST_YEAR; year <= PARITY_LAST_YEAR; year++) {
		date_t last = date_from_civil(year, 12, 28);

		if (date_iso_week(last, NULL) == 53)
			cut(c, last - date_weekday(last) + 8);
	}
}

static void find_cuts(struct compiler *c)
{
	date_t *days;
	size_t kept = 0;

	cut(c, DATE_FIRST);
	for (size_t i = 0; i < c->count; i++) {
		cut(c, c->exceptions[i].from);
		cut(c, c->exceptions[i].to + 1);
	}
	if (c->week->alternating)
		cut_at_long_years(c);
	vec_sort(&c->cuts, compare_dates, NULL);
	days = c->cuts.items;
	for (size_t i = 0; i < c->cuts.len; i++)
		if (kept == 0 || days[kept - 1] != days[i])
			days[kept++] = days[i];
	c->cuts.len = kept;
}

/* First elementary interval at or after `day`. */
static size_t interval_from(const struct compiler *c, date_t day)
{
	return date_first_from(c->cuts.items, c->cuts.len, day);
}

static size_t next_free(size_t *next, size_t i)
{
	while (next[i] != i) {
		next[i] = next[next[i]];
		i = next[i];
	}
	return i;
}

static void claim(struct compiler *c)
{
	size_t n = c->cuts.len;
	size_t *next = xreallocarray(NULL, n + 1, sizeof(*next));

	c->owner = xreallocarray(NULL, n, sizeof(*c->owner));
	for (size_t i = 0; i <= n; i++)
		next[i] = i;
	for (size_t i = 0; i < n; i++)
		c->owner[i] = NOBODY;
	for (size_t e = c->count; e-- > 0;) {
		size_t to = interval_from(c, c->exceptions[e].to + 1);
		size_t i = next_free(next, interval_from(c, c->exceptions[e].from));

		for (; i < to; i = next_free(next, i + 1)) {
			c->owner[i] = (int32_t)e;
			next[i] = i + 1;
		}
	}
	free(next);
}

/* Hours of a worked day that the week leaves free: those of the week's first working day, else of the other week's. */
static struct day_hours default_hours(const struct week_pair *week, bool odd)
{
	const struct day_hours *mine = odd ? week->odd : week->even;
	const struct day_hours *other = odd ? week->even : week->odd;

	for (int i = 0; i < 7; i++)
		if (mine[i].minutes > 0)
			return mine[i];
	for (int i = 0; i < 7; i++)
		if (other[i].minutes > 0)
			return other[i];
	return (struct day_hours){ NULL, 0, 0 };
}

enum fill { FILL_USUAL, FILL_WORKED, FILL_WEEKDAY };

/* The 14 days from an odd (even) week on. weekday: 0 Monday … for FILL_WEEKDAY. */
static const struct pattern *week_pattern(const struct compiler *c, bool odd_first, enum fill fill, int weekday)
{
	struct pattern *pattern = arena_calloc(c->arena, 1, sizeof(*pattern));

	for (int i = 0; i < PATTERN_DAYS; i++) {
		bool odd = (i < 7) == odd_first;
		const struct day_hours *week = odd ? c->week->odd : c->week->even;

		pattern->days[i] = week[fill == FILL_WEEKDAY ? weekday : i % 7];
		if (fill == FILL_WORKED && pattern->days[i].minutes == 0)
			pattern->days[i] = default_hours(c->week, odd);
	}
	pattern_sum(pattern);
	return pattern;
}

/* Does the first half of the pattern hold an odd week around this day? */
static bool odd_comes_first(date_t day)
{
	return (date_iso_week(day, NULL) % 2 == 1) == (pattern_index(day) < 7);
}

static const struct pattern *pattern_intersect(struct arena *arena, const struct pattern *a, const struct pattern *b);

/* Hours of an exception that is off are those that are left. */
static const struct pattern *pattern_of(struct compiler *c, date_t from, const struct calendar_exception *e)
{
	bool odd_first = !c->week->alternating || odd_comes_first(from);
	const struct pattern **shared = &c->usual[odd_first];
	enum fill fill = FILL_USUAL;

	if (e && e->what == EXCEPTION_OFF && e->range_count > 0)
		return pattern_intersect(c->arena, pattern_of(c, from, NULL),
			pattern_uniform(c->arena, e->ranges, e->range_count));
	if (e && e->what == EXCEPTION_OFF) {
		if (!c->off)
			c->off = pattern_uniform(c->arena, NULL, 0);
		return c->off;
	}
	if (e && e->range_count > 0)
		return pattern_uniform(c->arena, e->ranges, e->range_count);
	if (e && e->as_weekday > 0)
		return week_pattern(c, odd_first, FILL_WEEKDAY, e->as_weekday - 1);
	if (e) {
		shared = &c->worked[odd_first];
		fill = FILL_WORKED;
	}
	if (!*shared)
		*shared = week_pattern(c, odd_first, fill, 0);
	return *shared;
}

struct calendar *calendar_compile(struct arena *arena, struct slice name, const struct week_pair *week,
	const struct calendar_exception *exceptions, size_t count)
{
	struct compiler c = { .arena = arena, .week = week, .exceptions = exceptions, .count = count };
	struct calendar *calendar = arena_calloc(arena, 1, sizeof(*calendar));
	const date_t *days;

	vec_init(&c.cuts, sizeof(date_t));
	find_cuts(&c);
	claim(&c);
	days = c.cuts.items;
	calendar->name = name;
	calendar->horizon = DATE_NONE;
	calendar->segment_count = c.cuts.len;
	calendar->segments = arena_calloc(arena, c.cuts.len, sizeof(*calendar->segments));
	for (size_t i = 0; i < c.cuts.len; i++) {
		const struct calendar_exception *e = c.owner[i] == NOBODY ? NULL : &exceptions[c.owner[i]];
		struct segment *s = &calendar->segments[i];

		s->from = days[i];
		s->exception = e != NULL;
		s->pattern = pattern_of(&c, days[i], e);
		if (e)
			s->remark = e->remark;
	}
	calendar_sum(calendar, arena);
	free(c.owner);
	vec_release(&c.cuts);
	return calendar;
}

/* Intersection of two ascending lists of ranges; returns how many came out. At most a + b - 1. */
static size_t intersect_ranges(const struct day_hours *a, const struct day_hours *b, struct time_range *out)
{
	size_t i = 0, j = 0, n = 0;

	while (i < a->count && j < b->count) {
		struct time_range x = a->ranges[i], y = b->ranges[j];
		int16_t from = x.from > y.from ? x.from : y.from;
		int16_t to = x.to < y.to ? x.to : y.to;

		if (from < to)
			out[n++] = (struct time_range){ from, to };
		if (x.to < y.to)
			i++;
		else
			j++;
	}
	return n;
}

static const struct pattern *pattern_intersect(struct arena *arena, const struct pattern *a, const struct pattern *b)
{
	struct pattern *pattern;

	if (a == b || a->before[PATTERN_DAYS] == 0)
		return a;
	if (b->before[PATTERN_DAYS] == 0)
		return b;
	pattern = arena_calloc(arena, 1, sizeof(*pattern));
	for (int i = 0; i < PATTERN_DAYS; i++) {
		size_t room = (size_t)a->days[i].count + b->days[i].count;
		struct time_range *ranges = arena_calloc(arena, room + 1, sizeof(*ranges));
		size_t n = intersect_ranges(&a->days[i], &b->days[i], ranges);

		pattern->days[i] = day_hours_of(ranges, n);
	}
	pattern_sum(pattern);
	return pattern;
}

static date_t earlier(date_t a, date_t b)
{
	if (a == DATE_NONE)
		return b;
	return b == DATE_NONE || a < b ? a : b;
}

struct meet_memo {
	const struct pattern *a, *b, *met;
};

struct calendar *calendar_intersect(struct arena *arena, const struct calendar *a, const struct calendar *b)
{
	struct calendar *met = arena_calloc(arena, 1, sizeof(*met));
	struct meet_memo memo[8] = { { NULL, NULL, NULL } }; /* the usual patterns meet again and again */
	size_t i = 0, j = 0, n = 0;

	met->name = a->name;
	met->horizon = earlier(a->horizon, b->horizon);
	met->segments = arena_calloc(arena, a->segment_count + b->segment_count, sizeof(*met->segments));
	for (;;) {
		const struct segment *x = &a->segments[i], *y = &b->segments[j];
		struct meet_memo *m = &memo[((uintptr_t)x->pattern / 64 + (uintptr_t)y->pattern / 64) % 8];

		if (m->a != x->pattern || m->b != y->pattern)
			*m = (struct meet_memo){ x->pattern, y->pattern,
				pattern_intersect(arena, x->pattern, y->pattern) };
		met->segments[n++] = (struct segment){
			.from = x->from > y->from ? x->from : y->from,
			.exception = x->exception || y->exception,
			.pattern = m->met,
			.remark = x->remark.len ? x->remark : y->remark,
		};
		if (i + 1 >= a->segment_count && j + 1 >= b->segment_count)
			break;
		if (j + 1 >= b->segment_count)
			i++;
		else if (i + 1 >= a->segment_count)
			j++;
		else {
			date_t next = a->segments[i + 1].from, other = b->segments[j + 1].from;

			i += next <= other;
			j += other <= next;
		}
	}
	met->segment_count = n;
	calendar_sum(met, arena);
	return met;
}

const struct time_range *hours_left(struct arena *arena, const struct date_range *dates, size_t *count)
{
	struct time_range *left = arena_calloc(arena, dates->range_count + 1, sizeof(*left));
	int16_t from = 0;

	*count = 0;
	for (size_t i = 0; i < dates->range_count; i++) {
		if (dates->ranges[i].from > from)
			left[(*count)++] = (struct time_range){ from, dates->ranges[i].from };
		from = dates->ranges[i].to;
	}
	if (from < MINUTES_PER_DAY)
		left[(*count)++] = (struct time_range){ from, MINUTES_PER_DAY };
	return left;
}

/* The rest of a day without the given ranges. */
static struct calendar_exception absence(struct arena *arena, const struct date_range *dates)
{
	struct calendar_exception e = { .from = dates->from, .to = dates->to, .remark = dates->remark };

	e.what = EXCEPTION_OFF;
	if (dates->range_count == 0)
		return e;
	e.ranges = hours_left(arena, dates, &e.range_count);
	e.what = e.range_count > 0 ? EXCEPTION_WORK : EXCEPTION_OFF;
	return e;
}

/* Round the clock but for exceptions. */
static struct calendar *compile_absences(struct arena *arena, const struct calendar_exception *exceptions, size_t count)
{
	struct time_range *day = arena_calloc(arena, 1, sizeof(*day));
	struct week_pair week = { .alternating = false };

	*day = (struct time_range){ 0, MINUTES_PER_DAY };
	for (int i = 0; i < 7; i++)
		week.odd[i] = week.even[i] = day_hours_of(day, 1);
	return calendar_compile(arena, (struct slice){ NULL, 0 }, &week, exceptions, count);
}

static int by_first_day(const void *a, const void *b, void *context)
{
	const struct calendar_exception *x = a, *y = b;

	(void)context;
	return (x->from > y->from) - (x->from < y->from);
}

/* Takes those that do not overlap one another, from the first on, into layer; returns how many. The others close up. */
static size_t take_layer(struct calendar_exception *items, size_t count, struct calendar_exception *layer)
{
	size_t taken = 0, left = 0;

	for (size_t i = 0; i < count; i++)
		if (taken == 0 || items[i].from > layer[taken - 1].to)
			layer[taken++] = items[i];
		else
			items[left++] = items[i];
	return taken;
}

/* Absences add up: hours away on one day by two lines are both away, and a whole day is a whole day. */
struct calendar *calendar_without(struct arena *arena, const struct date_range *dates, size_t count)
{
	struct calendar_exception *whole = arena_calloc(arena, count + 1, sizeof(*whole));
	struct calendar_exception *parts = arena_calloc(arena, count + 1, sizeof(*parts));
	struct calendar_exception *layer = arena_calloc(arena, count + 1, sizeof(*layer));
	size_t whole_count = 0, part_count = 0;
	struct calendar *calendar;

	for (size_t i = 0; i < count; i++) {
		struct calendar_exception e = absence(arena, &dates[i]);

		if (e.what == EXCEPTION_OFF)
			whole[whole_count++] = e;
		else
			parts[part_count++] = e;
	}
	stable_sort(parts, part_count, sizeof(*parts), by_first_day, NULL);
	calendar = compile_absences(arena, whole, whole_count);
	while (part_count > 0) {
		size_t taken = take_layer(parts, part_count, layer);

		calendar = calendar_intersect(arena, calendar, compile_absences(arena, layer, taken));
		part_count -= taken;
	}
	return calendar;
}
