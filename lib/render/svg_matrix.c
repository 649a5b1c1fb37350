/*
 * Matrices in SVG: cells coloured by heat, what stands in them as chips that flow in lines.
 *
 * What moves has a dashed chip in its new cell and an arrow to it. Then a cell has two zones, chips that stand on the left and chips that
 * come on the right, one below the other, with a gutter between them: an arrow within a column runs in its gutter, one to the next
 * column on the left in the gap between the columns, and neither goes through a chip. Arrows that go farther are drawn over what is
 * on their way, with a light edge.
 */
#include "render/svg-internal.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { CELL_WIDTH = 132, CHIP_HEIGHT = 19, CHIP_GAP = 4, CELL_PAD = 7, ROW_LEAST = 44, HEAD = 30, TITLE = 22 };
/* Of matrices in which something moves. */
enum { CHIP_MOST = 110, GUTTER = 44, MARGIN = 14, ZONE_LINES = 8 };

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
	double left, top, width; /* width: of a cell */
	double zone;             /* width of a zone's chips; 0: nothing moves */
};

static void add_chip(struct matrix *m, size_t cell, struct slice text, struct slice tip, size_t move)
{
	struct chip *chip = vec_push(&m->chips);

	*chip = (struct chip){ text, tip, cell, move, 0, 0, 0 };
	chip->width = fmin(svg_text_width(text) + 12, m->figure->nodes.len ? CHIP_MOST : CELL_WIDTH - 2 * CELL_PAD);
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

/* Chips that stand on the left, those that come on the right: as many beside each other as keep a zone to ZONE_LINES lines. */
static double stack(struct matrix *m, size_t first)
{
	struct chip *chips = m->chips.items;
	size_t counts[2] = { 0 }, across[2], at[2] = { 0 }, lines = 0;

	for (size_t i = first; i < m->chips.len; i++)
		counts[chips[i].move != 0]++;
	for (size_t z = 0; z < 2; z++) {
		across[z] = counts[z] > 2 * ZONE_LINES ? 3 : counts[z] > ZONE_LINES ? 2 : 1;
		lines = (counts[z] + across[z] - 1) / across[z] > lines ? (counts[z] + across[z] - 1) / across[z] : lines;
	}
	for (size_t i = first; i < m->chips.len; i++) {
		size_t z = chips[i].move != 0, n = at[z]++;

		chips[i].x = (double)(n % across[z]); /* placed when the zone's width is known */
		chips[i].y = CELL_PAD + (double)(n / across[z]) * (CHIP_HEIGHT + CHIP_GAP);
	}
	return 2 * CELL_PAD + (double)lines * (CHIP_HEIGHT + CHIP_GAP) - CHIP_GAP;
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
	*height = fmax(fmax(*height, ROW_LEAST), m->figure->nodes.len ? stack(m, first) : flow(m, first));
}

/* Both zones as wide as what is widest in any. */
static void place_zones(struct matrix *m)
{
	struct chip *chips = m->chips.items;
	double widest = 0, zones[2] = { 0 };

	for (size_t i = 0; i < m->chips.len; i++)
		widest = fmax(widest, chips[i].width);
	for (size_t i = 0; i < m->chips.len; i++) {
		double *zone = &zones[chips[i].move != 0];
		*zone = fmax(*zone, chips[i].x * (widest + CHIP_GAP) + widest);
	}
	m->zone = zones[0];
	m->width = 2 * MARGIN + zones[0] + GUTTER + zones[1];
	for (size_t i = 0; i < m->chips.len; i++)
		chips[i].x = MARGIN + chips[i].x * (widest + CHIP_GAP) + (chips[i].move ? zones[0] + GUTTER : 0);
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
	if (m->figure->nodes.len)
		place_zones(m);
	chips = m->chips.items;
	for (size_t i = 0; i < m->chips.len; i++) {
		chips[i].x += m->left + (double)(chips[i].cell % columns) * m->width;
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
				m->left + (double)c * m->width + 1, y + 1, m->width - 2, m->heights[r] - 2);
	}
	for (size_t c = 0; c < figure->column_count; c++)
		draw_label(m, "mu m", m->left + ((double)c + 0.5) * m->width, m->top - 9, &figure->column_labels[c]);
	if (figure->row_title)
		svg_text(m->svg, "st e", m->left - 8, m->top - 9, slice_of(_(figure->row_title)));
	if (figure->column_title)
		svg_text(m->svg, "st m", m->left + (double)figure->column_count * m->width / 2, 15,
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

static void draw_curve(struct matrix *m, const char *class, const double at[4], double bend)
{
	struct strbuf *out = m->svg->out;
	const double numbers[] = { at[0] + bend, at[1], at[2] - bend, at[3], at[2], at[3] };

	strbuf_addf(out, "<path class=\"%s\" d=\"M", class);
	svg_number(out, at[0]);
	strbuf_add_char(out, ' ');
	svg_number(out, at[1]);
	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		strbuf_add_char(out, i ? ' ' : 'C');
		svg_number(out, numbers[i]);
	}
	strbuf_add_str(out, "\"/>");
}

/*
 * From the right edge of the old chip to the left edge of the new one; to a cell on the left from the left edge to the right one: a curve
 * that leaves and comes in level.
 */
static void draw_move(struct matrix *m, const struct chip *to)
{
	const struct chip *from = find_chip(m, (const struct matrix_move *)m->figure->nodes.items + to->move - 1);
	size_t columns = m->figure->column_count;
	bool left = from && to->cell % columns < from->cell % columns;
	double way = left ? -1 : 1, at[4];

	if (!from)
		return;
	at[0] = from->x + (left ? -1 : from->width + 1);
	at[1] = from->y + CHIP_HEIGHT / 2.0;
	at[2] = to->x + (left ? to->width : 0) - way * 8;
	at[3] = to->y + CHIP_HEIGHT / 2.0;
	draw_curve(m, "mw", at, way * fmax(fabs(at[2] - at[0]) * 0.6, 12));
	draw_curve(m, "mv", at, way * fmax(fabs(at[2] - at[0]) * 0.6, 12));
	strbuf_addf(m->svg->out, "<path class=\"mh\" d=\"M%d -4L0 0L%d 4Z\" transform=\"translate(", left ? 7 : -7, left ? 7 : -7);
	svg_number(m->svg->out, at[2] + way * 7);
	strbuf_add_char(m->svg->out, ' ');
	svg_number(m->svg->out, at[3]);
	strbuf_add_str(m->svg->out, ")\"/>");
}

void svg_matrix(struct svg *svg)
{
	struct matrix m = { .svg = svg, .figure = svg->figure, .width = CELL_WIDTH };
	const struct chip *chips;

	arena_init(&m.texts);
	vec_init(&m.chips, sizeof(struct chip));
	m.heights = xcalloc(svg->figure->row_count, sizeof(*m.heights));
	m.left = label_width(&m);
	m.top = HEAD + (svg->figure->column_title ? TITLE : 0);
	lay_out(&m);
	chips = m.chips.items;
	svg_open(svg, m.left + (double)svg->figure->column_count * m.width + 4, cell_y(&m, svg->figure->row_count) + 4, "matrix");
	draw_cells(&m);
	for (size_t i = 0; i < m.chips.len; i++)
		draw_chip(&m, &chips[i]);
	for (size_t i = 0; i < m.chips.len; i++)
		if (chips[i].move)
			draw_move(&m, &chips[i]);
	svg_close(svg);
	free(m.heights);
	vec_release(&m.chips);
	arena_release(&m.texts);
}
