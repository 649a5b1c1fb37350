#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the rule watches") },
	{ "of", TYPE_ID, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Kind whose records it looks at, such as task; without it, measures of "
			  "the project") },
	{ "when", TYPE_CONDITION, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The condition that sets it off") },
	{ "where", TYPE_CONDITION, 0, CLASS_FREE, .doc = N_("Records it looks at, when not all") },
	{ "severity", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "note|warning|error",
		.fallback = "warning", .doc = N_("How bad it is when it goes off") },
	{ "message", TYPE_LINE, 0, CLASS_FREE, .doc = N_("What people are told") },
	{ "does", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "alert|gate|escalate|method|exit",
		.fallback = "alert",
		.doc = N_("Alert, stop a gate, escalate, check the method, or allow a phase to "
			  "end") },
	{ "gate", TYPE_WORDS, 0, CLASS_FREE,
		.doc = N_("Gates it stops: release, merge, phase names") },
	{ "escalate_to", TYPE_REFS, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who is told") },
	{ "after", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Escalate when it has held this long") },
	{ "enabled", TYPE_YESNO, 0, CLASS_FREE, .fallback = "yes",
		.doc = N_("no switches the rule off") },
};

static void check_rule(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	struct slice of = { NULL, 0 };

	if (record_text(record, "of", &of) && of.len && !kind_find(of))
		check_fault(&check, "of", 0, "kind-unknown", N_("unknown kind '%s'"), of);
	if (of.len && kind_find(of)) {
		check_condition_fields(&check, "when", kind_find(of));
		check_condition_fields(&check, "where", kind_find(of));
	}
	check_needs(&check, "does", "escalate", "escalate_to");
}

const struct kind kind_rule = {
	.name = "rule",
	.plural = "rules",
	.place = "rules.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_rule,
	.doc = N_("A condition over records or measures, and what happens when it holds"),
	.example = "[rule late-critical]\n"
		   "title    = 关键任务逾期\n"
		   "of       = task\n"
		   "when     = critical and finish > deadline\n"
		   "severity = error\n"
		   "does     = escalate\n"
		   "escalate_to = zhang.min\n",
};
