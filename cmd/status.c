/* `pmt status`, and `pmt` alone: the dashboard. */
#include "cmd/cli/context.h"

#include "report/dashboard.h"

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct dashboard dashboard = { .now = context->now };
	struct diagnostics found;
	struct err trouble;
	struct doc doc;
	int status;

	(void)options;
	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt status' takes no arguments, not '%s'"), arguments->items[0]);
	diagnostics_init(&found);
	context_err_init(&trouble);
	status = context_check(context, &found, err);
	if (status < 0)
		goto out;
	/* The dashboard shows what it can: a plan that cannot be computed is a line of it. */
	status = context_plan(context, &trouble);
	dashboard.project = &context->project;
	dashboard.plan = status == 0 ? &context->plan : NULL;
	dashboard.plan_trouble = trouble.message;
	dashboard.me = context_me(context);
	context_take_findings(context, &found);
	dashboard.errors = context->found.errors;
	dashboard.warnings = context->found.warnings;
	doc_init(&doc, "pmt.status/1");
	dashboard_build(&doc, &dashboard);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
out:
	err_release(&trouble);
	diagnostics_release(&found);
	return status;
}

const struct command cmd_status = {
	.name = "status",
	.group = GROUP_WATCH,
	.summary = N_("Where the project stands: health, what is due, what waits for me"),
	.usage = "",
	.needs = NEEDS_PROJECT,
	.run = run,
};
