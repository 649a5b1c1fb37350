#include "cmd/cli/fix.h"

#include "cmd/cli/context-internal.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/revision.h"
#include "git/merging.h"
#include "model/fix.h"

#include <string.h>

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

/* The merge that HEAD is, done again; nothing when it brought no errors, or when people have to decide something. */
static int merge_again(struct project_merge *merge, struct err *err)
{
	struct diagnostics brought;
	struct revision upstream;
	struct strvec written;
	bool published;
	int status;

	diagnostics_init(&brought);
	strvec_init(&written);
	published = repository_commit_of(merge->repository, "@{upstream}", &upstream, NULL) == 0 &&
		strcmp(upstream.id, merge->theirs.id) == 0;
	status = merging_open_sides(merge, err);
	if (status == 0)
		status = merging_new_errors(merge, merge->context->source, false, &brought, err);
	if (status == 0 && brought.items.len)
		status = merging_compute(merge, published ? MERGE_RENUMBER_OURS : MERGE_RENUMBER_THEIRS, err);
	if (status == 0 && merge->computed && !merging_conflicts(merge)) {
		status = merging_write_files(merge, &written, err);
		if (status == 0) {
			merging_report(merge);
			context_note(merge->context, "%s", _("git's merge left errors; the project was merged again, record by record"));
			context_note(merge->context, "  %s", _("'git commit -a --amend --no-edit' takes it into the merge"));
		}
	}
	strvec_release(&written);
	diagnostics_release(&brought);
	return status;
}

/* Only a merge whose result nobody has edited since. */
static int mend_merge(struct context *context, struct err *err)
{
	struct repository *repository = revision_repository(context, NULL, NULL);
	struct project_merge merge;
	struct revision parent;
	int status = 0;

	if (!repository || !repository->work_folder || repository_commit_of(repository, "HEAD^2", &parent, NULL) < 0 ||
		repository_is_clean(repository, NULL) < 0)
		return 0;
	merging_init(&merge, context);
	strbuf_addf(&merge.name, "%.10s", parent.id);
	status = context_project(context, err);
	if (status == 0)
		status = merging_open_commits(&merge, "HEAD^1", "HEAD^2", err);
	if (status == 0 && merge.relation == MERGING_NEEDED)
		status = merge_again(&merge, err);
	merging_release(&merge);
	context_reload(context);
	return status;
}

int fix_project(struct context *context, struct err *err)
{
	int status = context_prepare(context, NEEDS_LOCK, err), count = 1;

	if (status == 0)
		status = mend_merge(context, err);

	for (int i = 0; status == 0 && count > 0 && i < ROUNDS; i++) {
		count = mend_round(context, err);
		if (count > 0)
			context_reload(context);
	}
	return status < 0 ? status : count < 0 ? count : 0;
}
