/*
 * Moving sections: a task with its family to another place, any record to another file; a section a
 * person edited.
 */
#include "model/edit-internal.h"

#include <string.h>

struct moving {
	struct edit *edit;
	const struct record *record;
	struct vec family; /* const struct record *: the record and, of a task, its descendants in
			      project order */
};

static bool is_task(const struct record *record)
{
	return strcmp(record->kind->name, "task") == 0;
}

static void collect_family(struct moving *moving)
{
	const struct record *top = moving->record, *record;

	vec_append(&moving->family, &top);
	if (!is_task(top))
		return;
	FOREACH_RECORD(moving->edit->project, top->kind, record)
	if (record != top && edit_is_below(moving->edit, top->kind, record->folded, top->folded))
		vec_append(&moving->family, &record);
}

static int check_target(
	const struct moving *moving, const struct edit_target *target, struct err *err)
{
	const struct record *record = moving->record;
	const struct record *others[] = { target->parent, target->before, target->after };
	struct arena *arena = &moving->edit->arena;

	if ((target->parent || target->before || target->after || target->top) && !is_task(record))
		return err_set(err, ERR_USAGE,
			"only tasks stand below or beside each other; %s can move to another file",
			record_name(arena, record));
	if (!!target->before + !!target->after > 1 || (target->parent && target->top))
		return err_set(err, ERR_USAGE,
			"choose one of before and after, and one of a parent and the top");
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i] && edit_is_below(moving->edit, record->kind, others[i]->folded,
					 record->folded))
			return err_set(err, ERR_FAILED, "%s is %s itself or a part of it",
				record_name(arena, others[i]), record_name(arena, record));
	return target->file ? place_check_file(moving->edit, target->file, err) : 0;
}

/* The parent it will have: asked for, or the sibling's. NULL text: unchanged. */
static bool new_parent(const struct edit_target *target, struct slice *parent)
{
	const struct record *sibling = target->before ? target->before : target->after;

	*parent = slice_new(NULL, 0);
	if (target->parent)
		*parent = target->parent->id;
	else if (sibling && !target->top)
		*parent = record_text(sibling, "parent", parent) ? slice_trim(*parent) : *parent;
	return target->parent || target->top || sibling;
}

static int set_parent(struct moving *moving, struct slice parent, struct err *err)
{
	struct assignment assignment = { slice_of("parent"), parent, EDIT_SET };
	struct slice old;

	if (!record_text(moving->record, "parent", &old))
		old = slice_new(NULL, 0);
	if (slice_equal(id_fold(slice_trim(old), &moving->edit->arena),
		    id_fold(parent, &moving->edit->arena)))
		return 0;
	return edit_set(moving->edit, moving->record, &assignment, 1, err);
}

static int cut_section(
	struct edit *edit, const struct record *record, struct strbuf *text, struct err *err)
{
	struct document *document;
	size_t section;
	int rc = edit_locate(edit, record, &document, &section, err);

	if (rc != 0)
		return rc;
	ini_doc_copy(&document->doc, section, text);
	ini_doc_remove(&document->doc, section);
	document_changed(document);
	return 0;
}

/* Only what stands in the moved record's own file goes along: the rest of a family keeps its files.
 */
static bool goes_along(
	const struct moving *moving, const struct record *record, const struct edit_target *target)
{
	return record == moving->record || target->file || record->file == moving->record->file;
}

static int cut_family(struct moving *moving, const struct edit_target *target, struct strbuf *texts,
	struct err *err)
{
	const struct record **family = moving->family.items;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < moving->family.len; i++)
		if (goes_along(moving, family[i], target))
			rc = cut_section(moving->edit, family[i], &texts[i], err);
	return rc;
}

/* Where the first section goes: the document and the section in front of it. Called when the family
 * is cut out. */
static int find_place(struct moving *moving, const struct edit_target *target, struct slice parent,
	struct document **document, long *after, struct err *err)
{
	struct edit *edit = moving->edit;
	const struct record *record = moving->record;
	struct added like = { .kind = record->kind, .id = record->id, .folded = record->folded };
	size_t section;
	int rc;

	if (target->file)
		return place_new(edit, &like, target->file, document, after, err);
	if (target->before) {
		rc = edit_locate(edit, target->before, document, &section, err);
		*after = rc == 0 ? (long)section - 1 : -1;
		return rc;
	}
	if (target->after)
		return place_behind_family(
			edit, record->kind, target->after->folded, document, after, err);
	if (parent.len > 0)
		return place_behind_family(
			edit, record->kind, id_fold(parent, &edit->arena), document, after, err);
	rc = document_of(edit, record, document, err);
	*after = rc == 0 ? (long)ini_doc_section_count(&(*document)->doc) - 1 : -1;
	return rc;
}

static void paste_family(
	struct document *document, long after, const struct strbuf *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (texts[i].len > 0)
			after = (long)ini_doc_paste(&document->doc, after, strbuf_slice(&texts[i]));
	document_changed(document);
}

static int relocate(struct moving *moving, const struct edit_target *target, struct slice parent,
	struct err *err)
{
	size_t count = moving->family.len;
	struct strbuf *texts = arena_calloc(&moving->edit->arena, count, sizeof(*texts));
	struct document *document;
	long after;

	for (size_t i = 0; i < count; i++)
		strbuf_init(&texts[i]);
	int rc = cut_family(moving, target, texts, err);
	if (rc == 0)
		rc = find_place(moving, target, parent, &document, &after, err);
	if (rc == 0)
		paste_family(document, after, texts, count);
	for (size_t i = 0; i < count; i++)
		strbuf_release(&texts[i]);
	return rc;
}

int edit_move(struct edit *edit, const struct record *record, const struct edit_target *target,
	struct err *err)
{
	struct moving moving = { .edit = edit, .record = record };
	struct slice parent;
	int rc = check_target(&moving, target, err);

	if (rc != 0)
		return rc;
	vec_init(&moving.family, sizeof(const struct record *));
	collect_family(&moving);
	bool reparented = new_parent(target, &parent);
	if (reparented)
		rc = set_parent(&moving, parent, err);
	if (rc == 0 && (reparented || target->file))
		rc = relocate(&moving, target, parent, err);
	vec_release(&moving.family);
	return rc;
}

struct sections {
	size_t count;
	struct slice header;
};

static void note_section(void *context, struct slice header, uint32_t line, uint32_t column)
{
	struct sections *sections = context;

	(void)line;
	(void)column;
	if (sections->count++ == 0)
		sections->header = header;
}

static void ignore_key(void *context, struct slice key, struct slice value, uint32_t line,
	uint32_t column, uint32_t last_line)
{
	(void)context;
	(void)key;
	(void)value;
	(void)line;
	(void)column;
	(void)last_line;
}

/* One section, of the record's kind and id. */
static int check_sections(
	struct edit *edit, const struct record *record, struct slice text, struct err *err)
{
	struct sections sections = { 0 };
	struct ini_events events = { &sections, note_section, ignore_key };
	struct diagnostics ignored;

	diagnostics_init(&ignored);
	int rc = ini_read(text, "", &events, &edit->arena, &ignored, err);
	diagnostics_release(&ignored);
	if (rc != 0)
		return rc;
	struct header header = header_parse(sections.header);
	if (sections.count != 1)
		return err_set(err, ERR_INPUT, "the text has %zu sections; one is expected, [%s]",
			sections.count, record_name(&edit->arena, record));
	if (header.kind != record->kind ||
		!slice_equal(id_fold(header.id, &edit->arena), record->folded)) {
		err_set(err, ERR_INPUT, "the section is no longer [%s]",
			record_name(&edit->arena, record));
		err_hint(err, "`rename` gives a record another id, with all references to it");
		return ERR_INPUT;
	}
	return 0;
}

/* Faults of the text, with its own lines and no path. */
static int check_text(
	struct edit *edit, const struct record *record, struct slice text, struct err *err)
{
	size_t errors = edit->found->errors;
	struct diagnostics found;
	struct project_file file = { .path = "", .bytes = text };
	struct part part;

	part_init(&part);
	diagnostics_init(&found);
	int rc = part_read(&part, &file, record->file, err);
	diagnostics_merge(&found, &part.found);
	if (rc == 0 && part.records.len == 1)
		project_check_record(edit->project, part.records.items, &found);
	struct diagnostic *items = found.items.items;
	for (size_t i = 0; i < found.items.len; i++)
		items[i].place.path = NULL;
	diagnostics_merge(edit->found, &found);
	diagnostics_release(&found);
	part_release(&part);
	return rc == 0 && edit->found->errors > errors ? ERR_INPUT : rc;
}

int edit_replace(struct edit *edit, const struct record *record, struct slice text, struct err *err)
{
	struct document *document;
	size_t section;
	int rc = check_sections(edit, record, text, err);

	if (rc == 0)
		rc = check_text(edit, record, text, err);
	if (rc == 0)
		rc = edit_locate(edit, record, &document, &section, err);
	if (rc != 0)
		return rc;
	ini_doc_remove(&document->doc, section);
	ini_doc_paste(&document->doc, (long)section - 1, text);
	document_changed(document);
	return edit_check_loop(edit, record->kind, record, record->id, document, section) != 0 ? ERR_INPUT : 0;
}
