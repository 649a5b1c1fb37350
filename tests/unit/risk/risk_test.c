/* Exposure, responses, FMEA, ages: the golden cases and what could be read wrongly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "risk/fmea.h"
#include "risk/risk.h"

struct world {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct risk_register r;
};

static void world_open(struct world *w, const char *text)
{
	static const char head[] = "[project]\nname = T\ncurrency = CNY\nstart = 2026-03-02\n"
				   "[rate USD]\nvalue = 7\n";
	struct err err;
	date_t today;

	err_init(&err);
	diagnostics_init(&w->found);
	w->source = source_memory_new();
	source_memory_add(w->source, "pmt.ini", slice_of(head));
	source_memory_add(w->source, "text.ini", slice_of(text));
	assert_int_equal(project_load(&w->project, w->source, 1, &w->found, &err), 0);
	assert_int_equal(date_parse(slice_of("2026-06-10"), &today), CIVIL_OK);
	risk_register_init(&w->r, &w->project, moment_from_date(today));
}

static void world_close(struct world *w)
{
	risk_register_release(&w->r);
	project_release(&w->project);
	source_free(w->source);
	diagnostics_release(&w->found);
}

static const struct record *record_of(const struct world *w, const char *kind, const char *id)
{
	const struct record *record = project_find(&w->project, kind_find(slice_of(kind)), slice_of(id));

	assert_non_null(record);
	return record;
}

/* A computed field as text; "" when there is none. */
static const char *field_of(struct world *w, const char *kind, const char *id, const char *name)
{
	const struct record *record = record_of(w, kind, id);
	struct computed computed = risk_computed(&w->r);
	struct value value;
	struct strbuf text;
	const char *out = "";

	if (!computed.value(computed.context, record, kind_field_named(record->kind, name), &w->project.arena, &value))
		return out;
	strbuf_init(&text);
	value_print(&value, &w->project.units, &text);
	out = arena_strndup(&w->project.arena, text.buf, text.len);
	strbuf_release(&text);
	return out;
}

/* The worked case: exposure 500,000; 200,000 spent take 90 % away: benefit 250,000, ROI 125 %. */
static void test_worth_its_cost(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, "[risk R-1]\ntitle = a\nprobability = 50%\nimpact_cost = 1000000\nresponse_cost = 200000\n"
		       "residual_probability = 5%\n");
	assert_string_equal(field_of(&w, "risk", "R-1", "exposure"), "500000 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "residual_exposure"), "50000 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "response_benefit"), "250000 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "response_roi"), "125%");
	world_close(&w);
}

/* The best site of an exhibition, as expected values of opportunities would have it; and what is not known. */
static void test_sides(void **state)
{
	struct world w;

	(void)state;
	world_open(&w,
		"[risk R-1]\ntitle = gain\ntype = opportunity\nprobability = 20%\nimpact_cost = 1000 USD\n"
		"response_cost = 400\nresidual_probability = 60%\n"
		"[risk R-2]\ntitle = no money\nprobability = 20%\nresponse_cost = 5\nresidual_probability = 1%\n"
		"[risk R-3]\ntitle = nothing said of after\nprobability = 10%\nimpact_cost = 100\nresponse_cost = 5\n"
		"[risk R-4]\ntitle = no rate\nprobability = 10%\nimpact_cost = 100 EUR\n"
		"[risk R-5]\ntitle = gone\nprobability = 100%\nimpact_cost = 7\nstatus = closed\n"
		"[risk R-6]\ntitle = free\nprobability = 50%\nimpact_cost = 10\nresidual_cost = 2\n");
	assert_string_equal(field_of(&w, "risk", "R-1", "exposure"), "1400 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "residual_exposure"), "4200 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "response_benefit"), "2400 CNY");
	assert_string_equal(field_of(&w, "risk", "R-1", "response_roi"), "600%");
	assert_string_equal(field_of(&w, "risk", "R-2", "exposure"), "");
	assert_string_equal(field_of(&w, "risk", "R-2", "response_benefit"), "");
	assert_string_equal(field_of(&w, "risk", "R-3", "residual_exposure"), "");
	assert_string_equal(field_of(&w, "risk", "R-3", "response_benefit"), "");
	assert_string_equal(field_of(&w, "risk", "R-4", "exposure"), "");
	assert_string_equal(field_of(&w, "risk", "R-6", "response_benefit"), "4 CNY");
	assert_string_equal(field_of(&w, "risk", "R-6", "response_roi"), "");
	struct risk_totals totals;
	risk_totals(&w.r, &totals);
	assert_int_equal(totals.open, 5);
	assert_int_equal(totals.threats, 4);
	assert_int_equal(totals.unknown, 2);
	assert_int_equal(totals.threat, 15 * DECIMAL_ONE);
	assert_int_equal(totals.residual_threat, 11 * DECIMAL_ONE);
	assert_int_equal(totals.opportunity, 1400 * DECIMAL_ONE);
	assert_true(slice_is(totals.worst->id, "R-3"));
	world_close(&w);
}

/* Case R01: published reference points; and the whole table's counts and monotony. */
static void test_action_priority(void **state)
{
	static const struct {
		struct fmea_marks marks;
		enum action_priority priority;
	} points[] = { { { 10, 1, 1 }, ACTION_LOW }, { { 10, 2, 1 }, ACTION_MEDIUM }, { { 10, 2, 2 }, ACTION_HIGH },
		{ { 9, 6, 1 }, ACTION_HIGH }, { { 7, 5, 1 }, ACTION_MEDIUM }, { { 7, 5, 7 }, ACTION_HIGH },
		{ { 5, 3, 10 }, ACTION_LOW }, { { 5, 8, 10 }, ACTION_HIGH }, { { 2, 10, 10 }, ACTION_MEDIUM } };
	int counts[3] = { 0 };
	enum action_priority got, worse;
	struct world w;

	(void)state;
	world_open(&w, "");
	for (size_t i = 0; i < ARRAY_SIZE(points); i++) {
		assert_true(fmea_priority(&w.r, &points[i].marks, &got));
		assert_int_equal(got, points[i].priority);
	}
	for (int i = 0; i < 1000; i++) {
		struct fmea_marks m = { i / 100 + 1, i / 10 % 10 + 1, i % 10 + 1 }, next[3] = { m, m, m };

		assert_true(fmea_priority(&w.r, &m, &got));
		counts[got]++;
		next[0].severity++;
		next[1].occurrence++;
		next[2].detection++;
		for (int k = 0; k < 3; k++) {
			if (next[k].severity > 10 || next[k].occurrence > 10 || next[k].detection > 10)
				continue;
			assert_true(fmea_priority(&w.r, &next[k], &worse));
			assert_true(worse >= got);
		}
	}
	assert_int_equal(counts[ACTION_HIGH], 350);
	assert_int_equal(counts[ACTION_MEDIUM], 210);
	assert_int_equal(counts[ACTION_LOW], 440);
	world_close(&w);
}

static void test_fmea_fields(void **state)
{
	struct world w;

	(void)state;
	world_open(&w,
		"[risk R-1]\ntitle = a\nseverity = 7\noccurrence = 5\ndetection = 7\noccurrence_after = 2\n"
		"[risk R-2]\ntitle = b\nseverity = 7\noccurrence = 5\n"
		"[risk R-3]\ntitle = c\nseverity = 11\noccurrence = 5\ndetection = 2\n"
		"[risk R-4]\ntitle = d\nseverity = 1\noccurrence = 1\ndetection = 1\n");
	assert_string_equal(field_of(&w, "risk", "R-1", "rpn"), "245");
	assert_string_equal(field_of(&w, "risk", "R-1", "action_priority"), "high");
	assert_string_equal(field_of(&w, "risk", "R-1", "rpn_after"), "98");
	assert_string_equal(field_of(&w, "risk", "R-1", "action_priority_after"), "medium");
	assert_string_equal(field_of(&w, "risk", "R-2", "rpn"), "");
	assert_string_equal(field_of(&w, "risk", "R-3", "rpn"), "");
	assert_string_equal(field_of(&w, "risk", "R-4", "rpn_after"), "");
	assert_string_equal(field_of(&w, "risk", "R-4", "action_priority"), "low");
	world_close(&w);
	world_open(&w, "[scale ap]\ntype = action_priority\npriorities = 7-10 1-10 1-10 high\n             1-6 1-3 1-10 low\n"
		       "[risk R-1]\ntitle = a\nseverity = 7\noccurrence = 1\ndetection = 1\n"
		       "[risk R-2]\ntitle = b\nseverity = 6\noccurrence = 4\ndetection = 1\n");
	assert_string_equal(field_of(&w, "risk", "R-1", "action_priority"), "high");
	assert_string_equal(field_of(&w, "risk", "R-2", "action_priority"), "");
	assert_string_equal(field_of(&w, "risk", "R-2", "rpn"), "24");
	world_close(&w);
}

static void test_ages(void **state)
{
	struct world w;

	(void)state;
	world_open(&w,
		"[issue I-1]\ntitle = a\nraised = 2026-06-01\ndue = 2026-06-09\n"
		"[issue I-2]\ntitle = b\nraised = 2026-06-01\ndue = 2026-06-02\nstatus = closed\nresolved = 2026-06-05\n"
		"[issue I-3]\ntitle = c\ndue = 2026-06-10\n"
		"[issue I-4]\ntitle = d\ncreated = 2026-06-03 12:00\n"
		"[decision D-1]\ntitle = old\nreview = 2026-06-01\nstatus = superseded\n"
		"[decision D-2]\ntitle = new\nsupersedes = D-1, D-9\n"
		"[decision D-3]\ntitle = open\nstatus = proposed\ndue = 2026-06-05\n"
		"[decision D-4]\ntitle = held\nsupersedes = d-1\nreview = 2026-06-08\n"
		"[risk R-1]\ntitle = r\nreview = 2026-06-03\n"
		"[risk R-2]\ntitle = r\nreview = 2026-06-03\nstatus = closed\n");
	assert_string_equal(field_of(&w, "issue", "I-1", "age"), "9");
	assert_string_equal(field_of(&w, "issue", "I-1", "overdue"), "1");
	assert_string_equal(field_of(&w, "issue", "I-2", "age"), "4");
	assert_string_equal(field_of(&w, "issue", "I-2", "overdue"), "");
	assert_string_equal(field_of(&w, "issue", "I-3", "age"), "");
	assert_string_equal(field_of(&w, "issue", "I-3", "overdue"), "");
	assert_string_equal(field_of(&w, "issue", "I-4", "age"), "7");
	assert_string_equal(field_of(&w, "decision", "D-1", "superseded_by"), "D-2, D-4");
	assert_string_equal(field_of(&w, "decision", "D-1", "overdue"), "");
	assert_string_equal(field_of(&w, "decision", "D-2", "superseded_by"), "");
	assert_string_equal(field_of(&w, "decision", "D-3", "overdue"), "5");
	assert_string_equal(field_of(&w, "decision", "D-4", "overdue"), "2");
	assert_string_equal(field_of(&w, "risk", "R-1", "overdue"), "7");
	assert_string_equal(field_of(&w, "risk", "R-2", "overdue"), "");
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_worth_its_cost),
		cmocka_unit_test(test_sides),
		cmocka_unit_test(test_action_priority),
		cmocka_unit_test(test_fmea_fields),
		cmocka_unit_test(test_ages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
