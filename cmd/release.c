/* `pmt release`: versions that go to users, what they bring and what comes back. */
#include "cmd/cli/noun.h"

#include "report/release.h"

static int run_show(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("release"));
	struct record *record;
	struct trace trace;
	struct doc doc;
	int status = 0;

	(void)options;
	if (!words->len)
		return err_set(err, ERR_USAGE, "%s", _("'pmt release show' takes the ids of releases"));
	trace_init(&trace, &context->project, context->now);
	doc_init(&doc, "pmt.release.page/1");
	doc.single = words->len == 1;
	for (size_t i = 0; i < words->len && status == 0; i++) {
		status = noun_resolve(context, kind, words->items[i], &record, err);
		if (status == 0)
			release_page(&doc, &context->project, record, &trace);
	}
	if (status == 0)
		status = context_emit(context, &doc, err);
	doc_release(&doc);
	trace_release(&trace);
	return status;
}

static const struct command_verb verbs[] = {
	{ "show", "ID...", N_("What it brings, how far that is verified, what its users say"), NULL, 0, NEEDS_PROJECT, run_show },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_release = {
	.name = "release",
	.group = GROUP_CLOSE,
	.summary = N_("Versions that go to users: prototype, MVP, pilot, production"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "release",
};
