/* Mending what a merge or rebase by git, line by line and file by file, left behind. */
#include "cmd/cli/fix.h"

#include "cmd/cli/context-internal.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/revision.h"
#include "git/merging.h"

#include <string.h>

/* Did the result get errors that neither side has? */
static int has_new_errors(struct project_merge *merge, bool *has, struct err *err)
{
	struct diagnostics brought;
	int status = merging_open_sides(merge, err);

	diagnostics_init(&brought);
	if (status == 0)
		status = merging_new_errors(merge, merge->context->source, false, &brought, err);
	*has = brought.items.len > 0;
	diagnostics_release(&brought);
	return status;
}

/* The project merged again; nothing when it brought no errors, or when people have to decide something. */
static int merge_again(struct project_merge *merge, enum merge_numbers numbers, const char *how_to_keep, struct err *err)
{
	struct strvec written;
	bool needed = false;
	int status = has_new_errors(merge, &needed, err);

	if (status == 0 && needed)
		status = merging_compute(merge, numbers, err);
	if (status < 0 || !needed || merging_conflicts(merge))
		return status;
	strvec_init(&written);
	status = merging_write_files(merge, &written, err);
	if (status == 0) {
		merging_report(merge);
		context_note(merge->context, "%s", _("git's merge left errors; the project was merged again, record by record"));
		context_note(merge->context, "  %s", how_to_keep);
	}
	strvec_release(&written);
	return status;
}

static int redo(struct context *context, const char *ours, const char *theirs, bool rebase, struct err *err)
{
	struct project_merge merge;
	struct revision upstream;
	enum merge_numbers numbers = MERGE_RENUMBER_THEIRS;
	int status = context_project(context, err);

	merging_init(&merge, context);
	strbuf_add(&merge.name, theirs, strlen(theirs) < 10 ? strlen(theirs) : 10);
	if (status == 0)
		status = merging_open_commits(&merge, ours, theirs, err);
	if (status == 0 && !rebase && repository_commit_of(merge.repository, "@{upstream}", &upstream, NULL) == 0 &&
		strcmp(upstream.id, merge.theirs.id) == 0)
		numbers = MERGE_RENUMBER_OURS; /* they are published */
	if (status == 0 && merge.relation == MERGING_NEEDED)
		status = merge_again(&merge, numbers, rebase ? _("'git commit -a' keeps it")
						     : _("'git commit -a --amend --no-edit' takes it into the merge"), err);
	merging_release(&merge);
	context_reload(context);
	return status;
}

int fix_by_history(struct context *context, struct err *err)
{
	struct repository *repository = revision_repository(context, NULL, NULL);
	struct strbuf onto, old;
	struct revision parent;
	int status = 0;

	if (!repository || !repository->work_folder || repository_is_clean(repository, NULL) < 0)
		return 0;
	strbuf_init(&onto);
	strbuf_init(&old);
	if (repository_rebase_ends(repository, &onto, &old))
		status = redo(context, onto.buf, old.buf, true, err);
	else if (repository_commit_of(repository, "HEAD^2", &parent, NULL) == 0)
		status = redo(context, "HEAD^1", parent.id, false, err);
	strbuf_release(&onto);
	strbuf_release(&old);
	return status;
}
