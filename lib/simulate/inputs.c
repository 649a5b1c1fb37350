/*
 * What varies from run to run: estimates of tasks, and (risks.c) events.
 *
 * A task in progress has only what is left of it to vary: as `remaining` says when that is an estimate, else the same share of the
 * whole estimate as is left of the planned amount.
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"
#include "base/slice.h"

#include <stdlib.h>
#include <string.h>

uint64_t inputs_stream(struct slice kind, struct slice id)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a, Fowler, Noll, Vo 1991 */

	for (size_t i = 0; i < kind.len; i++)
		hash = (hash ^ (unsigned char)kind.at[i]) * 0x100000001b3u;
	for (size_t i = 0; i < id.len; i++)
		hash = (hash ^ (unsigned char)id.at[i]) * 0x100000001b3u;
	return hash;
}

uint32_t inputs_group(struct input_builder *b, struct slice prefix, struct slice name)
{
	uintptr_t known;
	uint64_t stream = inputs_stream(prefix, name);
	struct strbuf key;

	strbuf_init(&key);
	strbuf_add_slice(&key, prefix);
	strbuf_add_slice(&key, name);
	if (!map_get(&b->groups, strbuf_slice(&key), &known)) {
		known = b->streams.len;
		vec_append(&b->streams, &stream);
		map_put(&b->groups, arena_slice(&b->inputs->arena, strbuf_slice(&key)), known);
	}
	strbuf_release(&key);
	return (uint32_t)known;
}

uint32_t inputs_need(struct input_builder *b, uint32_t task, enum input_role role)
{
	const struct plan *plan = b->plan;
	struct input *input;

	if (plan->flags[task] & (PLAN_FINISHED | PLAN_CANCELLED))
		return NO_INPUT;
	if (b->input_of[task] != NO_INPUT)
		return b->input_of[task];
	b->input_of[task] = (uint32_t)b->items.len;
	input = vec_push(&b->items);
	*input = (struct input){ .task = task, .role = role, .scale = 1, .group = NO_INPUT };
	if (role != INPUT_PARENT && (plan->flags[task] & PLAN_STARTED))
		input->role = INPUT_LEFT;
	if (role != INPUT_PARENT)
		input->planned = plan_amount_left(plan, task);
	input->stream = inputs_stream(slice_of("task:"),
		plan_is_synthetic(plan, task) ? plan_id(plan, task) : plan->records[task]->folded);
	return b->input_of[task];
}

static bool read_estimate(const struct input_builder *b, const struct record *record, const char *field, struct estimate *out)
{
	struct slice text;

	return field && record_text(record, field, &text) && slice_trim(text).len > 0 &&
		duration_parse(text, &b->plan->project->units, out, NULL) == 0 && out->three_point &&
		out->pessimistic > out->optimistic;
}

static enum distribution distribution_of(const struct input_builder *b, const struct record *record)
{
	struct slice name;

	if (record_text(record, "distribution", &name) && slice_trim(name).len > 0)
		return distribution_named(name);
	return distribution_named(project_setting(b->plan->project, "distribution"));
}

/* Those assigned to the same first name work alike. */
static uint32_t group_of_task(struct input_builder *b, const struct record *record)
{
	struct slice rest, first;

	if (b->inputs->options->task_correlation <= 0 || !record_text(record, "assign", &rest) || !slice_next(&rest, ",\n", &first))
		return NO_INPUT;
	rest = slice_trim(first);
	return slice_next(&rest, " \t|", &first) ? inputs_group(b, slice_of("assign:"), first) : NO_INPUT;
}

static bool has_text(const struct record *record, const char *field)
{
	struct slice text;

	return record_text(record, field, &text) && slice_trim(text).len > 0;
}

/* Work that is paid by its amount costs more when it takes more; not where duration and effort are both given. */
static double cost_rate(const struct input_builder *b, uint32_t task)
{
	const struct record *record = b->plan->records[task];
	int64_t amount = plan_amount(b->plan, task);

	if (amount <= 0 || (has_text(record, "duration") && has_text(record, "effort")))
		return 0;
	return (double)b->costs->work[task] / (double)amount;
}

static void add_estimate(struct input_builder *b, uint32_t task)
{
	const struct record *record = b->plan->records[task];
	bool begun = b->plan->flags[task] & PLAN_STARTED;
	int64_t amount = plan_amount(b->plan, task), left = plan_amount_left(b->plan, task);
	struct estimate estimate;
	struct input *input;
	double scale = 1;

	if (begun && has_text(record, "remaining")) {
		if (!read_estimate(b, record, "remaining", &estimate)) {
			if (!read_estimate(b, record, plan_amount_field(b->plan, task), &estimate) || amount <= 0)
				return;
			scale = (double)left / (double)amount;
		}
	} else if (!read_estimate(b, record, plan_amount_field(b->plan, task), &estimate)) {
		return;
	} else if (begun) {
		scale = amount > 0 ? (double)left / (double)amount : 0;
	}
	if (scale <= 0 || inputs_need(b, task, INPUT_AMOUNT) == NO_INPUT)
		return;
	input = vec_at(&b->items, b->input_of[task]);
	input->scale = scale;
	sampler_init(&input->sampler, &b->inputs->tables, &estimate, distribution_of(b, record));
	input->drawn = input->sampler.distribution != DISTRIBUTION_FIXED;
	input->group = group_of_task(b, record);
	input->cost_rate = cost_rate(b, task);
	b->inputs->base_cost -= input->cost_rate * (double)input->planned;
	if (!input->drawn) /* every run has its most likely value */
		input->planned = (int64_t)(input->sampler.origin * scale + 0.5);
	if (!input->drawn)
		b->inputs->base_cost += input->cost_rate * (double)input->planned;
}

static void *detach(struct arena *arena, const struct vec *items)
{
	void *to = arena_calloc(arena, items->len + 1, items->size);

	if (items->len > 0)
		memcpy(to, items->items, items->len * items->size);
	return to;
}

void inputs_init(struct inputs *inputs, const struct plan *plan, const struct plan_costs *costs,
	const struct simulation_options *options)
{
	struct input_builder b = { .inputs = inputs, .plan = plan, .costs = costs };

	memset(inputs, 0, sizeof(*inputs));
	inputs->plan = plan;
	inputs->options = options;
	inputs->base_cost = (double)costs->total;
	arena_init(&inputs->arena);
	sampler_tables_init(&inputs->tables);
	vec_init(&b.items, sizeof(struct input));
	vec_init(&b.events, sizeof(struct event));
	vec_init(&b.streams, sizeof(uint64_t));
	map_init(&b.groups);
	b.input_of = arena_alloc(&inputs->arena, ((size_t)plan->task_count + 1) * sizeof(uint32_t));
	memset(b.input_of, 0xff, ((size_t)plan->task_count + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED | PLAN_BUFFER)))
			add_estimate(&b, i);
	if (options->risks != RISKS_NONE)
		inputs_add_risks(&b);
	inputs->items = detach(&inputs->arena, &b.items);
	inputs->count = (uint32_t)b.items.len;
	inputs->events = detach(&inputs->arena, &b.events);
	inputs->event_count = (uint32_t)b.events.len;
	inputs->group_stream = detach(&inputs->arena, &b.streams);
	inputs->group_count = (uint32_t)b.streams.len;
	vec_release(&b.items);
	vec_release(&b.events);
	vec_release(&b.streams);
	map_release(&b.groups);
}

void inputs_release(struct inputs *inputs)
{
	sampler_tables_release(&inputs->tables);
	arena_release(&inputs->arena);
}

/* The largest sample of all; those that have no end are cut where no run will ever come. */
static double most_of(const struct input *input)
{
	const double nearly_one = 1 - 0x1p-53;
	double most = (double)input->planned;

	if (input->drawn) {
		sampler_fill(&input->sampler, &nearly_one, 1, &most);
		most *= input->scale;
	}
	return most;
}

int64_t inputs_longest(const struct inputs *inputs)
{
	const struct plan *plan = inputs->plan;
	double *most = xcalloc((size_t)plan->task_count + 1, sizeof(*most)), sum = 0;

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED | PLAN_BUFFER)))
			most[i] = (double)plan_amount(plan, i);
	for (uint32_t i = 0; i < inputs->count; i++)
		most[inputs->items[i].task] += most_of(&inputs->items[i]);
	for (uint32_t e = 0; e < inputs->event_count; e++) {
		const double nearly_one = 1 - 0x1p-53;
		double delay = 0;

		if (inputs->events[e].delays)
			sampler_fill(&inputs->events[e].delay, &nearly_one, 1, &delay);
		for (uint32_t h = 0; h < inputs->events[e].hit_count; h++)
			if (inputs->events[e].hits[h].factor > 0)
				most[inputs->items[inputs->events[e].hits[h].input].task] += delay * inputs->events[e].hits[h].factor;
	}
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (most[i] > 0)
			sum += most[i] * 10000 / (double)(plan_amount_of_delay(plan, i, 10000) + 1) + 1;
	free(most);
	return sum < 1e15 ? (int64_t)sum : INT64_MAX / 8;
}
