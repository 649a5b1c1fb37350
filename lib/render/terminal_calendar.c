/* Calendars in a terminal: months side by side, as many in a row as fit, each day with a mark where it is special. */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { DAY_CELLS = 3, MONTH_CELLS = 7 * DAY_CELLS, GAP = 3, MONTHS_MOST = 12 };

const char *weekday_short(int weekday)
{
	static const char *const names[] = { N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su") };

	return _(names[weekday - 1]);
}

bool calendar_month(const struct figure *figure, size_t from, size_t *days)
{
	const struct calendar_day_mark *day = figure->nodes.items;

	if (from >= figure->nodes.len)
		return false;
	for (*days = 1; from + *days < figure->nodes.len && civil_from_date(day[from + *days].date).day != 1;)
		++*days;
	return true;
}

struct month {
	const struct calendar_day_mark *days; /* NULL: behind the last */
	size_t count;
};

enum { MARK_FREE, MARK_OFF, MARK_WORKED, MARKS };

static const char *mark_of(int mark, bool ascii)
{
	static const char *const marks[MARKS] = { "·", "×", "+" }, *const plain[MARKS] = { ".", "x", "+" };

	return ascii ? plain[mark] : marks[mark];
}

/* Free as every week, off as an exception, worked as an exception; -1: nothing special. */
static int kind_of(const struct calendar_day_mark *day)
{
	if (day->exception)
		return day->minutes > 0 ? MARK_WORKED : MARK_OFF;
	return day->minutes > 0 ? -1 : MARK_FREE;
}

static enum tone tone_of(int mark)
{
	return mark == MARK_FREE ? TONE_MUTED : mark == MARK_OFF ? TONE_BAD : mark == MARK_WORKED ? TONE_GOOD : TONE_NONE;
}

static void add_day(struct strbuf *out, const struct calendar_day_mark *day, const struct render_options *options)
{
	int mark = kind_of(day);

	color_on(out, tone_of(mark), options);
	strbuf_addf(out, "%2d%s", civil_from_date(day->date).day, mark < 0 ? " " : mark_of(mark, options->ascii));
	color_off(out, tone_of(mark), options);
}

/* One of the six weeks a month may touch. */
static void add_week(struct strbuf *out, const struct month *month, int week, const struct render_options *options)
{
	int first = month->count > 0 ? date_weekday(month->days[0].date) - 1 : 0;

	for (int i = 0; i < 7; i++) {
		int at = week * 7 + i - first;

		if (at < 0 || at >= (int)month->count)
			strbuf_add_repeat(out, " ", DAY_CELLS);
		else
			add_day(out, &month->days[at], options);
	}
}

/* The line without blanks at its end. */
static void end_line(struct strbuf *out)
{
	while (out->len > 0 && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_titles(struct strbuf *out, const struct month *months, size_t count, const struct render_options *options)
{
	for (size_t m = 0; m < count && months[m].days; m++) {
		struct civil civil = civil_from_date(months[m].days[0].date);

		strbuf_add_repeat(out, " ", m ? GAP : 0);
		color_on(out, TONE_STRONG, options);
		strbuf_addf(out, "%04d-%02d", civil.year, civil.month);
		color_off(out, TONE_STRONG, options);
		strbuf_add_repeat(out, " ", MONTH_CELLS - 7);
	}
	end_line(out);
	for (size_t m = 0; m < count && months[m].days; m++) {
		strbuf_add_repeat(out, " ", m ? GAP : 0);
		color_on(out, TONE_MUTED, options);
		for (int day = 1; day <= 7; day++)
			utf8_pad(out, slice_of(weekday_short(day)), DAY_CELLS, false, "");
		color_off(out, TONE_MUTED, options);
	}
	end_line(out);
}

static int weeks_of(const struct month *month)
{
	return month->count > 0 ? ((int)month->count + date_weekday(month->days[0].date) - 1 + 6) / 7 : 0;
}

static void add_row(struct strbuf *out, const struct month *months, size_t count, const struct render_options *options)
{
	int weeks = 0;

	add_titles(out, months, count, options);
	for (size_t m = 0; m < count; m++)
		if (weeks_of(&months[m]) > weeks)
			weeks = weeks_of(&months[m]);
	for (int week = 0; week < weeks; week++) {
		for (size_t m = 0; m < count && months[m].days; m++) {
			strbuf_add_repeat(out, " ", m ? GAP : 0);
			add_week(out, &months[m], week, options);
		}
		end_line(out);
	}
}

static void add_legend(struct strbuf *out, const struct render_options *options)
{
	static const char *const meanings[MARKS] = { N_("no work"), N_("day off"), N_("extra or different working day") };

	for (int mark = 0; mark < MARKS; mark++) {
		strbuf_add_str(out, mark ? "  " : "");
		color_on(out, tone_of(mark), options);
		strbuf_add_str(out, mark_of(mark, options->ascii));
		color_off(out, tone_of(mark), options);
		strbuf_addf(out, " %s", _(meanings[mark]));
	}
	strbuf_add_char(out, '\n');
}

/* As many as fit, so that rows are alike: a divisor of twelve. */
static size_t months_in_row(size_t width)
{
	static const size_t numbers[] = { 12, 6, 4, 3, 2 };

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
		if (numbers[i] * (MONTH_CELLS + GAP) - GAP <= width)
			return numbers[i];
	return 1;
}

void terminal_calendar(const struct figure *figure, const struct render_options *options, struct strbuf *out)
{
	size_t in_row = months_in_row(options->width > 0 ? (size_t)options->width : 80), from = 0, days;

	while (from < figure->nodes.len) {
		struct month months[MONTHS_MOST] = { { NULL, 0 } };

		for (size_t m = 0; m < in_row && calendar_month(figure, from, &days); m++, from += days)
			months[m] = (struct month){ (const struct calendar_day_mark *)figure->nodes.items + from, days };
		add_row(out, months, in_row, options);
		strbuf_add_char(out, '\n');
	}
	add_legend(out, options);
}
