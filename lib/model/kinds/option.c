#include "base/civil.h"
#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("The alternative in one line") },
	{ "cash_flows", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("'DATE AMOUNT [what]' a line; money going out is negative") },
	{ "rate", TYPE_PERCENT, 0, CLASS_FREE,
		.doc = N_("Yearly discount rate; the project's when absent") },
	{ "convention", TYPE_ENUM, 0, CLASS_FREE, .of = "first_undiscounted|all_discounted",
		.fallback = "first_undiscounted",
		.doc = N_("Whether the first year's flow is discounted") },
	{ "benefits", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Benefits besides money, one a line") },
	{ "drawbacks", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Drawbacks and risks, one a line") },
	{ "score", TYPE_NUMBER, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Weighted score of what is not money") },
	{ "chosen", TYPE_YESNO, FIELD_COLUMN, CLASS_FREE, .fallback = "no",
		.doc = N_("The one that was chosen") },
	{ "decision", TYPE_REF, 0, CLASS_FREE, .of = "decision",
		.doc = N_("The decision that chose") },
	{ "npv", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Net present value") },
	{ "irr", TYPE_PERCENT, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Internal rate of return") },
	{ "roi", TYPE_PERCENT, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Return on investment") },
	{ "payback", TYPE_NUMBER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Years until the money is back") },
};

static const char *cash_flow(const struct check *check, struct slice line)
{
	static const struct field amount = { .name = "amount", .type = TYPE_MONEY };
	struct slice rest = slice_trim(slice_from(line, 10)), word;
	date_t date;

	if (line.len < 10 || date_parse(slice_new(line.at, 10), &date) != CIVIL_OK ||
		!slice_next(&rest, " \t", &word) || !check_value(check, &amount, word))
		return N_("a date and an amount, such as 2026-12-31 -1200000");
	return NULL;
}

static void check_option(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "cash_flows", cash_flow);
}

const struct kind kind_option = {
	.name = "option",
	.plural = "options",
	.prefix = "OPT",
	.place = "business.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_option,
	.doc = N_("An alternative of the business case, with its cash flows"),
	.example = "[option OPT-1]\n"
		   "title      = 自建平台\n"
		   "rate       = 8%\n"
		   "cash_flows = 2026-12-31 -8600000\n"
		   "             2027-12-31 3200000 节约手工报销\n"
		   "             2028-12-31 4100000\n"
		   "             2029-12-31 4100000\n"
		   "chosen     = yes\n",
};
