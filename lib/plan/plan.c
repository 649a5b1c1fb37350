#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>

/* The project's status_date: none, today, or a date. */
static moment_t status_moment(struct plan_builder *b)
{
	struct slice text = slice_trim(project_setting(b->project, "status_date"));
	const struct record *settings = b->project->settings;
	moment_t moment;
	bool has_time;

	if (!b->options->facts || text.len == 0 || slice_is(text, "none"))
		return MOMENT_NONE;
	if (slice_is(text, "today"))
		return b->options->now == MOMENT_NONE ? MOMENT_NONE : moment_from_date(moment_date(b->options->now));
	if (moment_parse(text, &moment, &has_time) == CIVIL_OK)
		return moment;
	if (settings) {
		char *word = xstrndup(text.at, text.len);

		diagnose(b->found, record_place(b->project, settings), "value-syntax",
			N_("cannot schedule with '%s' in '%s'"), word, "status_date", (const char *)NULL);
		free(word);
	}
	return MOMENT_NONE;
}

struct plan_options plan_engine_options(void)
{
	return (struct plan_options){ .now = MOMENT_NONE, .unlevelled = true, .first_choice = true };
}

static moment_t earlier(moment_t a, moment_t b)
{
	return a == MOMENT_NONE || (b != MOMENT_NONE && b < a) ? b : a;
}

/* A project without a start begins with the earliest date that a task names, else today. */
static moment_t project_start(struct plan_builder *b)
{
	struct slice text = slice_trim(project_setting(b->project, "start"));
	const struct plan *plan = b->plan;
	moment_t first = MOMENT_NONE, moment;
	bool has_time;

	if (text.len > 0 && moment_parse(text, &moment, &has_time) == CIVIL_OK)
		return moment;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_extra *x = plan_extra(plan, i);

		first = earlier(earlier(first, x->not_before), earlier(x->must_start, x->actual_start));
	}
	if (first != MOMENT_NONE)
		return first;
	return b->options->now == MOMENT_NONE ? 0 : moment_from_date(moment_date(b->options->now));
}

static void allocate(struct plan *plan)
{
	size_t n = (size_t)plan->task_count + 1;
	struct arena *a = &plan->arena;

	plan->records = arena_calloc(a, n, sizeof(*plan->records));
	plan->parent = arena_calloc(a, n, sizeof(*plan->parent));
	plan->subtree_end = arena_calloc(a, n, sizeof(*plan->subtree_end));
	plan->flags = arena_calloc(a, n, sizeof(*plan->flags));
	plan->level = arena_calloc(a, n, sizeof(*plan->level));
	plan->duration = arena_calloc(a, n, sizeof(*plan->duration));
	plan->effort = arena_calloc(a, n, sizeof(*plan->effort));
	plan->task_calendar = arena_calloc(a, n, sizeof(*plan->task_calendar));
	plan->early_start = arena_calloc(a, n, sizeof(moment_t));
	plan->early_finish = arena_calloc(a, n, sizeof(moment_t));
	plan->late_start = arena_calloc(a, n, sizeof(moment_t));
	plan->late_finish = arena_calloc(a, n, sizeof(moment_t));
	plan->start = arena_calloc(a, n, sizeof(moment_t));
	plan->finish = arena_calloc(a, n, sizeof(moment_t));
	plan->total_float = arena_calloc(a, n, sizeof(int64_t));
	plan->free_float = arena_calloc(a, n, sizeof(int64_t));
	plan->reason = arena_calloc(a, n, sizeof(*plan->reason));
	plan->reason_link = arena_calloc(a, n, sizeof(*plan->reason_link));
	plan->network->task_of = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->ordinal = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->extra = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->crew = arena_calloc(a, n, sizeof(*plan->network->crew));
	plan->network->assignment = arena_calloc(a, n, sizeof(*plan->network->assignment));
	plan->network->bound = arena_calloc(a, n, sizeof(moment_t));
	plan->network->limit = arena_calloc(a, n, sizeof(moment_t));
	plan->network->limit_by = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->late_by = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->first = arena_calloc(a, n, sizeof(uint32_t));
	plan->network->link_bound = arena_calloc(a, n, sizeof(moment_t));
	if (plan->network->synthetic_count > 0)
		plan->network->synthetic_of = arena_calloc(a, n, sizeof(uint32_t));
}

/* A parent's effort is its children's. */
static void sum_effort(struct plan *plan)
{
	for (uint32_t i = plan->task_count; i-- > 0;)
		if (plan->parent[i] != PLAN_NO_TASK)
			plan->effort[plan->parent[i]] += plan->effort[i];
}

static void open_calendars(struct plan_builder *b)
{
	struct err err;

	err_init(&err);
	calendars_new(&b->plan->calendars, b->project, b->found, &err);
	err_release(&err);
	b->plan->calendar = calendars_find(b->plan->calendars, slice_of(""));
}

static void build_all(struct plan_builder *b)
{
	struct plan *plan = b->plan;

	open_calendars(b);
	plan_build_family(b);
	plan_build_synthetic(b);
	plan->task_count = (uint32_t)(project_count(b->project, b->kind) + b->synthetic.len);
	allocate(plan);
	plan->status = status_moment(b);
	plan_build_tree(b);
	plan_build_tasks(b);
	plan_build_links(b);
	plan_build_order(b);
	sum_effort(plan);
	if (!b->options->first_choice) /* the engine judges by its own figures of a baseline (change/impact.h) */
		plan_read_baseline(plan);
	plan->project_start = project_start(b);
}

/* plain: without the tasks that recur. */
static int build(struct plan *plan, const struct project *project, const struct plan_options *options, bool plain,
	struct diagnostics *found)
{
	struct plan_builder b = { .plan = plan, .project = project, .options = options, .found = found, .plain = plain };
	size_t faults = found->errors;

	*plan = (struct plan){ .project = project, .status = MOMENT_NONE, .project_start = MOMENT_NONE,
		.project_finish = MOMENT_NONE };
	b.kind = kind_find(slice_of("task"));
	arena_init(&plan->arena);
	arena_init(&b.scratch);
	map_init(&b.assignments);
	map_init(&b.pools);
	strbuf_init(&b.key);
	vec_init(&b.synthetic, sizeof(struct plan_synthetic));
	build_all(&b);
	vec_release(&b.synthetic);
	map_release(&b.assignments);
	map_release(&b.pools);
	strbuf_release(&b.key);
	arena_release(&b.scratch);
	return found->errors > faults ? ERR_INPUT : 0;
}

int plan_build(struct plan *plan, const struct project *project, const struct plan_options *options,
	struct diagnostics *found, struct err *err)
{
	if (build(plan, project, options, false, found) != 0)
		return err_set(err, ERR_INPUT, "the plan cannot be computed: 'pmt check' shows its errors");
	return 0;
}

moment_t plan_plain_finish(struct plan_builder *b)
{
	struct diagnostics ignored;
	struct plan plan;
	struct err err;

	if (b->plain_known)
		return b->plain_finish;
	err_init(&err);
	diagnostics_init(&ignored);
	b->plain_known = true;
	b->plain_finish = MOMENT_NONE;
	if (build(&plan, b->project, b->options, true, &ignored) == 0 && plan_forward(&plan, b->options, &ignored, &err) == 0)
		b->plain_finish = plan.project_finish;
	plan_release(&plan);
	diagnostics_release(&ignored);
	err_release(&err);
	return b->plain_finish;
}

int plan_schedule(struct plan *plan, const struct plan_options *options, struct diagnostics *found, struct err *err)
{
	struct plan_options chosen = *options;
	struct estimate threshold;
	int status;

	if (duration_parse(project_setting(plan->project, "critical_float"), &plan->project->units, &threshold, NULL) == 0 &&
		threshold.likely > chosen.critical_float)
		chosen.critical_float = threshold.likely;
	if (plan->network->node_count == 0 && plan->task_count > 0)
		return err_set(err, ERR_INPUT, "the plan has a dependency loop");
	status = plan_forward(plan, &chosen, found, err);
	if (status != 0)
		return status;
	plan_backward(plan);
	plan_floats(plan, &chosen);
	plan_level(plan, &chosen, found);
	plan_settle_effort(plan);
	plan_report(plan, options->strict, found);
	return 0;
}

void plan_release(struct plan *plan)
{
	calendars_free(plan->calendars);
	arena_release(&plan->arena);
	*plan = (struct plan){ .project = NULL };
}

uint32_t plan_task(const struct plan *plan, const struct record *record)
{
	if (!plan->network || record->kind != kind_find(slice_of("task")) || record->kind_number >= plan->task_count)
		return PLAN_NO_TASK;
	return plan->network->task_of[record->kind_number];
}

/* Written from its end: the number among its siblings, then those of its parents. */
void plan_wbs_code(const struct plan *plan, uint32_t task, struct strbuf *out)
{
	char text[400], *at = text + sizeof(text);

	if (plan->flags[task] & PLAN_BUFFER) { /* "2.3.b" goes with 2.3 */
		*--at = 'b';
		*--at = '.';
		task = plan_owner(plan, task);
	}
	for (uint32_t t = task; t != PLAN_NO_TASK; t = plan->parent[t]) {
		uint32_t number = plan->network->ordinal[t];

		if (at - text < 16) { /* deeper than anybody breaks work down */
			strbuf_add_str(out, "…");
			break;
		}
		if (t != task)
			*--at = '.';
		do
			*--at = (char)('0' + number % 10);
		while (number /= 10);
	}
	strbuf_add(out, at, (size_t)(text + sizeof(text) - at));
}

int plan_check(const struct project *project, const struct plan_options *options, struct diagnostics *found, struct err *err)
{
	struct diagnostics all;
	struct plan plan;
	struct err ignored;

	(void)err;
	err_init(&ignored);
	diagnostics_init(&all);
	if (plan_build(&plan, project, options, &all, &ignored) == 0)
		plan_schedule(&plan, options, &all, &ignored);
	plan_report_future(&plan, options->now, &all);
	plan_merge_own(found, &all);
	plan_release(&plan);
	diagnostics_release(&all);
	err_release(&ignored);
	return 0;
}
