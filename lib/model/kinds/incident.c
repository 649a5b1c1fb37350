#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FACT,
		.doc = N_("What happened, in one line") },
	{ "service", TYPE_REF, FIELD_COLUMN, CLASS_FACT, .of = "service",
		.doc = N_("Service it hit") },
	{ "severity", TYPE_INTEGER, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FACT, .fallback = "3",
		.doc = N_("1 (worst) to 5") },
	{ "started", TYPE_DATETIME, 0, CLASS_FACT, .doc = N_("When it began") },
	{ "detected", TYPE_DATETIME, FIELD_COLUMN, CLASS_FACT, .doc = N_("When it was noticed") },
	{ "acknowledged", TYPE_DATETIME, 0, CLASS_FACT, .doc = N_("When somebody took it on") },
	{ "mitigated", TYPE_DATETIME, 0, CLASS_FACT, .doc = N_("When the service worked again") },
	{ "resolved", TYPE_DATETIME, FIELD_COLUMN, CLASS_FACT,
		.doc = N_("When its cause was removed") },
	{ "downtime", TYPE_DURATION, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FACT,
		.doc = N_("How long users could not work; from detection to mitigation when "
			  "absent") },
	{ "affected", TYPE_LINE, 0, CLASS_FACT,
		.doc = N_("Who was affected: hospitals, users, transactions") },
	{ "data_lost", TYPE_YESNO, 0, CLASS_FACT, .fallback = "no",
		.doc = N_("Whether data was lost or leaked") },
	{ "commander", TYPE_REF, 0, CLASS_FACT, .of = "resource|team",
		.doc = N_("Who led the response") },
	{ "cause", TYPE_TEXT, FIELD_LONG, CLASS_FACT, .doc = N_("Root cause") },
	{ "timeline", TYPE_LINES, FIELD_LONG, CLASS_FACT,
		.doc = N_("What happened when, one step a line") },
	{ "actions", TYPE_REFS, 0, CLASS_FACT, .of = "issue|task",
		.doc = N_("What is done so that it does not happen again") },
	{ "release", TYPE_REF, 0, CLASS_FACT, .of = "release",
		.doc = N_("Release that caused it") },
	{ "problem", TYPE_REF, 0, CLASS_FACT, .of = "issue",
		.doc = N_("Problem behind several incidents") },
	{ "reported", TYPE_DATE, 0, CLASS_FACT,
		.doc = N_("When the authorities were told, where the law asks for it") },
};

static void check_incident(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_range(&check, "severity", 1, 5);
	check_order(&check, "started", "detected");
	check_order(&check, "detected", "acknowledged");
	check_order(&check, "started", "mitigated");
	check_order(&check, "detected", "mitigated");
	check_order(&check, "mitigated", "resolved");
}

const struct kind kind_incident = {
	.name = "incident",
	.plural = "incidents",
	.prefix = "INC",
	.place = "incidents/%s.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_incident,
	.doc = N_("A failure of a service, from detection to resolution"),
	.example = "[incident INC-2]\n"
		   "title        = 结算超时\n"
		   "service      = settlement\n"
		   "severity     = 2\n"
		   "detected     = 2026-07-03 10:12\n"
		   "acknowledged = 2026-07-03 10:20\n"
		   "mitigated    = 2026-07-03 11:05\n"
		   "resolved     = 2026-07-04 16:00\n"
		   "cause        = 连接池耗尽\n",
};
