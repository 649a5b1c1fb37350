/*
 * `pmt change merge [ID]`: an approved change lands in its target.
 *
 * The merge commit is made first, as an object that no branch names: the project merged record by record, every other
 * file by git. The judge looks at it as a server would; only then does the branch move, here or on the remote.
 * Nothing has to be checked out, and a refusal leaves no trace.
 */
#include "cmd/cli/change-internal.h"

#include "git/merging.h"
#include "change/freeze.h"

#include <string.h>

const struct option_spec change_merge_specs[] = {
	{ 'm', "message", OPTION_TEXT, offsetof(struct change_merge_options, message), N_("TEXT"),
		N_("The commit's message") },
	{ 0, "push", OPTION_FLAG, offsetof(struct change_merge_options, push), NULL,
		N_("Push the target; here it moves only when the remote took it") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct change_merge_options, dry_run), NULL,
		N_("Say whether it would be merged, move nothing") },
	OPTIONS_END,
};

struct landing {
	struct change_case c;
	const struct change_merge_options *options;
	struct arena arena;
	struct vec files; /* struct commit_file, below the repository's top */
	struct strbuf tree, message;
	struct revision made;
};

/* --- may it? --- */

static int refuse_missing(const struct landing *l, struct err *err)
{
	const struct review *review = &l->c.review;
	struct strbuf missing;

	strbuf_init(&missing);
	review_missing(review, &missing);
	err_set(err, ERR_FAILED, _("%s is not approved; missing: %s"), l->c.proposal.id.buf, missing.buf);
	err_hint(err, "pmt change show %s", l->c.proposal.id.buf);
	strbuf_release(&missing);
	return ERR_FAILED;
}

static int refuse_stand(const struct landing *l, struct err *err)
{
	const struct proposal *p = &l->c.proposal;

	switch (l->c.review.stand) {
	case REVIEW_DRAFT:
		err_set(err, ERR_FAILED, _("%s was not submitted yet"), p->id.buf);
		err_hint(err, "pmt change submit %s", p->id.buf);
		return ERR_FAILED;
	case REVIEW_SUBMITTED:
		if (!review_needs_renewal(&l->c.review))
			return refuse_missing(l, err);
		err_set(err, ERR_FAILED, _("what was submitted of %s does not hold any more"), p->id.buf);
		err_hint(err, "pmt change renew %s", p->id.buf);
		return ERR_FAILED;
	case REVIEW_MERGED:
	case REVIEW_CLOSED:
		return err_set(err, ERR_FAILED, _("%s has landed in %s already"), p->id.buf, p->target.name.buf);
	default: return 0;
	}
}

static int refuse_apart(const struct landing *l, struct err *err)
{
	const struct proposal *p = &l->c.proposal;

	if (!p->target.apart)
		return 0;
	err_set(err, ERR_CONFLICT, _("%s here and on the remote have gone apart"), p->target.name.buf);
	err_hint(err, _("git switch %s && pmt sync"), p->target.name.buf);
	return ERR_CONFLICT;
}

/* --- the commit --- */

static bool is_over(const struct landing *l)
{
	return l->c.review.stand == REVIEW_REJECTED || l->c.review.stand == REVIEW_WITHDRAWN;
}

static void add_file(struct landing *l, const char *path, struct slice bytes)
{
	const struct slice folder = l->c.proposal.folder;
	struct commit_file *file = vec_push(&l->files);

	file->path = arena_printf(
		&l->arena, "%.*s%s%s", (int)folder.len, folder.len ? folder.at : "", folder.len ? "/" : "", path);
	file->bytes = bytes;
}

/* Rejected or withdrawn: the register keeps its record, and nothing of what it would have altered. */
static int take_record(struct landing *l, struct err *err)
{
	const struct commit_file *items;
	struct vec files;
	int status;

	vec_init(&files, sizeof(struct commit_file));
	status = change_case_files(&l->c, &files, err);
	items = files.items;
	for (size_t i = 0; i < files.len && status == 0; i++)
		add_file(l, items[i].path, items[i].bytes);
	strbuf_add_str(&l->tree, l->c.proposal.target.tip.id);
	vec_release(&files);
	return status;
}

/* A file of the project that git could not merge is merged by its records; any other stops here. */
static bool is_settled(const struct landing *l, const char *path)
{
	const struct commit_file *files = l->files.items;

	for (size_t i = 0; i < l->files.len; i++)
		if (strcmp(files[i].path, path) == 0)
			return true;
	return false;
}

static int take_merge(struct landing *l, struct err *err)
{
	struct proposal *p = &l->c.proposal;
	const struct merge_file *files = p->merge.result.files.items;
	struct strvec conflicts;
	int status;

	if (p->merge.relation != MERGING_NEEDED) {
		strbuf_add_str(&l->tree, p->own.tip.id);
		return 0;
	}
	for (size_t i = 0; i < p->merge.result.files.len; i++)
		if (!files[i].untouched)
			add_file(l, files[i].path, files[i].bytes);
	strvec_init(&conflicts);
	status = repository_merge_trees(p->repository, p->target.tip.id, p->own.tip.id, &l->tree, &conflicts, err);
	for (size_t i = 0; i < conflicts.len && status == 0; i++)
		if (!is_settled(l, conflicts.items[i])) {
			status = err_set(err, ERR_CONFLICT, _("%s was changed in %s and in %s: git cannot merge it"),
				conflicts.items[i], p->target.name.buf, p->own.name.buf);
			err_hint(err, _("git switch %s && pmt merge %s"), p->own.name.buf, p->target.name.buf);
		}
	strvec_release(&conflicts);
	return status;
}

static void write_message(struct landing *l)
{
	const struct proposal *p = &l->c.proposal;
	const struct slice title = record_title(p->record);

	if (l->options->message)
		strbuf_add_str(&l->message, l->options->message);
	else
		strbuf_addf(&l->message, "%s %s %.*s", is_over(l) ? "change: keep the record of" : "Merge change",
			p->id.buf, (int)title.len, title.at);
	strbuf_addf(&l->message, "\n\nChange: %s\n", p->id.buf);
}

static int make_commit(struct landing *l, struct err *err)
{
	struct proposal *p = &l->c.proposal;
	struct commit_plan plan = { .parents = { p->target.tip.id, is_over(l) ? NULL : p->own.tip.id } };
	int status = is_over(l) ? take_record(l, err) : take_merge(l, err);

	write_message(l);
	plan.tree = l->tree.buf;
	plan.files = l->files.items;
	plan.file_count = l->files.len;
	plan.message = l->message.buf;
	return status == 0 ? repository_make_commit(p->repository, &plan, &l->made, err) : status;
}

/* --- the branch --- */

static int push(struct landing *l, struct err *err)
{
	struct proposal *p = &l->c.proposal;
	bool refused;
	int status;

	if (!p->remote.len) {
		err_set(err, ERR_USAGE, "%s", _("there is no remote to push to"));
		err_hint(err, "%s", _("git remote add origin URL; without a remote leave --push out"));
		return ERR_USAGE;
	}
	status = repository_push_commit(p->repository, p->remote.buf, l->made.id, l->c.target_ref.buf, &refused, err);
	if (refused) {
		err_hint(
			err, "%s", _("nothing has moved here; when somebody was faster: git fetch, and merge again"));
		status = err->code = ERR_FAILED;
	}
	return status;
}

static int move(struct landing *l, struct err *err)
{
	struct proposal *p = &l->c.proposal;
	struct branch_move move = { .name = l->c.target_ref.buf, .new = l->made.id, .reason = "change: merge" };
	int status = l->options->push ? push(l, err) : 0;

	if (p->target.local) {
		move.old = p->target.local->tip.id;
		move.work_folder = p->target.local->work_folder;
	}
	return status == 0 ? repository_move_branch(p->repository, &move, err) : status;
}

static int tell(struct landing *l, struct err *err)
{
	struct proposal *p = &l->c.proposal;
	struct context *context = p->context;
	const char *words = l->options->dry_run ? N_("%s would be merged into %s")
			    : is_over(l)        ? N_("the record of %s is kept in %s")
						: N_("merged %s into %s");
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.change.merge/1");
	if (context_wants_data(context)) {
		struct block *pairs = doc_pairs(&doc, "merge");

		pairs_add(&doc, pairs, "id", NULL, cell_ref(&doc.arena, strbuf_slice(&p->id), slice_of("")));
		pairs_add(&doc, pairs, "target", NULL, cell_text(&doc.arena, strbuf_slice(&p->target.name)));
		pairs_add(&doc, pairs, "commit", NULL,
			l->options->dry_run ? cell_none() : cell_text(&doc.arena, slice_of(l->made.id)));
		pairs_add(&doc, pairs, "pushed", NULL, cell_yesno(l->options->push && !l->options->dry_run));
	} else {
		doc_paragraph(&doc, cell_messagef(&doc.arena, words, p->id.buf, p->target.name.buf, NULL));
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	if (status == 0 && p->remote.len && !l->options->push && !l->options->dry_run)
		context_note(context, _("git push %s %s"), p->remote.buf, p->target.name.buf);
	return status;
}

static int land(struct landing *l, struct err *err)
{
	int status = refuse_stand(l, err);

	if (status == 0)
		status = refuse_apart(l, err);
	if (status == 0)
		status = make_commit(l, err);
	if (status == 0)
		status = change_case_judge(&l->c, l->made.id, err);
	if (status == 0 && !l->options->dry_run)
		status = move(l, err);
	return status == 0 ? tell(l, err) : status;
}

int change_merge(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct landing l = { .options = options };
	int status;

	change_case_init(&l.c, context);
	l.c.usage = "merge [ID]";
	arena_init(&l.arena);
	vec_init(&l.files, sizeof(struct commit_file));
	strbuf_init(&l.tree);
	strbuf_init(&l.message);
	status = change_case_open(&l.c, arguments, err);
	if (status == 0)
		status = land(&l, err);
	strbuf_release(&l.message);
	strbuf_release(&l.tree);
	vec_release(&l.files);
	arena_release(&l.arena);
	change_case_release(&l.c);
	return status;
}
