/* Numbers on axes, and names of series: the same words in every format. */
#include "render/render-internal.h"

#include <math.h>

struct slice series_name(const struct series *series)
{
	return series->label ? slice_of(_(series->label)) : series->name;
}

static void add_amount(struct strbuf *out, double value, const struct render_options *options)
{
	double size = fabs(value);
	if (options->chinese_units && size >= 1e8)
		strbuf_addf(out, "%.4g亿", value / 1e8);
	else if (options->chinese_units && size >= 1e4)
		strbuf_addf(out, "%.4g万", value / 1e4);
	else if (size >= 9e14) /* beyond what a decimal holds */
		strbuf_addf(out, "%.4g", value);
	else {
		decimal_t exact = decimal_from_double(round(value * 100) / 100);
		struct strbuf text;
		strbuf_init(&text);
		decimal_print(&text, exact, 0);
		add_grouped(out, strbuf_slice(&text));
		strbuf_release(&text);
	}
}

void axis_value(struct strbuf *out, enum axis axis, double value, const struct render_options *options)
{
	char date[CIVIL_TEXT];
	if (!isfinite(value)) {
		strbuf_add_str(out, _("n/a"));
		return;
	}
	if (axis == AXIS_DATE && fabs(value) < 3e6) {
		strbuf_add_str(out, date_print((date_t)floor(value), date));
		return;
	}
	add_amount(out, value, options);
	if (axis == AXIS_PERCENT)
		strbuf_add_str(out, " %");
}
