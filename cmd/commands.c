/* Every subcommand: one row each, in the order of help. */
#include "cmd/cli/command.h"

extern const struct command cmd_help, cmd_version;

const struct command *const commands[] = {
	&cmd_help,
	&cmd_version,
	NULL,
};
