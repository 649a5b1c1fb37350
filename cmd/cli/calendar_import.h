/*
 * `pmt calendar import FILE`: a year of published holidays, an iCalendar's days, or the calendars of a Microsoft Project file into the
 * project. What the file is, its beginning tells.
 */
#ifndef CLI_CALENDAR_IMPORT_H
#define CLI_CALENDAR_IMPORT_H

#include "cmd/cli/noun.h"

struct calendar_import_options {
	struct change_options change;
	const char *into;  /* name of the calendar */
	const char *leave; /* iCalendar: the person whose leave it is */
};
extern const struct option_spec calendar_import_specs[];
command_run calendar_import;

#endif
