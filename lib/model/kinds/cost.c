#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What was bought or spent") },
	{ "date", TYPE_DATE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("When it counts as cost") },
	{ "amount", TYPE_MONEY, FIELD_REQUIRED | FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("Amount without tax; negative for a refund") },
	{ "tax", TYPE_MONEY, 0, CLASS_FACT, .doc = N_("Tax on it, as an amount") },
	{ "tax_rate", TYPE_PERCENT, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Tax on it, as a share") },
	{ "account", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "account",
		.doc = N_("Account it is charged to") },
	{ "task", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "task",
		.doc = N_("Task it was spent on") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "planned|committed|actual",
		.fallback = "actual", .doc = N_("Planned, committed by an order, or spent") },
	{ "resource", TYPE_REF, 0, CLASS_FACT, .of = "resource|team",
		.doc = N_("Who or what it paid for") },
	{ "quantity", TYPE_NUMBER, 0, CLASS_FACT, .doc = N_("How many units were bought") },
	{ "unit_price", TYPE_MONEY, FIELD_POSITIVE, CLASS_FACT, .doc = N_("Price of one unit") },
	{ "supplier", TYPE_LINE, 0, CLASS_FACT, .doc = N_("Who was paid") },
	{ "contract", TYPE_REF, 0, CLASS_FACT, .of = "contract",
		.doc = N_("Contract it falls under") },
	{ "invoice", TYPE_LINE, 0, CLASS_FACT, .doc = N_("Number of the invoice") },
	{ "paid", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was paid") },
	{ "risk", TYPE_REF, 0, CLASS_FACT, .of = "risk",
		.doc = N_("Risk whose reserve pays for it") },
};

static void check_cost(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_exclusive(&check, "tax", "tax_rate");
	check_range(&check, "tax_rate", 0, 100);
}

const struct kind kind_cost = {
	.name = "cost",
	.plural = "costs",
	.prefix = "C",
	.place = "costs/%Y.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_cost,
	.doc = N_("Money planned, committed or spent, besides the hours of people"),
	.example = "[cost C-31]\n"
		   "title    = 前置机 20 台\n"
		   "date     = 2026-05-11\n"
		   "amount   = 360000 CNY\n"
		   "tax_rate = 13%\n"
		   "account  = infrastructure\n"
		   "status   = committed\n"
		   "invoice  = 26-00871\n",
};
