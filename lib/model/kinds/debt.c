#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The debt in one line") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "code|design|test|documentation|infrastructure|security|process",
		.fallback = "code", .doc = N_("What sort of debt it is") },
	{ "where", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("File, module or system") },
	{ "principal", TYPE_EFFORT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Effort to repay it") },
	{ "interest", TYPE_EFFORT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Effort it costs each month") },
	{ "reason", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("Why it was taken on") },
	{ "incurred", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was taken on") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it is to be repaid") },
	{ "task", TYPE_REFS, 0, CLASS_FREE, .of = "task", .doc = N_("Tasks that repay it") },
	{ "repaid", TYPE_DATE, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it was repaid") },
};

static void check_debt(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "incurred", "repaid");
}

const struct kind kind_debt = {
	.name = "debt",
	.plural = "debts",
	.prefix = "TD",
	.place = "debt.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_debt,
	.doc = N_("Technical debt: what it costs to repay and to keep"),
	.example = "[debt TD-2]\n"
		   "title     = 对账脚本无自动测试\n"
		   "type      = test\n"
		   "where     = settlement/reconcile\n"
		   "principal = 5d\n"
		   "interest  = 4h\n"
		   "due       = 2026-09-30\n",
};
