/*
 * An independent judge of who works when: minute by minute, from what the text says and what the plan claims (dates, people, pieces).
 *
 * Checked for every task that has not begun: those who do it are among those assigned, as many as are asked for, nobody twice
 * where others could; it pauses only when it may be split; the work of its people, each in the minutes that are working time of
 * theirs and the task's, is the effort, and was not a minute earlier. For every resource and minute: what is used is no
 * more than the capacity, except where tasks with given dates alone use more. Who is assigned without a share gives as much as there
 * is of him at that minute, at most one whole. Of a material in stock tasks draw, when they begin, no more than has come by then.
 */
#ifndef SUPPORT_PEOPLE_H
#define SUPPORT_PEOPLE_H

#include "base/strbuf.h"
#include "plan/plan.h"

#include <stdbool.h>

/* What is wrong is appended to `why`. */
bool people_feasible(const struct plan *plan, struct strbuf *why);

#endif
