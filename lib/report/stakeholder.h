/* What reports show of stakeholders: the power and interest grid, engagement, the communication plan, RACI. */
#ifndef REPORT_STAKEHOLDER_H
#define REPORT_STAKEHOLDER_H

#include "doc/doc.h"
#include "model/query.h"
#include "register/communication.h"
#include "register/raci.h"

struct stakeholder_request {
	const struct query_scope *scope;
	const struct condition *condition; /* of stakeholders; NULL: all */
	bool data;                         /* for programs: ids instead of names in pictures */
};

/* The grid as a picture, and who is in which quadrant with what is done about it. */
void stakeholder_grid(struct doc *doc, const struct stakeholder_request *request);
/* C and D of everybody, widest gap first. */
void stakeholder_engagement(struct doc *doc, const struct stakeholder_request *request);
/* Who gets what, how, how often, when last; the number of channels. */
void communication_plan(struct doc *doc, const struct stakeholder_request *request, const struct vec *items);
/* What is owed until the end of this week, overdue first. Returns how many. */
size_t communication_owed(struct doc *doc, const struct stakeholder_request *request, const struct vec *items);
/* Tasks × people, what is wrong with it below. faulty: only the rows that have a fault. */
void raci_matrix(struct doc *doc, const struct raci *raci, bool faulty, bool data);

#endif
