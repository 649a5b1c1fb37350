/* Requirements: trace, value, volatility; charters, objectives, structures, checklists and methods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "history/log.h"
#include "register/breakdown.h"
#include "register/charter.h"
#include "register/checklist.h"
#include "register/method.h"
#include "register/objective.h"
#include "register/trace.h"
#include "register/value.h"
#include "register/volatility.h"

#include <string.h>

static const struct record *find(const struct planned *p, const char *kind, const char *id)
{
	const struct record *record = project_find(&p->project, kind_find(slice_of(kind)), slice_of(id));

	assert_non_null(record);
	return record;
}

/* Parents in a circle: each counts what the others have, once, and the walk ends. */
static void trace_survives_circles(void **state)
{
	struct planned p;
	struct trace trace;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\n"
		"[requirement REQ-1]\nparent = REQ-2\n[requirement REQ-2]\nparent = REQ-3\n[requirement REQ-3]\nparent = REQ-1\n"
		"[task T-1]\nduration = 1d\nrequirement = REQ-1, REQ-1\n[task T-2]\nduration = 1d\nrequirement = REQ-3, REQ-99\n");
	trace_init(&trace, &p.project, at("2026-06-10 00:00"));
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(trace.rows[i].ends[TRACE_TASK].len, 2);
	assert_int_equal(trace.covered[TRACE_TASK], 3);
	assert_int_equal(trace.covered[TRACE_TEST], 0);
	trace_release(&trace);
	planned_release(&p);
}

/* The latest run until now counts; skipped ones say nothing. */
static void runs_until_now(void **state)
{
	struct planned p;
	struct trace trace;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\n[requirement REQ-1]\n[test TC-1]\nrequirement = REQ-1\n"
		"[run TC-1]\n2026-06-01 = pass a\n2026-06-05 = skipped a\n2026-06-10 18:00 = fail a\n2026-06-11 = pass a\n"
		"[run TC-9]\n2026-06-01 = pass a\n");
	trace_init(&trace, &p.project, at("2026-06-09 00:00"));
	assert_true(trace.rows[0].verified);
	assert_int_equal(trace.ran[0], at("2026-06-01 00:00"));
	trace_release(&trace);
	trace_init(&trace, &p.project, at("2026-06-10 08:00"));
	assert_int_equal(trace.results[0], TEST_FAIL);
	assert_int_equal(trace.verified, 0);
	trace_release(&trace);
	planned_release(&p);
}

static struct candidate candidate(const struct planned *p, const char *kind, const char *id)
{
	struct candidate c;

	candidate_read(&c, &p->project, find(p, kind, id), moment_date(at("2026-06-10 00:00")));
	return c;
}

/* Published: a response of 200,000 that brings 450,000 has an ROI of 125 %. */
static void values(void **state)
{
	struct planned p;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\nvalue_point = 1000\n[rate USD]\nvalue = 7\n"
		"[requirement REQ-1]\nworth = 450000\ncost = 200000\n[requirement REQ-2]\nvalue = 3\ncost = 100 USD\n"
		"[requirement REQ-3]\nworth = 5\ncost = 0\n[requirement REQ-4]\nworth = 5 EUR\ncost = 1\n"
		"[issue I-1]\ntype = vulnerability\nseverity = major\nraised = 2026-02-20\n"
		"[issue I-2]\ntype = vulnerability\nseverity = critical\n[issue I-3]\ntype = defect\n");
	assert_int_equal(candidate(&p, "requirement", "REQ-1").roi, decimal_from_integer(125));
	assert_int_equal(candidate(&p, "requirement", "REQ-2").worth, decimal_from_integer(3000));
	assert_int_equal(candidate(&p, "requirement", "REQ-2").cost, decimal_from_integer(700));
	assert_int_equal(candidate(&p, "requirement", "REQ-3").roi, DECIMAL_NONE);
	assert_int_equal(candidate(&p, "requirement", "REQ-4").roi, DECIMAL_NONE);
	assert_int_equal(candidate(&p, "issue", "I-1").due, moment_date(at("2026-03-06 00:00")));
	assert_int_equal(candidate(&p, "issue", "I-2").due, DATE_NONE);
	assert_false(candidate(&p, "issue", "I-3").vulnerability);
	planned_release(&p);
}

static void assert_month(const struct vec *months, size_t at_month, size_t at_start, size_t added, size_t changed, size_t removed)
{
	const struct volatility_month *m = vec_at(months, at_month);

	assert_int_equal(m->at_start, at_start);
	assert_int_equal(m->added, added);
	assert_int_equal(m->changed, changed);
	assert_int_equal(m->removed, removed);
}

static void volatility(void **state)
{
	const struct history_change may[] = { { .id = slice_of("A"), .action = HISTORY_CHANGED, .field = slice_of("text") },
		{ .id = slice_of("A"), .action = HISTORY_CHANGED, .field = slice_of("title") },
		{ .id = slice_of("B"), .action = HISTORY_CHANGED, .field = slice_of("status") },
		{ .id = slice_of("C"), .action = HISTORY_REMOVED }, { .id = slice_of("D"), .action = HISTORY_RENAMED } };
	const struct history_change march[] = { { .id = slice_of("A"), .action = HISTORY_ADDED },
		{ .id = slice_of("A"), .action = HISTORY_CHANGED, .field = slice_of("text") },
		{ .id = slice_of("B"), .action = HISTORY_ADDED }, { .id = slice_of("C"), .action = HISTORY_ADDED } };
	const struct history_change later[] = { { .id = slice_of("E"), .action = HISTORY_ADDED } };
	const struct history_entry all[] = {
		{ .commit = { .when = at("2026-09-01 00:00"), .changes = later, .change_count = ARRAY_SIZE(later) } },
		{ .commit = { .when = at("2026-05-20 09:00"), .changes = may, .change_count = ARRAY_SIZE(may) } },
		{ .commit = { .when = at("2026-03-02 09:00"), .changes = march, .change_count = ARRAY_SIZE(march) } } };
	struct vec entries, months;

	(void)state;
	vec_init(&entries, sizeof(struct history_entry));
	vec_init(&months, sizeof(struct volatility_month));
	volatility_read(&entries, 5, at("2026-06-10 00:00"), &months);
	assert_int_equal(months.len, 0);
	for (size_t i = 0; i < ARRAY_SIZE(all); i++)
		vec_append(&entries, &all[i]);
	volatility_read(&entries, 3, at("2026-06-10 00:00"), &months);
	assert_int_equal(months.len, 4);
	assert_month(&months, 0, 0, 3, 0, 0);
	assert_month(&months, 1, 3, 0, 0, 0);
	assert_month(&months, 2, 3, 0, 1, 1);
	assert_month(&months, 3, 2, 0, 0, 0);
	assert_int_equal(((struct volatility_month *)months.items)[0].share, DECIMAL_NONE);
	assert_int_equal(((struct volatility_month *)months.items)[2].share, 666667);
	vec_release(&months);
	vec_release(&entries);
}

static void measures(void **state)
{
	struct measure m;

	(void)state;
	assert_true(measure_parse(slice_of("结算率 ≥ 99.9%"), &m));
	assert_true(slice_is(m.name, "结算率") && m.comparison == 1 && m.target == 999000);
	assert_true(measure_parse(slice_of("a<-2"), &m));
	assert_true(m.comparison == -2 && m.target == decimal_from_integer(-2));
	assert_true(measure_parse(slice_of("a != x"), &m));
	assert_int_equal(m.target, DECIMAL_NONE);
	assert_false(measure_parse(slice_of(">= 3"), &m));
	assert_false(measure_parse(slice_of(""), &m));
}

/* What is printed reads as it was. */
static void checklists(void **state)
{
	static const char text[] = "[project]\n[checklist a]\nitems = one\n        [ ] 两;项\n        [x] three; li.wei; 2026-06-10; a; b\n"
				   "        [-] four\n        [x] five\n        [ ] \n";
	struct planned p;
	struct vec items;
	struct strbuf line;
	struct checklist_count count;

	(void)state;
	planned_build(&p, text);
	vec_init(&items, sizeof(struct checklist_item));
	strbuf_init(&line);
	checklist_read(find(&p, "checklist", "a"), &items);
	count = checklist_sum(&items);
	assert_true(count.open >= 2 && count.done == 2 && count.unneeded == 1);
	checklist_print(vec_at(&items, 0), &line);
	assert_string_equal(line.buf, "[ ] one");
	strbuf_reset(&line);
	checklist_print(vec_at(&items, 1), &line);
	assert_string_equal(line.buf, "[ ] 两;项");
	strbuf_reset(&line);
	checklist_print(vec_at(&items, 2), &line);
	assert_string_equal(line.buf, "[x] three; li.wei; 2026-06-10; a; b");
	strbuf_release(&line);
	vec_release(&items);
	planned_release(&p);
}

static void structures(void **state)
{
	struct planned p;
	struct vec findings;
	const struct breakdown_finding *f;

	(void)state;
	planned_init(&p, "[project]\nstart = 2026-03-02\n[resource li.wei]\n[deliverable DEL-1]\n"
		"[task T-1]\neffort = 3d\nowner = li.wei\n[task T-2]\nparent = T-1\neffort = 1d\n[task T-3]\nparent = T-1\neffort = 2d\n"
		"deliverable = DEL-1\n[task T-4]\nduration = 30ed\nassign = li.wei\n");
	vec_init(&findings, sizeof(*f));
	breakdown_check(&p.plan, 10 * 480, &findings);
	assert_int_equal(findings.len, 0);
	breakdown_check(&p.plan, 480, &findings);
	assert_int_equal(findings.len, 1);
	f = findings.items;
	assert_true(f->fault == BREAKDOWN_LONG && f->task == planned_task(&p, "T-3") && f->is == 960);
	vec_release(&findings);
	planned_release(&p);
}

static void charters(void **state)
{
	struct planned p;
	struct vec items;
	const struct record *charter;

	(void)state;
	planned_build(&p, "[project]\nsponsor = boss\n[stakeholder boss]\n[stakeholder other]\n"
		"[charter]\npurpose = x\napproved = 2026-03-01\napproved_by = other, boss\n");
	vec_init(&items, sizeof(struct charter_item));
	charter = project_at(&p.project, kind_find(slice_of("charter")), 0);
	assert_int_equal(charter_read(&p.project, charter, &items), 16 - 3); /* purpose, stakeholders, sponsor */
	assert_true(charter_approved(charter));
	assert_true(charter_approved_by_sponsor(&p.project, charter));
	items.len = 0;
	assert_int_equal(charter_read(&p.project, NULL, &items), 16 - 2);
	vec_release(&items);
	planned_release(&p);
}

#define RULES                                                                                      \
	"[project]\nsecurity_level = 2\n[risk R-1]\nowner = li.wei\n[risk R-2]\n[resource li.wei]\n" \
	"[rule a]\nof = risk\nwhen = owner\nat_least = 50%\ndoes = method\nmethod = m\n"            \
	"[rule b]\nof = risk\nwhen = owner\nat_least = 2\ndoes = method\nmethod = m, n\n"           \
	"[rule c]\nof = issue\nwhen = owner\nat_least = 100%\ndoes = method\n"                      \
	"[rule d]\nof = risk\nwhen = not owner\ndoes = method\nmethod = n\n"                        \
	"[rule e]\ngiven = security_level = 3\nof = risk\nwhen = owner\nat_least = 9\ndoes = method\nmethod = m\n" \
	"[rule f]\nof = nothing\nwhen = owner\ndoes = method\nmethod = broken\n"

static void methods(void **state)
{
	static const enum method_state wanted[] = { METHOD_MET, METHOD_LACKING, METHOD_MET, METHOD_NOT_ASKED };
	struct planned p;
	struct method_set set;
	struct diagnostics found;
	struct query_scope scope;
	struct vec names;

	(void)state;
	planned_build(&p, RULES);
	diagnostics_init(&found);
	vec_init(&names, sizeof(struct slice));
	scope = (struct query_scope){ .project = &p.project };
	assert_int_equal(method_set_init(&set, &scope, NULL, slice_of("m"), &found), 4);
	method_set_check(&set, &scope);
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++)
		assert_int_equal(((struct method_result *)set.results.items)[i].state, wanted[i]);
	method_set_release(&set);
	assert_int_equal(method_set_init(&set, &scope, NULL, slice_of("n"), &found), 3);
	method_set_check(&set, &scope);
	assert_int_equal(((struct method_result *)set.results.items)[2].records.len, 1);
	method_set_release(&set);
	assert_int_equal(found.errors, 0);
	method_set_init(&set, &scope, NULL, slice_of("broken"), &found);
	assert_int_equal(found.errors, 1);
	method_set_release(&set);
	method_names(&p.project, NULL, &names);
	assert_int_equal(names.len, 3);
	vec_release(&names);
	diagnostics_release(&found);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(trace_survives_circles), cmocka_unit_test(runs_until_now),
		cmocka_unit_test(values), cmocka_unit_test(volatility), cmocka_unit_test(measures), cmocka_unit_test(checklists),
		cmocka_unit_test(structures), cmocka_unit_test(charters), cmocka_unit_test(methods) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
