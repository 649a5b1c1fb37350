/*
 * HTML: one self-contained page. No network (a Content-Security-Policy says so), light and dark, print, readable without
 * script; wide tables and figures scroll in a box of their own. The page is also well-formed XML.
 */
#include "render/html-internal.h"
#include "render/svg-internal.h"

#include "base/utf8.h"
#include "text/xml.h"

#include <string.h>

enum { SHORT_VALUE = 44, MANY_PAIRS = 6 };

void html_escape(struct page *page, struct slice text)
{
	xml_escape(page->out, text);
}

void html_collect_anchors(struct page *page)
{
	struct block *const *blocks = page->doc->blocks.items;
	for (size_t i = 0; i < page->doc->blocks.len; i++) {
		const struct table *table = blocks[i]->table;
		if (blocks[i]->type != BLOCK_TABLE || !table->columns.len)
			continue;
		for (size_t r = 0; r < table_length(table); r++) {
			const struct cell *id = &table_row_at(table, r)->cells[0];
			if (id->type == CELL_REF && id->text.len)
				map_add(&page->anchors, table->maker ? arena_slice(&page->texts, id->text) : id->text, 1, NULL);
		}
	}
}

/* A reference is a link when the page has the record's row, except in that row itself. */
static void add_ref(struct page *page, const struct cell *cell)
{
	uintptr_t state = 0;
	bool link = map_get(&page->anchors, cell->text, &state);
	strbuf_add_str(page->out, link ? "<a class=\"r\" href=\"#r-" : "<span>");
	if (link) {
		html_escape(page, cell->text);
		strbuf_add_str(page->out, "\">");
	}
	strbuf_add_str(page->out, cell->title.len ? "<span class=\"id\">" : "");
	html_escape(page, cell->text);
	strbuf_add_str(page->out, cell->title.len ? "</span> " : "");
	html_escape(page, cell->title);
	strbuf_add_str(page->out, link ? "</a>" : "</span>");
}

static void add_plain(struct page *page, const struct cell *cell)
{
	if (cell->type == CELL_REF) {
		add_ref(page, cell);
		return;
	}
	if (cell->type == CELL_LIST) {
		for (size_t i = 0; i < cell->item_count; i++) {
			strbuf_add_str(page->out, i ? ", " : "");
			html_cell(page, &cell->items[i]);
		}
		return;
	}
	if (cell->type == CELL_TEXT) { /* keeps its line breaks */
		html_escape(page, cell->text);
		return;
	}
	strbuf_reset(&page->scratch);
	render_cell(cell, &page->doc->units, page->options, &page->scratch);
	html_escape(page, strbuf_slice(&page->scratch));
}

void html_cell(struct page *page, const struct cell *cell)
{
	static const char *const tones[] = { NULL, "chip good", "chip watch", "chip bad", "muted", "strong" };
	const char *mark = tone_mark(cell->tone, false);
	if (cell->tone)
		strbuf_addf(page->out, "<span class=\"%s\">", tones[cell->tone]);
	if (mark)
		strbuf_addf(page->out, "<b aria-hidden=\"true\">%s</b>", mark);
	add_plain(page, cell);
	if (cell->tone)
		strbuf_add_str(page->out, "</span>");
}

static bool pair_shown(const struct pair *pair)
{
	return pair->value.type != CELL_NONE && !(pair->value.type == CELL_LIST && !pair->value.item_count);
}

/* Many short values stand side by side where there is room. */
static bool in_two_columns(struct page *page, const struct block *block)
{
	const struct pair *pairs = block->pairs.items;
	size_t shown = 0;
	for (size_t i = 0; i < block->pairs.len; i++) {
		strbuf_reset(&page->scratch);
		render_cell(&pairs[i].value, &page->doc->units, page->options, &page->scratch);
		if (utf8_width(strbuf_slice(&page->scratch)) > SHORT_VALUE)
			return false;
		shown += pair_shown(&pairs[i]);
	}
	return shown >= MANY_PAIRS;
}

static void add_pairs(struct page *page, const struct block *block)
{
	const struct pair *pairs = block->pairs.items;
	size_t shown = 0;
	for (size_t i = 0; i < block->pairs.len; i++)
		shown += pair_shown(&pairs[i]);
	if (!shown)
		return;
	strbuf_add_str(page->out, in_two_columns(page, block) ? "<dl class=\"two\">" : "<dl>");
	for (size_t i = 0; i < block->pairs.len; i++) {
		if (!pair_shown(&pairs[i]))
			continue;
		strbuf_add_str(page->out, "<dt>");
		html_escape(page, slice_of(label_text(pairs[i].label, pairs[i].key)));
		strbuf_add_str(page->out, "</dt><dd>");
		html_cell(page, &pairs[i].value);
		strbuf_add_str(page->out, "</dd>");
	}
	strbuf_add_str(page->out, "</dl>\n");
}

static void add_items(struct page *page, const struct block *block)
{
	const struct cell *items = block->items.items;
	if (!block->items.len)
		return;
	strbuf_add_str(page->out, "<ul class=\"items\">");
	for (size_t i = 0; i < block->items.len; i++) {
		strbuf_add_str(page->out, "<li>");
		html_cell(page, &items[i]);
		strbuf_add_str(page->out, "</li>");
	}
	strbuf_add_str(page->out, "</ul>\n");
}

/* A long Gantt scrolls by itself, so that its scale stays in sight. */
static const char *box_class(const struct figure *figure)
{
	if (figure->type != FIGURE_GANTT)
		return "";
	return figure->gantt.rows.len > 60 ? " gx long" : " gx";
}

static void add_figure(struct page *page, const struct figure *figure)
{
	strbuf_add_str(page->out, "<figure><figcaption>");
	html_escape(page, slice_of(figure->title ? _(figure->title) : ""));
	strbuf_addf(page->out, "</figcaption><div class=\"box%s\" tabindex=\"0\">", box_class(figure));
	svg_figure(page->out, figure, &page->doc->units, page->options, ++page->figure_count, false);
	strbuf_add_str(page->out, "</div></figure>\n");
}

static void section_end(struct page *page)
{
	if (page->section_open)
		strbuf_add_str(page->out, "</details>\n");
	page->section_open = false;
}

/* Top headings open sections that fold; they work without script. */
static void add_heading(struct page *page, const struct block *block)
{
	int level = block->level < 1 ? 2 : block->level > 5 ? 6 : block->level + 1;
	if (level == 2) {
		section_end(page);
		strbuf_addf(page->out, "<details class=\"sec\" open=\"\" id=\"s%d\"><summary><h2>", ++page->section_count);
		html_cell(page, &block->text);
		strbuf_add_str(page->out, "</h2></summary>\n");
		page->section_open = true;
		return;
	}
	strbuf_addf(page->out, "<h%d>", level);
	html_cell(page, &block->text);
	strbuf_addf(page->out, "</h%d>\n", level);
}

static void add_block(struct page *page, const struct block *block)
{
	switch (block->type) {
	case BLOCK_HEADING:
		add_heading(page, block);
		break;
	case BLOCK_PARAGRAPH:
		strbuf_add_str(page->out, "<p>");
		html_cell(page, &block->text);
		strbuf_add_str(page->out, "</p>\n");
		break;
	case BLOCK_PAIRS:
		add_pairs(page, block);
		break;
	case BLOCK_ITEMS:
		add_items(page, block);
		break;
	case BLOCK_TABLE:
		html_table(page, block->table);
		break;
	case BLOCK_FIGURE:
		add_figure(page, block->figure);
		break;
	}
}

/* "zh_CN.UTF-8" is "zh-CN"; "C" and nothing are English. */
static void add_lang(struct page *page)
{
	const char *lang = page->options->lang;
	if (!lang || !*lang || !strcmp(lang, "C") || !strncmp(lang, "C.", 2) || !strcmp(lang, "POSIX"))
		lang = "en";
	for (const char *at = lang; *at && *at != '.' && *at != '@'; at++)
		strbuf_add_char(page->out, *at == '_' ? '-' : *at);
}

static void add_title_text(struct page *page)
{
	strbuf_reset(&page->scratch);
	if (page->doc->title.type == CELL_NONE)
		strbuf_add_str(&page->scratch, "pmt");
	else
		render_cell(&page->doc->title, &page->doc->units, page->options, &page->scratch);
	html_escape(page, strbuf_slice(&page->scratch));
}

static void add_pieces(struct page *page, const char *const *pieces)
{
	for (; *pieces; pieces++)
		strbuf_add_str(page->out, *pieces);
}

static void add_data(struct page *page, const char *name, const char *text)
{
	strbuf_addf(page->out, " data-%s=\"", name);
	html_escape(page, slice_of(text));
	strbuf_add_char(page->out, '"');
}

static void add_head(struct page *page)
{
	strbuf_add_str(page->out, "<!DOCTYPE html>\n<html lang=\"");
	add_lang(page);
	strbuf_add_str(page->out, "\">\n<head>\n<meta charset=\"utf-8\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline';"
		"script-src 'unsafe-inline';img-src data:\"/>\n"
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n<link rel=\"icon\" href=\"data:,\"/>\n<title>");
	add_title_text(page);
	strbuf_add_str(page->out, "</title>\n<style>");
	add_pieces(page, html_style);
	strbuf_addf(page->out, "%s</style>\n</head>\n<body", svg_style);
	add_data(page, "search", _("Search"));
	add_data(page, "fold", _("Fold"));
	add_data(page, "in", _("Zoom in"));
	add_data(page, "out", _("Zoom out"));
	strbuf_add_str(page->out, ">\n<div class=\"wrap\">\n");
}

/* The day, when asked for, and the revision the page was made from. */
static void add_as_of(struct page *page)
{
	char date[CIVIL_TEXT];
	bool day = page->options->now_shown && page->doc->now != MOMENT_NONE;
	if (!day && !page->doc->at.len)
		return;
	strbuf_addf(page->out, "<p class=\"asof\">%s", day ? date_print(moment_date(page->doc->now), date) : "");
	if (page->doc->at.len) {
		strbuf_add_str(page->out, day ? " · " : "");
		html_escape(page, page->doc->at);
	}
	strbuf_add_str(page->out, "</p>");
}

static void add_header(struct page *page)
{
	if (page->doc->title.type == CELL_NONE)
		return;
	strbuf_add_str(page->out, "<header><h1>");
	add_title_text(page);
	strbuf_add_str(page->out, "</h1>");
	add_as_of(page);
	strbuf_add_str(page->out, "</header>\n");
}

/* Links to the sections, when there are enough of them to get lost in. */
static void add_contents(struct page *page)
{
	struct block *const *blocks = page->doc->blocks.items;
	int sections = 0, number = 0;
	for (size_t i = 0; i < page->doc->blocks.len; i++)
		sections += blocks[i]->type == BLOCK_HEADING && blocks[i]->level == 1;
	if (sections < 3)
		return;
	strbuf_add_str(page->out, "<nav>");
	for (size_t i = 0; i < page->doc->blocks.len; i++)
		if (blocks[i]->type == BLOCK_HEADING && blocks[i]->level == 1) {
			strbuf_addf(page->out, "<a href=\"#s%d\">", ++number);
			strbuf_reset(&page->scratch);
			render_cell(&blocks[i]->text, &page->doc->units, page->options, &page->scratch);
			html_escape(page, strbuf_slice(&page->scratch));
			strbuf_add_str(page->out, "</a>");
		}
	strbuf_add_str(page->out, "</nav>\n");
}

int render_html(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	struct render_options own = *options;
	struct page page = { .out = out, .doc = doc, .options = &own };
	(void)err;
	own.ascii = false; /* a browser has all signs */
	strbuf_init(&page.scratch);
	arena_init(&page.texts);
	map_init(&page.anchors);
	html_collect_anchors(&page);
	add_head(&page);
	add_header(&page);
	add_contents(&page);
	strbuf_add_str(out, "<main>\n");
	for (size_t i = 0; i < doc->blocks.len; i++)
		add_block(&page, blocks[i]);
	section_end(&page);
	strbuf_add_str(out, "</main>\n<footer>pmt</footer>\n</div>\n<script>");
	add_pieces(&page, html_script);
	strbuf_add_str(out, "</script>\n</body>\n</html>\n");
	map_release(&page.anchors);
	arena_release(&page.texts);
	strbuf_release(&page.scratch);
	return 0;
}
