/*
 * Risks as events: which count, with what probability and impact, what they hit, and which move together.
 *
 * Open and responding ones with a probability count; what occurred is in the plan already. A group is what `correlation` names, perhaps with
 * its strength ("suppliers 60%"), else the category; opportunities of a category go against its threats, for what harms one
 * helps the other.
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"
#include "model/exchange_rate.h"
#include "simulate/portable-internal.h"

#include <string.h>

struct risk_reader {
	struct input_builder *b;
	const struct project *project;
	const struct record *record;
	struct arena scratch;
	bool responded, opportunity;
};

static bool value_of(struct risk_reader *r, const char *name, struct value *out)
{
	const struct field *field = kind_field_named(r->record->kind, name);

	return field && record_value(r->project, r->record, field, &r->scratch, out);
}

/* The residual value where the response counts and one is given. */
static bool impact(struct risk_reader *r, const char *before, const char *after, struct value *out)
{
	return (r->responded && value_of(r, after, out)) || value_of(r, before, out);
}

static int64_t working(const struct risk_reader *r, const struct estimate *e, int64_t minutes)
{
	return e->elapsed ? decimal_scale(minutes, r->project->units.minutes_per_week, 7 * MINUTES_PER_DAY) : minutes;
}

static void read_delay(struct risk_reader *r, struct event *event)
{
	struct value value;
	struct estimate *e = &value.as.estimate;

	if (!impact(r, "impact_time", "residual_time", &value))
		return;
	e->optimistic = working(r, e, e->optimistic);
	e->likely = working(r, e, e->likely);
	e->pessimistic = working(r, e, e->pessimistic);
	sampler_init(&event->delay, &r->b->inputs->tables, e,
		distribution_named(project_setting(r->project, "distribution")));
	event->delays = e->pessimistic > 0;
}

static void read_cost(struct risk_reader *r, struct event *event)
{
	struct value value;
	decimal_t cost = 0;

	if (impact(r, "impact_cost", "residual_cost", &value))
		money_convert(r->project, value.as.money, DATE_NONE, &cost);
	event->cost = r->opportunity ? -(double)cost : (double)cost;
}

/* "suppliers 60%": the name, and how strongly its risks move together. */
static bool named_group(struct risk_reader *r, struct event *event)
{
	struct slice text = slice_trim(record_text_or(r->record, "correlation")), number;
	size_t at = text.len;
	decimal_t percent;

	if (text.len == 0)
		return false;
	while (at > 0 && text.at[at - 1] != ' ' && text.at[at - 1] != '\t')
		at--;
	number = slice_new(text.at + at, text.len - at);
	if (at > 0 && number.len > 1 && number.at[number.len - 1] == '%' &&
		decimal_parse(slice_new(number.at, number.len - 1), &percent) == DECIMAL_OK && percent >= 0 &&
		percent <= 100 * DECIMAL_ONE) {
		event->correlation = (double)percent / (100 * DECIMAL_ONE);
		text = slice_trim(slice_new(text.at, at));
	}
	event->group = inputs_group(r->b, slice_of("risks:"), text);
	return true;
}

static void read_group(struct risk_reader *r, struct event *event)
{
	struct slice category = slice_trim(record_text_or(r->record, "category"));

	event->group = NO_INPUT;
	event->correlation = r->b->inputs->options->risk_correlation;
	if (!named_group(r, event) && category.len > 0) {
		event->group = inputs_group(r->b, slice_of("category:"), category);
		event->against = r->opportunity;
	}
	if (event->correlation <= 0)
		event->group = NO_INPUT;
}

static void add_hit(struct risk_reader *r, struct vec *hits, uint32_t task, enum input_role role, double share)
{
	struct hit hit = { inputs_need(r->b, task, role), share };

	if (hit.input == NO_INPUT)
		return;
	if (role != INPUT_PARENT)
		hit.factor *= (double)plan_amount_of_delay(r->b->plan, task, 10000) / 10000;
	vec_append(hits, &hit);
}

static bool is_open_leaf(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED | PLAN_BUFFER));
}

/* A gain of a parent comes off its leaves, each in proportion to its duration. */
static void add_gain_of_parent(struct risk_reader *r, struct vec *hits, uint32_t parent)
{
	const struct plan *plan = r->b->plan;
	double whole = 0;

	for (uint32_t i = parent + 1; i < plan->subtree_end[parent]; i++)
		whole += is_open_leaf(plan, i) ? (double)plan->duration[i] : 0;
	for (uint32_t i = parent + 1; i < plan->subtree_end[parent] && whole > 0; i++)
		if (is_open_leaf(plan, i) && plan->duration[i] > 0)
			add_hit(r, hits, i, INPUT_AMOUNT, -(double)plan->duration[i] / whole);
}

static void read_hits(struct risk_reader *r, struct event *event)
{
	const struct plan *plan = r->b->plan;
	struct value value;
	struct vec hits;

	vec_init(&hits, sizeof(struct hit));
	if (!value_of(r, "tasks", &value))
		value.as.list.count = 0;
	for (size_t i = 0; i < value.as.list.count; i++) {
		const struct record *record = project_find(r->project, kind_find(slice_of("task")), value.as.list.items[i]);
		uint32_t task = record ? plan_task(plan, record) : PLAN_NO_TASK;

		if (task == PLAN_NO_TASK || (plan->flags[task] & PLAN_CANCELLED))
			continue;
		if (!(plan->flags[task] & PLAN_SUMMARY))
			add_hit(r, &hits, task, INPUT_AMOUNT, r->opportunity ? -1 : 1);
		else if (r->opportunity)
			add_gain_of_parent(r, &hits, task);
		else if (plan->finish[task] > plan->start[task])
			add_hit(r, &hits, task, INPUT_PARENT, 1);
	}
	event->hit_count = (uint32_t)hits.len;
	event->hits = arena_calloc(&r->b->inputs->arena, hits.len + 1, sizeof(struct hit));
	if (hits.len > 0)
		memcpy(event->hits, hits.items, hits.len * sizeof(struct hit));
	vec_release(&hits);
}

static bool counts(const struct record *record)
{
	struct slice status = record_text_or(record, "status");

	return slice_is(status, "open") || slice_is(status, "responding");
}

static void read_risk(struct risk_reader *r)
{
	struct event event = { .record = r->record };
	enum simulation_risks how = r->b->inputs->options->risks;
	struct value value;

	r->opportunity = slice_is(record_text_or(r->record, "type"), "opportunity");
	r->responded = how == RISKS_RESPONDED ||
		(how == RISKS_AS_STANDING && slice_is(record_text_or(r->record, "status"), "responding"));
	if (r->record == r->b->inputs->options->without || !counts(r->record) || !impact(r, "probability", "residual_probability", &value) || value.as.number <= 0)
		return;
	event.probability = (double)value.as.number / (100 * DECIMAL_ONE);
	event.probability = event.probability > 1 ? 1 : event.probability;
	event.threshold = event.probability < 1 ? portable_normal_quantile(event.probability) : 40;
	event.stream = inputs_stream(slice_of("risk:"), r->record->folded);
	event.delay_stream = inputs_stream(slice_of("delay:"), r->record->folded);
	read_delay(r, &event);
	read_cost(r, &event);
	read_group(r, &event);
	read_hits(r, &event);
	vec_append(&r->b->events, &event);
}

void inputs_add_risks(struct input_builder *b)
{
	struct risk_reader r = { .b = b, .project = b->plan->project };
	const struct kind *kind = kind_find(slice_of("risk"));
	const struct record *record;

	arena_init(&r.scratch);
	FOREACH_RECORD(b->plan->project, kind, record)
	{
		r.record = record;
		read_risk(&r);
	}
	arena_release(&r.scratch);
}
