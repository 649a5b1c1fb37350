#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the list is for") },
	{ "applies_to", TYPE_WORDS, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Where it is used: kinds, phases or records") },
	{ "gate", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("Gates that need it complete") },
	{ "task", TYPE_REF, 0, CLASS_FREE, .of = "task", .doc = N_("Task that works through it") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it is to be complete") },
	{ "items", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("One item a line: '[ ] what', or '[x] what; by whom; date; evidence'") },
	{ "done_by", TYPE_REF, FIELD_COLUMN, CLASS_FACT, .of = "resource|stakeholder",
		.doc = N_("Who completed it") },
	{ "done", TYPE_DATE, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it was complete") },
	{ "evidence", TYPE_LINES, FIELD_LONG, CLASS_FACT,
		.doc = N_("Where the proof is, one a line") },
};

static const char *item(const struct check *check, struct slice line)
{
	(void)check;
	if (line.at[0] != '[' || slice_starts(line, "[ ] ") || slice_starts(line, "[x] ") ||
		slice_starts(line, "[-] "))
		return NULL;
	return N_("an item with [ ], [x] (done) or [-] (not needed) before it");
}

static void check_checklist(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "items", item);
}

const struct kind kind_checklist = {
	.name = "checklist",
	.plural = "checklists",
	.place = "checklists.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_checklist,
	.doc = N_("A list of things to look at, and who did"),
	.example = "[checklist go-live]\n"
		   "title = 上线检查\n"
		   "items = [x] 数据备份可恢复; li.wei; 2026-06-10; drill.log\n"
		   "        [ ] 值班表已发\n"
		   "        [ ] 回退演练\n",
};
