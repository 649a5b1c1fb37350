/*
 * The resource-constrained project scheduling problem on whole numbers: when does each activity start so that links hold, no
 * resource is asked for more than it has, and the objective is smallest?
 *
 * An activity runs without interruption for `duration` periods; period t is the time from t to t + 1. A link says that `to`
 * starts at least `lag` after the start of `from` (lag = duration of `from` is finish-to-start; any sign), which with fixed durations
 * covers all four link types. Links must not form a cycle. A resource has a capacity that may change in steps over time;
 * each activity in progress takes its demand of it. The objective is the latest finish, the weighted lateness behind due dates, or
 * what the caller makes of an order of the activities (options.decode: calendars, choices of people, costs).
 *
 * How it is answered: serial schedule generation (generate.c), a population of activity lists decoded forward and backward in
 * turn (population.c), lower bounds (bound.c), and a search that learns from its conflicts (learn.c), which proves, and improves
 * by trying for less. Several lanes do this side by side and tell each other the best schedule and bound.
 *
 * Effort is counted in schedules: one pass of the generation scheme, forward or backward, is one schedule, and so is one conflict of
 * the learning search, and one call of options.decode. With a limit of schedules the answer depends on the problem, the seed and the limit alone: not on threads,
 * machine or clock. With a limit of time it is whatever was best by then.
 *
 * The caller owns the problem's arrays and keeps them until solve returns. Nothing here allocates beyond solve's return but the starts.
 */
#ifndef SOLVE_SOLVE_H
#define SOLVE_SOLVE_H

#include "base/err.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

/* start[to] >= start[from] + lag */
struct solve_link {
	uint32_t from, to;
	int32_t lag;
};

/* From period `from` on there are `capacity`, until the next step. */
struct solve_step {
	int32_t from, capacity;
};

struct solve_resource {
	int32_t capacity;               /* before the first step */
	uint32_t step_count;
	const struct solve_step *steps; /* in order of time */
};

struct solve_demand {
	uint32_t activity, resource;
	int32_t amount;
};

struct solve_problem {
	uint32_t activity_count, link_count, resource_count, demand_count;
	const int32_t *duration;
	const struct solve_link *links;
	const struct solve_resource *resources;
	const struct solve_demand *demands; /* several of one activity and resource add up */
	const int32_t *release;             /* earliest starts; NULL: 0 */
	const int32_t *due;                 /* due finish, SOLVE_NO_DUE where there is none; NULL: none */
	const int32_t *weight;              /* of an activity's lateness; NULL: 1 */
};

#define SOLVE_NO_DUE INT32_MAX

enum solve_objective {
	SOLVE_FINISH,   /* the latest finish */
	SOLVE_LATENESS, /* Σ weight × max(0, finish - due); when nothing is late, the latest finish as well */
	SOLVE_OWN       /* what options.decode returns */
};

struct solve_progress {
	int64_t best, bound; /* of the objective */
	uint64_t schedules;
	double seconds;
	bool optimal;
};

struct solve_options {
	enum solve_objective objective;
	uint64_t schedules;   /* limit; 0: none */
	double seconds;       /* limit; 0: none */
	uint64_t seed;
	unsigned threads;     /* 0: all processors; decode is called by one alone */
	const struct cancel *cancel; /* NULL: cannot be stopped */
	const int32_t *warm;  /* starts of a schedule to begin with, feasible or not: their order counts; NULL: none */
	/*
	 * The caller's own way from an order to a schedule, for SOLVE_OWN: activities as they come first, links kept; fills start (≥ 0, in
	 * any unit that grows with time) and returns the value to make small.
	 */
	int64_t (*decode)(void *context, const uint32_t *order, int32_t *start);
	int64_t least;        /* of decode's values; INT64_MIN: not known */
	void (*progress)(void *context, const struct solve_progress *progress); /* NULL; a few times a second, in the caller's thread */
	void *context;        /* of progress, decode and clock */
	double (*clock)(void *context); /* seconds since any moment; must be given for a limit of time, called from any thread */
};

struct solve_result {
	int32_t *start;    /* by activity */
	int64_t objective; /* of start */
	int64_t bound;     /* no schedule has less */
	int32_t finish, finish_bound; /* latest finish by start and durations; SOLVE_OWN: finish_bound is that of the problem */
	bool optimal;      /* objective == bound */
	uint64_t schedules;
};

/*
 * ERR_INPUT: a cycle, a demand above what is ever there again. A cancelled run is no error: the best so far is the result,
 * and there always is one. Release it in any case.
 */
int solve(const struct solve_problem *problem, const struct solve_options *options, struct solve_result *result, struct err *err);
void solve_result_release(struct solve_result *result);

#endif
