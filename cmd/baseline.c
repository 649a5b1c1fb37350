/*
 * `pmt baseline`: frozen plans. Its own verbs freeze the plan, show what was frozen against today, and tell what has changed since; the generic
 * ones list, set and remove baselines as records of any kind.
 */
#include "cmd/cli/baseline.h"

static const struct command_verb verbs[] = {
	{ "freeze", "NAME [TITLE] [FIELD=VALUE...]", N_("Freeze the dates, effort and cost of the plan as it stands"), freeze_specs,
		sizeof(struct freeze_options), NEEDS_PLAN | NEEDS_LOCK, baseline_freeze },
	{ "show", "[NAME]", N_("Show what was frozen beside the plan as it is"), baseline_show_specs,
		sizeof(struct baseline_view_options), NEEDS_PROJECT, baseline_show },
	{ "diff", "[A] [B]", N_("What changed between two plans, and which change moved what"), baseline_diff_specs,
		sizeof(struct baseline_view_options), NEEDS_PROJECT, baseline_diff },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_baseline = {
	.name = "baseline",
	.group = GROUP_PLAN,
	.summary = N_("Freeze the plan, and compare it with what was frozen"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "baseline",
};
