#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the person or thing") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_PLAN, .of = "person|equipment|material",
		.fallback = "person",
		.doc = N_("Person, equipment (used over time) or material (used up)") },
	{ "email", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Electronic mail address; links commits to the person") },
	{ "phone", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Telephone number") },
	{ "roles", TYPE_WORDS, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Roles in policies, such as sponsor, ccb, admin") },
	{ "job", TYPE_LINE, 0, CLASS_FREE, .doc = N_("What the person does in the project") },
	{ "team", TYPE_REFS, FIELD_COLUMN, CLASS_PLAN, .of = "team",
		.doc = N_("Teams it belongs to, besides those that list it as a member") },
	{ "supplier", TYPE_LINE, 0, CLASS_FREE, .doc = N_("The organisation it comes from") },
	{ "contract", TYPE_REF, 0, CLASS_FREE, .of = "contract",
		.doc = N_("The contract it comes under") },
	{ "location", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where it is") },
	{ "calendar", TYPE_REF, FIELD_COLUMN, CLASS_PLAN, .of = "calendar",
		.doc = N_("Its working time; the project's calendar when absent") },
	{ "leave", TYPE_DATES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Absences, one date or range a line; hours after a date are the hours "
			  "away") },
	{ "available_from", TYPE_DATE, 0, CLASS_PLAN, .doc = N_("First day with the project") },
	{ "available_to", TYPE_DATE, 0, CLASS_PLAN, .doc = N_("Last day with the project") },
	{ "capacity", TYPE_RATE, FIELD_POSITIVE | FIELD_COLUMN, CLASS_PLAN, .fallback = "1",
		.doc = N_("How many there are: 1 person full-time, 0.5 half, 12 cranes; of a material what has come in "
			  "all by then, any amount when absent; with later numbers on lines 'from DATE 3'") },
	{ "limit_day", TYPE_EFFORT, FIELD_POSITIVE, CLASS_PLAN, .doc = N_("Most work a day") },
	{ "limit_week", TYPE_EFFORT, FIELD_POSITIVE, CLASS_PLAN, .doc = N_("Most work a week") },
	{ "limit_month", TYPE_EFFORT, FIELD_POSITIVE, CLASS_PLAN, .doc = N_("Most work a month") },
	{ "rate", TYPE_RATE, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Cost of its work, such as 1500/d, with later rates on lines 'from DATE "
			  "1600/d'") },
	{ "overtime_rate", TYPE_RATE, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Cost of work beyond the calendar") },
	{ "cost_per_use", TYPE_MONEY, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Cost of each task that uses it") },
	{ "accrual", TYPE_ENUM, 0, CLASS_PLAN, .of = "start|prorated|end", .fallback = "prorated",
		.doc = N_("When its cost falls due") },
	{ "unit", TYPE_LINE, 0, CLASS_PLAN, .doc = N_("Unit in which a material is counted") },
	{ "account", TYPE_REF, 0, CLASS_PLAN, .of = "account",
		.doc = N_("Account its work is charged to where the task names none") },
	{ "skills", TYPE_WORDS, 0, CLASS_PLAN,
		.doc = N_("What it can do, for assign = skill:k8s") },
	{ "manager", TYPE_REF, 0, CLASS_FREE, .of = "resource|stakeholder",
		.doc = N_("Who leads the person") },
	{ "stakeholder", TYPE_REF, 0, CLASS_FREE, .of = "stakeholder",
		.doc = N_("The same person in the stakeholder register") },
	{ "keys", TYPE_LINES, FIELD_LONG, CLASS_AUTHORITY,
		.doc = N_("SSH public keys with which the person signs, one a line") },
};

/* A number of people or machines, not an amount of money or per hour. */
static void check_capacity(const struct check *check)
{
	struct arena arena;
	struct value value;

	arena_init(&arena);
	if (record_value(check->project, check->record,
		    kind_field_named(&kind_resource, "capacity"), &arena, &value))
		for (size_t i = 0; i < value.as.rate.count; i++)
			if (value.as.rate.steps[i].per != 'f' || value.as.rate.steps[i].amount.currency[0]) {
				check_fault(check, "capacity", 0, "value-unit",
					N_("a capacity is a number without unit or currency"), slice_of(""));
				break;
			}
	arena_release(&arena);
}

static void check_resource(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "available_from", "available_to");
	check_order(&check, "limit_day", "limit_week");
	check_order(&check, "limit_week", "limit_month");
	check_capacity(&check);
}

const struct kind kind_resource = {
	.name = "resource",
	.plural = "resources",
	.place = "people.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_resource,
	.doc = N_("A person, a machine or a material that tasks need"),
	.explain = N_("People work while their calendar and the task's calendar both say so, less "
		      "their leave. "
		      "roles and keys decide who may sign which changes; changing them is an act "
		      "of authority."),
	.example = "[resource li.wei]\n"
		   "title    = 李伟\n"
		   "email    = li.wei@example.org\n"
		   "roles    = ccb\n"
		   "calendar = cn\n"
		   "rate     = 1500 CNY/d\n"
		   "           from 2026-07-01 1600 CNY/d\n"
		   "leave    = 2026-05-06..2026-05-08 年假\n"
		   "skills   = java, k8s\n",
};
