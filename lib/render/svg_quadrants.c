/* Four fields of lists in SVG, two and two. */
#include "render/svg-internal.h"

#include "base/alloc.h"

#include <math.h>

enum { SIDE = 380, LINE = 19, PAD = 14, HEAD = 30, LEAST = 110, GAP = 6, CELLS = 52 };

/* An item's lines; drawn at x, y where svg is wanted. Returns how many. */
static size_t item_lines(struct svg *svg, const struct cell *item, double x, double y, bool draw)
{
	struct strbuf text, wrapped;
	struct slice rest;
	size_t lines = 0;

	strbuf_init(&text);
	strbuf_init(&wrapped);
	render_cell(item, svg->units, svg->options, &text);
	render_wrapped(&wrapped, strbuf_slice(&text), CELLS, 0);
	rest = strbuf_slice(&wrapped);
	while (rest.len) {
		size_t n = slice_find(rest, '\n');

		if (draw && lines == 0)
			svg_text(svg, "mu", x, y, slice_of("·"));
		if (draw)
			svg_text(svg, "", x + 12, y + (double)lines * LINE, slice_new(rest.at, n));
		lines++;
		rest = slice_from(rest, n + 1);
	}
	strbuf_release(&text);
	strbuf_release(&wrapped);
	return lines;
}

static double height_of(struct svg *svg, const struct quadrant *q)
{
	size_t lines = 0;

	for (size_t i = 0; i < q->count; i++)
		lines += item_lines(svg, &q->items[i], 0, 0, false);
	return fmax(LEAST, HEAD + (double)lines * LINE + PAD);
}

static void draw(struct svg *svg, const struct quadrant *q, double x, double y, double height)
{
	static const char *const classes[] = { [TONE_NONE] = "h0", [TONE_GOOD] = "h1", [TONE_WATCH] = "h2", [TONE_BAD] = "h4",
		[TONE_MUTED] = "h0", [TONE_STRONG] = "h3" };
	double at = y + HEAD + LINE - 5;

	svg_rect(svg, classes[q->tone], x, y, SIDE, height);
	svg_text(svg, "st", x + PAD, y + 21, slice_of(_(q->title)));
	for (size_t i = 0; i < q->count; i++)
		at += (double)item_lines(svg, &q->items[i], x + PAD, at, true) * LINE;
}

void svg_quadrants(struct svg *svg)
{
	const struct quadrant *q = svg->figure->nodes.items;
	size_t count = svg->figure->nodes.len / 2 * 2;
	double y = 2, total = 4;

	for (size_t i = 0; i < count; i += 2)
		total += fmax(height_of(svg, &q[i]), height_of(svg, &q[i + 1])) + GAP;
	svg_open(svg, 2 * SIDE + GAP + 4, total, "quadrants");
	for (size_t i = 0; i < count; i += 2) {
		double height = fmax(height_of(svg, &q[i]), height_of(svg, &q[i + 1]));

		draw(svg, &q[i], 2, y, height);
		draw(svg, &q[i + 1], 2 + SIDE + GAP, y, height);
		y += height + GAP;
	}
	svg_close(svg);
}
