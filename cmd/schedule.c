/* `pmt schedule`: dates, floats and the critical path of all tasks, or of those a condition chooses. */
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/optimize.h"

#include "base/alloc.h"
#include "plan/level.h"
#include "report/health.h"

#include <string.h>

struct schedule_options {
	bool critical, unlevelled, within_float;
	struct optimize_options search;
};

static const struct option_spec specs[] = {
	{ 0, "critical", OPTION_FLAG, offsetof(struct schedule_options, critical), NULL,
		N_("Only critical tasks: those that decide the finish without limits on people") },
	{ 0, "no-level", OPTION_FLAG, offsetof(struct schedule_options, unlevelled), NULL,
		N_("Without limits on people: the dates of the network alone") },
	{ 0, "within-float", OPTION_FLAG, offsetof(struct schedule_options, within_float), NULL,
		N_("Level only within float: the finish stays, people may stay overloaded") },
	{ 0, "optimize", OPTION_OPTIONAL, offsetof(struct schedule_options, search.optimize), N_("LIMIT"),
		N_("Search for a better order of the tasks, for a time (20s, 5min; default 10s) or a number of schedules "
		   "(5000schedules); Ctrl-C keeps the best") },
	{ 0, "objective", OPTION_TEXT, offsetof(struct schedule_options, search.objective), "finish|cost|lateness|levelled",
		N_("What the search makes small (default finish)") },
	{ 0, "seed", OPTION_TEXT, offsetof(struct schedule_options, search.seed), N_("N"),
		N_("Which random numbers (default 1); with a number of schedules the same seed gives the same answer everywhere") },
	{ 0, "save", OPTION_FLAG, offsetof(struct schedule_options, search.save), NULL,
		N_("Write the order found to schedule.ini, for every schedule from now on") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct schedule_options, search.change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	OPTIONS_END,
};

/* Columns of the table in order; data formats get all of them, terminals those that are not PRIORITY_DATA. */
enum schedule_column {
	COLUMN_KIND,
	COLUMN_WBS,
	COLUMN_ID,
	COLUMN_TITLE,
	COLUMN_START,
	COLUMN_FINISH,
	COLUMN_DURATION,
	COLUMN_TOTAL_FLOAT,
	COLUMN_FREE_FLOAT,
	COLUMN_CRITICAL,
	COLUMN_WAIT,
	COLUMN_EARLY_START,
	COLUMN_EARLY_FINISH,
	COLUMN_LATE_START,
	COLUMN_LATE_FINISH,
	COLUMN_ASSIGNED,
	COLUMN_SYNTHETIC,
	COLUMN_FLOAT_CAUSE,
	COLUMN_COUNT
};

static const struct {
	const char *key, *title;
	enum align align;
	enum priority priority;
} columns[COLUMN_COUNT] = {
	[COLUMN_KIND] = { "kind", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_WBS] = { "wbs", N_("wbs"), ALIGN_LEFT, PRIORITY_HIGH },
	[COLUMN_ID] = { "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST },
	[COLUMN_TITLE] = { "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST },
	[COLUMN_START] = { "start", N_("start"), ALIGN_LEFT, PRIORITY_MUST },
	[COLUMN_FINISH] = { "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST },
	[COLUMN_DURATION] = { "scheduled_duration", N_("duration"), ALIGN_RIGHT, PRIORITY_HIGH },
	[COLUMN_TOTAL_FLOAT] = { "total_float", N_("total float"), ALIGN_RIGHT, PRIORITY_HIGH },
	[COLUMN_FREE_FLOAT] = { "free_float", N_("free float"), ALIGN_RIGHT, PRIORITY_LOW },
	[COLUMN_CRITICAL] = { "critical", N_("critical"), ALIGN_LEFT, PRIORITY_LOW },
	[COLUMN_WAIT] = { "wait", N_("waits for people"), ALIGN_RIGHT, PRIORITY_HIGH },
	[COLUMN_EARLY_START] = { "early_start", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_EARLY_FINISH] = { "early_finish", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_LATE_START] = { "late_start", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_LATE_FINISH] = { "late_finish", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_ASSIGNED] = { "assigned", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_SYNTHETIC] = { "synthetic", NULL, ALIGN_LEFT, PRIORITY_DATA },
	[COLUMN_FLOAT_CAUSE] = { "float_cause", NULL, ALIGN_LEFT, PRIORITY_DATA },
};

struct listing {
	struct context *context;
	const struct schedule_options *options;
	const struct condition *condition;
	struct query_scope scope;
	struct arena scratch;
	struct doc doc;
	struct table *table;
	struct vec tasks;        /* uint32_t: those chosen, in the plan's order */
	const struct plan_optimized *searched; /* NULL: no search was asked for */
	int place[COLUMN_COUNT]; /* column of the table, or -1 */
	uint32_t moved, listed;  /* tasks that limits on people put off; how many of them the table has */
};

static void add_columns(struct listing *l)
{
	bool data = context_wants_data(l->context);
	int next = 0;

	for (int i = 0; i < COLUMN_COUNT; i++) {
		struct column *column;

		l->place[i] = -1;
		if (!data && (columns[i].priority == PRIORITY_DATA || (i == COLUMN_WAIT && l->moved == 0)))
			continue;
		l->place[i] = next++;
		column = table_column(l->table, columns[i].key, columns[i].title, columns[i].align, columns[i].priority);
		column->grow = column->tree = i == COLUMN_TITLE;
	}
}

static void put(const struct listing *l, struct row *row, enum schedule_column column, struct cell cell)
{
	if (l->place[column] >= 0)
		row->cells[l->place[column]] = cell;
}

/* Programs get the minute, tables the day. */
static struct cell start_cell(moment_t start)
{
	struct cell cell = cell_moment(start);

	cell.type = CELL_START;
	return cell;
}

static void put_dates(const struct listing *l, struct row *row, uint32_t task)
{
	const struct plan *plan = &l->context->plan;
	struct cell duration = cell_duration(plan->duration[task]);

	duration.elapsed = plan->flags[task] & PLAN_ELAPSED;
	put(l, row, COLUMN_START, start_cell(plan->start[task]));
	put(l, row, COLUMN_FINISH, cell_end(plan->start[task], plan->finish[task]));
	put(l, row, COLUMN_DURATION, duration);
	put(l, row, COLUMN_TOTAL_FLOAT, cell_duration(plan->total_float[task]));
	put(l, row, COLUMN_FREE_FLOAT, cell_duration(plan->free_float[task]));
	put(l, row, COLUMN_CRITICAL, cell_yesno(plan->flags[task] & PLAN_CRITICAL));
	if (plan_wait(plan, task) > 0 || context_wants_data(l->context))
		put(l, row, COLUMN_WAIT, cell_duration(plan_wait(plan, task)));
	put(l, row, COLUMN_EARLY_START, start_cell(plan->early_start[task]));
	put(l, row, COLUMN_EARLY_FINISH, cell_end(plan->early_start[task], plan->early_finish[task]));
	put(l, row, COLUMN_LATE_START, start_cell(plan->late_start[task]));
	put(l, row, COLUMN_LATE_FINISH, cell_end(plan->late_start[task], plan->late_finish[task]));
}

/* Whose constraint makes the float negative: "T-9 not_after", "project finish". */
static struct cell cause_cell(const struct listing *l, uint32_t task, struct arena *arena)
{
	const struct plan *plan = &l->context->plan;
	const char *field = NULL;
	uint32_t by = plan->total_float[task] < 0 ? plan_late_cause(plan, task, &field) : PLAN_NO_TASK;
	struct slice id;

	if (!field)
		return cell_none();
	id = by == PLAN_NO_TASK ? slice_of("project") : plan_id(plan, by);
	return cell_word(arena, slice_of(arena_printf(arena, "%.*s %s", (int)id.len, id.at, field)));
}

/* Who does it, as chosen: words with commas between. */
static void put_assigned(const struct listing *l, struct row *row, uint32_t task, struct arena *arena)
{
	enum { PEOPLE_MOST = 64 };
	const struct plan *plan = &l->context->plan;
	uint32_t people[PEOPLE_MOST], all, count = plan_people(plan, task, people, PEOPLE_MOST);
	const struct plan_resource *resources = plan_resources(plan, &all);
	struct strbuf text;

	if (l->place[COLUMN_ASSIGNED] < 0 || count == 0)
		return;
	strbuf_init(&text);
	for (uint32_t i = 0; i < count && i < PEOPLE_MOST; i++) {
		strbuf_add_str(&text, i > 0 ? ", " : "");
		strbuf_add_slice(&text, resources[people[i]].record->id);
	}
	put(l, row, COLUMN_ASSIGNED, cell_text(arena, strbuf_slice(&text)));
	strbuf_release(&text);
}

static void make_row(void *context, size_t index, struct arena *arena, struct row *row)
{
	const struct listing *l = context;
	const struct plan *plan = &l->context->plan;
	uint32_t task = ((const uint32_t *)l->tasks.items)[index];
	struct strbuf wbs;

	strbuf_init(&wbs);
	plan_wbs_code(plan, task, &wbs);
	row->depth = l->condition || l->options->critical ? 0 : plan->level[task];
	if (plan->total_float[task] < 0)
		row->tone = TONE_BAD;
	else if (plan->flags[task] & PLAN_SUMMARY)
		row->tone = TONE_STRONG;
	put(l, row, COLUMN_KIND, cell_word(arena, slice_of("task")));
	put(l, row, COLUMN_WBS, cell_text(arena, strbuf_slice(&wbs)));
	put(l, row, COLUMN_ID, cell_ref(arena, plan_id(plan, task), slice_of("")));
	put(l, row, COLUMN_TITLE, cell_text(arena, plan_title(plan, task)));
	put(l, row, COLUMN_FLOAT_CAUSE, cause_cell(l, task, arena));
	if (plan_is_synthetic(plan, task))
		put(l, row, COLUMN_SYNTHETIC,
			cell_word(arena, slice_of(plan->flags[task] & PLAN_BUFFER ? "buffer" : "occurrence")));
	put_dates(l, row, task);
	put_assigned(l, row, task, arena);
	strbuf_release(&wbs);
}

static bool chosen(struct listing *l, uint32_t task)
{
	const struct plan *plan = &l->context->plan;
	bool holds;

	if (l->options->critical && !((plan->flags[task] & PLAN_CRITICAL) && !(plan->flags[task] & PLAN_SUMMARY)))
		return false;
	if (!l->condition)
		return true;
	holds = condition_holds(l->condition, plan->records[task], &l->scope, &l->scratch);
	arena_reset(&l->scratch);
	return holds;
}

static uint32_t count_critical(const struct plan *plan)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < plan->task_count; i++)
		count += (plan->flags[i] & PLAN_CRITICAL) && !(plan->flags[i] & PLAN_SUMMARY);
	return count;
}

/* For people it says how many of them the rows below are, when they are not all. */
static struct cell moved_cell(const struct listing *l)
{
	struct arena *arena = (struct arena *)(uintptr_t)&l->doc.arena;

	if (l->listed == l->moved || context_wants_data(l->context))
		return cell_integer(l->moved);
	return cell_word(arena, slice_of(arena_printf(arena, _("%u, of which %u listed"), l->moved, l->listed)));
}

static void add_summary(struct listing *l)
{
	const struct plan *plan = &l->context->plan;
	struct doc *doc = &l->doc;
	struct block *summary = doc_pairs(doc, "summary");
	moment_t start = calendar_next_working(plan->calendar, plan->project_start);
	uint32_t first = 0;

	for (uint32_t i = 0; i < plan->task_count; i = plan->subtree_end[i])
		if (i == 0 || plan->start[i] < plan->start[first])
			first = i;
	if (plan->task_count > 0)
		start = plan->start[first];
	pairs_add(doc, summary, "start", N_("start"), start == MOMENT_NONE ? cell_none() : start_cell(start));
	pairs_add(doc, summary, "finish", N_("finish"), cell_finish(plan->project_finish));
	if (plan->network_finish != plan->project_finish || context_wants_data(l->context))
		pairs_add(doc, summary, "network_finish", N_("without limits on people"), cell_finish(plan->network_finish));
	if (l->moved > 0 || context_wants_data(l->context))
		pairs_add(doc, summary, "levelled", N_("wait for people"), moved_cell(l));
	pairs_add(doc, summary, "tasks", N_("tasks"), cell_integer(plan_written(plan)));
	if (plan_written(plan) < plan->task_count || context_wants_data(l->context))
		pairs_add(doc, summary, "synthetic", N_("meetings and buffers"), cell_integer(plan->task_count - plan_written(plan)));
	pairs_add(doc, summary, "critical", N_("critical"), cell_integer(count_critical(plan)));
	if (l->searched)
		optimize_summary(doc, summary, plan, l->searched);
}

static uint32_t count_moved(const struct plan *plan)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < plan->task_count; i++)
		count += plan_wait(plan, i) > 0;
	return count;
}

static void choose_tasks(struct listing *l)
{
	const struct plan *plan = &l->context->plan;

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (chosen(l, i)) {
			vec_append(&l->tasks, &i);
			l->listed += plan_wait(plan, i) > 0;
		}
}

static void fill(struct listing *l)
{
	l->moved = count_moved(&l->context->plan);
	choose_tasks(l);
	add_summary(l);
	l->table = doc_table(&l->doc, "records", NULL);
	l->table->empty = N_("no tasks");
	add_columns(l);
	table_make_rows(l->table, l->tasks.len, make_row, l);
	health_levelled(&l->doc, &l->context->plan);
}

/* Makes the plan the best that a search finds, when one is asked for. */
static int search(struct listing *l, const struct plan_optimize_options *how, struct plan_optimized *found, struct err *err)
{
	const struct optimize_options *given = &l->options->search;
	int status;

	if (!given->optimize)
		return 0;
	status = given->save ? context_require_writable(l->context, err) : 0;
	if (status == 0)
		status = optimize_run(l->context, how, found, err);
	l->searched = found;
	return status == 0 && given->save ? optimize_save(l->context, given, found, err) : status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct listing l = { .context = context, .options = options };
	struct plan_optimize_options how;
	struct plan_optimized found;
	struct condition *condition;
	int status = optimize_read(&l.options->search, &how, err);

	context->unlevelled = l.options->unlevelled;
	context->within_float = l.options->within_float;
	if (status == 0 && context->unlevelled + context->within_float + (l.options->search.optimize != NULL) > 1)
		status = err_set(err, ERR_USAGE, _("of --no-level, --within-float and --optimize only one can be asked for"));
	if (status == 0)
		status = context_prepare_plan(context, err);
	if (status < 0)
		return status;
	arena_init(&l.scratch);
	vec_init(&l.tasks, sizeof(uint32_t));
	doc_init(&l.doc, "pmt.schedule/1");
	status = context_condition(context, kind_find(slice_of("task")), arguments, &condition, err);
	if (status == 0)
		status = search(&l, &how, &found, err);
	l.scope = context_scope(context);
	l.condition = condition;
	if (status == 0) {
		fill(&l);
		status = context_emit(context, &l.doc, err);
	}
	doc_release(&l.doc);
	vec_release(&l.tasks);
	arena_release(&l.scratch);
	return status;
}

const struct command cmd_schedule = {
	.name = "schedule",
	.group = GROUP_PLAN,
	.summary = N_("Compute dates, float and the critical path"),
	.usage = "[--critical] [--no-level | --within-float | --optimize[=LIMIT]] [CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct schedule_options),
	.needs = NEEDS_ROOT, /* and the plan, once it is known how to make it */
	.run = run,
};
