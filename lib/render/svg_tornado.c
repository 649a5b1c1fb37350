/* A tornado in SVG: a row a category, its bars on either side of a common zero, values at their ends. */
#include "render/chart_layout.h"
#include "render/svg-internal.h"

#include <math.h>

enum { WIDTH = 860, TOP = 34, BOTTOM = 34, ROW = 26, LABEL_MOST = 300, VALUE = 64 };

struct tornado {
	struct svg *svg;
	const struct chart *chart;
	struct scale scale;
	double left, right; /* of the plot */
};

static double plot_x(const struct tornado *t, double value)
{
	return t->left + scale_share(&t->scale, value) * (t->right - t->left);
}

static const char *series_class(size_t series)
{
	return series ? "s1" : "s0";
}

static void value_text(struct strbuf *out, const struct tornado *t, double value)
{
	strbuf_reset(out);
	if (value > 0)
		strbuf_add_char(out, '+');
	axis_value(out, t->chart->y_axis, value, t->svg->options);
}

static void add_bar(struct tornado *t, size_t s, size_t row, struct strbuf *text)
{
	const struct series *series = (const struct series *)t->chart->series.items + s;
	double value = row < series->count && point_finite(&series->points[row]) ? series->points[row].y : 0;
	double zero = plot_x(t, 0), x = plot_x(t, value), y = TOP + (double)row * ROW + 4;
	struct strbuf tip;

	strbuf_init(&tip);
	value_text(text, t, value);
	strbuf_add_slice(&tip, series_name(series));
	strbuf_addf(&tip, ": %s", text->buf);
	strbuf_add_str(t->svg->out, "<g>");
	svg_tip(t->svg, strbuf_slice(&tip));
	svg_rect(t->svg, series_class(s), fmin(x, zero), y, fmax(fabs(x - zero), 1), ROW - 8);
	strbuf_add_str(t->svg->out, "</g>");
	svg_text(t->svg, value < 0 ? "mu sm e" : "mu sm", value < 0 ? x - 5 : x + 5, y + 13, strbuf_slice(text));
	strbuf_release(&tip);
}

static void add_axis(struct tornado *t, double bottom)
{
	struct strbuf text;

	strbuf_init(&text);
	for (int i = 0; i < 40; i++) {
		double value = t->scale.least + i * t->scale.step, x = plot_x(t, value);

		if (value > t->scale.most + t->scale.step / 2)
			break;
		value = fabs(value) < t->scale.step / 1e6 ? 0 : value;
		value_text(&text, t, value);
		svg_line(t->svg, value == 0 ? "gs" : "gr", x, TOP, x, bottom);
		svg_text(t->svg, "mu sm m", x, bottom + 18, strbuf_slice(&text));
	}
	strbuf_release(&text);
}

static void add_legend(struct tornado *t)
{
	const struct series *series = t->chart->series.items;
	double x = 8;

	for (size_t s = 0; s < 2; s++) {
		svg_rect(t->svg, series_class(s), x, 8, 12, 12);
		svg_text(t->svg, "mu", x + 18, 18, series_name(&series[s]));
		x += 18 + svg_text_width(series_name(&series[s])) + 18;
	}
}

static void set_scale(struct tornado *t)
{
	double least = 0, most = 0, label = 40;
	const struct series *series = t->chart->series.items;

	for (size_t s = 0; s < 2; s++)
		for (size_t p = 0; p < series[s].count; p++)
			if (point_finite(&series[s].points[p])) {
				least = fmin(least, series[s].points[p].y);
				most = fmax(most, series[s].points[p].y);
			}
	for (size_t row = 0; row < t->chart->category_count; row++)
		label = fmax(label, svg_text_width(t->chart->categories[row]));
	t->scale = scale_round(least, most, 6, t->chart->y_axis);
	t->left = fmin(label, LABEL_MOST) + 16 + VALUE;
	t->right = WIDTH - VALUE;
}

void svg_tornado(struct svg *svg)
{
	struct tornado t = { .svg = svg, .chart = &svg->figure->chart };
	size_t rows = t.chart->category_count;
	bool empty = t.chart->series.len < 2 || rows == 0;
	double bottom = TOP + (double)rows * ROW;
	struct strbuf text;

	svg_open(svg, WIDTH, empty ? 60 : bottom + BOTTOM, "chart");
	if (empty) {
		svg_text(svg, "mu", 10, 34, slice_of(_("(no data)")));
		svg_close(svg);
		return;
	}
	strbuf_init(&text);
	set_scale(&t);
	add_axis(&t, bottom);
	for (size_t row = 0; row < rows; row++) {
		strbuf_reset(&text);
		add_line(&text, t.chart->categories[row]);
		svg_text_cut(svg, "", 8, TOP + (double)row * ROW + 17, t.left - VALUE - 16, strbuf_slice(&text));
		for (size_t s = 0; s < 2; s++)
			add_bar(&t, s, row, &text);
	}
	add_legend(&t);
	strbuf_release(&text);
	svg_close(svg);
}
