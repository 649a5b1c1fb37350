/* The status report's sections about the plan: milestones, progress, critical path, done and next. */
#include "base/alloc.h"
#include "plan/progress.h"
#include "report/selection.h"
#include "report/status-internal.h"

#include <stdlib.h>

enum { PATH_ROWS = 40, PROGRESS_LEVELS = 2, WORK_ROWS = 30 };

static int by_moment(const void *a, const void *b, void *context)
{
	const moment_t *moments = context;
	moment_t x = moments[*(const uint32_t *)a], y = moments[*(const uint32_t *)b];
	return x < y ? -1 : x > y;
}

typedef bool task_wanted(const struct status_report *report, uint32_t task);

/* Tasks that are wanted, in the order of `moments`. */
static struct vec collect(const struct status_report *report, task_wanted *wanted, moment_t *moments)
{
	struct vec found;
	vec_init(&found, sizeof(uint32_t));
	for (uint32_t t = 0; t < report->facts.plan->task_count; t++)
		if (wanted(report, t))
			vec_append(&found, &t);
	vec_sort(&found, by_moment, moments);
	return found;
}

/* The first cells of a task's row: an occurrence is called otherwise than its record. */
static struct cell *task_cells(struct doc *doc, struct table *table, const struct plan *plan, uint32_t task)
{
	struct cell *cells = status_row(doc, table, plan->records[task])->cells;

	if (plan_is_synthetic(plan, task))
		cells[0] = cell_ref(&doc->arena, plan_id(plan, task), slice_of(""));
	return cells;
}

/* --- milestones --- */

static bool is_milestone(const struct status_report *report, uint32_t task)
{
	return (report->facts.plan->flags[task] & (PLAN_MILESTONE | PLAN_CANCELLED | PLAN_OCCURRENCE)) == PLAN_MILESTONE;
}

static struct cell milestone_state(const struct status_report *report, uint32_t task)
{
	const struct plan *plan = report->facts.plan;
	if (plan->flags[task] & PLAN_FINISHED)
		return cell_toned(TONE_GOOD, cell_message(N_("reached")));
	if (plan->finish[task] < health_today(&report->facts))
		return cell_toned(TONE_BAD, cell_message(N_("overdue")));
	date_t deadline = status_date(report, plan->records[task], "deadline");
	if (deadline != DATE_NONE && moment_date(plan->finish[task] - 1) > deadline)
		return cell_toned(TONE_BAD, cell_message(N_("misses its deadline")));
	return cell_message(N_("ahead of us"));
}

void status_milestones(struct doc *doc, const struct status_report *report)
{
	const struct plan *plan = report->facts.plan;
	struct vec found = collect(report, is_milestone, plan->finish);
	const uint32_t *tasks = found.items;
	doc_heading(doc, 1, cell_message(N_("Milestones")));
	struct table *table = status_table(doc, "milestones", N_("there are no milestones"));
	table_column(table, "baseline_finish", N_("baseline"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "finish", N_("planned"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "finish_variance", N_("slip"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "deadline", N_("deadline"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < found.len; i++) {
		struct cell *cells = status_row(doc, table, plan->records[tasks[i]])->cells;
		cells[2] = status_field(doc, report, plan->records[tasks[i]], "baseline_finish");
		if (cells[2].type == CELL_MOMENT)
			cells[2] = cell_end(plan->baseline_start[tasks[i]], plan->baseline_finish[tasks[i]]);
		cells[3] = cell_end(plan->start[tasks[i]], plan->finish[tasks[i]]);
		cells[4] = status_field(doc, report, plan->records[tasks[i]], "finish_variance");
		cells[4].sign = true;
		cells[5] = cell_date(status_date(report, plan->records[tasks[i]], "deadline"));
		cells[6] = milestone_state(report, tasks[i]);
	}
	vec_release(&found);
}

/* --- critical path --- */

static bool on_the_path(const struct status_report *report, uint32_t task)
{
	const struct plan *plan = report->facts.plan;
	return health_open_task(&report->facts, task) && plan->flags[task] & PLAN_CRITICAL;
}

void status_critical_path(struct doc *doc, const struct status_report *report)
{
	const struct plan *plan = report->facts.plan;
	struct vec found = collect(report, on_the_path, plan->start);
	const uint32_t *tasks = found.items;
	doc_heading(doc, 1, cell_message(N_("Critical path")));
	struct table *table = status_table(doc, "critical_path", N_("nothing that is left is critical"));
	table_column(table, "start", N_("start"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "duration", N_("duration"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "total_float", N_("float"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "assign", N_("assigned"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < found.len && i < PATH_ROWS; i++) {
		uint32_t t = tasks[i];
		struct cell *cells = task_cells(doc, table, plan, t);
		cells[2] = cell_date(moment_date(plan->start[t]));
		cells[3] = cell_end(plan->start[t], plan->finish[t]);
		cells[4] = cell_duration(plan->duration[t]);
		cells[4].elapsed = plan->flags[t] & PLAN_ELAPSED;
		cells[5] = cell_toned(plan->total_float[t] < 0 ? TONE_BAD : TONE_NONE, cell_duration(plan->total_float[t]));
		cells[6] = status_field(doc, report, plan->records[t], "progress");
		cells[7] = status_field(doc, report, plan->records[t], "assign");
	}
	health_rest(doc, found.len, PATH_ROWS);
	if (found.len > 0)
		health_levelled(doc, plan);
	vec_release(&found);
}

/* --- progress: planned, actual, difference, and the issues that may be its cause --- */

/*
 * Planned progress of a leaf: the share of its working time, between the dates planned for it, that lies before today. The dates
 * are the baseline's where there is one, else the schedule's own.
 */
static double planned_share(const struct status_report *report, uint32_t task)
{
	const struct plan *plan = report->facts.plan;
	bool frozen = plan->baseline_start && plan->baseline_start[task] != MOMENT_NONE &&
		plan->baseline_finish[task] != MOMENT_NONE;
	moment_t from = frozen ? plan->baseline_start[task] : plan->start[task];
	moment_t to = frozen ? plan->baseline_finish[task] : plan->finish[task];
	moment_t today = health_today(&report->facts);
	if (today >= to)
		return 1;
	if (today <= from)
		return 0;
	int64_t all = calendar_between(plan->task_calendar[task], from, to);
	return all > 0 ? (double)calendar_between(plan->task_calendar[task], from, today) / (double)all : 0;
}

struct share {
	double weight, planned, actual;
};

/* Weighted by effort, or by duration where a leaf has none, as progress_roll_up does for a whole tree. */
static struct share *progress_shares(const struct status_report *report)
{
	const struct plan *plan = report->facts.plan;
	struct share *shares = xcalloc(plan->task_count, sizeof(*shares));
	double *progress = xcalloc(plan->task_count, sizeof(*progress));
	progress_roll_up(plan, progress);
	for (uint32_t t = plan->task_count; t-- > 0;) {
		if (!(plan->flags[t] & (PLAN_SUMMARY | PLAN_CANCELLED))) {
			shares[t].weight = (double)(plan->effort[t] ? plan->effort[t] : plan->duration[t]);
			shares[t].planned = shares[t].weight * planned_share(report, t);
			shares[t].actual = shares[t].weight * progress[t] / 100;
		}
		if (plan->parent[t] == PLAN_NO_TASK)
			continue;
		struct share *above = &shares[plan->parent[t]];
		above->weight += shares[t].weight;
		above->planned += shares[t].planned;
		above->actual += shares[t].actual;
	}
	free(progress);
	return shares;
}

/* Open issues that name a task in the subtree. */
static struct cell causes(struct doc *doc, const struct status_report *report, uint32_t task)
{
	const struct plan *plan = report->facts.plan;
	const struct kind *kind = kind_find(slice_of("issue"));
	struct record *issue;
	struct vec refs;
	vec_init(&refs, sizeof(struct cell));
	FOREACH_RECORD(report->facts.project, kind, issue) {
		struct slice rest = record_text_or(issue, "tasks"), id;
		bool below = false;
		while (health_open(issue) && !below && slice_next(&rest, ",\n", &id)) {
			struct record *record = project_find(report->facts.project, kind_find(slice_of("task")), id);
			uint32_t at = record ? plan_task(plan, record) : PLAN_NO_TASK;
			below = at != PLAN_NO_TASK && at >= task && at < plan->subtree_end[task];
		}
		if (below) {
			struct cell ref = cell_ref(&doc->arena, issue->id, record_title(issue));
			vec_append(&refs, &ref);
		}
	}
	struct cell list = refs.len ? cell_list(&doc->arena, refs.items, refs.len) : cell_none();
	vec_release(&refs);
	return list;
}

static decimal_t percent_of(double part, double whole)
{
	double tenths = 1000 * part / whole;
	return decimal_from_double((double)(int64_t)(tenths + (tenths < 0 ? -0.5 : 0.5)) / 10);
}

static enum tone difference_tone(decimal_t difference)
{
	return difference <= -10 * DECIMAL_ONE ? TONE_BAD : difference < 0 ? TONE_WATCH : TONE_GOOD;
}

void status_progress(struct doc *doc, const struct status_report *report)
{
	const struct plan *plan = report->facts.plan;
	struct share *shares = progress_shares(report);
	doc_heading(doc, 1, cell_message(N_("Progress")));
	struct table *table = status_table(doc, "progress", N_("there are no tasks"));
	((struct column *)table->columns.items)[1].tree = true;
	table_column(table, "planned", N_("planned"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "actual", N_("actual"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "causes", N_("open issues"), ALIGN_LEFT, PRIORITY_LOW);
	for (uint32_t t = 0; t < plan->task_count; t++) {
		if (plan->level[t] >= PROGRESS_LEVELS || shares[t].weight <= 0 || (plan->level[t] && !(plan->flags[t] & PLAN_SUMMARY)))
			continue;
		struct row *row = status_row(doc, table, plan->records[t]);
		row->depth = plan->level[t];
		decimal_t planned = percent_of(shares[t].planned, shares[t].weight);
		decimal_t actual = percent_of(shares[t].actual, shares[t].weight);
		row->cells[2] = cell_percent(planned);
		row->cells[3] = cell_percent(actual);
		row->cells[4] = cell_toned(difference_tone(actual - planned), cell_percent(actual - planned));
		row->cells[4].sign = true;
		row->cells[5] = causes(doc, report, t);
	}
	free(shares);
}

/* --- done and next --- */

bool status_done_in_period(const struct status_report *report, uint32_t task)
{
	const struct plan *plan = report->facts.plan;
	return !(plan->flags[task] & PLAN_SUMMARY) && plan->flags[task] & PLAN_FINISHED &&
		status_in_period(report, moment_date(plan->finish[task] - 1));
}

/* Open, and to be worked on before the next period ends: late work is next as well. */
static bool comes_next(const struct status_report *report, uint32_t task)
{
	return health_open_task(&report->facts, task) && report->facts.plan->start[task] < status_until(report);
}

static void work_table(struct doc *doc, const struct status_report *report, struct table *table, struct vec *found)
{
	const struct plan *plan = report->facts.plan;
	const uint32_t *tasks = found->items;
	table_column(table, "start", N_("start"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "assign", N_("assigned"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < found->len && i < WORK_ROWS; i++) {
		uint32_t t = tasks[i];
		struct cell *cells = task_cells(doc, table, plan, t);
		bool late = health_open_task(&report->facts, t) && plan->finish[t] < health_today(&report->facts);
		cells[2] = cell_date(moment_date(plan->start[t]));
		cells[3] = cell_toned(late ? TONE_BAD : TONE_NONE, cell_end(plan->start[t], plan->finish[t]));
		cells[4] = plan->flags[t] & PLAN_FINISHED ? cell_percent(100 * DECIMAL_ONE)
			: status_field(doc, report, plan->records[t], "progress");
		cells[5] = status_field(doc, report, plan->records[t], "assign");
	}
	health_rest(doc, found->len, WORK_ROWS);
	vec_release(found);
}

void status_work(struct doc *doc, const struct status_report *report)
{
	struct vec done = collect(report, status_done_in_period, report->facts.plan->finish);
	doc_heading(doc, 1, cell_message(N_("Done in this period")));
	work_table(doc, report, status_table(doc, "done", N_("nothing was finished")), &done);
	struct vec next = collect(report, comes_next, report->facts.plan->finish);
	doc_heading(doc, 1, cell_message(N_("Planned next")));
	work_table(doc, report, status_table(doc, "next", N_("nothing is planned")), &next);
}
