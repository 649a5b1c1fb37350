/* iCalendar: an RRULE as a rule of ours. */
#include "exchange/ics-internal.h"

/* "MO", "2SU", "-1FR" */
static bool read_weekday(struct slice word, int *position, uint8_t *bit)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct slice number = slice_new(word.at, word.len >= 2 ? word.len - 2 : 0);

	*position = 0;
	if (slice_is(number, "-1"))
		*position = RECUR_LAST;
	else if (number.len > 0 && (*position = ics_digits(number, number.at[0] == '+', number.len - (number.at[0] == '+'))) < 0)
		return false;
	for (int i = 0; i < 7 && word.len >= 2; i++)
		if (ics_same_word(slice_from(word, word.len - 2), names[i])) {
			*bit = (uint8_t)(1u << (i + 1));
			return *position >= RECUR_LAST && *position <= 4;
		}
	return false;
}

static bool read_weekdays(struct slice value, struct recurrence *r)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		int position;
		uint8_t bit;

		if (!read_weekday(item, &position, &bit) || (r->weekdays && position != r->position))
			return false;
		r->weekdays |= bit;
		r->position = position;
	}
	return r->weekdays != 0;
}

static bool read_month_days(struct slice value, uint32_t *days)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		int day = slice_is(item, "-1") ? 0 : ics_digits(item, 0, item.len);

		if (day < 0 || day > 31 || (day == 0 && !slice_is(item, "-1")))
			return false;
		*days |= 1u << day;
	}
	return true;
}

static bool read_part(struct slice name, struct slice value, struct ics_rule *rule)
{
	static const char *const units[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	struct recurrence *r = &rule->r;
	moment_t until;
	bool has_time;

	if (ics_same_word(name, "FREQ")) {
		for (int unit = RECUR_DAYS; unit <= RECUR_YEARS; unit++)
			if (ics_same_word(value, units[unit])) {
				r->unit = (enum recurrence_unit)unit;
				return true;
			}
		return false;
	}
	if (ics_same_word(name, "INTERVAL"))
		return (r->interval = ics_digits(value, 0, value.len)) >= 1 && value.len <= 3;
	if (ics_same_word(name, "COUNT"))
		return (r->times = ics_digits(value, 0, value.len)) >= 1 && value.len <= 5;
	if (ics_same_word(name, "UNTIL")) {
		if (!ics_read_moment(value, &until, &has_time))
			return false;
		r->until = moment_date(until);
		return true;
	}
	if (ics_same_word(name, "BYDAY"))
		return read_weekdays(value, r);
	if (ics_same_word(name, "BYMONTHDAY"))
		return read_month_days(value, &r->month_days);
	if (ics_same_word(name, "BYMONTH"))
		return (r->month = ics_digits(value, 0, value.len)) >= 1 && r->month <= 12 && value.len <= 2;
	return ics_same_word(name, "WKST");
}

/* What the rule leaves to the first day. False: we cannot say that. */
static bool complete_rule(struct ics_rule *rule, date_t first)
{
	struct recurrence *r = &rule->r;
	struct civil civil = civil_from_date(first);

	if (r->unit == RECUR_DAYS)
		return r->weekdays == 0 && r->month_days == 0 && r->month == 0;
	if (r->unit == RECUR_WEEKS)
		return r->position == 0 && r->month_days == 0 && r->month == 0;
	if (r->weekdays && (r->position == 0 || r->month_days))
		return false;
	if (r->unit == RECUR_MONTHS && r->month != 0)
		return false;
	if (r->unit == RECUR_YEARS && r->month == 0)
		r->month = civil.month;
	if (!r->weekdays && r->month_days == 0)
		r->month_days = 1u << civil.day;
	rule->month_days = r->month_days;
	return true;
}

bool ics_read_rule(struct slice text, date_t first, struct ics_rule *rule)
{
	struct slice part;

	*rule = (struct ics_rule){ .r = { .unit = RECUR_YEARS, .interval = 1, .length = 1, .minute = -1, .from = first,
		.until = DATE_NONE } };
	while (slice_next(&text, ";", &part)) {
		size_t equals = slice_find(part, '=');

		if (part.len > 0 && (equals >= part.len ||
			!read_part(slice_new(part.at, equals), slice_trim(slice_from(part, equals + 1)), rule)))
			return false;
	}
	if (!complete_rule(rule, first) || (rule->r.until != DATE_NONE && rule->r.until < first))
		return false;
	/* The 29th to the 31st are not in every month, and several days of a year are several rules of ours. */
	rule->exact = rule->month_days < 1u << 29 &&
		!(rule->r.unit == RECUR_YEARS && rule->month_days && (rule->month_days & (rule->month_days - 1)));
	return true;
}
