/* The critical chain as a document: how it stands, its buffers, its tasks, and the fever chart. */
#ifndef REPORT_CHAIN_H
#define REPORT_CHAIN_H

#include "doc/doc.h"
#include "simulate/chain.h"

struct chain_request {
	const struct critical_chain *chain;
	bool data;   /* for programs: the tasks of all chains */
	bool figure; /* the fever chart alone */
};

void chain_report(struct doc *doc, const struct chain_request *request);

#endif
