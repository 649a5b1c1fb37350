/*
 * What a state of a project comes to, for verification: engine 1. Critical path and planned cost only; facts are stripped, nothing is
 * levelled, there is no clock, no cache, no configuration: a function of the tree alone, the same on every machine. Alternatives count as the
 * first, teams as their members of lowest id. An overlay is never read.
 */
#ifndef CHANGE_IMPACT_H
#define CHANGE_IMPACT_H

#include "base/decimal.h"
#include "base/err.h"
#include "base/map.h"
#include "base/arena.h"
#include "model/project.h"
#include "model/query.h"

struct impact {
	struct arena arena;
	bool computed;            /* false: the plan cannot be computed (a cycle, no calendar); every `when` then holds */
	moment_t start, finish;
	decimal_t cost;           /* in the project's currency */
	bool cost_known;          /* false: an amount in a currency without a rate */
	int64_t effort;
	struct map task_cost;     /* folded id → decimal_t * */
};

void impact_of(struct impact *out, const struct project *project);
void impact_release(struct impact *impact);

/*
 * The names a policy's condition may use, measured against the current baseline of `base` (engine-1 figures): cost and finish as difference
 * (cost > 10% is of the baseline's; finish > 10d in working days), effort, churn = Σ over tasks of |cost - baseline's|, tasks (how many differ).
 * *worse: the measure is worse in `after` than in `before`. False when it cannot be computed.
 */
bool impact_measure(const struct impact *before, const struct impact *after, const struct project *base, struct slice name,
	struct arena *arena, struct value *out, bool *worse);

#endif
