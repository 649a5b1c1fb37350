/* JSON and CSV, and that all formats show the same numbers; golden files of every format. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "render/render-internal.h"
#include "sample.h"
#include "text/csv.h"
#include "text/json.h"
#include "text/xml.h"

#include <stdlib.h>
#include <string.h>

static void render(struct strbuf *out, const char *format, const struct doc *doc, int width)
{
	struct render_options options = sample_options(width);
	struct err err;
	err_init(&err);
	strbuf_reset(out);
	assert_int_equal(renderer_find(format)->render(doc, &options, out, &err), 0);
	err_release(&err);
}

static json_t *read_json(const struct strbuf *out)
{
	json_t *root = NULL;
	struct err err;
	err_init(&err);
	if (json_read(&root, strbuf_slice(out), "out", &err) < 0)
		fail_msg("%s", err.message);
	return root;
}

static const char *text_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void json_has_typed_values(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	sample_build(&doc, 6);
	render(&out, "json", &doc, 0);
	json_t *root = read_json(&out);
	assert_string_equal(text_of(root, "schema"), "pmt.sample/1");
	assert_true(json_is_null(json_object_get(root, "at")));
	assert_string_equal(text_of(root, "now"), "2026-06-10");
	json_t *records = json_object_get(root, "records"), *first = json_array_get(records, 0), *third = json_array_get(records, 2);
	assert_int_equal(json_array_size(records), 6);
	assert_string_equal(text_of(first, "id"), "T-1");
	assert_string_equal(text_of(first, "start"), "2026-03-02T09:00");
	assert_string_equal(text_of(first, "finish"), "2026-05-01T00:00");
	assert_int_equal(json_integer_value(json_object_get(first, "total_float")), -470);
	assert_string_equal(text_of(json_object_get(first, "cost"), "amount"), "12345.6789");
	assert_string_equal(text_of(json_object_get(first, "cost"), "currency"), "CNY");
	assert_true(json_is_null(json_object_get(third, "cost")));
	assert_true(json_is_true(json_object_get(first, "critical")));
	assert_int_equal(json_array_size(json_object_get(third, "assign")), 2);
	assert_int_equal(json_array_size(json_object_get(root, "diagnostics")), 0);
	json_t *gantt = json_object_get(root, "gantt");
	assert_string_equal(text_of(gantt, "figure"), "gantt");
	assert_int_equal(json_array_size(json_object_get(gantt, "rows")), 5);
	json_decref(root);
	doc_release(&doc);
	strbuf_release(&out);
}

/* `show A B`: two pages of pairs under one key are one list, and one page is a list too. */
static void json_joins_records(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	pairs_add(&doc, doc_pairs(&doc, "records"), "id", NULL, cell_integer(1));
	render(&out, "json", &doc, 0);
	json_t *root = read_json(&out);
	assert_int_equal(json_array_size(json_object_get(root, "records")), 1);
	json_decref(root);
	doc_heading(&doc, 1, cell_message("between"));
	pairs_add(&doc, doc_pairs(&doc, "records"), "id", NULL, cell_integer(2));
	render(&out, "json", &doc, 0);
	root = read_json(&out);
	assert_int_equal(json_array_size(json_object_get(root, "records")), 2);
	json_decref(root);
	doc_release(&doc);
	strbuf_release(&out);
}

static void json_has_the_findings(void **state)
{
	struct diagnostics found;
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	diagnostics_init(&found);
	struct place place = { "plan.ini", 14, 11 };
	struct diagnostic *finding = diagnose(&found, place, "ref-unknown", "unknown person '%s' in '%s'", "li.wie", "assign", NULL);
	diagnostic_hint(&found, finding, "did you mean '%s'?", "li.wei");
	doc.diagnostics = &found;
	render(&out, "json", &doc, 0);
	json_t *root = read_json(&out), *one = json_array_get(json_object_get(root, "diagnostics"), 0);
	assert_string_equal(text_of(one, "message"), "unknown person 'li.wie' in 'assign'");
	assert_string_equal(text_of(one, "hint"), "did you mean 'li.wei'?");
	assert_int_equal(json_integer_value(json_object_get(one, "line")), 14);
	json_decref(root);
	struct render_options options = sample_options(80);
	strbuf_reset(&out);
	render_diagnostic(found.items.items, &options, &out);
	assert_string_equal(out.buf, "plan.ini:14:11: error: unknown person 'li.wie' in 'assign' [ref-unknown]\n  did you mean 'li.wei'?\n");
	diagnostics_release(&found);
	doc_release(&doc);
	strbuf_release(&out);
}

static void csv_reads_back(void **state)
{
	struct csv_reader reader;
	struct arena arena;
	struct strbuf out;
	struct err err;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	err_init(&err);
	arena_init(&arena);
	sample_build(&doc, 6);
	render(&out, "csv", &doc, 0);
	csv_reader_init(&reader, strbuf_slice(&out), "out", &arena);
	assert_int_equal(csv_reader_next(&reader, &err), 1);
	assert_int_equal(reader.field_count, 11);
	assert_true(slice_is(reader.fields[10], "number"));
	for (int row = 0; row < 6; row++) {
		assert_int_equal(csv_reader_next(&reader, &err), 1);
		assert_int_equal(reader.field_count, 11);
		assert_true(row != 3 || slice_is(reader.fields[1], EVIL));
		assert_true(row != 2 || slice_is(reader.fields[8], "li.wei, wang.fang"));
	}
	assert_int_equal(csv_reader_next(&reader, &err), 0);
	csv_reader_release(&reader);
	arena_release(&arena);
	doc_release(&doc);
	err_release(&err);
	strbuf_release(&out);
}

static void a_chart_is_rows_in_csv(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	doc_init(&doc, "x/1");
	sample_gantt(&doc);
	render(&out, "csv", &doc, 0);
	assert_non_null(strstr(out.buf, "id,wbs,level,title,start,finish,"));
	assert_non_null(strstr(out.buf, "T-12,2.1,1,等保三级整改 security,2026-03-25T09:00,2026-04-20T18:00,,,2026-05-09T00:00,45,no,no\r\n"));
	doc_release(&doc);
	strbuf_release(&out);
}

/* Whatever number a person reads in one format, they read in the others. */
static void formats_agree(void **state)
{
	struct render_options options = sample_options(0);
	struct strbuf terminal, markdown, html, cell;
	struct doc doc;
	(void)state;
	strbuf_init(&terminal);
	strbuf_init(&markdown);
	strbuf_init(&html);
	strbuf_init(&cell);
	doc_init(&doc, "x/1");
	const struct table *table = sample_table(&doc, 40);
	render(&terminal, "table", &doc, 0);
	render(&markdown, "markdown", &doc, 0);
	render(&html, "html", &doc, 0);
	const struct row *rows = table->rows.items;
	for (size_t r = 0; r < table->rows.len; r++)
		for (size_t c = 3; c < 8; c++) {
			strbuf_reset(&cell);
			render_cell(&rows[r].cells[c], &doc.units, &options, &cell);
			assert_non_null(strstr(terminal.buf, cell.buf));
			assert_non_null(strstr(markdown.buf, cell.buf));
			assert_non_null(strstr(html.buf, cell.buf));
		}
	doc_release(&doc);
	strbuf_release(&terminal);
	strbuf_release(&markdown);
	strbuf_release(&html);
	strbuf_release(&cell);
}

/* UPDATE_GOLDEN=1 make unit T=render/data writes them anew; the diff is what a reviewer looks at. */
static void golden(const char *file, const struct strbuf *out)
{
	struct strbuf path, expected;
	struct err err;
	strbuf_init(&path);
	strbuf_init(&expected);
	err_init(&err);
	strbuf_addf(&path, "tests/golden/render/%s", file);
	if (getenv("UPDATE_GOLDEN")) {
		FILE *stream = fopen(path.buf, "wb");
		assert_non_null(stream);
		assert_int_equal(fwrite(out->buf, 1, out->len, stream), out->len);
		fclose(stream);
	}
	if (file_read(&expected, path.buf, &err) < 0)
		fail_msg("%s", err.message);
	assert_string_equal(out->buf, expected.buf);
	strbuf_release(&path);
	strbuf_release(&expected);
	err_release(&err);
}

static void golden_files(void **state)
{
	struct strbuf out;
	struct doc doc;
	(void)state;
	strbuf_init(&out);
	sample_build(&doc, 6);
	render(&out, "table", &doc, 80);
	golden("sample-80.txt", &out);
	render(&out, "table", &doc, 200);
	golden("sample-200.txt", &out);
	render(&out, "json", &doc, 0);
	golden("sample.json", &out);
	render(&out, "csv", &doc, 0);
	golden("sample.csv", &out);
	render(&out, "markdown", &doc, 0);
	golden("sample.md", &out);
	render(&out, "svg", &doc, 0);
	golden("gantt.svg", &out);
	doc_release(&doc);
	strbuf_release(&out);
}

static void renderers_are_found(void **state)
{
	(void)state;
	assert_string_equal(renderer_for_path("a/b.html")->name, "html");
	assert_string_equal(renderer_for_path("x.md")->name, "markdown");
	assert_null(renderer_for_path("x.docx"));
	assert_null(renderer_find("yaml"));
}

/* ~1 MB in every format */
enum { MANY = 5000 };

static void fill_row(size_t i, struct arena *arena, struct row *row)
{
	char title[40];
	snprintf(title, sizeof(title), "联调 integration %zu", i);
	row->depth = (int)(i % 3);
	row->tone = i % 7 ? TONE_NONE : TONE_BAD;
	row->cells[0] = cell_ref(arena, slice_of(title + sizeof("联调 integration")), slice_of(NULL));
	row->cells[1] = cell_text(arena, slice_of(title));
	if (i % 5)
		row->cells[2] = cell_duration((int64_t)i * 60);
}

static void make_row(void *context, size_t index, struct arena *scratch, struct row *row)
{
	fill_row(index + *(size_t *)context, scratch, row);
}

static void long_table(struct doc *doc, size_t *first)
{
	doc_init(doc, "pmt.sample/1");
	struct table *table = doc_table(doc, "records", NULL);
	table_column(table, "id", "id", ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", "title", ALIGN_LEFT, PRIORITY_MUST)->tree = true;
	table_column(table, "total_float", "total float", ALIGN_RIGHT, PRIORITY_HIGH);
	if (first)
		table_make_rows(table, MANY - *first, make_row, first);
	for (size_t i = 0; !first && i < MANY; i++)
		fill_row(i, &doc->arena, table_row(table));
}

struct pieces {
	struct strbuf text;
	size_t longest, most; /* most: stop behind so many bytes */
};

static bool take_piece(void *context, struct slice text)
{
	struct pieces *pieces = context;
	strbuf_add_slice(&pieces->text, text);
	if (text.len > pieces->longest)
		pieces->longest = text.len;
	return pieces->text.len < pieces->most;
}

static void long_tables_go_out_in_pieces(void **state)
{
	struct pieces pieces = { .most = SIZE_MAX };
	struct render_sink sink = { take_piece, &pieces };
	struct render_options options = sample_options(200);
	size_t zero = 0;
	struct strbuf whole, rest;
	struct doc kept, made;
	(void)state;
	strbuf_init(&whole);
	strbuf_init(&rest);
	strbuf_init(&pieces.text);
	long_table(&kept, NULL);
	long_table(&made, &zero);
	options.sink = &sink;
	for (const struct renderer *r = renderers; r->name; r++) {
		if (!strcmp(r->name, "svg"))
			continue;
		render(&whole, r->name, &kept, 200);
		strbuf_reset(&rest);
		strbuf_reset(&pieces.text);
		pieces.longest = 0;
		pieces.most = SIZE_MAX;
		assert_int_equal(r->render(&made, &options, &rest, NULL), 0);
		assert_true(pieces.longest > 0 && pieces.longest < 200000);
		strbuf_add_slice(&pieces.text, strbuf_slice(&rest));
		assert_string_equal(pieces.text.buf, whole.buf);
		/* Nobody reads on: the renderer stops. */
		strbuf_reset(&rest);
		strbuf_reset(&pieces.text);
		pieces.longest = 0;
		pieces.most = 1;
		assert_int_equal(r->render(&made, &options, &rest, NULL), 0);
		assert_int_equal(pieces.text.len, pieces.longest);
		assert_true(rest.len < 100000);
	}
	doc_release(&kept);
	doc_release(&made);
	strbuf_release(&whole);
	strbuf_release(&rest);
	strbuf_release(&pieces.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_has_typed_values),
		cmocka_unit_test(json_joins_records),
		cmocka_unit_test(json_has_the_findings),
		cmocka_unit_test(csv_reads_back),
		cmocka_unit_test(a_chart_is_rows_in_csv),
		cmocka_unit_test(formats_agree),
		cmocka_unit_test(long_tables_go_out_in_pieces),
		cmocka_unit_test(golden_files),
		cmocka_unit_test(renderers_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
