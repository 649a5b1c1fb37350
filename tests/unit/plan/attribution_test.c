/* Why a plan differs: known cases, and random projects with random edits, whose steps must add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/random.h"
#include "plan/attribution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
	struct planned before, after;
	struct plan_costs before_costs, after_costs;
	struct attribution why;
};

static struct attribution_request request_of(struct pair *p)
{
	return (struct attribution_request){ .before = &p->before.plan, .after = &p->after.plan, .before_costs = &p->before_costs,
		.after_costs = &p->after_costs, .options = p->before.options, .before_now = p->before.options.now,
		.after_now = p->after.options.now };
}

static void plans_init(struct pair *p, const char *before, const char *after)
{
	planned_init(&p->before, before);
	planned_init(&p->after, after);
	assert_int_equal(p->before.status, 0);
	assert_int_equal(p->after.status, 0);
	plan_costs_init(&p->before_costs, &p->before.plan);
	plan_costs_init(&p->after_costs, &p->after.plan);
}

static void pair_init(struct pair *p, const char *before, const char *after)
{
	struct attribution_request request;

	plans_init(p, before, after);
	request = request_of(p);
	attribution_init(&p->why, &request);
}

static void pair_release(struct pair *p)
{
	attribution_release(&p->why);
	plan_costs_release(&p->before_costs);
	plan_costs_release(&p->after_costs);
	planned_release(&p->before);
	planned_release(&p->after);
}

static const struct attribution_step *step(const struct pair *p, size_t i)
{
	assert_true(i < p->why.steps.len);
	return vec_at(&p->why.steps, i);
}

static bool is_about(const struct pair *p, size_t i, const char *id, const char *field)
{
	const struct attribution_step *s = step(p, i);
	const struct difference *d;

	if (s->what != STEP_CHANGES || s->count != 1)
		return false;
	d = attribution_difference(&p->why, s, 0);
	return slice_is((d->after ? d->after : d->before)->id, id) && slice_is(d->field, field);
}

#define HEAD "[project]\nstart = 2026-03-02\n"

static void two_changes_in_a_row(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[task T-1]\nduration = 8d\n[task T-2]\nduration = 5d\ndepends = T-1\n",
		HEAD "[task T-1]\ntitle = Other\nduration = 10d\n[task T-2]\nduration = 4d\ndepends = T-1\n");
	assert_int_equal(p.why.differences.len, 3);
	assert_int_equal(p.why.steps.len, 2);
	assert_true(is_about(&p, 0, "T-1", "duration"));
	assert_int_equal(step(&p, 0)->finish, 2 * 480);
	assert_int_equal(step(&p, 0)->moved, 2);
	assert_true(is_about(&p, 1, "T-2", "duration"));
	assert_int_equal(step(&p, 1)->finish, -480);
	assert_int_equal(p.why.cause_count[1], 2);
	assert_ptr_equal(attribution_cause(&p.why, 1, 480), step(&p, 0));
	assert_ptr_equal(attribution_cause(&p.why, 1, -480), step(&p, 1));
	assert_true(p.why.complete);
	pair_release(&p);
}

/* Each of the two edits alone would close a loop. */
static void links_that_turn_around_stay_together(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[task A]\nduration = 3d\n[task B]\nduration = 1d\ndepends = A\n[task C]\nduration = 1d\ndepends = B SS\n",
		HEAD "[task A]\nduration = 3d\ndepends = B\n[task B]\nduration = 1d\n[task C]\nduration = 1d\ndepends = B SS\n");
	assert_int_equal(p.why.steps.len, 1);
	assert_int_equal(step(&p, 0)->count, 2);
	assert_true(p.why.complete);
	pair_release(&p);
}

static void people_calendars_and_settings(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[resource li]\nrate = 800/d\n[task A]\neffort = 4d\nassign = li\n",
		"[project]\nstart = 2026-03-03\n[resource li]\nrate = 1000/d\nleave = 2026-03-04\n[task A]\neffort = 4d\nassign = li\n");
	assert_int_equal(p.why.steps.len, 3);
	assert_true(is_about(&p, 0, "", "start"));
	assert_int_equal(step(&p, 0)->finish, 480);
	assert_int_equal(step(&p, 0)->cost, 0);
	assert_int_equal(step(&p, 1)->cost + step(&p, 2)->cost, 800 * DECIMAL_ONE);
	assert_int_equal(step(&p, 1)->finish + step(&p, 2)->finish, 480);
	pair_release(&p);
}

static void tasks_that_come_and_go(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[task A]\nduration = 3d\n[task OLD]\neffort = 4d\ndepends = A\n",
		HEAD "[task A]\nduration = 3d\n[task NEW]\nduration = 6d\ndepends = A\n");
	assert_int_equal(p.why.steps.len, 2);
	assert_int_equal(step(&p, 0)->finish, 2 * 480);
	assert_int_equal(step(&p, 1)->finish, 0);
	assert_int_equal(step(&p, 1)->effort, -4 * 480);
	pair_release(&p);
}

static void facts_come_last(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[task A]\nduration = 3d\n[task B]\nduration = 2d\ndepends = A\n",
		HEAD "[task A]\nactual_start = 2026-03-02\nactual_finish = 2026-03-09\nduration = 4d\n[task B]\nduration = 2d\ndepends = A\n");
	assert_true(is_about(&p, 0, "A", "duration"));
	assert_int_equal(step(&p, 0)->finish, 480);
	assert_int_equal(step(&p, p.why.steps.len - 1)->finish, 2 * 480);
	pair_release(&p);
}

static void time_passes(void **state)
{
	struct attribution_request request;
	struct pair p;

	(void)state;
	plans_init(&p, "[project]\nstart = 2026-03-02\nstatus_date = today\n[task A]\nduration = 3d\n",
		"[project]\nstart = 2026-03-02\nstatus_date = today\n[task A]\nduration = 4d\n");
	p.after.options.now = at("2026-03-04");
	planned_release(&p.after);
	planned_build(&p.after, "[project]\nstart = 2026-03-02\nstatus_date = today\n[task A]\nduration = 4d\n");
	plan_release(&p.after.plan);
	p.after.options.now = at("2026-03-04");
	assert_int_equal(plan_build(&p.after.plan, &p.after.project, &p.after.options, &p.after.found, &p.after.err), 0);
	assert_int_equal(plan_schedule(&p.after.plan, &p.after.options, &p.after.found, &p.after.err), 0);
	request = request_of(&p);
	attribution_init(&p.why, &request);
	assert_int_equal(p.why.steps.len, 2);
	assert_true(is_about(&p, 0, "A", "duration"));
	assert_int_equal(step(&p, 1)->what, STEP_TIME);
	assert_int_equal(step(&p, 1)->finish, 2 * 480);
	pair_release(&p);
}

/* A title is tried by no plan; of the others the one that moves the finish is found first. */
static void idle_changes_cost_nothing(void **state)
{
	struct pair p;

	(void)state;
	pair_init(&p, HEAD "[task A]\ntitle = a\nowner = x\nduration = 1d\n", HEAD "[task A]\ntitle = b\nx_own = 1\nduration = 2d\n");
	assert_int_equal(p.why.differences.len, 4);
	assert_int_equal(p.why.plans, 0);
	assert_int_equal(p.why.steps.len, 1);
	assert_true(is_about(&p, 0, "A", "duration"));
	pair_release(&p);
}

static void a_small_budget_joins_steps(void **state)
{
	struct attribution_request request;
	struct pair p;

	(void)state;
	plans_init(&p, HEAD "[task A]\nduration = 1d\n[task B]\nduration = 1d\n[task C]\nduration = 1d\n[task D]\nduration = 1d\n",
		HEAD "[task A]\nduration = 2d\n[task B]\nduration = 3d\n[task C]\nduration = 4d\n[task D]\nduration = 5d\n");
	request = request_of(&p);
	request.budget = 1;
	attribution_init(&p.why, &request);
	assert_false(p.why.complete);
	assert_int_equal(p.why.steps.len, 2);
	assert_int_equal(step(&p, 0)->count, 2);
	assert_int_equal(step(&p, 0)->finish + step(&p, 1)->finish, 4 * 480);
	assert_int_equal(p.why.plans, 1);
	pair_release(&p);
}

/* --- random --- */

enum { PROJECTS = 150, TASKS = 14 };

struct dice {
	uint64_t seed, next;
};

static uint64_t roll(struct dice *dice, uint64_t below)
{
	return random_below(dice->seed, 11, dice->next++, below);
}

struct made_task {
	bool there;
	int duration, effort, who, behind, behind_too, constraint, title;
};

struct made {
	int start, rate, leave;
	struct made_task tasks[TASKS];
};

static void make_task(struct dice *dice, struct made_task *t, int number)
{
	t->there = roll(dice, 5) > 0;
	t->duration = (int)roll(dice, 6);
	t->effort = (int)roll(dice, 3) ? 0 : 1 + (int)roll(dice, 5);
	t->who = (int)roll(dice, 3);
	t->behind = number > 0 && roll(dice, 3) ? (int)roll(dice, (uint64_t)number) : -1;
	t->behind_too = number > 0 && !roll(dice, 3) ? (int)roll(dice, (uint64_t)number) : -1;
	t->constraint = (int)roll(dice, 12);
	t->title = (int)roll(dice, 3);
}

static void make(struct dice *dice, struct made *m)
{
	m->start = 2 + (int)roll(dice, 3);
	m->rate = 500 + 100 * (int)roll(dice, 4);
	m->leave = 3 + (int)roll(dice, 10);
	for (int i = 0; i < TASKS; i++)
		make_task(dice, &m->tasks[i], i);
}

static void edit(struct dice *dice, struct made *m)
{
	int number = (int)roll(dice, TASKS);
	struct made_task other;

	make_task(dice, &other, number);
	switch (roll(dice, 9)) {
	case 0: m->start = 2 + (int)roll(dice, 3); break;
	case 1: m->rate = 500 + 100 * (int)roll(dice, 4); break;
	case 2: m->leave = 3 + (int)roll(dice, 10); break;
	case 3: m->tasks[number].there = !m->tasks[number].there; break;
	case 4: m->tasks[number].behind = other.behind; break;
	case 5: m->tasks[number].title = other.title; break;
	default: m->tasks[number] = other; break;
	}
}

static void write_links(const struct made *m, const struct made_task *t, struct strbuf *out)
{
	bool first = t->behind >= 0 && m->tasks[t->behind].there;
	bool second = t->behind_too >= 0 && t->behind_too != t->behind && m->tasks[t->behind_too].there;

	if (first || second)
		strbuf_add_str(out, "depends =");
	if (first)
		strbuf_addf(out, " T%d", t->behind);
	if (second)
		strbuf_addf(out, "%s T%d SS+1d", first ? "," : "", t->behind_too);
	if (first || second)
		strbuf_add_char(out, '\n');
}

static void write_project(const struct made *m, struct strbuf *out)
{
	strbuf_addf(out, "[project]\nstart = 2026-03-%02d\n[resource li]\nrate = %d/d\nleave = 2026-03-%02d\n[resource wu]\nrate = 300/d\n",
		m->start, m->rate, m->leave);
	for (int i = 0; i < TASKS; i++) {
		const struct made_task *t = &m->tasks[i];

		if (!t->there)
			continue;
		strbuf_addf(out, "[task T%d]\ntitle = title %d\n", i, t->title);
		if (t->effort)
			strbuf_addf(out, "effort = %dd\nassign = %s\n", t->effort, t->who == 0 ? "li" : t->who == 1 ? "wu" : "li, wu 50%");
		else
			strbuf_addf(out, "duration = %dd\n", t->duration);
		if (t->constraint == 0)
			strbuf_add_str(out, "not_before = 2026-03-11\n");
		write_links(m, t, out);
	}
}

/* The ends of the blend are the two plans themselves. */
static void check_blend(const struct pair *p, bool all)
{
	const struct plan *side = all ? &p->after.plan : &p->before.plan;
	struct plan_options options = p->before.options;
	bool *made = calloc(p->why.differences.len + 1, sizeof(*made));
	struct diagnostics found;
	struct project project;
	struct plan plan;
	struct err err;

	for (size_t i = 0; i < p->why.differences.len; i++)
		made[i] = all;
	err_init(&err);
	diagnostics_init(&found);
	project_blend(&project, &p->before.project, &p->after.project, "project|calendar|resource|team|rate|task", &p->why.differences, made);
	assert_int_equal(plan_build(&plan, &project, &options, &found, &err), 0);
	assert_int_equal(plan_schedule(&plan, &options, &found, &err), 0);
	assert_int_equal(plan.task_count, side->task_count);
	assert_int_equal(plan.project_finish, side->project_finish);
	for (uint32_t i = 0; i < plan.task_count; i++) {
		uint32_t same = plan_find(side, plan_id(&plan, i));

		assert_true(same != PLAN_NO_TASK);
		assert_int_equal(plan.start[i], side->start[same]);
		assert_int_equal(plan.finish[i], side->finish[same]);
	}
	plan_release(&plan);
	project_release(&project);
	diagnostics_release(&found);
	err_release(&err);
	free(made);
}

static void check_sums(const struct pair *p)
{
	const struct plan *before = &p->before.plan, *after = &p->after.plan;
	int64_t finish = 0, effort = 0, whole = 0;
	decimal_t cost = 0;

	for (size_t i = 0; i < p->why.steps.len; i++) {
		finish += step(p, i)->finish;
		effort += step(p, i)->effort;
		cost += step(p, i)->cost;
	}
	for (uint32_t i = 0; i < after->task_count; i++)
		whole += after->flags[i] & PLAN_SUMMARY ? 0 : after->effort[i];
	for (uint32_t i = 0; i < before->task_count; i++)
		whole -= before->flags[i] & PLAN_SUMMARY ? 0 : before->effort[i];
	if (before->task_count && after->task_count)
		assert_int_equal(finish, calendar_between(after->calendar, before->project_finish, after->project_finish));
	assert_int_equal(effort, whole);
	assert_int_equal(cost, p->after_costs.total - p->before_costs.total);
}

static void steps_add_up(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= PROJECTS; seed++) {
		struct dice dice = { seed, 0 };
		struct attribution_request request;
		struct strbuf before, after;
		struct made m;
		struct pair p;

		strbuf_init(&before);
		strbuf_init(&after);
		make(&dice, &m);
		write_project(&m, &before);
		for (uint64_t i = roll(&dice, 6); i > 0; i--)
			edit(&dice, &m);
		write_project(&m, &after);
		plans_init(&p, before.buf, after.buf);
		request = request_of(&p);
		request.budget = seed % 3 == 0 ? (uint32_t)(seed / 3 % 5 + 1) : 0;
		attribution_init(&p.why, &request);
		assert_true(p.why.complete || request.budget);
		assert_true(!request.budget || p.why.plans <= request.budget + 1);
		check_sums(&p);
		check_blend(&p, true);
		check_blend(&p, false);
		assert_true(p.why.differences.len > 0 || p.why.steps.len == 0);
		if (p.why.differences.len == 1)
			assert_true(p.why.steps.len <= 1);
		pair_release(&p);
		strbuf_release(&before);
		strbuf_release(&after);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_changes_in_a_row),
		cmocka_unit_test(links_that_turn_around_stay_together),
		cmocka_unit_test(people_calendars_and_settings),
		cmocka_unit_test(tasks_that_come_and_go),
		cmocka_unit_test(facts_come_last),
		cmocka_unit_test(time_passes),
		cmocka_unit_test(idle_changes_cost_nothing),
		cmocka_unit_test(a_small_budget_joins_steps),
		cmocka_unit_test(steps_add_up),
	};

	return cmocka_run_group_tests_name("attribution", tests, NULL, NULL);
}
