/*
 * A simulation as a document: summary, percentiles of finish and cost, dates with their chances, histogram, S-curve, tornado, criticality,
 * and the tasks and risks with their measures. Data formats get every task; for people the tasks that matter come first and the
 * rest is counted.
 */
#ifndef REPORT_SIMULATION_H
#define REPORT_SIMULATION_H

#include "doc/doc.h"
#include "model/query.h"
#include "simulate/simulate.h"

struct simulation_request {
	const struct simulation *simulation;
	const struct condition *condition; /* tasks listed; NULL: all */
	struct query_scope scope;
	bool data;          /* for programs: every task, every column */
	const char *figure; /* one of simulation_figures alone, or NULL: the whole report */
};

/* Names of the figures, "|" between them. */
extern const char simulation_figures[];

void simulation_report(struct doc *doc, const struct simulation_request *request);

#endif
