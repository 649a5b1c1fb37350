/* Taking back what a change did, and leaving what others did since: a merge with the change as base, and what was
 * before it as other side. */
#include "cmd/cli/proposal.h"

#include "git/source_tree.h"

#include <string.h>

static int open_side(struct proposal *p, const char *commit, struct source **out, struct err *err)
{
	struct revision revision = { .committed = 0 };

	memcpy(revision.id, commit, strlen(commit) + 1);
	return source_tree_new(p->repository, &revision, p->folder.len ? p->folder.at : "", out, err);
}

/* Records of changes are never taken back: the register keeps them. */
static int keep_changes(struct undoing *u, struct err *err)
{
	struct source *landed = u->sides[MERGE_BASE];
	struct strvec paths;
	struct slice bytes;
	int status;

	strvec_init(&paths);
	u->without = source_patch_new(u->sides[MERGE_THEIRS]);
	status = landed->list(landed, &paths, err);
	for (size_t i = 0; i < paths.len && status == 0; i++) {
		if (!slice_starts(slice_of(paths.items[i]), "changes/"))
			continue;
		status = landed->read(landed, paths.items[i], &bytes, err);
		if (status == 0)
			source_patch_set(u->without, paths.items[i], bytes);
	}
	strvec_release(&paths);
	return status;
}

static int refuse_conflict(const struct proposal *p, const struct undoing *u, struct err *err)
{
	const struct merge_conflict *first = u->result.conflicts.items;

	err_set(err, ERR_CONFLICT, _("%s cannot be taken back by itself: %s%s%s was changed since"), p->id.buf,
		first->record ? first->record : first->path, first->field ? " " : "",
		first->field ? first->field : "");
	err_hint(err, "%s", _("prepare a change that says what is to hold instead: pmt change add TITLE"));
	return ERR_CONFLICT;
}

int proposal_undo(struct proposal *p, struct undoing *u, struct err *err)
{
	struct merge_request request = { .numbers = MERGE_RENUMBER_NONE };
	int status;

	*u = (struct undoing){ .computed = false };
	status = open_side(p, p->landing.id, &u->sides[MERGE_BASE], err);
	if (status == 0)
		status = open_side(p, p->target.tip.id, &u->sides[MERGE_OURS], err);
	if (status == 0)
		status = open_side(p, p->before.revision.id, &u->sides[MERGE_THEIRS], err);
	if (status == 0)
		status = keep_changes(u, err);
	if (status < 0)
		return status;
	memcpy(request.sides, u->sides, sizeof(request.sides));
	request.sides[MERGE_THEIRS] = u->without;
	u->computed = true;
	status = merge_projects(&request, &u->result, err);
	return status == 0 && u->result.conflicts.len ? refuse_conflict(p, u, err) : status;
}

void undoing_release(struct undoing *u)
{
	if (u->computed)
		merge_result_release(&u->result);
	source_free(u->without);
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(u->sides[side]);
}
