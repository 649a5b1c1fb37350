/*
 * Range: the one given, else from the earliest to the latest moment of any row, in whole days.
 * Scale: units a day = room / days, at most density.most; the zoom is the finest whose least density that reaches.
 * Example: 45 cells for 120 days are 0.375 cells a day: below 3/7 for weeks, above 4/31 for months, so months.
 * Ticks: the zoom's own periods below, months or years above. Cost O(rows + ticks).
 */
#include "render/gantt_layout.h"

#include "render/render-internal.h"

#include "base/utf8.h"

#include <math.h>
#include <string.h>

struct range {
	moment_t from, to;
};

static void include(struct range *range, moment_t moment)
{
	if (moment == MOMENT_NONE)
		return;
	if (range->from == MOMENT_NONE || moment < range->from)
		range->from = moment;
	if (range->to == MOMENT_NONE || moment > range->to)
		range->to = moment;
}

static struct range natural_range(const struct gantt *gantt)
{
	const struct gantt_row *rows = gantt->rows.items;
	struct range range = { MOMENT_NONE, MOMENT_NONE };
	for (size_t i = 0; i < gantt->rows.len; i++) {
		include(&range, rows[i].start);
		include(&range, rows[i].finish);
		include(&range, rows[i].baseline_start);
		include(&range, rows[i].baseline_finish);
		include(&range, rows[i].deadline);
	}
	if (range.from == MOMENT_NONE)
		include(&range, gantt->today);
	if (range.from == MOMENT_NONE)
		include(&range, 0);
	return range;
}

static void set_range(struct gantt_layout *layout, const struct gantt *gantt)
{
	struct range range = { gantt->from, gantt->to };
	if (range.from == MOMENT_NONE || range.to == MOMENT_NONE || range.to <= range.from) {
		struct range natural = natural_range(gantt);
		range.from = range.from == MOMENT_NONE ? natural.from : range.from;
		range.to = natural.to;
	}
	layout->from = moment_from_date(moment_date(range.from));
	layout->to = moment_from_date(moment_date(range.to + MINUTES_PER_DAY - 1));
	if (layout->to <= layout->from)
		layout->to = layout->from + MINUTES_PER_DAY;
}

static double day_count(const struct gantt_layout *layout)
{
	int64_t days = (layout->to - layout->from) / MINUTES_PER_DAY;

	return (double)days;
}

static int asked_zoom(const struct gantt *gantt)
{
	switch (gantt->zoom) {
	case 'd': return ZOOM_DAY;
	case 'w': return ZOOM_WEEK;
	case 'm': return ZOOM_MONTH;
	case 'q': return ZOOM_QUARTER;
	case 'y': return ZOOM_YEAR;
	default:  return -1;
	}
}

/* The part of the range that fits, today a fifth from its left edge. */
static void set_window(struct gantt_layout *layout, const struct gantt *gantt, double days)
{
	moment_t span = (moment_t)days * MINUTES_PER_DAY;
	moment_t from = layout->from;
	if (gantt->today != MOMENT_NONE)
		from = moment_from_date(moment_date(gantt->today)) - (moment_t)(days / 5) * MINUTES_PER_DAY;
	if (from + span > layout->to)
		from = layout->to - span;
	if (from < layout->from)
		from = layout->from;
	layout->clipped_before = from > layout->from;
	layout->clipped_after = from + span < layout->to;
	layout->from = from;
	layout->to = from + span;
}

static void set_scale(struct gantt_layout *layout, const struct gantt *gantt, const struct gantt_density *density, double room)
{
	int asked = asked_zoom(gantt);
	double fits = fmin(room / day_count(layout), density->most);
	if (asked < 0) {
		layout->zoom = ZOOM_DAY;
		while (layout->zoom < ZOOM_YEAR && fits < density->least[layout->zoom])
			layout->zoom++;
	} else {
		double least = density->least[asked];
		layout->zoom = (enum gantt_zoom)asked;
		if (asked < ZOOM_YEAR && fits > 2 * density->least[asked] && asked > ZOOM_DAY)
			fits = fmax(2 * least, fmin(fits, density->least[asked - 1]));
		if (fits < least && density->window)
			set_window(layout, gantt, fmax(1, floor(room / least)));
		fits = fmax(fits, least);
	}
	layout->per_day = density->whole && fits >= 1 ? floor(fits) : fits;
	layout->width = layout->per_day * day_count(layout);
}

/* First day of the period that holds `date`. */
static date_t period_start(date_t date, enum gantt_zoom zoom, int years)
{
	struct civil civil = civil_from_date(date);
	switch (zoom) {
	case ZOOM_DAY:     return date;
	case ZOOM_WEEK:    return date - (date_weekday(date) - 1);
	case ZOOM_MONTH:   return date_from_civil(civil.year, civil.month, 1);
	case ZOOM_QUARTER: return date_from_civil(civil.year, (civil.month - 1) / 3 * 3 + 1, 1);
	default:           return date_from_civil(civil.year - civil.year % years, 1, 1);
	}
}

static date_t period_next(date_t start, enum gantt_zoom zoom, int years)
{
	switch (zoom) {
	case ZOOM_DAY:     return start + 1;
	case ZOOM_WEEK:    return start + 7;
	case ZOOM_MONTH:   return date_add_months(start, 1);
	case ZOOM_QUARTER: return date_add_months(start, 3);
	default:           return date_add_months(start, 12 * years);
	}
}

/* Months too narrow for the widest name, with a blank behind it, have their numbers. */
static bool month_names_fit(const struct gantt_layout *layout)
{
	size_t widest = 0;
	for (int month = 1; month <= 12; month++) {
		size_t width = utf8_width(slice_of(month_name(month)));
		widest = width > widest ? width : widest;
	}
	return layout->per_day * 30 >= (double)widest + 1;
}

static void tick_label(struct strbuf *out, const struct gantt_layout *layout, date_t date, enum gantt_zoom zoom, bool major)
{
	struct civil civil = civil_from_date(date);
	switch (zoom) {
	case ZOOM_DAY: case ZOOM_WEEK: strbuf_addf(out, "%02d", civil.day); break;
	case ZOOM_MONTH:
		if (major)
			strbuf_addf(out, "%04d-%02d", civil.year, civil.month);
		else if (!month_names_fit(layout))
			strbuf_addf(out, "%d", civil.month);
		else
			strbuf_add_str(out, month_name(civil.month));
		break;
	case ZOOM_QUARTER: strbuf_addf(out, "Q%d", (civil.month + 2) / 3); break;
	default:           strbuf_addf(out, "%04d", civil.year); break;
	}
}

static void add_ticks(struct vec *ticks, const struct gantt_layout *layout, enum gantt_zoom zoom, int years, bool major)
{
	struct strbuf label;
	strbuf_init(&label);
	date_t at = period_start(moment_date(layout->from), zoom, years);
	while (moment_from_date(at) < layout->to) {
		date_t next = period_next(at, zoom, years);
		struct gantt_tick *tick = vec_push(ticks);
		tick->date = at;
		tick->x0 = fmax(0, gantt_x(layout, moment_from_date(at)));
		tick->x1 = fmin(layout->width, gantt_x(layout, moment_from_date(next)));
		strbuf_reset(&label);
		tick_label(&label, layout, at, zoom, major);
		if (label.len < sizeof(tick->label))
			memcpy(tick->label, label.buf, label.len + 1);
		if (next <= at)
			break;
		at = next;
	}
	strbuf_release(&label);
}

/* Years a tick, so that ticks stay legible over centuries. */
static int year_step(const struct gantt_layout *layout, const struct gantt_density *density)
{
	int step = 1;
	while (layout->per_day * step < density->least[ZOOM_YEAR] && step < 1000)
		step *= 10;
	return step;
}

void gantt_layout_init(struct gantt_layout *layout, const struct gantt *gantt, const struct gantt_density *density, double room)
{
	memset(layout, 0, sizeof(*layout));
	vec_init(&layout->major, sizeof(struct gantt_tick));
	vec_init(&layout->minor, sizeof(struct gantt_tick));
	bool hours = gantt->day_from >= 0 && gantt->day_from < gantt->day_to && gantt->day_to <= MINUTES_PER_DAY;
	layout->day_from = hours ? gantt->day_from : 0;
	layout->day_to = hours ? gantt->day_to : MINUTES_PER_DAY;
	set_range(layout, gantt);
	set_scale(layout, gantt, density, room);
	int step = layout->zoom == ZOOM_YEAR ? year_step(layout, density) : 1;
	add_ticks(&layout->minor, layout, layout->zoom, step, false);
	if (layout->zoom < ZOOM_YEAR)
		add_ticks(&layout->major, layout, layout->zoom <= ZOOM_WEEK ? ZOOM_MONTH : ZOOM_YEAR, 1, true);
}

void gantt_layout_release(struct gantt_layout *layout)
{
	vec_release(&layout->major);
	vec_release(&layout->minor);
}

/*
 * Of a day only the working hours are shown: three days of work fill three columns, and a task that starts at 09:00
 * begins where one ends that finished at 18:00 the day before.
 */
double gantt_x(const struct gantt_layout *layout, moment_t moment)
{
	double minute = moment_minute_of_day(moment);
	double share = (minute - layout->day_from) / (layout->day_to - layout->day_from);
	double days = (double)(moment_date(moment) - moment_date(layout->from));
	return (days + fmin(fmax(share, 0), 1)) * layout->per_day;
}

bool gantt_day_off(const struct gantt *gantt, date_t date)
{
	if (!gantt->off_days || gantt->from == MOMENT_NONE)
		return false;
	int64_t index = (int64_t)date - moment_date(gantt->from);
	return index >= 0 && (uint64_t)index < gantt->off_day_count && gantt->off_days[index];
}

int gantt_slip_days(const struct gantt *gantt, const struct gantt_row *row)
{
	if (row->baseline_finish == MOMENT_NONE || row->finish == MOMENT_NONE)
		return 0;
	date_t planned = finish_date(row->baseline_finish), now = finish_date(row->finish);
	int days = 0;
	for (date_t d = planned; d < now; d++)
		days += !gantt_day_off(gantt, d + 1);
	for (date_t d = planned; d > now; d--)
		days -= !gantt_day_off(gantt, d);
	return days;
}

void gantt_slip_text(struct strbuf *out, const struct gantt *gantt, const struct gantt_row *row)
{
	char number[16];
	const char *argument = number;
	int slip = gantt_slip_days(gantt, row);
	if (!slip)
		return;
	snprintf(number, sizeof(number), "%+d", slip);
	message_fill(out, _("%sd"), &argument, 1);
}
