#include "quality/rule.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "quality/metric.h"

#include <string.h>

moment_t rule_now(const struct project *project, moment_t now)
{
	struct slice text = slice_trim(project_setting(project, "status_date"));
	moment_t moment;
	bool has_time;

	if (moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return now;
	return has_time ? moment : moment + MINUTES_PER_DAY - 1;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

struct looking {
	struct rule *rule;
	const struct project *project;
	bool only_metrics, odd;
	struct slice odd_name;
};

static bool is_metric(const struct project *project, struct slice name)
{
	return project_find(project, kind_find(slice_of("metric")), name) != NULL;
}

static void look_at_name(void *context, struct slice name, const struct field *field)
{
	struct looking *l = context;
	const char *said = field ? field->name : "";

	if (l->rule->of) {
		if (field && (field->flags & FIELD_COMPUTED) && !strcmp(l->rule->of->name, "task"))
			l->rule->needs |= MEASURE_PLAN;
		return;
	}
	if (is_metric(l->project, name))
		return;
	l->only_metrics = false;
	l->rule->needs |= measure_needs(said);
	/* Fields that every record has are nothing the project has. */
	for (const struct field *measure = measure_fields; measure->name; measure++)
		if (!strcmp(measure->name, said))
			return;
	l->odd = true;
	l->odd_name = name;
}

static struct condition *read_condition(struct rules *rules, struct rule *rule, const char *name, moment_t now,
	struct arena *arena)
{
	struct query_scope scope = { .project = rules->project, .now = now };
	struct slice text = record_text_or(rule->record, name);
	struct condition *condition = NULL;

	if (condition_parse(&condition, text, rule->of ? rule->of : rules->measures, &scope, arena, &rule->fault) == 0)
		return condition;
	rule->fault_field = name;
	return NULL;
}

static void fault_at(struct rule *rule, const char *field, const char *id, const char *expected, struct slice found)
{
	rule->when = NULL;
	rule->fault_field = field;
	rule->fault = (struct value_fault){ .id = id, .expected = expected, .found = found };
}

static void read_conditions(struct rules *rules, struct rule *rule)
{
	struct looking looking = { rule, rules->project, true, false, { NULL, 0 } };
	struct slice text;

	rule->when = read_condition(rules, rule, "when", rules->now, &rules->arena);
	if (rule->when && record_text(rule->record, "where", &text) && slice_trim(text).len) {
		rule->where = read_condition(rules, rule, "where", rules->now, &rules->arena);
		if (!rule->where)
			rule->when = NULL;
	}
	if (!rule->when)
		return;
	condition_each_name(rule->when, look_at_name, &looking);
	if (rule->where)
		condition_each_name(rule->where, look_at_name, &looking);
	rule->by_samples = rule->of ? !strcmp(rule->of->name, "metric") : looking.only_metrics;
	if (looking.odd)
		fault_at(rule, "when", "condition-field", N_("a measure of the project or a metric"), looking.odd_name);
}

static bool is_disabled(const struct project *project, const struct record *record, struct arena *arena)
{
	struct value value;

	return record_value(project, record, kind_field_named(record->kind, "enabled"), arena, &value) && !value.as.yes;
}

static void read_rule(struct rules *rules, const struct record *record, unsigned effects)
{
	int effect = word_index("alert|gate|escalate|method|exit", record_text_or(record, "does"));
	int severity = word_index("note|warning|error", record_text_or(record, "severity"));
	struct rule rule = { .record = record, .effect = effect < 0 ? RULE_ALERT : (enum rule_effect)effect,
		.severity = severity < 0 ? SEVERITY_WARNING : (enum severity)severity };
	struct value after;
	struct slice of;

	if (!(effects & 1u << rule.effect) || is_disabled(rules->project, record, &rules->arena))
		return;
	if (record_value(rules->project, record, kind_field_named(record->kind, "after"), &rules->arena, &after))
		rule.after = after.as.estimate.elapsed ? -after.as.estimate.likely : after.as.estimate.likely;
	if (record_text(record, "of", &of) && slice_trim(of).len) {
		rule.of = kind_find(slice_trim(of));
		if (!rule.of)
			fault_at(&rule, "of", "kind-unknown", N_("the name of a kind"), of);
	}
	if (!rule.fault_field)
		read_conditions(rules, &rule);
	vec_append(&rules->rules, &rule);
}

void rules_init(struct rules *rules, const struct project *project, unsigned effects, moment_t now)
{
	struct record *record;

	*rules = (struct rules){ .project = project, .now = now };
	arena_init(&rules->arena);
	vec_init(&rules->rules, sizeof(struct rule));
	vec_init(&rules->hits, sizeof(struct rule_hit));
	rules->measures = measure_kind(project, &rules->arena);
	rules->readings = arena_alloc(&rules->arena, sizeof(*rules->readings));
	metric_readings_init(rules->readings, project, now);
	FOREACH_RECORD(project, kind_find(slice_of("rule")), record)
		read_rule(rules, record, effects);
}

void rules_release(struct rules *rules)
{
	vec_release(&rules->rules);
	vec_release(&rules->hits);
	if (rules->readings)
		metric_readings_release(rules->readings);
	arena_release(&rules->arena);
}

unsigned rules_needs(const struct rules *rules)
{
	const struct rule *items = rules->rules.items;
	unsigned needs = 0;

	for (size_t i = 0; i < rules->rules.len; i++)
		needs |= items[i].needs;
	return needs;
}

/* --- looking ----------------------------------------------------------------------------------------------------- */

/* All that a condition is evaluated with, at one moment. */
struct eyes {
	struct query_scope scope;
	struct measures measures;
	struct metric_computed metrics;
	struct computed of_metrics, of_plan;
};

void rule_measures(struct measures *measures, const struct rule_view *view, moment_t now)
{
	*measures = (struct measures){ .project = view->project, .plan = view->plan, .costs = view->costs, .now = now,
		.errors = view->errors, .warnings = view->warnings, .checked = view->checked, .more = view->more,
		.more_context = view->more_context, .memo = view->memo, .readings = view->readings };
}

static void eyes_open(struct eyes *eyes, const struct rule_view *view, moment_t now)
{
	metric_computed_init(&eyes->metrics, view->project, now);
	eyes->of_metrics = metric_computed(&eyes->metrics);
	eyes->of_metrics.next = view->computed;
	if (view->plan) {
		eyes->of_plan = plan_computed(view->plan);
		eyes->of_plan.next = view->computed;
		eyes->of_metrics.next = &eyes->of_plan;
	}
	rule_measures(&eyes->measures, view, now);
	eyes->scope = (struct query_scope){ .project = view->project, .computed = &eyes->of_metrics, .now = now,
		.me = view->me,
		.measure = measure_value, .measure_context = &eyes->measures };
}

static void eyes_close(struct eyes *eyes)
{
	metric_computed_release(&eyes->metrics);
}

static bool trips(const struct rule *rule, const struct record *record, const struct query_scope *scope,
	struct arena *scratch)
{
	if (rule->where && !condition_holds(rule->where, record, scope, scratch))
		return false;
	return condition_holds(rule->when, record, scope, scratch) != (rule->effect == RULE_EXIT);
}

struct naming {
	struct rules *rules;
	struct rule_hit *hit;
	const struct query_scope *scope;
};

static void take_value(void *context, struct slice name, const struct field *field)
{
	struct naming *n = context;
	struct rule_value *value;

	if (!field || slice_is(name, "id") || slice_is(name, "kind"))
		return;
	for (size_t i = 0; i < n->hit->value_count; i++)
		if (!strcmp(n->hit->values[i].field->name, field->name))
			return;
	value = &n->hit->values[n->hit->value_count++];
	value->field = field;
	if (n->hit->record)
		value->present = query_value(n->scope, n->hit->record, field, &n->rules->arena, &value->value);
	else
		value->present = measure_value(n->scope->measure_context, slice_of(field->name), slice_of(""),
			&n->rules->arena, &value->value);
}

static void count_name(void *context, struct slice name, const struct field *field)
{
	size_t *count = context;

	(void)name;
	(void)field;
	(*count)++;
}

static void add_hit(struct rules *rules, const struct rule *rule, const struct record *record,
	const struct query_scope *scope)
{
	struct rule_hit *hit = vec_push(&rules->hits);
	struct naming naming = { rules, hit, scope };
	size_t names = 0;

	*hit = (struct rule_hit){ .rule = rule, .record = record, .since = MOMENT_NONE };
	condition_each_name(rule->when, count_name, &names);
	hit->values = arena_calloc(&rules->arena, names + 1, sizeof(*hit->values));
	condition_each_name(rule->when, take_value, &naming);
}

void rules_evaluate(struct rules *rules, const struct rule_view *view, moment_t now)
{
	const struct rule *items = rules->rules.items;
	struct rule_view seen = *view;
	struct measure_memo memo;
	struct record *record;
	struct arena scratch;
	struct eyes eyes;

	arena_init(&scratch);
	measure_memo_init(&memo);
	seen.memo = &memo;
	seen.readings = rules->readings;
	eyes_open(&eyes, &seen, now);
	vec_clear(&rules->hits);
	for (size_t i = 0; i < rules->rules.len; i++) {
		if (!items[i].when)
			continue;
		if (!items[i].of && trips(&items[i], NULL, &eyes.scope, &scratch))
			add_hit(rules, &items[i], NULL, &eyes.scope);
		if (items[i].of)
			FOREACH_RECORD(view->project, items[i].of, record) {
				if (trips(&items[i], record, &eyes.scope, &scratch))
					add_hit(rules, &items[i], record, &eyes.scope);
				arena_reset(&scratch);
			}
	}
	eyes_close(&eyes);
	measure_memo_release(&memo);
	arena_release(&scratch);
}

size_t rule_hits(const struct rules *rules, const struct rule *rule, size_t *first)
{
	const struct rule_hit *hits = rules->hits.items;
	size_t low = 0, high = rules->hits.len, count = 0;

	/* Hits stand in the order of their rules. */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (hits[middle].rule < rule)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + count < rules->hits.len && hits[low + count].rule == rule)
		count++;
	*first = count ? low : 0;
	return count;
}

/* --- since when -------------------------------------------------------------------------------------------------- */

/* Did the hit's rule trip in that view at that moment? Words like today are read anew. */
static bool tripped(struct rules *rules, const struct rule_hit *hit, const struct rule_view *view, moment_t at,
	struct arena *scratch)
{
	struct rule rule = *hit->rule;
	const struct record *record = NULL;
	struct eyes eyes;
	bool result;

	if (hit->record) {
		record = project_find(view->project, hit->record->kind, hit->record->id);
		if (!record)
			return false;
	}
	rule.when = read_condition(rules, &rule, "when", at, scratch);
	if (rule.where)
		rule.where = read_condition(rules, &rule, "where", at, scratch);
	eyes_open(&eyes, view, at);
	result = rule.when && trips(&rule, record, &eyes.scope, scratch);
	eyes_close(&eyes);
	arena_reset(scratch);
	return result;
}

/* The first day in (from, to] on which it trips, given that it does at `to` and not at `from`: halving, for time passes one way. */
static moment_t first_day(struct rules *rules, const struct rule_hit *hit, const struct rule_state *state,
	struct arena *scratch)
{
	date_t low = moment_date(state->from), high = moment_date(state->to);

	while (high - low > 1) {
		date_t middle = low + (high - low) / 2;

		if (tripped(rules, hit, &state->view, moment_from_date(middle), scratch))
			high = middle;
		else
			low = middle;
	}
	return moment_from_date(high);
}

static void settle(struct rule_hit *hit, moment_t since, struct slice commit)
{
	hit->state = SINCE_EXACT;
	hit->since = since;
	hit->commit = commit;
}

size_t rules_since(struct rules *rules, const struct rule_state *state)
{
	struct rule_hit *hits = rules->hits.items;
	struct rule_view at_start = state->view, at_end = state->view;
	struct measure_memo start, end;
	struct arena scratch;
	size_t open = 0;

	arena_init(&scratch);
	measure_memo_init(&start);
	measure_memo_init(&end);
	at_start.memo = &start;
	at_end.memo = &end;
	for (size_t i = 0; i < rules->hits.len; i++) {
		if (hits[i].state != SINCE_UNKNOWN)
			continue;
		if ((hits[i].rule->needs & MEASURE_CHECK) && !state->view.checked)
			continue; /* nobody knows what a check found then */
		if (!tripped(rules, &hits[i], &at_end, state->to, &scratch)) {
			settle(&hits[i], hits[i].since == MOMENT_NONE ? state->to : hits[i].since, hits[i].commit);
		} else if (!tripped(rules, &hits[i], &at_start, state->from, &scratch)) {
			settle(&hits[i], first_day(rules, &hits[i], state, &scratch), slice_new(NULL, 0));
		} else {
			hits[i].since = state->from;
			hits[i].commit = arena_slice(&rules->arena, state->commit);
			open++;
		}
	}
	measure_memo_release(&start);
	measure_memo_release(&end);
	arena_release(&scratch);
	return open;
}

void rules_since_end(struct rules *rules)
{
	struct rule_hit *hits = rules->hits.items;

	for (size_t i = 0; i < rules->hits.len; i++)
		if (hits[i].state == SINCE_UNKNOWN && hits[i].since != MOMENT_NONE)
			hits[i].state = SINCE_BEFORE;
}

struct moments {
	struct rules *rules;
	moment_t now;
	struct vec all; /* moment_t */
};

static void take_moments(struct moments *m, struct slice metric_id)
{
	const struct record *record = project_find(m->rules->project, kind_find(slice_of("metric")), metric_id);
	const struct metric *metric;

	if (!record)
		return;
	metric = metric_of(m->rules->readings, m->rules->project, record, m->now, &m->rules->arena);
	for (size_t i = 0; i < metric->count; i++)
		vec_append(&m->all, &metric->samples[i].when);
}

static void take_named(void *context, struct slice name, const struct field *field)
{
	(void)field;
	take_moments(context, name);
}

static int newest_first(const void *a, const void *b, void *context)
{
	const moment_t *x = a, *y = b;

	(void)context;
	return (*x < *y) - (*x > *y);
}

/* Each is an evaluation; weekly ones of two years. */
enum { SAMPLES_LOOKED_AT = 100 };

/* Back from sample to sample as long as it trips. */
static void date_by_samples(struct rules *rules, struct rule_hit *hit, const struct rule_view *view, moment_t now,
	struct arena *scratch)
{
	struct moments m = { .rules = rules, .now = now };
	const moment_t *moments;

	vec_init(&m.all, sizeof(moment_t));
	if (hit->record)
		take_moments(&m, hit->record->id);
	else
		condition_each_name(hit->rule->when, take_named, &m);
	vec_sort(&m.all, newest_first, NULL);
	moments = m.all.items;
	for (size_t i = 0; i < m.all.len && hit->state == SINCE_UNKNOWN; i++) {
		if (i == SAMPLES_LOOKED_AT)
			hit->state = SINCE_BEFORE;
		else if (tripped(rules, hit, view, moments[i], scratch))
			hit->since = moments[i];
		else
			break;
	}
	if (hit->since != MOMENT_NONE && hit->state == SINCE_UNKNOWN)
		hit->state = SINCE_EXACT;
	vec_release(&m.all);
}

size_t rules_since_samples(struct rules *rules, const struct rule_view *view, moment_t now)
{
	struct rule_hit *hits = rules->hits.items;
	struct arena scratch;
	size_t open = 0;

	arena_init(&scratch);
	for (size_t i = 0; i < rules->hits.len; i++) {
		if (hits[i].state == SINCE_UNKNOWN && hits[i].rule->by_samples)
			date_by_samples(rules, &hits[i], view, now, &scratch);
		open += hits[i].state == SINCE_UNKNOWN;
	}
	arena_release(&scratch);
	return open;
}

moment_t rule_escalates(const struct rule_hit *hit, const struct calendar *calendar, const struct units *units)
{
	int64_t after = hit->rule->after;

	if (hit->rule->effect != RULE_ESCALATE || hit->since == MOMENT_NONE)
		return MOMENT_NONE;
	if (after <= 0)
		return hit->since - after;
	if (calendar)
		return calendar_add(calendar, hit->since, after);
	return hit->since + after * MINUTES_PER_DAY / units->minutes_per_day;
}
