#include "plan/level-internal.h"

bool level_is_fixed(const struct plan *plan, uint32_t task)
{
	const struct plan_extra *x = plan_extra(plan, task);

	return (plan->flags[task] & PLAN_STARTED) || x->must_start != MOMENT_NONE || x->must_finish != MOMENT_NONE;
}
