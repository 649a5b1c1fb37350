/* `pmt risk`: the register, its matrix, what it costs, what is due, FMEA, decision trees. */
#include "cmd/cli/risk.h"

static const struct command_verb verbs[] = {
	{ "matrix", "[CONDITION...]", N_("Risks by probability and impact, on the project's own scales"), risk_matrix_specs,
		sizeof(struct risk_options), NEEDS_PROJECT, risk_matrix_run },
	{ "show", "ID...", N_("Everything about risks, and what they do to finish and cost in simulation"), risk_show_specs,
		sizeof(struct risk_options), NEEDS_PROJECT, risk_show_run },
	{ "exposure", "[CONDITION...]", N_("Expected monetary values, and whether the responses are worth their cost"),
		risk_exposure_specs, sizeof(struct risk_options), NEEDS_PROJECT, risk_exposure_run },
	{ "due", "[CONDITION...]", N_("Reviews that are owed, and triggers to watch"), risk_due_specs,
		sizeof(struct risk_options), NEEDS_PROJECT, risk_due_run },
	{ "trend", "", N_("Exposure and open risks over time, from the history"), risk_trend_specs, sizeof(struct risk_options),
		NEEDS_PROJECT, risk_trend_run },
	{ "fmea", "[CONDITION...]", N_("Failure modes by action priority, before and after the responses"), risk_fmea_specs,
		sizeof(struct risk_options), NEEDS_PROJECT, risk_fmea_run },
	{ "tree", "[FILE | ID...]", N_("Decision trees, folded back to expected monetary values"), NULL, 0, NEEDS_NOTHING,
		risk_tree_run },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_risk = {
	.name = "risk",
	.group = GROUP_WATCH,
	.summary = N_("Risks: the register, the matrix, exposure, FMEA, decision trees"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "risk",
};
