/* A metric's control chart as a document: the figure, the limits, the signals with their rules, the latest samples. */
#ifndef REPORT_CONTROL_CHART_H
#define REPORT_CONTROL_CHART_H

#include "doc/doc.h"
#include "quality/control.h"

struct control_chart {
	const struct project *project;
	const struct metric *metric;
	const struct control *control;
	size_t first; /* samples before it are not drawn */
	bool data;    /* for programs: every sample, no figure's words */
};

void control_chart_build(struct doc *doc, const struct control_chart *chart);

#endif
