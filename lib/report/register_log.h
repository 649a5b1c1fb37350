/* The logs of issues and decisions: how old what is open is, what is late, what replaced what. */
#ifndef REPORT_REGISTER_LOG_H
#define REPORT_REGISTER_LOG_H

#include "doc/doc.h"
#include "model/query.h"
#include "quality/rule.h"
#include "risk/risk.h"

enum issue_group { ISSUES_BY_SEVERITY, ISSUES_BY_OWNER, ISSUES_BY_TYPE };

struct issue_log_request {
	struct risk_register *r;
	const struct vec *records;     /* const struct record * of kind issue */
	const struct rules *rules;     /* evaluated and dated: those that escalate; or NULL */
	const struct calendar *calendar; /* of the project, for `after`; may be NULL */
	moment_t now;
	enum issue_group group;
	bool data;
};
/* Ageing of the open ones by severity, owner or type; those open, the most urgent first, with escalations. */
void issue_age_report(struct doc *doc, const struct issue_log_request *request);

/* Decisions that wait or are due to be looked at again, up to a day. */
void decision_due_report(struct doc *doc, struct risk_register *r, const struct vec *records, date_t until);
/* Chains: from each decision that nothing replaces, or from those given, down to what it replaced. */
void decision_chain_report(struct doc *doc, struct risk_register *r, const struct vec *records, bool given, bool data);

#endif
