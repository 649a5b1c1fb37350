/*
 * What the plan's tasks cost: the work of those assigned by their rates, and what is paid whatever the work.
 *
 *	work    Σ over those assigned: work of each × rate on the days it is done. An effort is divided among its people as they work it
 *	        off: by share and by the time each of them works between start and finish. Equipment beside people is paid for as long
 *	        as the task lasts.
 *	fixed   fixed_cost, materials (rate × quantity), rates and costs per use
 *
 * Of teams, skills and alternatives those count whom the levelled schedule takes. In a plan that is not levelled nobody is taken yet:
 * a team or a skill costs what its members cost on average, and of alternatives the first counts. Rates on dates follow the scheduled
 * dates. Amounts are in the project's currency. Cancelled tasks cost nothing.
 *
 * Life: plan_costs_init after plan_schedule, plan_costs_release. Cost: O(tasks × assigned × rate steps × log exceptions).
 */
#ifndef PLAN_COST_H
#define PLAN_COST_H

#include "plan/plan.h"

struct plan_costs {
	struct arena arena;
	decimal_t *work, *fixed; /* by task; a parent's are its own and those of all below it */
	decimal_t total;
	/* Left out: amounts in currencies without a rate (the first of them), and assigned work without any rate. */
	uint32_t unknown;
	char unknown_currency[4];
	uint32_t unrated;
};

void plan_costs_init(struct plan_costs *costs, const struct plan *plan);
void plan_costs_release(struct plan_costs *costs);
/* work + fixed. */
decimal_t plan_cost(const struct plan_costs *costs, uint32_t task);
/* Its own: less what its children cost. */
decimal_t plan_own_cost(const struct plan_costs *costs, const struct plan *plan, uint32_t task);

#endif
