#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the team") },
	{ "lead", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource", .doc = N_("Who leads it") },
	{ "members", TYPE_REFS, FIELD_COLUMN, CLASS_PLAN, .of = "resource",
		.doc = N_("Who belongs to it; assign = @team takes any one of them") },
	{ "parent", TYPE_REF, 0, CLASS_PLAN, .of = "team", .doc = N_("The team it is part of") },
	{ "supplier", TYPE_LINE, 0, CLASS_FREE, .doc = N_("The organisation it comes from") },
	{ "email", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Address that reaches all of it") },
	{ "calendar", TYPE_REF, 0, CLASS_PLAN, .of = "calendar",
		.doc = N_("Working time of members that name none") },
	{ "debt_reserve", TYPE_PERCENT, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Share of its time kept for repaying technical debt") },
	{ "velocity", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Points a sprint before its own sprints tell") },
};

static void check_team(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "parent");
	check_range(&check, "debt_reserve", 0, 100);
}

const struct kind kind_team = {
	.name = "team",
	.plural = "teams",
	.place = "people.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_team,
	.doc = N_("People who work as one, and can be assigned as one"),
	.example = "[team backend]\n"
		   "title   = 后端组\n"
		   "lead    = li.wei\n"
		   "members = li.wei, wang.fang, zhao.lei\n"
		   "debt_reserve = 10%\n",
};
