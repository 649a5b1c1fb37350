/* The verbs of `pmt risk`, and what the registers of risks, issues and decisions share. */
#ifndef CLI_RISK_H
#define CLI_RISK_H

#include "cmd/cli/context.h"

struct risk_options {
	bool after, both, all, table;
	const char *impact, *by, *until, *since, *every, *runs;
};

extern const struct option_spec risk_matrix_specs[], risk_exposure_specs[], risk_due_specs[], risk_fmea_specs[], risk_trend_specs[],
	risk_show_specs[];
command_run risk_matrix_run, risk_exposure_run, risk_due_run, risk_fmea_run, risk_trend_run, risk_tree_run, risk_show_run;

/*
 * Records of a kind that meet the condition of the words, in project order; without words those for which
 * `open` holds (NULL: every one). Appended to out (struct record *).
 */
int records_select(struct context *context, const struct kind *kind, const struct strvec *words,
	bool (*open)(const struct record *record), struct vec *out, struct err *err);
/* Place of a word among "a|b|c"; ERR_USAGE naming the option and its words. NULL: `fallback`. */
int choose_word(const char *option, const char *words, const char *word, int fallback, int *out, struct err *err);

#endif
