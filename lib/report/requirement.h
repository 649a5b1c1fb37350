/* What reports show of requirements: MoSCoW, the trace matrix, volatility, the ranking by value. */
#ifndef REPORT_REQUIREMENT_H
#define REPORT_REQUIREMENT_H

#include "doc/doc.h"
#include "model/query.h"
#include "register/trace.h"
#include "register/volatility.h"

struct requirement_request {
	const struct query_scope *scope;
	const struct condition *condition; /* of requirements; NULL: all */
	bool data;                         /* for programs */
};

/* By priority: how many, of what value and cost, how far; and which they are. */
void requirement_moscow(struct doc *doc, const struct requirement_request *request);
/* Requirement → task → deliverable → test, coverage, orphans both ways. gaps: only rows that lack something. */
void requirement_trace(struct doc *doc, const struct requirement_request *request, const struct trace *trace, bool gaps);
/* Is every live requirement served, delivered and proved? (Those the condition chooses.) */
bool requirement_traced(const struct requirement_request *request, const struct trace *trace);
/* Months and a chart of them. cut: history is shallow. */
void requirement_volatility(struct doc *doc, const struct vec *months, bool cut);
/* struct candidate in their order. */
void requirement_ranking(struct doc *doc, const struct project *project, const struct vec *ranked);

#endif
