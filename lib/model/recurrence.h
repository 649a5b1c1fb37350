/*
 * Rules for days that come again: recurring tasks, holidays of every year, leave on every second Friday.
 *
 *	daily                    every 3 days
 *	weekly mon-wed, fri      every 2 weeks fri         (no weekday: that of the first day)
 *	monthly 1                monthly 15, last          every 3 months first mon
 *	yearly 05-01             yearly 10-01..10-03       yearly second sun of 05
 * and behind it, in any order: `from 2026-03-02`, `until 2026-12-31` (for tasks also `until project end`), `10 times`.
 * Where times of day are allowed one may follow: `weekly mon 09:00`.
 * A day that a month does not have is its last one; a year without 02-29 has 02-28. Intervals count from the first
 * day on: weeks begin on Monday. Words may be of any case; `on` may stand before the days.
 */
#ifndef MODEL_RECURRENCE_H
#define MODEL_RECURRENCE_H

#include "base/civil.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct scan;
struct value_fault;

enum recurrence_unit { RECUR_DAYS, RECUR_WEEKS, RECUR_MONTHS, RECUR_YEARS };
enum { RECUR_LAST = -1, RECUR_LAST_DAY = 1 /* bit 0 of month_days */ };

struct recurrence {
	enum recurrence_unit unit;
	int interval;        /* every so many units, from 1 */
	uint8_t weekdays;    /* bit 1 Monday … bit 7 Sunday; 0: none named */
	int position;        /* months, years: which of the weekdays, 1..4 or RECUR_LAST; 0: month_days count */
	uint32_t month_days; /* bits 1..31, RECUR_LAST_DAY */
	int month;           /* years: 1..12 */
	int length;          /* days from each first day on: 1, more for yearly 10-01..10-03 */
	int minute;          /* of the day at which it begins; -1: not said */
	int times;           /* how many at most; 0: without end */
	date_t from, until;  /* DATE_NONE: not said; until is inclusive */
	bool until_project_end;
};

/*
 * Reads a whole rule for a task: times of day and `until project end` allowed. 0, or -1 with the fault (which may be
 * NULL) filled.
 */
int recurrence_parse(struct slice text, struct recurrence *out, struct value_fault *fault);
/* Does a rule come next ("weekly", "every" …)? And the rule at the front of a list's item: days only. 0 or -1. */
bool recurrence_ahead(const struct scan *scan);
int recurrence_scan(struct scan *scan, struct recurrence *out);
/* The canonical text. */
void recurrence_print(const struct recurrence *rule, struct strbuf *out);

/*
 * Calls day for each first day in first…last in order, until it answers false. The rule's own from and until bound it
 * too; intervals and `times` count from its `from`, else from `first`. O(periods).
 */
void recurrence_each(const struct recurrence *rule, date_t first, date_t last, bool (*day)(void *context, date_t date),
	void *context);

#endif
