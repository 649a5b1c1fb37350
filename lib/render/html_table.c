/*
 * Tables in HTML. Up to LONG rows one table; beyond it several of CHUNK rows with equal fixed columns, each of which a browser
 * lays out only when it comes into view (content-visibility works on blocks, not inside a table).
 */
#include "render/html-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "text/xml.h"

#include <stdlib.h>
#include <string.h>

enum { LONG = 300, CHUNK = 100, PROBE = 400, WIDEST = 46, SHORT_TEXT = 16 };

static bool is_progress(const struct column *column)
{
	return !strcmp(column->key, "progress");
}

/* A number by which the script sorts; texts and dates sort as they read. */
static bool sort_key(const struct cell *cell, int64_t *key)
{
	if (!cell_is_number(cell))
		return false;
	*key = cell->type == CELL_MONEY ? cell->money.amount : cell->number;
	return true;
}

/* Cells a text takes, without formatting what is a text already. */
static size_t text_width(struct page *page, const struct cell *cell)
{
	if (cell->type == CELL_TEXT)
		return cell->text.len > 4 * WIDEST ? WIDEST : utf8_width(cell->text);
	strbuf_reset(&page->scratch);
	render_cell(cell, &page->doc->units, page->options, &page->scratch);
	return utf8_width(strbuf_slice(&page->scratch));
}

/* n: numbers, right; k: kept on one line; w: titles; v: longer texts, which need some room or CJK breaks at every character. */
static const char *cell_class(struct page *page, const struct column *column, const struct cell *cell)
{
	if (column->align == ALIGN_RIGHT)
		return "n";
	if (column->grow)
		return "w";
	if (cell->type == CELL_DATE || cell->type == CELL_MOMENT || cell->type == CELL_START ||
		cell->type == CELL_FINISH || cell->type == CELL_WORD)
		return "k";
	if (cell->type == CELL_NONE)
		return NULL;
	return text_width(page, cell) <= SHORT_TEXT ? "k" : "v";
}

static void cell_open(struct page *page, const struct column *column, const struct cell *cell)
{
	int64_t key;
	const char *class = cell_class(page, column, cell);
	strbuf_add_str(page->out, "<td");
	if (class || column->tree)
		strbuf_addf(page->out, " class=\"%s%s\"", class ? class : "", column->tree ? " t" : "");
	if (sort_key(cell, &key))
		strbuf_addf(page->out, " data-v=\"%lld\"", (long long)key);
}

static void add_progress(struct page *page, const struct cell *cell)
{
	int64_t percent = cell->number / DECIMAL_ONE;
	percent = percent < 0 ? 0 : percent > 100 ? 100 : percent;
	strbuf_addf(page->out, "<span class=\"pg\"><i style=\"width:%d%%\"></i></span>", (int)percent);
}

static void add_cell(struct page *page, const struct column *column, const struct row *row, const struct cell *cell)
{
	cell_open(page, column, cell);
	if (column->tree && row->depth > 0)
		strbuf_addf(page->out, " style=\"padding-left:%dpx\"", 12 + 18 * (row->depth > 20 ? 20 : row->depth));
	strbuf_add_char(page->out, '>');
	if (is_progress(column) && cell->type == CELL_PERCENT)
		add_progress(page, cell);
	html_cell(page, cell);
	strbuf_add_str(page->out, "</td>");
}

/* The first row of a record carries its anchor. */
static void add_anchor(struct page *page, const struct row *row)
{
	uintptr_t state;
	const struct cell *id = &row->cells[0];
	if (id->type != CELL_REF || !map_get(&page->anchors, id->text, &state) || state != 1)
		return;
	map_put(&page->anchors, id->text, 2);
	strbuf_add_str(page->out, " id=\"r-");
	html_escape(page, id->text);
	strbuf_add_char(page->out, '"');
}

static void add_row(struct page *page, const struct table *table, const struct row *row)
{
	static const char *const tones[] = { NULL, "good", "watch", "bad", "muted", "strong" };
	const struct column *columns = table->columns.items;
	strbuf_add_str(page->out, "<tr");
	add_anchor(page, row);
	if (tones[row->tone])
		strbuf_addf(page->out, " class=\"%s\"", tones[row->tone]);
	if (row->depth > 0)
		strbuf_addf(page->out, " data-d=\"%d\"", row->depth);
	strbuf_add_char(page->out, '>');
	for (size_t c = 0; c < table->columns.len; c++)
		if (columns[c].priority != PRIORITY_DATA)
			add_cell(page, &columns[c], row, &row->cells[c]);
	strbuf_add_str(page->out, "</tr>\n");
}

static void add_head(struct page *page, const struct table *table)
{
	const struct column *columns = table->columns.items;
	strbuf_add_str(page->out, "<thead><tr>");
	for (size_t c = 0; c < table->columns.len; c++) {
		if (columns[c].priority == PRIORITY_DATA)
			continue;
		strbuf_addf(page->out, "<th scope=\"col\"%s>", columns[c].align == ALIGN_RIGHT ? " class=\"n\"" : "");
		html_escape(page, slice_of(label_text(columns[c].title, columns[c].key)));
		strbuf_add_str(page->out, "</th>");
	}
	strbuf_add_str(page->out, "</tr></thead>");
}

static size_t cell_width(struct page *page, const struct column *column, const struct row *row, const struct cell *cell)
{
	strbuf_reset(&page->scratch);
	render_cell(cell, &page->doc->units, page->options, &page->scratch);
	size_t width = utf8_width(strbuf_slice(&page->scratch)) + (cell->tone ? 3 : 0) + (is_progress(column) ? 7 : 0);
	return width + (column->tree ? 2 * (size_t)(row->depth > 0 ? row->depth : 0) : 0);
}

/* Column widths of a long table, in characters, from a sample of its rows. */
static void add_columns(struct page *page, const struct table *table, const size_t *widths)
{
	const struct column *columns = table->columns.items;
	strbuf_add_str(page->out, "<colgroup>");
	for (size_t c = 0; c < table->columns.len; c++)
		if (columns[c].priority != PRIORITY_DATA)
			strbuf_addf(page->out, "<col style=\"width:%zu.%zuem\"/>", (widths[c] * 58 + 200) / 100, (widths[c] * 58 + 200) / 10 % 10);
	strbuf_add_str(page->out, "</colgroup>");
}

static size_t measure(struct page *page, const struct table *table, size_t *widths)
{
	const struct column *columns = table->columns.items;
	size_t step = table_length(table) / PROBE + 1, total = 0;
	for (size_t c = 0; c < table->columns.len; c++)
		widths[c] = utf8_width(slice_of(label_text(columns[c].title, columns[c].key))) + 2;
	for (size_t r = 0; r < table_length(table); r += step) {
		const struct row *row = table_row_at(table, r);
		for (size_t c = 0; c < table->columns.len; c++) {
			size_t width = columns[c].priority == PRIORITY_DATA ? 0 : cell_width(page, &columns[c], row, &row->cells[c]);
			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	for (size_t c = 0; c < table->columns.len; c++) {
		widths[c] = widths[c] > WIDEST ? WIDEST : widths[c];
		if (columns[c].priority != PRIORITY_DATA)
			total += widths[c] * 58 + 200;
	}
	return total / 100;
}

static void add_long(struct page *page, const struct table *table)
{
	size_t length = table_length(table), *widths = xcalloc(table->columns.len, sizeof(*widths));
	size_t total = measure(page, table, widths);
	strbuf_add_str(page->out, "<div class=\"box long\" data-table=\"\" tabindex=\"0\">");
	strbuf_addf(page->out, "<div style=\"min-width:%zuem;font-size:14px\">", total);
	for (size_t from = 0; from < length && render_flush(page->out, page->options); from += CHUNK) {
		size_t to = from + CHUNK < length ? from + CHUNK : length;
		/* The head stands outside the chunks: a block that is not laid out cannot keep it in sight. */
		if (from == 0) {
			strbuf_add_str(page->out, "<table class=\"head\">");
			add_columns(page, table, widths);
			add_head(page, table);
			strbuf_add_str(page->out, "</table>");
		}
		strbuf_addf(page->out, "<div class=\"chunk\" style=\"contain-intrinsic-size:auto %zupx\"><table>", (to - from) * 36);
		add_columns(page, table, widths);
		strbuf_add_str(page->out, "<tbody>\n");
		for (size_t r = from; r < to; r++)
			add_row(page, table, table_row_at(table, r));
		strbuf_add_str(page->out, "</tbody></table></div>");
	}
	strbuf_add_str(page->out, "</div></div>\n");
	free(widths);
}

static void add_short(struct page *page, const struct table *table)
{
	strbuf_add_str(page->out, "<div class=\"box\" data-table=\"\"><table>");
	add_head(page, table);
	strbuf_add_str(page->out, "<tbody>\n");
	for (size_t r = 0; r < table_length(table); r++)
		add_row(page, table, table_row_at(table, r));
	strbuf_add_str(page->out, "</tbody></table></div>\n");
}

void html_table(struct page *page, const struct table *table)
{
	strbuf_add_str(page->out, "<div>");
	if (table->title) {
		strbuf_add_str(page->out, "<div class=\"cap\">");
		html_escape(page, slice_of(_(table->title)));
		strbuf_add_str(page->out, "</div>");
	}
	if (!table_length(table)) {
		strbuf_add_str(page->out, "<p class=\"none\">");
		html_escape(page, slice_of(_(table->empty ? table->empty : N_("(none)"))));
		strbuf_add_str(page->out, "</p>");
	} else if (table_length(table) > LONG) {
		add_long(page, table);
	} else {
		add_short(page, table);
	}
	strbuf_add_str(page->out, "</div>\n");
}
