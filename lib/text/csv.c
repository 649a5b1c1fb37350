#include "text/csv.h"

#include "base/alloc.h"

#include <stdlib.h>

static bool needs_quotes(struct slice field)
{
	if (!field.len)
		return false;
	/* Leading and trailing blanks are lost by many readers unless quoted; a byte order mark by
	 * all. */
	if (field.at[0] == ' ' || field.at[field.len - 1] == ' ' ||
		slice_starts(field, "\xef\xbb\xbf"))
		return true;
	for (size_t i = 0; i < field.len; i++)
		if (field.at[i] == ',' || field.at[i] == '"' || field.at[i] == '\n' ||
			field.at[i] == '\r')
			return true;
	return false;
}

void csv_add(struct strbuf *out, struct slice field, bool first)
{
	if (!first)
		strbuf_add_char(out, ',');
	/* A row of one empty field would be an empty line, which is no row. */
	if (!field.len && first) {
		strbuf_add_str(out, "\"\"");
		return;
	}
	if (!needs_quotes(field)) {
		strbuf_add_slice(out, field);
		return;
	}
	strbuf_add_char(out, '"');
	while (field.len) {
		size_t quote = slice_find(field, '"');

		strbuf_add(out, field.at, quote);
		if (quote < field.len)
			strbuf_add_str(out, "\"\"");
		field = slice_from(field, quote + 1);
	}
	strbuf_add_char(out, '"');
}

void csv_end_row(struct strbuf *out)
{
	strbuf_add_str(out, "\r\n");
}

void csv_reader_init(
	struct csv_reader *r, struct slice input, const char *name, struct arena *arena)
{
	*r = (struct csv_reader){ .rest = input, .arena = arena, .name = name, .line = 1 };
	if (slice_starts(input, "\xef\xbb\xbf"))
		r->rest = slice_from(input, 3);
}

void csv_reader_release(struct csv_reader *r)
{
	free(r->fields);
	r->fields = NULL;
	r->field_count = r->field_cap = 0;
}

static void push_field(struct csv_reader *r, struct slice field)
{
	if (r->field_count == r->field_cap) {
		r->field_cap = r->field_cap ? r->field_cap * 2 : 16;
		r->fields = xreallocarray(r->fields, r->field_cap, sizeof(*r->fields));
	}
	r->fields[r->field_count++] = field;
}

/* Length of a line break at the front of text: 0, 1 (LF, CR) or 2 (CRLF). */
static size_t line_break(struct slice text)
{
	if (!text.len)
		return 0;
	if (text.at[0] == '\n')
		return 1;
	if (text.at[0] != '\r')
		return 0;
	return text.len > 1 && text.at[1] == '\n' ? 2 : 1;
}

static struct slice without_doubles(struct csv_reader *r, struct slice inner)
{
	char *copy = arena_alloc(r->arena, inner.len), *to = copy;

	for (size_t i = 0; i < inner.len; i++) {
		*to++ = inner.at[i];
		if (inner.at[i] == '"')
			i++;
	}
	return slice_new(copy, (size_t)(to - copy));
}

/* rest begins behind the opening quote; at is where the line begins. */
static int quoted_field(struct csv_reader *r, const char *line_start, struct err *err)
{
	struct slice inner = r->rest;
	size_t line = r->line, column = (size_t)(inner.at - line_start);
	bool doubles = false;

	for (size_t i = 0; i < inner.len; i++) {
		if (inner.at[i] == '\n')
			r->line++;
		if (inner.at[i] != '"')
			continue;
		if (i + 1 < inner.len && inner.at[i + 1] == '"') {
			doubles = true;
			i++;
			continue;
		}
		r->rest = slice_from(inner, i + 1);
		inner.len = i;
		push_field(r, doubles ? without_doubles(r, inner) : inner);
		return 0;
	}
	return err_set(err, ERR_INPUT, "%s:%zu:%zu: a quoted field without its closing quote",
		r->name, line, column);
}

static void plain_field(struct csv_reader *r)
{
	size_t len = 0;

	while (len < r->rest.len && r->rest.at[len] != ',' && r->rest.at[len] != '\n' &&
		r->rest.at[len] != '\r')
		len++;
	push_field(r, slice_new(r->rest.at, len));
	r->rest = slice_from(r->rest, len);
}

static bool skip_empty_lines(struct csv_reader *r)
{
	size_t n;

	while ((n = line_break(r->rest))) {
		r->rest = slice_from(r->rest, n);
		r->line++;
	}
	return r->rest.len > 0;
}

int csv_reader_next(struct csv_reader *r, struct err *err)
{
	const char *start;
	size_t n;

	r->field_count = 0;
	if (!skip_empty_lines(r))
		return 0;
	start = r->rest.at;
	for (;;) {
		if (r->rest.len && r->rest.at[0] == '"') {
			r->rest = slice_from(r->rest, 1);
			if (quoted_field(r, start, err))
				return ERR_INPUT;
		} else {
			plain_field(r);
		}
		if (r->rest.len && r->rest.at[0] == ',') {
			r->rest = slice_from(r->rest, 1);
			continue;
		}
		n = line_break(r->rest);
		if (!n && r->rest.len)
			return err_set(err, ERR_INPUT, "%s:%zu:%zu: text behind a quoted field",
				r->name, r->line, (size_t)(r->rest.at - start) + 1);
		r->rest = slice_from(r->rest, n);
		r->line += n > 0;
		return 1;
	}
}
