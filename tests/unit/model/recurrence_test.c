/* Recurrence rules: reading, printing, and the days they give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/value.h"

#include <string.h>

static date_t day(const char *text)
{
	date_t date;

	assert_int_equal(date_parse(slice_of(text), &date), CIVIL_OK);
	return date;
}

static bool note_day(void *context, date_t date)
{
	struct strbuf *out = context;
	char text[CIVIL_TEXT];

	strbuf_addf(out, "%s%s", out->len ? " " : "", date_print(date, text));
	return true;
}

static void assert_days(const char *rule, const char *from, const char *to, const char *wanted)
{
	struct recurrence r;
	struct strbuf out;

	strbuf_init(&out);
	assert_int_equal(recurrence_parse(slice_of(rule), &r, NULL), 0);
	recurrence_each(&r, day(from), day(to), note_day, &out);
	assert_string_equal(out.buf, wanted);
	strbuf_release(&out);
}

static void assert_canonical(const char *text, const char *wanted)
{
	struct recurrence r;
	struct strbuf once, twice;

	strbuf_init(&once);
	strbuf_init(&twice);
	assert_int_equal(recurrence_parse(slice_of(text), &r, NULL), 0);
	recurrence_print(&r, &once);
	assert_string_equal(once.buf, wanted);
	assert_int_equal(recurrence_parse(strbuf_slice(&once), &r, NULL), 0);
	recurrence_print(&r, &twice);
	assert_string_equal(twice.buf, wanted);
	strbuf_release(&once);
	strbuf_release(&twice);
}

static void prints_what_it_read(void **state)
{
	(void)state;
	assert_canonical("Weekly MON 09:00", "weekly mon 09:00");
	assert_canonical("weekly fri,mon-wed", "weekly mon-wed, fri");
	assert_canonical("weekly on fri 09:00", "weekly fri 09:00");
	assert_canonical("monthly ON last", "monthly last");
	assert_canonical("yearly on 05-01", "yearly 05-01");
	assert_canonical("monthly on first mon", "monthly first mon");
	assert_canonical("every 2 weeks fri until 2026-12-31", "every 2 weeks fri until 2026-12-31");
	assert_canonical("every week sat, sun", "weekly sat-sun");
	assert_canonical("every day 10 times from 2026-03-02", "daily from 2026-03-02 10 times");
	assert_canonical("monthly 15, 1,last", "monthly 1, 15, last");
	assert_canonical("monthly 1 10 times", "monthly 1 10 times");
	assert_canonical("every 3 months first mon", "every 3 months first mon");
	assert_canonical("monthly last mon-fri 17:30 until project end", "monthly last mon-fri 17:30 until project end");
	assert_canonical("yearly 05-01", "yearly 05-01");
	assert_canonical("yearly 12-31..01-02", "yearly 12-31..01-02");
	assert_canonical("yearly second sun of 05", "yearly second sun of 05");
}

static void gives_days_in_order(void **state)
{
	(void)state;
	assert_days("daily", "2026-03-02", "2026-03-04", "2026-03-02 2026-03-03 2026-03-04");
	assert_days("every 3 days from 2026-03-02", "2026-03-07", "2026-03-12", "2026-03-08 2026-03-11");
	assert_days("weekly", "2026-03-04", "2026-03-20", "2026-03-04 2026-03-11 2026-03-18");
	assert_days("weekly mon, fri", "2026-03-04", "2026-03-13", "2026-03-06 2026-03-09 2026-03-13");
	assert_days("every 2 weeks fri", "2026-03-04", "2026-04-10", "2026-03-06 2026-03-20 2026-04-03");
	assert_days("monthly 31", "2026-01-01", "2026-04-30", "2026-01-31 2026-02-28 2026-03-31 2026-04-30");
	assert_days("monthly 15, last", "2026-02-01", "2026-03-20", "2026-02-15 2026-02-28 2026-03-15");
	assert_days("monthly 30, 31", "2026-02-01", "2026-03-31", "2026-02-28 2026-03-30 2026-03-31");
	assert_days("monthly first mon", "2026-03-01", "2026-05-31", "2026-03-02 2026-04-06 2026-05-04");
	assert_days("monthly last mon-fri", "2026-05-01", "2026-06-30", "2026-05-29 2026-06-30");
	assert_days("yearly 02-29", "2027-01-01", "2029-01-01", "2027-02-28 2028-02-29");
	assert_days("yearly second sun of 05", "2026-01-01", "2027-12-31", "2026-05-10 2027-05-09");
	assert_days("every 2 years 05-01", "2026-06-01", "2031-01-01", "2028-05-01 2030-05-01");
}

static void bounds_hold(void **state)
{
	(void)state;
	assert_days("weekly mon until 2026-03-09", "2026-03-01", "2026-12-31", "2026-03-02 2026-03-09");
	assert_days("weekly mon 2 times", "2026-03-03", "2026-12-31", "2026-03-09 2026-03-16");
	assert_days("weekly mon from 2026-03-02 3 times", "2026-03-10", "2026-12-31", "2026-03-16");
	assert_days("weekly mon from 2026-03-02", "2026-01-01", "2026-03-09", "2026-03-02 2026-03-09");
	assert_days("daily", "9999-12-30", "9999-12-31", "9999-12-30 9999-12-31");
	assert_days("yearly 12-31", "9998-01-01", "9999-12-31", "9998-12-31 9999-12-31");
	assert_days("weekly mon", "2026-03-03", "2026-03-02", "");
}

static void says_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *id;
		size_t offset;
	} cases[] = {
		{ "", "value-syntax", 0 },
		{ "sometimes", "value-syntax", 0 },
		{ "every 0 days", "value-syntax", 0 },
		{ "every 2 mondays", "value-syntax", 8 },
		{ "weekly mon 25:00", "value-syntax", 11 },
		{ "weekly mon 09:00 10:00", "value-syntax", 17 },
		{ "monthly", "value-syntax", 7 },
		{ "monthly 32", "value-syntax", 8 },
		{ "yearly 02-30", "value-syntax", 7 },
		{ "yearly first mon of 13", "value-syntax", 20 },
		{ "weekly mon until 2026-02-30", "date-impossible", 17 },
		{ "weekly mon until tomorrow", "value-syntax", 17 },
		{ "daily from 2026-03-02 until 2026-03-01", "value-order", 0 },
		{ "weekly 周一", "value-syntax", 7 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct recurrence r;
		struct value_fault fault = { .id = "" };

		assert_int_equal(recurrence_parse(slice_of(cases[i].text), &r, &fault), -1);
		if (strcmp(fault.id, cases[i].id) != 0 || (fault.offset != cases[i].offset && cases[i].offset))
			fail_msg("'%s': %s at %zu", cases[i].text, fault.id, fault.offset);
		assert_non_null(fault.expected);
	}
}

static void lists_of_days_take_rules(void **state)
{
	struct field field = { .name = "holiday", .type = TYPE_DATES };
	struct units units;
	struct value_context context = { .units = &units };
	struct value_fault fault;
	struct value value;
	struct strbuf out;
	struct arena arena;
	struct date_range *days;
	size_t count;
	const char *text = "yearly 05-01..05-03 劳动节, 五一\n2026-02-15..2026-02-23 春节\n"
			   "weekly fri until 2026-03-13 from 2026-03-01 13:00-18:00 早走";

	(void)state;
	arena_init(&arena);
	units_default(&units);
	strbuf_init(&out);
	assert_int_equal(value_parse(&value, &field, slice_of(text), &context, &arena, &fault), 0);
	value_print(&value, &units, &out);
	assert_string_equal(out.buf, "yearly 05-01..05-03 劳动节, 五一\n2026-02-15..2026-02-23 春节\n"
				     "weekly fri from 2026-03-01 until 2026-03-13 13:00-18:00 早走");
	count = value.as.dates.count;
	assert_int_equal(count, 3);
	days = dates_expand(value.as.dates.items, &count, &arena);
	assert_int_equal(count, 100 + 1 + 2);
	assert_int_equal(days[0].from, day("2000-05-01"));
	assert_int_equal(days[99].to, day("2099-05-03"));
	assert_null(days[100].rule);
	assert_int_equal(days[101].from, day("2026-03-06"));
	assert_int_equal(days[102].from, day("2026-03-13"));
	assert_int_equal(days[102].range_count, 1);
	assert_int_equal(value_parse(&value, &field, slice_of("weekly fri 25:00-26:00"), &context, &arena, &fault), -1);
	assert_int_equal(value_parse(&value, &field, slice_of("yearly 劳动节"), &context, &arena, &fault), -1);
	assert_string_equal(fault.id, "value-syntax");
	arena_release(&arena);
	strbuf_release(&out);
}

/* A rule without end, or with one in the year 9999, is a century at most. */
static void expansion_is_bounded(void **state)
{
	static const char *const rules[] = { "daily", "daily from 2090-01-01 until 9999-12-31", "daily from 9990-01-01",
		"daily until 1900-01-01", "daily from 0001-01-01", "daily from 2150-01-01" };
	struct field field = { .name = "holiday", .type = TYPE_DATES };
	struct units units;
	struct value_context context = { .units = &units };
	struct value_fault fault;

	(void)state;
	units_default(&units);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct value value;
		struct arena arena;
		size_t count = 1;

		arena_init(&arena);
		assert_int_equal(value_parse(&value, &field, slice_of(rules[i]), &context, &arena, &fault), 0);
		dates_expand(value.as.dates.items, &count, &arena);
		assert_in_range(count, 3000, 36601);
		arena_release(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_what_it_read),
		cmocka_unit_test(gives_days_in_order),
		cmocka_unit_test(bounds_hold),
		cmocka_unit_test(says_what_is_wrong),
		cmocka_unit_test(lists_of_days_take_rules),
		cmocka_unit_test(expansion_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
