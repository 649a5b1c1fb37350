/* The logs of issues and decisions: how old what is open is, what is late, what replaced what. */
#ifndef REPORT_REGISTER_LOG_H
#define REPORT_REGISTER_LOG_H

#include "doc/doc.h"
#include "model/query.h"
#include "risk/risk.h"

enum issue_group { ISSUES_BY_SEVERITY, ISSUES_BY_OWNER, ISSUES_BY_TYPE };

struct issue_log_request {
	struct risk_register *r;
	const struct vec *records;     /* const struct record * of kind issue */
	const struct query_scope *scope; /* for the conditions of escalation rules */
	enum issue_group group;
	bool data;
};
/* Ageing of the open ones by severity, owner or type; those open, the most urgent first, with escalations. */
void issue_age_report(struct doc *doc, const struct issue_log_request *request);

/* Decisions: open ones and what is due; chains from the one that holds to those it replaced. */
void decision_due_report(struct doc *doc, struct risk_register *r, const struct vec *records, bool data);
void decision_chain_report(struct doc *doc, struct risk_register *r, const struct vec *records, bool data);

#endif
