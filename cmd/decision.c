/* `pmt decision`: the log; what waits to be decided or looked at again; which decision replaced which. */
#include "cmd/cli/noun.h"
#include "cmd/cli/risk.h"

#include "quality/rule.h"
#include "report/register_log.h"

struct decision_options {
	const char *until;
};

static const struct option_spec due_specs[] = {
	{ 0, "until", OPTION_TEXT, offsetof(struct decision_options, until), N_("DATE"),
		N_("Reviews due up to this day (default: in a week)") },
	OPTIONS_END,
};

static int due(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	static const struct field option = { .name = "--until", .type = TYPE_DATE };
	const struct decision_options *o = options;
	moment_t until = rule_now(&context->project, context->now) + 7 * MINUTES_PER_DAY;
	struct vec records;
	struct doc doc;
	int status = o->until ? context_read_moment(context, &option, o->until, &until, err) : 0;

	if (status < 0)
		return status;
	vec_init(&records, sizeof(struct record *));
	doc_init(&doc, "pmt.decision.due/1");
	status = records_select(context, context->kind, words, NULL, &records, err);
	if (status == 0) {
		decision_due_report(&doc, &context->risks, &records, moment_date(until));
		status = context_emit(context, &doc, err);
	}
	doc_release(&doc);
	vec_release(&records);
	return status;
}

static int chain(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct strvec none = { 0 };
	struct record *record;
	struct vec records;
	struct doc doc;
	int status = 0;

	(void)options;
	vec_init(&records, sizeof(struct record *));
	doc_init(&doc, "pmt.decision.chain/1");
	for (size_t i = 0; i < words->len && status == 0; i++) {
		status = noun_resolve(context, context->kind, words->items[i], &record, err);
		if (status == 0)
			vec_append(&records, &record);
	}
	if (words->len == 0)
		status = records_select(context, context->kind, &none, NULL, &records, err);
	if (status == 0) {
		decision_chain_report(&doc, &context->risks, &records, words->len > 0, context_wants_data(context));
		status = context_emit(context, &doc, err);
	}
	doc_release(&doc);
	vec_release(&records);
	return status;
}

static const struct command_verb verbs[] = {
	{ "due", "[CONDITION...]", N_("What waits to be decided, or to be looked at again"), due_specs,
		sizeof(struct decision_options), NEEDS_PROJECT, due },
	{ "chain", "[ID...]", N_("Which decision replaced which"), NULL, 0, NEEDS_PROJECT, chain },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_decision = {
	.name = "decision",
	.group = GROUP_WORK,
	.summary = N_("Decisions with their reasons: the log, what waits, what replaced what"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "decision",
};
