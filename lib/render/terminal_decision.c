/*
 * Decision trees in a terminal: one line a node, its expected value at the right edge. Shapes are the textbook's (□ decision,
 * ○ chance, ◁ outcome); the way the best decisions lead is drawn double.
 */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { LINE_MOST = 110, DEPTH_MOST = 63 };

struct decision_view {
	const struct figure *figure;
	const struct units *units;
	const struct render_options *options;
	size_t width, value; /* of a line, of the column of values */
	struct strbuf left, right;
};

static void add_value(const struct decision_view *view, const struct decision_mark *node, struct strbuf *out)
{
	strbuf_reset(out);
	render_cell(&node->value, view->units, view->options, out);
}

static void measure(struct decision_view *view)
{
	const struct decision_mark *nodes = view->figure->nodes.items;

	view->width = view->options->width > 0 ? (size_t)view->options->width : 100;
	view->width = view->width > LINE_MOST ? LINE_MOST : view->width;
	for (size_t i = 0; i < view->figure->nodes.len; i++) {
		add_value(view, &nodes[i], &view->right);
		if (utf8_width(strbuf_slice(&view->right)) > view->value)
			view->value = utf8_width(strbuf_slice(&view->right));
	}
}

/* open: bit d tells whether a branch further down still hangs at depth d. */
static void add_guides(struct decision_view *view, const struct decision_mark *node, uint64_t open)
{
	bool ascii = view->options->ascii, more = node->depth < DEPTH_MOST && open >> node->depth & 1;
	static const char *const elbows[2][2] = { { "└── ", "├── " }, { "╘══ ", "╞══ " } };
	static const char *const plain[2][2] = { { "`-- ", "|-- " }, { "`== ", "|== " } };

	for (int d = 1; d < node->depth; d++)
		strbuf_add_str(&view->left, d < DEPTH_MOST && open >> d & 1 ? (ascii ? "|   " : "│   ") : "    ");
	if (node->depth > 0)
		strbuf_add_str(&view->left, (ascii ? plain : elbows)[node->followed][more]);
}

static void add_words(struct decision_view *view, const struct decision_mark *node)
{
	static const char *const shapes[] = { "□ ", "○ ", "◁ " }, *const plain[] = { "[] ", "() ", "<  " };
	struct strbuf *out = &view->left;

	if (node->probability.type != CELL_NONE) {
		render_cell(&node->probability, view->units, view->options, out);
		strbuf_add_char(out, ' ');
	}
	strbuf_add_str(out, (view->options->ascii ? plain : shapes)[node->shape]);
	add_line(out, node->title);
	if (node->cost.type != CELL_NONE) {
		strbuf_add_str(out, "  ");
		render_cell(&node->cost, view->units, view->options, out);
	}
	if (node->id.len) {
		strbuf_add_str(out, "  ");
		add_line(out, node->id);
	}
}

static void add_node(struct decision_view *view, const struct decision_mark *node, uint64_t open, struct strbuf *out)
{
	size_t room = view->width > view->value + 12 ? view->width - view->value - 2 : 10;
	enum tone tone = node->best ? TONE_GOOD : TONE_NONE;

	strbuf_reset(&view->left);
	add_guides(view, node, open);
	add_words(view, node);
	if (node->best)
		strbuf_add_str(&view->left, view->options->ascii ? "  *" : "  ✓");
	add_value(view, node, &view->right);
	color_on(out, tone, view->options);
	utf8_pad(out, strbuf_slice(&view->left), room, false, view->options->ascii ? "~" : "…");
	strbuf_add_str(out, "  ");
	utf8_pad(out, strbuf_slice(&view->right), view->value, true, "");
	color_off(out, tone, view->options);
	strbuf_add_char(out, '\n');
}

void terminal_decision(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	struct decision_view view = { .figure = figure, .units = units, .options = options };
	const struct decision_mark *nodes = figure->nodes.items;
	uint64_t *guides = xcalloc(figure->nodes.len, sizeof(*guides)), open = 0;

	strbuf_init(&view.left);
	strbuf_init(&view.right);
	for (size_t i = figure->nodes.len; i-- > 0;) {
		int depth = nodes[i].depth < DEPTH_MOST ? nodes[i].depth : DEPTH_MOST;
		uint64_t below = depth >= DEPTH_MOST ? UINT64_MAX : ((uint64_t)1 << (depth + 1)) - 1;

		guides[i] = open & below;
		open = (open & below) | (uint64_t)1 << depth;
	}
	measure(&view);
	for (size_t i = 0; i < figure->nodes.len; i++)
		add_node(&view, &nodes[i], guides[i], out);
	free(guides);
	strbuf_release(&view.left);
	strbuf_release(&view.right);
}
