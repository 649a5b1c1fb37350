#include "cmd/cli/calendar_import.h"

#include "base/alloc.h"
#include "base/file.h"
#include "exchange/exchange.h"
#include "text/ini.h"

#include <string.h>

const struct option_spec calendar_import_specs[] = {
	{ 0, "into", OPTION_TEXT, offsetof(struct calendar_import_options, into), N_("NAME"),
		N_("The calendar to add to (default: the project's, else cn)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct calendar_import_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct calendar_import_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

struct holidays {
	struct context *context;
	const char *name;     /* of the file */
	struct strbuf json;
	struct slice id;      /* of the calendar */
	struct record *record; /* NULL: to be made */
	struct edit edit;
	struct diagnostics found;
};

static void choose_calendar(struct holidays *h, const struct calendar_import_options *o)
{
	h->id = o->into ? slice_of(o->into) : project_setting(&h->context->project, "calendar");
	if (h->id.len == 0)
		h->id = slice_of("cn");
	h->record = project_find(&h->context->project, kind_find(slice_of("calendar")), h->id);
}

/* The days take their places among the lines that are there; comments and all else stay. */
static int merge(struct holidays *h, struct err *err)
{
	const struct project_file *files = h->context->project.files.items;
	struct strbuf header, text;
	struct ini_doc doc;
	long section;
	int status = ini_doc_parse(&doc, files[h->record->file].bytes, err);

	if (status < 0)
		return status;
	strbuf_init(&header);
	strbuf_init(&text);
	strbuf_addf(&header, "calendar %.*s", (int)h->record->id.len, h->record->id.at);
	section = ini_doc_find(&doc, strbuf_slice(&header));
	if (section < 0)
		status = err_set(err, ERR_INPUT, _("calendar '%s' cannot be edited"), header.buf);
	else
		status = holiday_cn_merge(strbuf_slice(&h->json), h->name, &doc, (size_t)section, err);
	if (status == 0) {
		ini_doc_copy(&doc, (size_t)section, &text);
		status = edit_replace(&h->edit, h->record, strbuf_slice(&text), err);
	}
	strbuf_release(&header);
	strbuf_release(&text);
	ini_doc_release(&doc);
	return status;
}

/* The fields of the section that the import wrote. */
static int add_section(struct holidays *h, struct slice text, struct err *err)
{
	struct assignment assignments[16];
	size_t count = 0;
	struct ini_doc doc;
	int status = ini_doc_parse(&doc, text, err);
	size_t section = ini_doc_section_count(&doc) - 1;

	if (status < 0)
		return status;
	for (size_t i = 0; i < ini_doc_key_count(&doc, section) && count < ARRAY_SIZE(assignments); i++) {
		struct assignment *a = &assignments[count];

		a->key = ini_doc_key(&doc, section, i);
		a->operator = EDIT_SET;
		count += ini_doc_get(&doc, section, a->key, &a->value);
	}
	status = edit_add(&h->edit, kind_find(slice_of("calendar")), h->id, assignments, count, NULL, err);
	ini_doc_release(&doc);
	return status;
}

static int make(struct holidays *h, struct err *err)
{
	struct import_options options = { .first_task = 0 };
	const struct import_file *files;
	struct import import;
	int status;

	import_init(&import);
	status = holiday_cn_import(strbuf_slice(&h->json), h->name, h->id, &options, &import, err);
	files = import.files.items;
	if (status == 0)
		status = add_section(h, strbuf_slice(&files[0].text), err);
	import_release(&import);
	if (status == 0 && project_setting(&h->context->project, "calendar").len == 0)
		context_note(h->context, _("to plan with it: pmt project set calendar=%.*s"), (int)h->id.len, h->id.at);
	return status;
}

static int take_in(struct holidays *h, const struct calendar_import_options *o, struct err *err)
{
	struct strbuf message;
	int status;

	choose_calendar(h, o);
	status = h->record ? merge(h, err) : make(h, err);
	if (status < 0)
		return status;
	strbuf_init(&message);
	strbuf_addf(&message, "calendar: %.*s holidays from %s", (int)h->id.len, h->id.at, h->name);
	status = noun_finish(h->context, &h->edit, &o->change, message.buf, 0, err);
	strbuf_release(&message);
	return status;
}

int calendar_import(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct value_context values = context_values(context);
	struct holidays h = { .context = context };
	int status;

	if (arguments->len != 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt calendar import' takes one file of holiday-cn JSON"));
	h.name = arguments->items[0];
	strbuf_init(&h.json);
	diagnostics_init(&h.found);
	edit_init(&h.edit, &context->project, &values, &h.found);
	status = file_read(&h.json, h.name, err);
	if (status == 0)
		status = take_in(&h, options, err);
	if (status < 0 && h.found.errors)
		context_report(context, &h.found);
	edit_release(&h.edit);
	diagnostics_release(&h.found);
	strbuf_release(&h.json);
	return status;
}
