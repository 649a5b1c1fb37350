#include "report/explain.h"

#include "base/alloc.h"
#include "base/diagnostic_table.h"
#include "base/utf8.h"
#include "model/kind.h"

#include <string.h>

static const char *const severity_words[] = { "note", "warning", "error" };
static const enum tone severity_tones[] = { TONE_NONE, TONE_WATCH, TONE_BAD };

static struct cell literal(struct doc *doc, const char *text)
{
	return cell_text(&doc->arena, slice_trim(slice_of(text)));
}

/* The first thing explained is the document's title. */
static void heading(struct doc *doc, struct cell text)
{
	if (doc->title.type == CELL_NONE)
		doc_title(doc, text);
	else
		doc_heading(doc, 1, text);
}

static struct cell severity_cell(struct doc *doc, enum severity severity)
{
	struct cell cell = cell_word(&doc->arena, slice_of(severity_words[severity]));

	cell.tone = severity_tones[severity];
	return cell;
}

static void index_findings(struct doc *doc)
{
	struct table *table = doc_table(doc, "findings", N_("Findings"));

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "summary", N_("summary"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < diagnostic_table_len; i++) {
		const struct diagnostic_entry *entry = &diagnostic_table[i];
		struct row *row = table_row(table);

		row->cells[0] = literal(doc, entry->id);
		row->cells[1] = severity_cell(doc, entry->severity);
		row->cells[2] = cell_message(entry->summary);
	}
}

static void index_kinds(struct doc *doc)
{
	struct table *table = doc_table(doc, "kinds", N_("Kinds of records"));

	table_column(table, "name", N_("kind"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "doc", N_("meaning"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < kinds_count; i++) {
		struct row *row = table_row(table);

		row->cells[0] = literal(doc, kinds_all[i]->name);
		row->cells[1] = cell_message(kinds_all[i]->doc);
	}
}

static void index_types(struct doc *doc)
{
	struct table *table = doc_table(doc, "types", N_("Types of values"));

	table_column(table, "name", N_("type"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "expected", N_("how it is written"), ALIGN_LEFT, PRIORITY_MUST)->grow =
		true;
	for (int type = 0; type < TYPE_COUNT; type++) {
		struct row *row = table_row(table);

		row->cells[0] = cell_message(type_name((enum field_type)type));
		row->cells[1] = cell_message(type_expected((enum field_type)type));
	}
}

void explain_index(struct doc *doc)
{
	doc_title(doc, cell_message(N_("What pmt can explain")));
	index_findings(doc);
	index_kinds(doc);
	index_types(doc);
}

static void explain_finding(struct doc *doc, const struct diagnostic_entry *entry)
{
	struct block *pairs;

	heading(doc, literal(doc, entry->id));
	pairs = doc_pairs(doc, "finding");
	pairs_add(doc, pairs, "id", NULL, literal(doc, entry->id));
	pairs_add(doc, pairs, "severity", N_("severity"), severity_cell(doc, entry->severity));
	pairs_add(doc, pairs, "summary", N_("summary"), cell_message(entry->summary));
	pairs_add(doc, pairs, "explain", N_("why"), cell_message(entry->explain));
	if (entry->example)
		pairs_add(doc, pairs, "example", N_("example"), literal(doc, entry->example));
	pairs_add(doc, pairs, "fix", N_("what to do"), cell_message(entry->fix));
}

/* "task", "resource, team": what a reference may name. */
static struct cell word_list(struct doc *doc, const char *words)
{
	struct slice rest = slice_of(words), word;
	struct cell cells[64];
	size_t count = 0;

	while (count < ARRAY_SIZE(cells) && slice_next(&rest, "|", &word))
		cells[count++] = cell_word(&doc->arena, word);
	return cell_list(&doc->arena, cells, count);
}

static const char *class_text(enum field_class class)
{
	switch (class) {
	case CLASS_AUTHORITY:
		return N_("authority: changing it needs a majority of key holders or its own rule");
	case CLASS_PLAN: return N_("plan: an approved change binds it");
	case CLASS_FACT: return N_("fact: what happened");
	case CLASS_FREE: break;
	}
	return N_("free");
}

static void explain_field(struct doc *doc, const struct kind *kind, const struct field *field)
{
	struct block *pairs;

	heading(doc, cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%s.%s", kind->name,
						    field->name))));
	pairs = doc_pairs(doc, "field");
	pairs_add(doc, pairs, "kind", N_("kind"), literal(doc, kind->name));
	pairs_add(doc, pairs, "name", N_("field"), literal(doc, field->name));
	pairs_add(doc, pairs, "doc", N_("meaning"), cell_message(field->doc));
	pairs_add(doc, pairs, "type", N_("type"), cell_message(type_name(field->type)));
	if (field->type == TYPE_ENUM)
		pairs_add(doc, pairs, "words", N_("words"), word_list(doc, field->of));
	else
		pairs_add(doc, pairs, "expected", N_("how it is written"),
			cell_message(type_expected(field->type)));
	if (field->of && field->type != TYPE_ENUM)
		pairs_add(doc, pairs, "of", N_("refers to"), word_list(doc, field->of));
	if (field->fallback)
		pairs_add(doc, pairs, "fallback", N_("when absent"), literal(doc, field->fallback));
	pairs_add(
		doc, pairs, "required", N_("required"), cell_yesno(field->flags & FIELD_REQUIRED));
	pairs_add(
		doc, pairs, "computed", N_("computed"), cell_yesno(field->flags & FIELD_COMPUTED));
	pairs_add(doc, pairs, "class", N_("class"), cell_message(class_text(field->class)));
}

static const char *identity_text(const struct kind *kind)
{
	if (kind->flags & KIND_SINGLE)
		return N_("there is one, without an id");
	if (kind->flags & KIND_JOURNAL)
		return N_("the record it is about; its keys are dates");
	if (kind->flags & KIND_RANDOM)
		return N_("random, never changed");
	return kind->prefix ? N_("the next number") : N_("a name");
}

/* risks/%s.ini as people write it: risks/ID.ini. */
static struct cell place_cell(struct doc *doc, const struct kind *kind)
{
	struct strbuf text;
	struct cell cell;

	strbuf_init(&text);
	for (const char *at = kind->place ? kind->place : "pmt.ini"; *at; at++) {
		if (*at != '%') {
			strbuf_add_char(&text, *at);
			continue;
		}
		at++;
		strbuf_add_str(&text, *at == 'Y' ? "YYYY" : *at == 'm' ? "MM" : "ID");
	}
	cell = cell_text(&doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

static struct cell fallback_cell(struct doc *doc, const struct field *field)
{
	if (field->flags & FIELD_COMPUTED)
		return cell_message(N_("computed"));
	if (field->flags & FIELD_REQUIRED)
		return cell_message(N_("required"));
	return field->fallback ? literal(doc, field->fallback)
			       : cell_text(&doc->arena, slice_of(""));
}

static void kind_fields(struct doc *doc, const struct kind *kind)
{
	struct table *table = doc_table(doc, "fields", N_("Fields"));
	size_t total = kind_field_total(kind);

	table_column(table, "name", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "fallback", N_("when absent"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "doc", N_("meaning"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "of", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < total; i++) {
		const struct field *field = kind_field(kind, i);
		struct row *row = table_row(table);

		row->cells[0] = literal(doc, field->name);
		row->cells[1] = cell_message(type_name(field->type));
		row->cells[2] = fallback_cell(doc, field);
		row->cells[3] = cell_message(field->doc);
		if (field->of)
			row->cells[4] = literal(doc, field->of);
	}
}

static void explain_kind(struct doc *doc, const struct kind *kind)
{
	struct block *pairs;

	heading(doc, literal(doc, kind->name));
	pairs = doc_pairs(doc, "kind");
	pairs_add(doc, pairs, "name", N_("kind"), literal(doc, kind->name));
	pairs_add(doc, pairs, "doc", N_("meaning"), cell_message(kind->doc));
	if (kind->explain)
		pairs_add(doc, pairs, "explain", N_("more"), cell_message(kind->explain));
	pairs_add(doc, pairs, "ids", N_("ids"), cell_message(identity_text(kind)));
	if (kind->prefix)
		pairs_add(doc, pairs, "prefix", N_("prefix"), literal(doc, kind->prefix));
	pairs_add(doc, pairs, "place", N_("file"), place_cell(doc, kind));
	if (kind->example)
		pairs_add(doc, pairs, "example", N_("example"), literal(doc, kind->example));
	kind_fields(doc, kind);
}

static void explain_type(struct doc *doc, enum field_type type)
{
	struct block *pairs;

	heading(doc, cell_message(type_name(type)));
	pairs = doc_pairs(doc, "type");
	pairs_add(doc, pairs, "name", N_("type"), cell_message(type_name(type)));
	pairs_add(
		doc, pairs, "expected", N_("how it is written"), cell_message(type_expected(type)));
}

/* "task.depends" */
static bool explain_dotted(struct doc *doc, struct slice topic)
{
	size_t dot = slice_find(topic, '.'), index;
	const struct kind *kind = kind_find(slice_new(topic.at, dot));

	if (dot == topic.len || !kind)
		return false;
	index = kind_field_find(kind, slice_from(topic, dot + 1));
	if (index >= FIELD_CUSTOM)
		return false;
	explain_field(doc, kind, kind_field(kind, index));
	return true;
}

/* A field's name alone: the field of the one kind that has it, or a table of all that do. */
static size_t kinds_with_field(struct slice name, const struct kind **kinds)
{
	size_t count = 0;

	for (size_t k = 0; k < kinds_count; k++)
		if (kind_field_find(kinds_all[k], name) < kinds_all[k]->field_count)
			kinds[count++] = kinds_all[k];
	return count;
}

static const struct field *common_field(struct slice name)
{
	for (size_t i = 0; i < common_field_count; i++)
		if (slice_is(name, common_fields[i].name))
			return &common_fields[i];
	return NULL;
}

static void field_row(
	struct doc *doc, struct table *table, const char *kind, const struct field *field)
{
	struct row *row = table_row(table);

	row->cells[0] = literal(doc, kind);
	row->cells[1] = cell_message(type_name(field->type));
	row->cells[2] = cell_message(field->doc);
	if (field->of)
		row->cells[3] = literal(doc, field->of);
}

static bool explain_everywhere(struct doc *doc, struct slice name)
{
	const struct kind **kinds = arena_calloc(&doc->arena, kinds_count, sizeof(struct kind *));
	size_t count = kinds_with_field(name, kinds);
	const struct field *common = common_field(name);
	struct table *table;

	if (!count && !common)
		return false;
	if (count == 1 && !common) {
		explain_field(doc, kinds[0], kind_field(kinds[0], kind_field_find(kinds[0], name)));
		return true;
	}
	heading(doc, cell_text(&doc->arena, name));
	table = doc_table(doc, "fields", NULL);
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "doc", N_("meaning"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "of", NULL, ALIGN_LEFT, PRIORITY_DATA);
	if (common)
		field_row(doc, table, "*", common);
	for (size_t i = 0; i < count; i++)
		field_row(doc, table, kinds[i]->name,
			kind_field(kinds[i], kind_field_find(kinds[i], name)));
	return true;
}

static bool explain_named(struct doc *doc, struct slice topic, const char *name)
{
	const struct diagnostic_entry *entry = diagnostic_entry_find(name);
	const struct kind *kind = kind_find(topic);
	bool found = entry || kind;

	if (entry)
		explain_finding(doc, entry);
	if (kind)
		explain_kind(doc, kind);
	for (int type = 0; type < TYPE_COUNT; type++)
		if (slice_is(topic, type_name((enum field_type)type))) {
			explain_type(doc, (enum field_type)type);
			found = true;
		}
	return found;
}

static const char *nearest_topic(struct slice topic)
{
	const char *names[512];
	size_t count = 0;
	int nearest;

	for (size_t i = 0; i < diagnostic_table_len && count < ARRAY_SIZE(names); i++)
		names[count++] = diagnostic_table[i].id;
	for (size_t i = 0; i < kinds_count && count < ARRAY_SIZE(names); i++)
		names[count++] = kinds_all[i]->name;
	for (int type = 0; type < TYPE_COUNT && count < ARRAY_SIZE(names); type++)
		names[count++] = type_name((enum field_type)type);
	nearest = utf8_nearest(topic, names, count);
	return nearest < 0 ? NULL : names[nearest];
}

int explain_topic(struct doc *doc, struct slice topic, struct err *err)
{
	const char *name = arena_strndup(&doc->arena, topic.at, topic.len), *nearest;
	bool named = explain_named(doc, topic, name);

	doc->single = true;
	if (named || explain_dotted(doc, topic) || explain_everywhere(doc, topic))
		return 0;
	nearest = nearest_topic(topic);
	err_set(err, ERR_USAGE, "nothing is known about '%s'", name);
	if (nearest)
		err_hint(err, "did you mean '%s'?", nearest);
	else
		err_hint(err, "'pmt explain' lists what can be explained");
	return ERR_USAGE;
}
