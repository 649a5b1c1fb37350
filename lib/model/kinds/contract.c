#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What is agreed, in one line") },
	{ "number", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Number of the contract") },
	{ "direction", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "out|in", .fallback = "out",
		.doc = N_("Money goes out (we buy) or comes in (we sell)") },
	{ "type", TYPE_ENUM, 0, CLASS_FREE,
		.of = "fixed_price|time_material|cost_plus|framework|service",
		.fallback = "fixed_price", .doc = N_("How the price is made") },
	{ "counterparty", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("The other side") },
	{ "contact", TYPE_REF, 0, CLASS_FREE, .of = "stakeholder|resource",
		.doc = N_("Who speaks for it") },
	{ "amount", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Total amount with tax") },
	{ "tax_rate", TYPE_PERCENT, FIELD_POSITIVE, CLASS_PLAN, .doc = N_("Tax contained in it") },
	{ "account", TYPE_REF, 0, CLASS_PLAN, .of = "account",
		.doc = N_("Account it is charged to") },
	{ "signed", TYPE_DATE, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it was signed") },
	{ "start", TYPE_DATE, 0, CLASS_PLAN, .doc = N_("When it begins") },
	{ "finish", TYPE_DATE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("When it ends") },
	{ "warranty_until", TYPE_DATE, 0, CLASS_PLAN,
		.doc = N_("Last day of the warranty (质保期)") },
	{ "retention", TYPE_PERCENT, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Share held back until the warranty ends (质保金)") },
	{ "retention_due", TYPE_DATE, 0, CLASS_PLAN, .doc = N_("When the retention is paid out") },
	{ "penalty", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("What delay or failure costs, such as 0.05%/d up to 5%") },
	{ "terms", TYPE_LINES, FIELD_LONG, CLASS_FREE, .doc = N_("Main terms, one a line") },
	{ "deliverables", TYPE_REFS, 0, CLASS_PLAN, .of = "deliverable",
		.doc = N_("What is to be delivered under it") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "draft|signed|active|closed|terminated", .fallback = "draft",
		.doc = N_("Where it stands") },
	{ "file", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where the signed text is") },
};

static void check_contract(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_range(&check, "retention", 0, 100);
	check_range(&check, "tax_rate", 0, 100);
	check_order(&check, "start", "finish");
	check_order(&check, "signed", "finish");
	check_order(&check, "start", "warranty_until");
	check_order(&check, "signed", "retention_due");
}

const struct kind kind_contract = {
	.name = "contract",
	.plural = "contracts",
	.prefix = "CT",
	.place = "contracts.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_contract,
	.doc = N_("An agreement with a customer or supplier"),
	.example = "[contract CT-1]\n"
		   "title        = 医保信息系统集成主合同\n"
		   "number       = YB-2026-001\n"
		   "direction    = in\n"
		   "counterparty = 省医保局\n"
		   "amount       = 980万 CNY\n"
		   "signed       = 2026-02-20\n"
		   "finish       = 2027-03-31\n"
		   "retention    = 5%\n"
		   "retention_due = 2028-03-31\n"
		   "status       = active\n",
};
