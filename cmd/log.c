/* `pmt log [ID|CONDITION...]`: who changed which field of which record, and which commits worked on which task. */
#include "cmd/cli/history.h"

static const struct option_spec specs[] = {
	{ 'k', "kind", OPTION_TEXT, offsetof(struct history_options, kind), N_("KIND"),
		N_("Only records of this kind") },
	{ 'p', "person", OPTION_TEXT, offsetof(struct history_options, person), N_("PERSON"),
		N_("Only what this person committed: a resource, @me, a name or an e-mail address") },
	{ 0, "since", OPTION_TEXT, offsetof(struct history_options, since), N_("DATE"),
		N_("Only what was committed from then on") },
	{ 0, "until", OPTION_TEXT, offsetof(struct history_options, until), N_("DATE"),
		N_("Only what was committed by then") },
	{ 'f', "field", OPTION_TEXT, offsetof(struct history_options, field), N_("FIELD"),
		N_("Only changes of this field") },
	{ 'n', "limit", OPTION_COUNT, offsetof(struct history_options, limit), N_("N"), N_("At most N commits") },
	OPTIONS_END,
};

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct history_options *o = options;
	struct history_run history;
	int status = history_begin(&history, context, err);

	if (status == 0)
		status = history_choose(&history, o, NULL, arguments, err);
	history.query.commit_limit = o->limit > 0 ? (size_t)o->limit : 0;
	history.query.units = &context->project.units;
	if (status == 0)
		status = history_read(&history, err);
	if (status == 0)
		status = history_emit(&history, err);
	history_end(&history);
	return status;
}

const struct command cmd_log = {
	.name = "log",
	.group = GROUP_CHANGE,
	.summary = N_("Who changed which field of which record, when, from what to what"),
	.usage = "[ID|CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct history_options),
	.needs = NEEDS_PROJECT,
	.run = run,
};
