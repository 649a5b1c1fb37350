/*
 * What the files of lib/plan share about the network; nobody else includes it.
 *
 * Most tasks have neither constraint nor fact, so these stand apart in `extras`. Effort that people work off is a crew, shared by all
 * tasks with the same assignment.
 */
#ifndef PLAN_PLAN_INTERNAL_H
#define PLAN_PLAN_INTERNAL_H

#include "base/vec.h"
#include "plan/level.h"
#include "plan/plan.h"

enum { NO_EXTRA = 0 };

/* Constraints and facts of one task; MOMENT_NONE where there is none. Date-only values are already moments. */
struct plan_extra {
	moment_t not_before, finish_not_before;
	moment_t start_not_after, not_after;
	moment_t must_start, must_finish;
	moment_t deadline;
	moment_t actual_start, actual_finish;
	int64_t remaining;   /* minutes of duration or effort; -1: from progress */
	int32_t progress;    /* hundredths of a percent; -1: not said */
	int64_t delay;       /* levelling delay */
	bool delay_elapsed;
	int32_t priority;    /* 0…1000, higher first */
};

enum { PRIORITY_NORMAL = 500 };

/* What is taken of somebody's time, in LEVEL_UNITs; for several of a kind at once: of each. */
struct share {
	int64_t units; /* when it varies, the most */
	int64_t times; /* when it varies: how many */
	const struct plan_resource *of; /* it varies with what there is of this one; NULL: it does not */
};

/* People of one calendar who work off a pool together. */
struct crew_group {
	const struct calendar *calendar;
	struct share share; /* ten-thousandths of a full day's work a day */
	int64_t fixed; /* minutes of work fixed for this one, or -1: takes part in the pool */
};

/*
 * Who works off an effort. Pool groups come first, one a calendar. With fixed work alone the effort is its sum.
 */
struct crew {
	struct crew_group *groups;
	uint32_t group_count, pool_count;
	int64_t pool_share, fixed_sum;
	bool impossible; /* `together`, and their calendars have no minute in common */
	const struct crew *other; /* with a choice of people: the crew of other calendars; the first to be done counts */
};

enum { CREWS_MOST = 32 }; /* of one choice; more are not looked at */

struct plan_network {
	uint32_t *order;     /* nodes in topological order */
	uint32_t node_count;
	uint32_t *task_of;   /* task by the record's number among tasks */
	uint32_t *ordinal;   /* by task: position among its siblings, from 1 */
	uint32_t *extra;     /* by task: index in extras; 0: none */
	struct plan_extra *extras;
	const struct crew **crew; /* by task; NULL: duration-driven */
	const struct plan_assignment **assignment; /* by task; NULL: nobody */
	struct plan_resource *resources; /* by kind_number; NULL until a task is assigned something */
	uint32_t resource_count;
	moment_t *bound;     /* by task: earliest start its own and its parents' bounds allow */
	moment_t *limit;     /* by task: latest start that links from its start allow, else MOMENT_MAX */
	uint32_t *limit_by;  /* by task: whose constraint that is, else PLAN_NO_TASK */
	uint32_t *late_by;   /* by task: whose constraint makes its latest dates; PLAN_NO_TASK: the project's finish */
	uint32_t *first;     /* by task: the leaf that makes a parent's start */
	struct plan_levelled *levelled; /* what levelling decided besides dates; NULL: nothing was levelled */
	moment_t *link_bound; /* by task: earliest start that links alone allow, else MOMENT_MIN */
	int64_t *parent_delay; /* by task: working time a parent ends after its children; NULL but in trials (trial.c) */
	bool override;         /* progress override: work begun waits for nobody */
	bool trial;            /* buffers take no time: what they would absorb is to be seen */
	struct plan_synthetic *synthetic;
	uint32_t synthetic_count;
	bool first_choice;      /* plan_options.first_choice */
	uint32_t *synthetic_of; /* by task: index in synthetic + 1; NULL when there are none */
};

/* A task that no section of its own writes. */
struct plan_synthetic {
	uint32_t owner;  /* number of the owner's record among tasks */
	uint32_t task;   /* once placed */
	moment_t at;     /* occurrence: when it takes place; buffer: MOMENT_NONE */
	int32_t share;   /* buffer: hundredths of a percent of the longest path */
	bool before;     /* buffer of a milestone: placed before it */
	bool endless;    /* occurrence: of a series that ends when the other tasks do */
	struct slice id, title;
};

#define FIRST_MOMENT ((moment_t)-719162 * MINUTES_PER_DAY) /* the beginning of the year 1 */
#define LAST_MOMENT  ((moment_t)2932897 * MINUTES_PER_DAY) /* the end of 9999 */
#define MOMENT_MAX (INT64_MAX / 4)
#define MOMENT_MIN (-MOMENT_MAX)

/*
 * A node of the network: a leaf, the opening of a parent (its bounds flow down to its children) or its closing (its dates follow from
 * theirs).
 */
#define NODE_CLOSE 0x80000000u
#define NODE_TASK(node) ((node) & ~NODE_CLOSE)

/* The node of its successor that a link leads to; and how many nodes each opening (or leaf) and each closing waits for, added. */
uint32_t network_target(const struct plan *plan, const struct plan_link *link);
void network_count_waits(const struct plan *plan, uint32_t *open, uint32_t *close);

static inline const struct plan_extra *plan_extra(const struct plan *plan, uint32_t task)
{
	return &plan->network->extras[plan->network->extra[task]];
}

static inline int32_t plan_priority(const struct plan *plan, uint32_t task)
{
	return plan_extra(plan, task)->priority;
}

static inline const struct plan_synthetic *plan_synthetic(const struct plan *plan, uint32_t task)
{
	const struct plan_network *n = plan->network;

	return n->synthetic_of && n->synthetic_of[task] ? &n->synthetic[n->synthetic_of[task] - 1] : NULL;
}

static inline bool plan_is_summary(const struct plan *plan, uint32_t task)
{
	return plan->flags[task] & PLAN_SUMMARY;
}

/* What plan_build goes through, in this order. Faults go to found; the counters there tell. */
struct plan_builder {
	struct plan *plan;
	const struct project *project;
	const struct kind *kind;
	const struct plan_options *options;
	struct diagnostics *found;
	struct arena scratch;
	struct map assignments; /* see assignment_key → struct plan_assignment * */
	struct map pools;       /* private to assignment.c, as the rest */
	struct strbuf key;
	const struct kind *resources, *teams;
	const struct field *assign;
	struct plan_family *family; /* private to tree.c */
	struct vec synthetic;       /* struct plan_synthetic */
	bool plain;                 /* recurring tasks are left out: for when the others finish */
	bool plain_known;           /* … and this is known: */
	moment_t plain_finish;
};
/* Parents, into b->family: before anything is allocated in the plan. Is the task of that record number one? */
void plan_build_family(struct plan_builder *b);
bool plan_family_is_parent(const struct plan_builder *b, uint32_t record);
/* Buffers and occurrences, into b->synthetic (synthetic.c). */
void plan_build_synthetic(struct plan_builder *b);
/* When the tasks that do not recur finish; MOMENT_NONE when that cannot be told. */
moment_t plan_plain_finish(struct plan_builder *b);
void plan_build_tree(struct plan_builder *b);   /* records, levels, in WBS order */
void plan_build_tasks(struct plan_builder *b);  /* flags, durations, constraints, facts */
void plan_build_links(struct plan_builder *b);
bool plan_build_order(struct plan_builder *b);  /* false: a cycle, reported */

/* A fault at an entry of a task (line of `offset` in its text). One argument, or two. */
struct diagnostic *plan_fault(const struct plan_builder *b, const struct record *record, const struct entry *entry,
	size_t offset, const char *const words[4]);

/* What decides who works when. */
struct assignment_request {
	const struct record *record;
	const struct entry *assign;
	const struct calendar *own; /* the task's own calendar, or NULL */
	bool together, own_alone;   /* own_alone: whoever works, on the task's calendar */
};
void plan_crews_init(struct plan_builder *b);
/* capacity.c: the steps of a `capacity` that is one. */
void plan_read_capacity(struct arena *arena, const struct value *value, struct plan_resource *out);
/*
 * What a slot takes of one resource: the share written; without one as much as there is at that time, at most one (somebody of
 * whom there is nothing is away, as on leave).
 */
struct share plan_share(const struct plan_resource *resource, const struct assignment_slot *slot);
/* The same of `times` of them; what it is at a moment; the next moment at which it may change, or
 * MOMENT_MAX. */
struct share share_times(struct share share, int64_t times);
int64_t share_at(struct share share, moment_t at);
moment_t share_until(struct share share, moment_t at);
moment_t share_since(struct share share, moment_t at); /* the last such moment before, or MOMENT_MIN */
/* Work in [from, to) on a calendar in minutes × LEVEL_UNIT. */
double share_work(struct share share, const struct calendar *calendar, moment_t from, moment_t to);
/* What it does of something that lasts `duration` minutes between start and finish. */
int64_t share_of_duration(struct share share, const struct calendar *calendar, moment_t start, moment_t finish, int64_t duration);
/* After a schedule: the effort that follows from durations, where shares vary or people were chosen. */
void plan_settle_effort(struct plan *plan);
/* What a task is assigned; NULL when nothing. Its crew is NULL when nobody it names works (materials only). */
const struct plan_assignment *plan_assign(struct plan_builder *b, const struct assignment_request *request);
/* Do those in a slot work off the effort? */
bool assignment_works(const struct plan *plan, const struct plan_assignment *a, uint32_t slot);
/* Calendar of a team's members that name none. */
const struct calendar *plan_team_calendar(const struct plan *plan, const struct record *team);

/* A crew comes together: empty, its groups, then what follows from them (`together`: all at once, else NULL). */
struct crew *crew_new(struct arena *arena, size_t room);
void crew_add(struct crew *crew, const struct calendar *calendar, struct share share, int64_t fixed);
void crew_complete(struct crew *crew, struct calendars *together);
/* Minutes of work per minute of duration while all work, ten-thousandths: the most. */
int64_t crew_share(const struct crew *crew);
/* Is it the same at all times? */
bool crew_is_even(const struct crew *crew);
moment_t crew_start(const struct crew *crew, moment_t from);                      /* first minute anybody works */
/* When one with a fixed amount is done with it. */
moment_t crew_fixed_finish(const struct crew *crew, const struct crew_group *group, moment_t start, int64_t effort);
moment_t crew_finish(const struct crew *crew, moment_t start, int64_t effort);    /* MOMENT_NONE: never */
moment_t crew_latest_start(const struct crew *crew, moment_t finish, int64_t effort);
const struct calendar *crew_calendar(const struct crew *crew); /* when all have one and the same, else NULL */

/* The calendar on which a task's floats count. */
const struct calendar *plan_work_calendar(const struct plan *plan, uint32_t task);
/* First moment from `from` on at which the task may start (milestones may stay at the end of work). */
moment_t work_snap(const struct plan *plan, uint32_t task, moment_t from);
/* Finish of `amount` minutes of duration or effort that begin at start; and the latest start for a finish. */
moment_t work_finish(const struct plan *plan, uint32_t task, moment_t start, int64_t amount);
moment_t work_start(const struct plan *plan, uint32_t task, moment_t finish, int64_t amount);
/* What is left of the amount of a task in progress. */
int64_t work_left(const struct plan *plan, uint32_t task);
/* Of work begun: what is done and what is left, which `remaining` may have made more or less than was planned. */
int64_t work_whole(const struct plan *plan, uint32_t task);
/* What a task's amount is: effort when a crew works it off, else duration. */
int64_t work_amount(const struct plan *plan, uint32_t task);

/* Moments that a link asks of its successor, from the predecessor's start or finish; and back. */
moment_t link_forward(const struct plan *plan, const struct plan_link *link, moment_t from);
moment_t link_backward(const struct plan *plan, const struct plan_link *link, moment_t to);

/* Of a successor's dates the one that a link leads to; a levelling delay lies between the link and the start. */
moment_t plan_link_target(const struct plan *plan, const struct plan_link *link, const moment_t *start,
	const moment_t *finish);
/* By parent: the moment before which links, constraints and dates let none of its children begin. To be freed. */
moment_t *plan_openings(const struct plan *plan);
/* Does a link hold the parent's opening, or that of a parent of it? */
bool plan_links_open(const struct plan *plan, uint32_t parent);
/* Working minutes that a link has to spare on early dates; negative where facts and constraints overrode it. */
int64_t plan_link_slack(const struct plan *plan, const struct plan_link *link, const moment_t *opens);
/* FF and SF links hold a parent's finish itself, which may then lie behind its children's. */
bool plan_has_finish_links(const struct plan *plan, uint32_t task);

/* Latest start that start_not_after and must_start allow, a working moment: a date alone means the beginning of its work. */
moment_t plan_start_limit(const struct plan *plan, uint32_t task);
/* The length of a buffer: its share of the longest path before it, as early dates stand; its predecessors have theirs. */
int64_t plan_buffer_length(const struct plan *plan, uint32_t buffer);
/* Begun, but what is left waits for its predecessors (retained logic), or its start is where the network puts it. */
bool plan_rest_waits(const struct plan *plan, uint32_t task);
/* The last moment at which what is left of it can go on and end by `finish`. */
moment_t plan_resume(const struct plan *plan, uint32_t task, moment_t finish);
/* Does the link hold the task that it leads to? Work that is over or goes on whatever they say is held by none. */
bool plan_link_binds(const struct plan *plan, const struct plan_link *link);
/* Progress override, by the options or else the project? */
bool plan_overrides(const struct plan *plan, const struct plan_options *options);

/* One forward pass: where its results go, early dates or levelled ones. */
struct pass {
	struct plan *plan;
	moment_t *start, *finish;
	int64_t *duration;    /* as scheduled, for lags that are a share of it */
	uint8_t *reason;
	uint32_t *reason_link;
	moment_t *bound, *link_bound; /* as in plan_network */
	uint32_t *first;
	struct diagnostics *found;
	bool override;        /* progress override instead of retained logic */
	moment_t from;        /* start of the project, a working moment */
	uint32_t failed;      /* tasks without working time */
};
/* Lower bounds of one task as they come together. */
struct bounds {
	moment_t start, finish; /* no earlier than */
	moment_t links;         /* the part of `start` that links ask for */
	uint8_t reason;
	uint32_t link, finish_link; /* what asks for `start` when the reason is a link; for `finish`, or PLAN_NO_LINK */
};
/* For early dates; who levels puts other arrays in. */
void pass_init(struct pass *pass, struct plan *plan, const struct plan_options *options);
/* What holds a task's start; a leaf's finish too. */
struct bounds pass_bounds(struct pass *pass, uint32_t task);
/* Dates of a leaf; of one that has neither begun nor a must; what binds a parent's children; a parent's dates from theirs. */
void pass_leaf(struct pass *pass, uint32_t task);
void pass_free(struct pass *pass, uint32_t task, struct bounds *bounds);
void pass_open(struct pass *pass, uint32_t task);
void pass_close(struct pass *pass, uint32_t task);
/* A lag in percent becomes minutes. */
void pass_lag(const struct pass *pass, struct plan_link *link);
/* The last finish, or the project's start. */
moment_t pass_end(const struct pass *pass);
int plan_forward(struct plan *plan, const struct plan_options *options, struct diagnostics *found, struct err *err);
void plan_backward(struct plan *plan);
void plan_floats(struct plan *plan, const struct plan_options *options);
int64_t plan_independent_float(const struct plan *plan, uint32_t task);
/* Moves what is to be late; `room` (or NULL) knows where people have time. */
struct levelling;
void plan_as_late_as_possible(struct plan *plan, struct levelling *room);
/* Dates that the people have time for, from early ones; ALAP tasks moved. */
void plan_level(struct plan *plan, const struct plan_options *options, struct diagnostics *found);
void plan_report(struct plan *plan, bool strict, struct diagnostics *found);
/* Actual dates after today. */
void plan_report_future(struct plan *plan, moment_t now, struct diagnostics *found);
/* Copies the findings that no other check makes. */
void plan_merge_own(struct diagnostics *found, const struct diagnostics *all);

/* frozen.c: dates of the current baseline. */
void plan_read_baseline(struct plan *plan);

#endif
