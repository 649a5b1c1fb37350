/* One side of a comparison of plans: a baseline, a revision, or the project as it is. */
#ifndef CLI_BASELINE_SIDE_H
#define CLI_BASELINE_SIDE_H

#include "cmd/cli/past.h"
#include "plan/compare.h"

enum side_what { SIDE_NOW, SIDE_BASELINE, SIDE_REVISION };

struct side {
	enum side_what what;
	struct baseline baseline; /* SIDE_BASELINE */
	struct past past;         /* SIDE_REVISION; of a baseline the text that was frozen, when it is found */
	bool has_past;
	struct snapshot snapshot;
	struct plan_costs costs;  /* SIDE_NOW */
	/* What a plan is computed from; NULL for a baseline whose text is not found. */
	struct plan *plan;
	const struct plan_costs *plan_costs;
	moment_t now;
	const char *missing;      /* why there is no plan: a message id */
};

/* word: NULL for the project as it is, the name of a baseline, a revision. The context's plan must be ready. To be released in any case. */
int side_open(struct side *side, struct context *context, const char *word, struct err *err);
/* The plan of a side that is the project as it is, or whose past is open. */
int side_plan(struct side *side, struct context *context, const char *word, struct err *err);
/* Looks for the text that was frozen, so that changes can be told: side->plan, or side->missing, which depends on what it is compared with. */
void side_find_text(struct side *side, const struct side *other, struct context *context);
void side_release(struct side *side);
/* What one says differently from the other, and which change moved what. */
struct sides_options {
	size_t limit;          /* rows of tasks for people; 0: all */
	const char *tasks_key; /* JSON name of the list of tasks; NULL: "records" */
};
void sides_document(struct doc *doc, struct context *context, struct side *before, struct side *after,
	const struct sides_options *options);
/* "baseline 1 (2026-04-03)", "a1b2c3d (2026-05-01)", "now". */
struct cell side_name(const struct side *side, struct arena *arena);

#endif
