/*
 * Monte Carlo simulation of the plan: many runs, each with durations drawn from the three-point estimates and risks that happen or
 * not, and what they say together.
 *
 * What is drawn
 *	Estimates   the amount (duration, or effort where people work it off) of every unfinished leaf that has a three-point estimate;
 *	            of a task in progress what is left of it. Distribution: the task's, else the project's.
 *	Risks       open ones with a probability: whether the event happens, and its delay, itself an estimate. A threat adds its delay to
 *	            each task it hits and costs its impact, an opportunity takes both off. A parent that is hit ends later; a gain of
 *	            a parent is taken from its leaves, in proportion.
 *	Correlation risks of one group (`correlation`, else `category`) share a factor: normal copula, opportunities of a category
 *	            against its threats. Estimates of tasks assigned to the same may share one too.
 * The number behind each draw is a function of seed, record id and run (base/random): it does not depend on threads, and a change of one
 * task leaves the draws of the others as they are, so that two plans compare run by run.
 *
 * What is measured (D: the amount drawn, F: the target's finish, in working time; names as in risk analysis tools)
 *	criticality   share of runs in which the task decides the target's finish
 *	sensitivity   Spearman's rank correlation of D and F (Williams' cruciality index)
 *	cruciality    sensitivity × criticality
 *	ssi           schedule sensitivity index (PMBOK): criticality × σ(D) / σ(F)
 *	low, high     mean of F over the fifth of the runs with the smallest D, and with the largest: the tornado's bars; for a risk over
 *	              the runs without and with its event
 * A percentile of the finish is the earliest moment by which that share of runs is done.
 *
 * Life: simulation_run, simulation_release. Cost: O(runs × (tasks + links)); on one calendar 32 runs at a time in whole numbers.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include "base/pool.h"
#include "plan/compact.h"
#include "plan/cost.h"
#include "plan/plan.h"

enum simulation_risks {
	RISKS_AS_STANDING, /* before the response; after it where status is responding */
	RISKS_BEFORE,      /* before the response, whatever their status */
	RISKS_RESPONDED,   /* residual probability and impact wherever they are given */
	RISKS_NONE
};

struct simulation_options {
	size_t runs;
	uint64_t seed;
	unsigned threads;        /* 0: all processors; the result does not depend on it */
	enum simulation_risks risks;
	const struct record *without; /* a risk that is left out, all others drawn as if it were there; may be NULL */
	double risk_correlation; /* 0…1, of risks of one group that say nothing else */
	double task_correlation; /* 0…1, of estimates of tasks assigned to the same */
	uint32_t target;         /* whose finish is measured; PLAN_NO_TASK: the project's */
	bool level;              /* people limit the dates of every run: tasks take places in the order of the levelled plan */
	bool calendars_always;   /* go through the calendars even where whole numbers would do (to compare) */
	const struct plan_options *plan;
	const struct cancel *cancel; /* may be NULL */
	/* Called now and then, in any thread. May be NULL. */
	void (*progress)(void *context, size_t done, size_t total);
	void *progress_context;
};

struct simulated_task {
	uint32_t task;
	bool drawn;          /* has an estimate that varies; else only criticality means something */
	double criticality;
	double mean, deviation; /* of D, minutes */
	double sensitivity, cruciality, ssi;
	double cost_sensitivity; /* Spearman's of D and the cost */
	double low, high;        /* working minutes of F against its mean */
};

struct simulated_risk {
	const struct record *record;
	double probability; /* as used */
	double happened;    /* share of runs */
	double sensitivity, cost_sensitivity;
	double low, high;           /* as above; equal when it always or never happened */
	double cost_low, cost_high; /* the cost's means, ten-thousandths of a unit, against its mean */
	bool hits_nothing;  /* names no task that is still open: only its cost counts */
};

/* A milestone, or a task with a deadline; or the project's `finish`. */
struct simulated_date {
	uint32_t task;       /* PLAN_NO_TASK: the target */
	moment_t deadline;   /* MOMENT_NONE: none */
	double chance;       /* of meeting it */
	moment_t planned;    /* as scheduled: with levelling when the runs are levelled */
	moment_t percentile[4];
};

enum { PERCENTILES = 4 };
extern const double simulation_percentiles[PERCENTILES]; /* 0.10 0.50 0.80 0.90 */

struct simulation {
	struct arena arena;
	const struct plan *plan;
	struct simulation_options options;
	size_t runs;              /* done: fewer than asked for after a cancel */
	bool compact;             /* whole numbers on one calendar were enough */
	size_t estimates;         /* tasks whose estimates were drawn */
	size_t failed;            /* runs in which a task found no working time: their finish is the end of 9999 */
	int64_t *finish;          /* of the target, by run, as a value for simulation_moment */
	int64_t *work;            /* the same as working minutes of the project's calendar; only differences mean something */
	decimal_t *cost;          /* by run */
	uint32_t *finish_order, *cost_order; /* runs, ascending */
	double finish_mean, finish_deviation; /* of `work` */
	double cost_mean, cost_deviation;     /* ten-thousandths of a unit */
	moment_t mean_finish;
	struct plan_costs planned_costs;
	struct simulated_task *tasks; /* unfinished leaves in WBS order */
	size_t task_count;
	struct simulated_risk *risks;
	size_t risk_count;
	struct simulated_date *dates; /* WBS order; the first is the target's own */
	size_t date_count;
	size_t dates_left_out;        /* milestones without a deadline, when there are too many to keep */
	struct compact_clock clock; /* of values; its calendar is NULL when they are moments */
};

/* ERR_INPUT: no tasks; ERR_CANCELLED: stopped before a single run was done. To be released in any case. */
int simulation_run(struct simulation *out, const struct plan *plan, const struct simulation_options *options, struct err *err);
void simulation_release(struct simulation *simulation);

/* The defaults: 10,000 runs, seed 1, correlation of risks 0.3. */
struct simulation_options simulation_defaults(const struct plan_options *plan);
moment_t simulation_moment(const struct simulation *simulation, int64_t value);
/* The finish, and the cost, that a share p of the runs does not exceed. */
moment_t simulation_finish(const struct simulation *simulation, double p);
decimal_t simulation_cost(const struct simulation *simulation, double p);
/* Share of runs that finish by then. */
double simulation_chance(const struct simulation *simulation, moment_t by);
/* The planned cost of the whole plan, risks aside. */
decimal_t simulation_planned_cost(const struct simulation *simulation);
/* The finish of the target as scheduled; like the runs with or without levelling. */
moment_t simulation_planned_finish(const struct simulation *simulation);

#endif
