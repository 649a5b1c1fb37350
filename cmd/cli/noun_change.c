/* The generic verbs that change records: add set rm rename move. */
#include "cmd/cli/help.h"
#include "cmd/cli/noun.h"

#include "cmd/cli/config.h"
#include "cmd/cli/revision.h"

#include <string.h>

int words_split(struct words *out, const struct strvec *words, struct err *err)
{
	int status = 0;

	vec_init(&out->assignments, sizeof(struct assignment));
	strvec_init(&out->rest);
	for (size_t i = 0; i < words->len && status == 0; i++) {
		if (!noun_is_assignment(words->items[i])) {
			strvec_push(&out->rest, words->items[i]);
			continue;
		}
		status = assignment_parse(vec_push(&out->assignments), slice_of(words->items[i]), err);
	}
	return status;
}

void words_release(struct words *words)
{
	vec_release(&words->assignments);
	strvec_release(&words->rest);
}

/* --commit, or `pmt config commit auto`. */
static bool wants_commit(struct context *context, const struct change_options *options)
{
	struct strbuf setting;
	bool wanted;

	if (options->commit)
		return true;
	strbuf_init(&setting);
	wanted = config_get(context, "commit", &setting) && strcmp(setting.buf, "auto") == 0;
	strbuf_release(&setting);
	return wanted;
}

static void list_touched(struct context *context, const struct strvec *touched)
{
	for (size_t i = 0; i < touched->len; i++)
		context_note(context, _("would change %s"), touched->items[i]);
}

/* Faults in the words come before failures of the machine, and all of them are reported at once. */
int noun_refuse_faults(struct context *context, const struct edit *edit, struct err *err)
{
	context_report(context, edit->found);
	if (!err->message)
		err_set(err, ERR_USAGE, "%s", _("nothing was written"));
	err->code = ERR_USAGE;
	return ERR_USAGE;
}

int noun_finish(struct context *context, struct edit *edit, const struct change_options *options, const char *message,
	int status, struct err *err)
{
	struct strvec touched;
	struct strbuf intent;

	if (edit->found->errors)
		return noun_refuse_faults(context, edit, err);
	if (status < 0)
		return status;
	strvec_init(&touched);
	strbuf_init(&intent);
	if (options->dry_run) {
		edit_touched(edit, &touched);
		list_touched(context, &touched);
	} else {
		status = context_intent(context, &intent, err);
		if (status == 0)
			status = edit_commit(edit, intent.buf, &touched, err);
		if (status == 0 && touched.len && wants_commit(context, options))
			status = revision_commit(context, &touched,
				options->commit && *options->commit ? options->commit : message, err);
	}
	strbuf_release(&intent);
	strvec_release(&touched);
	return status;
}

void change_begin(struct change *change, struct context *context, const struct change_options *options)
{
	change->context = context;
	change->options = options;
	change->values = context_values(context);
	diagnostics_init(&change->found);
	strbuf_init(&change->message);
	edit_init(&change->edit, &context->project, &change->values, &change->found);
	if (context->found.errors)
		context_note(context, "%s", _("warning: the project's files have errors; 'pmt check' shows them"));
}

int change_end(struct change *change, int status, struct err *err)
{
	status = noun_finish(change->context, &change->edit, change->options, change->message.buf, status, err);
	edit_release(&change->edit);
	diagnostics_release(&change->found);
	strbuf_release(&change->message);
	return status;
}

static int join_title(struct words *words, size_t from, struct strbuf *title, struct err *err)
{
	struct assignment *assignment;

	for (size_t i = from; i < words->rest.len; i++)
		strbuf_addf(title, "%s%s", i > from ? " " : "", words->rest.items[i]);
	if (title->len == 0)
		return 0;
	for (size_t i = 0; i < words->assignments.len; i++) {
		assignment = vec_at(&words->assignments, i);
		if (slice_is(assignment->key, "title"))
			return err_set(err, ERR_USAGE, _("two titles: '%s' and title=%.*s"), title->buf,
				(int)assignment->value.len, assignment->value.at);
	}
	assignment = vec_push(&words->assignments);
	assignment->key = slice_of("title");
	assignment->value = strbuf_slice(title);
	assignment->operator = EDIT_SET;
	return 0;
}

/* The id a new record gets: the named kinds' first word, --id, or the next automatic one. */
static int choose_id(struct context *context, const struct change_options *options, const struct words *words,
	struct strbuf *id, struct err *err)
{
	const struct kind *kind = context->kind;

	if (kind->flags & KIND_SINGLE)
		return 0;
	if (options->id) {
		strbuf_add_str(id, options->id);
		return 0;
	}
	if (!(kind->flags & KIND_NAMED))
		return edit_next_id(&context->project, kind, revision_high_water(context, kind), id, err);
	if (words->rest.len == 0) {
		err_set(err, ERR_USAGE, _("a new %s needs a name"), _(kind->name));
		err_hint(err, "pmt %s add NAME [TITLE] [FIELD=VALUE...]", kind->name);
		return ERR_USAGE;
	}
	strbuf_add_str(id, words->rest.items[0]);
	return 0;
}

static int emit_added(struct context *context, const char *id, const char *title, struct err *err)
{
	struct doc doc;
	struct table *table;
	struct row *row;
	int status;

	doc_init(&doc, NULL);
	doc.schema = arena_printf(&doc.arena, "pmt.%s/1", context->kind->name);
	if (context_wants_data(context)) {
		table = doc_table(&doc, "records", NULL);
		table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_MUST);
		row = table_row(table);
		row->cells[0] = cell_word(&doc.arena, slice_of(context->kind->name));
		row->cells[1] = cell_ref(&doc.arena, slice_of(id), slice_of(title));
	} else {
		doc_paragraph(&doc, *title ? cell_messagef(&doc.arena, N_("added %s %s"), id, title, NULL) :
					     cell_messagef(&doc.arena, N_("added %s"), id, NULL));
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* `pmt timesheet add li.wei 2026-03-04 T-12 6h`: a line of a journal. */
static int add_journal_entry(struct context *context, struct change *change, const struct words *words, struct err *err)
{
	static const struct field date = { .name = "date", .type = TYPE_DATETIME };
	moment_t when;
	struct strbuf line;
	int status;

	if (words->rest.len < 3) {
		err_set(err, ERR_USAGE, _("'pmt %s add' needs an id, a date and the entry"), context->kind->name);
		err_hint(err, "pmt %s add ID DATE ENTRY...", context->kind->name);
		return ERR_USAGE;
	}
	status = context_read_moment(context, &date, words->rest.items[1], &when, err);
	if (status < 0)
		return status;
	strbuf_init(&line);
	for (size_t i = 2; i < words->rest.len; i++)
		strbuf_addf(&line, "%s%s", i > 2 ? " " : "", words->rest.items[i]);
	status = edit_journal(&change->edit, context->kind, slice_of(words->rest.items[0]), when, status > 0,
		strbuf_slice(&line), err);
	strbuf_addf(&change->message, "%s: %s %s", context->kind->name, words->rest.items[0], line.buf);
	strbuf_release(&line);
	return status;
}

/* No word, or only empty ones: "$title" of a script that is not set. */
static bool is_blank(const struct strvec *words)
{
	for (size_t i = 0; i < words->len; i++)
		if (slice_trim(slice_of(words->items[i])).len)
			return false;
	return true;
}

static int nothing_to_add(const struct kind *kind, const char *usage, struct err *err)
{
	struct strbuf words;

	strbuf_init(&words);
	strbuf_addf(&words, "add %s", usage);
	help_usage_error(kind->name, words.buf, err);
	strbuf_release(&words);
	return ERR_USAGE;
}

static int add_record(struct context *context, struct change *change, struct words *words, struct strbuf *id,
	struct strbuf *title, struct err *err)
{
	const struct kind *kind = context->kind;
	bool named = (kind->flags & KIND_NAMED) && !change->options->id;
	int status = choose_id(context, change->options, words, id, err);

	if (status == 0 && !words->assignments.len && is_blank(&words->rest))
		status = nothing_to_add(kind, verb_usage(kind, command_verb(context->command, "add")), err);
	if (status == 0)
		status = join_title(words, named ? 1 : 0, title, err);
	if (status == 0)
		status = edit_add(&change->edit, kind, strbuf_slice(id), words->assignments.items,
			words->assignments.len, change->options->file, err);
	strbuf_addf(&change->message, "%s: add %s%s%s", kind->name, id->buf, title->len ? " " : "", title->buf);
	return status;
}

int noun_add(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	bool journal = (context->kind->flags & KIND_JOURNAL) != 0;
	struct strbuf id, title;
	struct words words;
	struct change change;
	int status = words_split(&words, arguments, err);

	strbuf_init(&id);
	strbuf_init(&title);
	change_begin(&change, context, options);
	if (status == 0 && journal)
		status = add_journal_entry(context, &change, &words, err);
	else if (status == 0)
		status = add_record(context, &change, &words, &id, &title, err);
	status = change_end(&change, status, err);
	if (status == 0 && !journal && !context->global.quiet)
		status = emit_added(context, id.len ? id.buf : context->kind->name, title.buf, err);
	strbuf_release(&id);
	strbuf_release(&title);
	words_release(&words);
	return status;
}

static int need_words(const struct context *context, bool enough, const char *usage, struct err *err)
{
	if (enough)
		return 0;
	return help_usage_error(context->kind->name, usage, err);
}

/* "task: T-12 status doing → done", for one record and one field; else the ids and fields. */
static void set_message(struct change *change, const struct record *record, const struct words *words)
{
	const struct assignment *items = words->assignments.items;
	struct slice old = { NULL, 0 };

	strbuf_addf(&change->message, "%s %.*s", change->message.buf[change->message.len - 1] == ':' ? "" : ",",
		(int)record->id.len, record->id.at);
	if (words->rest.len > 1)
		return;
	for (size_t i = 0; i < words->assignments.len; i++) {
		char *key = arena_strndup(&change->edit.arena, items[i].key.at, items[i].key.len);
		strbuf_addf(&change->message, "%s %s", i ? "," : "", key);
		if (record_text(record, key, &old) && !memchr(old.at, '\n', old.len) && old.len < 40)
			strbuf_addf(&change->message, " %.*s →", (int)old.len, old.at);
		if (items[i].value.len < 40)
			strbuf_addf(&change->message, " %.*s", (int)items[i].value.len, items[i].value.at);
	}
}

int noun_set(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	bool single = (context->kind->flags & KIND_SINGLE) != 0;
	struct words words;
	struct change change;
	struct record *record;
	int status = words_split(&words, arguments, err);

	change_begin(&change, context, options);
	if (status == 0)
		status = need_words(context, words.assignments.len && single == (words.rest.len == 0),
			single ? "set FIELD=VALUE..." : "set ID... FIELD=VALUE...", err);
	if (status == 0 && single)
		strvec_push(&words.rest, "");
	strbuf_addf(&change.message, "%s:", context->kind->name);
	for (size_t i = 0; i < words.rest.len && status == 0; i++) {
		status = noun_resolve(context, context->kind, words.rest.items[i], &record, err);
		if (status == 0)
			status = edit_set(&change.edit, record, words.assignments.items, words.assignments.len, err);
		if (status == 0)
			set_message(&change, record, &words);
	}
	status = change_end(&change, status, err);
	words_release(&words);
	return status;
}

static bool holds(const struct vec *records, const struct record *record)
{
	struct record *const *items = records->items;

	for (size_t i = 0; i < records->len; i++)
		if (items[i] == record)
			return true;
	return false;
}

int noun_rm(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct change_options *o = options;
	struct change change;
	struct record *record;
	struct vec records;
	int status = need_words(context, arguments->len > 0, "rm ID...", err);

	vec_init(&records, sizeof(struct record *));
	change_begin(&change, context, o);
	strbuf_addf(&change.message, "%s: remove", context->kind->name);
	for (size_t i = 0; i < arguments->len && status == 0; i++) {
		status = noun_resolve(context, context->kind, arguments->items[i], &record, err);
		if (status < 0 || holds(&records, record))
			continue;
		vec_append(&records, &record);
		strbuf_addf(&change.message, " %.*s", (int)record->id.len, record->id.at);
	}
	if (status == 0)
		status = edit_remove_all(&change.edit, records.items, records.len, o->force, err);
	vec_release(&records);
	return change_end(&change, status, err);
}

int noun_rename(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct change change;
	struct record *record;
	int status = need_words(context, arguments->len == 2, "rename ID NEW-ID", err);

	change_begin(&change, context, options);
	if (status == 0)
		status = noun_resolve(context, context->kind, arguments->items[0], &record, err);
	if (status == 0)
		status = edit_rename(&change.edit, record, slice_of(arguments->items[1]), err);
	if (status == 0)
		strbuf_addf(&change.message, "%s: rename %.*s to %s", context->kind->name, (int)record->id.len,
			record->id.at, arguments->items[1]);
	return change_end(&change, status, err);
}

static int target_record(struct context *context, const char *word, const struct record **out, struct err *err)
{
	struct record *record = NULL;
	int status = word ? noun_resolve(context, context->kind, word, &record, err) : 0;

	*out = record;
	return status;
}

int noun_move(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct change_options *o = options;
	struct edit_target target = { .top = o->top, .file = o->file };
	struct change change;
	struct record *record;
	int status = need_words(context, arguments->len > 0 && (o->parent || o->top || o->before || o->after || o->file),
		"move ID... --parent ID | --top | --before ID | --after ID | --file FILE", err);

	change_begin(&change, context, o);
	if (status == 0)
		status = target_record(context, o->parent, &target.parent, err);
	if (status == 0)
		status = target_record(context, o->before, &target.before, err);
	if (status == 0)
		status = target_record(context, o->after, &target.after, err);
	strbuf_addf(&change.message, "%s: move", context->kind->name);
	for (size_t i = 0; i < arguments->len && status == 0; i++) {
		status = noun_resolve(context, context->kind, arguments->items[i], &record, err);
		if (status == 0)
			status = edit_move(&change.edit, record, &target, err);
		if (status == 0)
			strbuf_addf(&change.message, " %.*s", (int)record->id.len, record->id.at);
	}
	return change_end(&change, status, err);
}
