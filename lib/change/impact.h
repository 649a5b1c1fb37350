/*
 * What a state of a project comes to, for verification: engine 1. Critical path and planned cost only; facts are stripped, nothing is
 * levelled, there is no clock, no cache, no configuration: a function of the tree alone, the same on every machine. Alternatives count as the
 * first, teams as their members of lowest id. An overlay is never read.
 *
 * A state is measured against the current baseline of the old side (impact_base), whose engine-1 figures stand in its `tasks` lines:
 *	cost     planned cost less the baseline's            cost > 10%, cost > 200000 CNY
 *	finish   working time behind the baseline's finish   finish > 10d, finish > 5% (of the baseline's length)
 *	effort   planned work less the baseline's            effort > 30d, effort > 10%
 *	churn    Σ over tasks of |cost - baseline's cost|    churn > 200000 CNY, churn > 10% (of the baseline's cost)
 *	tasks    how many tasks are added, gone or cost or end otherwise
 */
#ifndef CHANGE_IMPACT_H
#define CHANGE_IMPACT_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/map.h"
#include "model/project.h"
#include "model/query.h"
#include "plan/calendar.h"

struct impact_task {
	decimal_t cost; /* its own, without its children's */
	moment_t start, finish;
};

struct impact {
	struct arena arena;
	bool computed;            /* false: the plan cannot be computed (a cycle, no calendar); every `when` then holds */
	moment_t start, finish;   /* MOMENT_NONE: no tasks */
	decimal_t cost;           /* in the project's currency */
	bool cost_known;          /* false: an amount in a currency without a rate, or beyond what a sum can hold */
	int64_t effort;
	struct map tasks;         /* folded id, "T-5#2026-03-02" too → struct impact_task * */
};

/* The impact keeps nothing of the project. */
void impact_of(struct impact *out, const struct project *project);
/* The same; why it cannot be computed goes to found. */
void impact_check(struct impact *out, const struct project *project, struct diagnostics *found);
void impact_release(struct impact *impact);

/* The old side's current baseline by the engine, and the calendar on which delays are counted. */
struct impact_base {
	struct units units;
	struct calendars *calendars;
	const struct calendar *calendar; /* the project's; NULL: it has none that can be read */
	const struct impact *frozen;     /* computed: there is a baseline whose lines all have the engine's figures */
	bool current;                    /* [project] baseline names one */
	struct slice lines;              /* private: what frozen was read from */
	struct frozen_impact *shared;    /* private: frozen, and who uses it */
};
/* like: of another state, whose figures serve where its baseline has the same lines and units, or NULL. The project must outlive it. */
void impact_base_read(struct impact_base *out, const struct project *project, const struct impact_base *like);
void impact_base_release(struct impact_base *base);

/*
 * A measure of a state against the baseline, in the unit of `wanted`, the text it is compared with: "10%", "200000 CNY", "10d", "3".
 * False when it cannot be told: who judges takes that for the worst.
 */
bool impact_measure(const struct impact_base *base, const struct impact *impact, struct slice name, struct slice wanted,
	struct value *out);
/* Is the measure further in that direction after than before? Also when it cannot be told. */
bool impact_worse(const struct impact_base *base, const struct impact *before, const struct impact *after, struct slice name,
	enum condition_direction direction);

/* What is shown to signers and what ceilings bound: Δ planned cost, Δ finish in working minutes; false when it cannot be told. */
bool impact_change(const struct impact_base *base, const struct impact *before, const struct impact *after, decimal_t *cost,
	int64_t *finish);

/*
 * Are the engine's figures of a baseline record those of this state? False: *wrong is the id of the first task that differs (in the arena), or
 * "" when the plan cannot be computed.
 */
bool impact_confirms(const struct impact *impact, const struct project *project, const struct record *baseline, struct arena *arena,
	const char **wrong);

#endif
