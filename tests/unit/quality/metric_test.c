/* Samples, thresholds, trends of metrics. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "quality/metric.h"

#include <stdlib.h>

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct arena arena;
};

static moment_t day(int year, int month, int number)
{
	return moment_from_date(date_from_civil(year, month, number));
}

static struct metric load(struct loaded *l, const char *text, moment_t now)
{
	const struct kind *kind = kind_find(slice_of("metric"));
	struct metric metric;

	l->source = source_memory_new();
	source_memory_add(l->source, "pmt.ini", slice_of(text));
	diagnostics_init(&l->found);
	arena_init(&l->arena);
	assert_int_equal(project_load(&l->project, l->source, 1, &l->found, NULL), 0);
	assert_int_equal(l->found.items.len, 0);
	metric_read(&metric, &l->project, project_at(&l->project, kind, 0), now, &l->arena);
	return metric;
}

static void unload(struct loaded *l)
{
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
	arena_release(&l->arena);
}

#define COVERAGE "[project]\nname = q\n[metric coverage]\nunit = %\ndirection = up\ntarget = 85\nwarn = 82\nfail = 80\n"

static void test_samples_are_sorted_and_the_future_waits(void **state)
{
	struct loaded l;
	struct metric m = load(&l, COVERAGE "[sample coverage]\n2026-06-09 = 78.4 重构\n2026-05-08 = 83.6\n2026-06-05 09:30 = 79.1%\n"
				   "2026-07-01 = 99\n2026-06-20 = 98\n", day(2026, 6, 10));

	(void)state;
	assert_int_equal(m.count, 3);
	assert_int_equal(m.samples[0].value, 836000);
	assert_int_equal(m.samples[1].value, 791000);
	assert_true(m.samples[1].has_time);
	assert_int_equal(m.samples[2].value, 784000);
	assert_true(slice_is(m.samples[2].remark, "重构"));
	assert_int_equal(m.future, 2);
	assert_int_equal(m.first_future, day(2026, 6, 20));
	assert_int_equal(metric_health(&m), METRIC_FAIL);
	assert_int_equal(metric_health_since(&m), day(2026, 6, 5) + 9 * 60 + 30);
	assert_int_equal(metric_trend(&m), TREND_FALLING);
	assert_int_equal(metric_trend_worth(&m), -1);
	unload(&l);
}

static void test_a_threshold_is_still_on_its_good_side(void **state)
{
	struct loaded l;
	struct metric up = load(&l, COVERAGE, 0);

	(void)state;
	assert_int_equal(metric_judge(&up, 820000), METRIC_GOOD);
	assert_int_equal(metric_judge(&up, 819999), METRIC_WARN);
	assert_int_equal(metric_judge(&up, 800000), METRIC_WARN);
	assert_int_equal(metric_judge(&up, 799999), METRIC_FAIL);
	assert_int_equal(metric_health(&up), METRIC_UNKNOWN);
	assert_int_equal(metric_health_since(&up), MOMENT_NONE);
	assert_int_equal(metric_gate_threshold(&up), 800000);
	unload(&l);

	struct metric down = load(&l, "[project]\nname = q\n[metric d]\ndirection = down\ntarget = 0.2\nwarn = 0.3\n", 0);
	assert_int_equal(metric_judge(&down, 3000), METRIC_GOOD);
	assert_int_equal(metric_judge(&down, 3001), METRIC_WARN);
	assert_int_equal(metric_judge(&down, 99999999), METRIC_WARN);
	assert_int_equal(metric_gate_threshold(&down), 2000);
	unload(&l);
}

static void test_near_the_target(void **state)
{
	struct loaded l;
	struct metric m = load(&l, "[project]\nname = q\n[metric m]\ndirection = near\ntarget = 100\ntolerance = 5\nfail = 20\n", 0);

	(void)state;
	assert_int_equal(metric_judge(&m, 1050000), METRIC_GOOD);
	assert_int_equal(metric_judge(&m, 949999), METRIC_WARN);
	assert_int_equal(metric_judge(&m, 1200001), METRIC_FAIL);
	assert_int_equal(metric_gate_threshold(&m), 200000);
	unload(&l);
}

static void test_no_threshold_judges_nothing(void **state)
{
	struct loaded l;
	struct metric m = load(&l, "[project]\nname = q\n[metric m]\ntarget = 300\n[sample m]\n2026-01-01 = 2\n", day(2026, 1, 2));

	(void)state;
	assert_int_equal(metric_health(&m), METRIC_UNKNOWN);
	unload(&l);
}

/* One outlier does not turn a trend, and a flat line has none. */
static void test_trends(void **state)
{
	static const struct {
		const char *samples;
		enum metric_trend trend;
	} cases[] = {
		{ "2026-01-01 = 1\n2026-01-02 = 2\n", TREND_UNKNOWN },
		{ "2026-01-01 = 1\n2026-01-02 = 2\n2026-01-03 = 3\n", TREND_RISING },
		{ "2026-01-01 = 5\n2026-01-02 = 5\n2026-01-03 = 5\n", TREND_STEADY },
		{ "2026-01-01 = 1\n2026-01-02 = 2\n2026-01-03 = 30\n2026-01-04 = 4\n2026-01-05 = 5\n", TREND_STEADY },
		{ "2026-01-01 = 9\n2026-01-02 = 8\n2026-01-03 = 7\n2026-01-04 = 9\n2026-01-05 = 5\n", TREND_FALLING },
		{ "2026-01-01 = 100\n2026-01-02 = 1\n2026-01-03 = 2\n2026-01-04 = 3\n2026-01-05 = 4\n2026-01-06 = 5\n",
			TREND_RISING },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct loaded l;
		char text[400];

		snprintf(text, sizeof(text), "%s[sample coverage]\n%s", COVERAGE, cases[i].samples);
		struct metric m = load(&l, text, day(2026, 2, 1));
		assert_int_equal(metric_trend(&m), cases[i].trend);
		unload(&l);
	}
}

static void test_sparkline(void **state)
{
	struct loaded l;
	struct metric m = load(&l, COVERAGE "[sample coverage]\n2026-01-01 = 0\n2026-01-02 = 0\n2026-01-03 = 3.5\n2026-01-04 = 7\n",
		day(2026, 2, 1));
	struct strbuf line;

	(void)state;
	strbuf_init(&line);
	metric_sparkline(&m, 3, &line);
	assert_string_equal(line.buf, "▁▅█");
	strbuf_release(&line);
	unload(&l);
}

static void test_computed_fields(void **state)
{
	struct loaded l;
	struct metric m = load(&l, COVERAGE "[sample coverage]\n2026-01-01 = 81\n", day(2026, 2, 1));
	struct metric_computed context;
	struct computed computed = metric_computed(&context);
	struct value value;

	(void)state;
	metric_computed_init(&context, &l.project, day(2026, 2, 1));
	assert_true(computed.value(&context, m.record, kind_field_named(m.record->kind, "value"), &l.arena, &value));
	assert_int_equal(value.as.number, 810000);
	assert_true(computed.value(&context, m.record, kind_field_named(m.record->kind, "health"), &l.arena, &value));
	assert_true(slice_is(value.as.text, "warn"));
	assert_true(computed.value(&context, m.record, kind_field_named(m.record->kind, "stale"), &l.arena, &value));
	assert_true(value.as.yes); /* weekly, a month ago */
	metric_computed_release(&context);
	metric_computed_init(&context, &l.project, day(2026, 1, 15));
	assert_true(computed.value(&context, m.record, kind_field_named(m.record->kind, "stale"), &l.arena, &value));
	assert_false(value.as.yes);
	metric_computed_release(&context);
	metric_computed_init(&context, &l.project, day(2025, 12, 31));
	assert_false(computed.value(&context, m.record, kind_field_named(m.record->kind, "value"), &l.arena, &value));
	assert_false(computed.value(&context, m.record, kind_field_named(m.record->kind, "unit"), &l.arena, &value));
	metric_computed_release(&context);
	unload(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_samples_are_sorted_and_the_future_waits),
		cmocka_unit_test(test_a_threshold_is_still_on_its_good_side),
		cmocka_unit_test(test_near_the_target),
		cmocka_unit_test(test_no_threshold_judges_nothing),
		cmocka_unit_test(test_trends),
		cmocka_unit_test(test_sparkline),
		cmocka_unit_test(test_computed_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
