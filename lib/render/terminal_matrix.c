/*
 * Matrices in a terminal: a grid of lists, heat as a mark in the cell's corner. What moves stands in its old cell with an arrow
 * behind its id and in its new one with an arrow in front.
 */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { CELL_MOST = 24, CELL_LEAST = 4 };

struct matrix_view {
	const struct figure *figure;
	const struct units *units;
	const struct render_options *options;
	size_t label, column;
	struct strvec *lines; /* of each cell of one row */
};

static void label_text_of(const struct matrix_view *view, const struct cell *label, struct strbuf *out)
{
	strbuf_reset(out);
	render_cell(label, view->units, view->options, out);
}

static void measure(struct matrix_view *view)
{
	size_t width = view->options->width > 0 ? (size_t)view->options->width : 100;
	size_t columns = view->figure->column_count ? view->figure->column_count : 1;
	struct strbuf text;

	strbuf_init(&text);
	view->label = view->figure->row_title ? utf8_width(slice_of(_(view->figure->row_title))) : 0;
	for (size_t r = 0; r < view->figure->row_count; r++) {
		label_text_of(view, &view->figure->row_labels[r], &text);
		view->label = utf8_width(strbuf_slice(&text)) > view->label ? utf8_width(strbuf_slice(&text)) : view->label;
	}
	strbuf_release(&text);
	view->label = view->label > width / 4 ? width / 4 : view->label;
	size_t room = width > view->label + 3 * columns + 2 ? (width - view->label - 2) / columns - 3 : CELL_LEAST;
	view->column = room > CELL_MOST ? CELL_MOST : room < CELL_LEAST ? CELL_LEAST : room;
}

static void add_item(const struct matrix_view *view, size_t index, const struct cell *item, struct strbuf *out)
{
	const struct matrix_move *moves = view->figure->nodes.items;

	if (out->len)
		strbuf_add_char(out, ' ');
	if (item->type != CELL_REF) {
		render_cell(item, view->units, view->options, out);
		return;
	}
	add_line(out, item->text);
	for (size_t i = 0; i < view->figure->nodes.len; i++)
		if (moves[i].from == index && slice_equal(moves[i].id, item->text))
			strbuf_add_str(out, view->options->ascii ? ">" : "→");
}

/* What stands in a cell and what comes to it. */
static void cell_text_of(const struct matrix_view *view, size_t index, struct strbuf *out)
{
	const struct matrix_move *moves = view->figure->nodes.items;
	const struct cell *cell = &view->figure->matrix[index];

	if (cell->type == CELL_LIST)
		for (size_t i = 0; i < cell->item_count; i++)
			add_item(view, index, &cell->items[i], out);
	else if (cell->type != CELL_NONE)
		add_item(view, index, cell, out);
	for (size_t i = 0; i < view->figure->nodes.len; i++) {
		if (moves[i].to != index)
			continue;
		strbuf_add_str(out, out->len ? " " : "");
		strbuf_add_str(out, view->options->ascii ? ">" : "→");
		add_line(out, moves[i].id);
	}
}

/* Wrapped into lines; the first cell of the first is left for the heat's mark. */
static void cell_lines(const struct matrix_view *view, size_t index, struct strvec *lines)
{
	struct strbuf text, wrapped;
	struct slice rest;

	strbuf_init(&text);
	strbuf_init(&wrapped);
	cell_text_of(view, index, &text);
	render_wrapped(&wrapped, strbuf_slice(&text), view->column - 1, 0);
	rest = strbuf_slice(&wrapped);
	while (rest.len) {
		size_t n = slice_find(rest, '\n');
		strvec_push_slice(lines, slice_new(rest.at, n));
		rest = slice_from(rest, n + 1);
	}
	strbuf_release(&text);
	strbuf_release(&wrapped);
}

static void add_heat(const struct matrix_view *view, struct strbuf *out, size_t index)
{
	static const char *const heats[] = { " ", "░", "▒", "▓", "█" }, *const ascii[] = { " ", ".", "-", "+", "#" };
	static const enum tone tones[] = { TONE_NONE, TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_BAD };
	uint8_t heat = view->figure->heat ? view->figure->heat[index] % 5 : 0;

	color_on(out, tones[heat], view->options);
	strbuf_add_str(out, view->options->ascii ? ascii[heat] : heats[heat]);
	color_off(out, tones[heat], view->options);
}

static void add_row(const struct matrix_view *view, struct strbuf *out, size_t row)
{
	const char *bar = view->options->ascii ? " | " : " │ ", *cut = view->options->ascii ? "~" : "…";
	size_t height = 1, count = view->figure->column_count;
	struct strbuf label;

	strbuf_init(&label);
	label_text_of(view, &view->figure->row_labels[row], &label);
	for (size_t c = 0; c < count; c++) {
		strvec_clear(&view->lines[c]);
		cell_lines(view, row * count + c, &view->lines[c]);
		height = view->lines[c].len > height ? view->lines[c].len : height;
	}
	for (size_t line = 0; line < height; line++) {
		utf8_pad(out, line ? slice_of("") : strbuf_slice(&label), view->label, false, cut);
		for (size_t c = 0; c < count; c++) {
			const char *text = line < view->lines[c].len ? view->lines[c].items[line] : "";
			strbuf_add_str(out, bar);
			if (line == 0)
				add_heat(view, out, row * count + c);
			else
				strbuf_add_char(out, ' ');
			utf8_pad(out, slice_of(text), view->column - 1, false, cut);
		}
		strbuf_add_str(out, view->options->ascii ? " |\n" : " │\n");
	}
	strbuf_release(&label);
}

static void end_line(struct strbuf *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_head(const struct matrix_view *view, struct strbuf *out)
{
	const struct figure *figure = view->figure;
	struct strbuf label;

	strbuf_init(&label);
	if (figure->column_title || figure->row_title) {
		utf8_pad(out, slice_of(figure->row_title ? _(figure->row_title) : ""), view->label, false, "…");
		strbuf_addf(out, "    %s", figure->column_title ? _(figure->column_title) : "");
		end_line(out);
	}
	strbuf_add_repeat(out, " ", view->label);
	for (size_t c = 0; c < figure->column_count; c++) {
		label_text_of(view, &figure->column_labels[c], &label);
		strbuf_add_str(out, "    ");
		utf8_pad(out, strbuf_slice(&label), view->column - 1, false, view->options->ascii ? "~" : "…");
	}
	end_line(out);
	strbuf_release(&label);
}

void terminal_matrix(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	struct matrix_view view = { .figure = figure, .units = units, .options = options };

	measure(&view);
	view.lines = xcalloc(figure->column_count, sizeof(*view.lines));
	for (size_t c = 0; c < figure->column_count; c++)
		strvec_init(&view.lines[c]);
	add_head(&view, out);
	for (size_t r = 0; r < figure->row_count; r++)
		add_row(&view, out, r);
	for (size_t c = 0; c < figure->column_count; c++)
		strvec_release(&view.lines[c]);
	free(view.lines);
}
