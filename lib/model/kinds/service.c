#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the service") },
	{ "owner", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who runs it") },
	{ "customer", TYPE_REFS, 0, CLASS_FREE, .of = "stakeholder", .doc = N_("Who uses it") },
	{ "criticality", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "critical|high|normal|low",
		.fallback = "normal", .doc = N_("How much depends on it") },
	{ "indicator", TYPE_LINE, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("What is measured (SLI): availability, latency, …") },
	{ "metric", TYPE_REF, 0, CLASS_FREE, .of = "metric", .doc = N_("Metric that measures it") },
	{ "objective", TYPE_PERCENT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Service level objective (SLO)") },
	{ "agreement", TYPE_PERCENT, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What the contract promises (SLA)") },
	{ "window", TYPE_DURATION, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE, .fallback = "30ed",
		.doc = N_("Window over which it is counted") },
	{ "response", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Time to respond, 'severity duration' a line: '1 15min'") },
	{ "resolution", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Time to resolve, 'severity duration' a line: '1 4h'") },
	{ "calendar", TYPE_REF, 0, CLASS_FREE, .of = "calendar",
		.doc = N_("When it is supported; always when absent") },
	{ "maintenance", TYPE_DATES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Announced maintenance, which is no downtime") },
	{ "recovery_time", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Recovery time objective (RTO)") },
	{ "recovery_point", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Recovery point objective (RPO)") },
	{ "runbook", TYPE_LINE, 0, CLASS_FREE, .doc = N_("Where the operating instructions are") },
	{ "contract", TYPE_REF, 0, CLASS_FREE, .of = "contract",
		.doc = N_("Contract it is run under") },
	{ "security_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Level of security protection (等保), 1 to 5") },
	{ "assessed", TYPE_DATE, 0, CLASS_FACT, .doc = N_("Last security assessment (等级测评)") },
	{ "energy", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Energy in kWh a month (E)") },
	{ "carbon_intensity", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Grams of CO2 equivalent per kWh (I)") },
	{ "embodied", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Embodied emissions in kg of CO2 equivalent a month (M)") },
	{ "functional_unit", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Functional unit (R), such as 1000 settlements") },
	{ "functional_count", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Functional units a month") },
	{ "pue", TYPE_NUMBER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Power usage effectiveness of where it runs, at least 1") },
	{ "status", TYPE_ENUM, FIELD_COLUMN, CLASS_FACT, .of = "planned|pilot|live|retired",
		.fallback = "planned", .doc = N_("Where it stands") },
};

static const char *target(const struct check *check, struct slice line)
{
	static const struct field time = {
		.name = "time", .type = TYPE_DURATION, .flags = FIELD_POSITIVE
	};
	size_t blank = slice_find(line, ' ');

	if (word_index("1|2|3|4|5", slice_new(line.at, blank)) < 0 ||
		!check_value(check, &time, slice_trim(slice_from(line, blank))))
		return N_("a severity from 1 to 5 and a time, such as 1 15min");
	return NULL;
}

static void check_service(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_range(&check, "objective", 0, 100);
	check_range(&check, "agreement", 0, 100);
	check_range(&check, "security_level", 1, 5);
	check_range(&check, "pue", 1, 100);
	check_order(&check, "agreement", "objective");
	check_lines(&check, "response", target);
	check_lines(&check, "resolution", target);
}

const struct kind kind_service = {
	.name = "service",
	.plural = "services",
	.place = "services.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_service,
	.doc = N_("A service in operation, with its objectives"),
	.example = "[service settlement]\n"
		   "title      = 结算服务\n"
		   "owner      = li.wei\n"
		   "indicator  = availability\n"
		   "objective  = 99.9%\n"
		   "window     = 30ed\n"
		   "response   = 1 15min\n"
		   "             2 1h\n"
		   "resolution = 1 4h\n"
		   "             2 1d\n"
		   "status     = live\n",
};
