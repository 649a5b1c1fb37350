#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/csv.h"

/* Rows as "a|b|c/": fields end with '|', rows with '/'; an error as "!message". */
static void expect(const char *input, const char *expected)
{
	struct csv_reader r;
	struct arena arena;
	struct strbuf out;
	struct err err;
	int result;

	arena_init(&arena);
	strbuf_init(&out);
	err_init(&err);
	csv_reader_init(&r, slice_of(input), "f.csv", &arena);
	while ((result = csv_reader_next(&r, &err)) > 0) {
		for (size_t i = 0; i < r.field_count; i++) {
			strbuf_add_slice(&out, r.fields[i]);
			strbuf_add_char(&out, '|');
		}
		strbuf_add_char(&out, '/');
	}
	if (result)
		strbuf_addf(&out, "!%s", err.message);
	assert_string_equal(out.buf, expected);
	csv_reader_release(&r);
	err_release(&err);
	strbuf_release(&out);
	arena_release(&arena);
}

static void test_read(void **state)
{
	(void)state;
	expect("", "");
	expect("a,b\r\nc,\r\n", "a|b|/c||/");
	expect("a\nb", "a|/b|/");
	expect("a\rb\n\n\r\nc", "a|/b|/c|/");
	expect("\xef\xbb\xbf"
	       "甲,乙\n",
		"甲|乙|/");
	expect("\"a,b\",\"c\"\"d\",\"\"\n", "a,b|c\"d||/");
	expect("\"line\r\ntwo\",x\n", "line\r\ntwo|x|/");
	expect(",\n", "||/");
	expect("\"\"\n", "|/");
	expect("a\"b,c\n", "a\"b|c|/");
}

static void test_faults(void **state)
{
	(void)state;
	expect("a\nb,\"c\nd", "a|/!f.csv:2:3: a quoted field without its closing quote");
	expect("\"a\"b\n", "!f.csv:1:4: text behind a quoted field");
	expect("\"a\nb\"c\n", "!f.csv:2:6: text behind a quoted field");
}

static void test_write(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	csv_add(&out, slice_of("a"), true);
	csv_add(&out, slice_of("b,c"), false);
	csv_add(&out, slice_of("d\"e"), false);
	csv_add(&out, slice_of(""), false);
	csv_add(&out, slice_of(" x"), false);
	csv_add(&out, slice_of("中\n文"), false);
	csv_end_row(&out);
	csv_add(&out, slice_of(""), true);
	csv_end_row(&out);
	assert_string_equal(out.buf, "a,\"b,c\",\"d\"\"e\",,\" x\",\"中\n文\"\r\n\"\"\r\n");
	expect(out.buf, "a|b,c|d\"e|| x|中\n文|/|/");
	strbuf_reset(&out);
	csv_add(&out, slice_of("\xef\xbb\xbfx"), true);
	csv_end_row(&out);
	expect(out.buf, "\xef\xbb\xbfx|/");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests_name("text/csv", tests, NULL, NULL);
}
