/* Quantiles of three-point estimates against closed forms and tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "plan/estimate.h"

#include <math.h>

static struct estimate points(int64_t o, int64_t m, int64_t p)
{
	return (struct estimate){ o, m, p, true, false };
}

static void assert_near(double got, double wanted)
{
	if (fabs(got - wanted) > 1e-6 * (1 + fabs(wanted)))
		fail_msg("%.9f is not %.9f", got, wanted);
}

/* 1000 × Beta(3, 3), whose distribution function is x³ (10 - 15x + 6x²); and Beta(1, 5), 1 - (1 - x)⁵. */
static void pert(void **state)
{
	struct estimate even = points(0, 500, 1000), steep = points(0, 0, 1000), late = points(100, 1100, 1100);

	(void)state;
	for (double p = 0.05; p < 1; p += 0.05) {
		double x = estimate_quantile(&even, DISTRIBUTION_PERT, p) / 1000;

		assert_near(x * x * x * (10 - 15 * x + 6 * x * x), p);
		assert_near(estimate_quantile(&steep, DISTRIBUTION_PERT, p), 1000 * (1 - pow(1 - p, 0.2)));
		assert_near(estimate_quantile(&late, DISTRIBUTION_PERT, p), 100 + 1000 * pow(p, 0.2));
	}
	assert_near(estimate_quantile(&even, DISTRIBUTION_PERT, 0.5), 500);
}

static void others(void **state)
{
	struct estimate e = points(600, 1200, 2400);

	(void)state;
	assert_near(estimate_quantile(&e, DISTRIBUTION_UNIFORM, 0.25), 1050);
	assert_near(estimate_quantile(&e, DISTRIBUTION_TRIANGULAR, 1.0 / 3), 1200);
	assert_near(estimate_quantile(&e, DISTRIBUTION_TRIANGULAR, 0.5), 2400 - sqrt(0.5 * 1800 * 1200));
	assert_near(estimate_quantile(&e, DISTRIBUTION_NORMAL, 0.5), 1300);
	assert_near(estimate_quantile(&e, DISTRIBUTION_NORMAL, 0.975), 1300 + 300 * 1.959963984540054);
	assert_near(estimate_quantile(&e, DISTRIBUTION_NORMAL, 0.001), 1300 - 300 * 3.090232306167813);
	assert_near(estimate_quantile(&e, DISTRIBUTION_EXPONENTIAL, 0.5), 1300 * log(2));
	assert_near(estimate_quantile(&e, DISTRIBUTION_LOGNORMAL, 0.5), 1300 / sqrt(1 + 300.0 * 300 / (1300.0 * 1300)));
	assert_near(estimate_quantile(&e, DISTRIBUTION_FIXED, 0.9), 1200);
	e.three_point = false;
	assert_near(estimate_quantile(&e, DISTRIBUTION_PERT, 0.9), 1200);
	assert_int_equal(distribution_named(slice_of("uniform")), DISTRIBUTION_UNIFORM);
	assert_int_equal(distribution_named(slice_of("")), DISTRIBUTION_PERT);
}

static void the_project_asks_for_a_percentile(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, "[project]\nname = x\nstart = 2026-03-02\nestimate_percentile = 50%\ndistribution = uniform\n"
			 "[task A]\nduration = 2d/3d/10d\n[task B]\nduration = 2d/3d/10d\ndistribution = fixed\n[task C]\nduration = 3d\n");
	assert_int_equal(p.status, 0);
	assert_int_equal(p.plan.duration[planned_task(&p, "A")], 6 * 480);
	assert_int_equal(p.plan.duration[planned_task(&p, "B")], 3 * 480);
	assert_int_equal(p.plan.duration[planned_task(&p, "C")], 3 * 480);
	planned_release(&p);
	planned_init(&p, "[project]\nname = x\nstart = 2026-03-02\n[task A]\nduration = 2d/3d/10d\n");
	assert_int_equal(p.plan.duration[planned_task(&p, "A")], 4 * 480); /* the PERT mean */
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pert),
		cmocka_unit_test(others),
		cmocka_unit_test(the_project_asks_for_a_percentile),
	};

	return cmocka_run_group_tests_name("plan/estimate", tests, NULL, NULL);
}
