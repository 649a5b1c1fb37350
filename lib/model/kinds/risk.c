#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/scale.h"

#include <string.h>

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("What may happen, in one line") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "threat|opportunity",
		.fallback = "threat", .doc = N_("Harm or benefit") },
	{ "category", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Where it comes from: technical, supplier, people, law, …") },
	{ "cause", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What it comes from: because of this …") },
	{ "event", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("… this may happen …") },
	{ "effect", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("… and lead to that") },
	{ "probability", TYPE_PERCENT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Chance that the event happens") },
	{ "impact_cost", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What it costs (or brings) when it happens") },
	{ "impact_time", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Delay (or gain) of each task it hits, perhaps as an estimate of three "
			  "values") },
	{ "probability_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Chance on the project's ordinal scale, where no percentage is known") },
	{ "impact_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Impact on the project's ordinal scale") },
	{ "tasks", TYPE_REFS, 0, CLASS_FREE, .of = "task", .doc = N_("Tasks the event would hit") },
	{ "proximity", TYPE_DATE, 0, CLASS_FREE, .doc = N_("From when it can happen") },
	{ "trigger", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Sign that it is happening") },
	{ "strategy", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "avoid|transfer|mitigate|accept|escalate|exploit|share|enhance",
		.doc = N_("Threats: avoid, transfer, mitigate, accept; opportunities: exploit, "
			  "share, enhance, accept; or escalate") },
	{ "response", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What is done about it") },
	{ "response_cost", TYPE_MONEY, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What the response costs") },
	{ "response_tasks", TYPE_REFS, 0, CLASS_FREE, .of = "task",
		.doc = N_("Tasks that carry it out") },
	{ "fallback", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What is done when it happens all the same") },
	{ "residual_probability", TYPE_PERCENT, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Chance after the response") },
	{ "residual_cost", TYPE_MONEY, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Cost impact after the response") },
	{ "residual_time", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Delay after the response") },
	{ "residual_probability_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Chance after the response on the ordinal scale") },
	{ "residual_impact_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Impact after the response on the ordinal scale") },
	{ "secondary", TYPE_REFS, 0, CLASS_FREE, .of = "risk",
		.doc = N_("Risks that the response creates") },
	{ "correlation", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Name of the group of risks that move together, perhaps with how much: "
			  "suppliers 60%") },
	{ "owner", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who watches it") },
	{ "identified", TYPE_DATE, 0, CLASS_FREE, .doc = N_("When it was found") },
	{ "review", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it is looked at next") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "open|responding|occurred|closed|expired", .fallback = "open",
		.doc = N_("Where it stands") },
	{ "occurred", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it happened") },
	{ "issue", TYPE_REF, 0, CLASS_FACT, .of = "issue", .doc = N_("The issue it became") },
	{ "objective", TYPE_REFS, 0, CLASS_FREE, .of = "objective",
		.doc = N_("Objectives it endangers") },
	/* failure mode and effects analysis */
	{ "failure_mode", TYPE_LINE, 0, CLASS_FREE, .doc = N_("FMEA: how the thing fails") },
	{ "severity", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: severity (S), 1 to 10") },
	{ "occurrence", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: occurrence (O), 1 to 10") },
	{ "detection", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: detection (D), 1 to 10; 10 is hardest to detect") },
	{ "severity_after", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: severity after the response") },
	{ "occurrence_after", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: occurrence after the response") },
	{ "detection_after", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("FMEA: detection after the response") },
	/* computed by lib/risk */
	{ "exposure", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Probability × cost impact") },
	{ "residual_exposure", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Exposure after the response") },
	{ "response_benefit", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("What the response gains: exposure it removes (opportunities: adds) less its "
			  "cost") },
	{ "response_roi", TYPE_PERCENT, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Return on the response: its benefit as a share of its cost") },
	{ "rpn", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("FMEA: risk priority number S × O × D") },
	{ "rpn_after", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("FMEA: risk priority number after the response") },
	{ "action_priority", TYPE_ENUM, FIELD_COMPUTED, CLASS_FREE, .of = "low|medium|high",
		.doc = N_("FMEA: action priority (AP) of S, O and D, from a table") },
	{ "action_priority_after", TYPE_ENUM, FIELD_COMPUTED, CLASS_FREE, .of = "low|medium|high",
		.doc = N_("FMEA: action priority after the response") },
	{ "overdue", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Open ones: days since the review was due") },
};

static void check_strategy(const struct check *check)
{
	struct slice strategy = record_text_or(check->record, "strategy");
	bool threat = slice_is(record_text_or(check->record, "type"), "threat");

	if (word_index(threat ? "exploit|share|enhance" : "avoid|transfer|mitigate", strategy) >= 0)
		check_fault(check, "strategy", 0, "field-conflict",
			threat ? N_("strategy '%s' is for opportunities, and this is a threat")
			       : N_("strategy '%s' is for threats, and this is an opportunity"),
			strategy);
}

/* A level is a place on the scale, counted from 1, low. */
static void check_level(const struct check *check, const char *field, const char *scale)
{
	size_t size;
	struct slice text;

	if (!record_text(check->record, field, &text))
		return;
	size = scale_size(check->project, scale);
	if (size == 0 && strcmp(scale, "impact") == 0)
		size = scale_size(check->project, "impact_cost");
	check_range(check, field, 1, size ? (int64_t)size : SCALE_LEVELS);
}

static void check_risk(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	static const char *const marks[] = { "severity", "occurrence", "detection",
		"severity_after", "occurrence_after", "detection_after" };
	static const struct {
		const char *field, *scale;
	} levels[] = { { "probability_level", "probability" }, { "residual_probability_level", "probability" },
		{ "impact_level", "impact" }, { "residual_impact_level", "impact" } };
	struct check check = { project, record, found };

	check_range(&check, "probability", 0, 100);
	check_range(&check, "residual_probability", 0, 100);
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		check_range(&check, marks[i], 1, 10);
	for (size_t i = 0; i < ARRAY_SIZE(levels); i++)
		check_level(&check, levels[i].field, levels[i].scale);
	check_strategy(&check);
	check_not_self(&check, "secondary");
	check_order(&check, "identified", "occurred");
	check_needs(&check, "status", "occurred", "occurred");
}

const struct kind kind_risk = {
	.name = "risk",
	.plural = "risks",
	.prefix = "R",
	.place = "risks/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_risk,
	.doc = N_("An uncertain event with an effect on objectives"),
	.explain = N_("Exposure is probability times impact. What is known only roughly goes on "
		      "the ordinal scales of "
		      "the project (see scale); ordinal scores sort risks and are never added up."),
	.example = "[risk R-7]\n"
		   "title       = 医院网络不稳定\n"
		   "category    = 技术\n"
		   "cause       = 县级医院专线未双路\n"
		   "probability = 60%\n"
		   "impact_cost = 300000 CNY\n"
		   "impact_time = 5d/10d/20d\n"
		   "tasks       = T-31, T-32\n"
		   "strategy    = mitigate\n"
		   "response    = 为 12 家医院加装 4G 备份\n"
		   "response_cost = 90000 CNY\n"
		   "residual_probability = 15%\n"
		   "owner       = li.wei\n"
		   "review      = 2026-06-15\n",
};
