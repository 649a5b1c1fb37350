/* `pmt objective`: goals, whether they are SMART, and how far they have come. */
#include "cmd/cli/context.h"

#include "report/objective.h"

/* The owners' load comes from the plan; without one that can be computed it is not known, and said so. */
static struct plan *plan_for_load(struct context *context)
{
	struct err trouble;
	int status;

	if (project_count(&context->project, kind_find(slice_of("task"))) == 0)
		return NULL;
	context_err_init(&trouble);
	status = context_plan(context, &trouble);
	if (status < 0)
		context_note(context, _("the owners' load is not known: %s"), trouble.message ? trouble.message : "?");
	err_release(&trouble);
	return status < 0 ? NULL : &context->plan;
}

static int show(struct context *context, const struct strvec *words, bool check, struct err *err)
{
	struct objective_request request = { .data = context_wants_data(context) };
	struct objectives objectives;
	struct condition *condition;
	struct query_scope scope;
	struct doc doc;
	int status = context_condition(context, kind_find(slice_of("objective")), words, &condition, err);

	if (status < 0)
		return status;
	objectives_init(&objectives, &context->project, check ? plan_for_load(context) : NULL, context->now);
	scope = context_scope(context);
	request.scope = &scope;
	request.condition = condition;
	doc_init(&doc, check ? "pmt.objective.smart/1" : "pmt.objective.progress/1");
	if (!check)
		objective_progress(&doc, &request, &objectives);
	else if (objective_smart(&doc, &request, &objectives))
		context->exit_code = 1;
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	objectives_release(&objectives);
	return status;
}

static int run_check(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return show(context, words, true, err);
}

static int run_progress(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return show(context, words, false, err);
}

static const struct command_verb verbs[] = {
	{ "check", "[CONDITION...]", N_("Is each SMART? Which letter is missing, and why; exit 1 when one is"), NULL, 0,
		NEEDS_PROJECT, run_check },
	{ "progress", "[CONDITION...]", N_("Each measure from where it stood to its target"), NULL, 0, NEEDS_PROJECT,
		run_progress },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_objective = {
	.name = "objective",
	.group = GROUP_START,
	.summary = N_("Goals: whether they are SMART, and how far they have come"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "objective",
};
