#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("What is delivered") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN,
		.of = "document|system|hardware|data|training|licence|agreement|service|other",
		.fallback = "document", .doc = N_("What sort of thing it is") },
	{ "for", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "stakeholder|resource|team",
		.doc = N_("Who gets it") },
	{ "requirement", TYPE_REFS, 0, CLASS_PLAN, .of = "requirement",
		.doc = N_("Requirements it realises") },
	{ "contract", TYPE_REF, 0, CLASS_PLAN, .of = "contract",
		.doc = N_("Contract it is due under") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("When it is due") },
	{ "quantity", TYPE_NUMBER, FIELD_POSITIVE, CLASS_PLAN, .doc = N_("How many") },
	{ "version", TYPE_LINE, FIELD_COLUMN, CLASS_FACT, .doc = N_("Its version") },
	{ "path", TYPE_LINE, 0, CLASS_FACT, .doc = N_("Where it is: a path or an address") },
	{ "acceptance", TYPE_LINES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Acceptance criteria, one a line") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "planned|draft|review|delivered|accepted|rejected", .fallback = "planned",
		.doc = N_("How far it has come") },
	{ "delivered", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was handed over") },
	{ "accepted_by", TYPE_REF, 0, CLASS_FACT, .of = "stakeholder|resource",
		.doc = N_("Who accepted it") },
	{ "accepted", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was accepted") },
	{ "expires", TYPE_DATE, 0, CLASS_FREE, .doc = N_("Licences, agreements: last day") },
};

static void check_deliverable(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "delivered", "accepted");
	check_needs(&check, "status", "accepted", "accepted_by");
}

const struct kind kind_deliverable = {
	.name = "deliverable",
	.plural = "deliverables",
	.prefix = "DEL",
	.place = "deliverables.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_deliverable,
	.doc = N_("Something handed over: document, system, training, licence, agreement"),
	.example = "[deliverable DEL-4]\n"
		   "title   = 接口规范\n"
		   "type    = document\n"
		   "for     = zhang.min\n"
		   "due     = 2026-06-12\n"
		   "version = 1.2\n"
		   "path    = docs/interface.md\n",
};
