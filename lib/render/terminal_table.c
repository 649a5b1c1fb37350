/*
 * Tables for a terminal: exact columns whatever the script, never wrapped in a cell.
 *
 * Every cell is formatted once. When the natural widths do not fit, in this order: growing columns give way down to
 * GROW_MIN cells and other text columns to TEXT_MIN, then LOW columns are dropped from the right, then HIGH ones,
 * then what is left is cut to whatever fits. Numbers, dates and ids are dropped rather than cut: so are short messages that hold them, and
 * a list is cut between its items.
 * Room that is left over goes back to cut columns, growing ones last. O(cells).
 */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { GUTTER = 2, GROW_MIN = 20, TEXT_MIN = 10, CUT_MIN = 3, WHOLE_MOST = 24 };

struct shown {
	const struct column *column;
	size_t index;
	size_t natural, whole, least, width; /* whole: what cells need so that no number or id is cut */
	bool dropped, text;
};

/* A cell's text in the grid's: it begins where that of the cell before ends. */
struct formatted {
	size_t end;
	uint32_t width;
	enum tone tone;
	bool list;
};

struct grid {
	const struct table *table;
	const struct render_options *options;
	struct shown *columns;
	size_t column_count;
	size_t row_count;
	struct strbuf text;
	struct formatted *cells; /* row by row */
};

static struct slice grid_text(const struct grid *grid, size_t i)
{
	size_t start = i ? grid->cells[i - 1].end : 0;
	return slice_new(grid->text.buf + start, grid->cells[i].end - start);
}

static bool is_text(const struct cell *cell)
{
	return cell->type == CELL_TEXT || cell->type == CELL_LIST || cell->type == CELL_MESSAGE ||
		(cell->type == CELL_REF && cell->title.len);
}

static bool holds_values(const struct cell *message)
{
	if (message->arguments)
		return false;
	for (size_t i = 0; i < message->item_count; i++)
		if (message->items[i].type != CELL_TEXT && message->items[i].type != CELL_MESSAGE && message->items[i].type != CELL_LIST)
			return true;
	return false;
}

/* The least room of a text, a list or a message. */
static size_t whole_width(const struct cell *cell, size_t width)
{
	size_t least = TEXT_MIN;

	if (cell->type == CELL_MESSAGE && width <= WHOLE_MOST && holds_values(cell))
		return width;
	if (cell->type == CELL_REF && cell->title.len)
		least = utf8_width(cell->text) + 2;
	for (size_t i = 0; cell->type == CELL_LIST && i < cell->item_count; i++)
		if (cell->items[i].type == CELL_REF && utf8_width(cell->items[i].text) + 3 > least)
			least = utf8_width(cell->items[i].text) + 3;
	return least < width ? least : width;
}

static void format_cell(struct grid *grid, const struct row *row, const struct shown *shown, const struct units *units)
{
	const struct cell *cell = &row->cells[shown->index];
	const char *mark = tone_mark(cell->tone, grid->options->ascii);
	if (shown->column->tree)
		strbuf_add_repeat(&grid->text, "  ", row->depth > 0 ? (size_t)row->depth : 0);
	if (mark)
		strbuf_addf(&grid->text, "%s ", mark);
	render_cell(cell, units, grid->options, &grid->text);
}

static void format_row(struct grid *grid, size_t r, const struct units *units)
{
	const struct row *row = table_row_at(grid->table, r);
	for (size_t c = 0; c < grid->column_count; c++) {
		struct shown *shown = &grid->columns[c];
		const struct cell *cell = &row->cells[shown->index];
		size_t start = grid->text.len;
		format_cell(grid, row, shown, units);
		size_t width = utf8_width(slice_new(grid->text.buf + start, grid->text.len - start));
		grid->cells[r * grid->column_count + c] = (struct formatted){ grid->text.len, (uint32_t)width,
			cell->tone ? cell->tone : row->tone, cell->type == CELL_LIST };
		if (width > shown->natural)
			shown->natural = width;
		if (is_text(cell)) {
			size_t whole = whole_width(cell, width);
			shown->text = true;
			shown->whole = whole > shown->whole ? whole : shown->whole;
		}
	}
}

static void grid_init(struct grid *grid, const struct table *table, const struct units *units,
	const struct render_options *options)
{
	const struct column *columns = table->columns.items;
	memset(grid, 0, sizeof(*grid));
	grid->table = table;
	grid->row_count = table_length(table);
	grid->options = options;
	strbuf_init(&grid->text);
	grid->columns = xcalloc(table->columns.len, sizeof(*grid->columns));
	for (size_t c = 0; c < table->columns.len; c++)
		if (columns[c].priority != PRIORITY_DATA) {
			struct shown *shown = &grid->columns[grid->column_count++];
			shown->column = &columns[c];
			shown->index = c;
			shown->natural = table->bare ? 0 : utf8_width(slice_of(label_text(columns[c].title, columns[c].key)));
		}
	grid->cells = xcalloc(grid->row_count * grid->column_count, sizeof(*grid->cells));
	for (size_t r = 0; r < grid->row_count; r++)
		format_row(grid, r, units);
}

static void grid_release(struct grid *grid)
{
	strbuf_release(&grid->text);
	free(grid->cells);
	free(grid->columns);
}

/* Columns without one value say nothing: they give their place to others. */
static void drop_empty(struct grid *grid)
{
	for (size_t c = 0; c < grid->column_count; c++) {
		bool empty = grid->columns[c].column->priority != PRIORITY_MUST && grid->row_count > 0;
		for (size_t r = 0; empty && r < grid->row_count; r++)
			empty = grid_text(grid, r * grid->column_count + c).len == 0;
		grid->columns[c].dropped = empty;
	}
}

static size_t grid_least(const struct grid *grid)
{
	size_t total = 0;
	for (size_t c = 0; c < grid->column_count; c++)
		if (!grid->columns[c].dropped)
			total += grid->columns[c].least + (total ? GUTTER : 0);
	return total;
}

static bool drop_one(struct grid *grid, enum priority priority)
{
	for (size_t c = grid->column_count; c-- > 0;)
		if (!grid->columns[c].dropped && grid->columns[c].column->priority == priority) {
			grid->columns[c].dropped = true;
			return true;
		}
	return false;
}

static size_t at_most(size_t value, size_t limit)
{
	return value < limit ? value : limit;
}

static bool cut_one(struct grid *grid, bool texts, bool whole)
{
	struct shown *widest = NULL;

	for (size_t c = 0; c < grid->column_count; c++) {
		struct shown *shown = &grid->columns[c];
		size_t floor = whole && shown->whole > CUT_MIN ? shown->whole : CUT_MIN;
		if (!shown->dropped && (shown->text || !texts) && shown->least > floor && (!widest || shown->least > widest->least))
			widest = shown;
	}
	if (widest)
		widest->least--;
	return widest != NULL;
}

/* Only MUST columns are left and still too wide: the widest is cut, again and again, texts before numbers and ids. */
static void cut_widest(struct grid *grid, size_t room)
{
	while (grid_least(grid) > room && (cut_one(grid, true, true) || cut_one(grid, true, false) || cut_one(grid, false, false)))
		;
}

static void hand_out(struct grid *grid, size_t room, bool grow)
{
	for (size_t c = 0; c < grid->column_count; c++) {
		struct shown *shown = &grid->columns[c];
		size_t used = grid_least(grid);
		if (shown->dropped || shown->column->grow != grow || used >= room)
			continue;
		shown->least += at_most(shown->natural - shown->least, room - used);
	}
}

static void grid_fit(struct grid *grid)
{
	size_t room = grid->options->width > 0 ? (size_t)grid->options->width : SIZE_MAX;
	drop_empty(grid);
	for (size_t c = 0; c < grid->column_count; c++) {
		struct shown *shown = &grid->columns[c];
		shown->least = shown->natural;
		if (shown->column->grow)
			shown->least = at_most(shown->natural, GROW_MIN);
		else if (shown->text && shown->column->align == ALIGN_LEFT)
			shown->least = at_most(shown->natural, TEXT_MIN);
		if (shown->least < shown->whole)
			shown->least = shown->whole;
	}
	while (grid_least(grid) > room && (drop_one(grid, PRIORITY_LOW) || drop_one(grid, PRIORITY_HIGH)))
		;
	cut_widest(grid, room);
	hand_out(grid, room, false);
	hand_out(grid, room, true);
	for (size_t c = 0; c < grid->column_count; c++)
		grid->columns[c].width = grid->columns[c].least;
}

static void trim_end(struct strbuf *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
}

/* How much of a list fits with the sign of what is missing: whole items, or nothing of it. */
static size_t items_that_fit(struct slice text, size_t width)
{
	size_t fit = 0, end = 0;

	while ((end += slice_find(slice_from(text, end), ',')) < text.len) {
		end++;
		if (!slice_starts(slice_from(text, end), " "))
			continue;
		end++;
		if (utf8_width(slice_new(text.at, end)) + 1 > width)
			break;
		fit = end;
	}
	return fit;
}

static void add_cut(struct strbuf *out, const struct shown *shown, struct slice text, const struct formatted *how, const char *sign)
{
	size_t fit = how->list ? items_that_fit(text, shown->width) : 0, used;

	if (!fit) {
		utf8_pad(out, text, shown->width, shown->column->align == ALIGN_RIGHT, sign);
		return;
	}
	used = utf8_width(slice_new(text.at, fit)) + 1;
	strbuf_add(out, text.at, fit);
	strbuf_add_str(out, sign);
	strbuf_add_repeat(out, " ", shown->width - used);
}

/* Text of a known width in its column; most of it fits, and is not measured again. */
static void add_cell(struct strbuf *out, const struct grid *grid, const struct shown *shown, struct slice text,
	const struct formatted *how)
{
	bool right = shown->column->align == ALIGN_RIGHT;
	color_on(out, how->tone, grid->options);
	if (how->width > shown->width) {
		add_cut(out, shown, text, how, grid->options->ascii ? "~" : "…");
	} else {
		size_t blanks = shown->width - how->width;
		char *at = strbuf_extend(out, blanks + text.len);
		memset(right ? at : at + text.len, ' ', blanks);
		memcpy(right ? at + blanks : at, text.at, text.len);
	}
	color_off(out, how->tone, grid->options);
}

static void add_header(struct strbuf *out, const struct grid *grid)
{
	bool first = true;
	for (size_t c = 0; c < grid->column_count; c++) {
		const struct shown *shown = &grid->columns[c];
		if (shown->dropped)
			continue;
		if (!first)
			strbuf_add_repeat(out, " ", GUTTER);
		first = false;
		struct slice label = slice_of(label_text(shown->column->title, shown->column->key));
		add_cell(out, grid, shown, label, &(struct formatted){ 0, (uint32_t)utf8_width(label), TONE_STRONG, false });
	}
	trim_end(out);
	strbuf_add_char(out, '\n');
}

static void add_rule(struct strbuf *out, const struct grid *grid)
{
	bool first = true;
	color_on(out, TONE_MUTED, grid->options);
	for (size_t c = 0; c < grid->column_count; c++) {
		if (grid->columns[c].dropped)
			continue;
		if (!first)
			strbuf_add_repeat(out, " ", GUTTER);
		first = false;
		strbuf_add_repeat(out, grid->options->ascii ? "-" : "─", grid->columns[c].width);
	}
	color_off(out, TONE_MUTED, grid->options);
	strbuf_add_char(out, '\n');
}

static void add_row(struct strbuf *out, const struct grid *grid, size_t r)
{
	bool first = true;
	for (size_t c = 0; c < grid->column_count; c++) {
		const struct shown *shown = &grid->columns[c];
		if (shown->dropped)
			continue;
		if (!first)
			strbuf_add_repeat(out, " ", GUTTER);
		first = false;
		size_t i = r * grid->column_count + c;
		add_cell(out, grid, shown, grid_text(grid, i), &grid->cells[i]);
	}
	trim_end(out);
	strbuf_add_char(out, '\n');
}

void terminal_table(const struct table *table, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	struct grid grid;
	if (!table_length(table)) {
		color_on(out, TONE_MUTED, options);
		strbuf_add_str(out, _(table->empty ? table->empty : N_("(none)")));
		color_off(out, TONE_MUTED, options);
		strbuf_add_char(out, '\n');
		return;
	}
	grid_init(&grid, table, units, options);
	grid_fit(&grid);
	if (!table->bare) {
		add_header(out, &grid);
		add_rule(out, &grid);
	}
	for (size_t r = 0; r < grid.row_count && render_flush(out, options); r++)
		add_row(out, &grid, r);
	grid_release(&grid);
}
