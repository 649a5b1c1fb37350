/* `pmt explain`: what a finding, a kind, a field or a type of value means. */
#include "cmd/cli/context.h"

#include "report/explain.h"

static int run(
	struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct doc doc;
	int status = 0;

	(void)options;
	if (arguments->len > 1)
		return err_set(err, ERR_USAGE, _("'pmt explain' takes one topic, not '%s' as well"),
			arguments->items[1]);
	doc_init(&doc, "pmt.explain/1");
	doc.now = context->now;
	units_default(&doc.units);
	if (arguments->len)
		status = explain_topic(&doc, slice_of(arguments->items[0]), err);
	else
		explain_index(&doc);
	if (status == 0)
		status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

const struct command cmd_explain = {
	.name = "explain",
	.group = GROUP_HELP,
	.summary = N_("Explain a finding, a kind, a field or a type of value"),
	.usage = "[TOPIC]",
	.needs = NEEDS_NOTHING,
	.run = run,
};
