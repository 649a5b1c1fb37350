/*
 * A change as a document: what it alters, what that does, which rules it sets off, who has said what, and what comes next. For the terminal,
 * a merge request (Markdown), a page and programs.
 *
 * What it does is told of the schedule people know, levelled and with facts; the figures that rules and signatures are about are the judge's
 * (change/impact.h), and are called so.
 */
#ifndef REPORT_CHANGE_H
#define REPORT_CHANGE_H

#include "change/review.h"
#include "doc/doc.h"
#include "report/comparison.h"

struct change_report {
	const struct review *review;
	const char *branch;              /* "change/CR-k7q4x" */
	const char *target;              /* "main" */
	struct slice me;                 /* the reader's resource id, or empty */
	moment_t now;
	const struct comparison_report *comparison; /* NULL: there is no schedule to compare */
	const struct plan_costs *costs_before, *costs_after; /* with `comparison` */
	const char *trouble;             /* why there is none, in words; NULL: nothing was asked for */
	bool data;                       /* for programs */
	size_t limit;                    /* altered fields shown to people; 0: all */
};

void change_document(struct doc *doc, const struct change_report *report);

#endif
