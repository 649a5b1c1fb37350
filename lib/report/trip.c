#include "report/trip.h"

#include "base/alloc.h"

#include <string.h>

struct slice trip_words(const struct rule *rule)
{
	struct slice words;

	if (record_text(rule->record, "message", &words) && slice_trim(words).len)
		return slice_trim(words);
	if (record_text(rule->record, "title", &words) && slice_trim(words).len)
		return slice_trim(words);
	return record_text_or(rule->record, "when");
}

struct cell trip_severity(struct doc *doc, enum severity severity)
{
	static const char *const words[] = { "note", "warning", "error" };
	static const enum tone tones[] = { TONE_MUTED, TONE_WATCH, TONE_BAD };

	return cell_toned(tones[severity], cell_word(&doc->arena, slice_of(words[severity])));
}

/* Amounts of time and the like are shown as any field is; a number keeps its metric's unit. */
static struct cell value_cell(struct doc *doc, const struct rules *rules, const struct rule_value *value)
{
	if (!value->present)
		return cell_message(N_("n/a"));
	if (value->value.type == TYPE_ENUM)
		return cell_word(&doc->arena, value->value.as.text);
	return cell_value(&doc->arena, &value->value, &rules->project->units);
}

struct cell trip_values(struct doc *doc, const struct rules *rules, const struct rule_hit *hit)
{
	struct cell *items = arena_calloc(&doc->arena, hit->value_count + 1, sizeof(*items));
	const struct kind *metrics = kind_find(slice_of("metric"));

	for (size_t i = 0; i < hit->value_count; i++) {
		const char *field = hit->values[i].field->name;
		const struct record *metric = hit->record ? NULL : project_find(rules->project, metrics, slice_of(field));
		struct cell parts[] = { cell_none(), value_cell(doc, rules, &hit->values[i]) };

		/* Fields have a name in the reader's language, as in the head of a list; measures are called as rules call them. */
		if (hit->record)
			parts[0] = cell_message(field);
		else
			parts[0] = cell_text(&doc->arena, metric ? record_title(metric) : slice_of(field));
		items[i] = cell_message_of(&doc->arena, N_("%s %s"), parts, ARRAY_SIZE(parts));
	}
	return hit->value_count ? cell_list(&doc->arena, items, hit->value_count) : cell_none();
}

struct cell trip_value(struct doc *doc, const struct rules *rules, const struct rule_hit *hit, bool data)
{
	const struct record *metric;
	struct cell parts[2];

	if (data || hit->value_count != 1)
		return trip_values(doc, rules, hit);
	parts[0] = value_cell(doc, rules, hit->values);
	metric = hit->record ? NULL :
			       project_find(rules->project, kind_find(slice_of("metric")), slice_of(hit->values->field->name));
	if (!metric || parts[0].type == CELL_PERCENT || !record_text(metric, "unit", &parts[1].text))
		return parts[0];
	parts[1] = cell_text(&doc->arena, parts[1].text);
	return cell_message_of(&doc->arena, N_("%s %s"), parts, ARRAY_SIZE(parts));
}

struct cell trip_measured(struct doc *doc, const struct metric *metric)
{
	struct cell parts[2];
	struct slice unit;

	if (!metric->count)
		return cell_none();
	parts[0] = cell_number(metric->samples[metric->count - 1].value);
	if (!record_text(metric->record, "unit", &unit))
		return parts[0];
	parts[1] = cell_text(&doc->arena, unit);
	return cell_message_of(&doc->arena, N_("%s %s"), parts, ARRAY_SIZE(parts));
}

/* The threshold that it is beyond. */
static struct cell limit_cell(const struct metric *metric)
{
	enum metric_health health = metric_health(metric);
	decimal_t limit = health == METRIC_FAIL ? metric->fail : metric->warn;

	if (health != METRIC_FAIL && health != METRIC_WARN)
		return cell_none();
	if (metric->direction == METRIC_NEAR && health == METRIC_WARN && metric->tolerance != DECIMAL_NONE)
		limit = metric->tolerance;
	return limit == DECIMAL_NONE ? cell_none() : cell_number(limit);
}

struct cell trip_metric(struct doc *doc, const struct metric *metric)
{
	struct cell parts[] = { trip_measured(doc, metric), limit_cell(metric) };
	enum metric_health health = metric_health(metric);

	if (parts[0].type == CELL_NONE || (health != METRIC_FAIL && health != METRIC_WARN))
		return parts[0];
	if (parts[1].type == CELL_NONE)
		parts[1] = cell_message(N_("n/a"));
	return cell_message_of(&doc->arena, health == METRIC_FAIL ? N_("%s (fail %s)") : N_("%s (warn %s)"), parts, ARRAY_SIZE(parts));
}

struct cell trip_since(struct doc *doc, moment_t since, enum since_state state, bool data)
{
	struct cell day;

	if (since == MOMENT_NONE)
		return cell_none();
	day = cell_date(moment_date(since));
	return data || state != SINCE_BEFORE ? day : cell_message_of(&doc->arena, N_("≤ %s"), &day, 1);
}

/* --- alerts ------------------------------------------------------------------------------------------------------ */

enum { ALERT_SEVERITY, ALERT_RULE, ALERT_WORDS, ALERT_KIND, ALERT_ID, ALERT_TITLE, ALERT_VALUE, ALERT_LIMIT, ALERT_SINCE,
	ALERT_EXACT,
	ALERT_COMMIT, ALERT_DAYS, ALERT_DOES, ALERT_TO, ALERT_ESCALATES };

static void alert_columns(struct table *table)
{
	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "rule", N_("rule"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "message", N_("alert"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_LOW)->grow = true;
	table_column(table, "value", N_("value"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "limit", N_("limit"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "since", N_("since"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "since_exact", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "days", N_("days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "does", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "escalate_to", N_("escalate to"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "escalates", N_("from"), ALIGN_LEFT, PRIORITY_LOW);
}

static void fill_hit(struct doc *doc, const struct alert_report *report, const struct alert *alert, struct cell *cells)
{
	const struct rule_hit *hit = alert->hit;
	const struct project *project = report->rules->project;
	moment_t escalates = rule_escalates(hit, report->calendar, &project->units);

	cells[ALERT_RULE] = cell_ref(&doc->arena, hit->rule->record->id, slice_of(NULL));
	cells[ALERT_WORDS] = cell_text(&doc->arena, trip_words(hit->rule));
	if (hit->record) {
		cells[ALERT_KIND] = cell_word(&doc->arena, slice_of(hit->record->kind->name));
		cells[ALERT_ID] = cell_ref(&doc->arena, hit->record->id, slice_of(NULL));
		cells[ALERT_TITLE] = cell_text(&doc->arena, record_title(hit->record));
	}
	cells[ALERT_VALUE] = trip_value(doc, report->rules, hit, report->data);
	if (hit->commit.len && hit->state == SINCE_EXACT)
		cells[ALERT_COMMIT] = cell_text(&doc->arena, hit->commit);
	cells[ALERT_DOES] = cell_word(&doc->arena, record_text_or(hit->rule->record, "does"));
	if (hit->rule->effect != RULE_ESCALATE)
		return;
	cells[ALERT_TO] = cell_text(&doc->arena, record_text_or(hit->rule->record, "escalate_to"));
	if (escalates != MOMENT_NONE)
		cells[ALERT_ESCALATES] = cell_toned(escalates <= report->now ? TONE_BAD : TONE_NONE,
			cell_date(moment_date(escalates)));
}

static void fill_metric(struct doc *doc, const struct metric *metric, bool data, struct cell *cells)
{
	cells[ALERT_WORDS] = cell_text(&doc->arena, record_title(metric->record));
	cells[ALERT_KIND] = cell_word(&doc->arena, slice_of("metric"));
	cells[ALERT_ID] = cell_ref(&doc->arena, metric->record->id, slice_of(NULL));
	cells[ALERT_TITLE] = cell_text(&doc->arena, record_title(metric->record));
	cells[ALERT_VALUE] = data ? trip_metric(doc, metric) : trip_measured(doc, metric);
	cells[ALERT_LIMIT] = limit_cell(metric);
	cells[ALERT_DOES] = cell_word(&doc->arena, slice_of("alert"));
}

void alert_build(struct doc *doc, const struct alert_report *report)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct alert *alerts = report->alerts->items;

	doc->units = report->rules->project->units;
	table->empty = N_("nothing trips");
	alert_columns(table);
	for (size_t i = 0; i < report->alerts->len; i++) {
		struct cell *cells = table_row(table)->cells;

		cells[ALERT_SEVERITY] = trip_severity(doc, alerts[i].severity);
		cells[ALERT_SINCE] = trip_since(doc, alerts[i].since, alerts[i].state, report->data);
		if (alerts[i].since != MOMENT_NONE) {
			cells[ALERT_EXACT] = cell_yesno(alerts[i].state == SINCE_EXACT);
			cells[ALERT_DAYS] = cell_integer(moment_date(report->now) - moment_date(alerts[i].since));
		}
		if (alerts[i].hit)
			fill_hit(doc, report, &alerts[i], cells);
		else
			fill_metric(doc, alerts[i].metric, report->data, cells);
	}
}
