/* From argv to a command that ran: global options, aliases, help, the set-up that the command needs. */
#ifndef CLI_DISPATCH_H
#define CLI_DISPATCH_H

#include "cmd/cli/command.h"
#include "model/kind.h"

/* Runs the program; returns its exit code. */
int dispatch(int argc, char **argv);

/* A command by name: one of commands[], else a noun made for the kind of that name or plural. False: unknown. */
struct noun_command {
	struct command command; /* filled */
	const struct kind *kind; /* of nouns */
};
bool command_find(struct slice name, struct noun_command *out);
/* ERR_USAGE: there is no such command; with the nearest one as hint. */
int command_unknown(const char *word, struct err *err);
/* The verb of a command, its own or a generic one of nouns; NULL when the word is none. */
const struct command_verb *command_verb(const struct command *command, const char *word);
/* The verb that a word may have been meant for; NULL when none is near. */
const char *command_nearest_verb(const struct command *command, const char *word);
/* A verb's usage for a kind: journals take an entry, named kinds a name, single records no id. kind may be NULL. */
const char *verb_usage(const struct kind *kind, const struct command_verb *verb);
/* Generic verbs of every noun; ends with name NULL (noun.c). */
extern const struct command_verb noun_verbs[];

#endif
