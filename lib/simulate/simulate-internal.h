/* What the files of lib/simulate share; nobody else includes it. */
#ifndef SIMULATE_SIMULATE_INTERNAL_H
#define SIMULATE_SIMULATE_INTERNAL_H

#include "plan/compact.h"
#include "plan/trial.h"
#include "simulate/sampler.h"
#include "simulate/simulate.h"
#include "simulate/statistics.h"

/* Runs that go through the passes together; a block is what a thread takes at once. */
enum { LANES = 32 };

#define NO_INPUT UINT32_MAX

/* How a drawn amount enters the pass. */
enum input_role {
	INPUT_AMOUNT,  /* of a leaf not begun */
	INPUT_LEFT,    /* what is left of one in progress */
	INPUT_PARENT   /* working time by which a parent ends later */
};

/* One amount that varies: an estimate, or the plan's own amount that a risk changes, or a parent's delay. */
struct input {
	uint32_t task;
	enum input_role role;
	bool drawn;
	struct sampler sampler;
	double scale;      /* of the sample: what is left as a share of the amount, else 1 */
	uint64_t stream;
	uint32_t group;    /* of correlation, or NO_INPUT */
	double cost_rate;  /* ten-thousandths of a unit of money a minute of D */
	int64_t planned;   /* the plan's own */
};

/* A task that an event hits. */
struct hit {
	uint32_t input;
	double factor; /* minutes of amount for a minute of delay; negative: a gain */
};

struct event {
	const struct record *record;
	double probability, threshold; /* threshold: the normal quantile of the probability */
	struct sampler delay;
	bool delays;      /* has a delay */
	bool against;     /* an opportunity in a group by category: against the factor */
	double cost;      /* ten-thousandths; negative: a gain */
	uint64_t stream, delay_stream;
	uint32_t group;
	double correlation;
	struct hit *hits;
	uint32_t hit_count;
};

/* What is drawn. Immutable while runs are made. */
struct inputs {
	struct arena arena;
	struct sampler_tables tables;
	const struct plan *plan;
	const struct simulation_options *options;
	struct input *items; /* by task, parents among them */
	uint32_t count;
	struct event *events;
	uint32_t event_count;
	uint64_t *group_stream; /* by group */
	uint32_t group_count;
	double base_cost;       /* what does not vary */
};
void inputs_init(struct inputs *inputs, const struct plan *plan, const struct plan_costs *costs,
	const struct simulation_options *options);
void inputs_release(struct inputs *inputs);
/* risks.c: the events, and inputs for what they hit. Called by inputs_init. */
struct input_builder;
void inputs_add_risks(struct input_builder *b);

/* What a builder of inputs goes through. */
struct input_builder {
	struct inputs *inputs;
	const struct plan *plan;
	const struct plan_costs *costs;
	struct vec items, events, streams; /* struct input, struct event, uint64_t by group */
	struct map groups;                 /* name → group */
	uint32_t *input_of;                /* by task, or NO_INPUT */
};
/* The input of a task, made when there is none; NO_INPUT when the task is finished or cancelled. */
uint32_t inputs_need(struct input_builder *b, uint32_t task, enum input_role role);
uint32_t inputs_group(struct input_builder *b, struct slice prefix, struct slice name);
uint64_t inputs_stream(struct slice kind, struct slice id);

/* The draws of one block. */
struct draws {
	int32_t (*amount)[LANES]; /* by input */
	double cost[LANES];
	bool (*happened)[LANES];  /* by event */
	double (*factor)[LANES];  /* by group */
};
void draws_init(struct draws *draws, const struct inputs *inputs);
void draws_release(struct draws *draws);
/* All draws of runs first … first + LANES - 1. */
void draws_fill(struct draws *draws, const struct inputs *inputs, size_t first);
/* One estimate's values D (minutes) and one event's occurrence alone, for statistics; the same as draws_fill's. */
void draw_input(const struct inputs *inputs, uint32_t input, size_t first, double out[LANES]);
void draw_event(const struct inputs *inputs, uint32_t event, size_t first, bool out[LANES]);

/* Where a pass leaves its results. */
struct pass_results {
	const uint32_t *watched; /* tasks whose finish is kept; PLAN_NO_TASK: the project */
	uint32_t watched_count;
	int64_t *finish;         /* watched_count × LANES */
	uint32_t *critical;      /* by task: runs in which it is critical, counted up */
	uint32_t target;
	size_t failed;
};
/* Passes over the draws of a block, of which the first `lanes` runs count. */
struct compact_state;
struct compact_state *compact_state_new(const struct compact_plan *compact, const struct inputs *inputs);
void compact_state_free(struct compact_state *state);
void compact_pass(struct compact_state *state, const struct draws *draws, size_t lanes, struct pass_results *results);
/* rank: the order in which levelling places tasks, or NULL: none. critical: room for a flag a task. */
void trial_pass(struct plan_trial *trial, const uint32_t *rank, const struct inputs *inputs, const struct draws *draws,
	size_t lanes, bool *critical, struct pass_results *results);

/* The sum of the longest that all unfinished leaves may take, in minutes of duration. */
int64_t inputs_longest(const struct inputs *inputs);

/* What the runs left behind, in the order of the blocks that were done. */
struct run_data {
	size_t *blocks; /* first run of each */
	size_t block_count, runs;
	int64_t **finish; /* by watched task: values by run */
	uint32_t *critical; /* by task */
};
/* measure.c: the statistics of the simulation. */
void simulation_measure(struct simulation *s, const struct inputs *inputs, const struct run_data *data);

#endif
