#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "text/json.h"

#include <math.h>
#include <stdlib.h>

static void test_compact(void **state)
{
	struct strbuf out;
	struct json_writer w;

	(void)state;
	strbuf_init(&out);
	json_write_init(&w, &out, false);
	json_write_object(&w);
	json_write_key(&w, "a");
	json_write_array(&w);
	json_write_integer(&w, INT64_MIN);
	json_write_bool(&w, true);
	json_write_null(&w);
	json_write_object(&w);
	json_write_end(&w);
	json_write_raw(&w, "12.50");
	json_write_end(&w);
	json_write_key(&w, "b");
	json_write_string(&w, NULL);
	json_write_key(&w, "c");
	json_write_string(&w, "中\"\\\n\t\x01");
	json_write_end(&w);
	assert_string_equal(out.buf, "{\"a\":[-9223372036854775808,true,null,{},12.50],\"b\":null,"
				     "\"c\":\"中\\\"\\\\\\n\\t\\u0001\"}");
	strbuf_release(&out);
}

static void test_pretty(void **state)
{
	struct strbuf out;
	struct json_writer w;

	(void)state;
	strbuf_init(&out);
	json_write_init(&w, &out, true);
	json_write_object(&w);
	json_write_key(&w, "a");
	json_write_array(&w);
	json_write_end(&w);
	json_write_key(&w, "b");
	json_write_array(&w);
	json_write_integer(&w, 1);
	json_write_integer(&w, 2);
	json_write_end(&w);
	json_write_end(&w);
	assert_string_equal(out.buf, "{\n  \"a\": [],\n  \"b\": [\n    1,\n    2\n  ]\n}\n");
	strbuf_release(&out);
}

static void expect_double(double value, const char *expected)
{
	struct strbuf out;
	struct json_writer w;

	strbuf_init(&out);
	json_write_init(&w, &out, false);
	json_write_double(&w, value);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void test_doubles(void **state)
{
	(void)state;
	expect_double(0.1, "0.1");
	expect_double(1.0 / 3, "0.3333333333333333");
	expect_double(1e300, "1e+300");
	expect_double(5, "5");
	expect_double(-0.0, "0");
	expect_double(-1.5, "-1.5");
	expect_double(NAN, "null");
	expect_double(INFINITY, "null");
}

static void test_invalid_utf8(void **state)
{
	struct strbuf out;
	struct json_writer w;

	(void)state;
	strbuf_init(&out);
	json_write_init(&w, &out, false);
	json_write_slice(&w, slice_new("a\xff\0\xe4\xb8", 5));
	assert_string_equal(out.buf, "\"a\xef\xbf\xbd\\u0000\xef\xbf\xbd\xef\xbf\xbd\"");
	strbuf_release(&out);
}

static void expect_read(const char *input, const char *expected_error)
{
	struct err err;
	json_t *json = NULL;
	int result;

	err_init(&err);
	result = json_read(&json, slice_of(input), "f.json", &err);
	if (expected_error) {
		assert_int_equal(result, ERR_INPUT);
		assert_string_equal(err.message, expected_error);
	} else {
		assert_int_equal(result, 0);
		assert_non_null(json);
		json_decref(json);
	}
	err_release(&err);
}

static void test_read(void **state)
{
	(void)state;
	expect_read("{\"a\": [1, 2.5, \"中\"]}", NULL);
	expect_read("\xef\xbb\xbf[]", NULL);
	expect_read("{\"a\": 1,\n \"a\": 2}", "f.json:2:4: duplicate object key near '\"a\"'");
	expect_read("[1,", "f.json:1:3: ']' expected near end of file");
	expect_read("[1] x", "f.json:1:5: end of file expected near 'x'");
}

static void test_nothing(void **state)
{
	struct err err;
	json_t *json;

	(void)state;
	err_init(&err);
	assert_int_equal(json_read(&json, slice_new(NULL, 0), "f", &err), ERR_INPUT);
	err_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compact),
		cmocka_unit_test(test_pretty),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_invalid_utf8),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_nothing),
	};

	return cmocka_run_group_tests_name("text/json", tests, NULL, NULL);
}
