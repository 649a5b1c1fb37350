/* `pmt charter edit`: a commented template, or the charter with what it lacks, in the user's editor. */
#ifndef CLI_CHARTER_EDIT_H
#define CLI_CHARTER_EDIT_H

#include "cmd/cli/noun.h"

struct charter_edit_options {
	struct change_options change;
	const char *from;
};
extern const struct option_spec charter_edit_specs[];

command_run charter_edit;

#endif
