/* Value arbitration: the ranking of what waits to be ruled on, and the ruling kept as a decision. */
#ifndef CLI_ARBITRATE_H
#define CLI_ARBITRATE_H

#include "cmd/cli/noun.h"

struct arbitrate_options {
	struct change_options change;
	const char *by, *title;
};
extern const struct option_spec arbitrate_specs[];

command_run arbitrate_rank, arbitrate;

#endif
