#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What is tested") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "acceptance|functional|interface|performance|security|usability|regression|"
		      "recovery|drill",
		.fallback = "acceptance", .doc = N_("What sort of test it is") },
	{ "requirement", TYPE_REFS, FIELD_COLUMN, CLASS_FREE, .of = "requirement",
		.doc = N_("Requirements it proves") },
	{ "deliverable", TYPE_REFS, 0, CLASS_FREE, .of = "deliverable",
		.doc = N_("Deliverables it accepts") },
	{ "release", TYPE_REF, 0, CLASS_FREE, .of = "release", .doc = N_("Release it belongs to") },
	{ "task", TYPE_REF, 0, CLASS_FREE, .of = "task", .doc = N_("Task in which it is run") },
	{ "precondition", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("What must be set up before") },
	{ "steps", TYPE_LINES, FIELD_LONG, CLASS_FREE, .doc = N_("What to do, one step a line") },
	{ "expected", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What should happen") },
	{ "priority", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "high|normal|low",
		.fallback = "normal", .doc = N_("How important it is") },
	{ "tester", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who runs it") },
	{ "automated", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Name of the automatic test, when there is one") },
	{ "result", TYPE_ENUM, FIELD_COMPUTED, CLASS_FREE, .of = "pass|fail|blocked|untested",
		.doc = N_("Result of the latest run") },
	{ "last_run", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("When it was run last") },
};

const struct kind kind_test = {
	.name = "test",
	.plural = "tests",
	.prefix = "TC",
	.place = "tests/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("A test case, above all an acceptance test (UAT)"),
	.explain = N_("What happened when it was run stands in the journal [run TC-…]."),
	.example = "[test TC-8]\n"
		   "title       = 出院即时结算\n"
		   "requirement = REQ-14\n"
		   "steps       = 在试点医院录入出院\n"
		   "              点击结算\n"
		   "expected    = 3 秒内返回结算单\n"
		   "tester      = zhang.min\n",
};
