#include "quality/reading.h"

#include <math.h>
#include <stdlib.h>

enum { NUMBER_MOST = 40 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Through a double only where decimals cannot: more than four digits behind the point, an exponent. */
static bool to_decimal(const char *digits, decimal_t *out)
{
	enum decimal_fault fault = decimal_parse(slice_of(digits), out);
	char *end;
	double value;

	if (fault == DECIMAL_OK)
		return true;
	if (fault == DECIMAL_RANGE)
		return false;
	value = strtod(digits, &end);
	if (*end || !(fabs(value) < 9e14))
		return false;
	*out = decimal_from_double(value);
	return true;
}

/* Length of the number that text begins with, 0: none. Its digits without separators go to `digits`. */
static size_t number_at(struct slice text, char digits[NUMBER_MOST])
{
	size_t i = 0, n = 0, whole = 0;
	bool point = false;

	if (i < text.len && (text.at[i] == '-' || text.at[i] == '+')) {
		if (text.at[i] == '-')
			digits[n++] = '-';
		i++;
	}
	for (; i < text.len && n + 1 < NUMBER_MOST; i++) {
		bool follows = i + 1 < text.len && is_digit(text.at[i + 1]);

		if (is_digit(text.at[i]))
			whole++;
		else if (text.at[i] == '.' && !point && follows && whole)
			point = true;
		else if (text.at[i] == ',' && !point && whole && i + 3 < text.len && is_digit(text.at[i + 1]) &&
			is_digit(text.at[i + 2]) && is_digit(text.at[i + 3]))
			continue;
		else
			break;
		digits[n++] = text.at[i];
	}
	digits[n] = '\0';
	return whole ? i : 0;
}

/* With an exponent behind it: "1e3", "2.5E-1". */
static size_t exponent_at(struct slice text, size_t at, char digits[NUMBER_MOST])
{
	size_t n = strlen(digits), i = at + 1;

	if (at >= text.len || (text.at[at] != 'e' && text.at[at] != 'E'))
		return at;
	if (i < text.len && (text.at[i] == '-' || text.at[i] == '+'))
		i++;
	if (i >= text.len || !is_digit(text.at[i]))
		return at;
	while (i < text.len && is_digit(text.at[i]))
		i++;
	if (n + (i - at) + 1 >= NUMBER_MOST)
		return at;
	memcpy(digits + n, text.at + at, i - at);
	digits[n + (i - at)] = '\0';
	return i;
}

/* The line's number: that with a per cent sign, else the first. */
static bool line_number(struct slice line, decimal_t *out)
{
	char digits[NUMBER_MOST];
	bool found = false;

	for (size_t i = 0; i < line.len;) {
		size_t len = number_at(slice_from(line, i), digits), end;
		bool named = i > 0 && (is_letter(line.at[i - 1]) || is_digit(line.at[i - 1]));
		decimal_t value;

		if (!len) {
			i++;
			continue;
		}
		end = i + exponent_at(slice_from(line, i), len, digits);
		if (!named && !(end < line.len && is_letter(line.at[end]) && line.at[end] != 'm' && line.at[end] != 's') &&
			to_decimal(digits, &value)) {
			bool percent = end < line.len && line.at[end] == '%';
			if (!found || percent)
				*out = value;
			found = true;
			if (percent)
				return true;
		}
		i = end;
	}
	return found;
}

bool reading_find(struct slice output, decimal_t *out)
{
	struct slice rest = output, line;
	bool found = false;
	decimal_t value;

	while (slice_next(&rest, "\n\r", &line))
		if (line_number(line, &value)) {
			*out = value;
			found = true;
		}
	return found;
}

bool reading_parse(struct slice text, decimal_t *out)
{
	char digits[NUMBER_MOST];
	size_t len;

	text = slice_trim(text);
	len = number_at(text, digits);
	if (!len)
		return false;
	len = exponent_at(text, len, digits);
	if (len < text.len && text.at[len] == '%')
		len++;
	return len == text.len && to_decimal(digits, out);
}
