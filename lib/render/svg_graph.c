/* Trees and networks in SVG. */
#include "render/svg-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

/* --- tree: one node a line, guides at the left --- */

enum { TREE_ROW = 26, TREE_STEP = 22 };

static double tree_width(const struct figure *figure)
{
	const struct tree_node *nodes = figure->nodes.items;
	double widest = 300;
	for (size_t i = 0; i < figure->nodes.len; i++) {
		double text = svg_text_width(nodes[i].code) + svg_text_width(nodes[i].title) + svg_text_width(nodes[i].id) + 48;
		widest = fmax(widest, 10 + nodes[i].depth * TREE_STEP + text);
	}
	return fmin(widest, 1400);
}

/* The elbow from the parent's column down to this node; `above` is the row of the last node one level up. */
static void tree_elbow(struct svg *svg, int depth, size_t row, size_t above)
{
	double x = 18 + (depth - 1) * TREE_STEP, y = (double)row * TREE_ROW + TREE_ROW / 2.0;
	svg_line(svg, "gs", x, (double)above * TREE_ROW + TREE_ROW - 2, x, y);
	svg_line(svg, "gs", x, y, x + TREE_STEP - 8, y);
}

static void tree_node(struct svg *svg, const struct tree_node *node, size_t row)
{
	double x = 10 + node->depth * TREE_STEP, y = (double)row * TREE_ROW;
	double code = node->code.len ? svg_text_width(node->code) + 8 : 0;
	double title = svg_text_width(node->title), id = node->id.len ? svg_text_width(node->id) + 12 : 0;
	svg_rect(svg, node->tone == TONE_BAD ? "bc" : "bo", x, y + 2, code + title + id + 16, TREE_ROW - 5);
	if (node->code.len)
		svg_text(svg, "mu", x + 8, y + 17, node->code);
	svg_text(svg, node->depth == 0 ? "st" : "", x + 8 + code, y + 17, node->title);
	if (node->id.len)
		svg_text(svg, "mu sm e", x + code + title + id + 8, y + 17, node->id);
}

void svg_tree(struct svg *svg)
{
	const struct tree_node *nodes = svg->figure->nodes.items;
	size_t count = svg->figure->nodes.len, last[64] = { 0 };
	svg_open(svg, tree_width(svg->figure), (double)count * TREE_ROW + 8, "tree");
	for (size_t i = 0; i < count; i++) {
		int depth = nodes[i].depth < 0 ? 0 : nodes[i].depth > 63 ? 63 : nodes[i].depth;
		last[depth] = i;
		if (depth > 0)
			tree_elbow(svg, depth, i, last[depth - 1]);
		tree_node(svg, &nodes[i], i);
	}
	svg_close(svg);
}

/*
 * --- network ---
 * Layers from left to right: a node stands one layer right of its furthest predecessor (longest path, found by relaxing
 * until nothing moves; a loop stops after as many rounds as there are nodes). Within a layer nodes are ordered by the mean
 * position of their neighbours, in a few sweeps to and fro (Sugiyama's barycentre method). O(rounds × links).
 */
enum { BOX_WIDTH = 168, BOX_HEIGHT = 78, BOX_GAP_X = 56, BOX_GAP_Y = 22, SWEEPS = 6 };

struct spot {
	size_t layer;
	double order; /* within the layer */
};

struct network {
	const struct figure *figure;
	struct spot *spots;
	size_t count, layers, tallest;
};

static void network_layers(struct network *net)
{
	const struct network_link *links = net->figure->network_links.items;
	bool moved = true;
	for (size_t round = 0; moved && round < net->count; round++) {
		moved = false;
		for (size_t i = 0; i < net->figure->network_links.len; i++) {
			size_t from = links[i].from, to = links[i].to;
			if (from == to || net->spots[to].layer > net->spots[from].layer || net->spots[from].layer + 1 >= net->count)
				continue;
			net->spots[to].layer = net->spots[from].layer + 1;
			moved = true;
		}
	}
	for (size_t i = 0; i < net->count; i++)
		if (net->spots[i].layer + 1 > net->layers)
			net->layers = net->spots[i].layer + 1;
}

struct keyed {
	size_t node;
	double key;
	size_t layer;
};

static int compare_keyed(const void *a, const void *b, void *context)
{
	const struct keyed *x = a, *y = b;
	(void)context;
	if (x->layer != y->layer)
		return x->layer < y->layer ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

/* New orders from the keys: 0, 1, 2 … within each layer. */
static void network_reorder(struct network *net, struct keyed *keys)
{
	stable_sort(keys, net->count, sizeof(*keys), compare_keyed, NULL);
	size_t order = 0;
	for (size_t i = 0; i < net->count; i++) {
		order = i && keys[i].layer == keys[i - 1].layer ? order + 1 : 0;
		net->spots[keys[i].node].order = (double)order;
		net->tallest = order + 1 > net->tallest ? order + 1 : net->tallest;
	}
}

static void network_sweep(struct network *net, bool forward, struct keyed *keys, double *sums, size_t *counts)
{
	const struct network_link *links = net->figure->network_links.items;
	for (size_t i = 0; i < net->count; i++) {
		sums[i] = 0;
		counts[i] = 0;
	}
	for (size_t i = 0; i < net->figure->network_links.len; i++) {
		size_t of = forward ? links[i].to : links[i].from, by = forward ? links[i].from : links[i].to;
		sums[of] += net->spots[by].order;
		counts[of]++;
	}
	for (size_t i = 0; i < net->count; i++) {
		double key = counts[i] ? sums[i] / (double)counts[i] : net->spots[i].order;
		keys[i] = (struct keyed){ i, key, net->spots[i].layer };
	}
	network_reorder(net, keys);
}

static void network_layout(struct network *net, const struct figure *figure)
{
	net->figure = figure;
	net->count = figure->nodes.len;
	net->layers = net->tallest = 1;
	net->spots = xcalloc(net->count, sizeof(*net->spots));
	struct keyed *keys = xcalloc(net->count, sizeof(*keys));
	double *sums = xcalloc(net->count, sizeof(*sums));
	size_t *counts = xcalloc(net->count, sizeof(*counts));
	network_layers(net);
	for (size_t i = 0; i < net->count; i++)
		keys[i] = (struct keyed){ i, (double)i, net->spots[i].layer };
	network_reorder(net, keys);
	for (int sweep = 0; sweep < SWEEPS; sweep++)
		network_sweep(net, sweep % 2 == 0, keys, sums, counts);
	free(keys);
	free(sums);
	free(counts);
}

static double box_x(const struct network *net, size_t node)
{
	return 8 + (double)net->spots[node].layer * (BOX_WIDTH + BOX_GAP_X);
}

static double box_y(const struct network *net, size_t node)
{
	return 8 + net->spots[node].order * (BOX_HEIGHT + BOX_GAP_Y);
}

static void add_moment(struct svg *svg, const char *class, double x, double y, moment_t moment, bool finish)
{
	char date[CIVIL_TEXT];
	if (moment == MOMENT_NONE)
		return;
	date_t day = finish ? finish_date(moment) : moment_date(moment);
	svg_text(svg, class, x, y, slice_of(date_print(day, date) + 5));
}

static void add_float(struct svg *svg, double x, double y, const char *name, int64_t minutes)
{
	struct cell cell = cell_duration(minutes);
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s ", name);
	render_cell(&cell, svg->units, svg->options, &text);
	svg_text(svg, "mu sm m", x, y, strbuf_slice(&text));
	strbuf_release(&text);
}

/* ES duration EF / id title / LS floats LF, as textbooks draw it. */
static void network_box(struct svg *svg, const struct network *net, size_t index)
{
	const struct network_node *node = (const struct network_node *)net->figure->nodes.items + index;
	double x = box_x(net, index), y = box_y(net, index);
	struct strbuf label, length;
	strbuf_init(&label);
	strbuf_init(&length);
	svg_rect(svg, node->critical ? "bc" : "bo", x, y, BOX_WIDTH, BOX_HEIGHT);
	svg_line(svg, "gs", x, y + 22, x + BOX_WIDTH, y + 22);
	svg_line(svg, "gs", x, y + 46, x + BOX_WIDTH, y + 46);
	add_moment(svg, "sm", x + 6, y + 15, node->early_start, false);
	add_moment(svg, "sm e", x + BOX_WIDTH - 6, y + 15, node->early_finish, node->early_finish > node->early_start);
	struct cell duration = cell_duration(node->duration);
	render_cell(&duration, svg->units, svg->options, &length);
	svg_text(svg, "mu sm m", x + BOX_WIDTH / 2.0, y + 15, strbuf_slice(&length));
	strbuf_add_slice(&label, node->id);
	strbuf_add_char(&label, ' ');
	strbuf_add_slice(&label, node->title);
	svg_text_cut(svg, node->critical ? "st" : "", x + 6, y + 38, BOX_WIDTH - 10, strbuf_slice(&label));
	add_moment(svg, "sm", x + 6, y + 61, node->late_start, false);
	add_moment(svg, "sm e", x + BOX_WIDTH - 6, y + 61, node->late_finish, node->late_finish > node->late_start);
	add_float(svg, x + BOX_WIDTH / 2.0, y + 60, "TF", node->total_float);
	add_float(svg, x + BOX_WIDTH / 2.0, y + 73, "FF", node->free_float);
	strbuf_release(&label);
	strbuf_release(&length);
}

static void network_arrow(struct svg *svg, const struct network *net, const struct network_link *link)
{
	static const char *const names[] = { "FS", "SS", "FF", "SF" };
	double x0 = box_x(net, link->from) + BOX_WIDTH, y0 = box_y(net, link->from) + BOX_HEIGHT / 2.0;
	double x1 = box_x(net, link->to), y1 = box_y(net, link->to) + BOX_HEIGHT / 2.0;
	double bend = fmax(BOX_GAP_X / 2.0, fabs(x1 - x0) / 3);
	struct strbuf *out = svg->out;
	strbuf_addf(out, "<path class=\"%s\" d=\"M", link->critical ? "lc" : "li");
	const double at[] = { x0, y0, x0 + bend, y0, x1 - bend, y1, x1 - 4, y1 };
	for (size_t i = 0; i < 8; i++) {
		if (i)
			strbuf_add_str(out, i == 2 ? "C" : " ");
		svg_number(out, at[i]);
	}
	strbuf_addf(out, "\"/><path class=\"%s\" d=\"M-6 -4L0 0L-6 4Z\" transform=\"translate(", link->critical ? "lx" : "lh");
	svg_number(out, x1);
	strbuf_add_char(out, ' ');
	svg_number(out, y1);
	strbuf_add_str(out, ")\"/>");
	if (link->type == LINK_FS && !link->lag)
		return;
	struct cell lag = cell_duration(link->lag);
	struct strbuf text;
	strbuf_init(&text);
	lag.sign = true;
	strbuf_add_str(&text, names[link->type]);
	if (link->lag)
		render_cell(&lag, svg->units, svg->options, &text);
	svg_text(svg, "mu sm m", (x0 + x1) / 2, (y0 + y1) / 2 - 5, strbuf_slice(&text));
	strbuf_release(&text);
}

void svg_network(struct svg *svg)
{
	const struct network_link *links = svg->figure->network_links.items;
	struct network net = { 0 };
	network_layout(&net, svg->figure);
	double width = 16 + (double)net.layers * (BOX_WIDTH + BOX_GAP_X) - BOX_GAP_X;
	double height = 16 + (double)net.tallest * (BOX_HEIGHT + BOX_GAP_Y) - BOX_GAP_Y;
	svg_open(svg, width, height, "net");
	for (size_t i = 0; i < svg->figure->network_links.len; i++)
		network_arrow(svg, &net, &links[i]);
	for (size_t i = 0; i < net.count; i++)
		network_box(svg, &net, i);
	svg_close(svg);
	free(net.spots);
}
