/*
 * Questions asked of a compiled calendar.
 *
 * Idea: let W(m) be the number of working minutes before m. Then
 *	between(a, b) = W(b) - W(a)
 *	add(m, n)     = the moment x with W(x) = W(m) + n
 * W is flat over non-working time, so x is a closed interval of moments; the end of work takes its first ("Friday 18:00"), the
 * start of work its last ("Monday 09:00").
 * Inside a segment W(m) = base + whole periods × minutes a period + minutes before the day + minutes before the time of day.
 *
 * Example: Mon-Fri 09:00-12:00 13:00-18:00, 480 minutes a day. From Friday 17:00, 120 minutes are done on Monday at 10:00.
 * Cost: O(log segments) a question; segments ≤ 2 × exceptions + 1.
 */
#include "plan/calendar-internal.h"

static int64_t floor_divide(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return q - (a % b != 0 && (a < 0) != (b < 0));
}

unsigned pattern_index(date_t day)
{
	int rest = (day - PATTERN_ANCHOR) % PATTERN_DAYS;

	return (unsigned)(rest < 0 ? rest + PATTERN_DAYS : rest);
}

/* Working minutes the pattern alone has from the anchor to the start of the day; negative before the anchor. */
static int64_t pattern_count(const struct pattern *pattern, date_t day)
{
	int64_t periods = floor_divide(day - PATTERN_ANCHOR, PATTERN_DAYS);

	return periods * pattern->before[PATTERN_DAYS] + pattern->before[pattern_index(day)];
}

void pattern_sum(struct pattern *pattern)
{
	pattern->before[0] = 0;
	for (int i = 0; i < PATTERN_DAYS; i++)
		pattern->before[i + 1] = pattern->before[i] + pattern->days[i].minutes;
}

static void fill_buckets(struct calendar *calendar, struct arena *arena)
{
	uint32_t at = 0;

	calendar->bucket = arena_alloc(arena, BUCKETS * sizeof(*calendar->bucket));
	for (uint32_t b = 0; b < BUCKETS; b++) {
		date_t day = BUCKET_FIRST + (date_t)b * BUCKET_DAYS;

		while (at + 1 < calendar->segment_count && calendar->segments[at + 1].from <= day)
			at++;
		calendar->bucket[b] = at;
	}
}

void calendar_sum(struct calendar *calendar, struct arena *arena)
{
	struct segment *s = calendar->segments;
	size_t kept = 0;

	for (size_t i = 0; i < calendar->segment_count; i++) {
		if (kept > 0 && s[kept - 1].pattern == s[i].pattern &&
			s[kept - 1].exception == s[i].exception &&
			slice_equal(s[kept - 1].remark, s[i].remark))
			continue;
		s[kept++] = s[i];
	}
	calendar->segment_count = kept;
	for (size_t i = 0; i < kept; i++) {
		s[i].before = i == 0 ? 0 : s[i - 1].base + pattern_count(s[i - 1].pattern, s[i].from);
		s[i].base = s[i].before - pattern_count(s[i].pattern, s[i].from);
	}
	fill_buckets(calendar, arena);
}

bool calendar_is_empty(const struct calendar *calendar)
{
	const struct segment *last = &calendar->segments[calendar->segment_count - 1];

	return last->before == 0 && last->pattern->before[PATTERN_DAYS] == 0;
}

static const struct segment *segment_at(const struct calendar *c, date_t day)
{
	size_t low = 0, high = c->segment_count;
	uint32_t bucket = (uint32_t)(day - BUCKET_FIRST) / BUCKET_DAYS;

	if (day >= BUCKET_FIRST && bucket < BUCKETS) {
		low = c->bucket[bucket];
		while (low + 1 < high && c->segments[low + 1].from <= day)
			low++;
		return &c->segments[low];
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (c->segments[middle].from <= day)
			low = middle;
		else
			high = middle;
	}
	return &c->segments[low];
}

static date_t clamp_date(date_t day)
{
	return day < DATE_FIRST ? DATE_FIRST : day > DATE_LAST ? DATE_LAST : day;
}

static const struct day_hours *hours_at(const struct calendar *c, date_t day)
{
	return &segment_at(c, day)->pattern->days[pattern_index(day)];
}

static int minutes_before(const struct day_hours *hours, int minute)
{
	int sum = 0;

	for (unsigned i = 0; i < hours->count && hours->ranges[i].from < minute; i++)
		sum += (hours->ranges[i].to < minute ? hours->ranges[i].to : minute) - hours->ranges[i].from;
	return sum;
}

/* A moment, as a place on the calendar. */
struct position {
	const struct segment *segment;
	int64_t count; /* W(m) */
};

static struct position position_of(const struct calendar *c, moment_t m)
{
	date_t day = moment_date(m);
	struct position at = { c->segments, 0 };
	int minute;

	if (day < DATE_FIRST)
		return at;
	minute = day > DATE_LAST ? MINUTES_PER_DAY : moment_minute_of_day(m); /* nothing lies behind the last day's end */
	day = clamp_date(day);
	at.segment = segment_at(c, day);
	at.count = at.segment->base + pattern_count(at.segment->pattern, day) +
		minutes_before(&at.segment->pattern->days[pattern_index(day)], minute);
	return at;
}

int64_t calendar_count(const struct calendar *c, moment_t m)
{
	return position_of(c, m).count;
}

/* Does W reach the target only in this segment or a later one? */
static bool begins_before(const struct segment *s, int64_t target, bool last)
{
	return last ? s->before <= target : s->before < target;
}

enum { WALK = 6 };

/*
 * The segment in which W passes `target`: the last one that begins with W < target (last: W ≤ target). Most
 * questions are answered near where they are asked, so a few steps are walked before a search.
 */
static const struct segment *segment_reaching(const struct calendar *c, int64_t target, bool last, const struct segment *near)
{
	size_t low = 0, high = c->segment_count, at = (size_t)(near - c->segments);

	if (begins_before(near, target, last)) {
		low = at;
		for (int i = 0; i < WALK; i++) {
			if (low + 1 >= high || !begins_before(&c->segments[low + 1], target, last))
				return &c->segments[low];
			low++;
		}
	} else {
		high = at > 0 ? at : 1;
		for (int i = 0; i < WALK && high > 1; i++, high--)
			if (begins_before(&c->segments[high - 1], target, last))
				return &c->segments[high - 1];
	}
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (begins_before(&c->segments[middle], target, last))
			low = middle;
		else
			high = middle;
	}
	return &c->segments[low];
}

/* Minute of the day at which `minutes` of it are done: the first such minute, or the last. */
static int minute_after(const struct day_hours *hours, int minutes, bool last)
{
	for (unsigned i = 0; i < hours->count; i++) {
		int len = hours->ranges[i].to - hours->ranges[i].from;

		if (last ? minutes < len : minutes <= len)
			return hours->ranges[i].from + minutes;
		minutes -= len;
	}
	return MINUTES_PER_DAY;
}

/* The first (last) moment x with W(x) = target, or MOMENT_NONE; looked for from `near` on. */
static moment_t moment_reaching(const struct calendar *c, int64_t target, bool last, const struct segment *near)
{
	const struct segment *s;
	const struct pattern *p;
	int64_t period, periods, rest;
	int64_t day;
	int i = 0;

	if (target < 0 || (target == 0 && !last))
		return MOMENT_NONE;
	s = segment_reaching(c, target, last, near);
	p = s->pattern;
	period = p->before[PATTERN_DAYS];
	if (period == 0)
		return MOMENT_NONE;
	periods = floor_divide(target - s->base - !last, period);
	rest = target - s->base - periods * period;
	while (last ? p->before[i + 1] <= rest : p->before[i + 1] < rest)
		i++;
	day = PATTERN_ANCHOR + periods * PATTERN_DAYS + i;
	if (day > DATE_LAST)
		return MOMENT_NONE;
	return day * MINUTES_PER_DAY + minute_after(&p->days[i], (int)(rest - p->before[i]), last);
}

moment_t calendar_next_working(const struct calendar *c, moment_t m)
{
	struct position at;

	if (calendar_is_working(c, m))
		return m;
	at = position_of(c, m);
	return moment_reaching(c, at.count, true, at.segment);
}

moment_t calendar_previous_working(const struct calendar *c, moment_t m)
{
	struct position at = position_of(c, m);

	return moment_reaching(c, at.count, false, at.segment);
}

moment_t calendar_add(const struct calendar *c, moment_t m, int64_t n)
{
	struct position at;
	int64_t target;

	if (n == 0)
		return m;
	at = position_of(c, m);
	if (__builtin_add_overflow(at.count, n, &target))
		return MOMENT_NONE;
	return moment_reaching(c, target, n < 0, at.segment);
}

int64_t calendar_between(const struct calendar *c, moment_t a, moment_t b)
{
	if (a == b)
		return 0;
	return calendar_count(c, b) - calendar_count(c, a);
}

bool calendar_is_working(const struct calendar *c, moment_t m)
{
	const struct day_hours *hours = hours_at(c, clamp_date(moment_date(m)));
	int minute = moment_date(m) > DATE_LAST ? MINUTES_PER_DAY : moment_minute_of_day(m);

	for (unsigned i = 0; i < hours->count && hours->ranges[i].from <= minute; i++)
		if (minute < hours->ranges[i].to)
			return true;
	return false;
}

int calendar_day(const struct calendar *c, date_t day, bool *exception, struct slice *remark)
{
	const struct segment *s = segment_at(c, clamp_date(day));

	if (exception)
		*exception = s->exception;
	if (remark)
		*remark = s->remark;
	return s->pattern->days[pattern_index(day)].minutes;
}

size_t calendar_day_ranges(const struct calendar *c, date_t day, struct time_range *out, size_t room)
{
	const struct day_hours *hours = hours_at(c, clamp_date(day));

	for (size_t i = 0; i < hours->count && i < room; i++)
		out[i] = hours->ranges[i];
	return hours->count;
}

date_t calendar_horizon(const struct calendar *c)
{
	return c->horizon;
}

struct slice calendar_name(const struct calendar *c)
{
	return c->name;
}
