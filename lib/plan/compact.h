/*
 * The plan in whole numbers: the forward pass compiled for one calendar, to be run many times with other amounts of work.
 *
 * Positions are working time as whole numbers: 2c is the end of the c-th working minute, 2c + 1 the beginning of the next. Friday 18:00 and
 * Monday 09:00 are neighbours, and later moments never have smaller positions. A pass over positions gives exactly the
 * dates that plan_forward gives in a trial (buffers take no time), and needs nothing but additions and maxima. The meaning of each field is that of forward.c.
 *
 * A plan that needs its calendars cannot be compiled: several of them, elapsed time, lags in per cent, people of different
 * calendars or with amounts of their own, work begun on an unknown date.
 */
#ifndef PLAN_COMPACT_H
#define PLAN_COMPACT_H

#include "plan/plan.h"

struct compact_clock {
	const struct calendar *calendar;
	moment_t base;      /* before anything that counts */
	int64_t base_count;
};
int64_t clock_position(const struct compact_clock *clock, moment_t moment);
moment_t clock_moment(const struct compact_clock *clock, int64_t position);

enum compact_type {
	COMPACT_LEAF,        /* start from its bounds; finish = start + duration */
	COMPACT_BEGUN,       /* start is `start`; what is left goes on from its bounds */
	COMPACT_FIXED,       /* start, finish */
	COMPACT_MUST_START,  /* start; finish = start + duration */
	COMPACT_MUST_FINISH, /* finish; start = finish - duration */
	COMPACT_OPEN,        /* a parent: what holds its children */
	COMPACT_CLOSE        /* a parent spans its children */
};

/* A link: position of the predecessor's start (2 × task) or finish (2 × task + 1), and lag in minutes. */
struct compact_edge {
	uint32_t slot;
	int32_t lag;
};

struct compact_node {
	uint32_t task;
	enum compact_type type;
	bool milestone; /* may stay at the end of work */
	bool cancelled; /* decides nobody's finish */
	uint32_t parent; /* task whose opening holds it, or PLAN_NO_TASK */
	int32_t base;    /* no earlier than this position */
	int32_t finish_base; /* nor finished before this one; 0: none */
	int32_t start, finish;
	int32_t delay;   /* levelling delay, minutes */
	int64_t amount;  /* the plan's own: of duration or effort; BEGUN: what is left */
	int64_t done;    /* BEGUN without status date: the amount that is done */
	int64_t share;   /* amount per minute of duration in ten-thousandths */
	uint32_t first_start, first_finish, edges_end; /* edges that bound the start, then those that bound the finish */
};

struct compact_plan {
	struct arena arena;
	const struct plan *plan;
	struct compact_clock clock;
	struct compact_node *nodes; /* in the order of the pass */
	uint32_t node_count;
	struct compact_edge *edges;
	int32_t start; /* of the project: it finishes no earlier */
};

/*
 * After plan_schedule. `longest`: an upper bound of the working minutes that amounts and delays of all tasks may take together. False, and
 * nothing to release, when it cannot be compiled or when positions would not fit.
 */
bool compact_init(struct compact_plan *out, const struct plan *plan, const struct plan_options *options, int64_t longest);
void compact_release(struct compact_plan *compact);

/* Minutes of duration in which an amount is worked off. */
static inline int32_t compact_minutes(const struct compact_node *node, int64_t amount)
{
	if (node->share == DECIMAL_ONE)
		return (int32_t)amount;
	return (int32_t)((amount * DECIMAL_ONE + node->share - 1) / node->share);
}
/* Where a link's lag leads from a position. */
static inline int32_t compact_lag(int32_t position, int32_t lag)
{
	return lag == 0 ? position : (position & ~1) + 2 * lag + (lag < 0);
}

#endif
