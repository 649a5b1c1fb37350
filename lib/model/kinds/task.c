#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/value.h"

static const struct field fields[] = {
	{ "wbs", TYPE_LINE, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Code in the work breakdown structure, such as 2.1.3") },
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_PLAN, .doc = N_("What is done, in one line") },
	{ "parent", TYPE_REF, 0, CLASS_PLAN, .of = "task",
		.doc = N_("The task this one is part of; it spans its children") },
	{ "method", TYPE_ENUM, 0, CLASS_FREE, .of = "waterfall|scrum|kanban|hybrid",
		.doc = N_("How the work below this parent is run; the project's when absent") },
	{ "milestone", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "no",
		.doc = N_("A moment that matters: it has no duration") },
	/* network */
	{ "depends", TYPE_DEPENDENCIES, 0, CLASS_PLAN,
		.doc = N_("Predecessors with link type (FS when not said) and lag or lead") },
	{ "duration", TYPE_DURATION, FIELD_POSITIVE | FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("Working time from start to finish, or elapsed time (3ed)") },
	{ "effort", TYPE_EFFORT, FIELD_POSITIVE | FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("Work to be done; the people assigned make the duration of it") },
	{ "distribution", TYPE_ENUM, 0, CLASS_PLAN,
		.of = "pert|triangular|normal|lognormal|exponential|uniform|fixed",
		.doc = N_("Distribution of the three-point estimate; the project's when absent") },
	/* people */
	{ "assign", TYPE_ALLOCATIONS, FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("Who and what works on it, with shares and amounts; without a share as much as there is of each, at most "
			  "one whole") },
	{ "together", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "no",
		.doc = N_("Those assigned work only while all of them are there") },
	{ "responsible", TYPE_REFS, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("RACI: who does the work") },
	{ "accountable", TYPE_REF, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("RACI: the one who answers for it") },
	{ "consulted", TYPE_REFS, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("RACI: who is asked before") },
	{ "informed", TYPE_REFS, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("RACI: who is told after") },
	/* constraints */
	{ "not_before", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("Start no earlier than this; a date means the start of the day") },
	{ "not_after", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("Finish no later than this; a date means the end of the day") },
	{ "start_not_after", TYPE_DATETIME, 0, CLASS_PLAN, .doc = N_("Start no later than this") },
	{ "finish_not_before", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("Finish no earlier than this") },
	{ "must_start", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("Start exactly then, links or not") },
	{ "must_finish", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("Finish exactly then, links or not") },
	{ "as_late_as_possible", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "no",
		.doc = N_("Start as late as its successors allow") },
	{ "deadline", TYPE_DATETIME, 0, CLASS_PLAN,
		.doc = N_("When it is due; a miss is reported, and moves nothing") },
	{ "calendar", TYPE_REF, 0, CLASS_PLAN, .of = "calendar",
		.doc = N_("When this task can be worked on; the project's calendar when absent") },
	{ "ignore_resource_calendar", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "no",
		.doc = N_("Count on the task's calendar alone, whoever is assigned") },
	{ "levelling_delay", TYPE_DURATION, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Wait this long after the moment the network allows") },
	{ "buffer", TYPE_PERCENT, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("On a parent or milestone: a buffer of this share of its longest path "
			  "behind it") },
	{ "priority", TYPE_INTEGER, FIELD_POSITIVE, CLASS_PLAN, .fallback = "500",
		.doc = N_("0 to 1000: who goes first when people are short") },
	{ "split", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "no",
		.doc = N_("Levelling may interrupt the task") },
	{ "interruptions", TYPE_DATES, 0, CLASS_PLAN,
		.doc = N_("Days on which no work is done on it, as planned or as it was") },
	{ "recurring", TYPE_LINE, 0, CLASS_PLAN,
		.doc = N_("Takes place again and again: 'weekly mon 09:00', 'every 2 weeks fri until 2026-12-31', 'monthly 1', "
			  "'monthly last fri 10 times'; without an end until the project's finish") },
	/* money */
	{ "account", TYPE_REF, 0, CLASS_PLAN, .of = "account",
		.doc = N_("The account it is charged to") },
	{ "fixed_cost", TYPE_MONEY, 0, CLASS_PLAN,
		.doc = N_("Cost besides the rates of those who work on it") },
	{ "fixed_cost_accrual", TYPE_ENUM, 0, CLASS_PLAN, .of = "start|prorated|end",
		.fallback = "prorated", .doc = N_("When the fixed cost falls due") },
	/* facts */
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "planned|ready|doing|review|blocked|done|cancelled",
		.doc = N_("Where it stands; follows from progress and actual dates when absent") },
	{ "progress", TYPE_PERCENT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Share of the work that is done") },
	{ "actual_start", TYPE_DATETIME, 0, CLASS_FACT, .doc = N_("When work began") },
	{ "actual_finish", TYPE_DATETIME, 0, CLASS_FACT, .doc = N_("When it was done") },
	{ "actual_effort", TYPE_EFFORT, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Work spent so far, where no timesheets tell") },
	{ "actual_cost", TYPE_MONEY, 0, CLASS_FACT,
		.doc = N_("Money spent so far, where no cost records tell") },
	{ "remaining", TYPE_DURATION, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Working time still needed: of effort where the task has effort, else of "
			  "duration") },
	{ "blocked_by", TYPE_LINE, 0, CLASS_FACT, .doc = N_("What keeps it from going on") },
	/* scope, quality and method */
	{ "points", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE, .doc = N_("Size in story points") },
	{ "sprint", TYPE_REF, 0, CLASS_FREE, .of = "sprint",
		.doc = N_("The sprint it is done in") },
	{ "workflow", TYPE_REF, 0, CLASS_FREE, .of = "workflow",
		.doc = N_("The workflow whose states it goes through") },
	{ "state", TYPE_ID, 0, CLASS_FACT, .doc = N_("State in its workflow") },
	{ "requested", TYPE_DATE, 0, CLASS_FACT,
		.doc = N_("When it was asked for; lead time counts from here") },
	{ "requirement", TYPE_REFS, 0, CLASS_PLAN, .of = "requirement",
		.doc = N_("Requirements it serves") },
	{ "deliverable", TYPE_REFS, 0, CLASS_PLAN, .of = "deliverable",
		.doc = N_("What it delivers") },
	{ "release", TYPE_REF, 0, CLASS_FREE, .of = "release",
		.doc = N_("The release it belongs to") },
	{ "risks", TYPE_REFS, 0, CLASS_FREE, .of = "risk", .doc = N_("Risks it responds to") },
	{ "acceptance", TYPE_LINES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Acceptance criteria, one a line") },
	{ "dictionary", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("WBS dictionary: scope and exclusions, quality, technical references, "
			  "assumptions") },
	{ "ev_rule", TYPE_LINE, 0, CLASS_PLAN,
		.doc = N_("How it earns value: percent, 0/100, 50/50, 25/75, milestones, units, "
			  "loe, apportioned T-3 10%") },
	{ "ev_milestones", TYPE_LINES, FIELD_LONG, CLASS_PLAN,
		.doc = N_("Weighted milestones, 'weight% title' a line, '[x]' in front when "
			  "reached; weights sum to 100%") },
	{ "units_total", TYPE_NUMBER, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Units of output planned, for the units rule") },
	{ "units_done", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Units of output made") },
	/* computed by the schedule */
	{ "start", TYPE_DATETIME, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Scheduled start") },
	{ "finish", TYPE_DATETIME, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Scheduled finish") },
	{ "wait", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Working time by which it starts later because people are busy") },
	{ "assigned", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "resource",
		.doc = N_("Who does it, as chosen among alternatives, teams and skills") },
	{ "early_start", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Earliest start (ES)") },
	{ "early_finish", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Earliest finish (EF)") },
	{ "late_start", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE, .doc = N_("Latest start (LS)") },
	{ "late_finish", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Latest finish (LF)") },
	{ "total_float", TYPE_DURATION, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("How far it can slip without moving the project's finish (TF)") },
	{ "free_float", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("How far it can slip without moving any successor (FF)") },
	{ "independent_float", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("How far it can slip whatever its neighbours do, all being late before it and early behind it") },
	{ "interfering_float", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("The part of its total float that its successors would lose (TF - FF)") },
	{ "drag", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("By how much the project would finish earlier if the task took no time") },
	{ "float_cause", TYPE_LINE, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Where total float is negative: whose constraint makes it so, such as 'T-9 not_after'") },
	{ "critical", TYPE_YESNO, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("It is on the critical path") },
	{ "scheduled_duration", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Working time from scheduled start to scheduled finish") },
	{ "level", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Depth in the work breakdown structure; 1 at the top") },
	{ "children", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "task",
		.doc = N_("Its direct parts") },
	{ "successors", TYPE_REFS, FIELD_COMPUTED, CLASS_FREE, .of = "task",
		.doc = N_("Tasks that depend on it") },
	{ "baseline_start", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Start in the current baseline") },
	{ "baseline_finish", TYPE_DATETIME, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Finish in the current baseline") },
	{ "finish_variance", TYPE_DURATION, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Working time by which it finishes later than the current baseline") },
};

static bool written(const struct check *check, const char *field)
{
	struct slice text;

	return record_text(check->record, field, &text) && slice_trim(text).len;
}

/* At most one thing may fix a start, and one a finish; both together leave no room for the
 * duration. */
static void check_constraints(const struct check *check)
{
	check_exclusive(check, "must_start", "not_before");
	check_exclusive(check, "must_start", "start_not_after");
	check_exclusive(check, "must_finish", "not_after");
	check_exclusive(check, "must_finish", "finish_not_before");
	check_constraint_order(check, "must_start", "must_finish");
	check_constraint_order(check, "not_before", "not_after");
	check_constraint_order(check, "not_before", "start_not_after");
	check_constraint_order(check, "finish_not_before", "not_after");
	check_constraint_order(check, "not_before", "must_finish");
	check_constraint_order(check, "must_start", "not_after");
}

/* What is said to have happened after the status date has not happened yet. */
static void check_future(const struct check *check)
{
	static const char *const facts[] = { "actual_start", "actual_finish" };
	struct slice status = project_setting(check->project, "status_date"), text;
	moment_t until, when;
	bool has_time;

	if (moment_parse(status, &until, &has_time) != CIVIL_OK)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++)
		if (record_text(check->record, facts[i], &text) &&
			moment_parse(slice_trim(text), &when, &has_time) == CIVIL_OK &&
			moment_date(when) > moment_date(until))
			check_fault(check, facts[i], 0, "progress-future",
				N_("'%s' lies after the status date"), text);
}

static void check_facts(const struct check *check)
{
	struct slice status = record_text_or(check->record, "status");
	struct slice progress = record_text_or(check->record, "progress");

	check_order(check, "actual_start", "actual_finish");
	if (slice_is(status, "planned") && written(check, "actual_start"))
		check_fault(check, "status", 0, "status-conflict",
			N_("status '%s' contradicts the actual start"), status);
	if (slice_is(status, "done") && progress.len && !slice_is(progress, "100%") &&
		!slice_is(progress, "100"))
		check_fault(check, "progress", 0, "status-conflict",
			N_("progress '%s' contradicts status done"), progress);
	if (written(check, "actual_finish") &&
		(slice_is(status, "planned") || slice_is(status, "doing")))
		check_fault(check, "status", 0, "status-conflict",
			N_("status '%s' contradicts the actual finish"), status);
}

static void check_milestone(const struct check *check)
{
	const struct field *field = kind_field_named(&kind_task, "duration");
	struct value value;
	struct arena arena;

	if (!slice_is(record_text_or(check->record, "milestone"), "yes"))
		return;
	check_exclusive(check, "milestone", "effort");
	arena_init(&arena);
	if (record_value(check->project, check->record, field, &arena, &value) &&
		estimate_mean(&value.as.estimate) != 0)
		check_fault(check, "duration", 0, "milestone-duration",
			N_("a milestone has no duration, and this one has '%s'"),
			record_text_or(check->record, "duration"));
	arena_release(&arena);
}

static void check_recurring(const struct check *check)
{
	struct slice text = record_text_or(check->record, "recurring");
	struct value_fault wrong = { .id = "value-syntax" };
	struct recurrence rule;

	if (slice_trim(text).len > 0 && recurrence_parse(text, &rule, &wrong) != 0)
		check_fault(check, "recurring", wrong.offset, wrong.id,
			N_("'%s' is no rule such as weekly mon 09:00, every 2 weeks fri, monthly 1, yearly 05-01"), text);
}

/* Exactly one answers for a task whose roles somebody wrote down: itself, or a parent of it, names them. */
static void check_roles(const struct check *check)
{
	enum { DEPTH_MOST = 1000 }; /* parents may lead in a circle, which is told elsewhere */
	const struct record *task = check->record;
	struct slice text;

	for (int depth = 0; task && depth < DEPTH_MOST; depth++) {
		if ((record_text(task, "accountable", &text) && slice_trim(text).len) ||
			(record_text(task, "owner", &text) && slice_trim(text).len))
			return;
		task = record_text(task, "parent", &text) ? project_find(check->project, &kind_task, slice_trim(text)) : NULL;
	}
	check_record_fault(check, "raci-accountable",
		N_("%s: roles are written down, but nobody is accountable for it"), check->record->id);
}

/* Plans have many tasks with few fields: look once at what there is before asking for fields by
 * name. */
struct given {
	unsigned dates, facts, answers, numbers, rules, roles;
};

static struct given what_is_given(const struct record *record)
{
	struct given given = { .dates = 0 };

	for (uint32_t i = 0; i < record->entry_count; i++) {
		uint16_t index = record->entries[i].field;
		const struct field *field;

		if (index >= ARRAY_SIZE(fields))
			continue;
		field = &fields[index];
		given.facts += field->class == CLASS_FACT;
		given.dates += field->type == TYPE_DATETIME;
		given.answers += field->type == TYPE_YESNO;
		given.rules += field->type == TYPE_LINE && strcmp(field->name, "recurring") == 0;
		given.roles += field->type == TYPE_REFS && word_index("responsible|consulted|informed", slice_of(field->name)) >= 0;
		given.numbers += field->type == TYPE_INTEGER || field->type == TYPE_NUMBER;
	}
	return given;
}

static void check_task(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	struct given given = what_is_given(record);

	if (given.dates > 1)
		check_constraints(&check);
	if (given.facts > 1)
		check_facts(&check);
	if (given.facts) {
		check_range(&check, "progress", 0, 100);
		check_future(&check);
	}
	if (given.answers)
		check_milestone(&check);
	if (given.roles)
		check_roles(&check);
	if (given.rules)
		check_recurring(&check);
	if (given.numbers) {
		check_range(&check, "priority", 0, 1000);
		check_order(&check, "units_done", "units_total");
	}
	check_not_self(&check, "parent");
}

const struct kind kind_task = {
	.name = "task",
	.plural = "tasks",
	.prefix = "T",
	.place = "plan.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_task,
	.doc = N_("A piece of work, a milestone, or a parent that gathers them: the plan"),
	.explain = N_("Tasks are listed in the order in which they stand; parent makes the work "
		      "breakdown "
		      "structure. A task has a duration, or an effort from which its duration "
		      "follows with the people "
		      "assigned, or both; either may be the estimate 3d/5d/10d. Dates are "
		      "computed, never "
		      "stored: what is written are links, constraints and facts. Microsoft "
		      "Project's eight constraints are "
		      "as soon as possible (nothing written), as_late_as_possible, not_before "
		      "(SNET), start_not_after "
		      "(SNLT), finish_not_before (FNET), not_after (FNLT), must_start (MSO) and "
		      "must_finish (MFO)."),
	.example = "[task T-12]\n"
		   "title    = 结算引擎\n"
		   "parent   = T-2\n"
		   "depends  = T-7, T-9 SS+2d\n"
		   "effort   = 30d\n"
		   "assign   = li.wei, @backend 50%\n"
		   "account  = business-layer\n"
		   "deadline = 2026-06-30\n"
		   "status   = doing\n"
		   "progress = 40%\n"
		   "actual_start = 2026-04-07\n",
};
