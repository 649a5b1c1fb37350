#include "base/civil.h"
#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Title of the charter") },
	{ "purpose", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("Why the project is done") },
	{ "background", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What led to it") },
	{ "success_criteria", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Measurable goals and when they count as reached, one a line") },
	{ "requirements", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("High-level requirements, one a line") },
	{ "scope_in", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What is in scope, one a line") },
	{ "scope_out", TYPE_LINES, FIELD_LONG, CLASS_FREE, .doc = N_("What is not, one a line") },
	{ "deliverables", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Main deliverables, one a line") },
	{ "constraints", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Limits it must keep to, one a line") },
	{ "assumptions", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What is taken for granted, one a line") },
	{ "risks", TYPE_LINES, FIELD_LONG, CLASS_FREE, .doc = N_("Overall risks, one a line") },
	{ "milestones", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Summary milestones, 'DATE what' a line") },
	{ "budget", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Financial resources approved in advance") },
	{ "stakeholders", TYPE_REFS, 0, CLASS_FREE, .of = "stakeholder|resource|team",
		.doc = N_("Key stakeholders") },
	{ "sponsor", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "stakeholder|resource",
		.doc = N_("Who sponsors the project") },
	{ "sponsor_authority", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What the sponsor decides") },
	{ "manager", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|stakeholder",
		.doc = N_("The project manager assigned") },
	{ "authority", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What the manager may decide: people, money, changes") },
	{ "approval", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What must be approved, by whom, one a line") },
	{ "exit_criteria", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("When the project or a phase is closed or cancelled, one a line") },
	{ "approved", TYPE_DATE, FIELD_COLUMN, CLASS_FACT,
		.doc = N_("When the charter was signed") },
	{ "approved_by", TYPE_REFS, 0, CLASS_FACT, .of = "stakeholder|resource",
		.doc = N_("Who signed it") },
};

static const char *dated(const struct check *check, struct slice line)
{
	date_t date;

	(void)check;
	if (line.len >= 10 && date_parse(slice_new(line.at, 10), &date) == CIVIL_OK &&
		(line.len == 10 || line.at[10] == ' ' || line.at[10] == '\t'))
		return NULL;
	return N_("a date and what is due then, such as 2026-06-12 pilot accepted");
}

static void check_charter(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "milestones", dated);
}

const struct kind kind_charter = {
	.name = "charter",
	.plural = "charters",
	.place = "charter.ini",
	.flags = KIND_SINGLE,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_charter,
	.doc = N_("The document that starts the project and gives its manager authority"),
	.example = "[charter]\n"
		   "title   = 项目章程\n"
		   "purpose = 全省 10 个地市 300 家医院接入统一的医保结算平台，\n"
		   "          患者出院时即时结算。\n"
		   "success_criteria = 即时结算率 >= 95%\n"
		   "                   平均结算时间 < 3 s\n"
		   "scope_out  = 医院内部 HIS 改造\n"
		   "milestones = 2026-06-12 试点验收\n"
		   "             2027-03-05 全省上线\n"
		   "budget  = 860万 CNY\n",
};
