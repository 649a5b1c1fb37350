/*
 * Round steps after Heckbert, "Nice Numbers for Graph Labels", Graphics Gems (1990).
 * Example: 0 to 97 with 5 ticks: raw step 19.4, nearest round step 20, so the axis runs 0, 20, … 100.
 */
#include "render/chart_layout.h"

#include <math.h>

static double round_step(double raw)
{
	double power = pow(10, floor(log10(raw)));
	double share = raw / power;
	return (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10) * power;
}

static double date_step(double raw)
{
	static const double steps[] = { 1, 2, 7, 14, 28, 91, 182, 365 };
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (raw <= steps[i] * 1.2)
			return steps[i];
	return 365 * ceil(raw / 365);
}

struct scale scale_round(double a, double b, int ticks, enum axis axis)
{
	struct scale scale = { a, b, 1 };
	if (!(b > a)) {
		scale.least = a == 0 || axis == AXIS_DATE ? a : fmin(a, 0);
		scale.most = b > scale.least ? b : scale.least + 1;
	}
	double raw = (scale.most - scale.least) / (ticks > 0 ? ticks : 1);
	if (axis == AXIS_CATEGORY) {
		scale.step = fmax(1, ceil(raw));
	} else if (axis == AXIS_DATE) {
		scale.step = date_step(raw);
	} else {
		scale.step = round_step(raw);
		scale.least = floor(scale.least / scale.step + 1e-9) * scale.step;
		scale.most = ceil(scale.most / scale.step - 1e-9) * scale.step;
	}
	return scale;
}

double scale_share(const struct scale *scale, double value)
{
	return (value - scale->least) / (scale->most - scale->least);
}

/* Finite, and small enough for differences and sums to be so as well. */
bool point_finite(const struct point *point)
{
	return fabs(point->x) < 1e150 && fabs(point->y) < 1e150;
}

static void extend(struct chart_extent *extent, double x, double y)
{
	if (extent->empty) {
		extent->x_least = extent->x_most = x;
		extent->y_least = extent->y_most = y;
		extent->empty = false;
		return;
	}
	extent->x_least = fmin(extent->x_least, x);
	extent->x_most = fmax(extent->x_most, x);
	extent->y_least = fmin(extent->y_least, y);
	extent->y_most = fmax(extent->y_most, y);
}

void chart_stack(const struct chart *chart, size_t s, size_t p, double *below, double *above)
{
	const struct series *series = chart->series.items;
	*below = 0;
	for (size_t i = 0; i < s; i++)
		if (p < series[i].count && point_finite(&series[i].points[p]))
			*below += series[i].points[p].y;
	*above = *below + (p < series[s].count && point_finite(&series[s].points[p]) ? series[s].points[p].y : 0);
}

struct chart_extent chart_extent(const struct figure *figure)
{
	const struct series *series = figure->chart.series.items;
	struct chart_extent extent = { .empty = true };
	for (size_t s = 0; s < figure->chart.series.len; s++) {
		if (series[s].count > extent.longest)
			extent.longest = series[s].count;
		for (size_t p = 0; p < series[s].count; p++) {
			double below, y = series[s].points[p].y;
			if (!point_finite(&series[s].points[p]))
				continue;
			if (figure->type == FIGURE_AREA)
				chart_stack(&figure->chart, s, p, &below, &y);
			extend(&extent, series[s].points[p].x, y);
		}
	}
	bool from_zero = figure->type == FIGURE_BAR || figure->type == FIGURE_AREA || figure->type == FIGURE_HISTOGRAM;
	if (from_zero && !extent.empty) {
		extent.y_least = fmin(extent.y_least, 0);
		extent.y_most = fmax(extent.y_most, 0);
	}
	return extent;
}

bool series_at(const struct series *series, double x, double *y)
{
	const struct point *p = series->points;
	for (size_t i = 0; i + 1 < series->count; i++) {
		if (x < p[i].x || x > p[i + 1].x || !point_finite(&p[i]) || !point_finite(&p[i + 1]))
			continue;
		double span = p[i + 1].x - p[i].x;
		*y = span > 0 ? p[i].y + (p[i + 1].y - p[i].y) * (x - p[i].x) / span : p[i + 1].y;
		return true;
	}
	return false;
}
