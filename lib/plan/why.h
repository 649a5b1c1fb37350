/*
 * Why a task starts when it does: what holds it, what holds that, … back to the project's start or to a date that is given.
 */
#ifndef PLAN_WHY_H
#define PLAN_WHY_H

#include "base/vec.h"
#include "plan/plan.h"

/* One link of the chain: `task` starts at `start` because of `reason`. */
struct why_step {
	uint32_t task;
	moment_t start, until;   /* until: PEOPLE, when the resource is free again; LINK, where the link leads;
	                            PROJECT_START, STATUS_DATE, the date; or MOMENT_NONE */
	enum plan_reason reason;
	uint32_t link;           /* LINK, PARENT when a link holds the parent; else PLAN_NO_LINK */
	uint32_t resource;       /* by index among plan_resources, or LEVEL_NOBODY. PEOPLE: who was busy; else who is off at `until` */
	bool off;                /* working time of the project passes between `until` and the start, without people being busy */
	uint32_t other;          /* the task behind it, the next of the chain; PLAN_NO_TASK: the chain ends here */
};

/* The chain from a task back. Makes `out` a vec of struct why_step, to be released. */
void plan_why(struct plan *plan, uint32_t task, struct vec *out);

/* One change on the chain, and by how much of the project's working time the task would start earlier. */
enum why_change { CHANGE_OTHER_PERSON, CHANGE_NO_LINK, CHANGE_NO_CONSTRAINT, CHANGE_HALF_WORK };
struct why_gain {
	enum why_change change;
	uint32_t step;  /* of the chain */
	uint32_t task;  /* whose assignment, constraint or work it is */
	int64_t gain;   /* minutes */
	moment_t start; /* of the task asked about, then */
};
/*
 * Tries single changes along the chain, each with a schedule of its own, and keeps those that help, the best first. The
 * plan is as before when it returns. Cost: up to 24 schedules.
 */
int plan_why_late(struct plan *plan, const struct plan_options *options, uint32_t task, const struct vec *chain,
	struct vec *out, struct err *err);

#endif
