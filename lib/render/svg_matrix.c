/*
 * Matrices in SVG: cells coloured by heat, what stands in them as chips that flow in lines. What moves has a dashed chip in its new
 * cell and an arrow to it.
 */
#include "render/svg-internal.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { CELL_WIDTH = 132, CHIP_HEIGHT = 19, CHIP_GAP = 4, CELL_PAD = 7, ROW_LEAST = 44, HEAD = 30, TITLE = 22 };

struct chip {
	struct slice text, tip;
	size_t cell;
	size_t move; /* + 1: it comes by this move; 0: it stands here */
	double x, y, width; /* within the cell, then in the figure */
};

struct matrix {
	struct svg *svg;
	const struct figure *figure;
	struct arena texts;
	struct vec chips; /* struct chip, cell by cell */
	double *heights;  /* of the rows */
	double left, top;
};

static void add_chip(struct matrix *m, size_t cell, struct slice text, struct slice tip, size_t move)
{
	struct chip *chip = vec_push(&m->chips);

	*chip = (struct chip){ text, tip, cell, move, 0, 0, 0 };
	chip->width = fmin(svg_text_width(text) + 12, CELL_WIDTH - 2 * CELL_PAD);
}

static void add_item(struct matrix *m, size_t cell, const struct cell *item)
{
	struct strbuf text;

	if (item->type == CELL_REF) {
		add_chip(m, cell, item->text, item->title, 0);
		return;
	}
	strbuf_init(&text);
	render_cell(item, m->svg->units, m->svg->options, &text);
	add_chip(m, cell, arena_slice(&m->texts, strbuf_slice(&text)), slice_of(""), 0);
	strbuf_release(&text);
}

/* Chips of a cell from left to right, in lines; returns the height they take. */
static double flow(struct matrix *m, size_t first)
{
	struct chip *chips = m->chips.items;
	double x = CELL_PAD, y = CELL_PAD;

	for (size_t i = first; i < m->chips.len; i++) {
		if (x > CELL_PAD && x + chips[i].width > CELL_WIDTH - CELL_PAD) {
			x = CELL_PAD;
			y += CHIP_HEIGHT + CHIP_GAP;
		}
		chips[i].x = x;
		chips[i].y = y;
		x += chips[i].width + CHIP_GAP;
	}
	return y + CHIP_HEIGHT + CELL_PAD;
}

static void lay_out_cell(struct matrix *m, size_t index)
{
	const struct matrix_move *moves = m->figure->nodes.items;
	const struct cell *cell = &m->figure->matrix[index];
	size_t first = m->chips.len;
	double *height = &m->heights[index / m->figure->column_count];

	if (cell->type == CELL_LIST)
		for (size_t i = 0; i < cell->item_count; i++)
			add_item(m, index, &cell->items[i]);
	else if (cell->type != CELL_NONE)
		add_item(m, index, cell);
	for (size_t i = 0; i < m->figure->nodes.len; i++)
		if (moves[i].to == index)
			add_chip(m, index, moves[i].id, slice_of(""), i + 1);
	*height = fmax(fmax(*height, ROW_LEAST), flow(m, first));
}

static double cell_y(const struct matrix *m, size_t row)
{
	double y = m->top;

	for (size_t r = 0; r < row; r++)
		y += m->heights[r];
	return y;
}

static void lay_out(struct matrix *m)
{
	size_t columns = m->figure->column_count;
	struct chip *chips;

	for (size_t i = 0; i < m->figure->row_count * columns; i++)
		lay_out_cell(m, i);
	chips = m->chips.items;
	for (size_t i = 0; i < m->chips.len; i++) {
		chips[i].x += m->left + (double)(chips[i].cell % columns) * CELL_WIDTH;
		chips[i].y += cell_y(m, chips[i].cell / columns);
	}
}

static void draw_label(struct matrix *m, const char *class, double x, double y, const struct cell *label)
{
	struct strbuf text;

	strbuf_init(&text);
	render_cell(label, m->svg->units, m->svg->options, &text);
	svg_text(m->svg, class, x, y, strbuf_slice(&text));
	strbuf_release(&text);
}

static double label_width(const struct matrix *m)
{
	double widest = m->figure->row_title ? svg_text_width(slice_of(_(m->figure->row_title))) : 24;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t r = 0; r < m->figure->row_count; r++) {
		strbuf_reset(&text);
		render_cell(&m->figure->row_labels[r], m->svg->units, m->svg->options, &text);
		widest = fmax(widest, svg_text_width(strbuf_slice(&text)));
	}
	strbuf_release(&text);
	return widest + 16;
}

static void draw_cells(struct matrix *m)
{
	static const char *const heats[] = { "h0", "h1", "h2", "h3", "h4" };
	const struct figure *figure = m->figure;

	for (size_t r = 0; r < figure->row_count; r++) {
		double y = cell_y(m, r);
		draw_label(m, "mu e", m->left - 8, y + m->heights[r] / 2 + 4, &figure->row_labels[r]);
		for (size_t c = 0; c < figure->column_count; c++)
			svg_rect(m->svg, heats[figure->heat ? figure->heat[r * figure->column_count + c] % 5 : 0],
				m->left + (double)c * CELL_WIDTH + 1, y + 1, CELL_WIDTH - 2, m->heights[r] - 2);
	}
	for (size_t c = 0; c < figure->column_count; c++)
		draw_label(m, "mu m", m->left + ((double)c + 0.5) * CELL_WIDTH, m->top - 9, &figure->column_labels[c]);
	if (figure->row_title)
		svg_text(m->svg, "st e", m->left - 8, m->top - 9, slice_of(_(figure->row_title)));
	if (figure->column_title)
		svg_text(m->svg, "st m", m->left + (double)figure->column_count * CELL_WIDTH / 2, 15,
			slice_of(_(figure->column_title)));
}

static void draw_chip(struct matrix *m, const struct chip *chip)
{
	strbuf_add_str(m->svg->out, "<g>");
	if (chip->tip.len)
		svg_tip(m->svg, chip->tip);
	svg_rect(m->svg, chip->move ? "gc" : "bo", chip->x, chip->y, chip->width, CHIP_HEIGHT);
	svg_text_cut(m->svg, chip->move ? "mu sm" : "sm", chip->x + 6, chip->y + 14, chip->width - 6, chip->text);
	strbuf_add_str(m->svg->out, "</g>");
}

static const struct chip *find_chip(const struct matrix *m, const struct matrix_move *move)
{
	const struct chip *chips = m->chips.items;

	for (size_t i = 0; i < m->chips.len; i++)
		if (chips[i].cell == move->from && !chips[i].move && slice_equal(chips[i].text, move->id))
			return &chips[i];
	return NULL;
}

/* From the edge of the old chip to the edge of the new one, along the line between their middles. */
static void draw_move(struct matrix *m, const struct chip *to)
{
	const struct chip *from = find_chip(m, (const struct matrix_move *)m->figure->nodes.items + to->move - 1);
	double x0, y0, x1, y1, length, cut;

	if (!from)
		return;
	x0 = from->x + from->width / 2;
	y0 = from->y + CHIP_HEIGHT / 2.0;
	x1 = to->x + to->width / 2;
	y1 = to->y + CHIP_HEIGHT / 2.0;
	length = hypot(x1 - x0, y1 - y0);
	if (length < 1)
		return;
	cut = fmin(fabs(x1 - x0) > 0.1 ? to->width / 2 * length / fabs(x1 - x0) : length,
		fabs(y1 - y0) > 0.1 ? CHIP_HEIGHT / 2.0 * length / fabs(y1 - y0) : length) + 2;
	if (cut >= length)
		return;
	svg_line(m->svg, "mv", x0, y0, x1 - (x1 - x0) * (cut + 4) / length, y1 - (y1 - y0) * (cut + 4) / length);
	strbuf_add_str(m->svg->out, "<path class=\"mh\" d=\"M-7 -4L0 0L-7 4Z\" transform=\"translate(");
	svg_number(m->svg->out, x1 - (x1 - x0) * cut / length);
	strbuf_add_char(m->svg->out, ' ');
	svg_number(m->svg->out, y1 - (y1 - y0) * cut / length);
	strbuf_add_str(m->svg->out, ") rotate(");
	svg_number(m->svg->out, atan2(y1 - y0, x1 - x0) * 180 / 3.14159265358979);
	strbuf_add_str(m->svg->out, ")\"/>");
}

void svg_matrix(struct svg *svg)
{
	struct matrix m = { .svg = svg, .figure = svg->figure };
	const struct chip *chips;

	arena_init(&m.texts);
	vec_init(&m.chips, sizeof(struct chip));
	m.heights = xcalloc(svg->figure->row_count, sizeof(*m.heights));
	m.left = label_width(&m);
	m.top = HEAD + (svg->figure->column_title ? TITLE : 0);
	lay_out(&m);
	chips = m.chips.items;
	svg_open(svg, m.left + (double)svg->figure->column_count * CELL_WIDTH + 4, cell_y(&m, svg->figure->row_count) + 4, "matrix");
	draw_cells(&m);
	for (size_t i = 0; i < m.chips.len; i++)
		if (chips[i].move)
			draw_move(&m, &chips[i]);
	for (size_t i = 0; i < m.chips.len; i++)
		draw_chip(&m, &chips[i]);
	svg_close(svg);
	free(m.heights);
	vec_release(&m.chips);
	arena_release(&m.texts);
}
