/* Plans that nobody means well with: calendars without time, contradictions, enormous lags, chains and fans. All end, with a word why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "plan/paths.h"

#include <stdio.h>
#include <string.h>

#define P "[project]\nname = x\nstart = 2026-03-02\n"

enum { CHAIN = 100000 };

/* ok: it can be scheduled; id: a finding made (NULL: none); times: how often. */
static void assert_found(const char *text, bool ok, const char *id, size_t times)
{
	struct planned p;

	planned_init(&p, text);
	if (p.loading.errors > 0)
		fail_msg("cannot be loaded: %s", text);
	if ((p.status == 0) != ok)
		fail_msg("%s: %s", ok ? "refused" : "accepted", text);
	if (id && planned_found(&p, id) != times)
		fail_msg("%s %zu times: %s", id, planned_found(&p, id), text);
	if (!id && p.found.items.len > 0)
		fail_msg("%s: %s", ((struct diagnostic *)p.found.items.items)->id, text);
	planned_release(&p);
}

static void calendars_without_working_time(void **state)
{
	(void)state;
	assert_found(P "[calendar a]\nweek = mon-sun off\n[task A]\ncalendar = a\nduration = 1d\n", false, "calendar-empty", 1);
	assert_found(P "calendar = a\n[calendar a]\nweek = mon-sun off\n[task A]\nduration = 1d\n", false, "calendar-empty", 1);
	assert_found(P "[calendar a]\nholiday = 0001-01-01..9999-12-31\n[task A]\ncalendar = a\n", false, "calendar-empty", 1);
	/* nothing depends on one that nobody uses, and one may be there for others to be based on */
	assert_found(P "[calendar a]\nweek = mon-sun off\n[task A]\nduration = 1d\n", true, "calendar-idle", 1);
	assert_found(P "[calendar a]\nweek = mon-sun off\n[calendar b]\nbase = A\nweek = mon 9-12\n[task A]\ncalendar = b\nduration = 1d\n",
		true, NULL, 0);
	assert_found(P "[calendar a]\nweek = mon-sun off\n[team t]\ncalendar = A\n[task A]\nduration = 1d\n", false, "calendar-empty", 1);
	/* it worked once, and never again */
	assert_found(P "[calendar a]\nweek = mon-sun off\nworkday = 2025-01-01 09:00-12:00\n[task A]\ncalendar = a\nduration = 1d\n", false,
		"calendar-empty", 1);
	/* people whose time and the task's never meet */
	assert_found(P "[calendar night]\nweek = mon-fri 20:00-24:00\n[resource n]\ncalendar = night\n[calendar day]\nweek = mon-fri 09:00-12:00\n"
		       "[task A]\neffort = 1d\nassign = n\ncalendar = day\n", false, "calendar-empty", 1);
	assert_found(P "[resource n]\nleave = 0001-01-01..9999-12-31\n[task A]\neffort = 1d\nassign = n\n", false, "calendar-empty", 1);
	assert_found(P "[resource n]\nleave = daily from 2026-01-01 until 9999-12-31\navailable_to = 2026-02-01\n[task A]\neffort = 1d\nassign = n\n",
		false, "calendar-empty", 1);
	/* a century of days off is long, and ends */
	assert_found(P "[calendar a]\nholiday = daily\n[task A]\ncalendar = a\nduration = 1d\n", true, NULL, 0);
	assert_found(P "[calendar a]\nbase = b\n[calendar b]\nbase = a\n[task A]\ncalendar = a\n", false, "calendar-cycle", 2);
}

static void contradictory_constraints(void **state)
{
	struct planned p;

	(void)state;
	assert_found(P "[task A]\nduration = 5d\n[task B]\nduration = 1d\ndepends = A\nmust_start = 2026-03-03\n", true, "constraint-broken", 1);
	assert_found(P "[task A]\nduration = 5d\nnot_after = 2026-03-03\n", true, "constraint-broken", 1);
	assert_found(P "[task A]\nduration = 5d\nnot_before = 2026-04-01\nstart_not_after = 2026-03-03\n", true, "constraint-broken", 1);
	assert_found(P "[task A]\nduration = 5d\nmust_start = 2026-03-03\nmust_finish = 2026-03-03\n", true, "constraint-broken", 1);
	assert_found(P "finish = 2026-02-01\n[task A]\nduration = 5d\n", true, "finish-missed", 1);
	/* parents too, and both ends of a chain */
	planned_init(&p, P "[task Q]\nnot_after = 2026-03-03\n[task A]\nparent = Q\nduration = 5d\n[task B]\nparent = Q\nduration = 5d\n"
			   "depends = A\nmust_finish = 2026-03-04\n");
	assert_int_equal(p.status, 0);
	assert_true(p.plan.total_float[planned_task(&p, "A")] < 0);
	assert_true(planned_found(&p, "constraint-broken") >= 1);
	planned_release(&p);
}

static void lags_beyond_the_project(void **state)
{
	struct planned p;

	(void)state;
	/* a lead longer than the project: nothing begins before its start */
	planned_init(&p, P "[task A]\nduration = 5d\n[task B]\nduration = 1d\ndepends = A FS-1000d\n[task C]\nduration = 1d\ndepends = A FF-9000d\n"
			   "[task D]\nduration = 1d\ndepends = A SF-50ed\n");
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_start(&p, "B"), "2026-03-02 09:00");
	assert_string_equal(planned_start(&p, "C"), "2026-03-02 09:00");
	assert_string_equal(planned_start(&p, "D"), "2026-03-02 09:00");
	planned_release(&p);
	planned_init(&p, P "[task A]\nduration = 1d\n[task B]\nduration = 1d\ndepends = A FS+5000d\n");
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_start(&p, "B"), "2045-05-02 09:00");
	planned_release(&p);
	assert_found(P "[task A]\nduration = 1d\n[task B]\nduration = 1d\ndepends = A FS+9999999d\n", false, "plan-too-large", 1);
	assert_found(P "[task A]\nduration = 1d\n[task B]\nduration = 1d\ndepends = A FS+2920000ed\n", false, "plan-too-large", 1);
}

static void dates_centuries_away(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, "[project]\nname = x\nstart = 1000-01-01\n[task A]\nduration = 1d\n[task B]\nduration = 1d\nnot_before = 3000-01-01\n"
			 "[task C]\nduration = 100000d\n[task D]\nduration = 1d\ndeadline = 0500-01-01\n");
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_start(&p, "A"), "1000-01-01 09:00");
	assert_string_equal(planned_start(&p, "B"), "3000-01-01 09:00");
	assert_int_equal(planned_found(&p, "deadline-missed"), 1);
	planned_release(&p);
}

/* 100,000 tasks in one chain, in a parent with a buffer; the paths and the drag of all of them. */
static void a_very_long_chain(void **state)
{
	struct path_request request = { PLAN_NO_TASK, 3, INT64_MAX };
	struct plan_paths paths;
	struct strbuf text;
	struct planned p;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, P "[task P]\nbuffer = 10%\n[task T0]\nparent = P\nduration = 1min\n");
	for (int i = 1; i < CHAIN; i++)
		strbuf_addf(&text, "[task T%d]\nparent = P\nduration = 1min\ndepends = T%d\n", i, i - 1);
	planned_init(&p, text.buf);
	strbuf_release(&text);
	assert_int_equal(p.status, 0);
	assert_int_equal(p.plan.duration[plan_find(&p.plan, slice_of("P#buffer"))], CHAIN / 10);
	plan_find_drag(&p.plan);
	assert_int_equal(p.plan.drag[planned_task(&p, "T500")], 1);
	plan_paths_find(&paths, &p.plan, &request);
	assert_int_equal(paths.count, 3);
	assert_int_equal(paths.items[0].count, CHAIN + 1);
	plan_paths_release(&paths);
	planned_release(&p);
}

/* 1,000 links on one task, from it and to it. */
static void a_fan_of_links(void **state)
{
	struct strbuf text;
	struct planned p;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, P "[task A]\nduration = 1h\n[task Z]\nduration = 1h\ndepends = ");
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&text, "%sB%d %s+%dmin", i ? ", " : "", i, (const char *const[]){ "FS", "SS", "FF", "SF" }[i % 4], i % 7);
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&text, "\n[task B%d]\nduration = %dmin\ndepends = A", i, 1 + i % 60);
	planned_init(&p, text.buf);
	strbuf_release(&text);
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_start(&p, "Z"), "2026-03-02 11:03");
	plan_find_drag(&p.plan);
	assert_int_equal(p.plan.drag[planned_task(&p, "A")], 60);
	planned_release(&p);
}

static void effort_with_nobody_to_do_it(void **state)
{
	struct planned p;
	const char *text = P "[task A]\neffort = 5d\n[task C]\nduration = 5d\n[task D]\neffort = 5d\nstatus = cancelled\n"
			     "[task E]\n[task F]\nparent = E\neffort = 1d\n";

	(void)state;
	planned_init(&p, text);
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_finish(&p, "A"), "2026-03-06 18:00"); /* one anonymous person */
	assert_int_equal(planned_found(&p, "effort-nobody"), 0);
	p.options.strict = true;
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	assert_int_equal(planned_found(&p, "effort-nobody"), 2); /* A and F */
	planned_release(&p);
	/* where people are planned it is told in any case, and once */
	planned_init(&p, P "[resource li]\n[task A]\neffort = 5d\n[task B]\neffort = 5d\nassign = li\n");
	assert_int_equal(planned_found(&p, "effort-nobody"), 1);
	p.options.strict = true;
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	assert_int_equal(planned_found(&p, "effort-nobody"), 2);
	planned_release(&p);
}

/* Of duration, effort and units two give the third; three that do not agree are told. */
static void two_give_the_third(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[resource a]\n[resource b]\n[task A]\neffort = 10d\nassign = a, b\n[task B]\nduration = 5d\nassign = a 50%\n"
			   "[task C]\nduration = 5d\neffort = 10d\nassign = a, b\n[task D]\nduration = 5d\neffort = 20d\nassign = a\n");
	p.options.unlevelled = true;
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	assert_int_equal(p.plan.duration[planned_task(&p, "A")], 5 * 480);
	assert_int_equal(p.plan.effort[planned_task(&p, "B")], 5 * 240);
	assert_int_equal(planned_found(&p, "effort-duration"), 1);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendars_without_working_time),
		cmocka_unit_test(contradictory_constraints),
		cmocka_unit_test(lags_beyond_the_project),
		cmocka_unit_test(dates_centuries_away),
		cmocka_unit_test(a_very_long_chain),
		cmocka_unit_test(a_fan_of_links),
		cmocka_unit_test(effort_with_nobody_to_do_it),
		cmocka_unit_test(two_give_the_third),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
