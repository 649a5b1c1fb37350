/*
 * What the files of lib/plan/level*.c share; nobody else includes it.
 *
 * A resource's time is its own working minutes (calendar_count), in which off-time has no width: whoever works through a
 * weekend or a holiday is busy in one stretch.
 */
#ifndef PLAN_LEVEL_INTERNAL_H
#define PLAN_LEVEL_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "plan/level.h"
#include "plan/plan-internal.h"

/* What is free of a resource over its time: a step function. */
struct level_profile {
	struct vec steps;
};
#define PROFILE_FREE  INT64_MIN /* nothing is in the way */
#define PROFILE_NEVER INT64_MAX /* … for good */

void level_profile_init(struct level_profile *profile, int64_t capacity);
void level_profile_reset(struct level_profile *profile, int64_t capacity);
/* From `at` on, behind all steps there are, so much is free. */
void level_profile_step(struct level_profile *profile, int64_t at, int64_t free);
/* As the other one is. */
void level_profile_copy(struct level_profile *profile, const struct level_profile *other);
void level_profile_release(struct level_profile *profile);
/* Takes amount (gives it back when negative) in [from, to). */
void level_profile_take(struct level_profile *profile, int64_t from, int64_t to, int64_t amount);
/* End of the last stretch in [from, to) with less than amount free, or PROFILE_FREE, PROFILE_NEVER. */
int64_t level_profile_blocked(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount);
/* Start of the first such stretch (never before from), or PROFILE_FREE. */
int64_t level_profile_first_blocked(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount);
/* ∫ (used / capacity)² over its time: the more even the use, the smaller for the same work. `whole`: with nothing used. */
int64_t level_profile_load(const struct level_profile *profile, const struct level_profile *whole, int64_t capacity);
/* Σ minutes × what is missing of amount in [from, to). */
int64_t level_profile_shortage(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount);

/* Smallest key first; of equal keys the smallest item. */
struct level_heap_item {
	uint64_t key;
	uint32_t item;
};
void level_heap_push(struct vec *heap, uint64_t key, uint32_t item);
uint32_t level_heap_pop(struct vec *heap);

/* A resource as tasks are put on it. A stock is one, too: what is drawn from it when a task begins is never given back. */
struct lane {
	struct level_profile profile;
	struct level_profile whole; /* the profile when nobody uses it */
	const struct calendar *calendar;
	int64_t capacity; /* the most there is at any time */
	bool stock;
};

/* Somebody who is to be used by a task. */
struct member {
	uint32_t resource;
	struct share share;
	int64_t fixed;
	const struct calendar *works; /* minutes of its own in which it is used; NULL: all */
	bool pool;                    /* works off an effort */
	bool stock;                   /* a material, drawn from when the task begins */
};

struct stretch {
	int64_t from, to, share;
};

/* Where one pass put the tasks. */
struct placing {
	struct arena arena;
	moment_t *start, *finish;
	int64_t *duration;
	uint8_t *reason;
	uint32_t *reason_link;
	uint32_t *held_resource; /* who was busy, or LEVEL_NOBODY … */
	moment_t *held_until;    /* … and until when */
	uint32_t *choice;        /* 1 + offset in choices, or 0 */
	uint32_t *first_piece;   /* 1 + offset in pieces; 0: in one piece */
	uint32_t *piece_count;
	struct vec choices;      /* uint32_t: resources, slot by slot */
	struct vec pieces;       /* struct plan_piece */
	moment_t end;
	int64_t sum;             /* of the minutes by which tasks end after the project's start */
	struct vec lost;         /* uint32_t: tasks that found no place and stand where the network has them */
};

/* What plan_schedule keeps of it: in the plan's arena. */
struct plan_levelled {
	uint32_t *held_resource;
	moment_t *held_until;
	uint32_t *choice, *choices;
	uint32_t *first_piece, *piece_count;
	struct plan_piece *pieces;
};

struct levelling {
	struct plan *plan;
	const struct plan_options *options;
	struct pass pass;
	struct placing *placing;
	struct lane *lanes; /* by resource; without calendar: no task uses it */
	const uint32_t *rank;
	uint32_t *open, *close; /* by task: nodes that the opening (or leaf), the closing still waits for */
	struct vec ready;       /* heap of tasks that need somebody */
	struct vec stack;       /* nodes that need nobody */
	struct vec members;     /* struct member: of the task at hand */
	struct vec stretches;
	struct vec pieces;      /* struct plan_piece: of the task at hand, when it is split */
	struct map within;      /* resource calendar, task calendar → calendar of their common minutes, or 1 when that is all */
	struct crew crew;       /* of the people chosen, when there was a choice */
	struct vec groups;      /* struct crew_group: the crew's */
	struct vec chosen, best; /* uint32_t: resources, slot by slot; of the combination tried, of the best one */
	struct diagnostics ignored; /* what the network says of dates that levelling only tries */
};

/* A place for a task. */
struct fit {
	moment_t start, finish;
	uint32_t held_resource; /* who moved it last, or LEVEL_NOBODY */
	moment_t held_until;
};

/* Where a task may be put: it begins at or after `from` and ends before `cutoff`. */
struct window {
	moment_t from, cutoff;
};

/* Room for levelling a plan; whether anybody has time is not looked at yet. */
void levelling_init(struct levelling *l, struct plan *plan, const struct plan_options *options);
void levelling_release(struct levelling *l);

/* Leaf tasks whose dates are given: begun, or told when. They are placed first and never move. */
bool level_is_fixed(const struct plan *plan, uint32_t task);
/* Does it take the time of somebody? */
bool level_uses_time(const struct plan *plan, uint32_t task);
/* Does it give people work, as tasks and meetings do? */
bool level_loads(const struct plan *plan, uint32_t task);

#define STOCK_FOR_EVER (INT64_MAX / 4)

/* level_member.c: those who are used, and when. */
void level_members(struct levelling *l, uint32_t task, const uint32_t *choice);
const struct crew *level_crew(struct levelling *l, uint32_t task);
/* Its stretches of the resource's time, valid until the next call; what is drawn from a stock is gone for ever. */
const struct stretch *level_stretches(struct levelling *l, const struct member *m, moment_t start, moment_t finish, size_t *count);

/* level_fit.c: where they are free. When this one is done with it: */
moment_t level_member_finish(struct levelling *l, uint32_t task, const struct member *m, moment_t start, moment_t finish);
/* First place from `from` on that ends before `cutoff`; members as they are. False when there is none. */
bool level_fit(struct levelling *l, uint32_t task, moment_t from, moment_t cutoff, struct fit *out);
/* The last place that begins no later than out->start, ends no later than out->finish, and begins later than `least`. */
bool level_fit_late(struct levelling *l, uint32_t task, struct fit *out, moment_t least);
/* Of the starts in the window the one at which least is missing: for --within-float. */
bool level_fit_least(struct levelling *l, uint32_t task, struct window window, struct fit *out);
/* The time of its people; what it draws from stocks. */
void level_reserve(struct levelling *l, uint32_t task, moment_t start, moment_t finish, int sign);
void level_draw(struct levelling *l, moment_t start, int sign);
/* The first member with more than it has in that time, or LEVEL_NOBODY. */
uint32_t level_overloaded(struct levelling *l, uint32_t task, moment_t start, moment_t finish);

/* level_choice.c: makes l->members (and l->crew) those the placing names for the task, else the first choice. */
void level_use(struct levelling *l, uint32_t task);
/* The people with whom a task finishes first in the window: l->members, and noted in the placing. */
bool level_choose(struct levelling *l, uint32_t task, struct window window, struct fit *out);
/* For given dates: those who have room then, as far as there are enough. */
void level_choose_at(struct levelling *l, uint32_t task, moment_t start, moment_t finish);

/* level_pass.c: one serial pass in the order of ranks. */
void placing_init(struct placing *placing, const struct plan *plan);
void placing_release(struct placing *placing);
void level_reserve_task(struct levelling *l, uint32_t task, int sign);
void level_pass(struct levelling *l, struct placing *out, const uint32_t *rank);

/* All lanes empty again. */
void level_empty(struct levelling *l);

/* level_report.c: findings about assignments; about the schedule too when it was levelled (else l is NULL). */
void level_report(struct plan *plan, struct levelling *l, const struct placing *placing, struct diagnostics *found);

/* level_search.c: how many schedules a search makes of so many activities; 0: too many of them. */
int32_t level_search_schedules(uint32_t count);
/* Starts by activity of the best schedule that the passes find; at least one schedule is made. */
void level_search(const struct level_instance *instance, int32_t *start);

/* level_saved.c: ranks by the project's [sequence]; false when it has none that names a task. */
bool level_saved_order(const struct plan *plan, uint32_t *rank);
/* Was it searched for the earliest finish? */
bool level_saved_is_for_finish(const struct plan *plan);

/* For a task as late as possible: the last place that begins and ends no later than given; false when where it is is the last. */
bool level_move_late(struct levelling *l, uint32_t task, moment_t *start, moment_t *finish);

#endif
