/* Trees and networks in a terminal. */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* --- tree --- */

/*
 * The guides of every row, found from the last row to the first: open[d] tells whether a row further down still
 * hangs at depth d. O(rows × depth).
 */
static void tree_guides(const struct figure *figure, uint64_t *guides)
{
	const struct tree_node *nodes = figure->nodes.items;
	uint64_t open = 0;
	for (size_t i = figure->nodes.len; i-- > 0;) {
		int depth = nodes[i].depth < 63 ? nodes[i].depth : 63;
		uint64_t below = depth >= 63 ? UINT64_MAX : ((uint64_t)1 << (depth + 1)) - 1;
		guides[i] = open & below;
		open = (open & below) | (uint64_t)1 << depth;
	}
}

static void tree_line(struct strbuf *out, const struct tree_node *node, uint64_t guides, const struct render_options *options)
{
	for (int d = 1; d < node->depth; d++)
		strbuf_add_str(out, d < 63 && guides >> d & 1 ? (options->ascii ? "|   " : "│   ") : "    ");
	if (node->depth > 0) {
		bool more = node->depth < 63 && guides >> node->depth & 1;
		strbuf_add_str(out, options->ascii ? (more ? "|-- " : "`-- ") : more ? "├── " : "└── ");
	}
	color_on(out, node->tone, options);
	if (node->code.len) {
		add_line(out, node->code);
		strbuf_add_char(out, ' ');
	}
	add_line(out, node->title);
	color_off(out, node->tone, options);
	if (node->id.len) {
		color_on(out, TONE_MUTED, options);
		strbuf_add_str(out, "  ");
		add_line(out, node->id);
		color_off(out, TONE_MUTED, options);
	}
	strbuf_add_char(out, '\n');
}

void terminal_tree(const struct figure *figure, const struct render_options *options, struct strbuf *out)
{
	const struct tree_node *nodes = figure->nodes.items;
	uint64_t *guides = xcalloc(figure->nodes.len, sizeof(*guides));
	tree_guides(figure, guides);
	for (size_t i = 0; i < figure->nodes.len; i++)
		tree_line(out, &nodes[i], guides[i], options);
	free(guides);
}

/* --- network: one line a node, its links behind it --- */

static struct cell network_links_of(struct arena *arena, const struct figure *figure, size_t to)
{
	static const char *const names[] = { "FS", "SS", "FF", "SF" };
	const struct network_node *nodes = figure->nodes.items;
	const struct network_link *links = figure->network_links.items;
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < figure->network_links.len; i++) {
		if (links[i].to != to)
			continue;
		if (text.len)
			strbuf_add_str(&text, ", ");
		strbuf_add_slice(&text, nodes[links[i].from].id);
		if (links[i].type != LINK_FS)
			strbuf_addf(&text, " %s", names[links[i].type]);
	}
	struct cell cell = cell_text(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

static void network_columns(struct table *table)
{
	static const char *const keys[] = { "ES", "EF", "LS", "LF", "TF", "FF" };
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		table_column(table, keys[i], NULL, i < 4 ? ALIGN_LEFT : ALIGN_RIGHT, i == 2 || i == 5 ? PRIORITY_LOW : PRIORITY_HIGH);
	table_column(table, "after", N_("after"), ALIGN_LEFT, PRIORITY_HIGH);
}

static void network_row(struct table *table, const struct figure *figure, size_t i)
{
	const struct network_node *node = (const struct network_node *)figure->nodes.items + i;
	struct cell *cells = table_row(table)->cells;
	cells[0] = cell_text(table->arena, node->id);
	cells[1] = cell_text(table->arena, node->title);
	cells[2] = cell_moment(node->early_start);
	cells[3] = cell_end(node->early_start, node->early_finish);
	cells[4] = cell_moment(node->late_start);
	cells[5] = cell_end(node->late_start, node->late_finish);
	cells[6] = cell_duration(node->total_float);
	cells[7] = cell_duration(node->free_float);
	cells[8] = network_links_of(table->arena, figure, i);
	if (node->critical)
		cells[6].tone = TONE_BAD;
}

void terminal_network(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	struct doc doc;
	doc_init(&doc, "");
	struct table *table = doc_table(&doc, NULL, NULL);
	network_columns(table);
	for (size_t i = 0; i < figure->nodes.len; i++)
		network_row(table, figure, i);
	terminal_table(table, units, options, out);
	doc_release(&doc);
}
