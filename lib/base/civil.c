/*
 * Dates are counted in eras of 400 years (146,097 days) of years that begin on 1 March, so that
 * the leap day is the last of its year and month lengths follow (153 m + 2) / 5.
 */
#include "base/civil.h"

#include <stdio.h>

enum { DAYS_PER_ERA = 146097, DAYS_0000_03_01_TO_1970 = 719468 };

static int floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

date_t date_from_civil(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = floor_div(y, 400);
	int year_of_era = y - era * 400;
	int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * DAYS_PER_ERA + day_of_era - DAYS_0000_03_01_TO_1970;
}

struct civil civil_from_date(date_t date)
{
	int days = date + DAYS_0000_03_01_TO_1970;
	int era = floor_div(days, DAYS_PER_ERA);
	int day_of_era = days - era * DAYS_PER_ERA;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int march_month = (5 * day_of_year + 2) / 153;
	int month = march_month < 10 ? march_month + 3 : march_month - 9;

	return (struct civil){
		.year = year_of_era + era * 400 + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * march_month + 2) / 5 + 1,
	};
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool civil_valid(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
		day <= days_in_month(year, month);
}

int date_weekday(date_t date)
{
	int64_t days = (int64_t)date + 3; /* 1970-01-01 was a Thursday */

	return (int)(((days % 7) + 7) % 7) + 1;
}

int date_iso_week(date_t date, int *year)
{
	/* A week belongs to the year of its Thursday. */
	date_t thursday = date - date_weekday(date) + 4;
	int thursday_year = civil_from_date(thursday).year;

	if (year)
		*year = thursday_year;
	return (thursday - date_from_civil(thursday_year, 1, 1)) / 7 + 1;
}

date_t date_add_months(date_t date, int months)
{
	struct civil c = civil_from_date(date);
	int64_t total = (int64_t)c.year * 12 + c.month - 1 + months;
	int year = (int)(total >= 0 ? total / 12 : -((11 - total) / 12));
	int month = (int)(total - (int64_t)year * 12) + 1;
	int last = days_in_month(year, month);

	return date_from_civil(year, month, c.day < last ? c.day : last);
}

size_t date_first_from(const date_t *dates, size_t count, date_t from)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (dates[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

moment_t moment_from_date(date_t date)
{
	return (moment_t)date * MINUTES_PER_DAY;
}

date_t moment_date(moment_t moment)
{
	return (date_t)(moment / MINUTES_PER_DAY - (moment % MINUTES_PER_DAY < 0));
}

int moment_minute_of_day(moment_t moment)
{
	int minute = (int)(moment % MINUTES_PER_DAY);

	return minute < 0 ? minute + MINUTES_PER_DAY : minute;
}

/* Exactly `digits` decimal digits at `at`; -1 when one is none. */
static int parse_digits(const char *at, int digits)
{
	int value = 0;

	for (int i = 0; i < digits; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		value = value * 10 + (at[i] - '0');
	}
	return value;
}

enum civil_fault date_parse(struct slice text, date_t *out)
{
	int year, month, day;

	if (text.len != 10 || text.at[4] != '-' || text.at[7] != '-')
		return CIVIL_SYNTAX;
	year = parse_digits(text.at, 4);
	month = parse_digits(text.at + 5, 2);
	day = parse_digits(text.at + 8, 2);
	if (year < 0 || month < 0 || day < 0)
		return CIVIL_SYNTAX;
	if (!civil_valid(year, month, day))
		return CIVIL_IMPOSSIBLE;
	*out = date_from_civil(year, month, day);
	return CIVIL_OK;
}

enum civil_fault moment_parse(struct slice text, moment_t *out, bool *has_time)
{
	enum civil_fault fault;
	int hour, minute;
	date_t date;

	*has_time = text.len > 10;
	if (text.len <= 10) {
		fault = date_parse(text, &date);
		if (!fault)
			*out = moment_from_date(date);
		return fault;
	}
	if (text.len != 16 || (text.at[10] != ' ' && text.at[10] != 'T') || text.at[13] != ':')
		return CIVIL_SYNTAX;
	hour = parse_digits(text.at + 11, 2);
	minute = parse_digits(text.at + 14, 2);
	fault = date_parse(slice_new(text.at, 10), &date);
	if (fault == CIVIL_SYNTAX || hour < 0 || minute < 0)
		return CIVIL_SYNTAX;
	if (fault || hour > 23 || minute > 59)
		return CIVIL_IMPOSSIBLE;
	*out = moment_from_date(date) + (moment_t)hour * 60 + minute;
	return CIVIL_OK;
}

/* 0 to 99. */
static char *put_two(char *at, int number)
{
	unsigned tens = (unsigned)number * 103 >> 10; /* number / 10 */

	at[0] = (char)('0' + tens);
	at[1] = (char)('0' + (unsigned)number - tens * 10);
	return at + 2;
}

/* By hand: a schedule prints millions, and printf is most of the time then. Returns the end. */
static char *put_date(char *at, date_t date)
{
	struct civil c = civil_from_date(date);

	if (c.year < 0 || c.year > 9999) /* beyond what is accepted; still never beyond the buffer */
		return at + snprintf(at, CIVIL_TEXT - 8, "%d-%02d-%02d", c.year, c.month, c.day);
	at = put_two(put_two(at, c.year / 100), c.year % 100);
	*at++ = '-';
	at = put_two(at, c.month);
	*at++ = '-';
	return put_two(at, c.day);
}

const char *date_print(date_t date, char out[CIVIL_TEXT])
{
	put_date(out, date)[0] = '\0';
	return out;
}

static const char *print_moment(moment_t moment, char separator, char out[CIVIL_TEXT])
{
	int minute = moment_minute_of_day(moment);
	char *at = put_date(out, moment_date(moment));

	*at++ = separator;
	at = put_two(at, minute / 60);
	*at++ = ':';
	put_two(at, minute % 60)[0] = '\0';
	return out;
}

const char *moment_print(moment_t m, char out[CIVIL_TEXT])
{
	return print_moment(m, ' ', out);
}

const char *moment_print_iso(moment_t m, char out[CIVIL_TEXT])
{
	return print_moment(m, 'T', out);
}
