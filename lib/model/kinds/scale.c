#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the scale") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE,
		.of = "probability|impact_cost|impact_time|impact|severity|priority|matrix",
		.doc = N_("What it grades") },
	{ "levels", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("From low to high, 'VALUE NAME [limit]' a line: '0.3 low <5%'") },
	{ "colours", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Matrix: one row a line from high probability to low, a word for each "
			  "impact: low, medium, high, extreme") },
};

static const char *level(const struct check *check, struct slice line)
{
	static const struct field number = { .name = "value", .type = TYPE_NUMBER };
	size_t blank = slice_find(line, ' ');

	if (!slice_trim(slice_from(line, blank)).len ||
		!check_value(check, &number, slice_new(line.at, blank)))
		return N_("a number and a name, such as 0.3 low <5%");
	return NULL;
}

static const char *colours(const struct check *check, struct slice line)
{
	struct slice word;

	(void)check;
	while (slice_next(&line, " \t", &word))
		if (word.len && word_index("low|medium|high|extreme", word) < 0)
			return N_("words for the cells of a row: low, medium, high or extreme");
	return NULL;
}

static void check_scale(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_lines(&check, "levels", level);
	check_lines(&check, "colours", colours);
	check_needs(&check, "type", "matrix", "colours");
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
	.example = "[scale probability]\n"
		   "type   = probability\n"
		   "levels = 0.1 很低 <10%\n"
		   "         0.3 低 <30%\n"
		   "         0.5 中 <50%\n"
		   "         0.7 高 <70%\n"
		   "         0.9 很高 >=70%\n",
};
