/*
 * Markdown as GitHub and GitLab read it: headings, GFM tables, lists, figures as text in code blocks. What people wrote is
 * escaped: a title with pipes, stars or HTML in it stays that title.
 */
#include "render/render-internal.h"

#include "base/utf8.h"

#include <string.h>

enum { FIGURE_WIDTH = 100 };

/* Characters that begin or end markup anywhere in a line. */
static bool is_markup(char c)
{
	return c && strchr("\\`*_[]|~#", c) != NULL;
}

/* At the start of a line these would make a list, a heading, a quote or a rule. */
static bool opens_block(struct slice line, size_t at)
{
	char c = line.at[at];
	if (at == 0)
		return c && strchr("+-=>", c) != NULL;
	/* 1. and 1) begin a list */
	for (size_t i = 0; i < at; i++)
		if (line.at[i] < '0' || line.at[i] > '9')
			return false;
	return c == '.' || c == ')';
}

static void escape(struct strbuf *out, struct slice text)
{
	size_t line = out->len;
	while (line > 0 && out->buf[line - 1] == ' ')
		line--;
	bool at_start = line == 0 || out->buf[line - 1] == '\n';
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '<') {
			strbuf_add_str(out, "&lt;");
		} else if (c == '>') {
			strbuf_add_str(out, "&gt;");
		} else if (c == '&') {
			strbuf_add_str(out, "&amp;");
		} else {
			if (is_markup(c) || (at_start && opens_block(text, i)))
				strbuf_add_char(out, '\\');
			strbuf_add_char(out, c);
		}
	}
}

static void add_cell(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	struct strbuf text;
	const char *mark = tone_mark(cell->tone, false);
	strbuf_init(&text);
	if (mark)
		strbuf_addf(out, "%s ", mark);
	render_cell(cell, units, options, &text);
	escape(out, strbuf_slice(&text));
	strbuf_release(&text);
}

/* Prose keeps its line breaks, the lines after the first behind `indent` blanks. */
static void add_prose(struct strbuf *out, const struct cell *cell, size_t indent, const struct units *units,
	const struct render_options *options)
{
	struct slice rest = cell->text;
	struct strbuf line;
	if (cell->type != CELL_TEXT || cell->tone || slice_find(rest, '\n') == rest.len) {
		add_cell(out, cell, units, options);
		return;
	}
	strbuf_init(&line);
	for (bool first = true; rest.len; first = false) {
		size_t n = slice_find(rest, '\n');
		if (!first) {
			strbuf_add_str(out, "\\\n");
			strbuf_add_repeat(out, " ", indent);
		}
		strbuf_reset(&line);
		add_line(&line, slice_new(rest.at, n));
		escape(out, strbuf_slice(&line));
		rest = slice_from(rest, n + 1);
	}
	strbuf_release(&line);
}

static void add_label(struct strbuf *out, const char *message, const char *key)
{
	escape(out, slice_of(label_text(message, key)));
}

static void add_head(struct strbuf *out, const struct table *table)
{
	const struct column *columns = table->columns.items;
	for (size_t c = 0; c < table->columns.len; c++) {
		if (columns[c].priority == PRIORITY_DATA)
			continue;
		strbuf_add_str(out, "| ");
		add_label(out, columns[c].title, columns[c].key);
		strbuf_add_char(out, ' ');
	}
	strbuf_add_str(out, "|\n");
	for (size_t c = 0; c < table->columns.len; c++)
		if (columns[c].priority != PRIORITY_DATA)
			strbuf_add_str(out, columns[c].align == ALIGN_RIGHT ? "| ---: " : "| --- ");
	strbuf_add_str(out, "|\n");
}

static void add_table(struct strbuf *out, const struct table *table, const struct units *units,
	const struct render_options *options)
{
	const struct column *columns = table->columns.items;
	if (!table_length(table)) {
		strbuf_addf(out, "_%s_\n", _(table->empty ? table->empty : N_("(none)")));
		return;
	}
	add_head(out, table);
	for (size_t r = 0; r < table_length(table) && render_flush(out, options); r++) {
		const struct row *row = table_row_at(table, r);
		for (size_t c = 0; c < table->columns.len; c++) {
			if (columns[c].priority == PRIORITY_DATA)
				continue;
			strbuf_add_str(out, "| ");
			if (columns[c].tree && row->depth > 0)
				strbuf_add_repeat(out, "&emsp;", (size_t)row->depth);
			add_cell(out, &row->cells[c], units, options);
			strbuf_add_char(out, ' ');
		}
		strbuf_add_str(out, "|\n");
	}
}

static void add_pairs(struct strbuf *out, const struct block *block, const struct units *units,
	const struct render_options *options)
{
	const struct pair *pairs = block->pairs.items;
	for (size_t i = 0; i < block->pairs.len; i++) {
		if (pairs[i].value.type == CELL_NONE)
			continue;
		strbuf_add_str(out, "- **");
		add_label(out, pairs[i].label, pairs[i].key);
		strbuf_add_str(out, "**: ");
		add_prose(out, &pairs[i].value, 2, units, options);
		strbuf_add_char(out, '\n');
	}
}

/* A fence longer than any run of backquotes inside. */
static void add_figure(struct strbuf *out, const struct figure *figure, const struct units *units,
	const struct render_options *options)
{
	struct render_options plain = *options;
	struct strbuf text;
	strbuf_init(&text);
	plain.width = FIGURE_WIDTH;
	plain.color = plain.ascii = false;
	terminal_figure(figure, units, &plain, &text);
	size_t run = 0, longest = 2;
	for (size_t i = 0; i < text.len; i++) {
		run = text.buf[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	strbuf_add_repeat(out, "`", longest + 1);
	strbuf_add_str(out, "text\n");
	strbuf_add_slice(out, strbuf_slice(&text));
	strbuf_add_repeat(out, "`", longest + 1);
	strbuf_add_char(out, '\n');
	strbuf_release(&text);
}

static void add_caption(struct strbuf *out, const char *title)
{
	if (!title)
		return;
	strbuf_add_str(out, "**");
	escape(out, slice_of(_(title)));
	strbuf_add_str(out, "**\n\n");
}

static void add_items(struct strbuf *out, const struct block *block, const struct units *units,
	const struct render_options *options)
{
	const struct cell *items = block->items.items;
	for (size_t i = 0; i < block->items.len; i++) {
		strbuf_add_str(out, "- ");
		add_prose(out, &items[i], 2, units, options);
		strbuf_add_char(out, '\n');
	}
}

static void add_block(struct strbuf *out, const struct block *block, const struct doc *doc,
	const struct render_options *options)
{
	switch (block->type) {
	case BLOCK_HEADING:
		strbuf_add_repeat(out, "#", (size_t)(block->level < 1 ? 2 : block->level > 5 ? 6 : block->level + 1));
		strbuf_add_char(out, ' ');
		add_cell(out, &block->text, &doc->units, options);
		strbuf_add_char(out, '\n');
		break;
	case BLOCK_PARAGRAPH:
		add_prose(out, &block->text, 0, &doc->units, options);
		strbuf_add_char(out, '\n');
		break;
	case BLOCK_PAIRS:
		add_pairs(out, block, &doc->units, options);
		break;
	case BLOCK_ITEMS:
		add_items(out, block, &doc->units, options);
		break;
	case BLOCK_TABLE:
		add_caption(out, block->table->title);
		add_table(out, block->table, &doc->units, options);
		break;
	case BLOCK_FIGURE:
		add_caption(out, block->figure->title);
		add_figure(out, block->figure, &doc->units, options);
		break;
	}
}

int render_markdown(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	struct render_options own = *options;
	char date[CIVIL_TEXT];
	(void)err;
	own.ascii = false;
	if (doc->title.type != CELL_NONE) {
		strbuf_add_str(out, "# ");
		add_cell(out, &doc->title, &doc->units, &own);
		strbuf_add_char(out, '\n');
		if (own.now_shown && doc->now != MOMENT_NONE)
			strbuf_addf(out, "\n%s\n", date_print(moment_date(doc->now), date));
		if (doc->at.len) {
			strbuf_add_str(out, "\n`");
			strbuf_add_slice(out, doc->at);
			strbuf_add_str(out, "`\n");
		}
	}
	for (size_t i = 0; i < doc->blocks.len; i++) {
		if (out->len)
			strbuf_add_char(out, '\n');
		add_block(out, blocks[i], doc, &own);
	}
	return 0;
}
