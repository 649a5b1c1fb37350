/*
 * Option tables: one table yields parsing, -h, usage errors, the manual's OPTIONS and completion.
 *
 * Parsing goes through getopt_long, so options and words mix in any order and "--" ends options. Several tables (the
 * global one and a command's) are read at once, each into a struct of its own.
 */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/err.h"
#include "cmd/cli/command.h"

#include <stdbool.h>
#include <stdint.h>

struct option_table {
	const struct option_spec *specs; /* may be NULL */
	void *values;                    /* the options struct */
};

enum { OPTION_TABLES = 3 };

struct option_parse {
	struct option_table tables[OPTION_TABLES]; /* an earlier table wins where names clash */
	bool stop_at_word; /* do not look behind the first word that is no option */
	bool help;         /* result: -h or --help was given */
};

/*
 * Reads argv[1..]; words that are no options go to `words`. Returns the index of the first unread argument, or
 * ERR_USAGE with the nearest option's name.
 */
int options_parse(struct option_parse *parse, int argc, char **argv, struct strvec *words, struct err *err);

/* The options every command takes (struct global_options in context.h). */
extern const struct option_spec global_option_specs[];

/* "-o, --output FILE" as help and the manual show it. */
void option_label(const struct option_spec *spec, struct strbuf *out);

/* The value of --seed: a whole number. */
int option_seed(const char *text, uint64_t *out, struct err *err);

#endif
