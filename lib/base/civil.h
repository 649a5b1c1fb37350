/*
 * Civil dates and times of one project: proleptic Gregorian, no zones, no leap seconds.
 *
 * A date is days since 1970-01-01 (int32_t); a moment is minutes since 1970-01-01 00:00
 * (int64_t). Years 1 to 9999 are accepted. Intervals are half-open inside; reports show inclusive days.
 * Conversions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil).
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t date_t;   /* days since 1970-01-01 */
typedef int64_t moment_t; /* minutes since 1970-01-01 00:00 */

#define DATE_NONE      INT32_MIN
#define MOMENT_NONE    INT64_MIN
#define MINUTES_PER_DAY 1440

struct civil {
	int year, month, day; /* 1-12, 1-31 */
};

date_t date_from_civil(int year, int month, int day);
struct civil civil_from_date(date_t date);
bool civil_valid(int year, int month, int day); /* a real day, years 1..9999 */
int date_weekday(date_t date);                  /* ISO: 1 Monday … 7 Sunday */
/* ISO 8601 week number; *year gets the week's year (may be NULL). */
int date_iso_week(date_t date, int *year);
/* Same day n months on; a day that does not exist becomes the month's last. */
date_t date_add_months(date_t date, int months);

/* The first of ascending dates that is no earlier; count when there is none. */
size_t date_first_from(const date_t *dates, size_t count, date_t from);

moment_t moment_from_date(date_t date);
date_t moment_date(moment_t moment);       /* floor, also before 1970 */
int moment_minute_of_day(moment_t moment); /* 0..1439 */

enum civil_fault { CIVIL_OK, CIVIL_SYNTAX, CIVIL_IMPOSSIBLE }; /* "2026-02-30" is impossible */
/* YYYY-MM-DD exactly. */
enum civil_fault date_parse(struct slice text, date_t *out);
/* YYYY-MM-DD or YYYY-MM-DD HH:MM (also with T between); *has_time tells which. */
enum civil_fault moment_parse(struct slice text, moment_t *out, bool *has_time);

enum { CIVIL_TEXT = 24 };                                /* room for the printers below */
const char *date_print(date_t date, char out[CIVIL_TEXT]);     /* 2026-03-02 */
const char *moment_print(moment_t m, char out[CIVIL_TEXT]);    /* 2026-03-02 09:00 */
const char *moment_print_iso(moment_t m, char out[CIVIL_TEXT]); /* 2026-03-02T09:00 */

#endif
