#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the sprint") },
	{ "team", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "team",
		.doc = N_("Team that runs it") },
	{ "start", TYPE_DATE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE, .doc = N_("First day") },
	{ "finish", TYPE_DATE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE, .doc = N_("Last day") },
	{ "goal", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What it is to reach") },
	{ "capacity", TYPE_EFFORT, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Work the team can do in it") },
	{ "planned_points", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Points taken in at its start") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT, .of = "planned|active|closed|cancelled",
		.fallback = "planned", .doc = N_("Where it stands") },
	{ "review", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("What the review said") },
	{ "retrospective", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("Keep, change, try") },
	{ "points", TYPE_NUMBER, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Points of its tasks") },
	{ "points_done", TYPE_NUMBER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Points done: its velocity") },
};

static void check_sprint(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "start", "finish");
}

const struct kind kind_sprint = {
	.name = "sprint",
	.plural = "sprints",
	.prefix = "SP",
	.place = "sprints.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_sprint,
	.doc = N_("A time box of a team"),
	.example = "[sprint SP-4]\n"
		   "team   = backend\n"
		   "start  = 2026-06-08\n"
		   "finish = 2026-06-19\n"
		   "goal   = 结算引擎通过联调\n"
		   "capacity = 40d\n",
};
