/*
 * Output that other programs make from ours: figures to .png and .pdf through rsvg-convert, documents to .pdf through a
 * browser, to .docx through pandoc. What is missing is named with how to install it.
 */
#ifndef CLI_CONVERT_H
#define CLI_CONVERT_H

#include "base/err.h"
#include "doc/doc.h"

#include <stdbool.h>

struct context;

/* Does -o ask for a format that needs another program? */
bool convert_wanted(const struct context *context);
int convert_emit(struct context *context, struct doc *doc, struct err *err);

#endif
