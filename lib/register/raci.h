/*
 * RACI over tasks and people: who does the work (R), the one who answers for it (A), who is asked (C), who is told (I).
 *
 *	R  the task's `responsible`; where it names nobody, those in `assign`
 *	A  `accountable`, else `owner`, else that of the nearest parent (inherited, shown in small letters)
 *	C, I  `consulted`, `informed`
 *
 * A row is sound when it has exactly one A and at least one R. `accountable` holds one id, so there are never two; none is
 * the fault to look for. Rows are leaves, or tasks that say something of R, A, C or I themselves. Who answers for more open
 * tasks than `most` is overloaded. Cost: O(tasks × people named).
 */
#ifndef REGISTER_RACI_H
#define REGISTER_RACI_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "plan/plan.h"

enum raci_letter { RACI_R = 1, RACI_A = 2, RACI_C = 4, RACI_I = 8, RACI_INHERITED = 16 /* with A */ };

struct raci_mark {
	uint32_t person;
	uint8_t letters; /* enum raci_letter */
};

struct raci_row {
	uint32_t task;                /* index in the plan */
	uint32_t first, count;        /* of raci.marks */
	bool no_accountable, no_responsible;
};

struct raci_person {
	const struct record *record; /* resource, team or stakeholder; NULL: an id that names nobody */
	struct slice id;
	uint32_t letters[4];         /* how often R, A, C, I; A over open tasks */
	bool overloaded;
};

struct raci {
	struct arena arena;
	const struct plan *plan;
	struct vec people; /* struct raci_person, in order of appearance */
	struct vec rows;   /* struct raci_row */
	struct vec marks;  /* struct raci_mark */
	struct map by_id;  /* private */
	size_t faulty;     /* rows that lack A or R */
};

/* shown: one byte a task, NULL for all. most: 0 for no limit. The plan may be unscheduled; it must outlive the matrix. */
void raci_init(struct raci *raci, const struct plan *plan, const uint8_t *shown, long most);
void raci_release(struct raci *raci);
/* Letters of a person in a row; 0: none. */
uint8_t raci_letters(const struct raci *raci, const struct raci_row *row, uint32_t person);

#endif
