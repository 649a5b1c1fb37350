#include "text/json.h"

#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <stdlib.h>

enum { DEEPEST = 64 };

void json_write_init(struct json_writer *w, struct strbuf *out, bool pretty)
{
	*w = (struct json_writer){ .out = out, .pretty = pretty, .first = true };
}

/* A line break and the blanks of a level; returns the bytes put. */
static size_t put_indent(const struct json_writer *w, int depth, char *at)
{
	size_t blanks = (size_t)depth * 2;

	if (!w->pretty)
		return 0;
	*at = '\n';
	memset(at + 1, ' ', blanks);
	return 1 + blanks;
}

/* The comma and line break in front of a key or an element. */
static void begin_item(struct json_writer *w)
{
	char text[2 + 2 * DEEPEST];
	size_t len = 0;

	if (!w->first)
		text[len++] = ',';
	if (w->depth)
		len += put_indent(w, w->depth, text + len);
	strbuf_add(w->out, text, len);
	w->first = false;
}

/* The same, or nothing behind a key. */
static inline void separate(struct json_writer *w)
{
	if (!w->after_key)
		begin_item(w);
	w->after_key = false;
}

static void open_level(struct json_writer *w, char bracket, bool array)
{
	separate(w);
	assert(w->depth < DEEPEST);
	strbuf_add_char(w->out, bracket);
	if (array)
		w->array_mask |= UINT64_C(1) << w->depth;
	else
		w->array_mask &= ~(UINT64_C(1) << w->depth);
	w->depth++;
	w->first = true;
}

void json_write_object(struct json_writer *w)
{
	open_level(w, '{', false);
}

void json_write_array(struct json_writer *w)
{
	open_level(w, '[', true);
}

void json_write_end(struct json_writer *w)
{
	char text[2 + 2 * DEEPEST];
	size_t len;

	assert(w->depth > 0);
	w->depth--;
	len = w->first ? 0 : put_indent(w, w->depth, text);
	text[len++] = w->array_mask >> w->depth & 1 ? ']' : '}';
	strbuf_add(w->out, text, len);
	w->first = false;
	if (!w->depth && w->pretty)
		strbuf_add_char(w->out, '\n');
}

static void escape(struct strbuf *out, unsigned char c)
{
	switch (c) {
	case '"': strbuf_add(out, "\\\"", 2); break;
	case '\\': strbuf_add(out, "\\\\", 2); break;
	case '\n': strbuf_add(out, "\\n", 2); break;
	case '\r': strbuf_add(out, "\\r", 2); break;
	case '\t': strbuf_add(out, "\\t", 2); break;
	default: strbuf_addf(out, "\\u%04x", (unsigned)c);
	}
}

/* Quoted and escaped; text is valid UTF-8. */
static void add_valid(struct strbuf *out, struct slice text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		strbuf_add(out, text.at + from, i - from);
		escape(out, c);
		from = i + 1;
	}
	if (from < text.len)
		strbuf_add(out, text.at + from, text.len - from);
}

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Has one of eight bytes the top bit, a value below 0x20, or is it a quote or a backslash? (Mycroft's zero-byte test) */
static bool needs_care(uint64_t word)
{
	uint64_t quote = word ^ EVERY('"'), backslash = word ^ EVERY('\\');

	return ((word | (word - EVERY(0x20)) | (quote - EVERY(1)) | (backslash - EVERY(1))) & EVERY(0x80)) != 0;
}

/* Nothing to escape and nothing to check: most keys and values. */
static bool is_plain(struct slice text)
{
	uint64_t word;
	size_t at = 0;

	for (; at + sizeof(word) <= text.len; at += sizeof(word)) {
		memcpy(&word, text.at + at, sizeof(word));
		if (needs_care(word))
			return false;
	}
	word = EVERY('x');
	memcpy(&word, text.at + at, text.len - at);
	return !needs_care(word);
}

static void add_quoted(struct strbuf *out, struct slice text)
{
	if (text.len > 0 && is_plain(text)) {
		char *at = strbuf_extend(out, text.len + 2);

		at[0] = at[text.len + 1] = '"';
		memcpy(at + 1, text.at, text.len);
		return;
	}
	strbuf_add_char(out, '"');
	for (;;) {
		size_t good = utf8_check(text);

		add_valid(out, slice_new(text.at, good));
		if (good == text.len)
			break;
		strbuf_add_str(out, "\xef\xbf\xbd");
		text = slice_from(text, good + 1);
	}
	strbuf_add_char(out, '"');
}

void json_write_key_slice(struct json_writer *w, struct slice key)
{
	separate(w);
	add_quoted(w->out, key);
	strbuf_add(w->out, ": ", w->pretty ? 2 : 1);
	w->after_key = true;
}

void json_prepare_key(const struct json_writer *w, int depth, const char *key, struct strbuf *out)
{
	char text[1 + 2 * DEEPEST];

	assert(depth <= DEEPEST);
	strbuf_add(out, text, put_indent(w, depth, text));
	add_quoted(out, slice_of(key));
	strbuf_add(out, ": ", w->pretty ? 2 : 1);
}

void json_write_prepared(struct json_writer *w, struct slice prepared)
{
	if (!w->first)
		strbuf_add_char(w->out, ',');
	strbuf_add_slice(w->out, prepared);
	w->first = false;
	w->after_key = true;
}

void json_write_key(struct json_writer *w, const char *key)
{
	json_write_key_slice(w, slice_of(key));
}

void json_write_slice(struct json_writer *w, struct slice text)
{
	separate(w);
	add_quoted(w->out, text);
}

void json_write_string(struct json_writer *w, const char *text)
{
	if (text)
		json_write_slice(w, slice_of(text));
	else
		json_write_null(w);
}

void json_write_raw(struct json_writer *w, const char *token)
{
	separate(w);
	strbuf_add_str(w->out, token);
}

void json_write_plain(struct json_writer *w, const char *text)
{
	size_t len = strlen(text);
	char *at;

	separate(w);
	at = strbuf_extend(w->out, len + 2);
	at[0] = at[len + 1] = '"';
	memcpy(at + 1, text, len);
}

void json_write_integer(struct json_writer *w, int64_t value)
{
	char text[24], *at = text + sizeof(text);
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--at = '-';
	separate(w);
	strbuf_add(w->out, at, (size_t)(text + sizeof(text) - at));
}

void json_write_double(struct json_writer *w, double value)
{
	char text[40];

	if (!isfinite(value)) {
		json_write_null(w);
		return;
	}
	value += 0.0; /* -0 is 0 */
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	for (char *c = text; *c; c++)
		if (*c == ',') /* the process's locale may write a decimal comma */
			*c = '.';
	json_write_raw(w, text);
}

void json_write_bool(struct json_writer *w, bool value)
{
	json_write_raw(w, value ? "true" : "false");
}

void json_write_null(struct json_writer *w)
{
	json_write_raw(w, "null");
}
