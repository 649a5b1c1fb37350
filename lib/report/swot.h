/* SWOT: the items in their four fields, the weightiest first, with the risks that follow from them. */
#ifndef REPORT_SWOT_H
#define REPORT_SWOT_H

#include "doc/doc.h"
#include "model/project.h"

/* records: const struct record * of kind swot. data: for programs, one row an item. */
void swot_report(struct doc *doc, const struct project *project, const struct vec *records, bool data);

#endif
