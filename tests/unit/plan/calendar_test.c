/* Calendars: weekly patterns, China's 2026 holidays with make-up days, alternating weeks, inheritance, intersections. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/random.h"

#include <string.h>

struct calendars_fixture {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct calendars *calendars;
	struct err err;
	int status;
};

static void open_text(struct calendars_fixture *f, const char *text)
{
	memset(f, 0, sizeof(*f));
	err_init(&f->err);
	diagnostics_init(&f->found);
	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of(text));
	assert_int_equal(project_load(&f->project, f->source, 1, &f->found, &f->err), 0);
	assert_int_equal(f->found.errors, 0);
	f->status = calendars_new(&f->calendars, &f->project, &f->found, &f->err);
}

static void close_all(struct calendars_fixture *f)
{
	calendars_free(f->calendars);
	project_release(&f->project);
	source_free(f->source);
	diagnostics_release(&f->found);
	err_release(&f->err);
}

static const struct calendar *named(struct calendars_fixture *f, const char *name)
{
	const struct calendar *c = calendars_find(f->calendars, slice_of(name));

	assert_non_null(c);
	return c;
}

static void assert_moment(moment_t got, const char *wanted)
{
	char text[CIVIL_TEXT];

	if (strcmp(wanted, "none") == 0) {
		assert_true(got == MOMENT_NONE);
		return;
	}
	assert_true(got != MOMENT_NONE);
	assert_string_equal(moment_print(got, text), wanted);
}

static int day_minutes(const struct calendar *c, const char *day)
{
	return calendar_day(c, moment_date(at(day)), NULL, NULL);
}

#define CHINA                                                                                                \
	"[project]\nname = x\nstart = 2026-01-01\ncalendar = cn\n"                                          \
	"[calendar cn]\n"                                                                                    \
	"week = mon-fri 09:00-12:00 13:00-18:00\n"                                                           \
	"holiday = 2026-01-01..2026-01-03 元旦\n"                                                            \
	" 2026-02-15..2026-02-23 春节\n"                                                                     \
	" 2026-04-04..2026-04-06 清明节\n"                                                                   \
	" 2026-05-01..2026-05-05 劳动节\n"                                                                   \
	"workday = 2026-01-04 补元旦\n"                                                                      \
	" 2026-02-14 补春节\n"                                                                               \
	" 2026-02-28 补春节\n"                                                                               \
	" 2026-05-09 补劳动节\n"

static void the_usual_week(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;

	(void)state;
	open_text(&f, "[project]\nname = x\n");
	c = named(&f, "");
	assert_moment(calendar_next_working(c, at("2026-03-07 10:00")), "2026-03-09 09:00");
	assert_moment(calendar_next_working(c, at("2026-03-06 12:00")), "2026-03-06 13:00");
	assert_moment(calendar_next_working(c, at("2026-03-06 11:59")), "2026-03-06 11:59");
	assert_moment(calendar_previous_working(c, at("2026-03-09 09:00")), "2026-03-06 18:00");
	assert_moment(calendar_previous_working(c, at("2026-03-09 09:01")), "2026-03-09 09:01");
	assert_moment(calendar_add(c, at("2026-03-06 09:00"), 480), "2026-03-06 18:00");
	assert_moment(calendar_add(c, at("2026-03-06 17:00"), 120), "2026-03-09 10:00");
	assert_moment(calendar_add(c, at("2026-03-09 09:00"), -480), "2026-03-06 09:00");
	assert_moment(calendar_add(c, at("2026-03-09 09:00"), -1), "2026-03-06 17:59");
	assert_moment(calendar_add(c, at("2026-03-07 10:00"), 0), "2026-03-07 10:00");
	assert_int_equal(calendar_between(c, at("2026-03-02"), at("2026-03-09")), 2400);
	assert_int_equal(calendar_between(c, at("2026-03-09"), at("2026-03-02")), -2400);
	assert_true(calendar_is_working(c, at("2026-03-06 17:59")));
	assert_false(calendar_is_working(c, at("2026-03-06 18:00")));
	close_all(&f);
}

/* State Council notice for 2026: holidays, and weekends worked in exchange. */
static void china_2026(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;
	struct slice remark;
	bool exception;

	(void)state;
	open_text(&f, CHINA);
	c = named(&f, "cn");
	assert_ptr_equal(c, named(&f, ""));
	assert_int_equal(day_minutes(c, "2026-02-14"), 480); /* a Saturday, worked */
	assert_int_equal(day_minutes(c, "2026-02-16"), 0);
	assert_int_equal(day_minutes(c, "2026-02-24"), 480);
	assert_int_equal(day_minutes(c, "2026-02-28"), 480); /* Saturday */
	assert_int_equal(day_minutes(c, "2026-03-01"), 0);
	assert_int_equal(calendar_day(c, moment_date(at("2026-02-28")), &exception, &remark), 480);
	assert_true(exception);
	assert_true(slice_is(remark, "补春节"));
	/* From Saturday 14 February, two days of work end on the 24th. */
	assert_moment(calendar_add(c, at("2026-02-14 09:00"), 960), "2026-02-24 18:00");
	assert_moment(calendar_previous_working(c, at("2026-02-20")), "2026-02-14 18:00");
	/* February 2026 has 20 Mon-Fri days; 6 of them free (16-20, 23), two Saturdays worked. */
	assert_int_equal(calendar_between(c, at("2026-02-01"), at("2026-03-01")), 16 * 480);
	assert_int_equal(calendar_horizon(c), moment_date(at("2026-12-31")));
	close_all(&f);
}

static void as_weekday_and_own_hours(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar c]\nweek = mon-thu 09:00-12:00 13:00-18:00\n fri 09:00-12:00\n"
		      "workday = 2026-02-28 as fri\n 2026-03-07 as sun\n 2026-03-14 10:00-11:00\n 2026-03-21\n");
	c = named(&f, "c");
	assert_int_equal(day_minutes(c, "2026-02-27"), 180);
	assert_int_equal(day_minutes(c, "2026-02-28"), 180);
	assert_int_equal(day_minutes(c, "2026-03-07"), 0);
	assert_int_equal(day_minutes(c, "2026-03-14"), 60);
	assert_int_equal(day_minutes(c, "2026-03-21"), 480);
	close_all(&f);
}

static void nearest_wins(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;

	(void)state;
	open_text(&f, CHINA "[calendar half]\nbase = cn\nweek = mon-fri 09:00-12:00\nworkday = 2026-02-17\n"
			    "holiday = 2026-02-28 no\n[calendar tiny]\nbase = half\nholiday = 2026-03-02\n");
	c = named(&f, "tiny");
	assert_int_equal(day_minutes(c, "2026-03-02"), 0);   /* own exception */
	assert_int_equal(day_minutes(c, "2026-02-17"), 180); /* base's exception against the base's base */
	assert_int_equal(day_minutes(c, "2026-02-28"), 0);
	assert_int_equal(day_minutes(c, "2026-02-14"), 180); /* inherited make-up day in own hours */
	assert_int_equal(day_minutes(c, "2026-02-16"), 0);
	assert_int_equal(day_minutes(c, "2026-03-03"), 180); /* base's week */
	close_all(&f);
}

/* 大小周: odd ISO weeks work on Saturday. 2026 has 53 weeks, so weeks 53 and 1 are both odd. */
static void alternating_weeks(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar c]\nweek = mon-fri 09:00-12:00 13:00-18:00\n"
		      "week_odd = mon-sat 09:00-12:00 13:00-18:00\nholiday = 2026-03-02\n");
	c = named(&f, "c");
	assert_int_equal(day_minutes(c, "2026-03-07"), 0);   /* week 10 */
	assert_int_equal(day_minutes(c, "2026-03-14"), 480); /* week 11 */
	assert_int_equal(day_minutes(c, "2026-03-21"), 0);
	assert_int_equal(day_minutes(c, "2027-01-02"), 480); /* week 53 */
	assert_int_equal(day_minutes(c, "2027-01-09"), 480); /* week 1 */
	assert_int_equal(day_minutes(c, "2027-01-16"), 0);
	assert_moment(calendar_add(c, at("2026-03-13 09:00"), 960), "2026-03-14 18:00");
	close_all(&f);
}

static void round_the_clock(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar c]\nweek = mon-sun 00:00-24:00\n");
	c = named(&f, "c");
	assert_moment(calendar_add(c, at("2000-01-01"), 43 * 1440), "2000-02-13 00:00");
	assert_moment(calendar_add(c, at("2000-02-13"), -43 * 1440), "2000-01-01 00:00");
	assert_moment(calendar_previous_working(c, at("2000-02-13")), "2000-02-13 00:00");
	assert_moment(calendar_add(calendars_always(f.calendars), at("2000-01-01"), 5), "2000-01-01 00:05");
	close_all(&f);
}

static void faults(void **state)
{
	struct calendars_fixture f;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar c]\nholiday = 2000-01-01..2001-12-31\nbase = d\n"
		      "[calendar d]\nbase = c\n");
	assert_int_equal(f.status, ERR_INPUT);
	assert_null(calendars_find(f.calendars, slice_of("c")));
	assert_non_null(calendars_find(f.calendars, slice_of("")));
	close_all(&f);
}

/* Work ends: only two days are ever worked. */
static void finite_calendar(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c, *never;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar c]\nholiday = 0001-01-01..9999-12-31\n"
		      "workday = 2026-03-02..2026-03-03\n[calendar d]\nweek = mon-fri 19:00-20:00\n");
	assert_int_equal(f.status, 0);
	c = named(&f, "c");
	assert_moment(calendar_add(c, at("2026-01-01"), 960), "2026-03-03 18:00");
	assert_moment(calendar_add(c, at("2026-01-01"), 961), "none");
	assert_moment(calendar_next_working(c, at("2026-03-03 18:00")), "none");
	assert_moment(calendar_previous_working(c, at("2026-03-02 09:00")), "none");
	assert_moment(calendar_add(c, at("2026-03-02 09:00"), -1), "none");
	never = calendars_meet(f.calendars, c, named(&f, "d"));
	assert_moment(calendar_next_working(never, at("2026-01-01")), "none");
	assert_int_equal(calendar_between(never, at("2020-01-01"), at("2030-01-01")), 0);
	close_all(&f);
}

static void people(void **state)
{
	struct calendars_fixture f;
	const struct calendar *c;
	const struct kind *resource = kind_find(slice_of("resource"));

	(void)state;
	open_text(&f, CHINA "[resource a]\nleave = 2026-03-02..2026-03-03 年假\n 2026-03-04 09:00-12:00\n"
			    "available_to = 2026-03-06\n[resource b]\n");
	c = calendars_for_resource(f.calendars, project_find(&f.project, resource, slice_of("a")));
	assert_int_equal(day_minutes(c, "2026-03-03"), 0);
	assert_int_equal(day_minutes(c, "2026-03-04"), 300);
	assert_int_equal(day_minutes(c, "2026-03-06"), 480);
	assert_int_equal(day_minutes(c, "2026-03-09"), 0);
	assert_int_equal(day_minutes(c, "2026-02-28"), 480);
	c = calendars_for_resource(f.calendars, project_find(&f.project, resource, slice_of("b")));
	assert_ptr_equal(c, named(&f, "cn"));
	close_all(&f);
}

/* Against counting minute by minute through calendar_is_working. */
static void agrees_with_counting(void **state)
{
	struct calendars_fixture f;
	const struct calendar *all[4];
	/* also beyond the century that is found without a search */
	const char *const eras[] = { "2026-01-20", "2026-01-20", "1999-12-01", "2101-02-01", "9999-01-01" };

	(void)state;
	open_text(&f, CHINA "[calendar alt]\nbase = cn\nweek_even = mon-sat 08:00-09:30 10:00-24:00\n"
			    "[calendar night]\nweek = mon-sun 00:00-02:00 22:00-24:00\n");
	all[0] = named(&f, "cn");
	all[1] = named(&f, "alt");
	all[2] = named(&f, "night");
	all[3] = calendars_meet(f.calendars, all[1], all[2]);
	for (uint64_t i = 0; i < 400; i++) {
		const struct calendar *c = all[i % 4];
		moment_t from = at(eras[i / 4 % 5]) + (moment_t)random_below(1, 1, i, 45 * 1440);
		moment_t to = from + (moment_t)random_below(1, 2, i, 6000);
		int64_t count = 0;

		for (moment_t m = from; m < to; m++)
			count += calendar_is_working(c, m);
		assert_int_equal(calendar_between(c, from, to), count);
		if (count > 0) {
			moment_t end = calendar_add(c, from, count), begin = calendar_add(c, to, -count);

			assert_true(end <= to && calendar_is_working(c, end - 1));
			assert_int_equal(calendar_between(c, from, end), count);
			assert_true(begin >= from && calendar_is_working(c, begin));
			assert_int_equal(calendar_between(c, begin, to), count);
		}
	}
	close_all(&f);
}

static int64_t minutes_of(struct calendars_fixture *f, const char *person, const char *day)
{
	struct record *record = project_find(&f->project, kind_find(slice_of("resource")), slice_of(person));

	return calendar_day(calendars_for_resource(f->calendars, record), moment_date(at(day)), NULL, NULL);
}

/* Rules beside dates, in calendars and in leave; what is announced for years is not what comes again. */
static void days_that_come_again(void **state)
{
	struct calendars_fixture f;

	(void)state;
	open_text(&f, "[project]\nname = x\n[calendar a]\nholiday = 2026-10-02\n yearly 05-01\n yearly 12-31..01-02\nworkday = monthly last sat\n"
		      "[calendar b]\nbase = a\nholiday = every 2 weeks fri from 2026-03-06\nworkday = 2027-05-01\n"
		      "[calendar r]\nholiday = yearly 05-01\n");
	assert_int_equal(day_minutes(named(&f, "a"), "2026-05-01"), 0);
	assert_int_equal(day_minutes(named(&f, "a"), "2099-05-01"), 0);
	assert_int_equal(day_minutes(named(&f, "a"), "2026-12-31"), 0);
	assert_int_equal(day_minutes(named(&f, "a"), "2027-01-01"), 0);
	assert_int_equal(day_minutes(named(&f, "a"), "2026-03-28"), 480); /* the last Saturday */
	assert_int_equal(day_minutes(named(&f, "b"), "2026-03-06"), 0);
	assert_int_equal(day_minutes(named(&f, "b"), "2026-03-13"), 480);
	assert_int_equal(day_minutes(named(&f, "b"), "2026-03-20"), 0);
	assert_int_equal(day_minutes(named(&f, "b"), "2027-05-01"), 480); /* a Saturday: own day wins */
	assert_int_equal(calendar_horizon(named(&f, "a")), moment_date(at("2026-12-31")));
	assert_int_equal(calendar_horizon(named(&f, "r")), DATE_NONE);
	close_all(&f);
}

/* Hours of a holiday are hours off; of several absences on a day all are. */
static void hours_off_add_up(void **state)
{
	struct calendars_fixture f;

	(void)state;
	open_text(&f, "[project]\nname = x\ncalendar = a\n[calendar a]\nholiday = 2026-12-31 13:00-18:00 early\n"
		      " 2026-12-30 00:00-24:00\n 2026-12-26 09:00-12:00\n"
		      "[resource p]\nleave = 2026-05-08\n weekly fri 13:00-18:00\n 2026-05-06 09:00-10:00\n 2026-05-06 17:00-18:00\n"
		      " 2026-05-04..2026-05-06 11:00-12:00\n");
	assert_int_equal(day_minutes(named(&f, "a"), "2026-12-31"), 180);
	assert_int_equal(day_minutes(named(&f, "a"), "2026-12-30"), 0);
	assert_int_equal(day_minutes(named(&f, "a"), "2026-12-26"), 0); /* a Saturday */
	assert_int_equal(minutes_of(&f, "p", "2026-05-08"), 0);
	assert_int_equal(minutes_of(&f, "p", "2026-05-15"), 180);
	assert_int_equal(minutes_of(&f, "p", "2026-05-06"), 480 - 180);
	assert_int_equal(minutes_of(&f, "p", "2026-05-05"), 480 - 60);
	assert_int_equal(minutes_of(&f, "p", "2026-12-31"), 180);
	close_all(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_usual_week),
		cmocka_unit_test(days_that_come_again),
		cmocka_unit_test(hours_off_add_up),
		cmocka_unit_test(china_2026),
		cmocka_unit_test(as_weekday_and_own_hours),
		cmocka_unit_test(nearest_wins),
		cmocka_unit_test(alternating_weeks),
		cmocka_unit_test(round_the_clock),
		cmocka_unit_test(faults),
		cmocka_unit_test(finite_calendar),
		cmocka_unit_test(people),
		cmocka_unit_test(agrees_with_counting),
	};

	return cmocka_run_group_tests_name("plan/calendar", tests, NULL, NULL);
}
