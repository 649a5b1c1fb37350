/* Orders searched for a plan, and orders saved in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/random.h"
#include "plan/optimize.h"

#include <stdio.h>
#include <string.h>

enum { PLANS = 40, TASKS_MOST = 14 };

static void optimize(struct planned *p, enum plan_objective objective, uint64_t schedules, struct plan_optimized *found)
{
	struct plan_optimize_options how = { .objective = objective, .schedules = schedules, .seed = 3, .threads = 1 };

	assert_int_equal(p->status, 0);
	assert_int_equal(plan_optimize(&p->plan, &p->options, &how, found, &p->err), 0);
}

/* 软考 资源平衡: A 2 weeks 8 people …; nine people are enough for eight weeks, eight are not. */
static const char balance[] =
	"[project]\nname = B04\nstart = 2026-03-02\nhours_per_day = 24\ncalendar = always\n"
	"[calendar always]\nweek = mon-sun 00:00-24:00\n"
	"[resource P]\ntype = equipment\ncalendar = always\ncapacity = %d\n"
	"[task A]\nduration = 2d\nassign = P x8\n"
	"[task B]\nduration = 1d\nassign = P x4\n"
	"[task C]\nduration = 1d\nassign = P x5\ndepends = A\n"
	"[task D]\nduration = 1d\nassign = P x4\ndepends = B\n"
	"[task E]\nduration = 2d\nassign = P x4\ndepends = C\n"
	"[task F]\nduration = 1d\nassign = P x3\ndepends = C\n"
	"[task G]\nduration = 2d\nassign = P x7\ndepends = D, E\n"
	"[task H]\nduration = 1d\nassign = P x8\ndepends = G\n";

static moment_t finish_with(int people, bool *optimal)
{
	struct plan_optimized found;
	struct planned p;
	char text[1200];
	moment_t finish;

	snprintf(text, sizeof(text), balance, people);
	planned_init(&p, text);
	optimize(&p, OBJECTIVE_FINISH, 500, &found);
	finish = p.plan.project_finish;
	*optimal = found.optimal;
	assert_true(found.bound <= finish);
	assert_int_equal(found.optimal, found.gap == 0);
	planned_release(&p);
	return finish;
}

static void nine_people_are_enough(void **state)
{
	bool optimal;

	(void)state;
	assert_true(finish_with(12, &optimal) == at("2026-03-10 00:00") && optimal);
	assert_true(finish_with(9, &optimal) == at("2026-03-10 00:00") && optimal);
	assert_true(finish_with(8, &optimal) > at("2026-03-10 00:00") && optimal);
}

/* Meetings, tasks that pause, people on leave: the bound is the finish, so it is proved. */
static void proved_all_the_same(void **state)
{
	static const char head[] = "[project]\nname = x\nstart = 2026-03-02\n[resource a]\n[resource b]\nleave = 2026-03-04\n[resource c]\ncapacity = 0.5\n";
	static const struct {
		const char *text, *finish;
	} cases[] = {
		{ "[task M]\nrecurring = weekly mon 10:00\nduration = 1h\nassign = a\n[task A]\neffort = 3d\nassign = a\n"
		  "[task B]\neffort = 4d\nassign = a\n[task C]\nduration = 2d\ndepends = A\n", "2026-03-10 18:00" },
		{ "[task M]\nrecurring = daily until 2026-03-20\nduration = 1h\n[task A]\neffort = 3d\nassign = a\n", "2026-03-20 10:00" },
		{ "[task A]\neffort = 3d\nassign = a\nsplit = yes\n[task B]\neffort = 4d\nassign = a\nsplit = yes\n[task C]\neffort = 1d\nassign = a\n",
		  "2026-03-11 18:00" },
		{ "[task A]\neffort = 3d\nassign = b\n[task B]\neffort = 4d\nassign = b\n", "2026-03-11 18:00" },
		{ "[task A]\neffort = 1d\nassign = c\n[task B]\neffort = 2d\nassign = c\nsplit = yes\n[task D]\nrecurring = daily\nduration = 15min\n", "2026-03-09 18:00" },
		/* a choice beside: of the rest the instance says what it can be */
		{ "[task A]\neffort = 3d\nassign = a\n[task B]\neffort = 4d\nassign = a\n[task C]\neffort = 1d\nassign = a|b\n", "2026-03-10 18:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct plan_optimized found;
		struct planned p;
		char text[1000];

		snprintf(text, sizeof(text), "%s%s", head, cases[i].text);
		planned_init(&p, text);
		optimize(&p, OBJECTIVE_FINISH, 200, &found);
		if (p.plan.project_finish != at(cases[i].finish) || found.bound != at(cases[i].finish) || !found.optimal)
			fail_msg("%zu: ends %lld, bound %lld, asked for %s", i, (long long)p.plan.project_finish, (long long)found.bound,
				cases[i].finish);
		planned_release(&p);
	}
}

/* --- random plans, one calendar or several ---------------------------------------------------- */

static void make(struct strbuf *out, uint64_t seed, bool mixed)
{
	uint64_t drawn = 0, tasks = 4 + random_below(seed, 1, drawn++, TASKS_MOST - 4);

	strbuf_add_str(out, "[project]\nname = x\nstart = 2026-03-02\n[calendar early]\nweek = mon-sat 07:00-15:00\n");
	for (int r = 0; r < 3; r++)
		strbuf_addf(out, "[resource p%d]\ntype = person\n%s", r, mixed && r == 1 ? "calendar = early\nleave = 2026-03-05\n" : "");
	for (uint64_t i = 0; i < tasks; i++) {
		uint64_t first = random_below(seed, 1, drawn++, 3), days = 1 + random_below(seed, 1, drawn++, 5);

		strbuf_addf(out, "[task T%u]\n%s = %ud\nassign = p%u\n", (unsigned)i, mixed ? "effort" : "duration", (unsigned)days,
			(unsigned)first);
		if (mixed && random_below(seed, 1, drawn++, 4) == 0)
			strbuf_addf(out, "deadline = 2026-03-%02u\n", (unsigned)(4 + random_below(seed, 1, drawn++, 20)));
		if (i > 1 && random_below(seed, 1, drawn++, 2))
			strbuf_addf(out, "depends = T%u\n", (unsigned)random_below(seed, 1, drawn++, i));
	}
}

static void never_worse(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < PLANS; seed++) {
		enum plan_objective objective = seed % 2 ? OBJECTIVE_FINISH : (enum plan_objective)(seed / 2 % 4);
		struct plan_optimized found;
		struct strbuf text;
		struct planned p;
		moment_t before;

		strbuf_init(&text);
		make(&text, seed, seed % 4 > 1);
		planned_init(&p, text.buf);
		before = p.plan.project_finish;
		optimize(&p, objective, 120, &found);
		if (objective == OBJECTIVE_FINISH)
			assert_true(p.plan.project_finish <= before);
		assert_true(found.bound == MOMENT_NONE || found.bound <= p.plan.project_finish);
		assert_true(found.schedules <= 121);
		planned_release(&p);
		strbuf_release(&text);
	}
}

/* The order that was found, given to a schedule, gives the same finish again. */
static void order_is_the_answer(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < PLANS; seed++) {
		struct plan_optimized found;
		struct strbuf text;
		struct planned p;
		moment_t finish;

		strbuf_init(&text);
		make(&text, 1000 + seed, seed % 2);
		planned_init(&p, text.buf);
		optimize(&p, OBJECTIVE_FINISH, 100, &found);
		finish = p.plan.project_finish;
		p.options.order = found.rank;
		assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
		assert_true(p.plan.project_finish == finish);
		planned_release(&p);
		strbuf_release(&text);
	}
}

/* --- saved orders ------------------------------------------------------------------------------ */

static const char two_tasks[] = "[project]\nname = x\nstart = 2026-03-02\n[resource p]\ntype = person\n"
				"[task A]\neffort = 2d\nassign = p\n[task B]\neffort = 3d\nassign = p\n";

static void starts(const char *sequence, const char *a, const char *b)
{
	struct planned p;
	char text[400];

	snprintf(text, sizeof(text), "%s%s", two_tasks, sequence);
	planned_init(&p, text);
	assert_int_equal(p.status, 0);
	assert_string_equal(planned_start(&p, "A"), a);
	assert_string_equal(planned_start(&p, "B"), b);
	planned_release(&p);
}

static void saved_order_counts(void **state)
{
	(void)state;
	starts("[sequence]\nobjective = cost\ntasks = A, B\n", "2026-03-02 09:00", "2026-03-04 09:00");
	starts("[sequence]\nobjective = cost\ntasks = B, A\n", "2026-03-05 09:00", "2026-03-02 09:00");
	starts("[sequence]\ntasks = B,\n A\n", "2026-03-05 09:00", "2026-03-02 09:00");
	/* Ids that are gone are passed over, as are those named twice. */
	starts("[sequence]\nobjective = cost\ntasks = X, B, , B, Y, A\n", "2026-03-05 09:00", "2026-03-02 09:00");
}

/* Nothing in it that still is: as if there were no order. */
static void empty_order_counts_for_nothing(void **state)
{
	static const char *const empty[] = { "[sequence]\nobjective = cost\ntasks = gone\n", "[sequence]\nobjective = cost\n" };
	struct planned p;
	char a[32], b[32];

	(void)state;
	planned_init(&p, two_tasks);
	snprintf(a, sizeof(a), "%s", planned_start(&p, "A"));
	snprintf(b, sizeof(b), "%s", planned_start(&p, "B"));
	planned_release(&p);
	for (size_t i = 0; i < 2; i++)
		starts(empty[i], a, b);
}

/* C is new: its late start puts it before B, which the order names last. */
static void newcomers_take_their_turn(void **state)
{
	struct planned p;
	char text[600];

	(void)state;
	snprintf(text, sizeof(text), "%s[task C]\neffort = 1d\nassign = p\n[task D]\nduration = 9d\ndepends = C\n"
		"[sequence]\nobjective = cost\ntasks = A, B\n", two_tasks);
	planned_init(&p, text);
	assert_string_equal(planned_start(&p, "C"), "2026-03-02 09:00");
	assert_string_equal(planned_start(&p, "A"), "2026-03-03 09:00");
	assert_string_equal(planned_start(&p, "B"), "2026-03-05 09:00");
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nine_people_are_enough),
		cmocka_unit_test(proved_all_the_same),
		cmocka_unit_test(never_worse),
		cmocka_unit_test(order_is_the_answer),
		cmocka_unit_test(saved_order_counts),
		cmocka_unit_test(empty_order_counts_for_nothing),
		cmocka_unit_test(newcomers_take_their_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
