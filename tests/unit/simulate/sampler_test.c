/* Samplers against the quantile functions of plan/estimate, and against moments known exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/random.h"
#include "simulate/portable-internal.h"
#include "simulate/sampler.h"
#include "simulate/statistics.h"

#include <math.h>
#include <stdlib.h>

static struct estimate points(int64_t o, int64_t m, int64_t p)
{
	return (struct estimate){ o, m, p, true, false };
}

static void assert_within(double got, double wanted, double tolerance)
{
	if (!(fabs(got - wanted) <= tolerance))
		fail_msg("%.12g is not within %g of %.12g", got, tolerance, wanted);
}

static void elementary_functions(void **state)
{
	(void)state;
	for (int i = -3000; i <= 3000; i++) {
		double x = i / 10.0, e = exp(x);

		assert_within(portable_exp(x) / e, 1, 4e-15 * (1 + fabs(x) / 10));
		assert_within(portable_log(e), log(e), 4e-15 * (1 + fabs(x)));
	}
	for (int i = -80; i <= 80; i++) {
		double z = i / 10.0, p = 0.5 * erfc(-z / sqrt(2));

		assert_within(portable_normal(z), p, 1e-15 + 1e-12 * p);
		if (p < 1 - 1e-9)
			assert_within(portable_normal_quantile(p), z, 1e-9 * (1 + 1e-6 / (1 - p)));
	}
	assert_within(portable_normal_quantile(0.975), 1.959963984540054, 1e-13);
	assert_true(portable_exp(-1000) == 0);
}

/* Largest distance from the quantile function over a grid that reaches far into both tails. */
static double distance(const struct estimate *e, enum distribution d, struct sampler_tables *tables)
{
	struct sampler s;
	double worst = 0;

	sampler_init(&s, tables, e, d);
	for (int i = 1; i < 2000; i++) {
		double tail = pow(0.5, i / 125.0), u = i % 2 ? tail : 1 - tail, got;

		sampler_fill(&s, &u, 1, &got);
		worst = fmax(worst, fabs(got - estimate_quantile(e, d, u)));
	}
	return worst;
}

static void follow_the_quantile_functions(void **state)
{
	static const int64_t likely[] = { 10000, 10001, 11000, 13333, 15000, 18000, 19990, 20000 };
	struct sampler_tables tables;

	(void)state;
	sampler_tables_init(&tables);
	for (size_t i = 0; i < ARRAY_SIZE(likely); i++) {
		struct estimate e = points(10000, likely[i], 20000);

		for (int d = DISTRIBUTION_PERT; d <= DISTRIBUTION_FIXED; d++)
			assert_within(distance(&e, (enum distribution)d, &tables), 0, d == DISTRIBUTION_PERT ? 1 : 0.5);
	}
	sampler_tables_release(&tables);
}

/* A larger number never gives a smaller value; the ends are reached and not passed. */
static void never_decrease(void **state)
{
	struct estimate e = points(480, 960, 4800);
	struct sampler_tables tables;

	(void)state;
	sampler_tables_init(&tables);
	for (int d = DISTRIBUTION_PERT; d <= DISTRIBUTION_FIXED; d++) {
		struct sampler s;
		double last = 0;

		sampler_init(&s, &tables, &e, (enum distribution)d);
		for (int i = 0; i < 200000; i++) {
			double u = (i + 0.5) / 200000, got;

			sampler_fill(&s, &u, 1, &got);
			assert_true(got >= last);
			last = got;
			if (d == DISTRIBUTION_PERT || d == DISTRIBUTION_TRIANGULAR || d == DISTRIBUTION_UNIFORM)
				assert_true(got >= 480 && got <= 4800);
		}
	}
	sampler_tables_release(&tables);
}

/* Kolmogorov's distance of 100,000 samples from the distribution; 1.95 / √n is passed once in 1,000 tries, and the seed is fixed. */
static void samples_are_distributed(void **state)
{
	enum { N = 100000 };
	struct estimate e = points(1000000, 3000000, 9000000);
	struct sampler_tables tables;
	double *u = xcalloc(N, sizeof(*u)), *values = xcalloc(N, sizeof(*values));
	int64_t *whole = xcalloc(N, sizeof(*whole));
	uint32_t *order = xcalloc(N, sizeof(*order));
	void *scratch = xmalloc(statistics_scratch_bytes(N));

	(void)state;
	sampler_tables_init(&tables);
	for (int d = DISTRIBUTION_PERT; d < DISTRIBUTION_FIXED; d++) {
		struct sampler s;
		double worst = 0;

		for (size_t i = 0; i < N; i++)
			u[i] = random_unit(7, (uint64_t)d, i) + 0x1p-54;
		sampler_init(&s, &tables, &e, (enum distribution)d);
		sampler_fill(&s, u, N, values);
		for (size_t i = 0; i < N; i++)
			whole[i] = (int64_t)(values[i] + 0.5);
		sort_indexes(whole, N, order, scratch);
		for (int k = 1; k < 100; k++) {
			double point = estimate_quantile(&e, (enum distribution)d, k / 100.0);
			size_t below = 0;

			while (below < N && (double)whole[order[below]] <= point)
				below++;
			worst = fmax(worst, fabs((double)below / N - k / 100.0));
		}
		assert_within(worst, 0, 1.95 / sqrt(N));
	}
	free(u);
	free(values);
	free(whole);
	free(order);
	free(scratch);
	sampler_tables_release(&tables);
}

/* Means and deviations by the midpoint rule over the quantile function. */
static void moments(void **state)
{
	enum { N = 1000000 };
	static const struct {
		enum distribution distribution;
		double mean, deviation;
	} wanted[] = {
		/* 1000, 2000, 6000: PERT mean 2500, variance (mean - o)(p - mean)/7; triangular (o² + m² + p² - om - op - mp)/18 */
		{ DISTRIBUTION_PERT, 2500, 866.0254037844386 },
		{ DISTRIBUTION_TRIANGULAR, 3000, 1080.123449734643 },
		{ DISTRIBUTION_NORMAL, 2500.4, 832.5 },
		{ DISTRIBUTION_LOGNORMAL, 2500, 833.3333333 },
		{ DISTRIBUTION_EXPONENTIAL, 2500, 2500 },
		{ DISTRIBUTION_UNIFORM, 3500, 1443.375672974065 },
		{ DISTRIBUTION_FIXED, 2000, 0 },
	};
	struct estimate e = points(1000, 2000, 6000);
	struct sampler_tables tables;

	(void)state;
	sampler_tables_init(&tables);
	for (size_t w = 0; w < ARRAY_SIZE(wanted); w++) {
		struct sampler s;
		double sum = 0, squares = 0;

		sampler_init(&s, &tables, &e, wanted[w].distribution);
		for (int i = 0; i < N; i++) {
			double u = (i + 0.5) / N, value;

			sampler_fill(&s, &u, 1, &value);
			sum += value;
			squares += value * value;
		}
		assert_within(sum / N, wanted[w].mean, 0.6);
		assert_within(sqrt(fmax(0, squares / N - sum / N * sum / N)), wanted[w].deviation, 1.5);
	}
	sampler_tables_release(&tables);
}

static void order_and_ranks(void **state)
{
	int64_t values[] = { 5, -3, INT64_MAX, 5, 0, INT64_MIN + 1, 5 };
	uint32_t order[7], wanted[] = { 5, 1, 4, 0, 3, 6, 2 };
	float ranks[7], other[] = { 1, 2, 3, 4, 5, 6, 7 }, flat[] = { 4, 4, 4, 4, 4, 4, 4 };
	char scratch[400];

	(void)state;
	assert_true(statistics_scratch_bytes(7) <= sizeof(scratch));
	sort_indexes(values, 7, order, scratch);
	assert_memory_equal(order, wanted, sizeof(order));
	ranks_of(values, order, 7, ranks);
	assert_true(ranks[0] == 5 && ranks[3] == 5 && ranks[6] == 5 && ranks[5] == 1 && ranks[2] == 7);
	assert_within(rank_correlation(other, other, 7), 1, 1e-12);
	assert_true(rank_correlation(other, flat, 7) == 0);
	sort_indexes(values, 0, order, scratch);
	assert_int_equal(quantile_position(0.5, 10), 4);
	assert_int_equal(quantile_position(0.9, 10), 8);
	assert_int_equal(quantile_position(0.91, 10), 9);
	assert_int_equal(quantile_position(0.001, 10), 0);
	assert_int_equal(quantile_position(1, 10), 9);
	assert_int_equal(quantile_position(0.8, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(elementary_functions),
		cmocka_unit_test(follow_the_quantile_functions),
		cmocka_unit_test(never_decrease),
		cmocka_unit_test(samples_are_distributed),
		cmocka_unit_test(moments),
		cmocka_unit_test(order_and_ranks),
	};

	return cmocka_run_group_tests_name("simulate/sampler", tests, NULL, NULL);
}
