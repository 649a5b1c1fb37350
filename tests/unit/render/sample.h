/* A document with every block, cell type and figure, for the renderers' tests. Included after <cmocka.h>. */
#ifndef UNIT_RENDER_SAMPLE_H
#define UNIT_RENDER_SAMPLE_H

#include "base/alloc.h"
#include "render/render.h"

#include <stdio.h>

#define EVIL "<script>alert(\"x\")</script> & | * _ `"

static inline moment_t day_at(int month, int day, int hour)
{
	return moment_from_date(date_from_civil(2026, month, day)) + hour * 60;
}

static inline void sample_health(struct doc *doc)
{
	struct arena *a = &doc->arena;
	struct block *pairs = doc_pairs(doc, "health");
	pairs_add(doc, pairs, "schedule", "schedule", cell_toned(TONE_WATCH, cell_messagef(a, "behind by %s", "10d", NULL)));
	pairs_add(doc, pairs, "cost", "cost", cell_toned(TONE_GOOD, cell_message("on budget")));
	pairs_add(doc, pairs, "summary", "summary", cell_text(a, slice_of("接口规范 v1.2 评审完成，与三家试点医院"
		"确认了割接窗口；结算引擎联调推迟 5 天。 English words in 中文 text, and “quotes”.\n第二段。")));
	pairs_add(doc, pairs, "absent", "absent", cell_none());
	struct block *items = doc_items(doc, "done");
	items_add(doc, items, cell_ref(a, slice_of("T-12"), slice_of("结算引擎联调")));
	items_add(doc, items, cell_text(a, slice_of(EVIL)));
}

static inline void sample_row(struct table *table, size_t i)
{
	static const char *const titles[] = { "启动与规划", "云平台 cloud platform", "결산 cafe\u0301", EVIL,
		"很长很长的任务名称很长很长的任务名称很长很长的任务名称很长很长的任务名称", "" };
	struct arena *a = table->arena;
	struct row *row = table_row(table);
	char id[24];
	snprintf(id, sizeof(id), "T-%zu", i + 1);
	struct money money = { .amount = 123456789 * (decimal_t)(i + 1), .currency = "CNY" };
	struct cell people[2] = { cell_ref(a, slice_of("li.wei"), slice_of(NULL)), cell_ref(a, slice_of("wang.fang"), slice_of(NULL)) };
	row->depth = (int)(i % 3);
	row->cells[0] = cell_ref(a, slice_of(id), slice_of(NULL));
	row->cells[1] = cell_text(a, slice_of(titles[i % ARRAY_SIZE(titles)]));
	row->cells[2] = cell_toned(i % 2 ? TONE_BAD : TONE_GOOD, cell_word(a, slice_of(i % 2 ? "blocked" : "done")));
	row->cells[3] = cell_moment(day_at(3, 2 + (int)(i % 20), 9));
	row->cells[4] = cell_finish(day_at(5, 1 + (int)(i % 28), i % 2 ? 18 : 0));
	row->cells[5] = cell_duration((int64_t)i * 470 - 470);
	row->cells[6] = cell_percent((decimal_t)(i * 17 % 101) * DECIMAL_ONE);
	row->cells[7] = i == 2 ? cell_none() : cell_money(money);
	row->cells[8] = cell_list(a, people, i % 3);
	row->cells[9] = cell_yesno(i % 2 == 0);
	row->cells[10] = cell_integer((int64_t)i);
}

static inline struct table *sample_table(struct doc *doc, size_t rows)
{
	struct table *t = doc_table(doc, "records", "Tasks");
	table_column(t, "id", "id", ALIGN_LEFT, PRIORITY_MUST);
	struct column *title = table_column(t, "title", "title", ALIGN_LEFT, PRIORITY_MUST);
	title->grow = title->tree = true;
	table_column(t, "status", "status", ALIGN_LEFT, PRIORITY_HIGH);
	table_column(t, "start", "start", ALIGN_LEFT, PRIORITY_HIGH);
	table_column(t, "finish", "finish", ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "total_float", "float", ALIGN_RIGHT, PRIORITY_LOW);
	table_column(t, "progress", "progress", ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(t, "cost", "cost", ALIGN_RIGHT, PRIORITY_LOW);
	table_column(t, "assign", "assigned", ALIGN_LEFT, PRIORITY_LOW);
	table_column(t, "critical", "critical", ALIGN_LEFT, PRIORITY_LOW);
	table_column(t, "number", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	for (size_t i = 0; i < rows; i++)
		sample_row(t, i);
	return t;
}

static inline struct gantt_row *sample_bar(struct figure *figure, const char *id, const char *title, moment_t start, moment_t finish)
{
	struct gantt_row *row = vec_push(&figure->gantt.rows);
	row->id = slice_of(id);
	row->title = slice_of(title);
	row->start = start;
	row->finish = finish;
	row->late_finish = row->deadline = row->baseline_start = row->baseline_finish = MOMENT_NONE;
	return row;
}

static inline struct figure *sample_gantt(struct doc *doc)
{
	struct figure *f = doc_figure(doc, FIGURE_GANTT, "gantt", "Schedule");
	struct gantt_row *row = sample_bar(f, "T-2", "基础设施层（云平台）", day_at(3, 16, 9), day_at(6, 1, 18));
	f->description = "Bars over time";
	row->code = slice_of("2");
	row->flags = GANTT_SUMMARY | GANTT_CRITICAL;
	row->progress = 60;
	row = sample_bar(f, "T-12", "等保三级整改 security", day_at(3, 25, 9), day_at(4, 20, 18));
	row->code = slice_of("2.1");
	row->depth = 1;
	row->progress = 45;
	row->late_finish = day_at(5, 10, 18);
	row->deadline = day_at(5, 8, 24);
	row = sample_bar(f, "T-13", EVIL, day_at(4, 21, 9), day_at(6, 1, 18));
	row->code = slice_of("2.2");
	row->depth = 1;
	row->flags = GANTT_CRITICAL;
	row->baseline_start = day_at(4, 13, 9);
	row->baseline_finish = day_at(5, 20, 18);
	row = sample_bar(f, "T-30", "试点验收", day_at(6, 12, 18), day_at(6, 12, 18));
	row->depth = 1;
	row->flags = GANTT_MILESTONE | GANTT_CRITICAL;
	sample_bar(f, "T-31", "没有日期", MOMENT_NONE, MOMENT_NONE);
	static const struct gantt_link links[] = { { 1, 2, LINK_FS, true }, { 2, 3, LINK_SS, false }, { 2, 3, LINK_FF, false },
		{ 3, 1, LINK_SF, false }, { 4, 1, LINK_FS, false } };
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		vec_append(&f->gantt.links, &links[i]);
	f->gantt.today = day_at(6, 10, 9);
	f->gantt.from = day_at(3, 1, 0);
	f->gantt.to = day_at(7, 1, 0);
	f->gantt.off_day_count = 122;
	f->gantt.off_days = arena_calloc(&doc->arena, 122, 1);
	for (int i = 0; i < 122; i++)
		f->gantt.off_days[i] = date_weekday(moment_date(f->gantt.from) + i) > 5;
	return f;
}

static inline struct figure *sample_chart(struct doc *doc, enum figure_type type, const char *key)
{
	static const char *const names[] = { "人力", "设备", "软件 licences", "差旅 <x>" };
	struct figure *f = doc_figure(doc, type, key, "Chart");
	struct slice *categories = arena_calloc(&doc->arena, 4, sizeof(*categories));
	for (size_t i = 0; i < 4; i++)
		categories[i] = slice_of(names[i]);
	f->chart.categories = categories;
	f->chart.category_count = 4;
	f->chart.x_axis = type == FIGURE_BAR || type == FIGURE_TORNADO ? AXIS_CATEGORY : type == FIGURE_SCATTER || type == FIGURE_HISTOGRAM || type == FIGURE_FEVER ? AXIS_NUMBER : AXIS_DATE;
	f->chart.y_axis = AXIS_MONEY;
	for (int s = 0; s < (type == FIGURE_HISTOGRAM ? 1 : type == FIGURE_FEVER ? 3 : 2); s++) {
		struct series *series = vec_push(&f->chart.series);
		series->label = s == 2 ? "actual cost" : s ? "earned value" : "planned value";
		series->dashed = s;
		series->count = 4;
		series->points = arena_calloc(&doc->arena, 4, sizeof(*series->points));
		for (int i = 0; i < 4; i++)
			series->points[i] = (struct point){ f->chart.x_axis == AXIS_DATE ? 20500 + 14 * i : i, 1500.5 * (i + 1) * (s + 1) };
	}
	return f;
}

static inline void sample_tree(struct doc *doc)
{
	static const int depths[] = { 0, 1, 2, 2, 1, 2 };
	struct figure *f = doc_figure(doc, FIGURE_TREE, "wbs", "WBS");
	for (size_t i = 0; i < ARRAY_SIZE(depths); i++) {
		struct tree_node *node = vec_push(&f->nodes);
		node->title = slice_of(i == 3 ? EVIL : "节点 node");
		node->code = slice_of(i ? "1.2" : "");
		node->id = slice_of("T-9");
		node->depth = depths[i];
	}
}

static inline void sample_network(struct doc *doc)
{
	static const char *const ids[] = { "A", "B", "C" };
	struct figure *f = doc_figure(doc, FIGURE_NETWORK, "network", "Network");
	for (int i = 0; i < 3; i++) {
		struct network_node *node = vec_push(&f->nodes);
		node->id = slice_of(ids[i]);
		node->title = slice_of(i == 1 ? EVIL : "活动");
		node->early_start = node->late_start = day_at(3, 2 + i, 9);
		node->early_finish = node->late_finish = day_at(3, 2 + i, 18);
		node->duration = 480;
		node->total_float = i == 1 ? 480 : 0;
		node->critical = i != 1;
	}
	static const struct network_link links[] = { { 0, 1, LINK_FS, 0, false }, { 0, 2, LINK_SS, 960, true }, { 1, 2, LINK_FF, -60, false } };
	for (size_t i = 0; i < ARRAY_SIZE(links); i++)
		vec_append(&f->network_links, &links[i]);
}

static inline void sample_matrix(struct doc *doc)
{
	struct cell *rows = arena_calloc(&doc->arena, 2, sizeof(*rows)), *columns = arena_calloc(&doc->arena, 2, sizeof(*columns));
	struct matrix_move move = { 1, 2, slice_of("R-22") };
	struct figure *f = doc_figure(doc, FIGURE_MATRIX, "matrix", "Risk matrix");
	struct cell refs[2] = { cell_ref(&doc->arena, slice_of("R-1"), slice_of(NULL)), cell_ref(&doc->arena, slice_of("R-22"), slice_of(EVIL)) };
	rows[0] = cell_message("high");
	rows[1] = cell_text(&doc->arena, slice_of(EVIL));
	columns[0] = cell_message("small");
	columns[1] = cell_message("large");
	f->row_labels = rows;
	f->column_labels = columns;
	f->row_title = "probability";
	f->column_title = "impact";
	vec_append(&f->nodes, &move);
	f->row_count = f->column_count = 2;
	f->matrix = arena_calloc(&doc->arena, 4, sizeof(struct cell));
	f->heat = arena_calloc(&doc->arena, 4, 1);
	f->matrix[1] = cell_list(&doc->arena, refs, 2);
	f->heat[0] = 2;
	f->heat[1] = 4;
}

static inline void sample_decision(struct doc *doc)
{
	struct figure *f = doc_figure(doc, FIGURE_DECISION, "decision", "Decision tree"), *q;
	static const struct { enum decision_shape shape; int depth; bool best; const char *title; } nodes[] = {
		{ DECISION_CHOICE, 0, false, "make or buy" }, { DECISION_CHANCE, 1, true, "make" }, { DECISION_OUTCOME, 2, false, EVIL },
		{ DECISION_OUTCOME, 2, false, "延期" }, { DECISION_OUTCOME, 1, false, "buy" } };
	for (size_t i = 0; i < ARRAY_SIZE(nodes); i++) {
		struct decision_mark *m = vec_push(&f->nodes);
		*m = (struct decision_mark){ .shape = nodes[i].shape, .id = slice_of("N-1"), .title = slice_of(nodes[i].title),
			.depth = nodes[i].depth, .best = nodes[i].best, .followed = i < 4, .value = cell_integer((int64_t)i * 100),
			.probability = nodes[i].depth == 2 ? cell_percent(50 * DECIMAL_ONE) : cell_none(), .cost = cell_none() };
	}
	q = doc_figure(doc, FIGURE_QUADRANTS, "quadrants", "SWOT");
	for (int i = 0; i < 4; i++) {
		struct quadrant *one = vec_push(&q->nodes);
		*one = (struct quadrant){ .title = i ? "Threats" : "Strengths", .tone = i ? TONE_BAD : TONE_GOOD,
			.items = arena_calloc(&doc->arena, 2, sizeof(struct cell)), .count = (size_t)i % 3 };
		for (size_t k = 0; k < one->count; k++)
			one->items[k] = cell_text(&doc->arena, slice_of(k ? EVIL : "规则引擎自主可控，邻省同架构已有两年生产经验，接口一套"));
	}
}

static inline void sample_build(struct doc *doc, size_t rows)
{
	static const enum figure_type types[] = { FIGURE_LINE, FIGURE_AREA, FIGURE_SCATTER, FIGURE_BAR, FIGURE_HISTOGRAM, FIGURE_TORNADO, FIGURE_FEVER };
	static const char *const keys[] = { "line", "area", "scatter", "bar", "histogram", "tornado", "fever" };
	doc_init(doc, "pmt.sample/1");
	doc->now = day_at(6, 10, 0);
	doc_title(doc, cell_text(&doc->arena, slice_of("医保集成 " EVIL)));
	doc_heading(doc, 1, cell_message("Health"));
	sample_health(doc);
	doc_heading(doc, 1, cell_message("Work"));
	doc_paragraph(doc, cell_text(&doc->arena, slice_of("- not a list\n1. nor this")));
	sample_table(doc, rows);
	doc_table(doc, "empty", "Empty")->empty = "nothing here";
	doc_heading(doc, 2, cell_text(&doc->arena, slice_of(EVIL)));
	sample_gantt(doc);
	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		sample_chart(doc, types[i], keys[i]);
	doc_heading(doc, 1, cell_message("Graphs"));
	sample_tree(doc);
	sample_network(doc);
	sample_matrix(doc);
	sample_decision(doc);
}

static inline struct render_options sample_options(int width)
{
	struct render_options options = { .width = width, .lang = "zh_CN.UTF-8", .now_shown = true };
	return options;
}

#endif
