#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the calendar is for") },
	{ "base", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "calendar",
		.doc = N_("The calendar it adds to; own days and hours win") },
	{ "week", TYPE_HOURS, FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("Weekly hours, such as mon-fri 09:00-12:00 13:00-18:00") },
	{ "week_odd", TYPE_HOURS, 0, CLASS_PLAN,
		.doc = N_("Hours in odd ISO weeks, for alternating weeks (大小周)") },
	{ "week_even", TYPE_HOURS, 0, CLASS_PLAN, .doc = N_("Hours in even ISO weeks") },
	{ "holiday", TYPE_DATES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Days off, one date, range or rule (yearly 05-01) a line; hours behind one are the hours off") },
	{ "workday", TYPE_DATES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Extra or different working days: '2026-02-28 补春节', '… as fri', '… "
			  "09:00-12:00'") },
	{ "horizon", TYPE_DATE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Holidays are announced up to this day; plans beyond it get a warning") },
	{ "source", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where the days come from") },
};

static void check_calendar(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "base");
}

const struct kind kind_calendar = {
	.name = "calendar",
	.plural = "calendars",
	.place = "calendars.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_calendar,
	.doc = N_("Working time: weekly hours, holidays, extra working days"),
	.explain = N_("What is nearest wins: the calendar's own days, then its base's days, then "
		      "its own week, "
		      "then its base's week. A workday without hours takes those of its weekday, "
		      "of the weekday that 'as' "
		      "names, or of an ordinary working day. Days that come again are rules: yearly 05-01..05-03, "
		      "yearly second sun of 05, monthly 15, last, monthly first mon, every 2 weeks fri, weekly sat; "
		      "behind a rule may follow from DATE, until DATE, 10 times; without them it holds from 2000 to "
		      "2099. Where neither the calendar nor a base "
		      "has a week, it is "
		      "mon-fri 09:00-12:00 13:00-18:00."),
	.example = "[calendar cn]\n"
		   "title   = 中国工作日历\n"
		   "week    = mon-fri 09:00-12:00 13:00-18:00\n"
		   "holiday = 2026-01-01..2026-01-03 元旦\n"
		   "          2026-02-15..2026-02-23 春节\n"
		   "          yearly 10-01..10-03 国庆节\n"
		   "workday = 2026-01-04 补元旦\n"
		   "          2026-02-28 as fri\n"
		   "horizon = 2026-12-31\n",
};
