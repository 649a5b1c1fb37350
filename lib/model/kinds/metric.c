#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What is measured") },
	{ "value", TYPE_NUMBER, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE, .doc = N_("The latest sample") },
	{ "unit", TYPE_LINE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Unit of the values: %, ms, defects/KLOC") },
	{ "health", TYPE_ENUM, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE, .of = "good|warn|fail|unknown",
		.doc = N_("The latest value against warn and fail") },
	{ "trend", TYPE_ENUM, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE, .of = "rising|steady|falling|unknown",
		.doc = N_("Direction of the last five samples: the median slope between them") },
	{ "recent", TYPE_LINE, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The last twelve samples as a line, from their lowest to their highest") },
	{ "measured", TYPE_DATE, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Date of the latest sample") },
	{ "stale", TYPE_YESNO, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("No sample for two periods (day, week, month)") },
	{ "category", TYPE_ENUM, 0, CLASS_FREE,
		.of = "quality|progress|cost|flow|risk|operations|security|green|benefit|other",
		.fallback = "quality", .doc = N_("What it says something about") },
	{ "direction", TYPE_ENUM, 0, CLASS_FREE, .of = "up|down|near", .fallback = "up",
		.doc = N_("Better when higher, when lower, or when near the target") },
	{ "target", TYPE_NUMBER, FIELD_COLUMN, CLASS_FREE, .doc = N_("Value to reach") },
	{ "warn", TYPE_NUMBER, 0, CLASS_FREE,
		.doc = N_("Yellow when worse than this; near: when further from the target") },
	{ "fail", TYPE_NUMBER, 0, CLASS_FREE,
		.doc = N_("Red when worse than this; near: when further from the target") },
	{ "tolerance", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("near: distance from the target that is still good") },
	{ "source", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Command that prints the value; runs only with permission") },
	{ "reads", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("What 'metric import' takes from a file: lcov.lines, junit.passed, json:$.total.pct") },
	{ "period", TYPE_ENUM, 0, CLASS_FREE, .of = "commit|day|week|month|release",
		.fallback = "week", .doc = N_("How often it is measured") },
	{ "formula", TYPE_LINE, 0, CLASS_FREE, .doc = N_("How it is defined, for readers") },
	{ "baseline_value", TYPE_NUMBER, 0, CLASS_FREE,
		.doc = N_("Where it stood at the beginning") },
	{ "objective", TYPE_REFS, 0, CLASS_FREE, .of = "objective",
		.doc = N_("Objectives it measures") },
	{ "requirement", TYPE_REFS, 0, CLASS_FREE, .of = "requirement",
		.doc = N_("Requirements it proves") },
	{ "gate", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("Gates that a failing value stops") },
};

/* A gate has to hold the value against something. */
static void check_gate(const struct check *check)
{
	static const char *const limits[] = { "fail", "target", "warn" };
	struct slice gate, text;

	if (!record_text(check->record, "gate", &gate) || !slice_trim(gate).len)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++)
		if (record_text(check->record, limits[i], &text) && slice_trim(text).len)
			return;
	check_fault(check, "gate", 0, "gate-threshold", N_("gate '%s' has nothing to hold the value against"),
		slice_trim(gate));
}

static void check_metric(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	struct slice direction = record_text_or(record, "direction");

	if (slice_is(direction, "up")) {
		check_order(&check, "fail", "warn");
		check_order(&check, "warn", "target");
	} else if (slice_is(direction, "down")) {
		check_order(&check, "warn", "fail");
		check_order(&check, "target", "warn");
	}
	check_needs(&check, "direction", "near", "target");
	check_gate(&check);
}

const struct kind kind_metric = {
	.name = "metric",
	.plural = "metrics",
	.place = "metrics.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_metric,
	.doc = N_("Something that is measured again and again, with its thresholds"),
	.example = "[metric coverage]\n"
		   "title     = 单元测试覆盖率\n"
		   "unit      = %\n"
		   "direction = up\n"
		   "target    = 85\n"
		   "warn      = 82\n"
		   "fail      = 80\n"
		   "gate      = release\n",
};
