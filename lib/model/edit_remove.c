/*
 * Removing and renaming records, with what refers to them.
 */
#include "model/edit-internal.h"

#include <string.h>

enum { NAMED_REFERRERS = 5 };

struct change {
	struct edit *edit;
	const struct record *record;
	struct slice new_id;  /* renaming */
	struct slice heir;    /* removing: who takes the place in parent fields; empty: nobody */
	struct vec referrers; /* struct referrer */
	const struct record *const *leaving; /* all that are removed together */
	size_t leaving_count;
};

static bool is_leaving(const struct change *change, const struct record *record)
{
	for (size_t i = 0; i < change->leaving_count; i++)
		if (change->leaving[i] == record)
			return true;
	return false;
}

static void collect(void *context, const struct referrer *referrer)
{
	struct change *change = context;

	/* Lists of ids that may be gone keep it: it comes back with an undo. */
	if (change->new_id.len == 0 && referrer->field && referrer->field->type == TYPE_WORDS)
		return;
	/* What a record says of itself goes with it, and so does what leaves together with it. */
	if (referrer->record != change->record && !is_leaving(change, referrer->record))
		vec_append(&change->referrers, referrer);
}

/* The caller has set edit, record and what else it knows. */
static void begin(struct change *change)
{
	vec_init(&change->referrers, sizeof(struct referrer));
	referrers(change->edit->project, change->record, collect, change);
}

static void end(struct change *change)
{
	vec_release(&change->referrers);
}

/* "task T-9 (depends), …" */
static int refuse(struct change *change, struct err *err)
{
	const struct referrer *all = change->referrers.items;
	struct arena *arena = &change->edit->arena;
	const char *names = "";

	for (size_t i = 0; i < change->referrers.len && i < NAMED_REFERRERS; i++) {
		const char *what = all[i].field ? all[i].field->name
						: err_word(err, all[i].record->kind->name);
		names = arena_printf(arena, "%s%s%s (%s)", names, i ? ", " : "",
			record_name(arena, all[i].record), what);
	}
	if (change->referrers.len > NAMED_REFERRERS)
		names = arena_printf(
			arena, err_word(err, "%s and %zu more"), names, change->referrers.len - NAMED_REFERRERS);
	err_set(err, ERR_FAILED, "%s is referred to by %s", record_name(arena, change->record),
		names);
	err_hint(err, "change those first, or --force takes the references out as well");
	return ERR_FAILED;
}

static int remove_section(struct edit *edit, const struct record *record, struct err *err)
{
	struct document *document;
	size_t section;
	int rc = edit_locate(edit, record, &document, &section, err);

	if (rc != 0)
		return rc;
	ini_doc_remove(&document->doc, section);
	document_changed(document);
	return 0;
}

static bool is_parent(const struct change *change, const struct referrer *referrer)
{
	return referrer->field && referrer->field->type == TYPE_REF &&
	       strcmp(referrer->field->name, "parent") == 0 &&
	       referrer->record->kind == change->record->kind;
}

/* The text that an entry has by now: an earlier change of this edit may have touched it. */
static int current_text(struct change *change, const struct referrer *referrer,
	struct document **document, size_t *section, struct slice *text, struct err *err)
{
	int rc = edit_locate(change->edit, referrer->record, document, section, err);

	if (rc == 0 && !ini_doc_get(&(*document)->doc, *section, referrer->entry->key, text))
		*text = slice_new(NULL, 0);
	return rc;
}

static int drop_reference(struct change *change, const struct referrer *referrer, struct err *err)
{
	struct document *document;
	struct strbuf rest;
	struct slice text;
	size_t section;

	if (!referrer->entry) /* a journal section of the record; later ones are found in its place
			       */
		return remove_section(change->edit, referrer->record, err);
	int rc = current_text(change, referrer, &document, &section, &text, err);
	if (rc != 0 || text.len == 0)
		return rc;
	strbuf_init(&rest);
	if (is_parent(change, referrer))
		strbuf_add_slice(&rest, change->heir);
	else if (!reference_drop(change->edit->project, referrer, text, change->record, &rest)) {
		strbuf_release(&rest);
		return 0;
	}
	write_field(change->edit, document, section, referrer->record->kind, referrer->entry->key,
		arena_slice(&change->edit->arena, strbuf_slice(&rest)));
	strbuf_release(&rest);
	return 0;
}

/* A required field cannot be left without its reference. */
static int check_droppable(struct change *change, struct err *err)
{
	const struct referrer *all = change->referrers.items;

	for (size_t i = 0; i < change->referrers.len; i++) {
		if (!all[i].field || all[i].field->type != TYPE_REF ||
			!(all[i].field->flags & FIELD_REQUIRED))
			continue;
		err_set(err, ERR_FAILED, "%s needs its %s",
			record_name(&change->edit->arena, all[i].record), all[i].field->name);
		err_hint(err, "give it another one, or remove it first");
		return ERR_FAILED;
	}
	return 0;
}

/* From the last to the first, so that a journal's sections keep their numbers until their turn. */
static int drop_references(struct change *change, struct err *err)
{
	const struct referrer *all = change->referrers.items;
	int rc = 0;

	for (size_t i = change->referrers.len; rc == 0 && i-- > 0;)
		rc = drop_reference(change, &all[i], err);
	return rc;
}

static int remove_record(struct change *change, bool force, struct err *err)
{
	int rc;

	begin(change);
	if (record_text(change->record, "parent", &change->heir))
		change->heir = slice_trim(change->heir);
	if (change->referrers.len > 0 && !force)
		rc = refuse(change, err);
	else if ((rc = check_droppable(change, err)) == 0 && (rc = drop_references(change, err)) == 0)
		rc = remove_section(change->edit, change->record, err);
	end(change);
	return rc;
}

int edit_remove_all(struct edit *edit, const struct record *const *records, size_t count, bool force,
	struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++) {
		struct change change = { .edit = edit, .record = records[i], .leaving = records,
			.leaving_count = count };
		rc = remove_record(&change, force, err);
	}
	return rc;
}

int edit_remove(struct edit *edit, const struct record *record, bool force, struct err *err)
{
	return edit_remove_all(edit, &record, 1, force, err);
}

static int rename_sections(struct change *change, const struct record *record, struct err *err)
{
	struct slice header = header_text(change->edit, record->kind, change->new_id);
	struct document *document;
	int rc = document_of(change->edit, record, &document, err);

	for (long section; rc == 0 && (section = document_find(change->edit, document, record->kind,
					       record->folded, 0)) >= 0;) {
		struct slice old = ini_doc_header(&document->doc, (size_t)section);
		if (slice_equal(old, header))
			break; /* only the letters' case differed, and it is done */
		ini_doc_rename(&document->doc, (size_t)section, header);
		document_changed(document);
	}
	if (rc == 0)
		edit_note_renamed(
			change->edit, record, id_fold(change->new_id, &change->edit->arena));
	return rc;
}

static int replace_reference(
	struct change *change, const struct referrer *referrer, struct err *err)
{
	struct document *document;
	struct strbuf renamed;
	struct slice text;
	size_t section;

	if (!referrer->entry)
		return rename_sections(change, referrer->record, err);
	int rc = current_text(change, referrer, &document, &section, &text, err);
	if (rc != 0 || text.len == 0)
		return rc;
	strbuf_init(&renamed);
	if (reference_replace(change->edit->project, referrer, text, change->record, change->new_id,
		    &renamed))
		write_field(change->edit, document, section, referrer->record->kind,
			referrer->entry->key,
			arena_slice(&change->edit->arena, strbuf_slice(&renamed)));
	strbuf_release(&renamed);
	return rc;
}

static void collect_all(void *context, const struct referrer *referrer)
{
	struct change *change = context;

	vec_append(&change->referrers, referrer);
}

static int check_rename(
	struct edit *edit, const struct record *record, struct slice *id, struct err *err)
{
	bool ok;

	if (record->kind->flags & (KIND_SINGLE | KIND_JOURNAL)) {
		err_set(err, ERR_USAGE, "%s has no id of its own",
			record_name(&edit->arena, record));
		if (record->kind->flags & KIND_JOURNAL)
			err_hint(err, "rename the record it belongs to: its journals follow");
		return ERR_USAGE;
	}
	*id = id_compose(*id, &edit->arena);
	if (slice_equal(id_fold(*id, &edit->arena),
		    record->folded)) /* t-1 to T-1: the same id, written otherwise */
		return 0;
	*id = edit_new_id(edit, record->kind, *id, &ok);
	return ok ? 0 : ERR_INPUT;
}

int edit_rename(
	struct edit *edit, const struct record *record, struct slice new_id, struct err *err)
{
	struct change change = { .edit = edit, .record = record };
	int rc = check_rename(edit, record, &new_id, err);

	if (rc != 0)
		return rc;
	change.new_id = new_id;
	vec_init(&change.referrers, sizeof(struct referrer));
	referrers(edit->project, record, collect_all, &change);
	const struct referrer *all = change.referrers.items;
	for (size_t i = 0; rc == 0 && i < change.referrers.len; i++)
		rc = replace_reference(&change, &all[i], err);
	if (rc == 0)
		rc = rename_sections(&change, record, err);
	end(&change);
	return rc;
}
