#include "base/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void every_day_of_eight_centuries_round_trips(void **state)
{
	date_t date = date_from_civil(1600, 1, 1);
	int weekday = date_weekday(date);

	(void)state;
	assert_int_equal(weekday, 6); /* 1600-01-01 was a Saturday */
	for (int year = 1600; year < 2400; year++) {
		for (int month = 1; month <= 12; month++) {
			for (int day = 1; day <= 31; day++) {
				struct civil c;

				if (!civil_valid(year, month, day))
					continue;
				assert_int_equal(date_from_civil(year, month, day), date);
				c = civil_from_date(date);
				assert_true(c.year == year && c.month == month && c.day == day);
				assert_int_equal(date_weekday(date), weekday);
				weekday = weekday % 7 + 1;
				date++;
			}
		}
	}
}

static void known_days(void **state)
{
	(void)state;
	assert_int_equal(date_from_civil(1970, 1, 1), 0);
	assert_int_equal(date_from_civil(2000, 3, 1), 11017);
	assert_int_equal(date_from_civil(1, 1, 1), -719162);
	assert_int_equal(date_from_civil(9999, 12, 31), 2932896);
	assert_int_equal(date_weekday(0), 4);
	assert_int_equal(date_weekday(date_from_civil(2026, 3, 2)), 1);
	assert_false(civil_valid(1900, 2, 29));
	assert_true(civil_valid(2000, 2, 29));
	assert_false(civil_valid(0, 1, 1));
	assert_false(civil_valid(10000, 1, 1));
	assert_false(civil_valid(2026, 13, 1));
	assert_false(civil_valid(2026, 4, 31));
}

static void check_week(int year, int month, int day, int week_year, int week)
{
	int got_year;

	assert_int_equal(date_iso_week(date_from_civil(year, month, day), &got_year), week);
	assert_int_equal(got_year, week_year);
}

static void iso_weeks(void **state)
{
	(void)state;
	check_week(2005, 1, 1, 2004, 53);
	check_week(2007, 12, 31, 2008, 1);
	check_week(2008, 12, 29, 2009, 1);
	check_week(2010, 1, 3, 2009, 53);
	check_week(2026, 3, 2, 2026, 10);
	check_week(2026, 12, 31, 2026, 53);
	assert_int_equal(date_iso_week(0, NULL), 1);
}

static void check_months(const char *from, int months, const char *expected)
{
	char text[CIVIL_TEXT];
	date_t date;

	assert_int_equal(date_parse(slice_of(from), &date), CIVIL_OK);
	assert_string_equal(date_print(date_add_months(date, months), text), expected);
}

static void months_end_at_the_last_day(void **state)
{
	(void)state;
	check_months("2026-01-31", 1, "2026-02-28");
	check_months("2028-01-31", 1, "2028-02-29");
	check_months("2026-03-31", -1, "2026-02-28");
	check_months("2026-01-15", -1, "2025-12-15");
	check_months("2026-11-30", 3, "2027-02-28");
	check_months("2026-05-05", -24, "2024-05-05");
	check_months("2026-12-31", 0, "2026-12-31");
}

static void dates_are_read_strictly(void **state)
{
	static const char *const wrong[] = { "", "2026-3-2", "2026-03-2", "2026/03/02", "2026-03-02 ", "20260302",
		"２０２６-03-02", "-026-03-02", "2026-03-0a", "+026-01-01" };
	date_t date = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_int_equal(date_parse(slice_of(wrong[i]), &date), CIVIL_SYNTAX);
	assert_int_equal(date_parse(slice_of("2026-02-30"), &date), CIVIL_IMPOSSIBLE);
	assert_int_equal(date_parse(slice_of("0000-01-01"), &date), CIVIL_IMPOSSIBLE);
	assert_int_equal(date, 7);
	assert_int_equal(date_parse(slice_of("2026-03-02"), &date), CIVIL_OK);
	assert_int_equal(date, date_from_civil(2026, 3, 2));
}

static void moments(void **state)
{
	char text[CIVIL_TEXT];
	moment_t m;
	bool has_time;

	(void)state;
	assert_int_equal(moment_parse(slice_of("2026-03-02 09:05"), &m, &has_time), CIVIL_OK);
	assert_true(has_time);
	assert_string_equal(moment_print(m, text), "2026-03-02 09:05");
	assert_string_equal(moment_print_iso(m, text), "2026-03-02T09:05");
	assert_int_equal(moment_parse(slice_of("2026-03-02T23:59"), &m, &has_time), CIVIL_OK);
	assert_int_equal(moment_minute_of_day(m), 1439);
	assert_int_equal(moment_parse(slice_of("2026-03-02"), &m, &has_time), CIVIL_OK);
	assert_false(has_time);
	assert_int_equal(moment_parse(slice_of("2026-03-02 24:00"), &m, &has_time), CIVIL_IMPOSSIBLE);
	assert_int_equal(moment_parse(slice_of("2026-02-30 24:00"), &m, &has_time), CIVIL_IMPOSSIBLE);
	assert_int_equal(moment_parse(slice_of("2026-03-02 9:00"), &m, &has_time), CIVIL_SYNTAX);
	assert_int_equal(moment_parse(slice_of("2026-03-02_09:00"), &m, &has_time), CIVIL_SYNTAX);
	assert_int_equal(moment_parse(slice_of("2026-03-02 09:00:00"), &m, &has_time), CIVIL_SYNTAX);
	assert_int_equal(moment_date(-1), -1);
	assert_int_equal(moment_minute_of_day(-1), 1439);
	assert_int_equal(moment_date(-1440), -1);
	assert_int_equal(moment_date(-1441), -2);
	assert_string_equal(moment_print(-1, text), "1969-12-31 23:59");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_eight_centuries_round_trips),
		cmocka_unit_test(known_days),
		cmocka_unit_test(iso_weeks),
		cmocka_unit_test(months_end_at_the_last_day),
		cmocka_unit_test(dates_are_read_strictly),
		cmocka_unit_test(moments),
	};

	return cmocka_run_group_tests_name("base/civil", tests, NULL, NULL);
}
