/* What risks cost: the simulation against the register's expected values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "risk/risk.h"
#include "simulate/simulate.h"

#include <math.h>

#define HEAD "[project]\nname = x\nstart = 2026-03-02\n[task T-1]\nduration = 5d\n"

static decimal_t exposure(const struct project *project)
{
	struct risk_register risks;
	struct risk_totals totals;

	risk_register_init(&risks, project, at("2026-03-02 09:00"));
	risk_totals(&risks, &totals);
	risk_register_release(&risks);
	return totals.threat - totals.opportunity;
}

/* without: a risk's id, or NULL. */
static void simulate(struct simulation *out, const struct planned *p, size_t runs, const char *without)
{
	struct simulation_options options = simulation_defaults(&p->options);
	struct err err;

	err_init(&err);
	options.runs = runs;
	if (without) {
		options.without = project_find(&p->project, kind_find(slice_of("risk")), slice_of(without));
		assert_non_null(options.without);
	}
	assert_int_equal(simulation_run(out, &p->plan, &options, &err), 0);
	err_release(&err);
}

#define CERTAIN                                                                                                      \
	"[risk R-1]\nstatus = open\nprobability = 100%\nimpact_cost = 70000\nimpact_time = 3d\ntasks = T-1\n"        \
	"[risk R-2]\nstatus = open\nprobability = 100%\nimpact_cost = 12345.67\n"                                   \
	"[risk R-3]\nstatus = open\ntype = opportunity\nprobability = 100%\nimpact_cost = 20000\n"                  \
	"[risk R-4]\nstatus = open\nprobability = 0%\nimpact_cost = 999999\n"                                       \
	"[risk R-5]\nstatus = closed\nprobability = 100%\nimpact_cost = 999999\n"

/* Events that are certain cost in every run exactly what the register expects of them; without one of them, exactly that less. */
static void certain_risks_cost_their_exposure(void **state)
{
	static const struct {
		const char *id;
		decimal_t cost;
		int64_t days;
	} each[] = { { "R-1", 70000 * (decimal_t)DECIMAL_ONE, 3 },
		{ "R-2", 12345 * (decimal_t)DECIMAL_ONE + 67 * ((decimal_t)DECIMAL_ONE / 100), 0 },
		{ "R-3", -20000 * (decimal_t)DECIMAL_ONE, 0 }, { "R-4", 0, 0 }, { "R-5", 0, 0 } };
	struct simulation with, without;
	struct planned p;

	(void)state;
	planned_init(&p, HEAD CERTAIN);
	assert_int_equal(p.loading.errors, 0);
	simulate(&with, &p, 64, NULL);
	for (int i = 1; i <= 10; i++)
		assert_int_equal(simulation_cost(&with, i / 10.0) - simulation_planned_cost(&with), exposure(&p.project));
	for (size_t i = 0; i < ARRAY_SIZE(each); i++) {
		simulate(&without, &p, 64, each[i].id);
		assert_int_equal(simulation_cost(&with, 0.8) - simulation_cost(&without, 0.8), each[i].cost);
		assert_int_equal(calendar_between(p.plan.calendar, simulation_finish(&without, 0.8), simulation_finish(&with, 0.8)),
			each[i].days * 480);
		simulation_release(&without);
	}
	simulation_release(&with);
	planned_release(&p);
}

/* One event of 40 %: it costs all or nothing; on average the share of the runs in which it came, which is near 40 %. */
static void an_uncertain_risk_costs_its_exposure_on_average(void **state)
{
	const double impact = 50000.0 * DECIMAL_ONE;
	double expected, mean;
	struct simulation s;
	struct planned p;

	(void)state;
	planned_init(&p, HEAD "[risk R-1]\nstatus = open\nprobability = 40%\nimpact_cost = 50000\n");
	simulate(&s, &p, 20000, NULL);
	expected = (double)exposure(&p.project);
	mean = s.cost_mean - (double)simulation_planned_cost(&s);
	assert_true(expected == 20000.0 * DECIMAL_ONE);
	assert_int_equal(simulation_cost(&s, 0.5), simulation_planned_cost(&s));
	assert_int_equal(simulation_cost(&s, 0.8) - simulation_planned_cost(&s), 50000 * (decimal_t)DECIMAL_ONE);
	assert_true(fabs(mean - s.risks[0].happened * impact) < 1);
	assert_true(fabs(mean - expected) < 4 * impact * sqrt(0.4 * 0.6 / 20000));
	simulation_release(&s);
	planned_release(&p);
}

/* Leaving one out leaves the draws of all others as they are, run by run. */
static void the_others_are_drawn_as_before(void **state)
{
	struct simulation with, without;
	struct planned p;
	size_t moved = 0;

	(void)state;
	planned_init(&p, HEAD
		"[risk R-1]\ncategory = a\nprobability = 30%\nimpact_cost = 100\n[risk R-2]\ncategory = a\nprobability = 60%\nimpact_cost = 7\n"
		"[risk R-3]\nprobability = 50%\nimpact_cost = 1000\n");
	simulate(&with, &p, 500, NULL);
	simulate(&without, &p, 500, "R-1");
	assert_int_equal(with.risk_count, 3);
	assert_int_equal(without.risk_count, 2);
	for (size_t i = 0; i < with.runs; i++) {
		decimal_t difference = with.cost[i] - without.cost[i];

		assert_true(difference == 0 || difference == 100 * (decimal_t)DECIMAL_ONE);
		moved += difference != 0;
	}
	assert_true(fabs((double)moved - with.risks[0].happened * 500) < 0.5);
	simulation_release(&with);
	simulation_release(&without);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(certain_risks_cost_their_exposure),
		cmocka_unit_test(an_uncertain_risk_costs_its_exposure_on_average),
		cmocka_unit_test(the_others_are_drawn_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
