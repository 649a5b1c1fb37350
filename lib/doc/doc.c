#include "doc/doc.h"

#include <stdarg.h>
#include <string.h>

void doc_init(struct doc *doc, const char *schema)
{
	memset(doc, 0, sizeof(*doc));
	arena_init(&doc->arena);
	vec_init(&doc->blocks, sizeof(struct block *));
	units_default(&doc->units);
	doc->schema = schema;
	doc->now = MOMENT_NONE;
}

static void table_release(struct table *table)
{
	if (table->maker)
		arena_release(&table->maker->scratch);
	vec_release(&table->columns);
	vec_release(&table->rows);
}

static void figure_release(struct figure *figure)
{
	vec_release(&figure->gantt.rows);
	vec_release(&figure->gantt.links);
	vec_release(&figure->chart.series);
	vec_release(&figure->nodes);
	vec_release(&figure->network_links);
}

static void block_release(struct block *block)
{
	vec_release(&block->pairs);
	vec_release(&block->items);
	if (block->table)
		table_release(block->table);
	if (block->figure)
		figure_release(block->figure);
}

void doc_release(struct doc *doc)
{
	struct block **blocks = doc->blocks.items;
	for (size_t i = 0; i < doc->blocks.len; i++)
		block_release(blocks[i]);
	vec_release(&doc->blocks);
	arena_release(&doc->arena);
}

static struct block *block_add(struct doc *doc, enum block_type type)
{
	struct block *block = arena_calloc(&doc->arena, 1, sizeof(*block));
	block->type = type;
	vec_init(&block->pairs, sizeof(struct pair));
	vec_init(&block->items, sizeof(struct cell));
	vec_append(&doc->blocks, &block);
	return block;
}

void doc_title(struct doc *doc, struct cell title)
{
	doc->title = title;
}

void doc_heading(struct doc *doc, int level, struct cell text)
{
	struct block *block = block_add(doc, BLOCK_HEADING);
	block->level = level;
	block->text = text;
}

void doc_paragraph(struct doc *doc, struct cell text)
{
	block_add(doc, BLOCK_PARAGRAPH)->text = text;
}

struct block *doc_pairs(struct doc *doc, const char *key)
{
	struct block *block = block_add(doc, BLOCK_PAIRS);
	block->key = key;
	return block;
}

void pairs_add(struct doc *doc, struct block *pairs, const char *key, const char *label, struct cell value)
{
	struct pair *pair = vec_push(&pairs->pairs);
	pair->key = arena_strdup(&doc->arena, key);
	pair->label = label;
	pair->value = value;
}

struct block *doc_items(struct doc *doc, const char *key)
{
	struct block *block = block_add(doc, BLOCK_ITEMS);
	block->key = key;
	return block;
}

void items_add(struct doc *doc, struct block *items, struct cell item)
{
	(void)doc;
	vec_append(&items->items, &item);
}

struct table *doc_table(struct doc *doc, const char *key, const char *title)
{
	struct block *block = block_add(doc, BLOCK_TABLE);
	struct table *table = arena_calloc(&doc->arena, 1, sizeof(*table));
	table->arena = &doc->arena;
	table->key = key;
	table->title = title;
	vec_init(&table->columns, sizeof(struct column));
	vec_init(&table->rows, sizeof(struct row));
	block->key = key;
	block->table = table;
	return table;
}

struct column *table_column(struct table *table, const char *key, const char *title, enum align align, enum priority priority)
{
	struct column *column = vec_push(&table->columns);
	column->key = arena_strdup(table->arena, key);
	column->title = title;
	column->align = align;
	column->priority = priority;
	return column;
}

struct row *table_row(struct table *table)
{
	struct row *row = vec_push(&table->rows);
	row->cells = arena_calloc(table->arena, table->columns.len, sizeof(struct cell));
	return row;
}

void table_make_rows(struct table *table, size_t count,
	void (*make)(void *context, size_t index, struct arena *scratch, struct row *row), void *context)
{
	struct row_maker *maker = arena_calloc(table->arena, 1, sizeof(*maker));
	maker->count = count;
	maker->make = make;
	maker->context = context;
	maker->row.cells = arena_calloc(table->arena, table->columns.len, sizeof(struct cell));
	arena_init(&maker->scratch);
	table->maker = maker;
}

size_t table_length(const struct table *table)
{
	return table->maker ? table->maker->count : table->rows.len;
}

const struct row *table_row_at(const struct table *table, size_t index)
{
	struct row_maker *maker = table->maker;
	if (!maker)
		return (const struct row *)table->rows.items + index;
	arena_reset(&maker->scratch);
	memset(maker->row.cells, 0, table->columns.len * sizeof(struct cell));
	maker->row = (struct row){ .cells = maker->row.cells };
	maker->make(maker->context, index, &maker->scratch, &maker->row);
	return &maker->row;
}

struct figure *doc_figure(struct doc *doc, enum figure_type type, const char *key, const char *title)
{
	struct block *block = block_add(doc, BLOCK_FIGURE);
	struct figure *figure = arena_calloc(&doc->arena, 1, sizeof(*figure));
	figure->type = type;
	figure->key = key;
	figure->title = title;
	figure->arena = &doc->arena;
	vec_init(&figure->gantt.rows, sizeof(struct gantt_row));
	vec_init(&figure->gantt.links, sizeof(struct gantt_link));
	vec_init(&figure->chart.series, sizeof(struct series));
	vec_init(&figure->nodes, type == FIGURE_NETWORK ? sizeof(struct network_node) :
		type == FIGURE_CALENDAR                 ? sizeof(struct calendar_day_mark) :
		type == FIGURE_MATRIX                   ? sizeof(struct matrix_move) :
		type == FIGURE_DECISION                 ? sizeof(struct decision_mark) :
		type == FIGURE_QUADRANTS                ? sizeof(struct quadrant) :
							  sizeof(struct tree_node));
	vec_init(&figure->network_links, sizeof(struct network_link));
	figure->gantt.from = figure->gantt.to = figure->gantt.today = MOMENT_NONE;
	block->key = key;
	block->figure = figure;
	return figure;
}
