/*
 * The plan: the project's tasks as a compact network in flat arrays, and its schedule.
 *
 * Tasks are indexed 0..task_count-1 in WBS order (parents before children, siblings in file order). Links are CSR. Passes are loops
 * over a topological order, never recursion. Results are parallel arrays of moments (civil minutes) and minutes of float on the task's calendar.
 * The definitions are those of design's measures §3: PDM with FS SS FF SF and lag; TF = LS-ES = LF-EF; FF per link slack;
 * critical = total float ≤ threshold. Parents span their children; links to a parent mean its start or finish.
 * Cost: O((tasks + links) log exceptions) time, ~150 bytes a task.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "base/civil.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "model/project.h"
#include "model/query.h"
#include "plan/calendar.h"

#include <stdbool.h>
#include <stdint.h>

#define PLAN_NO_TASK UINT32_MAX

enum plan_task_flag {
	PLAN_SUMMARY = 1,   /* has children */
	PLAN_MILESTONE = 2,
	PLAN_STARTED = 4,   /* has an actual start (or progress) */
	PLAN_FINISHED = 8,
	PLAN_CRITICAL = 16,
	PLAN_ELAPSED = 32,  /* duration counts elapsed minutes */
	PLAN_ALAP = 64,
	PLAN_CANCELLED = 128
};

/* What set a task's early start: for `why`. */
enum plan_reason {
	REASON_PROJECT_START, REASON_LINK, REASON_PARENT_LINK, REASON_NOT_BEFORE, REASON_MUST, REASON_ACTUAL, REASON_STATUS_DATE,
	REASON_CHILDREN, REASON_ALAP, REASON_DELAY
};

struct plan_link {
	uint32_t from, to; /* task indexes; may be summaries as written */
	uint8_t type;      /* enum link_type */
	bool elapsed;
	int64_t lag; /* minutes, a % lag already resolved */
	uint32_t line, column; /* where it was written, in to's file */
};

struct plan {
	const struct project *project;
	struct arena arena;
	struct calendars *calendars;
	const struct calendar *calendar; /* the project's */
	uint32_t task_count, link_count;
	struct record **records; /* by task */
	uint32_t *parent;        /* PLAN_NO_TASK: top level */
	uint32_t *subtree_end;   /* tasks [i, subtree_end[i]) are i and its descendants */
	uint16_t *flags;
	uint16_t *level; /* depth, 0 at the top */
	int64_t *duration;  /* minutes as scheduled (working, or elapsed) */
	int64_t *effort;    /* minutes of work, 0 when none */
	const struct calendar **task_calendar;
	struct plan_link *links;
	/* Results. */
	moment_t *start, *finish;         /* scheduled = early, facts applied */
	moment_t *early_start, *early_finish, *late_start, *late_finish;
	int64_t *total_float, *free_float; /* working minutes on the task's calendar */
	uint8_t *reason;                   /* enum plan_reason */
	uint32_t *reason_link;             /* index in links for REASON_LINK, else UINT32_MAX */
	moment_t project_start, project_finish;
	moment_t status; /* MOMENT_NONE: no status date */
};

struct plan_options {
	moment_t now;             /* for status_date = today */
	int64_t critical_float;   /* threshold, minutes; 0 */
	bool progress_override;   /* out-of-sequence progress: override instead of retained logic */
	bool facts;               /* false: actuals and progress ignored (engine 1) */
};

/*
 * Builds network and calendars. Faults (cycle, calendar-empty, dependency on itself or on an ancestor, unreadable values) go
 * to found; ERR_INPUT when one touches what must be computed.
 */
int plan_build(struct plan *plan, const struct project *project, const struct plan_options *options,
	struct diagnostics *found, struct err *err);
/* Forward and backward pass. Constraint warnings (deadline-missed, constraint-broken, calendar-horizon) go to found. */
int plan_schedule(struct plan *plan, const struct plan_options *options, struct diagnostics *found, struct err *err);
void plan_release(struct plan *plan);
/* Only the checks: for `pmt check`. */
int plan_check(const struct project *project, const struct plan_options *options, struct diagnostics *found, struct err *err);

/* Index of a task record, or PLAN_NO_TASK. */
uint32_t plan_task(const struct plan *plan, const struct record *record);
/* WBS code "2.1.3" of a task. */
void plan_wbs_code(const struct plan *plan, uint32_t task, struct strbuf *out);
/* Computed fields of tasks: start, finish, early_start … total_float, free_float, critical, wbs, level, duration, under. */
struct computed plan_computed(struct plan *plan);

#endif
