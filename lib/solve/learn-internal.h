/*
 * A search that learns: lazy clause generation on start times. Shared by the learn*.c files alone.
 *
 * Each activity v has two bounds, numbered x = 2v (its earliest start) and x = 2v + 1 (minus its latest start), so that every
 * deduction raises a bound: bound[x] only grows on the way down the tree. A literal (x, k) says bound[x] >= k; its
 * negation is (x ^ 1, 1 - k). The last activity is the end of the project, whose start is its finish.
 *
 * The trail holds every raise with its reason; reasons are turned into literals only when a conflict is analysed.
 */
#ifndef SOLVE_LEARN_INTERNAL_H
#define SOLVE_LEARN_INTERNAL_H

#include "base/vec.h"
#include "solve/solve-internal.h"

struct literal {
	uint32_t x;
	int32_t k;
};

enum reason_kind { REASON_CHOICE, REASON_ARC, REASON_CLAUSE, REASON_TIME };

struct reason {
	enum reason_kind kind;
	uint32_t from; /* ARC: the bound that pushes; CLAUSE: its number; TIME: the resource */
	int32_t at;    /* ARC: the lag; TIME: the period in which the resource is short */
};

struct step {
	uint32_t x;
	int32_t before, after;
	int32_t previous; /* the step that raised x before; -1: none */
	uint32_t level;
	struct reason reason;
};

struct clause {
	uint32_t size, spread; /* spread: number of levels among its literals when it was learned */
	bool gone;
	struct literal literals[];
};

struct watch {
	uint32_t clause;
	int32_t threshold;     /* the literal falls when its opposite bound reaches this */
	struct literal other;  /* when this is true the clause needs no look */
};

struct push { /* bound[to] >= bound[from] + lag */
	uint32_t to;
	int32_t lag;
};

/* The part of its window in which an activity runs wherever it starts: what was taken from `free` for it. */
struct part {
	int32_t from, to;
};

struct part_step {
	uint32_t v;
	int32_t from, to; /* taken with this step */
	struct part before;
};

struct learner {
	const struct instance *in;
	uint32_t count;      /* activities and the end */
	int32_t horizon;     /* all starts are at most this */
	int32_t *duration;
	int32_t *bound, *latest; /* by x: value, last step on the trail */
	uint32_t *first_push;
	struct push *pushes;
	struct vec *watches; /* by x: struct watch, of literals that fall when x rises */
	struct vec trail;    /* struct step */
	struct vec levels;   /* struct level */
	size_t head;         /* steps before it have been propagated */
	uint64_t **free;     /* by word, period */
	struct part *parts;
	struct vec part_steps;
	struct vec clauses;  /* struct clause * */
	struct vec spare;    /* numbers of clauses that are gone, to be used again */
	size_t clause_count, clause_most; /* beyond it the worse half is dropped */
	bool dirty;          /* bounds changed since the time table was looked at: */
	uint8_t *moved;      /* by activity: its own */
	struct part taken;   /* periods in which something was taken from `free` */
	/* conflict */
	struct vec conflict; /* struct literal: true together, and contradictory */
	struct vec reasons;  /* scratch for explanations */
	int32_t *need, *need_step; /* by x; need_step -1: not needed */
	uint8_t *listed;     /* by x: stands in `needed` */
	struct vec needed;   /* x that have been needed */
	struct vec running;  /* scratch of learn_explain_time */
	struct vec learned;  /* struct literal */
	/* choice */
	uint64_t *activity, increment; /* by v * (horizon + 1) + t: of the literal (2v, t) */
	uint32_t *heap, *place, heap_len;
	int32_t *phase;      /* the schedule to follow */
	struct vec assumptions; /* struct literal, one a level */
	uint64_t conflicts, restarts;
	int32_t limit;       /* nothing longer is of interest */
	bool impossible;     /* and nothing as short is there */
};

struct level {
	size_t trail, parts;
};

/* learn_propagate.c: false when a conflict was found. */
bool learn_raise(struct learner *l, struct literal to, struct reason reason);
bool learn_propagate(struct learner *l);
/* Takes what v surely uses by now. */
bool learn_grow_part(struct learner *l, uint32_t v);
void learn_new_level(struct learner *l);
void learn_back_to(struct learner *l, uint32_t level);
static inline uint32_t learn_level(const struct learner *l)
{
	return (uint32_t)l->levels.len;
}

/* learn_explain.c: literals that together imply (step's x, k), true before the step; added to l->reasons. */
void learn_explain(struct learner *l, int32_t step, int32_t k);
void learn_explain_time(struct learner *l, uint32_t v, uint32_t resource, int32_t t, int32_t before, struct vec *out);
/* Turns the conflict into a clause, goes back to where it implies something, and does so. False at the root. */
bool learn_from_conflict(struct learner *l);
void learn_drop_clauses(struct learner *l);

/* learn_choose.c */
void learn_bump(struct learner *l, struct literal literal);
void learn_decay(struct learner *l);
/* Bounds of v between these values are open again. */
void learn_reopen(struct learner *l, uint32_t x, int32_t before, int32_t after);
/* The next literal to assume; false when every start is fixed. */
bool learn_choose(struct learner *l, struct literal *out);

#endif
