/* Calendars in SVG: months in rows of four, a square a day, days off and extra working days in colours and with a tooltip. */
#include "render/svg-internal.h"

#include "base/utf8.h"

#include <string.h>

enum { DAY_WIDTH = 28, DAY_HEIGHT = 24, MONTH_GAP = 26, TITLE = 26, HEAD = 18, IN_ROW = 4, WEEKS = 6, LEGEND = 30 };

static const char *class_of(const struct calendar_day_mark *day)
{
	if (day->exception)
		return day->minutes > 0 ? "h1" : "h4";
	return day->minutes > 0 ? "bo" : "h0";
}

static double month_x(size_t month)
{
	return 8 + (double)(month % IN_ROW) * (7 * DAY_WIDTH + MONTH_GAP);
}

static double month_y(size_t month)
{
	return 8 + (double)(month / IN_ROW) * (TITLE + HEAD + WEEKS * DAY_HEIGHT + MONTH_GAP / 2);
}

static void add_day(struct svg *svg, const struct calendar_day_mark *day, double x, double y)
{
	struct strbuf text;
	char date[CIVIL_TEXT];

	strbuf_init(&text);
	strbuf_addf(&text, "%d", civil_from_date(day->date).day);
	strbuf_add_str(svg->out, "<g>");
	svg_rect(svg, class_of(day), x + 1, y + 1, DAY_WIDTH - 2, DAY_HEIGHT - 2);
	svg_text(svg, day->exception ? "st m" : day->minutes > 0 ? "m" : "mu m", x + DAY_WIDTH / 2.0, y + 16, strbuf_slice(&text));
	strbuf_reset(&text);
	strbuf_addf(&text, "%s %s", date_print(day->date, date), day->hours.len ? "" : _("off"));
	strbuf_add_slice(&text, day->hours);
	if (day->remark.len > 0)
		strbuf_add_char(&text, ' ');
	strbuf_add_slice(&text, day->remark);
	svg_tip(svg, strbuf_slice(&text));
	strbuf_add_str(svg->out, "</g>");
	strbuf_release(&text);
}

static void add_month(struct svg *svg, const struct calendar_day_mark *days, size_t count, double x, double y)
{
	struct civil civil = civil_from_date(days[0].date);
	int first = date_weekday(days[0].date) - 1;
	struct strbuf title;

	strbuf_init(&title);
	strbuf_addf(&title, "%04d-%02d", civil.year, civil.month);
	svg_text(svg, "st", x + 2, y + 15, strbuf_slice(&title));
	strbuf_release(&title);
	for (int day = 0; day < 7; day++)
		svg_text(svg, "mu sm m", x + (day + 0.5) * DAY_WIDTH, y + TITLE + 10, slice_of(weekday_short(day + 1)));
	for (size_t i = 0; i < count; i++) {
		int at = first + (int)i;

		add_day(svg, &days[i], x + at % 7 * DAY_WIDTH, y + TITLE + HEAD + at / 7 * DAY_HEIGHT);
	}
}

static void add_legend(struct svg *svg, double y)
{
	static const struct {
		const char *class, *meaning;
	} marks[] = { { "h0", N_("no work") }, { "h4", N_("day off") }, { "h1", N_("extra or different working day") } };
	double x = 10;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		svg_rect(svg, marks[i].class, x, y, 14, 14);
		svg_text(svg, "sm", x + 20, y + 11, slice_of(_(marks[i].meaning)));
		x += 44 + svg_text_width(slice_of(_(marks[i].meaning)));
	}
}

void svg_calendar(struct svg *svg)
{
	const struct calendar_day_mark *days = svg->figure->nodes.items;
	size_t months = 0, from, count;
	double width, height;

	for (from = 0; calendar_month(svg->figure, from, &count); from += count)
		months++;
	width = 16 + 7 * DAY_WIDTH + (months < IN_ROW ? (double)(months > 0 ? months - 1 : 0) : IN_ROW - 1) * (7 * DAY_WIDTH + MONTH_GAP);
	if (width < 420)
		width = 420; /* the legend */
	height = month_y(months > 0 ? months - 1 : 0) + TITLE + HEAD + WEEKS * DAY_HEIGHT + LEGEND;
	svg_open(svg, width, height, "cal");
	months = 0;
	for (from = 0; calendar_month(svg->figure, from, &count); from += count, months++)
		add_month(svg, days + from, count, month_x(months), month_y(months));
	add_legend(svg, height - LEGEND + 8);
	svg_close(svg);
}
