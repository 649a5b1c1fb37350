/*
 * The geometry of a Gantt chart, once for the terminal (units are cells) and for SVG (units are pixels): range of time,
 * scale, ticks. The caller says how much room there is and how dense each zoom may be; the layout picks the finest zoom
 * that fits, or the one asked for, then showing the window of time around today when not all of it fits.
 */
#ifndef RENDER_GANTT_LAYOUT_H
#define RENDER_GANTT_LAYOUT_H

#include "base/strbuf.h"
#include "doc/doc.h"

enum gantt_zoom { ZOOM_DAY, ZOOM_WEEK, ZOOM_MONTH, ZOOM_QUARTER, ZOOM_YEAR, ZOOM_COUNT };

struct gantt_density {
	double least[ZOOM_COUNT]; /* units a day below which this zoom is illegible */
	double most;              /* units a day at which a short project stops growing */
	bool whole;               /* whole units a day where there is at least one */
	bool window;              /* a zoom that does not fit shows a part; else the chart grows */
};

struct gantt_tick {
	double x0, x1;
	date_t date;
	char label[16];
};

struct gantt_layout {
	moment_t from, to; /* what is shown: whole days */
	double width;      /* units */
	double per_day;
	int day_from, day_to; /* minutes: what of a day its column shows */
	enum gantt_zoom zoom;
	bool clipped_before, clipped_after;
	struct vec major, minor; /* struct gantt_tick */
};

void gantt_layout_init(struct gantt_layout *layout, const struct gantt *gantt, const struct gantt_density *density, double room);
void gantt_layout_release(struct gantt_layout *layout);
/* Units from the left edge; not clipped. */
double gantt_x(const struct gantt_layout *layout, moment_t moment);
/* Is this day in gantt->off_days, and marked? */
bool gantt_day_off(const struct gantt *gantt, date_t date);
/* Working days by which the finish is later than the baseline's; negative: earlier; 0 too when there is none. */
int gantt_slip_days(const struct gantt *gantt, const struct gantt_row *row);
/* The same in words, "+9d"; nothing when it is 0. */
void gantt_slip_text(struct strbuf *out, const struct gantt *gantt, const struct gantt_row *row);

#endif
