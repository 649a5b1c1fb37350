/*
 * Decision trees in SVG, from left to right: a column for each depth, leaves one below the other, a parent in the middle of its
 * branches. Branches that are not taken are thin and crossed out.
 */
#include "render/svg-internal.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { STEP_MOST = 300, STEP_LEAST = 150, LEAF = 44, MARK = 9, LEFT = 20, TOP = 26 };

struct decision {
	struct svg *svg;
	const struct decision_mark *nodes;
	size_t count;
	double *y, value_width;
	double *x; /* by depth */
	int depth;
};

static double text_width(const struct decision *d, const struct cell *cell)
{
	struct strbuf text;
	double width;

	strbuf_init(&text);
	render_cell(cell, d->svg->units, d->svg->options, &text);
	width = svg_text_width(strbuf_slice(&text));
	strbuf_release(&text);
	return width;
}

/* From the last to the first: leaves take the next place from below, parents the middle of their first and last branch. */
static void place(struct decision *d)
{
	size_t leaves = 0, next = 0;
	double *first = xcalloc((size_t)d->depth + 2, sizeof(double)), *last = xcalloc((size_t)d->depth + 2, sizeof(double));
	bool *open = xcalloc((size_t)d->depth + 2, sizeof(bool));

	for (size_t i = 0; i < d->count; i++)
		leaves += i + 1 == d->count || d->nodes[i + 1].depth <= d->nodes[i].depth;
	for (size_t i = d->count; i-- > 0;) {
		int depth = d->nodes[i].depth;

		if (open[depth + 1]) {
			d->y[i] = (first[depth + 1] + last[depth + 1]) / 2;
			open[depth + 1] = false;
		} else {
			d->y[i] = TOP + (double)(leaves - ++next) * LEAF + MARK;
		}
		if (!open[depth])
			last[depth] = d->y[i];
		first[depth] = d->y[i];
		open[depth] = true;
	}
	free(first);
	free(last);
	free(open);
}

/* A column is as wide as what stands on the branches that lead to it. */
static void measure(struct decision *d)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct decision_mark *node = &d->nodes[i];
		double width = svg_text_width(node->title) + text_width(d, &node->probability) + text_width(d, &node->value) + 56;

		d->value_width = fmax(d->value_width, text_width(d, &node->value));
		d->x[node->depth] = fmax(d->x[node->depth], fmin(fmax(width, STEP_LEAST), STEP_MOST));
	}
	d->x[0] = LEFT;
	for (int depth = 1; depth <= d->depth; depth++)
		d->x[depth] += d->x[depth - 1];
}

static void draw_shape(struct decision *d, size_t i)
{
	const struct decision_mark *node = &d->nodes[i];
	double x = d->x[node->depth], y = d->y[i];
	const char *class = node->followed ? "db" : "bo";
	struct strbuf *out = d->svg->out;

	if (node->shape == DECISION_CHOICE) {
		svg_rect(d->svg, class, x - MARK, y - MARK, 2 * MARK, 2 * MARK);
	} else if (node->shape == DECISION_CHANCE) {
		strbuf_addf(out, "<circle class=\"%s\"", class);
		svg_attribute(out, "cx", x);
		svg_attribute(out, "cy", y);
		svg_attribute(out, "r", MARK);
		strbuf_add_str(out, "/>");
	} else {
		strbuf_addf(out, "<path class=\"%s\" d=\"M-9 0L7 -8L7 8Z\" transform=\"translate(", class);
		svg_number(out, x);
		strbuf_add_char(out, ' ');
		svg_number(out, y);
		strbuf_add_str(out, ")\"/>");
	}
}

/* Title and probability above the branch, cost and id below it. */
static void draw_words(struct decision *d, size_t i)
{
	const struct decision_mark *node = &d->nodes[i];
	double x = node->depth ? d->x[node->depth - 1] + 38 : 4, y = d->y[i];
	bool leaf = i + 1 == d->count || d->nodes[i + 1].depth <= node->depth;
	double room = (node->depth ? d->x[node->depth] - x : STEP_LEAST) - MARK - 4;
	struct strbuf text;

	strbuf_init(&text);
	if (node->probability.type != CELL_NONE) {
		render_cell(&node->probability, d->svg->units, d->svg->options, &text);
		strbuf_add_char(&text, ' ');
	}
	strbuf_add_slice(&text, node->title);
	if (node->depth == 0)
		svg_text(d->svg, "st", x, 14, strbuf_slice(&text));
	else
		svg_text_cut(d->svg, node->followed ? "st" : "", x, y - 5, room, strbuf_slice(&text));
	strbuf_reset(&text);
	strbuf_add_slice(&text, node->id);
	if (node->cost.type != CELL_NONE) {
		strbuf_add_str(&text, "  ");
		render_cell(&node->cost, d->svg->units, d->svg->options, &text);
	}
	if (node->depth)
		svg_text_cut(d->svg, "mu sm", x, y + 14, room - (leaf ? 0 : text_width(d, &node->value) + 8), strbuf_slice(&text));
	strbuf_release(&text);
}

/* The value at the right of an outcome, below the branch of other nodes, the root's behind its title. */
static void draw_value(struct decision *d, size_t i)
{
	const struct decision_mark *node = &d->nodes[i];
	bool leaf = i + 1 == d->count || d->nodes[i + 1].depth <= node->depth;
	double x = d->x[node->depth], y = d->y[i];
	struct strbuf text;

	strbuf_init(&text);
	render_cell(&node->value, d->svg->units, d->svg->options, &text);
	if (leaf)
		svg_text(d->svg, node->followed ? "st" : "mu", x + MARK + 6, y + 4, strbuf_slice(&text));
	else if (node->depth == 0)
		svg_text(d->svg, "st", 4 + svg_text_width(node->title) + 18, 14, strbuf_slice(&text));
	else
		svg_text(d->svg, node->followed ? "st e" : "mu e", x - MARK - 5, y + 14, strbuf_slice(&text));
	strbuf_release(&text);
}

static void draw_branch(struct decision *d, size_t i, size_t parent)
{
	const struct decision_mark *node = &d->nodes[i];
	const char *class = node->followed ? "dw" : "li";
	double x0 = d->x[node->depth - 1] + MARK, x1 = x0 + 22, x2 = d->x[node->depth] - MARK;
	double y0 = d->y[parent], y1 = d->y[i];

	svg_line(d->svg, class, x0, y0, x1, y1);
	svg_line(d->svg, class, x1, y1, x2, y1);
	if (d->nodes[parent].shape == DECISION_CHOICE && !node->best && node->value.type != CELL_NONE)
		for (int k = 0; k < 2; k++)
			svg_line(d->svg, "li", x1 - 7 + 4 * k, (y0 + 2 * y1) / 3 + 5, x1 - 2 + 4 * k, (y0 + 2 * y1) / 3 - 5);
}

static void draw(struct decision *d)
{
	size_t *above = xcalloc((size_t)d->depth + 2, sizeof(size_t)); /* the last node met at each depth */

	for (size_t i = 0; i < d->count; i++) {
		above[d->nodes[i].depth] = i;
		if (d->nodes[i].depth > 0)
			draw_branch(d, i, above[d->nodes[i].depth - 1]);
	}
	free(above);
	for (size_t i = 0; i < d->count; i++) {
		draw_shape(d, i);
		draw_words(d, i);
		draw_value(d, i);
	}
}

void svg_decision(struct svg *svg)
{
	struct decision d = { .svg = svg, .nodes = svg->figure->nodes.items, .count = svg->figure->nodes.len };
	size_t leaves = 0;

	for (size_t i = 0; i < d.count; i++) {
		d.depth = d.nodes[i].depth > d.depth ? d.nodes[i].depth : d.depth;
		leaves += i + 1 == d.count || d.nodes[i + 1].depth <= d.nodes[i].depth;
	}
	d.x = xcalloc((size_t)d.depth + 2, sizeof(double));
	d.y = xcalloc(d.count + 1, sizeof(double));
	measure(&d);
	place(&d);
	double head = d.count ? svg_text_width(d.nodes[0].title) + 24 + d.value_width : 0;
	svg_open(svg, fmax(d.x[d.depth] + MARK + 16 + d.value_width, head), TOP + (double)leaves * LEAF + 4, "decision");
	draw(&d);
	svg_close(svg);
	free(d.x);
	free(d.y);
}
