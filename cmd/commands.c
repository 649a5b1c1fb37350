/* Every subcommand: one row each, in the order of help. */
#include "cmd/cli/command.h"

extern const struct command cmd_alert;
extern const struct command cmd_baseline;
extern const struct command cmd_blame;
extern const struct command cmd_calendar;
extern const struct command cmd_chain;
extern const struct command cmd_change;
extern const struct command cmd_charter;
extern const struct command cmd_check;
extern const struct command cmd_checklist;
extern const struct command cmd_comm;
extern const struct command cmd_complete;
extern const struct command cmd_config;
extern const struct command cmd_critical;
extern const struct command cmd_diff;
extern const struct command cmd_decision;
extern const struct command cmd_explain;
extern const struct command cmd_gantt;
extern const struct command cmd_gate;
extern const struct command cmd_help;
extern const struct command cmd_audit;
extern const struct command cmd_hook;
extern const struct command cmd_verify;
extern const struct command cmd_import;
extern const struct command cmd_init;
extern const struct command cmd_log;
extern const struct command cmd_issue;
extern const struct command cmd_merge;
extern const struct command cmd_merge_driver;
extern const struct command cmd_metric;
extern const struct command cmd_note;
extern const struct command cmd_objective;
extern const struct command cmd_raci;
extern const struct command cmd_release;
extern const struct command cmd_report;
extern const struct command cmd_requirement;
extern const struct command cmd_risk;
extern const struct command cmd_schedule;
extern const struct command cmd_simulate;
extern const struct command cmd_stakeholder;
extern const struct command cmd_status;
extern const struct command cmd_swot;
extern const struct command cmd_sync;
extern const struct command cmd_trend;
extern const struct command cmd_undo;
extern const struct command cmd_version;
extern const struct command cmd_wbs;
extern const struct command cmd_whatif;
extern const struct command cmd_why;
extern const struct command cmd_workload;

const struct command *const commands[] = {
	&cmd_init,
	&cmd_charter,
	&cmd_objective,
	&cmd_stakeholder,
	&cmd_requirement,
	&cmd_wbs,
	&cmd_raci,
	&cmd_gantt,
	&cmd_schedule,
	&cmd_critical,
	&cmd_simulate,
	&cmd_chain,
	&cmd_calendar,
	&cmd_baseline,
	&cmd_whatif,
	&cmd_why,
	&cmd_workload,
	&cmd_swot,
	&cmd_risk,
	&cmd_issue,
	&cmd_decision,
	&cmd_note,
	&cmd_comm,
	&cmd_checklist,
	&cmd_release,
	&cmd_status,
	&cmd_metric,
	&cmd_alert,
	&cmd_gate,
	&cmd_trend,
	&cmd_report,
	&cmd_check,
	&cmd_log,
	&cmd_diff,
	&cmd_blame,
	&cmd_change,
	&cmd_undo,
	&cmd_merge,
	&cmd_sync,
	&cmd_verify,
	&cmd_audit,
	&cmd_hook,
	&cmd_merge_driver,
	&cmd_import,
	&cmd_config,
	&cmd_help,
	&cmd_explain,
	&cmd_complete,
	&cmd_version,
	NULL,
};
