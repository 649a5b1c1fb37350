#include "base/utf8.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xfffd, VARIATION_EMOJI = 0xfe0f, REGIONAL_A = 0x1f1e6, REGIONAL_Z = 0x1f1ff };

static bool is_ascii(struct slice text)
{
	uint64_t word;
	size_t at = 0;

	for (; at + 8 <= text.len; at += 8) {
		memcpy(&word, text.at + at, 8);
		if (word & 0x8080808080808080u)
			return false;
	}
	for (; at < text.len; at++)
		if ((unsigned char)text.at[at] >= 0x80)
			return false;
	return true;
}

/* Bytes of the well-formed sequence at the start (Unicode table 3-7), 0 when there is none. */
static size_t sequence_length(const unsigned char *at, size_t len)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t need;

	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	need = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (len < need)
		return 0;
	if (at[0] == 0xe0)
		low = 0xa0; /* overlong */
	else if (at[0] == 0xed)
		high = 0x9f; /* surrogates */
	else if (at[0] == 0xf0)
		low = 0x90; /* overlong */
	else if (at[0] == 0xf4)
		high = 0x8f; /* beyond U+10FFFF */
	if (at[1] < low || at[1] > high)
		return 0;
	for (size_t i = 2; i < need; i++)
		if (at[i] < 0x80 || at[i] > 0xbf)
			return 0;
	return need;
}

size_t utf8_check(struct slice text)
{
	const unsigned char *bytes = (const unsigned char *)text.at;
	size_t at = 0, step;
	uint64_t word;

	while (at < text.len) {
		if (at + 8 <= text.len) {
			memcpy(&word, bytes + at, 8);
			if (!(word & 0x8080808080808080u)) {
				at += 8;
				continue;
			}
		}
		/* E1 to EC: most of three bytes, and nothing but their form to look at. */
		if (text.len - at >= 3 && bytes[at] >= 0xe1 && bytes[at] <= 0xec && (bytes[at + 1] & 0xc0) == 0x80 &&
			(bytes[at + 2] & 0xc0) == 0x80) {
			at += 3;
			continue;
		}
		step = sequence_length(bytes + at, text.len - at);
		if (!step)
			return at;
		at += step;
	}
	return text.len;
}

size_t utf8_decode(struct slice text, uint32_t *code)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t len;

	assert(text.len);
	len = sequence_length(at, text.len);
	switch (len) {
	case 1:
		*code = at[0];
		return 1;
	case 2:
		*code = (at[0] & 0x1fu) << 6 | (at[1] & 0x3fu);
		return 2;
	case 3:
		*code = (at[0] & 0x0fu) << 12 | (at[1] & 0x3fu) << 6 | (at[2] & 0x3fu);
		return 3;
	case 4:
		*code = (at[0] & 0x07u) << 18 | (at[1] & 0x3fu) << 12 | (at[2] & 0x3fu) << 6 | (at[3] & 0x3fu);
		return 4;
	default:
		*code = REPLACEMENT;
		return 1;
	}
}

void utf8_encode(struct strbuf *out, uint32_t code)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t len;

	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		code = REPLACEMENT;
	len = utf8proc_encode_char((utf8proc_int32_t)code, bytes);
	strbuf_add(out, bytes, (size_t)len);
}

bool utf8_is_letter_or_digit(uint32_t code)
{
	switch (utf8proc_category((utf8proc_int32_t)code)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
		return true;
	default:
		return false;
	}
}

static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

static size_t code_width(uint32_t code)
{
	int width;

	if (code < 0x7f)
		return code >= 0x20;
	width = utf8proc_charwidth((utf8proc_int32_t)code);
	return width > 0 ? (size_t)width : 0;
}

/* Han and fullwidth letters: two cells each, and a cluster begins at every one of them. */
static bool is_han(uint32_t code)
{
	return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xff01 && code <= 0xff60);
}

/* Lead bytes E5 to E9: U+5000 to U+9FFF, ideographs all of them, two cells wide. */
static bool is_han_lead(unsigned char byte)
{
	return byte >= 0xe5 && byte <= 0xe9;
}

static bool is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f;
}

/*
 * The same as next_cluster for what most text is made of: an ASCII letter or an ideograph with another one, or nothing,
 * behind it. 0: look closer.
 */
static size_t plain_cluster(struct slice text, size_t *width)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t len;

	if (is_plain(at[0]))
		len = 1;
	else if (is_han_lead(at[0]) && text.len >= 3 && (at[1] & 0xc0) == 0x80 && (at[2] & 0xc0) == 0x80)
		len = 3;
	else
		return 0;
	if (len < text.len && !is_plain(at[len]) && !is_han_lead(at[len]))
		return 0;
	*width = len == 1 ? 1 : 2;
	return len;
}

/*
 * The grapheme cluster at the start of text: its bytes, and its width in cells: that of its widest
 * code point (an emoji joined by ZWJ is one picture), 2 when it asks for emoji form or is a flag.
 */
static size_t next_cluster(struct slice text, size_t *width)
{
	utf8proc_int32_t state = 0;
	uint32_t previous, code;
	size_t len = plain_cluster(text, width), step;

	if (len)
		return len;
	len = utf8_decode(text, &previous);
	*width = code_width(previous);
	while (len < text.len) {
		step = utf8_decode(slice_from(text, len), &code);
		if (code < 0x80 && previous < 0x80 && !(previous == '\r' && code == '\n'))
			break;
		if ((is_han(code) || (code >= 0x20 && code < 0x7f)) && (is_han(previous) || (previous >= 0x20 && previous < 0x7f)))
			break;
		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)previous, (utf8proc_int32_t)code, &state))
			break;
		if (code_width(code) > *width)
			*width = code_width(code);
		if (*width && (code == VARIATION_EMOJI || (code >= REGIONAL_A && code <= REGIONAL_Z)))
			*width = 2;
		len += step;
		previous = code;
	}
	return len;
}

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many bytes at the start are ASCII letters, digits, signs and blanks, each one cell wide (Mycroft's zero-byte test). */
static size_t plain_run(struct slice text)
{
	uint64_t word;
	size_t at = 0;

	for (; at + sizeof(word) <= text.len; at += sizeof(word)) {
		memcpy(&word, text.at + at, sizeof(word));
		if ((word | (word - EVERY(0x20)) | ((word ^ EVERY(0x7f)) - EVERY(1))) & EVERY(0x80))
			break;
	}
	while (at < text.len && is_plain((unsigned char)text.at[at]))
		at++;
	return at;
}

bool utf8_is_line(struct slice text)
{
	while ((text = slice_from(text, plain_run(text))).len) {
		const unsigned char *at = (const unsigned char *)text.at;
		size_t len = at[0] < 0x80 ? 0 : sequence_length(at, text.len);

		if (!len || (at[0] == 0xc2 && at[1] < 0xa0))
			return false;
		text = slice_from(text, len);
	}
	return true;
}

size_t utf8_width(struct slice text)
{
	size_t total = 0;

	while (text.len) {
		size_t len = plain_run(text), width;

		/* What follows may join the last letter of the run. */
		if (len && len < text.len && !is_han_lead((unsigned char)text.at[len]))
			len--;
		width = len;
		if (!len)
			len = next_cluster(text, &width);
		total += width;
		text = slice_from(text, len);
	}
	return total;
}

struct slice utf8_cut(struct slice text, size_t cells, size_t *width)
{
	size_t used = 0, at = 0;

	while (at < text.len) {
		size_t cluster_width;
		size_t step = next_cluster(slice_from(text, at), &cluster_width);

		if (used + cluster_width > cells)
			break;
		used += cluster_width;
		at += step;
	}
	if (width)
		*width = used;
	return slice_new(text.at, at);
}

void utf8_pad(struct strbuf *out, struct slice text, size_t cells, bool right, const char *ellipsis)
{
	size_t width = utf8_width(text), tail = 0;
	bool cut = width > cells;

	if (cut)
		tail = utf8_width(slice_of(ellipsis));
	if (tail > cells)
		tail = 0;
	if (cut)
		text = utf8_cut(text, cells - tail, &width);
	if (cut && tail)
		width += tail;
	if (right)
		strbuf_add_repeat(out, " ", cells - width);
	strbuf_add_slice(out, text);
	if (cut && tail)
		strbuf_add_str(out, ellipsis);
	if (!right)
		strbuf_add_repeat(out, " ", cells - width);
}

static void fold_ascii(struct strbuf *out, struct slice text)
{
	size_t from = out->len;

	strbuf_add_slice(out, text);
	for (char *c = out->buf + from; c < out->buf + out->len; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
}

/* Appends the mapped text; false, with nothing appended, when it is not UTF-8. */
static bool map_text(struct strbuf *out, struct slice text, int options)
{
	utf8proc_uint8_t *mapped;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len, &mapped,
		(utf8proc_option_t)(options | UTF8PROC_STABLE | UTF8PROC_COMPOSE));

	if (len < 0)
		return false;
	strbuf_add(out, mapped, (size_t)len);
	free(mapped);
	return true;
}

void utf8_fold(struct strbuf *out, struct slice text)
{
	if (is_ascii(text))
		fold_ascii(out, text);
	else if (!map_text(out, text, UTF8PROC_CASEFOLD))
		strbuf_add_slice(out, text); /* such text equals only itself */
}

void utf8_compose(struct strbuf *out, struct slice text)
{
	if (is_ascii(text) || !map_text(out, text, 0))
		strbuf_add_slice(out, text);
}

bool utf8_is_nfc(struct slice text)
{
	struct strbuf composed;
	bool same;

	if (is_ascii(text))
		return true;
	strbuf_init(&composed);
	same = map_text(&composed, text, 0) && slice_equal(text, strbuf_slice(&composed));
	strbuf_release(&composed);
	return same;
}

bool utf8_contains_folded(struct slice haystack, struct slice needle)
{
	struct strbuf hay, pin;
	bool found;

	strbuf_init(&hay);
	strbuf_init(&pin);
	utf8_fold(&hay, haystack);
	utf8_fold(&pin, needle);
	found = !pin.len || memmem(hay.buf, hay.len, pin.buf, pin.len) != NULL;
	strbuf_release(&hay);
	strbuf_release(&pin);
	return found;
}

void utf8_add_safe(struct strbuf *out, struct slice text)
{
	uint32_t code;

	for (size_t at = 0, step; at < text.len; at += step) {
		step = plain_run(slice_from(text, at));
		if (step) {
			strbuf_add(out, text.at + at, step);
			continue;
		}
		step = utf8_decode(slice_from(text, at), &code);
		if (is_control(code) || (code == REPLACEMENT && step == 1)) {
			for (size_t i = 0; i < step; i++)
				strbuf_addf(out, "\\x%02x", (unsigned)(unsigned char)text.at[at + i]);
			continue;
		}
		strbuf_add(out, text.at + at, step);
	}
}
