#include "text/ini_scan.h"

#include "base/utf8.h"
#include "text/ini.h"

static const char ideographic_space[] = "\xe3\x80\x80";

size_t ini_blank_bytes(struct slice text)
{
	if (!text.len)
		return 0;
	if (text.at[0] == ' ' || text.at[0] == '\t')
		return 1;
	return text.len >= 3 && !memcmp(text.at, ideographic_space, 3) ? 3 : 0;
}

static inline struct slice trim_front(struct slice text)
{
	size_t n;

	/* Most text begins with none: one comparison. */
	while (text.len && (text.at[0] <= ' ' || text.at[0] == ideographic_space[0]) &&
		(n = ini_blank_bytes(text))) {
		text.at += n;
		text.len -= n;
	}
	return text;
}

static inline struct slice trim_back(struct slice text)
{
	while (text.len) {
		char last = text.at[text.len - 1];

		if (last == ' ' || last == '\t')
			text.len--;
		else if (last == ideographic_space[2] && text.len >= 3 &&
			 !memcmp(text.at + text.len - 3, ideographic_space, 3))
			text.len -= 3;
		else
			break;
	}
	return text;
}

struct slice ini_trim(struct slice text)
{
	return trim_back(trim_front(text));
}

/* A control character at text[i]; C1 controls are C2 80 … C2 9F. */
static bool control_at(struct slice text, size_t i)
{
	unsigned char c = (unsigned char)text.at[i];

	if (c < 0x20)
		return c != '\t';
	if (c == 0xc2)
		return i + 1 < text.len && (unsigned char)text.at[i + 1] < 0xa0;
	return c == 0x7f;
}

/* True when some byte of the word may be a control character: < 0x20, 0x7f or 0xc2. */
static bool suspicious(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
	uint64_t del = word ^ (ones * 0x7f), c2 = word ^ (ones * 0xc2);

	return (((word - ones * 0x20) & ~word) | ((del - ones) & ~del) | ((c2 - ones) & ~c2)) &
	       high;
}

size_t ini_control(struct slice text)
{
	size_t i = 0;

	while (i < text.len) {
		uint64_t word;

		if (text.len - i >= sizeof(word)) {
			memcpy(&word, text.at + i, sizeof(word));
			if (!suspicious(word)) {
				i += sizeof(word);
				continue;
			}
		}
		for (size_t end = i + 8 < text.len ? i + 8 : text.len; i < end; i++)
			if (control_at(text, i))
				return i;
	}
	return text.len;
}

/*
 * May a byte be a control character, or the first of one (C2), line ends apart? Without branches inside, so that the
 * compiler looks at many bytes at a time.
 */
static bool any_control(struct slice text)
{
	enum { CHUNK = 64 };

	while (text.len) {
		size_t len = text.len < CHUNK ? text.len : CHUNK;
		unsigned char bytes[CHUNK], any = 0;

		memset(bytes, ' ', sizeof(bytes));
		memcpy(bytes, text.at, len);
		for (size_t i = 0; i < CHUNK; i++) {
			unsigned char c = bytes[i];

			any |= (unsigned char)((c < 0x20 && c != '\t' && c != '\n') | (c == 0x7f) | (c == 0xc2));
		}
		if (any)
			return true;
		text = slice_from(text, len);
	}
	return false;
}

void ini_scan_init(struct ini_scanner *s, struct slice input)
{
	*s = (struct ini_scanner){ .newline = '\n' };
	s->valid_utf8 = utf8_check(input) == input.len;
	s->clean = s->valid_utf8 && !any_control(input);
	s->bom = slice_starts(input, "\xef\xbb\xbf");
	s->rest = s->bom ? slice_from(input, 3) : input;
	if (s->rest.len && !memchr(s->rest.at, '\n', s->rest.len) &&
		memchr(s->rest.at, '\r', s->rest.len))
		s->newline = '\r';
}

/* Cut the next line off; its end is kept apart so that edits can give it back as it was. */
static bool next_line(struct ini_scanner *s, struct ini_scanned *out)
{
	const char *end;

	if (!s->rest.len)
		return false;
	end = memchr(s->rest.at, s->newline, s->rest.len);
	s->line++;
	if (!end) {
		out->text = s->rest;
		out->end = INI_END_NONE;
		s->rest = slice_new(NULL, 0);
		return true;
	}
	out->text = slice_new(s->rest.at, (size_t)(end - s->rest.at));
	s->rest = slice_from(s->rest, out->text.len + 1);
	out->end = s->newline == '\r' ? INI_END_CR : INI_END_LF;
	if (out->end == INI_END_LF && slice_ends(out->text, "\r")) {
		out->text.len--;
		out->end = INI_END_CRLF;
	}
	return true;
}

static void fault_at(struct ini_scanned *out, enum ini_fault fault, size_t position)
{
	out->kind = INI_BAD;
	out->fault = fault;
	out->fault_column = (uint32_t)position + 1;
}

static bool bad_bytes(const struct ini_scanner *s, struct ini_scanned *out)
{
	size_t at;

	if (s->clean)
		return false;
	at = ini_control(out->text);
	if (at < out->text.len) {
		fault_at(out, INI_FAULT_CONTROL, at);
		return true;
	}
	if (s->valid_utf8)
		return false;
	at = utf8_check(out->text);
	if (at == out->text.len)
		return false;
	fault_at(out, INI_FAULT_UTF8, at);
	return true;
}

static void scan_header(struct ini_scanned *out)
{
	struct slice inner = slice_from(out->text, 1);
	size_t close = slice_find(inner, ']');
	size_t open = slice_find(inner, '[');
	struct slice tail = trim_front(slice_from(inner, close + 1));

	out->kind = INI_HEADER;
	if (close == inner.len)
		fault_at(out, INI_FAULT_HEADER_OPEN, out->text.len);
	else if (open < close)
		fault_at(out, INI_FAULT_HEADER_INNER, open + 1);
	else if (tail.len)
		fault_at(out, INI_FAULT_HEADER_TAIL, (size_t)(tail.at - out->text.at));
	else if (out->name = ini_trim(slice_new(inner.at, close)), !out->name.len)
		fault_at(out, INI_FAULT_HEADER_EMPTY, 0);
	else if (out->name.len > INI_NAME_LIMIT)
		fault_at(out, INI_FAULT_HEADER_LONG, (size_t)(out->name.at - out->text.at));
}

void ini_split_key(struct slice text, struct slice *name, struct slice *value)
{
	size_t equals = slice_find(text, '=');

	*name = ini_trim(slice_new(text.at, equals));
	*value = ini_trim(slice_from(text, equals + 1));
}

static void scan_key(const struct ini_scanner *s, struct ini_scanned *out)
{
	const char *end = out->text.at + out->text.len;

	out->kind = INI_KEY;
	ini_split_key(out->text, &out->name, &out->value);
	if (out->name.at + out->name.len == end ||
		(!out->value.len && !memchr(out->text.at, '=', out->text.len)))
		fault_at(out, INI_FAULT_LINE, 0);
	else if (!out->name.len)
		fault_at(out, INI_FAULT_KEY_EMPTY, 0);
	else if (!s->in_section)
		fault_at(out, INI_FAULT_KEY_OUTSIDE, 0);
	else if (out->name.len > INI_NAME_LIMIT)
		fault_at(out, INI_FAULT_KEY_LONG, 0);
}

static void scan_indented(struct ini_scanner *s, struct ini_scanned *out, size_t indent)
{
	out->value = trim_back(slice_from(out->text, indent));
	if (s->value_open)
		out->kind = INI_CONTINUATION;
	else if (out->text.at[indent] == ';' || out->text.at[indent] == '#')
		out->kind = INI_COMMENT;
	else if (s->value_bad)
		out->kind = INI_DROPPED;
	else
		fault_at(out, INI_FAULT_INDENT, indent);
}

/* What a line that is not blank and no comment does to the lines below it. */
static void advance(struct ini_scanner *s, struct ini_scanned *out, char first)
{
	if (first == '[') {
		s->suspended = out->kind == INI_BAD;
		s->in_section = !s->suspended;
		s->value_open = s->value_bad = false;
	} else if (s->suspended) {
		if (out->fault != INI_FAULT_CONTROL && out->fault != INI_FAULT_UTF8)
			*out = (struct ini_scanned){
				.kind = INI_DROPPED, .text = out->text, .end = out->end
			};
	} else if (out->kind == INI_KEY || out->kind == INI_BAD) {
		s->value_open = out->kind == INI_KEY;
		s->value_bad = !s->value_open;
	}
}

bool ini_scan(struct ini_scanner *s, struct ini_scanned *out)
{
	size_t indent;
	char first;

	*out = (struct ini_scanned){ .kind = INI_BLANK };
	if (!next_line(s, out))
		return false;
	indent = out->text.len - trim_front(out->text).len;
	if (indent == out->text.len)
		return true;
	first = out->text.at[0];
	if (bad_bytes(s, out)) {
		/* A comment's fault is the comment's own: the value above goes on. */
		if (first == ';' || first == '#')
			out->kind = INI_COMMENT;
		else
			advance(s, out, first);
		return true;
	}
	if (indent) {
		scan_indented(s, out, indent);
	} else if (first == ';' || first == '#') {
		out->kind = INI_COMMENT;
		return true;
	} else if (first == '[') {
		scan_header(out);
	} else {
		scan_key(s, out);
	}
	advance(s, out, first);
	return true;
}
