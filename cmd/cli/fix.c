#include "cmd/cli/fix.h"

#include "cmd/cli/context-internal.h"
#include "model/fix.h"

/* Mending one thing may bring the next to light (a file in another encoding); more rounds than this bring nothing. */
enum { ROUNDS = 4 };

static void say(struct context *context, const struct mending *mending)
{
	struct strbuf line;

	strbuf_init(&line);
	strbuf_addf(&line, "%s: ", mending->path);
	strbuf_addf(&line, _(mending->format), mending->argument ? mending->argument : "");
	strbuf_addf(&line, " [%s]", mending->id);
	context_note(context, "%s", line.buf);
	strbuf_release(&line);
}

/* One round; the number of things mended, or negative. */
static int mend_round(struct context *context, struct err *err)
{
	struct value_context values;
	struct diagnostics found;
	struct strbuf intent;
	struct vec mended;
	struct edit edit;
	int status = context_project(context, err), count = 0;

	if (status < 0)
		return status;
	values = context_values(context);
	diagnostics_init(&found);
	diagnostics_merge(&found, &context->found);
	project_check(&context->project, 0, &found);
	edit_init(&edit, &context->project, &values, &found);
	vec_init(&mended, sizeof(struct mending));
	strbuf_init(&intent);
	status = fix_faults(&edit, &found, &mended, err);
	if (status == 0 && mended.len)
		status = context_intent(context, &intent, err);
	if (status == 0 && mended.len)
		status = edit_commit(&edit, intent.buf, NULL, err);
	for (size_t i = 0; status == 0 && i < mended.len; i++)
		say(context, vec_at(&mended, i));
	count = status < 0 ? status : (int)mended.len;
	vec_release(&mended);
	strbuf_release(&intent);
	edit_release(&edit);
	diagnostics_release(&found);
	return count;
}

int fix_project(struct context *context, struct err *err)
{
	int status = context_prepare(context, NEEDS_LOCK, err), count = 1;

	if (status == 0)
		status = fix_by_history(context, err);
	for (int i = 0; status == 0 && count > 0 && i < ROUNDS; i++) {
		count = mend_round(context, err);
		if (count > 0)
			context_reload(context);
	}
	return status < 0 ? status : count < 0 ? count : 0;
}
