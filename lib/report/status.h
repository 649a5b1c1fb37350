/*
 * The project's status report (项目状态报告): what a sponsor, a customer and the team read every week.
 *
 * It holds health with reasons, the period in numbers, milestones, the critical path, progress planned against actual, what was done
 * and comes next, risks by exposure, open issues, decisions needed, and the Gantt chart. Dimensions that nothing computes
 * are shown as n/a, never left out in silence.
 */
#ifndef REPORT_STATUS_H
#define REPORT_STATUS_H

#include "model/query.h"
#include "report/dashboard.h"

struct status_report {
	struct dashboard facts; /* plan must not be NULL */
	struct query_scope scope;
	moment_t since; /* start of the period that ends today; the next one is as long */
};

void status_build(struct doc *doc, const struct status_report *report);

#endif
