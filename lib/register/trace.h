/*
 * Traceability: requirement → task → deliverable → test, and back.
 *
 * A task serves the requirements its `requirement` names and those its deliverables realise; a deliverable realises those its
 * own `requirement` names; a test proves those it names and those its deliverable realises. What refines a requirement
 * (`parent`) counts for it too. The result of a test is that of its latest run until now.
 *
 *	coverage by tasks, deliverables, tests   live requirements with at least one / live requirements
 *	verified                                 live requirements with tests that all pass / live requirements
 *
 * Live: neither rejected nor withdrawn, and not priority wont. Orphans backwards: leaves of the plan, deliverables and tests
 * that lead to no requirement, also not through a parent task. n/a (-1) where there is nothing to divide by.
 * Cost: O(records + references).
 */
#ifndef REGISTER_TRACE_H
#define REGISTER_TRACE_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/project.h"

#include <stdint.h>

enum trace_end { TRACE_TASK, TRACE_DELIVERABLE, TRACE_TEST, TRACE_ENDS };
enum test_result { TEST_UNTESTED, TEST_PASS, TEST_FAIL, TEST_BLOCKED };

struct trace_row {
	const struct record *requirement;
	bool live;
	struct vec ends[TRACE_ENDS]; /* const struct record *, in project order, each once */
	uint32_t passed, failed;     /* of its tests */
	bool verified;               /* it has tests, and all pass */
};

struct trace {
	const struct project *project;
	struct arena arena;
	struct trace_row *rows; /* by kind_number of the requirement */
	size_t count, live;
	size_t covered[TRACE_ENDS], verified; /* live rows */
	struct vec orphans[TRACE_ENDS];       /* const struct record *: what leads to no requirement */
	enum test_result *results;            /* by kind_number of the test */
	moment_t *ran;                        /* MOMENT_NONE: never */
};

void trace_init(struct trace *trace, const struct project *project, moment_t now);
void trace_release(struct trace *trace);
/* Tasks, deliverables, tests: the kind at that end. */
const struct kind *trace_kind(enum trace_end end);
/* "pass" … as in the enum of test.result. */
const char *test_result_word(enum test_result result);

#endif
