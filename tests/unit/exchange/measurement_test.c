/* Measures in the result files of tests and analysers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/random.h"
#include "base/strbuf.h"
#include "exchange/measurement.h"

#include <stdio.h>
#include <stdlib.h>

static void read_good(struct measurements *m, const char *text, enum measurement_format format, const char *const *paths, size_t count)
{
	struct err err;

	err_init(&err);
	measurements_init(m);
	assert_int_equal(measurement_sniff(slice_of(text)), format);
	if (measurement_read(m, slice_of(text), "f", format, paths, count, &err) != 0)
		fail_msg("%s", err.message);
	err_release(&err);
}

static void expect(const struct measurements *m, const char *name, double value)
{
	const struct measurement *found = measurement_find(m, name);

	if (!found)
		fail_msg("no %s", name);
	assert_int_equal(found->value, decimal_from_double(value));
}

static void expect_fault(const char *text, enum measurement_format format, const char *message)
{
	struct measurements m;
	struct err err;

	err_init(&err);
	measurements_init(&m);
	assert_int_equal(measurement_read(&m, slice_of(text), "f", format, NULL, 0, &err), ERR_INPUT);
	if (!strstr(err.message, message))
		fail_msg("'%s' lacks '%s'", err.message, message);
	assert_int_equal(m.items.len, 0);
	err_release(&err);
	measurements_release(&m);
}

static void test_junit_counts_cases(void **state)
{
	struct measurements m;

	(void)state;
	read_good(&m, "<?xml version=\"1.0\"?>\n<!-- made by x -->\n<testsuites tests=\"99\"><testsuite name=\"a\" tests=\"99\">"
		      "<testcase name=\"1\" time=\"0.25\"/><testcase name=\"2\" time=\"1\"><failure>no</failure></testcase>"
		      "<testcase name=\"3\"><skipped/></testcase><testcase name=\"4\"><error/><failure/></testcase>"
		      "<testcase name=\"5\"><system-out>text</system-out></testcase></testsuite></testsuites>",
		MEASUREMENT_JUNIT, NULL, 0);
	expect(&m, "junit.tests", 5);
	expect(&m, "junit.failures", 1);
	expect(&m, "junit.errors", 1);
	expect(&m, "junit.skipped", 1);
	expect(&m, "junit.passed", 50);
	expect(&m, "junit.time", 1.25);
	measurements_release(&m);
}

static void test_junit_without_cases_says_what_its_suites_say(void **state)
{
	struct measurements m;

	(void)state;
	read_good(&m, "<testsuites><testsuite tests=\"10\" failures=\"1\" skipped=\"2\"><testsuite tests=\"10\"/></testsuite>"
		      "<testsuite tests=\"5\" errors=\"1\"/></testsuites>", MEASUREMENT_JUNIT, NULL, 0);
	expect(&m, "junit.tests", 15);
	expect(&m, "junit.passed", 84.62); /* 11 of 13 */
	measurements_release(&m);
	read_good(&m, "<testsuite/>", MEASUREMENT_JUNIT, NULL, 0);
	expect(&m, "junit.tests", 0);
	assert_null(measurement_find(&m, "junit.passed"));
	measurements_release(&m);
}

static void test_lcov_sums_files(void **state)
{
	struct measurements m;

	(void)state;
	read_good(&m, "TN:\nSF:/a.c\nFN:1,main\nFNF:2\nFNH:1\nDA:1,1\nLF:100\nLH:90\nBRF:10\nBRH:5\nend_of_record\r\n"
		      "SF:/b.c\nLF:100\nLH:73\nend_of_record\n", MEASUREMENT_LCOV, NULL, 0);
	expect(&m, "lcov.lines", 81.5);
	expect(&m, "lcov.functions", 50);
	expect(&m, "lcov.branches", 50);
	measurements_release(&m);
	expect_fault("SF:/a.c\nLF:12x\nend_of_record\n", MEASUREMENT_LCOV, "f:2: no line of an lcov");
	expect_fault("SF:/a.c\nLF:12\n", MEASUREMENT_LCOV, "ends without end_of_record");
	expect_fault("hello\n", MEASUREMENT_LCOV, "f:1:");
	expect_fault("", MEASUREMENT_LCOV, "end_of_record");
}

static void test_cobertura(void **state)
{
	struct measurements m;

	(void)state;
	read_good(&m, "<?xml version=\"1.0\" ?>\n<!DOCTYPE coverage SYSTEM 'http://cobertura.sourceforge.net/xml/coverage-04.dtd'>\n"
		      "<coverage line-rate=\"0.8150\" branch-rate=\"0.5\" lines-covered=\"163\" lines-valid=\"200\" complexity=\"3.5\">"
		      "<packages/></coverage>", MEASUREMENT_COBERTURA, NULL, 0);
	expect(&m, "cobertura.lines", 81.5);
	expect(&m, "cobertura.branches", 50);
	expect(&m, "cobertura.complexity", 3.5);
	measurements_release(&m);
	expect_fault("<!DOCTYPE c [<!ENTITY a \"b\">]><coverage line-rate=\"1\">&a;</coverage>", MEASUREMENT_COBERTURA, "DOCTYPE");
	expect_fault("<coverage generated=\"1\"/>", MEASUREMENT_COBERTURA, "no Cobertura");
	expect_fault("<coverage line-rate=\"1\">", MEASUREMENT_COBERTURA, "f:1:");
}

#define RUN_HEAD "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", \"runs\": [{"
static void test_sarif_levels(void **state)
{
	struct measurements m;

	(void)state;
	read_good(&m, RUN_HEAD "\"tool\": {\"driver\": {\"name\": \"x\", \"rules\": [{\"id\": \"sql\", \"defaultConfiguration\": {\"level\": "
			       "\"error\"}}, {\"id\": \"style\", \"defaultConfiguration\": {\"level\": \"note\"}}, {\"id\": \"plain\"}]}},"
			       "\"results\": [{\"ruleId\": \"sql\"}, {\"ruleId\": \"style\"}, {\"ruleId\": \"plain\"}, {\"level\": \"error\"},"
			       "{\"level\": \"none\"}, {\"level\": \"error\", \"kind\": \"pass\"}, {\"level\": \"error\", \"suppressions\": "
			       "[{\"kind\": \"inSource\"}]}, {\"level\": \"warning\", \"suppressions\": [{\"status\": \"rejected\", \"kind\": "
			       "\"external\"}]}, {\"level\": \"error\", \"baselineState\": \"absent\"}, {\"rule\": {\"id\": \"sql\"}}]}]}",
		MEASUREMENT_SARIF, NULL, 0);
	expect(&m, "sarif.errors", 3);
	expect(&m, "sarif.warnings", 2);
	expect(&m, "sarif.notes", 1);
	expect(&m, "sarif.results", 7);
	measurements_release(&m);
}

static void test_numbers_at_paths(void **state)
{
	static const char *const paths[] = { "json:$.totals.lines[1].pct", "json:totals", "json:$['two words']['a.b']", "json:$.list[0]",
		"json:$.text", "json:$.percent" };
	struct measurements m;
	size_t fault;

	(void)state;
	read_good(&m, "{\"totals\": {\"lines\": [{\"pct\": 1}, {\"pct\": 81.5}]}, \"two words\": {\"a.b\": -2e2}, \"list\": [\"7\"], "
		      "\"text\": \"many\", \"percent\": \"78.4%\"}", MEASUREMENT_JSON, paths, ARRAY_SIZE(paths));
	expect(&m, "json:$.totals.lines[1].pct", 81.5);
	expect(&m, "json:$['two words']['a.b']", -200);
	expect(&m, "json:$.list[0]", 7);
	expect(&m, "json:$.percent", 78.4);
	assert_int_equal(m.items.len, 4);
	measurements_release(&m);
	assert_true(measurement_path_valid("json:$.a-b[0]['x y'].覆盖", &fault));
	assert_false(measurement_path_valid("json:$.a b", &fault));
	assert_int_equal(fault, 8);
	assert_false(measurement_path_valid("json:$", &fault));
	assert_false(measurement_path_valid("json:$[", &fault));
	assert_false(measurement_path_valid("json:$['x", &fault));
	assert_false(measurement_path_valid("lcov.lines", &fault));
}

static void test_malformed_json_says_where(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "{\"a\": 1,\n  \"b\": }", "f:2:8: no JSON: expected a value" },
		{ "{\"a\": 1", "f:1:8: no JSON: expected a comma or }" },
		{ "[1, 2", "a comma or ]" },
		{ "{\"a\" 1}", "a colon" },
		{ "{a: 1}", "a key in quotation marks" },
		{ "[01]", "a value" },
		{ "[1.]", "a value" },
		{ "[\"\\x\"]", "an escape" },
		{ "[\"\\u12\"]", "four hexadecimal" },
		{ "[\"a\nb\"]", "closing quotation mark" },
		{ "[1] 2", "the end" },
		{ "", "a value" },
		{ "{\"a\": 1,}", "a key" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_fault(cases[i].text, MEASUREMENT_JSON, cases[i].message);
}

static void test_nesting_is_bounded(void **state)
{
	struct strbuf deep;

	(void)state;
	strbuf_init(&deep);
	strbuf_add_repeat(&deep, "[", 200000);
	expect_fault(deep.buf, MEASUREMENT_JSON, "nested at most 1000 deep");
	strbuf_release(&deep);
}

static void test_what_is_none_of_them(void **state)
{
	static const char *const texts[] = { "", "hello", "<html/>", "<", "<!", "\xff\xfe", "%PDF-1.4", "TNX" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(measurement_sniff(slice_of(texts[i])), MEASUREMENT_UNKNOWN);
		expect_fault(texts[i], MEASUREMENT_UNKNOWN, "neither JUnit");
	}
	expect_fault("<html/>", MEASUREMENT_JUNIT, "no JUnit XML");
}

/* Whatever is cut off or turned over: an answer or a fault, never half of either. */
static void test_damaged_files(void **state)
{
	static const char *const seeds[] = {
		"<testsuites><testsuite tests=\"1\"><testcase time=\"1\"><failure/></testcase></testsuite></testsuites>",
		"SF:/a.c\nLF:100\nLH:90\nend_of_record\n",
		RUN_HEAD "\"results\": [{\"ruleId\": \"\\u4e2d\\ud83d\\ude00\", \"level\": \"note\"}]}], \"x\": [1.5e-3, true, null]}",
	};
	static const char *const paths[] = { "json:$.x[0]", "json:$.runs[0].results[0].level" };

	(void)state;
	for (int round = 0; round < 3000; round++) {
		const char *seed = seeds[round % 3];
		size_t len = strlen(seed), at = random_below(7, 0, (uint64_t)round, len);
		char *text = xstrndup(seed, len);
		struct measurements m;
		struct err err;

		err_init(&err);
		measurements_init(&m);
		if (round % 2)
			len = at;
		else
			text[at] = (char)random_below(7, 1, (uint64_t)round, 256);
		if (measurement_read(&m, slice_new(text, len), "f", (enum measurement_format)(1 + round % 5), paths, 2, &err) < 0)
			assert_int_equal(m.items.len, 0);
		measurements_release(&m);
		err_release(&err);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_junit_counts_cases),
		cmocka_unit_test(test_junit_without_cases_says_what_its_suites_say),
		cmocka_unit_test(test_lcov_sums_files),
		cmocka_unit_test(test_cobertura),
		cmocka_unit_test(test_sarif_levels),
		cmocka_unit_test(test_numbers_at_paths),
		cmocka_unit_test(test_malformed_json_says_where),
		cmocka_unit_test(test_nesting_is_bounded),
		cmocka_unit_test(test_what_is_none_of_them),
		cmocka_unit_test(test_damaged_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
