/* CSV: the first table's values, spelled as in JSON; lists are joined by commas, money has its currency behind it. Without a
 * table: the rows of a Gantt chart, or a page's one record. */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "text/csv.h"

#include <stdio.h>
#include <string.h>

static void csv_cell(struct strbuf *out, const struct cell *cell, const struct units *units)
{
	char date[CIVIL_TEXT];
	switch (cell->type) {
	case CELL_NONE:     break;
	case CELL_TEXT: case CELL_WORD: case CELL_REF: strbuf_add_slice(out, cell->text); break;
	case CELL_MESSAGE:  cell_message_text(out, cell, units, &render_english); break;
	case CELL_DATE:     strbuf_add_str(out, date_print((date_t)cell->number, date)); break;
	case CELL_MOMENT: case CELL_START: case CELL_FINISH:
		strbuf_add_str(out, moment_print_iso(cell->number, date));
		break;
	case CELL_DURATION: case CELL_INTEGER: strbuf_addf(out, "%lld", (long long)cell->number); break;
	case CELL_MONEY:
		decimal_print(out, cell->money.amount, 2);
		strbuf_addf(out, " %.3s", cell->money.currency[0] ? cell->money.currency : units->currency);
		break;
	case CELL_PERCENT: case CELL_NUMBER: decimal_print(out, cell->number, 0); break;
	case CELL_YESNO:    strbuf_add_str(out, cell->number ? "yes" : "no"); break;
	case CELL_LIST:
		for (size_t i = 0; i < cell->item_count; i++) {
			if (i)
				strbuf_add_str(out, ", ");
			csv_cell(out, &cell->items[i], units);
		}
		break;
	}
}

static void csv_table(struct strbuf *out, const struct table *table, const struct units *units,
	const struct render_options *options)
{
	const struct column *columns = table->columns.items;
	struct strbuf text;
	strbuf_init(&text);
	for (size_t c = 0; c < table->columns.len; c++)
		csv_add(out, slice_of(columns[c].key), c == 0);
	csv_end_row(out);
	for (size_t r = 0; r < table_length(table) && render_flush(out, options); r++) {
		const struct row *row = table_row_at(table, r);
		for (size_t c = 0; c < table->columns.len; c++) {
			strbuf_reset(&text);
			csv_cell(&text, &row->cells[c], units);
			csv_add(out, strbuf_slice(&text), c == 0);
		}
		csv_end_row(out);
	}
	strbuf_release(&text);
}

/* A page of one record: its keys as the header row, its values as the one row. */
static void csv_pairs(struct strbuf *out, const struct block *block, const struct units *units)
{
	const struct pair *pairs = block->pairs.items;
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < block->pairs.len; i++)
		csv_add(out, slice_of(pairs[i].key), i == 0);
	csv_end_row(out);
	for (size_t i = 0; i < block->pairs.len; i++) {
		strbuf_reset(&text);
		csv_cell(&text, &pairs[i].value, units);
		csv_add(out, strbuf_slice(&text), i == 0);
	}
	csv_end_row(out);
	strbuf_release(&text);
}

static void csv_moment(struct strbuf *out, moment_t moment)
{
	char text[CIVIL_TEXT];
	csv_add(out, slice_of(moment == MOMENT_NONE ? "" : moment_print_iso(moment, text)), false);
}

static void csv_gantt_row(struct strbuf *out, const struct gantt_row *row)
{
	const moment_t moments[] = { row->start, row->finish, row->baseline_start, row->baseline_finish, row->deadline };
	char number[16];
	csv_add(out, row->id, true);
	csv_add(out, row->code, false);
	snprintf(number, sizeof(number), "%d", row->depth);
	csv_add(out, slice_of(number), false);
	csv_add(out, row->title, false);
	for (size_t i = 0; i < ARRAY_SIZE(moments); i++)
		csv_moment(out, moments[i]);
	snprintf(number, sizeof(number), "%d", row->progress);
	csv_add(out, slice_of(number), false);
	csv_add(out, slice_of(row->flags & GANTT_CRITICAL ? "yes" : "no"), false);
	csv_add(out, slice_of(row->flags & GANTT_MILESTONE ? "yes" : "no"), false);
	csv_end_row(out);
}

static void csv_gantt(struct strbuf *out, const struct gantt *gantt)
{
	static const char *const keys[] = { "id", "wbs", "level", "title", "start", "finish", "baseline_start", "baseline_finish",
		"deadline", "progress", "critical", "milestone" };
	const struct gantt_row *rows = gantt->rows.items;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		csv_add(out, slice_of(keys[i]), i == 0);
	csv_end_row(out);
	for (size_t i = 0; i < gantt->rows.len; i++)
		csv_gantt_row(out, &rows[i]);
}

/* The records; without a table of that name the first one; NULL without any. */
static const struct table *main_table(const struct doc *doc)
{
	struct block *const *blocks = doc->blocks.items;
	const struct table *first = NULL;
	for (size_t i = 0; i < doc->blocks.len; i++) {
		if (blocks[i]->type != BLOCK_TABLE)
			continue;
		if (blocks[i]->table->key && !strcmp(blocks[i]->table->key, "records"))
			return blocks[i]->table;
		first = first ? first : blocks[i]->table;
	}
	return first;
}

int render_csv(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	const struct table *table = main_table(doc);
	if (table) {
		csv_table(out, table, &doc->units, options);
		return 0;
	}
	for (size_t i = 0; i < doc->blocks.len; i++)
		if (blocks[i]->type == BLOCK_FIGURE && blocks[i]->figure->type == FIGURE_GANTT) {
			csv_gantt(out, &blocks[i]->figure->gantt);
			return 0;
		}
	for (size_t i = 0; i < doc->blocks.len; i++)
		if (blocks[i]->type == BLOCK_PAIRS) {
			csv_pairs(out, blocks[i], &doc->units);
			return 0;
		}
	return err_set(err, ERR_USAGE, "%s", _("there is no table to write as CSV; try --format json"));
}
