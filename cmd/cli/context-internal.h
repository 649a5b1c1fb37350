/* The life cycle of a context: for the dispatcher alone. */
#ifndef CLI_CONTEXT_INTERNAL_H
#define CLI_CONTEXT_INTERNAL_H

#include "cmd/cli/context.h"

void context_init(struct context *context);
void context_release(struct context *context);
/* Reads the global options once they are known: folder, now, format, language, colour. */
int context_options(struct context *context, struct err *err);
/* Can the document go where -o says? Asked before any work is done. */
int context_check_output(struct context *context, struct err *err);
/* Forgets the loaded project, so that the next question reads the files again. */
void context_reload(struct context *context);
/* Language from the project once it is known. */
void context_project_language(struct context *context);

#endif
