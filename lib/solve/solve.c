/*
 * Lanes: a population, the search that learns, and more populations, side by side.
 *
 * A run is a sequence of rounds. In a round each lane works alone for a while; then, in order of their numbers, they tell each other
 * the best schedule and bound. With a limit of schedules a round is a fixed number of them, and the number of lanes does
 * not depend on the machine, so neither does the result; with a limit of time a round is a slice of it, and there is a
 * lane a thread (two at least).
 *
 * The learning lane (probe.c) takes part only when the objective is the finish and its
 * tables fit in memory. Its share of schedules grows while it makes
 * progress.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

enum {
	LANES_MOST = 64,
	LANE_SCHEDULES = 200000, /* of a limit of schedules: a further lane for each */
	CELLS_MOST = 1 << 23,    /* of the learning lane's tables */
	POPULATION_LEAST = 16,
	POPULATION_MOST = 60,
	ROUND_LEAST = 64,
	ROUNDS = 24,
	SHARES = 16,             /* a learner's share of a round is counted in these */
	PATIENCE = 200
};

static const double slice_least = 0.002, slice_most = 0.05;

struct lane {
	struct population *population; /* one of these two */
	struct prober *prober;
	int64_t bound;          /* what it knows at the end of the round */
	struct quota quota;
	uint64_t given;
};

struct run {
	const struct instance *in;
	const struct solve_options *options;
	struct lane lanes[LANES_MOST];
	size_t lane_count;
	struct lane *learner; /* one of them, or NULL */
	uint64_t learner_share;
	struct solution best;
	int64_t bound;
	uint64_t schedules;
	double began, slice;
};

/* --- rounds ---------------------------------------------------------------------------------- */

static void run_lane(void *context, size_t index, unsigned worker)
{
	struct run *run = context;
	struct lane *lane = &run->lanes[index];

	(void)worker;
	if (run->options->clock && run->options->seconds > 0) {
		lane->quota.clock = run->options->clock;
		lane->quota.context = run->options->context;
		lane->quota.until = run->options->clock(run->options->context) + run->slice;
	}
	if (lane->population)
		population_run(lane->population, &lane->quota);
	else
		prober_run(lane->prober, &run->best, &lane->bound, &lane->quota);
}

static void offer(const struct run *run, struct lane *lane)
{
	if (lane->population)
		population_offer(lane->population, run->best.start, run->best.value);
}

/* Takes in what the lanes found, in their order, and tells them. */
static void share_out(struct run *run)
{
	const struct solution *found;
	int64_t value;

	for (size_t i = 0; i < run->lane_count; i++) {
		struct lane *lane = &run->lanes[i];

		found = lane->population ? population_best(lane->population) : prober_best(lane->prober);
		value = found->value;
		if (value < run->best.value) {
			run->best.value = value;
			memcpy(run->best.start, found->start, run->in->count * sizeof(*found->start));
		}
		if (!lane->population && lane->bound > run->bound)
			run->bound = lane->bound;
		run->schedules += lane->given - lane->quota.schedules;
	}
	if (run->bound > run->best.value)
		run->bound = run->best.value;
	for (size_t i = 0; i < run->lane_count; i++)
		offer(run, &run->lanes[i]);
}

/* How much each lane may do in the next round. The learner waits until there is a schedule to follow. */
static void give_quotas(struct run *run, uint64_t round)
{
	bool learns = run->learner && run->schedules > 1;
	size_t populations = run->lane_count - (run->learner ? 1 : 0);
	uint64_t left = run->options->schedules ? run->options->schedules - run->schedules : UINT64_MAX, given = 0;

	if (round > left)
		round = left;
	for (size_t i = 0; i < run->lane_count; i++) {
		struct lane *lane = &run->lanes[i];
		uint64_t part = (round - round * (learns ? run->learner_share : 0) / SHARES) / populations;

		if (!lane->population)
			part = learns ? round * run->learner_share / SHARES : 0;
		lane->bound = run->bound;
		lane->given = run->options->schedules ? part : UINT64_MAX;
		if (!run->options->schedules && !lane->population && !learns)
			lane->given = 0;
		lane->quota = (struct quota){ .schedules = lane->given, .target = run->bound, .cancel = run->options->cancel };
		given += lane->given;
	}
	if (run->options->schedules && given < round) { /* what division left over */
		run->lanes[0].given += round - given;
		run->lanes[0].quota.schedules = run->lanes[0].given;
	}
}

/* The learning lane is worth more where it gets further than the populations. */
static void weigh_learner(struct run *run, int64_t best, int64_t bound)
{
	if (run->bound > bound || (run->learner && prober_best(run->learner->prober)->value < best)) {
		if (run->learner_share < SHARES - 1)
			run->learner_share += (SHARES - run->learner_share) / 2;
	} else if (run->learner_share > 1 && run->best.value < best) {
		run->learner_share -= run->learner_share / 2;
	}
}

static bool is_over(const struct run *run)
{
	const struct solve_options *o = run->options;

	if (run->best.value <= run->bound || (o->schedules && run->schedules >= o->schedules))
		return true;
	if (o->cancel && atomic_load_explicit(&o->cancel->requested, memory_order_relaxed))
		return true;
	return o->clock && o->seconds > 0 && o->clock(o->context) - run->began >= o->seconds;
}

static void tell(const struct run *run)
{
	const struct solve_options *o = run->options;
	struct solve_progress progress = {
		.best = objective_shown(run->options->objective, run->best.value),
		.bound = objective_shown(run->options->objective, run->bound),
		.schedules = run->schedules,
		.seconds = o->clock ? o->clock(o->context) - run->began : 0,
	};

	progress.optimal = progress.best == progress.bound;
	if (o->progress)
		o->progress(o->context, &progress);
}

static void run_rounds(struct run *run)
{
	const struct solve_options *o = run->options;
	uint64_t round = o->schedules / ROUNDS < ROUND_LEAST ? ROUND_LEAST : o->schedules / ROUNDS;

	while (!is_over(run)) {
		int64_t best = run->best.value, bound = run->bound;

		if (o->clock && o->seconds > 0) {
			double left = o->seconds - (o->clock(o->context) - run->began);

			run->slice = run->slice < left ? run->slice : left;
		}
		give_quotas(run, round);
		pool_run(o->threads, run->lane_count, run_lane, run, NULL);
		share_out(run);
		weigh_learner(run, best, bound);
		tell(run);
		run->slice = 2 * run->slice < slice_most ? 2 * run->slice : slice_most;
	}
}

static void decode_first(struct run *run, struct generator *generator, const uint32_t *order)
{
	const struct instance *in = run->in;
	const struct solve_options *o = run->options;
	uint32_t *given;
	int32_t *start, finish;

	if (o->objective != SOLVE_OWN) {
		finish = generate(generator, FORWARD, order, 0, run->best.start);
		run->best.value = objective_value(in, o->objective, run->best.start, finish);
		return;
	}
	given = xcalloc(in->count, sizeof(*given));
	start = xcalloc(in->count, sizeof(*start));
	for (uint32_t i = 0; i < in->count; i++)
		given[i] = in->activity[order[i]];
	run->best.value = o->decode(o->context, given, start);
	for (uint32_t v = 0; v < in->count; v++)
		run->best.start[v] = start[in->activity[v]];
	free(given);
	free(start);
}

/* There is always a schedule, even when time is up before it began: the rule's, or that of the order the caller brought. */
static void first_schedule(struct run *run)
{
	const struct instance *in = run->in;
	struct generator generator;
	int32_t *key = xcalloc(in->count, sizeof(*key)), least = 0;

	for (uint32_t v = 0; v < in->count; v++) {
		key[v] = run->options->warm ? run->options->warm[in->activity[v]] : in->shortest - in->tail[v];
		least = key[v] < least ? key[v] : least;
	}
	for (uint32_t v = 0; v < in->count; v++)
		key[v] -= least;
	generator_init(&generator, in);
	decode_first(run, &generator, generator_sort(&generator, FORWARD, key));
	run->schedules++;
	generator_release(&generator);
	free(key);
}

static void make_lanes(struct run *run)
{
	const struct solve_options *o = run->options;
	const struct instance *in = run->in;
	size_t populations = 1 + (size_t)(o->schedules / LANE_SCHEDULES);
	uint32_t size = POPULATION_MOST;
	bool learns = o->objective == SOLVE_FINISH &&
		(uint64_t)(in->count + 1) * (uint64_t)(2 * in->shortest + 2) < CELLS_MOST;

	if (o->objective == SOLVE_OWN) {
		populations = 1;
	} else if (!o->schedules) {
		populations = o->threads ? o->threads : pool_processors();
		populations -= learns && populations > 1;
	}
	if (populations > LANES_MOST - 1)
		populations = LANES_MOST - 1;
	while (o->schedules && size > POPULATION_LEAST && (uint64_t)size * size > o->schedules / 3)
		size--;
	for (size_t i = 0; i < populations; i++)
		run->lanes[run->lane_count++].population = population_new(in, o, i, size);
	if (learns) {
		run->learner = &run->lanes[run->lane_count++];
		run->learner->prober = prober_new(in, o->seed);
		run->learner_share = 1;
	}
}

static void free_lanes(struct run *run)
{
	for (size_t i = 0; i < run->lane_count; i++) {
		if (run->lanes[i].population)
			population_free(run->lanes[i].population);
		if (run->lanes[i].prober)
			prober_free(run->lanes[i].prober);
	}
}

static void fill_result(const struct run *run, struct solve_result *result)
{
	const struct instance *in = run->in;

	result->start = xcalloc(in->count, sizeof(*result->start));
	for (uint32_t v = 0; v < in->count; v++) {
		int32_t finish = run->best.start[v] + in->view[FORWARD].duration[v];

		result->start[in->activity[v]] = run->best.start[v];
		result->finish = finish > result->finish ? finish : result->finish;
	}
	result->objective = objective_shown(run->options->objective, run->best.value);
	result->bound = objective_shown(run->options->objective, run->bound);
	result->optimal = result->objective == result->bound;
	result->finish_bound = run->options->objective == SOLVE_FINISH ? (int32_t)run->bound : bound_finish(in);
	result->schedules = run->schedules;
}

int solve(const struct solve_problem *problem, const struct solve_options *options, struct solve_result *result, struct err *err)
{
	struct instance in;
	struct run run = { .in = &in, .options = options, .slice = slice_least };
	int status = instance_init(&in, problem, err);

	*result = (struct solve_result){ .start = NULL };
	if (status == 0) {
		run.began = options->clock ? options->clock(options->context) : 0;
		solution_init(&run.best, &in);
		run.bound = options->objective == SOLVE_OWN ? options->least : objective_bound(&in, options->objective);
		make_lanes(&run);
		first_schedule(&run);
		run_rounds(&run);
		fill_result(&run, result);
		free_lanes(&run);
		solution_release(&run.best);
	}
	instance_release(&in);
	return status;
}

void solve_result_release(struct solve_result *result)
{
	free(result->start);
	result->start = NULL;
}
