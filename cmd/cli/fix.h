/*
 * `pmt check --fix`: applies lib/model's mendings to the work tree and says what was mended. Where HEAD is a merge
 * that brought errors which neither of its parents has (git merged lines, and one number stands twice), the project
 * is merged again record by record, if that leaves nothing to decide.
 */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "base/err.h"

struct context;

int fix_project(struct context *context, struct err *err);

#endif
