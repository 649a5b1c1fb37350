#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The lesson in one line") },
	{ "category", TYPE_LINE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Area: requirements, suppliers, testing, …") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "keep|avoid", .fallback = "avoid",
		.doc = N_("Something to do again, or not to") },
	{ "date", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it was learned") },
	{ "phase", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Phase it comes from") },
	{ "situation", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What happened") },
	{ "impact", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What it did to the project") },
	{ "recommendation", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What others should do") },
	{ "action", TYPE_REFS, 0, CLASS_FREE, .of = "task|issue|rule|checklist",
		.doc = N_("What was done about it") },
	{ "applies_to", TYPE_WORDS, 0, CLASS_FREE,
		.doc = N_("Where it applies: sorts of project, phases, technologies") },
	{ "from", TYPE_REFS, 0, CLASS_FREE, .of = "issue|risk|incident|change|meeting|sprint",
		.doc = N_("What taught it") },
};

const struct kind kind_lesson = {
	.name = "lesson",
	.plural = "lessons",
	.prefix = "L",
	.place = "lessons/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("Something learned, for the next project"),
	.example = "[lesson L-3]\n"
		   "title     = 接口规范先与医院信息科签字\n"
		   "category  = 需求\n"
		   "situation = 规范评审后三家医院要求改字段\n"
		   "impact    = 返工 5 天\n"
		   "recommendation = 评审必须有医院信息科签字\n",
};
