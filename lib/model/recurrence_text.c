/* Recurrence rules as text: the reader and the canonical printer. */
#include "model/recurrence.h"

#include "base/alloc.h"
#include "model/value_scan.h"

#include <string.h>

static const char *const units_every[] = { "days", "weeks", "months", "years" };
static const char *const units_one[] = { "daily", "weekly", "monthly", "yearly" };
static const char *const positions[] = { "last", "", "first", "second", "third", "fourth" }; /* from RECUR_LAST on */

enum { INTERVAL_MOST = 1000, TIMES_MOST = 100000, LENGTH_MOST = 366 };

/* A whole word, of any ASCII case; commas end words as blanks do. */
static struct slice peek_word(const struct scan *scan)
{
	struct scan ahead = *scan;
	struct slice word;

	scan_blanks(&ahead);
	word = scan_peek_token(&ahead);
	word.len = slice_find(word, ',');
	return word;
}

static void take_word(struct scan *scan)
{
	scan_blanks(scan);
	scan->rest = slice_from(scan->rest, peek_word(scan).len);
}

static void take_comma(struct scan *scan)
{
	scan_blanks(scan);
	scan_char(scan, ',');
}

static bool word_is(struct slice word, const char *text)
{
	struct scan scan = scan_new(word, NULL);

	return scan_text(&scan, text) && scan.rest.len == 0;
}

static bool take(struct scan *scan, const char *text)
{
	if (!word_is(peek_word(scan), text))
		return false;
	take_word(scan);
	return true;
}

/* A number of digits alone, or -1. */
static int number_of(struct slice word, int most)
{
	int number = 0;

	if (word.len == 0 || word.len > 6)
		return -1;
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] < '0' || word.at[i] > '9')
			return -1;
		number = number * 10 + (word.at[i] - '0');
	}
	return number <= most ? number : -1;
}

/* "mon", "mon-fri" as bits 1..7; 0 when it is neither. */
static uint8_t weekdays_of(struct slice word)
{
	size_t dash = slice_find(word, '-');
	int from = weekday_find(slice_new(word.at, dash)), to = from;
	unsigned days = 0;

	if (dash < word.len)
		to = weekday_find(slice_from(word, dash + 1));
	if (from == 0 || to == 0)
		return 0;
	for (int day = from;; day = day % 7 + 1) {
		days |= 1u << day;
		if (day == to)
			return (uint8_t)days;
	}
}

/* mon-wed, fri */
static void scan_weekdays(struct scan *scan, struct recurrence *r)
{
	for (uint8_t days; (days = weekdays_of(peek_word(scan))) != 0; take_comma(scan)) {
		take_word(scan);
		r->weekdays |= days;
	}
}

static int position_of(struct slice word)
{
	for (int i = RECUR_LAST; i <= 4; i++)
		if (i != 0 && word_is(word, positions[i + 1]))
			return i;
	return 0;
}

/* "first mon"; `last` alone is a day of the month, not a position. */
static bool scan_position(struct scan *scan, struct recurrence *r)
{
	struct scan ahead = *scan;
	int position = position_of(peek_word(scan));

	take_word(&ahead);
	if (position == 0 || weekdays_of(peek_word(&ahead)) == 0)
		return false;
	*scan = ahead;
	r->position = position;
	scan_weekdays(scan, r);
	return true;
}

/* "10 times" is no tenth day. */
static bool counts_times(const struct scan *scan)
{
	struct scan ahead = *scan;

	take_word(&ahead);
	return word_is(peek_word(&ahead), "times");
}

/* "weekly on fri": the word may be there, before days alone; a remark may begin with it, too. */
static void skip_on(struct scan *scan)
{
	struct scan ahead = *scan;
	struct slice word;

	if (!take(&ahead, "on"))
		return;
	word = peek_word(&ahead);
	if (weekdays_of(word) != 0 || position_of(word) != 0 || (word.len > 0 && word.at[0] >= '0' && word.at[0] <= '9'))
		*scan = ahead;
}

/* 1, 15, last */
static int scan_month_days(struct scan *scan, struct recurrence *r)
{
	if (scan_position(scan, r))
		return 0;
	for (;; take_comma(scan)) {
		struct slice word = peek_word(scan);
		int day = number_of(word, 31);

		if (word_is(word, "last"))
			r->month_days |= RECUR_LAST_DAY;
		else if (day >= 1 && !counts_times(scan))
			r->month_days |= 1u << day;
		else
			break;
		take_word(scan);
	}
	scan_blanks(scan);
	if (r->month_days == 0)
		return scan_fault_here(scan, "value-syntax", N_("a day of the month: 1, 15, last, first mon"));
	return 0;
}

/* "05-01" of a leap year, so that 02-29 is a day. */
static bool month_day(struct slice word, struct civil *out)
{
	if (word.len != 5 || word.at[2] != '-')
		return false;
	*out = (struct civil){ 2000, number_of(slice_new(word.at, 2), 12), number_of(slice_from(word, 3), 31) };
	return out->month >= 1 && out->day >= 1 && civil_valid(2000, out->month, out->day);
}

/* 05-01, 10-01..10-03, 12-31..01-02 */
static bool scan_year_days(struct slice word, struct recurrence *r)
{
	struct civil first, last;
	date_t from, to;

	if (!month_day(slice_new(word.at, word.len < 5 ? word.len : 5), &first))
		return false;
	r->month = first.month;
	r->month_days = 1u << first.day;
	if (word.len == 5)
		return true;
	if (word.len != 12 || word.at[5] != '.' || word.at[6] != '.' || !month_day(slice_from(word, 7), &last))
		return false;
	from = date_from_civil(2001, first.month, first.month == 2 && first.day == 29 ? 28 : first.day);
	to = date_from_civil(2001, last.month, last.month == 2 && last.day == 29 ? 28 : last.day);
	if (to < from)
		to += 365;
	r->length = to - from + 1;
	return true;
}

static int scan_year(struct scan *scan, struct recurrence *r)
{
	struct slice word;

	if (scan_position(scan, r)) {
		take(scan, "of");
		r->month = number_of(peek_word(scan), 12);
		if (r->month < 1)
			return scan_fault_here(scan, "value-syntax", N_("a month behind 'of': 01 … 12"));
		take_word(scan);
		return 0;
	}
	word = peek_word(scan);
	scan_blanks(scan);
	if (!scan_year_days(word, r))
		return scan_fault_here(scan, "value-syntax",
			N_("a day of the year: 05-01, 10-01..10-03, second sun of 05"));
	take_word(scan);
	return 0;
}

/* "weekly", or "every 2 weeks". */
static int scan_unit(struct scan *scan, struct recurrence *r)
{
	r->interval = 1;
	for (int unit = RECUR_DAYS; unit <= RECUR_YEARS; unit++)
		if (take(scan, units_one[unit])) {
			r->unit = (enum recurrence_unit)unit;
			return 0;
		}
	if (take(scan, "every")) {
		int interval = number_of(peek_word(scan), INTERVAL_MOST);

		if (interval > 0)
			take_word(scan);
		r->interval = interval > 0 ? interval : 1;
		for (int unit = RECUR_DAYS; unit <= RECUR_YEARS && interval != 0; unit++) {
			char one[8] = "";

			memcpy(one, units_every[unit], strlen(units_every[unit]) - 1);
			if (take(scan, units_every[unit]) || take(scan, one)) {
				r->unit = (enum recurrence_unit)unit;
				return 0;
			}
		}
	}
	scan_blanks(scan);
	return scan_fault_here(scan, "value-syntax", N_("daily, weekly, monthly, yearly, or 'every 2 weeks'"));
}

static int scan_day(struct scan *scan, date_t *out)
{
	struct slice word = peek_word(scan);
	enum civil_fault wrong = date_parse(word, out);

	scan_blanks(scan);
	if (wrong != CIVIL_OK)
		return scan_fault_here(scan, wrong == CIVIL_IMPOSSIBLE ? "date-impossible" : "value-syntax",
			wrong == CIVIL_IMPOSSIBLE ? N_("a day that exists") : N_("a date such as 2026-12-31"));
	take_word(scan);
	return 0;
}

/* from, until, N times. 1: one was read; 0: something else comes; -1. */
static int scan_bound(struct scan *scan, struct recurrence *r, bool task)
{
	struct scan ahead = *scan;
	int times = number_of(peek_word(scan), TIMES_MOST);

	if (take(scan, "from"))
		return scan_day(scan, &r->from) ? -1 : 1;
	if (take(scan, "until")) {
		if (task && take(scan, "project")) {
			take(scan, "end");
			r->until_project_end = true;
			return 1;
		}
		return scan_day(scan, &r->until) ? -1 : 1;
	}
	if (times <= 0)
		return 0;
	take_word(&ahead);
	if (!take(&ahead, "times"))
		return 0;
	*scan = ahead;
	r->times = times;
	return 1;
}

/* "09:00" */
static bool scan_clock(struct scan *scan, struct recurrence *r)
{
	struct slice word = peek_word(scan);
	size_t colon = slice_find(word, ':');
	int hour = number_of(slice_new(word.at, colon), 23), minute;

	if (colon >= word.len || word.len - colon != 3 || hour < 0)
		return false;
	minute = number_of(slice_from(word, colon + 1), 59);
	if (minute < 0)
		return false;
	r->minute = hour * 60 + minute;
	take_word(scan);
	return true;
}

static int scan_rule(struct scan *scan, struct recurrence *r, bool task)
{
	int more = 1;

	*r = (struct recurrence){ .length = 1, .minute = -1, .from = DATE_NONE, .until = DATE_NONE };
	if (scan_unit(scan, r))
		return -1;
	skip_on(scan);
	if (r->unit == RECUR_WEEKS)
		scan_weekdays(scan, r);
	if ((r->unit == RECUR_MONTHS && scan_month_days(scan, r)) || (r->unit == RECUR_YEARS && scan_year(scan, r)))
		return -1;
	while (more > 0) {
		if (task && r->minute < 0 && scan_clock(scan, r))
			continue;
		take_comma(scan);
		more = scan_bound(scan, r, task);
	}
	if (more == 0 && r->from != DATE_NONE && r->until != DATE_NONE && r->until < r->from)
		return scan_fault(scan, "value-order", N_("a last day that is not before the first"), scan->text);
	return more;
}

bool recurrence_ahead(const struct scan *scan)
{
	struct slice word = peek_word(scan);

	for (int unit = RECUR_DAYS; unit <= RECUR_YEARS; unit++)
		if (word_is(word, units_one[unit]))
			return true;
	return word_is(word, "every");
}

int recurrence_scan(struct scan *scan, struct recurrence *out)
{
	return scan_rule(scan, out, false);
}

int recurrence_parse(struct slice text, struct recurrence *out, struct value_fault *fault)
{
	struct scan scan = scan_new(text, fault);

	if (scan_rule(&scan, out, true))
		return -1;
	if (!scan_done(&scan))
		return scan_fault_here(&scan, "value-syntax",
			N_("a time such as 09:00, 'from DATE', 'until DATE', 'until project end' or '10 times'"));
	return 0;
}

static void print_weekdays(uint8_t days, struct strbuf *out)
{
	const char *separator = " ";

	for (int day = 1, last; day <= 7; day = last + 1) {
		last = day;
		if (!(days >> day & 1))
			continue;
		while (last < 7 && (days >> (last + 1) & 1))
			last++;
		strbuf_addf(out, "%s%s", separator, weekday_name(day));
		if (last > day)
			strbuf_addf(out, "-%s", weekday_name(last));
		separator = ", ";
	}
}

static void print_month_days(uint32_t days, struct strbuf *out)
{
	const char *separator = " ";

	for (int day = 1; day <= 31; day++)
		if (days >> day & 1) {
			strbuf_addf(out, "%s%d", separator, day);
			separator = ", ";
		}
	if (days & RECUR_LAST_DAY)
		strbuf_addf(out, "%slast", separator);
}

static void print_year_days(const struct recurrence *r, struct strbuf *out)
{
	int day = 1;

	while (day < 31 && !(r->month_days >> day & 1))
		day++;
	strbuf_addf(out, " %02d-%02d", r->month, day);
	if (r->length > 1) {
		int of_month = r->month == 2 && day == 29 ? 28 : day;
		struct civil last = civil_from_date(date_from_civil(2001, r->month, of_month) + r->length - 1);

		strbuf_addf(out, "..%02d-%02d", last.month, last.day);
	}
}

static void print_days(const struct recurrence *r, struct strbuf *out)
{
	if (r->position != 0) {
		strbuf_addf(out, " %s", positions[r->position + 1]);
		print_weekdays(r->weekdays, out);
		if (r->unit == RECUR_YEARS)
			strbuf_addf(out, " of %02d", r->month);
	} else if (r->unit == RECUR_WEEKS) {
		print_weekdays(r->weekdays, out);
	} else if (r->unit == RECUR_MONTHS) {
		print_month_days(r->month_days, out);
	} else if (r->unit == RECUR_YEARS) {
		print_year_days(r, out);
	}
}

void recurrence_print(const struct recurrence *r, struct strbuf *out)
{
	char text[CIVIL_TEXT];

	if (r->interval == 1)
		strbuf_add_str(out, units_one[r->unit]);
	else
		strbuf_addf(out, "every %d %s", r->interval, units_every[r->unit]);
	print_days(r, out);
	if (r->minute >= 0)
		strbuf_addf(out, " %02d:%02d", r->minute / 60, r->minute % 60);
	if (r->from != DATE_NONE)
		strbuf_addf(out, " from %s", date_print(r->from, text));
	if (r->until_project_end)
		strbuf_add_str(out, " until project end");
	else if (r->until != DATE_NONE)
		strbuf_addf(out, " until %s", date_print(r->until, text));
	if (r->times > 0)
		strbuf_addf(out, " %d times", r->times);
}
