/*
 * The plan: the project's tasks as a compact network in flat arrays, and its schedule.
 *
 * Tasks are indexed 0..task_count-1 in WBS order (parents before children, siblings in file order). Besides those that
 * sections write there are synthetic ones: the occurrences of a recurring task, which become its children, and buffers
 * (`buffer = 20%`): the last child of the parent that has one or, for a milestone, the sibling before it, between what it
 * waits for and itself. A synthetic task shares the record of its owner, the task that makes it, and has an id of its own
 * that no section can have: T-5#2026-03-02, T-2#buffer. To all passes it is an ordinary task; what is shown of a task are
 * plan_id and plan_title, never its record's.
 * Links are CSR: those into task i are
 * links[links_in[i]] … links[links_in[i + 1] - 1]; those out of it are links[links_out[k]] for k from first_out[i] to first_out[i + 1] - 1.
 * Passes are loops over a topological order, never recursion. Results are parallel arrays of moments (civil minutes) and minutes of
 * float on the task's calendar.
 *
 * The definitions are those of the precedence diagram method: FS SS FF SF with lag; TF = LS - ES = LF - EF; FF = the smallest
 * slack of a link, or to the project's end; critical = total float ≤ threshold. Parents span their children; a link to a
 * parent binds every child (FS, SS) or its finish (FF, SF); a link from a parent starts at its computed start or finish.
 * Links compare moments in the successor's working time: Friday 18:00 and Monday 09:00 are the same moment of work.
 *
 * Life: plan_build, plan_schedule (again after changing options), plan_release. The project must outlive the plan.
 * Cost: O((tasks + links) log exceptions) time, ~250 bytes a task.
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
#define PLAN_NO_LINK UINT32_MAX

enum plan_task_flag {
	PLAN_SUMMARY = 1,    /* has children */
	PLAN_MILESTONE = 2,
	PLAN_STARTED = 4,    /* has an actual start, or progress */
	PLAN_FINISHED = 8,   /* has an actual finish, or is done */
	PLAN_CRITICAL = 16,
	PLAN_ELAPSED = 32,   /* duration counts elapsed minutes */
	PLAN_ALAP = 64,
	PLAN_CANCELLED = 128, /* takes no time and binds nobody */
	PLAN_ESTIMATED = 256, /* neither duration nor effort was given: one day */
	PLAN_DELAYED = 512,   /* carries a levelling delay */
	PLAN_LEVELLED = 1024, /* limits on people moved it */
	PLAN_SPLIT = 2048,    /* levelling may interrupt it */
	PLAN_BUFFER = 4096,   /* synthetic: nobody works; its length is a share of the longest path before it */
	PLAN_OCCURRENCE = 8192, /* synthetic: one time of a recurring task; it takes place then and is never moved */
	PLAN_ENDLESS = 16384   /* occurrences that go on until the other tasks end, and parents of nothing else: they
	                          are no part of the project's finish */
};

/* What set a task's start: for `why`. */
enum plan_reason {
	REASON_PROJECT_START,
	REASON_LINK,        /* reason_link */
	REASON_PARENT,      /* something that holds a parent: reason_task */
	REASON_NOT_BEFORE,
	REASON_MUST,
	REASON_ACTUAL,
	REASON_STATUS_DATE,
	REASON_CHILDREN,    /* a parent: its first child */
	REASON_ALAP,
	REASON_PEOPLE       /* somebody it needs is busy until then, or away */
};

struct plan_link {
	uint32_t from, to;     /* task indexes; may be parents as written */
	uint8_t type;          /* enum link_type */
	bool elapsed;
	int64_t lag;           /* minutes; with a percentage, filled by plan_schedule */
	int32_t percent;       /* of the predecessor's duration in hundredths of a percent; 0: none */
	uint32_t at;           /* where it was written: offset in the text of to's `depends` */
};

struct plan_network; /* private: constraints, facts, crews, order */

struct plan {
	const struct project *project;
	struct arena arena;
	struct calendars *calendars;
	const struct calendar *calendar; /* the project's */
	uint32_t task_count, link_count;
	struct record **records; /* by task; a synthetic one has its owner's */
	uint32_t *parent;        /* PLAN_NO_TASK: top level */
	uint32_t *subtree_end;   /* tasks [i, subtree_end[i]) are i and its descendants */
	uint16_t *flags;
	uint16_t *level;    /* depth, 0 at the top */
	int64_t *duration;  /* minutes as scheduled, working (on the task's calendar) or elapsed */
	int64_t *effort;    /* minutes of work, 0 when none; a parent has its children's */
	const struct calendar **task_calendar;
	struct plan_link *links;
	uint32_t *links_in, *first_out, *links_out;
	struct plan_network *network;
	moment_t *baseline_start, *baseline_finish; /* of the current baseline; NULL without one */
	/* Results. */
	moment_t *start, *finish;         /* scheduled: levelled, as-late-as-possible tasks moved */
	moment_t *early_start, *early_finish, *late_start, *late_finish;
	int64_t *total_float, *free_float; /* working minutes on the task's calendar */
	uint8_t *reason;                   /* enum plan_reason */
	uint32_t *reason_link;             /* index in links for REASON_LINK, else PLAN_NO_LINK */
	int64_t *drag;                     /* minutes; NULL until plan_find_drag */
	moment_t project_start, project_finish;
	moment_t network_finish;           /* without limits on people; project_finish: with them */
	moment_t must_finish;              /* the project's `finish`, end of the day for a date; MOMENT_NONE: none */
	moment_t status; /* MOMENT_NONE: no status date */
};

/*
 * Work begun before its predecessors allow: what is left of it waits for them (retained logic), or goes on at once (override).
 */
enum progress_logic { PROGRESS_AS_PROJECT, PROGRESS_RETAINED, PROGRESS_OVERRIDE };

struct plan_options {
	moment_t now;             /* for status_date = today */
	int64_t critical_float;   /* threshold, minutes; 0 */
	enum progress_logic progress; /* of work begun out of sequence */
	bool facts;               /* false: actuals, progress and cancellations ignored (engine 1) */
	bool first_choice;        /* of alternatives the first, of teams and skills the lowest ids, whoever would be done first (engine 1) */
	bool strict;              /* also tell of effort that nobody does in a plan that assigns nobody (effort-nobody) */
	bool unlevelled;          /* limits on people do not count */
	bool within_float;        /* levelling moves no task beyond its float, hence not the finish */
	const char *buffer_word;  /* behind the title of a buffer, in the reader's language; NULL: "buffer" */
	const uint32_t *order;    /* by task: ranks in which levelling places them (plan/level.h); NULL: it searches */
};

/*
 * Engine 1, by which changes are judged: no facts, no levelling, no clock, no choices; a function of the text alone, the same on every
 * machine. (Without a start of the project and without dates of tasks it begins in 1970.)
 */
struct plan_options plan_engine_options(void);
/*
 * Builds network and calendars. Faults (cycle, calendar-empty, dependency on itself or on an ancestor, unreadable values) go
 * to found; ERR_INPUT when one touches what must be computed. *plan is to be released in any case.
 */
int plan_build(struct plan *plan, const struct project *project, const struct plan_options *options,
	struct diagnostics *found, struct err *err);
/*
 * Forward and backward pass. Warnings (deadline-missed, constraint-broken, calendar-horizon) go to found. ERR_INPUT when a task's
 * people and calendars have no working time left.
 */
int plan_schedule(struct plan *plan, const struct plan_options *options, struct diagnostics *found, struct err *err);
void plan_release(struct plan *plan);
/*
 * Only the checks, for `pmt check` after project_check: builds, schedules, and reports what project_check does not
 * (cycles, calendars, constraints, facts after options.now). Returns 0 also when it found something.
 */
int plan_check(const struct project *project, const struct plan_options *options, struct diagnostics *found, struct err *err);

/* Index of a task record, or PLAN_NO_TASK. */
uint32_t plan_task(const struct plan *plan, const struct record *record);
/*
 * Drag of every leaf (Devaux): by how much the network would finish earlier if it took no time; 0 for what is not critical. Fills plan->drag,
 * once a schedule.
 */
void plan_find_drag(struct plan *plan);
/*
 * What makes a task's latest dates as early as they are: the task whose constraint does, *field naming it; or PLAN_NO_TASK, *field
 * "finish" when the project must finish then, NULL when it is the plan's own finish. For negative float, its cause.
 */
uint32_t plan_late_cause(const struct plan *plan, uint32_t task, const char **field);
/* What a task is called, synthetic or not; the slices live as long as the plan. */
struct slice plan_id(const struct plan *plan, uint32_t task);
struct slice plan_title(const struct plan *plan, uint32_t task);
static inline bool plan_is_synthetic(const struct plan *plan, uint32_t task)
{
	return plan->flags[task] & (PLAN_BUFFER | PLAN_OCCURRENCE);
}
/* How many tasks sections write, which is what people count: occurrences and buffers are rows, not tasks. */
uint32_t plan_written(const struct plan *plan);
/* The part of its work that `remaining` says is done, 0 to 1; 0 where nothing is said. */
double plan_share_done(const struct plan *plan, uint32_t task);
/* The task that a synthetic one belongs to; any other is its own. */
uint32_t plan_owner(const struct plan *plan, uint32_t task);
/* The task of that id, synthetic ones included; PLAN_NO_TASK. O(synthetic tasks) for an id with '#'. */
uint32_t plan_find(const struct plan *plan, struct slice id);
/* Where a link was written. O(length of the list it stands in). */
struct place plan_link_place(const struct plan *plan, const struct plan_link *link);
/* WBS code "2.1.3" of a task; below some hundred levels only the end of it, behind "…". */
void plan_wbs_code(const struct plan *plan, uint32_t task, struct strbuf *out);
/*
 * Computed fields of tasks: wbs, level, children, successors, start, finish, early_start … late_finish, total_float, free_float, critical,
 * scheduled_duration. The plan must outlive it.
 */
struct computed plan_computed(struct plan *plan);

#endif
