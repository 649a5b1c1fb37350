/* The Gantt chart's geometry, and its rows in the terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/gantt_layout.h"
#include "render/render-internal.h"
#include "sample.h"

#include <math.h>
#include <string.h>

static const struct gantt_density cells = { .least = { 3, 3.0 / 7, 3.0 / 30.5, 3.0 / 91, 5.0 / 365 }, .most = 4, .whole = true, .window = true };

static void lay_out(struct gantt_layout *layout, date_t days, int zoom, double room)
{
	struct gantt gantt = { .from = day_at(3, 2, 0), .today = MOMENT_NONE, .zoom = zoom };
	gantt.to = gantt.from + (moment_t)days * MINUTES_PER_DAY;
	vec_init(&gantt.rows, sizeof(struct gantt_row));
	gantt_layout_init(layout, &gantt, &cells, room);
}

static void zoom_follows_from_the_room(void **state)
{
	static const struct {
		int days;
		enum gantt_zoom zoom;
	} cases[] = { { 5, ZOOM_DAY }, { 14, ZOOM_DAY }, { 30, ZOOM_WEEK }, { 100, ZOOM_WEEK }, { 300, ZOOM_MONTH }, { 900, ZOOM_QUARTER },
		{ 3000, ZOOM_YEAR }, { 300000, ZOOM_YEAR } };
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct gantt_layout layout;
		lay_out(&layout, cases[i].days, 0, 45);
		assert_int_equal(layout.zoom, cases[i].zoom);
		assert_true(layout.width <= 45.001);
		assert_true(layout.minor.len > 0);
		assert_true(fabs(gantt_x(&layout, layout.to) - layout.width) < 1e-6);
		gantt_layout_release(&layout);
	}
}

static void ticks_are_the_periods(void **state)
{
	struct gantt_layout layout;
	(void)state;
	lay_out(&layout, 300, 'm', 200);
	const struct gantt_tick *ticks = layout.minor.items;
	assert_string_equal(ticks[0].label, "Mar");
	assert_string_equal(ticks[1].label, "Apr");
	for (size_t i = 1; i < layout.minor.len; i++) {
		assert_true(fabs(ticks[i].x0 - ticks[i - 1].x1) < 1e-6);
		assert_int_equal(civil_from_date(ticks[i].date).day, 1);
	}
	gantt_layout_release(&layout);
	lay_out(&layout, 14, 'w', 60);
	assert_int_equal(date_weekday(((struct gantt_tick *)layout.minor.items)[1].date), 1);
	gantt_layout_release(&layout);
}

static void a_zoom_that_does_not_fit_shows_the_part_around_today(void **state)
{
	struct gantt gantt = { .from = day_at(1, 1, 0), .to = day_at(12, 31, 0), .today = day_at(6, 10, 9), .zoom = 'd' };
	struct gantt_layout layout;
	(void)state;
	vec_init(&gantt.rows, sizeof(struct gantt_row));
	gantt_layout_init(&layout, &gantt, &cells, 60);
	assert_true(layout.clipped_before && layout.clipped_after);
	assert_true(layout.from < gantt.today && gantt.today < layout.to);
	assert_true(layout.width <= 60);
	gantt_layout_release(&layout);
}

static void slip_counts_working_days(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	struct figure *f = sample_gantt(&doc);
	struct gantt_row *row = (struct gantt_row *)f->gantt.rows.items + 2;
	assert_int_equal(gantt_slip_days(&f->gantt, row), 8); /* Wed 2026-05-20 to Mon 2026-06-01 */
	row->finish = day_at(5, 15, 18);
	assert_int_equal(gantt_slip_days(&f->gantt, row), -3);
	row->finish = row->baseline_finish;
	assert_int_equal(gantt_slip_days(&f->gantt, row), 0);
	doc_release(&doc);
}

static void draw(struct strbuf *out, const struct figure *figure, int width)
{
	struct render_options options = sample_options(width);
	strbuf_reset(out);
	terminal_gantt(&figure->gantt, &options, out);
}

/* The bars begin in one column, whatever script the titles are in. */
static void bars_stand_under_their_dates(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct figure *f = sample_gantt(&doc);
	for (int width = 40; width <= 220; width += 9) {
		draw(&out, f, width);
		struct slice rest = strbuf_slice(&out);
		while (rest.len) {
			size_t n = slice_find(rest, '\n');
			assert_true(utf8_width(slice_new(rest.at, n)) <= (size_t)width);
			rest = slice_from(rest, n + 1);
		}
		assert_non_null(strstr(out.buf, "█"));
		assert_non_null(strstr(out.buf, "▓"));
		assert_non_null(strstr(out.buf, "◆"));
	}
	doc_release(&doc);
	strbuf_release(&out);
}

/* One task, one cell a day's quarter: 4 cells a day. */
static void a_bar_covers_its_days(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct figure *f = doc_figure(&doc, FIGURE_GANTT, "gantt", NULL);
	struct gantt_row *row = sample_bar(f, "T-1", "A", day_at(3, 3, 0), day_at(3, 5, 0));
	row->progress = 50;
	f->gantt.from = day_at(3, 2, 0);
	f->gantt.to = day_at(3, 7, 0);
	draw(&out, f, 80);
	assert_string_equal(out.buf, "      2026-03\n      02  03  04  05  06\nT-1 A     ████░░░░\n█ done  ░ to do\n");
	doc_release(&doc);
	strbuf_release(&out);
}

static void odd_charts_are_drawn_all_the_same(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct figure *f = doc_figure(&doc, FIGURE_GANTT, "gantt", NULL);
	draw(&out, f, 80);
	assert_string_equal(out.buf, "(none)\n");
	sample_bar(f, "T-1", "", MOMENT_NONE, MOMENT_NONE);
	draw(&out, f, 80);
	struct gantt_row *row = sample_bar(f, "T-2", "backwards", day_at(3, 9, 9), day_at(3, 2, 9));
	row->progress = 400;
	row->depth = 60;
	row = sample_bar(f, "T-3", "from year 1 to year 9999", moment_from_date(date_from_civil(1, 1, 1)), moment_from_date(date_from_civil(9999, 12, 31)));
	row->flags = GANTT_CRITICAL;
	for (int width = 1; width < 100; width += 13)
		draw(&out, f, width);
	static const char zooms[] = "dwmqy?";
	for (const char *zoom = zooms; *zoom; zoom++) {
		f->gantt.zoom = *zoom;
		draw(&out, f, 80);
	}
	assert_non_null(strstr(out.buf, "T-3"));
	doc_release(&doc);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zoom_follows_from_the_room),
		cmocka_unit_test(ticks_are_the_periods),
		cmocka_unit_test(a_zoom_that_does_not_fit_shows_the_part_around_today),
		cmocka_unit_test(slip_counts_working_days),
		cmocka_unit_test(bars_stand_under_their_dates),
		cmocka_unit_test(a_bar_covers_its_days),
		cmocka_unit_test(odd_charts_are_drawn_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
