/* `pmt NOUN show ID...`: everything about records, a page for each. */
#include "cmd/cli/history.h"
#include "cmd/cli/noun_list-internal.h"

#include <string.h>

/* Written in the record, or computed: what only follows from a default is no news. */
static bool is_said(const struct list *list, const struct record *record, const struct field *field)
{
	size_t index = kind_field_find(list->kind, slice_of(field->name));

	return (field->flags & FIELD_COMPUTED) || record_entry(record, index);
}

/* One record as a page: every field that has a value, where it stands. */
static void add_page(struct list *list, struct doc *doc, const struct record *record)
{
	const struct field **fields = list->fields.items;
	struct place place = record_place(&list->context->project, record);
	struct block *pairs;

	doc_heading(doc, 1, cell_ref(&doc->arena, record->id.len ? record->id : slice_of(record->kind->name),
		record_title(record)));
	pairs = doc_pairs(doc, NULL);
	for (size_t i = 0; i < list->fields.len; i++) {
		struct cell cell;
		if (strcmp(fields[i]->name, "title") == 0 || !is_said(list, record, fields[i]))
			continue;
		cell = noun_cell(list->context, record, fields[i], &doc->arena);
		if (cell.type != CELL_NONE)
			pairs_add(doc, pairs, fields[i]->name, noun_label(&doc->arena, fields[i]), cell);
	}
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (record->entries[i].field == FIELD_CUSTOM) {
			const char *key = arena_strndup(&doc->arena, record->entries[i].key.at, record->entries[i].key.len);
			pairs_add(doc, pairs, key, NULL, cell_text(&doc->arena, record->entries[i].text));
		}
	pairs_add(doc, pairs, "place", N_("place"),
		cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%s:%u", place.path, place.line))));
}

static int emit_pages(struct list *list, struct err *err)
{
	struct record **records = list->records.items;
	struct doc doc;
	int status;

	doc_init(&doc, NULL);
	doc.schema = noun_schema(&doc.arena, list->kind);
	doc.single = list->records.len == 1;
	for (size_t i = 0; i < list->records.len; i++)
		add_page(list, &doc, records[i]);
	if (list->more)
		list->more(list, &doc);
	status = context_emit(list->context, &doc, err);
	doc_release(&doc);
	return status;
}

static int find_shown(struct list *list, const struct strvec *words, struct err *err)
{
	struct record *record;
	int status = 0;

	if (list->kind->flags & KIND_SINGLE) {
		FOREACH_RECORD(&list->context->project, list->kind, record)
			vec_append(&list->records, &record);
		return 0;
	}
	if (words->len == 0) {
		err_set(err, ERR_USAGE, _("'pmt %s show' needs an id"), list->kind->name);
		err_hint(err, _("'pmt %s' lists all of them"), list->kind->name);
		return ERR_USAGE;
	}
	for (size_t i = 0; i < words->len && status == 0; i++) {
		status = noun_resolve(list->context, list->kind, words->items[i], &record, err);
		if (status == 0)
			list_add(list, record, &list->records);
	}
	return status;
}

/* Of tasks, the commits of code that name them. */
static void add_commits(struct list *list, struct doc *doc)
{
	doc->units = list->context->project.units;
	history_show_work(list->context, doc, &list->records);
}

static int show(struct list *list, const struct strvec *words, struct err *err)
{
	bool as_table = context_wants_data(list->context) || list->kind->flags & KIND_JOURNAL;
	int status = find_shown(list, words, err);

	for (size_t i = 0; i < kind_field_total(list->kind) && !as_table; i++) {
		const struct field *field = kind_field(list->kind, i);
		vec_append(&list->fields, &field);
	}
	if (as_table)
		list_default_columns(list);
	if (strcmp(list->kind->name, "task") == 0)
		list->more = add_commits;
	list->wants_plan = true;
	if (status == 0)
		status = list_prepare_computed(list, err);
	if (status == 0)
		status = as_table ? list_emit(list, err) : emit_pages(list, err);
	return status;
}

int noun_show(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return noun_show_with(context, words, NULL, NULL, err);
}

int noun_show_with(struct context *context, struct strvec *words, void (*more)(struct list *list, struct doc *doc), const void *options,
	struct err *err)
{
	struct list list;
	int status;

	list_init(&list, context, NULL);
	list.more = more;
	list.more_options = options;
	noun_warn_faulty(context);
	status = show(&list, words, err);
	list_release(&list);
	return status;
}
