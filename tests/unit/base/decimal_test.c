#include "base/decimal.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_fault(const char *text, enum decimal_fault fault)
{
	decimal_t value = 42;

	assert_int_equal(decimal_parse(slice_of(text), &value), fault);
	assert_int_equal(value, 42);
}

static void check_print(const char *text, int digits, const char *expected)
{
	struct strbuf out;
	decimal_t value = 0;

	strbuf_init(&out);
	assert_int_equal(decimal_parse(slice_of(text), &value), DECIMAL_OK);
	decimal_print(&out, value, digits);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void reads_and_prints(void **state)
{
	(void)state;
	check_print("12.5", 2, "12.50");
	check_print("12.5", 0, "12.5");
	check_print("12", 0, "12");
	check_print("-0.0001", 2, "-0.0001");
	check_print("0.1000000", 0, "0.1");
	check_print("+7", 4, "7.0000");
	check_print("-0", 2, "0.00");
	check_print("922337203685477.5807", 2, "922337203685477.5807");
	check_print("-922337203685477.5807", 0, "-922337203685477.5807");
	check_print("000000000000000000000000012", 0, "12");
}

static void refuses(void **state)
{
	static const char *const syntax[] = { "", "-", "+", ".5", "5.", "1e3", "1,200", "1 200", "--1", "1.2.3",
		"０", "0x10", " 1", "1-", "1.-5" };

	(void)state;
	for (size_t i = 0; i < sizeof(syntax) / sizeof(*syntax); i++)
		check_fault(syntax[i], DECIMAL_SYNTAX);
	check_fault("1.00001", DECIMAL_PRECISION);
	check_fault("922337203685477.5808", DECIMAL_RANGE);
	check_fault("99999999999999999999999999", DECIMAL_RANGE);
	check_fault("1844674407370955.1617", DECIMAL_RANGE); /* wraps in 64 bits */
}

static void scales_half_away_from_zero(void **state)
{
	(void)state;
	assert_int_equal(decimal_scale(5, 1, 2), 3);
	assert_int_equal(decimal_scale(-5, 1, 2), -3);
	assert_int_equal(decimal_scale(5, -1, 2), -3);
	assert_int_equal(decimal_scale(5, 1, -2), -3);
	assert_int_equal(decimal_scale(-5, 1, -2), 3);
	assert_int_equal(decimal_scale(1, 1, 3), 0);
	assert_int_equal(decimal_scale(2, 1, 3), 1);
	assert_int_equal(decimal_scale(0, 7, 3), 0);
	assert_true(decimal_scale(INT64_MAX, INT64_MAX, 1) == INT64_MAX);
	assert_true(decimal_scale(INT64_MAX, -INT64_MAX, 1) == -INT64_MAX);
	assert_true(decimal_scale(INT64_MAX, INT64_MAX, INT64_MAX) == INT64_MAX);
}

/* The short way and the long one (any negative divisor) agree, also where the short one ends. */
static void both_ways_of_scaling_agree(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 20000; i++) {
		int64_t a = (int64_t)random_at(1, 0, i) >> random_below(1, 1, i, 63);
		int64_t numerator = (int64_t)random_at(1, 2, i) >> random_below(1, 3, i, 63);
		int64_t divisor = 1 + (int64_t)random_below(1, 4, i, i % 2 ? 20 : 1000000);

		if (a != INT64_MIN)
			assert_true(decimal_scale(a, numerator, divisor) == decimal_scale(-a, numerator, -divisor));
	}
	assert_int_equal(decimal_scale(7, 1, 2), decimal_scale(-7, 1, -2));
}

static void sums_saturate(void **state)
{
	decimal_t sum;

	(void)state;
	assert_true(decimal_add(1, -2, &sum) && sum == -1);
	assert_false(decimal_add(INT64_MAX, 1, &sum));
	assert_true(sum == INT64_MAX);
	assert_false(decimal_add(-INT64_MAX, -1, &sum));
	assert_true(sum == -INT64_MAX); /* never DECIMAL_NONE */
	assert_true(decimal_from_integer(INT64_MAX) == INT64_MAX);
	assert_true(decimal_from_integer(-3) == -30000);
}

static void doubles(void **state)
{
	(void)state;
	assert_true(decimal_from_double(0.1) == 1000);
	assert_true(decimal_from_double(-1.00005) == -10001);
	assert_true(decimal_from_double(1e300) == INT64_MAX);
	assert_true(decimal_from_double(-1e300) == -INT64_MAX);
	assert_true(decimal_from_double(__builtin_nan("")) == DECIMAL_NONE);
	assert_true(decimal_to_double(12500) == 1.25);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_prints),
		cmocka_unit_test(refuses),
		cmocka_unit_test(scales_half_away_from_zero),
		cmocka_unit_test(both_ways_of_scaling_agree),
		cmocka_unit_test(sums_saturate),
		cmocka_unit_test(doubles),
	};

	return cmocka_run_group_tests_name("base/decimal", tests, NULL, NULL);
}
