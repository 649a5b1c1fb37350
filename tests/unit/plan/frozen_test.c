/* The current baseline beside the plan of today. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"

#define TASKS "[task A]\nduration = 3d\n[task B]\nduration = 1d\ndepends = A\n[task N]\nduration = 1d\n"
#define FROZEN                                                                                      \
	"[baseline 1]\ntasks = A 2026-03-02T09:00 2026-03-03T18:00 2d 100\n"                       \
	"  B  2026-03-04T09:00 2026-03-04T18:00\n  GONE 2026-03-04T09:00 2026-03-04T18:00\n  N - -\n"

static bool computed(struct planned *p, const char *id, const char *name, struct value *out)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct computed computed = plan_computed(&p->plan);
	const struct record *record = project_find(&p->project, kind, slice_of(id));

	return computed.value(computed.context, record, kind_field_named(kind, name), &p->plan.arena, out);
}

static void dates_and_variance(void **state)
{
	struct planned p;
	struct value value;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\nbaseline = 1\n" FROZEN TASKS);
	assert_int_equal(p.status, 0);
	assert_true(computed(&p, "A", "baseline_start", &value));
	assert_int_equal(value.as.when.moment, at("2026-03-02 09:00"));
	assert_true(computed(&p, "B", "baseline_finish", &value));
	assert_int_equal(value.as.when.moment, at("2026-03-04 18:00"));
	assert_true(computed(&p, "B", "finish_variance", &value));
	assert_int_equal(value.as.estimate.likely, 480);
	assert_false(computed(&p, "N", "baseline_finish", &value));
	assert_false(computed(&p, "N", "finish_variance", &value));
	planned_release(&p);
}

static void none_is_current(void **state)
{
	struct planned p;
	struct value value;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\n" FROZEN TASKS);
	assert_int_equal(p.status, 0);
	assert_false(computed(&p, "A", "baseline_start", &value));
	assert_false(computed(&p, "A", "finish_variance", &value));
	planned_release(&p);
}

static void an_early_finish_is_negative(void **state)
{
	struct planned p;
	struct value value;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\nbaseline = b\n[task A]\nduration = 1d\n"
			 "[baseline b]\ntasks = A 2026-03-02T09:00 2026-03-03T18:00\n");
	assert_true(computed(&p, "A", "finish_variance", &value));
	assert_int_equal(value.as.estimate.likely, -480);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_variance),
		cmocka_unit_test(none_is_current),
		cmocka_unit_test(an_early_finish_is_negative),
	};

	return cmocka_run_group_tests_name("frozen", tests, NULL, NULL);
}
