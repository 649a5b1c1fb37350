#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the release") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN,
		.of = "prototype|mvp|pilot|production|maintenance|hotfix", .fallback = "production",
		.doc = N_("What it is for") },
	{ "version", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Version or tag") },
	{ "requirements", TYPE_REFS, 0, CLASS_PLAN, .of = "requirement",
		.doc = N_("What it brings") },
	{ "deliverables", TYPE_REFS, 0, CLASS_PLAN, .of = "deliverable",
		.doc = N_("What it consists of") },
	{ "environment", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Where it goes") },
	{ "sites", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("Sites that get it, in a roll-out") },
	{ "service", TYPE_REFS, 0, CLASS_FREE, .of = "service", .doc = N_("Services it changes") },
	{ "milestone", TYPE_REF, 0, CLASS_PLAN, .of = "task",
		.doc = N_("The milestone it stands for") },
	{ "planned", TYPE_DATE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("When it is to go out") },
	{ "rollback", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("How it is taken back") },
	{ "approved_by", TYPE_REF, 0, CLASS_FACT, .of = "resource|stakeholder",
		.doc = N_("Who let it go out") },
	{ "deployed", TYPE_DATETIME, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it went out") },
	{ "result", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "pending|success|partial|failed|rolled_back", .fallback = "pending",
		.doc = N_("How it went") },
	{ "restored", TYPE_DATETIME, 0, CLASS_FACT,
		.doc = N_("When service was back after a failed one") },
	{ "feedback", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("What its users say") },
};

static void check_release(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "deployed", "restored");
	check_needs(&check, "result", "success|partial|failed|rolled_back", "deployed");
}

const struct kind kind_release = {
	.name = "release",
	.plural = "releases",
	.prefix = "REL",
	.place = "releases.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_release,
	.doc = N_("A version that goes to its users: prototype, MVP, pilot, production"),
	.example = "[release REL-2]\n"
		   "title        = 三家医院试点\n"
		   "type         = pilot\n"
		   "version      = v0.9\n"
		   "requirements = REQ-14, REQ-15\n"
		   "environment  = 生产（试点）\n"
		   "planned      = 2026-06-12\n",
};
