/* What the hooks do. */
#include "cmd/cli/hooks.h"

#include "cmd/cli/context.h"
#include "cmd/cli/fix.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/revision.h"
#include "git/merging.h"
#include "git/source_index.h"

#include <string.h>

/* The index against what is committed: only errors that this commit would bring stop it. */
static int open_committed(struct project_merge *merge, struct err *err)
{
	struct revision head;
	bool any = repository_commit_of(merge->repository, "HEAD", &head, NULL) == 0;
	int status = 0;

	if (any)
		status = merging_open_side(merge, &head, MERGE_OURS, err);
	if (status == 0 && repository_is_merging(merge->repository))
		status = repository_commit_of(merge->repository, "MERGE_HEAD", &head, err);
	if (status == 0 && repository_is_merging(merge->repository))
		status = merging_open_side(merge, &head, MERGE_THEIRS, err);
	return status;
}

static bool has_project(struct source *source)
{
	struct strvec paths;
	bool there;

	strvec_init(&paths);
	there = source->list(source, &paths, NULL) == 0 && strvec_has(&paths, "pmt.ini");
	strvec_release(&paths);
	return there;
}

static int run_pre_commit(struct context *context, const struct strvec *arguments, struct err *err)
{
	struct project_merge merge;
	struct source *index = NULL;
	int status = 0;

	(void)arguments;
	merging_init(&merge, context);
	merge.repository = revision_repository(context, &merge.folder, err);
	if (!merge.repository)
		status = ERR_NOWHERE;
	if (status == 0)
		status = source_index_new(merge.repository, merge.folder.at, &index, err);
	if (status == 0 && has_project(index)) /* else the project leaves with this commit, or is not part of it yet */
		status = open_committed(&merge, err);
	if (status == 0 && has_project(index))
		status = merging_new_errors(&merge, index, true, &merge.problems, err);
	if (status == 0 && merge.problems.items.len) {
		context_report(context, &merge.problems);
		status = err_set(err, ERR_FAILED, "%s", _("what is to be committed has new errors"));
		err_hint(err, "%s", _("mend them and 'git add'; 'git commit --no-verify' commits them all the same"));
	}
	source_free(index);
	merging_release(&merge);
	return status;
}

static int run_fix(struct context *context, const struct strvec *arguments, struct err *err)
{
	(void)arguments;
	return fix_project(context, err);
}

const struct hook hooks[] = {
	{ "pre-commit", N_("refuses a commit that would bring new errors into the project"), HOOK_CLONE, false, run_pre_commit },
	{ "commit-msg", N_("refuses trailers Task: and Time: that say nothing"), HOOK_CLONE, false, hook_commit_message },
	{ "pre-push", N_("refuses a push that the server would refuse: commits that no approval covers"), HOOK_CLONE, true, hook_pre_push },
	{ "post-merge", N_("mends what a merge by git left: one number given twice"), HOOK_CLONE, false, run_fix },
	{ "post-rewrite", N_("the same after a rebase"), HOOK_CLONE, false, run_fix },
	{ "pre-receive", N_("refuses pushes that no approval covers, and whatever would lose history"), HOOK_SERVER, true, hook_pre_receive },
	{ "update", N_("the same, one branch at a time, for hosts without pre-receive"), HOOK_BY_HAND, false, hook_update },
};
const size_t hooks_count = ARRAY_SIZE(hooks);
