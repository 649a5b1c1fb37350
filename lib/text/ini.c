/*
 * The reader over inih.
 *
 * inih reads lines from feed_line, which looks at each line first (ini_scan), reports what is wrong
 * with it, and gives inih only lines that inih cannot misread: a value that is long or holds ';'
 * travels as a one-byte stand-in, and on_value takes the text from
 * the input instead. So does a name that inih has read before in this file, and its value: inih looks
 * at each byte several times, and a file has few names. A header without keys is followed by a key of one byte that no file can hold,
 * so that empty sections are announced as well. Line numbers are ours: inih never sees the lines it
 * need not see.
 */
#include "text/ini.h"

#include "base/i18n.h"
#include "text/ini_scan.h"

#include <ini.h>

/*
 * A key, a stand-in and what is around them; and how long a value may be to go through inih, which
 * looks at each byte several times: short ones do, so that inih and the scanner check each other.
 */
enum { ROOM_AT_LEAST = 2 * INI_NAME_LIMIT, VALUE_MOST = 16, KNOWN_NAMES = 64 };

static const char announcement = '\x01', stand_in = '\x02';

struct reader {
	struct ini_scanner scanner;
	struct ini_scanned line;
	/* A header that inih has seen and nobody has been told of: the first key or, in an empty
	 * section, the announcement that follows does so. */
	bool unannounced;
	bool waiting, more; /* line holds the next one for inih; there is one */
	struct slice header;
	uint32_t header_line, header_column;
	const char *path;
	const struct ini_events *events;
	struct arena *arena;
	struct diagnostics *diagnostics;
	bool disagreed; /* inih saw another name or value than the scanner: a fault of ours */

	struct slice known[KNOWN_NAMES]; /* names that inih has read */

	/* The key whose value may go on */
	bool pending;
	struct slice key, value;
	struct strbuf folded;
	bool is_folded;
	uint32_t key_line, key_column, last_line, blanks;
};

struct fault_text {
	const char *id, *message, *hint;
};

static const struct fault_text fault_texts[] = {
	[INI_FAULT_HEADER_OPEN] = { "ini-header", N_("a section header without its closing ']'"),
		N_("write [kind id], as in [task T-1]") },
	[INI_FAULT_HEADER_EMPTY] = { "ini-header", N_("an empty section header"),
		N_("write [kind id], as in [task T-1]") },
	[INI_FAULT_HEADER_INNER] = { "ini-header", N_("a '[' inside a section header"),
		N_("write [kind id], as in [task T-1]") },
	[INI_FAULT_HEADER_TAIL] = { "ini-header", N_("text behind a section header"),
		N_("put it on a line of its own; a comment begins with ';'") },
	[INI_FAULT_HEADER_LONG] = { "ini-name-long", N_("a section header longer than 49 bytes"),
		N_("a Chinese character takes three bytes; put the long name in title") },
	[INI_FAULT_KEY_LONG] = { "ini-name-long", N_("a field name longer than 49 bytes"),
		N_("a Chinese character takes three bytes") },
	[INI_FAULT_KEY_EMPTY] = { "ini-key-empty", N_("a value without a field name"), NULL },
	[INI_FAULT_KEY_OUTSIDE] = { "ini-key-outside",
		N_("a field before the first section header"),
		N_("write [kind id] above it, as in [task T-1]") },
	[INI_FAULT_INDENT] = { "ini-line",
		N_("an indented line, but no value above that it could continue"),
		N_("fields begin at the start of the line; remove the blanks in front") },
	[INI_FAULT_LINE] = { "ini-line",
		N_("neither a [section], nor a 'field = value', nor a comment"),
		N_("a comment begins with ';'; a value that goes on is indented") },
	[INI_FAULT_CONTROL] = { "ini-control", N_("a control character (code %s)"),
		N_("remove it") },
	[INI_FAULT_UTF8] = { "ini-utf8", N_("bytes that are not UTF-8 text"),
		N_("save the file as UTF-8") },
};

static void report(struct reader *r, const struct ini_scanned *line)
{
	const struct fault_text *text = &fault_texts[line->fault];
	struct place place = { r->path, r->scanner.line, line->fault_column };
	struct diagnostic *finding;

	if (line->fault == INI_FAULT_CONTROL) {
		const unsigned char *at =
			(const unsigned char *)line->text.at + line->fault_column - 1;
		char code[8];

		snprintf(code, sizeof(code), "0x%02X", at[0] == 0xc2 ? at[1] : at[0]);
		finding = diagnose(r->diagnostics, place, text->id, text->message, code, NULL);
	} else {
		finding = diagnose(r->diagnostics, place, text->id, text->message, NULL);
	}
	if (text->hint)
		diagnostic_hint(r->diagnostics, finding, text->hint, NULL);
}

static void flush_key(struct reader *r)
{
	struct slice value = r->value;

	if (!r->pending)
		return;
	r->pending = false;
	if (r->is_folded)
		value = arena_slice(r->arena, strbuf_slice(&r->folded));
	r->events->key(r->events->context, r->key, value, r->key_line, r->key_column, r->last_line);
}

static uint32_t column_of(const struct ini_scanned *line, struct slice part)
{
	return (uint32_t)(part.at - line->text.at) + 1;
}

static void begin_key(struct reader *r, struct slice key, struct slice value)
{
	flush_key(r);
	r->pending = true;
	r->is_folded = false;
	r->key = key;
	r->value = value;
	r->key_line = r->last_line = r->scanner.line;
	r->key_column = value.len ? column_of(&r->line, value) : 1;
	r->blanks = 0;
}

static void continue_value(struct reader *r, struct slice text)
{
	if (!r->is_folded) {
		r->is_folded = true;
		strbuf_reset(&r->folded);
		strbuf_add_slice(&r->folded, r->value);
	}
	/* Blank lines and the line break itself; nothing in front of the first text. */
	if (r->folded.len)
		for (uint32_t i = 0; i <= r->blanks; i++)
			strbuf_add_char(&r->folded, '\n');
	strbuf_add_slice(&r->folded, text);
	r->blanks = 0;
	r->last_line = r->scanner.line;
}

/* What inih gives is the scanner's text or stands for it. */
static void compare(struct reader *r, const char *theirs, struct slice ours)
{
	if (theirs[0] != stand_in &&
		(strncmp(theirs, ours.len ? ours.at : "", ours.len) != 0 || theirs[ours.len]))
		r->disagreed = true;
}

static void announce(struct reader *r, const char *section)
{
	flush_key(r);
	compare(r, section, r->header);
	r->unannounced = false;
	r->events->section(r->events->context, r->header, r->header_line, r->header_column);
}

/* inih has split a line for us; ours is the text it stands for. Always 1: go on. */
static int on_value(void *user, const char *section, const char *name, const char *value)
{
	struct reader *r = user;
	struct ini_scanned *line = &r->line;
	struct slice text = line->value;

	if (!name || !value) /* a build of inih that announces sections itself */
		return 1;
	if (r->unannounced)
		announce(r, section);
	if (name[0] == announcement)
		return 1;
	compare(r, value, text);
	if (line->kind == INI_CONTINUATION) {
		continue_value(r, text);
		return 1;
	}
	compare(r, name, line->name);
	begin_key(r, line->name, text);
	return 1;
}

static size_t put(char *out, size_t at, struct slice text)
{
	if (text.len)
		memcpy(out + at, text.at, text.len);
	return at + text.len;
}

/* The text itself where inih reads it as we do, else the stand-in. */
static size_t put_guarded(char *out, size_t at, struct slice text, size_t room, bool is_name)
{
	if (text.len > room || (text.len && memchr(text.at, ';', text.len)) ||
		(is_name && memchr(text.at, ':', text.len)))
		return put(out, at, slice_new(&stand_in, 1));
	return put(out, at, text);
}

/* Has inih read this name? From now on it has. Names that share a place take turns. */
static bool is_known(struct reader *r, struct slice name)
{
	unsigned char first = (unsigned char)name.at[0], last = (unsigned char)name.at[name.len - 1];
	struct slice *known = &r->known[(name.len * 31 + first * 7u + last) % KNOWN_NAMES];
	bool same = slice_equal(*known, name);

	*known = name;
	return same;
}

/* The line as inih shall see it: less than ROOM_AT_LEAST bytes with the NUL. */
static char *present(struct reader *r, char *out)
{
	bool known;

	const struct ini_scanned *line = &r->line;
	size_t at = 0;

	switch (line->kind) {
	case INI_HEADER:
		out[at++] = '[';
		at = put_guarded(out, at, line->name, INI_NAME_LIMIT, false);
		out[at++] = ']';
		break;
	case INI_KEY:
		known = is_known(r, line->name);
		at = put_guarded(out, at, line->name, known ? 0 : INI_NAME_LIMIT, true);
		out[at++] = '=';
		at = put_guarded(out, at, line->value, known ? 0 : VALUE_MOST, false);
		break;
	default:
		out[at++] = ' '; /* inih takes "  # text" for a comment; for us it continues the
				    value */
		at = put_guarded(
			out, at, line->value, line->value.at[0] == '#' ? 0 : VALUE_MOST, false);
	}
	out[at++] = '\n';
	out[at] = '\0';
	return out;
}

static void begin_header(struct reader *r)
{
	flush_key(r);
	r->unannounced = true;
	r->header = r->line.name;
	r->header_line = r->scanner.line;
	r->header_column = column_of(&r->line, r->line.name);
}

/*
 * A whole section that was indented becomes part of the value above it, and nothing else would say
 * so: a line
 * "[kind id]" with an indented "field = value" below it.
 */
static bool looks_like_section(const struct reader *r)
{
	struct slice text = r->line.value, next = r->scanner.rest;
	size_t word = 1;

	if (text.at[0] != '[' || text.at[text.len - 1] != ']' || !ini_blank_bytes(next))
		return false;
	while (word < text.len && text.at[word] >= 'a' && text.at[word] <= 'z')
		word++;
	next.len = slice_find(next, '\n');
	return word > 1 && text.at[word] == ' ' && slice_find(text, ']') == text.len - 1 &&
	       slice_find(next, '=') < next.len;
}

static void warn_of_indented_section(struct reader *r)
{
	struct place place = { r->path, r->scanner.line, column_of(&r->line, r->line.value) };
	struct diagnostic *finding = diagnose(r->diagnostics, place, "ini-indented",
		N_("an indented section header is part of the value above it"), NULL);

	diagnostic_hint(r->diagnostics, finding,
		N_("remove the blanks in front of it and of its fields"), NULL);
}

/* Looks at lines until one is for inih; false at the end of the input. */
static bool next_for_inih(struct reader *r)
{
	while (ini_scan(&r->scanner, &r->line)) {
		if (r->line.fault)
			report(r, &r->line);
		switch (r->line.kind) {
		case INI_CONTINUATION:
			if (looks_like_section(r))
				warn_of_indented_section(r);
			return true;
		case INI_HEADER:
		case INI_KEY: return true;
		case INI_BLANK: r->blanks++; break;
		case INI_BAD:
		case INI_DROPPED: flush_key(r); break;
		case INI_COMMENT: break;
		}
	}
	return false;
}

static char *present_announcement(char *out)
{
	out[0] = announcement;
	out[1] = '=';
	out[2] = '\n';
	out[3] = '\0';
	return out;
}

/* inih's fgets. A header that meets another one, or the end, is announced first; the line waits. */
static char *feed_line(char *out, int room, void *stream)
{
	struct reader *r = stream;

	if (room < ROOM_AT_LEAST) {
		r->disagreed = true;
		return NULL;
	}
	if (!r->waiting) {
		r->more = next_for_inih(r);
		if (r->unannounced && (!r->more || r->line.kind != INI_KEY)) {
			r->waiting = true;
			return present_announcement(out);
		}
	}
	r->waiting = false;
	if (!r->more)
		return NULL;
	if (r->line.kind == INI_HEADER)
		begin_header(r);
	return present(r, out);
}

/* UTF-16 would be one complaint a line: say what it is, once. */
static bool is_utf16(struct slice input, const char *path, struct diagnostics *diagnostics)
{
	struct diagnostic *finding;

	if (!slice_starts(input, "\xff\xfe") && !slice_starts(input, "\xfe\xff"))
		return false;
	finding = diagnose(diagnostics, (struct place){ path, 1, 1 }, "ini-utf8",
		N_("the file is UTF-16"), NULL);
	diagnostic_hint(diagnostics, finding, N_("save the file as UTF-8"), NULL);
	return true;
}

int ini_read(struct slice input, const char *path, const struct ini_events *events,
	struct arena *arena, struct diagnostics *diagnostics, struct err *err)
{
	struct reader r = {
		.path = path, .events = events, .arena = arena, .diagnostics = diagnostics
	};
	int result;

	if (is_utf16(input, path, diagnostics))
		return 0;
	ini_scan_init(&r.scanner, input);
	strbuf_init(&r.folded);
	if (r.scanner.newline == '\r') {
		struct diagnostic *finding = diagnose(diagnostics, (struct place){ path, 0, 0 },
			"ini-cr", N_("the lines end with CR alone"), NULL);

		diagnostic_hint(diagnostics, finding, N_("save the file with LF line ends"), NULL);
	}
	result = ini_parse_stream(feed_line, &r, on_value, &r);
	flush_key(&r);
	strbuf_release(&r.folded);
	if (result || r.disagreed)
		return err_set(err, ERR_INTERNAL,
			"%s: the INI library read a line in a way of its own", path);
	return 0;
}
