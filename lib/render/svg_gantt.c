/*
 * The Gantt chart in SVG: labels on the left, then time. From back to front: stripes, non-working days, grid, baseline,
 * links, float, bars with progress, milestones, deadlines, today. Critical bars are hatched, not only red.
 * In a page labels, scale and bands of rows are pictures of their own: labels and scale stay in sight while the chart
 * scrolls, and ten thousand rows open at once.
 */
#include "render/svg_gantt-internal.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

enum { LABEL_MOST = 330, LABEL_LEAST = 120, CHART_ROOM = 860, LEGEND = 34, SLIP = 44, PAD = 10, PAPER = 700 };

/* Rows of a page's Gantt are drawn in bands: a browser lays out and paints only those in sight. Even: stripes alternate. */
enum { BAND = 100 };

double gantt_row_y(const struct gantt_view *view, size_t index)
{
	return view->top + ((double)index - (double)view->first) * GANTT_ROW;
}

double gantt_chart_x(const struct gantt_view *view, moment_t moment)
{
	double x = gantt_x(&view->layout, moment);
	return view->x + fmin(fmax(x, 0), view->layout.width);
}

static void view_init(struct gantt_view *view, struct svg *svg)
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
	view->last = gantt->rows.len;
	view->height = (double)gantt->rows.len * GANTT_ROW;
}

/* Every second row. */
static void add_stripes(struct gantt_view *view, double x, double width)
{
	strbuf_addf(view->svg->out, "<rect fill=\"url(#z%d)\"", view->svg->number);
	svg_attribute(view->svg->out, "x", x);
	svg_attribute(view->svg->out, "y", view->top);
	svg_attribute(view->svg->out, "width", width);
	svg_attribute(view->svg->out, "height", (double)(view->last - view->first) * GANTT_ROW);
	strbuf_add_str(view->svg->out, "/>");
}

/* Runs of non-working days, where a day is wide enough to be seen. */
static void add_off_days(struct gantt_view *view)
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
			double x0 = gantt_chart_x(view, moment_from_date(from)), x1 = gantt_chart_x(view, moment_from_date(d));
			svg_rect(view->svg, "of", x0, view->top, x1 - x0, view->height);
		}
		open = off;
	}
}

static void add_grid(struct gantt_view *view, const struct vec *ticks, const char *class, double from, double to)
{
	const struct gantt_tick *tick = ticks->items;
	for (size_t i = 1; i < ticks->len; i++)
		if (tick[i].x1 - tick[i].x0 >= 2)
			svg_line(view->svg, class, view->x + tick[i].x0, from, view->x + tick[i].x0, to);
}

static void add_tick_labels(struct gantt_view *view, const struct vec *ticks, double y, bool major)
{
	const struct gantt_tick *tick = ticks->items;
	double free = -1;
	for (size_t i = 0; i < ticks->len; i++) {
		double x = view->x + tick[i].x0, width = svg_text_width(slice_of(tick[i].label));
		if (tick[i].x0 <= free || tick[i].x1 - tick[i].x0 < fmax(width - 2, 2))
			continue;
		if (major)
			svg_text(view->svg, "mu st t", x + 4, y, slice_of(tick[i].label));
		else
			svg_text(view->svg, "mu m sm t", (tick[i].x0 + tick[i].x1) / 2 + view->x, y, slice_of(tick[i].label));
		free = tick[i].x0 + (major ? width : 0);
	}
}

/* The scale, GANTT_HEAD high. */
static void add_axis(struct gantt_view *view)
{
	add_grid(view, &view->layout.minor, "gr", 22, GANTT_HEAD);
	add_grid(view, &view->layout.major, "gs", 0, GANTT_HEAD);
	add_tick_labels(view, &view->layout.minor, GANTT_HEAD - 8, false);
	add_tick_labels(view, &view->layout.major, 15, true);
	svg_line(view->svg, "gs", view->x, GANTT_HEAD, view->x + view->width, GANTT_HEAD);
}

/* What stands behind the rows, from the first to the last. */
static void add_back(struct gantt_view *view)
{
	double end = view->top + view->height;
	add_stripes(view, view->x, view->width);
	add_off_days(view);
	add_grid(view, &view->layout.minor, "gr", view->top, end);
	add_grid(view, &view->layout.major, "gs", view->top, end);
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

static double part_width(const struct gantt_view *view, const struct gantt_part *part)
{
	return fmax(gantt_chart_x(view, part->finish) - gantt_chart_x(view, part->start), 2);
}

/* `done` pixels of it are. */
static void add_part(struct gantt_view *view, const struct gantt_row *row, const struct gantt_part *part, double y, double done)
{
	bool critical = row->flags & GANTT_CRITICAL, summary = row->flags & GANTT_SUMMARY;
	double x0 = gantt_chart_x(view, part->start), width = part_width(view, part);
	double top = summary ? y + 8 : y + 6, height = summary ? 8 : 14;
	/* A buffer is no work: its outline alone. */
	svg_rect(view->svg, summary ? "su" : row->flags & GANTT_BUFFER ? critical ? "bc" : "bo" : critical ? "cr" : "re", x0, top, width,
		height);
	if (critical && !summary && !(row->flags & GANTT_BUFFER)) {
		strbuf_addf(view->svg->out, "<rect fill=\"url(#h%d)\"", view->svg->number);
		svg_attribute(view->svg->out, "x", x0);
		svg_attribute(view->svg->out, "y", top);
		svg_attribute(view->svg->out, "width", width);
		svg_attribute(view->svg->out, "height", height);
		strbuf_add_str(view->svg->out, "/>");
	}
	if (done > 0)
		svg_rect(view->svg, summary ? "sd" : critical ? "cd" : "do", x0, top, fmin(done, width), height);
	if (critical && summary)
		svg_rect(view->svg, "cd", x0, top + height, width, 2);
}

/* What is done fills the parts from the first on; a line joins them. */
static void add_bar(struct gantt_view *view, const struct gantt_row *row, double y)
{
	struct gantt_part whole = { row->start, row->finish };
	const struct gantt_part *parts = row->part_count ? row->parts : &whole;
	size_t count = row->part_count ? row->part_count : 1;
	double done = 0;
	if (count > 1)
		svg_line(view->svg, "fl", gantt_chart_x(view, row->start), y + 13, gantt_chart_x(view, row->finish), y + 13);
	for (size_t i = 0; i < count; i++)
		done += part_width(view, &parts[i]) * fmin(row->progress, 100) / 100;
	for (size_t i = 0; i < count; i++) {
		add_part(view, row, &parts[i], y, done);
		done -= part_width(view, &parts[i]);
	}
}

void gantt_shape(struct gantt_view *view, const char *class, double x, double y, const char *path)
{
	strbuf_addf(view->svg->out, "<path class=\"%s\" d=\"%s\" transform=\"translate(", class, path);
	svg_number(view->svg->out, x);
	strbuf_add_char(view->svg->out, ' ');
	svg_number(view->svg->out, y);
	strbuf_add_str(view->svg->out, ")\"/>");
}

static void add_milestone(struct gantt_view *view, const struct gantt_row *row, double y)
{
	char date[CIVIL_TEXT];
	double x = gantt_chart_x(view, row->finish);
	gantt_shape(view, row->flags & GANTT_CRITICAL ? "mc" : "ms", x, y + GANTT_ROW / 2.0, "M0 -8L8 0L0 8L-8 0Z");
	const char *day = date_print(moment_date(row->finish), date) + 5;
	if (x + 46 < view->x + view->layout.width)
		svg_text(view->svg, "mu sm hl", x + 12, y + 17, slice_of(day));
	else
		svg_text(view->svg, "mu sm e hl", x - 12, y + 17, slice_of(day));
}

static void add_slip(struct gantt_view *view, const struct gantt_row *row, double y)
{
	struct strbuf text;
	strbuf_init(&text);
	gantt_slip_text(&text, view->gantt, row);
	if (text.len)
		svg_text(view->svg, gantt_slip_days(view->gantt, row) > 0 ? "tt sm e" : "mu sm e",
			view->x + view->layout.width + PAD + SLIP - 6, y + 17, strbuf_slice(&text));
	strbuf_release(&text);
}

static void add_row(struct gantt_view *view, const struct gantt_row *row, size_t index)
{
	double y = gantt_row_y(view, index);
	struct strbuf tip;
	if (row->start == MOMENT_NONE || row->finish == MOMENT_NONE)
		return;
	strbuf_init(&tip);
	tip_text(&tip, row, view->svg->options);
	strbuf_add_str(view->svg->out, "<g>");
	svg_tip(view->svg, strbuf_slice(&tip));
	strbuf_release(&tip);
	if (row->baseline_finish != MOMENT_NONE && row->flags & GANTT_MILESTONE) {
		gantt_shape(view, "bs", gantt_chart_x(view, row->baseline_finish), y + GANTT_ROW / 2.0, "M0 -5L5 0L0 5L-5 0Z");
	} else if (row->baseline_start != MOMENT_NONE && row->baseline_finish != MOMENT_NONE) {
		double x0 = gantt_chart_x(view, row->baseline_start), x1 = gantt_chart_x(view, row->baseline_finish);
		svg_rect(view->svg, "bs", x0, y + GANTT_ROW - 5, fmax(x1 - x0, 2), 3);
	}
	if (row->late_finish != MOMENT_NONE && row->late_finish > row->finish && !(row->flags & GANTT_SUMMARY) && row->progress < 100)
		svg_line(view->svg, "fl", gantt_chart_x(view, row->finish), y + 13, gantt_chart_x(view, row->late_finish), y + 13);
	if (row->flags & GANTT_MILESTONE)
		add_milestone(view, row, y);
	else
		add_bar(view, row, y);
	if (row->deadline != MOMENT_NONE && (row->progress < 100 || row->finish > row->deadline))
		gantt_shape(view, "dl", gantt_chart_x(view, row->deadline), y + 3, "M-5 0L5 0L0 8Z");
	add_slip(view, row, y);
	strbuf_add_str(view->svg->out, "</g>");
}

static bool today_shown(const struct gantt_view *view)
{
	moment_t today = view->gantt->today;
	return today != MOMENT_NONE && today >= view->layout.from && today <= view->layout.to;
}

/* The mark on the scale, and the line through the rows of this picture. */
static void add_today_mark(struct gantt_view *view)
{
	if (today_shown(view))
		gantt_shape(view, "tt", gantt_chart_x(view, view->gantt->today), GANTT_HEAD - 2, "M-4 -4L4 -4L0 2Z");
}

static void add_today_line(struct gantt_view *view)
{
	double x = today_shown(view) ? gantt_chart_x(view, view->gantt->today) : 0;
	if (today_shown(view))
		svg_line(view->svg, "td", x, gantt_row_y(view, view->first), x, gantt_row_y(view, view->last));
}

static void add_rows(struct gantt_view *view)
{
	const struct gantt_row *rows = view->gantt->rows.items;
	svg_gantt_links(view);
	for (size_t i = view->first; i < view->last; i++)
		add_row(view, &rows[i], i);
	add_today_line(view);
}

static void add_labels(struct gantt_view *view)
{
	const struct gantt_row *rows = view->gantt->rows.items;
	struct strbuf label;
	strbuf_init(&label);
	add_stripes(view, 0, view->left);
	for (size_t i = view->first; i < view->last; i++) {
		double y = gantt_row_y(view, i) + 17, x = 6 + 14.0 * rows[i].depth;
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
	strbuf_release(&label);
}

/* Hatching, stripes from `top` on, arrows; in a page they stand in its first picture, which is always laid out. */
static void add_definitions(struct svg *svg, double top)
{
	strbuf_addf(svg->out, "<defs><pattern id=\"h%d\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
		"patternTransform=\"rotate(45)\"><line class=\"ho\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern>", svg->number);
	strbuf_addf(svg->out, "<pattern id=\"z%d\" y=\"%d\" width=\"26\" height=\"%d\" patternUnits=\"userSpaceOnUse\">"
		"<rect class=\"zb\" y=\"%d\" width=\"26\" height=\"%d\"/></pattern>", svg->number, (int)top, 2 * GANTT_ROW,
		GANTT_ROW, GANTT_ROW);
	svg_gantt_arrows(svg);
	strbuf_add_str(svg->out, "</defs>");
}

static double legend_item(struct gantt_view *view, double x, double y, const char *class, const char *text)
{
	bool round = !strcmp(class, "ms") || !strcmp(class, "dl");
	if (round)
		gantt_shape(view, class, x + 8, y + 5, !strcmp(class, "ms") ? "M0 -6L6 0L0 6L-6 0Z" : "M-5 -3L5 -3L0 5Z");
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

static void add_legend(struct gantt_view *view, double x, double y)
{
	static const char *const items[][2] = { { "do", N_("done") }, { "re", N_("to do") }, { "cr", N_("critical") },
		{ "fl", N_("float") }, { "bs", N_("baseline") }, { "ms", N_("milestone") }, { "dl", N_("deadline") }, { "td", N_("today") } };
	const char *ghost = view->gantt->ghost;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++)
		x = legend_item(view, x, y, items[i][0], ghost && !strcmp(items[i][0], "bs") ? ghost : items[i][1]);
}

/* One picture: all of it, labels beside the chart. */
static void draw_alone(struct gantt_view *view)
{
	struct svg *svg = view->svg;
	view->x = view->left;
	view->top = GANTT_HEAD;
	svg_open(svg, fmax(view->left + view->width, 700), view->top + view->height + LEGEND, "gantt");
	add_definitions(svg, view->top);
	add_back(view);
	add_axis(view);
	svg_line(svg, "gs", 0, GANTT_HEAD, view->left, GANTT_HEAD);
	add_labels(view);
	add_rows(view);
	add_today_mark(view);
	add_legend(view, 8, view->top + view->height + 14);
	svg_close(svg);
}

/* The corner and the scale. */
static void draw_head(struct gantt_view *view)
{
	struct svg *svg = view->svg;
	strbuf_add_str(svg->out, "<div class=\"gh\">");
	svg_open_part(svg, view->left, GANTT_HEAD, "gl");
	svg_rect(svg, "bg", 0, 0, view->left, GANTT_HEAD);
	svg_line(svg, "gs", 0, GANTT_HEAD - 0.5, view->left, GANTT_HEAD - 0.5);
	svg_close(svg);
	svg_open(svg, view->width, GANTT_HEAD, "gc");
	add_definitions(svg, 0);
	svg_rect(svg, "bg", 0, 0, view->width, GANTT_HEAD);
	add_axis(view);
	add_today_mark(view);
	svg_close(svg);
	strbuf_add_str(svg->out, "</div>");
}

static void draw_band(struct gantt_view *view, size_t first, size_t last)
{
	struct svg *svg = view->svg;
	double height = (double)(last - first) * GANTT_ROW;
	view->first = first;
	view->last = last;
	strbuf_addf(svg->out, "<div class=\"gb\" style=\"height:%dpx\">", (int)height);
	svg_open_part(svg, view->left, height, "gl");
	svg_rect(svg, "bg", 0, 0, view->left, height);
	add_labels(view);
	svg_close(svg);
	svg_open_part(svg, view->width, height, "gc");
	add_rows(view);
	svg_close(svg);
	strbuf_add_str(svg->out, "</div>");
	view->first = 0;
	view->last = view->gantt->rows.len;
}

/* For a page: scale above, labels on the left, both in sight while the chart scrolls; --z: how much paper must shrink it. */
static void draw_in_page(struct gantt_view *view)
{
	struct svg *svg = view->svg;
	size_t count = view->gantt->rows.len;
	strbuf_add_str(svg->out, "<div class=\"gantt\" style=\"--z:");
	svg_share(svg->out, fmin(1, PAPER / (view->left + view->width)));
	strbuf_addf(svg->out, ";--gl:%dpx;--gc:%dpx\">", (int)ceil(view->left), (int)ceil(view->width));
	draw_head(view);
	strbuf_add_str(svg->out, "<div class=\"gr\"><div class=\"gu\">");
	svg_open_part(svg, view->width, view->height, "gc");
	add_back(view);
	svg_close(svg);
	strbuf_add_str(svg->out, "</div>");
	for (size_t first = 0; first < count; first += BAND)
		draw_band(view, first, first + BAND < count ? first + BAND : count);
	strbuf_add_str(svg->out, "</div></div>");
	svg_open_part(svg, 640, LEGEND - 6, "lg");
	add_legend(view, 0, 10);
	svg_close(svg);
}

void svg_gantt(struct svg *svg)
{
	struct gantt_view view;
	view_init(&view, svg);
	if (svg->standalone)
		draw_alone(&view);
	else
		draw_in_page(&view);
	gantt_layout_release(&view.layout);
}
