/*
 * The Gantt chart in SVG: labels on the left, then time. From back to front: stripes, non-working days, grid, baseline,
 * links, float, bars with progress, milestones, deadlines, today. Critical bars are hatched, not only red.
 * In a page labels and chart are two pictures, so that the labels stay in sight while the chart scrolls.
 */
#include "render/gantt_layout.h"
#include "render/svg-internal.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum { ROW = 26, HEAD = 40, LABEL_MOST = 330, LABEL_LEAST = 120, CHART_ROOM = 860, LEGEND = 34, SLIP = 44, PAD = 10, PAPER = 700 };

struct view {
	struct svg *svg;
	const struct gantt *gantt;
	struct gantt_layout layout;
	double left, x, width, height; /* labels' width, where the chart begins, its width, the rows' end */
	bool slips;
};

static double row_y(size_t index)
{
	return HEAD + (double)index * ROW;
}

static double chart_x(const struct view *view, moment_t moment)
{
	double x = gantt_x(&view->layout, moment);
	return view->x + fmin(fmax(x, 0), view->layout.width);
}

static void view_init(struct view *view, struct svg *svg)
{
	static const struct gantt_density density = {
		.least = { 15, 20.0 / 7, 24.0 / 30.5, 24.0 / 91, 32.0 / 365 }, .most = 24,
	};
	const struct gantt *gantt = &svg->figure->gantt;
	const struct gantt_row *rows = gantt->rows.items;
	struct strbuf label;
	memset(view, 0, sizeof(*view));
	view->svg = svg;
	view->gantt = gantt;
	view->left = LABEL_LEAST;
	strbuf_init(&label);
	for (size_t i = 0; i < gantt->rows.len; i++) {
		strbuf_reset(&label);
		gantt_row_label(&label, &rows[i], false);
		double width = svg_text_width(strbuf_slice(&label)) + svg_text_width(rows[i].id) + 3 * PAD;
		view->left = fmin(fmax(view->left, width), LABEL_MOST);
		view->slips |= gantt_slip_days(gantt, &rows[i]) != 0;
	}
	strbuf_release(&label);
	gantt_layout_init(&view->layout, gantt, &density, CHART_ROOM);
	view->width = view->layout.width + PAD + (view->slips ? SLIP : 0);
	view->height = row_y(gantt->rows.len);
}

static void add_stripes(struct view *view, double x, double width)
{
	for (size_t i = 1; i < view->gantt->rows.len; i += 2)
		svg_rect(view->svg, "zb", x, row_y(i), width, ROW);
}

/* Runs of non-working days, where a day is wide enough to be seen. */
static void add_off_days(struct view *view)
{
	if (view->layout.per_day < 2)
		return;
	date_t end = moment_date(view->layout.to), from = 0;
	bool open = false;
	for (date_t d = moment_date(view->layout.from); d <= end; d++) {
		bool off = d < end && gantt_day_off(view->gantt, d);
		if (off && !open)
			from = d;
		if (!off && open) {
			double x0 = chart_x(view, moment_from_date(from)), x1 = chart_x(view, moment_from_date(d));
			svg_rect(view->svg, "of", x0, HEAD, x1 - x0, view->height - HEAD);
		}
		open = off;
	}
}

static void add_ticks(struct view *view, const struct vec *ticks, double y, double from, bool major)
{
	const struct gantt_tick *tick = ticks->items;
	double free = -1;
	for (size_t i = 0; i < ticks->len; i++) {
		double x = view->x + tick[i].x0, width = svg_text_width(slice_of(tick[i].label));
		if (tick[i].x1 - tick[i].x0 < 2)
			continue;
		if (i > 0)
			svg_line(view->svg, major ? "gs" : "gr", x, from, x, view->height);
		if (tick[i].x0 <= free || tick[i].x1 - tick[i].x0 < width - 2)
			continue;
		if (major)
			svg_text(view->svg, "mu st t", x + 4, y, slice_of(tick[i].label));
		else
			svg_text(view->svg, "mu m sm t", (tick[i].x0 + tick[i].x1) / 2 + view->x, y, slice_of(tick[i].label));
		free = tick[i].x0 + (major ? width : 0);
	}
}

static void add_axis(struct view *view)
{
	add_ticks(view, &view->layout.minor, HEAD - 8, 22, false);
	add_ticks(view, &view->layout.major, 15, 0, true);
	svg_line(view->svg, "gs", view->x, HEAD, view->x + view->width, HEAD);
}

static void tip_text(struct strbuf *out, const struct gantt_row *row, const struct render_options *options)
{
	struct cell start = cell_moment(row->start), finish = cell_end(row->start, row->finish);
	struct units units;
	units_default(&units);
	strbuf_add_slice(out, row->id);
	strbuf_add_char(out, ' ');
	strbuf_add_slice(out, row->title);
	strbuf_add_str(out, ", ");
	start.number = moment_from_date(moment_date(row->start));
	render_cell(&start, &units, options, out);
	if (!(row->flags & GANTT_MILESTONE)) {
		strbuf_add_str(out, " – ");
		render_cell(&finish, &units, options, out);
		strbuf_addf(out, ", %d %%", row->progress);
	}
	if (row->flags & GANTT_CRITICAL)
		strbuf_addf(out, ", %s", _("critical"));
}

static void add_bar(struct view *view, const struct gantt_row *row, double y)
{
	bool critical = row->flags & GANTT_CRITICAL, summary = row->flags & GANTT_SUMMARY;
	double x0 = chart_x(view, row->start), x1 = chart_x(view, row->finish);
	double top = summary ? y + 8 : y + 6, height = summary ? 8 : 14;
	double width = fmax(x1 - x0, 2);
	svg_rect(view->svg, summary ? "su" : critical ? "cr" : "re", x0, top, width, height);
	if (critical && !summary) {
		strbuf_addf(view->svg->out, "<rect fill=\"url(#h%d)\"", view->svg->number);
		svg_attribute(view->svg->out, "x", x0);
		svg_attribute(view->svg->out, "y", top);
		svg_attribute(view->svg->out, "width", width);
		svg_attribute(view->svg->out, "height", height);
		strbuf_add_str(view->svg->out, "/>");
	}
	if (row->progress > 0)
		svg_rect(view->svg, summary ? "sd" : critical ? "cd" : "do", x0, top, width * fmin(row->progress, 100) / 100, height);
	if (critical && summary)
		svg_rect(view->svg, "cd", x0, top + height, width, 2);
}

/* Things that move as one when the chart is zoomed stand at (0, 0) of a group moved to their x. */
static void add_shape(struct view *view, const char *class, double x, double y, const char *path)
{
	strbuf_addf(view->svg->out, "<path class=\"%s\" d=\"%s\" transform=\"translate(", class, path);
	svg_number(view->svg->out, x);
	strbuf_add_char(view->svg->out, ' ');
	svg_number(view->svg->out, y);
	strbuf_add_str(view->svg->out, ")\"/>");
}

static void add_milestone(struct view *view, const struct gantt_row *row, double y)
{
	char date[CIVIL_TEXT];
	double x = chart_x(view, row->finish);
	add_shape(view, row->flags & GANTT_CRITICAL ? "mc" : "ms", x, y + ROW / 2.0, "M0 -8L8 0L0 8L-8 0Z");
	const char *day = date_print(moment_date(row->finish), date) + 5;
	if (x + 46 < view->x + view->layout.width)
		svg_text(view->svg, "mu sm hl", x + 12, y + 17, slice_of(day));
	else
		svg_text(view->svg, "mu sm e hl", x - 12, y + 17, slice_of(day));
}

static void add_slip(struct view *view, const struct gantt_row *row, double y)
{
	struct strbuf text;
	strbuf_init(&text);
	gantt_slip_text(&text, view->gantt, row);
	if (text.len)
		svg_text(view->svg, gantt_slip_days(view->gantt, row) > 0 ? "tt sm e" : "mu sm e",
			view->x + view->layout.width + PAD + SLIP - 6, y + 17, strbuf_slice(&text));
	strbuf_release(&text);
}

static void add_row(struct view *view, const struct gantt_row *row, size_t index)
{
	double y = row_y(index);
	struct strbuf tip;
	if (row->start == MOMENT_NONE || row->finish == MOMENT_NONE)
		return;
	strbuf_init(&tip);
	tip_text(&tip, row, view->svg->options);
	strbuf_add_str(view->svg->out, "<g>");
	svg_tip(view->svg, strbuf_slice(&tip));
	strbuf_release(&tip);
	if (row->baseline_finish != MOMENT_NONE && row->flags & GANTT_MILESTONE) {
		add_shape(view, "bs", chart_x(view, row->baseline_finish), y + ROW / 2.0, "M0 -5L5 0L0 5L-5 0Z");
	} else if (row->baseline_start != MOMENT_NONE && row->baseline_finish != MOMENT_NONE) {
		double x0 = chart_x(view, row->baseline_start), x1 = chart_x(view, row->baseline_finish);
		svg_rect(view->svg, "bs", x0, y + ROW - 5, fmax(x1 - x0, 2), 3);
	}
	if (row->late_finish != MOMENT_NONE && row->late_finish > row->finish && !(row->flags & GANTT_SUMMARY) && row->progress < 100)
		svg_line(view->svg, "fl", chart_x(view, row->finish), y + 13, chart_x(view, row->late_finish), y + 13);
	if (row->flags & GANTT_MILESTONE)
		add_milestone(view, row, y);
	else
		add_bar(view, row, y);
	if (row->deadline != MOMENT_NONE && (row->progress < 100 || row->finish > row->deadline))
		add_shape(view, "dl", chart_x(view, row->deadline), y + 3, "M-5 0L5 0L0 8Z");
	add_slip(view, row, y);
	strbuf_add_str(view->svg->out, "</g>");
}

static void add_point(struct strbuf *out, double x, double y)
{
	svg_number(out, x);
	strbuf_add_char(out, ',');
	svg_number(out, y);
	strbuf_add_char(out, ' ');
}

/* From the predecessor's end (or start) to the successor's start (or end), with square corners. */
static void add_link(struct view *view, const struct gantt_link *link)
{
	const struct gantt_row *rows = view->gantt->rows.items, *a = &rows[link->from], *b = &rows[link->to];
	struct strbuf *out = view->svg->out;
	bool from_start = link->type == LINK_SS || link->type == LINK_SF, to_finish = link->type == LINK_FF || link->type == LINK_SF;
	if (a->start == MOMENT_NONE || b->start == MOMENT_NONE || a->finish == MOMENT_NONE || b->finish == MOMENT_NONE)
		return;
	double x0 = chart_x(view, from_start ? a->start : a->finish), x1 = chart_x(view, to_finish ? b->finish : b->start);
	double y0 = row_y(link->from) + ROW / 2.0, y1 = row_y(link->to) + ROW / 2.0;
	bool down = y1 > y0;
	strbuf_addf(out, "<polyline class=\"%s\" points=\"", link->critical ? "lc" : "li");
	add_point(out, x0, y0);
	if (!from_start && !to_finish && x1 >= x0 + 4) {
		double above = down ? y1 - 8 : y1 + 8;
		add_point(out, x1 + 3, y0);
		add_point(out, x1 + 3, above);
		strbuf_add_str(out, "\"/>");
		add_shape(view, link->critical ? "lx" : "lh", x1 + 3, above, down ? "M-3 -4L3 -4L0 1Z" : "M-3 4L3 4L0 -1Z");
		return;
	}
	double turn = from_start ? fmin(x0, x1) - 7 : to_finish ? fmax(x0, x1) + 7 : x0 + 5;
	double middle = down ? y1 - ROW / 2.0 : y1 + ROW / 2.0;
	add_point(out, turn, y0);
	if (!from_start && !to_finish) {
		add_point(out, turn, middle);
		turn = x1 - 7;
		add_point(out, turn, middle);
	}
	add_point(out, turn, y1);
	add_point(out, x1, y1);
	strbuf_add_str(out, "\"/>");
	add_shape(view, link->critical ? "lx" : "lh", x1, y1, to_finish ? "M4 -3L4 3L-1 0Z" : "M-4 -3L-4 3L1 0Z");
}

static void add_today(struct view *view)
{
	if (view->gantt->today == MOMENT_NONE || view->gantt->today < view->layout.from || view->gantt->today > view->layout.to)
		return;
	double x = chart_x(view, view->gantt->today);
	svg_line(view->svg, "td", x, HEAD - 2, x, view->height);
	add_shape(view, "tt", x, HEAD - 2, "M-4 -4L4 -4L0 2Z");
}

static void add_chart(struct view *view)
{
	const struct gantt_row *rows = view->gantt->rows.items;
	const struct gantt_link *links = view->gantt->links.items;
	add_stripes(view, view->x, view->width);
	add_off_days(view);
	add_axis(view);
	for (size_t i = 0; i < view->gantt->links.len; i++)
		add_link(view, &links[i]);
	for (size_t i = 0; i < view->gantt->rows.len; i++)
		add_row(view, &rows[i], i);
	add_today(view);
}

static void add_labels(struct view *view)
{
	const struct gantt_row *rows = view->gantt->rows.items;
	struct strbuf label;
	strbuf_init(&label);
	add_stripes(view, 0, view->left);
	for (size_t i = 0; i < view->gantt->rows.len; i++) {
		double y = row_y(i) + 17, x = 6 + 14.0 * rows[i].depth;
		double id = svg_text_width(rows[i].id);
		strbuf_reset(&label);
		struct gantt_row flat = rows[i];
		flat.depth = 0;
		gantt_row_label(&label, &flat, false);
		if (rows[i].flags & GANTT_CRITICAL)
			strbuf_add_str(&label, " ▲");
		svg_text_cut(view->svg, rows[i].flags & (GANTT_SUMMARY | GANTT_PERSON) ? "st" : "", x, y, view->left - x - id - 12,
			strbuf_slice(&label));
		svg_text(view->svg, "mu sm e", view->left - 6, y, rows[i].id);
	}
	svg_line(view->svg, "gs", 0, HEAD, view->left, HEAD);
	strbuf_release(&label);
}

static void add_pattern(struct svg *svg)
{
	strbuf_addf(svg->out, "<defs><pattern id=\"h%d\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><line class=\"ho\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>", svg->number);
}

static double legend_item(struct view *view, double x, double y, const char *class, const char *text)
{
	bool round = !strcmp(class, "ms") || !strcmp(class, "dl");
	if (round)
		add_shape(view, class, x + 8, y + 5, !strcmp(class, "ms") ? "M0 -6L6 0L0 6L-6 0Z" : "M-5 -3L5 -3L0 5Z");
	else if (!strcmp(class, "fl") || !strcmp(class, "td"))
		svg_line(view->svg, class, x, y + 5, x + 16, y + 5);
	else
		svg_rect(view->svg, class, x, !strcmp(class, "bs") ? y + 4 : y, 16, !strcmp(class, "bs") ? 3 : 10);
	if (!strcmp(class, "cr")) {
		strbuf_addf(view->svg->out, "<rect fill=\"url(#h%d)\"", view->svg->number);
		svg_attribute(view->svg->out, "x", x);
		svg_attribute(view->svg->out, "y", y);
		strbuf_add_str(view->svg->out, " width=\"16\" height=\"10\"/>");
	}
	svg_text(view->svg, "mu sm", x + 21, y + 9, slice_of(_(text)));
	return x + 21 + svg_text_width(slice_of(_(text))) + 14;
}

static void add_legend(struct view *view, double x, double y)
{
	static const char *const items[][2] = { { "do", N_("done") }, { "re", N_("to do") }, { "cr", N_("critical") },
		{ "fl", N_("float") }, { "bs", N_("baseline") }, { "ms", N_("milestone") }, { "dl", N_("deadline") }, { "td", N_("today") } };
	const char *ghost = view->gantt->ghost;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		x = legend_item(view, x, y, items[i][0], ghost && !strcmp(items[i][0], "bs") ? ghost : items[i][1]);
}

void svg_gantt(struct svg *svg)
{
	struct view view;
	view_init(&view, svg);
	if (svg->standalone) {
		view.x = view.left;
		svg_open(svg, fmax(view.left + view.width, 700), view.height + LEGEND, "gantt");
		add_pattern(svg);
		add_labels(&view);
		add_chart(&view);
		add_legend(&view, 8, view.height + 14);
		svg_close(svg);
	} else {
		/* --z: how much a sheet of paper must shrink it */
		strbuf_add_str(svg->out, "<div class=\"gantt\" style=\"--z:");
		svg_share(svg->out, fmin(1, PAPER / (view.left + view.width)));
		strbuf_add_str(svg->out, "\">");
		svg_open(svg, view.left, view.height, "gl");
		svg_rect(svg, "bg", 0, 0, view.left, view.height);
		add_labels(&view);
		svg_close(svg);
		svg_open(svg, view.width, view.height, "gc");
		add_pattern(svg);
		add_chart(&view);
		svg_close(svg);
		strbuf_add_str(svg->out, "</div>");
		svg_open(svg, 640, LEGEND - 6, "lg");
		add_legend(&view, 0, 10);
		svg_close(svg);
	}
	gantt_layout_release(&view.layout);
}
