/*
 * Lines, areas, scatter, bars and histograms in SVG. One frame: y ticks left, x ticks below, legend on top. Series differ by
 * the shape of their points and by dashes, not only by colour; values are tooltips.
 */
#include "render/chart_layout.h"
#include "render/svg-internal.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 860, HEIGHT = 320, TOP = 34, BOTTOM = 34, RIGHT = 20 };

struct frame {
	struct svg *svg;
	const struct chart *chart;
	struct scale x, y;
	double left, right, top, bottom; /* of the plot */
};

static double plot_x(const struct frame *frame, double x)
{
	return frame->left + scale_share(&frame->x, x) * (frame->right - frame->left);
}

static double plot_y(const struct frame *frame, double y)
{
	return frame->bottom - scale_share(&frame->y, y) * (frame->bottom - frame->top);
}

static void value_text(struct strbuf *out, const struct frame *frame, enum axis axis, double value)
{
	strbuf_reset(out);
	if (axis == AXIS_CATEGORY) {
		if (value >= 0 && value < (double)frame->chart->category_count)
			add_line(out, frame->chart->categories[(size_t)value]);
	} else {
		axis_value(out, axis, value, frame->svg->options);
	}
}

static void add_y_axis(struct frame *frame)
{
	struct strbuf text;
	strbuf_init(&text);
	for (int i = 0; i < 40; i++) {
		double value = frame->y.least + i * frame->y.step;
		if (value > frame->y.most + frame->y.step / 2)
			break;
		double y = plot_y(frame, value);
		value_text(&text, frame, frame->chart->y_axis, fabs(value) < frame->y.step / 1e6 ? 0 : value);
		svg_line(frame->svg, i ? "gr" : "gs", frame->left, y, frame->right, y);
		svg_text(frame->svg, "mu sm e", frame->left - 8, y + 4, strbuf_slice(&text));
	}
	strbuf_release(&text);
}

static void add_x_axis(struct frame *frame)
{
	struct strbuf text;
	double free = 0;
	strbuf_init(&text);
	for (int i = 0; i < 400; i++) {
		double value = frame->x.least + i * frame->x.step;
		if (value > frame->x.most + frame->x.step / 1e6)
			break;
		double x = plot_x(frame, value);
		value_text(&text, frame, frame->chart->x_axis, value);
		double half = svg_text_width(strbuf_slice(&text)) / 2;
		svg_line(frame->svg, "gs", x, frame->bottom, x, frame->bottom + 4);
		if (x - half < free || x + half > WIDTH)
			continue;
		svg_text(frame->svg, "mu sm m", x, frame->bottom + 18, strbuf_slice(&text));
		free = x + half + 8;
	}
	strbuf_release(&text);
}

static const char *series_class(size_t index)
{
	static const char *const classes[] = { "s0", "s1", "s2", "s3", "s4", "s5" };
	return classes[index % 6];
}

/* Circle, square, triangle, diamond, in turn. */
static void add_point(struct svg *svg, size_t series, double x, double y)
{
	static const char *const shapes[] = { "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z", "M-3 -3L3 -3L3 3L-3 3Z", "M0 -4L4 3L-4 3Z",
		"M0 -4L4 0L0 4L-4 0Z" };
	strbuf_addf(svg->out, "<path class=\"%s\" d=\"%s\" transform=\"translate(", series_class(series), shapes[series % 4]);
	svg_number(svg->out, x);
	strbuf_add_char(svg->out, ' ');
	svg_number(svg->out, y);
	strbuf_add_str(svg->out, ")\">");
}

static void add_marker(struct frame *frame, size_t index, const struct point *point, double y)
{
	struct strbuf tip, value;
	const struct series *series = (const struct series *)frame->chart->series.items + index;
	strbuf_init(&tip);
	strbuf_init(&value);
	add_point(frame->svg, index, plot_x(frame, point->x), plot_y(frame, y));
	strbuf_add_slice(&tip, series_name(series));
	strbuf_add_str(&tip, ", ");
	value_text(&value, frame, frame->chart->x_axis, point->x);
	strbuf_add_slice(&tip, strbuf_slice(&value));
	strbuf_add_str(&tip, ": ");
	value_text(&value, frame, frame->chart->y_axis, point->y);
	strbuf_add_slice(&tip, strbuf_slice(&value));
	svg_tip(frame->svg, strbuf_slice(&tip));
	strbuf_add_str(frame->svg->out, "</path>");
	strbuf_release(&tip);
	strbuf_release(&value);
}

static void add_coordinates(struct frame *frame, double x, double y, const char *lead)
{
	strbuf_add_str(frame->svg->out, lead);
	svg_number(frame->svg->out, plot_x(frame, x));
	strbuf_add_char(frame->svg->out, ' ');
	svg_number(frame->svg->out, plot_y(frame, y));
}

static void add_line_series(struct frame *frame, size_t index, bool line)
{
	const struct series *series = (const struct series *)frame->chart->series.items + index;
	bool pen = false;
	if (line) {
		strbuf_addf(frame->svg->out, "<path class=\"%s ln%s\" d=\"", series_class(index), series->dashed ? " ds" : "");
		for (size_t p = 0; p < series->count; p++) {
			if (!point_finite(&series->points[p])) {
				pen = false;
				continue;
			}
			add_coordinates(frame, series->points[p].x, series->points[p].y, pen ? "L" : "M");
			pen = true;
		}
		strbuf_add_str(frame->svg->out, "\"/>");
	}
	if (series->count > 400 && line)
		return; /* markers would be a smear */
	for (size_t p = 0; p < series->count; p++)
		if (point_finite(&series->points[p]))
			add_marker(frame, index, &series->points[p], series->points[p].y);
}

static void add_area_series(struct frame *frame, size_t index)
{
	const struct series *series = (const struct series *)frame->chart->series.items + index;
	double below, above;
	if (!series->count)
		return;
	strbuf_addf(frame->svg->out, "<path class=\"%s ar\" d=\"", series_class(index));
	for (size_t p = 0; p < series->count; p++) {
		chart_stack(frame->chart, index, p, &below, &above);
		add_coordinates(frame, series->points[p].x, above, p ? "L" : "M");
	}
	for (size_t p = series->count; p-- > 0;) {
		chart_stack(frame->chart, index, p, &below, &above);
		add_coordinates(frame, series->points[p].x, below, "L");
	}
	strbuf_add_str(frame->svg->out, "Z\"/>");
	for (size_t p = 0; p < series->count && series->count <= 100; p++) {
		chart_stack(frame->chart, index, p, &below, &above);
		if (point_finite(&series->points[p]))
			add_marker(frame, index, &series->points[p], above);
	}
}

/* Levels of a control chart: straight lines named at their right end, where names that would touch make room. */
enum { LEVELS_MOST = 16, NAME_HEIGHT = 14 };

struct level {
	const struct series *series;
	double y, name_y;
	bool solid;
};

static size_t find_levels(const struct frame *frame, struct level levels[LEVELS_MOST])
{
	const struct series *series = frame->chart->series.items;
	size_t count = 0;
	for (size_t s = 2; s < frame->chart->series.len && count < LEVELS_MOST; s++) {
		if (!series[s].count || !point_finite(&series[s].points[0]))
			continue;
		struct level level = { &series[s], plot_y(frame, series[s].points[0].y), 0, s == 2 };
		size_t at = count++;
		for (; at > 0 && levels[at - 1].y > level.y; at--)
			levels[at] = levels[at - 1];
		levels[at] = level;
	}
	for (size_t i = 0; i < count; i++)
		levels[i].name_y = i ? fmax(levels[i].y, levels[i - 1].name_y + NAME_HEIGHT) : levels[i].y;
	for (size_t i = count; i-- > 0;)
		levels[i].name_y = fmin(levels[i].name_y, i + 1 < count ? levels[i + 1].name_y - NAME_HEIGHT : frame->bottom);
	return count;
}

static void level_name(struct strbuf *out, const struct frame *frame, const struct series *series)
{
	add_line(out, series_name(series));
	strbuf_add_char(out, ' ');
	axis_value(out, frame->chart->y_axis, series->points[0].y, frame->svg->options);
}

static void add_levels(struct frame *frame)
{
	static const char *const classes[] = { "s5", "s2", "s1", "s4", "s5", "s5" };
	struct level levels[LEVELS_MOST];
	size_t count = find_levels(frame, levels);
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < count; i++) {
		const char *class = classes[levels[i].series->tone % 6];
		strbuf_reset(&text);
		strbuf_addf(&text, "%s%s", class, levels[i].solid ? "" : " ds");
		svg_line(frame->svg, text.buf, frame->left, levels[i].y, frame->right, levels[i].y);
		svg_line(frame->svg, class, frame->right, levels[i].y, frame->right + 6, levels[i].name_y);
		strbuf_reset(&text);
		level_name(&text, frame, levels[i].series);
		svg_text(frame->svg, "mu sm", frame->right + 9, levels[i].name_y + 4, strbuf_slice(&text));
	}
	strbuf_release(&text);
}

static void add_control(struct frame *frame)
{
	add_levels(frame);
	add_line_series(frame, 0, true);
	if (frame->chart->series.len > 1)
		add_line_series(frame, 1, false);
}

/* Room at the right for the names of levels. */
static double names_width(const struct frame *frame)
{
	const struct series *series = frame->chart->series.items;
	struct strbuf text;
	double widest = 0;
	strbuf_init(&text);
	for (size_t s = 2; s < frame->chart->series.len; s++) {
		if (!series[s].count)
			continue;
		strbuf_reset(&text);
		level_name(&text, frame, &series[s]);
		widest = fmax(widest, svg_text_width(strbuf_slice(&text)));
	}
	strbuf_release(&text);
	return fmin(widest, WIDTH / 3.0) + 14;
}

/* Width of a slot on the x axis: the narrowest distance between two points. */
static double slot_width(const struct frame *frame)
{
	const struct series *series = frame->chart->series.items;
	double least = frame->x.most - frame->x.least;
	for (size_t s = 0; s < frame->chart->series.len; s++)
		for (size_t p = 1; p < series[s].count; p++) {
			double gap = series[s].points[p].x - series[s].points[p - 1].x;
			if (gap > 0 && gap < least)
				least = gap;
		}
	return least / (frame->x.most - frame->x.least) * (frame->right - frame->left);
}

static void add_bars(struct frame *frame, bool histogram)
{
	const struct series *series = frame->chart->series.items;
	size_t count = frame->chart->series.len;
	double slot = slot_width(frame), gap = histogram ? 1 : slot * 0.2;
	double width = fmax(1, (slot - gap) / (double)count), zero = plot_y(frame, 0);
	struct strbuf text;
	strbuf_init(&text);
	for (size_t s = 0; s < count; s++)
		for (size_t p = 0; p < series[s].count; p++) {
			const struct point *point = &series[s].points[p];
			if (!point_finite(point))
				continue;
			double x = plot_x(frame, point->x) - slot / 2 + gap / 2 + (double)s * width, y = plot_y(frame, point->y);
			strbuf_add_str(frame->svg->out, "<g>");
			value_text(&text, frame, frame->chart->y_axis, point->y);
			svg_tip(frame->svg, strbuf_slice(&text));
			svg_rect(frame->svg, series_class(s), x, fmin(y, zero), width - 1, fabs(zero - y));
			if (svg_text_width(strbuf_slice(&text)) < width + 6)
				svg_text(frame->svg, "mu sm m", x + width / 2, fmin(y, zero) - 4, strbuf_slice(&text));
			strbuf_add_str(frame->svg->out, "</g>");
		}
	strbuf_release(&text);
}

/* The zones of a fever chart: below the second series, between it and the third, above. */
static void add_zones(struct frame *frame)
{
	static const char *const classes[] = { "h1", "h2", "h4" };
	const struct series *series = frame->chart->series.items;
	const struct point floor[] = { { frame->x.least, frame->y.least }, { frame->x.most, frame->y.least } };
	const struct point roof[] = { { frame->x.least, frame->y.most }, { frame->x.most, frame->y.most } };
	for (int zone = 0; zone < 3; zone++) {
		const struct point *low = zone ? series[zone].points : floor, *high = zone < 2 ? series[zone + 1].points : roof;
		size_t lows = zone ? series[zone].count : 2, highs = zone < 2 ? series[zone + 1].count : 2;
		strbuf_addf(frame->svg->out, "<path class=\"%s\" d=\"", classes[zone]);
		for (size_t p = 0; p < lows; p++)
			add_coordinates(frame, low[p].x, low[p].y, p ? "L" : "M");
		for (size_t p = highs; p-- > 0;)
			add_coordinates(frame, high[p].x, high[p].y, "L");
		strbuf_add_str(frame->svg->out, "Z\"/>");
	}
}

static bool has_zones(const struct figure *figure)
{
	const struct series *series = figure->chart.series.items;
	bool whole = figure->type == FIGURE_FEVER && figure->chart.series.len >= 3;
	for (size_t s = 1; whole && s < 3; s++)
		for (size_t p = 0; p < series[s].count; p++)
			whole &= point_finite(&series[s].points[p]);
	return whole;
}

static void add_legend(struct frame *frame)
{
	const struct series *series = frame->chart->series.items;
	double x = frame->left;
	if (frame->chart->series.len < 2 && !series_name(&series[0]).len)
		return;
	size_t shown = frame->svg->figure->type == FIGURE_CONTROL ? 2 : frame->chart->series.len;
	for (size_t s = 0; s < shown && s < frame->chart->series.len; s++) {
		if (s && frame->svg->figure->type == FIGURE_FEVER) {
			svg_rect(frame->svg, s == 1 ? "h2" : "h4", x, 8, 12, 12);
		} else {
			add_point(frame->svg, s, x + 6, 14);
			strbuf_add_str(frame->svg->out, "</path>");
		}
		svg_text(frame->svg, "mu", x + 16, 18, series_name(&series[s]));
		x += 16 + svg_text_width(series_name(&series[s])) + 18;
	}
}

static double label_width(const struct frame *frame)
{
	struct strbuf text;
	double widest = 20;
	strbuf_init(&text);
	for (int i = 0; i < 40; i++) {
		double value = frame->y.least + i * frame->y.step;
		if (value > frame->y.most + frame->y.step / 2)
			break;
		value_text(&text, frame, frame->chart->y_axis, value);
		widest = fmax(widest, svg_text_width(strbuf_slice(&text)));
	}
	strbuf_release(&text);
	return widest;
}

static void frame_init(struct frame *frame, struct svg *svg, const struct chart_extent *extent)
{
	const struct figure *figure = svg->figure;
	double x_least = extent->x_least, x_most = extent->x_most;
	bool bars = figure->type == FIGURE_BAR || figure->type == FIGURE_HISTOGRAM;
	memset(frame, 0, sizeof(*frame));
	frame->svg = svg;
	frame->chart = &figure->chart;
	frame->y = scale_round(extent->y_least, extent->y_most, 5, figure->chart.y_axis);
	frame->x = scale_round(x_least, x_most, 8, figure->chart.x_axis);
	if (bars) { /* half a slot on either side */
		double half = extent->longest > 1 ? (x_most - x_least) / (double)(extent->longest - 1) / 2 : 0.5;
		frame->x.least = x_least - half;
		frame->x.most = x_most + half;
	}
	frame->left = label_width(frame) + 16;
	frame->right = WIDTH - (figure->type == FIGURE_CONTROL ? names_width(frame) : RIGHT);
	frame->top = TOP;
	frame->bottom = HEIGHT - BOTTOM;
}

/* Under bars every slot has its own label. */
static void add_slots(struct frame *frame, const struct chart_extent *extent)
{
	const struct series *series = frame->chart->series.items;
	struct strbuf text;
	double slot = slot_width(frame);
	size_t most = 0;
	for (size_t s = 1; s < frame->chart->series.len; s++)
		if (series[s].count > series[most].count)
			most = s;
	strbuf_init(&text);
	double free = 0;
	for (size_t p = 0; p < extent->longest; p++) {
		double x = plot_x(frame, series[most].points[p].x);
		value_text(&text, frame, frame->chart->x_axis, series[most].points[p].x);
		double width = svg_text_width(strbuf_slice(&text));
		if (frame->chart->x_axis == AXIS_CATEGORY)
			width = fmin(width, fmax(slot, 60));
		if (x - width / 2 < free)
			continue;
		svg_text_cut(frame->svg, "mu sm m", x, frame->bottom + 18, width + 7, strbuf_slice(&text));
		free = x + width / 2 + 4;
	}
	strbuf_release(&text);
}

void svg_chart(struct svg *svg)
{
	struct chart_extent extent = chart_extent(svg->figure);
	struct frame frame;
	enum figure_type type = svg->figure->type;
	svg_open(svg, WIDTH, extent.empty ? 60 : HEIGHT, "chart");
	if (extent.empty) {
		svg_text(svg, "mu", 10, 34, slice_of(_("(no data)")));
		svg_close(svg);
		return;
	}
	frame_init(&frame, svg, &extent);
	if (has_zones(svg->figure))
		add_zones(&frame);
	add_y_axis(&frame);
	if (type == FIGURE_BAR || type == FIGURE_HISTOGRAM) {
		add_bars(&frame, type == FIGURE_HISTOGRAM);
		add_slots(&frame, &extent);
	} else {
		add_x_axis(&frame);
		if (type == FIGURE_CONTROL)
			add_control(&frame);
		size_t drawn = type == FIGURE_CONTROL ? 0 : type == FIGURE_FEVER && svg->figure->chart.series.len ? 1 : svg->figure->chart.series.len;
		for (size_t s = 0; s < drawn; s++) {
			if (type == FIGURE_AREA)
				add_area_series(&frame, s);
			else
				add_line_series(&frame, s, type == FIGURE_LINE || type == FIGURE_FEVER);
		}
	}
	add_legend(&frame);
	svg_close(svg);
}
