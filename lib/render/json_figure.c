/* Figures as JSON: an object of the values that are drawn, not of how. */
#include "render/json-internal.h"

static const char *link_name(enum link_type type)
{
	static const char *const names[] = { "FS", "SS", "FF", "SF" };
	return names[type];
}

static void moment_member(struct json_writer *w, const char *key, moment_t moment)
{
	json_write_key(w, key);
	json_moment(w, moment);
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
	json_cell(w, label, units);
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
		json_cell(w, &figure->matrix[i], units);
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
			json_cell(w, &quadrants[i].items[k], units);
		json_write_end(w);
		json_write_end(w);
	}
	json_write_end(w);
}

void json_figure(struct json_writer *w, const struct figure *figure, const struct units *units)
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
