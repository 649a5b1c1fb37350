/* Buffers and recurring tasks. Weeks of 2026-03-02 (a Monday), 8 hours a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/feasible.h"
#include "../../support/planned.h"
#include "base/alloc.h"

#include <stdio.h>

#define P "[project]\nname = x\nstart = 2026-03-02\n"
#define DAY 480

static void open_good(struct planned *p, const char *text)
{
	planned_init(p, text);
	if (p->loading.errors > 0 || p->status != 0) {
		const struct diagnostic *items = p->status ? p->found.items.items : p->loading.items.items;

		fprintf(stderr, "%s %s %s\n", items[0].id, items[0].format, items[0].arguments[0]);
		fail();
	}
}

static uint32_t task(const struct planned *p, const char *id)
{
	uint32_t found = plan_find(&p->plan, slice_of(id));

	if (found == PLAN_NO_TASK)
		fail_msg("no task %s", id);
	return found;
}

static void assert_at(const struct planned *p, const char *id, const char *start, const char *finish)
{
	char text[CIVIL_TEXT];
	uint32_t t = task(p, id);

	assert_string_equal(moment_print(p->plan.start[t], text), start);
	assert_string_equal(moment_print(p->plan.finish[t], text), finish);
}

static size_t count_of(const struct planned *p, unsigned flag)
{
	size_t count = 0;

	for (uint32_t t = 0; t < p->plan.task_count; t++)
		count += (p->plan.flags[t] & flag) != 0;
	return count;
}

/* Ids are unique, found again, and every synthetic task has an owner with its record. */
static void assert_named(const struct planned *p)
{
	for (uint32_t t = 0; t < p->plan.task_count; t++) {
		assert_int_equal(plan_find(&p->plan, plan_id(&p->plan, t)), t);
		assert_ptr_equal(p->plan.records[plan_owner(&p->plan, t)], p->plan.records[t]);
		assert_int_equal(plan_owner(&p->plan, t) != t, plan_is_synthetic(&p->plan, t));
	}
}

static void assert_sound(const struct planned *p)
{
	struct strbuf why;

	strbuf_init(&why);
	if (!feasible(&p->plan, (struct dates){ p->plan.start, p->plan.finish }, &why) || !floats_agree(&p->plan, &why))
		fail_msg("%s", why.buf);
	strbuf_release(&why);
	assert_named(p);
}

static void a_parents_buffer_follows_its_longest_path(void **state)
{
	struct planned p;
	struct strbuf code;

	(void)state;
	open_good(&p, P "[task P]\ntitle = phase\nbuffer = 20%\n[task A]\nparent = P\nduration = 10d\n"
			"[task B]\nparent = P\nduration = 5d\ndepends = A\n[task C]\nparent = P\nduration = 3d\n"
			"[task N]\nduration = 1d\ndepends = P\n");
	assert_at(&p, "P#buffer", "2026-03-23 09:00", "2026-03-25 18:00");
	assert_at(&p, "P", "2026-03-02 09:00", "2026-03-25 18:00");
	assert_at(&p, "N", "2026-03-26 09:00", "2026-03-26 18:00");
	assert_true(p.plan.flags[task(&p, "P#buffer")] & PLAN_CRITICAL);
	assert_int_equal(p.plan.total_float[task(&p, "C")], 12 * DAY);
	assert_true(slice_is(plan_title(&p.plan, task(&p, "P#buffer")), "phase · buffer"));
	strbuf_init(&code);
	plan_wbs_code(&p.plan, task(&p, "P#buffer"), &code);
	assert_string_equal(code.buf, "1.b");
	strbuf_reset(&code);
	plan_wbs_code(&p.plan, task(&p, "C"), &code);
	assert_string_equal(code.buf, "1.3");
	strbuf_release(&code);
	assert_int_equal(p.found.items.len, 0);
	assert_sound(&p);
	planned_release(&p);
}

/* Lag is on the path; waiting for somebody outside is not; overlap counts once. */
static void the_longest_path_is_that_of_links(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task X]\nduration = 10d\n[task P]\nbuffer = 50%\n[task A]\nparent = P\nduration = 2d\ndepends = X\n"
			"[task B]\nparent = P\nduration = 2d\ndepends = A FS+2d\n"
			"[task Q]\nbuffer = 10%\n[task C]\nparent = Q\nduration = 10d\n[task D]\nparent = Q\nduration = 8d\n"
			"depends = C SS+2d\n[task E]\nparent = Q\nduration = 5d\nnot_before = 2026-03-02\n");
	assert_int_equal(p.plan.duration[task(&p, "P#buffer")], 3 * DAY); /* 2 + 2 + 2 */
	assert_int_equal(p.plan.duration[task(&p, "Q#buffer")], DAY);     /* 10 */
	assert_sound(&p);
	planned_release(&p);
}

static void a_milestones_buffer_comes_before_it(void **state)
{
	struct planned p;
	struct strbuf code;

	(void)state;
	open_good(&p, P "[task A]\nduration = 6d\n[task B]\nduration = 4d\ndepends = A\n[task C]\nduration = 2d\n"
			"[task M]\nmilestone = yes\ndepends = B, C FF+1d\nbuffer = 50%\n[task N]\ndepends = M\nduration = 1d\n");
	assert_at(&p, "M#buffer", "2026-03-16 09:00", "2026-03-20 18:00");
	assert_at(&p, "M", "2026-03-20 18:00", "2026-03-20 18:00");
	assert_at(&p, "N", "2026-03-23 09:00", "2026-03-23 18:00");
	assert_int_equal(task(&p, "M#buffer") + 1, task(&p, "M"));
	strbuf_init(&code);
	plan_wbs_code(&p.plan, task(&p, "M#buffer"), &code);
	assert_string_equal(code.buf, "4.b");
	strbuf_release(&code);
	assert_sound(&p);
	planned_release(&p);
}

/* A buffer does not protect another buffer. */
static void buffers_do_not_count(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task P]\nbuffer = 20%\n[task Q]\nparent = P\nbuffer = 20%\n[task A]\nparent = Q\nduration = 10d\n"
			"[task M]\nmilestone = yes\ndepends = P\nbuffer = 50%\n");
	assert_int_equal(p.plan.duration[task(&p, "Q#buffer")], 2 * DAY);
	assert_int_equal(p.plan.duration[task(&p, "P#buffer")], 2 * DAY);
	assert_int_equal(p.plan.duration[task(&p, "M#buffer")], 5 * DAY);
	assert_sound(&p);
	planned_release(&p);
}

static void what_is_done_needs_no_buffer(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task P]\nbuffer = 50%\n[task A]\nparent = P\nduration = 2d\nactual_start = 2026-03-02\n"
			"actual_finish = 2026-03-03\n[task N]\nduration = 1d\ndepends = P\n");
	assert_int_equal(p.plan.duration[task(&p, "P#buffer")], 0);
	assert_at(&p, "P", "2026-03-02 09:00", "2026-03-03 18:00");
	assert_at(&p, "N", "2026-03-04 09:00", "2026-03-04 18:00");
	planned_release(&p);
	open_good(&p, P "[task P]\nbuffer = 50%\nstatus = cancelled\n[task A]\nparent = P\nduration = 2d\n"
			"[task Q]\nbuffer = 0%\n[task B]\nparent = Q\nduration = 2d\n");
	assert_int_equal(count_of(&p, PLAN_BUFFER), 0);
	planned_release(&p);
}

static void a_meeting_takes_place_every_week(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "calendar = cn\n[calendar cn]\nholiday = 2026-03-09\n[resource li]\n[task A]\nduration = 15d\n"
			"[task W]\ntitle = 周例会\nrecurring = weekly mon 14:00\nduration = 1h\nassign = li\n");
	assert_int_equal(count_of(&p, PLAN_OCCURRENCE), 3); /* not on the holiday, not after A */
	assert_at(&p, "W#2026-03-02", "2026-03-02 14:00", "2026-03-02 15:00");
	assert_at(&p, "W#2026-03-16", "2026-03-16 14:00", "2026-03-16 15:00");
	assert_at(&p, "W#2026-03-23", "2026-03-23 14:00", "2026-03-23 15:00");
	assert_at(&p, "W", "2026-03-02 14:00", "2026-03-23 15:00");
	assert_int_equal(p.plan.effort[task(&p, "W")], 3 * 60);
	assert_false(p.plan.flags[task(&p, "W#2026-03-16")] & PLAN_CRITICAL);
	assert_true(p.plan.flags[task(&p, "A")] & PLAN_CRITICAL);
	assert_true(slice_is(plan_title(&p.plan, task(&p, "W#2026-03-02")), "周例会"));
	assert_int_equal(p.found.items.len, 0);
	assert_named(&p);
	planned_release(&p);
}

static void monthly_ones_wait_for_the_next_working_day(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task R]\nmilestone = yes\nrecurring = monthly 1 until 2026-06-30\n"
			"[task F]\nduration = 2h\nrecurring = every 2 weeks fri 3 times\nnot_before = 2026-03-10\n");
	assert_at(&p, "R#2026-04-01", "2026-04-01 09:00", "2026-04-01 09:00");
	assert_at(&p, "R#2026-05-01", "2026-05-01 09:00", "2026-05-01 09:00");
	assert_at(&p, "R#2026-06-01", "2026-06-01 09:00", "2026-06-01 09:00");
	assert_at(&p, "F#2026-03-13", "2026-03-13 09:00", "2026-03-13 11:00");
	assert_at(&p, "F#2026-04-10", "2026-04-10 09:00", "2026-04-10 11:00");
	assert_int_equal(count_of(&p, PLAN_OCCURRENCE), 6);
	planned_release(&p);
	open_good(&p, P "[task R]\nduration = 1h\nrecurring = monthly 15 until 2026-03-31\n");
	assert_at(&p, "R#2026-03-15", "2026-03-16 09:00", "2026-03-16 10:00"); /* a Sunday; the id keeps the rule's day */
	planned_release(&p);
}

static void it_lasts_as_long_as_the_project(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "finish = 2026-03-20\n[task A]\nduration = 40d\n[task W]\nduration = 1h\nrecurring = weekly mon until project end\n");
	assert_int_equal(count_of(&p, PLAN_OCCURRENCE), 3);
	planned_release(&p);
	open_good(&p, P "[task A]\nduration = 6d\n[task W]\nduration = 1h\nrecurring = daily\n[task V]\nduration = 1h\nrecurring = weekly tue\n");
	assert_int_equal(count_of(&p, PLAN_OCCURRENCE), 6 + 1);
	planned_release(&p);
}

static void meetings_before_the_status_date_took_place(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "status_date = 2026-03-10\n[task W]\nduration = 1h\nrecurring = weekly mon until 2026-03-20\n"
			"[task C]\nduration = 1h\nrecurring = weekly mon until 2026-03-20\nstatus = cancelled\n");
	assert_true(p.plan.flags[task(&p, "W#2026-03-09")] & PLAN_FINISHED);
	assert_false(p.plan.flags[task(&p, "W#2026-03-16")] & PLAN_STARTED);
	assert_at(&p, "W#2026-03-09", "2026-03-09 09:00", "2026-03-09 10:00");
	assert_int_equal(plan_find(&p.plan, slice_of("C#2026-03-09")), PLAN_NO_TASK);
	assert_int_equal(plan_find(&p.plan, slice_of("X#2026-03-09")), PLAN_NO_TASK);
	planned_release(&p);
}

/* Levelling: a task of weeks does not wait until the last meeting is over. */
static void tasks_do_not_wait_for_meetings(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource li]\n[task A]\neffort = 15d\nassign = li\n[task W]\nrecurring = weekly mon\nduration = 1h\nassign = li\n"
			"[task B]\neffort = 1d\nassign = li\n");
	assert_true(p.plan.start[task(&p, "A")] < at("2026-03-04"));
	assert_at(&p, "W#2026-03-09", "2026-03-09 09:00", "2026-03-09 10:00");
	assert_int_equal(p.plan.project_finish, at("2026-03-23 18:00")); /* 16 days of work */
	planned_release(&p);
}

static void tells_what_cannot_be(void **state)
{
	static const struct {
		const char *text, *id;
	} cases[] = {
		{ "[task A]\nduration = 1d\nbuffer = 10%\n", "buffer-place" },
		{ "[task A]\nrecurring = weekly sun\nduration = 1h\n[task B]\nduration = 5d\n", "recurring-never" },
		{ "[task A]\nrecurring = yearly 02-01\nduration = 1h\n[task B]\nduration = 5d\n", "recurring-never" },
		{ "[task A]\nrecurring = weekly mon\n[task B]\nparent = A\nduration = 5d\n", "recurring-parent" },
		{ "[task A]\nrecurring = daily from 2026-01-01 until 2150-01-01\nduration = 1h\n", "recurring-many" },
		{ "[task A]\nrecurring = weekly mon until 2026-03-20\nduration = 1h\ndepends = B\n[task B]\nduration = 1d\n",
			"recurring-depends" },
		{ "[task A]\nrecurring = now and then\n", "value-syntax" },
	};
	struct planned p;
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, P "%s", cases[i].text);
		planned_init(&p, text.buf);
		if (planned_found(&p, cases[i].id) != 1)
			fail_msg("%s: %zu", cases[i].id, planned_found(&p, cases[i].id));
		assert_int_equal(p.status != 0, strcmp(cases[i].id, "value-syntax") == 0);
		planned_release(&p);
	}
	strbuf_release(&text);
}

/* A loop through a buffer is told once, with its name. */
static void loops_through_buffers_end(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[task P]\nbuffer = 10%\n[task A]\nparent = P\nduration = 1d\ndepends = B\n[task B]\nduration = 1d\ndepends = P\n"
			"[task M]\nmilestone = yes\nbuffer = 10%\ndepends = M\n");
	assert_int_equal(planned_found(&p, "cycle"), 1);
	assert_int_equal(planned_found(&p, "depends-self"), 1);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parents_buffer_follows_its_longest_path),
		cmocka_unit_test(the_longest_path_is_that_of_links),
		cmocka_unit_test(a_milestones_buffer_comes_before_it),
		cmocka_unit_test(buffers_do_not_count),
		cmocka_unit_test(what_is_done_needs_no_buffer),
		cmocka_unit_test(a_meeting_takes_place_every_week),
		cmocka_unit_test(monthly_ones_wait_for_the_next_working_day),
		cmocka_unit_test(it_lasts_as_long_as_the_project),
		cmocka_unit_test(meetings_before_the_status_date_took_place),
		cmocka_unit_test(tasks_do_not_wait_for_meetings),
		cmocka_unit_test(tells_what_cannot_be),
		cmocka_unit_test(loops_through_buffers_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
