/*
 * A trial: the forward pass of a plan with other amounts of work, on arrays of its own. The plan itself is only read, so several trials
 * of one plan may run at once, each in its thread. The simulation and the critical chain are made of them.
 *
 * In a trial buffers take no time, so that one sees what they would have to absorb; the plan's own finish has them.
 *
 * Life: plan_trial_new, then as often as wanted plan_trial_set… and plan_trial_run, plan_trial_free. What is not set keeps the
 * plan's own amount. The plan must have been scheduled and must outlive its trials. Cost of a run: that of plan_forward.
 */
#ifndef PLAN_TRIAL_H
#define PLAN_TRIAL_H

#include "base/vec.h"
#include "plan/plan.h"

struct plan_trial;

struct plan_trial *plan_trial_new(const struct plan *plan, const struct plan_options *options);
void plan_trial_free(struct plan_trial *trial);

/* A leaf's amount: minutes of effort where people work it off, else of duration (elapsed ones for PLAN_ELAPSED). */
int64_t plan_amount(const struct plan *plan, uint32_t task);
/* What of it is left to do: all of it before the start, nothing after the finish. */
int64_t plan_amount_left(const struct plan *plan, uint32_t task);
/* The amount that keeps those who work on a leaf busy `minutes` of working time longer. */
int64_t plan_amount_of_delay(const struct plan *plan, uint32_t task, int64_t minutes);
/* The field that says the amount, "duration" or "effort"; NULL when neither does. */
const char *plan_amount_field(const struct plan *plan, uint32_t task);

void plan_trial_set(struct plan_trial *trial, uint32_t task, int64_t amount);
/* Of a task in progress, instead of its `remaining` or what progress leaves of its amount. */
void plan_trial_set_left(struct plan_trial *trial, uint32_t task, int64_t left);
/* A parent finishes this much working time after the last of its children. */
void plan_trial_delay_parent(struct plan_trial *trial, uint32_t task, int64_t minutes);

/* Early dates and the project's finish for the amounts set. 0, or -1 when a task finds no working time before the year 10000. */
int plan_trial_run(struct plan_trial *trial);
/* The plan with the results of the last run: early_start, early_finish, project_finish. */
const struct plan *plan_trial_plan(const struct plan_trial *trial);
/*
 * Which tasks decide the target's finish (PLAN_NO_TASK: the project's) in the last run: those from which a chain of links without slack
 * leads to it. critical has task_count items.
 */
void plan_trial_critical(struct plan_trial *trial, uint32_t target, bool *critical);

/*
 * Levels the last run, placing tasks in the order of ranks (by task, see plan/level.h): start and finish of the plan, project_finish. Not
 * in several threads for trials of one plan: its calendars remember what they were asked.
 */
void plan_trial_level(struct plan_trial *trial, const uint32_t *rank);
/* Ranks that put tasks in the order in which a scheduled plan has them; rank has task_count places. */
void plan_trial_ranks(const struct plan *plan, uint32_t *rank);

/* The leaf that ends last of all, meetings apart, or of those below a parent; PLAN_NO_TASK when there is none. */
uint32_t plan_trial_last(const struct plan_trial *trial, uint32_t parent);

enum plan_driver { DRIVER_NONE, DRIVER_LINK, DRIVER_PEOPLE };
/*
 * After plan_trial_level: the leaf that a leaf follows, because a link or somebody they share holds it until then; of several the one that
 * ends last. Where neither holds it exactly, the predecessor that ends last. PLAN_NO_TASK: nothing comes before it.
 */
uint32_t plan_trial_driver(const struct plan_trial *trial, uint32_t task, enum plan_driver *how);
/* Leaves that must have ended (or begun) before a leaf by links, those of its parents too. Appended to `out` (uint32_t). */
void plan_trial_predecessors(const struct plan_trial *trial, uint32_t task, struct vec *out);

#endif
