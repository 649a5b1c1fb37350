/*
 * An independent judge of integer schedules: period by period, from the problem as it was given. It shares no code with lib/solve.
 */
#ifndef SUPPORT_FITS_H
#define SUPPORT_FITS_H

#include "base/strbuf.h"
#include "solve/solve.h"

#include <stdbool.h>

/* Do these starts keep every link, release and capacity? What is wrong is appended to `why`. */
bool fits_problem(const struct solve_problem *problem, const int32_t *start, struct strbuf *why);
/* The latest finish. */
int32_t fits_finish(const struct solve_problem *problem, const int32_t *start);
/*
 * The smallest latest finish (due = NULL), or the smallest sum of weighted lateness: by trying every order of the activities, each
 * placed at the first period where it breaks nothing. For at most eight activities and links without negative lag.
 */
int64_t fits_best(const struct solve_problem *problem);

#endif
