#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The issue in one line") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "problem|defect|vulnerability|action|question", .fallback = "problem",
		.doc = N_("What sort of issue it is") },
	{ "severity", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "critical|major|minor|trivial",
		.fallback = "minor", .doc = N_("How bad it is") },
	{ "priority", TYPE_ENUM, 0, CLASS_FREE, .of = "urgent|high|normal|low",
		.fallback = "normal", .doc = N_("How soon it must be dealt with") },
	{ "score", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Vulnerabilities: CVSS score, 0 to 10") },
	{ "cve", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Vulnerabilities: CVE or CNNVD number") },
	{ "raised_by", TYPE_REF, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who raised it") },
	{ "raised", TYPE_DATE, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it was raised") },
	{ "owner", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who resolves it") },
	{ "due", TYPE_DATE, FIELD_COLUMN, CLASS_FREE, .doc = N_("When it is to be resolved") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT,
		.of = "open|doing|blocked|resolved|closed|rejected", .fallback = "open",
		.doc = N_("Where it stands") },
	{ "impact", TYPE_TEXT, FIELD_LONG, CLASS_FREE, .doc = N_("What it does to the project") },
	{ "tasks", TYPE_REFS, 0, CLASS_FREE, .of = "task", .doc = N_("Tasks it touches") },
	{ "requirement", TYPE_REFS, 0, CLASS_FREE, .of = "requirement",
		.doc = N_("Requirements it touches") },
	{ "service", TYPE_REF, 0, CLASS_FREE, .of = "service", .doc = N_("Service it touches") },
	{ "component", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Part of the system") },
	{ "risk", TYPE_REF, 0, CLASS_FREE, .of = "risk", .doc = N_("Risk it grew from") },
	{ "meeting", TYPE_REF, 0, CLASS_FREE, .of = "meeting", .doc = N_("Meeting it comes from") },
	{ "introduced_by", TYPE_REF, 0, CLASS_FACT, .of = "task|change|release",
		.doc = N_("Defects: what brought it in") },
	{ "introduced_in", TYPE_ENUM, 0, CLASS_FACT,
		.of = "requirement|design|code|configuration|deployment|operation",
		.doc = N_("Defects: phase that brought it in") },
	{ "found_in", TYPE_ENUM, 0, CLASS_FACT,
		.of = "review|unit|integration|system|acceptance|pilot|production",
		.doc = N_("Defects: phase that found it") },
	{ "test", TYPE_REF, 0, CLASS_FACT, .of = "test", .doc = N_("Test that found it") },
	{ "version", TYPE_LINE, 0, CLASS_FACT, .doc = N_("Version it was found in") },
	{ "cause", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("Why it happened") },
	{ "resolution", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("How it was resolved") },
	{ "resolved", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When it was resolved") },
	{ "closed", TYPE_DATE, 0, CLASS_FACT, .doc = N_("When whoever raised it agreed") },
	{ "rework", TYPE_EFFORT, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("Work it cost to put right") },
	{ "reopened", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("How often it came back") },
	/* computed by lib/risk */
	{ "age", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Days from when it was raised to today, or to when it was resolved") },
	{ "overdue", TYPE_INTEGER, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Open ones: days since it was due") },
};

static void check_issue(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "raised", "resolved");
	check_order(&check, "resolved", "closed");
	check_range(&check, "score", 0, 10);
}

const struct kind kind_issue = {
	.name = "issue",
	.plural = "issues",
	.prefix = "I",
	.place = "issues/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_issue,
	.doc = N_("Something that is wrong, open or to be done: the issue log"),
	.example = "[issue I-6]\n"
		   "title    = 接口规范返工\n"
		   "type     = problem\n"
		   "severity = major\n"
		   "raised   = 2026-05-28\n"
		   "owner    = wang.fang\n"
		   "due      = 2026-06-05\n"
		   "status   = doing\n"
		   "tasks    = T-9\n",
};
