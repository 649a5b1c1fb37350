#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Which payment it is") },
	{ "contract", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "contract",
		.doc = N_("Contract it is due under") },
	{ "direction", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "out|in",
		.doc = N_("Money goes out or comes in; the contract's direction when absent") },
	{ "type", TYPE_ENUM, 0, CLASS_FREE,
		.of = "advance|progress|acceptance|final|retention|other", .fallback = "progress",
		.doc = N_("What it is paid for") },
	{ "amount", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Amount due") },
	{ "share", TYPE_PERCENT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Amount due as a share of the contract") },
	{ "milestone", TYPE_REF, 0, CLASS_PLAN, .of = "task",
		.doc = N_("Falls due when this task is finished, or on the day of 'due' if that is "
			  "later") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("Falls due on this day") },
	{ "days", TYPE_INTEGER, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Days allowed after the milestone") },
	{ "condition", TYPE_LINE, 0, CLASS_PLAN,
		.doc = N_("What else must be there: invoice, acceptance report") },
	{ "account", TYPE_REF, 0, CLASS_PLAN, .of = "account",
		.doc = N_("Account it is charged to") },
	{ "invoiced", TYPE_DATE, 0, CLASS_FACT,
		.doc = N_("When the invoice was sent or received") },
	{ "invoice", TYPE_LINE, 0, CLASS_FACT, .doc = N_("Number of the invoice") },
	{ "paid", TYPE_DATE, FIELD_COLUMN, CLASS_FACT, .doc = N_("When the money moved") },
	{ "paid_amount", TYPE_MONEY, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Amount paid, when it differs") },
};

static void check_payment(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_exclusive(&check, "amount", "share");
	check_range(&check, "share", 0, 100);
	check_order(&check, "invoiced", "paid");
	check_one_of(&check, "amount", "share");
}

const struct kind kind_payment = {
	.name = "payment",
	.plural = "payments",
	.prefix = "PAY",
	.place = "contracts.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_payment,
	.doc = N_("A payment due under a contract, by date or by milestone"),
	.example = "[payment PAY-2]\n"
		   "title     = 试点验收款\n"
		   "contract  = CT-1\n"
		   "share     = 30%\n"
		   "milestone = T-30\n"
		   "days      = 15\n"
		   "condition = 验收报告、发票\n",
};
