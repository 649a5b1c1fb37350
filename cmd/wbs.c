/* `pmt wbs`: the work breakdown structure as a tree with codes, its dictionary, and its check. */
#include "cmd/cli/noun.h"

#include "report/breakdown.h"
#include "report/selection.h"

#include <stdlib.h>
#include <string.h>

struct wbs_options {
	long depth;
};

static const struct option_spec specs[] = {
	{ 0, "depth", OPTION_COUNT, offsetof(struct wbs_options, depth), N_("N"),
		N_("Show N levels of the work breakdown structure") },
	OPTIONS_END,
};

static struct slice code_of(struct doc *doc, const struct plan *plan, uint32_t task)
{
	struct strbuf code;
	strbuf_init(&code);
	plan_wbs_code(plan, task, &code);
	struct slice copy = arena_slice(&doc->arena, strbuf_slice(&code));
	strbuf_release(&code);
	return copy;
}

static void add_tree(struct doc *doc, const struct context *context, const uint8_t *shown)
{
	struct figure *figure = doc_figure(doc, FIGURE_TREE, "wbs", N_("Work breakdown structure"));
	const struct plan *plan = &context->plan;
	struct tree_node *root = vec_push(&figure->nodes);
	figure->description = N_("The project's tasks as a tree");
	root->title = project_setting(&context->project, "name");
	root->id = project_setting(&context->project, "key");
	root->tone = TONE_STRONG;
	for (uint32_t t = 0; t < plan->task_count; t++) {
		if (!shown[t])
			continue;
		struct tree_node *node = vec_push(&figure->nodes);
		node->id = plan->records[t]->id;
		node->title = record_title(plan->records[t]);
		node->code = code_of(doc, plan, t);
		node->depth = plan->level[t] + 1;
		node->tone = plan->flags[t] & PLAN_CANCELLED ? TONE_MUTED : plan->flags[t] & PLAN_SUMMARY ? TONE_STRONG : TONE_NONE;
	}
	if (context->renderer && !strcmp(context->renderer->name, "table"))
		figure->title = NULL;
}

/* For programs: one record a task. */
static void add_records(struct doc *doc, const struct context *context, const uint8_t *shown)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct plan *plan = &context->plan;
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "wbs", N_("wbs"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "level", N_("level"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "parent", N_("parent"), ALIGN_LEFT, PRIORITY_LOW);
	for (uint32_t t = 0; t < plan->task_count; t++) {
		if (!shown[t])
			continue;
		struct cell *cells = table_row(table)->cells;
		cells[0] = cell_text(&doc->arena, slice_of("task"));
		cells[1] = cell_ref(&doc->arena, plan->records[t]->id, slice_of(NULL));
		cells[2] = cell_text(&doc->arena, code_of(doc, plan, t));
		cells[3] = cell_integer(plan->level[t] + 1);
		cells[4] = cell_text(&doc->arena, record_title(plan->records[t]));
		if (plan->parent[t] != PLAN_NO_TASK)
			cells[5] = cell_ref(&doc->arena, plan->records[plan->parent[t]]->id, slice_of(NULL));
	}
}

static int draw(struct context *context, const struct selection *selection, const struct query_scope *scope,
	struct err *err)
{
	uint8_t *shown = xcalloc(context->plan.task_count, 1);
	struct doc doc;
	doc_init(&doc, "pmt.wbs/1");
	selection_mark(selection, &context->plan, scope, shown);
	for (uint32_t t = 0; t < context->plan.task_count; t++)
		if (plan_is_synthetic(&context->plan, t)) /* nobody broke the work down into these */
			shown[t] = 0;
	if (context_wants_data(context))
		add_records(&doc, context, shown);
	else
		add_tree(&doc, context, shown);
	int status = context_emit(context, &doc, err);
	doc_release(&doc);
	free(shown);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct wbs_options *o = options;
	struct selection selection = { .depth = (int)o->depth };
	struct query_scope scope;
	struct condition *condition;
	if (o->depth < 0 || o->depth > 1000)
		return err_set(err, ERR_USAGE, _("--depth takes a number of levels from 1 up, not %ld"), o->depth);
	int status = context_condition(context, kind_find(slice_of("task")), arguments, &condition, err);
	if (status < 0)
		return status;
	scope = context_scope(context);
	selection.condition = condition;
	return draw(context, &selection, &scope, err);
}

/* Work packages: leaves that a condition chooses, or the tasks that are named. */
static int choose_packages(struct context *context, const struct strvec *words, uint8_t *shown, struct err *err)
{
	const struct plan *plan = &context->plan;
	const struct kind *kind = kind_find(slice_of("task"));
	struct strvec rest;
	struct condition *condition;
	struct query_scope scope;
	struct arena scratch;
	size_t named = 0;
	int status;

	strvec_init(&rest);
	for (size_t i = 0; i < words->len; i++) {
		struct record *record = project_resolve(&context->project, kind, slice_of(words->items[i]), false, NULL);

		if (!record)
			strvec_push(&rest, words->items[i]);
		else
			shown[plan_task(plan, record)] = 1;
		named += record != NULL;
	}
	status = context_condition(context, kind, &rest, &condition, err);
	scope = context_scope(context);
	arena_init(&scratch);
	for (uint32_t t = 0; status == 0 && (rest.len || !named) && t < plan->task_count; t++) {
		if (!(plan->flags[t] & (PLAN_SUMMARY | PLAN_MILESTONE | PLAN_CANCELLED)) && !plan_is_synthetic(plan, t))
			shown[t] |= !condition || condition_holds(condition, plan->records[t], &scope, &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	strvec_release(&rest);
	return status;
}

static int run_dictionary(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct dictionary dictionary = { .plan = &context->plan, .data = context_wants_data(context) };
	struct plan_costs costs;
	uint8_t *shown = xcalloc(context->plan.task_count + 1, 1);
	struct doc doc;
	int status = choose_packages(context, words, shown, err);

	(void)options;
	if (status == 0) {
		plan_costs_init(&costs, &context->plan);
		dictionary.costs = &costs;
		dictionary.shown = shown;
		doc_init(&doc, "pmt.wbs.dictionary/1");
		dictionary_pages(&doc, &dictionary);
		status = context_emit(context, &doc, err);
		doc_release(&doc);
		plan_costs_release(&costs);
	}
	free(shown);
	return status;
}

struct check_options {
	const char *longest;
};

static const struct option_spec check_specs[] = {
	{ 0, "longest", OPTION_TEXT, offsetof(struct check_options, longest), N_("DURATION"),
		N_("The longest a work package should take (default: 20d)") },
	OPTIONS_END,
};

static int run_check(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct check_options *o = options;
	struct estimate longest;
	struct vec findings;
	struct doc doc;
	int status;

	if (words->len)
		return err_set(err, ERR_USAGE, _("'pmt wbs check' takes no arguments, not '%s'"), words->items[0]);
	if (duration_parse(slice_of(o->longest ? o->longest : "20d"), &context->project.units, &longest, NULL) < 0)
		return err_set(err, ERR_USAGE, _("--longest takes a duration such as 10d, not '%s'"), o->longest);
	vec_init(&findings, sizeof(struct breakdown_finding));
	breakdown_check(&context->plan, estimate_mean(&longest), &findings);
	doc_init(&doc, "pmt.wbs.check/1");
	breakdown_findings(&doc, &context->plan, &findings);
	context->exit_code = findings.len ? 1 : 0;
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	vec_release(&findings);
	return status;
}

static const struct command_verb verbs[] = {
	{ "dictionary", "[ID|CONDITION]...", N_("A page for each work package: scope, deliverables, who, when, cost, risks"), NULL,
		0, NEEDS_PLAN, run_dictionary },
	{ "check", "[--longest DURATION]", N_("Hold it against the 100 % rule; exit 1 when something is found"), check_specs,
		sizeof(struct check_options), NEEDS_PLAN, run_check },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_wbs = {
	.name = "wbs",
	.group = GROUP_PLAN,
	.summary = N_("Draw the work breakdown structure"),
	.usage = "[CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct wbs_options),
	.needs = NEEDS_PLAN,
	.verbs = verbs,
	.run = run,
};
