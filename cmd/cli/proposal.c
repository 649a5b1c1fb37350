#include "cmd/cli/proposal.h"

#include "base/process.h"
#include "cmd/cli/revision.h"
#include "git/merging.h"
#include "git/program.h"
#include "git/source_tree.h"

#include <stdlib.h>
#include <string.h>

static const char heads[] = "refs/heads/", remotes[] = "refs/remotes/", prefix[] = "change/";

static void pair_init(struct branch_pair *pair)
{
	*pair = (struct branch_pair){ .apart = false };
	strbuf_init(&pair->name);
}

void proposal_init(struct proposal *proposal, struct context *context)
{
	*proposal = (struct proposal){ .context = context };
	vec_init(&proposal->branches, sizeof(struct branch));
	strbuf_init(&proposal->remote);
	strbuf_init(&proposal->id);
	pair_init(&proposal->own);
	pair_init(&proposal->target);
	merging_init(&proposal->merge, context);
}

void proposal_release(struct proposal *proposal)
{
	if (proposal->loaded) {
		past_release(&proposal->before);
		past_release(&proposal->after);
		past_release(&proposal->now);
	}
	merging_release(&proposal->merge);
	branches_release(&proposal->branches);
	strbuf_release(&proposal->remote);
	strbuf_release(&proposal->id);
	strbuf_release(&proposal->own.name);
	strbuf_release(&proposal->target.name);
}

bool proposal_has_landed(const struct proposal *proposal)
{
	return proposal->landing.id[0] != '\0';
}

void proposal_target_ref(const struct proposal *proposal, struct strbuf *out)
{
	strbuf_addf(out, "%s%s", heads, proposal->target.name.buf);
}

/* --- branches --- */

/* "change/CR-k7q4x" of a branch's full name, here or on a remote; at NULL: no branch of a change. */
static struct slice change_of(const char *name)
{
	struct slice rest = { NULL, 0 };

	if (strncmp(name, heads, sizeof(heads) - 1) == 0)
		rest = slice_of(name + sizeof(heads) - 1);
	else if (strncmp(name, remotes, sizeof(remotes) - 1) == 0)
		rest = slice_from(
			slice_of(name), sizeof(remotes) + slice_find(slice_of(name + sizeof(remotes) - 1), '/'));
	if (!slice_starts(rest, prefix) || !id_valid(slice_from(rest, sizeof(prefix) - 1), NULL))
		return slice_new(NULL, 0);
	return slice_from(rest, sizeof(prefix) - 1);
}

void proposal_ids(const struct vec *branches, struct strvec *out)
{
	const struct branch *items = branches->items;

	for (size_t i = 0; i < branches->len; i++) {
		struct slice id = change_of(items[i].name);
		struct strbuf text;

		strbuf_init(&text);
		strbuf_add_slice(&text, id);
		if (id.at && !strvec_has(out, text.buf))
			strvec_push(out, text.buf);
		strbuf_release(&text);
	}
	strvec_sort(out);
}

static int compare_pair(struct branch_pair *pair, struct repository *repository, struct err *err)
{
	bool behind = false, ahead = false;
	int status;

	pair->tip = pair->local->tip;
	if (strcmp(pair->local->tip.id, pair->tracking->tip.id) == 0)
		return 0;
	status = repository_is_ancestor(repository, pair->local->tip.id, pair->tracking->tip.id, &behind, err);
	if (status == 0 && !behind)
		status = repository_is_ancestor(repository, pair->tracking->tip.id, pair->local->tip.id, &ahead, err);
	if (behind)
		pair->tip = pair->tracking->tip;
	pair->apart = !behind && !ahead;
	return status;
}

int branch_pair_find(struct branch_pair *pair, struct proposal *proposal, struct err *err)
{
	struct strbuf name;

	strbuf_init(&name);
	strbuf_addf(&name, "%s%s", heads, pair->name.buf);
	pair->local = branch_find(&proposal->branches, name.buf);
	strbuf_reset(&name);
	strbuf_addf(&name, "%s%s/%s", remotes, proposal->remote.buf, pair->name.buf);
	pair->tracking = proposal->remote.len ? branch_find(&proposal->branches, name.buf) : NULL;
	strbuf_release(&name);
	pair->apart = false;
	pair->tip = (struct revision){ .committed = 0 };
	if (pair->local && pair->tracking)
		return compare_pair(pair, proposal->repository, err);
	if (pair->local || pair->tracking)
		pair->tip = (pair->local ? pair->local : pair->tracking)->tip;
	return 0;
}

static void set_target(struct proposal *p, const char *name)
{
	strbuf_reset(&p->target.name);
	strbuf_add_str(&p->target.name, slice_starts(slice_of(name), heads) ? name + sizeof(heads) - 1 : name);
}

/* Finds the target, which must have a commit. */
static int find_target(struct proposal *p, const char *name, struct err *err)
{
	int status;

	set_target(p, name);
	status = branch_pair_find(&p->target, p, err);
	if (status == 0 && !p->target.tip.id[0]) {
		status = err_set(
			err, ERR_USAGE, _("there is no branch '%s' that the change could go to"), p->target.name.buf);
		err_hint(err, "%s",
			_("'git branch -a' lists the branches; 'git config pmt.guard BRANCH' says which one changes "
			  "go to"));
	}
	return status;
}

int proposal_prepare(struct proposal *p, const char *target, struct err *err)
{
	struct strbuf guard;
	int status;

	p->repository = revision_repository(p->context, &p->folder, err);
	if (!p->repository)
		return ERR_NOWHERE;
	strbuf_init(&guard);
	status = repository_branches(p->repository, &p->branches, err);
	if (status == 0)
		status = repository_remote_of(p->repository, "", &p->remote, err);
	if (status == 0 && !target)
		status = repository_guarded_branch(p->repository, &p->branches, &guard, err);
	if (status == 0 && p->branches.len == 0) {
		status = err_set(err, ERR_CONFLICT, "%s", _("there is no commit yet that a change could start from"));
		err_hint(err, "%s", _("commit the project first: git add -A && git commit"));
	}
	if (status == 0)
		status = find_target(p, target ? target : guard.buf, err);
	strbuf_release(&guard);
	return status;
}

/* --- which change --- */

/* Does the word mean this id: whole, its beginning, or the beginning behind "CR-", in any case? */
static bool means(const char *word, const char *id)
{
	size_t len = strlen(word);
	const char *dash = strchr(id, '-');

	return strncasecmp(word, id, len) == 0 || (dash && strncasecmp(word, dash + 1, len) == 0);
}

/* Changes that landed stand in the target's tree; their folders name them. */
static int landed_ids(struct proposal *p, struct strvec *out, struct err *err)
{
	struct strvec paths;
	struct source *source;
	int status = source_tree_new(p->repository, &p->target.tip, p->folder.len ? p->folder.at : "", &source, err);

	if (status < 0)
		return status;
	strvec_init(&paths);
	status = source->list(source, &paths, err);
	for (size_t i = 0; i < paths.len; i++) {
		struct slice path = slice_of(paths.items[i]), id = slice_from(path, strlen("changes/"));

		id.len = slice_find(id, '/');
		if (slice_starts(path, "changes/") && slice_ends(path, "/change.ini") && id_valid(id, NULL)) {
			char *text = xstrndup(id.at, id.len);

			if (strvec_has(out, text))
				free(text);
			else
				strvec_take(out, text);
		}
	}
	strvec_release(&paths);
	source_free(source);
	return status;
}

/* The change whose branch is checked out here. */
static int current_id(struct proposal *p, struct strbuf *out, struct err *err)
{
	struct strbuf branch;
	int status;

	strbuf_init(&branch);
	status = repository_branch(p->repository, &branch, err);
	if (status == 0 && slice_starts(strbuf_slice(&branch), prefix))
		strbuf_add_str(out, branch.buf + sizeof(prefix) - 1);
	strbuf_release(&branch);
	if (status == 0 && !out->len) {
		status = err_set(
			err, ERR_USAGE, "%s", _("which change? The branch that is checked out belongs to none"));
		err_hint(err, "%s", _("give its id; 'pmt change' lists all changes"));
	}
	return status;
}

static int choose(struct proposal *p, const char *word, const struct strvec *ids, struct err *err)
{
	struct strbuf found;
	size_t count = 0;

	strbuf_init(&found);
	for (size_t i = 0; i < ids->len; i++) {
		if (strcasecmp(word, ids->items[i]) == 0) {
			strbuf_reset(&found);
			strbuf_add_str(&found, ids->items[i]);
			count = 1;
			break;
		}
		if (means(word, ids->items[i]))
			strbuf_addf(&found, "%s%s", count++ ? ", " : "", ids->items[i]);
	}
	if (count == 1)
		strbuf_add_str(&p->id, found.buf);
	else if (count > 1)
		err_set(err, ERR_USAGE, _("'%s' may be any of: %s"), word, found.buf);
	else
		err_set(err, ERR_USAGE, _("there is no change '%s'"), word);
	if (count == 0)
		err_hint(err, "%s", _("'pmt change' lists all changes; 'git fetch' gets those of others"));
	strbuf_release(&found);
	return count == 1 ? 0 : ERR_USAGE;
}

/* What the change itself says about where it goes. */
static int follow_target(struct proposal *p, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("change"));
	struct record *record = project_find(&p->after.project, kind, strbuf_slice(&p->id));
	struct slice target = record ? slice_trim(record_text_or(record, "target")) : slice_new(NULL, 0);
	struct strbuf name;
	int status = 0;

	strbuf_init(&name);
	strbuf_add_slice(&name, target);
	if (name.len && strcmp(name.buf, p->target.name.buf) != 0)
		status = find_target(p, name.buf, err);
	strbuf_release(&name);
	return status;
}

int proposal_find(struct proposal *p, const char *word, struct err *err)
{
	struct strvec ids;
	int status = 0;

	strvec_init(&ids);
	if (!word)
		status = current_id(p, &p->id, err);
	if (status == 0) {
		proposal_ids(&p->branches, &ids);
		status = landed_ids(p, &ids, err);
	}
	if (status == 0 && word)
		status = choose(p, word, &ids, err);
	strvec_release(&ids);
	if (status < 0)
		return status;
	strbuf_addf(&p->own.name, "%s%s", prefix, p->id.buf);
	p->found = true;
	return branch_pair_find(&p->own, p, err);
}

/* --- the project without and with it --- */

/* The oldest first-parent commit of the target that touched the change's record. */
static int find_landing(struct proposal *p, struct err *err)
{
	struct strbuf path, output;
	char **environment = repository_environment(p->repository);
	struct git_call call = { .folder = p->repository->work_folder ? p->repository->work_folder
								      : p->repository->git_folder,
		.environment = environment,
		.output = &output };
	int status;

	strbuf_init(&path);
	strbuf_init(&output);
	strbuf_addf(&path, "%.*s%schanges/%s/change.ini", (int)p->folder.len, p->folder.len ? p->folder.at : "",
		p->folder.len ? "/" : "", p->id.buf);
	status = git_must(&call,
		(const char *const[]){
			"rev-list", "--first-parent", "--reverse", p->target.tip.id, "--", path.buf, NULL },
		err);
	if (status == 0 && output.len >= GIT_HEX - 1)
		memcpy(p->landing.id, output.buf, GIT_HEX - 1);
	strbuf_release(&output);
	strbuf_release(&path);
	environment_free(environment);
	return status;
}

static int open_landed(struct proposal *p, struct err *err)
{
	struct strbuf parent;
	int status;

	strbuf_init(&parent);
	strbuf_addf(&parent, "%s^1", p->landing.id);
	status = past_open(&p->before, p->context, parent.buf, err);
	if (status == 0)
		status = past_open(&p->after, p->context, p->landing.id, err);
	if (status == 0)
		status = past_open(&p->now, p->context, p->target.tip.id, err);
	strbuf_release(&parent);
	return status;
}

static int refuse_conflict(const struct proposal *p, struct err *err)
{
	err_set(err, ERR_CONFLICT, _("%s and %s cannot be merged as they are: both changed the same"),
		p->own.name.buf, p->target.name.buf);
	err_hint(err, _("merge the target into the change and settle it: git switch %s && pmt merge %s"),
		p->own.name.buf, p->target.name.buf);
	return ERR_CONFLICT;
}

/* Both sides went on: what their merge gives. */
static int open_merged(struct proposal *p, struct err *err)
{
	int status = merging_compute(&p->merge, MERGE_RENUMBER_THEIRS, err);

	if (status < 0)
		return status;
	if (merging_conflicts(&p->merge) || p->merge.result.renumberings.len) {
		if (!p->quiet) {
			context_report(p->context, &p->merge.problems);
			merging_report(&p->merge);
		}
		return refuse_conflict(p, err);
	}
	past_release(&p->after);
	return past_open_source(&p->after, p->context, merge_result_source(&p->merge.result), err);
}

static int open_sides(struct proposal *p, struct err *err)
{
	int status = past_open(&p->before, p->context, p->target.tip.id, err);

	strbuf_add_str(&p->merge.name, p->own.name.buf);
	p->merge.unchecked = p->quiet;
	if (status == 0)
		status = merging_open_commits(&p->merge, p->target.tip.id, p->own.tip.id, err);
	if (status == 0 && p->merge.relation == MERGING_NEEDED)
		status = open_merged(p, err);
	return status;
}

struct past *proposal_register(struct proposal *p)
{
	return proposal_has_landed(p) ? &p->now : &p->after;
}

/* Its record, in what is loaded as `after`; a branch without it was made by hand. */
static int find_record(struct proposal *p, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("change"));

	p->record = project_find(&proposal_register(p)->project, kind, strbuf_slice(&p->id));
	if (!p->record)
		return err_set(err, ERR_INPUT, _("the branch %s holds no record of the change %s"), p->own.name.buf,
			p->id.buf);
	return 0;
}

int proposal_load(struct proposal *p, struct err *err)
{
	int status = 0;

	p->before = p->after = p->now = (struct past){ .loaded = false };
	diagnostics_init(&p->before.found);
	diagnostics_init(&p->after.found);
	diagnostics_init(&p->now.found);
	p->loaded = true;
	if (p->own.tip.id[0])
		status = past_open(&p->after, p->context, p->own.tip.id, err);
	if (status == 0 && p->own.tip.id[0])
		status = follow_target(p, err);
	if (status == 0)
		status = find_landing(p, err);
	if (status == 0 && proposal_has_landed(p)) {
		past_release(&p->after);
		status = open_landed(p, err);
	} else if (status == 0) {
		status = open_sides(p, err);
	}
	return status == 0 ? find_record(p, err) : status;
}

int proposal_reload(struct proposal *p, struct err *err)
{
	past_release(&p->before);
	past_release(&p->after);
	past_release(&p->now);
	p->loaded = false;
	merging_release(&p->merge);
	merging_init(&p->merge, p->context);
	p->landing = (struct revision){ .committed = 0 };
	return proposal_load(p, err);
}
