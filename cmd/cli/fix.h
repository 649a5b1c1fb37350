/*
 * `pmt check --fix`: applies lib/model's mendings to the work tree and says what was mended, after fix_by_history.
 */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "base/err.h"

struct context;

int fix_project(struct context *context, struct err *err);
/*
 * Where HEAD is a merge, or a rebase is just ending, that brought errors which neither side has (git merged lines,
 * and one number stands twice): the project is merged again record by record, if that leaves nothing to decide. The
 * result is left in the work tree. Nothing is done where the work tree has edits.
 */
int fix_by_history(struct context *context, struct err *err);

#endif
