/*
 * Recurring exceptions of a calendar, written out day by day.
 *
 * Type: 1 daily, 7 daily every Period days, 8 every Period-th day of Monday to Friday; 2 yearly on
 * Month/MonthDay; 3 yearly on the MonthPosition-th MonthItem of Month; 4 monthly on MonthDay every
 * Period months; 5 monthly on the MonthPosition-th MonthItem every Period months; 6 weekly on
 * DaysOfWeek (bit 0 Sunday) every Period weeks; other types: every day of the period. MonthItem: 0
 * day, 1 weekday, 2 weekend day, 3 Sunday … 9 Saturday. MonthPosition: 0 first … 3 fourth, 4 last.
 * Month: 0 January. EnteredByOccurrences: it ends after Occurrences days, else with the period.
 * Source: Microsoft, "Project XML Data Interchange Schema", Exception elements.
 */
#include "exchange/mspdi.h"

#include "base/i18n.h"

struct mspdi_rule {
	int64_t type, period, days_of_week, month, month_day, item, position;
	int64_t occurrences; /* still to come */
	date_t from, to;
	struct mspdi_exception day;
	struct vec *into;
	size_t budget;
};

/* False when the recurrence is over. */
static bool give(struct mspdi_rule *r, date_t date)
{
	if (date > r->to || r->occurrences <= 0 || !r->budget)
		return false;
	if (date < r->from)
		return true;
	r->day.from = r->day.to = date;
	mspdi_override(r->into, &r->day);
	r->occurrences--;
	r->budget--;
	return true;
}

static void daily(struct mspdi_rule *r, bool weekdays)
{
	int64_t wait = 0;

	for (date_t d = r->from; d <= r->to; d++) {
		if (weekdays && date_weekday(d) > 5)
			continue;
		if (wait-- > 0)
			continue;
		if (!give(r, d))
			return;
		wait = r->period - 1;
	}
}

/* Weeks begin on Sunday for Project. */
static void weekly(struct mspdi_rule *r)
{
	date_t week = r->from - date_weekday(r->from) % 7;

	if (!(r->days_of_week & 0x7f))
		return;
	for (;; week += (date_t)(7 * r->period))
		for (int day = 0; day < 7; day++)
			if (r->days_of_week >> day & 1 && !give(r, week + day))
				return;
}

static int days_in_month(int year, int month)
{
	return (int)(date_from_civil(year + month / 12, month % 12 + 1, 1) -
		     date_from_civil(year, month, 1));
}

static bool item_fits(int64_t item, date_t date)
{
	int weekday = date_weekday(date);

	switch (item) {
	case 0: return true;
	case 1: return weekday <= 5;
	case 2: return weekday > 5;
	default: return weekday % 7 == item - 3;
	}
}

/* The day in a month that the rule means, or DATE_NONE. month 1..12. */
static date_t day_of_month(const struct mspdi_rule *r, int year, int month)
{
	date_t first = date_from_civil(year, month, 1),
	       last = first + days_in_month(year, month) - 1;
	int64_t left = r->position;

	if (r->type == 2 || r->type == 4)
		return r->month_day >= 1 && first + r->month_day - 1 <= last
			       ? first + (date_t)r->month_day - 1
			       : DATE_NONE;
	if (r->position >= 4) {
		for (date_t d = last; d >= first; d--)
			if (item_fits(r->item, d))
				return d;
		return DATE_NONE;
	}
	for (date_t d = first; d <= last; d++)
		if (item_fits(r->item, d) && left-- == 0)
			return d;
	return DATE_NONE;
}

static void by_month(struct mspdi_rule *r, bool yearly)
{
	struct civil start = civil_from_date(r->from);
	int64_t step = yearly ? 12 : r->period;
	int64_t month = (int64_t)start.year * 12 + (yearly ? r->month : start.month - 1);

	if (yearly && (r->month < 0 || r->month > 11))
		return;
	for (; month / 12 <= 9999; month += step) {
		int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
		date_t date = day_of_month(r, year, of_year);

		if (date_from_civil(year, of_year, 1) > r->to)
			return;
		if (date != DATE_NONE && !give(r, date))
			return;
	}
}

static bool read_recurrence(struct mspdi_rule *r, const struct xml_node *e)
{
	const struct xml_node *period = xml_child(e, "TimePeriod");
	moment_t from = mspdi_moment(period, "FromDate"), to = mspdi_moment(period, "ToDate");

	if (from == MOMENT_NONE)
		return false;
	*r = (struct mspdi_rule){ .budget = MSPDI_DAYS_MOST };
	r->from = moment_date(from);
	r->to = to == MOMENT_NONE ? r->from : moment_date(to);
	r->type = mspdi_integer(e, "Type", 1);
	r->period = mspdi_integer(e, "Period", 1);
	if (r->period < 1 || r->period > 10000)
		r->period = 1;
	r->days_of_week = mspdi_integer(e, "DaysOfWeek", 0);
	r->month = mspdi_integer(e, "Month", -1);
	r->month_day = mspdi_integer(e, "MonthDay", 0);
	r->item = mspdi_integer(e, "MonthItem", 0);
	r->position = mspdi_integer(e, "MonthPosition", 0);
	r->occurrences = INT64_MAX;
	if (mspdi_yes(e, "EnteredByOccurrences") && r->type >= 1 && r->type <= 8) {
		r->occurrences = mspdi_integer(e, "Occurrences", INT64_MAX);
		/* The period's end then says nothing that counts; some writers leave it at the
		 * first day. */
		if (r->to <= r->from)
			r->to = r->from + MSPDI_DAYS_MOST;
	}
	r->day.hours = mspdi_hours_read(e);
	r->day.name = xml_child_text(e, "Name");
	return r->to >= r->from;
}

void mspdi_recurrence(struct mspdi *m, struct vec *exceptions, const struct xml_node *e)
{
	struct mspdi_rule r;

	if (!read_recurrence(&r, e)) {
		import_note(m->found, m->name, e->line, "import-value",
			N_("a calendar exception without a usable period is left out"), NULL, NULL);
		return;
	}
	r.into = exceptions;
	if (r.type == 2 || r.type == 3) {
		by_month(&r, true);
	} else if (r.type == 4 || r.type == 5) {
		by_month(&r, false);
	} else if (r.type == 6) {
		weekly(&r);
	} else if (r.type == 7 || r.type == 8) {
		daily(&r, r.type == 8);
	} else {
		r.day.from = r.from;
		r.day.to = r.occurrences < r.to - r.from + 1 ? r.from + (date_t)r.occurrences - 1
							     : r.to;
		mspdi_override(exceptions, &r.day);
	}
	if (!r.budget)
		import_note(m->found, m->name, e->line, "import-dropped",
			N_("a recurring exception goes on for more than a century; its later days "
			   "are left out"),
			NULL, NULL);
}
