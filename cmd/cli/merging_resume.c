/* A merge that stopped at conflicts: going on with it, or taking it back. */
#include "cmd/cli/merging.h"

#include "cmd/cli/context.h"
#include "cmd/cli/revision.h"
#include "git/merging.h"

#include <string.h>

static bool is_conflict(const struct diagnostic *finding)
{
	return strcmp(finding->id, "merge-conflict") == 0 || strcmp(finding->id, "file-conflict") == 0;
}

/* Blocks that are still there, each with its place. */
static int refuse_blocks(struct context *context, struct err *err)
{
	const struct diagnostic *items;
	struct diagnostics blocks;
	int status = context_project(context, err);
	size_t count = 0;

	if (status < 0)
		return status;
	diagnostics_init(&blocks);
	diagnostics_sort(&context->found);
	items = context->found.items.items;
	for (size_t i = 0; i < context->found.items.len; i++)
		if (is_conflict(&items[i])) {
			diagnose(&blocks, items[i].place, items[i].id, items[i].format, items[i].arguments[0], NULL);
			count++;
		}
	context_report(context, &blocks);
	diagnostics_release(&blocks);
	if (count == 0)
		return 0;
	err_set(err, ERR_CONFLICT, ngettext("%zu conflict is not settled", "%zu conflicts are not settled", count), count);
	err_hint(err, "%s", _("keep what is right and remove the comments from '; <<<<<<<' to '; >>>>>>>'"));
	return ERR_CONFLICT;
}

static bool is_ours(struct slice path, struct slice folder)
{
	if (!slice_ends(path, ".ini"))
		return false;
	return folder.len == 0 || (slice_starts(path, folder.at) && path.len > folder.len && path.at[folder.len] == '/');
}

/* The project's files are settled by now; any other the user has to add. */
static int stage_settled(struct repository *repository, struct slice folder, struct err *err)
{
	struct strvec unmerged, settled;
	int status;

	strvec_init(&unmerged);
	strvec_init(&settled);
	status = repository_unmerged(repository, &unmerged, err);
	for (size_t i = 0; i < unmerged.len && status == 0; i++) {
		if (is_ours(slice_of(unmerged.items[i]), folder)) {
			strvec_push(&settled, unmerged.items[i]);
			continue;
		}
		status = err_set(err, ERR_CONFLICT, _("%s still conflicts"), unmerged.items[i]);
		err_hint(err, _("mend it, then 'git add %s'"), unmerged.items[i]);
	}
	if (status == 0)
		status = repository_stage(repository, &settled, err);
	strvec_release(&settled);
	strvec_release(&unmerged);
	return status;
}

/* Errors that the settled project has and neither side had. */
static int refuse_errors(struct context *context, struct project_merge *merge, struct err *err)
{
	int status = merging_open(merge, "MERGE_HEAD", err);

	if (status == 0)
		status = merging_open_sides(merge, err);
	if (status == 0)
		status = merging_new_errors(merge, context->source, false, &merge->problems, err);
	if (status < 0 || merge->problems.items.len == 0)
		return status;
	context_report(context, &merge->problems);
	err_set(err, ERR_CONFLICT, "%s", _("the merged project has errors that neither side had"));
	err_hint(err, "%s", _("mend them, then 'pmt merge --continue'"));
	return ERR_CONFLICT;
}

int merging_continue(struct context *context, const char *message, struct err *err)
{
	struct repository *repository;
	struct project_merge merge;
	struct slice folder;
	int status;

	repository = revision_repository(context, &folder, err);
	if (!repository)
		return ERR_NOWHERE;
	if (!repository_is_merging(repository)) {
		err_set(err, ERR_CONFLICT, "%s", _("no merge is under way"));
		err_hint(err, "%s", _("'pmt merge REVISION' begins one"));
		return ERR_CONFLICT;
	}
	merging_init(&merge, context);
	status = refuse_blocks(context, err);
	if (status == 0)
		status = refuse_errors(context, &merge, err);
	if (status == 0)
		status = stage_settled(repository, folder, err);
	if (status == 0)
		status = repository_stage_edits(repository, folder.at, err);
	if (status == 0 && message)
		status = repository_merge_message(repository, message, slice_new(NULL, 0), err);
	if (status == 0)
		status = merging_conclude(repository, err);
	if (status == 0)
		context_note(context, "%s", _("the merge is committed"));
	merging_release(&merge);
	return status;
}

int merging_abort(struct context *context, struct err *err)
{
	struct repository *repository = revision_repository(context, NULL, err);
	int status = repository ? repository_abort_merge(repository, err) : ERR_NOWHERE;

	if (status == 0)
		context_note(context, "%s", _("the merge is taken back"));
	return status;
}
