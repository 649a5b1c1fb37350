#include "exchange/import.h"

#include "base/utf8.h"
#include "text/ini.h"

#include <stdlib.h>

struct pair {
	const char *key;
	struct slice value;
};

void import_init(struct import *import)
{
	*import = (struct import){ .links = 0 };
	arena_init(&import->arena);
	vec_init(&import->files, sizeof(struct import_file));
	vec_init(&import->tasks, sizeof(struct import_task));
	map_init(&import->taken);
}

void import_release(struct import *import)
{
	struct import_file *files = import->files.items;

	for (size_t i = 0; i < import->files.len; i++)
		strbuf_release(&files[i].text);
	vec_release(&import->files);
	vec_release(&import->tasks);
	map_release(&import->taken);
	arena_release(&import->arena);
}

static size_t file_index(struct import *import, const char *path)
{
	struct import_file *files = import->files.items;

	for (size_t i = 0; i < import->files.len; i++)
		if (!strcmp(files[i].path, path))
			return i;
	files = vec_push(&import->files);
	files->path = arena_strdup(&import->arena, path);
	strbuf_init(&files->text);
	return import->files.len - 1;
}

struct strbuf *import_file(struct import *import, const char *path)
{
	size_t index = file_index(import, path);

	return &((struct import_file *)import->files.items)[index].text;
}

void import_begin(struct import_section *s, struct import *import, const char *path,
	const char *kind, struct slice id)
{
	struct strbuf *text = import_file(import, path);

	s->import = import;
	s->file = file_index(import, path);
	vec_init(&s->fields, sizeof(struct pair));
	if (text->len)
		strbuf_add_char(text, '\n');
	strbuf_addf(text, id.len ? "[%s %.*s]\n" : "[%s]\n", kind, (int)id.len, id.at);
}

static bool is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfeff;
}

/* Other programs' text, made fit for a value: valid, without controls, lines trimmed. */
static struct slice clean(struct import *import, struct slice raw, bool one_line)
{
	struct strbuf all;
	struct slice result;

	strbuf_init(&all);
	for (size_t i = 0; i < raw.len;) {
		uint32_t code;
		size_t bytes = utf8_decode(slice_from(raw, i), &code);

		if (code == '\r' && i + 1 < raw.len && raw.at[i + 1] == '\n')
			code = 0; /* the line feed behind it counts */
		if (code == '\n' || code == '\r') {
			while (all.len &&
				(all.buf[all.len - 1] == ' ' || all.buf[all.len - 1] == '\t'))
				strbuf_truncate(&all, all.len - 1);
			strbuf_add_char(&all, one_line ? ' ' : '\n');
		} else if ((code == ' ' || code == '\t' || code == 0x3000) &&
			   (!all.len || all.buf[all.len - 1] == '\n')) {
			/* a blank at the start of a line */
		} else if (code == '\t') {
			strbuf_add_char(&all, one_line ? ' ' : '\t');
		} else if (!is_control(code)) {
			utf8_encode(&all, code);
		}
		i += bytes;
	}
	result = slice_trim(strbuf_slice(&all));
	while (slice_ends(result, "\xe3\x80\x80"))
		result = slice_trim(slice_new(result.at, result.len - 3));
	result = arena_slice(&import->arena, result);
	strbuf_release(&all);
	return result;
}

static void put(struct import_section *s, const char *key, struct slice value)
{
	struct pair pair = { key, value };
	const struct pair *known = s->fields.items;

	for (size_t i = 0; i < s->fields.len; i++)
		if (!strcmp(known[i].key, key))
			return;
	if (value.len)
		vec_append(&s->fields, &pair);
}

void import_put(struct import_section *s, const char *key, struct slice value)
{
	put(s, key, clean(s->import, value, false));
}

void import_put_line(struct import_section *s, const char *key, struct slice value)
{
	put(s, key, clean(s->import, value, true));
}

void import_putf(struct import_section *s, const char *key, const char *format, ...)
{
	struct strbuf text;
	va_list args;

	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, format, args);
	va_end(args);
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

void import_put_moment(struct import_section *s, const char *key, moment_t moment)
{
	char text[CIVIL_TEXT];

	if (moment != MOMENT_NONE)
		put(s, key, slice_of(arena_strdup(&s->import->arena, moment_print(moment, text))));
}

void import_put_minutes(struct import_section *s, const char *key, int64_t minutes, bool elapsed,
	const struct units *units)
{
	struct strbuf text;

	strbuf_init(&text);
	duration_print(minutes, elapsed, units, &text);
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void write_pair(struct strbuf *out, const struct pair *pair, size_t width)
{
	struct slice rest = pair->value;

	strbuf_add_str(out, pair->key);
	strbuf_add_repeat(out, " ", width - strlen(pair->key));
	strbuf_add_str(out, " = ");
	for (;;) {
		size_t end = slice_find(rest, '\n');

		strbuf_add(out, rest.at, end);
		strbuf_add_char(out, '\n');
		if (end == rest.len)
			break;
		rest = slice_from(rest, end + 1);
		if (rest.len && rest.at[0] != '\n')
			strbuf_add_repeat(out, " ", width + 3);
	}
}

void import_end(struct import_section *s)
{
	const struct pair *pairs = s->fields.items;
	struct strbuf *out = &((struct import_file *)s->import->files.items)[s->file].text;
	size_t width = 0;

	for (size_t i = 0; i < s->fields.len; i++)
		width = strlen(pairs[i].key) > width ? strlen(pairs[i].key) : width;
	for (size_t i = 0; i < s->fields.len; i++)
		write_pair(out, &pairs[i], width);
	vec_release(&s->fields);
}

/* Letters and digits as they are, anything else one '-' between them; at most `room` bytes. */
static void make_id(struct strbuf *out, struct slice name, size_t room)
{
	bool gap = false;

	for (size_t i = 0; i < name.len && out->len < room;) {
		uint32_t code;
		size_t bytes = utf8_decode(slice_from(name, i), &code);

		if (utf8_is_letter_or_digit(code) && code != 0xfffd) {
			if (out->len + bytes + gap > room)
				break;
			if (gap && out->len)
				strbuf_add_char(out, '-');
			utf8_encode(out, code);
			gap = false;
		} else {
			gap = true;
		}
		i += bytes;
	}
}

static bool take(struct import *import, const struct import_options *options, const char *kind,
	struct slice id)
{
	struct strbuf key;
	bool fresh;

	if (options && options->in_use && options->in_use(options->context, kind, id))
		return false;
	strbuf_init(&key);
	strbuf_addf(&key, "%s ", kind);
	utf8_fold(&key, id);
	fresh = !map_get(&import->taken, strbuf_slice(&key), NULL);
	if (fresh)
		map_put(&import->taken, arena_slice(&import->arena, strbuf_slice(&key)), 1);
	strbuf_release(&key);
	return fresh;
}

const char *import_id(struct import *import, const struct import_options *options, const char *kind,
	struct slice name, const char *fallback)
{
	size_t room = INI_NAME_LIMIT - strlen(kind) - 1 - 6; /* "-99999" */
	struct slice fitting = name;
	struct strbuf id, nfc;
	const char *result;
	size_t base;

	strbuf_init(&id);
	strbuf_init(&nfc);
	if (utf8_check(name) == name.len && !utf8_is_nfc(name)) {
		utf8_fold(&nfc, name);
		fitting = strbuf_slice(&nfc);
	}
	make_id(&id, fitting, room);
	if (!id.len)
		strbuf_add_str(&id, fallback);
	base = id.len;
	for (unsigned n = 2; !take(import, options, kind, strbuf_slice(&id)); n++) {
		strbuf_truncate(&id, base);
		strbuf_addf(&id, "-%u", n);
	}
	result = arena_strdup(&import->arena, id.buf);
	strbuf_release(&id);
	strbuf_release(&nfc);
	return result;
}

void import_note(struct diagnostics *found, const char *name, unsigned long line, const char *id,
	const char *format, const char *first, const char *second)
{
	struct place place = { name, (uint32_t)line, 0 };

	diagnose(found, place, id, format, first, first ? second : NULL, NULL);
}
