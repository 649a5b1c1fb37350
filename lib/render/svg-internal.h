/*
 * What the SVG figures share. Private to lib/render.
 *
 * A figure is written either on its own (render_svg, with its style inside) or into an HTML page, whose head holds the style
 * once. Colours are plain, not variables: rsvg-convert knows none. `number` keeps ids apart on one page.
 */
#ifndef SVG_INTERNAL_H
#define SVG_INTERNAL_H

#include "render/render-internal.h"

struct svg {
	struct strbuf *out;
	const struct figure *figure;
	const struct units *units;
	const struct render_options *options;
	int number;
	bool standalone;
};

/* Light, dark and print colours of every class used in figures. */
extern const char svg_style[];
/* A figure as one <svg> (a Gantt in a page: labels and chart apart, so that the labels stay while the chart scrolls). */
void svg_figure(struct strbuf *out, const struct figure *figure, const struct units *units,
	const struct render_options *options, int number, bool standalone);

void svg_gantt(struct svg *svg);
void svg_chart(struct svg *svg);
void svg_tornado(struct svg *svg);
void svg_tree(struct svg *svg);
void svg_network(struct svg *svg);
void svg_matrix(struct svg *svg);
void svg_decision(struct svg *svg);
void svg_quadrants(struct svg *svg);
void svg_calendar(struct svg *svg);

void svg_open(struct svg *svg, double width, double height, const char *class);
/* A further picture of the same figure, without a name of its own. */
void svg_open_part(struct svg *svg, double width, double height, const char *class);
void svg_close(struct svg *svg);
/* With one digit behind the point, whatever the locale. */
void svg_number(struct strbuf *out, double value);
/* 0 to 1 with three digits. */
void svg_share(struct strbuf *out, double share);
/* " name=\"12.5\"" */
void svg_attribute(struct strbuf *out, const char *name, double value);
void svg_rect(struct svg *svg, const char *class, double x, double y, double width, double height);
void svg_line(struct svg *svg, const char *class, double x1, double y1, double x2, double y2);
void svg_text(struct svg *svg, const char *class, double x, double y, struct slice text);
/* Cut with … to about `width` pixels. */
void svg_text_cut(struct svg *svg, const char *class, double x, double y, double width, struct slice text);
/* Pixels a text of 12 px takes, a little more rather than less. */
double svg_text_width(struct slice text);
/* A tooltip for the element that is open. */
void svg_tip(struct svg *svg, struct slice text);

#endif
