/*
 * Published worked examples of the critical path method, all numbers reproduced. A time unit is one day of a round-the-clock calendar.
 */
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

enum { NOT_PUBLISHED = -1000 };

/* Times in hundredths of a unit, so that fractions can be asked for. */
struct row {
	const char *id, *duration, *depends;
	int es, ef, ls, lf, tf, ff;
};

static const char head[] = "[project]\nname = x\nstart = 2000-01-01\nhours_per_day = 24\ndays_per_week = 7\ncalendar = always\n"
			   "[calendar always]\nweek = mon-sun 00:00-24:00\n";

static void open_rows(struct planned *p, const struct row *rows, size_t count)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_add_str(&text, head);
	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&text, "[task %s]\nduration = %s\n", rows[i].id, rows[i].duration);
		if (rows[i].depends)
			strbuf_addf(&text, "depends = %s\n", rows[i].depends);
	}
	planned_init(p, text.buf);
	assert_int_equal(p->loading.errors, 0);
	assert_int_equal(p->status, 0);
	strbuf_release(&text);
}

static void assert_units(const char *id, const char *what, int64_t minutes, int wanted)
{
	int64_t got = minutes * 100 / MINUTES_PER_DAY;

	if (wanted == NOT_PUBLISHED || got == wanted)
		return;
	fprintf(stderr, "%s: %s is %d/100, published %d/100\n", id, what, (int)got, wanted);
	fail();
}

/* Of a link without lag between tasks of a round-the-clock calendar. */
static bool is_plain(const struct plan *plan, uint32_t task)
{
	for (uint32_t k = 0; k < plan->link_count; k++)
		if ((plan->links[k].to == task || plan->links[k].from == task) && (plan->links[k].lag || plan->links[k].type != LINK_FS))
			return false;
	return true;
}

/* IF = max(0, ES of the earliest successor - LF of the latest predecessor - d), and what interferes is the rest of TF beyond FF. */
static void check_other_floats(struct planned *p, uint32_t t)
{
	struct plan *plan = &p->plan;
	struct computed computed = plan_computed(plan);
	moment_t before = plan->project_start, after = plan->project_finish;
	struct value value;
	struct arena arena;

	arena_init(&arena);
	for (uint32_t k = 0; k < plan->link_count; k++) {
		if (plan->links[k].to == t && plan->late_finish[plan->links[k].from] > before)
			before = plan->late_finish[plan->links[k].from];
		if (plan->links[k].from == t && plan->early_start[plan->links[k].to] < after)
			after = plan->early_start[plan->links[k].to];
	}
	assert_true(computed.value(computed.context, plan->records[t], kind_field_named(plan->records[t]->kind, "interfering_float"),
		&arena, &value));
	assert_int_equal(value.as.estimate.likely, plan->total_float[t] - plan->free_float[t]);
	assert_true(computed.value(computed.context, plan->records[t], kind_field_named(plan->records[t]->kind, "independent_float"),
		&arena, &value));
	assert_true(value.as.estimate.likely <= plan->free_float[t]);
	if (is_plain(plan, t))
		assert_int_equal(value.as.estimate.likely,
			after - before - plan->duration[t] > 0 ? after - before - plan->duration[t] : 0);
	arena_release(&arena);
}

static void check_rows(const struct row *rows, size_t count, int total)
{
	struct planned p;
	moment_t zero = at("2000-01-01");

	open_rows(&p, rows, count);
	for (size_t i = 0; i < count; i++) {
		const struct row *r = &rows[i];
		uint32_t t = planned_task(&p, r->id);

		assert_units(r->id, "ES", p.plan.early_start[t] - zero, r->es);
		assert_units(r->id, "EF", p.plan.early_finish[t] - zero, r->ef);
		assert_units(r->id, "LS", p.plan.late_start[t] - zero, r->ls);
		assert_units(r->id, "LF", p.plan.late_finish[t] - zero, r->lf);
		assert_units(r->id, "TF", p.plan.total_float[t], r->tf);
		assert_units(r->id, "FF", p.plan.free_float[t], r->ff);
		assert_int_equal((p.plan.flags[t] & PLAN_CRITICAL) != 0, p.plan.total_float[t] <= 0);
		check_other_floats(&p, t);
	}
	assert_units("project", "T", p.plan.project_finish - zero, total);
	planned_release(&p);
}

#define U(n) ((n) * 100)
#define SIX(es, ef, ls, lf, tf, ff) U(es), U(ef), U(ls), U(lf), U(tf), U(ff)
#define FIVE(es, ef, ls, lf, tf) U(es), U(ef), U(ls), U(lf), U(tf), NOT_PUBLISHED

/* C01: askfilo.com, 16 activities, all six parameters published. */
static void sixteen_activities(void **state)
{
	static const struct row rows[] = {
		{ "A", "1d", NULL, SIX(0, 1, 7, 8, 7, 5) },
		{ "B", "4d", NULL, SIX(0, 4, 0, 4, 0, 0) },
		{ "C", "2d", NULL, SIX(0, 2, 5, 7, 5, 5) },
		{ "D", "2d", "B", SIX(4, 6, 6, 8, 2, 0) },
		{ "E", "3d", "B", SIX(4, 7, 4, 7, 0, 0) },
		{ "F", "3d", "A, D", SIX(6, 9, 12, 15, 6, 0) },
		{ "G", "2d", "A, D", SIX(6, 8, 8, 10, 2, 2) },
		{ "H", "1d", "B", SIX(4, 5, 9, 10, 5, 5) },
		{ "I", "3d", "C, E", SIX(7, 10, 7, 10, 0, 0) },
		{ "J", "2d", "C, E", SIX(7, 9, 11, 13, 4, 0) },
		{ "K", "3d", "F", SIX(9, 12, 15, 18, 6, 4) },
		{ "L", "6d", "G, H, I", SIX(10, 16, 12, 18, 2, 0) },
		{ "M", "5d", "G, H, I", SIX(10, 15, 10, 15, 0, 0) },
		{ "N", "2d", "J", SIX(9, 11, 13, 15, 4, 4) },
		{ "P", "4d", "K, L", SIX(16, 20, 18, 22, 2, 2) },
		{ "Q", "7d", "M, N", SIX(15, 22, 15, 22, 0, 0) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(22));
}

/* C02: MCPTC assignment week 17, example 3; free floats computed: E 5, H 4, the rest 0. */
static void nine_activities(void **state)
{
	static const struct row rows[] = {
		{ "A", "3d", NULL, SIX(0, 3, 0, 3, 0, 0) },
		{ "B", "5d", "A", SIX(3, 8, 3, 8, 0, 0) },
		{ "C", "8d", "A", SIX(3, 11, 7, 15, 4, 0) },
		{ "D", "10d", "B", SIX(8, 18, 8, 18, 0, 0) },
		{ "E", "5d", "B", SIX(8, 13, 17, 22, 9, 5) },
		{ "F", "7d", "C", SIX(11, 18, 15, 22, 4, 0) },
		{ "G", "12d", "D", SIX(18, 30, 18, 30, 0, 0) },
		{ "H", "8d", "E, F", SIX(18, 26, 22, 30, 4, 4) },
		{ "I", "3d", "G, H", SIX(30, 33, 30, 33, 0, 0) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(33));
}

/* C03: 软考 2023 下半年 信息系统项目管理师: PERT means 2 3 3 7 2 4, ADEF, 15 days, C has 1 day of float. */
static void three_point_estimates(void **state)
{
	static const struct row rows[] = {
		{ "A", "1d/2d/3d", NULL, FIVE(0, 2, 0, 2, 0) },
		{ "B", "1d/3d/5d", "A", FIVE(2, 5, 3, 6, 1) },
		{ "C", "0.8d/2.8d/6d", "B", FIVE(5, 8, 6, 9, 1) },
		{ "D", "5d/7d/9d", "A", FIVE(2, 9, 2, 9, 0) },
		{ "E", "1d/2d/3d", "C, D", FIVE(9, 11, 9, 11, 0) },
		{ "F", "2d/4d/6d", "E", FIVE(11, 15, 11, 15, 0) },
	};
	static const struct row one_late[] = {
		{ "A", "2d", NULL, FIVE(0, 2, 0, 2, 0) },
		{ "B", "3d", "A", FIVE(2, 5, 2, 5, 0) },
		{ "C", "4d", "B", FIVE(5, 9, 5, 9, 0) },
		{ "D", "7d", "A", FIVE(2, 9, 2, 9, 0) },
		{ "E", "2d", "C, D", FIVE(9, 11, 9, 11, 0) },
		{ "F", "4d", "E", FIVE(11, 15, 11, 15, 0) },
	};
	static const struct row two_late[] = {
		{ "A", "2d", NULL, FIVE(0, 2, 0, 2, 0) },
		{ "B", "3d", "A", FIVE(2, 5, 2, 5, 0) },
		{ "C", "5d", "B", FIVE(5, 10, 5, 10, 0) },
		{ "D", "7d", "A", FIVE(2, 9, 3, 10, 1) },
		{ "E", "2d", "C, D", FIVE(10, 12, 10, 12, 0) },
		{ "F", "4d", "E", FIVE(12, 16, 12, 16, 0) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(15));
	check_rows(one_late, ARRAY_SIZE(one_late), U(15));
	check_rows(two_late, ARRAY_SIZE(two_late), U(16));
}

/* C05: James Marion, "Lags Part 1". */
static void lags(void **state)
{
	static const struct row rows[] = {
		{ "A", "2d", NULL, SIX(0, 2, 0, 2, 0, 0) },
		{ "B", "4d", "A FS+5d", SIX(7, 11, 7, 11, 0, 0) },
		{ "C", "3d", "B SS+3d", SIX(10, 13, 13, 16, 3, 3) },
		{ "D", "5d", "B", SIX(11, 16, 11, 16, 0, 0) },
		{ "E", "2d", "C, D", SIX(16, 18, 16, 18, 0, 0) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(18));
}

/* C06: Joshua Emmanuel, two starts and two ends. */
static void two_starts_two_ends(void **state)
{
	static const struct row rows[] = {
		{ "A", "7d", NULL, SIX(0, 7, 2, 9, 2, 0) },
		{ "B", "9d", NULL, SIX(0, 9, 0, 9, 0, 0) },
		{ "C", "12d", "A", SIX(7, 19, 14, 26, 7, 7) },
		{ "D", "8d", "A, B", SIX(9, 17, 9, 17, 0, 0) },
		{ "E", "9d", "D", SIX(17, 26, 17, 26, 0, 0) },
		{ "F", "6d", "C, E", SIX(26, 32, 26, 32, 0, 0) },
		{ "G", "5d", "E", SIX(26, 31, 27, 32, 1, 1) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(32));
}

/* C08: bizhelp24: free float 0 with total float 1 inside a chain. */
static void float_of_a_chain(void **state)
{
	static const struct row rows[] = {
		{ "A", "1w", NULL, SIX(0, 7, 0, 7, 0, 0) },
		{ "B", "3w", "A", SIX(7, 28, 7, 28, 0, 0) },
		{ "C", "2w", "A", SIX(7, 21, 14, 28, 7, 0) },
		{ "D", "3w", "B", SIX(28, 49, 28, 49, 0, 0) },
		{ "E", "3w", "C", SIX(21, 42, 28, 49, 7, 7) },
		{ "F", "2w", "D, E", SIX(49, 63, 49, 63, 0, 0) },
		{ "G", "2w", "F", SIX(63, 77, 63, 77, 0, 0) },
	};

	(void)state;
	check_rows(rows, ARRAY_SIZE(rows), U(77)); /* 11 weeks */
}

/* C10: one link of each type, and fractions. */
static void one_link_each(void **state)
{
	static const struct row fs[] = { { "A", "3d", NULL, SIX(0, 3, 0, 3, 0, 0) }, { "B", "4d", "A FS+2d", SIX(5, 9, 5, 9, 0, 0) } };
	static const struct row ff[] = { { "A", "3d", NULL, SIX(0, 3, 0, 3, 0, 0) }, { "B", "4d", "A FF+2d", SIX(1, 5, 1, 5, 0, 0) } };
	static const struct row sf[] = { { "A", "3d", NULL, SIX(0, 3, 0, 3, 0, 0) }, { "B", "4d", "A SF+6d", SIX(2, 6, 2, 6, 0, 0) } };
	static const struct row ss[] = { { "A", "3d", NULL, SIX(0, 3, 0, 3, 0, 0) }, { "B", "4d", "A SS+2d", SIX(2, 6, 2, 6, 0, 0) } };
	static const struct row fraction[] = { { "A", "1.5d", NULL, 0, 150, 0, 150, 0, 0 },
		{ "B", "2.25d", "A FS+0.75d", 225, 450, 225, 450, 0, 0 } };

	(void)state;
	check_rows(fs, 2, U(9));
	check_rows(ff, 2, U(5));
	check_rows(sf, 2, U(6));
	check_rows(ss, 2, U(6));
	check_rows(fraction, 2, 450);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sixteen_activities),
		cmocka_unit_test(nine_activities),
		cmocka_unit_test(three_point_estimates),
		cmocka_unit_test(lags),
		cmocka_unit_test(two_starts_two_ends),
		cmocka_unit_test(float_of_a_chain),
		cmocka_unit_test(one_link_each),
	};

	return cmocka_run_group_tests_name("plan/cpm", tests, NULL, NULL);
}
