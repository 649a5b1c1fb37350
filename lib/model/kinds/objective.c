#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("The objective in one line") },
	{ "text", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("The objective in full") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "scope|schedule|cost|quality|benefit|compliance", .fallback = "benefit",
		.doc = N_("What it is about") },
	{ "parent", TYPE_REF, 0, CLASS_FREE, .of = "objective",
		.doc = N_("The objective it contributes to") },
	{ "measures", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("How it is measured: 'METRIC >= TARGET' a line") },
	{ "start_value", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Where the measure stood at the beginning") },
	{ "achievable", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("Why it can be reached") },
	{ "relevance", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("Why it matters, and to whom") },
	{ "weight", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Its weight among the objectives") },
	{ "owner", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who answers for it") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("By when it is to be reached") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT, .of = "open|met|partly|missed|dropped",
		.fallback = "open", .doc = N_("Whether it was reached") },
	{ "result", TYPE_TEXT, FIELD_LONG, CLASS_FACT,
		.doc = N_("What was reached, also long after the project is closed") },
	{ "result_date", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When the result was measured") },
};

static const char *measure(const struct check *check, struct slice line)
{
	static const char *const operators[] = { ">=", "<=", "≥", "≤", "!=", ">", "<", "=" };

	(void)check;
	for (size_t at = 1; at < line.len; at++)
		for (size_t i = 0; i < ARRAY_SIZE(operators); i++) {
			struct slice rest = slice_from(line, at);

			if (slice_starts(rest, operators[i]) && rest.len > strlen(operators[i]))
				return NULL;
		}
	return N_("a measure, a comparison and a target, such as coverage >= 80%");
}

static void check_objective(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "parent");
	check_lines(&check, "measures", measure);
}

const struct kind kind_objective = {
	.name = "objective",
	.plural = "objectives",
	.prefix = "O",
	.place = "charter.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_objective,
	.doc = N_("A goal that is specific, measurable, achievable, relevant and dated (SMART)"),
	.example = "[objective O-1]\n"
		   "title    = 患者出院即时结算\n"
		   "measures = settlement-rate >= 95%\n"
		   "           settlement-time < 3\n"
		   "owner    = zhang.min\n"
		   "due      = 2027-06-30\n",
};
