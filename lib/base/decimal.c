#include "base/decimal.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>

enum { INTEGER_DIGITS = 20, FRACTION_DIGITS = 4 };

__extension__ typedef __int128 wide;

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads digits into *magnitude (which has room for 2^63 and no more); false when it overflows. */
static bool read_digits(struct slice digits, uint64_t *magnitude)
{
	enum { SAFE_DIGITS = 14 }; /* with a fraction of four digits behind them: below 2^63 */

	if (digits.len <= SAFE_DIGITS && *magnitude == 0) {
		for (size_t i = 0; i < digits.len; i++)
			*magnitude = *magnitude * 10 + (uint64_t)(digits.at[i] - '0');
		return true;
	}
	for (size_t i = 0; i < digits.len; i++) {
		if (__builtin_mul_overflow(*magnitude, 10u, magnitude))
			return false;
		if (__builtin_add_overflow(*magnitude, (uint64_t)(digits.at[i] - '0'), magnitude))
			return false;
	}
	return true;
}

static size_t count_digits(struct slice text)
{
	size_t count = 0;

	while (count < text.len && is_digit(text.at[count]))
		count++;
	return count;
}

static const uint64_t powers_of_ten[] = { 1, 10, 100, 1000, 10000 };

enum decimal_fault decimal_parse(struct slice text, decimal_t *out)
{
	bool negative = text.len && text.at[0] == '-';
	struct slice whole, fraction = { 0 };
	uint64_t magnitude = 0;

	text = slice_from(text, negative || (text.len && text.at[0] == '+'));
	whole = slice_new(text.at, count_digits(text));
	if (!whole.len)
		return DECIMAL_SYNTAX;
	text = slice_from(text, whole.len);
	if (text.len) {
		fraction = slice_from(text, 1);
		if (text.at[0] != '.' || !fraction.len || count_digits(fraction) != fraction.len)
			return DECIMAL_SYNTAX;
		while (fraction.len > FRACTION_DIGITS && fraction.at[fraction.len - 1] == '0')
			fraction.len--;
	}
	if (fraction.len > FRACTION_DIGITS)
		return DECIMAL_PRECISION;
	if (!read_digits(whole, &magnitude) || !read_digits(fraction, &magnitude) ||
		__builtin_mul_overflow(magnitude, powers_of_ten[FRACTION_DIGITS - fraction.len], &magnitude) ||
		magnitude > INT64_MAX)
		return DECIMAL_RANGE;
	*out = negative ? -(decimal_t)magnitude : (decimal_t)magnitude;
	return DECIMAL_OK;
}

void decimal_print(struct strbuf *out, decimal_t value, int digits)
{
	uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	uint64_t whole = magnitude / DECIMAL_ONE, fraction = magnitude % DECIMAL_ONE;
	char text[INTEGER_DIGITS + FRACTION_DIGITS + 3];
	char *at = text + sizeof(text);
	int len = FRACTION_DIGITS;

	assert(digits >= 0 && digits <= FRACTION_DIGITS);
	for (; len > digits && fraction % 10 == 0; len--)
		fraction /= 10;
	for (int i = 0; i < len; i++, fraction /= 10)
		*--at = (char)('0' + fraction % 10);
	if (len)
		*--at = '.';
	do {
		*--at = (char)('0' + whole % 10);
		whole /= 10;
	} while (whole);
	if (value < 0)
		*--at = '-';
	strbuf_add(out, at, (size_t)(text + sizeof(text) - at));
}

static decimal_t saturate(wide value)
{
	if (value > INT64_MAX)
		return INT64_MAX;
	if (value < -INT64_MAX)
		return -INT64_MAX; /* INT64_MIN is DECIMAL_NONE */
	return (decimal_t)value;
}

decimal_t decimal_from_integer(int64_t value)
{
	return saturate((wide)value * DECIMAL_ONE);
}

decimal_t decimal_from_double(double value)
{
	double scaled = round(value * DECIMAL_ONE);

	if (isnan(scaled))
		return DECIMAL_NONE;
	if (scaled >= 9223372036854775807.0)
		return INT64_MAX;
	if (scaled <= -9223372036854775807.0)
		return -INT64_MAX;
	return (decimal_t)scaled;
}

double decimal_to_double(decimal_t value)
{
	return (double)value / DECIMAL_ONE;
}

int64_t decimal_common_divisor(int64_t a, int64_t b)
{
	a = a < 0 ? -a : a;
	b = b < 0 ? -b : b;
	while (b) {
		int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

decimal_t decimal_scale(decimal_t a, int64_t numerator, int64_t denominator)
{
	wide product = (wide)a * numerator, quotient, rest, size;

	assert(denominator);
	/* Nearly always small enough for one division of the processor's. */
	if (product > -INT64_MAX / 4 && product < INT64_MAX / 4 && denominator > 0) {
		int64_t small = (int64_t)product, left = small % denominator;
		int64_t away = (left < 0 ? -left : left) >= denominator - (left < 0 ? -left : left);

		return small / denominator + (small < 0 ? -away : away);
	}
	quotient = product / denominator;
	rest = product % denominator;
	size = denominator < 0 ? -(wide)denominator : denominator;
	if ((rest < 0 ? -rest : rest) * 2 >= size)
		quotient += (product < 0) == (denominator < 0) ? 1 : -1;
	return saturate(quotient);
}

bool decimal_add(decimal_t a, decimal_t b, decimal_t *sum)
{
	wide exact = (wide)a + b;

	*sum = saturate(exact);
	return *sum == exact;
}
