/* Two plans side by side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "plan/compare.h"

struct sides {
	struct planned before, after;
	struct plan_costs before_costs, after_costs;
	struct snapshot then, now;
	struct comparison c;
};

static void sides_init(struct sides *s, const char *before, const char *after)
{
	planned_init(&s->before, before);
	planned_init(&s->after, after);
	assert_int_equal(s->before.status, 0);
	assert_int_equal(s->after.status, 0);
	plan_costs_init(&s->before_costs, &s->before.plan);
	plan_costs_init(&s->after_costs, &s->after.plan);
	snapshot_of_plan(&s->then, &s->before.plan, &s->before_costs);
	snapshot_of_plan(&s->now, &s->after.plan, &s->after_costs);
	comparison_init(&s->c, &s->then, &s->now, &s->after.plan);
}

static void sides_release(struct sides *s)
{
	comparison_release(&s->c);
	snapshot_release(&s->then);
	snapshot_release(&s->now);
	plan_costs_release(&s->before_costs);
	plan_costs_release(&s->after_costs);
	planned_release(&s->before);
	planned_release(&s->after);
}

static const struct task_change *change_of(const struct sides *s, const char *id)
{
	const struct task_change *changes = s->c.tasks.items;

	for (size_t i = 0; i < s->c.tasks.len; i++)
		if (slice_is((changes[i].after ? changes[i].after : changes[i].before)->id, id))
			return &changes[i];
	return NULL;
}

#define HEAD "[project]\nstart = 2026-03-02\n"

static void nothing_differs(void **state)
{
	static const char text[] = HEAD "[task P]\n[task A]\nparent = P\neffort = 2d\n[task B]\ndepends = A\nmilestone = yes\n";
	struct sides s;

	(void)state;
	sides_init(&s, text, text);
	assert_true(comparison_is_empty(&s.c));
	assert_int_equal(s.then.written, 3);
	assert_int_equal(s.then.critical, 2);
	sides_release(&s);
}

static void who_is_critical_changes(void **state)
{
	struct sides s;

	(void)state;
	sides_init(&s, HEAD "[task A]\nduration = 5d\n[task B]\nduration = 3d\n[task E]\nmilestone = yes\ndepends = A, B\n",
		HEAD "[task A]\nduration = 5d\n[task B]\nduration = 7d\n[task E]\nmilestone = yes\ndepends = A, B\n");
	assert_int_equal(s.c.finish_slip, 2 * 480);
	assert_int_equal(s.c.entered, 1);
	assert_int_equal(s.c.left, 1);
	assert_true(change_of(&s, "B")->entered);
	assert_int_equal(change_of(&s, "B")->finish_slip, 4 * 480);
	assert_true(change_of(&s, "A")->left);
	assert_false(change_of(&s, "A")->moved);
	assert_int_equal(s.c.later, 2);
	sides_release(&s);
}

static void tasks_are_paired_whatever_the_case_of_their_ids(void **state)
{
	struct sides s;

	(void)state;
	sides_init(&s, HEAD "[task Ä]\nduration = 1d\n[task GONE]\nduration = 1d\n[task 任务]\n",
		HEAD "[task ä]\nduration = 1d\n[task NEW]\nduration = 1d\n[task 任务]\n");
	assert_int_equal(s.c.added, 1);
	assert_int_equal(s.c.removed, 1);
	assert_int_equal(s.c.tasks.len, 2);
	assert_null(change_of(&s, "NEW")->before);
	assert_null(change_of(&s, "GONE")->after);
	assert_non_null(snapshot_find(&s.then, slice_of("ä")));
	sides_release(&s);
}

/* Friday evening and Monday morning are the same moment of work. */
static void time_off_is_no_slip(void **state)
{
	struct sides s;

	(void)state;
	sides_init(&s, HEAD "[task A]\nduration = 5d\n[task M]\nmilestone = yes\ndepends = A\n",
		HEAD "[task A]\nduration = 5d\n[task M]\nmilestone = yes\nnot_before = 2026-03-09 09:00\ndepends = A\n");
	assert_null(change_of(&s, "M"));
	assert_int_equal(comparison_slip(&s.after.plan, slice_of("M"), at("2026-03-06 18:00"), at("2026-03-09 18:00")), 480);
	assert_int_equal(comparison_slip(&s.after.plan, slice_of("nobody"), MOMENT_NONE, at("2026-03-09 18:00")), 0);
	sides_release(&s);
}

static void cost_and_effort_alone(void **state)
{
	struct sides s;
	const struct task_change *change;

	(void)state;
	sides_init(&s, HEAD "[resource li]\nrate = 800/d\n[task P]\n[task A]\nparent = P\neffort = 2d\nassign = li\n",
		HEAD "[resource li]\nrate = 900/d\n[task P]\nfixed_cost = 50\n[task A]\nparent = P\neffort = 2d\nassign = li\n");
	change = change_of(&s, "A");
	assert_false(change->moved);
	assert_int_equal(change->after->cost - change->before->cost, 200 * DECIMAL_ONE);
	assert_int_equal(change_of(&s, "P")->after->cost, 50 * DECIMAL_ONE);
	assert_int_equal(s.now.cost - s.then.cost, 250 * DECIMAL_ONE);
	assert_int_equal(s.now.effort, 2 * 480);
	assert_false(comparison_is_empty(&s.c));
	sides_release(&s);
}

static void an_empty_plan(void **state)
{
	struct sides s;

	(void)state;
	sides_init(&s, HEAD, HEAD "[task A]\nduration = 1d\n");
	assert_int_equal(s.c.finish_slip, 0);
	assert_int_equal(s.c.added, 1);
	sides_release(&s);
	sides_init(&s, HEAD "[task A]\nduration = 1d\n", HEAD);
	assert_int_equal(s.c.removed, 1);
	assert_int_equal(s.now.finish, MOMENT_NONE);
	sides_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_differs),
		cmocka_unit_test(who_is_critical_changes),
		cmocka_unit_test(tasks_are_paired_whatever_the_case_of_their_ids),
		cmocka_unit_test(time_off_is_no_slip),
		cmocka_unit_test(cost_and_effort_alone),
		cmocka_unit_test(an_empty_plan),
	};

	return cmocka_run_group_tests_name("compare", tests, NULL, NULL);
}
