#include "model/scale.h"

#include "base/alloc.h"

/* Where the limit of a level begins: at a sign that stands behind a blank. */
static size_t find_limit(struct slice text)
{
	for (size_t i = 1; i < text.len; i++)
		if ((text.at[i] == '<' || text.at[i] == '>') && slice_is_blank(text.at[i - 1]))
			return i;
	return text.len;
}

static void read_limit(struct slice text, struct scale_level *out)
{
	bool equal = text.len > 1 && text.at[1] == '=';

	if (text.len == 0)
		return;
	if (text.at[0] == '<')
		out->bound = equal ? BOUND_UP_TO : BOUND_BELOW;
	else
		out->bound = equal ? BOUND_FROM : BOUND_ABOVE;
	out->limit = slice_trim(slice_from(text, equal ? 2 : 1));
}

const char *scale_level_parse(struct slice line, struct scale_level *out)
{
	static const char expected[] = N_("a number and a name, such as 0.3 low <5%");
	size_t blank = slice_find(line, ' '), limit;
	struct slice rest = slice_trim(slice_from(line, blank));

	*out = (struct scale_level){ .bound = BOUND_NONE };
	if (rest.len == 0 || decimal_parse(slice_new(line.at, blank), &out->value) != DECIMAL_OK)
		return expected;
	limit = find_limit(rest);
	out->name = slice_trim(slice_new(rest.at, limit));
	read_limit(slice_from(rest, limit), out);
	return out->name.len == 0 || (out->bound && out->limit.len == 0) ? expected : NULL;
}

/* "7" or "2-6", within 1..10. */
static bool read_marks(struct slice text, int *from, int *to)
{
	size_t dash = slice_find(text, '-');
	struct slice parts[2] = { slice_new(text.at, dash), slice_from(text, dash + 1) };
	int *const out[2] = { from, to };

	for (int i = 0; i < 2; i++) {
		decimal_t mark;

		if (i == 1 && dash == text.len) {
			*to = *from;
			break;
		}
		if (decimal_parse(parts[i], &mark) != DECIMAL_OK || mark % DECIMAL_ONE ||
			mark < MARK_LEAST * DECIMAL_ONE || mark > MARK_MOST * DECIMAL_ONE)
			return false;
		*out[i] = (int)(mark / DECIMAL_ONE);
	}
	return *from <= *to;
}

const char *priority_row_parse(struct slice line, struct priority_row *out)
{
	static const char expected[] =
		N_("marks of severity, occurrence and detection, and a priority, such as 9-10 2-3 2-10 high");
	struct slice word;
	int count = 0, priority = -1;

	while (slice_next(&line, " \t", &word)) {
		if (word.len == 0)
			continue;
		if (count < 3 && !read_marks(word, &out->from[count], &out->to[count]))
			return expected;
		if (count == 3)
			priority = word_index("low|medium|high", word);
		count++;
	}
	if (count != 4 || priority < 0)
		return expected;
	out->priority = (enum action_priority)priority;
	return NULL;
}

int matrix_heat(struct slice word)
{
	int index = word_index("low|medium|high|extreme", word);

	return index < 0 ? -1 : index + 1;
}

const struct record *scale_of_type(const struct project *project, const char *type)
{
	const struct kind *kind = kind_find(slice_of("scale"));
	const struct record *scale;

	FOREACH_RECORD(project, kind, scale)
		if (slice_is(record_text_or(scale, "type"), type))
			return scale;
	return NULL;
}

void scale_levels(const struct record *scale, struct vec *levels)
{
	struct slice rest = record_text_or(scale, "levels"), line;
	struct scale_level level;

	while (slice_next(&rest, "\n", &line))
		if (line.len && !scale_level_parse(line, &level))
			vec_append(levels, &level);
}

size_t scale_size(const struct project *project, const char *type)
{
	const struct record *scale = scale_of_type(project, type);
	struct vec levels;
	size_t size;

	if (!scale)
		return 0;
	vec_init(&levels, sizeof(struct scale_level));
	scale_levels(scale, &levels);
	size = levels.len;
	vec_release(&levels);
	return size;
}

enum field_type scale_limit_type(struct slice type)
{
	if (slice_is(type, "probability"))
		return TYPE_PERCENT;
	if (slice_is(type, "impact_cost"))
		return TYPE_MONEY;
	return slice_is(type, "impact_time") ? TYPE_DURATION : TYPE_TEXT;
}
