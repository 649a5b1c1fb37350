/* What the files of trials share. */
#ifndef PLAN_TRIAL_INTERNAL_H
#define PLAN_TRIAL_INTERNAL_H

#include "plan/plan-internal.h"
#include "plan/trial.h"

struct plan_trial {
	struct plan plan;
	struct plan_network network;
	const struct plan *base;
	struct plan_options options;
	struct diagnostics found;
	struct arena arena;
	bool override; /* progress override: work begun waits for nobody */
	bool *opening; /* by parent: what holds its children is critical */
	bool *starting; /* by parent: its start is */
};

/* The same moment of work to a task? */
bool trial_same_work(const struct plan *plan, uint32_t task, moment_t a, moment_t b);

#endif
