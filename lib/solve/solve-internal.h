/*
 * What the files of lib/solve share; nobody else includes it.
 *
 * The problem is compiled once into two views. A view numbers activities so that links go from smaller to larger numbers; in the
 * backward view time runs the other way: activity v of the one is activity count - 1 - v of the other, and a schedule of length T
 * that starts v at s starts it there at T - s - duration. What generates schedules forward thus generates them backward.
 */
#ifndef SOLVE_SOLVE_INTERNAL_H
#define SOLVE_SOLVE_INTERNAL_H

#include "base/arena.h"
#include "solve/solve.h"

struct arc {
	uint32_t from;
	int32_t lag;
};

/* Capacities packed into words: each resource has a field of bits and above it a guard bit. */
struct use {
	uint32_t word;
	uint64_t amount;
};

enum { FORWARD, BACKWARD };

struct view {
	uint32_t count;
	int32_t *duration, *earliest; /* earliest: by links and releases alone */
	uint32_t *first_in;           /* CSR: arcs into v are in[first_in[v]] … in[first_in[v + 1] - 1] */
	struct arc *in;
	uint32_t *first_use;
	struct use *uses;
	bool in_order; /* an order by start times respects links: no lag is negative */
};

/* One resource as bounds and proofs see it: demands by activity of the forward view. */
struct renewable {
	int32_t capacity; /* the most there ever is, in units of divisor */
	int32_t divisor;
	bool steady;      /* at all times */
	int32_t *demand;
	uint32_t source;  /* its number in the problem */
	uint32_t word, shift, bits; /* its field; the last bit is the guard */
};

struct instance {
	struct arena arena;
	const struct solve_problem *problem;
	uint32_t count;
	uint32_t *activity;      /* by number in the forward view: the problem's */
	struct view view[2];
	uint32_t words;
	uint64_t *guard;         /* by word */
	uint64_t *nominal;       /* by word: capacities before the first step, with guards */
	uint32_t step_count;     /* capacities of all words from steps[i].from on */
	int32_t *step_from;
	uint64_t *step_free;     /* step_count × words */
	uint32_t resource_count; /* scarce ones alone */
	struct renewable *resources;
	int32_t *tail;           /* by number: least time from start to the end of the project */
	int32_t shortest;        /* critical path */
	bool steady;             /* no capacity changes and nothing is released late: time can be mirrored anywhere */
};

int instance_init(struct instance *in, const struct solve_problem *problem, struct err *err);
void instance_release(struct instance *in);

/* Scratch of one thread for generating schedules. */
struct generator {
	const struct instance *in;
	uint64_t **free;   /* by word: free capacity by period */
	int32_t length;    /* periods there is room for */
	int32_t dirty;     /* periods changed since they were laid */
	int direction;     /* and how they were laid */
	int32_t anchor;
	uint32_t *sorted, *spare, *bucket, *stack;
	uint8_t *placed;
};

void generator_init(struct generator *g, const struct instance *in);
void generator_release(struct generator *g);
/*
 * The serial scheme: activities in this order, each as early as its links and free capacity allow. Returns the latest finish. With changing
 * capacities a backward schedule is laid against `anchor`.
 */
int32_t generate(struct generator *g, int direction, const uint32_t *order, int32_t anchor, int32_t *start);
/* Numbers by key (≥ 0), equal ones in order of number, and mended where links forbid it. Valid until the next call. */
const uint32_t *generator_sort(struct generator *g, int direction, const int32_t *key);

/* --- what lanes share ------------------------------------------------------------------------- */

/* A value is what is made small: see objective.c. */
struct solution {
	int32_t *start; /* by number */
	int64_t value;  /* INT64_MAX: there is none */
};
void solution_init(struct solution *s, const struct instance *in);
void solution_release(struct solution *s);

#define SOLVE_LATE_BASE ((int64_t)1 << 32)
/* What of a value is shown: the objective itself. */
int64_t objective_shown(enum solve_objective objective, int64_t value);
/* No schedule has a smaller value. */
int64_t objective_bound(const struct instance *in, enum solve_objective objective);
/* Lower bound of the finish: bound.c. */
int32_t bound_finish(const struct instance *in);
int64_t objective_value(const struct instance *in, enum solve_objective objective, const int32_t *start, int32_t finish);

/* How far a lane may go before it looks up. */
struct quota {
	uint64_t schedules;          /* left */
	int64_t target;              /* a value as small as this ends it */
	double (*clock)(void *context); /* NULL: no limit of time */
	void *context;
	double until;
	const struct cancel *cancel; /* may be NULL */
	bool spent;
};
bool quota_spent(struct quota *quota);

/* --- the population: population.c ------------------------------------------------------------ */

struct population;
struct population *population_new(const struct instance *in, const struct solve_options *options, uint64_t stream,
	uint32_t size);
void population_free(struct population *p);
void population_run(struct population *p, struct quota *quota);
const struct solution *population_best(const struct population *p);
/* A schedule found elsewhere; taken when it is better than the population's best. */
void population_offer(struct population *p, const int32_t *start, int64_t value);

/* The search that learns: learn.c. */
struct learner;
enum learner_answer { LEARNER_UNKNOWN, LEARNER_YES, LEARNER_NO };

/* Is there a schedule no longer than `finish`, in which v starts at early[v] at least and at late[v] at most? */
struct question {
	int32_t finish;
	const int32_t *early, *late; /* by number; NULL: at any time */
	uint64_t conflicts;          /* after so many the answer is UNKNOWN */
};

/* Schedules up to `horizon` long are of interest. */
struct learner *learner_new(const struct instance *in, int32_t horizon);
void learner_free(struct learner *l);
/* Only schedules of at most `finish` are of interest from now on. */
void learner_limit(struct learner *l, int32_t finish);
/* The schedule whose choices are tried first. */
void learner_follow(struct learner *l, const int32_t *start);
/* No schedule of interest is shorter; one more than the limit when there is none at all. */
int32_t learner_bound(const struct learner *l);
/* YES fills start, by number. Each conflict takes one schedule of the quota. */
enum learner_answer learner_ask(struct learner *l, const struct question *question, int32_t *start, struct quota *quota);

/* --- the learning lane: probe.c -------------------------------------------------------------- */

struct prober;
struct prober *prober_new(const struct instance *in, uint64_t seed);
void prober_free(struct prober *p);
/* Goes on from the best schedule known; raises *bound where it can. For the finish as objective. */
void prober_run(struct prober *p, const struct solution *best, int64_t *bound, struct quota *quota);
const struct solution *prober_best(const struct prober *p);

#endif
