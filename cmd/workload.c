/* `pmt workload`: how much of their time people are to work, period by period, and who is overloaded by what. */
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"

#include "base/alloc.h"
#include "plan/level.h"
#include "plan/workload.h"

#include <stdlib.h>
#include <string.h>

struct workload_options {
	const char *by;
	bool unlevelled;
};

static const struct option_spec specs[] = {
	{ 0, "by", OPTION_TEXT, offsetof(struct workload_options, by), "day|week|month",
		N_("Length of the periods (default: what gives about a dozen)") },
	{ 0, "no-level", OPTION_FLAG, offsetof(struct workload_options, unlevelled), NULL,
		N_("Of the schedule without limits on people") },
	OPTIONS_END,
};

enum { PERIODS_SHOWN = 16, FULL = 100 * DECIMAL_ONE };

struct page {
	struct context *context;
	struct doc doc;
	struct workload load;
	enum workload_period period;
	const struct plan_resource *all;
	uint32_t count;
};

static int read_period(const char *word, enum workload_period *out, struct err *err)
{
	static const char *const words[] = { [WORKLOAD_DAY] = "day", [WORKLOAD_WEEK] = "week", [WORKLOAD_MONTH] = "month" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum workload_period)i;
			return 0;
		}
	return err_set(err, ERR_USAGE, _("--by takes day, week or month, not '%s'"), word);
}

/* Days for some weeks, weeks for some months, else months. */
static enum workload_period fitting(const struct plan *plan)
{
	int64_t days = (plan->project_finish - plan->project_start) / MINUTES_PER_DAY;

	return days <= PERIODS_SHOWN ? WORKLOAD_DAY : days <= PERIODS_SHOWN * 7 ? WORKLOAD_WEEK : WORKLOAD_MONTH;
}

static struct cell resource_cell(struct page *p, uint32_t resource)
{
	const struct record *record = p->all[resource].record;

	struct slice title = record_title(record);

	if (context_wants_data(p->context) || slice_equal(title, record->id))
		title = slice_of("");
	return cell_ref(&p->doc.arena, record->id, title);
}

/* Whole per cents: more would be pretence. */
static decimal_t percent(int64_t part, int64_t whole)
{
	decimal_t exact = whole > 0 ? decimal_scale(part, FULL, whole) : 0;

	return (exact + DECIMAL_ONE / 2) / DECIMAL_ONE * DECIMAL_ONE;
}

/* "03-02", or "2026-03" for months. */
static const char *period_title(struct page *p, date_t day)
{
	char text[CIVIL_TEXT];

	date_print(day, text);
	if (p->period == WORKLOAD_MONTH)
		text[7] = '\0';
	return arena_strdup(&p->doc.arena, p->period == WORKLOAD_MONTH ? text : text + 5);
}

static int64_t sum_of(const int64_t *cells, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += cells[i];
	return sum;
}

/* Programs get a row for each resource and period. */
static void add_periods(struct page *p)
{
	struct workload *w = &p->load;
	size_t n = workload_periods(w);
	struct table *t = doc_table(&p->doc, "records", NULL);

	table_column(t, "resource", N_("resource"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "from", N_("from"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "to", N_("to"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "work", N_("work"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(t, "available", N_("available"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(t, "load", N_("load"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t r = 0; r < w->resources.len; r++)
		for (size_t i = 0; i < n; i++) {
			struct row *row = table_row(t);
			int64_t work = w->work[r * n + i], available = w->available[r * n + i];

			row->cells[0] = resource_cell(p, *(uint32_t *)vec_at(&w->resources, r));
			row->cells[1] = cell_date(*(date_t *)vec_at(&w->periods, i));
			row->cells[2] = cell_date(*(date_t *)vec_at(&w->periods, i + 1) - 1);
			row->cells[3] = cell_duration(work);
			row->cells[4] = cell_duration(available);
			row->cells[5] = available > 0 ? cell_percent(percent(work, available)) : cell_none();
		}
}

/* More than there is stands out. */
static struct cell load_cell(int64_t work, int64_t available)
{
	struct cell cell = cell_percent(percent(work, available));

	cell.tone = work > available ? TONE_BAD : TONE_NONE;
	return cell;
}

/* People read a row for each resource, a column for each period. */
static void add_grid(struct page *p)
{
	struct workload *w = &p->load;
	size_t n = workload_periods(w);
	struct table *t = doc_table(&p->doc, "records", NULL);

	t->empty = N_("nobody is assigned any work");
	table_column(t, "resource", N_("resource"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(t, "work", N_("work"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(t, "load", N_("load"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < n; i++) {
		const char *title = period_title(p, *(date_t *)vec_at(&w->periods, i));

		table_column(t, title, title, ALIGN_RIGHT, i < 6 ? PRIORITY_HIGH : PRIORITY_LOW);
	}
	for (size_t r = 0; r < w->resources.len; r++) {
		struct row *row = table_row(t);
		int64_t work = sum_of(&w->work[r * n], n), available = sum_of(&w->available[r * n], n);

		row->cells[0] = resource_cell(p, *(uint32_t *)vec_at(&w->resources, r));
		row->cells[1] = cell_duration(work);
		row->cells[2] = cell_percent(percent(work, available));
		for (size_t i = 0; i < n; i++)
			if (w->work[r * n + i] > 0)
				row->cells[3 + i] = load_cell(w->work[r * n + i], w->available[r * n + i]);
	}
}

static struct cell tasks_cell(struct page *p, const struct overload *o)
{
	struct cell *items = arena_calloc(&p->doc.arena, (size_t)o->task_count + 1, sizeof(*items));

	for (uint32_t i = 0; i < o->task_count; i++)
		items[i] = cell_ref(&p->doc.arena,
			plan_id(&p->context->plan, *(uint32_t *)vec_at(&p->load.tasks, o->first_task + i)), slice_of(""));
	return cell_list(&p->doc.arena, items, o->task_count);
}

static void add_overloads(struct page *p)
{
	struct workload *w = &p->load;
	struct table *t;

	if (w->overloads.len == 0 && !context_wants_data(p->context))
		return;
	t = doc_table(&p->doc, "overloads", N_("Overloaded"));
	table_column(t, "resource", N_("resource"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "from", N_("from"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "to", N_("to"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "peak", N_("peak"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(t, "tasks", N_("tasks"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < w->overloads.len; i++) {
		const struct overload *o = vec_at(&w->overloads, i);
		struct row *row = table_row(t);

		row->tone = TONE_BAD;
		row->cells[0] = cell_ref(&p->doc.arena, p->all[o->resource].record->id, slice_of(""));
		row->cells[1] = cell_moment(o->from);
		row->cells[2] = cell_moment(o->to);
		row->cells[3] = o->capacity > 0 ? cell_percent(percent(o->peak, o->capacity)) : cell_none();
		row->cells[4] = tasks_cell(p, o);
	}
}

/* All of them together: what they work and what they could, in full-time days. */
static struct series *add_series(struct page *p, struct figure *figure, const char *label, const int64_t *cells)
{
	struct workload *w = &p->load;
	size_t n = workload_periods(w);
	struct series *series = vec_push(&figure->chart.series);
	double day = (double)p->context->project.units.minutes_per_day;

	*series = (struct series){ .label = label, .count = n };
	series->points = arena_calloc(&p->doc.arena, n + 1, sizeof(*series->points));
	for (size_t i = 0; i < n; i++) {
		int64_t sum = 0;

		for (size_t r = 0; r < w->resources.len; r++)
			sum += cells[r * n + i];
		series->points[i] = (struct point){ (double)*(date_t *)vec_at(&w->periods, i), (double)sum / day };
	}
	return series;
}

static void add_figure(struct page *p)
{
	struct figure *figure;

	if (workload_periods(&p->load) < 2)
		return;
	figure = doc_figure(&p->doc, FIGURE_LINE, "load", N_("Work and working time of all, in person-days"));
	figure->chart.x_axis = AXIS_DATE;
	add_series(p, figure, N_("work"), p->load.work);
	add_series(p, figure, N_("available"), p->load.available)->dashed = true;
}

static bool draws(const struct context *context)
{
	return context->renderer && (!strcmp(context->renderer->name, "html") || !strcmp(context->renderer->name, "svg"));
}

static void fill(struct page *p)
{
	struct block *summary = doc_pairs(&p->doc, "summary");

	pairs_add(&p->doc, summary, "people", N_("people and equipment"), cell_integer((int64_t)p->load.resources.len));
	pairs_add(&p->doc, summary, "overloads", N_("overloads"), cell_integer((int64_t)p->load.overloads.len));
	if (context_wants_data(p->context))
		add_periods(p);
	else
		add_grid(p);
	add_overloads(p);
	if (draws(p->context))
		add_figure(p);
}

/* Which resources the condition chooses. */
static int choose(struct page *p, const struct strvec *words, bool **out, struct err *err)
{
	struct condition *condition;
	struct query_scope scope;
	struct arena scratch;
	int status = context_condition(p->context, kind_find(slice_of("resource")), words, &condition, err);

	*out = NULL;
	if (status < 0 || !condition)
		return status;
	scope = context_scope(p->context);
	arena_init(&scratch);
	*out = xcalloc((size_t)p->count + 1, sizeof(**out));
	for (uint32_t i = 0; i < p->count; i++)
		(*out)[i] = condition_holds(condition, p->all[i].record, &scope, &scratch);
	arena_release(&scratch);
	return 0;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct workload_options *o = options;
	struct page p = { .context = context };
	bool *wanted;
	int status = o->by ? read_period(o->by, &p.period, err) : 0;

	context->unlevelled = o->unlevelled;
	if (status == 0)
		status = context_prepare_plan(context, err);
	if (status < 0)
		return status;
	p.all = plan_resources(&context->plan, &p.count);
	status = choose(&p, arguments, &wanted, err);
	if (status < 0)
		return status;
	if (!o->by)
		p.period = fitting(&context->plan);
	workload_init(&p.load, &context->plan, p.period, wanted);
	doc_init(&p.doc, "pmt.workload/1");
	fill(&p);
	status = context_emit(context, &p.doc, err);
	doc_release(&p.doc);
	workload_release(&p.load);
	free(wanted);
	return status;
}

const struct command cmd_workload = {
	.name = "workload",
	.group = GROUP_PLAN,
	.summary = N_("Show how much people are to work over time, and who is overloaded"),
	.usage = "[--by day|week|month] [CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct workload_options),
	.needs = NEEDS_ROOT, /* and the plan, once it is known how to make it */
	.run = run,
};
