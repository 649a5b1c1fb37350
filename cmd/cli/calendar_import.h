/* `pmt calendar import FILE`: a year of published holidays into a calendar of the project. */
#ifndef CLI_CALENDAR_IMPORT_H
#define CLI_CALENDAR_IMPORT_H

#include "cmd/cli/noun.h"

struct calendar_import_options {
	struct change_options change;
	const char *into; /* name of the calendar */
};
extern const struct option_spec calendar_import_specs[];
command_run calendar_import;

#endif
