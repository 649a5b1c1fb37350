/* Baselines as lines: read, written, and the value they planned. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/random.h"
#include "plan/baseline.h"
#include "plan/compare.h"

#include <string.h>

#define WEEKDAYS "[project]\nstart = 2026-03-02\nbaseline = 1\n"

static const struct record *record_of(const struct planned *p, const char *id)
{
	return project_find(&p->project, kind_find(slice_of("baseline")), slice_of(id));
}

static void every_word_of_a_line(void **state)
{
	struct planned p;
	struct baseline b;
	const struct baseline_line *line;

	(void)state;
	planned_init(&p, WEEKDAYS "[task A]\nduration = 1d\n[baseline 1]\nfrozen = 2026-03-01 10:00\ncost = 900\ntasks = "
		"A 2026-03-02T09:00 2026-03-03T18:00 2d 100.25 2026-03-02T09:00 2026-03-02T18:00 40\n  b   - -\n\n GONE - - - - - - 7\n");
	baseline_read(&b, &p.project, record_of(&p, "1"));
	assert_int_equal(b.count, 3);
	line = baseline_find(&b, slice_of("a"));
	assert_non_null(line);
	assert_int_equal(line->start, at("2026-03-02 09:00"));
	assert_int_equal(line->finish, at("2026-03-03 18:00"));
	assert_int_equal(line->effort, 960);
	assert_int_equal(line->cost, 1002500);
	assert_int_equal(line->engine_finish, at("2026-03-02 18:00"));
	assert_int_equal(line->kept, 40 * DECIMAL_ONE);
	assert_true(baseline_line_planned(line));
	line = baseline_find(&b, slice_of("gone"));
	assert_false(baseline_line_planned(line));
	assert_int_equal(line->kept, 7 * DECIMAL_ONE);
	assert_null(baseline_find(&b, slice_of("nobody")));
	assert_int_equal(b.start, at("2026-03-02 09:00"));
	assert_int_equal(b.finish, at("2026-03-03 18:00"));
	assert_int_equal(b.frozen, at("2026-03-01 10:00"));
	assert_int_equal(b.cost, 900 * DECIMAL_ONE);
	assert_true(b.values);
	baseline_release(&b);
	planned_release(&p);
}

/* The header's worked example: 4 of 10 days were planned at 1,000 a day, then 20 days and 20,000. */
#define TEN "[baseline 1]\nfrozen = 2026-03-01\ntasks = A 2026-03-02T09:00 2026-03-13T18:00 10d 10000\n"
#define TWENTY "[baseline 2]\nfrozen = 2026-03-06\nprevious = 1\ntasks = A 2026-03-02T09:00 2026-03-27T18:00 20d 20000 - - 4000\n"

static decimal_t value_at(const struct planned *p, const char *id, const char *when)
{
	struct baseline b;
	decimal_t value;

	baseline_read(&b, &p->project, record_of(p, id));
	value = baseline_planned_value(&b, &p->plan, at(when));
	baseline_release(&b);
	return value / DECIMAL_ONE;
}

static void the_past_stays_as_it_was_planned(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, WEEKDAYS "[task A]\nduration = 20d\n" TEN TWENTY);
	assert_int_equal(value_at(&p, "1", "2026-03-01 00:00"), 0);
	assert_int_equal(value_at(&p, "1", "2026-03-04 18:00"), 3000);
	assert_int_equal(value_at(&p, "2", "2026-03-04 18:00"), 3000);
	assert_int_equal(value_at(&p, "2", "2026-03-06 00:00"), 4000);
	assert_int_equal(value_at(&p, "2", "2026-03-06 18:00"), 5000);
	assert_int_equal(value_at(&p, "2", "2026-03-27 18:00"), 20000);
	assert_int_equal(value_at(&p, "2", "2030-01-01 00:00"), 20000);
	planned_release(&p);
}

static void an_old_one_without_costs_is_passed_over(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, WEEKDAYS "[task A]\nduration = 20d\n[baseline 1]\nfrozen = 2026-03-01\ncost = 5\ntasks = A 2026-03-02T09:00 "
		"2026-03-13T18:00\n[baseline 2]\nfrozen = 2026-03-06\nprevious = 1\ntasks = A 2026-03-02T09:00 2026-03-13T18:00 - 10000\n");
	assert_int_equal(value_at(&p, "2", "2026-03-04 18:00"), 3000);
	planned_release(&p);
}

static void a_circle_of_old_ones_ends(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, WEEKDAYS "[task A]\nduration = 1d\n[baseline 1]\nfrozen = 2026-03-06\nprevious = 2\ntasks = A 2026-03-02T09:00 "
		"2026-03-02T18:00 - 8\n[baseline 2]\nfrozen = 2026-03-06\nprevious = 1\ntasks = A 2026-03-02T09:00 2026-03-02T18:00 - 16\n");
	assert_int_equal(value_at(&p, "2", "2026-03-02 18:00"), 8);
	assert_int_equal(value_at(&p, "2", "2026-03-07 18:00"), 16);
	planned_release(&p);
}

/* Whatever stands in the lines: value never falls, and ends at the sum of what is larger, cost or what is kept. */
static void random_line(uint64_t seed, uint64_t at, struct strbuf *out)
{
	static const char *const words[] = { "-", "2026-03-02T09:00", "2026-03-06T18:00", "2026-04-30", "2026-03-20T11:30", "5d", "100", "2500.75",
		"0", "-40", "x", "9999-12-31", "1e9", "", "2026-02-30", "#" };

	strbuf_addf(out, " T%d", (int)random_below(seed, 5, at * 16, 6));
	for (uint64_t word = 0; word < random_below(seed, 5, at * 16 + 1, 9); word++)
		strbuf_addf(out, " %s", words[random_below(seed, 5, at * 16 + 2 + word, sizeof(words) / sizeof(words[0]))]);
	strbuf_add_char(out, '\n');
}

static void any_text_gives_a_rising_value(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct strbuf text;
		struct planned p;
		struct baseline b;
		decimal_t last = INT64_MIN;

		strbuf_init(&text);
		strbuf_add_str(&text, WEEKDAYS "[task T1]\nduration = 3d\n[task T2]\nduration = 2d\n[baseline 1]\nfrozen = 2026-03-10\ntasks =\n");
		for (uint64_t i = 0; i < 6; i++)
			random_line(seed, i, &text);
		planned_init(&p, text.buf);
		baseline_read(&b, &p.project, record_of(&p, "1"));
		for (moment_t when = at("2026-02-20"); when < at("2026-05-10"); when += 7 * 60) {
			decimal_t value = baseline_planned_value(&b, &p.plan, when);

			assert_true(value >= last);
			last = value;
		}
		if (b.values && b.finish != MOMENT_NONE && b.finish < at("2026-05-10"))
			assert_true(last <= b.cost);
		baseline_release(&b);
		planned_release(&p);
		strbuf_release(&text);
	}
}

/* --- writing --- */

struct frozen {
	struct planned p, engine;
	struct plan_costs costs, engine_costs;
	struct strbuf tasks;
	decimal_t cost;
};

static void freeze(struct frozen *f, const char *text, const char *previous, const char *as_of)
{
	struct baseline old;
	struct baseline_source source = { .plan = &f->p.plan, .engine = &f->engine.plan, .costs = &f->costs,
		.engine_costs = &f->engine_costs, .as_of = at(as_of) };

	planned_init(&f->p, text);
	assert_int_equal(f->p.status, 0);
	planned_build(&f->engine, text);
	f->engine.options = plan_engine_options();
	plan_release(&f->engine.plan);
	assert_int_equal(plan_build(&f->engine.plan, &f->engine.project, &f->engine.options, &f->engine.found, &f->engine.err), 0);
	assert_int_equal(plan_schedule(&f->engine.plan, &f->engine.options, &f->engine.found, &f->engine.err), 0);
	plan_costs_init(&f->costs, &f->p.plan);
	plan_costs_init(&f->engine_costs, &f->engine.plan);
	strbuf_init(&f->tasks);
	if (previous) {
		baseline_read(&old, &f->p.project, record_of(&f->p, previous));
		source.previous = &old;
	}
	baseline_write_tasks(&source, &f->tasks, &f->cost);
	if (previous)
		baseline_release(&old);
}

static void frozen_release(struct frozen *f)
{
	strbuf_release(&f->tasks);
	plan_costs_release(&f->costs);
	plan_costs_release(&f->engine_costs);
	planned_release(&f->engine);
	planned_release(&f->p);
}

#define CREW "[resource li]\nrate = 1000/d\n"

static void what_is_written(void **state)
{
	struct frozen f;

	(void)state;
	freeze(&f, WEEKDAYS CREW "[task P]\nfixed_cost = 50\n[task A]\nparent = P\neffort = 2d\nassign = li\nactual_start = 2026-03-03\n"
		"[task M]\nmilestone = yes\ndepends = A\n", NULL, "2026-03-01");
	assert_string_equal(f.tasks.buf,
		"P 2026-03-03T09:00 2026-03-04T18:00 - 50 2026-03-02T09:00 2026-03-03T18:00\n"
		"A 2026-03-03T09:00 2026-03-04T18:00 2d 2000 2026-03-02T09:00 2026-03-03T18:00\n"
		"M 2026-03-04T18:00 2026-03-04T18:00 - - 2026-03-03T18:00 2026-03-03T18:00");
	assert_int_equal(f.cost, 2050 * DECIMAL_ONE);
	frozen_release(&f);
}

/* Task B is gone by then; half of its 4,000 had been planned. A costs less than what was planned of it. */
static void what_was_planned_by_then_is_kept(void **state)
{
	struct frozen f;

	(void)state;
	freeze(&f, WEEKDAYS CREW "[task A]\neffort = 1d\nassign = li\n[baseline 1]\nfrozen = 2026-03-01\ntasks = A 2026-03-02T09:00 "
		"2026-03-03T18:00 2d 2000\n B 2026-03-02T09:00 2026-03-05T18:00 4d 4000\n C 2026-04-02T09:00 2026-04-05T18:00 4d 4000\n",
		"1", "2026-03-04");
	assert_string_equal(f.tasks.buf, "A 2026-03-02T09:00 2026-03-02T18:00 1d 1000 2026-03-02T09:00 2026-03-02T18:00 2000\n"
		"B - - - - - - 2000");
	assert_int_equal(f.cost, 4000 * DECIMAL_ONE);
	frozen_release(&f);
}

/* --- comparing --- */

static void frozen_and_compared_is_nothing(void **state)
{
	struct frozen f;
	struct planned again;
	struct baseline b;
	struct snapshot then, now;
	struct comparison c;
	struct strbuf text;
	static const char *const plan = WEEKDAYS CREW "[task P]\n[task A]\nparent = P\neffort = 2d\nassign = li\n[task B]\nduration = 90min\n"
		"depends = A\n[task M]\nmilestone = yes\ndepends = B\n[task W]\nrecurring = weekly mon 10:00\nduration = 1h\n";

	(void)state;
	freeze(&f, plan, NULL, "2026-03-01");
	strbuf_init(&text);
	strbuf_addf(&text, "%s[baseline 1]\ntasks =", plan);
	for (const char *at = f.tasks.buf; *at; at++)
		strbuf_addf(&text, at == f.tasks.buf || at[-1] == '\n' ? " %c" : "%c", *at);
	strbuf_add_char(&text, '\n');
	planned_init(&again, text.buf);
	assert_int_equal(again.loading.errors, 0);
	baseline_read(&b, &again.project, record_of(&again, "1"));
	snapshot_of_baseline(&then, &b);
	snapshot_of_plan(&now, &again.plan, &f.costs);
	comparison_init(&c, &then, &now, &again.plan);
	assert_true(comparison_is_empty(&c));
	assert_int_equal(then.effort, now.effort);
	assert_int_equal(then.cost, now.cost);
	assert_int_equal(then.written, now.written);
	comparison_release(&c);
	snapshot_release(&then);
	snapshot_release(&now);
	baseline_release(&b);
	strbuf_release(&text);
	planned_release(&again);
	frozen_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_of_a_line),
		cmocka_unit_test(the_past_stays_as_it_was_planned),
		cmocka_unit_test(an_old_one_without_costs_is_passed_over),
		cmocka_unit_test(a_circle_of_old_ones_ends),
		cmocka_unit_test(any_text_gives_a_rising_value),
		cmocka_unit_test(what_is_written),
		cmocka_unit_test(what_was_planned_by_then_is_kept),
		cmocka_unit_test(frozen_and_compared_is_nothing),
	};

	return cmocka_run_group_tests_name("baseline", tests, NULL, NULL);
}
