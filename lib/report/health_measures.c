/* Health of cost, scope and quality, and what the project's rules find: the dimensions that stand on measures. */
#include "report/health.h"

#include "base/alloc.h"
#include "quality/alert.h"
#include "report/trip.h"

#include <string.h>

/* --- cost and scope ---------------------------------------------------------------------------------------------- */

static bool measure(struct doc *doc, const struct dashboard *d, const char *name, struct value *out)
{
	struct measures measures = { .project = d->project, .plan = d->plan, .costs = d->costs,
		.now = health_today(d) };

	return measure_value(&measures, slice_of(name), slice_of(""), &doc->arena, out);
}

struct cell health_cost(struct doc *doc, const struct dashboard *d)
{
	struct value cost, frozen, growth;
	struct cell values[3];

	if (!d->costs || d->costs->total == 0 || !measure(doc, d, "cost", &cost))
		return cell_none();
	values[0] = cell_value(&doc->arena, &cost, &d->project->units);
	values[1] = cell_integer(d->costs->unrated + d->costs->unknown);
	if (values[1].number) /* a part of the cost says nothing against the whole of the baseline's */
		return cell_message_of(&doc->arena, N_("planned cost %s; assignments without a rate, left out: %s"),
			values, 2);
	if (!measure(doc, d, "baseline_cost", &frozen) || !measure(doc, d, "cost_growth", &growth))
		return cell_message_of(&doc->arena, N_("planned cost %s"), values, 1);
	values[1] = cell_value(&doc->arena, &frozen, &d->project->units);
	/* A tenth of a per cent is what anybody reads. */
	values[2] = cell_percent(growth.as.number / (DECIMAL_ONE / 10) * (DECIMAL_ONE / 10));
	values[2].sign = true;
	/* What is planned below the baseline may as well be missing as saved: no praise. */
	return cell_toned(growth.as.number > 0 ? TONE_WATCH : TONE_NONE,
		cell_message_of(&doc->arena, N_("planned cost %s, baseline %s (%s)"), values, ARRAY_SIZE(values)));
}

struct cell health_scope(struct doc *doc, const struct dashboard *d)
{
	int64_t all = 0, verified = 0, must = 0;
	struct record *record;

	FOREACH_RECORD(d->project, kind_find(slice_of("requirement")), record) {
		struct slice status = record_text_or(record, "status");
		bool met = word_index("verified|accepted", status) >= 0;
		if (word_index("rejected|withdrawn", status) >= 0 || slice_is(record_text_or(record, "priority"),
			"wont"))
			continue;
		all++;
		verified += met;
		must += !met && slice_is(record_text_or(record, "priority"), "must");
	}
	struct cell values[] = { cell_integer(verified), cell_integer(all), cell_integer(must) };
	if (!all)
		return cell_none();
	return cell_message_of(&doc->arena, N_("%s of %s requirements verified; must-haves not verified: %s"), values,
		ARRAY_SIZE(values));
}

/* --- quality ----------------------------------------------------------------------------------------------------- */

/* Cost and progress have lines of their own. */
static bool is_of_quality(const struct record *metric)
{
	return word_index("cost|progress|risk", record_text_or(metric, "category")) < 0;
}

static const char *arrow(const struct metric *metric)
{
	static const char *const arrows[] = { "↗", "→", "↘", "" };

	return arrows[metric_trend(metric)];
}

/* "coverage 78.4 % (fail 80) ↘" */
static struct cell metric_words(struct doc *doc, const struct metric *metric)
{
	struct cell parts[] = { cell_text(&doc->arena, record_title(metric->record)), trip_metric(doc, metric),
		cell_text(&doc->arena, slice_of(arrow(metric))) };

	return cell_message_of(&doc->arena, parts[2].text.len ? N_("%s %s %s") : N_("%s %s"), parts,
		parts[2].text.len ? 3 : 2);
}

enum { WORST_SHOWN = 3 };

/* The first metrics of one health. */
struct worst {
	struct cell cells[WORST_SHOWN];
	size_t count;
};

static void add_worst(struct doc *doc, struct worst *worst, const struct metric *metric)
{
	if (worst->count < WORST_SHOWN)
		worst->cells[worst->count++] = metric_words(doc, metric);
}

/* The failing ones first, then those that warn. */
static struct cell list_worst(struct doc *doc, const struct worst *failing, const struct worst *warning)
{
	struct cell all[WORST_SHOWN];
	size_t count = 0;

	for (size_t i = 0; i < failing->count; i++)
		all[count++] = failing->cells[i];
	for (size_t i = 0; i < warning->count && count < WORST_SHOWN; i++)
		all[count++] = warning->cells[i];
	return cell_list(&doc->arena, all, count);
}

struct cell health_quality(struct doc *doc, const struct dashboard *d)
{
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD };
	struct worst worst[METRIC_UNKNOWN + 1] = { { .count = 0 } };
	size_t counts[METRIC_UNKNOWN + 1] = { 0 }, shown;
	struct cell values[4];
	moment_t now = rule_now(d->project, d->now);
	const struct metric *metric;
	struct record *record;
	enum metric_health health;

	FOREACH_RECORD(d->project, kind_find(slice_of("metric")), record) {
		if (!is_of_quality(record))
			continue;
		metric = metric_of(d->rules ? d->rules->readings : NULL, d->project, record, now, &doc->arena);
		health = metric_health(metric);
		counts[health]++;
		if (health == METRIC_FAIL || health == METRIC_WARN)
			add_worst(doc, &worst[health], metric);
	}
	if (!counts[METRIC_GOOD] && !counts[METRIC_WARN] && !counts[METRIC_FAIL])
		return cell_none();
	health = counts[METRIC_FAIL] ? METRIC_FAIL : counts[METRIC_WARN] ? METRIC_WARN : METRIC_GOOD;
	for (int i = METRIC_GOOD; i <= METRIC_FAIL; i++)
		values[i] = cell_integer((int64_t)counts[i]);
	shown = counts[METRIC_WARN] + counts[METRIC_FAIL];
	values[3] = list_worst(doc, &worst[METRIC_FAIL], &worst[METRIC_WARN]);
	return cell_toned(tones[health], cell_message_of(&doc->arena,
		shown ? N_("metrics good %s, warn %s, fail %s: %s") : N_("metrics good %s, warn %s, fail %s"),
			values, shown ? 4 : 3));
}

/* --- rules ------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *dimension, *measures, *kinds;
} spheres[] = {
	{ "schedule",
		"start|finish|baseline_finish|slip|progress|open_tasks|late_tasks|blocked_tasks|missed_deadlines|negative_float",
		"task|sprint|baseline|calendar" },
	{ "cost", "cost|baseline_cost|cost_growth", "cost|account|contract|payment" },
	{ "scope", "requirements_verified|open_decisions", "requirement|change|deliverable|objective|release" },
	{ "quality",
		"open_issues|critical_issues|overdue_issues|open_defects|open_vulnerabilities|tests_passed|failing_metrics|"
		     "warning_metrics|errors|warnings",
		"issue|test|checklist|debt|incident|service" },
	{ "risk", "exposure|open_risks|overdue_reviews", "risk" },
	{ "people", "overloaded", "resource|team|stakeholder|timesheet" },
};

static const char *metric_sphere(const struct record *metric)
{
	struct slice category = record_text_or(metric, "category");

	if (slice_is(category, "cost"))
		return "cost";
	if (slice_is(category, "progress"))
		return "schedule";
	return slice_is(category, "risk") ? "risk" : "quality";
}

struct finding_sphere {
	const struct project *project;
	const char *dimension;
};

/* The first name that belongs somewhere decides. */
static void look(void *context, struct slice name, const struct field *field)
{
	struct finding_sphere *f = context;
	const struct record *metric = project_find(f->project, kind_find(slice_of("metric")), name);

	(void)field;
	if (f->dimension)
		return;
	if (metric)
		f->dimension = metric_sphere(metric);
	for (size_t i = 0; i < ARRAY_SIZE(spheres) && !f->dimension; i++)
		if (word_index(spheres[i].measures, name) >= 0)
			f->dimension = spheres[i].dimension;
}

static const char *sphere_of(const struct dashboard *d, const struct rule *rule, const struct record *record)
{
	struct finding_sphere finding = { d->project, NULL };

	if (!record) {
		condition_each_name(rule->when, look, &finding);
	} else if (!strcmp(record->kind->name, "metric")) {
		finding.dimension = metric_sphere(record);
	} else {
		for (size_t i = 0; i < ARRAY_SIZE(spheres); i++)
			if (word_index(spheres[i].kinds, slice_of(record->kind->name)) >= 0)
				finding.dimension = spheres[i].dimension;
	}
	return finding.dimension ? finding.dimension : "quality";
}

struct cell health_tripped(struct doc *doc, const struct dashboard *d, const char *dimension, enum tone *tone)
{
	const struct rule_hit *hits = d->rules ? d->rules->hits.items : NULL;
	size_t count = d->rules ? d->rules->hits.len : 0, named = 0;
	struct cell *names = arena_calloc(&doc->arena, count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		if (strcmp(sphere_of(d, hits[i].rule, hits[i].record), dimension) != 0 || hits[i].rule->severity == SEVERITY_NOTE)
			continue;
		if (hits[i].rule->severity == SEVERITY_ERROR)
			*tone = TONE_BAD;
		else if (*tone != TONE_BAD)
			*tone = TONE_WATCH;
		if (!named || !slice_equal(names[named - 1].text, hits[i].rule->record->id))
			names[named++] = cell_text(&doc->arena, hits[i].rule->record->id);
	}
	return named ? cell_list(&doc->arena, names, named) : cell_none();
}

static bool has_tripped(const struct rules *rules, const struct rule *rule)
{
	const struct rule_hit *hits = rules->hits.items;

	for (size_t i = 0; i < rules->hits.len; i++)
		if (hits[i].rule == rule)
			return true;
	return false;
}

static void note_measure(void *context, struct slice name, const struct field *field)
{
	bool *measure = context;

	(void)field;
	for (size_t i = 0; i < ARRAY_SIZE(spheres); i++)
		*measure = *measure || word_index(spheres[i].measures, name) >= 0;
}

/* A rule about measures: metrics tell their own limits. */
static bool sets_limit(const struct dashboard *d, const struct rule *rule, const char *dimension)
{
	bool measure = false;

	if (rule->of || !rule->when || has_tripped(d->rules, rule))
		return false;
	condition_each_name(rule->when, note_measure, &measure);
	return measure && strcmp(sphere_of(d, rule, NULL), dimension) == 0;
}

struct cell health_limits(struct doc *doc, const struct dashboard *d, const char *dimension)
{
	const struct rule *rules = d->rules ? d->rules->rules.items : NULL;
	size_t count = d->rules ? d->rules->rules.len : 0, named = 0;
	struct cell *texts = arena_calloc(&doc->arena, count + 1, sizeof(*texts));

	for (size_t i = 0; i < count; i++)
		if (sets_limit(d, &rules[i], dimension))
			texts[named++] = cell_text(&doc->arena, slice_trim(record_text_or(rules[i].record, "when")));
	return named ? cell_list(&doc->arena, texts, named) : cell_none();
}

struct cell health_with_rules(struct doc *doc, const struct dashboard *d, const char *dimension, struct cell cell)
{
	enum tone tone = cell.tone;
	struct cell parts[] = { cell, health_tripped(doc, d, dimension, &tone) };

	if (parts[1].type == CELL_NONE)
		return cell;
	parts[0].tone = TONE_NONE; /* the whole has it */
	if (cell.type == CELL_NONE)
		return cell_toned(tone, cell_message_of(&doc->arena, N_("tripped: %s"), &parts[1], 1));
	return cell_toned(tone, cell_message_of(&doc->arena, N_("%s; tripped: %s"), parts, ARRAY_SIZE(parts)));
}

enum { ALERTS_SHOWN = 5 };

void health_alerts(struct doc *doc, const struct dashboard *d)
{
	struct table *table;
	struct vec alerts;
	const struct alert *items;

	if (!d->rules)
		return;
	vec_init(&alerts, sizeof(struct alert));
	alerts_collect(d->rules, d->rules->now, &doc->arena, &alerts);
	items = alerts.items;
	if (alerts.len) {
		table = doc_table(doc, "alerts", N_("Alerts"));
		table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_HIGH);
		table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "message", N_("alert"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		table_column(table, "value", N_("value"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		table_column(table, "since", N_("since"), ALIGN_LEFT, PRIORITY_HIGH);
		for (size_t i = 0; i < alerts.len && i < ALERTS_SHOWN; i++) {
			struct cell *cells = table_row(table)->cells;
			const struct record *record = items[i].hit ? items[i].hit->record : items[i].metric->record;
			cells[0] = trip_severity(doc, items[i].severity);
			cells[1] = record ? cell_ref(&doc->arena, record->id, slice_of(NULL)) : cell_none();
			cells[2] = cell_text(&doc->arena,
				items[i].hit ? trip_words(items[i].hit->rule) : record_title(record));
			cells[3] = items[i].hit ? trip_value(doc, d->rules, items[i].hit, d->data) :
				d->data ? trip_metric(doc, items[i].metric) : trip_measured(doc, items[i].metric);
			cells[4] = trip_since(doc, items[i].since, items[i].state, true);
		}
		health_rest(doc, alerts.len, ALERTS_SHOWN);
	}
	vec_release(&alerts);
}
