/* The status report's frame: title, health, the period in numbers, and the order of the sections. */
#include "base/alloc.h"
#include "plan/progress.h"
#include "report/gantt.h"
#include "report/status-internal.h"

#include <stdlib.h>

enum { GANTT_ROWS = 80 };

moment_t status_until(const struct status_report *report)
{
	moment_t today = health_today(&report->facts);
	return today + (today - report->since);
}

struct cell status_field(struct doc *doc, const struct status_report *report, const struct record *record,
	const char *name)
{
	const struct field *field = kind_field_named(record->kind, name);
	struct value value;
	if (!field || !query_value(&report->scope, record, field, &doc->arena, &value))
		return cell_none();
	return cell_value(&doc->arena, &value, &report->facts.project->units);
}

date_t status_date(const struct status_report *report, const struct record *record, const char *name)
{
	struct slice text;
	moment_t moment;
	bool has_time;
	(void)report;
	if (!record_text(record, name, &text) || moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return DATE_NONE;
	return moment_date(moment);
}

bool status_in_period(const struct status_report *report, date_t date)
{
	return date != DATE_NONE && date >= moment_date(report->since) &&
		date <= moment_date(health_today(&report->facts));
}

struct table *status_table(struct doc *doc, const char *key, const char *empty)
{
	struct table *table = doc_table(doc, key, NULL);
	table->empty = empty;
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	return table;
}

struct row *status_row(struct doc *doc, struct table *table, const struct record *record)
{
	struct row *row = table_row(table);
	row->cells[0] = cell_ref(&doc->arena, record->id, slice_of(NULL));
	row->cells[1] = cell_text(&doc->arena, record_title(record));
	return row;
}

static struct cell not_available(void)
{
	return cell_toned(TONE_MUTED, cell_message(N_("n/a")));
}

static void add_health(struct doc *doc, const struct status_report *report)
{
	const struct dashboard *d = &report->facts;
	struct health_figures now;
	struct block *pairs;

	health_figures_now(&now, d);
	if (d->data)
		health_indicators(doc, d, &now);
	pairs = doc_pairs(doc, "health");
	for (int i = 0; i < HEALTH_DIMENSIONS; i++) {
		const char *name = health_dimension_name((enum health_dimension)i);
		struct cell cell = health_dimension_cell(doc, d, &now, (enum health_dimension)i);

		pairs_add(doc, pairs, name, name, cell.type == CELL_NONE ? not_available() : cell);
	}
	health_compared(doc, d, pairs);
	pairs_add(doc, pairs, "text", N_("text"), health_text(doc, d));
}

/* Records of a kind whose date field lies in the period. */
static struct cell count_in_period(const struct status_report *report, const char *kind, const char *field)
{
	struct record *record;
	int64_t count = 0;
	FOREACH_RECORD(report->facts.project, kind_find(slice_of(kind)), record)
		count += status_in_period(report, status_date(report, record, field));
	return cell_integer(count);
}

static int64_t finished_in_period(const struct status_report *report)
{
	const struct plan *plan = report->facts.plan;
	int64_t count = 0;
	for (uint32_t t = 0; t < plan->task_count; t++)
		count += status_done_in_period(report, t);
	return count;
}

static void add_period(struct doc *doc, const struct status_report *report)
{
	const struct dashboard *d = &report->facts;
	struct progress_counts f = progress_counts_of(d->plan, health_today(d));
	struct block *pairs = doc_pairs(doc, "period");
	decimal_t tenth = decimal_from_double((double)(int64_t)(progress_total(d->plan) * 10 + 0.5) / 10);
	pairs_add(doc, pairs, "since", N_("from"), cell_date(moment_date(report->since)));
	pairs_add(doc, pairs, "until", N_("to"), cell_date(moment_date(health_today(d))));
	pairs_add(doc, pairs, "start", N_("project start"),
		cell_moment(moment_from_date(moment_date(d->plan->project_start))));
	pairs_add(doc, pairs, "finish", N_("project finish"), cell_finish(d->plan->project_finish));
	pairs_add(doc, pairs, "progress", N_("progress"), cell_percent(tenth));
	pairs_add(doc, pairs, "tasks", N_("tasks"), cell_messagef(&doc->arena,
		N_("%s of %s tasks done, %s in progress"),
		health_number(doc, f.done), health_number(doc, f.leaves), health_number(doc, f.started), NULL));
	pairs_add(doc, pairs, "tasks_finished", N_("tasks finished in the period"),
		cell_integer(finished_in_period(report)));
	pairs_add(doc, pairs, "risks_identified", N_("risks identified"), count_in_period(report, "risk",
		"identified"));
	pairs_add(doc, pairs, "issues_raised", N_("issues raised"), count_in_period(report, "issue", "raised"));
	pairs_add(doc, pairs, "issues_resolved", N_("issues resolved"), count_in_period(report, "issue", "resolved"));
	pairs_add(doc, pairs, "decisions_taken", N_("decisions taken"), count_in_period(report, "decision", "decided"));
}

/* As many levels as fit a page; at least the top one. */
static int gantt_depth(const struct plan *plan)
{
	size_t counts[64] = { 0 }, rows = 0;
	for (uint32_t t = 0; t < plan->task_count; t++)
		counts[plan->level[t] < 63 ? plan->level[t] : 63]++;
	int depth = 0;
	while (depth < 63 && counts[depth] && rows + counts[depth] <= GANTT_ROWS)
		rows += counts[depth++];
	return depth > 0 ? depth : 1;
}

static void add_gantt(struct doc *doc, const struct status_report *report)
{
	struct gantt_request request = { .plan = report->facts.plan, .scope = report->scope };
	request.selection.depth = gantt_depth(report->facts.plan);
	doc_heading(doc, 1, cell_message(N_("Schedule")));
	gantt_build(doc, &request)->title = N_("Gantt chart");
}

static void add_title(struct doc *doc, const struct status_report *report)
{
	struct cell values[] = { cell_text(&doc->arena, project_setting(report->facts.project, "name")),
		cell_date(moment_date(health_today(&report->facts))) };
	doc_title(doc, cell_message_of(&doc->arena, N_("%s: status report, %s"), values, ARRAY_SIZE(values)));
}

void status_build(struct doc *doc, const struct status_report *report)
{
	doc->units = report->facts.project->units;
	add_title(doc, report);
	doc_heading(doc, 1, cell_message(N_("Health")));
	add_health(doc, report);
	health_alerts(doc, &report->facts);
	doc_heading(doc, 1, cell_message(N_("Period")));
	add_period(doc, report);
	status_milestones(doc, report);
	status_progress(doc, report);
	status_critical_path(doc, report);
	add_gantt(doc, report);
	status_work(doc, report);
	status_risks(doc, report);
	status_issues(doc, report);
	status_decisions(doc, report);
}
