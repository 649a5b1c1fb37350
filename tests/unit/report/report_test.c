/* What reports show of a plan: selections, progress, the Gantt chart's rows, the status report's sections. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "plan/progress.h"
#include "report/gantt.h"
#include "report/health.h"
#include "report/status.h"

#include <string.h>

/* Monday 2026-03-02; A (5 days, done) → B (10 days, 40 %) below T-1; T-4 a milestone behind B; T-5 has time. */
#define PLAN                                                                                       \
	"[project]\nname = 试点\nstart = 2026-03-02\nstatus_date = 2026-03-11\nbaseline = 1\n"     \
	"[task T-1]\ntitle = Phase\n"                                                              \
	"[task T-2]\ntitle = A\nparent = T-1\nduration = 5d\nassign = li.wei\nstatus = done\n"     \
	"actual_start = 2026-03-02\nactual_finish = 2026-03-06\n"                                  \
	"[task T-3]\ntitle = B\nparent = T-1\nduration = 10d\ndepends = T-2\nprogress = 40%\n"     \
	"actual_start = 2026-03-09\nassign = li.wei, @crew\n"                                      \
	"[task T-4]\ntitle = Accepted\nmilestone = yes\ndepends = T-3\ndeadline = 2026-03-17\n"    \
	"[task T-5]\ntitle = Aside\nduration = 2d\n"                                               \
	"[resource li.wei]\ntitle = 李伟\n[resource wu.mei]\n[team crew]\ntitle = Crew\nmembers = li.wei, wu.mei\n"             \
	"[baseline 1]\ntasks = T-3 2026-03-09T09:00 2026-03-13T18:00 -\n"                          \
	"        T-4 2026-03-13T18:00 2026-03-13T18:00 -\n"                                        \
	"[risk R-1]\ntitle = Small\nprobability = 10%\nimpact_cost = 1000\n"                       \
	"[risk R-2]\ntitle = Large\nprobability = 50%\nimpact_cost = 80000\nreview = 2026-03-10\n" \
	"[risk R-3]\ntitle = Over\nprobability = 90%\nimpact_cost = 90000\nstatus = closed\n"      \
	"[issue I-1]\ntitle = Minor\nseverity = minor\n"                                           \
	"[issue I-2]\ntitle = Bad\nseverity = critical\ntasks = T-3\nraised = 2026-03-10\n"        \
	"[decision D-1]\ntitle = Which?\nstatus = proposed\ndue = 2026-03-12\n"                    \
	"[decision D-2]\ntitle = That\nstatus = accepted\n"

static struct query_scope scope_of(struct planned *p, struct computed *computed)
{
	*computed = plan_computed(&p->plan);
	struct query_scope scope = { .project = &p->project, .computed = computed, .now = at("2026-03-11 00:00") };
	return scope;
}

static void open_plan(struct planned *p)
{
	planned_init(p, PLAN);
	if (p->loading.errors) {
		const struct diagnostic *first = p->loading.items.items;
		fail_msg("%s %s", first->format, first->arguments[0]);
	}
	assert_int_equal(p->status, 0);
}

static void selections_keep_parents(void **state)
{
	struct planned p;
	struct computed computed;
	struct arena arena;
	struct condition *condition;
	struct value_fault fault;
	uint8_t shown[5];
	(void)state;
	open_plan(&p);
	arena_init(&arena);
	struct query_scope scope = scope_of(&p, &computed);
	struct selection selection = { 0 };
	assert_int_equal(selection_mark(&selection, &p.plan, &scope, shown), 5);
	selection.depth = 1;
	assert_int_equal(selection_mark(&selection, &p.plan, &scope, shown), 3);
	selection.depth = 0;
	assert_int_equal(condition_parse(&condition, slice_of("title : B"), kind_find(slice_of("task")), &scope, &arena, &fault), 0);
	selection.condition = condition;
	assert_int_equal(selection_mark(&selection, &p.plan, &scope, shown), 2);
	assert_int_equal(shown[0], 2); /* kept, not chosen */
	assert_int_equal(shown[2], 1);
	selection.condition = NULL;
	selection.critical = true;
	selection_mark(&selection, &p.plan, &scope, shown);
	assert_int_equal(shown[4], 0);
	arena_release(&arena);
	planned_release(&p);
}

static void progress_of_parents_is_weighted(void **state)
{
	struct planned p;
	double progress[5];
	(void)state;
	open_plan(&p);
	progress_roll_up(&p.plan, progress);
	assert_true(progress[1] == 100 && progress[2] == 40 && progress[4] == 0);
	/* by effort: one person for 5 days, two for 10, so (5 × 100 + 20 × 40) / 25 */
	assert_true(progress[0] > 51.9 && progress[0] < 52.1);
	planned_release(&p);
}

static void charts_have_rows_links_and_dates(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	open_plan(&p);
	doc_init(&doc, "x/1");
	struct gantt_request request = { .plan = &p.plan, .scope = scope_of(&p, &computed) };
	struct gantt *gantt = &gantt_build(&doc, &request)->gantt;
	const struct gantt_row *rows = gantt->rows.items;
	assert_int_equal(gantt->rows.len, 5);
	assert_true(slice_is(rows[1].code, "1.1"));
	assert_true(rows[0].flags & GANTT_SUMMARY);
	assert_true(rows[3].flags & GANTT_MILESTONE);
	assert_false(rows[1].flags & GANTT_CRITICAL); /* done: nothing depends on it any more */
	assert_int_equal(rows[2].progress, 40);
	assert_int_equal(rows[3].deadline, at("2026-03-18 00:00"));
	assert_int_equal(rows[2].baseline_finish, at("2026-03-13 18:00"));
	assert_true(rows[2].flags & GANTT_MOVED);
	assert_int_equal(gantt->links.len, 2);
	assert_int_equal(gantt->today, at("2026-03-11 00:00"));
	assert_true(gantt->from <= at("2026-03-02 00:00") && gantt->to > rows[3].finish);
	assert_int_equal(date_weekday(moment_date(gantt->from)), 1);
	assert_true(gantt->off_days[5] && gantt->off_days[6] && !gantt->off_days[7]);
	doc_release(&doc);
	planned_release(&p);
}

static void charts_by_person(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	open_plan(&p);
	doc_init(&doc, "x/1");
	struct gantt_request request = { .plan = &p.plan, .scope = scope_of(&p, &computed), .by = GANTT_BY_PERSON };
	struct gantt *gantt = &gantt_build(&doc, &request)->gantt;
	const struct gantt_row *rows = gantt->rows.items;
	assert_int_equal(gantt->rows.len, 5); /* li.wei, A, B; wu.mei of the crew, B */
	assert_true(slice_is(rows[0].title, "李伟"));
	assert_int_equal(rows[0].start, rows[1].start);
	assert_int_equal(rows[0].finish, rows[2].finish);
	assert_true(slice_is(rows[3].id, "wu.mei"));
	doc_release(&doc);
	planned_release(&p);
}

static void zooms_are_words(void **state)
{
	(void)state;
	assert_int_equal(gantt_zoom_parse(NULL), 0);
	assert_int_equal(gantt_zoom_parse("auto"), 0);
	assert_int_equal(gantt_zoom_parse("month"), 'm');
	assert_int_equal(gantt_zoom_parse("w"), 'w');
	assert_int_equal(gantt_zoom_parse("year of the horse"), -1);
	assert_int_equal(gantt_zoom_parse(""), -1);
}

/* --- the status report --- */

static void build_status(struct doc *doc, struct planned *p, struct computed *computed)
{
	struct status_report report = { .scope = scope_of(p, computed), .since = at("2026-03-04 00:00") };
	report.facts.project = &p->project;
	report.facts.plan = &p->plan;
	report.facts.now = report.scope.now;
	doc_init(doc, "pmt.report.status/1");
	status_build(doc, &report);
}

static const struct block *find_block(const struct doc *doc, const char *key)
{
	struct block *const *blocks = doc->blocks.items;
	for (size_t i = 0; i < doc->blocks.len; i++)
		if (blocks[i]->key && !strcmp(blocks[i]->key, key))
			return blocks[i];
	fail_msg("no block '%s'", key);
	return NULL;
}

static struct cell *cell_at(const struct doc *doc, const char *key, size_t row, const char *column)
{
	const struct table *table = find_block(doc, key)->table;
	const struct column *columns = table->columns.items;
	assert_true(row < table->rows.len);
	for (size_t c = 0; c < table->columns.len; c++)
		if (!strcmp(columns[c].key, column))
			return &((struct row *)table->rows.items)[row].cells[c];
	fail_msg("no column '%s'", column);
	return NULL;
}

static size_t row_count(const struct doc *doc, const char *key)
{
	return find_block(doc, key)->table->rows.len;
}

static const struct cell *pair_of(const struct doc *doc, const char *block, const char *key)
{
	const struct block *pairs = find_block(doc, block);
	for (size_t i = 0; i < pairs->pairs.len; i++)
		if (!strcmp(((struct pair *)pairs->pairs.items)[i].key, key))
			return &((struct pair *)pairs->pairs.items)[i].value;
	fail_msg("no pair '%s'", key);
	return NULL;
}

static void status_of_the_plan(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	open_plan(&p);
	build_status(&doc, &p, &computed);
	assert_int_equal(pair_of(&doc, "health", "schedule")->tone, TONE_BAD); /* T-4 misses its deadline */
	assert_string_equal(pair_of(&doc, "health", "cost")->message, "n/a");
	assert_int_equal(pair_of(&doc, "period", "tasks_finished")->number, 1);
	assert_int_equal(pair_of(&doc, "period", "issues_raised")->number, 1);
	assert_int_equal(row_count(&doc, "milestones"), 1);
	assert_int_equal(cell_at(&doc, "milestones", 0, "finish")->type, CELL_START);
	assert_int_equal(cell_at(&doc, "milestones", 0, "state")->tone, TONE_BAD);
	assert_true(slice_is(cell_at(&doc, "critical_path", 0, "id")->text, "T-3"));
	assert_int_equal(row_count(&doc, "done"), 1);
	assert_true(slice_is(cell_at(&doc, "done", 0, "id")->text, "T-2"));
	assert_int_equal(row_count(&doc, "next"), 2); /* T-3 and T-5; T-4 comes later */
	doc_release(&doc);
	planned_release(&p);
}

static void status_of_progress(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	open_plan(&p);
	build_status(&doc, &p, &computed);
	/* B's baseline is five days, two of which lie before Wednesday: planned is 40 %, and so is actual */
	assert_int_equal(cell_at(&doc, "progress", 0, "planned")->number, 52 * DECIMAL_ONE);
	assert_int_equal(cell_at(&doc, "progress", 0, "actual")->number, 52 * DECIMAL_ONE);
	assert_int_equal(cell_at(&doc, "progress", 0, "difference")->tone, TONE_GOOD);
	const struct cell *causes = cell_at(&doc, "progress", 0, "causes");
	assert_int_equal(causes->item_count, 1);
	assert_true(slice_is(causes->items[0].text, "I-2"));
	/* Aside has no baseline, and the status date moves what has not begun */
	assert_int_equal(cell_at(&doc, "progress", 1, "planned")->number, 0);
	doc_release(&doc);
	planned_release(&p);
}

static void status_of_the_registers(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	open_plan(&p);
	build_status(&doc, &p, &computed);
	assert_int_equal(row_count(&doc, "risks"), 2); /* the closed one is not shown */
	assert_true(slice_is(cell_at(&doc, "risks", 0, "id")->text, "R-2"));
	assert_int_equal(cell_at(&doc, "risks", 0, "exposure")->money.amount, decimal_from_integer(40000));
	assert_int_equal(cell_at(&doc, "risks", 0, "review")->tone, TONE_BAD);
	assert_true(slice_is(cell_at(&doc, "issues", 0, "id")->text, "I-2"));
	assert_int_equal(row_count(&doc, "decisions"), 1);
	assert_true(slice_is(cell_at(&doc, "decisions", 0, "id")->text, "D-1"));
	doc_release(&doc);
	planned_release(&p);
}

static void an_empty_project_has_a_report_too(void **state)
{
	struct planned p;
	struct computed computed;
	struct doc doc;
	(void)state;
	planned_init(&p, "[project]\nname = x\nstart = 2026-03-02\n");
	assert_int_equal(p.status, 0);
	build_status(&doc, &p, &computed);
	assert_int_equal(row_count(&doc, "milestones"), 0);
	assert_int_equal(find_block(&doc, "gantt")->figure->gantt.rows.len, 0);
	doc_release(&doc);
	planned_release(&p);
}

static void health_against_the_baseline(void **state)
{
	struct planned p;
	struct doc doc;
	(void)state;
	planned_init(&p, "[project]\nname = x\nstart = 2026-03-02\nbaseline = 1\n[task T-1]\ntitle = A\nduration = 5d\n"
		"[baseline 1]\ntasks = T-1 2026-03-02T09:00 2026-03-05T18:00 -\n");
	assert_int_equal(p.status, 0);
	doc_init(&doc, "x/1");
	struct dashboard d = { .project = &p.project, .plan = &p.plan, .now = at("2026-03-03 00:00") };
	struct cell cell = health_schedule(&doc, &d);
	assert_int_equal(cell.tone, TONE_WATCH);
	assert_int_equal(cell.items[2].number, 480); /* a day later than frozen */
	doc_release(&doc);
	planned_release(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(selections_keep_parents),
		cmocka_unit_test(progress_of_parents_is_weighted),
		cmocka_unit_test(charts_have_rows_links_and_dates),
		cmocka_unit_test(charts_by_person),
		cmocka_unit_test(zooms_are_words),
		cmocka_unit_test(status_of_the_plan),
		cmocka_unit_test(status_of_progress),
		cmocka_unit_test(status_of_the_registers),
		cmocka_unit_test(an_empty_project_has_a_report_too),
		cmocka_unit_test(health_against_the_baseline),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
