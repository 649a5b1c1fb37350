/*
 * Setting and removing fields in a lossless document.
 *
 * A value is a list of logical lines ("slots"): the text on the key's own line and each
 * continuation or blank line behind it. Old and new slots are compared from both ends; what is
 * equal is not touched, what lies between is replaced line by line. So a corrected word in a
 * description of fifty lines is a change of one line.
 */
#include "text/ini_doc.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"

bool ini_value_ok(struct slice value, const char **why)
{
	struct slice rest = value;

	*why = NULL;
	if (slice_starts(value, "\n") || slice_ends(value, "\n"))
		*why = N_("begins or ends with a line break");
	for (bool more = true; more && !*why;) {
		size_t end = slice_find(rest, '\n');
		struct slice line = slice_new(rest.at, end);

		more = end < rest.len;
		rest = slice_from(rest, end + 1);
		if (ini_control(line) < line.len)
			*why = N_("holds a control character");
		else if (ini_trim(line).len != line.len)
			*why = N_("has a line that begins or ends with a blank");
	}
	if (!*why && utf8_check(value) < value.len)
		*why = N_("is not valid UTF-8");
	return !*why;
}

bool ini_name_ok(struct slice name, bool header, const char **why)
{
	*why = NULL;
	if (!name.len)
		*why = N_("is empty");
	else if (name.len > INI_NAME_LIMIT)
		*why = N_("is longer than 49 bytes");
	else if (ini_trim(name).len != name.len)
		*why = N_("begins or ends with a blank");
	else if (ini_control(name) < name.len || memchr(name.at, '\n', name.len))
		*why = N_("holds a control character");
	else if (utf8_check(name) < name.len)
		*why = N_("is not valid UTF-8");
	else if (header && (memchr(name.at, '[', name.len) || memchr(name.at, ']', name.len)))
		*why = N_("holds a bracket");
	else if (!header && memchr(name.at, '=', name.len))
		*why = N_("holds '='");
	else if (!header && strchr("[;#", name.at[0]))
		*why = N_("begins with '[', ';' or '#'");
	else if (!header && slice_starts(name, "\xef\xbb\xbf"))
		*why = N_("begins with a byte order mark");
	return !*why;
}

/* The lines of a new value: trimmed, without controls, no empty one first or last. */
static void split_value(struct ini_doc *doc, struct slice value, struct vec *lines)
{
	struct slice rest = value;

	vec_init(lines, sizeof(struct slice));
	for (bool more = true; more;) {
		size_t end = slice_find(rest, '\n'), bad;
		struct slice line = ini_trim(slice_new(rest.at, end));

		more = end < rest.len;
		rest = slice_from(rest, end + 1);
		while ((bad = ini_control(line)) < line.len) {
			const char *tail = line.at + bad + 1;

			line = ini_trim(slice_of(arena_printf(&doc->arena, "%.*s %.*s", (int)bad,
				line.at, (int)(line.len - bad - 1), tail)));
		}
		if (line.len || lines->len)
			vec_append(lines, &line);
	}
	while (lines->len && !((struct slice *)lines->items)[lines->len - 1].len)
		lines->len--;
}

/* A logical line of the old value and where it stands. */
struct slot {
	struct slice text;
	size_t line;
};

static void add_slot(struct vec *slots, struct slice text, size_t line)
{
	struct slot slot = { text, line };

	vec_append(slots, &slot);
}

/* True when the first slot is on the key's own line. */
static bool find_slots(const struct ini_section *section, struct ini_field field, struct vec *slots)
{
	struct slice name, head;
	bool on_key;

	vec_init(slots, sizeof(struct slot));
	ini_split_key(section->lines[field.first].text, &name, &head);
	on_key = head.len || field.last == field.first;
	if (on_key)
		add_slot(slots, head, field.first);
	for (size_t i = field.first + 1; i <= field.last; i++) {
		const struct ini_line *line = &section->lines[i];

		if (line->kind == INI_CONTINUATION || (line->kind == INI_BLANK && slots->len))
			add_slot(slots, ini_trim(line->text), i);
	}
	return on_key;
}

static struct slice indent_of(struct slice text)
{
	size_t n = 0, more;

	while ((more = ini_blank_bytes(slice_from(text, n))))
		n += more;
	return slice_new(text.at, n);
}

static struct slice value_prefix(struct slice key_line)
{
	struct slice name, value;

	ini_split_key(key_line, &name, &value);
	if (value.len)
		return slice_new(key_line.at, (size_t)(value.at - key_line.at));
	return slice_new(key_line.at, slice_find(key_line, '=') + 1);
}

/* First continuation line of a field, or NULL. */
static const struct ini_line *first_continuation(
	const struct ini_section *section, struct ini_field field)
{
	for (size_t i = field.first + 1; i <= field.last; i++)
		if (section->lines[i].kind == INI_CONTINUATION)
			return &section->lines[i];
	return NULL;
}

/*
 * Indentation for the field's continuation lines: as it has; else as another field of the section
 * has; else under the value.
 */
static struct slice indent_for(
	struct ini_doc *doc, const struct ini_section *section, struct ini_field field)
{
	const struct ini_line *found = first_continuation(section, field);
	struct slice prefix = value_prefix(section->lines[field.first].text);
	size_t cells = ini_cells(prefix) + slice_ends(prefix, "=");
	char *blanks;

	if (found)
		return indent_of(found->text);
	for (size_t i = 0; i < section->len && !section->fresh; i++) {
		if (section->lines[i].kind != INI_KEY)
			continue;
		found = first_continuation(section, ini_field_at(section, i));
		if (!found)
			continue;
		prefix = value_prefix(section->lines[i].text);
		if (ini_cells(indent_of(found->text)) != ini_cells(prefix))
			return indent_of(found->text);
		break;
	}
	blanks = arena_alloc(&doc->arena, cells + 1);
	memset(blanks, ' ', cells);
	return slice_new(blanks, cells);
}

static struct slice join(struct ini_doc *doc, struct slice a, struct slice b)
{
	char *text = arena_alloc(&doc->arena, a.len + b.len + 1);

	if (a.len)
		memcpy(text, a.at, a.len);
	if (b.len)
		memcpy(text + a.len, b.at, b.len);
	return slice_new(text, a.len + b.len);
}

static void put_key_line(struct ini_doc *doc, struct ini_line *line, const struct ini_style *style,
	struct slice value)
{
	struct slice prefix = value_prefix(line->text), after = slice_from(line->text, prefix.len);

	if (!value.len)
		line->text = slice_new(prefix.at, slice_find(prefix, '=') + 1);
	else if (!slice_ends(prefix, "="))
		line->text = join(doc, prefix, value);
	else if (after.len && ini_blank_bytes(after)) /* "key = " with nothing behind */
		line->text = join(doc, join(doc, prefix, indent_of(after)), value);
	else if (ini_trim(after).len) /* "key=value" */
		line->text = join(doc, prefix, value);
	else
		line->text = join(doc, join(doc, prefix, style->after), value);
}

static void put_continuation(
	struct ini_doc *doc, struct ini_line *line, struct slice indent, struct slice text)
{
	line->kind = text.len ? INI_CONTINUATION : INI_BLANK;
	line->text = text.len ? join(doc, indent, text) : slice_new(NULL, 0);
}

struct change {
	struct ini_doc *doc;
	struct ini_section *section;
	struct slice indent;
	struct ini_style style;
};

static void put_slot(const struct change *c, size_t line, struct slice text)
{
	struct ini_line *at = &c->section->lines[line];

	if (at->kind == INI_KEY)
		put_key_line(c->doc, at, &c->style, text);
	else
		put_continuation(
			c->doc, at, at->kind == INI_BLANK ? c->indent : indent_of(at->text), text);
}

/* Lines behind `position`, for slots that the old value did not have. */
static void insert_slots(
	const struct change *c, size_t position, const struct slice *texts, size_t count)
{
	struct ini_line *above = &c->section->lines[position];
	uint8_t end = above->end ? above->end : (uint8_t)c->doc->line_end;
	struct ini_line *added;

	if (!count)
		return;
	above->end = end;
	added = ini_section_insert(c->doc, c->section, position + 1, count);
	for (size_t i = 0; i < count; i++) {
		put_continuation(c->doc, &added[i], c->indent, texts[i]);
		added[i].end = end;
	}
}

/*
 * Where lines for slot `index` are put: behind the slot above. In front of the first, directly above it: blank lines between the key
 * and the first text do not count, and must not come to lie between texts.
 */
static size_t line_above(const struct vec *slots, size_t index, struct ini_field field)
{
	const struct slot *old = slots->items;

	if (index)
		return old[index - 1].line;
	return slots->len ? old[0].line - 1 : field.first;
}

static void replace_value(const struct change *c, struct ini_field field, struct slice value)
{
	struct vec slots, lines;
	bool on_key = find_slots(c->section, field, &slots);
	struct slot *old = slots.items;
	struct slice *new, nothing = { NULL, 0 };
	size_t from = 0, tail = 0, both, floor = on_key;

	split_value(c->doc, value, &lines);
	if (!lines.len && on_key)
		vec_append(&lines, &nothing);
	new = lines.items;
	while (from < slots.len && from < lines.len && slice_equal(old[from].text, new[from]))
		from++;
	while (slots.len - tail > (from > floor ? from : floor) &&
		lines.len - tail > (from > floor ? from : floor) &&
		slice_equal(old[slots.len - 1 - tail].text, new[lines.len - 1 - tail]))
		tail++;
	both = (slots.len < lines.len ? slots.len : lines.len) - tail;
	for (size_t i = from; i < both; i++)
		put_slot(c, old[i].line, new[i]);
	if (lines.len > slots.len)
		insert_slots(c, line_above(&slots, both, field), new + both, lines.len - tail - both);
	for (size_t i = slots.len - tail; i > both; i--)
		ini_section_delete(c->section, old[i - 1].line, 1);
	vec_release(&slots);
	vec_release(&lines);
}

/*
 * An indented comment (or a line at fault) must not become part of the value of a key put
 * in front of it: such a key goes behind it.
 */
static size_t settle(const struct ini_section *section, size_t position)
{
	for (size_t i = position; i < section->len; i++) {
		const struct ini_line *line = &section->lines[i];

		if (line->kind == INI_KEY || line->kind == INI_HEADER)
			break;
		if (line->kind != INI_BLANK && ini_blank_bytes(line->text))
			position = i + 1;
	}
	return position;
}

static size_t position_for(const struct ini_section *section, const char *const *before)
{
	size_t position = section->header_line + 1;

	for (size_t i = 0; i < section->len; i++) {
		struct slice name, value;
		bool counts = !before;

		if (section->lines[i].kind != INI_KEY)
			continue;
		ini_split_key(section->lines[i].text, &name, &value);
		for (const char *const *b = before; b && *b && !counts; b++)
			counts = slice_is(name, *b);
		if (counts)
			position = ini_field_at(section, i).last + 1;
	}
	return settle(section, position);
}

static size_t insert_key(const struct change *c, struct slice key, const char *const *before)
{
	size_t position = position_for(c->section, before);
	struct ini_line *line, *above;
	struct strbuf text;

	strbuf_init(&text);
	ini_style_prefix(&text, &c->style, key);
	line = ini_section_insert(c->doc, c->section, position, 1);
	above = line - 1;
	if (above->end == INI_END_NONE)
		above->end = (uint8_t)c->doc->line_end;
	line->kind = INI_KEY;
	line->end = above->end;
	line->text = arena_slice(&c->doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return position;
}

/* All keys of a section of our own stand in one column; continuation lines under the values. */
static void align(const struct change *c)
{
	size_t column = 0, behind = ini_cells(c->style.after) + 1;
	struct slice blanks, name, value;

	for (size_t i = 0; i < c->section->len; i++)
		if (c->section->lines[i].kind == INI_KEY) {
			ini_split_key(c->section->lines[i].text, &name, &value);
			column = ini_cells(name) >= column ? ini_cells(name) + 1 : column;
		}
	blanks = slice_new(arena_alloc(&c->doc->arena, column + behind), column + behind);
	memset((char *)blanks.at, ' ', blanks.len);
	for (size_t i = 0; i < c->section->len; i++) {
		struct ini_line *line = &c->section->lines[i];

		if (line->kind == INI_CONTINUATION)
			line->text = join(c->doc, blanks, ini_trim(line->text));
		if (line->kind != INI_KEY)
			continue;
		ini_split_key(line->text, &name, &value);
		line->text = join(c->doc, name, slice_new(blanks.at, column - ini_cells(name)));
		line->text = join(c->doc, line->text, slice_of("="));
		if (value.len)
			line->text = join(c->doc, join(c->doc, line->text, c->style.after), value);
	}
}

void ini_doc_set(struct ini_doc *doc, size_t index, struct slice key, struct slice value,
	const char *const *before)
{
	struct ini_section *section = ini_section_at(doc, (long)index);
	struct change c = { doc, section, { NULL, 0 }, ini_style_of(doc, (long)index) };
	struct ini_field field;

	if (!ini_field_find(section, key, &field))
		field.first = field.last = insert_key(&c, key, before);
	c.indent = indent_for(doc, section, field);
	replace_value(&c, field, value);
	if (section->fresh && c.style.aligned)
		align(&c);
}

bool ini_doc_unset(struct ini_doc *doc, size_t index, struct slice key)
{
	struct ini_section *section = ini_section_at(doc, (long)index);
	struct ini_field field;

	if (!ini_field_find(section, key, &field))
		return false;
	for (size_t i = field.last + 1; i > field.first; i--)
		if (section->lines[i - 1].kind != INI_COMMENT)
			ini_section_delete(section, i - 1, 1);
	return true;
}
