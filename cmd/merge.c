/* `pmt merge REVISION`: another branch into this one, record by record. */
#include "cmd/cli/context.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/revision.h"

#include "base/file.h"
#include "git/merging.h"

#include <string.h>

struct merge_options {
	bool resume, abort, dry_run;
	const char *message, *renumber;
};

static const struct option_spec specs[] = {
	{ 0, "continue", OPTION_FLAG, offsetof(struct merge_options, resume), NULL,
		N_("Commit the merge whose conflicts are settled") },
	{ 0, "abort", OPTION_FLAG, offsetof(struct merge_options, abort), NULL, N_("Take the merge under way back") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct merge_options, dry_run), NULL,
		N_("Show what would come of it, write nothing") },
	{ 0, "message", OPTION_TEXT, offsetof(struct merge_options, message), N_("TEXT"), N_("The commit's message") },
	{ 0, "renumber", OPTION_TEXT, offsetof(struct merge_options, renumber), N_("SIDE"),
		N_("Whose records give way where both took one number: theirs (as a rule), or ours (when theirs is where this "
		   "branch is pushed to)") },
	OPTIONS_END,
};

static int say_outcome(struct context *context, const struct project_merge *merge, const char *outcome, const char *sentence,
	struct err *err)
{
	struct doc doc;
	int status;

	if (strcmp(context->renderer->name, "table") == 0 && !context->global.output) {
		merging_report(merge);
		context_note(context, sentence, merge->name.buf);
		return 0;
	}
	doc_init(&doc, "pmt.merge/1");
	doc_title(&doc, cell_message(N_("Merge")));
	merging_describe(merge, outcome, &doc);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* What to do about conflicts, once they are listed. */
static int say_conflicts(struct context *context, const struct project_merge *merge, bool dry_run, struct err *err)
{
	int status = say_outcome(context, merge, "conflicts",
		dry_run ? _("merging %s would leave these conflicts") : _("%s is merged but for these conflicts"), err);

	context->exit_code = err_exit_code(ERR_CONFLICT);
	if (status == 0 && !dry_run) {
		context_note(context, "%s", _("ours is in force; each place holds both sides as comments: keep what is right, remove "
					       "the comments"));
		context_note(context, "%s", _("then 'pmt merge --continue'; 'pmt merge --abort' takes everything back"));
	}
	return status;
}

/* On the branch that this one is pushed to the numbers are taken: ours give way. */
static int choose_numbers(struct project_merge *merge, const char *asked, enum merge_numbers *numbers, struct err *err)
{
	struct revision upstream;
	bool published = repository_commit_of(merge->repository, "@{upstream}", &upstream, NULL) == 0 &&
		strcmp(upstream.id, merge->theirs.id) == 0;

	*numbers = published ? MERGE_RENUMBER_OURS : MERGE_RENUMBER_THEIRS;
	if (!asked)
		return 0;
	if (strcmp(asked, "ours") != 0 && strcmp(asked, "theirs") != 0)
		return err_set(err, ERR_USAGE, _("--renumber takes ours or theirs, not '%s'"), asked);
	*numbers = strcmp(asked, "ours") == 0 ? MERGE_RENUMBER_OURS : MERGE_RENUMBER_THEIRS;
	return 0;
}

static int merge_histories(struct context *context, struct project_merge *merge, const struct merge_options *o, struct err *err)
{
	enum merge_numbers numbers = MERGE_RENUMBER_THEIRS;
	int status = choose_numbers(merge, o->renumber, &numbers, err);

	if (status == 0)
		status = merging_compute(merge, numbers, err);
	if (status == 0 && !o->dry_run)
		status = merging_apply(merge, o->message, err);
	if (status < 0)
		return status;
	if (merging_conflicts(merge))
		return say_conflicts(context, merge, o->dry_run, err);
	return say_outcome(context, merge, "merged", o->dry_run ? _("%s would merge cleanly") : _("merged %s"), err);
}

static int merge_revision(struct context *context, const struct merge_options *o, const char *revision, struct err *err)
{
	struct project_merge merge;
	int status = 0;

	merging_init(&merge, context);
	merge.repository = revision_repository(context, NULL, err);
	if (!merge.repository)
		status = ERR_NOWHERE;
	if (status == 0 && !o->dry_run)
		status = repository_may_merge(merge.repository, err);
	if (status == 0)
		status = merging_open(&merge, revision, err);
	if (status == 0 && merge.relation == MERGING_NOTHING)
		status = say_outcome(context, &merge, "nothing", _("%s holds nothing new"), err);
	else if (status == 0 && merge.relation == MERGING_FAST_FORWARD) {
		if (!o->dry_run)
			status = repository_fast_forward(merge.repository, merge.name.buf, err);
		if (status == 0)
			status = say_outcome(context, &merge, "fast_forward",
				o->dry_run ? _("this branch would move forward to %s") : _("moved forward to %s"), err);
	} else if (status == 0) {
		status = merge_histories(context, &merge, o, err);
	}
	merging_release(&merge);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct merge_options *o = options;
	size_t asked = (size_t)o->resume + (size_t)o->abort + (arguments->len > 0);

	if (asked != 1 || arguments->len > 1 || ((o->resume || o->abort) && (o->dry_run || o->renumber))) {
		err_set(err, ERR_USAGE, "%s", _("'pmt merge' takes one revision, or --continue, or --abort"));
		err_hint(err, "%s", _("'git branch -a' lists the branches"));
		return ERR_USAGE;
	}
	if (merging_prepare(context, err) < 0)
		return err->code;
	context_project(context, NULL); /* for the language it speaks; what is wrong in it is said later */
	if (o->resume)
		return merging_continue(context, o->message, err);
	if (o->abort)
		return merging_abort(context, err);
	return merge_revision(context, o, arguments->items[0], err);
}

const struct command cmd_merge = {
	.name = "merge",
	.group = GROUP_CHANGE,
	.summary = N_("Merge another branch, record by record"),
	.usage = "REVISION | --continue | --abort",
	.options = specs,
	.options_size = sizeof(struct merge_options),
	.needs = NEEDS_NOTHING,
	.run = run,
};
