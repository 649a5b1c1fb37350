/*
 * An independent judge of schedules: it shares no code with the scheduler's passes and knows working time only day by day.
 *
 * Everything a schedule promises is checked: durations on their calendars, work done by the people, links with their lags, parents,
 * constraints, facts; that no task could start earlier; that late dates are a schedule too; that floats agree with the dates.
 */
#ifndef SUPPORT_FEASIBLE_H
#define SUPPORT_FEASIBLE_H

#include "base/strbuf.h"
#include "plan/plan.h"

#include <stdbool.h>

/* The dates to judge. */
struct dates {
	const moment_t *start, *finish;
};

/* Working minutes in [a, b), counted day by day; negative when b < a. */
int64_t worked(const struct calendar *calendar, moment_t a, moment_t b);
/* Durations, links, parents and not_before of tasks without facts. What is wrong is appended to `why`. */
bool feasible(const struct plan *plan, struct dates dates, struct strbuf *why);
/* Of that only links, parents, constraints: whatever people make of durations. */
bool links_hold(const struct plan *plan, struct dates dates, struct strbuf *why);
/* No task that is free to move could begin a working minute earlier. For duration-driven tasks. */
bool earliest(const struct plan *plan, struct strbuf *why);
/* Total float is the working time from early to late dates; free float lets a task move without moving a successor. */
bool floats_agree(const struct plan *plan, struct strbuf *why);

#endif
