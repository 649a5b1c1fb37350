#include "text/ini_doc.h"

#include "base/utf8.h"

struct ini_section *ini_section_at(const struct ini_doc *doc, long index)
{
	return vec_at(&doc->sections, (size_t)(index + 1));
}

struct ini_line *ini_section_insert(
	struct ini_doc *doc, struct ini_section *section, size_t position, size_t count)
{
	if (section->len + count > section->cap) {
		size_t cap = section->len + count + section->len / 2 + 4;
		struct ini_line *grown = arena_calloc(&doc->arena, cap, sizeof(*grown));

		if (section->len)
			memcpy(grown, section->lines, section->len * sizeof(*grown));
		section->lines = grown;
		section->cap = cap;
	}
	memmove(section->lines + position + count, section->lines + position,
		(section->len - position) * sizeof(*section->lines));
	memset(section->lines + position, 0, count * sizeof(*section->lines));
	section->len += count;
	return section->lines + position;
}

void ini_section_delete(struct ini_section *section, size_t position, size_t count)
{
	section->len -= count;
	if (section->len > position)
		memmove(section->lines + position, section->lines + position + count,
			(section->len - position) * sizeof(*section->lines));
}

/* A comment from the start of the line. An indented one, moved behind a value, would join it. */
static bool free_comment(const struct ini_line *line)
{
	return line->kind == INI_COMMENT && !ini_blank_bytes(line->text);
}

size_t ini_section_body_end(const struct ini_section *section)
{
	size_t end = section->len;

	while (end && (section->lines[end - 1].kind == INI_BLANK ||
			      free_comment(&section->lines[end - 1])))
		end--;
	return end;
}

/* The comments directly above the next header belong to it. */
static size_t comments_at_end(const struct ini_section *section)
{
	size_t n = 0;

	while (n < section->len && free_comment(&section->lines[section->len - 1 - n]))
		n++;
	return n;
}

static struct ini_section *begin_section(
	struct ini_doc *doc, struct slice header, struct ini_line *lines)
{
	struct ini_section *above = ini_section_at(doc, (long)doc->sections.len - 2);
	size_t comments = comments_at_end(above);
	struct ini_section *section;

	above->len -= comments;
	above->cap = above->len;
	section = vec_push(&doc->sections);
	section->header = header;
	section->lines = lines - comments;
	section->len = section->header_line = comments;
	return section;
}

static bool opens_section(const struct ini_scanned *line)
{
	return line->kind == INI_HEADER ||
	       (line->kind == INI_BAD && line->text.len && line->text.at[0] == '[');
}

/* Empty for a header at fault. */
static struct slice header_of(const struct ini_scanned *line)
{
	return line->kind == INI_HEADER ? line->name : slice_new(NULL, 0);
}

static size_t count_lines(struct slice text, char newline)
{
	size_t count = 1;

	for (size_t end; (end = slice_find(text, newline)) < text.len; count++)
		text = slice_from(text, end + 1);
	return count;
}

static void parse_lines(struct ini_doc *doc, struct slice input)
{
	struct ini_scanner scanner;
	struct ini_scanned line;
	struct ini_section *section = vec_push(&doc->sections);
	struct ini_line *at;

	ini_scan_init(&scanner, input);
	doc->bom = scanner.bom;
	doc->line_end = scanner.newline == '\r' ? INI_END_CR : INI_END_NONE;
	at = arena_calloc(&doc->arena, count_lines(input, scanner.newline), sizeof(*at));
	section->lines = at;
	section->header_line = SIZE_MAX;
	for (; ini_scan(&scanner, &line); at++) {
		*at = (struct ini_line){ line.text, (uint8_t)line.kind, (uint8_t)line.end };
		if (opens_section(&line))
			section = begin_section(doc, header_of(&line), at);
		section->cap = ++section->len;
		doc->final_newline = line.end != INI_END_NONE;
		if (doc->line_end == INI_END_NONE)
			doc->line_end = (int)line.end;
	}
	doc->crlf = doc->line_end == INI_END_CRLF;
	if (doc->line_end == INI_END_NONE)
		doc->line_end = INI_END_LF;
}

int ini_doc_parse(struct ini_doc *doc, struct slice input, struct err *err)
{
	(void)err;
	*doc = (struct ini_doc){ .final_newline = true };
	arena_init(&doc->arena);
	vec_init(&doc->sections, sizeof(struct ini_section));
	parse_lines(doc, arena_slice(&doc->arena, input));
	return 0;
}

void ini_doc_release(struct ini_doc *doc)
{
	vec_release(&doc->sections);
	arena_release(&doc->arena);
}

static void print_lines(const struct ini_section *section, struct strbuf *out)
{
	static const char *const ends[] = { [INI_END_NONE] = "",
		[INI_END_LF] = "\n",
		[INI_END_CRLF] = "\r\n",
		[INI_END_CR] = "\r" };

	for (size_t i = 0; i < section->len; i++) {
		strbuf_add_slice(out, section->lines[i].text);
		strbuf_add_str(out, ends[section->lines[i].end]);
	}
}

void ini_doc_print(const struct ini_doc *doc, struct strbuf *out)
{
	if (doc->bom)
		strbuf_add_str(out, "\xef\xbb\xbf");
	for (size_t i = 0; i < doc->sections.len; i++)
		print_lines(vec_at(&doc->sections, i), out);
}

size_t ini_doc_section_count(const struct ini_doc *doc)
{
	return doc->sections.len - 1;
}

struct slice ini_doc_header(const struct ini_doc *doc, size_t section)
{
	return ini_section_at(doc, (long)section)->header;
}

long ini_doc_find(const struct ini_doc *doc, struct slice header)
{
	const struct ini_section *sections = doc->sections.items;

	for (size_t i = 1; i < doc->sections.len; i++)
		if (slice_equal(sections[i].header, header))
			return (long)i - 1;
	return -1;
}

struct ini_field ini_field_at(const struct ini_section *section, size_t first)
{
	struct ini_field field = { first, first };

	for (size_t i = first + 1; i < section->len; i++) {
		uint8_t kind = section->lines[i].kind;

		if (kind == INI_CONTINUATION)
			field.last = i;
		else if (kind != INI_BLANK && kind != INI_COMMENT)
			break;
	}
	return field;
}

bool ini_field_find(const struct ini_section *section, struct slice key, struct ini_field *out)
{
	for (size_t i = 0; i < section->len; i++) {
		struct slice name, value;

		if (section->lines[i].kind != INI_KEY)
			continue;
		ini_split_key(section->lines[i].text, &name, &value);
		if (slice_equal(name, key)) {
			*out = ini_field_at(section, i);
			return true;
		}
	}
	return false;
}

static struct slice fold(struct ini_doc *doc, const struct ini_section *section,
	struct ini_field field, struct slice head)
{
	struct strbuf text;
	struct slice result;
	size_t blanks = 0;

	strbuf_init(&text);
	strbuf_add_slice(&text, head);
	for (size_t i = field.first + 1; i <= field.last; i++) {
		const struct ini_line *line = &section->lines[i];

		if (line->kind == INI_BLANK)
			blanks++;
		if (line->kind != INI_CONTINUATION)
			continue;
		if (text.len)
			strbuf_add_repeat(&text, "\n", blanks + 1);
		strbuf_add_slice(&text, ini_trim(line->text));
		blanks = 0;
	}
	result = arena_slice(&doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return result;
}

bool ini_doc_get(struct ini_doc *doc, size_t index, struct slice key, struct slice *value)
{
	const struct ini_section *section = ini_section_at(doc, (long)index);
	struct ini_field field;
	struct slice name;

	if (!ini_field_find(section, key, &field))
		return false;
	ini_split_key(section->lines[field.first].text, &name, value);
	if (field.last > field.first)
		*value = fold(doc, section, field, *value);
	return true;
}

size_t ini_doc_key_count(const struct ini_doc *doc, size_t index)
{
	const struct ini_section *section = ini_section_at(doc, (long)index);
	size_t count = 0;

	for (size_t i = 0; i < section->len; i++)
		count += section->lines[i].kind == INI_KEY;
	return count;
}

struct slice ini_doc_key(const struct ini_doc *doc, size_t section, size_t index)
{
	const struct ini_section *in = ini_section_at(doc, (long)section);
	struct slice name = { NULL, 0 }, value;

	for (size_t i = 0; i < in->len; i++)
		if (in->lines[i].kind == INI_KEY && !index--) {
			ini_split_key(in->lines[i].text, &name, &value);
			break;
		}
	return name;
}

/* Sections as a whole: adding, removing, moving. */

static struct ini_line *line_before(struct ini_doc *doc, long index)
{
	for (; index >= -1; index--) {
		struct ini_section *section = ini_section_at(doc, index);

		if (section->len)
			return &section->lines[section->len - 1];
	}
	return NULL;
}

static void append_blank(struct ini_doc *doc, struct ini_section *section)
{
	struct ini_line *line = ini_section_insert(doc, section, section->len, 1);

	line->end = (uint8_t)doc->line_end;
	line->kind = INI_BLANK;
}

/* An empty section behind `after`, with the blank lines around it that it needs. */
static struct ini_section *open_section(struct ini_doc *doc, long after)
{
	struct ini_line *above = line_before(doc, after);
	struct ini_section *items;
	size_t at = (size_t)(after + 2);

	if (above && above->end == INI_END_NONE)
		above->end = (uint8_t)doc->line_end;
	if (above && above->kind != INI_BLANK)
		append_blank(doc, ini_section_at(doc, after));
	vec_push(&doc->sections);
	items = doc->sections.items;
	memmove(items + at + 1, items + at, (doc->sections.len - 1 - at) * sizeof(*items));
	items[at] = (struct ini_section){ .header_line = 0 };
	if (at + 1 < doc->sections.len)
		append_blank(doc, items + at);
	return items + at;
}

static struct slice header_text(struct ini_doc *doc, struct slice header)
{
	return slice_of(arena_printf(&doc->arena, "[%.*s]", (int)header.len, header.at));
}

size_t ini_doc_add(struct ini_doc *doc, long after, struct slice header)
{
	struct ini_section *section = open_section(doc, after);
	struct ini_line *line = ini_section_insert(doc, section, 0, 1);

	section->fresh = true;
	line->text = header_text(doc, header);
	section->header = slice_new(line->text.at + 1, header.len);
	line->kind = INI_HEADER;
	line->end = (uint8_t)doc->line_end;
	return (size_t)(after + 1);
}

void ini_doc_rename(struct ini_doc *doc, size_t index, struct slice header)
{
	struct ini_section *section = ini_section_at(doc, (long)index);
	struct ini_line *line = &section->lines[section->header_line];

	line->text = header_text(doc, header);
	section->header = slice_new(line->text.at + 1, header.len);
	line->kind = INI_HEADER;
}

/* What stands free behind the keys goes to the section above, but for one blank line. */
static void give_tail(
	struct ini_doc *doc, struct ini_section *section, struct ini_section *above, bool last)
{
	size_t from = ini_section_body_end(section), count;

	if (from < section->len && section->lines[from].kind == INI_BLANK)
		from++;
	else if (from == section->len && last && above->len &&
		 above->lines[above->len - 1].kind == INI_BLANK)
		above->len--;
	count = section->len - from;
	if (count)
		memcpy(ini_section_insert(doc, above, above->len, count), section->lines + from,
			count * sizeof(*section->lines));
}

void ini_doc_remove(struct ini_doc *doc, size_t index)
{
	bool last = index + 1 == ini_doc_section_count(doc);

	give_tail(
		doc, ini_section_at(doc, (long)index), ini_section_at(doc, (long)index - 1), last);
	vec_remove(&doc->sections, index + 1);
}

void ini_doc_copy(const struct ini_doc *doc, size_t index, struct strbuf *out)
{
	struct ini_section own = *ini_section_at(doc, (long)index);

	own.len = ini_section_body_end(&own);
	print_lines(&own, out);
	if (own.len && own.lines[own.len - 1].end == INI_END_NONE)
		strbuf_add_str(out, doc->line_end == INI_END_CRLF ? "\r\n" : "\n");
}

size_t ini_doc_paste(struct ini_doc *doc, long after, struct slice text)
{
	struct ini_section *section = open_section(doc, after);
	struct ini_scanner scanner;
	struct ini_scanned scanned;
	size_t at = 0;

	ini_scan_init(&scanner, arena_slice(&doc->arena, text));
	for (; ini_scan(&scanner, &scanned); at++) {
		struct ini_line *line = ini_section_insert(doc, section, at, 1);

		*line = (struct ini_line){ scanned.text, (uint8_t)scanned.kind,
			(uint8_t)doc->line_end };
		if (opens_section(&scanned)) {
			section->header = header_of(&scanned);
			section->header_line = at;
		}
	}
	return (size_t)(after + 1);
}
