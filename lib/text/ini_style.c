/* How a section writes its keys, so that a new one looks as if its author had written it. */
#include "text/ini_doc.h"

#include "base/utf8.h"

enum { TAB_STOP = 8 };

size_t ini_cells(struct slice text)
{
	size_t cells = 0;

	for (;;) {
		size_t tab = slice_find(text, '\t');

		cells += utf8_width(slice_new(text.at, tab));
		if (tab == text.len)
			return cells;
		cells += TAB_STOP - cells % TAB_STOP;
		text = slice_from(text, tab + 1);
	}
}

struct key_look {
	size_t column, width; /* cells in front of '=', of the name */
	struct slice before, after;
};

static struct key_look look_at(struct slice text)
{
	struct slice name, value, left = slice_new(text.at, slice_find(text, '='));
	struct key_look look;

	ini_split_key(text, &name, &value);
	look.column = ini_cells(left);
	look.width = ini_cells(name);
	look.before = slice_from(left, (size_t)(name.at - text.at) + name.len);
	look.after = slice_new(NULL, 0);
	if (value.len) {
		look.after.at = left.at + left.len + 1;
		look.after.len = (size_t)(value.at - look.after.at);
	}
	return look;
}

/* Aligned: every '=' in one column, which is not just where a single blank would have put it. */
static struct ini_style style_of_section(const struct ini_section *section)
{
	struct ini_style style = { .known = false };
	bool one_column = true, padded = false;

	for (size_t i = 0; i < section->len; i++) {
		struct key_look look;

		if (section->lines[i].kind != INI_KEY)
			continue;
		look = look_at(section->lines[i].text);
		one_column = one_column && (!style.known || look.column == style.column);
		padded = padded || look.column > look.width + 1;
		style.known = true;
		style.column = look.column;
		if (!style.before.at || look.before.len < style.before.len)
			style.before = look.before;
		if (look.after.at)
			style.after = look.after;
	}
	style.aligned = one_column && padded;
	if (style.aligned && style.before.len && style.before.at[0] != '\t')
		style.before = slice_of(" ");
	if (!style.after.at)
		style.after = slice_of(style.before.len ? " " : "");
	return style;
}

struct ini_style ini_style_of(const struct ini_doc *doc, long index)
{
	const struct ini_section *own = ini_section_at(doc, index);
	long count = (long)ini_doc_section_count(doc);
	struct ini_style style = { .known = false };

	if (!own->fresh)
		style = style_of_section(own);
	for (long i = index - 1; !style.known && i >= 0; i--)
		style = style_of_section(ini_section_at(doc, i));
	for (long i = index + 1; !style.known && i < count; i++)
		style = style_of_section(ini_section_at(doc, i));
	if (!style.known) {
		style.before = style.after = slice_of(" ");
		style.aligned = own->fresh;
	}
	return style;
}

void ini_style_prefix(struct strbuf *out, const struct ini_style *style, struct slice key)
{
	size_t width = ini_cells(key);
	bool tabs = style->before.len && memchr(style->before.at, '\t', style->before.len);

	strbuf_add_slice(out, key);
	if (!style->aligned || width >= style->column) {
		strbuf_add_slice(out, style->before);
	} else if (tabs && style->column % TAB_STOP == 0) {
		size_t stops = style->column / TAB_STOP - width / TAB_STOP;

		strbuf_add_repeat(out, "\t", stops);
	} else {
		strbuf_add_repeat(out, " ", style->column - width);
	}
	strbuf_add_char(out, '=');
	strbuf_add_slice(out, style->after);
}
