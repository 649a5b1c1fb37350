/*
 * Dates and datetimes, and on the command line the words people say: today, +3d, mon, eow, 2w ago.
 * Weeks begin on Monday; eow is the Sunday of this week, mon the next Monday after today. Steps
 * count calendar days.
 */
#include "model/value_scan.h"

static moment_t at_day(date_t date, bool *has_time)
{
	*has_time = false;
	return moment_from_date(date);
}

static bool edge_word(struct slice text, date_t today, date_t *out)
{
	struct civil c = civil_from_date(today);
	date_t monday = today - (date_weekday(today) - 1);
	int quarter = (c.month - 1) / 3 * 3 + 1;
	date_t month = date_from_civil(c.year, c.month, 1);
	date_t start_of_quarter = date_from_civil(c.year, quarter, 1);
	const struct {
		const char *word;
		date_t date;
	} words[] = {
		{ "today", today },
		{ "tomorrow", today + 1 },
		{ "yesterday", today - 1 },
		{ "sow", monday },
		{ "eow", monday + 6 },
		{ "som", month },
		{ "eom", date_add_months(month, 1) - 1 },
		{ "soq", start_of_quarter },
		{ "eoq", date_add_months(start_of_quarter, 3) - 1 },
		{ "soy", date_from_civil(c.year, 1, 1) },
		{ "eoy", date_from_civil(c.year, 12, 31) },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(text, words[i].word)) {
			*out = words[i].date;
			return true;
		}
	return false;
}

/* n of a unit from now on; false when the unit is unknown or the date would leave the calendar. */
static bool step(moment_t now, int64_t n, struct slice unit, moment_t *out, bool *has_time)
{
	date_t today = moment_date(now);

	if (n > 1000000 || n < -1000000)
		return false;
	*has_time = slice_is(unit, "h") || slice_is(unit, "min");
	if (*has_time)
		*out = now + n * (slice_is(unit, "h") ? 60 : 1);
	else if (slice_is(unit, "d") || !unit.len)
		*out = moment_from_date(today + (date_t)n);
	else if (slice_is(unit, "w"))
		*out = moment_from_date(today + (date_t)n * 7);
	else if ((slice_is(unit, "mo") || slice_is(unit, "y")) && n <= 99999 && n >= -99999)
		*out = moment_from_date(
			date_add_months(today, (int)n * (slice_is(unit, "y") ? 12 : 1)));
	else
		return false;
	return *out >= moment_from_date(date_from_civil(1, 1, 1)) &&
	       *out < moment_from_date(date_from_civil(9999, 12, 31)) + MINUTES_PER_DAY;
}

/* "+3d", "-2w", "3d ago", "2 w ago" */
static bool relative_word(struct slice text, moment_t now, moment_t *out, bool *has_time)
{
	struct scan scan = scan_new(text, NULL);
	bool sign = text.at[0] == '+' || text.at[0] == '-', ago;
	struct slice unit;
	decimal_t number;

	if (scan_decimal(&scan, &number, NULL) || number % DECIMAL_ONE)
		return false;
	scan_blanks(&scan);
	unit = scan_letters(&scan);
	scan_blanks(&scan);
	ago = scan_text(&scan, "ago");
	if (!scan_done(&scan) || sign == ago || (!unit.len && !sign))
		return false;
	return step(now, (ago ? -1 : 1) * (number / DECIMAL_ONE), unit, out, has_time);
}

bool date_word_parse(struct slice text, moment_t now, moment_t *out, bool *has_time)
{
	date_t today = moment_date(now), date;
	int weekday;

	text = slice_trim(text);
	if (!text.len)
		return false;
	if (slice_is(text, "now")) {
		*out = now;
		*has_time = true;
		return true;
	}
	weekday = weekday_find(text);
	if (weekday) {
		*out = at_day(today + (weekday - date_weekday(today) + 6) % 7 + 1, has_time);
		return true;
	}
	if (edge_word(text, today, &date)) {
		*out = at_day(date, has_time);
		return true;
	}
	if (moment_parse(text, out, has_time) == CIVIL_OK)
		return true;
	return relative_word(text, now, out, has_time);
}

int date_scan(struct scan *scan, const struct value_context *context, moment_t *out, bool *has_time)
{
	struct slice text = slice_trim(scan->rest);

	switch (moment_parse(text, out, has_time)) {
	case CIVIL_OK: return 0;
	case CIVIL_IMPOSSIBLE:
		return scan_fault(scan, "date-impossible", N_("a day and time that exist"), text);
	case CIVIL_SYNTAX: break;
	}
	if (context->words && date_word_parse(text, context->now, out, has_time))
		return 0;
	return scan_fault(scan, "value-syntax",
		context->words ? N_("a date such as 2026-03-02, today, +3d, mon, eow or '2w ago'")
			       : N_("a date such as 2026-03-02"),
		text);
}
