/*
 * Measures: what rules may say about the project as a whole, and every metric by its id.
 *
 *	[rule slip]
 *	when = slip > 10d or open_critical_issues > 0 or coverage < 80
 *
 * measure_kind makes them a kind of their own, so that a rule's condition is read and checked like any other: unknown names and
 * values of the wrong type are found where they stand. A metric with the name of a measure hides it. What cannot be computed
 * (no plan, no sample) is absent: no condition but != holds of it.
 * Siblings that know more (exposure) are asked through `more`.
 */
#ifndef QUALITY_MEASURE_H
#define QUALITY_MEASURE_H

#include "base/map.h"
#include "model/project.h"
#include "model/query.h"
#include "plan/cost.h"
#include "plan/plan.h"

#include <stdbool.h>

/* What measures of one state were at one moment, for those who ask for them often: many rules ask for the same. */
struct measure_memo {
	struct arena arena;
	struct map values;
	moment_t now;
};

struct measures {
	const struct project *project;
	struct plan *plan;              /* NULL: there is none */
	const struct plan_costs *costs; /* NULL: not asked for */
	moment_t now;                   /* metrics count samples up to it; dates are compared with it */
	size_t errors, warnings;        /* that `pmt check` finds */
	bool checked;                   /* they are known */
	/* Measures of other analyses, by name; false: not theirs or not to be computed. May be NULL. */
	bool (*more)(void *context, const char *name, struct value *out);
	void *more_context;
	struct measure_memo *memo; /* of this state alone; may be NULL */
	struct metric_readings *readings; /* used where they are of this project and moment; may be NULL */
};

/* Every built-in measure; its doc says what it is. NULL-terminated by name. */
extern const struct field measure_fields[];
size_t measure_count(void);
/* Does it need the schedule, the costs, the findings of the check? */
enum measure_need { MEASURE_PLAN = 1, MEASURE_COSTS = 2, MEASURE_CHECK = 4 };
unsigned measure_needs(const char *name);

/* A kind whose fields are the metrics of the project and the measures; in the arena. */
const struct kind *measure_kind(const struct project *project, struct arena *arena);
void measure_memo_init(struct measure_memo *memo);
void measure_memo_release(struct measure_memo *memo);
/* For query_scope.measure; context is a struct measures. */
bool measure_value(void *measures, struct slice name, struct slice wanted, struct arena *arena, struct value *out);

#endif
