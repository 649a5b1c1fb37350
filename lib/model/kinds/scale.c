#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/scale.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the scale") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "probability|impact_cost|impact_time|impact|severity|priority|matrix|"
		      "action_priority|method_advice",
		.doc = N_("What it grades") },
	{ "levels", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("From low to high, 'VALUE NAME [limit]' a line: '0.3 low <5%'") },
	{ "colours", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Matrix: one row a line from high probability to low, a word for each "
			  "impact: low, medium, high, extreme") },
	{ "priorities", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Action priority: 'SEVERITY OCCURRENCE DETECTION PRIORITY' a line: '9-10 2-3 "
			  "2-10 high'; the first line that fits counts") },
	{ "advice", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Advice on methods: 'SIGN [LIMIT] METHOD POINTS' a line: 'law >= 30% waterfall 2'; "
			  "'pmt charter advise --table' shows those in force") },
};

/* "<=30%", "<=50000", "<5%" of the budget, "<=5d": by what the scale grades. */
static const char *limit(const struct check *check, const struct scale_level *level)
{
	static const struct field share = { .name = "limit", .type = TYPE_PERCENT };
	struct field field = { .name = "limit",
		.type = scale_limit_type(record_text_or(check->record, "type")) };

	if (!level->bound || field.type == TYPE_TEXT || check_value(check, &field, level->limit) ||
		(field.type == TYPE_MONEY && check_value(check, &share, level->limit)))
		return NULL;
	if (field.type == TYPE_PERCENT)
		return N_("a percentage as the limit, such as <=30%");
	return field.type == TYPE_MONEY
		? N_("an amount or a share of the budget as the limit, such as <=50000 or <5%")
		: N_("a duration as the limit, such as <=5d");
}

static const char *level(const struct check *check, struct slice line)
{
	struct scale_level level;
	const char *expected = scale_level_parse(line, &level);

	return expected ? expected : limit(check, &level);
}

static const char *priority(const struct check *check, struct slice line)
{
	struct priority_row row;

	(void)check;
	return priority_row_parse(line, &row);
}

static const char *advice(const struct check *check, struct slice line)
{
	struct advice_row row;

	(void)check;
	return advice_row_parse(line, &row);
}

static const char *colours(const struct check *check, struct slice line)
{
	struct slice word;

	(void)check;
	while (slice_next(&line, " \t", &word))
		if (word.len && matrix_heat(word) < 0)
			return N_("words for the cells of a row: low, medium, high or extreme");
	return NULL;
}

static void check_scale(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "levels", level);
	check_lines(&check, "colours", colours);
	check_lines(&check, "priorities", priority);
	check_lines(&check, "advice", advice);
	check_needs(&check, "type", "matrix", "colours");
	check_needs(&check, "type", "action_priority", "priorities");
	check_needs(&check, "type", "method_advice", "advice");
	check_needs(&check, "type", "probability|impact_cost|impact_time|impact", "levels");
}

const struct kind kind_scale = {
	.name = "scale",
	.plural = "scales",
	.place = "risks/scales.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_scale,
	.doc = N_("An ordinal scale or matrix of the project's own"),
	.explain = N_("The first scale of a type counts. Costs may be limited as amounts or as shares of "
		      "the budget (<5%); the budget is that of the current baseline, else of the "
		      "accounts. Without scales of its own a project uses five levels."),
	.example = "[scale probability]\n"
		   "type   = probability\n"
		   "levels = 0.1 很低 <10%\n"
		   "         0.3 低 <30%\n"
		   "         0.5 中 <50%\n"
		   "         0.7 高 <70%\n"
		   "         0.9 很高 >=70%\n",
};
