#include "model/value_scan.h"

#include <assert.h>

struct scan scan_new(struct slice text, struct value_fault *fault)
{
	return (struct scan){ text, text, fault };
}

struct scan scan_part(const struct scan *whole, struct slice part)
{
	return (struct scan){ whole->text, part, whole->fault };
}

int scan_fault(const struct scan *scan, const char *id, const char *expected, struct slice found)
{
	if (!scan->fault)
		return -1;
	*scan->fault = (struct value_fault){
		.offset = found.at ? (size_t)(found.at - scan->text.at) : scan->text.len,
		.id = id,
		.expected = expected,
		.found = found,
	};
	return -1;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

int scan_fault_here(const struct scan *scan, const char *id, const char *expected)
{
	struct scan ahead = *scan;
	struct slice found;

	scan_blanks(&ahead);
	found = ahead.rest;
	for (size_t i = 0; i < found.len; i++)
		if (is_blank(found.at[i]) || found.at[i] == '\n' || (found.at[i] == ',' && i))
			found.len = i;
	return scan_fault(scan, id, expected, found);
}

int scan_fault_nested(const struct scan *scan, const struct value_fault *nested, struct slice part)
{
	if (!scan->fault)
		return -1;
	*scan->fault = *nested;
	scan->fault->offset = (size_t)(part.at - scan->text.at) + nested->offset;
	return -1;
}

void scan_blanks(struct scan *scan)
{
	while (scan->rest.len && is_blank(scan->rest.at[0])) {
		scan->rest.at++;
		scan->rest.len--;
	}
}

static void skip(struct scan *scan, size_t bytes)
{
	scan->rest.at += bytes;
	scan->rest.len -= bytes;
}

bool scan_char(struct scan *scan, char c)
{
	if (!scan->rest.len || scan->rest.at[0] != c)
		return false;
	skip(scan, 1);
	return true;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool scan_text(struct scan *scan, const char *text)
{
	size_t len = strlen(text);

	if (scan->rest.len < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (lower(scan->rest.at[i]) != lower(text[i]))
			return false;
	skip(scan, len);
	return true;
}

struct slice scan_peek_token(const struct scan *scan)
{
	struct slice token = { scan->rest.at, 0 };

	while (token.len < scan->rest.len && !is_blank(token.at[token.len]) &&
		token.at[token.len] != '\n')
		token.len++;
	return token;
}

struct slice scan_token(struct scan *scan)
{
	struct slice token = scan_peek_token(scan);

	skip(scan, token.len);
	return token;
}

struct slice scan_letters(struct scan *scan)
{
	struct slice word = { scan->rest.at, 0 };

	while (word.len < scan->rest.len && lower(word.at[word.len]) >= 'a' &&
		lower(word.at[word.len]) <= 'z')
		word.len++;
	skip(scan, word.len);
	return word;
}

bool scan_done(struct scan *scan)
{
	scan->rest = slice_trim(scan->rest);
	return !scan->rest.len;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool scan_at_number(const struct scan *scan)
{
	struct slice rest = scan->rest;

	if (rest.len && (rest.at[0] == '-' || rest.at[0] == '+'))
		rest = slice_from(rest, 1);
	return rest.len && is_digit(rest.at[0]);
}

int scan_decimal(struct scan *scan, decimal_t *out, const char *expected)
{
	struct slice number = { scan->rest.at, 0 };

	if (!scan_at_number(scan))
		return scan_fault_here(scan, "value-syntax", expected);
	for (number.len = 1; number.len < scan->rest.len; number.len++)
		if (!is_digit(number.at[number.len]) && number.at[number.len] != '.')
			break;
	switch (decimal_parse(number, out)) {
	case DECIMAL_OK: skip(scan, number.len); return 0;
	case DECIMAL_RANGE: return scan_fault(scan, "value-range", N_("a smaller number"), number);
	case DECIMAL_PRECISION:
		return scan_fault(
			scan, "value-precision", N_("at most 4 digits after the point"), number);
	case DECIMAL_SYNTAX: break;
	}
	return scan_fault(scan, "value-syntax", expected, number);
}

int scan_item(struct scan *scan, struct scan *item)
{
	while (scan->rest.len) {
		struct slice rest = scan->rest;
		size_t end = 0;

		while (end < rest.len && rest.at[end] != ',' && rest.at[end] != '\n')
			end++;
		scan->rest = slice_from(rest, end + 1);
		*item = scan_part(scan, slice_trim(slice_new(rest.at, end)));
		if (item->rest.len)
			return 1;
		if (end < rest.len && rest.at[end] == ',')
			return scan_fault(scan, "value-empty", N_("an item before the comma"),
				slice_new(rest.at + end, 1));
	}
	return 0;
}

size_t scan_count_items(struct slice text, const char *separators)
{
	char a = separators[0], b = a && separators[1] ? separators[1] : a;
	size_t count = 1;

	for (const char *at = text.at, *end = at + text.len; at < end; at++)
		count += (size_t)(*at == a) | (size_t)(*at == b);
	return count;
}
