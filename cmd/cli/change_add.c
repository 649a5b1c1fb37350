/*
 * `pmt change add TITLE`: a branch for the change, made from the target, whose first commit holds the change's record
 * and nothing else. The record is checked like any other before the branch is there.
 */
#include "cmd/cli/change.h"

#include "base/process.h"
#include "base/random.h"
#include "git/program.h"

#include <string.h>

enum { UID_LETTERS = 16 };

const struct option_spec change_add_specs[] = {
	{ 0, "target", OPTION_TEXT, offsetof(struct change_add_options, target), N_("BRANCH"),
		N_("Where the change goes (default: pmt.guard, else the remote's own branch)") },
	{ 0, "stay", OPTION_FLAG, offsetof(struct change_add_options, stay), NULL,
		N_("Make the branch, but stay on the one that is checked out") },
	{ 0, "push", OPTION_FLAG, offsetof(struct change_add_options, push), NULL,
		N_("Push the new branch, so that others see it") },
	OPTIONS_END,
};

void drafting_init(struct drafting *d, struct context *context)
{
	*d = (struct drafting){ .reverts = NULL };
	proposal_init(&d->proposal, context);
	strbuf_init(&d->title);
	vec_init(&d->files, sizeof(struct commit_file));
	vec_init(&d->words.assignments, sizeof(struct assignment));
	strvec_init(&d->words.rest);
}

void drafting_release(struct drafting *d)
{
	proposal_release(&d->proposal);
	words_release(&d->words);
	strbuf_release(&d->title);
	vec_release(&d->files);
}

int drafting_open(struct drafting *d, const char *target, struct err *err)
{
	struct proposal *p = &d->proposal;
	int status = proposal_prepare(p, target, err);

	if (status < 0)
		return status;
	p->after = p->now = (struct past){ .loaded = false };
	diagnostics_init(&p->after.found);
	diagnostics_init(&p->now.found);
	p->loaded = true;
	return past_open(&p->before, p->context, p->target.tip.id, err);
}

/* An id that no branch and no record has. */
static int choose_id(struct drafting *d, const struct kind *kind, struct err *err)
{
	struct strvec taken;
	int status = 0;

	strvec_init(&taken);
	proposal_ids(&d->proposal.branches, &taken);
	do {
		strbuf_reset(&d->proposal.id);
		status = edit_next_id(&d->proposal.before.project, kind, 0, &d->proposal.id, err);
	} while (status == 0 && strvec_has(&taken, d->proposal.id.buf));
	strvec_release(&taken);
	return status;
}

static bool is_given(const struct drafting *d, const char *key)
{
	const struct assignment *items = d->words.assignments.items;

	for (size_t i = 0; i < d->words.assignments.len; i++)
		if (slice_is(items[i].key, key))
			return true;
	return false;
}

static void set(struct drafting *d, struct edit *edit, const char *key, struct slice value)
{
	struct assignment *assignment;

	if (is_given(d, key) || !value.len)
		return;
	assignment = vec_push(&d->words.assignments);
	assignment->key = slice_of(key);
	assignment->value = arena_slice(&edit->arena, value);
	assignment->operator= EDIT_SET;
}

static int set_fields(struct drafting *d, struct edit *edit, struct err *err)
{
	struct context *context = d->proposal.context;
	struct slice me = context_me(context);
	char uid[UID_LETTERS + 1], day[CIVIL_TEXT];
	int status = random_base32(uid, UID_LETTERS, 1, err);

	if (status < 0)
		return status;
	set(d, edit, "title", strbuf_slice(&d->title));
	set(d, edit, "uid", slice_of(uid));
	if (project_find_among(&d->proposal.before.project, "resource|team|stakeholder", me))
		set(d, edit, "requested_by", me);
	date_print(moment_date(context->now), day);
	set(d, edit, "requested", slice_of(day));
	set(d, edit, "target", strbuf_slice(&d->proposal.target.name));
	set(d, edit, "reverts", slice_of(d->reverts));
	return 0;
}

/* What is its identity, or computed, nobody gives. */
static int refuse_own(const struct drafting *d, struct err *err)
{
	static const char *const own[] = { "uid", "target" };

	for (size_t i = 0; i < ARRAY_SIZE(own); i++)
		if (is_given(d, own[i]))
			return err_set(err, ERR_USAGE,
				i ? _("'%s' is not given as a field: --target BRANCH says where the change goes")
				  : _("'%s' is made by pmt: it is what signatures name the change by"),
				own[i]);
	return 0;
}

struct taking {
	struct drafting *drafting;
	struct arena *arena;
};

static void take_file(void *context, const char *path, struct slice before, struct slice after)
{
	struct taking *taking = context;
	struct commit_file *file = vec_push(&taking->drafting->files);

	(void)before;
	file->path = arena_strdup(taking->arena, path);
	file->bytes = arena_slice(taking->arena, after);
}

/* The record as the files of a commit on the target's tip. */
static int make_record(struct drafting *d, struct arena *arena, struct err *err)
{
	struct context *context = d->proposal.context;
	const struct kind *kind = kind_find(slice_of("change"));
	struct value_context values = context_values(context);
	struct taking taking = { d, arena };
	struct diagnostics found;
	struct edit edit;
	int status;

	diagnostics_init(&found);
	values.units = &d->proposal.before.project.units;
	edit_init(&edit, &d->proposal.before.project, &values, &found);
	status = choose_id(d, kind, err);
	if (status == 0)
		status = set_fields(d, &edit, err);
	if (status == 0)
		status = edit_add(&edit, kind, strbuf_slice(&d->proposal.id), d->words.assignments.items,
			d->words.assignments.len, NULL, err);
	if (found.errors)
		status = noun_refuse_faults(context, &edit, err);
	if (status == 0)
		edit_each_file(&edit, take_file, &taking);
	edit_release(&edit);
	diagnostics_release(&found);
	return status;
}

/* The branch is there; edits that are not committed yet come along. */
static int switch_to(struct drafting *d, struct err *err)
{
	struct proposal *p = &d->proposal;
	char **environment = repository_environment(p->repository);
	struct git_call call = { .folder = p->repository->work_folder, .environment = environment };
	int status = git_must(&call, (const char *const[]){ "switch", "--quiet", p->own.name.buf, NULL }, err);

	if (status < 0) {
		err_context(err, _("the branch %s is made, but could not be checked out"), p->own.name.buf);
		err_hint(err, _("commit or stash your edits, then: git switch %s"), p->own.name.buf);
		err->code = status = ERR_CONFLICT;
	}
	environment_free(environment);
	return status;
}

static int tell(struct drafting *d, bool stays, struct err *err)
{
	struct proposal *p = &d->proposal;
	struct context *context = p->context;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.change/1");
	if (context_wants_data(context)) {
		struct table *table = doc_table(&doc, "records", NULL);
		struct row *row;

		table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "branch", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "target", NULL, ALIGN_LEFT, PRIORITY_MUST);
		row = table_row(table);
		row->cells[0] = cell_word(&doc.arena, slice_of("change"));
		row->cells[1] = cell_ref(&doc.arena, strbuf_slice(&p->id), strbuf_slice(&d->title));
		row->cells[2] = cell_text(&doc.arena, strbuf_slice(&p->own.name));
		row->cells[3] = cell_text(&doc.arena, strbuf_slice(&p->target.name));
	} else {
		doc_paragraph(&doc, cell_messagef(&doc.arena, N_("added %s %s"), p->id.buf, d->title.buf, NULL));
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	if (status == 0 && stays)
		context_note(context, _("edit the plan on its branch: git switch %s"), p->own.name.buf);
	else if (status == 0)
		context_note(context,
			_("the branch %s is checked out: edit the plan, commit, then 'pmt change submit'"),
			p->own.name.buf);
	return status;
}

/* The files as one array, their texts in the arena. */
static int write_branch(struct drafting *d, bool push, struct err *err)
{
	struct proposal *p = &d->proposal;
	struct branch_write write = { .files = d->files.items, .file_count = d->files.len, .push = push };
	struct strbuf message;
	int status;

	strbuf_init(&message);
	strbuf_addf(&message, "change: %s %s", p->id.buf, d->title.buf);
	write.message = message.buf;
	strbuf_addf(&p->own.name, "change/%s", p->id.buf);
	p->own.tip = p->target.tip;
	p->found = true;
	status = branch_pair_write(&p->own, p, &write, err);
	strbuf_release(&message);
	return status;
}

int drafting_write(struct drafting *d, const struct change_add_options *o, struct err *err)
{
	bool stays = o->stay || !d->proposal.repository->work_folder;
	struct arena arena;
	int status;

	arena_init(&arena);
	status = make_record(d, &arena, err);
	if (status == 0)
		status = write_branch(d, o->push, err);
	if (status == 0 && !stays)
		status = switch_to(d, err);
	if (status == 0)
		status = tell(d, stays, err);
	arena_release(&arena);
	return status;
}

static int read_title(struct drafting *d, struct strvec *arguments, struct err *err)
{
	const struct assignment *items;
	int status;

	words_release(&d->words); /* words_split begins anew */
	status = words_split(&d->words, arguments, err);
	items = d->words.assignments.items;
	for (size_t i = 0; i < d->words.rest.len && status == 0; i++)
		strbuf_addf(&d->title, "%s%s", i ? " " : "", d->words.rest.items[i]);
	for (size_t i = 0; i < d->words.assignments.len && status == 0; i++)
		if (slice_is(items[i].key, "title") && d->title.len == 0)
			strbuf_add_slice(&d->title, items[i].value);
	if (status == 0 && d->title.len == 0) {
		status = err_set(err, ERR_USAGE, "%s", _("a new change needs a title"));
		err_hint(err, "pmt change add TITLE [FIELD=VALUE...]");
	}
	return status == 0 ? refuse_own(d, err) : status;
}

int change_add(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct change_add_options *o = options;
	struct drafting d;
	int status;

	drafting_init(&d, context);
	status = read_title(&d, arguments, err);
	if (status == 0)
		status = drafting_open(&d, o->target, err);
	if (status == 0)
		status = drafting_write(&d, o, err);
	drafting_release(&d);
	return status;
}
