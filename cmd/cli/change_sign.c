/*
 * `pmt change submit|renew|approve|reject|comment|withdraw|ratify [ID]`: one signed event each, written to a file of
 * its own and committed on the change's branch, wherever one stands; of a change that has landed, on its target.
 *
 * Nothing is signed that the judge would not count: a submission that is empty or faulty, an approval of what has
 * changed since, of one's own change, or without a key that the target knows.
 */
#include "cmd/cli/change.h"

#include "change/freeze.h"
#include "cmd/cli/change-internal.h"
#include "cmd/cli/help.h"
#include "git/merging.h"

#include <stdlib.h>
#include <string.h>

const struct option_spec change_sign_specs[] = {
	{ 'm', "message", OPTION_TEXT, offsetof(struct change_sign_options, message), N_("TEXT"),
		N_("A comment, signed with the rest") },
	{ 0, "push", OPTION_FLAG, offsetof(struct change_sign_options, push), NULL,
		N_("Push at once; a rejection or withdrawal to the target as well, where a server sees it") },
	{ 0, "as", OPTION_TEXT, offsetof(struct change_sign_options, as), N_("PERSON"),
		N_("Who signs (default: the person with git's user.email)") },
	{ 0, "key", OPTION_TEXT, offsetof(struct change_sign_options, key), N_("FILE"),
		N_("The key to sign with, private or public (default: pmt.signingKey, user.signingKey, the agent's, "
		   "~/.ssh)") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct change_sign_options, dry_run), NULL,
		N_("Show what would be signed, write nothing") },
	OPTIONS_END,
};

void signing_init(
	struct signing *s, struct context *context, const struct change_sign_options *options, enum verdict verdict)
{
	*s = (struct signing){ .options = options, .verdict = verdict };
	change_case_init(&s->c, context);
	strbuf_init(&s->comment);
	arena_init(&s->arena);
}

void signing_release(struct signing *s)
{
	change_case_release(&s->c);
	strbuf_release(&s->comment);
	arena_release(&s->arena);
}

/* [ID [WORDS...]]: the words are the comment, like --message. */
int signing_open(struct signing *s, const struct strvec *arguments, struct err *err)
{
	struct strvec first;
	int status;

	strvec_init(&first);
	if (arguments->len)
		strvec_push(&first, arguments->items[0]);
	if (s->options->message)
		strbuf_add_str(&s->comment, s->options->message);
	for (size_t i = 1; i < arguments->len; i++)
		strbuf_addf(&s->comment, "%s%s", s->comment.len ? " " : "", arguments->items[i]);
	status = change_case_open(&s->c, &first, err);
	strvec_release(&first);
	return status;
}

/* --- who signs --- */

static bool has_key(const struct review *review, struct slice person)
{
	for (size_t i = 0; i < review->policies.keys.len; i++)
		if (slice_equal(((const struct key *)vec_at(&review->policies.keys, i))->person, person))
			return true;
	return false;
}

static struct slice uid_of(const struct record *record)
{
	return slice_trim(record_text_or(record, "uid"));
}

static int find_person(struct signing *s, struct err *err)
{
	struct context *context = s->c.proposal.context;
	const struct project *before = &s->c.proposal.before.project;
	struct slice id = s->options->as ? slice_of(s->options->as) : context_me(context);
	const struct record *person = id.len ? project_find(before, kind_find(slice_of("resource")), id) : NULL;

	if (!id.len) {
		err_set(err, ERR_USAGE, "%s", _("the project does not know who you are"));
		err_hint(err, "%s",
			_("no [resource] has the email of 'git config user.email'; --as PERSON says who signs"));
		return ERR_USAGE;
	}
	if (!person) {
		err_set(err, ERR_USAGE, _("%s knows no person '%.*s'"), s->c.proposal.target.name.buf, (int)id.len,
			id.at);
		err_hint(err, "%s", _("people and their keys are those of the branch the change goes to"));
		return ERR_USAGE;
	}
	if (!has_key(&s->c.review, person->id)) {
		err_set(err, ERR_FAILED, _("%.*s has no key in %s"), (int)person->id.len, person->id.at,
			s->c.proposal.target.name.buf);
		err_hint(err, _("pmt change setup %.*s.key=FILE on %s, by way of a change once rules are in force"),
			(int)person->id.len, person->id.at, s->c.proposal.target.name.buf);
		return ERR_FAILED;
	}
	if (!uid_of(before->settings).len) {
		err_set(err, ERR_INPUT, _("the project has no uid in %s, by which signatures name it"),
			s->c.proposal.target.name.buf);
		err_hint(err, "%s", _("'pmt change setup' gives it one"));
		return ERR_INPUT;
	}
	s->person = person;
	return 0;
}

bool signing_is_submitter(const struct signing *s)
{
	const struct slice *items = s->c.review.submitters.items;

	for (size_t i = 0; i < s->c.review.submitters.len; i++)
		if (slice_equal(items[i], s->person->id))
			return true;
	return false;
}

/* --- what is signed --- */

/* Items of a list, sorted bytewise, ", " between. */
static struct slice joined(struct arena *arena, struct strvec *items)
{
	struct strbuf text;
	struct slice out;

	strbuf_init(&text);
	strvec_sort(items);
	for (size_t i = 0; i < items->len; i++)
		strbuf_addf(&text, "%s%s", i ? ", " : "", items->items[i]);
	out = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

/* uids of the changes it builds on, as far as they have not landed. */
static struct slice after_uids(struct signing *s)
{
	const struct kind *kind = kind_find(slice_of("change"));
	struct slice rest = record_text_or(s->c.proposal.record, "after"), id, out;
	struct strvec uids;

	strvec_init(&uids);
	while (slice_next(&rest, ",\n", &id)) {
		const struct record *record = id.len ? project_find(&s->c.proposal.after.project, kind, id) : NULL;

		if (record)
			strvec_push_slice(&uids, uid_of(record));
	}
	out = joined(&s->arena, &uids);
	strvec_release(&uids);
	return out;
}

static struct slice person_roles(struct signing *s)
{
	struct slice rest = record_text_or(s->person, "roles"), role, out;
	struct strvec roles;

	strvec_init(&roles);
	while (slice_next(&rest, ",\n", &role))
		if (role.len)
			strvec_push_slice(&roles, role);
	out = joined(&s->arena, &roles);
	strvec_release(&roles);
	return out;
}

static bool is_strict(const struct review *review)
{
	for (size_t i = 0; i < review->rules.len; i++)
		if (((const struct review_rule *)vec_at(&review->rules, i))->rule->strict)
			return true;
	return false;
}

static void bind_state(struct signing *s, struct event *event)
{
	const struct review *review = &s->c.review;
	char *base = arena_calloc(&s->arena, DIGEST_HEX, 1), *result = arena_calloc(&s->arena, DIGEST_HEX, 1);

	event->binding = slice_of(is_strict(review) ? "strict" : "delta");
	if (!is_strict(review))
		return;
	delta_state_digest(review->request.before, &review->policies, base);
	delta_state_digest(review->request.after, &review->policies, result);
	event->base = slice_of(base);
	event->result = slice_of(result);
}

static struct slice today(struct signing *s)
{
	char text[CIVIL_TEXT];

	moment_print(s->c.proposal.context->now, text);
	return slice_of(arena_strdup(&s->arena, text));
}

/* All but submissions sign what was submitted, with what it does by now. */
static void fill_content(struct signing *s, struct event *event)
{
	const struct review *review = &s->c.review;
	bool submits = s->verdict == VERDICT_SUBMIT;

	event->digest = submits || !review->submission ? slice_of(review->digest) : review->submission->digest;
	if (submits)
		event->delta_text = strbuf_slice(&review->text);
	if (!submits && s->verdict != VERDICT_APPROVE && s->verdict != VERDICT_RATIFY)
		return;
	event->has_ceilings = review_figures(review, &event->ceiling_cost, &event->ceiling_finish);
	bind_state(s, event);
}

static void fill(struct signing *s)
{
	const struct review *review = &s->c.review;
	const struct record *change = review->request.change;
	struct event *event = &s->event;

	*event = (struct event){ .project = uid_of(review->request.before->settings),
		.target = slice_of(s->c.target_ref.buf),
		.change = uid_of(change),
		.change_id = change->id,
		.person = s->person->id,
		.verdict = s->verdict,
		.sequence = review_next_sequence(review),
		.signer = -1 };
	event->roles = person_roles(s);
	event->class = slice_trim(record_text_or(change, "class"));
	event->after = after_uids(s);
	event->comment = event_comment(strbuf_slice(&s->comment), &s->arena);
	event->date = today(s);
	event->binding = slice_of("delta");
	fill_content(s, event);
}

/* --- making it --- */

static int make_signature(struct signing *s, struct err *err)
{
	struct strbuf payload, signature;
	int status;

	strbuf_init(&payload);
	strbuf_init(&signature);
	event_payload(&s->event, &payload);
	status = key_sign(&s->c.signer, strbuf_slice(&payload), &signature, err);
	s->event.signature = arena_slice(&s->arena, strbuf_slice(&signature));
	strbuf_release(&signature);
	strbuf_release(&payload);
	return status;
}

/* What nobody may lose is put where a server sees it: the record and its events, without what the change alters. */
static int land_record(struct signing *s, const struct commit_file *event, const char *message, struct err *err)
{
	struct branch_write write = { .message = message, .push = true };
	struct vec files;
	int status;

	vec_init(&files, sizeof(struct commit_file));
	status = change_case_files(&s->c, &files, err);
	vec_append(&files, event);
	write.files = files.items;
	write.file_count = files.len;
	if (status == 0)
		status = branch_pair_write(&s->c.proposal.target, &s->c.proposal, &write, err);
	vec_release(&files);
	return status;
}

static bool is_ending(const struct signing *s)
{
	return s->verdict == VERDICT_REJECT || s->verdict == VERDICT_WITHDRAW;
}

int signing_write(struct signing *s, struct err *err)
{
	struct proposal *p = &s->c.proposal;
	bool landed = proposal_has_landed(p);
	struct strbuf text, path, message;
	struct commit_file file;
	struct branch_write write = { .files = &file, .file_count = 1, .push = s->options->push };
	int status = make_signature(s, err);

	strbuf_init(&text);
	strbuf_init(&path);
	strbuf_init(&message);
	if (status == 0) {
		event_print(&s->event, &text);
		event_path(&s->event, &path);
		strbuf_addf(&message, "change: %s %s %.*s", verdict_word(s->verdict), p->id.buf,
			(int)record_title(p->record).len, record_title(p->record).at);
		file = (struct commit_file){ path.buf, strbuf_slice(&text) };
		write.message = message.buf;
		status = branch_pair_write(landed ? &p->target : &p->own, p, &write, err);
	}
	if (status == 0 && is_ending(s) && s->options->push && !landed)
		status = land_record(s, &file, message.buf, err);
	strbuf_release(&message);
	strbuf_release(&path);
	strbuf_release(&text);
	return status;
}

/* --- telling --- */

static void add_figure(struct context *context, struct cell cell, struct strbuf *out)
{
	cell.sign = true;
	render_cell(&cell, &context->project.units, &context->render, out);
}

/* What the signer puts their name to, before it is done. */
static void tell_content(struct signing *s)
{
	const struct review *review = &s->c.review;
	struct context *context = s->c.proposal.context;
	struct money cost = { s->event.ceiling_cost, "" };
	struct strbuf text;

	if (s->verdict != VERDICT_SUBMIT && s->verdict != VERDICT_APPROVE)
		return;
	strbuf_init(&text);
	memcpy(cost.currency, review->request.after->units.currency, sizeof(cost.currency));
	if (s->event.has_ceilings) {
		strbuf_add_str(&text, _("cost at most "));
		add_figure(context, cell_money(cost), &text);
		strbuf_add_str(&text, _(", finish at most "));
		add_figure(context, cell_duration(s->event.ceiling_finish), &text);
	} else {
		strbuf_add_str(&text, _("no ceiling on cost and finish: they cannot be computed"));
	}
	context_note(context,
		ngettext("%.*s signs %zu altered field: %s", "%.*s signs %zu altered fields: %s",
			review->delta.item_count),
		(int)s->person->id.len, s->person->id.at, review->delta.item_count, text.buf);
	strbuf_release(&text);
}

static const char *const done[] = { N_("submitted %s %s"), N_("approved %s %s"), N_("rejected %s %s"),
	N_("commented on %s %s"), N_("withdrew %s %s"), N_("ratified %s %s"), N_("closed %s %s") };

static void add_record(struct signing *s, struct slice person, struct doc *doc)
{
	struct table *table = doc_table(doc, "records", NULL);
	struct row *row;

	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "verdict", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "sequence", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "person", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "state", NULL, ALIGN_LEFT, PRIORITY_MUST);
	row = table_row(table);
	row->cells[0] = cell_word(&doc->arena, slice_of("change"));
	row->cells[1] = cell_ref(&doc->arena, strbuf_slice(&s->c.proposal.id), slice_of(""));
	row->cells[2] = cell_word(&doc->arena, slice_of(verdict_word(s->verdict)));
	row->cells[3] = cell_integer(s->event.sequence);
	row->cells[4] = cell_ref(&doc->arena, person, slice_of(""));
	row->cells[5] = cell_word(&doc->arena, slice_of(review_stand_word(s->c.review.stand)));
}

/* "still missing: scope: sponsor, 1 of ccb", or that it may be merged. */
static void tell_next(struct signing *s)
{
	const struct review *review = &s->c.review;
	struct context *context = s->c.proposal.context;
	struct strbuf missing;

	if (review->stand == REVIEW_APPROVED)
		context_note(context, _("nothing is missing: pmt change merge %s"), s->c.proposal.id.buf);
	if (review->stand != REVIEW_SUBMITTED)
		return;
	strbuf_init(&missing);
	review_missing(review, &missing);
	if (missing.len)
		context_note(context, _("still missing: %s"), missing.buf);
	strbuf_release(&missing);
}

int signing_tell(struct signing *s, struct err *err)
{
	struct context *context = s->c.proposal.context;
	struct slice id = strbuf_slice(&s->c.proposal.id), person, title;
	char *name;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.change/1");
	person = arena_slice(&doc.arena, s->person->id); /* the record goes with the project that is read again */
	status = change_case_again(&s->c, err);
	if (status < 0) {
		doc_release(&doc);
		return status;
	}
	title = record_title(s->c.proposal.record);
	name = arena_strndup(&doc.arena, title.at, title.len);
	if (context_wants_data(context))
		add_record(s, person, &doc);
	else
		doc_paragraph(&doc, cell_messagef(&doc.arena, done[s->verdict], id.at, name, NULL));
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	tell_next(s);
	if (is_ending(s) && !s->options->push && s->c.proposal.remote.len)
		context_note(context, _("no server sees it yet: 'pmt change merge %s --push' keeps its record in %s"),
			s->c.proposal.id.buf, s->c.proposal.target.name.buf);
	return status;
}

int signing_run(struct signing *s, struct strvec *arguments, signing_check *check, struct err *err)
{
	int status = signing_open(s, arguments, err);

	if (status == 0)
		status = find_person(s, err);
	if (status == 0)
		status = check(s, err);
	if (status == 0) {
		fill(s);
		tell_content(s);
	}
	if (status < 0 || s->options->dry_run)
		return status;
	status = change_case_key(&s->c, s->person->id, s->options->key, err);
	if (status == 0)
		status = signing_write(s, err);
	return status == 0 ? signing_tell(s, err) : status;
}
