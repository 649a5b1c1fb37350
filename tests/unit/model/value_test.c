#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/value.h"

#include <stdlib.h>

struct fixture {
	struct arena arena;
	struct units units;
	struct value_context context;
	struct value_fault fault;
	struct strbuf out;
};

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	arena_init(&f->arena);
	units_default(&f->units);
	f->context.units = &f->units;
	f->context.now = moment_from_date(date_from_civil(2026, 6, 10)) + 14 * 60; /* a Wednesday */
	strbuf_init(&f->out);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	strbuf_release(&f->out);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static int parse(struct fixture *f, enum field_type type, const char *of, const char *text,
	struct value *out)
{
	struct field field = { .name = "field", .type = type, .of = of };

	return value_parse(out, &field, slice_of(text), &f->context, &f->arena, &f->fault);
}

/* Canonical text of a value, and that it is a fixed point. */
static const char *canonical(
	struct fixture *f, enum field_type type, const char *of, const char *text)
{
	struct value value, again;
	char *once;

	if (parse(f, type, of, text, &value))
		return f->fault.id;
	strbuf_reset(&f->out);
	value_print(&value, &f->units, &f->out);
	once = arena_strdup(&f->arena, f->out.buf);
	assert_int_equal(parse(f, type, of, once, &again), 0);
	assert_int_equal(value_compare(&value, &again), 0);
	strbuf_reset(&f->out);
	value_print(&again, &f->units, &f->out);
	assert_string_equal(f->out.buf, once);
	return once;
}

struct row {
	enum field_type type;
	const char *text, *canonical;
};

static void test_canonical(void **state)
{
	static const struct row rows[] = {
		{ TYPE_DATE, "2026-03-02", "2026-03-02" },
		{ TYPE_DATETIME, "2026-03-02", "2026-03-02" },
		{ TYPE_DATETIME, "2026-03-02T14:00", "2026-03-02 14:00" },
		{ TYPE_DURATION, "30min", "0.5h" },
		{ TYPE_DURATION, "15min", "15min" },
		{ TYPE_DURATION, "4h", "4h" },
		{ TYPE_DURATION, "8h", "1d" },
		{ TYPE_DURATION, "2w", "10d" },
		{ TYPE_DURATION, "3mo", "60d" },
		{ TYPE_DURATION, "1.5h", "1.5h" },
		{ TYPE_DURATION, "-1.5h", "-1.5h" },
		{ TYPE_DURATION, "-0.5h", "-0.5h" },
		{ TYPE_DURATION, "3ed", "3ed" },
		{ TYPE_DURATION, "12eh", "12eh" },
		{ TYPE_DURATION, "1.5ed", "36eh" },
		{ TYPE_DURATION, "0", "0d" },
		{ TYPE_DURATION, "5 d", "5d" },
		{ TYPE_DURATION, "3d/5d/10d", "3d/5d/10d" },
		{ TYPE_DURATION, "3/5/10d", "3d/5d/10d" },
		{ TYPE_DURATION, "4h / 1d / 2d", "4h/1d/2d" },
		{ TYPE_EFFORT, "30d", "30d" },
		{ TYPE_PERCENT, "50%", "50%" },
		{ TYPE_PERCENT, "12.5", "12.5%" },
		{ TYPE_NUMBER, "-0.50", "-0.5" },
		{ TYPE_INTEGER, "-42", "-42" },
		{ TYPE_MONEY, "120000", "120000" },
		{ TYPE_MONEY, "120000.5 CNY", "120000.50 CNY" },
		{ TYPE_MONEY, "3500USD", "3500 USD" },
		{ TYPE_MONEY, "12.5万", "125000" },
		{ TYPE_MONEY, "12.5 万元", "125000 CNY" },
		{ TYPE_MONEY, "1.2亿 CNY", "120000000 CNY" },
		{ TYPE_RATE, "800/h", "800/h" },
		{ TYPE_RATE, "1500 CNY/d\nfrom 2026-07-01 1600 CNY / d",
			"1500 CNY/d\nfrom 2026-07-01 1600 CNY/d" },
		{ TYPE_RATE, "7.12, 7.05 from 2026-04-01", "7.12\nfrom 2026-04-01 7.05" },
		{ TYPE_RATE, "30/unit", "30/unit" },
		{ TYPE_RATE, "12万/mo", "120000/mo" },
		{ TYPE_YESNO, "Yes", "yes" },
		{ TYPE_YESNO, "false", "no" },
		{ TYPE_ID, "某省-医保_1.2", "某省-医保_1.2" },
		{ TYPE_REFS, "T-7,T-9\nT-10,\n T-11", "T-7, T-9, T-10, T-11" },
		{ TYPE_REFS, "", "" },
		{ TYPE_WORDS, "a b, 试点\nc", "a b, 试点, c" },
		{ TYPE_LINES, "one, two\n\n three ", "one, two\nthree" },
		{ TYPE_DEPENDENCIES, "T-7, T-9 SS+2d, T-3 FS+50%, T-4 sf",
			"T-7, T-9 SS+2d, T-3 FS+50%, T-4 SF" },
		{ TYPE_DEPENDENCIES, "YB:T-12\nT-9 FF-1d", "YB:T-12, T-9 FF-1d" },
		{ TYPE_DEPENDENCIES, "T-7+2ed, T-8 -1h, T-9 FS + 3d",
			"T-7 FS+2ed, T-8 FS-1h, T-9 FS+3d" },
		{ TYPE_DEPENDENCIES, "T-7 FS", "T-7" },
		{ TYPE_DEPENDENCIES, "结算 SS-25%", "结算 SS-25%" },
		{ TYPE_DEPENDENCIES, "SS-1 SS", "SS-1 SS" },
		{ TYPE_ALLOCATIONS, "li.wei", "li.wei" },
		{ TYPE_ALLOCATIONS, "li.wei 50%, crane x3, @backend x2 25%",
			"li.wei 50%, crane x3, @backend x2 25%" },
		{ TYPE_ALLOCATIONS, "li.wei 100% 12d", "li.wei 100% 12d" },
		{ TYPE_ALLOCATIONS, "skill:k8s x2\n李伟 | 王芳 50%",
			"skill:k8s x2, 李伟|王芳 50%" },
		{ TYPE_ALLOCATIONS, "x3 x3", "x3 x3" },
		{ TYPE_HOURS, "mon-fri 09:00-12:00 13:00-18:00",
			"mon-fri 09:00-12:00 13:00-18:00" },
		{ TYPE_HOURS, "Mon tue 9-12, wed-thu 9-12, sat off",
			"mon-thu 09:00-12:00, sat off" },
		{ TYPE_HOURS, "fri-mon 00:00-24:00", "mon 00:00-24:00, fri-sun 00:00-24:00" },
		{ TYPE_DATES, "2026-02-15..2026-02-23 春节, 法定",
			"2026-02-15..2026-02-23 春节, 法定" },
		{ TYPE_DATES, "2026-01-01, 2026-04-05 清明", "2026-01-01\n2026-04-05 清明" },
		{ TYPE_DATES, "2026-02-28 as fri 补春节\n2026-05-09 9-12",
			"2026-02-28 as fri 补春节\n2026-05-09 09:00-12:00" },
		{ TYPE_DATES, "2026-05-09 assembly day", "2026-05-09 assembly day" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(
			canonical(*state, rows[i].type, NULL, rows[i].text), rows[i].canonical);
}

struct wrong {
	enum field_type type;
	const char *text, *id, *found;
	size_t offset;
};

static void test_faults(void **state)
{
	static const struct wrong rows[] = {
		{ TYPE_DATE, "2026-02-30", "date-impossible", "2026-02-30", 0 },
		{ TYPE_DATE, "2026/03/02", "value-syntax", "2026/03/02", 0 },
		{ TYPE_DATE, "2026-03-02 14:00", "value-syntax", "2026-03-02 14:00", 0 },
		{ TYPE_DATE, "today", "value-syntax", "today", 0 },
		{ TYPE_DATE, "", "value-syntax", "", 0 },
		{ TYPE_DURATION, "30", "value-unit", "30", 0 },
		{ TYPE_DURATION, "3 days", "value-unit", "days", 2 },
		{ TYPE_DURATION, "thirty", "value-syntax", "thirty", 0 },
		{ TYPE_DURATION, "3d/5d", "value-syntax", "", 5 },
		{ TYPE_DURATION, "3d/2d/5d", "value-order", "2d", 3 },
		{ TYPE_DURATION, "3d/5ed/9d", "value-unit", "5ed", 3 },
		{ TYPE_DURATION, "99999999999999999999d", "value-range", "99999999999999999999",
			0 },
		{ TYPE_DURATION, "922337203685477d", "value-range", "922337203685477d", 0 },
		{ TYPE_DURATION, "1.00001d", "value-precision", "1.00001", 0 },
		{ TYPE_DURATION, "5d 3h", "value-syntax", "3h", 3 },
		{ TYPE_DURATION, "５d", "value-syntax", "５", 0 },
		{ TYPE_EFFORT, "3ed", "value-unit", "3ed", 0 },
		{ TYPE_PERCENT, "half", "value-syntax", "half", 0 },
		{ TYPE_PERCENT, "50 %%", "value-syntax", "%", 4 },
		{ TYPE_NUMBER, "1,000", "value-syntax", ",000", 1 },
		{ TYPE_INTEGER, "12.5", "value-syntax", ".5", 2 },
		{ TYPE_INTEGER, "9223372036854775808", "value-range", "9223372036854775808", 0 },
		{ TYPE_MONEY, "12.5 dollars", "value-syntax", "dollars", 5 },
		{ TYPE_MONEY, "999999999999亿", "value-range", "999999999999亿", 0 },
		{ TYPE_MONEY, "CNY 12", "value-syntax", "CNY", 0 },
		{ TYPE_RATE, "800/year", "value-unit", "year", 4 },
		{ TYPE_RATE, "800/h\nfrom 2026-07-01 900/h\nfrom 2026-06-01 950/h", "value-order",
			"from 2026-06-01 950/h", 28 },
		{ TYPE_RATE, "800/h\nfrom 2026-02-30 900/h", "date-impossible", "2026-02-30", 11 },
		{ TYPE_YESNO, "ja", "value-syntax", "ja", 0 },
		{ TYPE_ID, "T 7", "id-syntax", " ", 1 },
		{ TYPE_ID, "-7", "id-syntax", "-", 0 },
		{ TYPE_REFS, "T-7,, T-8", "value-empty", ",", 4 },
		{ TYPE_REFS, "T-7 T-8", "id-syntax", " ", 3 },
		{ TYPE_REFS, "T-7，T-8", "id-syntax", "，", 3 },
		{ TYPE_LINE, "a\nb", "value-line", "b", 2 },
		{ TYPE_DEPENDENCIES, "T-7, T-9 XX", "value-syntax", "XX", 9 },
		{ TYPE_DEPENDENCIES, "T-7, T-9 SS+2", "value-unit", "2", 12 },
		{ TYPE_DEPENDENCIES, "T-7 SS+-2d", "value-syntax", "-2d", 7 },
		{ TYPE_DEPENDENCIES, "T-7 SS+2d x", "value-syntax", "x", 10 },
		{ TYPE_DEPENDENCIES, ":T-7", "id-syntax", ":T-7", 0 },
		{ TYPE_DEPENDENCIES, "T-7，T-9", "id-syntax", "，", 3 },
		{ TYPE_ALLOCATIONS, "li.wei half", "value-syntax", "half", 7 },
		{ TYPE_ALLOCATIONS, "li.wei 0%", "value-range", "0%", 7 },
		{ TYPE_ALLOCATIONS, "li.wei x0", "value-range", "x0", 7 },
		{ TYPE_ALLOCATIONS, "crane x3.5", "value-range", "x3.5", 6 },
		{ TYPE_ALLOCATIONS, "li.wei 3ed", "value-range", "3ed", 7 },
		{ TYPE_ALLOCATIONS, "@", "id-syntax", "", 1 },
		{ TYPE_HOURS, "mon-fri", "value-syntax", "", 7 },
		{ TYPE_HOURS, "mon 12:00-09:00", "value-order", "12:00-09:00", 4 },
		{ TYPE_HOURS, "mon 09:00-12:00 11:00-13:00", "value-order", "11:00-13:00", 16 },
		{ TYPE_HOURS, "mon 09:00-25:00", "value-syntax", "09:00-25:00", 4 },
		{ TYPE_HOURS, "mon 9-12, mon 13-18", "duplicate-item", "mon 13-18", 10 },
		{ TYPE_HOURS, "workdays 9-12", "value-syntax", "workdays", 0 },
		{ TYPE_DATES, "2026-02-15..2026-02-13", "value-order", "2026-02-15..2026-02-13",
			0 },
		{ TYPE_DATES, "2026-02-15\n2026-02-31 x", "date-impossible", "2026-02-31", 11 },
		{ TYPE_DATES, "2026-02-15 as holiday", "value-syntax", "holiday", 14 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct value value;

		assert_int_equal(parse(f, rows[i].type, NULL, rows[i].text, &value), -1);
		assert_non_null(f->fault.expected);
		assert_string_equal(
			arena_printf(&f->arena, "%s: %s at %zu '%.*s'", rows[i].text, f->fault.id,
				f->fault.offset, (int)f->fault.found.len, f->fault.found.at),
			arena_printf(&f->arena, "%s: %s at %zu '%s'", rows[i].text, rows[i].id,
				rows[i].offset, rows[i].found));
	}
}

static void test_full_width(void **state)
{
	struct fixture *f = *state;
	struct value value;

	assert_int_equal(parse(f, TYPE_DURATION, NULL, "５d", &value), -1);
	assert_non_null(strstr(f->fault.expected, "half-width"));
}

static void test_enum(void **state)
{
	struct fixture *f = *state;
	struct value value;

	assert_int_equal(parse(f, TYPE_ENUM, "planned|doing|done", "doing", &value), 0);
	assert_int_equal(parse(f, TYPE_ENUM, "planned|doing|done", "doin", &value), -1);
	assert_string_equal(f->fault.id, "enum-unknown");
	assert_string_equal(f->fault.expected, "planned|doing|done");
	assert_true(slice_is(f->fault.nearest, "doing"));
	assert_int_equal(parse(f, TYPE_ENUM, "planned|doing|done", "planned|doing", &value), -1);
	assert_int_equal(parse(f, TYPE_ENUM, "planned|doing|done", "", &value), -1);
}

static void test_positive(void **state)
{
	struct fixture *f = *state;
	struct field field = { .name = "effort", .type = TYPE_EFFORT, .flags = FIELD_POSITIVE };
	struct value value;

	assert_int_equal(
		value_parse(&value, &field, slice_of("-3d"), &f->context, &f->arena, &f->fault),
		-1);
	assert_string_equal(f->fault.id, "value-range");
}

static void test_words(void **state)
{
	static const struct {
		const char *word, *date;
	} rows[] = {
		{ "today", "2026-06-10" },
		{ "tomorrow", "2026-06-11" },
		{ "yesterday", "2026-06-09" },
		{ "mon", "2026-06-15" },
		{ "wed", "2026-06-17" },
		{ "thu", "2026-06-11" },
		{ "sow", "2026-06-08" },
		{ "eow", "2026-06-14" },
		{ "eom", "2026-06-30" },
		{ "soq", "2026-04-01" },
		{ "eoq", "2026-06-30" },
		{ "eoy", "2026-12-31" },
		{ "+3d", "2026-06-13" },
		{ "-2w", "2026-05-27" },
		{ "2w ago", "2026-05-27" },
		{ "+1mo", "2026-07-10" },
		{ "1y ago", "2025-06-10" },
		{ "+3", "2026-06-13" },
		{ "+2h", "2026-06-10 16:00" },
		{ "now", "2026-06-10 14:00" },
		{ "2026-02-03", "2026-02-03" },
	};
	struct fixture *f = *state;
	struct value value;

	f->context.words = true;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(parse(f, TYPE_DATETIME, NULL, rows[i].word, &value), 0);
		strbuf_reset(&f->out);
		value_print(&value, &f->units, &f->out);
		assert_string_equal(f->out.buf, rows[i].date);
	}
	assert_int_equal(parse(f, TYPE_DATE, NULL, "3d", &value), -1);
	assert_int_equal(parse(f, TYPE_DATE, NULL, "-3d ago", &value), -1);
	assert_int_equal(parse(f, TYPE_DATE, NULL, "+99999999d", &value), -1);
	assert_int_equal(parse(f, TYPE_DATE, NULL, "+9999y", &value), -1);
	assert_int_equal(parse(f, TYPE_DATE, NULL, "now", &value), -1);
}

static void test_units(void **state)
{
	struct fixture *f = *state;
	struct estimate estimate;

	f->units = (struct units){ 360, 2160, 7920, "CNY" };
	assert_int_equal(duration_parse(slice_of("2d"), &f->units, &estimate, NULL), 0);
	assert_int_equal(estimate.likely, 720);
	assert_int_equal(duration_parse(slice_of("1mo"), &f->units, &estimate, NULL), 0);
	assert_int_equal(estimate.likely, 7920);
	assert_int_equal(duration_parse(slice_of("1ed"), &f->units, &estimate, NULL), 0);
	assert_int_equal(estimate.likely, 1440);
	assert_int_equal(duration_parse(slice_of("x"), &f->units, &estimate, NULL), -1);
}

static void test_mean(void **state)
{
	struct fixture *f = *state;
	struct estimate estimate;

	assert_int_equal(duration_parse(slice_of("3d/5d/10d"), &f->units, &estimate, NULL), 0);
	assert_int_equal(estimate_mean(&estimate), 2640); /* 33/6 d = 5.5 d */
}

static void test_compare_ids(void **state)
{
	struct fixture *f = *state;
	struct value a, b;

	assert_int_equal(parse(f, TYPE_ID, NULL, "T-9", &a), 0);
	assert_int_equal(parse(f, TYPE_ID, NULL, "T-10", &b), 0);
	assert_true(value_compare(&a, &b) < 0);
	assert_int_equal(parse(f, TYPE_ID, NULL, "T-010", &b), 0);
	assert_true(value_compare(&b, &a) > 0);
	assert_int_equal(parse(f, TYPE_ID, NULL, "T-10", &a), 0);
	assert_true(value_compare(&b, &a) != 0);
}

static void test_id(void **state)
{
	(void)state;
	assert_true(id_valid(slice_of("T-12"), NULL));
	assert_true(id_valid(slice_of("医保"), NULL));
	assert_false(id_valid(slice_of(""), NULL));
	assert_false(id_valid(slice_of(".a"), NULL));
	assert_false(id_valid(slice_of("a/b"), NULL));
	assert_false(id_valid(slice_of("a\xff"), NULL));
	assert_false(id_valid(slice_of("\xf0\x9f\x98\x80"), NULL));
	assert_false(id_valid(slice_of("e\xcc\x81"), NULL)); /* not NFC */
}

static void test_huge(void **state)
{
	struct fixture *f = *state;
	struct strbuf text;
	struct value value;

	strbuf_init(&text);
	for (int i = 0; i < 20000; i++)
		strbuf_addf(&text, "%sT-%d SS+1d", i ? ", " : "", i);
	assert_int_equal(parse(f, TYPE_DEPENDENCIES, NULL, text.buf, &value), 0);
	assert_int_equal(value.as.dependencies.count, 20000);
	assert_int_equal(value.as.dependencies.items[1].at, 11);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_canonical, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_faults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_full_width, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_enum, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_positive, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_units, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_mean, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_compare_ids, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_id, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_huge, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/value", tests, NULL, NULL);
}
