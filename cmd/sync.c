/* `pmt sync`: what others pushed comes in, what is committed here goes out. */
#include "cmd/cli/context.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/revision.h"

#include "git/merging.h"
#include "git/program.h"

#include <string.h>

extern char **environ;

enum { TRIES = 5 };

struct sync_options {
	const char *remote, *branch;
	bool no_push;
};

static const struct option_spec specs[] = {
	{ 0, "remote", OPTION_TEXT, offsetof(struct sync_options, remote), N_("REMOTE"),
		N_("Where to (default: the branch's own remote, else origin)") },
	{ 0, "branch", OPTION_TEXT, offsetof(struct sync_options, branch), N_("BRANCH"),
		N_("The branch there (default: the one this branch follows, else of the same name)") },
	{ 0, "no-push", OPTION_FLAG, offsetof(struct sync_options, no_push), NULL, N_("Only take in, push nothing") },
	OPTIONS_END,
};

struct sync {
	struct context *context;
	struct repository *repository;
	struct strbuf remote, branch, tracking; /* "origin", "main", "origin/main" */
	bool no_push;
	size_t came; /* records from there */
};

/* branch.NAME.remote and .merge, as git keeps them. */
static bool setting_of_branch(const struct sync *sync, const char *own, const char *what, struct strbuf *out)
{
	struct strbuf name;
	bool found;

	strbuf_init(&name);
	strbuf_addf(&name, "branch.%s.%s", own, what);
	found = settings_value(sync->context->root, environ, name.buf, out);
	strbuf_release(&name);
	return found;
}

static void choose_branch(struct sync *sync, const char *own, const char *asked)
{
	static const char heads[] = "refs/heads/";

	if (asked)
		strbuf_add_str(&sync->branch, asked);
	else if (!setting_of_branch(sync, own, "merge", &sync->branch))
		strbuf_add_str(&sync->branch, own);
	if (strncmp(sync->branch.buf, heads, sizeof(heads) - 1) == 0)
		strbuf_remove(&sync->branch, 0, sizeof(heads) - 1);
}

static int choose_target(struct sync *sync, const struct sync_options *o, struct err *err)
{
	struct strbuf own;
	int status;

	strbuf_init(&own);
	status = repository_branch(sync->repository, &own, err);
	if (o->remote)
		strbuf_add_str(&sync->remote, o->remote);
	else if (!setting_of_branch(sync, own.buf, "remote", &sync->remote))
		strbuf_add_str(&sync->remote, "origin");
	choose_branch(sync, own.buf, o->branch);
	strbuf_addf(&sync->tracking, "%s/%s", sync->remote.buf, sync->branch.buf);
	strbuf_release(&own);
	return status;
}

/* Takes in what is there. ERR_CONFLICT when people must decide first. */
static int take_in(struct sync *sync, struct err *err)
{
	struct project_merge merge;
	int status;

	merging_init(&merge, sync->context);
	status = merging_open(&merge, sync->tracking.buf, err);
	if (status == 0 && merge.relation == MERGING_FAST_FORWARD)
		status = repository_fast_forward(merge.repository, sync->tracking.buf, err);
	else if (status == 0 && merge.relation == MERGING_NEEDED) {
		status = merging_compute(&merge, MERGE_RENUMBER_OURS, err);
		if (status == 0)
			status = merging_apply(&merge, NULL, err);
		if (status == 0) {
			merging_report(&merge);
			sync->came += merge.result.from_theirs;
		}
		if (status == 0 && merging_conflicts(&merge)) {
			status = err_set(err, ERR_CONFLICT, _("what came from %s conflicts with what is here"), sync->remote.buf);
			err_hint(err, "%s", _("ours is in force; each place holds both sides as comments: keep what is right, remove "
					       "the comments, then 'pmt merge --continue' and 'pmt sync' again"));
		}
	}
	merging_release(&merge);
	return status;
}

/* Errors that what is there does not have stay here. */
static int refuse_errors(struct sync *sync, bool known, struct err *err)
{
	struct project_merge merge;
	struct source *own = NULL;
	struct revision revision;
	int status;

	merging_init(&merge, sync->context);
	merge.repository = revision_repository(sync->context, &merge.folder, err);
	status = repository_commit_of(sync->repository, "HEAD", &revision, err);
	if (status == 0)
		status = merging_open_side(&merge, &revision, MERGE_OURS, err);
	own = merge.sides[MERGE_OURS];
	merge.sides[MERGE_OURS] = NULL;
	if (status == 0 && known)
		status = repository_commit_of(sync->repository, sync->tracking.buf, &revision, err);
	if (status == 0 && known)
		status = merging_open_side(&merge, &revision, MERGE_THEIRS, err);
	if (status == 0 && own)
		status = merging_new_errors(&merge, own, true, &merge.problems, err);
	if (status == 0 && merge.problems.items.len) {
		context_report(sync->context, &merge.problems);
		status = err_set(err, ERR_FAILED, _("nothing is pushed: the project has errors that %s does not have"),
			sync->remote.buf);
		err_hint(err, "%s", _("mend them, commit, and 'pmt sync' again"));
	}
	source_free(own);
	merging_release(&merge);
	return status;
}

static int send(struct sync *sync, bool *again, struct err *err)
{
	struct revision own, there;
	bool known = repository_commit_of(sync->repository, sync->tracking.buf, &there, NULL) == 0;
	int status = repository_commit_of(sync->repository, "HEAD", &own, err);

	*again = false;
	if (status < 0 || (known && strcmp(own.id, there.id) == 0))
		return status;
	status = refuse_errors(sync, known, err);
	return status < 0 ? status : repository_push(sync->repository, sync->remote.buf, sync->branch.buf, again, err);
}

/* One round; *again: somebody pushed between our fetch and our push. */
static int go_round(struct sync *sync, bool *again, struct err *err)
{
	struct revision there;
	int status = repository_fetch(sync->repository, sync->remote.buf, err);

	*again = false;
	/* A branch that is not there yet: the first push makes it. */
	if (status == 0 && repository_commit_of(sync->repository, sync->tracking.buf, &there, NULL) == 0)
		status = take_in(sync, err);
	return status < 0 || sync->no_push ? status : send(sync, again, err);
}

static int sync_branch(struct sync *sync, const struct sync_options *o, struct err *err)
{
	int status = repository_may_merge(sync->repository, err);
	bool again = true;

	if (status == 0)
		status = choose_target(sync, o, err);
	for (int i = 0; i < TRIES && again && status == 0; i++) {
		struct err trouble;

		context_err_init(&trouble);
		status = go_round(sync, &again, &trouble);
		if (status < 0 && again && i + 1 < TRIES) {
			status = 0;
		} else if (status < 0) {
			err_take(err, &trouble);
		}
		err_release(&trouble);
	}
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct sync_options *o = options;
	struct sync sync = { .context = context, .no_push = o->no_push };
	int status;

	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt sync' takes no arguments, not '%s'"), arguments->items[0]);
	if (merging_prepare(context, err) < 0)
		return err->code;
	context_project(context, NULL); /* for the language it speaks */
	sync.repository = revision_repository(context, NULL, err);
	if (!sync.repository)
		return ERR_NOWHERE;
	strbuf_init(&sync.remote);
	strbuf_init(&sync.branch);
	strbuf_init(&sync.tracking);
	status = sync_branch(&sync, o, err);
	if (status == 0)
		context_note(context, o->no_push ? _("everything from %s/%s is here") : _("in step with %s/%s"), sync.remote.buf,
			sync.branch.buf);
	strbuf_release(&sync.remote);
	strbuf_release(&sync.branch);
	strbuf_release(&sync.tracking);
	return status;
}

const struct command cmd_sync = {
	.name = "sync",
	.group = GROUP_CHANGE,
	.summary = N_("Take in what others pushed, and push"),
	.usage = "",
	.options = specs,
	.options_size = sizeof(struct sync_options),
	.needs = NEEDS_NOTHING,
	.run = run,
};
