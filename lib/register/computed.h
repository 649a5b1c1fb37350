/*
 * Computed fields of the registers: tasks, tests, deliverables and roi of a requirement, roi of a change, result and
 * last_run of a test. What they rest on is traced when the first of them is asked for.
 *
 * Life: _init, _release; the project must outlive it. Put register_computed behind what other kinds compute.
 */
#ifndef REGISTER_COMPUTED_H
#define REGISTER_COMPUTED_H

#include "model/query.h"
#include "register/trace.h"

struct register_fields {
	const struct project *project;
	moment_t now;
	bool traced;
	struct trace trace; /* when traced */
	decimal_t *returns[2]; /* roi of requirements and of changes, by kind_number; NULL until asked for */
};

void register_fields_init(struct register_fields *fields, const struct project *project, moment_t now);
void register_fields_release(struct register_fields *fields);
struct computed register_computed(struct register_fields *fields);

#endif
