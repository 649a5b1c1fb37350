/*
 * Two plans side by side: what is new, gone, earlier, later, dearer, and what is critical now.
 *
 * A snapshot is what a comparison needs of a plan, wherever it comes from: a plan as scheduled, or a baseline, which knows no critical path.
 * Tasks are paired by id (folded). Effort and cost are a task's own; a parent has what it costs beside its children. Slips count in working
 * time of the task's calendar in the plan given, so Friday evening to Monday morning is no slip.
 *
 * Cost: O(tasks).
 */
#ifndef PLAN_COMPARE_H
#define PLAN_COMPARE_H

#include "plan/baseline.h"
#include "plan/cost.h"
#include "plan/plan.h"

enum snapshot_flag { SNAPSHOT_SUMMARY = 1, SNAPSHOT_MILESTONE = 2, SNAPSHOT_CRITICAL = 4, SNAPSHOT_CANCELLED = 8,
	SNAPSHOT_SYNTHETIC = 16 /* an occurrence or a buffer: comes and goes with its owner, and is not counted */ };

struct snapshot_task {
	struct slice id, title;
	moment_t start, finish; /* MOMENT_NONE: not known */
	int64_t effort;
	decimal_t cost;
	unsigned flags;
};

struct snapshot {
	struct arena arena;
	bool knows_path, knows_cost; /* critical path; what each task costs */
	moment_t start, finish;
	int64_t effort;
	decimal_t cost;    /* DECIMAL_NONE: not known */
	uint32_t critical; /* leaves on the critical path */
	uint32_t written;  /* tasks but for synthetic ones */
	uint32_t count;
	struct snapshot_task *tasks;
	struct map by_id;  /* folded id → index + 1 */
};

/* Ids and titles are the plan's project's, which must outlive it. */
void snapshot_of_plan(struct snapshot *snapshot, const struct plan *plan, const struct plan_costs *costs);
/* Titles are those of the tasks that the project has; whether a task is a parent follows from the project as well. */
void snapshot_of_baseline(struct snapshot *snapshot, const struct baseline *baseline);
void snapshot_release(struct snapshot *snapshot);
const struct snapshot_task *snapshot_find(const struct snapshot *snapshot, struct slice id);

/* One task that is not as it was. */
struct task_change {
	const struct snapshot_task *before, *after; /* NULL: not there */
	int64_t start_slip, finish_slip; /* working minutes, 0 where one of the two has no dates */
	bool moved;                      /* start or finish differs */
	bool entered, left;              /* the critical path */
};

struct comparison {
	const struct snapshot *before, *after;
	struct vec tasks;     /* struct task_change: those of `after` in its order, then those that are gone */
	int64_t finish_slip;  /* of the project, working minutes */
	uint32_t added, removed, later, earlier; /* leaves, by their finish */
	uint32_t entered, left;
};

/* The plan gives the calendars. Both snapshots must outlive the comparison. */
void comparison_init(struct comparison *comparison, const struct snapshot *before, const struct snapshot *after, const struct plan *plan);
void comparison_release(struct comparison *comparison);
/* Nothing that is compared differs. */
bool comparison_is_empty(const struct comparison *comparison);
/* Working minutes between two finishes of a task; 0 when one is not known. */
int64_t comparison_slip(const struct plan *plan, struct slice id, moment_t before, moment_t after);

#endif
