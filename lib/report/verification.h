/*
 * What the judge found in a range of commits (change/judge.h): for `pmt verify`, and for `pmt audit`, which asks of the whole history who approved
 * what under which policy.
 */
#ifndef REPORT_VERIFICATION_H
#define REPORT_VERIFICATION_H

#include "change/judge.h"
#include "doc/doc.h"

struct verification_facts {
	const char *old, *new; /* commits */
	const char *ref;       /* "refs/heads/main" */
	bool accepted, pinned, policy; /* policy: the old side states one of its own */
	size_t commits;        /* in the range */
	const struct vec *findings; /* struct finding */
	/* Of a commit, for audits: who wrote it, by its own word, and when; may be NULL. */
	void (*describe)(void *context, struct slice commit, struct arena *arena, struct slice *author, moment_t *when);
	void *context;
};

void verification_report(struct doc *doc, const struct verification_facts *facts);
/* Its message, filled in. */
struct cell finding_cell(struct arena *arena, const struct finding *finding);

#endif
