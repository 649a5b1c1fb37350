#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("The change in one line") },
	{ "uid", TYPE_ID, 0, CLASS_FREE,
		.doc = N_("Random identity, named by everything that is signed") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "scope|schedule|cost|quality|resource|technical|other", .fallback = "scope",
		.doc = N_("What it changes") },
	{ "class", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "normal|standard|emergency",
		.fallback = "normal",
		.doc = N_("How it is handled; an emergency is reviewed afterwards") },
	{ "priority", TYPE_ENUM, 0, CLASS_FREE, .of = "urgent|high|normal|low",
		.fallback = "normal", .doc = N_("How soon it must be decided") },
	{ "requested_by", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who asks for it") },
	{ "requested", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it was asked for") },
	{ "reason", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("Why it is needed") },
	{ "benefit", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What it brings") },
	{ "options", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Alternatives considered, one a line") },
	{ "value", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What it is worth, on the project's scale") },
	{ "worth", TYPE_MONEY, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What it is worth in money; else its value in points times the project's value_point") },
	{ "cost", TYPE_MONEY, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What it is estimated to cost") },
	{ "without", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What happens when it is not done") },
	{ "branch", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Branch it is prepared on") },
	{ "target", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Branch it goes to") },
	{ "after", TYPE_REFS, 0, CLASS_FREE, .of = "change", .doc = N_("Changes it builds on") },
	{ "reverts", TYPE_REF, 0, CLASS_FREE, .of = "change", .doc = N_("The change it undoes") },
	{ "requirement", TYPE_REFS, 0, CLASS_FREE, .of = "requirement",
		.doc = N_("Requirements it comes from") },
	{ "issue", TYPE_REFS, 0, CLASS_FREE, .of = "issue", .doc = N_("Issues it comes from") },
	{ "due", TYPE_DATE, 0, CLASS_FREE, .doc = N_("By when it must be decided") },
	{ "state", TYPE_ENUM, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.of = "draft|submitted|approved|rejected|withdrawn|merged|closed",
		.doc = N_("Where it stands, computed from its events") },
	{ "roi", TYPE_PERCENT, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Return on investment: (worth - cost) / cost") },
	{ "waits_for", TYPE_REFS, FIELD_COMPUTED | FIELD_COLUMN | FIELD_SPARSE, CLASS_FREE, .of = "resource",
		.doc = N_("Who could give an approval that is missing") },
	{ "missing", TYPE_LINE, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Approvals that are missing, by rule") },
	{ "cost_change", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("By how much it raises the planned cost, before levelling") },
	{ "finish_change", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("By how much it moves the finish, before levelling") },
};

static void check_change(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "after");
	check_not_self(&check, "reverts");
	check_order(&check, "requested", "due");
}

const struct kind kind_change = {
	.name = "change",
	.plural = "changes",
	.prefix = "CR",
	.place = "changes/%s/change.ini",
	.flags = KIND_RANDOM,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_change,
	.doc = N_("A change request: prepared on a branch, its impact computed, approved by "
		  "signature"),
	.explain = N_("Ids are random and never change. What happens to a change is written as "
		      "signed events beside it; "
		      "its state follows from them and is never stored."),
	.example = "[change CR-k7q4x]\n"
		   "title        = 新增 20 家医院接入\n"
		   "uid          = 5B7K3QW9M2XH4T8R\n"
		   "type         = scope\n"
		   "requested_by = zhang.min\n"
		   "requested    = 2026-06-08\n"
		   "reason       = 二期合同提前\n",
};
