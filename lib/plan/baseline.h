/*
 * Baselines: plans that were frozen, as [baseline NAME] holds them, and the value they planned.
 *
 * A line of `tasks` is
 *	ID START FINISH EFFORT COST ENGINE-START ENGINE-FINISH KEPT ENGINE-COST
 *	T-12 2026-03-16T09:00 2026-04-24T18:00 30d 45000 2026-03-16T09:00 2026-04-24T18:00 12000
 * with '-' for what is not there; what is left out at the end is not there either. START and FINISH are the dates of the schedule,
 * the engine's those without levelling and facts (plan_engine_options), and so is its cost, there when it differs from COST. EFFORT
 * and the costs are the task's own: a parent has what it costs beside its children, so that sums over lines are sums over the project.
 *
 * KEPT makes a new baseline leave the past alone. When a baseline is frozen over another, each task keeps the value that the old one
 * had planned for it by then; a task that is no longer in the plan keeps its line, with KEPT and nothing else. So, with f the moment
 * as of which it was frozen and total = max(cost, kept), so that planned value never falls,
 *	before f   planned value as the old baseline has it
 *	from f on  kept + (total - kept) × share of the working time between max(start, f) and finish that has passed
 *	at the end Σ total: the budget at completion (BAC)
 * What keeps nothing is spread from start to finish; an old baseline without costs planned no value, and is passed over. Working time is that of the task's calendar, or the project's.
 *
 * Worked example: 10 days from Monday at 1,000 a day, frozen before it starts. After 4 days it is frozen again, now with 20 days and
 * 20,000: kept 4,000; planned value on day 4 is 4,000 in both, on day 5 4,000 + 16,000 / 16 = 5,000, on day 20 20,000.
 *
 * Reading is O(bytes); planned value O(lines) a question.
 */
#ifndef PLAN_BASELINE_H
#define PLAN_BASELINE_H

#include "base/strbuf.h"
#include "plan/cost.h"
#include "plan/plan.h"

struct baseline_line {
	struct slice id;
	moment_t start, finish;               /* MOMENT_NONE: not there */
	int64_t effort;                       /* minutes; 0: none */
	decimal_t cost;                       /* DECIMAL_NONE: not there */
	moment_t engine_start, engine_finish;
	decimal_t kept;                       /* DECIMAL_NONE: not there */
	decimal_t engine_cost;                /* COST where it is not said */
};

struct baseline {
	const struct project *project;
	const struct record *record;
	struct arena arena;
	struct baseline_line *lines;
	size_t count;
	struct map by_id;            /* folded id → index in lines + 1 */
	moment_t frozen;             /* when; MOMENT_NONE: not known */
	moment_t as_of;              /* status_date, else frozen: what lies before is past */
	moment_t start, finish;      /* the fields, else from the lines */
	int64_t effort;
	decimal_t cost;              /* budget at completion: the field, else from the lines; DECIMAL_NONE: no costs */
	bool values;                 /* some line has a cost or keeps a value, so that there is a planned value */
	struct slice digest, revision;
	struct baseline *previous;   /* the one it replaced, or NULL; a circle of them is cut */
};

/* The project's current baseline, or NULL. */
const struct record *baseline_current(const struct project *project);
/* The lines of a record, one after the other, without making a table of them. */
void baseline_each_line(const struct project *project, const struct record *record,
	void (*visit)(void *context, const struct baseline_line *line), void *context);
void baseline_read(struct baseline *baseline, const struct project *project, const struct record *record);
void baseline_release(struct baseline *baseline);
/* NULL: the task is not in it. Lines that only keep a value are. */
const struct baseline_line *baseline_find(const struct baseline *baseline, struct slice id);
/* Was it part of the plan, not just of an older one? */
bool baseline_line_planned(const struct baseline_line *line);

/* Value planned by a moment: of one task, of all; in the project's currency. The plan gives the calendars. */
decimal_t baseline_planned_value_of(const struct baseline *baseline, const struct plan *plan, struct slice id, moment_t when);
decimal_t baseline_planned_value(const struct baseline *baseline, const struct plan *plan, moment_t when);

/* Computed fields of baselines: current, task_count. The project must outlive it. */
struct computed baseline_computed(struct project *project);

/* What is frozen: a plan as scheduled, the same by the engine alone, its costs; previous may be NULL. */
struct baseline_source {
	const struct plan *plan, *engine;
	const struct plan_costs *costs, *engine_costs;
	const struct baseline *previous;
	moment_t as_of;
};
/* The text of the field `tasks`, and the budget at completion. */
void baseline_write_tasks(const struct baseline_source *source, struct strbuf *out, decimal_t *cost);

#endif
