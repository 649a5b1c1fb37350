#include "base/civil.h"
#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/value.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("What the baseline stands for") },
	{ "current", TYPE_YESNO, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("It is the one that performance is measured against") },
	{ "frozen", TYPE_DATETIME, FIELD_COLUMN, CLASS_AUTHORITY, .doc = N_("When it was frozen") },
	{ "frozen_by", TYPE_REF, FIELD_COLUMN, CLASS_AUTHORITY, .of = "resource",
		.doc = N_("Who froze it") },
	{ "status_date", TYPE_DATE, 0, CLASS_AUTHORITY,
		.doc = N_("Status date of the plan that was frozen") },
	{ "previous", TYPE_REF, 0, CLASS_AUTHORITY, .of = "baseline",
		.doc = N_("The baseline it replaces") },
	{ "reason", TYPE_TEXT, FIELD_LONG, CLASS_AUTHORITY,
		.doc = N_("Why a new baseline was needed") },
	{ "change", TYPE_REFS, 0, CLASS_AUTHORITY, .of = "change",
		.doc = N_("Changes that led to it") },
	{ "engine", TYPE_INTEGER, FIELD_POSITIVE, CLASS_AUTHORITY, .fallback = "1",
		.doc = N_("Version of the rules by which the second pair of dates was computed") },
	{ "start", TYPE_DATETIME, 0, CLASS_AUTHORITY, .doc = N_("Start of the project") },
	{ "task_count", TYPE_INTEGER, FIELD_COMPUTED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("How many tasks it holds") },
	{ "finish", TYPE_DATETIME, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Finish of the project") },
	{ "effort", TYPE_EFFORT, 0, CLASS_AUTHORITY, .doc = N_("Total work") },
	{ "cost", TYPE_MONEY, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Total cost: budget at completion (BAC)") },
	{ "revision", TYPE_ID, 0, CLASS_AUTHORITY, .doc = N_("Commit that was frozen") },
	{ "digest", TYPE_ID, 0, CLASS_AUTHORITY, .doc = N_("SHA-256 of the governing text") },
	{ "tasks", TYPE_LINES, FIELD_LONG, CLASS_AUTHORITY,
		.doc = N_("One task a line: ID START FINISH [EFFORT [COST [START FINISH by the "
			  "engine [KEPT [COST by the engine]]]]], '-' for none") },
};

/* Word by word: id, two moments, effort, cost, two moments, two amounts; what is missing or '-' is not there. */
static bool frozen_word(struct slice word, int at)
{
	struct units units;
	struct estimate estimate;
	moment_t moment;
	decimal_t cost;
	bool has_time;

	units_default(&units);
	if (at == 0) /* T-5#2026-03-02: an occurrence; T-2#buffer */
		return id_valid(slice_new(word.at, slice_find(word, '#')), NULL);
	if (slice_is(word, "-"))
		return at <= 8;
	if (at == 3)
		return duration_parse(word, &units, &estimate, NULL) == 0;
	if (at == 4 || at == 7 || at == 8)
		return decimal_parse(word, &cost) == DECIMAL_OK;
	return at <= 6 && moment_parse(word, &moment, &has_time) == CIVIL_OK;
}

static const char *frozen_task(const struct check *check, struct slice line)
{
	struct slice word;
	bool good = true;
	int at = 0;

	(void)check;
	while (good && slice_next(&line, " \t", &word))
		if (word.len)
			good = frozen_word(word, at++);
	if (good && at >= 3)
		return NULL;
	return N_("a task, its start and finish, and perhaps effort and cost: "
		  "T-12 2026-03-02T09:00 2026-04-10T18:00 30d 90000");
}

static void check_baseline(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_not_self(&check, "previous");
	check_order(&check, "start", "finish");
	check_lines(&check, "tasks", frozen_task);
}

const struct kind kind_baseline = {
	.name = "baseline",
	.plural = "baselines",
	.place = "baselines/%s.ini",
	.flags = KIND_NAMED | KIND_CHECK_OWN,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_baseline,
	.doc = N_("The plan as it was approved: dates, effort and cost that no longer move"),
	.explain = N_("Made by 'pmt baseline freeze'. [project] baseline names the current one, "
		      "against which "
		      "performance is measured. Each line of tasks is a task's id, its scheduled "
		      "start and finish, its own "
		      "effort and cost, the start and finish that the engine computes without "
		      "levelling, and the value "
		      "that an older baseline had planned for it by then, which stays, and the engine's "
		      "cost where it is another; "
		      "'-' stands for none."),
	.example = "[baseline 1]\n"
		   "title  = 合同基线\n"
		   "frozen = 2026-03-01 10:00\n"
		   "start  = 2026-03-02 09:00\n"
		   "finish = 2027-03-05 18:00\n"
		   "cost   = 8600000 CNY\n"
		   "tasks  = T-7 2026-03-02T09:00 2026-03-13T18:00 10d 15000\n"
		   "         T-12 2026-03-16T09:00 2026-04-24T18:00 30d 45000 2026-03-16T09:00 "
		   "2026-04-24T18:00\n",
};
