#include "model/kinds/kinds.h"

/* Of each line. */
static const struct field fields[] = {
	{ "date", TYPE_DATETIME, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("When it was noted") },
	{ "who", TYPE_ID, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE,
		.doc = N_("Who noted it") },
	{ "text", TYPE_TEXT, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The whole line") },
};

const struct kind kind_note = {
	.name = "note",
	.plural = "notes",
	.place = "notes/%Y-%m.ini",
	.flags = KIND_JOURNAL | KIND_NAMED,
	.entry = JOURNAL_NOTE,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("Journal of remarks on any record"),
	.explain = N_("The id is that of any record; the keys are dates or datetimes; each line is "
		      "a remark, perhaps with "
		      "its author's id and a colon before it."),
	.example = "[note T-12]\n"
		   "2026-06-10 14:20 = li.wei: 联调环境周五到位\n",
};
