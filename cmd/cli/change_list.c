/*
 * `pmt change [CONDITION...]`: all changes, those on other branches included, with what waits for whom.
 *
 * The records of other branches are put over the work tree's project, so that the list, its conditions and its
 * formats are those of any noun. What is computed of a change (state, who is missing) is computed when first asked
 * for, once for the same branches (change_standing.h).
 */
#include "cmd/cli/change.h"

#include "base/alloc.h"
#include "cmd/cli/revision.h"
#include "cmd/cli/change_standing.h"
#include "git/source_tree.h"
#include "change/freeze.h"

#include <stdlib.h>
#include <string.h>

struct change_register {
	struct context *context;
	struct proposal proposal; /* branches and the guarded one */
	struct source *under;     /* the work tree's */
	struct standings standings;
	bool open;                /* there are branches, and so standings */
};

/* --- the records of all branches --- */

static bool is_of_change(const char *path, struct slice id)
{
	struct slice rest = slice_from(slice_of(path), strlen("changes/"));

	return slice_starts(slice_of(path), "changes/") &&
	       (!id.at || (slice_starts(rest, id.at) && rest.len > id.len && rest.at[id.len] == '/'));
}

/* Files of changes in a commit that nothing has shown yet: of one change, or of all. */
static int take_files(struct change_register *r, const struct revision *tip, struct slice id, struct source *patch,
	struct strvec *known, struct err *err)
{
	struct source *tree;
	struct strvec paths;
	int status = source_tree_new(
		r->proposal.repository, tip, r->proposal.folder.len ? r->proposal.folder.at : "", &tree, err);

	if (status == ERR_NOWHERE) { /* no project there: somebody else's branch */
		err_release(err);
		return 0;
	}
	if (status < 0)
		return status;
	strvec_init(&paths);
	status = tree->list(tree, &paths, err);
	for (size_t i = 0; i < paths.len && status == 0; i++) {
		struct slice bytes;

		if (!is_of_change(paths.items[i], id) || strvec_has(known, paths.items[i]))
			continue;
		status = tree->read(tree, paths.items[i], &bytes, err);
		if (status == 0) {
			source_patch_set(patch, paths.items[i], bytes);
			strvec_push(known, paths.items[i]);
		}
	}
	strvec_release(&paths);
	source_free(tree);
	return status;
}

static int take_branch(struct change_register *r, const char *id, const char *kind, struct source *patch,
	struct strvec *known, struct err *err)
{
	const struct branch *items = r->proposal.branches.items;
	struct strbuf tail;
	int status = 0;

	strbuf_init(&tail);
	strbuf_addf(&tail, "/change/%s", id);
	for (size_t i = 0; i < r->proposal.branches.len && status == 0; i++)
		if (slice_starts(slice_of(items[i].name), kind) && slice_ends(slice_of(items[i].name), tail.buf))
			status = take_files(r, &items[i].tip, slice_of(id), patch, known, err);
	strbuf_release(&tail);
	return status;
}

/* The work tree's own files win, then the target's, then the branches' here, then those of remotes. */
static int collect(struct change_register *r, struct source *patch, struct err *err)
{
	struct strvec known, ids;
	int status;

	strvec_init(&known);
	strvec_init(&ids);
	status = r->under->list(r->under, &known, err);
	if (status == 0)
		status = take_files(r, &r->proposal.target.tip, slice_new(NULL, 0), patch, &known, err);
	proposal_ids(&r->proposal.branches, &ids);
	for (size_t i = 0; i < ids.len && status == 0; i++) {
		status = take_branch(r, ids.items[i], "refs/heads/", patch, &known, err);
		if (status == 0)
			status = take_branch(r, ids.items[i], "refs/remotes/", patch, &known, err);
	}
	strvec_release(&ids);
	strvec_release(&known);
	return status;
}

/* --- what is computed --- */

static bool standing_value(
	const struct change_register *r, const struct standing *s, const char *name, struct value *out)
{
	if (strcmp(name, "state") == 0) {
		out->as.text = slice_of(review_stand_word(s->stand));
	} else if (strcmp(name, "waits_for") == 0 && s->waits_count) {
		out->as.list.items = (struct slice *)s->waits_for;
		out->as.list.count = s->waits_count;
	} else if (strcmp(name, "missing") == 0 && s->missing.len) {
		out->as.text = s->missing;
	} else if (strcmp(name, "cost_change") == 0 && s->measured) {
		out->as.money.amount = s->cost;
		memcpy(out->as.money.currency, r->context->project.units.currency, sizeof(out->as.money.currency));
	} else if (strcmp(name, "finish_change") == 0 && s->measured) {
		out->as.estimate = (struct estimate){ s->finish, s->finish, s->finish, false, false };
	} else {
		return false;
	}
	return true;
}

static bool computed_value(
	void *context, const struct record *record, const struct field *field, struct arena *arena, struct value *out)
{
	struct change_register *r = context;
	const struct standing *s;
	struct strbuf id;

	(void)arena;
	if (!r->open || record->kind != kind_find(slice_of("change")) || !(field->flags & FIELD_COMPUTED))
		return false;
	strbuf_init(&id);
	strbuf_add_slice(&id, record->id);
	s = standings_of(&r->standings, id.buf);
	strbuf_release(&id);
	memset(out, 0, sizeof(*out));
	out->type = field->type;
	return s->known && standing_value(r, s, field->name, out);
}

/* --- the list --- */

static int open_register(struct change_register *r, bool others, struct err *err)
{
	struct context *context = r->context;
	struct source *patch;
	int status = proposal_prepare(&r->proposal, NULL, err);

	if (status < 0)
		return status;
	standings_open(&r->standings, context, &r->proposal);
	r->open = true;
	if (!others)
		return 0;
	r->under = source_worktree_new(context->root);
	patch = source_patch_new(r->under);
	context->source = patch;
	return collect(r, patch, err);
}

/* Outside a repository, and of the past (--at), there are only the records that stand there. */
static bool has_branches(struct context *context)
{
	return !context->global.at && context_find_root(context, NULL) == 0 &&
	       revision_repository(context, NULL, NULL);
}

int change_register_open(struct change_register **out, struct context *context, bool others, struct err *err)
{
	struct change_register *r = xcalloc(1, sizeof(*r));
	int status;

	*out = r;
	r->context = context;
	proposal_init(&r->proposal, context);
	if (has_branches(context)) {
		struct err trouble;

		context_err_init(&trouble);
		if (open_register(r, others, &trouble) < 0)
			context_note(context, _("warning: changes on other branches are not shown: %s"),
				trouble.message ? trouble.message : "?");
		err_release(&trouble);
	}
	status = context_project(context, err);
	if (status == 0)
		context_add_computed(context, (struct computed){ .context = r, .value = computed_value });
	return status;
}

void change_register_close(struct change_register *r)
{
	if (r->open && r->standings.trouble)
		context_note(r->context, _("warning: how it stands is not known of %s"), r->standings.trouble);
	if (r->open)
		standings_close(&r->standings);
	source_free(r->under);
	proposal_release(&r->proposal);
	free(r);
}

int change_list(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct change_register *r;
	int status = change_register_open(&r, context, true, err);

	if (status == 0)
		status = noun_list(context, options, words, err);
	change_register_close(r);
	return status;
}
