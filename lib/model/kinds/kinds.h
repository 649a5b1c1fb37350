/* Private to lib/model: every kind, and the checks that several kinds share. */
#ifndef MODEL_KINDS_KINDS_H
#define MODEL_KINDS_KINDS_H

#include "base/alloc.h"
#include "model/kind.h"

extern const struct kind kind_project, kind_charter, kind_objective, kind_stakeholder,
	kind_requirement, kind_release, kind_calendar, kind_resource, kind_team, kind_task,
	kind_baseline, kind_account, kind_cost, kind_contract, kind_payment, kind_option,
	kind_timesheet, kind_risk, kind_swot, kind_node, kind_scale, kind_issue, kind_decision, kind_change,
	kind_event, kind_policy, kind_rule, kind_metric, kind_sample, kind_test, kind_run,
	kind_deliverable, kind_checklist, kind_workflow, kind_sprint, kind_sequence, kind_meeting, kind_service,
	kind_incident, kind_lesson, kind_debt, kind_note, kind_rate, kind_view;

/* What a check looks at. Every helper is silent about fields that are absent or malformed (told
 * elsewhere). */
struct check {
	const struct project *project;
	const struct record *record;
	struct diagnostics *found;
};

/* later < earlier is an error at `later` (date-order, value-order). Dates, datetimes, numbers,
 * money of one currency. */
void check_order(const struct check *check, const char *earlier, const char *later);
/* The same for constraints of a task: constraint-conflict. */
void check_constraint_order(const struct check *check, const char *earlier, const char *later);
/* Percentages, numbers and integers outside low..high (whole units): value-range at the field. */
void check_range(const struct check *check, const char *field, int64_t low, int64_t high);
/* Both written: field-conflict at the second. */
void check_exclusive(const struct check *check, const char *a, const char *b);
/* `field` is one of `words` (a|b) and `needs` is absent: field-missing at the record. */
void check_needs(
	const struct check *check, const char *field, const char *words, const char *needs);
/* Neither is written: field-missing at the record. */
void check_one_of(const struct check *check, const char *a, const char *b);
/* The record names itself in a reference field: ref-self. */
void check_not_self(const struct check *check, const char *field);
/* A finding at a byte of a field; format has one %s, for what was found. */
void check_fault(const struct check *check, const char *field, size_t offset, const char *id,
	const char *format, struct slice found);
/* The same at the record's header. */
void check_record_fault(
	const struct check *check, const char *id, const char *format, struct slice found);
/* Is the text a value of such a field, in the project's units? */
bool check_value(const struct check *check, const struct field *field, struct slice text);
/* A condition's fields, for the kind it is about: condition-field. */
void check_condition_fields(const struct check *check, const char *field, const struct kind *kind);
/*
 * Each line of a LINES field goes to `parse`, which answers NULL or what was expected (an N_()
 * text): value-syntax at the line.
 */
void check_lines(const struct check *check, const char *field,
	const char *(*parse)(const struct check *check, struct slice line));

#endif
