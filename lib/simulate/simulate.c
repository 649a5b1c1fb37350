/*
 * The runs: blocks of LANES, each drawn and passed by whatever thread is free. A block's results go to places of its own, and what is
 * summed over threads is whole numbers, so nothing depends on who did what.
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { WATCHED_VALUES_MOST = 1 << 25 }; /* finishes kept: 256 MB */

const double simulation_percentiles[PERCENTILES] = { 0.10, 0.50, 0.80, 0.90 };

struct worker {
	struct draws draws;
	struct compact_state *state;
	struct plan_trial *trial;
	struct plan *own; /* levelled runs: the calendars of a plan remember, so each thread has one of its own */
	bool *critical_flags;
	uint32_t *critical;
	int64_t *finish; /* of one block: watched × LANES */
	size_t failed;
};

struct runner {
	struct simulation *s;
	const struct inputs *inputs;
	const struct compact_plan *compact; /* NULL: trials */
	uint32_t *rank;    /* levelled runs: the order of the levelled plan */
	uint32_t *watched;
	uint32_t watched_count;
	size_t block_count;
	bool *done;        /* by block */
	int64_t **finish;  /* by watched task: values by run */
	struct worker *workers;
	unsigned threads;
	atomic_size_t runs_done;
};

struct simulation_options simulation_defaults(const struct plan_options *plan)
{
	return (struct simulation_options){ .runs = 10000, .seed = 1, .risk_correlation = 0.3, .target = PLAN_NO_TASK, .plan = plan };
}

static size_t lanes_of(const struct runner *r, size_t block)
{
	size_t left = r->s->options.runs - block * LANES;

	return left < LANES ? left : LANES;
}

static void run_block(void *context, size_t block, unsigned thread)
{
	struct runner *r = context;
	struct worker *w = &r->workers[thread];
	size_t lanes = lanes_of(r, block), done;
	struct pass_results results = { r->watched, r->watched_count, w->finish, w->critical, r->s->options.target, 0 };

	draws_fill(&w->draws, r->inputs, block * LANES);
	if (r->compact)
		compact_pass(w->state, &w->draws, lanes, &results);
	else
		trial_pass(w->trial, r->rank, r->inputs, &w->draws, lanes, w->critical_flags, &results);
	w->failed += results.failed;
	for (uint32_t i = 0; i < r->watched_count; i++)
		memcpy(&r->finish[i][block * LANES], &w->finish[i * LANES], lanes * sizeof(int64_t));
	for (size_t l = 0; l < lanes; l++)
		r->s->cost[block * LANES + l] = (decimal_t)(w->draws.cost[l] + (w->draws.cost[l] < 0 ? -0.5 : 0.5));
	r->done[block] = true;
	done = atomic_fetch_add(&r->runs_done, lanes) + lanes;
	if (r->s->options.progress)
		r->s->options.progress(r->s->options.progress_context, done, r->s->options.runs);
}

/* --- what is watched --- */

static bool has_deadline(const struct plan *plan, uint32_t task)
{
	struct slice text;

	return record_text(plan->records[task], "deadline", &text) && slice_trim(text).len > 0;
}

/* The target, then milestones and tasks with deadlines that are still to come; without deadline only while there is room. */
static void watch(struct runner *r)
{
	const struct plan *plan = r->s->plan;
	size_t most = WATCHED_VALUES_MOST / r->s->options.runs + 2;

	r->watched = xcalloc((size_t)plan->task_count + 1, sizeof(*r->watched));
	r->watched[r->watched_count++] = r->s->options.target;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		bool due = has_deadline(plan, i);

		if ((plan->flags[i] & (PLAN_FINISHED | PLAN_CANCELLED)) || i == r->s->options.target ||
			(!due && !(plan->flags[i] & PLAN_MILESTONE)))
			continue;
		if (!due && r->watched_count >= most)
			r->s->dates_left_out++;
		else
			r->watched[r->watched_count++] = i;
	}
	r->finish = xcalloc(r->watched_count, sizeof(*r->finish));
	for (uint32_t i = 0; i < r->watched_count; i++)
		r->finish[i] = arena_calloc(&r->s->arena, r->s->options.runs, sizeof(int64_t));
}

/* --- threads --- */

/* The same plan once more, for a thread that levels it. */
static struct plan *plan_again(const struct plan *plan, const struct plan_options *options)
{
	struct plan_options unlevelled = *options;
	struct plan *again = xcalloc(1, sizeof(*again));
	struct diagnostics ignored;
	struct err err;

	unlevelled.unlevelled = true;
	err_init(&err);
	diagnostics_init(&ignored);
	if (plan_build(again, plan->project, &unlevelled, &ignored, &err) == 0)
		plan_schedule(again, &unlevelled, &ignored, &err);
	diagnostics_release(&ignored);
	err_release(&err);
	return again;
}

static void start_workers(struct runner *r)
{
	const struct plan *plan = r->s->plan;

	r->threads = r->s->options.threads ? r->s->options.threads : pool_processors();
	if (r->threads > r->block_count)
		r->threads = (unsigned)r->block_count;
	r->workers = xcalloc(r->threads, sizeof(*r->workers));
	for (unsigned t = 0; t < r->threads; t++) {
		struct worker *w = &r->workers[t];

		draws_init(&w->draws, r->inputs);
		if (r->compact)
			w->state = compact_state_new(r->compact, r->inputs);
		else if (r->rank)
			w->own = plan_again(plan, r->s->options.plan);
		if (!r->compact)
			w->trial = plan_trial_new(w->own ? w->own : plan, r->s->options.plan);
		w->critical_flags = xcalloc((size_t)plan->task_count + 1, sizeof(bool));
		w->critical = xcalloc((size_t)plan->task_count + 1, sizeof(uint32_t));
		w->finish = xcalloc((size_t)r->watched_count * LANES, sizeof(int64_t));
	}
}

/* Their counts are summed into the first's. */
static void join_workers(struct runner *r)
{
	for (unsigned t = 0; t < r->threads; t++) {
		for (uint32_t i = 0; t > 0 && i < r->s->plan->task_count; i++)
			r->workers[0].critical[i] += r->workers[t].critical[i];
		r->s->failed += r->workers[t].failed;
	}
}

static void stop_workers(struct runner *r)
{
	for (unsigned t = 0; t < r->threads; t++) {
		struct worker *w = &r->workers[t];

		draws_release(&w->draws);
		compact_state_free(w->state);
		plan_trial_free(w->trial);
		if (w->own)
			plan_release(w->own);
		free(w->own);
		free(w->critical_flags);
		free(w->critical);
		free(w->finish);
	}
	free(r->workers);
}

/* The blocks that were done move together; after a cancel some are missing. */
static void gather(struct runner *r, struct run_data *data)
{
	data->blocks = xcalloc(r->block_count, sizeof(*data->blocks));
	data->finish = r->finish;
	for (size_t block = 0; block < r->block_count; block++) {
		size_t from = block * LANES, lanes = lanes_of(r, block);

		if (!r->done[block])
			continue;
		for (uint32_t i = 0; i < r->watched_count; i++)
			memmove(&r->finish[i][data->runs], &r->finish[i][from], lanes * sizeof(int64_t));
		memmove(&r->s->cost[data->runs], &r->s->cost[from], lanes * sizeof(decimal_t));
		data->blocks[data->block_count++] = from;
		data->runs += lanes;
	}
}

static void make_dates(struct runner *r)
{
	struct simulation *s = r->s;

	s->date_count = r->watched_count;
	s->dates = arena_calloc(&s->arena, s->date_count, sizeof(*s->dates));
	for (size_t i = 0; i < s->date_count; i++)
		s->dates[i].task = r->watched[i];
}

static int make_runs(struct runner *r, struct err *err)
{
	struct simulation *s = r->s;
	struct run_data data = { .blocks = NULL };
	int status = 0;

	start_workers(r);
	pool_run(r->threads, r->block_count, run_block, r, s->options.cancel);
	join_workers(r);
	gather(r, &data);
	data.critical = r->workers[0].critical;
	s->runs = data.runs;
	if (data.runs == 0)
		status = err_set(err, ERR_CANCELLED, "stopped before the first run was done");
	else
		simulation_measure(s, r->inputs, &data);
	free(data.blocks);
	stop_workers(r);
	return status;
}

int simulation_run(struct simulation *out, const struct plan *plan, const struct simulation_options *options, struct err *err)
{
	struct runner r = { .s = out };
	struct compact_plan compact;
	struct inputs inputs;
	int status;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	out->plan = plan;
	out->options = *options;
	plan_costs_init(&out->planned_costs, plan);
	if (plan->task_count == 0 || options->runs == 0)
		return err_set(err, ERR_INPUT, "there is nothing to simulate");
	inputs_init(&inputs, plan, &out->planned_costs, &out->options);
	if (options->level) {
		r.rank = xcalloc(plan->task_count, sizeof(*r.rank));
		plan_trial_ranks(plan, r.rank);
	}
	out->compact = !options->calendars_always && !options->level && compact_init(&compact, plan, options->plan, inputs_longest(&inputs));
	if (out->compact)
		out->clock = compact.clock;
	r.compact = out->compact ? &compact : NULL;
	r.inputs = &inputs;
	r.block_count = (options->runs + LANES - 1) / LANES;
	r.done = xcalloc(r.block_count, sizeof(*r.done));
	out->cost = arena_calloc(&out->arena, options->runs, sizeof(decimal_t));
	watch(&r);
	make_dates(&r);
	status = make_runs(&r, err);
	free(r.done);
	free(r.finish);
	free(r.watched);
	free(r.rank);
	if (out->compact)
		compact_release(&compact);
	inputs_release(&inputs);
	return status;
}

void simulation_release(struct simulation *s)
{
	plan_costs_release(&s->planned_costs);
	arena_release(&s->arena);
	memset(s, 0, sizeof(*s));
}

moment_t simulation_moment(const struct simulation *s, int64_t value)
{
	return s->clock.calendar ? clock_moment(&s->clock, value) : value;
}

moment_t simulation_finish(const struct simulation *s, double p)
{
	return simulation_moment(s, s->finish[s->finish_order[quantile_position(p, s->runs)]]);
}

decimal_t simulation_cost(const struct simulation *s, double p)
{
	return s->cost[s->cost_order[quantile_position(p, s->runs)]];
}

double simulation_chance(const struct simulation *s, moment_t by)
{
	size_t low = 0, high = s->runs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (simulation_moment(s, s->finish[s->finish_order[middle]]) <= by)
			low = middle + 1;
		else
			high = middle;
	}
	return (double)low / (double)s->runs;
}

decimal_t simulation_planned_cost(const struct simulation *s)
{
	return s->planned_costs.total;
}

moment_t simulation_planned_finish(const struct simulation *s)
{
	return s->dates[0].planned;
}
