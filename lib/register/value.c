#include "register/value.h"

#include "model/exchange_rate.h"

static bool read_field(const struct project *project, const struct record *record, const char *name,
	struct arena *arena, struct value *out)
{
	const struct field *field = kind_field_named(record->kind, name);
	struct slice text;

	return field && record_text(record, name, &text) && record_value(project, record, field, arena, out);
}

static decimal_t read_number(
	const struct project *project, const struct record *record, const char *name, struct arena *arena)
{
	struct value value;

	if (!read_field(project, record, name, arena, &value) || value.type != TYPE_NUMBER)
		return DECIMAL_NONE;
	return value.as.number;
}

static decimal_t read_money(const struct project *project, const struct record *record, const char *name, date_t now,
	struct arena *arena)
{
	struct value value;
	decimal_t amount;

	if (!read_field(project, record, name, arena, &value) || value.type != TYPE_MONEY ||
		!money_convert(project, value.as.money, now, &amount))
		return DECIMAL_NONE;
	return amount;
}

/* a × b of two decimals, DECIMAL_NONE when either is. */
static decimal_t product(decimal_t a, decimal_t b)
{
	if (a == DECIMAL_NONE || b == DECIMAL_NONE)
		return DECIMAL_NONE;
	return decimal_scale(a, b, decimal_from_integer(1));
}

static decimal_t return_on(decimal_t worth, decimal_t cost)
{
	if (worth == DECIMAL_NONE || cost == DECIMAL_NONE || cost <= 0)
		return DECIMAL_NONE;
	return decimal_scale(decimal_from_integer(100), worth - cost, cost);
}

static bool read_date(const struct record *record, const char *name, date_t *out)
{
	struct slice text;

	return record_text(record, name, &text) && date_parse(slice_trim(text), out) == CIVIL_OK;
}

/* "critical 3d, major 14d": calendar days. */
static bool days_of(struct slice table, struct slice severity, date_t *days)
{
	struct slice item;

	while (slice_next(&table, ",\n", &item)) {
		size_t end = slice_find(item, ' ');
		decimal_t number;
		struct slice text;

		if (!slice_equal(slice_new(item.at, end), severity))
			continue;
		text = slice_trim(slice_from(item, end));
		if (!slice_ends(text, "d") || decimal_parse(slice_new(text.at, text.len - 1), &number) != DECIMAL_OK)
			return false;
		*days = (date_t)(number / decimal_from_integer(1));
		return true;
	}
	return false;
}

date_t vulnerability_due(const struct project *project, const struct record *issue)
{
	date_t due, days;

	if (read_date(issue, "due", &due))
		return due;
	if (!read_date(issue, "raised", &due) ||
		!days_of(project_setting(project, "vulnerability_due"), record_text_or(issue, "severity"), &days))
		return DATE_NONE;
	return due + days;
}

void candidate_read(struct candidate *out, const struct project *project, const struct record *record, date_t now)
{
	struct arena scratch;

	arena_init(&scratch);
	*out = (struct candidate){ .record = record, .due = DATE_NONE };
	out->vulnerability = slice_is(slice_of(record->kind->name), "issue") &&
		slice_is(record_text_or(record, "type"), "vulnerability");
	if (out->vulnerability)
		out->due = vulnerability_due(project, record);
	out->score = read_number(project, record, "score", &scratch);
	out->value = read_number(project, record, "value", &scratch);
	out->cost = read_money(project, record, "cost", now, &scratch);
	out->worth = read_money(project, record, "worth", now, &scratch);
	if (out->worth == DECIMAL_NONE && project->settings)
		out->worth = product(out->value, read_money(project, project->settings, "value_point", now, &scratch));
	out->roi = return_on(out->worth, out->cost);
	arena_release(&scratch);
}

/* Greater first; what is not known stands behind. DECIMAL_NONE is the smallest number there is. */
static int greater(decimal_t a, decimal_t b)
{
	return a > b ? -1 : a < b;
}

static int smaller(decimal_t a, decimal_t b)
{
	if (a == DECIMAL_NONE || b == DECIMAL_NONE)
		return greater(a, b);
	return a < b ? -1 : a > b;
}

static int by_urgency(const struct candidate *a, const struct candidate *b)
{
	if (a->due != b->due)
		return a->due == DATE_NONE ? 1 : b->due == DATE_NONE ? -1 : a->due < b->due ? -1 : 1;
	return greater(a->score, b->score);
}

static int by_return(const struct candidate *a, const struct candidate *b)
{
	int order = greater(a->roi, b->roi);

	if (!order)
		order = greater(a->value, b->value);
	return order ? order : smaller(a->cost, b->cost);
}

static int compare(const void *a, const void *b, void *context)
{
	const struct candidate *x = a, *y = b;

	(void)context;
	if (x->vulnerability != y->vulnerability)
		return x->vulnerability ? -1 : 1;
	return x->vulnerability ? by_urgency(x, y) : by_return(x, y);
}

void candidates_rank(struct vec *candidates)
{
	vec_sort(candidates, compare, NULL);
}
