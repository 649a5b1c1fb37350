/* Random networks of all link types, lags, calendars, parents and constraints, judged by tests/support/feasible.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/feasible.h"
#include "../../support/planned.h"
#include "base/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NETWORKS = 1500, TASKS_MOST = 24 };

struct dice {
	uint64_t seed, next;
};

static uint64_t roll(struct dice *dice, uint64_t below)
{
	return random_below(dice->seed, 7, dice->next++, below);
}

static const char head[] =
	"[project]\nname = x\nstart = 2026-02-09 10:30\ncalendar = cn\n"
	"[calendar cn]\nholiday = 2026-02-15..2026-02-23\n 2026-04-04..2026-04-06\nworkday = 2026-02-14\n 2026-02-28\n"
	"[calendar alt]\nbase = cn\nweek_odd = mon-sat 08:00-12:00 14:00-17:30\n"
	"[calendar night]\nweek = mon-sun 00:00-02:00 22:00-24:00\n"
	"[calendar always]\nweek = mon-sun 00:00-24:00\n";

static void add_lag(struct dice *dice, struct strbuf *out)
{
	static const char *const lags[] = { "", "", "", "+1d", "+3d", "-1d", "+90min", "-4h", "+2ed", "-1ed", "+50%", "-25%", "+13h" };

	strbuf_add_str(out, lags[roll(dice, sizeof(lags) / sizeof(lags[0]))]);
}

static void add_links(struct dice *dice, int task, struct strbuf *out)
{
	static const char *const types[] = { "", " FS", " SS", " FF", " SF", " FS" };
	int count = (int)roll(dice, 4);

	for (int i = 0; i < count && task > 0; i++) {
		size_t type = roll(dice, 6);

		strbuf_addf(out, i == 0 ? "depends = T%d%s" : "\n T%d%s", (int)roll(dice, (uint64_t)task), types[type]);
		if (type > 0)
			add_lag(dice, out);
		if (i + 1 == count)
			strbuf_add_char(out, '\n');
	}
}

static void add_constraints(struct dice *dice, struct strbuf *out)
{
	int day = 9 + (int)roll(dice, 18);

	switch (roll(dice, 14)) {
	case 0: strbuf_addf(out, "not_before = 2026-02-%02d\n", day); break;
	case 1: strbuf_addf(out, "not_before = 2026-03-%02d 11:15\n", day); break;
	case 2: strbuf_addf(out, "finish_not_before = 2026-03-%02d\n", day); break;
	case 3: strbuf_addf(out, "levelling_delay = 1d\n"); break;
	default: break;
	}
}

static void add_task(struct dice *dice, int task, struct strbuf *out)
{
	static const char *const calendars[] = { "alt", "night", "always", "cn" };
	static const char *const durations[] = { "1d", "3d", "90min", "10d", "4h", "2ed", "0d", "1min", "17h" };

	strbuf_addf(out, "[task T%d]\n", task);
	if (task > 0 && roll(dice, 3) == 0)
		strbuf_addf(out, "parent = T%d\n", (int)roll(dice, (uint64_t)task));
	strbuf_addf(out, "duration = %s\n", durations[roll(dice, sizeof(durations) / sizeof(durations[0]))]);
	if (roll(dice, 4) == 0)
		strbuf_addf(out, "calendar = %s\n", calendars[roll(dice, 4)]);
	add_links(dice, task, out);
	add_constraints(dice, out);
}

static void judge(const struct planned *p, const char *text, uint64_t seed, bool late)
{
	struct dates early_dates = { p->plan.early_start, p->plan.early_finish };
	struct dates late_dates = { p->plan.late_start, p->plan.late_finish };
	struct strbuf why;

	strbuf_init(&why);
	feasible(&p->plan, early_dates, &why);
	earliest(&p->plan, &why);
	floats_agree(&p->plan, &why);
	if (late && why.len == 0 && !feasible(&p->plan, late_dates, &why))
		strbuf_add_str(&why, "(late dates)\n");
	if (why.len > 0) {
		fprintf(stderr, "seed %llu:\n%s\n%s", (unsigned long long)seed, why.buf, text);
		fail();
	}
	strbuf_release(&why);
}

static void random_networks(void **state)
{
	int scheduled = 0;
	const char *only = getenv("SEED");

	(void)state;
	for (uint64_t seed = only ? strtoull(only, NULL, 10) : 1; seed <= NETWORKS || only; seed++) {
		struct dice dice = { seed, 0 };
		int tasks = 1 + (int)roll(&dice, TASKS_MOST);
		struct strbuf text;
		struct planned p;

		strbuf_init(&text);
		strbuf_add_str(&text, head);
		for (int i = 0; i < tasks; i++)
			add_task(&dice, i, &text);
		planned_init(&p, text.buf);
		assert_int_equal(p.loading.errors, 0);
		if (p.status == 0) {
			judge(&p, text.buf, seed, true);
			scheduled++;
		} else {
			assert_true(planned_found(&p, "cycle") + planned_found(&p, "depends-ancestor") > 0);
		}
		planned_release(&p);
		strbuf_release(&text);
		if (only)
			break;
	}
	if (!only)
		assert_true(scheduled > NETWORKS / 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_networks),
	};

	return cmocka_run_group_tests_name("plan/property", tests, NULL, NULL);
}
