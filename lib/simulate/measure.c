/*
 * What the runs say: percentiles, chances, and how much each estimate and each risk has to do with the finish and the cost.
 *
 * Draws are not kept: each estimate's are drawn again, ranked, and correlated with the ranks of the finish. O(runs) a drawn estimate, in
 * parallel over estimates; memory O(runs) a thread.
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"
#include "simulate/portable-internal.h"

#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

struct ranker {
	int64_t *values;
	uint32_t *order;
	float *ranks;
	void *scratch;
};

struct measurer {
	struct simulation *s;
	const struct inputs *inputs;
	const struct run_data *data;
	float *finish_ranks, *cost_ranks;
	uint32_t *task_row; /* by input: index in s->tasks, or NO_INPUT */
	struct ranker *rankers; /* by thread */
};

static void ranker_init(struct ranker *r, size_t runs)
{
	r->values = xcalloc(runs, sizeof(*r->values));
	r->order = xcalloc(runs, sizeof(*r->order));
	r->ranks = xcalloc(runs, sizeof(*r->ranks));
	r->scratch = xmalloc(statistics_scratch_bytes(runs));
}

static void ranker_release(struct ranker *r)
{
	free(r->values);
	free(r->order);
	free(r->ranks);
	free(r->scratch);
}

static void rank(struct ranker *r, size_t runs)
{
	sort_indexes(r->values, runs, r->order, r->scratch);
	ranks_of(r->values, r->order, runs, r->ranks);
}

/* --- finish, cost, dates --- */

/* Latest early finish of what is not cancelled. */
static moment_t network_finish(const struct plan *plan)
{
	moment_t finish = calendar_next_working(plan->calendar, plan->project_start);

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_CANCELLED | PLAN_ENDLESS)) && plan->early_finish[i] > finish)
			finish = plan->early_finish[i];
	return finish;
}

/* A date alone means the end of that day. */
static moment_t due(struct slice text)
{
	moment_t moment;
	bool has_time;

	text = slice_trim(text);
	if (text.len == 0 || moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return has_time ? moment : moment + MINUTES_PER_DAY;
}

static double chance_of(const struct simulation *s, const int64_t *values, const uint32_t *order, moment_t by)
{
	size_t low = 0, high = s->runs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (simulation_moment(s, values[order[middle]]) <= by)
			low = middle + 1;
		else
			high = middle;
	}
	return (double)low / (double)s->runs;
}

static void measure_date(struct measurer *m, size_t index, const uint32_t *order)
{
	struct simulation *s = m->s;
	struct simulated_date *date = &s->dates[index];
	const int64_t *values = m->data->finish[index];

	if (date->task == PLAN_NO_TASK) {
		date->deadline = due(project_setting(s->plan->project, "finish"));
		date->planned = s->options.level ? s->plan->project_finish : network_finish(s->plan);
	} else {
		date->deadline = due(record_text_or(s->plan->records[date->task], "deadline"));
		date->planned = s->options.level ? s->plan->finish[date->task] : s->plan->early_finish[date->task];
	}
	for (int p = 0; p < PERCENTILES; p++)
		date->percentile[p] = simulation_moment(s, values[order[quantile_position(simulation_percentiles[p], s->runs)]]);
	date->chance = date->deadline == MOMENT_NONE ? 0 : chance_of(s, values, order, date->deadline);
}

static void measure_dates(struct measurer *m)
{
	struct ranker *r = &m->rankers[0];

	measure_date(m, 0, m->s->finish_order);
	for (size_t i = 1; i < m->s->date_count; i++) {
		sort_indexes(m->data->finish[i], m->s->runs, r->order, r->scratch);
		measure_date(m, i, r->order);
	}
}

static void measure_finish(struct measurer *m)
{
	struct simulation *s = m->s;
	struct ranker *r = &m->rankers[0];
	const struct calendar *calendar = s->plan->calendar;
	size_t n = s->runs;
	moment_t base;

	s->finish = m->data->finish[0];
	s->finish_order = arena_calloc(&s->arena, n, sizeof(uint32_t));
	s->cost_order = arena_calloc(&s->arena, n, sizeof(uint32_t));
	s->work = arena_calloc(&s->arena, n, sizeof(int64_t));
	sort_indexes(s->finish, n, s->finish_order, r->scratch);
	ranks_of(s->finish, s->finish_order, n, m->finish_ranks);
	sort_indexes(s->cost, n, s->cost_order, r->scratch);
	ranks_of(s->cost, s->cost_order, n, m->cost_ranks);
	base = calendar_next_working(calendar, s->plan->project_start);
	base = base == MOMENT_NONE ? s->plan->project_start : base;
	for (size_t i = 0; i < n; i++)
		s->work[i] = calendar_between(calendar, base, simulation_moment(s, s->finish[i]));
	s->finish_mean = mean_of(s->work, n);
	s->finish_deviation = deviation_of(s->work, n, s->finish_mean);
	s->mean_finish = calendar_add(calendar, base, (int64_t)(s->finish_mean + 0.5));
	s->cost_mean = mean_of(s->cost, n);
	s->cost_deviation = deviation_of(s->cost, n, s->cost_mean);
}

/* --- estimates --- */

static void redraw(struct measurer *m, uint32_t input, int64_t *values)
{
	size_t at = 0;

	for (size_t b = 0; b < m->data->block_count; b++) {
		double drawn[LANES];

		draw_input(m->inputs, input, m->data->blocks[b], drawn);
		for (size_t l = 0; l < LANES && at < m->s->runs && l < m->s->options.runs - m->data->blocks[b]; l++)
			values[at++] = (int64_t)drawn[l];
	}
}

/* Mean of F over the fifth of the runs with the smallest D, and with the largest, against the mean of all. */
static void measure_swing(const struct simulation *s, const struct ranker *r, struct simulated_task *t)
{
	size_t fifth = (s->runs + 4) / 5;
	double low = 0, high = 0;

	for (size_t i = 0; i < fifth; i++) {
		low += (double)s->work[r->order[i]];
		high += (double)s->work[r->order[s->runs - 1 - i]];
	}
	t->low = low / (double)fifth - s->finish_mean;
	t->high = high / (double)fifth - s->finish_mean;
}

static void measure_input(void *context, size_t index, unsigned thread)
{
	struct measurer *m = context;
	struct simulation *s = m->s;
	struct ranker *r = &m->rankers[thread];
	struct simulated_task *t;

	if (!m->inputs->items[index].drawn || m->task_row[index] == NO_INPUT)
		return;
	t = &s->tasks[m->task_row[index]];
	redraw(m, (uint32_t)index, r->values);
	rank(r, s->runs);
	t->drawn = true;
	t->mean = mean_of(r->values, s->runs);
	t->deviation = deviation_of(r->values, s->runs, t->mean);
	t->sensitivity = rank_correlation(r->ranks, m->finish_ranks, s->runs);
	t->cost_sensitivity = rank_correlation(r->ranks, m->cost_ranks, s->runs);
	t->cruciality = t->sensitivity * t->criticality;
	t->ssi = s->finish_deviation > 0 ? t->criticality * t->deviation / s->finish_deviation : 0;
	measure_swing(s, r, t);
}

static void list_tasks(struct measurer *m)
{
	struct simulation *s = m->s;
	const struct plan *plan = s->plan;
	uint32_t *row = xcalloc((size_t)plan->task_count + 1, sizeof(*row));

	s->tasks = arena_calloc(&s->arena, (size_t)plan->task_count + 1, sizeof(*s->tasks));
	for (uint32_t i = 0; i < plan->task_count; i++) {
		row[i] = NO_INPUT;
		if (plan->flags[i] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED | PLAN_BUFFER))
			continue;
		row[i] = (uint32_t)s->task_count;
		s->tasks[s->task_count++] = (struct simulated_task){ .task = i,
			.criticality = (double)m->data->critical[i] / (double)s->runs };
	}
	for (uint32_t i = 0; i < m->inputs->count; i++) {
		m->task_row[i] = row[m->inputs->items[i].task];
		s->estimates += m->inputs->items[i].drawn;
	}
	free(row);
}

/* --- risks --- */

static void measure_event(void *context, size_t index, unsigned thread)
{
	struct measurer *m = context;
	struct simulation *s = m->s;
	struct ranker *r = &m->rankers[thread];
	struct simulated_risk *risk = &s->risks[index];
	double finish[2] = { 0, 0 }, cost[2] = { 0, 0 };
	size_t at = 0, count[2] = { 0, 0 };

	for (size_t b = 0; b < m->data->block_count; b++) {
		bool happened[LANES];

		draw_event(m->inputs, (uint32_t)index, m->data->blocks[b], happened);
		for (size_t l = 0; l < LANES && at < s->runs && l < s->options.runs - m->data->blocks[b]; l++, at++) {
			r->values[at] = happened[l];
			count[happened[l]]++;
			finish[happened[l]] += (double)s->work[at];
			cost[happened[l]] += (double)s->cost[at];
		}
	}
	rank(r, s->runs);
	risk->happened = (double)count[1] / (double)s->runs;
	risk->sensitivity = rank_correlation(r->ranks, m->finish_ranks, s->runs);
	risk->cost_sensitivity = rank_correlation(r->ranks, m->cost_ranks, s->runs);
	if (count[0] == 0 || count[1] == 0)
		return;
	risk->low = finish[0] / (double)count[0] - s->finish_mean;
	risk->high = finish[1] / (double)count[1] - s->finish_mean;
	risk->cost_low = cost[0] / (double)count[0] - s->cost_mean;
	risk->cost_high = cost[1] / (double)count[1] - s->cost_mean;
}

static void list_risks(struct measurer *m)
{
	struct simulation *s = m->s;

	s->risk_count = m->inputs->event_count;
	s->risks = arena_calloc(&s->arena, s->risk_count + 1, sizeof(*s->risks));
	for (size_t i = 0; i < s->risk_count; i++) {
		const struct event *event = &m->inputs->events[i];

		s->risks[i].record = event->record;
		s->risks[i].probability = event->probability;
		s->risks[i].hits_nothing = event->hit_count == 0;
	}
}

void simulation_measure(struct simulation *s, const struct inputs *inputs, const struct run_data *data)
{
	unsigned threads = s->options.threads ? s->options.threads : pool_processors();
	struct measurer m = { .s = s, .inputs = inputs, .data = data };

	threads = threads > inputs->count + inputs->event_count + 1 ? inputs->count + inputs->event_count + 1 : threads;
	m.rankers = xcalloc(threads, sizeof(*m.rankers));
	for (unsigned t = 0; t < threads; t++)
		ranker_init(&m.rankers[t], s->runs);
	m.finish_ranks = xcalloc(s->runs, sizeof(float));
	m.cost_ranks = xcalloc(s->runs, sizeof(float));
	m.task_row = xcalloc((size_t)inputs->count + 1, sizeof(uint32_t));
	measure_finish(&m);
	measure_dates(&m);
	list_tasks(&m);
	list_risks(&m);
	pool_run(threads, inputs->count, measure_input, &m, NULL);
	pool_run(threads, inputs->event_count, measure_event, &m, NULL);
	for (unsigned t = 0; t < threads; t++)
		ranker_release(&m.rankers[t]);
	free(m.rankers);
	free(m.finish_ranks);
	free(m.cost_ranks);
	free(m.task_row);
}
