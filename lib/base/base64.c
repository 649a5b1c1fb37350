#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct strbuf *out, struct slice bytes, size_t columns)
{
	size_t column = 0;

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t group = (uint32_t)(unsigned char)bytes.at[i] << 16;

		if (left > 1)
			group |= (uint32_t)(unsigned char)bytes.at[i + 1] << 8;
		if (left > 2)
			group |= (unsigned char)bytes.at[i + 2];
		for (size_t k = 0; k < 4; k++) {
			if (columns && column == columns) {
				strbuf_add_char(out, '\n');
				column = 0;
			}
			strbuf_add_char(out, k > left ? '=' : digits[group >> (18 - 6 * k) & 63]);
			column++;
		}
	}
}

/* Four digits, of which the last `padding` are '='; false when bits that count for nothing are set. */
static bool decode_group(const unsigned char group[4], size_t padding, char out[3])
{
	uint32_t bits = 0;

	for (size_t k = 0; k < 4; k++)
		bits = bits << 6 | group[k];
	out[0] = (char)(bits >> 16);
	out[1] = (char)(bits >> 8);
	out[2] = (char)bits;
	return (bits & (padding == 2 ? 0xffff : padding == 1 ? 0xff : 0)) == 0;
}

bool base64_decode(struct slice text, struct arena *arena, struct slice *bytes)
{
	char *room = arena_alloc(arena, text.len / 4 * 3 + 3);
	size_t len = 0, filled = 0, padding = 0;
	unsigned char group[4];

	for (size_t i = 0; i < text.len; i++) {
		const char *digit = text.at[i] ? strchr(digits, text.at[i]) : NULL;

		if (slice_is_blank(text.at[i]))
			continue;
		if (text.at[i] == '=' && filled >= 2)
			padding++;
		else if (!digit || padding)
			return false;
		group[filled++] = digit ? (unsigned char)(digit - digits) : 0;
		if (filled < 4)
			continue;
		if (!decode_group(group, padding, room + len))
			return false;
		len += 3 - padding;
		filled = 0;
		if (padding) {
			for (i++; i < text.len; i++)
				if (!slice_is_blank(text.at[i]))
					return false;
		}
	}
	*bytes = slice_new(room, len);
	return filled == 0;
}
