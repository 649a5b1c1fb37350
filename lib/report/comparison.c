#include "report/comparison-internal.h"

#include "base/alloc.h"
#include "report/gantt.h"

#include <stdlib.h>
#include <string.h>

static struct cell start_cell(moment_t start)
{
	struct cell cell = cell_moment(start);

	if (start != MOMENT_NONE)
		cell.type = CELL_START;
	return cell;
}

static struct cell finish_cell(const struct snapshot_task *task)
{
	return task && task->finish != MOMENT_NONE ? cell_end(task->start, task->finish) : cell_none();
}

struct cell comparison_money(const struct writer *w, decimal_t amount)
{
	struct money value = { amount, "" };

	if (amount == DECIMAL_NONE)
		return cell_none();
	memcpy(value.currency, w->doc->units.currency, sizeof(value.currency));
	return cell_money(value);
}

/* A difference: with its sign, later and dearer being worse. */
struct cell comparison_worse(struct cell cell, int64_t amount)
{
	cell.sign = true;
	return amount == 0 ? cell_toned(TONE_MUTED, cell) : cell_toned(amount > 0 ? TONE_WATCH : TONE_GOOD, cell);
}

struct cell comparison_slip_cell(int64_t minutes)
{
	return comparison_worse(cell_duration(minutes), minutes);
}

static decimal_t cost_difference(const struct comparison *c)
{
	return c->before->cost == DECIMAL_NONE || c->after->cost == DECIMAL_NONE ? DECIMAL_NONE : c->after->cost - c->before->cost;
}

/* --- figures --- */

static void add_figure(struct table *table, const char *name, struct cell before, struct cell after, struct cell difference)
{
	struct row *row = table_row(table);

	row->cells[0] = cell_message(name);
	row->cells[1] = before;
	row->cells[2] = after;
	row->cells[3] = difference;
}

static struct cell path_cell(const struct snapshot *s)
{
	return s->knows_path ? cell_integer(s->critical) : cell_none();
}

/* Tasks that came onto the critical path and left it, in one cell: "+2 -1". */
static struct cell path_difference(const struct writer *w)
{
	const struct comparison *c = w->comparison;
	struct cell values[] = { cell_integer(c->entered), cell_integer(c->left) };

	if (!c->before->knows_path || !c->after->knows_path)
		return cell_none();
	if (c->entered == 0 && c->left == 0)
		return cell_toned(TONE_MUTED, cell_integer(0));
	return cell_message_of(w->arena, N_("+%s -%s"), values, 2);
}

static void add_figures(struct writer *w)
{
	const struct snapshot *before = w->comparison->before, *after = w->comparison->after;
	struct table *table = doc_table(w->doc, "figures", NULL);
	decimal_t cost = cost_difference(w->comparison);
	struct cell count = cell_integer((int64_t)after->written - (int64_t)before->written);

	count.sign = count.number != 0;
	table_column(table, "figure", N_("figure"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "before", w->report->before_label, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "after", w->report->after_label, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	add_figure(table, N_("finish"), cell_finish(before->finish), cell_finish(after->finish),
		before->finish == MOMENT_NONE || after->finish == MOMENT_NONE ? cell_none() :
			comparison_slip_cell(w->comparison->finish_slip));
	add_figure(table, N_("cost"), comparison_money(w, before->cost), comparison_money(w, after->cost),
		cost == DECIMAL_NONE ? cell_none() : comparison_worse(comparison_money(w, cost), cost));
	add_figure(table, N_("effort"), cell_duration(before->effort), cell_duration(after->effort),
		comparison_worse(cell_duration(after->effort - before->effort), after->effort - before->effort));
	add_figure(table, N_("tasks"), cell_integer(before->written), cell_integer(after->written), count);
	if (before->knows_path && after->knows_path)
		add_figure(table, N_("critical"), path_cell(before), path_cell(after), path_difference(w));
}

/* The same for programs. */
static void add_summary(struct writer *w)
{
	const struct comparison *c = w->comparison;
	const struct snapshot *before = c->before, *after = c->after;
	struct block *pairs = doc_pairs(w->doc, "summary");

	pairs_add(w->doc, pairs, "finish_before", NULL, cell_finish(before->finish));
	pairs_add(w->doc, pairs, "finish", NULL, cell_finish(after->finish));
	pairs_add(w->doc, pairs, "finish_slip", NULL, cell_duration(c->finish_slip));
	pairs_add(w->doc, pairs, "cost_before", NULL, comparison_money(w, before->cost));
	pairs_add(w->doc, pairs, "cost", NULL, comparison_money(w, after->cost));
	pairs_add(w->doc, pairs, "cost_difference", NULL, comparison_money(w, cost_difference(c)));
	pairs_add(w->doc, pairs, "effort_before", NULL, cell_duration(before->effort));
	pairs_add(w->doc, pairs, "effort", NULL, cell_duration(after->effort));
	pairs_add(w->doc, pairs, "critical_before", NULL, path_cell(before));
	pairs_add(w->doc, pairs, "critical", NULL, path_cell(after));
	pairs_add(w->doc, pairs, "added", NULL, cell_integer(c->added));
	pairs_add(w->doc, pairs, "removed", NULL, cell_integer(c->removed));
	pairs_add(w->doc, pairs, "later", NULL, cell_integer(c->later));
	pairs_add(w->doc, pairs, "earlier", NULL, cell_integer(c->earlier));
	pairs_add(w->doc, pairs, "entered_path", NULL, cell_integer(c->entered));
	pairs_add(w->doc, pairs, "left_path", NULL, cell_integer(c->left));
	pairs_add(w->doc, pairs, "causes_known", NULL, cell_yesno(w->report->attribution || comparison_is_empty(c)));
}

/* --- tasks --- */

static const char *what_of(const struct task_change *c)
{
	if (!c->before)
		return N_("added");
	if (!c->after)
		return N_("removed");
	if (c->finish_slip)
		return c->finish_slip > 0 ? N_("later") : N_("earlier");
	if (c->start_slip)
		return c->start_slip > 0 ? N_("starts later") : N_("starts earlier");
	return N_("changed");
}

static const char *path_word(const struct task_change *c)
{
	return c->entered ? N_("critical now") : c->left ? N_("no longer critical") : NULL;
}

static uint32_t task_of(const struct writer *w, const struct task_change *c)
{
	const struct plan *plan = w->report->after;

	return plan && c->after ? plan_find(plan, c->after->id) : PLAN_NO_TASK;
}

/* What did not move has changed itself: the step that touches its own record. */
static const struct attribution_step *own_step(const struct attribution *a, const struct record *record)
{
	for (size_t i = 0; i < a->steps.len; i++) {
		const struct attribution_step *step = vec_at(&a->steps, i);

		for (size_t k = 0; step->what == STEP_CHANGES && k < step->count; k++)
			if (attribution_difference(a, step, k)->after == record)
				return step;
	}
	return NULL;
}

static struct cell cause_cell(const struct writer *w, const struct task_change *c)
{
	const struct attribution *a = w->report->attribution;
	uint32_t task = a ? task_of(w, c) : PLAN_NO_TASK;
	const struct attribution_step *step = NULL;
	struct cell values[2];

	if (task != PLAN_NO_TASK && c->before)
		step = c->moved ? attribution_cause(a, task, c->finish_slip ? c->finish_slip : c->start_slip) :
				  own_step(a, w->report->after->records[task]);
	if (!step)
		return cell_none();
	values[0] = comparison_step(w, step, w->report->after->records[task]);
	if (a->cause_count[task] <= 1)
		return values[0];
	values[1] = cell_integer((int64_t)a->cause_count[task] - 1);
	return cell_message_of(w->arena, N_("%s, and %s more"), values, 2);
}

static struct table *task_table(struct writer *w)
{
	struct table *table = doc_table(w->doc, w->report->tasks_key ? w->report->tasks_key : "records", NULL);

	table->empty = N_("no task differs");
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "what", N_("what"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "start_before", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "start", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "finish_before", w->report->before_label, ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "finish", w->report->after_label, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "slip", N_("slip"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "effort_difference", N_("effort"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "cost_difference", N_("cost"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "path", N_("path"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "cause", N_("because of"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	return table;
}

static struct cell effort_cell(const struct task_change *c)
{
	int64_t before = c->before ? c->before->effort : 0, after = c->after ? c->after->effort : 0;

	return before == after ? cell_none() : comparison_worse(cell_duration(after - before), after - before);
}

static struct cell cost_cell(const struct writer *w, const struct task_change *c)
{
	decimal_t before = c->before ? c->before->cost : 0, after = c->after ? c->after->cost : 0;

	if (before == after || !w->comparison->before->knows_cost || !w->comparison->after->knows_cost)
		return cell_none();
	return comparison_worse(comparison_money(w, after - before), after - before);
}

static void add_task(struct writer *w, struct table *table, const struct task_change *c)
{
	const struct snapshot_task *task = c->after ? c->after : c->before;
	struct row *row = table_row(table);
	bool known = c->before && c->after && c->before->finish != MOMENT_NONE && c->after->finish != MOMENT_NONE;

	row->cells[0] = cell_word(w->arena, slice_of("task"));
	row->cells[1] = cell_ref(w->arena, task->id, slice_of(""));
	row->cells[2] = cell_text(w->arena, task->title);
	row->cells[3] = cell_word(w->arena, slice_of(what_of(c)));
	row->cells[4] = start_cell(c->before ? c->before->start : MOMENT_NONE);
	row->cells[5] = start_cell(c->after ? c->after->start : MOMENT_NONE);
	row->cells[6] = finish_cell(c->before);
	row->cells[7] = finish_cell(c->after);
	row->cells[8] = known ? comparison_slip_cell(c->finish_slip) : cell_none();
	row->cells[9] = effort_cell(c);
	row->cells[10] = cost_cell(w, c);
	row->cells[11] = path_word(c) ? cell_word(w->arena, slice_of(path_word(c))) : cell_none();
	row->cells[12] = cause_cell(w, c);
}

static int64_t size_of(int64_t minutes)
{
	return minutes < 0 ? -minutes : minutes;
}

/* Added and removed first, then by how far the finish moved, then the start; else as they stand. */
static int by_weight(const void *a, const void *b, void *context)
{
	const struct task_change *x = *(const struct task_change *const *)a, *y = *(const struct task_change *const *)b;
	bool x_both = x->before && x->after, y_both = y->before && y->after;

	(void)context;
	if (x_both != y_both)
		return x_both ? 1 : -1;
	if (size_of(x->finish_slip) != size_of(y->finish_slip))
		return size_of(x->finish_slip) > size_of(y->finish_slip) ? -1 : 1;
	if (size_of(x->start_slip) != size_of(y->start_slip))
		return size_of(x->start_slip) > size_of(y->start_slip) ? -1 : 1;
	return 0;
}

/* Parents follow their children; occurrences and buffers that come or go follow their owner. */
static bool follows(const struct task_change *c)
{
	unsigned flags = (c->after ? c->after : c->before)->flags;

	return (flags & SNAPSHOT_SUMMARY) || ((flags & SNAPSHOT_SYNTHETIC) && !(c->before && c->after));
}

/* People read of the work itself, the farthest first; programs get parents too, in the order of the plan. */
static void add_tasks(struct writer *w)
{
	const struct task_change *changes = w->comparison->tasks.items;
	size_t limit = w->report->data || !w->report->limit ? SIZE_MAX : w->report->limit;
	struct table *table;
	struct vec rows;

	vec_init(&rows, sizeof(struct task_change *));
	for (size_t i = 0; i < w->comparison->tasks.len; i++)
		if (w->report->data || !follows(&changes[i]))
			vec_append(&rows, &(const struct task_change *){ &changes[i] });
	if (!w->report->data) {
		vec_sort(&rows, by_weight, NULL);
		doc_heading(w->doc, 2, cell_message(N_("Tasks")));
	}
	table = task_table(w);
	for (size_t i = 0; i < rows.len && i < limit; i++)
		add_task(w, table, *(const struct task_change **)vec_at(&rows, i));
	if (rows.len > limit)
		doc_paragraph(w->doc, cell_toned(TONE_MUTED, cell_message_of(w->arena, N_("and %s more; --limit 0 shows all"),
			&(struct cell){ .type = CELL_INTEGER, .number = (int64_t)(rows.len - limit) }, 1)));
	vec_release(&rows);
}

/* --- picture --- */

static void add_picture(struct writer *w)
{
	const struct comparison_report *r = w->report;
	const struct task_change *changes = w->comparison->tasks.items;
	struct gantt_request request = { .plan = r->after, .scope = r->scope, .before = w->comparison->before,
		.before_label = r->before_label };
	bool *only = xcalloc(r->after->task_count + 1, sizeof(*only)), any = false;

	for (size_t i = 0; i < w->comparison->tasks.len; i++) {
		uint32_t task = (changes[i].moved || !changes[i].before) && !follows(&changes[i]) ? task_of(w, &changes[i]) : PLAN_NO_TASK;

		if (task == PLAN_NO_TASK)
			continue;
		any = only[task] = true;
	}
	request.selection.only = only;
	if (any)
		gantt_build(w->doc, &request)->title = N_("What moves");
	free(only);
}

void comparison_document(struct doc *doc, const struct comparison_report *report)
{
	struct writer w = { report, report->comparison, doc, &doc->arena };

	if (report->data) {
		add_summary(&w);
		add_tasks(&w);
		comparison_changes(&w);
		comparison_people(&w);
		return;
	}
	add_figures(&w);
	comparison_changes(&w);
	comparison_people(&w);
	if (report->picture && report->after)
		add_picture(&w);
	add_tasks(&w);
}
