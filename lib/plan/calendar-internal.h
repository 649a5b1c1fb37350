/*
 * The compiled form of a calendar, for the files of lib/plan/calendar*.c alone.
 *
 * Time is cut into segments; inside one, working hours repeat every 14 days (14 for alternating weeks), so that "how many
 * working minutes before m" is one binary search over the segments and some arithmetic, and so is its inverse. A holiday is
 * a segment whose pattern is empty.
 */
#ifndef PLAN_CALENDAR_INTERNAL_H
#define PLAN_CALENDAR_INTERNAL_H

#include "base/arena.h"
#include "base/map.h"
#include "plan/calendar.h"

enum { PATTERN_DAYS = 14, PATTERN_ANCHOR = 4 }; /* 1970-01-05, a Monday, is day 0 of every pattern */

#define DATE_FIRST (-719162) /* 0001-01-01 */
#define DATE_LAST  2932896   /* 9999-12-31 */

struct day_hours {
	const struct time_range *ranges;
	uint16_t count;
	int16_t minutes;
};

struct pattern {
	struct day_hours days[PATTERN_DAYS];
	int32_t before[PATTERN_DAYS + 1]; /* working minutes before day i; the last is the whole period's */
};

struct segment {
	date_t from;
	bool exception;
	const struct pattern *pattern;
	int64_t before; /* working minutes before `from`, since DATE_FIRST */
	int64_t base;   /* before - minutes the pattern alone would have had */
	struct slice remark;
};

/* Where dates of plans lie; within these years the segment of a day is found through `bucket`, without a search. */
enum { BUCKET_FIRST = 10957, BUCKET_DAYS = 32, BUCKETS = 1152 }; /* from 2000-01-01 for a century */

struct calendar {
	struct slice name;
	struct segment *segments; /* by date; the first begins at DATE_FIRST */
	size_t segment_count;
	uint32_t *bucket;         /* by 32 days from BUCKET_FIRST on: the segment of the first of them */
	date_t horizon;
};

struct calendars {
	struct arena arena;
	const struct project *project;
	struct map by_name;         /* folded name → struct calendar * (NULL while faulty) */
	const struct calendar *project_calendar;
	const struct calendar *always; /* round the clock */
	struct map meets;           /* pair of pointers → struct calendar * */
	struct map resources;       /* record pointer → struct calendar * */
};

/* Fills `before` from the days. */
void pattern_sum(struct pattern *pattern);
/* Fills before and base of every segment, joining neighbours that say the same, and the buckets. */
void calendar_sum(struct calendar *calendar, struct arena *arena);
/* Index of a date in a pattern, 0..13. */
unsigned pattern_index(date_t day);
/* All days alike. */
struct pattern *pattern_uniform(struct arena *arena, const struct time_range *ranges, size_t count);
struct day_hours day_hours_of(const struct time_range *ranges, size_t count);
/* Does it have any working minute at all? */
bool calendar_is_empty(const struct calendar *calendar);
/* Minutes of a that are also in b. */
struct calendar *calendar_intersect(struct arena *arena, const struct calendar *a, const struct calendar *b);
/* One calendar that is always working except on the given dates (their own hours when they have some). */
struct calendar *calendar_without(struct arena *arena, const struct date_range *dates, size_t count);

/* calendar_limit.c: at most so many minutes each day; each week or month (between 2000 and 2100). */
const struct calendar *calendar_limit_day(struct arena *arena, const struct calendar *calendar, int64_t most);
const struct calendar *calendar_limit_period(struct arena *arena, const struct calendar *calendar, int64_t most, bool month);

/* An exception of a layer; the later in a list, the stronger. */
struct calendar_exception {
	date_t from, to; /* inclusive */
	enum { EXCEPTION_OFF, EXCEPTION_WORK } what;
	int as_weekday;
	const struct time_range *ranges; /* hours worked; of a day off: those left of the usual ones, none: all day off */
	size_t range_count;
	struct slice remark;
	bool recurring; /* of a rule, not announced for its year */
};
/* What is left of a day without the hours of a date range that is off; *count of them in the arena. */
const struct time_range *hours_left(struct arena *arena, const struct date_range *dates, size_t *count);
/* Weekly hours of odd and even ISO weeks, index 0 Monday … 6 Sunday. */
struct week_pair {
	struct day_hours odd[7], even[7];
	bool alternating;
};
struct calendar *calendar_compile(struct arena *arena, struct slice name, const struct week_pair *week,
	const struct calendar_exception *exceptions, size_t count);

#endif
