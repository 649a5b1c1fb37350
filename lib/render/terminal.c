/* The document as a page in a terminal. */
#include "render/render-internal.h"

#include "base/utf8.h"

static const char *const tone_codes[] = {
	[TONE_NONE] = NULL, [TONE_GOOD] = "\033[32m", [TONE_WATCH] = "\033[33m", [TONE_BAD] = "\033[31m",
	[TONE_MUTED] = "\033[2m", [TONE_STRONG] = "\033[1m",
};

void color_on(struct strbuf *out, enum tone tone, const struct render_options *options)
{
	if (options->color && tone_codes[tone])
		strbuf_add_str(out, tone_codes[tone]);
}

void color_off(struct strbuf *out, enum tone tone, const struct render_options *options)
{
	if (options->color && tone_codes[tone])
		strbuf_add_str(out, "\033[0m");
}

static size_t page_width(const struct render_options *options)
{
	return options->width > 0 ? (size_t)options->width : 0;
}

/* Prose is easier to read in lines that are not too long. */
static size_t prose_width(const struct render_options *options)
{
	return options->width > 100 ? 100 : page_width(options);
}

static void toned(struct strbuf *out, const struct cell *cell, const struct doc *doc,
	const struct render_options *options)
{
	const char *mark = tone_mark(cell->tone, options->ascii);
	color_on(out, cell->tone, options);
	if (mark)
		strbuf_addf(out, "%s ", mark);
	render_cell(cell, &doc->units, options, out);
	color_off(out, cell->tone, options);
}

static void blank_line(struct strbuf *out)
{
	if (out->len && !(out->len > 1 && out->buf[out->len - 1] == '\n' && out->buf[out->len - 2] == '\n'))
		strbuf_add_char(out, '\n');
}

/* A text of several lines: each is wrapped on its own, behind `indent` blanks. */
static void add_lines(struct strbuf *out, struct slice text, size_t width, size_t indent, bool ascii)
{
	struct strbuf line;
	bool first = true;
	strbuf_init(&line);
	while (first || text.len) {
		size_t n = slice_find(text, '\n');
		strbuf_reset(&line);
		add_line(&line, slice_new(text.at, n));
		if (ascii)
			ascii_signs(&line, 0);
		if (!first) {
			strbuf_add_char(out, '\n');
			if (line.len)
				strbuf_add_repeat(out, " ", indent);
		}
		first = false;
		render_wrapped(out, strbuf_slice(&line), width, indent);
		text = slice_from(text, n + 1);
	}
	strbuf_release(&line);
}

/* A cell that may run over several lines, standing at column `indent`. */
static void add_long_cell(struct strbuf *out, const struct cell *cell, size_t indent, const struct doc *doc,
	const struct render_options *options)
{
	size_t width = prose_width(options);
	if (width && width < indent + 20)
		width = indent + 20;
	color_on(out, cell->tone, options);
	if (cell->type == CELL_TEXT && !cell->tone) {
		add_lines(out, cell->text, width, indent, options->ascii);
	} else {
		struct strbuf text;
		const char *mark = tone_mark(cell->tone, options->ascii);
		strbuf_init(&text);
		if (mark)
			strbuf_addf(&text, "%s ", mark);
		render_cell(cell, &doc->units, options, &text);
		add_lines(out, strbuf_slice(&text), width, indent, options->ascii);
		strbuf_release(&text);
	}
	color_off(out, cell->tone, options);
	strbuf_add_char(out, '\n');
}

static void add_heading(struct strbuf *out, const struct block *block, const struct doc *doc,
	const struct render_options *options)
{
	size_t start = out->len;
	color_on(out, TONE_STRONG, options);
	toned(out, &block->text, doc, options);
	color_off(out, TONE_STRONG, options);
	size_t width = utf8_width(slice_new(out->buf + start, out->len - start));
	strbuf_add_char(out, '\n');
	if (block->level > 1 || options->color)
		return;
	strbuf_add_repeat(out, options->ascii ? "=" : "═", width);
	strbuf_add_char(out, '\n');
}

static bool pair_shown(const struct pair *pair)
{
	return pair->value.type != CELL_NONE && !(pair->value.type == CELL_LIST && !pair->value.item_count);
}

static void add_pairs(struct strbuf *out, const struct block *block, const struct doc *doc,
	const struct render_options *options)
{
	const struct pair *pairs = block->pairs.items;
	size_t widest = 0;
	for (size_t i = 0; i < block->pairs.len; i++) {
		size_t width = utf8_width(slice_of(label_text(pairs[i].label, pairs[i].key)));
		widest = pair_shown(&pairs[i]) && width > widest ? width : widest;
	}
	for (size_t i = 0; i < block->pairs.len; i++) {
		if (!pair_shown(&pairs[i]))
			continue;
		color_on(out, TONE_STRONG, options);
		utf8_pad(out, slice_of(label_text(pairs[i].label, pairs[i].key)), widest, false, "");
		color_off(out, TONE_STRONG, options);
		strbuf_add_str(out, "  ");
		add_long_cell(out, &pairs[i].value, widest + 2, doc, options);
	}
}

static void add_list(struct strbuf *out, const struct block *block, const struct doc *doc,
	const struct render_options *options)
{
	const struct cell *items = block->items.items;
	for (size_t i = 0; i < block->items.len; i++) {
		strbuf_add_str(out, options->ascii ? "- " : "• ");
		add_long_cell(out, &items[i], 2, doc, options);
	}
}

static void add_caption(struct strbuf *out, const char *title, const struct render_options *options)
{
	if (!title)
		return;
	color_on(out, TONE_STRONG, options);
	strbuf_add_str(out, _(title));
	color_off(out, TONE_STRONG, options);
	strbuf_add_char(out, '\n');
}

void terminal_figure(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	switch (figure->type) {
	case FIGURE_GANTT:   terminal_gantt(&figure->gantt, options, out);          break;
	case FIGURE_TREE:    terminal_tree(figure, options, out);                   break;
	case FIGURE_NETWORK: terminal_network(figure, units, options, out);         break;
	case FIGURE_MATRIX:  terminal_matrix(figure, units, options, out);          break;
	case FIGURE_QUADRANTS: terminal_quadrants(figure, units, options, out);     break;
	case FIGURE_DECISION: terminal_decision(figure, units, options, out);       break;
	case FIGURE_TORNADO: terminal_tornado(figure, options, out);                break;
	case FIGURE_CALENDAR: terminal_calendar(figure, options, out);              break;
	default:             terminal_chart(figure, options, out);                  break;
	}
}

static void add_block(struct strbuf *out, const struct block *block, const struct doc *doc,
	const struct render_options *options)
{
	switch (block->type) {
	case BLOCK_HEADING:
		add_heading(out, block, doc, options);
		break;
	case BLOCK_PARAGRAPH:
		add_long_cell(out, &block->text, 0, doc, options);
		break;
	case BLOCK_PAIRS:
		add_pairs(out, block, doc, options);
		break;
	case BLOCK_ITEMS:
		add_list(out, block, doc, options);
		break;
	case BLOCK_TABLE:
		add_caption(out, block->table->title, options);
		terminal_table(block->table, &doc->units, options, out);
		break;
	case BLOCK_FIGURE:
		add_caption(out, block->figure->title, options);
		terminal_figure(block->figure, &doc->units, options, out);
		break;
	}
}

/* Behind the title: the day, when asked for, and the revision. */
static void add_title(struct strbuf *out, const struct doc *doc, const struct render_options *options)
{
	char date[CIVIL_TEXT];
	if (doc->title.type == CELL_NONE)
		return;
	color_on(out, TONE_STRONG, options);
	render_cell(&doc->title, &doc->units, options, out);
	color_off(out, TONE_STRONG, options);
	color_on(out, TONE_MUTED, options);
	if (options->now_shown && doc->now != MOMENT_NONE)
		strbuf_addf(out, "  %s", date_print(moment_date(doc->now), date));
	if (doc->at.len) {
		strbuf_add_str(out, "  @ ");
		add_line(out, doc->at);
	}
	color_off(out, TONE_MUTED, options);
	strbuf_add_char(out, '\n');
}

/* Blocks are set apart by a blank line; a heading belongs to what follows it. */
int render_terminal(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	(void)err;
	add_title(out, doc, options);
	for (size_t i = 0; i < doc->blocks.len; i++) {
		bool follows = i > 0 && blocks[i - 1]->type == BLOCK_HEADING;
		if (out->len && !follows)
			blank_line(out);
		add_block(out, blocks[i], doc, options);
	}
	return 0;
}
