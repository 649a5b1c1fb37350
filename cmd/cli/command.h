/*
 * A subcommand is one file exporting one const struct command.
 *
 * Adding one:
 *   1. cmd/NAME.c exports `const struct command cmd_NAME`;
 *   2. a row in cmd/commands.c;
 *   3. man/pmt-NAME.1.in (OPTIONS come from the table, EXAMPLES are run by tests);
 *   4. tests/e2e/NAME.t.
 * tests/lint/commands fails while one of these is missing.
 *
 * The dispatcher does what `needs` says before run is called: find the folder, load the project, take the write lock.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/err.h"
#include "base/i18n.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

struct context;

enum command_group {
	GROUP_START, /* start a project */
	GROUP_PLAN,
	GROUP_WORK,
	GROUP_WATCH,
	GROUP_CHANGE,
	GROUP_CLOSE, /* close and run */
	GROUP_EXCHANGE,
	GROUP_HELP
};

enum command_needs {
	NEEDS_NOTHING = 0,
	NEEDS_ROOT = 1,     /* a project folder */
	NEEDS_PROJECT = 2,  /* loaded; implies ROOT */
	NEEDS_LOCK = 4,     /* the write lock: taken before loading */
	NEEDS_CLEAN = 8,    /* refuse (exit 3) when loading found errors */
	NEEDS_PLAN = 16     /* the schedule; implies PROJECT */
};

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_INTEGER, OPTION_COUNT /* never 0: that is: not given */,
	OPTION_OPTIONAL /* --commit[=MESSAGE] */ };

struct option_spec {
	char letter;          /* 0: none */
	const char *name;     /* "depth" */
	enum option_type type;
	size_t offset;        /* in the command's options struct: bool, const char *, long */
	const char *argument; /* N_("DATE"): how help shows it; words themselves in small letters: "auto|always|never" */
	const char *doc;      /* N_() */
};
#define OPTIONS_END { 0, NULL, OPTION_FLAG, 0, NULL, NULL }

/* What a command, or a verb of a command, does. */
typedef int command_run(struct context *context, const void *options, struct strvec *arguments,
	struct err *err);

/* A verb: the first word behind the noun. It has its own options, needs and run. */
struct command_verb {
	const char *name;
	const char *usage;   /* behind the verb: "ID... FIELD=VALUE..." */
	const char *summary; /* N_() */
	const struct option_spec *options;
	size_t options_size;
	unsigned needs;
	command_run *run;
};

struct command {
	const char *name;
	enum command_group group;
	const char *summary; /* N_() one line */
	const char *usage;   /* "[CONDITION...]" behind the name, when no verb is given */
	const struct option_spec *options;
	size_t options_size; /* of the options struct that run gets; 0: none */
	unsigned needs;
	const struct command_verb *verbs; /* ends with name NULL; or NULL */
	/*
	 * A noun: name of the kind whose generic verbs (list add show set edit rm rename move log) apply
	 * besides the command's own, which win. Every kind without a command of its own is such a noun too.
	 */
	const char *kind;
	command_run *run; /* without a verb; NULL: for nouns the list, else a usage error */
};

/* All commands, in the order of help; NULL-terminated (cmd/commands.c). */
extern const struct command *const commands[];

#endif
