#include "base/netstring.h"

/* Whole states are written this way: printf would be half of the cost. */
static void add_length(struct strbuf *out, size_t length)
{
	char digits[24];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + length % 10);
	while (length /= 10);
	strbuf_add(out, digits + at, sizeof(digits) - at);
}

void netstring_add(struct strbuf *out, struct slice value)
{
	if (!value.at) {
		strbuf_add_str(out, "-,");
		return;
	}
	add_length(out, value.len);
	strbuf_add_char(out, ':');
	strbuf_add_slice(out, value);
	strbuf_add_char(out, ',');
}

/* The digits in front of the ':'; false when there are none, too many, or a zero leads. */
static bool take_length(struct slice text, size_t *digits, size_t *length)
{
	enum { MOST_DIGITS = 10 };

	*length = 0;
	for (*digits = 0; *digits < text.len && text.at[*digits] >= '0' && text.at[*digits] <= '9'; ++*digits) {
		if (*digits == MOST_DIGITS)
			return false;
		*length = *length * 10 + (size_t)(text.at[*digits] - '0');
	}
	return *digits > 0 && (*digits == 1 || text.at[0] != '0');
}

bool netstring_take(struct slice *rest, struct slice *value)
{
	size_t digits, length;

	if (slice_starts(*rest, "-,")) {
		*value = slice_new(NULL, 0);
		*rest = slice_from(*rest, 2);
		return true;
	}
	if (!take_length(*rest, &digits, &length) || digits >= rest->len || rest->at[digits] != ':')
		return false;
	if (rest->len - digits - 1 <= length || rest->at[digits + 1 + length] != ',')
		return false;
	*value = slice_new(rest->at + digits + 1, length);
	*rest = slice_from(*rest, digits + length + 2);
	return true;
}
