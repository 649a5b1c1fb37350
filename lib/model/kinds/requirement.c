#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("The requirement in one line") },
	{ "text", TYPE_TEXT, FIELD_LONG, CLASS_PLAN, .doc = N_("What is required, in full") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN,
		.of = "functional|interface|data|performance|security|availability|usability|"
		      "compliance|operational|constraint",
		.fallback = "functional", .doc = N_("What it is about") },
	{ "parent", TYPE_REF, 0, CLASS_PLAN, .of = "requirement",
		.doc = N_("The requirement it refines") },
	{ "source", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Where it comes from: contract clause, law, interview") },
	{ "requested_by", TYPE_REF, 0, CLASS_FREE, .of = "stakeholder|resource|team",
		.doc = N_("Who asks for it") },
	{ "requested", TYPE_DATE, 0, CLASS_FREE, .doc = N_("When it was asked for") },
	{ "priority", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "must|should|could|wont",
		.fallback = "should",
		.doc = N_("MoSCoW: must, should, could, won't have this time") },
	{ "value", TYPE_NUMBER, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("What it is worth, on the project's scale") },
	{ "cost", TYPE_MONEY, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("What it is estimated to cost") },
	{ "worth", TYPE_MONEY, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("What it is worth in money; else its value in points times the project's value_point") },
	{ "acceptance", TYPE_LINES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Acceptance criteria, one a line") },
	{ "objective", TYPE_REFS, 0, CLASS_PLAN, .of = "objective",
		.doc = N_("Objectives it serves") },
	{ "depends", TYPE_REFS, 0, CLASS_PLAN, .of = "requirement",
		.doc = N_("Requirements it needs first") },
	{ "release", TYPE_REF, 0, CLASS_PLAN, .of = "release",
		.doc = N_("Release it is planned for") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "proposed|analysed|approved|implemented|verified|accepted|rejected|withdrawn",
		.fallback = "proposed", .doc = N_("How far it has come") },
	{ "accepted_by", TYPE_REF, 0, CLASS_FACT, .of = "stakeholder|resource",
		.doc = N_("Who accepted it") },
	{ "accepted", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was accepted") },
	{ "tasks", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "task",
		.doc = N_("Tasks that serve it") },
	{ "tests", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "test",
		.doc = N_("Tests that prove it") },
	{ "deliverables", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "deliverable",
		.doc = N_("Deliverables that realise it") },
	{ "frozen", TYPE_WORDS, FIELD_COMPUTED | FIELD_COLUMN | FIELD_SPARSE, CLASS_FREE,
		.doc = N_("Rules of the policy under which it changes by approval alone") },
	{ "roi", TYPE_PERCENT, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Return on investment: (worth - cost) / cost") },
};

static void check_requirement(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "parent");
	check_not_self(&check, "depends");
	check_order(&check, "requested", "accepted");
}

const struct kind kind_requirement = {
	.name = "requirement",
	.plural = "requirements",
	.prefix = "REQ",
	.place = "requirements.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_requirement,
	.doc = N_("Something the result must do or be"),
	.explain = N_("Tasks, tests and deliverables name the requirements they serve; the trace "
		      "matrix is made of "
		      "that, and shows requirements that nothing serves or proves."),
	.example = "[requirement REQ-14]\n"
		   "title      = 出院结算 3 秒内返回\n"
		   "type       = performance\n"
		   "priority   = must\n"
		   "source     = 合同 4.2\n"
		   "acceptance = 500 并发下 95 分位 < 3 s\n"
		   "status     = approved\n",
};
