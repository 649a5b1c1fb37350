/*
 * Fields of a record: assignments are validated all together, then written.
 */
#include "model/edit-internal.h"

#include <string.h>

static const struct place nowhere = { NULL, 0, 0 };

int assignment_parse(struct assignment *out, struct slice word, struct err *err)
{
	size_t sign = slice_find(word, '=');

	*out = (struct assignment){ .operator= EDIT_SET };
	if (sign < word.len && sign > 0) {
		size_t end = sign;
		if (word.at[end - 1] == '+' || word.at[end - 1] == '-') {
			out->operator= word.at[end - 1] == '+' ? EDIT_ADD : EDIT_REMOVE;
			end--;
		}
		out->key = slice_trim(slice_new(word.at, end));
		out->value = slice_from(word, sign + 1);
	}
	if (out->key.len > 0)
		return 0;
	err_set(err, ERR_USAGE, "'%.*s' is no assignment", (int)word.len, word.at);
	err_hint(err, "write field=value, field+=item, field-=item, or field= to clear");
	return ERR_USAGE;
}

const char *const *fields_before(struct edit *edit, const struct kind *kind, size_t index)
{
	const char **names;

	if (index >= FIELD_CUSTOM)
		return NULL;
	names = arena_calloc(&edit->arena, index + 1, sizeof(*names));
	for (size_t i = 0; i < index; i++)
		names[i] = kind_field(kind, i)->name;
	return names;
}

static struct pending *find_pending(const struct vec *all, struct slice key)
{
	struct pending *pending = all->items;

	for (size_t i = 0; i < all->len; i++)
		if (slice_equal(pending[i].value.key, key))
			return &pending[i];
	return NULL;
}

static void report_required(struct edit *edit, const struct field *field, const struct kind *kind)
{
	diagnose(edit->found, nowhere, "field-empty", N_("'%s' of a %s must not be empty"),
		field->name, kind->name, NULL);
}

static int make_one(struct edit *edit, const struct assignment *assignment,
	const struct new_value *value, struct slice stored, struct vec *out)
{
	struct pending *before = find_pending(out, value->key);
	struct slice old = before ? before->text : stored, text;

	if (new_value_make(edit, value, old, assignment, &text) != 0)
		return -1;
	if (text.len == 0 && value->field && (value->field->flags & FIELD_REQUIRED) &&
		!value->field->fallback) {
		report_required(edit, value->field, value->kind);
		return -1;
	}
	struct pending *pending = before ? before : vec_push(out);
	*pending = (struct pending){ *value, text, text.len == 0 };
	return 0;
}

int pending_make(struct edit *edit, const struct kind *kind, const struct record *record,
	struct document *document, size_t section, const struct assignment *assignments,
	size_t count, struct vec *out)
{
	int rc = 0;

	for (size_t i = 0; i < count; i++) {
		struct slice stored = { NULL, 0 };
		struct new_value value;
		if (new_value_find(edit, kind, assignments[i].key, &value) != 0) {
			rc = -1;
			continue;
		}
		value.record = record;
		if (document)
			ini_doc_get(&document->doc, section, value.key, &stored);
		if (make_one(edit, &assignments[i], &value, stored, out) != 0)
			rc = -1;
	}
	return rc;
}

static int compare_pending(const void *a, const void *b, void *context)
{
	const struct pending *x = a, *y = b;

	(void)context;
	if (x->value.index != y->value.index)
		return x->value.index < y->value.index ? -1 : 1;
	return 0;
}

void write_field(struct edit *edit, struct document *document, size_t section,
	const struct kind *kind, struct slice key, struct slice text)
{
	size_t index = key_is_moment(kind, key) ? FIELD_CUSTOM : kind_field_find(kind, key);

	if (text.len == 0)
		ini_doc_unset(&document->doc, section, key);
	else
		ini_doc_set(&document->doc, section, key, text, fields_before(edit, kind, index));
}

void pending_write(struct edit *edit, struct document *document, size_t section,
	const struct kind *kind, const struct vec *all)
{
	struct pending *pending = all->items;

	stable_sort(pending, all->len, sizeof(*pending), compare_pending, NULL);
	for (size_t i = 0; i < all->len; i++) {
		struct slice old;
		bool there = ini_doc_get(&document->doc, section, pending[i].value.key, &old);
		if (there && !pending[i].unset &&
			same_value(edit, pending[i].value.field, old, pending[i].text))
			continue;
		write_field(edit, document, section, kind, pending[i].value.key, pending[i].text);
	}
}

static int check_parent(
	struct edit *edit, const struct kind *kind, struct slice folded, const struct vec *all)
{
	const struct pending *parent = find_pending(all, slice_of("parent"));

	if (!parent || parent->unset || !parent->value.field ||
		parent->value.field->type != TYPE_REF)
		return 0;
	struct slice id = id_fold(parent->text, &edit->arena);
	if (!edit_is_below(edit, kind, id, folded))
		return 0;
	diagnose(edit->found, nowhere, "parent-cycle",
		N_("'%s' is a part of it and cannot be its parent"), edit_text(edit, parent->text),
		NULL);
	return -1;
}

int edit_set(struct edit *edit, const struct record *record, const struct assignment *assignments,
	size_t count, struct err *err)
{
	struct document *document;
	struct vec pending;
	size_t section;
	int rc = edit_locate(edit, record, &document, &section, err);

	if (rc != 0)
		return rc;
	vec_init(&pending, sizeof(struct pending));
	if (pending_make(edit, record->kind, record, document, section, assignments, count,
		    &pending) != 0 ||
		check_parent(edit, record->kind, record->folded, &pending) != 0) {
		rc = ERR_INPUT;
	} else {
		pending_write(edit, document, section, record->kind, &pending);
		if (edit_check_section(edit, record->kind, record, document, section) != 0 ||
			edit_check_loop(edit, record->kind, record, record->id, document, section) != 0 ||
			edit_check_circle(edit, record->kind, record, record->folded, document, section) != 0)
			rc = ERR_INPUT;
	}
	vec_release(&pending);
	return rc;
}

static int check_new_id(struct edit *edit, const struct kind *kind, struct slice id)
{
	struct value_fault fault;
	const char *why;

	if (kind->flags & KIND_SINGLE) {
		if (id.len > 0)
			diagnose(edit->found, nowhere, "id-unexpected",
				N_("there is only one '%s': it has no id"), kind->name, NULL);
		else if (project_find(edit->project, kind, id))
			diagnose(edit->found, nowhere, "id-taken", N_("there is a [%s] already"),
				kind->name, NULL);
		else
			return 0;
		return -1;
	}
	if (!id_valid(id, &fault))
		diagnose(edit->found, nowhere, fault.id, N_("'%s' is no id: expected %s"),
			edit_text(edit, id), fault.expected, NULL);
	else if (!ini_name_ok(header_text(edit, kind, id), true, &why))
		diagnose(edit->found, nowhere, "ini-name-long",
			N_("'%s' cannot stand in a header: %s"), edit_text(edit, id), why, NULL);
	else if (edit_known_id(edit, kind, id).len > 0)
		diagnose(edit->found, nowhere, "id-taken", N_("there is a %s '%s' already"),
			kind->name, edit_text(edit, id), NULL);
	else
		return 0;
	return -1;
}

/* NFC is what ids are written in. */
struct slice edit_new_id(struct edit *edit, const struct kind *kind, struct slice id, bool *ok)
{
	struct slice composed = id_compose(id, &edit->arena);

	*ok = check_new_id(edit, kind, composed) == 0;
	return composed;
}

static int check_required(struct edit *edit, const struct kind *kind, const struct vec *all)
{
	int rc = 0;

	for (size_t i = 0; i < kind_field_total(kind); i++) {
		const struct field *field = kind_field(kind, i);
		if (!(field->flags & FIELD_REQUIRED) || field->fallback ||
			find_pending(all, slice_of(field->name)))
			continue;
		diagnose(edit->found, nowhere, "field-missing", N_("a %s needs '%s'"), kind->name,
			field->name, NULL);
		rc = -1;
	}
	return rc;
}

static int write_record(struct edit *edit, struct added *added, const struct vec *pending,
	const char *file, struct err *err)
{
	struct document *document;
	long after;
	int rc = place_new(edit, added, file, &document, &after, err);

	if (rc != 0)
		return rc;
	size_t section =
		ini_doc_add(&document->doc, after, header_text(edit, added->kind, added->id));
	document_changed(document);
	pending_write(edit, document, section, added->kind, pending);
	added->document = document;
	vec_append(&edit->added, added);
	if (edit_check_section(edit, added->kind, NULL, document, section) != 0 ||
		edit_check_loop(edit, added->kind, NULL, added->id, document, section) != 0 ||
		edit_check_circle(edit, added->kind, NULL, added->folded, document, section) != 0)
		return ERR_INPUT;
	return 0;
}

int edit_add(struct edit *edit, const struct kind *kind, struct slice id,
	const struct assignment *assignments, size_t count, const char *file, struct err *err)
{
	bool id_ok;
	struct added added = { .kind = kind, .id = edit_new_id(edit, kind, id, &id_ok) };
	struct vec pending;
	int rc = id_ok ? 0 : ERR_INPUT;

	added.folded = id_fold(added.id, &edit->arena);
	vec_init(&pending, sizeof(struct pending));
	if (pending_make(edit, kind, NULL, NULL, 0, assignments, count, &pending) != 0 ||
		check_required(edit, kind, &pending) != 0)
		rc = ERR_INPUT;
	const struct pending *parent = find_pending(&pending, slice_of("parent"));
	if (parent && !parent->unset)
		added.parent = id_fold(parent->text, &edit->arena);
	if (rc == 0)
		rc = write_record(edit, &added, &pending, file, err);
	vec_release(&pending);
	return rc;
}
