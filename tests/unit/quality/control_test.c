/* Control charts and the numbers commands print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "quality/control.h"
#include "quality/reading.h"

#include <math.h>

static struct metric series(struct sample *samples, const double *values, size_t count)
{
	for (size_t i = 0; i < count; i++)
		samples[i] = (struct sample){ .when = (moment_t)i * MINUTES_PER_DAY, .value = decimal_from_double(values[i]) };
	return (struct metric){ .samples = samples, .count = count, .target = DECIMAL_NONE, .warn = DECIMAL_NONE, .fail = DECIMAL_NONE,
		.tolerance = DECIMAL_NONE };
}

static bool near(double a, double b)
{
	return fabs(a - b) < 0.00006;
}

/* NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flowrate. */
static void test_published_limits(void **state)
{
	static const double flow[] = { 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1 };
	struct sample samples[ARRAY_SIZE(flow)];
	struct metric metric = series(samples, flow, ARRAY_SIZE(flow));
	struct control control;

	(void)state;
	control_init(&control, &metric, MOMENT_NONE);
	assert_true(control.known);
	assert_true(near(control.centre, 50.81));
	assert_true(near(control.mean_range, 1.8778));
	assert_true(near(control.lower, 45.8159));
	assert_true(near(control.upper, 55.8041));
	assert_int_equal(control.signals.len, 0);
	control_release(&control);
}

/* Around 0 with σ 1: ten samples of ±0.564 have a moving range of 1.128; the limits come from them alone. */
static void has_only(const double *tail, size_t count, int rule)
{
	double values[40];
	struct sample samples[40];
	struct metric metric;
	struct control control;
	bool found = false;

	for (size_t i = 0; i < 10; i++)
		values[i] = i % 2 ? 0.564 : -0.564;
	memcpy(values + 10, tail, count * sizeof(*tail));
	metric = series(samples, values, 10 + count);
	control_init(&control, &metric, 9 * MINUTES_PER_DAY);
	assert_true(near(control.sigma, 1));
	for (size_t i = 0; i < control.signals.len; i++) {
		const struct control_signal *signal = vec_at(&control.signals, i);
		if (signal->rule == rule) {
			found = true;
			assert_int_equal(signal->at, 9 + count);
		}
	}
	assert_true(found == (rule > 0));
	if (rule <= 0)
		assert_int_equal(control.signals.len, 0);
	control_release(&control);
}

static void test_each_rule_at_the_end_of_its_pattern(void **state)
{
	static const double beyond[] = { 3.1 }, side[] = { 0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2 };
	static const double rising[] = { -0.9, -0.8, -0.4, 0, 0.3, 0.7 };
	static const double two[] = { 2.1, 0, 2.1 }, four[] = { 1.1, 1.1, 0.5, 1.1, 1.1 };
	static const double within[] = { 0.2, -0.1, -0.2, 0.1, 0.3 };
	static const double both[] = { 1.1, -1.1, 1.1, -1.1, 1.1, -1.1, -1.2, 1.2 };
	static const double swing[] = { -0.5, 0.5, -0.5, 0.5 };
	static const double fine[] = { 1.5 };

	(void)state;
	has_only(beyond, 1, 1);
	has_only(side, 8, 2); /* with the last of the ten it is nine */
	has_only(rising, 6, 3);
	has_only(swing, 4, 4);
	has_only(two, 3, 5);
	has_only(four, 5, 6);
	has_only(within, 5, 7);
	has_only(both, 8, 8);
	has_only(fine, 1, 0);
}

static void test_too_little_and_too_steady(void **state)
{
	static const double same[] = { 5, 5, 5, 5 }, one[] = { 5 };
	struct sample samples[4];
	struct metric metric = series(samples, same, 4);
	struct control control;

	(void)state;
	control_init(&control, &metric, MOMENT_NONE);
	assert_true(control.known);
	assert_true(near(control.upper, 5));
	assert_int_equal(control.signals.len, 0);
	control_release(&control);
	metric = series(samples, one, 1);
	control_init(&control, &metric, MOMENT_NONE);
	assert_false(control.known);
	control_release(&control);
	metric.count = 0;
	control_init(&control, &metric, MOMENT_NONE);
	assert_false(control.known);
	control_release(&control);
}

static void test_numbers_in_what_is_printed(void **state)
{
	static const struct {
		const char *text;
		double value; /* NAN: none */
	} cases[] = {
		{ "42\n", 42 }, { "81.5%", 81.5 }, { "TOTAL   1000   185   81.5%\n", 81.5 },
		{ "lines......: 81.5% (815 of 1000 lines)\n", 81.5 }, { "a 1\nb 2\n\n", 2 }, { "warming up 3\ndone\n", 3 },
		{ "-2.25", -2.25 }, { "1,234.5 ms", 1234.5 }, { "1e3", 1000 }, { "0.123456", 0.1235 }, { "took 12ms", 12 },
		{ "v2 sha256", NAN }, { "nothing", NAN }, { "", NAN }, { "1.2.3", 1.2 }, { "结果：7 个", 7 },
		{ "99999999999999999999", NAN }, { "x", NAN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		decimal_t value;
		bool found = reading_find(slice_of(cases[i].text), &value);

		if (found == (bool)isnan(cases[i].value) || (found && value != decimal_from_double(cases[i].value)))
			fail_msg("'%s' gives %s %f", cases[i].text, found ? "number" : "nothing", found ? decimal_to_double(value) : 0);
	}
}

static void test_a_number_alone(void **state)
{
	decimal_t value;

	(void)state;
	assert_true(reading_parse(slice_of("81.5%"), &value));
	assert_int_equal(value, 815000);
	assert_true(reading_parse(slice_of(" -3 "), &value));
	assert_false(reading_parse(slice_of("3 ms"), &value));
	assert_false(reading_parse(slice_of("many"), &value));
	assert_false(reading_parse(slice_of(""), &value));
	assert_false(reading_parse(slice_of("1..2"), &value));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_published_limits),
		cmocka_unit_test(test_each_rule_at_the_end_of_its_pattern),
		cmocka_unit_test(test_too_little_and_too_steady),
		cmocka_unit_test(test_numbers_in_what_is_printed),
		cmocka_unit_test(test_a_number_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
