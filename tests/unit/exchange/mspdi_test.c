/* Microsoft Project XML: small files, and the text they become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/exchange.h"
#include "model/project.h"
#include "plan/plan.h"

struct fixture {
	struct import import;
	struct diagnostics found;
	struct err err;
	struct strbuf xml;
	int result;
};

#define WEEKDAY(type)                                                                              \
	"<WeekDay><DayType>" #type "</DayType><DayWorking>1</DayWorking><WorkingTimes>"            \
	"<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"        \
	"<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"        \
	"</WorkingTimes></WeekDay>"

static const char standard[] =
	"<Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>"
	"<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>"
	"<WeekDay><DayType>1</DayType><DayWorking>0</DayWorking></WeekDay>" WEEKDAY(2) WEEKDAY(3)
		WEEKDAY(4) WEEKDAY(5) WEEKDAY(6) "<WeekDay><DayType>7</DayType><DayWorking>0</"
						 "DayWorking></WeekDay></WeekDays>";

/* A project with the standard calendar (what = its exceptions), other calendars, and the rest. */
static void load(struct fixture *f, const char *exceptions, const char *calendars, const char *rest)
{
	struct import_options options = { .project = true };

	err_init(&f->err);
	import_init(&f->import);
	diagnostics_init(&f->found);
	strbuf_init(&f->xml);
	strbuf_addf(&f->xml,
		"<?xml version=\"1.0\"?><Project xmlns=\"http://schemas.microsoft.com/project\">"
		"<Title>医保</Title><StartDate>2026-03-02T08:00:00</StartDate><CurrencyCode>CNY</"
		"CurrencyCode>"
		"<CalendarUID>1</CalendarUID><Calendars>%s%s</Calendar>%s</Calendars>%s</Project>",
		standard, exceptions, calendars, rest);
	f->result = mspdi_import(
		strbuf_slice(&f->xml), "f.xml", &options, &f->import, &f->found, &f->err);
}

static void unload(struct fixture *f)
{
	strbuf_release(&f->xml);
	diagnostics_release(&f->found);
	import_release(&f->import);
	err_release(&f->err);
}

static const char *text_of(const struct import *import, const char *path)
{
	const struct import_file *files = import->files.items;

	for (size_t i = 0; i < import->files.len; i++)
		if (!strcmp(files[i].path, path))
			return files[i].text.buf;
	return "";
}

/* The file is exactly this, and what was imported passes `pmt check`. */
static void check_clean(const struct import *import)
{
	const struct import_file *files = import->files.items;
	struct source *source = source_memory_new();
	struct diagnostics found;
	struct project project;
	struct err err;

	err_init(&err);
	diagnostics_init(&found);
	for (size_t i = 0; i < import->files.len; i++)
		source_memory_add(source, files[i].path, strbuf_slice(&files[i].text));
	assert_int_equal(project_load(&project, source, 1, &found, &err), 0);
	project_check(&project, 1, &found);
	for (size_t i = 0; i < found.items.len; i++)
		print_message("%s:%u %s\n", ((struct diagnostic *)found.items.items)[i].place.path,
			((struct diagnostic *)found.items.items)[i].place.line,
			((struct diagnostic *)found.items.items)[i].id);
	assert_int_equal(found.errors, 0);
	project_release(&project);
	source_free(source);
	diagnostics_release(&found);
	err_release(&err);
}

static void expect(struct fixture *f, const char *path, const char *expected)
{
	assert_int_equal(f->result, 0);
	assert_string_equal(text_of(&f->import, path), expected);
	check_clean(&f->import);
	unload(f);
}

static void expect_plan(const char *tasks, const char *expected)
{
	struct fixture f;
	struct strbuf rest;

	strbuf_init(&rest);
	strbuf_addf(&rest, "<Tasks>%s</Tasks>", tasks);
	load(&f, "", "", rest.buf);
	strbuf_release(&rest);
	expect(&f, "plan.ini", expected);
}

static void test_project(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<MinutesPerDay>450</MinutesPerDay><MinutesPerWeek>2700</"
		"MinutesPerWeek><DaysPerMonth>22</DaysPerMonth>"
		"<StatusDate>2026-04-01T17:00:00</StatusDate><Company>某 公司</Company>");
	expect(&f, "pmt.ini",
		"[project]\n"
		"format         = 1\n"
		"name           = 医保\n"
		"start          = 2026-03-02 08:00\n"
		"currency       = CNY\n"
		"hours_per_day  = 7.5\n"
		"days_per_week  = 6\n"
		"days_per_month = 22\n"
		"calendar       = Standard\n"
		"levelling      = no\n"
		"customer       = 某 公司\n"
		"x_status_date  = 2026-04-01 17:00\n");
}

static void test_outline_and_links(void **state)
{
	(void)state;
	expect_plan("<Task><UID>0</UID><Name>all</Name><OutlineLevel>0</OutlineLevel></Task>"
		    "<Task><UID>11</UID><Name>阶段 &amp; "
		    "one</Name><OutlineLevel>1</OutlineLevel></Task>"
		    "<Task><UID>12</UID><Name>a</Name><OutlineLevel>2</"
		    "OutlineLevel><Duration>PT16H0M0S</Duration>"
		    "<Notes>line one\r\n  line two\r\n\r\nline three\r\n</Notes></Task>"
		    "<Task><UID>13</UID><IsNull>1</IsNull></Task>"
		    "<Task><UID>14</UID><Name>b</Name><OutlineLevel>2</"
		    "OutlineLevel><Duration>PT24H0M0S</Duration>"
		    "<DurationFormat>8</DurationFormat>"
		    "<PredecessorLink><PredecessorUID>12</PredecessorUID><Type>3</"
		    "Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat>"
		    "</PredecessorLink>"
		    "<PredecessorLink><PredecessorUID>15</PredecessorUID><Type>0</"
		    "Type><LinkLag>-28800</LinkLag><LagFormat>8</LagFormat>"
		    "</PredecessorLink></Task>"
		    "<Task><UID>15</UID><Name>c</Name><OutlineLevel>1</"
		    "OutlineLevel><Duration>PT0H0M0S</Duration><Milestone>1</Milestone>"
		    "<PredecessorLink><PredecessorUID>11</PredecessorUID><Type>1</Type></"
		    "PredecessorLink>"
		    "<PredecessorLink><PredecessorUID>12</PredecessorUID><Type>1</"
		    "Type><LinkLag>-50</LinkLag><LagFormat>19</LagFormat>"
		    "</PredecessorLink>"
		    "<PredecessorLink><PredecessorUID>12</PredecessorUID><Type>2</Type></"
		    "PredecessorLink></Task>",
		"[task T-1]\n"
		"title = 阶段 & one\n"
		"\n"
		"[task T-2]\n"
		"title       = a\n"
		"parent      = T-1\n"
		"duration    = 2d\n"
		"description = line one\n"
		"              line two\n"
		"\n"
		"              line three\n"
		"\n"
		"[task T-3]\n"
		"title    = b\n"
		"parent   = T-1\n"
		"depends  = T-2 SS+1d, T-4 FF-2ed\n"
		"duration = 1ed\n"
		"\n"
		"[task T-4]\n"
		"title     = c\n"
		"depends   = T-1, T-2 FS-50%, T-2 SF\n"
		"milestone = yes\n");
}

static void test_constraints(void **state)
{
	static const char *const lines[] = { "", "as_late_as_possible = yes\n",
		"must_start = 2026-03-09 08:00\n", "must_finish = 2026-03-09 08:00\n",
		"not_before = 2026-03-09 08:00\n", "start_not_after = 2026-03-09 08:00\n",
		"finish_not_before = 2026-03-09 08:00\n", "not_after = 2026-03-09 08:00\n" };

	(void)state;
	for (int type = 0; type < 8; type++) {
		struct fixture f;
		struct strbuf rest;

		strbuf_init(&rest);
		strbuf_addf(&rest,
			"<Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Milestone>0</"
			"Milestone>"
			"<ConstraintType>%d</ConstraintType><ConstraintDate>2026-03-09T08:00:00</"
			"ConstraintDate>"
			"</Task></Tasks>",
			type);
		load(&f, "", "", rest.buf);
		/* Alignment aside: the field is there with its date. */
		if (type) {
			char key[32];
			size_t len = strcspn(lines[type], " ");

			snprintf(key, sizeof(key), "%.*s", (int)len, lines[type]);
			assert_non_null(strstr(text_of(&f.import, "plan.ini"), key));
			assert_non_null(
				strstr(text_of(&f.import, "plan.ini"), strchr(lines[type], '=')));
		}
		check_clean(&f.import);
		unload(&f);
		strbuf_release(&rest);
	}
}

static void test_facts(void **state)
{
	(void)state;
	expect_plan("<Task><UID>1</UID><Name>done</Name><OutlineLevel>1</"
		    "OutlineLevel><Duration>PT8H0M0S</Duration>"
		    "<PercentComplete>100</PercentComplete><ActualStart>2026-03-02T08:00:00</"
		    "ActualStart>"
		    "<ActualFinish>2026-03-02T17:00:00</ActualFinish></Task>"
		    "<Task><UID>2</UID><Name>half</Name><OutlineLevel>1</"
		    "OutlineLevel><Duration>PT80H0M0S</Duration>"
		    "<PercentComplete>33</PercentComplete><ActualStart>2026-03-02T08:00:00</"
		    "ActualStart>"
		    "<RemainingDuration>PT40H0M0S</"
		    "RemainingDuration><Deadline>2026-04-01T17:00:00</Deadline>"
		    "<Priority>900</Priority><FixedCost>1234550</FixedCost><FixedCostAccrual>1</"
		    "FixedCostAccrual></Task>"
		    "<Task><UID>3</UID><Name>off</Name><OutlineLevel>1</"
		    "OutlineLevel><Duration>PT8H0M0S</Duration><Active>0</Active></Task>"
		    "<Task><UID>4</UID><Name>by "
		    "hand</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</"
		    "Duration><Manual>1</Manual>"
		    "<Start>2026-05-06T08:00:00</Start></Task>"
		    "<Task><UID>5</UID><Name>levelled</Name><OutlineLevel>1</"
		    "OutlineLevel><Duration>PT8H0M0S</Duration>"
		    "<LevelingDelay>14400</LevelingDelay><LevelingDelayFormat>8</"
		    "LevelingDelayFormat></Task>",
		"[task T-1]\n"
		"title         = done\n"
		"duration      = 1d\n"
		"actual_start  = 2026-03-02 08:00\n"
		"actual_finish = 2026-03-02 17:00\n"
		"\n"
		"[task T-2]\n"
		"title              = half\n"
		"duration           = 10d\n"
		"deadline           = 2026-04-01 17:00\n"
		"priority           = 900\n"
		"fixed_cost         = 12345.5\n"
		"fixed_cost_accrual = start\n"
		"actual_start       = 2026-03-02 08:00\n"
		"progress           = 33%\n"
		"remaining          = 5d\n"
		"\n"
		"[task T-3]\n"
		"title    = off\n"
		"duration = 1d\n"
		"status   = cancelled\n"
		"\n"
		"[task T-4]\n"
		"title      = by hand\n"
		"duration   = 1d\n"
		"must_start = 2026-05-06 08:00\n"
		"x_manual   = yes\n"
		"\n"
		"[task T-5]\n"
		"title           = levelled\n"
		"duration        = 1d\n"
		"levelling_delay = 1ed\n");
}

#define EXCEPTION(from, to, rest)                                                                  \
	"<Exception><TimePeriod><FromDate>" from "T00:00:00</FromDate><ToDate>" to                 \
	"T23:59:00</ToDate></TimePeriod>" rest "</Exception>"

static void test_calendars(void **state)
{
	struct fixture f;

	(void)state;
	load(&f,
		"<Exceptions>" EXCEPTION("2026-05-01", "2026-05-05",
			"<Name>劳动节, 2026-05</Name><DayWorking>0</DayWorking>")
			EXCEPTION("2026-05-09", "2026-05-09",
				"<Name>补劳动节</Name><DayWorking>1</DayWorking><WorkingTimes>"
				"<WorkingTime><FromTime>09:00:00</FromTime><ToTime>00:00:00</"
				"ToTime></WorkingTime></WorkingTimes>") EXCEPTION("2026-06-01",
				"2026-06-20",
				"<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>2</"
				"Occurrences><Type>6</Type>"
				"<Period>1</Period><DaysOfWeek>34</DaysOfWeek><DayWorking>0</"
				"DayWorking>") "</Exceptions>",
		"<Calendar><UID>7</UID><Name>Night shift</Name><IsBaseCalendar>0</IsBaseCalendar>"
		"<BaseCalendarUID>1</BaseCalendarUID><WeekDays>"
		"<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
		"<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking><WorkingTimes>"
		"<WorkingTime><FromTime>22:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>"
		"<WorkingTime><FromTime>00:00:00</FromTime><ToTime>02:00:00</ToTime></WorkingTime>"
		"</WorkingTimes></WeekDay></WeekDays></Calendar>",
		"<Resources><Resource><UID>1</UID><Name>李 "
		"伟</Name><Type>1</Type><CalendarUID>7</CalendarUID></Resource></Resources>");
	expect(&f, "calendars.ini",
		"[calendar Standard]\n"
		"week    = mon-fri 08:00-12:00 13:00-17:00\n"
		"holiday = 2026-05-01..2026-05-05 劳动节; 2026-05\n"
		"          2026-06-01\n"
		"          2026-06-05\n"
		"workday = 2026-05-09 09:00-24:00 补劳动节\n"
		"\n"
		"[calendar Night-shift]\n"
		"title = Night shift\n"
		"base  = Standard\n"
		"week  = fri off, sat 00:00-02:00 22:00-24:00\n");
}

static void expect_holidays(const char *exception, const char *expected)
{
	struct fixture f;
	struct strbuf exceptions;

	strbuf_init(&exceptions);
	strbuf_addf(&exceptions, "<Exceptions>%s</Exceptions>", exception);
	load(&f, exceptions.buf, "", "");
	assert_non_null(strstr(text_of(&f.import, "calendars.ini"), expected));
	check_clean(&f.import);
	unload(&f);
	strbuf_release(&exceptions);
}

static void test_recurrence(void **state)
{
	(void)state;
	/* Every third day from 1 February 2000, four times. */
	expect_holidays(EXCEPTION("2000-02-01", "2000-02-10",
				"<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>4</"
				"Occurrences><Type>7</Type><Period>3</Period>"),
		"holiday = 2000-02-01\n          2000-02-04\n          2000-02-07\n          "
		"2000-02-10\n");
	/* The second Tuesday every third month. */
	expect_holidays(EXCEPTION("2002-01-01", "2002-10-08",
				"<Occurrences>4</Occurrences><Type>5</Type><Period>3</"
				"Period><MonthItem>5</MonthItem><MonthPosition>1</MonthPosition>"),
		"holiday = 2002-01-08\n          2002-04-09\n          2002-07-09\n          "
		"2002-10-08\n");
	/* The last Friday of a month. */
	expect_holidays(EXCEPTION("2002-01-01", "2002-07-31",
				"<Type>5</Type><Period>6</Period><MonthItem>8</"
				"MonthItem><MonthPosition>4</MonthPosition>"),
		"holiday = 2002-01-25\n          2002-07-26\n");
	/* 29 February every year: only where there is one. */
	expect_holidays(EXCEPTION("2000-01-01", "2008-12-31",
				"<Type>2</Type><Month>1</Month><MonthDay>29</MonthDay>"),
		"holiday = 2000-02-29\n          2004-02-29\n          2008-02-29\n");
	/* The third Thursday of May. */
	expect_holidays(EXCEPTION("2004-01-01", "2005-12-31",
				"<Type>3</Type><Month>4</Month><MonthItem>7</"
				"MonthItem><MonthPosition>2</MonthPosition>"),
		"holiday = 2004-05-20\n          2005-05-19\n");
}

/* What Project 2003 wrote: exceptions among the weekdays; one without hours has the default ones.
 */
static void test_exceptions_of_2003(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "",
		"<Calendar><UID>2</UID><Name>Old</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>"
		"<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay>"
		"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>"
		"<FromDate>2026-05-01T00:00:00</FromDate><ToDate>2026-05-10T23:59:00</ToDate></"
		"TimePeriod>"
		"</WeekDay>"
		"<WeekDay><DayType>0</DayType><DayWorking>1</DayWorking><TimePeriod>"
		"<FromDate>2026-05-04T00:00:00</FromDate><ToDate>2026-05-05T23:59:00</ToDate></"
		"TimePeriod>"
		"<WorkingTimes><WorkingTime><FromTime>8:00</FromTime><ToTime>12:00:00</ToTime></"
		"WorkingTime>"
		"<WorkingTime><FromTime>08:00:00</FromTime><ToTime>11:00:00</ToTime></WorkingTime>"
		"<WorkingTime><FromTime>10:00:00</FromTime><ToTime>12:30:00</ToTime></WorkingTime>"
		"<WorkingTime><FromTime>25:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
		"</WorkingTimes></WeekDay>"
		"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking><TimePeriod>"
		"<FromDate>2026-05-05T00:00:00</FromDate><ToDate>2026-05-06T23:59:00</ToDate></"
		"TimePeriod>"
		"</WeekDay></WeekDays></Calendar>",
		"");
	expect(&f, "calendars.ini",
		"[calendar Standard]\n"
		"week = mon-fri 08:00-12:00 13:00-17:00\n"
		"\n"
		"[calendar Old]\n"
		"week    = mon 08:00-12:00 13:00-17:00\n"
		"holiday = 2026-05-01..2026-05-03\n"
		"          2026-05-05..2026-05-10\n"
		"workday = 2026-05-04 08:00-12:30\n");
}

static void test_recurrence_more(void **state)
{
	(void)state;
	/* Every second day of Monday to Friday, from a Thursday. */
	expect_holidays(EXCEPTION("2026-01-01", "2026-01-08", "<Type>8</Type><Period>2</Period>"),
		"holiday = 2026-01-01\n          2026-01-05\n          2026-01-07\n");
	/* The 31st of every month that has one. */
	expect_holidays(EXCEPTION("2026-01-01", "2026-05-31",
				"<Type>4</Type><Period>1</Period><MonthDay>31</MonthDay>"),
		"holiday = 2026-01-31\n          2026-03-31\n          2026-05-31\n");
	/* The last weekend day, the first weekday, the third day of a month; no fifth Sunday means
	 * none. */
	expect_holidays(
		EXCEPTION("2026-01-01", "2026-01-31",
			"<Type>5</Type><MonthItem>2</MonthItem><MonthPosition>4</MonthPosition>"),
		"holiday = 2026-01-31\n");
	expect_holidays(
		EXCEPTION("2026-02-01", "2026-02-28",
			"<Type>5</Type><MonthItem>1</MonthItem><MonthPosition>0</MonthPosition>"),
		"holiday = 2026-02-02\n");
	expect_holidays(
		EXCEPTION("2026-02-01", "2026-02-28",
			"<Type>5</Type><MonthItem>0</MonthItem><MonthPosition>2</MonthPosition>"),
		"holiday = 2026-02-03\n");
	/* Three days in a row; a period that is not said begins and ends with its first day. */
	expect_holidays(EXCEPTION("2026-02-01", "2026-02-28",
				"<EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>3</"
				"Occurrences><Type>1</Type>"),
		"holiday = 2026-02-01..2026-02-03\n");
	expect_holidays("<Exception><TimePeriod><FromDate>2026-02-09T00:00:00</FromDate></"
			"TimePeriod></Exception>",
		"holiday = 2026-02-09\n");
	/* A name that could be taken for hours. */
	expect_holidays(EXCEPTION("2026-02-01", "2026-02-01", "<Name>09:00-10:00</Name>"),
		"holiday = 2026-02-01 - 09:00-10:00\n");
}

static void test_recurrence_faults(void **state)
{
	struct fixture f;

	(void)state;
	load(&f,
		"<Exceptions><Exception><Name>no period</Name></Exception>" EXCEPTION(
			"2026-02-09", "2026-02-01", "") EXCEPTION("2026-02-09", "2026-12-31",
			"<Type>6</Type><DaysOfWeek>0</DaysOfWeek>") EXCEPTION("2026-02-09",
			"2026-12-31",
			"<Type>2</Type><Month>12</Month><MonthDay>1</MonthDay>") "</"
										 "Exceptions><"
										 "WorkWeeks><"
										 "WorkWeek><Name>"
										 "no "
										 "period</Name></"
										 "WorkWeek><"
										 "WorkWeek><"
										 "TimePeriod>"
										 "<FromDate>1900-"
										 "01-01T00:00:00</"
										 "FromDate><ToDate>"
										 "2100-01-01T00:00:"
										 "00</ToDate></"
										 "TimePeriod></"
										 "WorkWeek>"
										 "</WorkWeeks>",
		"", "");
	assert_int_equal(f.found.items.len, 3);
	expect(&f, "calendars.ini",
		"[calendar Standard]\nweek = mon-fri 08:00-12:00 13:00-17:00\n");
}

static void test_work_week_under_exception(void **state)
{
	struct fixture f;

	(void)state;
	load(&f,
		"<Exceptions>" EXCEPTION("2026-07-11", "2026-07-11",
			"<Name>x</Name><DayWorking>0</DayWorking>") "</Exceptions>"
								    "<WorkWeeks><WorkWeek><"
								    "TimePeriod><FromDate>2026-07-"
								    "01T00:00:00</"
								    "FromDate><ToDate>2026-07-"
								    "20T00:00:00</ToDate>"
								    "</TimePeriod><Name>summer</"
								    "Name><WeekDays><WeekDay><"
								    "DayType>7</"
								    "DayType><DayWorking>1</"
								    "DayWorking><WorkingTimes>"
								    "<WorkingTime><FromTime>08:00:"
								    "00</"
								    "FromTime><ToTime>10:00:00</"
								    "ToTime></WorkingTime></"
								    "WorkingTimes></WeekDay>"
								    "</WeekDays></WorkWeek></"
								    "WorkWeeks>",
		"", "");
	expect(&f, "calendars.ini",
		"[calendar Standard]\n"
		"week    = mon-fri 08:00-12:00 13:00-17:00\n"
		"holiday = 2026-07-11 x\n"
		"workday = 2026-07-04 08:00-10:00 summer\n"
		"          2026-07-18 08:00-10:00 summer\n");
}

#define RESOURCE(uid, name, rest)                                                                  \
	"<Resource><UID>" #uid "</UID><Name>" name "</Name>" rest "</Resource>"
#define ASSIGNMENT(task, resource, rest)                                                           \
	"<Assignment><UID>9</UID><TaskUID>" #task "</TaskUID><ResourceUID>" #resource              \
	"</ResourceUID>" rest "</Assignment>"

static const char half_days[] =
	"<Calendar><UID>7</UID><Name>Half days</Name><BaseCalendarUID>1</BaseCalendarUID><WeekDays>"
	"<WeekDay><DayType>2</DayType><DayWorking>1</"
	"DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>"
	"<ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></Calendar>";

static const char people[] = "<Resources>" RESOURCE(0, "", "") RESOURCE(1, "Li Wei",
	"<Type>1</Type><MaxUnits>0.5</MaxUnits><StandardRate>187.5</StandardRate>"
	"<StandardRateFormat>3</StandardRateFormat><EmailAddress>li@example.org</"
	"EmailAddress><CostPerUse>5000</CostPerUse>")
	RESOURCE(2, "li-wei", "<Type>1</Type><CalendarUID>7</CalendarUID>") RESOURCE(3, "Cable",
		"<Type>0</Type><MaterialLabel>m</MaterialLabel><StandardRate>2.5</StandardRate>")
		RESOURCE(4, "Travel", "<Type>2</Type>") "</Resources>";

static void test_resources(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", half_days, people);
	expect(&f, "people.ini",
		"[resource Li-Wei]\n"
		"title        = Li Wei\n"
		"email        = li@example.org\n"
		"capacity     = 0.5\n"
		"rate         = 1500/d\n"
		"cost_per_use = 50\n"
		"\n"
		"[resource li-wei-2]\n"
		"title    = li-wei\n"
		"calendar = Half-days\n"
		"\n"
		"[resource Cable]\n"
		"type = material\n"
		"rate = 2.5/unit\n"
		"unit = m\n"
		"\n"
		"[resource Travel]\n"
		"x_type = cost\n");
}

static void test_assignments(void **state)
{
	struct fixture f;
	struct strbuf rest;

	(void)state;
	strbuf_init(&rest);
	strbuf_addf(&rest, "%s%s%s", people,
		"<Tasks>"
		"<Task><UID>1</UID><Name>by "
		"duration</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration></Task>"
		"<Task><UID>2</UID><Name>by "
		"work</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration></Task>"
		"<Task><UID>3</UID><Name>ignoring</Name><OutlineLevel>1</"
		"OutlineLevel><Duration>PT16H0M0S</Duration>"
		"<IgnoreResourceCalendar>1</IgnoreResourceCalendar><CalendarUID>1</CalendarUID></"
		"Task>"
		"</Tasks>",
		"<Assignments>" ASSIGNMENT(1, 1,
			"<Units>0.330000000000000015</Units><Work>PT5H17M0S</Work>") ASSIGNMENT(1,
			3, "<Units>40</Units>") ASSIGNMENT(1, 4, "<Cost>120000</Cost>")
			ASSIGNMENT(2, 2, "<Units>1</Units><Work>PT8H0M0S</Work>") ASSIGNMENT(
				2, 1, "<Units>0.5</Units><Work>PT4H0M0S</Work>")
				ASSIGNMENT(3, 2, "<Units>1</Units><Work>PT16H0M0S</Work>")
					ASSIGNMENT(3, 1, "<Units>1</Units><Work>PT16H0M0S</Work>")
					ASSIGNMENT(77, 2, "<Units>1</Units>") "</Assignments>");
	load(&f, "", half_days, rest.buf);
	strbuf_release(&rest);
	expect(&f, "plan.ini",
		"[task T-1]\n"
		"title    = by duration\n"
		"duration = 2d\n"
		"assign   = Li-Wei 33%, Cable x40\n"
		"x_cost   = 1200\n"
		"\n"
		"[task T-2]\n"
		"title  = by work\n"
		"assign = li-wei-2 1d, Li-Wei 4h\n"
		"\n"
		"[task T-3]\n"
		"title                    = ignoring\n"
		"duration                 = 2d\n"
		"assign                   = li-wei-2, Li-Wei 100%\n"
		"calendar                 = Standard\n"
		"ignore_resource_calendar = yes\n");
}

static void test_split(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<Resources>" RESOURCE(1, "A", "<Type>1</Type>") RESOURCE(2, "B",
			"<Type>1</Type>") "</Resources>"
					  "<Tasks><Task><UID>1</UID><Name>x</Name><OutlineLevel>1</"
					  "OutlineLevel><Duration>PT16H0M0S</Duration>"
					  "<Start>2026-03-02T08:00:00</"
					  "Start><Finish>2026-03-06T17:00:00</Finish></Task></"
					  "Tasks>"
					  "<Assignments>" ASSIGNMENT(1, 1,
						  "<Work>PT8H0M0S</"
						  "Work><Start>2026-03-02T08:00:00</"
						  "Start><Finish>2026-03-02T17:00:00</Finish>")
						  ASSIGNMENT(1, 2,
							  "<Work>PT8H0M0S</"
							  "Work><LevelingDelay>14400</"
							  "LevelingDelay>"
							  "<Start>2026-03-06T08:00:00</"
							  "Start><Finish>2026-03-06T17:00:00</"
							  "Finish>") "</Assignments>");
	expect(&f, "plan.ini",
		"[task T-1]\n"
		"title              = x\n"
		"duration           = 2d\n"
		"assign             = A 1d, B 1d\n"
		"x_assignment_delay = B 3d\n"
		"interruptions      = 2026-03-03..2026-03-05\n");
}

#define PHASE(from, to, value)                                                                     \
	"<TimephasedData><Type>1</Type><Start>" from "</Start><Finish>" to                         \
	"</Finish><Value>" value "</Value></TimephasedData>"

/* By the curve of the work, also where nobody is assigned; and between Stop and Resume. */
static void test_split_by_work(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<Tasks><Task><UID>1</UID><Name>curve</Name><OutlineLevel>1</"
		"OutlineLevel><Duration>PT12H0M0S</Duration>"
		"<Start>2026-03-02T08:00:00</Start><Finish>2026-03-04T12:00:00</Finish></Task>"
		"<Task><UID>2</UID><Name>paused</Name><OutlineLevel>1</"
		"OutlineLevel><Duration>PT16H0M0S</Duration>"
		"<Start>2026-03-02T08:00:00</Start><Finish>2026-03-05T17:00:00</"
		"Finish><PercentComplete>50</PercentComplete>"
		"<ActualStart>2026-03-02T08:00:00</ActualStart><Stop>2026-03-02T12:00:00</Stop>"
		"<Resume>2026-03-04T13:00:00</Resume><RemainingDuration>PT8H0M0S</"
		"RemainingDuration></Task></Tasks>"
		"<Assignments>" ASSIGNMENT(1, -65535,
			PHASE("2026-03-02T08:00:00", "2026-03-02T17:00:00", "PT8H0M0S")
				PHASE("2026-03-02T17:00:00", "2026-03-04T08:00:00", "PT0H0M0S")
					PHASE("2026-03-04T08:00:00", "2026-03-05T08:00:00",
						"PT4H0M0S")) "</Assignments>");
	expect(&f, "plan.ini",
		"[task T-1]\n"
		"title         = curve\n"
		"duration      = 12h\n"
		"interruptions = 2026-03-03\n"
		"\n"
		"[task T-2]\n"
		"title         = paused\n"
		"duration      = 2d\n"
		"actual_start  = 2026-03-02 08:00\n"
		"progress      = 50%\n"
		"interruptions = 2026-03-02 12:00-24:00\n"
		"                2026-03-03\n"
		"                2026-03-04 00:00-13:00\n");
}

static void test_baselines(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<Tasks><Task><UID>1</UID><Name>x</Name><OutlineLevel>1</"
		"OutlineLevel><Duration>PT16H0M0S</Duration>"
		"<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</"
		"Start><Finish>2026-03-03T17:00:00</Finish>"
		"<Work>PT16H0M0S</Work><Cost>300050</Cost></Baseline>"
		"<Baseline><Number>3</Number><Start>2026-03-02T08:00:00</Start></Baseline></Task></"
		"Tasks>");
	assert_string_equal(text_of(&f.import, "baselines/msp-3.ini"), "");
	expect(&f, "baselines/msp-0.ini",
		"[baseline msp-0]\n"
		"title = Baseline\n"
		"tasks = T-1 2026-03-02T08:00 2026-03-03T17:00 2d 3000.5\n");
}

/* Work and cost are summed up to the parents there; here a line has the task's own. */
static void test_baseline_of_parents(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<Tasks><Task><UID>1</UID><Name>p</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary>"
		"<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish>"
		"<Work>PT16H0M0S</Work><Cost>310000</Cost></Baseline></Task>"
		"<Task><UID>2</UID><Name>x</Name><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration>"
		"<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T17:00:00</Finish>"
		"<Work>PT16H0M0S</Work><Cost>300000</Cost></Baseline></Task></Tasks>");
	expect(&f, "baselines/msp-0.ini",
		"[baseline msp-0]\n"
		"title = Baseline\n"
		"tasks = T-1 2026-03-02T08:00 2026-03-03T17:00 - 100\n"
		"        T-2 2026-03-02T08:00 2026-03-03T17:00 2d 3000\n");
}

static void expect_error(const char *xml, const char *message)
{
	struct diagnostics found;
	struct import import;
	struct err err;

	err_init(&err);
	import_init(&import);
	diagnostics_init(&found);
	assert_int_equal(
		mspdi_import(slice_of(xml), "f.xml", NULL, &import, &found, &err), ERR_INPUT);
	assert_string_equal(err.message, message);
	diagnostics_release(&found);
	import_release(&import);
	err_release(&err);
}

static void test_faults(void **state)
{
	struct fixture f;

	(void)state;
	expect_error("<html/>", "f.xml:1:1: not a Microsoft Project file: the root is <html>");
	expect_error("<Project>\n<Tasks>", "f.xml:2:8: no element found");
	expect_error("", "f.xml:1:1: no element found");
	load(&f, "", "",
		"<Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Duration>PT8H</Duration>"
		"<PredecessorLink><PredecessorUID>99</PredecessorUID></PredecessorLink></Task>"
		"<Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>nonsense</"
		"Duration><Start>never</Start>"
		"<PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink></Task></"
		"Tasks>");
	assert_int_equal(f.found.items.len, 3);
	assert_string_equal(((struct diagnostic *)f.found.items.items)[0].id, "import-value");
	expect(&f, "plan.ini", "[task T-1]\n\n[task T-2]\nparent = T-1\n");
}

/* Groups, dated rates, custom fields, what was spent, tasks of other projects. */
static void test_the_rest(void **state)
{
	struct fixture f;

	(void)state;
	load(&f, "", "",
		"<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</"
		"FieldID><FieldName>Text1</FieldName>"
		"<Alias>Cost "
		"Centre</Alias></ExtendedAttribute><ExtendedAttribute><FieldID>188743734</FieldID>"
		"<FieldName>Text2</FieldName></ExtendedAttribute></ExtendedAttributes>"
		"<Resources>" RESOURCE(1, "A",
			"<Type>1</Type><Group>Back "
			"End</Group><StandardRate>10</StandardRate><Rates>"
			"<Rate><RatesFrom>1984-01-01T00:00:00</RatesFrom><RateTable>0</"
			"RateTable><StandardRate>10</StandardRate></Rate>"
			"<Rate><RatesFrom>2026-07-01T00:00:00</RatesFrom><RateTable>0</"
			"RateTable><StandardRate>12.5</StandardRate></Rate>"
			"<Rate><RatesFrom>2026-07-01T00:00:00</RatesFrom><RateTable>1</"
			"RateTable><StandardRate>99</StandardRate></Rate>"
			"</Rates>") RESOURCE(2, "B",
			"<Type>1</Type><Group>Back End</Group>") "</Resources>"
								 "<Tasks><Task><UID>1</"
								 "UID><Name>x</"
								 "Name><OutlineLevel>1</"
								 "OutlineLevel><OutlineNumber>1</"
								 "OutlineNumber><WBS>P.7</WBS>"
								 "<Duration>PT16H0M0S</"
								 "Duration><ActualWork>PT4H0M0S</"
								 "ActualWork><ActualCost>123450</"
								 "ActualCost>"
								 "<ExtendedAttribute><FieldID>"
								 "188743731</FieldID><Value>K "
								 "12</Value></ExtendedAttribute>"
								 "<ExtendedAttribute><FieldID>"
								 "188743734</FieldID><Value>\n</"
								 "Value></ExtendedAttribute>"
								 "<ExtendedAttribute><FieldID>5</"
								 "FieldID><Value>unknown</Value></"
								 "ExtendedAttribute></Task>"
								 "<Task><UID>2</UID><Name>theirs</"
								 "Name><OutlineLevel>1</"
								 "OutlineLevel><ExternalTask>1</"
								 "ExternalTask>"
								 "<Duration>PT8H0M0S</"
								 "Duration><Start>2026-04-01T08:00:"
								 "00</Start></Task></Tasks>");
	assert_string_equal(text_of(&f.import, "people.ini"), "[team Back-End]\n"
							      "title = Back End\n"
							      "\n"
							      "[resource A]\n"
							      "team = Back-End\n"
							      "rate = 10/h\n"
							      "       from 2026-07-01 12.5/h\n"
							      "\n"
							      "[resource B]\n"
							      "team = Back-End\n");
	expect(&f, "plan.ini",
		"[task T-1]\n"
		"title         = x\n"
		"duration      = 2d\n"
		"actual_effort = 4h\n"
		"actual_cost   = 1234.5\n"
		"x_wbs         = P.7\n"
		"x_cost_centre = K 12\n"
		"\n"
		"[task T-2]\n"
		"title      = theirs\n"
		"duration   = 1d\n"
		"must_start = 2026-04-01 08:00\n"
		"x_external = yes\n");
}

static bool t_one_is_taken(void *context, const char *kind, struct slice id)
{
	(void)context;
	return !strcmp(kind, "calendar") && slice_is(id, "Standard");
}

static void test_into_a_project(void **state)
{
	struct import_options options = { .first_task = 41, .in_use = t_one_is_taken };
	struct fixture f;
	struct import second;

	(void)state;
	load(&f, "", "",
		"<Tasks><Task><UID>1</UID><Name>x</Name><OutlineLevel>1</OutlineLevel></Task></"
		"Tasks>");
	import_init(&second);
	assert_int_equal(
		mspdi_import(strbuf_slice(&f.xml), "f", &options, &second, &f.found, &f.err), 0);
	assert_string_equal(text_of(&second, "pmt.ini"), "");
	assert_non_null(strstr(text_of(&second, "plan.ini"), "[task T-41]\n"));
	assert_non_null(strstr(text_of(&second, "calendars.ini"), "[calendar Standard-2]\n"));
	import_release(&second);
	unload(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_project),
		cmocka_unit_test(test_outline_and_links),
		cmocka_unit_test(test_constraints),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_calendars),
		cmocka_unit_test(test_recurrence),
		cmocka_unit_test(test_exceptions_of_2003),
		cmocka_unit_test(test_recurrence_more),
		cmocka_unit_test(test_recurrence_faults),
		cmocka_unit_test(test_work_week_under_exception),
		cmocka_unit_test(test_resources),
		cmocka_unit_test(test_assignments),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_split_by_work),
		cmocka_unit_test(test_baselines),
		cmocka_unit_test(test_baseline_of_parents),
		cmocka_unit_test(test_the_rest),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_into_a_project),
	};

	return cmocka_run_group_tests_name("exchange/mspdi", tests, NULL, NULL);
}
