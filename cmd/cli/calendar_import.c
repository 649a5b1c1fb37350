#include "cmd/cli/calendar_import.h"

#include "base/alloc.h"
#include "base/file.h"
#include "exchange/exchange.h"
#include "exchange/ics.h"
#include "text/ini.h"

#include <string.h>

const struct option_spec calendar_import_specs[] = {
	{ 0, "into", OPTION_TEXT, offsetof(struct calendar_import_options, into), N_("NAME"),
		N_("The calendar to add to (default: the project's, else cn)") },
	{ 0, "leave", OPTION_TEXT, offsetof(struct calendar_import_options, leave), N_("PERSON"),
		N_("The days of an iCalendar file are this person's leave") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct calendar_import_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct calendar_import_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

struct holidays {
	struct context *context;
	const char *name;     /* of the file */
	struct strbuf text;
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
		status = holiday_cn_merge(strbuf_slice(&h->text), h->name, &doc, (size_t)section, err);
	if (status == 0) {
		ini_doc_copy(&doc, (size_t)section, &text);
		status = edit_replace(&h->edit, h->record, strbuf_slice(&text), err);
	}
	strbuf_release(&header);
	strbuf_release(&text);
	ini_doc_release(&doc);
	return status;
}

/* A section that an import wrote, as a new calendar of that id. */
static int add_section(struct holidays *h, struct ini_doc *doc, size_t section, struct slice id, struct err *err)
{
	struct assignment assignments[16];
	size_t count = 0;

	for (size_t i = 0; i < ini_doc_key_count(doc, section) && count < ARRAY_SIZE(assignments); i++) {
		struct assignment *a = &assignments[count];

		a->key = ini_doc_key(doc, section, i);
		a->operator = EDIT_SET;
		count += ini_doc_get(doc, section, a->key, &a->value);
	}
	return edit_add(&h->edit, kind_find(slice_of("calendar")), id, assignments, count, NULL, err);
}

/* All sections an import wrote. With an id there is one, called so. */
static int add_sections(struct holidays *h, const struct import *import, struct slice id, struct err *err)
{
	const struct import_file *files = import->files.items;
	struct ini_doc doc;
	int status = ini_doc_parse(&doc, strbuf_slice(&files[0].text), err);

	if (status < 0)
		return status;
	for (size_t i = 0; i < ini_doc_section_count(&doc) && status == 0; i++) {
		struct slice header = ini_doc_header(&doc, i);

		if (slice_starts(header, "calendar "))
			status = add_section(h, &doc, i, id.len ? id : slice_trim(slice_from(header, strlen("calendar "))), err);
	}
	ini_doc_release(&doc);
	return status;
}

static void suggest_calendar(struct holidays *h, struct slice id)
{
	if (project_setting(&h->context->project, "calendar").len == 0)
		context_note(h->context, _("to plan with it: pmt project set calendar=%.*s"), (int)id.len, id.at);
}

static int make(struct holidays *h, struct err *err)
{
	struct import_options options = { .first_task = 0 };
	struct import import;
	int status;

	import_init(&import);
	status = holiday_cn_import(strbuf_slice(&h->text), h->name, h->id, &options, &import, err);
	if (status == 0)
		status = add_sections(h, &import, h->id, err);
	import_release(&import);
	if (status == 0)
		suggest_calendar(h, h->id);
	return status;
}

/* --- iCalendar --- */

static struct slice file_text(const struct holidays *h)
{
	struct slice text = strbuf_slice(&h->text);

	return slice_trim(slice_starts(text, "\xef\xbb\xbf") ? slice_from(text, 3) : text);
}

/* The lines that the field does not have yet, for +=. */
static size_t assign_days(struct assignment *out, const char *field, const struct strbuf *lines)
{
	if (lines->len == 0)
		return 0;
	*out = (struct assignment){ .key = slice_of(field), .value = strbuf_slice(lines), .operator = EDIT_ADD };
	return 1;
}

static int take_leave(struct holidays *h, const char *person, const struct ics_days *days, struct err *err)
{
	struct assignment assignment;
	struct record *record;
	int status = noun_resolve(h->context, kind_find(slice_of("resource")), person, &record, err);

	if (status < 0 || assign_days(&assignment, "leave", &days->off) == 0)
		return status;
	return edit_set(&h->edit, record, &assignment, 1, err);
}

static int take_days(struct holidays *h, const struct calendar_import_options *o, const struct ics_days *days, struct err *err)
{
	struct assignment assignments[2];
	size_t count;

	if (o->leave)
		return take_leave(h, o->leave, days, err);
	count = assign_days(assignments, "holiday", &days->off);
	count += assign_days(assignments + count, "workday", &days->work);
	choose_calendar(h, o);
	if (h->record)
		return edit_set(&h->edit, h->record, assignments, count, err);
	for (size_t i = 0; i < count; i++)
		assignments[i].operator = EDIT_SET;
	suggest_calendar(h, h->id);
	return edit_add(&h->edit, kind_find(slice_of("calendar")), h->id, assignments, count, NULL, err);
}

static int take_ics(struct holidays *h, const struct calendar_import_options *o, struct err *err)
{
	struct ics_days days;
	int status;

	ics_days_init(&days);
	status = ics_read(strbuf_slice(&h->text), h->name, &days, &h->found, err);
	if (status == 0 && days.events == 0)
		status = err_set(err, ERR_INPUT, _("%s: no event of this file is a day off or a working day"), h->name);
	if (status == 0)
		status = take_days(h, o, &days, err);
	if (status == 0 && days.observances > 0)
		context_note(h->context, _("%zu observances, which are no days off, were left out"), days.observances);
	ics_days_release(&days);
	return status;
}

/* --- Microsoft Project --- */

static bool in_use(void *context, const char *kind, struct slice id)
{
	const struct holidays *h = context;

	return project_find(&h->context->project, kind_find(slice_of(kind)), id) != NULL;
}

static int take_project(struct holidays *h, struct err *err)
{
	struct import_options options = { .in_use = in_use, .context = h };
	struct import import;
	int status;

	import_init(&import);
	status = mspdi_import_calendars(strbuf_slice(&h->text), h->name, &options, &import, &h->found, err);
	if (status == 0 && import.calendars == 0)
		status = err_set(err, ERR_INPUT, _("%s holds no calendar"), h->name);
	if (status == 0)
		status = add_sections(h, &import, slice_of(""), err);
	if (status == 0)
		context_note(h->context, _("%zu calendars"), import.calendars);
	import_release(&import);
	return status;
}

/* --- all --- */

static int take_holidays(struct holidays *h, const struct calendar_import_options *o, struct err *err)
{
	choose_calendar(h, o);
	return h->record ? merge(h, err) : make(h, err);
}

static int take_in(struct holidays *h, const struct calendar_import_options *o, struct err *err)
{
	struct slice text = file_text(h);
	bool xml = slice_starts(text, "<");
	struct strbuf message;
	int status;

	if (o->leave && !ics_is(text))
		return err_set(err, ERR_USAGE, "%s", _("--leave takes the days of an iCalendar file"));
	if ((o->leave || xml) && o->into)
		return err_set(err, ERR_USAGE, "%s", _("--into names the calendar that days are added to; this file brings calendars of its own, or leave"));
	status = xml ? take_project(h, err) : ics_is(text) ? take_ics(h, o, err) : take_holidays(h, o, err);
	if (status < 0)
		return status;
	strbuf_init(&message);
	strbuf_addf(&message, "calendar: days from %s", h->name);
	status = noun_finish(h->context, &h->edit, &o->change, message.buf, 0, err);
	if (status == 0)
		context_report(h->context, &h->found);
	strbuf_release(&message);
	return status;
}

int calendar_import(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct value_context values = context_values(context);
	struct holidays h = { .context = context };
	int status;

	if (arguments->len != 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt calendar import' takes one file: holiday-cn JSON, iCalendar or Microsoft Project XML"));
	h.name = arguments->items[0];
	strbuf_init(&h.text);
	diagnostics_init(&h.found);
	edit_init(&h.edit, &context->project, &values, &h.found);
	status = file_read(&h.text, h.name, err);
	if (status == 0)
		status = take_in(&h, options, err);
	if (status < 0 && h.found.errors)
		context_report(context, &h.found);
	edit_release(&h.edit);
	diagnostics_release(&h.found);
	strbuf_release(&h.text);
	return status;
}
