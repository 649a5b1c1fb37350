/* Rules: what trips, with which value, since when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "quality/check.h"
#include "quality/rule.h"

#include <stdlib.h>

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

static moment_t day(int month, int number)
{
	return moment_from_date(date_from_civil(2026, month, number));
}

static void load(struct loaded *l, const char *text)
{
	l->source = source_memory_new();
	source_memory_add(l->source, "pmt.ini", slice_of(text));
	diagnostics_init(&l->found);
	assert_int_equal(project_load(&l->project, l->source, 1, &l->found, NULL), 0);
}

static void unload(struct loaded *l)
{
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
}

#define ALL (~0u)
#define COVERAGE "[metric coverage]\nunit = %\nfail = 80\n[sample coverage]\n2026-05-01 = 84\n2026-05-08 = 79\n2026-05-15 = 81\n" \
		 "2026-05-22 = 79.5\n2026-05-29 = 78.4\n"

static void test_measures_and_metrics(void **state)
{
	struct loaded l;
	struct rules rules;
	const struct rule_hit *hit;
	size_t first;

	(void)state;
	load(&l, "[project]\nname = q\n" COVERAGE "[rule low]\nwhen = coverage < 80%\nseverity = error\n"
		 "[rule fine]\nwhen = coverage > 90\n[rule issues]\nwhen = open_issues >= 2 or exposure > 1000\n"
		 "[issue I-1]\ntitle = a\n[issue I-2]\ntitle = b\n[issue I-3]\ntitle = c\nstatus = closed\n");
	struct rule_view view = { .project = &l.project };
	rules_init(&rules, &l.project, ALL, day(6, 1));
	rules_evaluate(&rules, &view, day(6, 1));
	assert_int_equal(rules.hits.len, 2);
	hit = vec_at(&rules.hits, 0);
	assert_true(slice_is(hit->rule->record->id, "low"));
	assert_int_equal(hit->rule->severity, SEVERITY_ERROR);
	assert_null(hit->record);
	assert_int_equal(hit->value_count, 1);
	assert_true(hit->values[0].present);
	assert_int_equal(hit->values[0].value.as.number, 784000);
	hit = vec_at(&rules.hits, 1);
	assert_int_equal(hit->value_count, 2);
	assert_int_equal(hit->values[0].value.as.integer, 2);
	assert_false(hit->values[1].present); /* nobody knows the exposure here */
	assert_int_equal(rule_hits(&rules, vec_at(&rules.rules, 2), &first), 1);
	assert_int_equal(first, 1);
	/* Two samples below, the one before them was not. */
	assert_int_equal(rules_since_samples(&rules, &view, day(6, 1)), 1);
	hit = vec_at(&rules.hits, 0);
	assert_int_equal(hit->state, SINCE_EXACT);
	assert_int_equal(hit->since, day(5, 22));
	rules_release(&rules);
	unload(&l);
}

static void test_records_where_and_values(void **state)
{
	struct loaded l;
	struct rules rules;
	const struct rule_hit *hit;

	(void)state;
	load(&l, "[project]\nname = q\n[risk R-1]\ntitle = a\nprobability = 60%\nreview = 2026-05-01\n"
		 "[risk R-2]\ntitle = b\nprobability = 60%\nreview = 2026-07-01\n[risk R-3]\ntitle = c\nprobability = 10%\nreview = 2026-05-01\n"
		 "[rule review]\nof = risk\nwhere = probability >= 50%\nwhen = review < today\n");
	struct rule_view view = { .project = &l.project };
	rules_init(&rules, &l.project, ALL, day(6, 1));
	rules_evaluate(&rules, &view, day(6, 1));
	assert_int_equal(rules.hits.len, 1);
	hit = vec_at(&rules.hits, 0);
	assert_true(slice_is(hit->record->id, "R-1"));
	assert_string_equal(hit->values[0].field->name, "review");
	rules_release(&rules);
	unload(&l);
}

static void test_exit_is_the_other_way_round(void **state)
{
	struct loaded l;
	struct rules rules;

	(void)state;
	load(&l, "[project]\nname = q\n[requirement REQ-1]\nstatus = accepted\n[requirement REQ-2]\nstatus = approved\n"
		 "[rule accepted]\nof = requirement\nwhen = status = accepted\ndoes = exit\ngate = acceptance\n");
	struct rule_view view = { .project = &l.project };
	rules_init(&rules, &l.project, 1u << RULE_EXIT, day(6, 1));
	rules_evaluate(&rules, &view, day(6, 1));
	assert_int_equal(rules.hits.len, 1);
	assert_true(slice_is(((const struct rule_hit *)rules.hits.items)->record->id, "REQ-2"));
	rules_release(&rules);
	rules_init(&rules, &l.project, 1u << RULE_GATE, day(6, 1));
	assert_int_equal(rules.rules.len, 0);
	rules_release(&rules);
	unload(&l);
}

/* Three states: approved on 1 May; blocked from 10 May on; nobody changed anything on 20 May. */
static void test_since_walks_back(void **state)
{
	struct loaded now, before, older;
	struct rules rules;
	const struct rule_hit *hits;

	(void)state;
#define TASKS(status) "[project]\nname = q\n[task T-1]\nstatus = " status "\n[task T-2]\nstatus = blocked\n" \
		      "[risk R-1]\ntitle = r\nreview = 2026-05-14\n"                                              \
		      "[rule b]\nof = task\nwhen = status = blocked\n[rule r]\nof = risk\nwhen = review < today\n"
	load(&now, TASKS("blocked"));
	load(&before, TASKS("blocked"));
	load(&older, TASKS("doing"));
	rules_init(&rules, &now.project, ALL, day(6, 1));
	rules_evaluate(&rules, &(struct rule_view){ .project = &now.project }, day(6, 1));
	assert_int_equal(rules.hits.len, 3);
	assert_int_equal(rules_since(&rules, &(struct rule_state){ { .project = &now.project }, day(5, 20), day(6, 1), slice_of("c3") }), 3);
	assert_int_equal(rules_since(&rules, &(struct rule_state){ { .project = &before.project }, day(5, 10), day(5, 20), slice_of("c2") }), 2);
	assert_int_equal(rules_since(&rules, &(struct rule_state){ { .project = &older.project }, day(5, 1), day(5, 10), slice_of("c1") }), 1);
	rules_since_end(&rules);
	hits = rules.hits.items;
	/* T-1: since the commit of 10 May. */
	assert_int_equal(hits[0].state, SINCE_EXACT);
	assert_int_equal(hits[0].since, day(5, 10));
	assert_true(slice_is(hits[0].commit, "c2"));
	/* T-2: longer than anybody looked. */
	assert_int_equal(hits[1].state, SINCE_BEFORE);
	assert_int_equal(hits[1].since, day(5, 1));
	/* by the calendar alone, the day after its review. */
	assert_int_equal(hits[2].state, SINCE_EXACT);
	assert_int_equal(hits[2].since, day(5, 15));
	assert_int_equal(hits[2].commit.len, 0);
	rules_release(&rules);
	unload(&now);
	unload(&before);
	unload(&older);
}

static void test_what_is_not_committed_is_since_now(void **state)
{
	struct loaded now, head;
	struct rules rules;
	const struct rule_hit *hit;

	(void)state;
	load(&now, TASKS("blocked"));
	load(&head, TASKS("doing"));
	rules_init(&rules, &now.project, ALL, day(5, 12));
	rules_evaluate(&rules, &(struct rule_view){ .project = &now.project }, day(5, 12));
	rules_since(&rules, &(struct rule_state){ { .project = &head.project }, day(5, 1), day(5, 12), slice_of("c1") });
	hit = rules.hits.items;
	assert_int_equal(hit->state, SINCE_EXACT);
	assert_int_equal(hit->since, day(5, 12));
	assert_int_equal(hit->commit.len, 0);
	rules_release(&rules);
	unload(&now);
	unload(&head);
}

static void test_faults_are_found_where_they_stand(void **state)
{
	struct loaded l;
	const struct diagnostic *items;

	(void)state;
	load(&l, "[project]\nname = q\n" COVERAGE "[rule a]\nwhen = coverag < 80\n[rule b]\nwhen = open_issues > many\n"
		 "[rule c]\nwhen = title = x\n[rule off]\nwhen = nonsense > 3\nenabled = no\n[sample coverage]\n2027-01-01 = 3\n");
	struct diagnostics found;
	diagnostics_init(&found);
	quality_check(&l.project, day(6, 1), &found);
	items = found.items.items;
	assert_int_equal(found.items.len, 4);
	assert_string_equal(items[0].id, "condition-field");
	assert_string_equal(items[0].arguments[0], "coverag");
	assert_string_equal(items[0].hint_argument, "coverage");
	assert_int_equal(items[0].place.column, 8);
	assert_string_equal(items[1].id, "value-syntax");
	assert_string_equal(items[2].id, "condition-field");
	assert_string_equal(items[3].id, "sample-future");
	diagnostics_release(&found);
	unload(&l);
}

static void test_escalation(void **state)
{
	struct loaded l;
	struct rules rules;
	struct rule_hit *hit;

	(void)state;
	load(&l, "[project]\nname = q\n[task T-1]\nstatus = blocked\n[resource z]\n"
		 "[rule b]\nof = task\nwhen = status = blocked\ndoes = escalate\nescalate_to = z\nafter = 3d\n");
	rules_init(&rules, &l.project, ALL, day(6, 1));
	rules_evaluate(&rules, &(struct rule_view){ .project = &l.project }, day(6, 1));
	assert_int_equal(rules.hits.len, 1);
	hit = rules.hits.items;
	assert_int_equal(rule_escalates(hit, NULL, &l.project.units), MOMENT_NONE);
	hit->since = day(5, 4);
	assert_int_equal(rule_escalates(hit, NULL, &l.project.units), day(5, 7));
	rules_release(&rules);
	unload(&l);
}

static void test_status_date_is_the_rules_today(void **state)
{
	struct loaded l;

	(void)state;
	load(&l, "[project]\nname = q\nstatus_date = 2026-06-10\n");
	assert_int_equal(rule_now(&l.project, day(11, 1)), day(6, 11) - 1);
	unload(&l);
	load(&l, "[project]\nname = q\nstatus_date = today\n");
	assert_int_equal(rule_now(&l.project, day(11, 1)), day(11, 1));
	unload(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_measures_and_metrics),
		cmocka_unit_test(test_records_where_and_values),
		cmocka_unit_test(test_exit_is_the_other_way_round),
		cmocka_unit_test(test_since_walks_back),
		cmocka_unit_test(test_what_is_not_committed_is_since_now),
		cmocka_unit_test(test_faults_are_found_where_they_stand),
		cmocka_unit_test(test_escalation),
		cmocka_unit_test(test_status_date_is_the_rules_today),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
