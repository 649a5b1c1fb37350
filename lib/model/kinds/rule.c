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
	{ "method", TYPE_WORDS, 0, CLASS_FREE,
		.doc = N_("Methods the rule belongs to (does = method); every one when absent") },
	{ "at_least", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Methods: so many of the records chosen must meet the condition, such as 1 or 100%") },
	{ "given", TYPE_CONDITION, 0, CLASS_FREE,
		.doc = N_("Methods: condition on [project] without which the rule does not count") },
	{ "enabled", TYPE_YESNO, 0, CLASS_FREE, .fallback = "yes",
		.doc = N_("no switches the rule off") },
};

/* "1", "100%" */
static void check_at_least(const struct check *check)
{
	struct slice text, number;
	decimal_t value;
	bool share;

	if (!record_text(check->record, "at_least", &text))
		return;
	number = slice_trim(text);
	share = slice_ends(number, "%");
	if (share)
		number = slice_trim(slice_new(number.at, number.len - 1));
	if (decimal_parse(number, &value) != DECIMAL_OK || value < 0 || (share && value > decimal_from_integer(100)))
		check_fault(check, "at_least", 0, "value-syntax",
			N_("'%s' is no number of records: expected e.g. 1 or 100%"), text);
}

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
	check_at_least(&check);
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
