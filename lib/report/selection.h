/* Which tasks a Gantt chart or a tree shows. */
#ifndef REPORT_SELECTION_H
#define REPORT_SELECTION_H

#include "model/query.h"
#include "plan/plan.h"

#include <stdbool.h>

struct selection {
	const struct condition *condition; /* NULL: every task */
	int depth;                         /* levels from the top; 0: all */
	const bool *only;                  /* by task: these alone; NULL: every task */
	bool critical;                     /* only what is on the critical path */
};

/*
 * Sets shown[task] to 1 for tasks that are chosen and to 2 for parents kept because something below them is; returns how many
 * are shown. shown has plan->task_count bytes. O(tasks × condition).
 */
size_t selection_mark(const struct selection *selection, const struct plan *plan, const struct query_scope *scope,
	uint8_t *shown);

#endif
