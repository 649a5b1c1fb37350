/* What the parts of the Gantt chart in SVG share. */
#ifndef SVG_GANTT_INTERNAL_H
#define SVG_GANTT_INTERNAL_H

#include "render/gantt_layout.h"
#include "render/svg-internal.h"

enum { GANTT_ROW = 26, GANTT_HEAD = 40 };

struct gantt_view {
	struct svg *svg;
	const struct gantt *gantt;
	struct gantt_layout layout;
	double left, x, width; /* labels' width, where the chart begins, its width */
	double top, height;    /* where the first row stands in this picture, and the height of all rows */
	size_t first, last;    /* the rows of this picture: first..last-1 */
	bool slips;
};

double gantt_row_y(const struct gantt_view *view, size_t index);
double gantt_chart_x(const struct gantt_view *view, moment_t moment);
/* Things that move as one when the chart is zoomed stand at (0, 0) of a group moved to their x. */
void gantt_shape(struct gantt_view *view, const char *class, double x, double y, const char *path);

/* The links that reach into the picture's rows, behind the bars. O(links). */
void svg_gantt_links(struct gantt_view *view);
/* The arrows' heads, for <defs>. */
void svg_gantt_arrows(struct svg *svg);

#endif
