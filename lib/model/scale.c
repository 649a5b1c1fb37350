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

/* A whole number with something behind it: 30%, 90d, 2. */
static bool read_count(struct slice word, const char *unit, int most, int *out)
{
	decimal_t number;

	if (!slice_ends(word, unit))
		return false;
	word.len -= strlen(unit);
	if (decimal_parse(word, &number) != DECIMAL_OK || number % DECIMAL_ONE || number < 0 || number > most * DECIMAL_ONE)
		return false;
	*out = (int)(number / DECIMAL_ONE);
	return true;
}

const char advice_signs[] = "fixed_price|hardware|early|recurring|law|changed|linked|unsettled|free|within|hybrid";
const char advice_methods[] = "waterfall|scrum|kanban";
enum { ADVICE_WORDS = 5, POINTS_MOST = 99, DAYS_MOST = 3660 };

/* ">= 30%" or ">=30%": the sign may stand alone. Returns how many words it takes; 0: it is none. */
static size_t read_share(const struct slice *words, size_t count, struct advice_row *out)
{
	struct slice limit;
	bool from = count > 0 && slice_starts(words[0], ">=");

	if (!from && (count == 0 || !slice_starts(words[0], "<")))
		return 0;
	out->below = !from;
	limit = slice_from(words[0], from ? 2 : 1);
	if (limit.len == 0 && count > 1)
		return read_count(words[1], "%", 100, &out->limit) ? 2 : 0;
	return read_count(limit, "%", 100, &out->limit) ? 1 : 0;
}

bool advice_is_share(enum advice_sign sign)
{
	return sign >= ADVICE_LAW && sign <= ADVICE_FREE;
}

static bool read_advice(const struct slice *words, size_t count, struct advice_row *out)
{
	int sign = count ? word_index(advice_signs, words[0]) : -1;
	size_t at = 1, share;

	if (sign < 0)
		return false;
	*out = (struct advice_row){ .sign = (enum advice_sign)sign };
	if (sign == ADVICE_WITHIN)
		return count == 2 && read_count(words[1], "d", DAYS_MOST, &out->limit);
	if (sign == ADVICE_HYBRID)
		return count == 2 && read_count(words[1], "", POINTS_MOST, &out->points);
	if (advice_is_share(out->sign)) {
		share = read_share(words + at, count - at, out);
		if (!share)
			return false;
		at += share;
	}
	if (count != at + 2)
		return false;
	out->method = word_index(advice_methods, words[at]);
	return out->method >= 0 && read_count(words[at + 1], "", POINTS_MOST, &out->points);
}

const char *advice_row_parse(struct slice line, struct advice_row *out)
{
	struct slice words[ADVICE_WORDS], word;
	size_t count = 0;
	bool fits = true;

	while (slice_next(&line, " \t", &word)) {
		if (word.len == 0)
			continue;
		fits = fits && count < ADVICE_WORDS;
		if (fits)
			words[count++] = word;
	}
	if (fits && read_advice(words, count, out))
		return NULL;
	return N_("a sign, for shares a limit, a method and points, such as law >= 30% waterfall 2; or within 90d, or hybrid 2");
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

struct slice scale_rows(const struct project *project, const char *type, const char *field, const char *common, const struct record **scale)
{
	struct slice rows = { NULL, 0 };

	*scale = scale_of_type(project, type);
	if (*scale)
		rows = record_text_or(*scale, field);
	if (rows.len == 0)
		*scale = NULL;
	return *scale ? rows : slice_of(common);
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
