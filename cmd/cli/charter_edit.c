/*
 * Lines that begin with ';;' guide who writes and are never stored. Text is read and checked as a whole before anything is
 * written; what is refused is kept as a draft.
 */
#include "cmd/cli/charter_edit.h"

#include "cmd/cli/editor.h"
#include "cmd/cli/help.h"
#include "register/charter.h"

#include <string.h>
#include <unistd.h>

const struct option_spec charter_edit_specs[] = {
	{ 0, "from", OPTION_TEXT, offsetof(struct charter_edit_options, from), N_("FILE"),
		N_("Take the text from a file (- for standard input) instead of an editor") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct charter_edit_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct charter_edit_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

static const char guide_mark[] = ";;";

struct editing {
	struct context *context;
	const struct charter_edit_options *options;
	const struct kind *kind;
	const struct record *record; /* NULL: there is no charter yet */
	struct strbuf text;
};

static bool is_asked(const struct charter_item *items, size_t count, const char *field)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(items[i].field, field) == 0)
			return true;
	return false;
}

static bool is_said(const struct editing *e, const struct field *field)
{
	return e->record && record_entry(e->record, kind_field_find(e->kind, slice_of(field->name)));
}

/* A field that may be filled in: what it is for, and the line to write in. */
static void add_guide(struct editing *e, const struct field *field, bool asked)
{
	strbuf_addf(&e->text, "%s %s%s\n", guide_mark, _(field->doc), asked ? _(" (a charter must say it)") : "");
	strbuf_addf(&e->text, e->record ? ";; %s =\n" : "%s =\n", field->name);
}

static int make_text(struct editing *e, struct err *err)
{
	struct vec items;
	int status = 0;

	strbuf_addf(&e->text, "%s %s\n%s %s\n", guide_mark,
		_("Lines that begin with ';;' are not stored. A value goes on in lines below that are indented."), guide_mark,
		_("Fields that stay empty are left out."));
	if (e->record)
		status = editor_section(e->context, e->record, &e->text, err);
	else
		strbuf_add_str(&e->text, "[charter]\n");
	if (status < 0)
		return status;
	while (e->text.len > 1 && e->text.buf[e->text.len - 1] == '\n' && e->text.buf[e->text.len - 2] == '\n')
		strbuf_truncate(&e->text, e->text.len - 1);
	if (e->record)
		strbuf_addf(&e->text, "%s\n%s %s\n", guide_mark, guide_mark,
			_("Not said so far; take the ';; ' away from a line to say it:"));
	vec_init(&items, sizeof(struct charter_item));
	charter_read(&e->context->project, e->record, &items);
	for (size_t i = 0; i < e->kind->field_count; i++)
		if (!is_said(e, &e->kind->fields[i]))
			add_guide(e, &e->kind->fields[i], is_asked(items.items, items.len, e->kind->fields[i].name));
	vec_release(&items);
	return 0;
}

static void drop_guides(const struct strbuf *text, struct strbuf *out)
{
	struct slice rest = strbuf_slice(text);

	while (rest.len) {
		size_t end = slice_find(rest, '\n');
		struct slice line = slice_new(rest.at, end);

		if (!slice_starts(line, guide_mark)) {
			strbuf_add_slice(out, line);
			strbuf_add_char(out, '\n');
		}
		rest = slice_from(rest, end + 1);
	}
}

/* The text as the charter of a project of its own, which reports its faults with its lines. */
static int read_text(struct project *read, struct source **source, struct slice text, struct diagnostics *found,
	struct err *err)
{
	static const char own[] = "[project]\nformat = 1\n";

	*source = source_memory_new();
	source_memory_add(*source, "pmt.ini", slice_of(own));
	source_memory_add(*source, "charter.ini", text);
	return project_load(read, *source, 1, found, err);
}

static int add_charter(struct editing *e, const struct project *read, struct change *change, struct err *err)
{
	const struct record *record = project_count(read, e->kind) ? project_at(read, e->kind, 0) : NULL;
	struct vec assignments;
	int status;

	if (!record)
		return err_set(err, ERR_USAGE, "%s", _("the text has no section [charter]"));
	vec_init(&assignments, sizeof(struct assignment));
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (slice_trim(record->entries[i].text).len)
			*(struct assignment *)vec_push(&assignments) =
				(struct assignment){ record->entries[i].key, record->entries[i].text, EDIT_SET };
	if (assignments.len)
		status = edit_add(&change->edit, e->kind, slice_of(""), assignments.items, assignments.len, NULL, err);
	else
		status = err_set(err, ERR_USAGE, "%s", _("the charter says nothing; nothing was written"));
	vec_release(&assignments);
	return status;
}

/* Sections beside the one that is edited would be lost. */
static int refuse_others(const struct project *read, const struct kind *kind, struct err *err)
{
	for (size_t i = 0; i < read->records.len; i++) {
		const struct record *record = *(struct record **)vec_at(&read->records, i);

		if (record->kind != kind && record != read->settings)
			return err_set(err, ERR_USAGE, _("the text holds [%s %.*s] besides the charter"), record->kind->name,
				(int)record->id.len, record->id.at);
	}
	return 0;
}

/* How far it has come: the charter as it was read, beside the registers of the project. */
static void tell_missing(const struct editing *e, const struct project *read)
{
	struct vec items;
	size_t missing;

	if (!project_count(read, e->kind))
		return;
	vec_init(&items, sizeof(struct charter_item));
	missing = charter_read(&e->context->project, project_at(read, e->kind, 0), &items);
	if (missing)
		context_note(e->context, _("the charter lacks %zu of %zu things it must say; 'pmt charter check' lists them"), missing, items.len);
	else
		context_note(e->context, "%s", _("the charter says all it must; 'pmt help charter' tells how it is signed"));
	vec_release(&items);
}

/* One round. 1: the user wants another try. */
static int take(struct editing *e, struct err *err)
{
	struct source *source;
	struct project read;
	struct strbuf text;
	struct change change;
	bool again;
	int status;

	strbuf_init(&text);
	drop_guides(&e->text, &text);
	change_begin(&change, e->context, &e->options->change);
	status = read_text(&read, &source, strbuf_slice(&text), &change.found, err);
	if (status == 0)
		status = refuse_others(&read, e->kind, err);
	if (status == 0 && !change.found.errors)
		status = e->record ? edit_replace(&change.edit, e->record, strbuf_slice(&text), err) :
			add_charter(e, &read, &change, err);
	strbuf_addf(&change.message, "charter: edit");
	again = change.found.errors && !e->options->from && editor_ask_again(e->context, &change.found);
	if (change.found.errors && !e->options->from) { /* they were told */
		diagnostics_release(&change.found);
		diagnostics_init(&change.found);
		status = ERR_INPUT;
	}
	status = change_end(&change, status, err);
	if (status == 0)
		tell_missing(e, &read);
	if (again)
		status = 1;
	else if (status < 0 && !e->options->from)
		status = editor_keep_draft(e->context, &e->text, err);
	project_release(&read);
	source_free(source);
	strbuf_release(&text);
	return status;
}

static int edit(struct editing *e, struct err *err)
{
	struct strbuf old;
	int status;

	strbuf_init(&old);
	strbuf_add_slice(&old, strbuf_slice(&e->text));
	do {
		err_release(err);
		err_init(err);
		status = editor_edit(e->context, &e->text, err);
		if (status == 0 && slice_equal(strbuf_slice(&old), strbuf_slice(&e->text))) {
			context_note(e->context, "%s", _("nothing was changed"));
			break;
		}
		if (status == 0)
			status = take(e, err);
	} while (status == 1);
	strbuf_release(&old);
	return status;
}

static int print(struct editing *e)
{
	fputs(e->text.buf, stdout);
	context_note(e->context, "%s",
		_("no terminal and no editor: this is the text to fill in; 'pmt charter edit --from FILE' takes it"));
	return 0;
}

int charter_edit(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct charter_edit_options *o = options;
	struct editing e = { .context = context, .options = o, .kind = kind_find(slice_of("charter")) };
	bool interactive = editor_named(context) || isatty(STDIN_FILENO);
	int status;

	if (words->len)
		return help_usage_error("charter", "edit", err);
	if (project_count(&context->project, e.kind))
		e.record = project_at(&context->project, e.kind, 0);
	strbuf_init(&e.text);
	if (o->from) {
		status = file_read(&e.text, strcmp(o->from, "-") == 0 ? "/dev/stdin" : o->from, err);
		if (status == 0)
			status = take(&e, err);
	} else {
		status = make_text(&e, err);
		if (status == 0)
			status = interactive ? edit(&e, err) : print(&e);
	}
	strbuf_release(&e.text);
	return status;
}
