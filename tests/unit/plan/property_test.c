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

static const char people[] =
	"[resource a]\n[resource b]\ncalendar = alt\nleave = 2026-03-02..2026-03-06\n 2026-03-10 09:00-12:00\n"
	"[resource c]\ncalendar = night\n[resource d]\ncalendar = always\ncapacity = 3\n[resource crane]\ntype = equipment\n"
	"[resource sand]\ntype = material\n[team t]\nmembers = a, b\n";

static void add_facts(struct dice *dice, struct strbuf *out)
{
	int day = 9 + (int)roll(dice, 15), later = day + (int)roll(dice, 5);

	switch (roll(dice, 10)) {
	case 0: strbuf_addf(out, "actual_start = 2026-02-%02d\nactual_finish = 2026-02-%02d\n", day, later); break;
	case 1: strbuf_addf(out, "actual_start = 2026-02-%02d 11:20\nprogress = %d%%\n", day, (int)roll(dice, 100)); break;
	case 2: strbuf_addf(out, "actual_start = 2026-02-%02d\nremaining = %dh\n", day, (int)roll(dice, 60)); break;
	case 3: strbuf_addf(out, "actual_finish = 2026-02-%02d 15:00\n", day); break;
	case 4: strbuf_add_str(out, "status = done\n"); break;
	case 5: strbuf_add_str(out, "status = cancelled\n"); break;
	case 6: strbuf_addf(out, "must_start = 2026-03-%02d\n", day); break;
	case 7: strbuf_addf(out, "must_finish = 2026-03-%02d 10:00\nas_late_as_possible = yes\n", day); break;
	case 8: strbuf_addf(out, "not_after = 2026-02-%02d\nas_late_as_possible = yes\ndeadline = 2026-03-01\n", day); break;
	default: break;
	}
}

static void add_effort_task(struct dice *dice, int task, struct strbuf *out)
{
	static const char *const crews[] = { "a", "a, b", "b 50%, c", "d x3", "a 12h, b, d", "a 50% 2d, c 10h", "@t", "crane, sand",
		"crane, a", "sand x40", "skill:java x2, c", "b|a" };
	static const char *const efforts[] = { "1d", "7h", "10d", "33min", "1d/3d/9d", "0d" };

	strbuf_addf(out, "[task T%d]\n", task);
	if (task > 0 && roll(dice, 8) == 0)
		strbuf_addf(out, "parent = T%d\n", (int)roll(dice, (uint64_t)task));
	if (roll(dice, 4))
		strbuf_addf(out, "effort = %s\n", efforts[roll(dice, sizeof(efforts) / sizeof(efforts[0]))]);
	if (roll(dice, 4))
		strbuf_addf(out, "assign = %s\n", crews[roll(dice, sizeof(crews) / sizeof(crews[0]))]);
	if (roll(dice, 8) == 0)
		strbuf_add_str(out, "together = yes\n");
	if (roll(dice, 8) == 0)
		strbuf_add_str(out, "calendar = alt\n");
	if (roll(dice, 8) == 0)
		strbuf_add_str(out, "interruptions = 2026-03-03..2026-03-04\n 2026-03-11 09:00-14:00\n");
	add_links(dice, task, out);
	add_facts(dice, out);
}

static void assert_sane(const struct planned *p, const char *text, uint64_t seed)
{
	const struct plan *plan = &p->plan;
	struct strbuf why;

	strbuf_init(&why);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (plan->early_finish[i] < plan->early_start[i] || plan->finish[i] < plan->start[i])
			strbuf_addf(&why, "task %u finishes before it starts\n", i);
		if (!(plan->flags[i] & PLAN_CANCELLED) && plan->early_finish[i] > plan->project_finish)
			strbuf_addf(&why, "task %u finishes after the project\n", i);
		if (plan->start[i] < plan->early_start[i] && !(plan->flags[i] & PLAN_SUMMARY))
			strbuf_addf(&why, "task %u is scheduled before its early start\n", i);
		if (plan->free_float[i] < 0 || plan->effort[i] < 0)
			strbuf_addf(&why, "task %u has negative free float or effort\n", i);
		if ((plan->flags[i] & PLAN_FINISHED) && plan->total_float[i] != 0)
			strbuf_addf(&why, "task %u is finished and has float\n", i);
		if (plan->parent[i] != PLAN_NO_TASK && !(plan->flags[i] & PLAN_CANCELLED) &&
			(plan->start[i] < plan->start[plan->parent[i]] || plan->finish[i] > plan->finish[plan->parent[i]]))
			strbuf_addf(&why, "task %u is outside of its parent\n", i);
	}
	if (why.len > 0) {
		fprintf(stderr, "seed %llu:\n%s\n%s", (unsigned long long)seed, why.buf, text);
		fail();
	}
	strbuf_release(&why);
}

/* People, facts, constraints that cannot hold, status dates: nothing promised but sense. */
static void random_work_in_progress(void **state)
{
	int scheduled = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= NETWORKS; seed++) {
		struct dice dice = { seed, 1000000 };
		int tasks = 1 + (int)roll(&dice, TASKS_MOST);
		struct strbuf text;
		struct planned p;

		strbuf_init(&text);
		strbuf_add_str(&text, "[project]\nname = x\nstart = 2026-02-09\ncalendar = cn\n");
		if (roll(&dice, 3) == 0)
			strbuf_add_str(&text, "finish = 2026-03-01\n");
		if (roll(&dice, 2))
			strbuf_add_str(&text, "status_date = 2026-02-26\n");
		strbuf_add_str(&text, strstr(head, "[calendar cn]"));
		strbuf_add_str(&text, people);
		for (int i = 0; i < tasks; i++)
			add_effort_task(&dice, i, &text);
		planned_init(&p, text.buf);
		assert_int_equal(p.loading.errors, 0);
		if (p.status == 0) {
			assert_sane(&p, text.buf, seed);
			scheduled++;
		}
		planned_release(&p);
		strbuf_release(&text);
	}
	assert_true(scheduled > NETWORKS / 4);
}

/* What a crew has done between start and finish is the effort, and a minute earlier it was not. */
static void crews_do_the_effort(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct dice dice = { seed, 2000000 };
		int64_t hours = 1 + (int64_t)roll(&dice, 200), share = 10 * (1 + (int64_t)roll(&dice, 12)), done, before;
		struct strbuf text;
		struct planned p;
		const struct kind *kind = kind_find(slice_of("resource"));
		const struct calendar *a, *b;
		moment_t start, finish;

		strbuf_init(&text);
		strbuf_addf(&text, "%s%s[task T]\neffort = %lldh\nassign = a, b %lld%%\nnot_before = 2026-02-%02d %02d:17\n", head,
			people, (long long)hours, (long long)share, 9 + (int)roll(&dice, 18), 8 + (int)roll(&dice, 11));
		planned_init(&p, text.buf);
		assert_int_equal(p.status, 0);
		a = calendars_for_resource(p.plan.calendars, project_find(&p.project, kind, slice_of("a")));
		b = calendars_for_resource(p.plan.calendars, project_find(&p.project, kind, slice_of("b")));
		start = p.plan.start[0];
		finish = p.plan.finish[0];
		done = worked(a, start, finish) * 100 + worked(b, start, finish) * share;
		before = worked(a, start, finish - 1) * 100 + worked(b, start, finish - 1) * share;
		assert_true(done >= hours * 6000 && before < hours * 6000);
		planned_release(&p);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_networks),
		cmocka_unit_test(random_work_in_progress),
		cmocka_unit_test(crews_do_the_effort),
	};

	return cmocka_run_group_tests_name("plan/property", tests, NULL, NULL);
}
