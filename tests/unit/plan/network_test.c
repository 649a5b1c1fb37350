/* The network beyond textbook cases: parents, people, constraints, facts, faults. Weeks of 2026-03-02 (a Monday), 8 hours a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "base/strbuf.h"

#include <stdio.h>
#include <string.h>

#define P "[project]\nname = x\nstart = 2026-03-02\n"

static void open_good(struct planned *p, const char *text)
{
	planned_init(p, text);
	if (p->loading.errors > 0 || p->status != 0) {
		const struct diagnostic *items = p->status ? p->found.items.items : p->loading.items.items;

		fprintf(stderr, "%s %s %s\n", items[0].id, items[0].format, items[0].arguments[0]);
		fail();
	}
}

static void assert_dates(const struct planned *p, const char *id, const char *start, const char *finish)
{
	assert_string_equal(planned_start(p, id), start);
	assert_string_equal(planned_finish(p, id), finish);
}

static int64_t total_float(const struct planned *p, const char *id)
{
	return p->plan.total_float[planned_task(p, id)];
}

static bool critical(const struct planned *p, const char *id)
{
	return p->plan.flags[planned_task(p, id)] & PLAN_CRITICAL;
}

static void parents_span_children(void **state)
{
	struct planned p;
	struct strbuf code;

	(void)state;
	open_good(&p, P "[task B]\nparent = P\nduration = 2d\ndepends = A\n[task P]\n[task A]\nparent = P\nduration = 1d\n"
			"[task C]\ndepends = P\nduration = 1d\n[task D]\nduration = 1d\n");
	assert_dates(&p, "P", "2026-03-02 09:00", "2026-03-04 18:00");
	assert_dates(&p, "B", "2026-03-03 09:00", "2026-03-04 18:00");
	assert_dates(&p, "C", "2026-03-05 09:00", "2026-03-05 18:00");
	assert_true(critical(&p, "P"));
	assert_false(critical(&p, "D"));
	assert_int_equal(total_float(&p, "D"), 3 * 480);
	strbuf_init(&code);
	plan_wbs_code(&p.plan, planned_task(&p, "A"), &code);
	assert_string_equal(code.buf, "1.2");
	strbuf_release(&code);
	planned_release(&p);
}

static void links_to_parents(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 2d\n[task P]\ndepends = A\n[task B]\nparent = P\nduration = 1d\n[task Q]\nparent = P\n"
			"[task C]\nparent = Q\nduration = 2d\n[task S]\ndepends = P SS+1d\nduration = 1d\n"
			"[task F]\ndepends = P FF\nduration = 1d\n[task X]\nduration = 5d\n[task G]\ndepends = X FF\n"
			"[task H]\nparent = G\nduration = 1d\n");
	assert_dates(&p, "B", "2026-03-04 09:00", "2026-03-04 18:00");
	assert_dates(&p, "C", "2026-03-04 09:00", "2026-03-05 18:00");
	assert_dates(&p, "P", "2026-03-04 09:00", "2026-03-05 18:00");
	assert_dates(&p, "S", "2026-03-05 09:00", "2026-03-05 18:00");
	assert_dates(&p, "F", "2026-03-05 09:00", "2026-03-05 18:00");
	assert_dates(&p, "G", "2026-03-02 09:00", "2026-03-06 18:00"); /* its finish waits, its child need not */
	assert_string_equal(planned_late_finish(&p, "A"), "2026-03-04 18:00");
	assert_int_equal(total_float(&p, "B"), 480); /* S needs P to start by 03-05, and B starts it */
	planned_release(&p);
}

/* 30d of effort at 100 % + 50 %: 20 working days. */
static void pooled_effort(void **state)
{
	struct planned p;
	const char *people = "[resource a]\n[resource b]\n[calendar six]\nweek = mon-fri 09:00-12:00 13:00-16:00\n"
			     "[resource c]\ncalendar = six\n";
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	strbuf_addf(&text, P "levelling = no\n%s[task A]\neffort = 30d\nassign = a, b 50%%\n[task B]\neffort = 5d\n"
			     "[task C]\neffort = 5d\nassign = c\n[task D]\neffort = 13d\nassign = a, c\n"
			     "[task E]\nassign = a 50%% 12d, b 3d\n[task F]\nduration = 4d\nassign = a, b\n"
			     "[task G]\neffort = 7d\nassign = a, c\ntogether = yes\n"
			     "[task H]\neffort = 12d\nassign = a 2d, b, c\n"
			     "[task I]\neffort = 3d\nassign = @t x3\n[team t]\nmembers = a, b\n", people);
	open_good(&p, text.buf);
	strbuf_release(&text);
	assert_dates(&p, "A", "2026-03-02 09:00", "2026-03-27 18:00");
	assert_int_equal(p.plan.duration[planned_task(&p, "A")], 20 * 480);
	assert_dates(&p, "B", "2026-03-02 09:00", "2026-03-06 18:00"); /* one anonymous person */
	assert_dates(&p, "C", "2026-03-02 09:00", "2026-03-10 14:00"); /* 40 h at 6 h a day */
	/* 104 h at 14 h a day: 7 days make 98, both do 6 more hours in 3 */
	assert_dates(&p, "D", "2026-03-02 09:00", "2026-03-11 12:00");
	assert_dates(&p, "E", "2026-03-02 09:00", "2026-04-02 18:00"); /* 24 days for a */
	assert_dates(&p, "F", "2026-03-02 09:00", "2026-03-05 18:00");
	assert_int_equal(p.plan.effort[planned_task(&p, "F")], 8 * 480);
	assert_dates(&p, "G", "2026-03-02 09:00", "2026-03-06 14:00");
	assert_dates(&p, "I", "2026-03-02 09:00", "2026-03-02 18:00");
	planned_release(&p);
}

static void calendars_of_tasks_and_people(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "levelling = no\n[calendar sat]\nweek = sat 09:00-12:00 13:00-18:00\n[resource a]\nleave = 2026-03-04\n"
			"[resource s]\ncalendar = sat\n"
			"[task A]\nduration = 2d\ncalendar = sat\n[task B]\neffort = 3d\nassign = a\n"
			"[task C]\nduration = 3ed\ndepends = D\n[task D]\nduration = 5d\n[task E]\ndepends = C\nduration = 1d\n"
			"[task F]\neffort = 1d\nassign = s\n[task G]\nduration = 2d\ninterruptions = 2026-03-03\n"
			"[task H]\neffort = 1d\nassign = s\nignore_resource_calendar = yes\n"
			"[task I]\neffort = 1d\nassign = a, s\n");
	assert_dates(&p, "A", "2026-03-07 09:00", "2026-03-14 18:00");
	assert_dates(&p, "B", "2026-03-02 09:00", "2026-03-05 18:00");
	assert_dates(&p, "C", "2026-03-06 18:00", "2026-03-09 18:00");
	assert_dates(&p, "E", "2026-03-10 09:00", "2026-03-10 18:00");
	assert_dates(&p, "F", "2026-03-07 09:00", "2026-03-07 18:00");
	assert_dates(&p, "G", "2026-03-02 09:00", "2026-03-04 18:00");
	assert_dates(&p, "H", "2026-03-02 09:00", "2026-03-02 18:00");
	assert_dates(&p, "I", "2026-03-02 09:00", "2026-03-02 18:00");
	planned_release(&p);
}

static void people_without_time(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[calendar sat]\nweek = sat 09:00-12:00\n[resource a]\n[resource b]\navailable_to = 2026-03-03\n"
			   "[task A]\neffort = 1d\nassign = a\ncalendar = sat\n[task B]\neffort = 3d\nassign = b\n");
	assert_int_equal(p.status, ERR_INPUT);
	assert_int_equal(planned_found(&p, "calendar-empty"), 2);
	planned_release(&p);
}

static void lag_variants(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 4d\n[task B]\nduration = 1d\ndepends = A FS-1d\n[task C]\nduration = 1d\n"
			"depends = A FS+50%\n[task D]\nduration = 1d\ndepends = A FS+2ed\n[task E]\nduration = 1d\ndepends = A SS+25%\n");
	assert_dates(&p, "B", "2026-03-05 09:00", "2026-03-05 18:00");
	assert_dates(&p, "C", "2026-03-10 09:00", "2026-03-10 18:00");
	assert_dates(&p, "D", "2026-03-09 09:00", "2026-03-09 18:00");
	assert_dates(&p, "E", "2026-03-03 09:00", "2026-03-03 18:00");
	planned_release(&p);
}

static void milestones(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\n[task M]\nmilestone = yes\ndepends = A\n[task B]\ndepends = M\nduration = 1d\n"
			"[task N]\nmilestone = yes\nnot_before = 2026-03-07\n[task Z]\nduration = 0d\n"
			"[task L]\nmilestone = yes\nmust_finish = 2026-03-12\n");
	assert_dates(&p, "M", "2026-03-06 18:00", "2026-03-06 18:00");
	assert_dates(&p, "B", "2026-03-09 09:00", "2026-03-09 18:00");
	assert_dates(&p, "N", "2026-03-09 09:00", "2026-03-09 09:00");
	assert_dates(&p, "Z", "2026-03-02 09:00", "2026-03-02 09:00");
	assert_dates(&p, "L", "2026-03-12 18:00", "2026-03-12 18:00");
	assert_int_equal(total_float(&p, "M"), 3 * 480);
	planned_release(&p);
}

static void constraints(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\n[task B]\nduration = 1d\nnot_before = 2026-03-07\n"
			"[task C]\nduration = 2d\nfinish_not_before = 2026-03-12\n[task D]\nduration = 1d\nmust_start = 2026-03-04\n"
			"depends = A\n[task E]\nduration = 2d\nmust_finish = 2026-03-12\n"
			"[task F]\nduration = 1d\nas_late_as_possible = yes\n[task G]\nduration = 1d\nnot_before = 2026-03-16\ndepends = F\n"
			"[task H]\nduration = 2d\nnot_before = 2026-03-05 14:00\n[task P]\nnot_before = 2026-03-10\n"
			"[task Q]\nparent = P\nduration = 1d\n");
	assert_dates(&p, "B", "2026-03-09 09:00", "2026-03-09 18:00");
	assert_dates(&p, "C", "2026-03-11 09:00", "2026-03-12 18:00");
	assert_dates(&p, "D", "2026-03-04 09:00", "2026-03-04 18:00");
	assert_int_equal(total_float(&p, "A"), -3 * 480);
	assert_true(critical(&p, "A"));
	assert_int_equal(planned_found(&p, "constraint-broken"), 1);
	assert_dates(&p, "E", "2026-03-11 09:00", "2026-03-12 18:00");
	assert_int_equal(total_float(&p, "E"), 0);
	assert_dates(&p, "F", "2026-03-13 09:00", "2026-03-13 18:00");
	assert_int_equal(total_float(&p, "F"), 9 * 480);
	assert_dates(&p, "G", "2026-03-16 09:00", "2026-03-16 18:00");
	assert_dates(&p, "H", "2026-03-05 14:00", "2026-03-09 14:00");
	assert_dates(&p, "Q", "2026-03-10 09:00", "2026-03-10 18:00");
	planned_release(&p);
}

static void limits_and_deadlines(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\nnot_after = 2026-03-04\n[task B]\nduration = 5d\ndeadline = 2026-03-05\n"
			"[task C]\nduration = 5d\nstart_not_after = 2026-03-02\n[task D]\nduration = 1d\ndeadline = 2026-03-02\n"
			"[task E]\nduration = 10d\n[task P]\nnot_after = 2026-03-02\n[task F]\nparent = P\nduration = 2d\n");
	assert_dates(&p, "A", "2026-03-02 09:00", "2026-03-06 18:00");
	assert_int_equal(total_float(&p, "A"), -2 * 480);
	assert_int_equal(total_float(&p, "B"), 5 * 480);
	assert_int_equal(total_float(&p, "C"), 0); /* a date means the beginning of its work */
	assert_int_equal(total_float(&p, "F"), -480);
	assert_int_equal(planned_found(&p, "deadline-missed"), 1);
	assert_int_equal(planned_found(&p, "constraint-broken"), 2);
	planned_release(&p);
}

static void project_finish_gives_negative_float(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, "[project]\nname = x\nstart = 2026-03-02\nfinish = 2026-03-05\ncritical_float = 1d\n"
		      "[task A]\nduration = 5d\n[task B]\nduration = 3d\n[task C]\nduration = 2d\n");
	assert_int_equal(total_float(&p, "A"), -480);
	assert_int_equal(total_float(&p, "B"), 480);
	assert_true(critical(&p, "B"));
	assert_false(critical(&p, "C"));
	planned_release(&p);
}

static void facts_never_move(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\nactual_start = 2026-03-03\nactual_finish = 2026-03-11\n[task B]\ndepends = A\n"
			"duration = 2d\n[task C]\nduration = 4d\nactual_start = 2026-03-04 14:00\nprogress = 50%\n"
			"[task D]\nduration = 2d\nstatus = done\n[task E]\nduration = 2d\nactual_finish = 2026-03-03 12:00\n"
			"[task F]\nduration = 4d\nactual_start = 2026-03-02\nremaining = 5d\nprogress = 50%\n");
	assert_dates(&p, "A", "2026-03-03 09:00", "2026-03-11 18:00");
	assert_dates(&p, "B", "2026-03-12 09:00", "2026-03-13 18:00");
	assert_dates(&p, "C", "2026-03-04 14:00", "2026-03-10 14:00");
	assert_dates(&p, "D", "2026-03-02 09:00", "2026-03-03 18:00");
	assert_string_equal(planned_finish(&p, "E"), "2026-03-03 12:00");
	assert_dates(&p, "F", "2026-03-02 09:00", "2026-03-10 18:00");
	assert_int_equal(total_float(&p, "A"), 0);
	assert_false(critical(&p, "A"));
	planned_release(&p);
}

static void status_date_pushes(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "status_date = 2026-03-09\n[task A]\nduration = 2d\n[task B]\nduration = 4d\nactual_start = 2026-03-02\n"
			"progress = 50%\n[task C]\nduration = 2d\nactual_start = 2026-03-02\nactual_finish = 2026-03-03\n"
			"[task D]\nduration = 2d\ndepends = C\n[task M]\nmilestone = yes\n");
	assert_dates(&p, "A", "2026-03-09 09:00", "2026-03-10 18:00");
	assert_dates(&p, "B", "2026-03-02 09:00", "2026-03-10 18:00");
	assert_dates(&p, "C", "2026-03-02 09:00", "2026-03-03 18:00");
	assert_dates(&p, "D", "2026-03-09 09:00", "2026-03-10 18:00");
	assert_dates(&p, "M", "2026-03-09 09:00", "2026-03-09 09:00");
	planned_release(&p);
	open_good(&p, "[project]\nname = x\nstart = 2026-02-23\nstatus_date = today\n[task A]\nduration = 1d\n");
	assert_dates(&p, "A", "2026-03-02 09:00", "2026-03-02 18:00"); /* now is 2026-03-02 */
	planned_release(&p);
}

/* B began although A is not finished: what is left of B waits for A (retained logic), or does not (override). */
static void out_of_sequence(void **state)
{
	struct planned p;
	const char *retained = P "status_date = 2026-03-04\n[task A]\nduration = 5d\nactual_start = 2026-03-02\nprogress = 40%\n"
				 "[task B]\nduration = 4d\ndepends = A\nactual_start = 2026-03-03\nprogress = 25%\n";
	const char *override = P "progress_logic = override\nstatus_date = 2026-03-04\n[task A]\nduration = 5d\n"
				 "actual_start = 2026-03-02\nprogress = 40%\n"
				 "[task B]\nduration = 4d\ndepends = A\nactual_start = 2026-03-03\nprogress = 25%\n";

	(void)state;
	open_good(&p, retained);
	assert_string_equal(planned_finish(&p, "A"), "2026-03-06 18:00");
	assert_dates(&p, "B", "2026-03-03 09:00", "2026-03-11 18:00");
	assert_int_equal(planned_found(&p, "out-of-sequence"), 1);
	/* So A decides the finish, and what it gains B gains. */
	assert_true(p.plan.flags[planned_task(&p, "A")] & PLAN_CRITICAL);
	assert_int_equal(p.plan.total_float[planned_task(&p, "A")], 0);
	assert_int_equal(p.plan.free_float[planned_task(&p, "A")], 0);
	plan_find_drag(&p.plan);
	assert_int_equal(p.plan.drag[planned_task(&p, "A")], 3 * 480);
	assert_int_equal(p.plan.drag[planned_task(&p, "B")], 3 * 480);
	planned_release(&p);
	open_good(&p, override);
	assert_dates(&p, "B", "2026-03-03 09:00", "2026-03-06 18:00");
	planned_release(&p);
	/* Begun, nobody says when: where the network puts it. */
	open_good(&p, P "[task A]\nduration = 5d\n[task B]\nduration = 4d\ndepends = A SS+1d\nprogress = 25%\n[task C]\nduration = 6d\n");
	assert_dates(&p, "B", "2026-03-03 09:00", "2026-03-06 18:00");
	assert_int_equal(p.plan.total_float[planned_task(&p, "A")], 480);
	assert_int_equal(p.plan.total_float[planned_task(&p, "B")], 480);
	assert_true(p.plan.flags[planned_task(&p, "C")] & PLAN_CRITICAL);
	planned_release(&p);
}

static void cancelled_tasks_bind_nobody(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\nstatus = cancelled\n[task B]\nduration = 1d\ndepends = A\n[task P]\n"
			"[task C]\nparent = P\nduration = 9d\nstatus = cancelled\n[task D]\nparent = P\nduration = 1d\n");
	assert_dates(&p, "B", "2026-03-02 09:00", "2026-03-02 18:00");
	assert_dates(&p, "P", "2026-03-02 09:00", "2026-03-02 18:00");
	assert_true(p.plan.project_finish == at("2026-03-02 18:00"));
	planned_release(&p);
}

static void levelling_delay(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 1d\n[task B]\nduration = 1d\ndepends = A\nlevelling_delay = 2d\n"
			"[task C]\nduration = 1d\ndepends = A\nlevelling_delay = 7ed\n");
	assert_dates(&p, "B", "2026-03-05 09:00", "2026-03-05 18:00");
	assert_dates(&p, "C", "2026-03-10 09:00", "2026-03-10 18:00");
	planned_release(&p);
}

static void a_loop_is_told_once(void **state)
{
	struct planned p;
	const struct diagnostic *d;

	(void)state;
	planned_init(&p, P "[task T-3]\ndepends = T-9\n[task T-7]\ndepends = T-3\n[task T-9]\ndepends = T-7\n"
			   "[task T-10]\ndepends = T-9\n[task T-11]\ndepends = T-10\n[task A]\ndepends = B\n[task B]\ndepends = A\n");
	assert_int_equal(p.status, ERR_INPUT);
	assert_int_equal(planned_found(&p, "cycle"), 2);
	d = p.found.items.items;
	assert_string_equal(d[0].arguments[0], "T-3 → T-7 → T-9 → T-3");
	assert_string_equal(d[0].arguments[1], "T-3 pmt.ini:5, T-7 pmt.ini:7, T-9 pmt.ini:9");
	planned_release(&p);
	planned_init(&p, P "[task P]\n[task A]\nparent = P\ndepends = B\n[task B]\ndepends = P\n");
	assert_int_equal(planned_found(&p, "cycle"), 1);
	d = p.found.items.items;
	assert_string_equal(d[0].arguments[0], "P → B → A → P");
	planned_release(&p);
}

static void faults(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[task A]\ndepends = A\n[task P]\n[task B]\nparent = P\ndepends = P\n[task C]\ndepends = nobody\n"
			   "[task D]\neffort = 3d\nassign = nobody\n[task E]\ncalendar = nocalendar\n[task Q]\nparent = R\n"
			   "[task R]\nparent = Q\n[task S]\nduration = long\n[task T]\nnot_before = 2026-02-30\n");
	assert_int_equal(p.status, ERR_INPUT);
	assert_int_equal(planned_found(&p, "depends-self"), 1);
	assert_int_equal(planned_found(&p, "depends-ancestor"), 1);
	assert_int_equal(planned_found(&p, "ref-unknown"), 3);
	assert_int_equal(planned_found(&p, "parent-cycle"), 1);
	assert_int_equal(planned_found(&p, "date-impossible"), 1);
	planned_release(&p);
}

static void contradictions_are_told(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource a]\n[task A]\nduration = 2d\neffort = 10d\nassign = a\n"
			"[task B]\nduration = 2d\neffort = 1d\nassign = a 50%\n[task P]\neffort = 3d\nduration = 1d\n"
			"[task C]\nparent = P\nduration = 1d\n[task D]\nstatus = cancelled\n[task E]\ndepends = D\n");
	assert_int_equal(planned_found(&p, "effort-duration"), 1);
	assert_int_equal(planned_found(&p, "parent-effort"), 2);
	assert_int_equal(planned_found(&p, "ref-cancelled"), 1);
	planned_release(&p);
}

static void dates_end(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, "[project]\nname = x\nstart = 9999-12-01\n[task A]\nduration = 100d\n[task B]\nduration = 90ed\n"
			 "[task C]\nduration = 1d\n");
	assert_int_equal(p.status, ERR_INPUT);
	assert_int_equal(planned_found(&p, "plan-too-large"), 2);
	planned_release(&p);
}

static void nothing_at_all(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P);
	assert_int_equal(p.plan.task_count, 0);
	assert_true(p.plan.project_finish == at("2026-03-02 09:00"));
	planned_release(&p);
	open_good(&p, "[project]\nname = x\n[task A]\n[task B]\nnot_before = 2026-03-10\n");
	assert_dates(&p, "A", "2026-03-10 09:00", "2026-03-10 18:00");
	planned_release(&p);
}

static void calendar_horizon_is_told(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, "[project]\nname = x\nstart = 2026-12-01\ncalendar = cn\n[calendar cn]\nholiday = 2026-10-01..2026-10-07 国庆\n"
		      "[task A]\nduration = 40d\n[task B]\nduration = 50d\n");
	assert_int_equal(planned_found(&p, "calendar-horizon"), 1);
	planned_release(&p);
}

/* One task with 1,000 successors and one with 1,000 predecessors; a chain as long as 20,000; a tree as deep as 5,000. */
static void shapes(void **state)
{
	struct planned p;
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, P "[task A]\nduration = 1h\n");
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&text, "[task B%d]\nduration = 1h\ndepends = A\n", i);
	strbuf_add_str(&text, "[task Z]\nduration = 1h\ndepends = ");
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&text, "%sB%d", i ? ", " : "", i);
	strbuf_add_str(&text, "\n[task C0]\nduration = 1min\n");
	for (int i = 1; i < 20000; i++)
		strbuf_addf(&text, "[task C%d]\nduration = 1min\ndepends = C%d\n", i, i - 1);
	strbuf_add_str(&text, "[task D0]\n");
	for (int i = 1; i < 5000; i++)
		strbuf_addf(&text, "[task D%d]\nparent = D%d\n", i, i - 1);
	open_good(&p, text.buf);
	strbuf_release(&text);
	assert_string_equal(planned_finish(&p, "Z"), "2026-03-02 12:00");
	assert_string_equal(planned_finish(&p, "C19999"), "2026-04-28 15:20");
	assert_int_equal(p.plan.level[planned_task(&p, "D4999")], 4999);
	assert_dates(&p, "D0", "2026-03-02 09:00", "2026-03-02 18:00");
	planned_release(&p);
}

static void computed_fields(void **state)
{
	struct planned p;
	struct computed computed;
	struct arena arena;
	struct value value;
	const struct kind *task = kind_find(slice_of("task"));
	struct record *record;

	(void)state;
	open_good(&p, P "[task P]\n[task A]\nparent = P\nduration = 1d\n[task B]\nparent = P\ndepends = A\n");
	computed = plan_computed(&p.plan);
	arena_init(&arena);
	record = project_find(&p.project, task, slice_of("A"));
	assert_true(computed.value(computed.context, record, kind_field_named(task, "finish"), &arena, &value));
	assert_true(value.as.when.moment == at("2026-03-02 18:00"));
	assert_true(computed.value(computed.context, record, kind_field_named(task, "wbs"), &arena, &value));
	assert_true(slice_is(value.as.text, "1.1"));
	assert_true(computed.value(computed.context, record, kind_field_named(task, "successors"), &arena, &value));
	assert_true(slice_is(value.as.list.items[0], "B"));
	assert_false(computed.value(computed.context, record, kind_field_named(task, "title"), &arena, &value));
	arena_release(&arena);
	planned_release(&p);
}

static int64_t minutes_of(struct planned *p, const char *id, const char *field)
{
	struct computed computed = plan_computed(&p->plan);
	const struct kind *task = kind_find(slice_of("task"));
	struct arena arena;
	struct value value;

	arena_init(&arena);
	assert_true(computed.value(computed.context, project_find(&p->project, task, slice_of(id)),
		kind_field_named(task, field), &arena, &value));
	arena_release(&arena);
	return value.as.estimate.likely;
}

/* A 2d and B 5d before C 2d and D 6d: A has float 3, of which nothing is C's; C is free only as far as a late A leaves it. */
static void four_floats(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 2d\n[task B]\nduration = 5d\n[task C]\nduration = 2d\ndepends = A\n"
			"[task D]\nduration = 6d\ndepends = B\n[task E]\nduration = 1d\ndepends = C, D\n"
			"[task F]\nduration = 1d\ndepends = B\n[task G]\nduration = 1d\ndepends = F, D\n");
	assert_int_equal(total_float(&p, "A"), 7 * 480);
	assert_int_equal(minutes_of(&p, "A", "free_float"), 0);
	assert_int_equal(minutes_of(&p, "A", "independent_float"), 0);
	assert_int_equal(minutes_of(&p, "A", "interfering_float"), 7 * 480);
	assert_int_equal(minutes_of(&p, "C", "free_float"), 7 * 480);
	assert_int_equal(minutes_of(&p, "C", "independent_float"), 0);
	assert_int_equal(minutes_of(&p, "F", "independent_float"), 5 * 480); /* B is critical: it cannot be late */
	assert_int_equal(minutes_of(&p, "B", "independent_float"), 0);
	planned_release(&p);
}

static void a_parent_has_its_childrens_effort(void **state)
{
	struct planned p;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	open_good(&p, P "[task P]\n[task A]\nparent = P\neffort = 3d\n[task B]\nparent = P\neffort = 2d\n");
	assert_int_equal(p.plan.effort[planned_task(&p, "P")], 5 * 480);
	arena_release(&arena);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parents_span_children),
		cmocka_unit_test(links_to_parents),
		cmocka_unit_test(pooled_effort),
		cmocka_unit_test(calendars_of_tasks_and_people),
		cmocka_unit_test(people_without_time),
		cmocka_unit_test(lag_variants),
		cmocka_unit_test(milestones),
		cmocka_unit_test(constraints),
		cmocka_unit_test(limits_and_deadlines),
		cmocka_unit_test(project_finish_gives_negative_float),
		cmocka_unit_test(facts_never_move),
		cmocka_unit_test(status_date_pushes),
		cmocka_unit_test(out_of_sequence),
		cmocka_unit_test(cancelled_tasks_bind_nobody),
		cmocka_unit_test(levelling_delay),
		cmocka_unit_test(a_loop_is_told_once),
		cmocka_unit_test(faults),
		cmocka_unit_test(contradictions_are_told),
		cmocka_unit_test(dates_end),
		cmocka_unit_test(nothing_at_all),
		cmocka_unit_test(calendar_horizon_is_told),
		cmocka_unit_test(shapes),
		cmocka_unit_test(computed_fields),
		cmocka_unit_test(four_floats),
		cmocka_unit_test(a_parent_has_its_childrens_effort),
	};

	return cmocka_run_group_tests_name("plan/network", tests, NULL, NULL);
}
