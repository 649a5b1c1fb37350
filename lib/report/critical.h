/*
 * The paths that decide when a plan, or a task of it, finishes; and what makes float negative.
 *
 * For people a table a path, for programs one list of steps with the number of their path, for pictures the network of the tasks on the
 * paths. Dates are those without limits on people; drag, floats and slack count working time.
 */
#ifndef REPORT_CRITICAL_H
#define REPORT_CRITICAL_H

#include "doc/doc.h"
#include "plan/paths.h"

enum critical_days { DAYS_DATES, DAYS_FROM_0, DAYS_FROM_1 };

struct critical_request {
	struct plan *plan;    /* scheduled; drag is filled */
	struct path_request paths;
	bool all;             /* every task with its six times, instead of paths */
	enum critical_days days; /* days of work since the project's start instead of dates; from 1: a start on day n begins that day (第 n 天) */
	bool data, picture;   /* for programs; with the network as a figure */
};

void critical_build(struct doc *doc, const struct critical_request *request);

#endif
