/* The simulation against exact answers, and its two ways of passing against each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "base/random.h"
#include "simulate/simulate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char round_the_clock[] = "[project]\nname = x\nstart = 2000-01-01\nhours_per_day = 24\ndays_per_week = 7\n"
				      "calendar = always\n[calendar always]\nweek = mon-sun 00:00-24:00\n";
static const char office[] = "[project]\nname = x\nstart = 2026-03-02\n";

struct trial_run {
	struct planned planned;
	struct simulation s;
	struct err err;
	int status;
};

static void open_run(struct trial_run *r, const char *head, const char *tasks, struct simulation_options options)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_addf(&text, "%s%s", head, tasks);
	planned_init(&r->planned, text.buf);
	strbuf_release(&text);
	assert_int_equal(r->planned.loading.errors, 0);
	assert_int_equal(r->planned.status, 0);
	err_init(&r->err);
	options.plan = &r->planned.options;
	r->status = simulation_run(&r->s, &r->planned.plan, &options, &r->err);
}

static void close_run(struct trial_run *r)
{
	simulation_release(&r->s);
	err_release(&r->err);
	planned_release(&r->planned);
}

static struct simulation_options many(size_t runs)
{
	struct simulation_options options = simulation_defaults(NULL);

	options.runs = runs;
	return options;
}

static void assert_within(double got, double wanted, double tolerance)
{
	if (!(fabs(got - wanted) <= tolerance))
		fail_msg("%.9g is not within %g of %.9g", got, tolerance, wanted);
}

/* Share of runs whose finish is at most so many minutes after the start. */
static double share_by(const struct simulation *s, double minutes)
{
	return simulation_chance(s, s->plan->project_start + (moment_t)minutes);
}

/*
 * Five Exp(1) arcs A, B, the bridge C, D, E; paths AD, BE, ACE. Mean 83/24, variance 1663/576, F(4) = 0.686280, F(6) = 0.918183. A
 * unit is 10,000 minutes. Four standard errors of 200,000 runs are let pass.
 */
static void wheatstone_bridge(void **state)
{
	enum { N = 200000 };
	const double unit = 10000, variance = 1663.0 / 576;
	struct simulation_options options = many(N);
	struct trial_run r;

	(void)state;
	open_run(&r, round_the_clock,
		"[task A]\nduration = 5000min/10000min/15000min\ndistribution = exponential\n"
		"[task B]\nduration = 5000min/10000min/15000min\ndistribution = exponential\n"
		"[task C]\nduration = 5000min/10000min/15000min\ndistribution = exponential\ndepends = A\n"
		"[task D]\nduration = 5000min/10000min/15000min\ndistribution = exponential\ndepends = A\n"
		"[task E]\nduration = 5000min/10000min/15000min\ndistribution = exponential\ndepends = B, C\n", options);
	assert_int_equal(r.status, 0);
	assert_true(r.s.compact);
	assert_int_equal(r.s.runs, N);
	assert_within(r.s.finish_mean / unit, 83.0 / 24, 4 * sqrt(variance / N));
	assert_within(r.s.finish_deviation * r.s.finish_deviation / unit / unit, variance, 0.1);
	assert_within(share_by(&r.s, 4 * unit), 0.686280, 4 * sqrt(0.686280 * 0.313720 / N));
	assert_within(share_by(&r.s, 6 * unit), 0.918183, 4 * sqrt(0.918183 * 0.081817 / N));
	/* by symmetry A is as critical as E, B as D; in each run either D or E is the last */
	assert_within(r.s.tasks[0].criticality, r.s.tasks[4].criticality, 0.01);
	assert_within(r.s.tasks[1].criticality, r.s.tasks[3].criticality, 0.01);
	assert_within(r.s.tasks[3].criticality + r.s.tasks[4].criticality, 1, 1e-3);
	close_run(&r);
}

/* E max of n independent normals: 1/√π σ for two, 3/(2√π) σ for three. */
static void maxima_of_normals(void **state)
{
	enum { N = 100000 };
	static const double wanted[] = { 0, 0.5641895835477563, 0.8462843753216345, 1.029375373003964 };
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	for (int tasks = 1; tasks <= 4; tasks++) {
		struct trial_run r;

		strbuf_addf(&text, "[task T%d]\nduration = 70000min/100000min/130000min\ndistribution = normal\n", tasks);
		open_run(&r, round_the_clock, text.buf, many(N));
		assert_within((r.s.finish_mean - 100000) / 10000, wanted[tasks - 1], 4 / sqrt(N));
		assert_within(r.s.tasks[0].criticality, 1.0 / tasks, 0.01);
		/* of X and max(X, Y): 12 E[U max(U, V)²] - 3 for uniform U, V */
		if (tasks == 1)
			assert_within(r.s.tasks[0].sensitivity, 1, 1e-6);
		if (tasks == 2)
			assert_within(r.s.tasks[0].sensitivity, 0.6, 0.01);
		close_run(&r);
	}
	strbuf_release(&text);
}

/* Two triangular durations on [0, 1] with mode ½ are four uniform ones on [0, ½]: Irwin and Hall's distribution. */
static void sums_of_triangulars(void **state)
{
	enum { N = 100000 };
	struct trial_run r;

	(void)state;
	open_run(&r, round_the_clock,
		"[task A]\nduration = 0min/100000min/200000min\ndistribution = triangular\n"
		"[task B]\nduration = 0min/100000min/200000min\ndistribution = triangular\ndepends = A\n", many(N));
	for (int k = 1; k < 16; k++) {
		double x = k / 4.0, sum = 0, choose[] = { 1, -4, 6, -4, 1 };

		for (int i = 0; i <= 4 && i <= x; i++)
			sum += choose[i] * pow(x - i, 4) / 24;
		assert_within(share_by(&r.s, x * 100000), sum, 4 * 0.5 / sqrt(N));
	}
	close_run(&r);
}

/* Case P01: 6, 21 and 36 days are mean 21 and deviation 5 as a normal; P(16..26) = 68.27 %, P(≤ 16) = 15.87 %, P(21..26) = 34.13 %. */
static void pert_case_as_normal(void **state)
{
	enum { N = 100000 };
	const double day = 1440, slack = 4 * 0.5 / sqrt(N);
	struct trial_run r;

	(void)state;
	open_run(&r, round_the_clock, "[task A]\nduration = 6d/21d/36d\ndistribution = normal\n", many(N));
	assert_within(r.s.finish_mean / day, 21, 0.07);
	assert_within(r.s.finish_deviation / day, 5, 0.05);
	assert_within(share_by(&r.s, 16 * day), 0.158655, slack);
	assert_within(share_by(&r.s, 21 * day), 0.5, slack);
	assert_within(share_by(&r.s, 26 * day), 0.841345, slack);
	assert_within(share_by(&r.s, 26 * day) - share_by(&r.s, 16 * day), 0.682689, slack);
	assert_within(share_by(&r.s, 26 * day) - share_by(&r.s, 21 * day), 0.341345, slack);
	close_run(&r);
}

/* Nothing varies: every run is the schedule. */
static void without_variance(void **state)
{
	static const char tasks[] = "[task P]\n[task A]\nparent = P\nduration = 3d\n"
				    "[task B]\nparent = P\nduration = 5d\ndepends = A SS+1d\ndeadline = 2026-03-09\n"
				    "[task M]\nmilestone = yes\ndepends = P\ndeadline = 2026-03-06\n"
				    "[task F]\nduration = 9d/9d/9d\ndepends = B FF-1d\nnot_before = 2026-03-02\n";

	(void)state;
	for (int calendars = 0; calendars < 2; calendars++) {
		struct simulation_options options = many(100);
		struct trial_run r;

		options.calendars_always = calendars;
		open_run(&r, office, tasks, options);
		assert_int_equal(r.s.compact, !calendars);
		assert_int_equal(simulation_finish(&r.s, 0.001), r.planned.plan.project_finish);
		assert_int_equal(simulation_finish(&r.s, 1), r.planned.plan.project_finish);
		assert_int_equal(simulation_planned_finish(&r.s), r.planned.plan.project_finish);
		assert_true(r.s.finish_deviation == 0 && r.s.estimates == 0);
		for (size_t i = 0; i < r.s.task_count; i++)
			assert_true(r.s.tasks[i].criticality ==
				!!(r.planned.plan.flags[r.s.tasks[i].task] & PLAN_CRITICAL));
		assert_int_equal(r.s.date_count, 3);
		assert_true(r.s.dates[1].chance == 1 && r.s.dates[2].chance == 0);
		close_run(&r);
	}
}

/* A buffer takes no time in the runs: they say how likely it is to be enough. */
static void buffers_absorb(void **state)
{
	static const char text[] = "[task P]\nbuffer = 20%\n[task A]\nparent = P\nduration = 8d/10d/16d\n"
				   "[task B]\nparent = P\nduration = 8d/10d/16d\ndepends = A\n"
				   "[task M]\nmilestone = yes\ndepends = P\n";

	(void)state;
	for (int calendars = 0; calendars < 2; calendars++) {
		struct simulation_options options = many(4000);
		struct trial_run r;

		options.calendars_always = calendars;
		open_run(&r, office, text, options);
		assert_int_equal(r.s.compact, !calendars);
		assert_within(r.s.finish_mean / 480, 2 * 64.0 / 6, 0.2);
		assert_within(simulation_chance(&r.s, simulation_planned_finish(&r.s)), 0.99, 0.02);
		assert_int_equal(r.s.task_count, 3);
		assert_true(r.s.tasks[0].criticality == 1 && r.s.tasks[1].criticality == 1 && r.s.tasks[2].criticality == 1);
		close_run(&r);
	}
}

/* A risk of 40 % that costs 1,000 and 10 days on the only path; an opportunity; a correlated pair. */
static void risks_are_events(void **state)
{
	enum { N = 50000 };
	const double slack = 4 * 0.5 / sqrt(N);
	static const char text[] = "[task A]\nduration = 20d\n[task B]\nduration = 5d\ndepends = A\n"
				   "[risk R-1]\ntitle = x\nprobability = 40%\nimpact_time = 10d\nimpact_cost = 1000\ntasks = A\n"
				   "[risk R-2]\ntitle = x\nprobability = 50%\nimpact_cost = 500\ncategory = k\n"
				   "[risk R-3]\ntitle = x\nprobability = 50%\nimpact_cost = 500\ncategory = k\n"
				   "[risk R-4]\ntitle = x\nprobability = 25%\ntype = opportunity\nimpact_time = 3d\n"
				   "impact_cost = 100\ntasks = B\n"
				   "[risk R-5]\ntitle = x\nprobability = 90%\nimpact_time = 99d\ntasks = A\nstatus = closed\n";
	struct trial_run r;

	(void)state;
	open_run(&r, office, text, many(N));
	assert_int_equal(r.s.risk_count, 4);
	assert_within(r.s.risks[0].happened, 0.4, slack);
	assert_within(r.s.finish_mean / 480, 25 + 4 - 0.75, 0.1);
	assert_within(r.s.cost_mean / DECIMAL_ONE, 400 + 500 - 25, 20);
	assert_within((r.s.risks[0].high - r.s.risks[0].low) / 480, 10, 0.1);
	assert_within((r.s.risks[0].cost_high - r.s.risks[0].cost_low) / DECIMAL_ONE, 1000, 20);
	assert_within((r.s.risks[3].high - r.s.risks[3].low) / 480, -3, 0.15);
	assert_true(r.s.risks[1].hits_nothing && !r.s.risks[0].hits_nothing);
	/* share a category: with ρ = 0.3 their indicators correlate with 2/π arcsin ρ */
	assert_within(r.s.cost_deviation / DECIMAL_ONE,
		sqrt(1000 * 1000 * 0.24 + 2 * 250 * 250 * (1 + 2 / 3.14159265 * asin(0.3)) + 100 * 100 * 0.1875), 6);
	close_run(&r);
}

static void options_for_risks(void **state)
{
	static const char text[] = "[task A]\nduration = 20d\n"
				   "[risk R-1]\ntitle = x\nprobability = 100%\nimpact_time = 10d\ntasks = A\nimpact_cost = 1000\n"
				   "residual_probability = 100%\nresidual_time = 2d\nresidual_cost = 10\n"
				   "[risk R-2]\ntitle = x\nprobability = 100%\nimpact_time = 4d\ntasks = A\nstatus = responding\n"
				   "residual_time = 1d\n";
	static const struct {
		enum simulation_risks risks;
		int days, cost;
	} wanted[] = { { RISKS_AS_STANDING, 31, 1000 }, { RISKS_BEFORE, 34, 1000 }, { RISKS_RESPONDED, 23, 10 }, { RISKS_NONE, 20, 0 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		struct simulation_options options = many(40);
		struct trial_run r;

		options.risks = wanted[i].risks;
		open_run(&r, office, text, options);
		assert_within(r.s.finish_mean / 480, wanted[i].days, 1e-9);
		assert_within(r.s.cost_mean / DECIMAL_ONE, wanted[i].cost, 1e-9);
		close_run(&r);
	}
}

/* Costs follow the effort: 10d/20d/30d at 1,000 a day and 5,000 fixed. */
static void costs_follow_effort(void **state)
{
	enum { N = 20000 };
	struct trial_run r;

	(void)state;
	open_run(&r, office, "[resource li]\nrate = 1000/d\n[task A]\neffort = 10d/20d/30d\nassign = li\nfixed_cost = 5000\n", many(N));
	assert_within(r.s.cost_mean / DECIMAL_ONE, 25000, 4 * 3780 / sqrt(N));
	assert_within(r.s.cost_deviation / DECIMAL_ONE, 10000 / sqrt(7), 100);
	assert_within(r.s.tasks[0].cost_sensitivity, 1, 1e-4);
	assert_true(simulation_cost(&r.s, 0.9) > simulation_cost(&r.s, 0.5));
	close_run(&r);
}

/* What has happened does not vary; of what is under way only the rest does. */
static void facts_do_not_vary(void **state)
{
	static const char text[] = "[task A]\nduration = 5d/10d/30d\nactual_start = 2026-03-02\nactual_finish = 2026-03-13\n"
				   "[task B]\nduration = 10d/20d/60d\ndepends = A\nactual_start = 2026-03-16\nprogress = 50%\n"
				   "[task C]\nduration = 5d\nactual_start = 2026-03-02\nremaining = 2d/4d/6d\n";

	(void)state;
	for (int calendars = 0; calendars < 2; calendars++) {
		struct simulation_options options = many(2000);
		struct trial_run r;

		options.calendars_always = calendars;
		open_run(&r, office, text, options);
		assert_int_equal(r.s.task_count, 2);
		assert_int_equal(r.s.estimates, 2);
		/* B: 25 days in the plan, half of them done: 12.5 and 5 to 30 more */
		assert_true(simulation_finish(&r.s, 0.001) >= at("2026-04-08 09:00"));
		assert_true(simulation_finish(&r.s, 1) <= at("2026-05-13 18:00"));
		assert_within(r.s.tasks[0].mean / 480, 12.5, 0.5);
		assert_within(r.s.tasks[1].mean / 480, 4, 0.2);
		close_run(&r);
	}
}

/* Two identical tasks of the same person, entirely correlated, are one. */
static void correlated_estimates(void **state)
{
	static const char text[] = "[resource li]\n[task A]\nduration = 5d/10d/30d\nassign = li\n"
				   "[task B]\nduration = 5d/10d/30d\nassign = li\n[task C]\nduration = 5d/10d/30d\n";
	struct simulation_options options = many(5000);
	struct trial_run r;

	(void)state;
	options.task_correlation = 1;
	open_run(&r, office, text, options);
	assert_within(r.s.tasks[0].mean, r.s.tasks[1].mean, 1e-9);
	assert_within(r.s.tasks[0].criticality, r.s.tasks[1].criticality, 1e-9);
	assert_within(r.s.tasks[0].criticality, 0.5, 0.03);
	assert_within(r.s.tasks[2].mean / 480, 12.5, 0.3);
	close_run(&r);
}

/* Two tasks of one person: one after the other when levelled, side by side when not. */
static void people_limit_the_dates(void **state)
{
	enum { N = 2000 };
	static const char text[] = "[resource li]\n[task A]\neffort = 8d/10d/12d\nassign = li\n"
				   "[task B]\neffort = 8d/10d/12d\nassign = li\n[task C]\nduration = 12d\n"
				   "[task M]\nmilestone = yes\ndepends = B, A\n";
	struct simulation_options options = many(N);
	struct trial_run one, two;

	(void)state;
	open_run(&one, office, text, options);
	assert_within(one.s.finish_mean / 480, 12, 0.01);
	close_run(&one);
	options.level = true;
	options.threads = 1;
	open_run(&one, office, text, options);
	assert_false(one.s.compact);
	assert_within(one.s.finish_mean / 480, 20, 4 * sqrt(2 * 16.0 / 28 / N));
	assert_int_equal(simulation_planned_finish(&one.s), at("2026-03-27 18:00"));
	for (size_t i = 0; i < one.s.task_count; i++)
		assert_true(one.s.tasks[i].criticality == (i == 2 ? 0 : 1));
	options.threads = 4;
	open_run(&two, office, text, options);
	assert_memory_equal(one.s.finish, two.s.finish, N * sizeof(int64_t));
	close_run(&two);
	close_run(&one);
}

static void same_for_any_threads(void **state)
{
	static const char text[] = "[task A]\nduration = 5d/10d/30d\n[task B]\neffort = 5d/10d/30d\n"
				   "[task C]\nduration = 1d/2d/9d\ndepends = A, B\n"
				   "[risk R-1]\ntitle = x\nprobability = 40%\nimpact_time = 1d/2d/10d\ntasks = A\n";
	struct trial_run one, three;
	struct simulation_options options = many(1000);

	(void)state;
	options.threads = 1;
	open_run(&one, office, text, options);
	options.threads = 3;
	open_run(&three, office, text, options);
	assert_memory_equal(one.s.cost, three.s.cost, 1000 * sizeof(decimal_t));
	assert_memory_equal(one.s.finish, three.s.finish, 1000 * sizeof(int64_t));
	for (size_t i = 0; i < one.s.task_count; i++)
		assert_memory_equal(&one.s.tasks[i], &three.s.tasks[i], sizeof(one.s.tasks[i]));
	close_run(&three);
	/* a run's draws do not depend on how many runs there are, nor on other tasks */
	options.runs = 100;
	open_run(&three, office, text, options);
	assert_memory_equal(one.s.finish, three.s.finish, 100 * sizeof(int64_t));
	close_run(&three);
	options.seed = 2;
	options.runs = 1000;
	open_run(&three, office, text, options);
	assert_true(memcmp(one.s.finish, three.s.finish, 1000 * sizeof(int64_t)) != 0);
	close_run(&three);
	close_run(&one);
}

static void stop_at_once(void *context, size_t done, size_t total)
{
	struct cancel *cancel = context;

	if (done < total)
		atomic_store(&cancel->requested, 1);
}

static void cancelled_runs_count(void **state)
{
	struct simulation_options options = many(100000);
	struct cancel cancel = { 0 };
	struct trial_run r;

	(void)state;
	options.cancel = &cancel;
	options.progress = stop_at_once;
	options.progress_context = &cancel;
	open_run(&r, office, "[task A]\nduration = 5d/10d/30d\n", options);
	assert_int_equal(r.status, 0);
	assert_true(r.s.runs > 0 && r.s.runs < 100000);
	assert_true(r.s.finish_deviation > 0);
	close_run(&r);
	options.progress = NULL;
	open_run(&r, office, "[task A]\nduration = 5d/10d/30d\n", options);
	assert_int_equal(r.status, ERR_CANCELLED);
	close_run(&r);
}

/* --- whole numbers against calendars, on random plans --- */

static uint64_t pick(uint64_t seed, uint64_t *counter, uint64_t below)
{
	return random_below(seed, 99, (*counter)++, below);
}

static void add_random_task(struct strbuf *text, uint64_t seed, uint64_t *c, int i)
{
	static const char *const types[] = { "FS", "SS", "FF", "SF" };
	int parents = i / 6;

	if (i % 6 == 0) {
		strbuf_addf(text, "[task P%d]\n", parents);
		if (parents > 0 && pick(seed, c, 3) == 0)
			strbuf_addf(text, "depends = P%d %s\n", (int)pick(seed, c, (uint64_t)parents), types[pick(seed, c, 3)]);
		if (pick(seed, c, 6) == 0)
			strbuf_addf(text, "not_before = 2026-03-%02d\n", (int)pick(seed, c, 28) + 1);
		return;
	}
	strbuf_addf(text, "[task T%d]\n", i);
	if (pick(seed, c, 4))
		strbuf_addf(text, "parent = P%d\n", parents);
	if (pick(seed, c, 9) == 0) {
		strbuf_add_str(text, "milestone = yes\n");
	} else {
		int low = (int)pick(seed, c, 5) * 4, likely = low + (int)pick(seed, c, 30), high = likely + (int)pick(seed, c, 60);

		strbuf_addf(text, "%s = %dh/%dh/%dh\n", pick(seed, c, 2) ? "duration" : "effort", low, likely, high);
		if (pick(seed, c, 3) == 0)
			strbuf_addf(text, "assign = li %d%%\n", (int)pick(seed, c, 4) * 25 + 25);
	}
	for (int k = 0, n = 0; k < 2; k++) {
		int from = (int)pick(seed, c, (uint64_t)i);

		if (from % 6 == 0 || pick(seed, c, 4) == 0)
			continue;
		strbuf_addf(text, "%sT%d %s%+dh", n++ ? ", " : "depends = ", from, types[pick(seed, c, 4)], (int)pick(seed, c, 30) - 10);
		if (k == 1 || from == i - 1)
			break;
	}
	strbuf_add_char(text, '\n');
	switch (pick(seed, c, 14)) {
	case 0:
		strbuf_addf(text, "not_before = 2026-03-%02d\n", (int)pick(seed, c, 28) + 1);
		break;
	case 1:
		strbuf_addf(text, "must_start = 2026-03-%02d 1%d:30\n", (int)pick(seed, c, 28) + 1, (int)pick(seed, c, 9));
		break;
	case 2:
		strbuf_addf(text, "must_finish = 2026-03-%02d\n", (int)pick(seed, c, 28) + 1);
		break;
	case 3:
		strbuf_addf(text, "finish_not_before = 2026-03-%02d\n", (int)pick(seed, c, 28) + 1);
		break;
	case 4:
		strbuf_addf(text, "levelling_delay = %dh\n", (int)pick(seed, c, 40));
		break;
	case 5:
		strbuf_addf(text, "actual_start = 2026-03-0%d\nprogress = %d%%\n", (int)pick(seed, c, 8) + 1, (int)pick(seed, c, 100));
		break;
	case 6:
		strbuf_addf(text, "actual_start = 2026-03-0%d\nremaining = %dh\n", (int)pick(seed, c, 8) + 1, (int)pick(seed, c, 30));
		break;
	case 7:
		strbuf_addf(text, "actual_start = 2026-03-01\nactual_finish = 2026-03-0%d\n", (int)pick(seed, c, 8) + 1);
		break;
	case 8:
		strbuf_add_str(text, "status = cancelled\n");
		break;
	default:
		break;
	}
}

static void random_text(struct strbuf *text, uint64_t seed)
{
	uint64_t c = 0;

	strbuf_addf(text, "[project]\nname = x\nstart = 2026-03-02\n%s%s[resource li]\nrate = 100/h\n",
		pick(seed, &c, 3) ? "" : "status_date = 2026-03-05\n", pick(seed, &c, 3) ? "" : "progress_logic = override\n");
	for (int i = 0; i < 30; i++)
		add_random_task(text, seed, &c, i);
	for (int i = 0; i < 4; i++)
		strbuf_addf(text, "[risk R-%d]\ntitle = x\nprobability = %d%%\nimpact_time = %dh\ntype = %s\ntasks = T%d, P%d\n", i,
			(int)pick(seed, &c, 100), (int)pick(seed, &c, 60), pick(seed, &c, 3) ? "threat" : "opportunity",
			(int)pick(seed, &c, 5) * 6 + 1 + (int)pick(seed, &c, 5), (int)pick(seed, &c, 5));
}

static void compare_passes(uint64_t seed, size_t *compiled)
{
	struct strbuf text;
	struct planned p;
	struct simulation whole, calendars;
	struct simulation_options options;
	struct err err;

	strbuf_init(&text);
	err_init(&err);
	random_text(&text, seed);
	planned_init(&p, text.buf);
	options = simulation_defaults(&p.options);
	options.runs = 40;
	options.threads = 1;
	if (p.status == 0) {
		assert_int_equal(simulation_run(&whole, &p.plan, &options, &err), 0);
		options.calendars_always = true;
		assert_int_equal(simulation_run(&calendars, &p.plan, &options, &err), 0);
		*compiled += whole.compact;
		for (size_t i = 0; i < 40; i++)
			if (simulation_moment(&whole, whole.finish[i]) != calendars.finish[i] || whole.cost[i] != calendars.cost[i])
				fail_msg("seed %d, run %d: %s", (int)seed, (int)i, text.buf);
		for (size_t i = 0; i < whole.task_count; i++)
			if (whole.tasks[i].criticality != calendars.tasks[i].criticality)
				fail_msg("seed %d: %.*s is critical in %g or %g: %s", (int)seed,
					(int)p.plan.records[whole.tasks[i].task]->id.len, p.plan.records[whole.tasks[i].task]->id.at,
					whole.tasks[i].criticality, calendars.tasks[i].criticality, text.buf);
		for (size_t i = 0; i < whole.date_count; i++)
			if (memcmp(whole.dates[i].percentile, calendars.dates[i].percentile, sizeof(whole.dates[i].percentile)))
				fail_msg("seed %d, date %d: %s", (int)seed, (int)i, text.buf);
		simulation_release(&whole);
		simulation_release(&calendars);
	}
	planned_release(&p);
	err_release(&err);
	strbuf_release(&text);
}

static void whole_numbers_as_calendars(void **state)
{
	size_t compiled = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++)
		compare_passes(seed, &compiled);
	assert_true(compiled > 150);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wheatstone_bridge),
		cmocka_unit_test(maxima_of_normals),
		cmocka_unit_test(sums_of_triangulars),
		cmocka_unit_test(pert_case_as_normal),
		cmocka_unit_test(without_variance),
		cmocka_unit_test(buffers_absorb),
		cmocka_unit_test(risks_are_events),
		cmocka_unit_test(options_for_risks),
		cmocka_unit_test(costs_follow_effort),
		cmocka_unit_test(facts_do_not_vary),
		cmocka_unit_test(correlated_estimates),
		cmocka_unit_test(people_limit_the_dates),
		cmocka_unit_test(same_for_any_threads),
		cmocka_unit_test(cancelled_runs_count),
		cmocka_unit_test(whole_numbers_as_calendars),
	};

	return cmocka_run_group_tests_name("simulate/simulate", tests, NULL, NULL);
}
