/* A release: what it brings, how far that is, what its users say. */
#ifndef REPORT_RELEASE_H
#define REPORT_RELEASE_H

#include "doc/doc.h"
#include "register/trace.h"

void release_page(struct doc *doc, const struct project *project, const struct record *release, const struct trace *trace);

#endif
