/* The work breakdown structure: what its check found, and its dictionary. */
#ifndef REPORT_BREAKDOWN_H
#define REPORT_BREAKDOWN_H

#include "doc/doc.h"
#include "plan/cost.h"
#include "plan/plan.h"
#include "register/breakdown.h"

/* findings: struct breakdown_finding. */
void breakdown_findings(struct doc *doc, const struct plan *plan, const struct vec *findings);

/* What the page of a work package says (WBS 词典): code, scope, deliverables, who, account, dates, dependencies, people, cost, risks. */
struct dictionary {
	const struct plan *plan;        /* scheduled */
	const struct plan_costs *costs;
	const uint8_t *shown;           /* by task */
	bool data;
};
void dictionary_pages(struct doc *doc, const struct dictionary *dictionary);

#endif
