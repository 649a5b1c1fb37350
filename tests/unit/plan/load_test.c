/* How busy people are: whole weeks, shares, capacity, leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "plan/load.h"

static const struct person_load *load_of(const struct vec *loads, const char *id)
{
	for (size_t i = 0; i < loads->len; i++) {
		const struct person_load *load = vec_at(loads, i);

		if (slice_is(load->resource->id, id))
			return load;
	}
	return NULL;
}

#define HEAD "[project]\nstart = 2026-03-04\n[resource li]\nleave = 2026-03-10\n[resource wu]\ncapacity = 2\n[resource idle]\n"

static void work_and_the_busiest_week(void **state)
{
	const struct person_load *load;
	struct planned p;
	struct vec loads;

	(void)state;
	planned_init(&p, HEAD "[task A]\neffort = 6d\nassign = li\n[task B]\nduration = 5d\nassign = wu 50%\n[task C]\nduration = 2d\nassign = wu\n");
	assert_int_equal(p.status, 0);
	plan_loads(&p.plan, &loads);
	assert_int_equal(loads.len, 2);
	load = load_of(&loads, "li"); /* Wednesday to Friday, then Monday, Wednesday, Thursday */
	assert_int_equal(load->work, 6 * 480);
	assert_int_equal(moment_from_date(load->week), at("2026-03-02"));
	assert_int_equal(load->peak, 3 * 480);
	assert_int_equal(load->available, 5 * 480);
	load = load_of(&loads, "wu");
	assert_int_equal(load->work, 5 * 240 + 2 * 480);
	assert_int_equal(load->peak, 3 * 240 + 2 * 480);
	assert_int_equal(load->available, 2 * 5 * 480);
	assert_null(load_of(&loads, "idle"));
	vec_release(&loads);
	planned_release(&p);
}

/* Without limits one may have more to do than there is time for. */
static void too_much(void **state)
{
	const struct person_load *load;
	struct planned p;
	struct vec loads;

	(void)state;
	planned_build(&p, "[project]\nstart = 2026-03-02\n[resource li]\n[task A]\neffort = 5d\nassign = li\n[task B]\neffort = 5d\nassign = li\n");
	p.options.unlevelled = true;
	plan_release(&p.plan);
	assert_int_equal(plan_build(&p.plan, &p.project, &p.options, &p.found, &p.err), 0);
	assert_int_equal(plan_schedule(&p.plan, &p.options, &p.found, &p.err), 0);
	plan_loads(&p.plan, &loads);
	load = load_of(&loads, "li");
	assert_int_equal(load->peak, 10 * 480);
	assert_int_equal(load->available, 5 * 480);
	vec_release(&loads);
	planned_release(&p);
}

static void nobody(void **state)
{
	struct planned p;
	struct vec loads;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\n[task A]\nduration = 5d\n");
	plan_loads(&p.plan, &loads);
	assert_int_equal(loads.len, 0);
	vec_release(&loads);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_and_the_busiest_week),
		cmocka_unit_test(too_much),
		cmocka_unit_test(nobody),
	};

	return cmocka_run_group_tests_name("load", tests, NULL, NULL);
}
