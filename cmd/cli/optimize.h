/* `pmt schedule --optimize`: reading its words, the live line, Ctrl-C, and saving the order. */
#ifndef CLI_OPTIMIZE_H
#define CLI_OPTIMIZE_H

#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"
#include "plan/optimize.h"

struct optimize_options {
	const char *optimize; /* "", "20s", "5000schedules"; NULL: not asked for */
	const char *objective, *seed;
	bool save;
	struct change_options change; /* --commit, for --save */
};

/* What of the words is wrong, before anything is computed. */
int optimize_read(const struct optimize_options *given, struct plan_optimize_options *how, struct err *err);
/* Makes context->plan the best schedule found. */
int optimize_run(struct context *context, const struct plan_optimize_options *how, struct plan_optimized *out,
	struct err *err);
/* Writes the order to schedule.ini. */
int optimize_save(struct context *context, const struct optimize_options *given, const struct plan_optimized *found,
	struct err *err);
/* Lower bound, gap, optimal, schedules in a summary. */
void optimize_summary(struct doc *doc, struct block *summary, const struct plan *plan, const struct plan_optimized *found);

#endif
