/* Changes that wait for a person's approval, those on other branches included. */
#ifndef CLI_APPROVALS_H
#define CLI_APPROVALS_H

#include "cmd/cli/context.h"

/*
 * Appends a struct dashboard_approval (report/dashboard.h) for each change in preparation that is submitted and misses what the person could
 * give, by id; where there is none, only the names of branches are read. Only a few that have changed since are judged anew: returns how many
 * were not, which `pmt change` does. A change that cannot be judged is left out: `pmt change` says why.
 */
size_t approvals_waiting(struct context *context, struct slice person, struct arena *arena, struct vec *out);

#endif
