/* Every subcommand: one row each, in the order of help. */
#include "cmd/cli/command.h"

extern const struct command cmd_calendar, cmd_check, cmd_complete, cmd_config, cmd_explain, cmd_gantt, cmd_help, cmd_import, cmd_init,
	cmd_note, cmd_report, cmd_schedule, cmd_status, cmd_version, cmd_wbs;

const struct command *const commands[] = {
	&cmd_init,
	&cmd_wbs,
	&cmd_gantt,
	&cmd_schedule,
	&cmd_calendar,
	&cmd_note,
	&cmd_status,
	&cmd_report,
	&cmd_check,
	&cmd_import,
	&cmd_config,
	&cmd_help,
	&cmd_explain,
	&cmd_complete,
	&cmd_version,
	NULL,
};
