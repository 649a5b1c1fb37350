#include "risk/risk.h"

#include "base/alloc.h"
#include "model/exchange_rate.h"

#include <string.h>

enum {
	PROBABILITY, COST, TIME, PROBABILITY_LEVEL, IMPACT_LEVEL,
	RESIDUAL, /* the same five after the response */
	RESPONSE_COST = 2 * RESIDUAL,
	FIELD_USED
};

void risk_register_init(struct risk_register *r, const struct project *project, moment_t now)
{
	static const char *const names[FIELD_USED] = { "probability", "impact_cost", "impact_time",
		"probability_level", "impact_level", "residual_probability", "residual_cost", "residual_time",
		"residual_probability_level", "residual_impact_level", "response_cost" };
	static const char *const marks[RISK_MARKS] = { "severity", "occurrence", "detection", "severity_after",
		"occurrence_after", "detection_after" };
	const struct kind *kind = kind_find(slice_of("risk"));

	*r = (struct risk_register){ .project = project, .today = moment_date(now) };
	arena_init(&r->arena);
	map_init(&r->replaced);
	for (size_t i = 0; i < FIELD_USED; i++)
		r->fields[i] = kind_field_named(kind, names[i]);
	for (size_t i = 0; i < RISK_MARKS; i++)
		r->marks[i] = kind_field_named(kind, marks[i]);
}

void risk_register_release(struct risk_register *r)
{
	for (size_t i = 0; i < r->replaced.len; i++)
		vec_release((struct vec *)r->replaced.entries[i].value);
	map_release(&r->replaced);
	if (r->trees)
		decision_trees_release(r->trees);
	arena_release(&r->arena);
}

const struct decision_trees *risk_trees(struct risk_register *r)
{
	if (!r->trees) {
		r->trees = arena_alloc(&r->arena, sizeof(*r->trees));
		decision_trees_init(r->trees, r->project);
	}
	return r->trees;
}

bool risk_is_open(const struct record *record)
{
	return word_index("open|responding", record_text_or(record, "status")) >= 0;
}

/* The impact on time: the estimate's mean; elapsed time as the working time of that many weeks. */
static int64_t mean_time(const struct risk_register *r, const struct estimate *estimate)
{
	int64_t mean = estimate_mean(estimate);

	return estimate->elapsed ? decimal_scale(mean, r->project->units.minutes_per_week, 7 * MINUTES_PER_DAY) : mean;
}

static int level_of(const struct value *value)
{
	return value->as.integer > 0 && value->as.integer <= 1000 ? (int)value->as.integer : 0;
}

static void take(struct risk_register *r, struct risk *out, struct risk_side *side, size_t field, const struct value *value)
{
	switch (field) {
	case PROBABILITY:
		side->probability = value->as.number > 100 * DECIMAL_ONE ? 100 * DECIMAL_ONE : value->as.number;
		break;
	case COST:
		if (!money_convert(r->project, value->as.money, DATE_NONE, &side->cost)) {
			side->cost = DECIMAL_NONE;
			out->unknown_currency = true;
		}
		break;
	case TIME: side->time = mean_time(r, &value->as.estimate); break;
	case PROBABILITY_LEVEL: side->probability_level = level_of(value); break;
	case IMPACT_LEVEL: side->impact_level = level_of(value); break;
	default: break;
	}
}

/* Fields from `first` on, five of them; true when one is written. */
static bool read_side(struct risk_register *r, struct risk *out, struct risk_side *side, size_t first)
{
	struct value value;
	bool written = false;

	for (size_t i = 0; i < RESIDUAL; i++)
		if (record_value(r->project, out->record, r->fields[first + i], &r->arena, &value)) {
			take(r, out, side, i, &value);
			written = true;
		}
	side->exposure = side->probability == DECIMAL_NONE || side->cost == DECIMAL_NONE
		? DECIMAL_NONE
		: decimal_scale(side->cost, side->probability, 100 * DECIMAL_ONE);
	return written;
}

static void weigh_response(struct risk_register *r, struct risk *out)
{
	struct value value;
	decimal_t removed;

	out->benefit = DECIMAL_NONE;
	if (record_value(r->project, out->record, r->fields[RESPONSE_COST], &r->arena, &value) &&
		!money_convert(r->project, value.as.money, DATE_NONE, &out->response_cost)) {
		out->unknown_currency = true;
		return;
	}
	if (!out->assessed || out->before.exposure == DECIMAL_NONE || out->after.exposure == DECIMAL_NONE)
		return;
	removed = out->before.exposure - out->after.exposure;
	decimal_add(out->opportunity ? -removed : removed, -out->response_cost, &out->benefit);
}

void risk_read(struct risk_register *r, const struct record *record, struct risk *out)
{
	*out = (struct risk){ .record = record, .open = risk_is_open(record),
		.opportunity = slice_is(record_text_or(record, "type"), "opportunity") };
	out->before = (struct risk_side){ .probability = DECIMAL_NONE, .cost = DECIMAL_NONE, .time = -1 };
	read_side(r, out, &out->before, 0);
	out->after = out->before;
	out->assessed = read_side(r, out, &out->after, RESIDUAL);
	weigh_response(r, out);
}

decimal_t risk_standing_exposure(const struct risk *risk)
{
	bool responded = slice_is(record_text_or(risk->record, "status"), "responding");

	return responded ? risk->after.exposure : risk->before.exposure;
}

bool risk_roi(const struct risk *risk, decimal_t *out)
{
	if (risk->benefit == DECIMAL_NONE || risk->response_cost <= 0)
		return false;
	*out = decimal_scale(risk->benefit, 100 * DECIMAL_ONE, risk->response_cost);
	return true;
}

static void add_known(decimal_t amount, decimal_t *sum)
{
	if (amount != DECIMAL_NONE)
		decimal_add(*sum, amount, sum);
}

static void add_open(struct risk_register *r, const struct risk *risk, struct risk_totals *out)
{
	bool opportunity = risk->opportunity;

	out->open++;
	out->threats += !opportunity;
	out->opportunities += opportunity;
	out->unknown += risk->before.exposure == DECIMAL_NONE;
	out->overdue += risk_days_since(r, risk->record, "review") > 0;
	add_known(risk->before.exposure, opportunity ? &out->opportunity : &out->threat);
	add_known(risk->after.exposure, opportunity ? &out->residual_opportunity : &out->residual_threat);
	add_known(risk->response_cost, &out->response_cost);
	if (!opportunity && risk->before.exposure != DECIMAL_NONE && risk->before.exposure > out->worst_exposure) {
		out->worst = risk->record;
		out->worst_exposure = risk->before.exposure;
	}
}

void risk_totals(struct risk_register *r, struct risk_totals *out)
{
	const struct kind *kind = kind_find(slice_of("risk"));
	const struct record *record;
	struct risk risk;

	*out = (struct risk_totals){ .worst = NULL };
	FOREACH_RECORD(r->project, kind, record)
	{
		risk_read(r, record, &risk);
		if (risk.open)
			add_open(r, &risk, out);
	}
}

static date_t date_of(const struct record *record, const char *field)
{
	struct slice text;
	moment_t when;
	bool has_time;

	if (!record_text(record, field, &text) || moment_parse(slice_trim(text), &when, &has_time) != CIVIL_OK)
		return DATE_NONE;
	return moment_date(when);
}

int64_t risk_days_since(const struct risk_register *r, const struct record *record, const char *field)
{
	date_t date = date_of(record, field);

	return date != DATE_NONE && date < r->today ? (int64_t)r->today - date : 0;
}

/* --- issues and decisions --- */

bool issue_is_open(const struct record *record)
{
	return word_index("resolved|closed|rejected", record_text_or(record, "status")) < 0;
}

int64_t issue_age(struct risk_register *r, const struct record *record)
{
	date_t from = date_of(record, "raised"), to = r->today;

	if (from == DATE_NONE)
		from = date_of(record, "created");
	if (!issue_is_open(record)) {
		to = date_of(record, "resolved");
		if (to == DATE_NONE)
			to = date_of(record, "closed");
	}
	return from == DATE_NONE || to == DATE_NONE || to < from ? -1 : (int64_t)to - from;
}

int64_t issue_overdue(struct risk_register *r, const struct record *record)
{
	return issue_is_open(record) ? risk_days_since(r, record, "due") : 0;
}

int64_t decision_overdue(struct risk_register *r, const struct record *record)
{
	struct slice status = record_text_or(record, "status");

	if (slice_is(status, "proposed"))
		return risk_days_since(r, record, "due");
	return slice_is(status, "accepted") ? risk_days_since(r, record, "review") : 0;
}

static void note_replaced(struct risk_register *r, struct record *newer)
{
	struct slice rest = record_text_or(newer, "supersedes"), item;

	while (slice_next(&rest, ",\n", &item)) {
		const struct record *older = item.len ? project_find(r->project, newer->kind, item) : NULL;
		struct vec *by;

		if (!older)
			continue;
		by = map_get_pointer(&r->replaced, older->folded);
		if (!by) {
			by = arena_alloc(&r->arena, sizeof(*by));
			vec_init(by, sizeof(struct record *));
			map_put(&r->replaced, older->folded, (uintptr_t)by);
		}
		vec_append(by, &newer);
	}
}

const struct vec *decision_replaced_by(struct risk_register *r, const struct record *record)
{
	struct record *newer;

	if (!r->replaced_ready)
		FOREACH_RECORD(r->project, record->kind, newer)
			note_replaced(r, newer);
	r->replaced_ready = true;
	return map_get_pointer(&r->replaced, record->folded);
}

bool risk_measure(void *context, const char *name, struct value *out)
{
	struct risk_register *r = context;
	struct risk_totals totals;

	if (strcmp(name, "exposure") != 0)
		return false;
	risk_totals(r, &totals);
	*out = (struct value){ .type = TYPE_MONEY, .as.money.amount = totals.threat };
	memcpy(out->as.money.currency, r->project->units.currency, sizeof(out->as.money.currency));
	return totals.threat != DECIMAL_NONE;
}
