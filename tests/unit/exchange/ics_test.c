/* iCalendar files as lines of days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/random.h"
#include "exchange/ics.h"
#include "model/value.h"

#include <string.h>

#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL "END:VCALENDAR\r\n"

struct fixture {
	struct ics_days days;
	struct diagnostics found;
	struct err err;
	int status;
};

static void open_ics(struct fixture *f, const char *text)
{
	ics_days_init(&f->days);
	diagnostics_init(&f->found);
	err_init(&f->err);
	f->status = ics_read(slice_of(text), "x.ics", &f->days, &f->found, &f->err);
}

static void close_ics(struct fixture *f)
{
	ics_days_release(&f->days);
	diagnostics_release(&f->found);
	err_release(&f->err);
}

/* Every line must be a value of a list of days. */
static void assert_readable(struct slice lines)
{
	struct field field = { .name = "holiday", .type = TYPE_DATES };
	struct units units;
	struct value_context context = { .units = &units };
	struct value_fault fault = { .id = "" };
	struct value value;
	struct arena arena;

	arena_init(&arena);
	units_default(&units);
	if (value_parse(&value, &field, lines, &context, &arena, &fault) != 0)
		fail_msg("%s at %zu of: %.*s", fault.id, fault.offset, (int)lines.len, lines.at);
	arena_release(&arena);
}

static void assert_event(const char *event, const char *off, const char *work, const char *finding)
{
	struct strbuf text;
	struct fixture f;

	strbuf_init(&text);
	strbuf_addf(&text, HEAD "BEGIN:VEVENT\r\n%sEND:VEVENT\r\n" TAIL, event);
	open_ics(&f, text.buf);
	assert_int_equal(f.status, 0);
	assert_string_equal(f.days.off.buf, off);
	assert_string_equal(f.days.work.buf, work);
	assert_readable(strbuf_slice(&f.days.off));
	assert_readable(strbuf_slice(&f.days.work));
	assert_int_equal(f.found.items.len, finding ? 1 : 0);
	if (finding)
		assert_string_equal(((struct diagnostic *)f.found.items.items)->id, finding);
	close_ics(&f);
	strbuf_release(&text);
}

static void all_day_and_timed_events(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260506\r\nSUMMARY:劳动节\r\n", "2026-05-01..2026-05-05 劳动节", "",
		NULL);
	assert_event("DTSTART;VALUE=DATE:20260501\r\nSUMMARY:五一\r\n", "2026-05-01 五一", "", NULL);
	assert_event("dtstart:20260501\r\nduration:P2D\r\n", "2026-05-01..2026-05-02", "", NULL);
	assert_event("DTSTART:20261231T130000\r\nDTEND:20261231T180000\r\nSUMMARY:早走\r\n", "2026-12-31 13:00-18:00 早走", "", NULL);
	assert_event("DTSTART:20261231T130000\r\nDURATION:PT1H30M\r\n", "2026-12-31 13:00-14:30", "", NULL);
	assert_event("DTSTART:20260303T140000\r\nDTEND:20260306T110000\r\nSUMMARY:出差\r\n",
		"2026-03-03 14:00-24:00 出差\n2026-03-04..2026-03-05 出差\n2026-03-06 00:00-11:00 出差", "", NULL);
	assert_event("DTSTART;TZID=Asia/Shanghai:20260303T090000\r\nDTEND;TZID=Asia/Shanghai:20260303T100000\r\n",
		"2026-03-03 09:00-10:00", "", "import-dropped");
}

static void folded_lines_and_escapes(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:2026\r\n 0501\r\nSUMMARY:劳\r\n \t动\\, 节\\nx\r\n", "2026-05-01 劳 动; 节 x" + 0, "", NULL);
}

static void worked_days_are_told(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260214\r\nSUMMARY:上班(补春节假期)\r\n", "", "2026-02-14 上班(补春节假期)", NULL);
	assert_event("DTSTART;VALUE=DATE:20260214\r\nSUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\n", "", "2026-02-14 春节", NULL);
}

static void observances_are_left_out_beside_days_off(void **state)
{
	struct fixture f;

	(void)state;
	open_ics(&f, HEAD "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nSUMMARY:劳动节（休）\nEND:VEVENT\n"
			  "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260308\nSUMMARY:妇女节\nEND:VEVENT\n" TAIL);
	assert_string_equal(f.days.off.buf, "2026-05-01 劳动节（休）");
	assert_int_equal(f.days.observances, 1);
	close_ics(&f);
}

static void rules_become_rules(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260501\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:劳动节\r\n", "yearly 05-01 from 2026-05-01 劳动节", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261004\r\nRRULE:FREQ=YEARLY;UNTIL=20301231\r\n",
		"yearly 10-01..10-03 from 2026-10-01 until 2030-12-31", "", NULL);
	assert_event("DTSTART:20260306T130000\r\nDTEND:20260306T180000\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;COUNT=10\r\n",
		"every 2 weeks fri from 2026-03-06 10 times 13:00-18:00", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260510\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=2SU\r\nSUMMARY:1st\r\n",
		"yearly second sun of 05 from 2026-05-10 - 1st", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260330\r\nRRULE:FREQ=MONTHLY;BYDAY=-1MO\r\n", "monthly last mon from 2026-03-30", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260331\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1\r\n", "monthly last from 2026-03-31", "", NULL);
}

static void rules_we_lack_are_written_out(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260306\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;VALUE=DATE:20260313,20260327\r\n",
		"2026-03-06\n2026-03-20", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260131\r\nRRULE:FREQ=MONTHLY;UNTIL=20260601\r\n", "2026-01-31\n2026-03-31\n2026-05-31", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260306\r\nDTEND;VALUE=DATE:20260308\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n",
		"2026-03-06..2026-03-07\n2026-03-13..2026-03-14", "", NULL);
	assert_event("DTSTART;VALUE=DATE:20260306\r\nRRULE:FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART;VALUE=DATE:20260306\r\nRRULE:FREQ=HOURLY\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=WEEKLY;UNTIL=20260101\r\n", "2026-03-06", "", "import-dropped");
}

/* A meeting moved from the 13th to the 14th, one called off, one more. */
static void times_of_a_series_are_replaced(void **state)
{
	(void)state;
	assert_event("UID:a@b\r\nDTSTART;VALUE=DATE:20260306\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nSUMMARY:s\r\nEND:VEVENT\r\n"
		     "BEGIN:VEVENT\r\nUID:a@b\r\nRECURRENCE-ID;VALUE=DATE:20260313\r\nDTSTART;VALUE=DATE:20260314\r\nSUMMARY:moved\r\nEND:VEVENT\r\n"
		     "BEGIN:VEVENT\r\nUID:a@b\r\nRECURRENCE-ID;VALUE=DATE:20260320\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260320\r\n",
		"2026-03-06 s\n2026-03-27 s\n2026-03-14 moved", "", NULL);
	assert_event("UID:other\r\nDTSTART;VALUE=DATE:20260306\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nEND:VEVENT\r\n"
		     "BEGIN:VEVENT\r\nUID:a@b\r\nRECURRENCE-ID;VALUE=DATE:20260313\r\nDTSTART;VALUE=DATE:20260314\r\n",
		"weekly from 2026-03-06 2 times\n2026-03-14", "", NULL);
	assert_event("UID:a\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260313\r\nDTSTART;VALUE=DATE:20260314\r\n", "2026-03-14", "",
		"import-dropped");
	assert_event("UID:a\r\nRECURRENCE-ID:soon\r\nDTSTART;VALUE=DATE:20260314\r\n", "2026-03-14", "", "import-value");
}

static void further_times_are_added(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260306\r\nRDATE;VALUE=DATE:20260310,20260312\r\nEXDATE:20260312\r\n",
		"2026-03-06\n2026-03-10", "", NULL);
	assert_event("DTSTART:20260306T130000\r\nDTEND:20260306T150000\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\nRDATE:20260310T090000\r\n",
		"weekly from 2026-03-06 2 times 13:00-15:00\n2026-03-10 09:00-11:00", "", NULL);
	assert_event("DTSTART:20260306\r\nRDATE;VALUE=PERIOD:20260310T090000/PT1H\r\n", "2026-03-06\n2026-03-10 09:00-24:00\n2026-03-11 00:00-09:00", "",
		"import-dropped");
	assert_event("DTSTART:20260306\r\nRDATE:20261399\r\n", "2026-03-06", "", "import-value");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=DAILY;COUNT=2\r\nEXDATE:tomorrow\r\n", "daily from 2026-03-06 2 times", "", "import-value");
	assert_event("DTSTART:20260306\r\nEXRULE:FREQ=DAILY\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:99991230\r\nDTEND:99991231\r\nRDATE:99991231T235900\r\n", "9999-12-30", "", NULL);
}

static void numbers_beyond_reason_are_refused(void **state)
{
	(void)state;
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=DAILY;INTERVAL=99999999999\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=DAILY;COUNT=99999999999\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=99999999999\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=MONTHLY;BYDAY=99999999999MO\r\n", "2026-03-06", "", "import-dropped");
	assert_event("DTSTART:20260306\r\nRRULE:FREQ=MONTHLY;BYDAY=xxMO\r\n", "2026-03-06", "", "import-dropped");
}

static void days_beyond_the_calendar_are_left_out(void **state)
{
	(void)state;
	assert_event("DTSTART:99991230\r\nDURATION:P3000D\r\n", "", "", "import-value");
	assert_event("DTSTART:99991231\r\n", "9999-12-31", "", NULL);
	assert_event("DTSTART:99991231\r\nRRULE:FREQ=DAILY;COUNT=9\r\nEXDATE:20260101\r\n", "9999-12-31", "", NULL);
}

/* Each rule asks for a century of days. */
static void more_days_than_anybody_has_are_refused(void **state)
{
	struct strbuf text;
	struct fixture f;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, HEAD);
	for (int i = 0; i < 8; i++)
		strbuf_add_str(&text, "BEGIN:VEVENT\nDTSTART:20260306\nRRULE:FREQ=DAILY;UNTIL=99991231\nEXDATE:20270101\nEND:VEVENT\n");
	strbuf_add_str(&text, TAIL);
	open_ics(&f, text.buf);
	assert_int_equal(f.status, ERR_INPUT);
	assert_int_equal(f.days.off.len, 0);
	close_ics(&f);
	strbuf_release(&text);
}

static void remarks_are_no_words_of_a_rule(void **state)
{
	(void)state;
	assert_event("DTSTART:20260501\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:until\r\n", "yearly 05-01 from 2026-05-01 - until", "", NULL);
	assert_event("DTSTART:20260501\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:From Bonn\r\n", "yearly 05-01 from 2026-05-01 - From Bonn", "", NULL);
}

static void bad_events_are_named(void **state)
{
	(void)state;
	assert_event("DTSTART;VALUE=DATE:20260230\r\n", "", "", "import-value");
	assert_event("DTSTART:20260303T100000\r\nDTEND:20260303T100000\r\n", "", "", "import-value");
	assert_event("DTSTART:20260303\r\nDTEND:20460303\r\n", "", "", "import-value");
	assert_event("DTSTART:20260303\r\nnonsense\r\n", "2026-03-03", "", "import-value");
	assert_event("DTSTART:20260303\r\nSTATUS:CANCELLED\r\n", "", "", NULL);
	assert_event("SUMMARY:no date\r\n", "", "", NULL);
	assert_event("DTSTART:20260303\r\nBEGIN:VALARM\r\nDTSTART:20200101\r\nEND:VALARM\r\n", "2026-03-03", "", NULL);
}

static void what_is_no_calendar_is_refused(void **state)
{
	static const char *const texts[] = { "", "{}", "BEGIN:VCARD\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260303\n",
		"BEGIN:VCALENDAR\nX:\xff\n" };
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		open_ics(&f, texts[i]);
		assert_int_equal(f.status, ERR_INPUT);
		assert_non_null(f.err.message);
		close_ics(&f);
	}
	open_ics(&f, "\xef\xbb\xbf" HEAD TAIL);
	assert_int_equal(f.status, 0);
	close_ics(&f);
}

/* Bytes changed, cut and doubled: whatever comes out is still a list of days. */
static void damaged_files_give_readable_lines(void **state)
{
	static const char whole[] = HEAD
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260501\r\nDTEND;VALUE=DATE:20260506\r\nRRULE:FREQ=YEARLY;INTERVAL=2;COUNT=12\r\n"
		"SUMMARY:劳动节\\, 2026\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20260306T130000Z\r\nDURATION:PT5H\r\n"
		"RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20281231\r\nEXDATE:20260327T130000Z\r\nSUMMARY:as fri\r\nEND:VEVENT\r\n" TAIL;

	(void)state;
	for (uint64_t seed = 0; seed < 3000; seed++) {
		char text[sizeof(whole)];
		struct fixture f;

		memcpy(text, whole, sizeof(whole));
		for (uint64_t k = 0; k < 1 + seed % 4; k++) {
			size_t at = strlen(HEAD) + (size_t)random_below(seed, 2, 2 * k, sizeof(whole) - strlen(HEAD) - 1);

			text[at] = "0123456789;:=,-TZ\r\n A"[random_below(seed, 2, 2 * k + 1, 21)];
		}
		open_ics(&f, text);
		assert_readable(strbuf_slice(&f.days.off));
		assert_readable(strbuf_slice(&f.days.work));
		close_ics(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_day_and_timed_events),
		cmocka_unit_test(folded_lines_and_escapes),
		cmocka_unit_test(worked_days_are_told),
		cmocka_unit_test(observances_are_left_out_beside_days_off),
		cmocka_unit_test(rules_become_rules),
		cmocka_unit_test(rules_we_lack_are_written_out),
		cmocka_unit_test(times_of_a_series_are_replaced),
		cmocka_unit_test(further_times_are_added),
		cmocka_unit_test(numbers_beyond_reason_are_refused),
		cmocka_unit_test(days_beyond_the_calendar_are_left_out),
		cmocka_unit_test(more_days_than_anybody_has_are_refused),
		cmocka_unit_test(remarks_are_no_words_of_a_rule),
		cmocka_unit_test(bad_events_are_named),
		cmocka_unit_test(what_is_no_calendar_is_refused),
		cmocka_unit_test(damaged_files_give_readable_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
