#include "model/project.h"
#include "base/civil.h"
#include "base/glob.h"
#include "model/kinds/kinds.h"

static const struct field fields[] = {
	{ "format", TYPE_INTEGER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "1",
		.doc = N_("Version of the text format the files are written in") },
	{ "uid", TYPE_ID, 0, CLASS_AUTHORITY,
		.doc = N_("Random identity of the project, named by everything that is signed") },
	{ "engine", TYPE_INTEGER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "1",
		.doc = N_("Version of the rules by which changes are judged") },
	{ "key", TYPE_ID, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Short name by which other projects refer to it, as in YB:T-12") },
	{ "name", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the project") },
	{ "start", TYPE_DATETIME, FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("When the project starts; no task starts earlier") },
	{ "finish", TYPE_DATETIME, FIELD_COLUMN, CLASS_PLAN,
		.doc = N_("When the project must be finished; gives negative float when it cannot "
			  "hold") },
	{ "status_date", TYPE_LINE, 0, CLASS_FACT, .fallback = "none",
		.doc = N_("none, today or a date: work not done by then is scheduled after it") },
	{ "method", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "waterfall|scrum|kanban|hybrid",
		.fallback = "waterfall",
		.doc = N_("How the work is run; a parent task may differ") },
	{ "manager", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "resource|stakeholder",
		.doc = N_("The project manager") },
	{ "sponsor", TYPE_REF, 0, CLASS_FREE, .of = "resource|stakeholder|team",
		.doc = N_("Who pays for it and answers for its value") },
	{ "customer", TYPE_LINE, 0, CLASS_FREE, .doc = N_("The organisation it is made for") },
	{ "currency", TYPE_ID, 0, CLASS_AUTHORITY, .fallback = "CNY",
		.doc = N_("Currency of amounts that name none, as three letters") },
	{ "hours_per_day", TYPE_NUMBER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "8",
		.doc = N_("Working hours that 1d stands for, whoever works") },
	{ "days_per_week", TYPE_NUMBER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "5",
		.doc = N_("Working days that 1w stands for") },
	{ "days_per_month", TYPE_NUMBER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "20",
		.doc = N_("Working days that 1mo (a person-month) stands for") },
	{ "calendar", TYPE_REF, 0, CLASS_PLAN, .of = "calendar",
		.doc = N_("Calendar of tasks and people that name none") },
	{ "locale", TYPE_LINE, 0, CLASS_FREE,
		.doc = N_("Language of reports, such as zh_CN; the reader's own when absent") },
	{ "baseline", TYPE_REF, 0, CLASS_AUTHORITY, .of = "baseline",
		.doc = N_("The current baseline, against which performance is measured") },
	{ "critical_float", TYPE_DURATION, FIELD_POSITIVE, CLASS_FREE, .fallback = "0d",
		.doc = N_("Tasks with at most this much total float are critical") },
	{ "levelling", TYPE_YESNO, 0, CLASS_PLAN, .fallback = "yes",
		.doc = N_("Tasks wait until the people and equipment assigned to them have time") },
	{ "progress_logic", TYPE_ENUM, 0, CLASS_FACT, .of = "retained|override",
		.fallback = "retained",
		.doc = N_("Whether work begun out of sequence still waits for its predecessors") },
	{ "estimate_percentile", TYPE_PERCENT, FIELD_POSITIVE, CLASS_PLAN,
		.doc = N_("Three-point estimates count at this percentile instead of their PERT "
			  "mean") },
	{ "distribution", TYPE_ENUM, 0, CLASS_PLAN,
		.of = "pert|triangular|normal|lognormal|exponential|uniform|fixed",
		.fallback = "pert",
		.doc = N_("Distribution of three-point estimates in simulations") },
	{ "ev_rule", TYPE_LINE, 0, CLASS_FREE, .fallback = "percent",
		.doc = N_("How tasks earn value when they do not say: percent, 0/100, 50/50, "
			  "milestones, loe") },
	{ "forecast", TYPE_ENUM, 0, CLASS_FREE, .of = "typical|atypical|schedule|bottom_up",
		.fallback = "typical", .doc = N_("How the estimate at completion (EAC) is made") },
	{ "discount_rate", TYPE_PERCENT, 0, CLASS_FREE,
		.doc = N_("Yearly rate at which future cash flows are discounted") },
	{ "value_point", TYPE_MONEY, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What one point of value of requirements and changes is worth in money") },
	{ "vulnerability_due", TYPE_WORDS, 0, CLASS_FREE,
		.fallback = "critical 3d, major 14d, minor 30d, trivial 90d",
		.doc = N_("Within how many days vulnerabilities are due, by severity, when they say no date") },
	{ "reporting_period", TYPE_ENUM, 0, CLASS_FREE, .of = "day|week|month", .fallback = "week",
		.doc = N_("Period of status reports and of the curves in them") },
	{ "security_level", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Level of information security protection (等保), 1 to 5") },
	{ "ids", TYPE_ENUM, 0, CLASS_FREE, .of = "sequence|random", .fallback = "sequence",
		.doc = N_(
			"Automatic ids: the next number, or random for teams with many writers") },
	{ "include", TYPE_WORDS, 0, CLASS_AUTHORITY,
		.doc = N_("Patterns of files that belong to the project; all *.ini when absent") },
	{ "exclude", TYPE_WORDS, 0, CLASS_AUTHORITY,
		.doc = N_("Patterns of files that do not belong to it") },
	{ "overlay", TYPE_LINE, 0, CLASS_AUTHORITY,
		.doc = N_("Folder or repository with records that fewer people may read") },
	{ "pool", TYPE_LINE, 0, CLASS_AUTHORITY,
		.doc = N_("Folder or repository of the people and equipment shared with other "
			  "projects") },
};

static void check_status_date(const struct check *check)
{
	struct slice text;
	date_t date;
	bool has_time;
	moment_t moment;

	if (!record_text(check->record, "status_date", &text) || slice_is(text, "none") ||
		slice_is(text, "today") || date_parse(text, &date) == CIVIL_OK ||
		moment_parse(text, &moment, &has_time) == CIVIL_OK)
		return;
	check_fault(check, "status_date", 0, "value-syntax",
		N_("'%s' is no status date: expected none, today or a date such as 2026-03-02"),
		text);
}

static void check_currency(const struct check *check)
{
	struct slice text;
	bool good;

	if (!record_text(check->record, "currency", &text))
		return;
	good = text.len == 3;
	for (size_t i = 0; good && i < text.len; i++)
		good = text.at[i] >= 'A' && text.at[i] <= 'Z';
	if (!good)
		check_fault(check, "currency", 0, "value-syntax",
			N_("'%s' is no currency: expected three capital letters such as CNY"),
			text);
}

/* "critical 3d" each: a severity and whole days. */
static void check_vulnerability_due(const struct check *check)
{
	const struct field *severity = kind_field_named(&kind_issue, "severity");
	struct slice text, rest, item, days;

	if (!record_text(check->record, "vulnerability_due", &text))
		return;
	rest = text;
	while (slice_next(&rest, ",\n", &item)) {
		size_t end = slice_find(item, ' '), digits = 0;

		days = slice_trim(slice_from(item, end));
		while (digits < days.len && days.at[digits] >= '0' && days.at[digits] <= '9')
			digits++;
		if (item.len && (word_index(severity->of, slice_new(item.at, end)) < 0 || digits == 0 || digits > 4 ||
			!slice_is(slice_from(days, digits), "d")))
			check_fault(check, "vulnerability_due", (size_t)(item.at - text.at), "value-syntax",
				N_("'%s' is no severity and days: expected e.g. critical 3d"), item);
	}
}

static void check_globs(const struct check *check, const char *field)
{
	struct slice text, rest, item;

	if (!record_text(check->record, field, &text))
		return;
	rest = text;
	while (slice_next(&rest, ",\n", &item))
		if (!glob_valid(item))
			check_fault(check, field, (size_t)(item.at - text.at), "glob-syntax",
				N_("'%s' is no pattern: a '[' lacks its ']'"), item);
}

static void check_project(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_order(&check, "start", "finish");
	check_range(&check, "hours_per_day", 1, 24);
	check_range(&check, "days_per_week", 1, 7);
	check_range(&check, "days_per_month", 1, 31);
	check_range(&check, "estimate_percentile", 0, 100);
	check_range(&check, "security_level", 1, 5);
	check_status_date(&check);
	check_currency(&check);
	check_vulnerability_due(&check);
	check_globs(&check, "include");
	check_globs(&check, "exclude");
}

const struct kind kind_project = {
	.name = "project",
	.plural = "projects",
	.place = "pmt.ini",
	.flags = KIND_SINGLE,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_project,
	.doc = N_("The project itself: its identity, dates, units and ways of working"),
	.explain = N_("There is one [project] section, in pmt.ini, and it has no id. The folder "
		      "that holds "
		      "pmt.ini is the project; every other *.ini file below it belongs to it. "
		      "Units (hours_per_day, "
		      "days_per_week, days_per_month, currency) give the meaning of every duration "
		      "and amount, so "
		      "changing them is an act of authority."),
	.example = "[project]\n"
		   "format   = 1\n"
		   "uid      = 7K3QW9M2XH4T8R5B\n"
		   "key      = YB\n"
		   "name     = 某省医保信息系统集成\n"
		   "start    = 2026-03-02\n"
		   "currency = CNY\n"
		   "calendar = cn\n"
		   "locale   = zh_CN\n",
};
