/*
 * Charts in a terminal. Bars and histograms lie on their side, one line a value, exact to an eighth of a cell; lines, points
 * and stacked areas are painted on a grid of cells with the axis on the left. Series differ by glyph, not only by colour.
 */
#include "render/chart_layout.h"
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLOT_HEIGHT = 14, BAR_MIN = 10, SERIES_GLYPHS = 6 };

static const char *const line_glyphs[] = { "●", "○", "◆", "×", "+", "▪" };
static const char *const area_glyphs[] = { "█", "▒", "░", "▓", "▚", "·" };
static const char *const ascii_glyphs[] = { "*", "o", "+", "x", "#", "@" };
static const enum tone series_tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_STRONG, TONE_MUTED, TONE_NONE };

enum { TRACE = UINT8_MAX - 1 }; /* the thin line between a control chart's points */

static const char *control_glyph(size_t index, bool ascii)
{
	if (index == TRACE)
		return ascii ? "." : "·";
	if (index < 2)
		return index ? ascii ? "X" : "✗" : ascii ? "*" : "●";
	return index == 2 ? ascii ? "-" : "─" : ascii ? "-" : "╌";
}

static const char *series_glyph(const struct figure *figure, size_t index, bool ascii)
{
	size_t i = index % SERIES_GLYPHS;
	if (figure->type == FIGURE_CONTROL)
		return control_glyph(index, ascii);
	if (figure->type == FIGURE_FEVER && index > 0)
		return index == 1 ? (ascii ? "." : "░") : ascii ? ":" : "▒";
	return ascii ? ascii_glyphs[i] : figure->type == FIGURE_AREA ? area_glyphs[i] : line_glyphs[i];
}

static enum tone series_tone(const struct series *series, size_t index)
{
	if (index == TRACE)
		return TONE_MUTED;
	return series->tone ? series->tone : series_tones[index % SERIES_GLYPHS];
}

static void add_x(struct strbuf *out, const struct chart *chart, double x, const struct render_options *options)
{
	if (chart->x_axis == AXIS_CATEGORY) {
		if (x >= 0 && x < (double)chart->category_count)
			add_line(out, chart->categories[(size_t)x]);
	} else {
		axis_value(out, chart->x_axis, x, options);
	}
}

static void add_legend(struct strbuf *out, const struct figure *figure, const struct render_options *options)
{
	const struct series *series = figure->chart.series.items;
	size_t shown = figure->type == FIGURE_CONTROL ? 2 : figure->chart.series.len; /* levels are named where they end */
	for (size_t s = 0; s < shown && s < figure->chart.series.len; s++) {
		enum tone tone = series_tone(&series[s], s);
		if (s)
			strbuf_add_str(out, "   ");
		color_on(out, tone, options);
		strbuf_add_str(out, series_glyph(figure, s, options->ascii));
		color_off(out, tone, options);
		strbuf_add_char(out, ' ');
		add_line(out, series_name(&series[s]));
	}
	strbuf_add_char(out, '\n');
}

/* --- bars on their side --- */

static void add_bar(struct strbuf *out, double cells, bool ascii)
{
	static const char *const eighths[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
	size_t whole = (size_t)cells, part = (size_t)((cells - (double)whole) * 8);
	strbuf_add_repeat(out, ascii ? "#" : "█", whole);
	if (ascii ? part >= 4 : part > 0)
		strbuf_add_str(out, ascii ? "#" : eighths[part]);
	else if (whole == 0 && cells > 0)
		strbuf_add_str(out, ascii ? "|" : "▏");
}

static size_t label_column(const struct figure *figure, const struct render_options *options)
{
	const struct series *series = figure->chart.series.items;
	struct strbuf text;
	size_t widest = 0;
	strbuf_init(&text);
	for (size_t s = 0; s < figure->chart.series.len; s++)
		for (size_t p = 0; p < series[s].count; p++) {
			strbuf_reset(&text);
			add_x(&text, &figure->chart, series[s].points[p].x, options);
			size_t width = utf8_width(strbuf_slice(&text));
			widest = width > widest ? width : widest;
		}
	strbuf_release(&text);
	return widest;
}

static void add_bar_line(struct strbuf *out, const struct figure *figure, size_t s, size_t p, const double place[3],
	const struct render_options *options)
{
	const struct series *series = (const struct series *)figure->chart.series.items + s;
	size_t label = (size_t)place[0];
	double room = place[1], most = place[2];
	struct strbuf text;
	strbuf_init(&text);
	bool first = s == 0 || p >= ((const struct series *)figure->chart.series.items)->count;
	if (first)
		add_x(&text, &figure->chart, series->points[p].x, options);
	utf8_pad(out, strbuf_slice(&text), label, figure->chart.x_axis != AXIS_CATEGORY, options->ascii ? "~" : "…");
	strbuf_add_str(out, options->ascii ? " |" : " ▏");
	double y = series->points[p].y;
	enum tone tone = figure->chart.series.len > 1 ? series_tone(series, s) : series->tone;
	color_on(out, tone, options);
	if (point_finite(&series->points[p]) && most > 0)
		add_bar(out, fabs(y) / most * room, options->ascii);
	color_off(out, tone, options);
	strbuf_add_char(out, ' ');
	axis_value(out, figure->chart.y_axis, y, options);
	if (figure->chart.series.len > 1) {
		strbuf_add_char(out, ' ');
		add_line(out, series_name(series));
	}
	strbuf_add_char(out, '\n');
	strbuf_release(&text);
}

static void bars(struct strbuf *out, const struct figure *figure, const struct chart_extent *extent,
	const struct render_options *options)
{
	const struct series *series = figure->chart.series.items;
	size_t width = options->width > 0 ? (size_t)options->width : 100;
	size_t label = label_column(figure, options), names = 0;
	for (size_t s = 0; figure->chart.series.len > 1 && s < figure->chart.series.len; s++) {
		size_t name = utf8_width(series_name(&series[s])) + 1;
		names = name > names ? name : names;
	}
	if (label > width / 3)
		label = width / 3;
	size_t used = label + names + 16;
	double place[3] = { (double)label, width > used + BAR_MIN ? (double)(width - used) : BAR_MIN,
		fmax(fabs(extent->y_most), fabs(extent->y_least)) };
	for (size_t p = 0; p < extent->longest; p++)
		for (size_t s = 0; s < figure->chart.series.len; s++)
			if (p < series[s].count)
				add_bar_line(out, figure, s, p, place, options);
}

/* --- lines, points, areas on a grid --- */

struct plot {
	const struct figure *figure;
	struct scale x, y;
	size_t width, height, names; /* names: room on the right for those of levels */
	uint8_t *cells; /* series + 1 */
};

static void plot_put(struct plot *plot, long column, long row, size_t series)
{
	if (column >= 0 && column < (long)plot->width && row >= 0 && row < (long)plot->height)
		plot->cells[(size_t)row * plot->width + (size_t)column] = (uint8_t)(series % UINT8_MAX + 1);
}

static long plot_row(const struct plot *plot, double y)
{
	return (long)plot->height - 1 - lround(scale_share(&plot->y, y) * (double)(plot->height - 1));
}

static double plot_x(const struct plot *plot, size_t column)
{
	return plot->x.least + (plot->x.most - plot->x.least) * (double)column / (double)(plot->width - 1);
}

static void plot_points(struct plot *plot, const struct series *series, size_t index)
{
	for (size_t p = 0; p < series->count; p++)
		if (point_finite(&series->points[p]))
			plot_put(plot, lround(scale_share(&plot->x, series->points[p].x) * (double)(plot->width - 1)),
				plot_row(plot, series->points[p].y), index);
}

static void plot_line(struct plot *plot, const struct series *series, size_t index)
{
	double y;
	for (size_t column = 0; column < plot->width; column += series->dashed ? 2 : 1)
		if (series_at(series, plot_x(plot, column), &y))
			plot_put(plot, (long)column, plot_row(plot, y), index);
	plot_points(plot, series, index);
}

/* Levels behind, then a thin line from point to point, the points, and over them those that are signals. */
static void plot_control(struct plot *plot)
{
	const struct series *series = plot->figure->chart.series.items;
	double y;
	for (size_t s = plot->figure->chart.series.len; s-- > 2;)
		plot_line(plot, &series[s], s);
	for (size_t column = 0; column < plot->width; column++)
		if (series_at(&series[0], plot_x(plot, column), &y))
			plot_put(plot, (long)column, plot_row(plot, y), TRACE);
	for (size_t s = 0; s < 2 && s < plot->figure->chart.series.len; s++)
		plot_points(plot, &series[s], s);
}

/* Names and values of the levels that end on this row. */
static void level_names(struct strbuf *names, const struct plot *plot, size_t row, const struct render_options *options)
{
	const struct series *series = plot->figure->chart.series.items;
	for (size_t s = 2; s < plot->figure->chart.series.len; s++) {
		if (!series[s].count || plot_row(plot, series[s].points[series[s].count - 1].y) != (long)row)
			continue;
		strbuf_add_str(names, names->len ? ", " : "");
		add_line(names, series_name(&series[s]));
		strbuf_add_char(names, ' ');
		axis_value(names, plot->figure->chart.y_axis, series[s].points[series[s].count - 1].y, options);
	}
}

static void add_level_names(struct strbuf *out, const struct plot *plot, size_t row, const struct render_options *options)
{
	struct strbuf names;
	strbuf_init(&names);
	level_names(&names, plot, row, options);
	strbuf_add_char(out, ' ');
	utf8_pad(out, strbuf_slice(&names), plot->names, false, options->ascii ? "~" : "…");
	strbuf_release(&names);
}

/* Stacked: from the top series down, so that each paints over what lies below it. */
static void plot_areas(struct plot *plot)
{
	const struct series *series = plot->figure->chart.series.items;
	for (size_t column = 0; column < plot->width; column++) {
		double below = 0, y;
		for (size_t s = 0; s < plot->figure->chart.series.len; s++) {
			if (!series_at(&series[s], plot_x(plot, column), &y))
				continue;
			long top = plot_row(plot, below + y), bottom = plot_row(plot, below);
			for (long row = top; row < bottom; row++)
				plot_put(plot, (long)column, row, s);
			below += y;
		}
	}
}

/* Yellow between the second and the third series, red above: whole columns, behind the line. */
static void plot_zones(struct plot *plot)
{
	const struct series *series = plot->figure->chart.series.items;
	for (size_t column = 0; column < plot->width && plot->figure->chart.series.len > 2; column++) {
		double yellow, red;
		if (!series_at(&series[1], plot_x(plot, column), &yellow) || !series_at(&series[2], plot_x(plot, column), &red))
			continue;
		long first = plot_row(plot, yellow), second = plot_row(plot, red);
		for (long row = 0; row < first; row++)
			plot_put(plot, (long)column, row, row < second ? 2 : 1);
	}
}

static void add_plot_row(struct strbuf *out, const struct plot *plot, size_t row, size_t axis, const struct render_options *options)
{
	const struct series *series = plot->figure->chart.series.items;
	struct strbuf label;
	strbuf_init(&label);
	double step = (double)(plot->height - 1) * plot->y.step / (plot->y.most - plot->y.least);
	double tick = round((double)(plot->height - 1 - row) / step);
	bool marked = (size_t)lround(tick * step) == plot->height - 1 - row;
	if (marked)
		axis_value(&label, plot->figure->chart.y_axis, plot->y.least + tick * plot->y.step, options);
	utf8_pad(out, strbuf_slice(&label), axis, true, "");
	strbuf_add_str(out, options->ascii ? (marked ? " +" : " |") : marked ? " ┤" : " │");
	strbuf_release(&label);
	for (size_t i = 0; i < plot->width; i++) {
		uint8_t cell = plot->cells[row * plot->width + i];
		enum tone tone = cell == TRACE + 1 || (cell && cell <= plot->figure->chart.series.len)
			? series_tone(&series[cell == TRACE + 1 ? 0 : cell - 1], cell - 1u) : TONE_NONE;
		if (cell)
			color_on(out, tone, options);
		strbuf_add_str(out, cell ? series_glyph(plot->figure, cell - 1u, options->ascii) : " ");
		if (cell)
			color_off(out, tone, options);
	}
	if (plot->names)
		add_level_names(out, plot, row, options);
	while (out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_x_axis(struct strbuf *out, const struct plot *plot, size_t axis, const struct render_options *options)
{
	struct strbuf from, to;
	strbuf_init(&from);
	strbuf_init(&to);
	strbuf_add_repeat(out, " ", axis + 1);
	strbuf_add_str(out, options->ascii ? "+" : "└");
	strbuf_add_repeat(out, options->ascii ? "-" : "─", plot->width);
	strbuf_add_char(out, '\n');
	add_x(&from, &plot->figure->chart, plot->x.least, options);
	add_x(&to, &plot->figure->chart, plot->x.most, options);
	size_t left = utf8_width(strbuf_slice(&from)), right = utf8_width(strbuf_slice(&to));
	strbuf_add_repeat(out, " ", axis + 2);
	strbuf_add_slice(out, strbuf_slice(&from));
	strbuf_add_repeat(out, " ", plot->width > left + right ? plot->width - left - right : 1);
	strbuf_add_slice(out, strbuf_slice(&to));
	strbuf_add_char(out, '\n');
	strbuf_release(&from);
	strbuf_release(&to);
}

static size_t axis_width(const struct plot *plot, const struct render_options *options)
{
	struct strbuf text;
	size_t widest = 0;
	strbuf_init(&text);
	size_t steps = (size_t)((plot->y.most - plot->y.least) / plot->y.step + 0.5);
	for (size_t i = 0; i <= steps; i++) {
		strbuf_reset(&text);
		axis_value(&text, plot->figure->chart.y_axis, plot->y.least + (double)i * plot->y.step, options);
		size_t width = utf8_width(strbuf_slice(&text));
		widest = width > widest ? width : widest;
	}
	strbuf_release(&text);
	return widest;
}

/* The widest row of names, at most a third of the page. */
static size_t names_width(const struct plot *plot, size_t page, const struct render_options *options)
{
	struct strbuf names;
	size_t widest = 0;
	strbuf_init(&names);
	for (size_t row = 0; row < plot->height; row++) {
		strbuf_reset(&names);
		level_names(&names, plot, row, options);
		size_t width = utf8_width(strbuf_slice(&names));
		widest = width > widest ? width : widest;
	}
	strbuf_release(&names);
	return widest > page / 3 ? page / 3 : widest;
}

static void plot_figure(struct strbuf *out, const struct figure *figure, const struct chart_extent *extent,
	const struct render_options *options)
{
	const struct series *series = figure->chart.series.items;
	struct plot plot = { .figure = figure, .height = PLOT_HEIGHT };
	plot.x = scale_round(extent->x_least, extent->x_most, 5, figure->chart.x_axis);
	plot.y = scale_round(extent->y_least, extent->y_most, 5, figure->chart.y_axis);
	size_t axis = axis_width(&plot, options), width = options->width > 0 ? (size_t)options->width : 100;
	if (figure->type == FIGURE_CONTROL) {
		plot.names = names_width(&plot, width, options);
		width = width > plot.names + 1 ? width - plot.names - 1 : 1;
	}
	plot.width = width > axis + 12 ? width - axis - 2 : 10;
	plot.width = plot.width > 120 ? 120 : plot.width;
	plot.cells = xcalloc(plot.width * plot.height, 1);
	if (figure->type == FIGURE_AREA)
		plot_areas(&plot);
	if (figure->type == FIGURE_FEVER) {
		plot_zones(&plot);
		if (figure->chart.series.len)
			plot_line(&plot, &series[0], 0);
	}
	if (figure->type == FIGURE_CONTROL)
		plot_control(&plot);
	bool apart = figure->type == FIGURE_FEVER || figure->type == FIGURE_CONTROL;
	for (size_t s = 0; !apart && figure->type != FIGURE_AREA && s < figure->chart.series.len; s++) {
		if (figure->type == FIGURE_LINE)
			plot_line(&plot, &series[s], s);
		else
			plot_points(&plot, &series[s], s);
	}
	for (size_t row = 0; row < plot.height; row++)
		add_plot_row(out, &plot, row, axis, options);
	add_x_axis(out, &plot, axis, options);
	free(plot.cells);
}

void terminal_chart(const struct figure *figure, const struct render_options *options, struct strbuf *out)
{
	struct chart_extent extent = chart_extent(figure);
	if (extent.empty) {
		strbuf_addf(out, "%s\n", _("(no data)"));
		return;
	}
	bool sideways = figure->type == FIGURE_BAR || figure->type == FIGURE_HISTOGRAM;
	if (!sideways && figure->chart.series.len)
		add_legend(out, figure, options);
	if (sideways)
		bars(out, figure, &extent, options);
	else
		plot_figure(out, figure, &extent, options);
}
