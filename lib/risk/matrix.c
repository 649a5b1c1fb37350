#include "risk/matrix.h"

#include "base/alloc.h"
#include "model/exchange_rate.h"
#include "plan/baseline.h"

#include <stdlib.h>

static const char *const level_names[SCALE_LEVELS] = { N_("very low"), N_("low"), N_("medium"), N_("high"), N_("very high") };

/* --- the budget --- */

static bool has_budget(const struct project *project, const struct record *account, const struct field *field,
	struct arena *arena, decimal_t *out)
{
	struct value value;

	return record_value(project, account, field, arena, &value) && money_convert(project, value.as.money, DATE_NONE, out);
}

/* An account above it has a budget, which includes this one's. */
static bool is_included(const struct project *project, const struct record *account, const struct field *field, struct arena *arena)
{
	struct slice parent;
	decimal_t ignored;

	for (int depth = 0; depth < 64 && record_text(account, "parent", &parent); depth++) {
		account = project_find(project, account->kind, slice_trim(parent));
		if (!account)
			break;
		if (has_budget(project, account, field, arena, &ignored))
			return true;
	}
	return false;
}

static decimal_t budget_of_accounts(const struct project *project, struct arena *arena)
{
	const struct kind *kind = kind_find(slice_of("account"));
	const struct field *field = kind_field_named(kind, "budget");
	const struct record *account;
	decimal_t sum = 0, one;

	FOREACH_RECORD(project, kind, account)
		if (slice_is(record_text_or(account, "type"), "cost") && has_budget(project, account, field, arena, &one) &&
			!is_included(project, account, field, arena))
			decimal_add(sum, one, &sum);
	return sum;
}

static decimal_t budget_of_baseline(const struct project *project)
{
	const struct record *record = baseline_current(project);
	struct baseline baseline;
	decimal_t cost;

	if (!record)
		return 0;
	baseline_read(&baseline, project, record);
	cost = baseline.cost;
	baseline_release(&baseline);
	return cost == DECIMAL_NONE ? 0 : cost;
}

static decimal_t largest_impact(struct risk_register *r)
{
	const struct kind *kind = kind_find(slice_of("risk"));
	const struct record *record;
	struct risk risk;
	decimal_t most = 0;

	FOREACH_RECORD(r->project, kind, record)
	{
		risk_read(r, record, &risk);
		if (risk.before.cost != DECIMAL_NONE && risk.before.cost > most)
			most = risk.before.cost;
	}
	return most;
}

static void find_budget(struct risk_matrix *m, struct risk_register *r)
{
	if (m->budget_from != BUDGET_NONE)
		return;
	m->budget_from = BUDGET_BASELINE;
	m->budget = budget_of_baseline(r->project);
	if (m->budget > 0)
		return;
	m->budget_from = BUDGET_ACCOUNTS;
	m->budget = budget_of_accounts(r->project, &r->arena);
	if (m->budget > 0)
		return;
	m->budget_from = BUDGET_LARGEST;
	m->budget = largest_impact(r);
}

/* --- scales --- */

static bool parse_limit(struct risk_register *r, enum field_type type, struct slice text, struct value *out)
{
	struct value_context context = { .units = &r->project->units };
	struct field field = { .name = "limit", .type = type };

	return value_parse(out, &field, text, &context, &r->arena, NULL) == 0;
}

/* The limit as a number; false when it is none. */
static bool read_limit(struct risk_matrix *m, struct risk_register *r, enum field_type type, struct slice text, int64_t *out)
{
	struct value value;

	if (type == TYPE_MONEY && text.len && text.at[text.len - 1] == '%') {
		if (!parse_limit(r, TYPE_PERCENT, text, &value))
			return false;
		find_budget(m, r);
		*out = decimal_scale(m->budget, value.as.number, 100 * DECIMAL_ONE);
		return true;
	}
	if (type == TYPE_TEXT || !parse_limit(r, type, text, &value))
		return false;
	if (type == TYPE_MONEY)
		return money_convert(r->project, value.as.money, DATE_NONE, out);
	*out = type == TYPE_PERCENT ? value.as.number : value.as.estimate.likely;
	if (type == TYPE_DURATION && value.as.estimate.elapsed)
		*out = decimal_scale(*out, r->project->units.minutes_per_week, 7 * MINUTES_PER_DAY);
	return true;
}

static bool read_own(struct risk_matrix *m, struct risk_register *r, const char *type, struct risk_scale *out)
{
	const struct record *record = scale_of_type(r->project, type);
	const struct scale_level *levels;
	struct vec lines;

	if (!record)
		return false;
	vec_init(&lines, sizeof(struct scale_level));
	scale_levels(record, &lines);
	levels = lines.items;
	for (size_t i = 0; i < lines.len; i++) {
		struct risk_level *level = vec_push(&out->levels);

		*level = (struct risk_level){ .name = levels[i].name, .value = levels[i].value, .bound = levels[i].bound };
		if (level->bound && !read_limit(m, r, scale_limit_type(slice_of(type)), levels[i].limit, &level->limit))
			level->bound = BOUND_NONE;
	}
	vec_release(&lines);
	out->own = out->levels.len > 0;
	return out->own;
}

/* Five levels, each up to a limit but the last. */
static void use_levels(struct risk_scale *out, const int64_t limits[SCALE_LEVELS - 1])
{
	for (size_t i = 0; i < SCALE_LEVELS; i++) {
		struct risk_level *level = vec_push(&out->levels);

		*level = (struct risk_level){ .message = level_names[i] };
		level->bound = i + 1 < SCALE_LEVELS ? BOUND_UP_TO : BOUND_ABOVE;
		level->limit = limits[i + 1 < SCALE_LEVELS ? i : i - 1];
	}
}

/* 1, 5, 10, 20 % of the budget; where there is none, fifths of the largest impact. */
static void use_cost_levels(struct risk_matrix *m, struct risk_register *r)
{
	static const int shares[2][SCALE_LEVELS - 1] = { { 1, 5, 10, 20 }, { 20, 40, 60, 80 } };
	int64_t limits[SCALE_LEVELS - 1];

	find_budget(m, r);
	for (size_t i = 0; i + 1 < SCALE_LEVELS; i++)
		limits[i] = decimal_scale(m->budget, shares[m->budget_from == BUDGET_LARGEST][i], 100);
	use_levels(&m->cost, limits);
}

static void read_scales(struct risk_matrix *m, struct risk_register *r)
{
	static const int64_t percents[] = { 10 * DECIMAL_ONE, 30 * DECIMAL_ONE, 50 * DECIMAL_ONE, 70 * DECIMAL_ONE };
	int64_t day = r->project->units.minutes_per_day;
	const int64_t delays[] = { 2 * day, 5 * day, 10 * day, 20 * day };

	if (!read_own(m, r, "probability", &m->probability))
		use_levels(&m->probability, percents);
	if (!read_own(m, r, "impact_cost", &m->cost))
		use_cost_levels(m, r);
	if (!read_own(m, r, "impact_time", &m->time))
		use_levels(&m->time, delays);
	read_own(m, r, "impact", &m->ordinal);
}

static bool is_within(const struct risk_level *level, int64_t number)
{
	switch (level->bound) {
	case BOUND_BELOW: return number < level->limit;
	case BOUND_UP_TO: return number <= level->limit;
	case BOUND_ABOVE: return number > level->limit;
	case BOUND_FROM: return number >= level->limit;
	default: return false;
	}
}

int risk_scale_level(const struct risk_scale *scale, int64_t number)
{
	const struct risk_level *levels = scale->levels.items;
	int last = -1;

	for (size_t i = 0; i < scale->levels.len; i++) {
		if (is_within(&levels[i], number))
			return (int)i;
		if (levels[i].bound)
			last = (int)i;
	}
	return last; /* beyond all limits: the highest that has one */
}

/* A scale of probabilities may do without limits: 0.1, 0.3 … are what its levels stand for. */
static int probability_level(const struct risk_scale *scale, decimal_t percent)
{
	const struct risk_level *levels = scale->levels.items;
	int level = risk_scale_level(scale, percent), best = -1;
	int64_t distance = INT64_MAX;

	for (size_t i = 0; level < 0 && i < scale->levels.len; i++) {
		int64_t away = llabs(levels[i].value * 100 - percent);

		if (away < distance) {
			distance = away;
			best = (int)i;
		}
	}
	return level < 0 ? best : level;
}

/* --- the matrix --- */

/* A scale's level (from 0) as a column; -1 stays. */
static int column_of(const struct risk_matrix *m, const struct risk_scale *scale, int level)
{
	size_t n = scale->levels.len;

	if (level < 0 || n == 0)
		return -1;
	if ((size_t)level >= n)
		level = (int)n - 1;
	return (int)((((size_t)level + 1) * m->columns + n - 1) / n) - 1;
}

static int worse(int a, int b)
{
	return a > b ? a : b;
}

bool risk_matrix_place(const struct risk_matrix *m, const struct risk_side *side, size_t *row, size_t *column)
{
	const struct risk_scale *ordinal = m->ordinal.levels.len ? &m->ordinal : &m->cost;
	int p = -1, impact = -1;

	if (side->probability != DECIMAL_NONE)
		p = probability_level(&m->probability, side->probability);
	else if (side->probability_level)
		p = side->probability_level - 1;
	if (m->impact != IMPACT_TIME && side->cost != DECIMAL_NONE)
		impact = column_of(m, &m->cost, risk_scale_level(&m->cost, side->cost));
	if (m->impact != IMPACT_COST && side->time >= 0)
		impact = worse(impact, column_of(m, &m->time, risk_scale_level(&m->time, side->time)));
	if (side->impact_level && (m->impact == IMPACT_WORST || impact < 0))
		impact = worse(impact, column_of(m, ordinal, side->impact_level - 1));
	if (p < 0 || impact < 0)
		return false;
	*row = (size_t)p < m->rows ? (size_t)p : m->rows - 1;
	*column = (size_t)impact;
	return true;
}

static void use_heat(struct risk_matrix *m, size_t row, struct slice line)
{
	size_t column = 0;
	struct slice word;

	while (column < m->columns && slice_next(&line, " \t", &word))
		if (word.len && matrix_heat(word) > 0)
			m->heat[row * m->columns + column++] = (uint8_t)matrix_heat(word);
}

/* From how far up the scales a cell lies: the fourth of the way from one corner to the other. */
static void default_heat(struct risk_matrix *m)
{
	size_t most = m->rows + m->columns - 2;

	for (size_t i = 0; i < m->rows * m->columns; i++) {
		size_t way = i / m->columns + i % m->columns;

		m->heat[i] = (uint8_t)(most == 0 ? 1 : way * 4 / (most + 1) + 1);
	}
}

static void read_heat(struct risk_matrix *m, const struct project *project)
{
	const struct record *record = scale_of_type(project, "matrix");
	struct slice rest = record ? record_text_or(record, "colours") : slice_of(""), line;
	size_t row = m->rows;

	m->heat = xcalloc(m->rows * m->columns, 1);
	default_heat(m);
	while (row > 0 && slice_next(&rest, "\n", &line)) {
		if (line.len == 0)
			continue;
		use_heat(m, --row, line);
		m->own_heat = true;
	}
}

/* The longest of the project's own scales; those that come with pmt count where there is none. */
static void choose_columns(struct risk_matrix *m)
{
	const struct risk_scale *of[] = { &m->cost, &m->time, &m->ordinal };
	const struct risk_scale *best = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(of); i++) {
		bool wanted = m->impact == IMPACT_WORST || of[i] == (m->impact == IMPACT_TIME ? &m->time : &m->cost);

		if (wanted && of[i]->levels.len &&
			(!best || of[i]->own > best->own || (of[i]->own == best->own && of[i]->levels.len > best->levels.len)))
			best = of[i];
	}
	m->columns_of = best;
	m->columns = best->levels.len;
	m->rows = m->probability.levels.len;
}

void risk_matrix_init(struct risk_matrix *m, struct risk_register *r, enum matrix_impact impact)
{
	*m = (struct risk_matrix){ .impact = impact };
	vec_init(&m->probability.levels, sizeof(struct risk_level));
	vec_init(&m->cost.levels, sizeof(struct risk_level));
	vec_init(&m->time.levels, sizeof(struct risk_level));
	vec_init(&m->ordinal.levels, sizeof(struct risk_level));
	read_scales(m, r);
	choose_columns(m);
	read_heat(m, r->project);
}

void risk_matrix_release(struct risk_matrix *m)
{
	vec_release(&m->probability.levels);
	vec_release(&m->cost.levels);
	vec_release(&m->time.levels);
	vec_release(&m->ordinal.levels);
	free(m->heat);
}
