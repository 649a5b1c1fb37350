/* What reports show of objectives: whether each is SMART, and how far it has come. */
#ifndef REPORT_OBJECTIVE_H
#define REPORT_OBJECTIVE_H

#include "doc/doc.h"
#include "model/query.h"
#include "register/objective.h"

struct objective_request {
	const struct query_scope *scope;
	const struct condition *condition; /* NULL: all */
	bool data;
};

/* One row an objective, a mark a letter, and why one is missing. Returns how many are not SMART. */
size_t objective_smart(struct doc *doc, const struct objective_request *request, const struct objectives *objectives);
/* One row a measure: start, latest, target, progress. */
void objective_progress(struct doc *doc, const struct objective_request *request, const struct objectives *objectives);

#endif
