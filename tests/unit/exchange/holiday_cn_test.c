/* China's holidays from holiday-cn JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/exchange.h"

#define DAY(date, name, off) "{\"name\":\"" name "\",\"date\":\"" date "\",\"isOffDay\":" off "}"

static const char year_2026[] =
	"{\"year\": 2026, \"papers\": [\"https://example.org/p\"], \"days\": [" DAY(
		"2026-01-01", "元旦", "true") "," DAY("2026-01-02", "元旦",
		"true") "," DAY("2026-01-03", "元旦", "true") "," DAY("2026-01-04", "元旦",
		"false") "," DAY("2026-02-28", "春节", "false") "," DAY("2026-02-15", "春节",
		"true") "," DAY("2026-02-16", "春节", "true") "]}";

static void test_import(void **state)
{
	struct import import;
	struct err err;

	(void)state;
	err_init(&err);
	import_init(&import);
	assert_int_equal(holiday_cn_import(slice_of(year_2026), "2026.json", slice_of("cn"), NULL,
				 &import, &err),
		0);
	assert_string_equal(((struct import_file *)import.files.items)[0].path, "calendars.ini");
	assert_string_equal(((struct import_file *)import.files.items)[0].text.buf,
		"[calendar cn]\n"
		"title   = 中国工作日历\n"
		"week    = mon-fri 09:00-12:00 13:00-18:00\n"
		"holiday = 2026-01-01..2026-01-03 元旦\n"
		"          2026-02-15..2026-02-16 春节\n"
		"workday = 2026-01-04 补元旦\n"
		"          2026-02-28 补春节\n"
		"horizon = 2026-12-31\n"
		"source  = https://example.org/p\n");
	import_release(&import);
	err_release(&err);
}

static void expect_merge(const char *before, const char *after)
{
	struct ini_doc doc;
	struct strbuf out;
	struct err err;

	err_init(&err);
	strbuf_init(&out);
	assert_int_equal(ini_doc_parse(&doc, slice_of(before), &err), 0);
	assert_int_equal(
		holiday_cn_merge(slice_of(year_2026), "2026.json", &doc, 0, &err), 0);
	ini_doc_print(&doc, &out);
	assert_string_equal(out.buf, after);
	ini_doc_release(&doc);
	strbuf_release(&out);
	err_release(&err);
}

static void test_merge(void **state)
{
	(void)state;
	expect_merge("[calendar cn]\n"
		     "week    = mon-fri 09:00-17:00\n"
		     "; by hand\n"
		     "holiday = 2025-10-01..2025-10-08 国庆节\n"
		     "          2026-02-20 wrong\n"
		     "          2026-07-01 our own day\n"
		     "horizon = 2025-12-31\n",
		"[calendar cn]\n"
		"week    = mon-fri 09:00-17:00\n"
		"; by hand\n"
		"holiday = 2025-10-01..2025-10-08 国庆节\n"
		"          2026-01-01..2026-01-03 元旦\n"
		"          2026-02-15..2026-02-16 春节\n"
		"          2026-07-01 our own day\n"
		"workday = 2026-01-04 补元旦\n"
		"          2026-02-28 补春节\n"
		"horizon = 2026-12-31\n");
	/* Doing it again changes nothing; a later horizon stays. */
	expect_merge("[calendar cn]\n"
		     "holiday = 2026-01-01..2026-01-03 元旦\n"
		     "          2026-02-15..2026-02-16 春节\n"
		     "workday = 2026-01-04 补元旦\n"
		     "          2026-02-28 补春节\n"
		     "horizon = 2027-12-31\n",
		"[calendar cn]\n"
		"holiday = 2026-01-01..2026-01-03 元旦\n"
		"          2026-02-15..2026-02-16 春节\n"
		"workday = 2026-01-04 补元旦\n"
		"          2026-02-28 补春节\n"
		"horizon = 2027-12-31\n");
}

static void expect_error(const char *json, const char *message)
{
	struct import import;
	struct err err;

	err_init(&err);
	import_init(&import);
	assert_int_equal(
		holiday_cn_import(slice_of(json), "f", slice_of("cn"), NULL, &import, &err),
		ERR_INPUT);
	assert_string_equal(err.message, message);
	import_release(&import);
	err_release(&err);
}

#define ONE_DAY(day) "{\"year\": 2027, \"days\": [" DAY("2027-01-01", "元旦", "true") "," day "]}"

static void test_faults(void **state)
{
	(void)state;
	expect_error("[]", "f: not a holiday-cn file: 'year' or 'days' is missing");
	expect_error("{\"year\": 2027, \"days\": []}",
		"f: the days of 2027 are not announced yet: the file has none");
	expect_error(ONE_DAY(DAY("2027-02-30", "x", "true")),
		"f: day 2: 'date' is \"2027-02-30\"; expected a day that exists, as \"2026-02-16\"");
	expect_error(ONE_DAY(DAY("2027-02-03T00:00", "x", "true")),
		"f: day 2: 'date' is \"2027-02-03T00:00\"; expected a day that exists, as \"2026-02-16\"");
	expect_error(ONE_DAY("{\"date\": 20270203, \"isOffDay\": true}"),
		"f: day 2: 'date' is 20270203; expected a day that exists, as \"2026-02-16\"");
	expect_error(ONE_DAY("\"2027-02-03\""),
		"f: day 2: 'date' is missing; expected a day that exists, as \"2026-02-16\"");
	expect_error(ONE_DAY("{\"date\": \"2027-02-03\"}"),
		"f: day 2 (2027-02-03): 'isOffDay' is missing; expected true or false");
	expect_error(ONE_DAY(DAY("2027-02-03", "x", "\"no\"")),
		"f: day 2 (2027-02-03): 'isOffDay' is \"no\"; expected true or false");
}

/* A year with a bad day changes nothing of the calendar that is there. */
static void test_merge_fault(void **state)
{
	static const char before[] = "[calendar cn]\nhorizon = 2026-12-31\n";
	struct ini_doc doc;
	struct strbuf out;
	struct err err;

	(void)state;
	err_init(&err);
	strbuf_init(&out);
	assert_int_equal(ini_doc_parse(&doc, slice_of(before), &err), 0);
	assert_int_equal(holiday_cn_merge(slice_of(ONE_DAY(DAY("2027-02-30", "x", "true"))), "f", &doc, 0, &err),
		ERR_INPUT);
	ini_doc_print(&doc, &out);
	assert_string_equal(out.buf, before);
	ini_doc_release(&doc);
	strbuf_release(&out);
	err_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_merge_fault),
	};

	return cmocka_run_group_tests_name("exchange/holiday_cn", tests, NULL, NULL);
}
