#include "quality/measure.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "plan/baseline.h"
#include "plan/level.h"
#include "plan/progress.h"
#include "plan/workload.h"
#include "quality/metric.h"

#include <string.h>

const struct field measure_fields[] = {
	{ .name = "start", .type = TYPE_DATETIME, .doc = N_("Start of the project") },
	{ .name = "finish", .type = TYPE_DATETIME, .doc = N_("Finish of the project as scheduled") },
	{ .name = "baseline_finish", .type = TYPE_DATETIME, .doc = N_("Finish of the current baseline") },
	{ .name = "slip", .type = TYPE_DURATION,
		.doc = N_("Working time by which the finish is later than the baseline's; negative when earlier") },
	{ .name = "progress", .type = TYPE_PERCENT, .doc = N_("Share of the work that is done") },
	{ .name = "open_tasks", .type = TYPE_INTEGER, .doc = N_("Tasks that are not finished") },
	{ .name = "late_tasks", .type = TYPE_INTEGER, .doc = N_("Open tasks that should be finished by now") },
	{ .name = "blocked_tasks", .type = TYPE_INTEGER, .doc = N_("Open tasks with the status blocked") },
	{ .name = "missed_deadlines", .type = TYPE_INTEGER, .doc = N_("Open tasks that finish after their deadline") },
	{ .name = "negative_float", .type = TYPE_INTEGER, .doc = N_("Open tasks whose total float is negative") },
	{ .name = "overloaded", .type = TYPE_INTEGER,
		.doc = N_("People and machines wanted for more than there is of them") },
	{ .name = "cost", .type = TYPE_MONEY, .doc = N_("Planned cost of the work") },
	{ .name = "baseline_cost", .type = TYPE_MONEY, .doc = N_("Cost of the current baseline") },
	{ .name = "cost_growth", .type = TYPE_PERCENT,
		.doc = N_("Planned cost above the baseline's, in per cent of it") },
	{ .name = "exposure", .type = TYPE_MONEY,
		.doc = N_("Exposure of the open risks: probability × impact, summed") },
	{ .name = "open_risks", .type = TYPE_INTEGER, .doc = N_("Risks that are not closed, expired or occurred") },
	{ .name = "overdue_reviews", .type = TYPE_INTEGER, .doc = N_("Open risks whose review date is past") },
	{ .name = "open_issues", .type = TYPE_INTEGER, .doc = N_("Issues that are not resolved, closed or rejected") },
	{ .name = "critical_issues", .type = TYPE_INTEGER, .doc = N_("Open issues of severity critical") },
	{ .name = "overdue_issues", .type = TYPE_INTEGER, .doc = N_("Open issues whose due date is past") },
	{ .name = "open_defects", .type = TYPE_INTEGER, .doc = N_("Open issues of type defect") },
	{ .name = "open_vulnerabilities", .type = TYPE_INTEGER, .doc = N_("Open issues of type vulnerability") },
	{ .name = "open_decisions", .type = TYPE_INTEGER, .doc = N_("Decisions that are proposed and not taken") },
	{ .name = "requirements_verified", .type = TYPE_PERCENT,
		.doc = N_("Share of the requirements in force that are verified or accepted") },
	{ .name = "tests_passed", .type = TYPE_PERCENT, .doc = N_("Share of the tests whose latest run passed") },
	{ .name = "failing_metrics", .type = TYPE_INTEGER, .doc = N_("Metrics beyond their fail value") },
	{ .name = "warning_metrics", .type = TYPE_INTEGER,
		.doc = N_("Metrics beyond their warn value, not yet beyond fail") },
	{ .name = "errors", .type = TYPE_INTEGER, .doc = N_("Errors that 'pmt check' finds") },
	{ .name = "warnings", .type = TYPE_INTEGER, .doc = N_("Warnings that 'pmt check' finds") },
	{ .name = NULL },
};

size_t measure_count(void)
{
	return ARRAY_SIZE(measure_fields) - 1;
}

unsigned measure_needs(const char *name)
{
	static const char plan[] = "start|finish|baseline_finish|slip|progress|open_tasks|late_tasks|blocked_tasks|"
				   "missed_deadlines|negative_float|overloaded";

	if (word_index("errors|warnings", slice_of(name)) >= 0)
		return MEASURE_CHECK;
	if (word_index("cost|cost_growth", slice_of(name)) >= 0)
		return MEASURE_PLAN | MEASURE_COSTS;
	return word_index(plan, slice_of(name)) >= 0 ? MEASURE_PLAN : 0;
}

static const struct kind *metric_kind(void)
{
	return kind_find(slice_of("metric"));
}

/* A metric in per cent takes "80 %" as well as "80". */
static enum field_type metric_type(const struct record *metric)
{
	return slice_is(slice_trim(record_text_or(metric, "unit")), "%") ? TYPE_PERCENT : TYPE_NUMBER;
}

const struct kind *measure_kind(const struct project *project, struct arena *arena)
{
	size_t metrics = project_count(project, metric_kind()), count = 0;
	struct field *fields = arena_calloc(arena, metrics + measure_count(), sizeof(*fields));
	struct kind *kind = arena_calloc(arena, 1, sizeof(*kind));
	struct record *metric;

	FOREACH_RECORD(project, metric_kind(), metric)
		fields[count++] = (struct field){ .name = arena_strndup(arena, metric->id.at, metric->id.len),
			.type = metric_type(metric), .doc = "" };
	for (size_t i = 0; i < measure_count(); i++)
		fields[count++] = measure_fields[i];
	*kind = (struct kind){ .name = N_("the project"), .plural = "", .fields = fields, .field_count = count, .doc = "" };
	return kind;
}

static bool integer(struct value *out, size_t count)
{
	out->type = TYPE_INTEGER;
	out->as.integer = (int64_t)count;
	return true;
}

static bool moment(struct value *out, moment_t when)
{
	out->type = TYPE_DATETIME;
	out->as.when.moment = when;
	out->as.when.has_time = true;
	return when != MOMENT_NONE;
}

static bool share(struct value *out, size_t part, size_t whole)
{
	out->type = TYPE_PERCENT;
	out->as.number = whole ? decimal_scale(100 * DECIMAL_ONE, (int64_t)part, (int64_t)whole) : 0;
	return whole > 0;
}

static bool money(const struct measures *m, struct value *out, decimal_t amount)
{
	out->type = TYPE_MONEY;
	out->as.money.amount = amount;
	memcpy(out->as.money.currency, m->project->units.currency, sizeof(out->as.money.currency));
	return true;
}

static bool slip(const struct measures *m, struct value *out)
{
	moment_t frozen = progress_baseline_finish(m->plan), finish = m->plan->project_finish;
	int64_t minutes;

	if (frozen == MOMENT_NONE || finish == MOMENT_NONE)
		return false;
	minutes = calendar_between(m->plan->calendar, frozen, finish);
	out->type = TYPE_DURATION;
	out->as.estimate = (struct estimate){ minutes, minutes, minutes, false, false };
	return true;
}

static size_t overloaded(const struct measures *m)
{
	moment_t today = progress_today(m->plan, m->now);
	struct workload workload;
	uint32_t last = LEVEL_NOBODY;
	size_t count = 0;

	workload_init(&workload, m->plan, WORKLOAD_WEEK, NULL);
	for (size_t i = 0; i < workload.overloads.len; i++) {
		const struct overload *o = vec_at(&workload.overloads, i);
		if (o->to <= today || o->resource == last)
			continue;
		last = o->resource;
		count++;
	}
	workload_release(&workload);
	return count;
}

static bool plan_count(const struct measures *m, const char *name, struct value *out)
{
	struct progress_counts c = progress_counts_of(m->plan, progress_today(m->plan, m->now));

	if (!strcmp(name, "open_tasks"))
		return integer(out, c.leaves - c.done);
	if (!strcmp(name, "late_tasks"))
		return integer(out, c.late);
	if (!strcmp(name, "blocked_tasks"))
		return integer(out, c.blocked);
	if (!strcmp(name, "missed_deadlines"))
		return integer(out, c.missed);
	return integer(out, c.negative);
}

static bool plan_measure(const struct measures *m, const char *name, struct value *out)
{
	if (!m->plan || m->plan->project_finish == MOMENT_NONE)
		return false;
	if (!strcmp(name, "start"))
		return moment(out, m->plan->project_start);
	if (!strcmp(name, "finish"))
		return moment(out, m->plan->project_finish);
	if (!strcmp(name, "baseline_finish"))
		return moment(out, progress_baseline_finish(m->plan));
	if (!strcmp(name, "slip"))
		return slip(m, out);
	if (!strcmp(name, "overloaded"))
		return integer(out, overloaded(m));
	if (strcmp(name, "progress") != 0)
		return plan_count(m, name, out);
	out->type = TYPE_PERCENT;
	out->as.number = decimal_from_double(progress_total(m->plan));
	return true;
}

/* The current baseline's cost; false without one. */
static bool baseline_cost(const struct measures *m, struct arena *arena, decimal_t *out)
{
	const struct kind *kind = kind_find(slice_of("baseline"));
	struct slice current = slice_trim(project_setting(m->project, "baseline"));
	const struct record *baseline = project_find(m->project, kind, current);
	struct value value;

	if (!baseline || !record_value(m->project, baseline, kind_field_named(kind, "cost"), arena, &value))
		return false;
	*out = value.as.money.amount;
	return true;
}

static bool cost_measure(const struct measures *m, const char *name, struct arena *arena, struct value *out)
{
	decimal_t frozen;

	if (!strcmp(name, "cost"))
		return m->costs && money(m, out, m->costs->total);
	if (!baseline_cost(m, arena, &frozen))
		return false;
	if (!strcmp(name, "baseline_cost"))
		return money(m, out, frozen);
	if (!m->costs || frozen <= 0)
		return false;
	out->type = TYPE_PERCENT;
	out->as.number = decimal_scale(m->costs->total - frozen, 100 * DECIMAL_ONE, frozen);
	return true;
}

/* Counted registers: open records of a kind, of one type or severity, or overdue. */
static const struct counted {
	const char *name, *kind;
	const char *field, *word; /* only where the field is that word */
	const char *date;         /* only where that date is past */
} counted[] = {
	{ "open_risks", "risk", NULL, NULL, NULL },
	{ "overdue_reviews", "risk", NULL, NULL, "review" },
	{ "open_issues", "issue", NULL, NULL, NULL },
	{ "critical_issues", "issue", "severity", "critical", NULL },
	{ "overdue_issues", "issue", NULL, NULL, "due" },
	{ "open_defects", "issue", "type", "defect", NULL },
	{ "open_vulnerabilities", "issue", "type", "vulnerability", NULL },
	{ "open_decisions", "decision", "status", "proposed", NULL },
};

static bool is_open(const struct record *record)
{
	return word_index("closed|resolved|done|retired|expired|rejected|occurred|cancelled|withdrawn",
		record_text_or(record, "status")) < 0;
}

static bool counts(const struct measures *m, const struct counted *c, const struct record *record)
{
	struct slice text;
	date_t day;

	if (!is_open(record) || (c->field && !slice_is(record_text_or(record, c->field), c->word)))
		return false;
	return !c->date || (record_text(record, c->date, &text) && date_parse(slice_trim(text), &day) == CIVIL_OK &&
		day < moment_date(m->now));
}

static size_t count_records(const struct measures *m, const struct counted *c)
{
	struct record *record;
	size_t count = 0;

	FOREACH_RECORD(m->project, kind_find(slice_of(c->kind)), record)
		count += counts(m, c, record);
	return count;
}

static bool requirements_verified(const struct measures *m, struct value *out)
{
	size_t all = 0, verified = 0;
	struct record *record;

	FOREACH_RECORD(m->project, kind_find(slice_of("requirement")), record) {
		struct slice status = record_text_or(record, "status");
		if (word_index("rejected|withdrawn", status) >= 0 ||
			slice_is(record_text_or(record, "priority"), "wont"))
			continue;
		all++;
		verified += word_index("verified|accepted", status) >= 0;
	}
	return share(out, verified, all);
}

struct latest_run {
	moment_t when, now;
	bool passed;
};

static void take_run(void *context, const struct journal_line *line)
{
	struct latest_run *latest = context;

	if (line->when > latest->now || line->when < latest->when)
		return;
	latest->when = line->when;
	latest->passed = slice_is(line->what, "pass");
}

static bool tests_passed(const struct measures *m, struct value *out)
{
	size_t all = 0, passed = 0;
	struct record *test;

	FOREACH_RECORD(m->project, kind_find(slice_of("test")), test) {
		const struct record *run = project_find(m->project, kind_find(slice_of("run")), test->id);
		struct latest_run latest = { .when = MOMENT_NONE, .now = m->now };

		for (; run; run = run->more)
			journal_each(run, take_run, &latest);
		all++;
		passed += latest.passed;
	}
	return share(out, passed, all);
}

static size_t metrics_of_health(const struct measures *m, enum metric_health health, struct arena *arena)
{
	struct record *record;
	size_t count = 0;

	FOREACH_RECORD(m->project, metric_kind(), record)
		count += metric_health(metric_of(m->readings, m->project, record, m->now, arena)) == health;
	return count;
}

static bool register_measure(const struct measures *m, const char *name, struct arena *arena, struct value *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(counted); i++)
		if (!strcmp(name, counted[i].name))
			return integer(out, count_records(m, &counted[i]));
	if (!strcmp(name, "requirements_verified"))
		return requirements_verified(m, out);
	if (!strcmp(name, "tests_passed"))
		return tests_passed(m, out);
	if (!strcmp(name, "failing_metrics"))
		return integer(out, metrics_of_health(m, METRIC_FAIL, arena));
	if (!strcmp(name, "warning_metrics"))
		return integer(out, metrics_of_health(m, METRIC_WARN, arena));
	if (!strcmp(name, "errors") || !strcmp(name, "warnings"))
		return m->checked && integer(out, !strcmp(name, "errors") ? m->errors : m->warnings);
	return false;
}

static bool metric_value(const struct measures *m, const struct record *record, struct arena *arena, struct value *out)
{
	const struct metric *metric = metric_of(m->readings, m->project, record, m->now, arena);

	if (!metric->count)
		return false;
	out->type = metric_type(record);
	out->as.number = metric->samples[metric->count - 1].value;
	return true;
}

static bool compute(const struct measures *m, struct slice name, struct arena *arena, struct value *out)
{
	const struct record *metric = project_find(m->project, metric_kind(), name);
	const char *word = arena_strndup(arena, name.at, name.len);

	if (metric)
		return metric_value(m, metric, arena, out);
	if (m->more && m->more(m->more_context, word, out))
		return true;
	if (word_index("cost|baseline_cost|cost_growth", name) >= 0)
		return cost_measure(m, word, arena, out);
	if (measure_needs(word) & MEASURE_PLAN)
		return plan_measure(m, word, out);
	return register_measure(m, word, arena, out);
}

/* --- remembering ------------------------------------------------------------------------------------------------- */

struct remembered {
	bool present;
	struct value value; /* numbers and moments: nothing that points anywhere */
};

void measure_memo_init(struct measure_memo *memo)
{
	arena_init(&memo->arena);
	map_init(&memo->values);
	memo->now = MOMENT_NONE;
}

void measure_memo_release(struct measure_memo *memo)
{
	map_release(&memo->values);
	arena_release(&memo->arena);
}

static struct remembered *recall(const struct measures *m, struct slice name)
{
	struct measure_memo *memo = m->memo;
	struct remembered *known;

	if (memo->now != m->now) {
		map_clear(&memo->values);
		arena_reset(&memo->arena);
		memo->now = m->now;
	}
	known = map_get_pointer(&memo->values, name);
	if (known)
		return known;
	known = arena_calloc(&memo->arena, 1, sizeof(*known));
	known->present = compute(m, name, &memo->arena, &known->value);
	map_put(&memo->values, arena_slice(&memo->arena, name), (uintptr_t)known);
	return known;
}

bool measure_value(void *context, struct slice name, struct slice wanted, struct arena *arena, struct value *out)
{
	const struct measures *m = context;
	const struct remembered *known;

	(void)wanted;
	if (!m->memo)
		return compute(m, name, arena, out);
	known = recall(m, name);
	*out = known->value;
	return known->present;
}
