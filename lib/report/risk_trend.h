/* The register of risks over time: exposure before and after the responses, how many are open, how many reviews are late. */
#ifndef REPORT_RISK_TREND_H
#define REPORT_RISK_TREND_H

#include "doc/doc.h"
#include "model/project.h"

struct risk_point {
	moment_t when;       /* as of */
	struct slice commit; /* full id; empty: the project as it is */
	bool known;          /* false: the project could not be read then */
	int64_t open, overdue;
	decimal_t threat, residual, opportunity; /* in the project's currency */
};

/* points: oldest first. */
void risk_trend_report(struct doc *doc, const struct project *project, const struct risk_point *points, size_t count, bool data);

#endif
