/* The optimiser against brute force on random small instances, judged by tests/support/fits.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/fits.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SMALL = 7, LARGE = 60, LINKS = 400, STEPS = 3 };

struct made {
	int32_t duration[LARGE], release[LARGE], due[LARGE], weight[LARGE];
	struct solve_link links[LINKS];
	struct solve_step steps[STEPS];
	struct solve_resource resources[5];
	struct solve_demand demands[5 * LARGE];
	struct solve_problem problem;
	uint64_t seed, drawn;
};

static int32_t roll(struct made *m, int32_t from, int32_t to)
{
	return from + (int32_t)random_below(m->seed, 11, m->drawn++, (uint64_t)(to - from + 1));
}

static void make_links(struct made *m, uint32_t n)
{
	for (uint32_t to = 1; to < n; to++)
		for (int k = 0; k < 2 && m->problem.link_count < LINKS; k++) {
			uint32_t from = (uint32_t)roll(m, 0, (int32_t)to - 1);
			int32_t lag = m->duration[from];

			if (roll(m, 0, 3) == 0)
				continue;
			if (roll(m, 0, 3) == 0)
				lag = roll(m, 0, 2 * lag);
			m->links[m->problem.link_count++] = (struct solve_link){ from, to, lag };
		}
}

static void make_resources(struct made *m, uint32_t n)
{
	m->problem.resource_count = (uint32_t)roll(m, 1, 5);
	for (uint32_t r = 0; r < m->problem.resource_count; r++) {
		m->resources[r].capacity = roll(m, 1, 2) == 1 ? roll(m, 4, 9) : 1000 * roll(m, 3, 9);
		for (uint32_t i = 0; i < n; i++) {
			int32_t least = m->resources[r].capacity / 2;

			if (roll(m, 0, 2))
				m->demands[m->problem.demand_count++] = (struct solve_demand){ i, r, roll(m, 1, least) };
		}
	}
}

/* Wavy: capacity comes and goes, and activities are released late. */
static void make(struct made *m, uint64_t seed, uint32_t n, bool wavy)
{
	memset(m, 0, sizeof(*m));
	m->seed = seed;
	for (uint32_t i = 0; i < n; i++) {
		m->duration[i] = roll(m, 0, 6);
		m->release[i] = roll(m, 0, 5) ? 0 : roll(m, 0, 12);
		m->due[i] = roll(m, 0, 2) ? roll(m, 3, 20) : SOLVE_NO_DUE;
		m->weight[i] = roll(m, 1, 9);
	}
	make_links(m, n);
	make_resources(m, n);
	if (wavy) {
		m->steps[0] = (struct solve_step){ 3, m->resources[0].capacity / 2 };
		m->steps[1] = (struct solve_step){ 7, 0 };
		m->steps[2] = (struct solve_step){ 9, m->resources[0].capacity };
		m->resources[0].steps = m->steps;
		m->resources[0].step_count = STEPS;
		m->problem.release = m->release;
	}
	m->problem.activity_count = n;
	m->problem.duration = m->duration;
	m->problem.links = m->links;
	m->problem.resources = m->resources;
	m->problem.demands = m->demands;
	m->problem.weight = m->weight;
}

static void solve_well(const struct made *m, const struct solve_options *options, struct solve_result *result)
{
	struct strbuf why;
	struct err err;

	strbuf_init(&why);
	err_init(&err);
	assert_int_equal(solve(&m->problem, options, result, &err), 0);
	if (!fits_problem(&m->problem, result->start, &why))
		fail_msg("seed %lu: %s", (unsigned long)m->seed, why.buf);
	assert_int_equal(result->finish, fits_finish(&m->problem, result->start));
	assert_true(result->bound <= result->objective);
	assert_true(result->finish_bound <= result->finish);
	assert_int_equal(result->optimal, result->bound == result->objective);
	strbuf_release(&why);
}

static void small_are_proved(void **state)
{
	struct solve_options options = { .schedules = 3000, .threads = 1 };
	int proved = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 300; seed++) {
		struct solve_result result;
		struct made m;
		int64_t best;

		make(&m, seed, (uint32_t)(1 + seed % SMALL), seed % 3 == 2);
		solve_well(&m, &options, &result);
		best = fits_best(&m.problem);
		if (result.objective != best || result.bound > best)
			fail_msg("seed %lu: found %ld, bound %ld, the best is %ld", (unsigned long)seed,
				(long)result.objective, (long)result.bound, (long)best);
		proved += result.optimal;
		solve_result_release(&result);
	}
	assert_int_equal(proved, 300);
}

static void small_lateness(void **state)
{
	struct solve_options options = { .objective = SOLVE_LATENESS, .schedules = 2000, .threads = 1 };

	(void)state;
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct solve_result result;
		struct made m;

		make(&m, seed, (uint32_t)(1 + seed % SMALL), seed % 2);
		m.problem.due = m.due;
		solve_well(&m, &options, &result);
		assert_int_equal(result.objective, fits_best(&m.problem));
		solve_result_release(&result);
	}
}

static void large_fit(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 24; seed++) {
		struct solve_options options = { .objective = seed % 3 ? SOLVE_FINISH : SOLVE_LATENESS, .schedules = 500, .threads = 2, .seed = seed };
		struct solve_result result;
		struct made m;

		make(&m, seed, LARGE, seed % 2);
		m.problem.due = m.due;
		solve_well(&m, &options, &result);
		assert_true(result.optimal || result.schedules == 500);
		solve_result_release(&result);
	}
}

static void lags_of_any_sign(void **state)
{
	struct solve_options options = { .schedules = 800, .threads = 1 };

	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		struct solve_result result;
		struct made m;

		make(&m, seed, 20, false);
		for (uint32_t k = 0; k < m.problem.link_count; k += 3)
			m.links[k].lag = -(int32_t)(k % 7);
		solve_well(&m, &options, &result);
		solve_result_release(&result);
	}
}

static void same_for_any_threads(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 6; seed++) {
		struct solve_options options = { .schedules = 1500, .threads = 1, .seed = seed };
		struct solve_result one, two;
		struct made m;

		make(&m, 100 + seed, LARGE, seed % 2);
		solve_well(&m, &options, &one);
		options.threads = 2;
		solve_well(&m, &options, &two);
		assert_memory_equal(one.start, two.start, sizeof(int32_t) * LARGE);
		assert_int_equal(one.bound, two.bound);
		assert_int_equal(one.schedules, two.schedules);
		solve_result_release(&one);
		solve_result_release(&two);
	}
}

static double now(void *context)
{
	struct timespec t;

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void time_and_cancel(void **state)
{
	struct cancel cancel = { 1 };
	struct solve_options options = { .cancel = &cancel };
	struct solve_result result;
	struct made m;
	double began;

	(void)state;
	make(&m, 5, LARGE, true);
	solve_well(&m, &options, &result); /* stopped before it began: there is a schedule all the same */
	solve_result_release(&result);
	options = (struct solve_options){ .seconds = 0.05, .clock = now };
	began = now(NULL);
	solve_well(&m, &options, &result);
	assert_true(now(NULL) - began < 5);
	solve_result_release(&result);
}

static void refused(void **state)
{
	struct solve_options options = { .schedules = 10 };
	struct solve_result result;
	struct made m;
	struct err err;

	(void)state;
	err_init(&err);
	make(&m, 1, 4, false);
	m.links[0] = (struct solve_link){ 2, 1, 0 };
	m.links[1] = (struct solve_link){ 1, 2, 0 };
	m.problem.link_count = 2;
	assert_int_equal(solve(&m.problem, &options, &result, &err), ERR_INPUT);
	solve_result_release(&result);
	err_release(&err);
	make(&m, 1, 4, false);
	m.duration[0] = 1;
	m.demands[0] = (struct solve_demand){ 0, 0, m.resources[0].capacity + 1 };
	assert_int_equal(solve(&m.problem, &options, &result, &err), ERR_INPUT);
	solve_result_release(&result);
	err_release(&err);
}

static void nothing_to_do(void **state)
{
	struct solve_options options = { .schedules = 10 };
	struct solve_problem problem = { .activity_count = 0 };
	struct solve_result result;
	struct err err;

	(void)state;
	err_init(&err);
	assert_int_equal(solve(&problem, &options, &result, &err), 0);
	assert_int_equal(result.finish, 0);
	assert_true(result.optimal);
	solve_result_release(&result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_are_proved),
		cmocka_unit_test(small_lateness),
		cmocka_unit_test(large_fit),
		cmocka_unit_test(lags_of_any_sign),
		cmocka_unit_test(same_for_any_threads),
		cmocka_unit_test(time_and_cancel),
		cmocka_unit_test(refused),
		cmocka_unit_test(nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
