/* The terminal: exact widths whatever the script, no escape codes unless asked for, ASCII where that is all there is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/render-internal.h"
#include "sample.h"

#include <string.h>

static void render(struct strbuf *out, const struct doc *doc, const struct render_options *options)
{
	struct err err;
	err_init(&err);
	strbuf_reset(out);
	assert_int_equal(render_terminal(doc, options, out, &err), 0);
	err_release(&err);
}

/* The widest line, in cells; checks that the text is valid and its lines have no blanks at the end. */
static size_t widest_line(const struct strbuf *out)
{
	struct slice rest = strbuf_slice(out);
	size_t widest = 0;
	assert_int_equal(utf8_check(rest), rest.len);
	while (rest.len) {
		size_t n = slice_find(rest, '\n');
		size_t width = utf8_width(slice_new(rest.at, n));
		widest = width > widest ? width : widest;
		rest = slice_from(rest, n + 1);
	}
	return widest;
}

static void nothing_is_wider_than_the_terminal(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	sample_build(&doc, 12);
	for (int width = 60; width <= 220; width += 7) {
		struct render_options options = sample_options(width);
		render(&out, &doc, &options);
		assert_true(widest_line(&out) <= (size_t)width);
	}
	doc_release(&doc);
	strbuf_release(&out);
}

/* 23 cells for the bars: 6 for 4 to the left, 17 for 12 to the right. */
static void a_tornado_has_two_sides(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct figure *f = sample_chart(&doc, FIGURE_TORNADO, "t");
	struct series *series = f->chart.series.items;
	static const double low[] = { -4, -1, 2, 0 }, high[] = { 6, 12, -2, 0 };
	for (int i = 0; i < 4; i++) {
		series[0].points[i].y = low[i];
		series[1].points[i].y = high[i];
	}
	f->chart.y_axis = AXIS_NUMBER;
	struct render_options options = sample_options(46);
	terminal_tornado(f, &options, &out);
	assert_string_equal(out.buf, "▒ planned value   █ earned value\n"
				     "人力          ▒▒▒▒▒▒│█████████         -4  +6\n"
				     "设备              ▒▒│█████████████████ -1 +12\n"
				     "软件 licences    ███│▒▒▒               +2  -2\n"
				     "差旅 <x>            │                   0   0\n");
	options.ascii = true;
	strbuf_reset(&out);
	terminal_tornado(f, &options, &out);
	assert_non_null(strstr(out.buf, "|#########  "));
	assert_null(strstr(out.buf, "█"));
	doc_release(&doc);
	strbuf_release(&out);
}

/* Column positions: a right column's last cell and a left column's first cell are the same in every row. */
static void columns_stand_under_each_other(void **state)
{
	struct render_options options = sample_options(0);
	struct strbuf out;
	struct doc doc;
	size_t expected = 0;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	sample_table(&doc, 6);
	render(&out, &doc, &options);
	struct slice rest = strbuf_slice(&out);
	for (int line = 0; rest.len; line++) {
		struct slice text = slice_new(rest.at, slice_find(rest, '\n'));
		const char *date = line < 3 ? NULL : strstr(text.at, "2026-03");
		if (date && date < text.at + text.len) {
			size_t at = utf8_width(slice_new(text.at, (size_t)(date - text.at)));
			assert_true(!expected || at == expected);
			expected = at;
		}
		rest = slice_from(rest, text.len + 1);
	}
	assert_true(expected > 0);
	doc_release(&doc);
	strbuf_release(&out);
}

static void columns_go_by_priority(void **state)
{
	struct render_options options = sample_options(80);
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	sample_table(&doc, 4);
	render(&out, &doc, &options);
	assert_non_null(strstr(out.buf, "finish"));
	assert_null(strstr(out.buf, "cost"));
	assert_null(strstr(out.buf, "number")); /* data only */
	options.width = 30;
	render(&out, &doc, &options);
	assert_null(strstr(out.buf, "status"));
	assert_non_null(strstr(out.buf, "finish"));
	assert_non_null(strstr(out.buf, "…"));
	options.width = 300;
	render(&out, &doc, &options);
	assert_non_null(strstr(out.buf, "cost"));
	assert_null(strstr(out.buf, "…"));
	doc_release(&doc);
	strbuf_release(&out);
}

/* Half a date or half an id is worse than none: texts give way first, lists end behind an item. */
static void numbers_and_ids_stay_whole(void **state)
{
	struct strbuf out;
	struct doc doc;
	struct cell ids[3], date = cell_date(date_from_civil(2026, 6, 10)), counts[] = { cell_integer(1), cell_integer(12) };
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct table *table = doc_table(&doc, "t", NULL);
	table_column(table, "id", "id", ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", "title", ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "tasks", "tasks", ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "result", "result", ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "since", "since", ALIGN_LEFT, PRIORITY_MUST);
	for (int i = 0; i < 3; i++)
		ids[i] = cell_ref(&doc.arena, slice_of(i == 1 ? "T-1020" : "T-11"), slice_of(""));
	struct cell *cells = table_row(table)->cells;
	cells[0] = cell_ref(&doc.arena, slice_of("REQ-1234567"), slice_of(""));
	cells[1] = cell_text(&doc.arena, slice_of("前置机远程运维与监控平台的建设与验收"));
	cells[2] = cell_list(&doc.arena, ids, 3);
	cells[3] = cell_message_of(&doc.arena, "%s of %s tests pass", counts, 2);
	cells[4] = cell_message_of(&doc.arena, "%s or earlier", &date, 1);
	struct render_options options = sample_options(80);
	render(&out, &doc, &options);
	assert_non_null(strstr(out.buf, "REQ-1234567  "));
	assert_non_null(strstr(out.buf, "  T-11, …  "));
	assert_non_null(strstr(out.buf, "  1 of 12 tests pass  2026-06-10 or earlier\n"));
	assert_true(widest_line(&out) <= 80);
	options = sample_options(95);
	render(&out, &doc, &options);
	assert_non_null(strstr(out.buf, "  T-11, T-1020, …  "));
	options = sample_options(120);
	render(&out, &doc, &options);
	assert_non_null(strstr(out.buf, "  T-11, T-1020, T-11  "));
	doc_release(&doc);
	strbuf_release(&out);
}

static void escape_codes_only_when_asked_for(void **state)
{
	struct render_options options = sample_options(100);
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	sample_build(&doc, 6);
	render(&out, &doc, &options);
	assert_null(strchr(out.buf, '\033'));
	options.color = true;
	render(&out, &doc, &options);
	assert_non_null(strchr(out.buf, '\033'));
	doc_release(&doc);
	strbuf_release(&out);
}

/* pmt's own marks are ASCII; what people wrote stays what it is. */
static void ascii_where_that_is_all(void **state)
{
	struct render_options options = sample_options(100);
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	options.ascii = true;
	doc_heading(&doc, 1, cell_message("Heading"));
	struct table *table = doc_table(&doc, "records", NULL);
	table_column(table, "title", NULL, ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_row(table)->cells[0] = cell_toned(TONE_BAD, cell_text(&doc.arena, slice_of("a title that is much too long for the narrow "
		"terminal that is eighty columns wide or a hundred, as this one is")));
	table_row(table)->cells[0] = cell_text(&doc.arena, slice_of("▁▂▃▄▅▆▇█ 10d → 15d …"));
	doc_paragraph(&doc, cell_message(N_("before → after, ≤ 7 × 8–14")));
	pairs_add(&doc, doc_pairs(&doc, "x"), "recent", NULL, cell_text(&doc.arena, slice_of("▁█ ↗ ↘")));
	struct figure *gantt = sample_gantt(&doc);
	for (size_t i = 0; i < gantt->gantt.rows.len; i++)
		((struct gantt_row *)gantt->gantt.rows.items)[i].title = slice_of("plain");
	struct figure *line = sample_chart(&doc, FIGURE_LINE, "line");
	assert_non_null(line);
	render(&out, &doc, &options);
	for (size_t i = 0; i < out.len; i++)
		assert_true((unsigned char)out.buf[i] < 0x80);
	assert_non_null(strstr(out.buf, ".:-=+*#@ 10d -> 15d ..."));
	assert_non_null(strstr(out.buf, "before -> after, <= 7 x 8-14"));
	assert_non_null(strstr(out.buf, "recent  .@ ^ v\n"));
	doc_release(&doc);
	strbuf_release(&out);
}

static void wraps(const char *text, size_t width, size_t indent, const char *expected)
{
	struct strbuf out;
	strbuf_init(&out);
	render_wrapped(&out, slice_of(text), width, indent);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void lines_break_where_readers_expect(void **state)
{
	(void)state;
	wraps("one two three", 7, 0, "one two\nthree");
	wraps("one two", 7, 2, "one\n  two");
	wraps("结算引擎联调", 8, 0, "结算引擎\n联调");
	wraps("结算引擎，联调", 8, 0, "结算引\n擎，联调");
	wraps("（甲）乙（丙）", 8, 0, "（甲）乙\n（丙）");
	wraps("abcdefghij", 4, 0, "abcd\nefgh\nij");
	wraps("中文 mixed", 6, 0, "中文\nmixed");
	wraps("cafe\xcc\x81 x", 4, 0, "cafe\xcc\x81\nx");
	wraps("", 4, 0, "");
	wraps("中", 1, 0, "中");
	wraps("a b", 0, 0, "a b");
}

static void an_empty_table_says_so(void **state)
{
	struct render_options options = sample_options(80);
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	struct table *table = doc_table(&doc, "records", NULL);
	table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_MUST);
	render(&out, &doc, &options);
	assert_string_equal(out.buf, "(none)\n");
	table->empty = "nothing is late";
	render(&out, &doc, &options);
	assert_string_equal(out.buf, "nothing is late\n");
	doc_release(&doc);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_wider_than_the_terminal),
		cmocka_unit_test(a_tornado_has_two_sides),
		cmocka_unit_test(columns_stand_under_each_other),
		cmocka_unit_test(columns_go_by_priority),
		cmocka_unit_test(numbers_and_ids_stay_whole),
		cmocka_unit_test(escape_codes_only_when_asked_for),
		cmocka_unit_test(ascii_where_that_is_all),
		cmocka_unit_test(lines_break_where_readers_expect),
		cmocka_unit_test(an_empty_table_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
