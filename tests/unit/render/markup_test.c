/* HTML, SVG and Markdown: well-formed, everything escaped, nothing loaded from elsewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "render/render-internal.h"
#include "render/svg-internal.h"
#include "sample.h"
#include "text/xml.h"

#include <math.h>
#include <string.h>

struct page_check {
	struct map ids;
	struct arena arena;
	size_t scripts, rows, svgs, links;
	bool broken_link;
};

static void on_open(void *context, const char *name, const char *const *attributes, size_t depth, unsigned long line)
{
	struct page_check *check = context;
	(void)depth;
	(void)line;
	check->scripts += !strcmp(name, "script");
	check->rows += !strcmp(name, "tr");
	check->svgs += !strcmp(name, "svg");
	for (size_t i = 0; attributes[i]; i += 2) {
		if (!strcmp(attributes[i], "id")) /* unique in the page */
			assert_true(map_put(&check->ids, slice_of(arena_strdup(&check->arena, attributes[i + 1])), 1));
		if (!strcmp(attributes[i], "src") || !strcmp(attributes[i], "href"))
			assert_true(attributes[i + 1][0] == '#' || !strncmp(attributes[i + 1], "data:", 5));
		assert_false(!strncmp(attributes[i], "on", 2)); /* no handler in the markup */
	}
}

static void on_close(void *context, const char *name, struct slice text, size_t depth, unsigned long line)
{
	(void)context;
	(void)name;
	(void)text;
	(void)depth;
	(void)line;
}

static void check_markup(const struct strbuf *out, struct page_check *check)
{
	struct xml_events events = { .context = check, .open = on_open, .close = on_close };
	struct err err;
	err_init(&err);
	memset(check, 0, sizeof(*check));
	map_init(&check->ids);
	arena_init(&check->arena);
	struct slice text = strbuf_slice(out);
	if (slice_starts(text, "<!DOCTYPE html>")) /* the reader of project files takes none */
		text = slice_from(text, slice_find(text, '\n'));
	if (xml_read(text, "page", &events, &err) < 0)
		fail_msg("%s", err.message);
	map_release(&check->ids);
	arena_release(&check->arena);
	err_release(&err);
}

static void html_is_well_formed_and_escaped(void **state)
{
	struct render_options options = sample_options(0);
	struct page_check check;
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	sample_build(&doc, 9);
	assert_int_equal(render_html(&doc, &options, &out, &err), 0);
	check_markup(&out, &check);
	assert_int_equal(check.scripts, 1); /* ours */
	assert_int_equal(check.rows, 10);
	assert_non_null(strstr(out.buf, "lang=\"zh-CN\""));
	assert_null(strstr(out.buf, "<script>alert"));
	assert_non_null(strstr(out.buf, "&lt;script&gt;alert"));
	assert_null(strstr(out.buf, "@import"));
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

static void long_tables_come_in_pieces(void **state)
{
	struct render_options options = sample_options(0);
	struct page_check check;
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	doc_init(&doc, "x/1");
	sample_table(&doc, 10000);
	assert_int_equal(render_html(&doc, &options, &out, &err), 0);
	check_markup(&out, &check);
	assert_int_equal(check.rows, 10001);
	size_t chunks = 0;
	for (const char *at = out.buf; (at = strstr(at, "class=\"chunk\"")) != NULL; at++)
		chunks++;
	assert_int_equal(chunks, 100);
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

static size_t count_of(const struct strbuf *out, const char *text)
{
	size_t count = 0;
	for (const char *at = out->buf; (at = strstr(at, text)) != NULL; at++)
		count++;
	return count;
}

/* 250 rows are three bands; a link from the first row to the last passes through the one between. */
static void a_long_gantt_comes_in_bands(void **state)
{
	struct render_options options = sample_options(0);
	struct page_check check;
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	doc_init(&doc, "x/1");
	struct gantt *gantt = &doc_figure(&doc, FIGURE_GANTT, "gantt", "Schedule")->gantt;
	gantt->from = moment_from_date(20000);
	gantt->to = moment_from_date(20100);
	gantt->today = moment_from_date(20050);
	for (int i = 0; i < 250; i++) {
		struct gantt_row *row = vec_push(&gantt->rows);
		*row = (struct gantt_row){ .id = slice_of("T"), .title = slice_of("t"), .start = moment_from_date(20000 + i / 4),
			.finish = moment_from_date(20003 + i / 4), .baseline_start = MOMENT_NONE, .baseline_finish = MOMENT_NONE,
			.late_finish = MOMENT_NONE, .deadline = MOMENT_NONE };
	}
	vec_append(&gantt->links, &(struct gantt_link){ 0, 249, LINK_FS, false });
	vec_append(&gantt->links, &(struct gantt_link){ 120, 121, LINK_FF, true });
	assert_int_equal(render_html(&doc, &options, &out, &err), 0);
	check_markup(&out, &check);
	assert_int_equal(count_of(&out, "class=\"gb\""), 3);
	assert_int_equal(count_of(&out, "class=\"gb\" style=\"height:2600px\""), 2);
	assert_int_equal(count_of(&out, "class=\"gb\" style=\"height:1300px\""), 1);
	assert_int_equal(count_of(&out, "<rect class=\"re\""), 250 + 1); /* and the legend's */
	assert_int_equal(count_of(&out, "<polyline class=\"li\""), 2); /* at both its ends */
	assert_int_equal(count_of(&out, "<path class=\"li\""), 1);     /* and between them */
	assert_int_equal(count_of(&out, "<polyline class=\"lc\""), 1);
	assert_int_equal(count_of(&out, "class=\"td\""), 3 + 1);
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

static void every_figure_is_a_picture(void **state)
{
	struct render_options options = sample_options(0);
	struct page_check check;
	struct strbuf out;
	struct doc doc;
	size_t figures = 0;
	(void)state;
	strbuf_init(&out);
	sample_build(&doc, 1);
	struct block *const *blocks = doc.blocks.items;
	for (size_t i = 0; i < doc.blocks.len; i++) {
		if (blocks[i]->type != BLOCK_FIGURE)
			continue;
		strbuf_reset(&out);
		svg_figure(&out, blocks[i]->figure, &doc.units, &options, 1, true);
		check_markup(&out, &check);
		assert_int_equal(check.svgs, 1);
		assert_null(strstr(out.buf, "nan"));
		assert_null(strstr(out.buf, "inf"));
		figures++;
	}
	assert_int_equal(figures, 13);
	doc_release(&doc);
	strbuf_release(&out);
}

static void no_figure_is_said_so(void **state)
{
	struct render_options options = sample_options(0);
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	doc_init(&doc, "x/1");
	assert_int_equal(render_svg(&doc, &options, &out, &err), ERR_USAGE);
	assert_non_null(err.message);
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

static void odd_numbers_leave_charts_whole(void **state)
{
	static const enum figure_type types[] = { FIGURE_LINE, FIGURE_AREA, FIGURE_SCATTER, FIGURE_BAR, FIGURE_HISTOGRAM, FIGURE_TORNADO, FIGURE_FEVER };
	struct render_options options = sample_options(80);
	struct page_check check;
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		struct figure *f = sample_chart(&doc, types[i], "c");
		struct series *series = f->chart.series.items;
		for (int change = 0; change < 6; change++) {
			series[0].points[1].y = change == 0 ? NAN : change == 1 ? INFINITY : change == 2 ? -1e12 : change == 3 ? 1e18 : change == 4 ? 0 : -1.7e308;
			if (change == 4)
				for (size_t s = 0; s < f->chart.series.len; s++)
					series[s].count = 1;
			strbuf_reset(&out);
			svg_figure(&out, f, &doc.units, &options, 1, true);
			check_markup(&out, &check);
			assert_null(strstr(out.buf, "nan"));
			assert_null(strstr(out.buf, "\"inf"));
			terminal_figure(f, &doc.units, &options, &out);
		}
		f->chart.series.len = 0;
		strbuf_reset(&out);
		svg_figure(&out, f, &doc.units, &options, 1, true);
		check_markup(&out, &check);
	}
	doc_release(&doc);
	strbuf_release(&out);
}

static void markdown_tables_keep_their_cells(void **state)
{
	struct render_options options = sample_options(0);
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	doc_init(&doc, "x/1");
	sample_table(&doc, 4);
	assert_int_equal(render_markdown(&doc, &options, &out, &err), 0);
	assert_null(strstr(out.buf, "<script>"));
	struct slice rest = strbuf_slice(&out);
	while (rest.len) {
		struct slice line = slice_new(rest.at, slice_find(rest, '\n'));
		size_t bars = 0;
		for (size_t i = 0; i < line.len; i++)
			bars += line.at[i] == '|' && (i == 0 || line.at[i - 1] != '\\');
		assert_true(bars == 0 || bars == 11); /* ten columns for people */
		rest = slice_from(rest, line.len + 1);
	}
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_is_well_formed_and_escaped),
		cmocka_unit_test(long_tables_come_in_pieces),
		cmocka_unit_test(a_long_gantt_comes_in_bands),
		cmocka_unit_test(every_figure_is_a_picture),
		cmocka_unit_test(no_figure_is_said_so),
		cmocka_unit_test(odd_numbers_leave_charts_whole),
		cmocka_unit_test(markdown_tables_keep_their_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
