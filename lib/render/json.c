/*
 * JSON: the values, in English, for programs.
 *
 *   {"schema": "pmt.task/1", "at": null, "now": "2026-11-21", "records": [...], "diagnostics": [...]}
 *
 * Every block with a key is a member of that name. Tables are lists of objects, key-value lists are objects, figures are
 * objects of their values. Blocks that share a key are joined into one list; "records" is always a list.
 */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "text/json.h"

#include <stdlib.h>
#include <string.h>

static void decimal_value(struct json_writer *w, decimal_t value)
{
	struct strbuf text;
	strbuf_init(&text);
	decimal_print(&text, value, 0);
	json_write_raw(w, text.buf);
	strbuf_release(&text);
}

static void money_value(struct json_writer *w, const struct money *money, const struct units *units)
{
	struct strbuf text;
	strbuf_init(&text);
	decimal_print(&text, money->amount, 2);
	json_write_object(w);
	json_write_key(w, "amount");
	json_write_slice(w, strbuf_slice(&text));
	json_write_key(w, "currency");
	json_write_string(w, money->currency[0] ? money->currency : units->currency);
	json_write_end(w);
	strbuf_release(&text);
}

static void moment_value(struct json_writer *w, moment_t moment)
{
	char text[CIVIL_TEXT];
	if (moment == MOMENT_NONE)
		json_write_null(w);
	else
		json_write_plain(w, moment_print_iso(moment, text));
}

static void message_value(struct json_writer *w, const char *format, const char *const *arguments, size_t count)
{
	struct strbuf text;
	strbuf_init(&text);
	message_fill(&text, format, arguments, count);
	json_write_slice(w, strbuf_slice(&text));
	strbuf_release(&text);
}

static void message_cell(struct json_writer *w, const struct cell *cell, const struct units *units)
{
	struct render_options options = { 0 };
	struct strbuf text;
	strbuf_init(&text);
	cell_message_text(&text, cell, false, units, &options);
	json_write_slice(w, strbuf_slice(&text));
	strbuf_release(&text);
}

static void cell_json(struct json_writer *w, const struct cell *cell, const struct units *units)
{
	char date[CIVIL_TEXT];
	switch (cell->type) {
	case CELL_NONE:     json_write_null(w);                                       break;
	case CELL_TEXT: case CELL_WORD: case CELL_REF: json_write_slice(w, cell->text);     break;
	case CELL_MESSAGE:  message_cell(w, cell, units);                             break;
	case CELL_DATE:     json_write_plain(w, date_print((date_t)cell->number, date));    break;
	case CELL_MOMENT: case CELL_START: case CELL_FINISH: moment_value(w, cell->number);            break;
	case CELL_DURATION: case CELL_INTEGER: json_write_integer(w, cell->number);   break;
	case CELL_MONEY:    money_value(w, &cell->money, units);                      break;
	case CELL_PERCENT: case CELL_NUMBER: decimal_value(w, cell->number);          break;
	case CELL_YESNO:    json_write_bool(w, cell->number != 0);                          break;
	case CELL_LIST:
		json_write_array(w);
		for (size_t i = 0; i < cell->item_count; i++)
			cell_json(w, &cell->items[i], units);
		json_write_end(w);
		break;
	}
}

/* The keys of a table's rows: key c ends at ends[c], where the next one begins. */
struct keys {
	struct strbuf text;
	size_t *ends;
};

static void keys_init(struct keys *keys, const struct json_writer *w, const struct table *table)
{
	const struct column *columns = table->columns.items;
	strbuf_init(&keys->text);
	keys->ends = xcalloc(table->columns.len, sizeof(*keys->ends));
	for (size_t c = 0; c < table->columns.len; c++) {
		json_prepare_key(w, w->depth + 1, columns[c].key, &keys->text);
		keys->ends[c] = keys->text.len;
	}
}

static void keys_release(struct keys *keys)
{
	strbuf_release(&keys->text);
	free(keys->ends);
}

static void row_json(struct json_writer *w, const struct table *table, const struct keys *keys, const struct row *row,
	const struct units *units)
{
	const struct column *columns = table->columns.items;
	json_write_object(w);
	for (size_t c = 0; c < table->columns.len; c++) {
		if (columns[c].optional && row->cells[c].type == CELL_NONE)
			continue;
		size_t from = c ? keys->ends[c - 1] : 0;
		json_write_prepared(w, slice_new(keys->text.buf + from, keys->ends[c] - from));
		cell_json(w, &row->cells[c], units);
	}
	json_write_end(w);
}

static void table_json(struct json_writer *w, const struct table *table, const struct units *units,
	const struct render_options *options)
{
	struct keys keys;
	keys_init(&keys, w, table);
	for (size_t r = 0; r < table_length(table) && render_flush(w->out, options); r++)
		row_json(w, table, &keys, table_row_at(table, r), units);
	keys_release(&keys);
}

static void pairs_json(struct json_writer *w, const struct block *block, const struct units *units)
{
	const struct pair *pairs = block->pairs.items;
	json_write_object(w);
	for (size_t i = 0; i < block->pairs.len; i++) {
		json_write_key(w, pairs[i].key);
		cell_json(w, &pairs[i].value, units);
	}
	json_write_end(w);
}

static const char *link_name(enum link_type type)
{
	static const char *const names[] = { "FS", "SS", "FF", "SF" };
	return names[type];
}

static void moment_member(struct json_writer *w, const char *key, moment_t moment)
{
	json_write_key(w, key);
	moment_value(w, moment);
}

/* Without the time of day: an answer is the same all day. */
static void date_member(struct json_writer *w, const char *key, moment_t moment)
{
	char text[CIVIL_TEXT];

	json_write_key(w, key);
	if (moment == MOMENT_NONE) {
		json_write_null(w);
		return;
	}
	date_print(moment_date(moment), text);
	json_write_string(w, text);
}

static void slice_member(struct json_writer *w, const char *key, struct slice text)
{
	json_write_key(w, key);
	json_write_slice(w, text);
}

static void flag_member(struct json_writer *w, const char *key, bool value)
{
	json_write_key(w, key);
	json_write_bool(w, value);
}

static void integer_member(struct json_writer *w, const char *key, int64_t value)
{
	json_write_key(w, key);
	json_write_integer(w, value);
}

static void gantt_parts_json(struct json_writer *w, const struct gantt_row *row)
{
	json_write_key(w, "parts");
	json_write_array(w);
	for (size_t i = 0; i < row->part_count; i++) {
		json_write_object(w);
		moment_member(w, "start", row->parts[i].start);
		moment_member(w, "finish", row->parts[i].finish);
		json_write_end(w);
	}
	json_write_end(w);
}

static void gantt_row_json(struct json_writer *w, const struct gantt_row *row)
{
	json_write_object(w);
	slice_member(w, "id", row->id);
	slice_member(w, "title", row->title);
	slice_member(w, "wbs", row->code);
	integer_member(w, "level", row->depth);
	flag_member(w, "summary", row->flags & GANTT_SUMMARY);
	flag_member(w, "milestone", row->flags & GANTT_MILESTONE);
	flag_member(w, "critical", row->flags & GANTT_CRITICAL);
	flag_member(w, "buffer", row->flags & GANTT_BUFFER);
	moment_member(w, "start", row->start);
	moment_member(w, "finish", row->finish);
	moment_member(w, "baseline_start", row->baseline_start);
	moment_member(w, "baseline_finish", row->baseline_finish);
	moment_member(w, "late_finish", row->late_finish);
	moment_member(w, "deadline", row->deadline);
	integer_member(w, "progress", row->progress);
	if (row->part_count > 1)
		gantt_parts_json(w, row);
	json_write_end(w);
}

static void gantt_json(struct json_writer *w, const struct gantt *gantt)
{
	const struct gantt_row *rows = gantt->rows.items;
	const struct gantt_link *links = gantt->links.items;
	moment_member(w, "from", gantt->from);
	moment_member(w, "to", gantt->to);
	date_member(w, "today", gantt->today);
	json_write_key(w, "rows");
	json_write_array(w);
	for (size_t i = 0; i < gantt->rows.len; i++)
		gantt_row_json(w, &rows[i]);
	json_write_end(w);
	json_write_key(w, "links");
	json_write_array(w);
	for (size_t i = 0; i < gantt->links.len; i++) {
		json_write_object(w);
		slice_member(w, "from", rows[links[i].from].id);
		slice_member(w, "to", rows[links[i].to].id);
		json_write_key(w, "type");
		json_write_string(w, link_name(links[i].type));
		flag_member(w, "critical", links[i].critical);
		json_write_end(w);
	}
	json_write_end(w);
}

/* x of a point: a category's name, a date, or a number. */
static void point_x_json(struct json_writer *w, const struct chart *chart, const struct point *point)
{
	char date[CIVIL_TEXT];
	if (chart->x_axis == AXIS_CATEGORY && point->x >= 0 && (size_t)point->x < chart->category_count)
		json_write_slice(w, chart->categories[(size_t)point->x]);
	else if (chart->x_axis == AXIS_DATE)
		json_write_string(w, date_print((date_t)point->x, date));
	else
		json_write_double(w, point->x);
}

static void chart_json(struct json_writer *w, const struct chart *chart)
{
	const struct series *series = chart->series.items;
	json_write_key(w, "series");
	json_write_array(w);
	for (size_t i = 0; i < chart->series.len; i++) {
		json_write_object(w);
		json_write_key(w, "name");
		if (series[i].label)
			json_write_string(w, series[i].label);
		else
			json_write_slice(w, series[i].name);
		json_write_key(w, "points");
		json_write_array(w);
		for (size_t p = 0; p < series[i].count; p++) {
			json_write_array(w);
			point_x_json(w, chart, &series[i].points[p]);
			json_write_double(w, series[i].points[p].y);
			json_write_end(w);
		}
		json_write_end(w);
		json_write_end(w);
	}
	json_write_end(w);
}

static void tree_json(struct json_writer *w, const struct figure *figure)
{
	const struct tree_node *nodes = figure->nodes.items;
	json_write_key(w, "nodes");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++) {
		json_write_object(w);
		slice_member(w, "id", nodes[i].id);
		slice_member(w, "title", nodes[i].title);
		slice_member(w, "wbs", nodes[i].code);
		integer_member(w, "level", nodes[i].depth);
		json_write_end(w);
	}
	json_write_end(w);
}

static void network_node_json(struct json_writer *w, const struct network_node *node)
{
	json_write_object(w);
	slice_member(w, "id", node->id);
	slice_member(w, "title", node->title);
	moment_member(w, "early_start", node->early_start);
	moment_member(w, "early_finish", node->early_finish);
	moment_member(w, "late_start", node->late_start);
	moment_member(w, "late_finish", node->late_finish);
	integer_member(w, "total_float", node->total_float);
	integer_member(w, "free_float", node->free_float);
	integer_member(w, "duration", node->duration);
	flag_member(w, "critical", node->critical);
	json_write_end(w);
}

static void network_json(struct json_writer *w, const struct figure *figure)
{
	const struct network_node *nodes = figure->nodes.items;
	const struct network_link *links = figure->network_links.items;
	json_write_key(w, "nodes");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++)
		network_node_json(w, &nodes[i]);
	json_write_end(w);
	json_write_key(w, "links");
	json_write_array(w);
	for (size_t i = 0; i < figure->network_links.len; i++) {
		json_write_object(w);
		slice_member(w, "from", nodes[links[i].from].id);
		slice_member(w, "to", nodes[links[i].to].id);
		json_write_key(w, "type");
		json_write_string(w, link_name(links[i].type));
		integer_member(w, "lag", links[i].lag);
		flag_member(w, "critical", links[i].critical);
		json_write_end(w);
	}
	json_write_end(w);
}

static void calendar_json(struct json_writer *w, const struct figure *figure)
{
	const struct calendar_day_mark *days = figure->nodes.items;
	char date[CIVIL_TEXT];
	json_write_key(w, "days");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++) {
		json_write_object(w);
		slice_member(w, "date", slice_of(date_print(days[i].date, date)));
		integer_member(w, "working", days[i].minutes);
		flag_member(w, "exception", days[i].exception);
		slice_member(w, "hours", days[i].hours);
		slice_member(w, "remark", days[i].remark);
		json_write_end(w);
	}
	json_write_end(w);
}

/* A label as programs read it: pmt's words in English, people's as they are. */
static void label_member(struct json_writer *w, const char *name, const struct cell *label, const struct units *units)
{
	json_write_key(w, name);
	cell_json(w, label, units);
}

static void matrix_json(struct json_writer *w, const struct figure *figure, const struct units *units)
{
	const struct matrix_move *moves = figure->nodes.items;
	json_write_key(w, "cells");
	json_write_array(w);
	for (size_t i = 0; i < figure->row_count * figure->column_count; i++) {
		json_write_object(w);
		label_member(w, "row", &figure->row_labels[i / figure->column_count], units);
		label_member(w, "column", &figure->column_labels[i % figure->column_count], units);
		json_write_key(w, "items");
		cell_json(w, &figure->matrix[i], units);
		if (figure->heat)
			integer_member(w, "heat", figure->heat[i]);
		json_write_end(w);
	}
	json_write_end(w);
	if (figure->nodes.len == 0)
		return;
	json_write_key(w, "moves");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++) {
		json_write_object(w);
		slice_member(w, "id", moves[i].id);
		label_member(w, "from_row", &figure->row_labels[moves[i].from / figure->column_count], units);
		label_member(w, "from_column", &figure->column_labels[moves[i].from % figure->column_count], units);
		label_member(w, "to_row", &figure->row_labels[moves[i].to / figure->column_count], units);
		label_member(w, "to_column", &figure->column_labels[moves[i].to % figure->column_count], units);
		json_write_end(w);
	}
	json_write_end(w);
}

static void decision_json(struct json_writer *w, const struct figure *figure, const struct units *units)
{
	static const char *const shapes[] = { "decision", "chance", "outcome" };
	const struct decision_mark *nodes = figure->nodes.items;
	json_write_key(w, "nodes");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++) {
		json_write_object(w);
		slice_member(w, "id", nodes[i].id);
		slice_member(w, "title", nodes[i].title);
		slice_member(w, "type", slice_of(shapes[nodes[i].shape]));
		integer_member(w, "depth", nodes[i].depth);
		label_member(w, "value", &nodes[i].value, units);
		flag_member(w, "best", nodes[i].best);
		flag_member(w, "followed", nodes[i].followed);
		json_write_end(w);
	}
	json_write_end(w);
}

static void quadrants_json(struct json_writer *w, const struct figure *figure, const struct units *units)
{
	const struct quadrant *quadrants = figure->nodes.items;
	json_write_key(w, "quadrants");
	json_write_array(w);
	for (size_t i = 0; i < figure->nodes.len; i++) {
		json_write_object(w);
		slice_member(w, "title", slice_of(quadrants[i].title));
		json_write_key(w, "items");
		json_write_array(w);
		for (size_t k = 0; k < quadrants[i].count; k++)
			cell_json(w, &quadrants[i].items[k], units);
		json_write_end(w);
		json_write_end(w);
	}
	json_write_end(w);
}

static void figure_json(struct json_writer *w, const struct figure *figure, const struct units *units)
{
	static const char *const types[] = {
		[FIGURE_CALENDAR] = "calendar",
		[FIGURE_GANTT] = "gantt",
		[FIGURE_LINE] = "line",
		[FIGURE_BAR] = "bar",
		[FIGURE_AREA] = "area",
		[FIGURE_HISTOGRAM] = "histogram",
		[FIGURE_SCATTER] = "scatter",
		[FIGURE_TORNADO] = "tornado",
		[FIGURE_FEVER] = "fever",
		[FIGURE_CONTROL] = "control",
		[FIGURE_MATRIX] = "matrix",
		[FIGURE_QUADRANTS] = "quadrants",
		[FIGURE_TREE] = "tree",
		[FIGURE_DECISION] = "decision",
		[FIGURE_NETWORK] = "network",
	};
	json_write_object(w);
	json_write_key(w, "figure");
	json_write_string(w, types[figure->type]);
	switch (figure->type) {
	case FIGURE_GANTT:   gantt_json(w, &figure->gantt);      break;
	case FIGURE_TREE:    tree_json(w, figure);               break;
	case FIGURE_NETWORK: network_json(w, figure);            break;
	case FIGURE_MATRIX:  matrix_json(w, figure, units);      break;
	case FIGURE_CALENDAR: calendar_json(w, figure);          break;
	case FIGURE_DECISION: decision_json(w, figure, units);   break;
	case FIGURE_QUADRANTS: quadrants_json(w, figure, units); break;
	default:             chart_json(w, &figure->chart);      break;
	}
	json_write_end(w);
}

static void items_json(struct json_writer *w, const struct block *block, const struct units *units)
{
	const struct cell *items = block->items.items;
	for (size_t i = 0; i < block->items.len; i++)
		cell_json(w, &items[i], units);
}

/* One block's value; inside a joined list, lists give their items. */
static void block_json(struct json_writer *w, const struct block *block, bool joined, const struct units *units,
	const struct render_options *options)
{
	bool list = block->type == BLOCK_TABLE || block->type == BLOCK_ITEMS;
	if (list && !joined)
		json_write_array(w);
	if (block->type == BLOCK_TABLE)
		table_json(w, block->table, units, options);
	else if (block->type == BLOCK_ITEMS)
		items_json(w, block, units);
	else if (block->type == BLOCK_PAIRS)
		pairs_json(w, block, units);
	else if (block->type == BLOCK_FIGURE)
		figure_json(w, block->figure, units);
	if (list && !joined)
		json_write_end(w);
}

static bool same_key(const struct block *a, const struct block *b)
{
	return a->key && b->key && !strcmp(a->key, b->key);
}

/* Members are in the order of their first block. */
static void member_json(struct json_writer *w, const struct doc *doc, size_t index, const struct render_options *options)
{
	struct block *const *blocks = doc->blocks.items;
	bool joined = !strcmp(blocks[index]->key, "records");
	for (size_t i = 0; i < index; i++)
		if (same_key(blocks[i], blocks[index]))
			return; /* written with the first */
	for (size_t i = index + 1; i < doc->blocks.len; i++)
		joined |= same_key(blocks[i], blocks[index]);
	json_write_key(w, blocks[index]->key);
	if (joined)
		json_write_array(w);
	for (size_t i = index; i < doc->blocks.len; i++)
		if (same_key(blocks[i], blocks[index]))
			block_json(w, blocks[i], joined, &doc->units, options);
	if (joined)
		json_write_end(w);
}

static void diagnostic_json(struct json_writer *w, const struct diagnostic *finding)
{
	static const char *const severities[] = { "note", "warning", "error" };
	json_write_object(w);
	json_write_key(w, "path");
	json_write_string(w, finding->place.path);
	integer_member(w, "line", finding->place.line);
	integer_member(w, "column", finding->place.column);
	json_write_key(w, "severity");
	json_write_string(w, severities[finding->severity]);
	json_write_key(w, "id");
	json_write_string(w, finding->id);
	json_write_key(w, "message");
	message_value(w, finding->format, finding->arguments, DIAGNOSTIC_ARGUMENTS);
	json_write_key(w, "hint");
	if (finding->hint_format)
		message_value(w, finding->hint_format, &finding->hint_argument, 1);
	else
		json_write_null(w);
	json_write_key(w, "record");
	json_write_string(w, finding->record);
	json_write_end(w);
}

static void diagnostics_json(struct json_writer *w, const struct diagnostics *list)
{
	const struct diagnostic *items = list ? list->items.items : NULL;
	json_write_key(w, "diagnostics");
	json_write_array(w);
	for (size_t i = 0; list && i < list->items.len; i++)
		diagnostic_json(w, &items[i]);
	json_write_end(w);
}

static void head_json(struct json_writer *w, const struct doc *doc)
{
	char date[CIVIL_TEXT];
	json_write_key(w, "schema");
	json_write_string(w, doc->schema);
	json_write_key(w, "at");
	if (doc->at.len)
		json_write_slice(w, doc->at);
	else
		json_write_null(w);
	json_write_key(w, "now");
	json_write_string(w, doc->now == MOMENT_NONE ? NULL : date_print(moment_date(doc->now), date));
}

int render_json(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	struct json_writer w;
	(void)err;
	json_write_init(&w, out, true);
	json_write_object(&w);
	head_json(&w, doc);
	for (size_t i = 0; i < doc->blocks.len; i++)
		if (blocks[i]->key)
			member_json(&w, doc, i, options);
	diagnostics_json(&w, doc->diagnostics);
	json_write_end(&w);
	strbuf_add_char(out, '\n');
	return 0;
}
