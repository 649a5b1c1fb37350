#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The decision in one line") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "proposed|accepted|rejected|superseded", .fallback = "accepted",
		.doc = N_("Whether it holds") },
	{ "context", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What made a decision necessary") },
	{ "options", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What was considered, one a line") },
	{ "decision", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What was decided, and why") },
	{ "consequences", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What follows from it, good and bad") },
	{ "decided_by", TYPE_REFS, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who decided") },
	{ "decided", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When") },
	{ "due", TYPE_DATE, 0, CLASS_FREE, .doc = N_("By when a proposed one must be decided") },
	{ "supersedes", TYPE_REFS, 0, CLASS_FREE, .of = "decision",
		.doc = N_("Decisions it replaces") },
	{ "meeting", TYPE_REF, 0, CLASS_FREE, .of = "meeting", .doc = N_("Meeting that took it") },
	{ "change", TYPE_REF, 0, CLASS_FREE, .of = "change",
		.doc = N_("Change that carries it out") },
	{ "tasks", TYPE_REFS, 0, CLASS_FREE, .of = "task", .doc = N_("Tasks it concerns") },
	{ "review", TYPE_DATE, 0, CLASS_FREE, .doc = N_("When to look at it again") },
};

static void check_decision(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "supersedes");
	check_order(&check, "decided", "review");
}

const struct kind kind_decision = {
	.name = "decision",
	.plural = "decisions",
	.prefix = "D",
	.place = "decisions/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_decision,
	.doc = N_("A decision with its reasons, so that nobody has to guess later"),
	.example = "[decision D-3]\n"
		   "title      = 结算引擎采用消息队列解耦\n"
		   "context    = 医院峰值集中在 10 点到 11 点\n"
		   "options    = 同步调用\n"
		   "             消息队列\n"
		   "decision   = 消息队列：峰值可排队，医院侧不受影响\n"
		   "decided_by = li.wei\n"
		   "decided    = 2026-03-20\n",
};
