/* `pmt stakeholder`: the register, and the pictures made of it. */
#include "cmd/cli/context.h"

#include "report/stakeholder.h"

/* What the words choose, drawn by one of the builders. */
static int draw(struct context *context, const struct strvec *words, const char *schema,
	void (*build)(struct doc *, const struct stakeholder_request *), struct err *err)
{
	struct stakeholder_request request = { .data = context_wants_data(context) };
	struct query_scope scope;
	struct condition *condition;
	struct doc doc;
	int status = context_condition(context, kind_find(slice_of("stakeholder")), words, &condition, err);

	if (status < 0)
		return status;
	scope = context_scope(context);
	request.scope = &scope;
	request.condition = condition;
	doc_init(&doc, schema);
	build(&doc, &request);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run_grid(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return draw(context, words, "pmt.stakeholder.grid/1", stakeholder_grid, err);
}

static int run_engagement(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return draw(context, words, "pmt.stakeholder.engagement/1", stakeholder_engagement, err);
}

static const struct command_verb verbs[] = {
	{ "grid", "[CONDITION...]", N_("Power and interest as a picture, with the strategy for each quadrant"), NULL, 0,
		NEEDS_PROJECT, run_grid },
	{ "engagement", "[CONDITION...]", N_("Engagement as it is (C) and as it is needed (D)"), NULL, 0, NEEDS_PROJECT,
		run_engagement },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_stakeholder = {
	.name = "stakeholder",
	.group = GROUP_START,
	.summary = N_("Who is concerned: register, power/interest grid, engagement"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "stakeholder",
};
