#include "model/kinds/kinds.h"

/* Of each line. */
static const struct field fields[] = {
	{ "date", TYPE_DATETIME, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The day") },
	{ "task", TYPE_REF, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE, .of = "task",
		.doc = N_("What was worked on") },
	{ "work", TYPE_EFFORT, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE,
		.doc = N_("How much, of all people together") },
	{ "text", TYPE_TEXT, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The whole line") },
};

const struct kind kind_timesheet = {
	.name = "timesheet",
	.plural = "timesheets",
	.place = "time/%Y-%m.ini",
	.flags = KIND_JOURNAL | KIND_NAMED,
	.entry = JOURNAL_TIME,
	.of = "resource|team",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("Journal of work done, by person or team: the day-labour centre"),
	.explain = N_("The id is that of a person or team; the keys are dates; each line is a "
		      "task, the work, and a "
		      "remark. A team says how many people: 4x8h."),
	.example = "[timesheet li.wei]\n"
		   "2026-03-04 = T-12 6h\n"
		   "             T-15 2h 评审，第 3 轮\n",
};
