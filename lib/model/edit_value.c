/*
 * Values on their way in: which field is meant, is the value one, how it is written.
 */
#include "model/edit-internal.h"
#include "model/journal-internal.h"

static const struct place nowhere = { NULL, 0, 0 };

int new_value_find(
	struct edit *edit, const struct kind *kind, struct slice key, struct new_value *out)
{
	const char *why;

	*out = (struct new_value){ .kind = kind, .key = key, .index = FIELD_CUSTOM };
	if (key_is_moment(kind, key)) {
		moment_t when;
		bool has_time;
		if (moment_parse(key, &when, &has_time) == CIVIL_OK)
			return 0;
		diagnose(edit->found, nowhere, "value-syntax",
			N_("'%s' is no date; expected one like 2026-03-02"), edit_text(edit, key),
			NULL);
		return -1;
	}
	out->index = kind_field_find(kind, key);
	if (out->index == FIELD_UNKNOWN) {
		const char *near = kind_field_nearest(kind, key);
		struct diagnostic *finding = diagnose(edit->found, nowhere, "field-unknown",
			N_("unknown field '%s' of a %s"), edit_text(edit, key), kind->name, NULL);
		if (near)
			diagnostic_hint(edit->found, finding, N_("did you mean '%s'?"), near);
		return -1;
	}
	if (out->index == FIELD_CUSTOM) {
		if (ini_name_ok(key, false, &why))
			return 0;
		diagnose(edit->found, nowhere, "value-syntax",
			N_("'%s' cannot be a field name: %s"), edit_text(edit, key), why, NULL);
		return -1;
	}
	out->field = kind_field(kind, out->index);
	if (!(out->field->flags & FIELD_COMPUTED))
		return 0;
	diagnose(edit->found, nowhere, "field-computed", N_("'%s' is computed: it is not written"),
		out->field->name, NULL);
	return -1;
}

static void report(
	struct edit *edit, const struct new_value *value, const struct value_fault *fault)
{
	struct diagnostic *finding = diagnose(edit->found, nowhere, fault->id,
		N_("%s: '%s': expected %s"), edit_text(edit, value->key),
		edit_text(edit, fault->found), fault->expected, NULL);

	if (fault->nearest.len > 0)
		diagnostic_hint(edit->found, finding, N_("did you mean '%s'?"),
			edit_text(edit, fault->nearest));
}

/* Completing references: "t-2" becomes the id as its record writes it. */
struct completing {
	struct edit *edit;
	const struct new_value *value;
	struct slice text;
	struct strbuf *out;
	size_t done;
	int failures;
};

static void report_reference(struct completing *completing, const struct reference *reference)
{
	struct edit *edit = completing->edit;
	const char *id = edit_text(edit, reference->id);
	const struct reference any = { .id = reference->id };
	const struct record *other = reference_target(edit->project, &any);
	struct diagnostic *finding;

	completing->failures++;
	if (other) {
		diagnose(edit->found, nowhere, "ref-kind", N_("%s: '%s' is a %s; expected a %s"),
			edit_text(edit, completing->value->key), id, other->kind->name,
			reference->kinds, NULL);
		return;
	}
	finding = diagnose(edit->found, nowhere, "ref-unknown", N_("%s: there is no %s '%s'"),
		edit_text(edit, completing->value->key), reference->kinds, id, NULL);
	const char *near =
		reference_nearest(edit->project, reference->kinds, reference->id, &edit->arena);
	if (near)
		diagnostic_hint(edit->found, finding, N_("did you mean '%s'?"), near);
}

/* Exact first; then what the id may be short for. */
static struct slice complete(struct edit *edit, const struct reference *reference)
{
	struct slice rest = slice_of(reference->kinds), name, known = { NULL, 0 };

	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		known = kind ? edit_known_id(edit, kind, reference->id) : known;
		if (known.len > 0)
			return known;
	}
	for (rest = slice_of(reference->kinds); slice_next(&rest, "|", &name);) {
		const struct kind *kind = kind_find(name);
		const struct record *record =
			kind ? project_resolve(edit->project, kind, reference->id, false, NULL)
			     : NULL;
		if (record && known.len > 0)
			return slice_new(NULL, 0); /* fits records of two kinds */
		if (record)
			known = record->id;
	}
	return known;
}

static void complete_one(void *context, const struct reference *reference)
{
	struct completing *completing = context;

	if (reference->foreign || reference->loose || !reference->kinds)
		return;
	struct slice id = complete(completing->edit, reference);
	if (id.len == 0) {
		/* What an overlay that is not here may hold cannot be judged. */
		if (completing->edit->project->overlay != OVERLAY_ABSENT)
			report_reference(completing, reference);
		return;
	}
	strbuf_add(completing->out, completing->text.at + completing->done,
		reference->at - completing->done);
	strbuf_add_slice(completing->out, id);
	completing->done = reference->at + reference->id.len;
}

static int complete_references(
	struct edit *edit, const struct new_value *value, struct slice text, struct slice *out)
{
	struct strbuf buffer;
	struct completing completing = { edit, value, text, &buffer, 0, 0 };

	strbuf_init(&buffer);
	reference_each(value->field, text, complete_one, &completing);
	strbuf_add_slice(&buffer, slice_from(text, completing.done));
	*out = arena_slice(&edit->arena, strbuf_slice(&buffer));
	strbuf_release(&buffer);
	return completing.failures ? -1 : 0;
}

/* Canonical text of a value of the field's type. */
static int canonical(
	struct edit *edit, const struct new_value *value, struct slice text, struct slice *out)
{
	struct value_fault fault;
	struct value parsed;
	struct strbuf printed;

	if (reference_field(value->field) &&
		complete_references(edit, value, text, &text) != 0)
		return -1;
	if (value_parse(&parsed, value->field, text, &edit->values, &edit->arena, &fault) != 0) {
		report(edit, value, &fault);
		return -1;
	}
	strbuf_init(&printed);
	value_print(&parsed, edit->values.units, &printed);
	*out = arena_slice(&edit->arena, strbuf_slice(&printed));
	strbuf_release(&printed);
	return 0;
}

/* Text as it can stand in a file, for what has no type of its own. */
static int plain(
	struct edit *edit, const struct new_value *value, struct slice text, struct slice *out)
{
	const char *why;

	*out = slice_trim(text);
	if (ini_value_ok(*out, &why))
		return 0;
	diagnose(edit->found, nowhere, "value-syntax", N_("%s: the value cannot be written: %s"),
		edit_text(edit, value->key), why, NULL);
	return -1;
}

static int journal_value(struct edit *edit, const struct new_value *value, struct slice text)
{
	struct slice rest = text, line;
	struct value_fault fault;
	int rc = 0;

	while (slice_next(&rest, "\n", &line)) {
		if (line.len == 0 ||
			journal_line_fault(value->kind, line, &edit->project->units, &fault) == 0)
			continue;
		report(edit, value, &fault);
		rc = -1;
	}
	return rc;
}

static const char *separators(const struct field *field)
{
	return field && (field->type == TYPE_LINES || field->type == TYPE_TEXT ||
				field->type == TYPE_DATES)
		       ? "\n"
		       : ",\n";
}

/* The id an item is about: "T-7" of "T-7 SS+2d", the whole item where there is none. */
static void note_id(void *context, const struct reference *reference)
{
	struct slice *id = context;

	if (id->len == 0)
		*id = reference->id;
}

static bool same_item(
	struct edit *edit, const struct field *field, struct slice item, struct slice wanted)
{
	struct slice id = { NULL, 0 };

	if (slice_equal(item, wanted) || same_value(edit, field, item, wanted))
		return true;
	if (!field || !reference_field(field))
		return false;
	reference_each(field, item, note_id, &id);
	return slice_equal(id_fold(id, &edit->arena), id_fold(wanted, &edit->arena));
}

static bool has_item(
	struct edit *edit, const struct field *field, struct slice list, struct slice wanted)
{
	struct slice item;

	while (slice_next(&list, separators(field), &item))
		if (item.len > 0 &&
			(slice_equal(item, wanted) || same_value(edit, field, item, wanted)))
			return true;
	return false;
}

/* The list as it stands with the new items behind, in its own style: by commas, or one a line. */
static struct slice add_items(
	struct edit *edit, const struct field *field, struct slice old, struct slice items)
{
	const char *separator =
		separators(field)[0] == '\n' || slice_find(old, '\n') < old.len ? "\n" : ", ";
	struct slice item;
	struct strbuf out;

	strbuf_init(&out);
	strbuf_add_slice(&out, old);
	while (slice_next(&items, separators(field), &item)) {
		if (item.len == 0 || has_item(edit, field, old, item))
			continue;
		if (out.len > 0)
			strbuf_add_str(&out, separator);
		strbuf_add_slice(&out, item);
	}
	struct slice text = arena_slice(&edit->arena, strbuf_slice(&out));
	strbuf_release(&out);
	return text;
}

static bool remove_item(struct edit *edit, const struct field *field, struct slice old,
	struct slice wanted, struct strbuf *out)
{
	bool lines = slice_find(old, '\n') < old.len, removed = false;
	struct slice item;

	while (slice_next(&old, separators(field), &item)) {
		if (item.len > 0 && same_item(edit, field, item, wanted)) {
			removed = true;
		} else if (item.len > 0) {
			if (out->len > 0)
				strbuf_add_str(out, lines ? "\n" : ", ");
			strbuf_add_slice(out, item);
		}
	}
	return removed;
}

static int remove_items(struct edit *edit, const struct new_value *value, struct slice old,
	struct slice items, struct slice *out)
{
	struct slice item;

	while (slice_next(&items, separators(value->field), &item)) {
		struct strbuf rest;
		if (item.len == 0)
			continue;
		strbuf_init(&rest);
		bool removed = remove_item(edit, value->field, old, item, &rest);
		if (removed)
			old = arena_slice(&edit->arena, strbuf_slice(&rest));
		strbuf_release(&rest);
		if (removed)
			continue;
		diagnose(edit->found, nowhere, "item-unknown", N_("%s: '%s' is not in the list"),
			edit_text(edit, value->key), edit_text(edit, item), NULL);
		return -1;
	}
	*out = old;
	return 0;
}

static bool takes_items(const struct new_value *value)
{
	return !value->field || value->field->type == TYPE_TEXT ||
	       value_is_list(value->field->type);
}

int new_value_make(struct edit *edit, const struct new_value *value, struct slice old,
	const struct assignment *assignment, struct slice *out)
{
	const struct field *field = value->field;
	struct slice text = slice_trim(assignment->value);

	if (assignment->operator!= EDIT_SET && !takes_items(value)) {
		diagnose(edit->found, nowhere, "value-syntax",
			N_("%s is no list: use = instead of += and -="),
			edit_text(edit, value->key), NULL);
		return -1;
	}
	*out = text;
	if (text.len == 0)
		return assignment->operator== EDIT_SET ? 0 : (*out = old, 0);
	if (assignment->operator== EDIT_REMOVE)
		return remove_items(edit, value, old, text, out);
	if (!field && plain(edit, value, text, &text) != 0)
		return -1;
	if (!field && key_is_moment(value->kind, value->key) &&
		journal_value(edit, value, text) != 0)
		return -1;
	if (field && canonical(edit, value, text, &text) != 0)
		return -1;
	if (field && plain(edit, value, text, &text) != 0)
		return -1;
	*out = assignment->operator== EDIT_ADD ? add_items(edit, field, old, text) : text;
	return 0;
}

bool same_value(struct edit *edit, const struct field *field, struct slice old, struct slice text)
{
	struct value_context context = { .units = edit->values.units };
	struct value_fault fault;
	struct value a, b;

	if (slice_equal(old, text))
		return true;
	if (!field || value_parse(&a, field, old, &context, &edit->arena, &fault) != 0 ||
		value_parse(&b, field, text, &context, &edit->arena, &fault) != 0)
		return false;
	struct strbuf before, after;
	strbuf_init(&before);
	strbuf_init(&after);
	value_print(&a, edit->values.units, &before);
	value_print(&b, edit->values.units, &after);
	bool same = slice_equal(strbuf_slice(&before), strbuf_slice(&after));
	strbuf_release(&before);
	strbuf_release(&after);
	return same;
}
