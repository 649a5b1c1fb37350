/*
 * What the renderers share. Private to lib/render.
 *
 * pmt's own words go through _(); people's words never do. Numbers, dates and money are formatted in one place (cell.c),
 * so that every format for people shows the same text.
 */
#ifndef RENDER_INTERNAL_H
#define RENDER_INTERNAL_H

#include "base/i18n.h"
#include "render/render.h"

#include <libintl.h>

#define _(text) dgettext("pmt", text)

/* Gives `out` to the sink, when there is one and it has grown long. Called in front of a row; false: stop. */
bool render_flush(struct strbuf *out, const struct render_options *options);
/* A message with its %s (or %1$s …) filled in; what has no argument stays empty. */
void message_fill(struct strbuf *out, const char *format, const char *const *arguments, size_t count);
/* What programs are told: the source's own words. */
extern const struct render_options render_english;
/* A MESSAGE cell's text. */
void cell_message_text(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options);
/* The enum word in the reader's language. */
const char *word_translate(struct slice word, struct strbuf *scratch);
/* A column's, pair's or series' label: translated message id, else the key as it is. */
const char *label_text(const char *message, const char *key);
/* Text on one line: line breaks and tabs become blanks, other controls \xNN. */
void add_line(struct strbuf *out, struct slice text);
/*
 * Signs that pmt writes in texts, from `start` on, in ASCII: "→" is "->", "↗" "^", "↘" "v", a sparkline's eight levels
 * ".:-=+*#@". Letters stay what they are.
 */
void ascii_signs(struct strbuf *out, size_t start);
/* "1234567.5" with thousands separators: "1,234,567.5". */
void add_grouped(struct strbuf *out, struct slice digits);
/* The date a finish shows: midnight belongs to the day before. */
date_t finish_date(moment_t finish);
/* "working", "n/a" …: the cell without any mark; true when it is a number that stands right. */
bool cell_is_number(const struct cell *cell);
/* The mark that goes with a tone where colour may be missing: "✓", "!", "✗", or NULL. */
const char *tone_mark(enum tone tone, bool ascii);
/* Short month name in the reader's language, 1..12. */
const char *month_name(int month);
/* Name of a figure's row, "2.1 title" without its id. */
void gantt_row_label(struct strbuf *out, const struct gantt_row *row, bool ascii);

/* A number on an axis or in a chart's table. */
void axis_value(struct strbuf *out, enum axis axis, double value, const struct render_options *options);
struct slice series_name(const struct series *series);

/* A figure as lines of text without colour codes unless options->color; used by terminal and Markdown. */
void terminal_figure(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_table(const struct table *table, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_gantt(const struct gantt *gantt, const struct render_options *options, struct strbuf *out);
void terminal_chart(const struct figure *figure, const struct render_options *options, struct strbuf *out);
void terminal_tornado(const struct figure *figure, const struct render_options *options, struct strbuf *out);
void terminal_network(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_matrix(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_decision(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_quadrants(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out);
void terminal_calendar(const struct figure *figure, const struct render_options *options, struct strbuf *out);
/* "Mo" … "Su" in the reader's language, two cells at most; 1 is Monday. */
const char *weekday_short(int weekday);
/* A calendar figure's months: the first day's index in its nodes, and how many days it has. False beyond the last. */
bool calendar_month(const struct figure *figure, size_t from, size_t *days);
void terminal_tree(const struct figure *figure, const struct render_options *options, struct strbuf *out);

/* ANSI: start and end of a tone; empty when colours are off. */
void color_on(struct strbuf *out, enum tone tone, const struct render_options *options);
void color_off(struct strbuf *out, enum tone tone, const struct render_options *options);

#endif
