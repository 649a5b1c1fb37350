/*
 * Scales of charts, once for the terminal and for SVG: what range the axes cover and where their ticks stand.
 */
#ifndef RENDER_CHART_LAYOUT_H
#define RENDER_CHART_LAYOUT_H

#include "doc/doc.h"

#include <stdbool.h>

struct scale {
	double least, most, step; /* least and most are multiples of step on number axes; most > least */
};

/* Round steps (1, 2, 5 × 10^n; whole days, weeks, months on date axes) so that about `ticks` of them cover [a, b]. */
struct scale scale_round(double a, double b, int ticks, enum axis axis);
/* Position of value as a share 0..1 of the scale. */
double scale_share(const struct scale *scale, double value);

/* Can this point be drawn? NaN, infinities and what overflows cannot. */
bool point_finite(const struct point *point);

struct chart_extent {
	double x_least, x_most, y_least, y_most;
	size_t longest; /* points of the longest series */
	bool empty;
};
/* Bars, areas and histograms include zero; areas are stacked. Points that are not finite are left out. */
struct chart_extent chart_extent(const struct figure *figure);
/* y of the stack below series `s` at point index p, without and with the series itself. */
void chart_stack(const struct chart *chart, size_t s, size_t p, double *below, double *above);
/* y of a series at x by linear interpolation; false outside its points. */
bool series_at(const struct series *series, double x, double *y);

#endif
