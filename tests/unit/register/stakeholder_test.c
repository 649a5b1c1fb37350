/* Stakeholders: quadrants, channels, the windows of the communication plan, RACI. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "register/communication.h"
#include "register/raci.h"
#include "register/stakeholder.h"

#include <string.h>

static void quadrants(void **state)
{
	static const enum strategy wanted[3][3] = { /* by power, then interest */
		{ STRATEGY_MONITOR, STRATEGY_INFORM, STRATEGY_INFORM },
		{ STRATEGY_SATISFY, STRATEGY_INFORM, STRATEGY_MANAGE },
		{ STRATEGY_SATISFY, STRATEGY_MANAGE, STRATEGY_MANAGE } };

	(void)state;
	for (int power = 0; power < 3; power++)
		for (int interest = 0; interest < 3; interest++)
			assert_int_equal(stakeholder_strategy(power, interest), wanted[power][interest]);
	assert_int_equal(stakeholder_strategy(-1, 2), STRATEGY_UNKNOWN);
	assert_int_equal(stakeholder_strategy(2, -1), STRATEGY_UNKNOWN);
}

/* Published: five people have ten channels. */
static void channels(void **state)
{
	(void)state;
	assert_int_equal(communication_channels(5), 10);
	assert_int_equal(communication_channels(0), 0);
	assert_int_equal(communication_channels(1), 0);
	assert_int_equal(communication_channels(100000), 4999950000);
	for (size_t n = 1; n < 50; n++) /* one more talks with all who were there */
		assert_int_equal(communication_channels(n + 1), communication_channels(n) + n);
}

static date_t day(const char *text)
{
	date_t date;

	assert_int_equal(date_parse(slice_of(text), &date), CIVIL_OK);
	return date;
}

/* 2026-06-19 is the Dragon Boat festival, a Friday; October 1 to 7 are free, and Sunday September 20 is worked for it. */
#define HOLIDAYS                                                                                   \
	"[project]\nstart = 2026-03-02\ncalendar = cn\n"                                          \
	"[calendar cn]\nweek = mon-fri 09:00-12:00 13:00-18:00\n"                                 \
	"holiday = 2026-06-19 端午节\n  2026-10-01..2026-10-07 国庆节\n"                             \
	"workday = 2026-09-20 国庆节\n"

static struct planned holidays;

static void assert_window(const char *often, const char *now, const char *from, const char *to, const char *due)
{
	struct communication_window window;

	if (!communication_window(slice_of(often), holidays.plan.calendar, day("2026-03-02"), day(now), &window))
		fail_msg("'%s' is no rule", often);
	assert_int_equal(window.from, day(from));
	assert_int_equal(window.to, day(to));
	assert_int_equal(window.due, day(due));
}

static void windows(void **state)
{
	struct communication_window window;

	(void)state;
	planned_init(&holidays, HOLIDAYS);
	assert_window("weekly mon", "2026-06-10", "2026-06-08", "2026-06-14", "2026-06-08");
	assert_window("每周", "2026-06-10", "2026-06-08", "2026-06-14", "2026-06-12");
	assert_window("每周五例会", "2026-06-14", "2026-06-08", "2026-06-14", "2026-06-12");
	assert_window("biweekly", "2026-03-15", "2026-03-02", "2026-03-15", "2026-03-13");
	assert_window("biweekly", "2026-03-16", "2026-03-16", "2026-03-29", "2026-03-27");
	assert_window("每月一次", "2028-02-10", "2028-02-01", "2028-02-29", "2028-02-29");
	assert_window("quarterly", "2026-05-05", "2026-04-01", "2026-06-30", "2026-06-30");
	assert_window("半年一次", "2026-05-05", "2026-01-01", "2026-06-30", "2026-06-30");
	assert_window("yearly", "2026-05-05", "2026-01-01", "2026-12-31", "2026-12-31");
	assert_window("daily", "2026-05-05", "2026-05-05", "2026-05-05", "2026-05-05");
	/* no working day: the one before it in the window, … */
	assert_window("每周五", "2026-06-17", "2026-06-15", "2026-06-21", "2026-06-18");
	assert_window("weekly", "2026-06-17", "2026-06-15", "2026-06-21", "2026-06-18");
	assert_window("每周", "2026-09-16", "2026-09-14", "2026-09-20", "2026-09-20");
	assert_window("monthly 3", "2026-10-20", "2026-10-01", "2026-10-31", "2026-10-08");
	assert_window("monthly", "2026-05-20", "2026-05-01", "2026-05-31", "2026-05-29");
	/* … else the one behind it, or behind the window */
	assert_window("monthly 1", "2026-02-28", "2026-02-01", "2026-02-28", "2026-02-02");
	assert_window("每周一", "2026-10-08", "2026-10-05", "2026-10-11", "2026-10-08");
	assert_window("daily", "2026-10-02", "2026-10-02", "2026-10-02", "2026-10-08");
	assert_false(communication_window(slice_of("割接前三天"), holidays.plan.calendar, day("2026-03-02"), day("2026-06-10"), &window));
	assert_false(communication_window(slice_of(""), holidays.plan.calendar, day("2026-03-02"), day("2026-06-10"), &window));
	planned_release(&holidays);
}

/* Every day is in exactly one window; what is owed in it is owed on a working day of it, where it has any. */
static void windows_cut_time(void **state)
{
	static const char *const rules[] = { "daily", "weekly", "weekly wed", "biweekly", "every 3 weeks", "monthly", "monthly 31",
		"quarterly", "half-yearly", "yearly", "every 10 days" };
	date_t start = day("2026-03-02");

	(void)state;
	planned_init(&holidays, HOLIDAYS);
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct communication_window last = { DATE_NONE, DATE_NONE, DATE_NONE }, w;

		for (date_t now = start; now < start + 800; now++) {
			assert_true(communication_window(slice_of(rules[i]), holidays.plan.calendar, start, now, &w));
			assert_true(w.from <= now && now <= w.to);
			assert_true(calendar_day(holidays.plan.calendar, w.due, NULL, NULL) > 0);
			assert_true(w.from <= w.due);
			if (calendar_between(holidays.plan.calendar, moment_from_date(w.from), moment_from_date(w.to + 1)) > 0)
				assert_true(w.due <= w.to);
			if (last.from != DATE_NONE && w.from != last.from)
				assert_int_equal(w.from, last.to + 1);
			else if (last.from != DATE_NONE)
				assert_int_equal(w.to, last.to);
			last = w;
		}
	}
	planned_release(&holidays);
}

#define PEOPLE                                                                                     \
	"[project]\nstart = 2026-03-02\n[resource li.wei]\n[resource crane]\ntype = equipment\n"    \
	"[stakeholder boss]\ncommunication = a; mail; weekly\n  回访； 会议； 每周\n  c\n"              \
	"[stakeholder li]\nresource = li.wei\n"                                                    \
	"[note boss]\n2026-06-09 = sent a to boss\n2026-06-12 = 回访 too late\n"                       \
	"[meeting M-1]\ndate = 2026-06-01\npresent = boss\n"                                       \
	"[task T-1]\naccountable = boss\n"                                                         \
	"[task T-2]\nparent = T-1\nassign = li.wei, crane\nduration = 1d\n"                        \
	"[task T-3]\nresponsible = li.wei\nconsulted = boss, ghost\nduration = 1d\n"               \
	"[task T-4]\nowner = li.wei\nduration = 1d\n"                                              \
	"[task T-5]\nparent = T-1\nmilestone = yes\n"

static void told(void **state)
{
	struct planned p;
	struct vec items;
	const struct communication *c;

	(void)state;
	planned_init(&p, PEOPLE);
	vec_init(&items, sizeof(struct communication));
	communications_read(&p.project, p.plan.calendar, at("2026-06-10 12:00"), &items);
	assert_int_equal(items.len, 3);
	c = items.items;
	assert_int_equal(c[0].state, COMMUNICATION_DONE);
	assert_int_equal(c[0].last, day("2026-06-09"));
	assert_int_equal(c[1].state, COMMUNICATION_DUE); /* the meeting was last week, the note is to come */
	assert_int_equal(c[1].last, day("2026-06-01"));
	assert_int_equal(c[2].state, COMMUNICATION_OCCASION);
	assert_int_equal(communication_people(&p.project), 2); /* li is li.wei, the crane nobody */
	vec_release(&items);
	planned_release(&p);
}

static uint8_t letters_of(const struct raci *raci, size_t row, const char *person)
{
	const struct raci_person *people = raci->people.items;

	for (uint32_t i = 0; i < raci->people.len; i++)
		if (slice_is(people[i].id, person))
			return raci_letters(raci, vec_at(&raci->rows, row), i);
	return 0;
}

static void roles(void **state)
{
	struct planned p;
	struct raci raci;
	const struct raci_row *rows;

	(void)state;
	planned_init(&p, PEOPLE);
	raci_init(&raci, &p.plan, NULL, 1);
	rows = raci.rows.items;
	assert_int_equal(raci.rows.len, 5);
	assert_int_equal(letters_of(&raci, 0, "boss"), RACI_A);
	assert_int_equal(letters_of(&raci, 1, "boss"), RACI_A | RACI_INHERITED);
	assert_int_equal(letters_of(&raci, 1, "li.wei"), RACI_R);
	assert_int_equal(letters_of(&raci, 1, "crane"), 0);
	assert_int_equal(rows[2].task, planned_task(&p, "T-5"));
	assert_false(rows[2].no_responsible);
	assert_int_equal(letters_of(&raci, 3, "ghost"), RACI_C);
	assert_true(rows[3].no_accountable && !rows[3].no_responsible);
	assert_true(!rows[4].no_accountable && rows[4].no_responsible);
	assert_int_equal(raci.faulty, 2);
	for (size_t i = 0; i < raci.people.len; i++) {
		const struct raci_person *person = vec_at(&raci.people, i);

		assert_int_equal(person->overloaded, slice_is(person->id, "boss")); /* of T-2 and T-5 */
	}
	raci_release(&raci);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(quadrants), cmocka_unit_test(channels), cmocka_unit_test(windows),
		cmocka_unit_test(windows_cut_time), cmocka_unit_test(told), cmocka_unit_test(roles) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
