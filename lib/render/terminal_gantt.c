/*
 * The Gantt chart in a terminal:
 *
 *   T-2   2   基础设施层       ▲ ████████▓▓▓▓▓▓         +2d
 *   T-12    2.1 等保整改         ███░░░░──
 *
 * id, tree, mark of the critical path, bars, slip in working days. Every part of a row is painted into cells of one width
 * by rising importance, then written as runs. O(rows × cells).
 */
#include "render/gantt_layout.h"
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum mark { MARK_NONE, MARK_OFF, MARK_BASELINE, MARK_FLOAT, MARK_TODAY, MARK_PAUSE, MARK_REST, MARK_BUFFER, MARK_CRITICAL, MARK_DONE, MARK_DEADLINE,
	MARK_MILESTONE, MARK_TEXT, MARK_COUNT };

struct look {
	const char *glyph, *ascii;
	enum tone tone;
	const char *legend;
};

static const struct look looks[MARK_COUNT] = {
	[MARK_NONE] = { " ", " ", TONE_NONE, NULL },
	[MARK_OFF] = { "·", ":", TONE_MUTED, N_("non-working") },
	[MARK_BASELINE] = { "┄", ".", TONE_MUTED, N_("baseline") },
	[MARK_FLOAT] = { "─", "-", TONE_MUTED, N_("float") },
	[MARK_TODAY] = { "│", "|", TONE_WATCH, N_("today") },
	[MARK_PAUSE] = { "╌", "_", TONE_MUTED, N_("interrupted") },
	[MARK_REST] = { "░", "=", TONE_NONE, N_("to do") },
	[MARK_BUFFER] = { "▒", "%", TONE_WATCH, N_("buffer") },
	[MARK_CRITICAL] = { "▓", "X", TONE_BAD, N_("critical") },
	[MARK_DONE] = { "█", "#", TONE_GOOD, N_("done") },
	[MARK_DEADLINE] = { "▼", "!", TONE_BAD, N_("deadline") },
	[MARK_MILESTONE] = { "◆", "*", TONE_STRONG, N_("milestone") },
	[MARK_TEXT] = { "", "", TONE_NONE, NULL },
};

static const enum mark legend_order[] = { MARK_DONE, MARK_CRITICAL, MARK_REST, MARK_BUFFER, MARK_PAUSE, MARK_FLOAT, MARK_BASELINE, MARK_MILESTONE,
	MARK_DEADLINE, MARK_OFF };

struct chart_view {
	const struct gantt *gantt;
	const struct render_options *options;
	struct gantt_layout layout;
	size_t id_width, label_width, slip_width, cells;
	bool critical;
	bool used[MARK_COUNT];
	uint8_t *marks;
	char *text; /* under MARK_TEXT */
	struct strbuf label;
};

void gantt_row_label(struct strbuf *out, const struct gantt_row *row, bool ascii)
{
	strbuf_add_repeat(out, "  ", row->depth > 0 ? (size_t)row->depth : 0);
	if (row->flags & GANTT_MILESTONE)
		strbuf_add_str(out, ascii ? "* " : "◆ ");
	else if (row->code.len) {
		add_line(out, row->code);
		strbuf_add_char(out, ' ');
	}
	add_line(out, row->title.len ? row->title : row->id);
}

static size_t label_width(struct chart_view *view, const struct gantt_row *row)
{
	strbuf_reset(&view->label);
	gantt_row_label(&view->label, row, view->options->ascii);
	return utf8_width(strbuf_slice(&view->label));
}

/* Width of the row's slip; 0 when there is none. */
static size_t slip_width(struct chart_view *view, const struct gantt_row *row)
{
	strbuf_reset(&view->label);
	gantt_slip_text(&view->label, view->gantt, row);
	return utf8_width(strbuf_slice(&view->label));
}

/* Widths of the columns beside the bars; the bars get at least a third of the page. */
static void measure(struct chart_view *view, size_t width)
{
	const struct gantt_row *rows = view->gantt->rows.items;
	for (size_t i = 0; i < view->gantt->rows.len; i++) {
		size_t id = utf8_width(rows[i].id), label = label_width(view, &rows[i]);
		size_t slips = slip_width(view, &rows[i]);
		view->id_width = id > view->id_width ? id : view->id_width;
		view->label_width = label > view->label_width ? label : view->label_width;
		view->slip_width = slips > view->slip_width ? slips : view->slip_width;
		view->critical |= (rows[i].flags & GANTT_CRITICAL) != 0;
	}
	size_t most = width < 60 ? width / 3 : width * 2 / 5;
	if (width < 72 || view->id_width > most / 2)
		view->id_width = 0;
	size_t ids = view->id_width ? view->id_width + 1 : 0;
	if (view->label_width + ids > most)
		view->label_width = most > ids ? most - ids : 1;
}

static size_t left_width(const struct chart_view *view)
{
	return (view->id_width ? view->id_width + 1 : 0) + view->label_width + 1 + (view->critical ? 2 : 0);
}

static void layout(struct chart_view *view, size_t width)
{
	static const struct gantt_density density = {
		.least = { 3, 3.0 / 7, 3.0 / 30.5, 3.0 / 91, 5.0 / 365 }, .most = 4, .whole = true, .window = true,
	};
	size_t left = left_width(view), right = view->slip_width ? view->slip_width + 1 : 0;
	size_t room = width > left + right + 10 ? width - left - right : 10;
	gantt_layout_init(&view->layout, view->gantt, &density, (double)room);
	view->cells = (size_t)ceil(view->layout.width - 1e-6);
	if (view->cells < 1)
		view->cells = 1;
	if (view->cells > room)
		view->cells = room;
	view->marks = xcalloc(view->cells, 1);
	view->text = xcalloc(view->cells, 1);
}

/* Cell a moment falls in, which may be beyond the edges. */
static long cell_of(const struct chart_view *view, moment_t moment)
{
	return lround(floor(gantt_x(&view->layout, moment) + 1e-6));
}

static void paint(struct chart_view *view, long from, long to, enum mark mark)
{
	if (from < 0)
		from = 0;
	for (long i = from; i < to && i < (long)view->cells; i++) {
		view->marks[i] = (uint8_t)mark;
		view->used[mark] = true;
	}
}

/* Half-open interval of time as cells; at least one. */
static void span(const struct chart_view *view, moment_t start, moment_t finish, long *from, long *to)
{
	*from = cell_of(view, start);
	*to = cell_of(view, finish - 1) + 1;
	if (*to <= *from)
		*to = *from + 1;
}

static void paint_off_days(struct chart_view *view)
{
	if (view->layout.per_day < 1)
		return;
	date_t first = moment_date(view->layout.from), end = moment_date(view->layout.to);
	for (date_t d = first; d < end; d++)
		if (gantt_day_off(view->gantt, d))
			paint(view, cell_of(view, moment_from_date(d)), cell_of(view, moment_from_date(d + 1)), MARK_OFF);
}

/* Cells of so many that are done: some when something is, not all unless all is. */
static long done_of(const struct gantt_row *row, long cells)
{
	long done = lround((double)cells * row->progress / 100);
	if (row->progress > 0 && done == 0)
		return 1;
	return row->progress < 100 && done == cells && cells > 1 ? done - 1 : done;
}

static void paint_bar(struct chart_view *view, const struct gantt_row *row)
{
	struct gantt_part whole = { row->start, row->finish };
	const struct gantt_part *parts = row->part_count ? row->parts : &whole;
	size_t count = row->part_count ? row->part_count : 1;
	enum mark mark = row->flags & GANTT_BUFFER ? MARK_BUFFER : row->flags & GANTT_CRITICAL ? MARK_CRITICAL : MARK_REST;
	long from, to, cells = 0;
	span(view, row->start, row->finish, &from, &to);
	if (count > 1)
		paint(view, from, to, MARK_PAUSE);
	for (size_t i = 0; i < count; i++) {
		span(view, parts[i].start, parts[i].finish, &from, &to);
		paint(view, from, to, mark);
		cells += to - from;
	}
	long done = done_of(row, cells);
	for (size_t i = 0; i < count && done > 0; done -= to - from, i++) {
		span(view, parts[i].start, parts[i].finish, &from, &to);
		paint(view, from, done < to - from ? from + done : to, MARK_DONE);
	}
}

/* Are these cells within the chart, and without a mark that a text must not hide? */
static bool is_clear(const struct chart_view *view, long from, long to)
{
	if (from < 0 || to > (long)view->cells)
		return false;
	for (long i = from; i < to; i++)
		if (view->marks[i] > MARK_TODAY)
			return false;
	return true;
}

/* ◆ and its date where there is room behind it, else in front of it. */
static void paint_milestone(struct chart_view *view, const struct gantt_row *row)
{
	char date[CIVIL_TEXT];
	long at = cell_of(view, row->finish > row->start ? row->finish - 1 : row->finish);
	if (at == (long)view->cells)
		at--;
	paint(view, at, at + 1, MARK_MILESTONE);
	if (at < 0 || at >= (long)view->cells)
		return;
	const char *day = date_print(moment_date(row->finish), date) + 5;
	bool behind = is_clear(view, at + 1, at + 7);
	if (!behind && !is_clear(view, at - 6, at))
		return;
	long text = behind ? at + 2 : at - 6;
	for (long i = 0; i < 5; i++) {
		view->marks[text + i] = MARK_TEXT;
		view->text[text + i] = day[i];
	}
	paint(view, behind ? at + 1 : at - 1, behind ? at + 2 : at, MARK_NONE);
}

static void paint_today(struct chart_view *view)
{
	if (view->gantt->today == MOMENT_NONE)
		return;
	long at = cell_of(view, view->gantt->today);
	if (at < 0 || at >= (long)view->cells || view->marks[at] >= MARK_TODAY)
		return;
	paint(view, at, at + 1, MARK_TODAY);
}

/* A deadline that was met needs no mark. */
static void paint_deadline(struct chart_view *view, const struct gantt_row *row)
{
	if (row->deadline == MOMENT_NONE || (row->progress >= 100 && row->finish <= row->deadline))
		return;
	long at = cell_of(view, row->deadline - 1);
	paint(view, at, at + 1, MARK_DEADLINE);
}

/* Bars must not hide a deadline inside them: it was missed. */
static void repaint_deadline(struct chart_view *view, const struct gantt_row *row)
{
	if (!(row->flags & GANTT_MILESTONE))
		paint_deadline(view, row);
}

static void paint_row(struct chart_view *view, const struct gantt_row *row)
{
	long from, to;
	memset(view->marks, MARK_NONE, view->cells);
	paint_off_days(view);
	if (row->baseline_start != MOMENT_NONE && row->baseline_finish != MOMENT_NONE) {
		span(view, row->baseline_start, row->baseline_finish, &from, &to);
		paint(view, from, to, MARK_BASELINE);
	}
	if (row->late_finish != MOMENT_NONE && row->finish != MOMENT_NONE && row->late_finish > row->finish &&
		!(row->flags & GANTT_SUMMARY) && row->progress < 100) {
		span(view, row->finish, row->late_finish, &from, &to);
		paint(view, from, to, MARK_FLOAT);
	}
	paint_today(view);
	paint_deadline(view, row);
	if (row->start != MOMENT_NONE && row->finish != MOMENT_NONE) {
		if (row->flags & GANTT_MILESTONE)
			paint_milestone(view, row);
		else
			paint_bar(view, row);
	}
	repaint_deadline(view, row);
}

static void write_marks(struct strbuf *out, const struct chart_view *view, enum tone text_tone)
{
	enum tone now = TONE_NONE;
	size_t end = view->cells;
	while (end > 0 && view->marks[end - 1] == MARK_NONE)
		end--;
	for (size_t i = 0; i < end; i++) {
		const struct look *look = &looks[view->marks[i]];
		enum tone tone = view->marks[i] == MARK_TEXT ? text_tone : look->tone;
		if (tone != now) {
			color_off(out, now, view->options);
			color_on(out, tone, view->options);
			now = tone;
		}
		if (view->marks[i] == MARK_TEXT)
			strbuf_add_char(out, view->text[i]);
		else
			strbuf_add_str(out, view->options->ascii ? look->ascii : look->glyph);
	}
	color_off(out, now, view->options);
}

static void write_left(struct strbuf *out, struct chart_view *view, const struct gantt_row *row)
{
	const char *ellipsis = view->options->ascii ? "~" : "…";
	if (view->id_width) {
		color_on(out, TONE_MUTED, view->options);
		utf8_pad(out, row->id, view->id_width, false, ellipsis);
		color_off(out, TONE_MUTED, view->options);
		strbuf_add_char(out, ' ');
	}
	enum tone tone = row->flags & (GANTT_SUMMARY | GANTT_PERSON) ? TONE_STRONG : TONE_NONE;
	strbuf_reset(&view->label);
	gantt_row_label(&view->label, row, view->options->ascii);
	color_on(out, tone, view->options);
	utf8_pad(out, strbuf_slice(&view->label), view->label_width, false, ellipsis);
	color_off(out, tone, view->options);
	strbuf_add_char(out, ' ');
	if (!view->critical)
		return;
	bool critical = row->flags & GANTT_CRITICAL;
	color_on(out, critical ? TONE_BAD : TONE_NONE, view->options);
	strbuf_add_str(out, !critical ? "  " : view->options->ascii ? "^ " : "▲ ");
	color_off(out, critical ? TONE_BAD : TONE_NONE, view->options);
}

static void trim_line(struct strbuf *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

/* The slip stands in its own column behind the bars. */
static void write_slip(struct strbuf *out, struct chart_view *view, const struct gantt_row *row)
{
	size_t width = slip_width(view, row), end = view->cells;
	if (!width)
		return;
	while (end > 0 && view->marks[end - 1] == MARK_NONE)
		end--;
	strbuf_add_repeat(out, " ", view->cells - end + 1 + (view->slip_width > width ? view->slip_width - width : 0));
	enum tone tone = gantt_slip_days(view->gantt, row) > 0 ? TONE_WATCH : TONE_GOOD;
	color_on(out, tone, view->options);
	strbuf_add_slice(out, strbuf_slice(&view->label));
	color_off(out, tone, view->options);
}

static void write_row(struct strbuf *out, struct chart_view *view, const struct gantt_row *row)
{
	write_left(out, view, row);
	paint_row(view, row);
	write_marks(out, view, row->flags & GANTT_CRITICAL ? TONE_BAD : TONE_NONE);
	write_slip(out, view, row);
	trim_line(out);
}

/* Labels at their ticks, none where the one before it still stands. */
static void write_ticks(struct strbuf *out, const struct chart_view *view, const struct vec *ticks)
{
	const struct gantt_tick *tick = ticks->items;
	size_t column = 0;
	strbuf_add_repeat(out, " ", left_width(view));
	for (size_t i = 0; i < ticks->len; i++) {
		size_t at = (size_t)lround(floor(tick[i].x0 + 1e-6)), width = utf8_width(slice_of(tick[i].label));
		bool cut = tick[i].x1 - tick[i].x0 < (double)width - 0.01;
		if ((column && at <= column) || at + width > view->cells || (cut && (i == 0 || i + 1 == ticks->len)))
			continue;
		strbuf_add_repeat(out, " ", at - column);
		strbuf_add_str(out, tick[i].label);
		column = at + width;
	}
	trim_line(out);
}

/* One entry of the legend, on a new line when this one is full. */
static void legend_entry(struct strbuf *out, const struct chart_view *view, size_t *column, enum tone tone, const char *glyph,
	const char *text)
{
	size_t width = utf8_width(slice_of(glyph)) + 1 + utf8_width(slice_of(text));
	if (*column && view->options->width > 0 && *column + 2 + width > (size_t)view->options->width) {
		strbuf_add_char(out, '\n');
		*column = 0;
	}
	strbuf_add_str(out, *column ? "  " : "");
	*column += width + (*column ? 2 : 0);
	color_on(out, tone, view->options);
	strbuf_add_str(out, glyph);
	color_off(out, tone, view->options);
	strbuf_addf(out, " %s", text);
}

static void write_legend(struct strbuf *out, const struct chart_view *view)
{
	bool ascii = view->options->ascii;
	char date[CIVIL_TEXT];
	size_t column = 0;
	for (size_t i = 0; i < ARRAY_SIZE(legend_order); i++) {
		const struct look *look = &looks[legend_order[i]];
		const char *ghost = legend_order[i] == MARK_BASELINE ? view->gantt->ghost : NULL;
		if (view->used[legend_order[i]])
			legend_entry(out, view, &column, look->tone, ascii ? look->ascii : look->glyph, _(ghost ? ghost : look->legend));
	}
	if (view->critical)
		legend_entry(out, view, &column, TONE_BAD, ascii ? "^" : "▲", _("on the critical path"));
	if (view->used[MARK_TODAY]) {
		struct strbuf today;
		strbuf_init(&today);
		strbuf_addf(&today, "%s %s", _("today"), date_print(moment_date(view->gantt->today), date));
		legend_entry(out, view, &column, TONE_WATCH, ascii ? "|" : "│", today.buf);
		strbuf_release(&today);
	}
	strbuf_add_char(out, '\n');
}

static void write_clipped(struct strbuf *out, const struct chart_view *view)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	if (!view->layout.clipped_before && !view->layout.clipped_after)
		return;
	date_print(moment_date(view->layout.from), from);
	date_print(moment_date(view->layout.to) - 1, to);
	const char *arguments[] = { from, to };
	color_on(out, TONE_MUTED, view->options);
	message_fill(out, _("showing %s to %s; a coarser --zoom or a wider terminal shows more"), arguments, 2);
	color_off(out, TONE_MUTED, view->options);
	strbuf_add_char(out, '\n');
}

void terminal_gantt(const struct gantt *gantt, const struct render_options *options, struct strbuf *out)
{
	struct chart_view view = { .gantt = gantt, .options = options };
	const struct gantt_row *rows = gantt->rows.items;
	size_t width = options->width > 0 ? (size_t)options->width : 120;
	if (!gantt->rows.len) {
		strbuf_addf(out, "%s\n", _("(none)"));
		return;
	}
	strbuf_init(&view.label);
	measure(&view, width);
	layout(&view, width);
	if (view.layout.major.len)
		write_ticks(out, &view, &view.layout.major);
	write_ticks(out, &view, &view.layout.minor);
	for (size_t i = 0; i < gantt->rows.len; i++)
		write_row(out, &view, &rows[i]);
	write_legend(out, &view);
	write_clipped(out, &view);
	gantt_layout_release(&view.layout);
	strbuf_release(&view.label);
	free(view.marks);
	free(view.text);
}
