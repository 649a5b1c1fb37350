/* `pmt check --fix`: applies lib/model's mendings to the work tree and says what was mended. */
#ifndef CLI_FIX_H
#define CLI_FIX_H

#include "base/err.h"

struct context;

int fix_project(struct context *context, struct err *err);

#endif
