#include "text/json_scan.h"

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <string.h>

enum { DEEPEST = 1000 };

struct scanner {
	struct slice input, rest;
	const struct json_scan_events *events;
	struct vec steps;   /* struct json_step: of the value being read */
	struct strbuf keys; /* of all open objects, one behind the other */
	struct vec starts;  /* size_t: where in keys each open level's key begins */
	struct strbuf text; /* the string being read */
	const char *fault;
};

static void skip_blanks(struct scanner *s)
{
	while (s->rest.len && slice_is_blank(s->rest.at[0]))
		s->rest = slice_from(s->rest, 1);
}

static bool fail(struct scanner *s, const char *what)
{
	if (!s->fault)
		s->fault = what;
	return false;
}

static bool take(struct scanner *s, char c)
{
	skip_blanks(s);
	if (!s->rest.len || s->rest.at[0] != c)
		return false;
	s->rest = slice_from(s->rest, 1);
	return true;
}

static int hex4(struct slice text)
{
	int value = 0;

	if (text.len < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = text.at[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
			c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (digit < 0)
			return -1;
		value = value * 16 + digit;
	}
	return value;
}

static void add_utf8(struct strbuf *out, unsigned code)
{
	if (code < 0x80) {
		strbuf_add_char(out, (char)code);
	} else if (code < 0x800) {
		strbuf_add_char(out, (char)(0xc0 | code >> 6));
		strbuf_add_char(out, (char)(0x80 | (code & 0x3f)));
	} else {
		if (code >= 0x10000) {
			strbuf_add_char(out, (char)(0xf0 | code >> 18));
			strbuf_add_char(out, (char)(0x80 | (code >> 12 & 0x3f)));
		} else {
			strbuf_add_char(out, (char)(0xe0 | code >> 12));
		}
		strbuf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
		strbuf_add_char(out, (char)(0x80 | (code & 0x3f)));
	}
}

/* Behind "\u": one code unit, or two that make one sign; a lone half becomes U+FFFD. */
static bool read_unicode(struct scanner *s, struct strbuf *out)
{
	int high = hex4(s->rest), low;

	if (high < 0)
		return fail(s, N_("four hexadecimal digits behind \\u"));
	s->rest = slice_from(s->rest, 4);
	if (high >= 0xd800 && high < 0xdc00 && slice_starts(s->rest, "\\u")) {
		low = hex4(slice_from(s->rest, 2));
		if (low >= 0xdc00 && low < 0xe000) {
			s->rest = slice_from(s->rest, 6);
			add_utf8(out, 0x10000 + ((unsigned)(high - 0xd800) << 10) + (unsigned)(low - 0xdc00));
			return true;
		}
	}
	add_utf8(out, high >= 0xd800 && high < 0xe000 ? 0xfffd : (unsigned)high);
	return true;
}

static bool read_escape(struct scanner *s, struct strbuf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *found;

	if (!s->rest.len)
		return fail(s, N_("a closing quotation mark"));
	if (s->rest.at[0] == 'u') {
		s->rest = slice_from(s->rest, 1);
		return read_unicode(s, out);
	}
	found = memchr(from, s->rest.at[0], sizeof(from) - 1);
	if (!found)
		return fail(s, N_("an escape that JSON knows"));
	strbuf_add_char(out, to[found - from]);
	s->rest = slice_from(s->rest, 1);
	return true;
}

/* Behind the opening quotation mark; appends to out. */
static bool read_string(struct scanner *s, struct strbuf *out)
{
	for (;;) {
		size_t plain = 0;

		while (plain < s->rest.len && s->rest.at[plain] != '"' && s->rest.at[plain] != '\\' &&
			(unsigned char)s->rest.at[plain] >= 0x20)
			plain++;
		strbuf_add(out, s->rest.at, plain);
		s->rest = slice_from(s->rest, plain);
		if (!s->rest.len || (unsigned char)s->rest.at[0] < 0x20)
			return fail(s, N_("a closing quotation mark"));
		s->rest = slice_from(s->rest, 1);
		if (s->rest.at[-1] == '"')
			return true;
		if (!read_escape(s, out))
			return false;
	}
}

static size_t digits_at(struct slice text, size_t at)
{
	size_t i = at;

	while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9')
		i++;
	return i - at;
}

/* Length of a number as JSON writes them; 0: none. */
static size_t number_length(struct slice text)
{
	size_t i = text.len && text.at[0] == '-', whole = digits_at(text, i), part;

	if (!whole || (whole > 1 && text.at[i] == '0'))
		return 0;
	i += whole;
	if (i < text.len && text.at[i] == '.') {
		part = digits_at(text, i + 1);
		if (!part)
			return 0;
		i += 1 + part;
	}
	if (i < text.len && (text.at[i] == 'e' || text.at[i] == 'E')) {
		size_t sign = i + 1 < text.len && (text.at[i + 1] == '+' || text.at[i + 1] == '-');
		part = digits_at(text, i + 1 + sign);
		if (!part)
			return 0;
		i += 1 + sign + part;
	}
	return i;
}

static void tell(struct scanner *s, enum json_kind kind, struct slice text)
{
	s->events->value(s->events->context, s->steps.items, s->steps.len, kind, text);
}

static bool read_word(struct scanner *s)
{
	static const struct {
		const char *word;
		enum json_kind kind;
	} words[] = { { "true", JSON_SCAN_TRUE }, { "false", JSON_SCAN_FALSE }, { "null", JSON_SCAN_NULL } };
	size_t len = number_length(s->rest);

	if (len) {
		tell(s, JSON_SCAN_NUMBER, slice_new(s->rest.at, len));
		s->rest = slice_from(s->rest, len);
		return true;
	}
	for (size_t i = 0; i < 3; i++)
		if (slice_starts(s->rest, words[i].word)) {
			tell(s, words[i].kind, slice_new(NULL, 0));
			s->rest = slice_from(s->rest, strlen(words[i].word));
			return true;
		}
	return fail(s, N_("a value"));
}

/* Keys move when the buffer grows: the steps are pointed anew. */
static void point_keys(struct scanner *s)
{
	struct json_step *steps = s->steps.items;
	const size_t *starts = s->starts.items;

	for (size_t i = 0; i < s->steps.len; i++) {
		size_t end = i + 1 < s->starts.len ? starts[i + 1] : s->keys.len;
		steps[i].key = steps[i].array ? slice_new(NULL, 0) : slice_new(s->keys.buf + starts[i],
			end - starts[i]);
	}
}

/* The innermost object's next key and its colon. */
static bool read_key(struct scanner *s)
{
	const size_t *starts = s->starts.items;

	if (!take(s, '"'))
		return fail(s, N_("a key in quotation marks"));
	strbuf_truncate(&s->keys, starts[s->starts.len - 1]);
	if (!read_string(s, &s->keys))
		return false;
	point_keys(s);
	return take(s, ':') || fail(s, N_("a colon"));
}

static bool open_level(struct scanner *s, bool array)
{
	if (s->steps.len >= DEEPEST)
		return fail(s, N_("values nested at most 1000 deep"));
	tell(s, array ? JSON_SCAN_ARRAY : JSON_SCAN_OBJECT, slice_new(NULL, 0));
	vec_append(&s->starts, &s->keys.len);
	vec_append(&s->steps, &(struct json_step){ .array = array });
	return true;
}

static void close_level(struct scanner *s)
{
	const size_t *starts = s->starts.items;

	strbuf_truncate(&s->keys, starts[s->starts.len - 1]);
	s->starts.len--;
	s->steps.len--;
	if (s->events->close)
		s->events->close(s->events->context, s->steps.items, s->steps.len);
}

/* After a value: the next one of the innermost level is to be read, or levels close. False: the end, or a fault. */
static bool go_on(struct scanner *s)
{
	while (s->steps.len) {
		struct json_step *step = vec_at(&s->steps, s->steps.len - 1);

		if (take(s, ',')) {
			step->index++;
			return step->array || read_key(s);
		}
		if (!take(s, step->array ? ']' : '}'))
			return fail(s, step->array ? N_("a comma or ]") : N_("a comma or }"));
		close_level(s);
	}
	return false;
}

/* One value, or the opening of one. *opened: its first inner value is to be read next. */
static bool read_value(struct scanner *s, bool *opened)
{
	*opened = false;
	skip_blanks(s);
	if (take(s, '"')) {
		strbuf_reset(&s->text);
		if (!read_string(s, &s->text))
			return false;
		tell(s, JSON_SCAN_STRING, strbuf_slice(&s->text));
		return true;
	}
	if (take(s, '{')) {
		if (!open_level(s, false))
			return false;
		if (!take(s, '}')) {
			*opened = true;
			return read_key(s);
		}
		close_level(s);
		return true;
	}
	if (take(s, '[')) {
		if (!open_level(s, true))
			return false;
		*opened = !take(s, ']');
		if (!*opened)
			close_level(s);
		return true;
	}
	return read_word(s);
}

static int report(const struct scanner *s, const char *name, struct err *err)
{
	size_t at = (size_t)(s->rest.at - s->input.at), line = 1, start = 0;

	for (size_t i = 0; i < at; i++)
		if (s->input.at[i] == '\n') {
			line++;
			start = i + 1;
		}
	return err_set(err, ERR_INPUT, "%s:%zu:%zu: no JSON: expected %s", name, line, at - start + 1,
		err_word(err, s->fault));
}

int json_scan(struct slice input, const char *name, const struct json_scan_events *events, struct err *err)
{
	struct scanner s = { .input = input, .rest = input, .events = events };
	bool opened = false;
	int status = 0;

	if (slice_starts(input, "\xef\xbb\xbf"))
		s.rest = slice_from(input, 3);
	if (!input.at)
		s.input = s.rest = slice_of("");
	vec_init(&s.steps, sizeof(struct json_step));
	vec_init(&s.starts, sizeof(size_t));
	strbuf_init(&s.keys);
	strbuf_init(&s.text);
	while (read_value(&s, &opened) && (opened || go_on(&s)))
		;
	skip_blanks(&s);
	if (!s.fault && s.rest.len)
		fail(&s, N_("the end"));
	if (s.fault)
		status = report(&s, name, err);
	vec_release(&s.steps);
	vec_release(&s.starts);
	strbuf_release(&s.keys);
	strbuf_release(&s.text);
	return status;
}
