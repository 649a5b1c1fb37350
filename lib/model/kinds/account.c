#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/value.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the account") },
	{ "code", TYPE_LINE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Code in the books of the organisation") },
	{ "parent", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "account",
		.doc = N_("The account it is part of") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "cost|revenue", .fallback = "cost",
		.doc = N_("Money going out or coming in") },
	{ "category", TYPE_ENUM, 0, CLASS_PLAN,
		.of = "labour|hardware|software|service|construction|training|travel|operations|"
		      "other",
		.fallback = "other", .doc = N_("What the money is for") },
	{ "nature", TYPE_ENUM, 0, CLASS_PLAN, .of = "capital|operating", .fallback = "capital",
		.doc = N_("Capital (CAPEX) or operating expense (OPEX)") },
	{ "budget", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Money approved for it") },
	{ "phases", TYPE_LINES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("The budget by phase or module: 'TASK AMOUNT' a line, a parent task "
			  "naming the phase") },
	{ "contingency", TYPE_MONEY, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Contingency reserve for known risks, in the manager's hands") },
	{ "management_reserve", TYPE_MONEY, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Management reserve for the unknown, outside the baseline") },
	{ "spread", TYPE_ENUM, 0, CLASS_PLAN, .of = "tasks|even|start|end", .fallback = "tasks",
		.doc = N_("How budget that no task plans is spread over time") },
	{ "planned", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Cost planned by its tasks and records") },
	{ "committed", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Money ordered but not yet spent") },
	{ "actual", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Money spent") },
};

/* "T-2 1200000 CNY" */
static const char *phase_line(const struct check *check, struct slice line)
{
	static const struct field amount = {
		.name = "amount", .type = TYPE_MONEY, .flags = FIELD_POSITIVE
	};
	size_t blank = slice_find(line, ' ');
	struct slice id = slice_new(line.at, blank);

	if (!id_valid(id, NULL) ||
		!check_value(check, &amount, slice_trim(slice_from(line, blank))))
		return N_("a task and an amount, such as T-2 1200000");
	if (!project_find(check->project, &kind_task, id))
		return N_("the id of a task that exists, and an amount");
	return NULL;
}

static void check_account(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "parent");
	check_lines(&check, "phases", phase_line);
}

const struct kind kind_account = {
	.name = "account",
	.plural = "accounts",
	.place = "budget.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_account,
	.doc = N_("A line of the budget, in a tree"),
	.example = "[account business-layer]\n"
		   "title  = 业务层\n"
		   "type   = cost\n"
		   "budget = 320万 CNY\n"
		   "contingency = 16万 CNY\n",
};
