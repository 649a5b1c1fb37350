/* One measure of a project in one state: what `pmt trend` asks of every revision. */
#ifndef CLI_TREND_H
#define CLI_TREND_H

#include "cmd/cli/past.h"

enum trend_what { TREND_MEASURE, TREND_EFFORT, TREND_COUNT, TREND_SUM };

struct trend_measure {
	enum trend_what what;
	struct slice name;         /* MEASURE: of quality/measure.h, or a metric's id */
	const char *explained;     /* message id, or NULL */
	const struct kind *kind;   /* COUNT, SUM */
	const struct field *field; /* SUM */
	struct strvec conditions;  /* COUNT, SUM */
	bool plan, costs;          /* what it needs */
	struct strbuf text;        /* canonical, for people and as a key */
};

/*
 * "finish", "coverage" (a metric), "done", "count task status=done", "sum effort task under=T-2"; in one word or in
 * several. ERR_USAGE with the nearest when it is none of these.
 */
void trend_init(struct trend_measure *measure);
int trend_read(struct trend_measure *measure, struct context *context, const struct strvec *words, struct err *err);
void trend_release(struct trend_measure *measure);

/* The project in one state. */
struct trend_state {
	struct project *project;
	struct plan *plan; /* NULL: there is none */
	const struct plan_costs *costs;
	moment_t now;
};
/* CELL_NONE where it cannot be computed. */
struct cell trend_value(const struct trend_measure *measure, struct context *context, const struct trend_state *state,
	struct arena *arena);

#endif
