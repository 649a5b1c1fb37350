/* `pmt note ID TEXT`: a remark on any record, in the journal of notes. */
#include "cmd/cli/noun.h"

#include "base/utf8.h"

#include <string.h>

struct note_options {
	struct change_options change;
	const char *date;
};

static const struct option_spec specs[] = {
	{ 0, "date", OPTION_TEXT, offsetof(struct note_options, date), N_("DATE"),
		N_("When it was noted (default: now)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct note_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct note_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

/* The record a note is about, of any kind; its full id is what the journal's section is named after. */
static int find_any(struct context *context, const char *word, struct record **out, struct err *err)
{
	*out = NULL;
	for (size_t i = 0; i < kinds_count && !*out; i++)
		if (!(kinds_all[i]->flags & KIND_JOURNAL))
			*out = project_find(&context->project, kinds_all[i], slice_of(word));
	if (*out)
		return 0;
	err_set(err, ERR_USAGE, _("there is no record '%s' to note something on"), word);
	err_hint(err, "%s", _("a note needs the whole id, e.g. 'pmt note T-12 …'"));
	return ERR_USAGE;
}

static int write_note(struct context *context, const struct note_options *o, const struct record *about,
	struct slice text, struct err *err)
{
	static const struct field option = { .name = "--date", .type = TYPE_DATETIME };
	struct value_context values = context_values(context);
	struct diagnostics found;
	struct strbuf message;
	struct edit edit;
	moment_t when = context->now;
	int status = 1; /* now is a moment */

	diagnostics_init(&found);
	strbuf_init(&message);
	edit_init(&edit, &context->project, &values, &found);
	if (o->date)
		status = context_read_moment(context, &option, o->date, &when, err);
	if (status >= 0)
		status = edit_journal(&edit, kind_find(slice_of("note")), about->id, when, status > 0, text, err);
	strbuf_addf(&message, "note: %.*s %.*s", (int)about->id.len, about->id.at, (int)text.len, text.at);
	status = noun_finish(context, &edit, &o->change, message.buf, status, err);
	edit_release(&edit);
	strbuf_release(&message);
	diagnostics_release(&found);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct list_options plain = { 0 };
	struct record *about;
	struct strbuf text;
	int status;

	/* No id has such a sign: a condition. */
	if (arguments->len == 0 || strpbrk(arguments->items[0], "=<>~:@"))
		return noun_list(context, &plain, arguments, err);
	if (arguments->len == 1) {
		err_set(err, ERR_USAGE, _("a note on %s needs its text"), arguments->items[0]);
		err_hint(err, "pmt note %s TEXT; %s", arguments->items[0], _("'pmt note show ID' reads them"));
		return ERR_USAGE;
	}
	status = find_any(context, arguments->items[0], &about, err);
	if (status < 0)
		return status;
	strbuf_init(&text);
	for (size_t i = 1; i < arguments->len; i++)
		strbuf_addf(&text, "%s%s", i > 1 ? " " : "", arguments->items[i]);
	status = write_note(context, options, about, strbuf_slice(&text), err);
	strbuf_release(&text);
	return status;
}

const struct command cmd_note = {
	.name = "note",
	.group = GROUP_WORK,
	.summary = N_("Note something on a record, or list the notes"),
	.usage = "[CONDITION... | ID TEXT...]",
	.options = specs,
	.options_size = sizeof(struct note_options),
	.needs = NEEDS_PROJECT | NEEDS_LOCK,
	.kind = "note",
	.run = run,
};
