/* `pmt check --method NAME`: what a method expects and the project lacks. */
#ifndef CLI_METHODS_H
#define CLI_METHODS_H

#include "cmd/cli/context.h"

int methods_check(struct context *context, const char *method, bool strict, struct err *err);

#endif
