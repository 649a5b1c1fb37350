/* Days of recurrence rules: one period after the other, and in it the days that the rule names. Text: recurrence_text.c. */
#include "model/recurrence.h"

struct walk {
	const struct recurrence *rule;
	date_t anchor, first, last;
	int given;
	bool (*day)(void *context, date_t date);
	void *context;
};

/* False when the walk is over. Days before `first` count among the times, and are not given. */
static bool give(struct walk *w, date_t date)
{
	if (date < w->anchor)
		return true;
	if (date > w->last || (w->rule->times > 0 && w->given >= w->rule->times))
		return false;
	w->given++;
	return date < w->first || w->day(w->context, date);
}

static void walk_days(struct walk *w)
{
	int64_t date = w->anchor;

	if (w->rule->times == 0 && w->first > date)
		date += (w->first - date) / w->rule->interval * w->rule->interval;
	while (date <= w->last && give(w, (date_t)date))
		date += w->rule->interval;
}

static void walk_weeks(struct walk *w)
{
	unsigned days = w->rule->weekdays ? w->rule->weekdays : 1u << date_weekday(w->anchor);
	int64_t monday = w->anchor - (date_weekday(w->anchor) - 1), step = 7 * (int64_t)w->rule->interval;

	if (w->rule->times == 0 && w->first > monday)
		monday += (w->first - monday) / step * step;
	for (; monday <= w->last; monday += step)
		for (int day = 1; day <= 7; day++)
			if ((days >> day & 1) && !give(w, (date_t)(monday + day - 1)))
				return;
}

/* The n-th, or last, of the weekdays of a month of `length` days. */
static int nth_weekday(const struct recurrence *rule, date_t first, int length)
{
	int left = rule->position;

	if (rule->position == RECUR_LAST) {
		for (int day = length; day >= 1; day--)
			if (rule->weekdays >> date_weekday(first + day - 1) & 1)
				return day;
		return 0;
	}
	for (int day = 1; day <= length; day++)
		if ((rule->weekdays >> date_weekday(first + day - 1) & 1) && --left == 0)
			return day;
	return 0;
}

/* The days that a rule names in the month that begins on `first`, as bits. */
static uint32_t days_of_month(const struct recurrence *rule, date_t first)
{
	int length = date_add_months(first, 1) - first, nth;
	uint32_t days = rule->month_days, beyond;

	if (rule->position != 0) {
		nth = nth_weekday(rule, first, length);
		return nth > 0 ? 1u << nth : 0;
	}
	beyond = days & ~((1u << length << 1) - 1);
	if ((days & RECUR_LAST_DAY) || beyond)
		days = (days & ~beyond & ~1u) | 1u << length;
	return days;
}

static void walk_months(struct walk *w, bool yearly)
{
	struct civil start = civil_from_date(w->anchor);
	int64_t step = yearly ? 12 * (int64_t)w->rule->interval : w->rule->interval;
	int64_t month = (int64_t)start.year * 12 + (yearly ? w->rule->month : start.month) - 1;

	for (; month / 12 <= 9999; month += step) {
		date_t first = date_from_civil((int)(month / 12), (int)(month % 12) + 1, 1);
		uint32_t days;

		if (first > w->last)
			return;
		days = days_of_month(w->rule, first);
		for (int day = 1; day <= 31; day++)
			if ((days >> day & 1) && !give(w, first + day - 1))
				return;
	}
}

void recurrence_each(const struct recurrence *rule, date_t first, date_t last, bool (*day)(void *context, date_t date),
	void *context)
{
	struct walk w = { .rule = rule, .first = first, .last = last, .day = day, .context = context };
	date_t end = date_from_civil(9999, 12, 31);

	if (w.last > end)
		w.last = end;
	w.anchor = rule->from != DATE_NONE ? rule->from : first;
	if (w.anchor > w.first)
		w.first = w.anchor;
	if (rule->until != DATE_NONE && rule->until < w.last)
		w.last = rule->until;
	switch (rule->unit) {
	case RECUR_DAYS: walk_days(&w); break;
	case RECUR_WEEKS: walk_weeks(&w); break;
	case RECUR_MONTHS: walk_months(&w, false); break;
	case RECUR_YEARS: walk_months(&w, true); break;
	}
}
