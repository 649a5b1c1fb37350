/*
 * `pmt change`: change requests, each on a branch of its own, approved by signature. Its own verbs prepare, show,
 * sign and land them; the generic ones edit the record.
 */
#include "cmd/cli/change.h"

static const struct command_verb verbs[] = {
	{ "add", "TITLE [FIELD=VALUE...]", N_("Begin a change: its record, on a branch of its own"), change_add_specs,
		sizeof(struct change_add_options), NEEDS_PROJECT | NEEDS_LOCK, change_add },
	{ "show", "[ID]", N_("Show what a change alters, what that does, and who has said what"), change_show_specs,
		sizeof(struct change_show_options), NEEDS_PROJECT, change_show },
	{ "submit", "[ID] [COMMENT]", N_("Submit it for approval, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_submit },
	{ "approve", "[ID] [COMMENT]", N_("Approve what was submitted, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_approve },
	{ "reject", "[ID] [COMMENT]", N_("Reject what was submitted, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_reject },
	{ "comment", "ID TEXT", N_("Say something about it, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_comment },
	{ "withdraw", "[ID] [COMMENT]", N_("Take one's own submission back, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_withdraw },
	{ "renew", "[ID] [COMMENT]", N_("Submit it anew, after edits or when its target has moved on"),
		change_sign_specs, sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_renew },
	{ "merge", "[ID]", N_("Land an approved change in its target; keep the record of one that is over"),
		change_merge_specs, sizeof(struct change_merge_options), NEEDS_PROJECT | NEEDS_LOCK, change_merge },
	{ "ratify", "[ID] [COMMENT]", N_("Approve an emergency afterwards, signed"), change_sign_specs,
		sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_ratify },
	{ "revert", "ID [TITLE]", N_("Prepare a change that takes back what one has done"), change_add_specs,
		sizeof(struct change_add_options), NEEDS_PROJECT | NEEDS_LOCK, change_revert },
	{ "close", "[ID] [COMMENT]", N_("Evaluate a change that has landed: estimated against actual, signed"),
		change_sign_specs, sizeof(struct change_sign_options), NEEDS_PROJECT | NEEDS_LOCK, change_close },
	{ "setup", "[ROLE=PERSON[,PERSON...]...] [PERSON.key=FILE...]",
		N_("Turn change control on: roles, keys and the policy"), change_setup_specs,
		sizeof(struct change_setup_options), NEEDS_PROJECT | NEEDS_LOCK, change_setup },
	{ "list", "[CONDITION...]", N_("List the changes, on other branches too, and whom they wait for"),
		noun_list_specs, sizeof(struct list_options), NEEDS_ROOT, change_list },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_change = {
	.name = "change",
	.group = GROUP_CHANGE,
	.summary = N_("Ask for a change of the plan, see what it does, approve it"),
	.usage = "[CONDITION...]",
	.options = noun_list_specs,
	.options_size = sizeof(struct list_options),
	.needs = NEEDS_ROOT,
	.verbs = verbs,
	.kind = "change",
	.run = change_list,
};
