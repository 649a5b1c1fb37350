#include "model/kinds/kinds.h"

/* Of each line. */
static const struct field fields[] = {
	{ "date", TYPE_DATETIME, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("When it ran") },
	{ "result", TYPE_ENUM, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE, .of = "pass|fail|blocked|skipped",
		.doc = N_("How it ended") },
	{ "who", TYPE_ID, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE,
		.doc = N_("Who tested") },
	{ "text", TYPE_TEXT, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The whole line") },
};

const struct kind kind_run = {
	.name = "run",
	.plural = "runs",
	.place = "tests/runs/%Y-%m.ini",
	.flags = KIND_JOURNAL | KIND_NAMED,
	.entry = JOURNAL_RUN,
	.of = "test",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("Journal of runs of a test: result, tester, evidence"),
	.explain = N_(
		"The id is that of a test; the keys are dates or datetimes; each line is pass, "
		"fail, blocked or "
		"skipped, the tester's id, and evidence or a remark (the issue that was raised)."),
	.example = "[run TC-8]\n"
		   "2026-06-10 = fail zhang.min I-9 超时\n"
		   "2026-06-12 14:00 = pass zhang.min evidence/TC-8.pdf\n",
};
