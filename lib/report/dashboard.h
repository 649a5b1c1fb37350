/*
 * The dashboard that `pmt` alone shows: health with its reasons, what is due, what waits for me.
 *
 * Health of a dimension is good, watch or bad by a rule that the text beside it states; a dimension the project holds nothing about is left
 * out. Where the project's history tells, an arrow says whither the dimension's figure went in the last week, and by how much; the limits that
 * rules set and that hold are named. A rule of the project that trips makes its dimension watch (warning) or bad (error), and is named. Cost: watch when the planned cost
 * is above the baseline's. Quality: as bad as its worst metric. Scope: requirements verified, without a judgement of its own. Schedule: bad when a deadline is missed or float is negative; watch when unfinished tasks should be finished by now, or when it finishes later than the baseline.
 */
#ifndef REPORT_DASHBOARD_H
#define REPORT_DASHBOARD_H

#include "doc/doc.h"
#include "plan/cost.h"
#include "plan/plan.h"
#include "quality/rule.h"

/* A change that waits for the reader's approval. */
struct dashboard_approval {
	struct slice id, title;
	bool measured;  /* the two below are known */
	decimal_t cost; /* by how much it raises the planned cost */
	int64_t finish; /* and moves the finish, in working minutes */
};

/*
 * One figure of each dimension, so that two moments can be compared: the finish (moment_t), the planned cost (decimal_t), the percentage of
 * requirements verified (decimal_t), metrics that warn or fail, the exposure of open threats (decimal_t), people overloaded.
 */
enum health_dimension { HEALTH_SCHEDULE, HEALTH_COST, HEALTH_SCOPE, HEALTH_QUALITY, HEALTH_RISK, HEALTH_PEOPLE };
enum { HEALTH_DIMENSIONS = HEALTH_PEOPLE + 1 };
struct health_figures {
	bool known[HEALTH_DIMENSIONS];
	int64_t number[HEALTH_DIMENSIONS];
};

struct dashboard {
	const struct project *project;
	struct plan *plan;        /* NULL: could not be computed */
	const char *plan_trouble; /* then why, in words */
	moment_t now;
	struct slice me;         /* the reader's resource id, or empty */
	size_t errors, warnings; /* found when loading and checking */
	const struct rules *rules;    /* evaluated; NULL: none were read */
	const struct plan_costs *costs; /* NULL: not computed */
	const struct health_figures *before; /* of the end of the day `since`; NULL: nobody knows */
	date_t since;
	bool data; /* for programs: the dimensions as a table of values, too */
	const struct vec *approvals; /* struct dashboard_approval; NULL: nobody looked */
	size_t unjudged;             /* open changes of which it is not known */
	const struct vec *changes; /* struct history_change since yesterday, newest first; NULL: there is no history to ask */
};

void dashboard_build(struct doc *doc, const struct dashboard *dashboard);

#endif
