/*
 * The work breakdown structure against the 100 % rule: the parts of every element are all of its work, and nothing else.
 *
 *	single part       an element with one part: a level that says nothing, or parts that are missing
 *	no estimate       an element with neither parts nor an estimate: not broken down to its end
 *	nobody            a leaf that nobody answers for or works on, itself or by its parents
 *	too long          a leaf longer than a work package should be
 *	effort differs    an element whose own effort is not the sum of its parts'
 *	not in the work   a deliverable that no task delivers: scope outside the structure
 *
 * Source: PMI Practice Standard for Work Breakdown Structures. Cost: O(tasks × depth + deliverables).
 */
#ifndef REGISTER_BREAKDOWN_H
#define REGISTER_BREAKDOWN_H

#include "base/vec.h"
#include "plan/plan.h"

enum breakdown_fault { BREAKDOWN_SINGLE, BREAKDOWN_NO_ESTIMATE, BREAKDOWN_NOBODY, BREAKDOWN_LONG, BREAKDOWN_EFFORT,
	BREAKDOWN_OUTSIDE };

struct breakdown_finding {
	enum breakdown_fault fault;
	uint32_t task;                    /* PLAN_NO_TASK: a deliverable */
	const struct record *deliverable;
	int64_t is, should;               /* minutes: LONG its duration and the longest, EFFORT its own and the parts' */
};

/* longest: minutes of work of the longest leaf allowed. findings: struct breakdown_finding, in the order of the structure. */
void breakdown_check(const struct plan *plan, int64_t longest, struct vec *findings);

#endif
