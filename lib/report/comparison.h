/*
 * Two plans compared, as a document: the figures side by side, what each change did, and the tasks that are not as they were, each with the
 * change that moved it the most. For `baseline diff` and `whatif`.
 */
#ifndef REPORT_COMPARISON_H
#define REPORT_COMPARISON_H

#include "doc/doc.h"
#include "plan/attribution.h"
#include "plan/compare.h"

struct comparison_report {
	const struct comparison *comparison;
	struct plan *before;                   /* whose people are compared with those of `after`; NULL: they are not */
	struct plan *after;                    /* whose tasks the causes count and the picture shows; NULL: neither */
	const struct attribution *attribution; /* NULL: not known why */
	struct cell why_not;                   /* what is said then; CELL_NONE: nothing */
	const char *before_label, *after_label; /* column titles, message ids */
	bool every_change;                     /* changes without an effect are listed as well */
	bool data;                             /* for programs: pairs instead of the table of figures, all rows */
	struct query_scope scope;              /* of `after`'s project; for the picture */
	bool picture;                          /* a Gantt chart of the tasks that moved, with where they were */
	size_t limit;                          /* rows of tasks for people; 0: all */
	const char *tasks_key;                 /* JSON name of the list of tasks; NULL: "records" */
};

void comparison_document(struct doc *doc, const struct comparison_report *report);

#endif
