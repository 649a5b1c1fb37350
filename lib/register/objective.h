/*
 * Objectives: is each SMART, and how far has it come?
 *
 *	S  specific     a title, and a text or description of more than the title
 *	M  measurable   at least one measure; each names a [metric] with a unit, and compares it with a number
 *	A  achievable   an owner who is there, and not wanted for more than they have in the plan before it is due; or the text of
 *	                `achievable` that says why it can be reached all the same
 *	R  relevant     `relevance`, a parent objective, or requirements that serve it and say what they are worth
 *	T  time-bound   `due`; an open one whose day has passed is out of time
 *
 * Progress of a measure: (latest - start) / (target - start), 0 to 100 %, with start the objective's start_value (when it has one
 * measure) or the metric's baseline_value, and the latest sample until now. Without a start: 100 % when it holds, else n/a. An
 * objective has come as far as the mean of its measures; n/a when one of them is n/a.
 * Source: SMART criteria (Doran 1981). Cost: O(objectives × measures + samples).
 */
#ifndef REGISTER_OBJECTIVE_H
#define REGISTER_OBJECTIVE_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/project.h"
#include "plan/plan.h"

enum smart_letter { SMART_S, SMART_M, SMART_A, SMART_R, SMART_T, SMART_LETTERS };

struct measure {
	struct slice text;          /* the line */
	struct slice name;          /* of the metric, as written */
	const struct record *metric; /* NULL: there is none */
	int comparison;             /* -2 <, -1 <=, 0 =, 1 >=, 2 >, 3 != */
	decimal_t target, start, latest; /* DECIMAL_NONE: not known */
	date_t measured;            /* DATE_NONE: never */
	decimal_t progress;         /* per cent; DECIMAL_NONE: n/a */
	bool holds;                 /* the latest value is there, and meets the target */
};

/* Why a letter is missing: a message id with one %s at most. */
struct smart_fault {
	enum smart_letter letter;
	const char *message;
	struct slice argument;
};

struct objective {
	const struct record *record;
	unsigned letters;            /* bit enum smart_letter: there */
	struct vec faults;           /* struct smart_fault */
	struct vec measures;         /* struct measure */
	decimal_t progress;
};

struct objectives {
	const struct project *project;
	struct plan *plan;           /* scheduled, for the owners' load; NULL: nobody's is known */
	moment_t now;
	struct arena arena;
	struct map samples;          /* private */
	struct vec overloads;        /* private */
	struct vec items;            /* struct objective, in project order */
};

void objectives_init(struct objectives *objectives, const struct project *project, struct plan *plan, moment_t now);
void objectives_release(struct objectives *objectives);
/* "coverage >= 80%" apart. False: no measure. Numbers may carry a unit, which is not read. */
bool measure_parse(struct slice line, struct measure *out);

#endif
