/*
 * How busy people are in a plan: the work each does, and the week in which most of it falls.
 *
 * Work is what plan_uses says: time on a task × share. A week begins on Monday; it is full when the work in it is what the resource's
 * calendar and capacity give. Materials do not work. Cost: O(uses × weeks of a use).
 */
#ifndef PLAN_LOAD_H
#define PLAN_LOAD_H

#include "base/vec.h"
#include "plan/plan.h"

struct person_load {
	const struct record *resource;
	int64_t work;      /* minutes */
	date_t week;       /* Monday of the busiest week */
	int64_t peak;      /* minutes of work in it */
	int64_t available; /* minutes of working time in it × capacity */
};

/* Everybody who does something, in the order of the records: struct person_load. Makes `out`, to be released. */
void plan_loads(struct plan *plan, struct vec *out);

#endif
