/*
 * Levelling: dates that the people, equipment and stock of a plan can keep.
 *
 * plan_schedule levels by itself when tasks are assigned (plan_options.unlevelled and the project's `levelling = no` turn
 * it off). The network's answer stays in early_* and late_*; start and finish become the levelled dates, PLAN_LEVELLED
 * marks the tasks that moved, plan->network_finish and plan->project_finish are the two finishes.
 *
 * Meaning. Somebody assigned is used in the minutes that are working time both of the task and of the resource, from the task's start to
 * its finish (someone with an amount of his own: until that is done). In every minute what is used is no more than the
 * capacity. Tasks run without interruption but over time off, unless split = yes: those pause while somebody is taken.
 * Of alternatives, teams and skills those are taken with whom the task finishes first, in the order in which they are named.
 * Started, must-start and must-finish tasks are placed first and never move.
 *
 * Who wants another order than the built-in search gives: plan_options.order. Who wants to search: level_instance.
 * Both speak of ranks by task index: of two tasks that could be placed next, the one with the lower rank comes first; equal
 * ranks go in WBS order. Ranks need not respect the links.
 */
#ifndef PLAN_LEVEL_H
#define PLAN_LEVEL_H

#include "base/vec.h"
#include "plan/plan.h"

#define LEVEL_UNIT 10000 /* demands and capacities are ten-thousandths: one person full-time is 10000 */
#define LEVEL_NOBODY UINT32_MAX

enum resource_type { RESOURCE_PERSON, RESOURCE_EQUIPMENT, RESOURCE_MATERIAL };

struct capacity_step {
	moment_t from;
	int64_t capacity; /* in LEVEL_UNITs, up to the next step */
};

/* A resource; its index is its record's kind_number. */
struct plan_resource {
	const struct record *record;
	enum resource_type type;
	const struct calendar *calendar; /* working time, less leave */
	int64_t capacity;                /* the most there is at any time, in LEVEL_UNITs */
	int64_t first_capacity;          /* what there is before the first step */
	const struct capacity_step *steps; /* ascending */
	uint32_t step_count;
	bool stock;                      /* a material of which not more can be used up than has come by then */
};

/* One entry of a task's `assign`: `take` of the candidates, `share` of each. */
struct assignment_slot {
	const uint32_t *candidates; /* resources in order of preference */
	uint32_t candidate_count, take;
	int64_t share; /* in LEVEL_UNITs */
	bool as_there_is; /* none is written: of each as much as there is at that time, at most one */
	int64_t fixed; /* minutes of work fixed for this one, or -1 */
	enum allocation_what what;
	const struct calendar *calendar; /* of a team's members that name none; else NULL */
	uint32_t at;   /* where it stands in the text of `assign` */
};

/* What `assign` asks for; shared by tasks that say the same. */
struct plan_assignment {
	struct assignment_slot *slots;
	uint32_t slot_count;
	bool choice;                 /* some slot has more candidates than it takes */
	bool timed;                  /* it takes the time of somebody, or of a stock: not what is always at hand alone */
	bool uneven;                 /* what somebody gives it is not one whole, or not always the same */
	bool together, own_alone;
	const struct calendar *own;  /* the task's own calendar, or NULL */
	const struct crew *crew;     /* private: who works off an effort; NULL: nobody */
};

/* All resources of the plan's project; valid from plan_build on. */
const struct plan_resource *plan_resources(const struct plan *plan, uint32_t *count);
/* What there is of it at a moment, in LEVEL_UNITs. */
int64_t plan_capacity_at(const struct plan_resource *resource, moment_t at);
/* Minutes of one full-time unit that all there is of it can work in that time. */
int64_t plan_capacity_between(const struct plan_resource *resource, moment_t from, moment_t to);
/* What a task is assigned, NULL when nothing. */
const struct plan_assignment *plan_assignment(const struct plan *plan, uint32_t task);
/* Does its duration follow from the effort and those who do it? */
bool plan_driven_by_people(const struct plan *plan, uint32_t task);
/*
 * Who does a task, slot by slot, as chosen among alternatives, teams and skills: writes up to `room` resources and returns how
 * many there are.
 */
uint32_t plan_people(const struct plan *plan, uint32_t task, uint32_t *out, uint32_t room);
/* Working time by which limits on people put off its start; 0 when they did not, and of a parent, for which its children wait. */
int64_t plan_wait(const struct plan *plan, uint32_t task);
/* For REASON_PEOPLE: the resource that was busy or away, and until when. LEVEL_NOBODY otherwise. */
uint32_t plan_held_by(const struct plan *plan, uint32_t task, moment_t *until);
/* Parts of a task that levelling interrupted; none when it was not. */
struct plan_piece {
	moment_t start, finish;
};
const struct plan_piece *plan_pieces(const struct plan *plan, uint32_t task, uint32_t *count);

/* One stretch of somebody's work on a task, from start to finish in the working minutes of `calendar`. */
struct plan_use {
	uint32_t task, resource;
	moment_t start, finish;
	int64_t share; /* in LEVEL_UNITs */
	const struct calendar *calendar;
};
/* All of them, by task; materials excepted. Makes `out` a vec of struct plan_use, to be released. */
void plan_uses(struct plan *plan, struct vec *out);

/*
 * The plan as a resource-constrained project scheduling instance in whole periods of working time.
 *
 * An activity is a leaf task that takes no fixed place, or the opening or closing of a parent (duration 0, no demands): numbered in
 * topological order of the links. `uniform` says that the instance is the plan: one calendar for all, no choice of people, no splits,
 * nothing that the instance leaves out, so that bounds on the instance's makespan are bounds on the plan's, and a schedule of the
 * instance placed in the order of its starts ends no later in the plan. Otherwise it is a close likeness, good for finding orders.
 * Periods are `period` working minutes long (the greatest common divisor), counted from the project's start.
 */
struct level_arc {
	uint32_t to;
	int32_t lag; /* start of `to` ≥ start of `from` + lag; a plain finish-to-start link has the predecessor's duration here */
};
struct level_demand {
	uint32_t resource; /* of the instance */
	int32_t amount;
};
struct level_instance {
	struct arena arena;
	bool uniform;
	int64_t period;
	uint32_t count, resource_count;
	uint32_t *task;       /* by activity: its task */
	bool *dummy;          /* by activity: opening or closing of a parent */
	int32_t *duration, *release; /* release: earliest start for its own reasons */
	int32_t *priority;    /* 0…1000, higher first */
	uint32_t *first_arc;  /* count + 1 offsets into arcs */
	struct level_arc *arcs;
	uint32_t *first_demand; /* count + 1 offsets into demands */
	struct level_demand *demands;
	int32_t *capacity;    /* by resource of the instance; only those that can be short are in it */
	uint32_t *resource;   /* by resource of the instance: index among plan_resources */
};
/*
 * After plan_schedule (of a levelled or an unlevelled plan). A plan with nothing to level gives an instance without resources.
 */
void level_instance_init(struct level_instance *out, const struct plan *plan);
/*
 * The relaxed instance: the plan ends no earlier than its makespan, whatever the order. `dated`: no schedule of the plan is earlier
 * than the network's early dates. False, and to be released all the same, when its times do not fit.
 */
bool level_instance_relax(struct level_instance *out, const struct plan *plan, bool dated);
void level_instance_release(struct level_instance *instance);
/* Ranks by task from starts by activity: what plan_options.order wants. `rank` has plan->task_count places. */
void level_order(const struct level_instance *instance, const int32_t *start, uint32_t *rank);

#endif
