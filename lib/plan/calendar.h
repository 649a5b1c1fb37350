/*
 * Calendars: which minutes are working time.
 *
 * Each calendar is compiled once: weekly pattern (possibly alternating weeks), exceptions, inheritance; questions are O(log exceptions).
 * Nearest wins: own exception, base's exception, own week, base's week. Intervals are half-open.
 */
#ifndef PLAN_CALENDAR_H
#define PLAN_CALENDAR_H

#include "base/civil.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "model/project.h"

#include <stdbool.h>

struct calendar;    /* compiled, immutable, shared by threads */
struct calendars;   /* all of a project, by name; owns them */

/*
 * Compiles every [calendar]. Faults (unknown base; calendar-cycle; calendar-empty: one in use has no working time at all) go to found and give
 * ERR_INPUT, but *out is usable (and to be freed) all the same.
 */
int calendars_new(struct calendars **out, const struct project *project, struct diagnostics *found, struct err *err);
void calendars_free(struct calendars *calendars);
/* By name (folded); NULL when unknown. The empty name: the project's calendar (its setting, else Mon-Fri 09-12, 13-18). */
const struct calendar *calendars_find(const struct calendars *calendars, struct slice name);
/*
 * Working time common to a and b (NULL: a alone): derived, cached, owned by `calendars`. May turn out empty.
 */
const struct calendar *calendars_meet(struct calendars *calendars, const struct calendar *a, const struct calendar *b);
/* Working at every minute. */
const struct calendar *calendars_always(const struct calendars *calendars);
/* The calendar less some dates (their own hours when they have some); not cached. */
const struct calendar *calendars_except(struct calendars *calendars, const struct calendar *calendar,
	const struct date_range *dates, size_t count);
/* A person's: their calendar, else the project's, from available_from to available_to, less their leave. */
const struct calendar *calendars_for_resource(struct calendars *calendars, const struct record *resource);

/* First working minute at or after m; MOMENT_NONE when there is none (bounded look-ahead, never a loop). */
moment_t calendar_next_working(const struct calendar *c, moment_t m);
/* End of the last working minute at or before m: the latest moment x ≤ m with working time right before it. */
moment_t calendar_previous_working(const struct calendar *c, moment_t m);
/*
 * The moment when n working minutes from m on are done (n > 0: the end of the n-th minute, e.g. Friday 18:00, not
 * Monday 09:00; n = 0: m itself; n < 0: the start of the interval of -n minutes that ends at m).
 */
moment_t calendar_add(const struct calendar *c, moment_t m, int64_t n);
/* Working minutes in [a, b); negative when b < a. */
int64_t calendar_between(const struct calendar *c, moment_t a, moment_t b);
/* Working minutes before m, counted from the year 1: only differences mean something. */
int64_t calendar_count(const struct calendar *c, moment_t m);
bool calendar_is_working(const struct calendar *c, moment_t m);
/* Working minutes of a day and whether an exception made it so; remark of the exception (空 when none). */
int calendar_day(const struct calendar *c, date_t day, bool *exception, struct slice *remark);
/* Working ranges of a day, at most `room`; returns how many there are. */
size_t calendar_day_ranges(const struct calendar *c, date_t day, struct time_range *out, size_t room);
/* Last date the calendar's holidays are announced for, or DATE_NONE: for calendar-horizon. */
date_t calendar_horizon(const struct calendar *c);
struct slice calendar_name(const struct calendar *c);

#endif
