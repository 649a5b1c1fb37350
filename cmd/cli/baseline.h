/* The verbs of `pmt baseline` beside the generic ones. */
#ifndef CLI_BASELINE_H
#define CLI_BASELINE_H

#include "cmd/cli/noun.h"

struct freeze_options {
	struct change_options change;
	bool keep, tag, sign;
};
extern const struct option_spec freeze_specs[];
command_run baseline_freeze;

struct baseline_view_options {
	const char *limit;
};
/* The baseline that a word names, by its whole or shortened id; without one the current one. */
int baseline_named(struct context *context, const struct strvec *arguments, const char **out, struct err *err);
/* --limit N: rows, 0 for all. */
int baseline_limit(const char *text, size_t fallback, size_t *out, struct err *err);
extern const struct option_spec baseline_show_specs[], baseline_diff_specs[];
command_run baseline_show, baseline_diff;

#endif
