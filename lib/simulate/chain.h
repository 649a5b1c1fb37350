/*
 * The critical chain: aggressive estimates, people respected, and the safety that was cut from the tasks put into buffers (Goldratt,
 * "Critical Chain", 1997; measures.md §4).
 *
 * Each open leaf counts with an aggressive duration (a point of its estimate, the median unless told) instead of a safe one. The plan is levelled
 * with these; the chain of tasks that decides its finish, through links and shared people, is the critical chain. The project buffer stands behind
 * it. Where another chain joins, a feeding buffer stands behind that one. Sizes:
 *	cut and paste   a share (50 %) of the aggressive length of the chain
 *	RSEM            √ Σ (safe - aggressive)² over its tasks (root square error method)
 * Example (OR-AS): chain 6, 4, 2 days after 9, 6, 3: 50 % is 6 days, RSEM √(9 + 4 + 1) = 3.7 days.
 *
 * While the project runs: completion is the share of the chain's length that is done, consumption the share of the buffer that the delay of
 * the chain's end has eaten, both against the plan without facts; of a feeding buffer what its chain lost against the task it joins,
 * beyond the room there is before the buffer. The fever chart shows one against the other; its zones are
 * lines from completion 0 to 100 %.
 *
 * Life: chain_find, chain_release. Cost: two levellings, and O(tasks × links) for the chains.
 */
#ifndef SIMULATE_CHAIN_H
#define SIMULATE_CHAIN_H

#include "plan/plan.h"

#include <stdbool.h>

enum chain_method { CHAIN_CUT_AND_PASTE, CHAIN_RSEM };

/* A point of an estimate: a quantile, or one of its three values. */
enum chain_point_type { CHAIN_QUANTILE, CHAIN_OPTIMISTIC, CHAIN_LIKELY, CHAIN_PESSIMISTIC };
struct chain_point {
	enum chain_point_type type;
	double p; /* QUANTILE: 0…1 */
};

struct chain_options {
	struct chain_point aggressive, safe;
	enum chain_method method;
	double share;         /* cut and paste: 0.5 */
	double yellow[2], red[2]; /* consumption at completion 0 and 1 above which it is yellow, red */
	moment_t now;
};

enum chain_zone { CHAIN_GREEN, CHAIN_YELLOW, CHAIN_RED };

/* A task on a chain. */
struct chain_task {
	uint32_t task;
	int64_t aggressive, safe; /* working minutes of duration */
	int64_t length;           /* what it adds to the chain: its aggressive duration, less what overlaps the one before it */
	bool by_people;           /* it follows the one before it because of somebody both need */
	moment_t planned_start, planned_finish; /* without facts */
	moment_t projected_finish;              /* with them */
	double done;              /* 0…1 */
};

/* A chain and the buffer behind it. */
struct buffered_chain {
	struct chain_task *tasks; /* in the order in which they are done */
	uint32_t count;
	uint32_t joins;           /* task on the critical chain that a feeding chain leads to; PLAN_NO_TASK: the project's */
	int64_t length, buffer;   /* working minutes */
	int64_t gap;              /* feeding: working minutes between its end and the task it joins; less than the buffer: it pushes */
	moment_t planned_finish;  /* of the chain, aggressive, without facts */
	moment_t buffered_finish; /* with its buffer */
	moment_t projected_finish;
	double completion, consumption; /* 0…1; consumption may be more, or negative when it is early */
	enum chain_zone zone;
};

/* The project buffer at the end of each task of the chain that is done, then now. */
struct fever_point {
	double completion, consumption;
	moment_t when;
	uint32_t task; /* PLAN_NO_TASK: now */
};

struct critical_chain {
	struct arena arena;
	struct chain_options options;
	const struct plan *plan; /* with facts */
	struct plan without;     /* without facts */
	struct buffered_chain *chains; /* the first is the critical one */
	uint32_t chain_count;
	struct fever_point *fever;
	uint32_t fever_count;
	moment_t safe_finish; /* levelled with safe durations: what the buffers make better */
};

struct chain_options chain_defaults(moment_t now);
/* ERR_INPUT: nothing is open. To be released in any case. */
int chain_find(struct critical_chain *out, const struct plan *plan, const struct chain_options *options, struct err *err);
void chain_release(struct critical_chain *chain);

/* Size of a buffer behind tasks; for golden cases and who sizes one by hand. */
int64_t chain_buffer(const struct chain_task *tasks, uint32_t count, enum chain_method method, double share);
enum chain_zone chain_zone_of(const struct chain_options *options, double completion, double consumption);

#endif
