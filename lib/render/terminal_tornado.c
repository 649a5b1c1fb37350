/*
 * A tornado in a terminal: for each category two bars from a common zero, one for each series, exact to half a cell; the values behind. Glyphs
 * tell the series apart, not only colours.
 */
#include "render/chart_layout.h"
#include "render/render-internal.h"

#include "base/utf8.h"

#include <math.h>

enum { HALF_MOST = 30, HALF_LEAST = 5 };

struct tornado {
	const struct figure *figure;
	const struct render_options *options;
	double reach[2];  /* of the longest bar to the left, to the right */
	size_t cells[2];  /* room for them */
	size_t label, value[2];
};

static const char *bar_glyph(size_t series, bool ascii)
{
	return ascii ? (series ? "#" : "=") : series ? "█" : "▒";
}

static enum tone bar_tone(const struct series *series)
{
	return series->tone;
}

static double value_at(const struct tornado *t, size_t series, size_t row)
{
	const struct series *s = (const struct series *)t->figure->chart.series.items + series;

	return row < s->count && point_finite(&s->points[row]) ? s->points[row].y : 0;
}

static void add_value(struct strbuf *out, const struct tornado *t, double value)
{
	if (value > 0)
		strbuf_add_char(out, '+');
	axis_value(out, t->figure->chart.y_axis, value, t->options);
}

/* The longer of the bars on one side wins a cell; on the left they grow from the right. */
static void add_side(struct strbuf *out, const struct tornado *t, size_t row, bool right)
{
	size_t length[2];

	for (size_t s = 0; s < 2; s++) {
		double value = value_at(t, s, row), reach = t->reach[right];

		value = right ? value : -value;
		length[s] = value > 0 && reach > 0 ? (size_t)lround(value / reach * (double)t->cells[right]) : 0;
		if (value > 0 && length[s] == 0)
			length[s] = 1;
	}
	for (size_t i = 0; i < t->cells[right]; i++) {
		size_t from_zero = right ? i : t->cells[0] - 1 - i;
		int series = from_zero < length[1] && (length[1] <= length[0] || from_zero >= length[0]) ? 1 :
			from_zero < length[0]                                                 ? 0 :
												-1;
		const struct series *all = t->figure->chart.series.items;

		if (series < 0) {
			strbuf_add_char(out, ' ');
			continue;
		}
		color_on(out, bar_tone(&all[series]), t->options);
		strbuf_add_str(out, bar_glyph((size_t)series, t->options->ascii));
		color_off(out, bar_tone(&all[series]), t->options);
	}
}

static void add_row(struct strbuf *out, const struct tornado *t, size_t row)
{
	struct strbuf text;

	strbuf_init(&text);
	add_line(&text, t->figure->chart.categories[row]);
	utf8_pad(out, strbuf_slice(&text), t->label, false, t->options->ascii ? "~" : "…");
	strbuf_add_char(out, ' ');
	add_side(out, t, row, false);
	strbuf_add_str(out, t->options->ascii ? "|" : "│");
	add_side(out, t, row, true);
	for (size_t s = 0; s < 2; s++) {
		strbuf_reset(&text);
		add_value(&text, t, value_at(t, s, row));
		strbuf_add_char(out, ' ');
		utf8_pad(out, strbuf_slice(&text), t->value[s], true, "");
	}
	strbuf_add_char(out, '\n');
	strbuf_release(&text);
}

/* Widths of the labels, of the values; how far the bars reach; how the rest is divided. */
static void measure(struct tornado *t)
{
	size_t width = t->options->width > 0 ? (size_t)t->options->width : 100, used;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t row = 0; row < t->figure->chart.category_count; row++) {
		size_t cells = utf8_width(t->figure->chart.categories[row]);

		t->label = cells > t->label ? cells : t->label;
		for (size_t s = 0; s < 2; s++) {
			double value = value_at(t, s, row);

			t->reach[value > 0] = fmax(t->reach[value > 0], fabs(value));
			strbuf_reset(&text);
			add_value(&text, t, value);
			t->value[s] = utf8_width(strbuf_slice(&text)) > t->value[s] ? utf8_width(strbuf_slice(&text)) : t->value[s];
		}
	}
	strbuf_release(&text);
	t->label = t->label > width * 2 / 5 ? width * 2 / 5 : t->label;
	used = t->label + t->value[0] + t->value[1] + 5;
	width = width > used + 2 * HALF_LEAST ? width - used : 2 * HALF_LEAST;
	width = width > 2 * HALF_MOST ? 2 * HALF_MOST : width;
	t->cells[0] = t->reach[0] + t->reach[1] > 0 ? (size_t)lround((double)width * t->reach[0] / (t->reach[0] + t->reach[1])) : 0;
	t->cells[1] = width - t->cells[0];
}

void terminal_tornado(const struct figure *figure, const struct render_options *options, struct strbuf *out)
{
	struct tornado t = { .figure = figure, .options = options };
	const struct series *series = figure->chart.series.items;

	if (figure->chart.series.len < 2 || figure->chart.category_count == 0) {
		strbuf_addf(out, "%s\n", _("(no data)"));
		return;
	}
	for (size_t s = 0; s < 2; s++) {
		strbuf_addf(out, "%s%s ", s ? "   " : "", bar_glyph(s, options->ascii));
		add_line(out, series_name(&series[s]));
	}
	strbuf_add_char(out, '\n');
	measure(&t);
	for (size_t row = 0; row < figure->chart.category_count; row++)
		add_row(out, &t, row);
}
