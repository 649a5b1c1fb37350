/* Levelling: small plans with known answers, and random ones judged by tests/support/people.c and feasible.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../support/feasible.h"
#include "../../support/people.h"
#include "../../support/planned.h"
#include "base/alloc.h"
#include "plan/level.h"
#include "plan/optimize.h"

#define P "[project]\nname = x\nstart = 2026-03-02\n"

/* Loads, levels, and has the judges look at it. */
static void open_good(struct planned *p, const char *text)
{
	struct strbuf why;

	planned_init(p, text);
	assert_int_equal(p->loading.errors, 0);
	if (p->status != 0)
		fail_msg("%s", p->err.message);
	strbuf_init(&why);
	if (!people_feasible(&p->plan, &why) ||
		!links_hold(&p->plan, (struct dates){ p->plan.start, p->plan.finish }, &why))
		fail_msg("%s", why.buf);
	strbuf_release(&why);
}

static void starts(struct planned *p, const char *id, const char *expected)
{
	assert_string_equal(planned_start(p, id), expected);
}

static void finishes(struct planned *p, const char *id, const char *expected)
{
	assert_string_equal(planned_finish(p, id), expected);
}

static void one_person_two_tasks(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource a]\n[task A]\neffort = 2d\nassign = a\n[task B]\neffort = 3d\nassign = a\n"
			"[task C]\neffort = 1d\nassign = a\ndepends = A\npriority = 900\n");
	finishes(&p, "A", "2026-03-03 18:00"); /* the later C is the more urgent, so A goes first */
	starts(&p, "C", "2026-03-04 09:00");
	starts(&p, "B", "2026-03-05 09:00");
	assert_true(p.plan.project_finish == at("2026-03-09 18:00"));
	assert_true(p.plan.network_finish == at("2026-03-04 18:00"));
	assert_true(p.plan.flags[planned_task(&p, "B")] & PLAN_LEVELLED);
	assert_false(p.plan.flags[planned_task(&p, "A")] & PLAN_LEVELLED);
	assert_int_equal(plan_wait(&p.plan, planned_task(&p, "B")), 3 * 480);
	assert_int_equal(p.plan.early_start[planned_task(&p, "B")], at("2026-03-02 09:00"));
	planned_release(&p);
}

static void shares_add_up(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource a]\n[resource crane]\ntype = equipment\ncapacity = 3\n"
			"[task A]\nduration = 2d\nassign = a 50%\n[task B]\nduration = 2d\nassign = a 50%\n"
			"[task C]\nduration = 1d\nassign = a 20%\n"
			"[task K]\nduration = 2d\nassign = crane x2\n[task L]\nduration = 1d\nassign = crane x2\n"
			"[task M]\nduration = 3d\nassign = crane\n");
	finishes(&p, "A", "2026-03-03 18:00");
	finishes(&p, "B", "2026-03-03 18:00");
	starts(&p, "C", "2026-03-04 09:00");
	starts(&p, "K", "2026-03-02 09:00");
	starts(&p, "L", "2026-03-04 09:00");
	starts(&p, "M", "2026-03-02 09:00");
	planned_release(&p);
}

static void levelling_can_be_off(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "levelling = yes\n[resource a]\n[task A]\neffort = 2d\nassign = a\n[task B]\neffort = 3d\nassign = a\n");
	finishes(&p, "B", "2026-03-06 18:00");
	planned_release(&p);
	planned_init(&p, P "levelling = no\n[resource a]\n[task A]\neffort = 2d\nassign = a\n[task B]\neffort = 3d\nassign = a\n");
	finishes(&p, "A", "2026-03-03 18:00");
	assert_true(p.plan.project_finish == p.plan.network_finish);
	planned_release(&p);
}

static void alternatives_and_teams(void **state)
{
	struct planned p;
	uint32_t who[4];

	(void)state;
	open_good(&p, P "[resource a]\n[resource b]\n[resource c]\nskills = k8s\nleave = 2026-03-02..2026-03-13\n"
			"[resource d]\nskills = k8s\navailable_from = 2026-03-23\n[team t]\nmembers = a, b\n"
			"[task A]\neffort = 4d\nassign = a\n[task B]\neffort = 2d\nassign = a|b\n"
			"[task C]\neffort = 6d\nassign = @t x2\ndepends = B\n"
			"[task D]\neffort = 2d\nassign = skill:k8s\n[task E]\neffort = 2d\nassign = skill:k8s\n");
	assert_int_equal(plan_people(&p.plan, planned_task(&p, "B"), who, 4), 1);
	assert_int_equal(who[0], 1);
	starts(&p, "B", "2026-03-02 09:00");
	starts(&p, "C", "2026-03-06 09:00");
	finishes(&p, "C", "2026-03-10 18:00");
	starts(&p, "D", "2026-03-16 09:00");
	starts(&p, "E", "2026-03-18 09:00");
	planned_release(&p);
}

static void splits_pause(void **state)
{
	struct planned p;
	uint32_t count;
	const struct plan_piece *pieces;

	(void)state;
	open_good(&p, P "[resource a]\n[task A]\neffort = 3d\nassign = a\nsplit = yes\npriority = 100\n"
			"[task B]\neffort = 1d\nassign = a\nmust_start = 2026-03-03\n"
			"[task C]\neffort = 3d\nassign = a\npriority = 50\n");
	starts(&p, "B", "2026-03-03 09:00");
	finishes(&p, "A", "2026-03-05 18:00");
	pieces = plan_pieces(&p.plan, planned_task(&p, "A"), &count);
	assert_int_equal(count, 2);
	assert_true(pieces[0].finish == at("2026-03-02 18:00"));
	assert_true(pieces[1].start == at("2026-03-04 09:00"));
	starts(&p, "C", "2026-03-06 09:00");
	planned_release(&p);
}

static void given_dates_never_move(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource a]\n[task A]\neffort = 3d\nassign = a\nmust_start = 2026-03-03\n"
			"[task B]\neffort = 3d\nassign = a\nactual_start = 2026-03-04\n[task C]\neffort = 1d\nassign = a\n"
			"[task D]\neffort = 3d\nassign = a\n");
	starts(&p, "A", "2026-03-03 09:00");
	starts(&p, "B", "2026-03-04 09:00");
	starts(&p, "C", "2026-03-02 09:00");
	starts(&p, "D", "2026-03-09 09:00");
	assert_int_equal(planned_found(&p, "overload-fixed"), 1);
	planned_release(&p);
}

#define STEPS P "[resource crane]\ntype = equipment\ncapacity = 2\n from 2026-03-09 1\n from 2026-03-11 0\n from 2026-03-16 3\n"

/* Two cranes for a week, then one, none, three. */
static void capacity_over_time(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, STEPS "[task A]\nduration = 4d\nassign = crane x2\n[task B]\nduration = 4d\nassign = crane x2\n"
			    "[task C]\nduration = 3d\nassign = crane\n[task D]\nduration = 4d\nassign = crane\nsplit = yes\n");
	finishes(&p, "A", "2026-03-05 18:00");
	starts(&p, "B", "2026-03-16 09:00");
	starts(&p, "C", "2026-03-06 09:00");
	finishes(&p, "C", "2026-03-10 18:00");
	starts(&p, "D", "2026-03-06 09:00");
	finishes(&p, "D", "2026-03-18 18:00");
	planned_release(&p);
	/* none before a first date; taken for good */
	planned_init(&p, P "[resource a]\ncapacity = from 2026-03-09 1\n[resource b]\ncapacity = 1, 0 from 2026-03-04\n"
			"[task A]\nduration = 1d\nassign = a\n[task B]\neffort = 3d\nassign = b\n");
	starts(&p, "A", "2026-03-09 09:00");
	assert_int_equal(planned_found(&p, "level-impossible"), 1);
	planned_release(&p);
}

/* Without a share one gives what there is of him: half a person takes twice as long. */
static void half_a_person(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[resource half]\ncapacity = 0.5\nrate = 800/d\n[resource whole]\n[resource crane]\ntype = equipment\ncapacity = 0.5\n"
			"[task A]\neffort = 2d\nassign = half\n[task B]\neffort = 3d\nassign = half, whole\ndepends = A\n"
			"[task C]\neffort = 1d\nassign = half 100%\ndepends = B\n[task D]\nduration = 4d\nassign = half\ndepends = C\n"
			"[task E]\neffort = 1d\nassign = crane\n[task F]\neffort = 1d\nassign = half 1d\ndepends = D\n");
	finishes(&p, "A", "2026-03-05 18:00");
	finishes(&p, "B", "2026-03-09 18:00");
	finishes(&p, "E", "2026-03-03 18:00");
	starts(&p, "D", "2026-03-11 09:00");
	assert_int_equal(p.plan.effort[planned_task(&p, "D")], 2 * 480);
	finishes(&p, "F", "2026-03-18 18:00");
	assert_int_equal(planned_found(&p, "assign-over-capacity"), 1); /* C alone asks for more */
	planned_release(&p);
}

/* Half of him up to Friday, then all; away from the 16th to the 17th. */
#define RISING "[resource r]\ncapacity = 0.5\n from 2026-03-09 1\n from 2026-03-16 0\n from 2026-03-18 1\n[resource w]\n"

static void capacity_that_rises(void **state)
{
	struct planned p;
	struct vec uses;

	(void)state;
	open_good(&p, P RISING "[task A]\neffort = 2.5d\nassign = r\n[task B]\neffort = 4d\nassign = r\ndepends = A\n"
			     "[task C]\neffort = 2d\nassign = r 50%\ndepends = B\n");
	finishes(&p, "A", "2026-03-06 18:00");
	finishes(&p, "B", "2026-03-12 18:00");
	finishes(&p, "C", "2026-03-20 18:00");
	planned_release(&p);
	open_good(&p, P RISING "[task A]\neffort = 5d\nassign = r\n[task B]\neffort = 10.5d\nassign = r, w\ntogether = yes\ndepends = A\n"
			     "[task C]\nduration = 4d\nassign = r\nnot_before = 2026-03-05\npriority = 1\n");
	finishes(&p, "A", "2026-03-11 14:00");
	plan_uses(&p.plan, &uses);
	assert_int_equal(((struct plan_use *)vec_at(&uses, 0))->share, LEVEL_UNIT / 2);
	assert_int_equal(((struct plan_use *)vec_at(&uses, 1))->share, LEVEL_UNIT);
	vec_release(&uses);
	planned_release(&p);
	planned_init(&p, P "levelling = no\n" RISING "[task A]\nduration = 10d\nassign = r\n[task B]\neffort = 6d\nassign = r 5d, w\n");
	assert_int_equal(p.status, 0);
	assert_int_equal(p.plan.effort[planned_task(&p, "A")], 75 * 48);
	finishes(&p, "B", "2026-03-11 14:00");
	planned_release(&p);
}

/* Of those who could do it the one who gives more is done first; an absent one is nobody's finish. */
static void alternatives_with_less_time(void **state)
{
	struct planned p;
	uint32_t who[2];

	(void)state;
	open_good(&p, P "[resource half]\ncapacity = 0.5\n[resource whole]\n[team t]\nmembers = half, whole\n"
			"[task A]\neffort = 4d\nassign = @t\n[task B]\neffort = 4d\nassign = half|whole\n");
	finishes(&p, "A", "2026-03-05 18:00");
	finishes(&p, "B", "2026-03-11 18:00");
	assert_true(p.plan.early_finish[planned_task(&p, "B")] == at("2026-03-05 18:00"));
	assert_int_equal(plan_people(&p.plan, planned_task(&p, "A"), who, 2), 1);
	assert_int_equal(who[0], 1);
	planned_release(&p);
}

/* Forty come on the 2nd and forty more on the 11th: what is used up at a start is gone. */
static void stock_is_used_up(void **state)
{
	struct planned p;
	moment_t until;

	(void)state;
	open_good(&p, P "[resource a]\n[resource boxes]\ntype = material\ncapacity = 40\n from 2026-03-11 80\n"
			"[task A]\npriority = 900\nduration = 1d\nassign = boxes x30\n[task B]\nduration = 2d\nassign = boxes x20\n"
			"[task C]\npriority = 800\neffort = 1d\nassign = a, boxes x10\n[task D]\neffort = 2d\nassign = a, boxes x20\nsplit = yes\n");
	starts(&p, "A", "2026-03-02 09:00");
	starts(&p, "B", "2026-03-11 09:00");
	starts(&p, "C", "2026-03-02 09:00");
	starts(&p, "D", "2026-03-11 09:00");
	assert_int_equal(plan_held_by(&p.plan, planned_task(&p, "D"), &until), 1);
	assert_true(until == at("2026-03-11 00:00"));
	planned_release(&p);
	planned_init(&p, P "[resource boxes]\ntype = material\ncapacity = 40\n[resource sand]\ntype = material\n"
			"[task A]\nduration = 1d\nassign = boxes x50\n[task B]\nduration = 2d\nassign = boxes x20, sand x1000\n"
			"[task C]\nduration = 2d\nassign = boxes x21\nmust_start = 2026-03-10\n");
	starts(&p, "A", "2026-03-02 09:00");
	starts(&p, "B", "2026-03-02 09:00");
	assert_int_equal(planned_found(&p, "level-impossible"), 1); /* B: C has what is left, and its date */
	assert_int_equal(planned_found(&p, "stock-short"), 2);
	planned_release(&p);
}

static void somebody_who_is_not_there(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, P "[resource gone]\navailable_to = 2026-02-20\n[resource a]\nleave = 2026-03-04\n"
			"[task A]\nduration = 2d\nassign = gone\n[task B]\nduration = 3d\nassign = a\n");
	assert_int_equal(planned_found(&p, "assign-absent"), 1);
	planned_release(&p);
}

static void given_dates_and_less_capacity(void **state)
{
	struct level_instance in;
	struct planned p;

	(void)state;
	planned_init(&p, STEPS "[task A]\nduration = 1d\nassign = crane\nmust_start = 2026-03-11\n[task B]\nduration = 1d\nassign = crane\n");
	assert_int_equal(planned_found(&p, "overload-fixed"), 1);
	level_instance_init(&in, &p.plan);
	assert_false(in.uniform);
	level_instance_release(&in);
	planned_release(&p);
}

static void impossible_assignments(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource a]\navailable_to = 2026-03-06\n[resource crane]\ntype = equipment\ncapacity = 2\n[team t]\nmembers = a\n"
			"[task A]\neffort = 4d\nassign = a\n[task B]\neffort = 1d\nassign = @t x3\n"
			"[task K]\nduration = 1d\nassign = crane x3\n[task N]\neffort = 1d\n");
	assert_int_equal(planned_found(&p, "assign-too-few"), 1);
	assert_int_equal(planned_found(&p, "assign-over-capacity"), 1);
	assert_int_equal(planned_found(&p, "effort-nobody"), 1);
	assert_int_equal(planned_found(&p, "level-impossible"), 0);
	planned_release(&p);
	planned_init(&p, P "[resource a]\navailable_to = 2026-03-06\n[task A]\neffort = 4d\nassign = a\n[task B]\neffort = 4d\nassign = a\n");
	assert_int_equal(p.status, 0);
	assert_int_equal(planned_found(&p, "level-impossible"), 1);
	planned_release(&p);
}

/* Half days; three days a week, the holiday not counted; forty hours a month. */
static void limits(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "calendar = cn\n[calendar cn]\nholiday = 2026-03-09\n[resource a]\nlimit_day = 4h\n[resource b]\nlimit_week = 20h\n"
			"[resource c]\nlimit_month = 40h\n[task A]\neffort = 2d\nassign = a\n[task B]\neffort = 5d\nassign = b\n"
			"[task C]\neffort = 6d\nassign = c\n");
	finishes(&p, "A", "2026-03-05 14:00");
	finishes(&p, "B", "2026-03-12 14:00");
	finishes(&p, "C", "2026-04-01 18:00");
	planned_release(&p);
}

/* Named twice, he is one all the same: nobody else gets him meanwhile, and he is not short of himself. */
static void named_twice(void **state)
{
	struct planned p;
	struct vec uses;

	(void)state;
	planned_init(&p, P "[resource a]\n[task A]\neffort = 3d\nassign = a, a 50%\n[task B]\neffort = 1d\nassign = a\npriority = 1\n");
	starts(&p, "A", "2026-03-02 09:00");
	finishes(&p, "A", "2026-03-03 18:00");
	starts(&p, "B", "2026-03-04 09:00");
	plan_uses(&p.plan, &uses);
	assert_int_equal(uses.len, 2);
	assert_int_equal(((struct plan_use *)vec_at(&uses, 0))->share, LEVEL_UNIT);
	vec_release(&uses);
	planned_release(&p);
}

/* Soft exam B04: eight weeks, nine people are enough. */
static void case_b04(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[resource crew]\ncapacity = 9\ntype = equipment\n"
			"[task A]\nduration = 2w\nassign = crew x8\n[task B]\nduration = 1w\nassign = crew x4\n"
			"[task C]\nduration = 1w\nassign = crew x5\ndepends = A\n[task D]\nduration = 1w\nassign = crew x4\ndepends = B\n"
			"[task E]\nduration = 2w\nassign = crew x4\ndepends = C\n[task F]\nduration = 1w\nassign = crew x3\ndepends = C\n"
			"[task G]\nduration = 2w\nassign = crew x7\ndepends = D, E\n[task H]\nduration = 1w\nassign = crew x8\ndepends = G\n");
	assert_true(p.plan.project_finish == at("2026-04-24 18:00"));
	assert_true(p.plan.network_finish == at("2026-04-24 18:00"));
	planned_release(&p);
}

static void within_float_keeps_the_finish(void **state)
{
	struct planned p;

	(void)state;
	planned_build(&p, P "[resource a]\n[task A]\neffort = 4d\nassign = a\n[task B]\neffort = 1d\nassign = a\n"
			    "[task C]\nduration = 7d\n[task D]\neffort = 2d\nassign = a\n");
	p.options.within_float = true;
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	assert_true(p.plan.project_finish == p.plan.network_finish);
	for (uint32_t i = 0; i < p.plan.task_count; i++)
		assert_true(p.plan.finish[i] <= p.plan.late_finish[i]);
	assert_true(p.plan.start[planned_task(&p, "B")] >= p.plan.finish[planned_task(&p, "A")] ||
		p.plan.start[planned_task(&p, "A")] >= p.plan.finish[planned_task(&p, "B")]);
	planned_release(&p);
}

/* The order that is given decides, as far as links let it. */
static void order_decides(void **state)
{
	struct planned p;
	uint32_t rank[] = { 2, 0, 1 };

	(void)state;
	planned_build(&p, P "[resource a]\n[task A]\neffort = 1d\nassign = a\n[task B]\neffort = 2d\nassign = a\n"
			    "[task C]\neffort = 3d\nassign = a\n");
	p.options.order = rank;
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	starts(&p, "B", "2026-03-02 09:00");
	starts(&p, "C", "2026-03-04 09:00");
	starts(&p, "A", "2026-03-09 09:00");
	planned_release(&p);
}

/* The instance says what the plan says. */
static void instance(void **state)
{
	struct planned p;
	struct level_instance in;

	(void)state;
	planned_init(&p, P "[resource crane]\ntype = equipment\ncapacity = 4\n[task S]\n[task A]\nparent = S\nduration = 2d\nassign = crane x2\n"
			   "[task B]\nparent = S\nduration = 4d\ndepends = A FS+2d\nassign = crane x4\n[task M]\nmilestone = yes\ndepends = S\n");
	level_instance_init(&in, &p.plan);
	assert_true(in.uniform);
	assert_int_equal(in.period, 960);
	assert_int_equal(in.count, 5);
	assert_int_equal(in.resource_count, 1);
	assert_int_equal(in.capacity[0], 2);
	assert_int_equal(in.first_arc[in.count], 6);
	level_instance_release(&in);
	planned_release(&p);
}

static uint64_t roll(uint64_t *dice, uint64_t sides)
{
	*dice = *dice * 6364136223846793005u + 1442695040888963407u;
	return (*dice >> 33) % sides;
}

static const char people[] = "[calendar six]\nweek = mon-sat 08:00-12:00 14:00-17:30\n[calendar night]\nweek = mon-sun 00:00-02:00 22:00-24:00\n"
			     "[resource a]\n[resource b]\ncalendar = six\nleave = 2026-03-05..2026-03-06\n 2026-03-10 09:00-12:00\n"
			     "[resource c]\ncalendar = night\nlimit_week = 9h\n[resource d]\ncapacity = 3, 2 from 2026-03-10\nskills = k8s\nlimit_day = 6h\n[resource e]\nskills = k8s\navailable_from = 2026-03-09\n"
			     "[resource crane]\ntype = equipment\ncapacity = 2\n from 2026-03-11 1\n from 2026-03-13 0\n from 2026-03-17 2\n[resource sand]\ntype = material\n"
			     "[resource f]\ncapacity = 0.5, 0 from 2026-03-06, 1 from 2026-03-11\nskills = k8s\n[resource g]\ncapacity = 0.4\n"
			     "[resource boxes]\ntype = material\ncapacity = 5, 7 from 2026-03-06, 30 from 2026-03-16\n[team t]\nmembers = a, b, e, g\n";

static void add_task(uint64_t *dice, int task, struct strbuf *out)
{
	static const char *const assigned[] = { "a", "a, b", "b 50%", "d x2", "a 4h, b, d", "@t", "@t x2", "crane, sand", "crane x2, a", "skill:k8s",
		"b|a", "e 50%|b 50%, crane", "c", "skill:k8s x2, a 30%", "d", "f", "g, a", "f 9h, b", "boxes x2, f", "boxes x3", "f 50%, g" };
	static const char *const amounts[] = { "effort = 1d", "effort = 7h", "effort = 4d", "duration = 2d", "duration = 5h", "effort = 33min",
		"effort = 1d/3d/5d", "duration = 1ed" };
	static const char *const links[] = { "", " SS+1d", " FF", " FS-2h", " SF", " FS+50%", " FF+1d" };

	strbuf_addf(out, "[task T%d]\n%s\n", task, amounts[roll(dice, 8)]);
	if (roll(dice, 5))
		strbuf_addf(out, "assign = %s\n", assigned[roll(dice, ARRAY_SIZE(assigned))]);
	if (task > 1 && roll(dice, 6) == 0)
		strbuf_addf(out, "parent = T%d\n", (int)roll(dice, 2));
	if (task > 2 && roll(dice, 3))
		strbuf_addf(out, "depends = T%d%s\n", 2 + (int)roll(dice, (uint64_t)task - 2), links[roll(dice, 7)]);
	if (roll(dice, 6) == 0)
		strbuf_add_str(out, "split = yes\n");
	if (roll(dice, 8) == 0)
		strbuf_add_str(out, "together = yes\n");
	if (roll(dice, 10) == 0)
		strbuf_add_str(out, "calendar = six\n");
	if (roll(dice, 12) == 0)
		strbuf_add_str(out, "as_late_as_possible = yes\n");
	if (roll(dice, 12) == 0)
		strbuf_addf(out, "must_start = 2026-03-%02d\n", 3 + (int)roll(dice, 20));
	if (roll(dice, 6) == 0)
		strbuf_addf(out, "priority = %d\n", (int)roll(dice, 1000));
	if (roll(dice, 10) == 0)
		strbuf_add_str(out, "not_before = 2026-03-04\n");
}

static void fail_seed(uint64_t seed, const struct strbuf *why, const struct strbuf *text)
{
	fprintf(stderr, "seed %d:\n%s\n%s", (int)seed, why->buf, text->buf);
	fail();
}

/* No order found ends before the lower bound. */
static void bound_holds(struct planned *p, struct strbuf *why)
{
	struct plan_optimize_options how = { .objective = OBJECTIVE_FINISH, .schedules = 40, .seed = 1, .threads = 1 };
	struct plan_optimized found;
	char text[2][CIVIL_TEXT];

	assert_int_equal(plan_optimize(&p->plan, &p->options, &how, &found, &p->err), 0);
	if (found.bound != MOMENT_NONE && found.bound > p->plan.project_finish)
		strbuf_addf(why, "bound %s, finish %s\n", moment_print(found.bound, text[0]), moment_print(p->plan.project_finish, text[1]));
	people_feasible(&p->plan, why);
}

/* Under a sanitizer each takes ten times as long. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { PLANS = 80 };
#else
enum { PLANS = 400 };
#endif

static void random_plans(void **state)
{
	int judged = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= PLANS; seed++) {
		uint64_t dice = seed * 977;
		int tasks = 2 + (int)roll(&dice, 14);
		struct strbuf text, why;
		struct planned p;

		strbuf_init(&text);
		strbuf_init(&why);
		strbuf_add_str(&text, P);
		strbuf_add_str(&text, people);
		for (int i = 0; i < tasks; i++)
			add_task(&dice, i, &text);
		planned_init(&p, text.buf);
		if (p.status == 0 && planned_found(&p, "level-impossible") == 0) {
			judged++;
			people_feasible(&p.plan, &why);
			links_hold(&p.plan, (struct dates){ p.plan.start, p.plan.finish }, &why);
			if (seed % 3 == 0)
				bound_holds(&p, &why);
			if (why.len > 0)
				fail_seed(seed, &why, &text);
		}
		planned_release(&p);
		strbuf_release(&text);
		strbuf_release(&why);
	}
	assert_true(judged > PLANS / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_person_two_tasks),
		cmocka_unit_test(shares_add_up),
		cmocka_unit_test(levelling_can_be_off),
		cmocka_unit_test(alternatives_and_teams),
		cmocka_unit_test(splits_pause),
		cmocka_unit_test(given_dates_never_move),
		cmocka_unit_test(impossible_assignments),
		cmocka_unit_test(limits),
		cmocka_unit_test(named_twice),
		cmocka_unit_test(case_b04),
		cmocka_unit_test(within_float_keeps_the_finish),
		cmocka_unit_test(order_decides),
		cmocka_unit_test(instance),
		cmocka_unit_test(capacity_over_time),
		cmocka_unit_test(half_a_person),
		cmocka_unit_test(capacity_that_rises),
		cmocka_unit_test(alternatives_with_less_time),
		cmocka_unit_test(stock_is_used_up),
		cmocka_unit_test(somebody_who_is_not_there),
		cmocka_unit_test(given_dates_and_less_capacity),
		cmocka_unit_test(random_plans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
