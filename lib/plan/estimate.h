/*
 * Three-point estimates as distributions: optimistic O, most likely M, pessimistic P.
 *
 * The mean is (O + 4M + P) / 6, the standard deviation (P - O) / 6 (PERT; Malcolm, Roseboom, Clark, Fazar 1959).
 *	pert         beta on [O, P] with α = 1 + 4 (M - O) / (P - O), β = 1 + 4 (P - M) / (P - O)
 *	triangular   on [O, P] with its top at M
 *	uniform      on [O, P]
 *	normal       with that mean and deviation, never below 0
 *	lognormal    with that mean and deviation
 *	exponential  with that mean
 *	fixed        M
 */
#ifndef PLAN_ESTIMATE_H
#define PLAN_ESTIMATE_H

#include "base/slice.h"
#include "model/value.h"

#include <stdint.h>

enum distribution {
	DISTRIBUTION_PERT,
	DISTRIBUTION_TRIANGULAR,
	DISTRIBUTION_NORMAL,
	DISTRIBUTION_LOGNORMAL,
	DISTRIBUTION_EXPONENTIAL,
	DISTRIBUTION_UNIFORM,
	DISTRIBUTION_FIXED
};

/* By its name in files; an unknown or empty one is PERT. */
enum distribution distribution_named(struct slice name);
/* The value that is not exceeded with probability p (0 < p < 1), in minutes; a single value is itself. */
double estimate_quantile(const struct estimate *estimate, enum distribution distribution, double p);

#endif
