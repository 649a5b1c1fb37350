/*
 * `pmt change`: change requests, each on a branch of its own, approved by signature. Its own verbs prepare, show,
 * sign and land them; the generic ones edit the record.
 */
#include "cmd/cli/change.h"

static const struct command_verb verbs[] = {
	{ "add", "TITLE [FIELD=VALUE...]", N_("Begin a change: its record, on a branch of its own"), change_add_specs,
		sizeof(struct change_add_options), NEEDS_PROJECT | NEEDS_LOCK, change_add },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_change = {
	.name = "change",
	.group = GROUP_CHANGE,
	.summary = N_("Ask for a change of the plan, see what it does, approve it"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "change",
};
