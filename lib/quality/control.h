/*
 * Control charts for individual values (I-MR): is the process steady, and which values are signals?
 *
 *	centre = mean of x          MR_i = |x_i - x_(i-1)|, MR̄ its mean
 *	σ = MR̄ / d2, d2 = 1.128 (moving ranges of two)
 *	limits = centre ± 3 σ = centre ± 2.66 MR̄
 *
 * Source: W. Shewhart (1931); NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2. Worked example there: 49.6 47.6 49.9 51.3 47.8
 * 51.2 52.6 52.4 53.6 52.1: centre 50.81, MR̄ 1.8778, limits 45.8159 and 55.8041.
 *
 * Signals are those of L. Nelson, Journal of Quality Technology 16 (1984) (1, 2, 5 and 6 are the Western Electric rules, with nine in a row
 * instead of eight):
 *	1  one point beyond 3 σ
 *	2  nine in a row on one side of the centre
 *	3  six in a row rising or falling
 *	4  fourteen in a row up and down in turn
 *	5  two of three beyond 2 σ on one side
 *	6  four of five beyond 1 σ on one side
 *	7  fifteen in a row within 1 σ
 *	8  eight in a row beyond 1 σ, on both sides
 * A signal stands at the last point of its pattern. The limits describe how the process behaves, target, warn and fail what is wanted of it:
 * a steady process may well be a bad one.
 *
 * O(samples).
 */
#ifndef QUALITY_CONTROL_H
#define QUALITY_CONTROL_H

#include "base/vec.h"
#include "quality/metric.h"

enum { CONTROL_RULES = 8, CONTROL_LEAST = 2 };

struct control_signal {
	size_t at;   /* index of the sample */
	int rule;    /* 1..8 */
	bool above;  /* on which side, or rising */
};

struct control {
	bool known;             /* at least two samples: there are limits */
	size_t used;            /* samples the limits come from: the first so many */
	double centre, mean_range, sigma, lower, upper;
	struct vec signals;     /* struct control_signal, by sample, then rule */
};

/* Limits from the samples up to `until` (a moment; MOMENT_NONE: all), signals over all of them. */
void control_init(struct control *control, const struct metric *metric, moment_t until);
void control_release(struct control *control);
/* What a rule says, as a message id. */
const char *control_rule_text(int rule);
/* Is the sample the end of some pattern? */
bool control_is_signal(const struct control *control, size_t at);

#endif
