/*
 * JSON: the values, in English, for programs.
 *
 *   {"schema": "pmt.task/1", "at": null, "now": "2026-11-21", "records": [...], "diagnostics": [...]}
 *
 * Every block with a key is a member of that name. Tables are lists of objects, key-value lists are objects, figures are
 * objects of their values. Blocks that share a key are joined into one list; "records" is always a list.
 */
#include "render/json-internal.h"

#include "base/alloc.h"
#include "render/render-internal.h"

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

void json_moment(struct json_writer *w, moment_t moment)
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
	struct strbuf text;
	strbuf_init(&text);
	cell_message_text(&text, cell, units, &render_english);
	json_write_slice(w, strbuf_slice(&text));
	strbuf_release(&text);
}

void json_cell(struct json_writer *w, const struct cell *cell, const struct units *units)
{
	char date[CIVIL_TEXT];
	switch (cell->type) {
	case CELL_NONE:     json_write_null(w);                                       break;
	case CELL_TEXT: case CELL_WORD: case CELL_REF: json_write_slice(w, cell->text);     break;
	case CELL_MESSAGE:  message_cell(w, cell, units);                             break;
	case CELL_DATE:     json_write_plain(w, date_print((date_t)cell->number, date));    break;
	case CELL_MOMENT: case CELL_START: case CELL_FINISH: json_moment(w, cell->number);            break;
	case CELL_DURATION: case CELL_INTEGER: json_write_integer(w, cell->number);   break;
	case CELL_MONEY:    money_value(w, &cell->money, units);                      break;
	case CELL_PERCENT: case CELL_NUMBER: decimal_value(w, cell->number);          break;
	case CELL_YESNO:    json_write_bool(w, cell->number != 0);                          break;
	case CELL_LIST:
		json_write_array(w);
		for (size_t i = 0; i < cell->item_count; i++)
			json_cell(w, &cell->items[i], units);
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
		json_cell(w, &row->cells[c], units);
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
		json_cell(w, &pairs[i].value, units);
	}
	json_write_end(w);
}

static void items_json(struct json_writer *w, const struct block *block, const struct units *units)
{
	const struct cell *items = block->items.items;
	for (size_t i = 0; i < block->items.len; i++)
		json_cell(w, &items[i], units);
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
		json_figure(w, block->figure, units);
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
	json_write_key(w, "line");
	json_write_integer(w, finding->place.line);
	json_write_key(w, "column");
	json_write_integer(w, finding->place.column);
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
