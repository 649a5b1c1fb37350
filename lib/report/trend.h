/* A measure over time: a line, and a row for each revision. */
#ifndef REPORT_TREND_H
#define REPORT_TREND_H

#include "doc/doc.h"

struct trend_point {
	moment_t when;       /* as of */
	struct slice commit; /* full id; empty: not committed */
	struct cell value;   /* CELL_NONE: not to be computed */
};

struct trend_report {
	struct slice measure;             /* as it was asked for */
	const char *explained;            /* message id: what it is; NULL: the measure says it itself */
	const struct trend_point *points; /* oldest first */
	size_t count;
	bool data; /* for programs */
};

void trend_document(struct doc *doc, const struct trend_report *report);

#endif
