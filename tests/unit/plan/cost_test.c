/* What tasks cost, against sums done by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "plan/cost.h"

static const char people[] = "name = x\nstart = 2026-03-02\n"
			     "[rate USD]\nvalue = 7\n  from 2026-03-09 8\n"
			     "[resource li]\nrate = 1500/d\n"
			     "[resource wu]\nrate = 1200/d\n"
			     "[resource he]\nrate = 100 USD/d\n"
			     "[resource up]\nrate = 1000/d\n  from 2026-03-09 2000/d\n"
			     "[resource nobody]\ntitle = x\n"
			     "[resource crane]\ntype = equipment\nrate = 80/h\ncost_per_use = 300\n"
			     "[resource steel]\ntype = material\nrate = 4000/unit\n"
			     "[team two]\nmembers = li, wu\n";

struct priced {
	struct planned planned;
	struct plan_costs costs;
};

static void open_project(struct priced *p, const char *settings, const char *tasks)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_addf(&text, "[project]\n%s%s%s", settings, people, tasks);
	planned_init(&p->planned, text.buf);
	assert_int_equal(p->planned.loading.errors, 0);
	assert_int_equal(p->planned.status, 0);
	plan_costs_init(&p->costs, &p->planned.plan);
	strbuf_release(&text);
}

static void open_priced(struct priced *p, const char *tasks)
{
	open_project(p, "", tasks);
}

static void close_priced(struct priced *p)
{
	plan_costs_release(&p->costs);
	planned_release(&p->planned);
}

static void assert_cost(const struct priced *p, const char *id, int64_t work, int64_t fixed)
{
	uint32_t t = planned_task(&p->planned, id);

	assert_int_equal(p->costs.work[t], work * DECIMAL_ONE);
	assert_int_equal(p->costs.fixed[t], fixed * DECIMAL_ONE);
	assert_int_equal(plan_cost(&p->costs, t), (work + fixed) * DECIMAL_ONE);
}

static void people_and_things(void **state)
{
	struct priced p;

	(void)state;
	open_priced(&p, "[task A]\neffort = 10d\nassign = li\n"
			"[task B]\neffort = 3d\nassign = li, wu 50%\n"
			"[task C]\nduration = 4d\nassign = li 50%\nfixed_cost = 12.5万\n"
			"[task D]\neffort = 2d\nassign = @two\n"
			"[task E]\nduration = 2d\nassign = li, crane x2\n"
			"[task F]\nduration = 1d\nassign = steel x3\n"
			"[task G]\nassign = li 2d, wu\neffort = 5d\n"
			"[task H]\nduration = 2d\nassign = nobody\n"
			"[task M]\nmilestone = yes\nfixed_cost = 100 USD\n");
	assert_cost(&p, "A", 15000, 0);
	assert_cost(&p, "B", 3000 + 1200, 0); /* 2d of li, 1d of wu */
	assert_cost(&p, "C", 3000, 125000);
	assert_cost(&p, "D", 2400, 0); /* wu is free first */
	assert_cost(&p, "E", 3000 + 2 * 2 * 640, 600);
	assert_cost(&p, "F", 0, 12000);
	assert_cost(&p, "G", 3000 + 3600, 0);
	assert_cost(&p, "H", 0, 0);
	assert_cost(&p, "M", 0, 700);
	assert_int_equal(p.costs.unrated, 1);
	assert_int_equal(p.costs.unknown, 0);
	close_priced(&p);
}

/* Five days before the 9th, five after. */
static void rates_with_dates(void **state)
{
	struct priced p;

	(void)state;
	open_priced(&p, "[task A]\neffort = 10d\nassign = up\n"
			"[task B]\neffort = 2d\nassign = up\ndepends = A\n"
			"[task C]\neffort = 1d\nassign = he\n"
			"[task D]\neffort = 1d\nassign = he\nnot_before = 2026-03-10\n");
	assert_cost(&p, "A", 5 * 1000 + 5 * 2000, 0);
	assert_cost(&p, "B", 4000, 0);
	assert_cost(&p, "C", 700, 0);
	assert_cost(&p, "D", 800, 0);
	close_priced(&p);
}

/* Two weeks of a meeting of half a day: its fixed cost counts once, work each time; two of a team; some work fixed for one. */
static void occurrences_and_teams(void **state)
{
	struct priced p;

	(void)state;
	open_priced(&p, "[task R]\nrecurring = weekly mon 09:00 until 2026-03-10\nduration = 4h\nassign = li\nfixed_cost = 70\n"
			"[task T]\neffort = 4d\nassign = @two x2\n[task S]\neffort = 6d\nassign = @two 2d, li\n");
	assert_cost(&p, "R", 1500, 70);
	assert_cost(&p, "T", 4 * 1350, 0);
	assert_cost(&p, "S", 2 * 1200 + 4 * 1500, 0);
	close_priced(&p);
}

/* The first takes the one named first, the second the one left over: each is paid for by the rate of whoever does it. */
static void those_who_do_it(void **state)
{
	struct priced p;

	(void)state;
	open_priced(&p, "[task A]\neffort = 10d\nassign = @two\n[task B]\neffort = 10d\nassign = li|wu\n"
			"[task C]\neffort = 4d\nassign = @two x2 2d\n[task D]\neffort = 6d\nassign = @two x3\n");
	assert_cost(&p, "A", 15000, 0);
	assert_cost(&p, "B", 12000, 0);
	assert_cost(&p, "C", 2 * 1500 + 2 * 1200, 0);
	assert_cost(&p, "D", 2 * 1500 + 2 * 1200 + 2 * 1350, 0);
	close_priced(&p);
}

/* Nobody is taken: the mean of the team, the first of alternatives. */
static void those_who_might(void **state)
{
	struct priced p;

	(void)state;
	open_project(&p, "levelling = no\n", "[task A]\neffort = 10d\nassign = @two\n"
			"[task B]\neffort = 10d\nassign = wu|li\n");
	assert_cost(&p, "A", 13500, 0);
	assert_cost(&p, "B", 12000, 0);
	close_priced(&p);
}

static void parents_and_cancelled(void **state)
{
	struct priced p;

	(void)state;
	open_priced(&p, "[task P]\nfixed_cost = 50\n[task A]\nparent = P\neffort = 1d\nassign = li\n"
			"[task B]\nparent = P\neffort = 1d\nassign = wu\nstatus = cancelled\n"
			"[task C]\nparent = P\nmilestone = yes\nfixed_cost = 10 EUR\n");
	assert_cost(&p, "P", 1500, 50);
	assert_int_equal(p.costs.total, 1550 * DECIMAL_ONE);
	assert_int_equal(p.costs.unknown, 1);
	assert_string_equal(p.costs.unknown_currency, "EUR");
	close_priced(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_and_things),
		cmocka_unit_test(rates_with_dates),
		cmocka_unit_test(occurrences_and_teams),
		cmocka_unit_test(those_who_do_it),
		cmocka_unit_test(those_who_might),
		cmocka_unit_test(parents_and_cancelled),
	};

	return cmocka_run_group_tests_name("plan/cost", tests, NULL, NULL);
}
