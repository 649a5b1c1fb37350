#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the workflow is for") },
	{ "states", TYPE_WORDS, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("States in the order of the board") },
	{ "transitions", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Allowed steps, 'from > to, to' a line; any step when absent") },
	{ "limits", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Limits on work in progress, 'state number' a line") },
	{ "start_state", TYPE_ID, 0, CLASS_FREE,
		.doc = N_("Cycle time counts from here; the second state when absent") },
	{ "done_states", TYPE_WORDS, 0, CLASS_FREE,
		.doc = N_("States that mean done; the last when absent") },
	{ "definition_of_ready", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What must hold before work begins") },
	{ "definition_of_done", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("What must hold before it counts as done") },
	{ "team", TYPE_REFS, 0, CLASS_FREE, .of = "team", .doc = N_("Teams that work by it") },
};

static bool has_state(const struct check *check, struct slice state)
{
	struct slice text = record_text_or(check->record, "states"), item;

	while (slice_next(&text, ",\n", &item))
		if (item.len && slice_equal(item, state))
			return true;
	return false;
}

static const char *transition(const struct check *check, struct slice line)
{
	size_t arrow = slice_find(line, '>');
	struct slice rest = slice_from(line, arrow + 1), to;

	if (arrow == line.len || !slice_trim(rest).len)
		return N_("a step such as doing > review, done");
	if (!has_state(check, slice_trim(slice_new(line.at, arrow))))
		return N_("a state of the workflow before >");
	while (slice_next(&rest, ",", &to))
		if (!has_state(check, to))
			return N_("states of the workflow behind >");
	return NULL;
}

static const char *limit(const struct check *check, struct slice line)
{
	static const struct field number = {
		.name = "limit", .type = TYPE_INTEGER, .flags = FIELD_POSITIVE
	};
	size_t blank = line.len;

	while (blank && line.at[blank - 1] != ' ')
		blank--;
	if (!blank || !has_state(check, slice_trim(slice_new(line.at, blank))) ||
		!check_value(check, &number, slice_from(line, blank)))
		return N_("a state of the workflow and a number, such as review 3");
	return NULL;
}

static void check_workflow(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "transitions", transition);
	check_lines(&check, "limits", limit);
}

const struct kind kind_workflow = {
	.name = "workflow",
	.plural = "workflows",
	.place = "workflow.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_workflow,
	.doc = N_("The states work goes through, the steps allowed, and the limits"),
	.example = "[workflow development]\n"
		   "states      = planned, doing, review, done\n"
		   "transitions = planned > doing\n"
		   "              doing > review, planned\n"
		   "              review > done, doing\n"
		   "limits      = doing 4\n"
		   "              review 2\n"
		   "definition_of_done = 评审通过\n"
		   "                     自动测试通过\n",
};
