/* `pmt raci`: who does, answers for, is asked about and told of each task. */
#include "cmd/cli/context.h"

#include "report/stakeholder.h"

#include <stdlib.h>

struct raci_options {
	bool check;
	long most;
};

static const struct option_spec specs[] = {
	{ 0, "check", OPTION_FLAG, offsetof(struct raci_options, check), NULL,
		N_("Only the tasks without A or R; exit 1 when there are any, or when somebody answers for too much") },
	{ 0, "most", OPTION_COUNT, offsetof(struct raci_options, most), N_("N"),
		N_("Who answers for more than N open tasks answers for too much") },
	OPTIONS_END,
};

static bool is_overloaded(const struct raci *raci)
{
	const struct raci_person *people = raci->people.items;

	for (size_t p = 0; p < raci->people.len; p++)
		if (people[p].overloaded)
			return true;
	return false;
}

static int draw(struct context *context, const struct raci_options *o, const uint8_t *shown, struct err *err)
{
	struct raci raci;
	struct doc doc;
	int status;

	raci_init(&raci, &context->plan, shown, o->most);
	doc_init(&doc, "pmt.raci/1");
	raci_matrix(&doc, &raci, o->check, context_wants_data(context));
	if (o->check && (raci.faulty || is_overloaded(&raci)))
		context->exit_code = 1;
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	raci_release(&raci);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct query_scope scope;
	struct condition *condition;
	struct arena scratch;
	uint8_t *shown;
	int status = context_condition(context, kind_find(slice_of("task")), words, &condition, err);

	if (status < 0)
		return status;
	scope = context_scope(context);
	shown = xcalloc(context->plan.task_count + 1, 1);
	arena_init(&scratch);
	for (uint32_t t = 0; t < context->plan.task_count; t++) {
		shown[t] = !condition || condition_holds(condition, context->plan.records[t], &scope, &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	status = draw(context, options, shown, err);
	free(shown);
	return status;
}

const struct command cmd_raci = {
	.name = "raci",
	.group = GROUP_PLAN,
	.summary = N_("RACI: who does each task, answers for it, is asked and told"),
	.usage = "[--check] [--most N] [CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct raci_options),
	.needs = NEEDS_PLAN,
	.run = run,
};
