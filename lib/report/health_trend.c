/*
 * Where each dimension of health is heading: one figure of it now and then. Arrows say whither the figure moved; the sentence or the
 * table says what it is.
 */
#include "report/health.h"

#include "base/alloc.h"
#include "plan/progress.h"
#include "risk/risk.h"

#include <string.h>

static const struct {
	const char *name, *measure;
} dimensions[HEALTH_DIMENSIONS] = {
	[HEALTH_SCHEDULE] = { N_("schedule"), "finish" },
	[HEALTH_COST] = { N_("cost"), "cost" },
	[HEALTH_SCOPE] = { N_("scope"), "requirements_verified" },
	[HEALTH_QUALITY] = { N_("quality"), "failing_metrics" }, /* and those that warn */
	[HEALTH_RISK] = { N_("risk"), "exposure" },
	[HEALTH_PEOPLE] = { N_("people"), "overloaded" },
};

const char *health_dimension_name(enum health_dimension dimension)
{
	return dimensions[dimension].name;
}

/* --- figures --- */

static bool number_of(const struct value *value, int64_t *out)
{
	switch (value->type) {
	case TYPE_INTEGER: *out = value->as.integer; return true;
	case TYPE_PERCENT: *out = value->as.number; return true;
	case TYPE_MONEY: *out = value->as.money.amount; return true;
	case TYPE_DATETIME: *out = value->as.when.moment; return true;
	default: return false;
	}
}

static bool read_figure(const struct measures *m, const char *measure, struct arena *arena, int64_t *out)
{
	struct value value;

	return measure_value((void *)(uintptr_t)m, slice_of(measure), slice_of(""), arena, &value) && number_of(&value, out);
}

static bool figure_of(const struct measures *measures, enum health_dimension dimension, int64_t *out)
{
	struct arena arena;
	int64_t warning;
	bool known;

	arena_init(&arena);
	known = read_figure(measures, dimensions[dimension].measure, &arena, out);
	if (known && dimension == HEALTH_QUALITY && read_figure(measures, "warning_metrics", &arena, &warning))
		*out += warning;
	arena_release(&arena);
	return known;
}

void health_figures_read(struct health_figures *out, const struct measures *measures)
{
	for (int i = 0; i < HEALTH_DIMENSIONS; i++)
		out->known[i] = figure_of(measures, (enum health_dimension)i, &out->number[i]);
}

void health_figures_now(struct health_figures *out, const struct dashboard *d)
{
	struct risk_register risks;
	struct measures measures = { .project = d->project, .plan = d->plan, .costs = d->costs, .now = health_today(d),
		.more = risk_measure, .more_context = &risks, .readings = d->rules ? d->rules->readings : NULL };

	*out = (struct health_figures){ .known = { false } };
	if (!d->before && !d->data)
		return;
	risk_register_init(&risks, d->project, measures.now);
	health_figures_read(out, &measures);
	risk_register_release(&risks);
}

/* A figure, or the difference of two, as what it is. */
static struct cell figure_cell(const struct dashboard *d, enum health_dimension dimension, int64_t number)
{
	struct money money = { .amount = number };

	switch (dimension) {
	case HEALTH_SCHEDULE: return cell_finish(number);
	case HEALTH_SCOPE: return cell_percent(number / (DECIMAL_ONE / 10) * (DECIMAL_ONE / 10));
	case HEALTH_COST:
	case HEALTH_RISK:
		memcpy(money.currency, d->project->units.currency, sizeof(money.currency));
		return cell_money(money);
	default: return cell_integer(number);
	}
}

/* CELL_NONE: it stands where it stood. */
static struct cell change_cell(const struct dashboard *d, enum health_dimension dimension, int64_t after)
{
	int64_t before = d->before->number[dimension];
	struct cell cell;

	if (before == after)
		return cell_none();
	cell = dimension == HEALTH_SCHEDULE ? cell_duration(calendar_between(d->plan->calendar, before, after)) :
					      figure_cell(d, dimension, after - before);
	cell.sign = true;
	return cell;
}

/* --- for people --- */

static struct cell with_trend(struct doc *doc, const struct dashboard *d, const struct health_figures *now,
	enum health_dimension dimension, struct cell cell)
{
	struct cell parts[2] = { cell };
	int64_t number = now->number[dimension];

	if (!d->before || !d->before->known[dimension] || cell.type == CELL_NONE || !now->known[dimension])
		return cell;
	parts[0].tone = TONE_NONE;
	parts[1] = change_cell(d, dimension, number);
	return cell_toned(cell.tone, cell_message_of(&doc->arena,
		parts[1].type == CELL_NONE ? N_("%s; →") : number > d->before->number[dimension] ? N_("%s; ↗ %s") : N_("%s; ↘ %s"),
		parts, parts[1].type == CELL_NONE ? 1 : 2));
}

static struct cell with_limits(struct doc *doc, const struct dashboard *d, const char *dimension, struct cell cell)
{
	struct cell parts[] = { cell, health_limits(doc, d, dimension) };

	if (cell.type == CELL_NONE || parts[1].type == CELL_NONE)
		return cell;
	parts[0].tone = TONE_NONE;
	return cell_toned(cell.tone, cell_message_of(&doc->arena, N_("%s; limit: %s"), parts, ARRAY_SIZE(parts)));
}

static bool has_any(const struct dashboard *d, const char *kind)
{
	return project_count(d->project, kind_find(slice_of(kind))) > 0;
}

static struct cell state_of(struct doc *doc, const struct dashboard *d, enum health_dimension dimension)
{
	switch (dimension) {
	case HEALTH_SCHEDULE: return health_schedule(doc, d);
	case HEALTH_COST: return health_cost(doc, d);
	case HEALTH_SCOPE: return health_scope(doc, d);
	case HEALTH_QUALITY: return health_quality(doc, d);
	case HEALTH_RISK: return has_any(d, "risk") ? health_risk(doc, d) : cell_none();
	case HEALTH_PEOPLE: return has_any(d, "resource") ? health_people(doc, d) : cell_none();
	}
	return cell_none();
}

void health_compared(struct doc *doc, const struct dashboard *d, struct block *pairs)
{
	if (d->before)
		pairs_add(doc, pairs, "compared", N_("arrows since"), cell_date(d->since));
}

struct cell health_dimension_cell(struct doc *doc, const struct dashboard *d, const struct health_figures *now,
	enum health_dimension dimension)
{
	const char *name = dimensions[dimension].name;
	struct cell cell = with_trend(doc, d, now, dimension, state_of(doc, d, dimension));

	return health_with_rules(doc, d, name, with_limits(doc, d, name, cell));
}

/* --- for programs --- */

static struct cell threshold_of(const struct dashboard *d, enum health_dimension dimension, struct arena *arena)
{
	static const char *const frozen[HEALTH_DIMENSIONS] = {
		[HEALTH_SCHEDULE] = "baseline_finish", [HEALTH_COST] = "baseline_cost" };
	struct measures measures = { .project = d->project, .plan = d->plan, .costs = d->costs, .now = health_today(d) };
	int64_t number;

	if (!frozen[dimension] || !read_figure(&measures, frozen[dimension], arena, &number))
		return cell_none();
	return figure_cell(d, dimension, number);
}

enum { INDICATOR_DIMENSION, INDICATOR_STATE, INDICATOR_VALUE, INDICATOR_THRESHOLD, INDICATOR_TREND, INDICATOR_CHANGE, INDICATOR_SINCE,
	INDICATOR_LIMITS, INDICATOR_TRIPPED };

static void fill_indicator(struct doc *doc, const struct dashboard *d, const struct health_figures *now, enum health_dimension i,
	struct cell *cells)
{
	static const char *const states[] = { [TONE_GOOD] = "good", [TONE_WATCH] = "watch", [TONE_BAD] = "bad" };
	enum tone tone = state_of(doc, d, i).tone;
	int64_t number = now->number[i];
	bool known = now->known[i];

	cells[INDICATOR_TRIPPED] = health_tripped(doc, d, dimensions[i].name, &tone);
	cells[INDICATOR_DIMENSION] = cell_word(&doc->arena, slice_of(dimensions[i].name));
	if (tone < ARRAY_SIZE(states) && states[tone])
		cells[INDICATOR_STATE] = cell_word(&doc->arena, slice_of(states[tone]));
	if (known)
		cells[INDICATOR_VALUE] = figure_cell(d, i, number);
	cells[INDICATOR_THRESHOLD] = threshold_of(d, i, &doc->arena);
	cells[INDICATOR_LIMITS] = health_limits(doc, d, dimensions[i].name);
	if (!known || !d->before || !d->before->known[i])
		return;
	cells[INDICATOR_CHANGE] = change_cell(d, i, number);
	cells[INDICATOR_SINCE] = cell_date(d->since);
	cells[INDICATOR_TREND] = cell_word(&doc->arena, slice_of(number > d->before->number[i] ? "up" :
		number < d->before->number[i] ? "down" : "flat"));
}

void health_indicators(struct doc *doc, const struct dashboard *d, const struct health_figures *now)
{
	static const char *const keys[] = { "dimension", "state", "value", "threshold", "trend", "change", "since", "limits", "tripped" };
	struct table *table = doc_table(doc, "indicators", NULL);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		table_column(table, keys[i], NULL, ALIGN_LEFT, PRIORITY_MUST);
	for (int i = 0; i < HEALTH_DIMENSIONS; i++)
		fill_indicator(doc, d, now, (enum health_dimension)i, table_row(table)->cells);
}
