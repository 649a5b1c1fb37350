#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the meeting is about") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "kickoff|standup|planning|review|retrospective|workshop|ccb|steering|open_"
		      "day|acceptance|closing|other",
		.fallback = "other", .doc = N_("What sort of meeting it is") },
	{ "date", TYPE_DATETIME, FIELD_COLUMN, CLASS_FACT,
		.doc = N_("When it took or takes place") },
	{ "duration", TYPE_DURATION, FIELD_POSITIVE, CLASS_FACT, .doc = N_("How long it takes") },
	{ "place", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where") },
	{ "chair", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|stakeholder",
		.doc = N_("Who leads it") },
	{ "present", TYPE_REFS, 0, CLASS_FACT, .of = "resource|stakeholder|team",
		.doc = N_("Who was there") },
	{ "absent", TYPE_REFS, 0, CLASS_FACT, .of = "resource|stakeholder|team",
		.doc = N_("Who was missing") },
	{ "guests", TYPE_WORDS, 0, CLASS_FACT, .doc = N_("People who are in no register") },
	{ "agenda", TYPE_LINES, FIELD_LONG, CLASS_FREE, .doc = N_("One item a line") },
	{ "notes", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("What was said") },
	{ "decisions", TYPE_REFS, 0, CLASS_FACT, .of = "decision", .doc = N_("Decisions it took") },
	{ "actions", TYPE_REFS, 0, CLASS_FACT, .of = "issue|task",
		.doc = N_("Actions it gave out, as issues or tasks") },
	{ "sprint", TYPE_REF, 0, CLASS_FREE, .of = "sprint", .doc = N_("Sprint it belongs to") },
	{ "change", TYPE_REFS, 0, CLASS_FREE, .of = "change", .doc = N_("Changes it dealt with") },
};

const struct kind kind_meeting = {
	.name = "meeting",
	.plural = "meetings",
	.prefix = "MTG",
	.place = "meetings/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("A meeting and what came of it"),
	.example = "[meeting MTG-12]\n"
		   "title   = 变更控制委员会第 3 次会议\n"
		   "type    = ccb\n"
		   "date    = 2026-06-10 14:00\n"
		   "present = zhang.min, li.wei\n"
		   "agenda  = CR-k7q4x 新增 20 家医院\n"
		   "actions = I-9\n",
};
