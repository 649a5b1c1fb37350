/*
 * Links of the Gantt chart in SVG. A link is a line with square corners from the predecessor's end (or start) to the
 * successor's start (or end), with an arrow as its marker. Of a link that only passes through a picture its upright part
 * is drawn, all of them as one path, so that long links in many pictures cost little.
 */
#include "render/svg_gantt-internal.h"

#include <math.h>

struct link_line {
	double x0, y0, x1, y1;
	double upright; /* x of the part that passes rows */
	bool from_start, to_finish;
	bool onto;      /* comes down (or up) onto the bar: the plain case */
};

void svg_gantt_arrows(struct svg *svg)
{
	static const char *const heads[][2] = { { "a", "lh" }, { "b", "lx" } };

	for (size_t i = 0; i < 2; i++)
		strbuf_addf(svg->out, "<marker id=\"%s%d\" markerUnits=\"userSpaceOnUse\" markerWidth=\"6\" markerHeight=\"8\" "
			"refX=\"4\" refY=\"4\" orient=\"auto\"><path class=\"%s\" d=\"M0 0.5L0 7.5L5 4Z\"/></marker>", heads[i][0],
			svg->number, heads[i][1]);
}

/* False when an end has no dates. */
static bool lay_out(const struct gantt_view *view, const struct gantt_link *link, struct link_line *out)
{
	const struct gantt_row *rows = view->gantt->rows.items, *a = &rows[link->from], *b = &rows[link->to];

	if (a->start == MOMENT_NONE || b->start == MOMENT_NONE || a->finish == MOMENT_NONE || b->finish == MOMENT_NONE)
		return false;
	out->from_start = link->type == LINK_SS || link->type == LINK_SF;
	out->to_finish = link->type == LINK_FF || link->type == LINK_SF;
	out->x0 = gantt_chart_x(view, out->from_start ? a->start : a->finish);
	out->x1 = gantt_chart_x(view, out->to_finish ? b->finish : b->start);
	out->y0 = gantt_row_y(view, link->from) + GANTT_ROW / 2.0;
	out->y1 = gantt_row_y(view, link->to) + GANTT_ROW / 2.0;
	out->onto = !out->from_start && !out->to_finish && out->x1 >= out->x0 + 4;
	out->upright = out->onto ? out->x1 + 3
		: out->from_start ? fmin(out->x0, out->x1) - 7
		: out->to_finish ? fmax(out->x0, out->x1) + 7 : out->x0 + 5;
	return true;
}

static void put_point(struct strbuf *out, double x, double y)
{
	svg_number(out, x);
	strbuf_add_char(out, ',');
	svg_number(out, y);
	strbuf_add_char(out, ' ');
}

static void draw_line(struct gantt_view *view, const struct link_line *line, bool critical)
{
	struct strbuf *out = view->svg->out;
	bool down = line->y1 > line->y0;

	strbuf_addf(out, "<polyline class=\"%s\" marker-end=\"url(#%s%d)\" points=\"", critical ? "lc" : "li",
		critical ? "b" : "a", view->svg->number);
	put_point(out, line->x0, line->y0);
	put_point(out, line->upright, line->y0);
	if (line->onto) {
		put_point(out, line->upright, line->y1 + (down ? -7 : 7));
	} else {
		double turn = line->upright;
		if (!line->from_start && !line->to_finish) {
			double middle = line->y1 + (down ? -GANTT_ROW / 2.0 : GANTT_ROW / 2.0);
			turn = line->x1 - 7;
			put_point(out, line->upright, middle);
			put_point(out, turn, middle);
		}
		put_point(out, turn, line->y1);
		put_point(out, line->x1, line->y1);
	}
	strbuf_add_str(out, "\"/>");
}

/* Links that pass through, of one class. */
static void add_passing(struct gantt_view *view, bool critical)
{
	const struct gantt_link *links = view->gantt->links.items;
	double end = gantt_row_y(view, view->last);
	struct link_line line;
	bool open = false;

	for (size_t i = 0; i < view->gantt->links.len; i++) {
		size_t low = links[i].from < links[i].to ? links[i].from : links[i].to, high = links[i].from + links[i].to - low;
		if (low >= view->first || high < view->last || links[i].critical != critical || !lay_out(view, &links[i], &line))
			continue;
		if (!open)
			strbuf_addf(view->svg->out, "<path class=\"%s\" d=\"", critical ? "lc" : "li");
		open = true;
		strbuf_add_char(view->svg->out, 'M');
		svg_number(view->svg->out, line.upright);
		strbuf_add_char(view->svg->out, ' ');
		svg_number(view->svg->out, view->top);
		strbuf_add_char(view->svg->out, 'V');
		svg_number(view->svg->out, end);
	}
	if (open)
		strbuf_add_str(view->svg->out, "\"/>");
}

void svg_gantt_links(struct gantt_view *view)
{
	const struct gantt_link *links = view->gantt->links.items;
	struct link_line line;

	add_passing(view, false);
	add_passing(view, true);
	for (size_t i = 0; i < view->gantt->links.len; i++) {
		bool from = links[i].from >= view->first && links[i].from < view->last;
		bool to = links[i].to >= view->first && links[i].to < view->last;
		if ((from || to) && lay_out(view, &links[i], &line))
			draw_line(view, &line, links[i].critical);
	}
}
