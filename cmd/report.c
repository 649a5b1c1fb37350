/* `pmt report NAME`: documents for people. */
#include "cmd/cli/context.h"
#include "cmd/cli/standing.h"
#include "cmd/cli/watch.h"

#include "report/status.h"

#include <string.h>

struct report_options {
	const char *since;
};

static const struct option_spec specs[] = {
	{ 0, "since", OPTION_TEXT, offsetof(struct report_options, since), N_("DATE"),
		N_("Start of the period that is reported (default: a week ago)") },
	OPTIONS_END,
};

static int read_since(struct context *context, const char *text, moment_t today, moment_t *since, struct err *err)
{
	static const struct field option = { .name = "--since", .type = TYPE_DATE };
	int status;

	*since = today - (moment_t)7 * MINUTES_PER_DAY;
	if (!text)
		return 0;
	status = context_read_moment(context, &option, text, since, err);
	if (status == 0 && *since > today)
		status = err_set(err, ERR_USAGE, _("--since %s lies in the future"), text);
	return status;
}

static int build_status(struct context *context, const struct report_options *o, struct err *err)
{
	struct status_report report = { .scope = context_scope(context) };
	struct watch watch = { .open = false };
	struct health_figures before;
	struct doc doc;
	moment_t today = context->plan.status != MOMENT_NONE ? context->plan.status : context->now;
	int status = read_since(context, o->since, today, &report.since, err);

	if (status < 0)
		return status;
	report.facts.project = &context->project;
	report.facts.plan = &context->plan;
	report.facts.now = context->now;
	report.facts.errors = context->found.errors;
	report.facts.warnings = context->found.warnings;
	status = watch_open(&watch, context, 1u << RULE_ALERT | 1u << RULE_GATE | 1u << RULE_ESCALATE, err);
	if (status == 0) {
		rules_since_samples(&watch.rules, &watch.view, watch.now);
		report.facts.rules = &watch.rules;
		report.facts.costs = watch_costs(&watch);
		report.facts.data = context_wants_data(context);
		report.facts.since = moment_date(report.since);
		if (standing_before(context, &report.facts.since, &before))
			report.facts.before = &before;
		doc_init(&doc, "pmt.report.status/1");
		status_build(&doc, &report);
		status = context_emit(context, &doc, err);
		doc_release(&doc);
	}
	watch_close(&watch);
	return status;
}

static int run_status(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct diagnostics found;
	int status;

	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt report status' takes no arguments, not '%s'"), arguments->items[0]);
	diagnostics_init(&found);
	status = context_check(context, &found, err);
	if (status == 0)
		status = context_prepare_plan(context, err);
	context_take_findings(context, &found);
	if (status == 0)
		status = build_status(context, options, err);
	diagnostics_release(&found);
	return status;
}

static const struct command_verb verbs[] = {
	{
		.name = "status",
		.usage = "",
		.summary = N_("The project status report: health, milestones, critical path, progress, risks, what is next"),
		.options = specs,
		.options_size = sizeof(struct report_options),
		.needs = NEEDS_PROJECT,
		.run = run_status,
	},
	{ .name = NULL },
};

const struct command cmd_report = {
	.name = "report",
	.group = GROUP_WATCH,
	.summary = N_("Make a document for people: the status report"),
	.usage = "NAME",
	.needs = NEEDS_NOTHING,
	.verbs = verbs,
	.run = NULL,
};
