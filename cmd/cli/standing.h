/* Where the project stood on an earlier day, for arrows in dashboards: the figures of report/dashboard.h, from the history. */
#ifndef CLI_STANDING_H
#define CLI_STANDING_H

#include "cmd/cli/context.h"
#include "report/dashboard.h"

/*
 * What the branch's last commit by the end of the day held, as of then; in a project younger than that, its first commit, unless that is of
 * today. *day becomes the day it is of. False where nothing can be told: no repository, no commit, a text that cannot be read. What a
 * commit held is remembered, for it does not change.
 */
bool standing_before(struct context *context, date_t *day, struct health_figures *out);

#endif
