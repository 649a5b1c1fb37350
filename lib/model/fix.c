#include "model/fix.h"

#include "model/edit-internal.h"
#include "model/fix-internal.h"

#include <string.h>

struct fixing {
	struct edit *edit;
	struct vec *mended;
	struct err *err;
};

static void note(struct fixing *fixing, const struct document *document, const char *id,
	const char *format, const char *argument)
{
	struct mending *mending = vec_push(fixing->mended);

	*mending = (struct mending){ document->path, id, format, argument };
}

static int replace_text(struct fixing *fixing, struct document *document, const struct strbuf *text)
{
	ini_doc_release(&document->doc);
	document_changed(document);
	return ini_doc_parse(&document->doc, strbuf_slice(text), fixing->err);
}

static int fix_file(struct fixing *fixing, struct document *document, const char *id)
{
	struct strbuf text;
	int rc = 0;

	strbuf_init(&text);
	if (strcmp(id, "ini-cr") == 0 && fix_line_ends(document->original, &text)) {
		note(fixing, document, id, N_("line ends are LF now"), NULL);
		rc = replace_text(fixing, document, &text);
	} else if (strcmp(id, "ini-utf8") == 0 && fix_encoding(document->original, &text)) {
		note(fixing, document, id, N_("the file is UTF-8 now"), NULL);
		rc = replace_text(fixing, document, &text);
	}
	strbuf_release(&text);
	return rc;
}

static bool section_of(struct fixing *fixing, struct document *document, size_t section,
	struct header *header, struct slice *folded)
{
	*header = header_parse(ini_doc_header(&document->doc, section));
	if (!header->kind)
		return false;
	*folded = id_fold(header->id, &fixing->edit->arena);
	return true;
}

static void compose_header(struct fixing *fixing, struct document *document, size_t section,
	const struct header *header)
{
	struct slice composed = id_compose(header->id, &fixing->edit->arena);

	if (slice_equal(composed, header->id))
		return;
	ini_doc_rename(&document->doc, section, header_text(fixing->edit, header->kind, composed));
	document_changed(document);
	note(fixing, document, "id-nfc", N_("the id '%s' is in composed form now"),
		edit_text(fixing->edit, composed));
}

static void compose_references(
	struct fixing *fixing, struct document *document, size_t section, const struct kind *kind)
{
	for (size_t i = 0; i < ini_doc_key_count(&document->doc, section); i++) {
		struct slice key = ini_doc_key(&document->doc, section, i), value;
		size_t index = kind_field_find(kind, key);
		if (index >= FIELD_CUSTOM || !reference_field(kind_field(kind, index)) ||
			!ini_doc_get(&document->doc, section, key, &value))
			continue;
		struct slice composed = id_compose(value, &fixing->edit->arena);
		if (slice_equal(composed, value))
			continue;
		ini_doc_set(&document->doc, section, key, composed, NULL);
		note(fixing, document, "id-nfc", N_("the ids in '%s' are in composed form now"),
			edit_text(fixing->edit, key));
	}
}

static void fix_ids(struct fixing *fixing, struct document *document)
{
	struct header header;
	struct slice folded;

	for (size_t i = 0; i < ini_doc_section_count(&document->doc); i++) {
		if (!section_of(fixing, document, i, &header, &folded))
			continue;
		compose_header(fixing, document, i, &header);
		compose_references(fixing, document, i, header.kind);
	}
}

static bool says_same(struct document *a, size_t section, struct document *b, size_t other)
{
	size_t count = ini_doc_key_count(&a->doc, section);

	if (count != ini_doc_key_count(&b->doc, other))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct slice key = ini_doc_key(&a->doc, section, i), x, y;
		if (!ini_doc_get(&a->doc, section, key, &x) ||
			!ini_doc_get(&b->doc, other, key, &y) || !slice_equal(x, y))
			return false;
	}
	return true;
}

static int fix_sections(struct fixing *fixing, struct document *document)
{
	struct edit *edit = fixing->edit;
	struct header header;
	struct slice folded;

	for (size_t i = ini_doc_section_count(&document->doc); i-- > 0;) {
		struct document *first;
		size_t section;
		if (!section_of(fixing, document, i, &header, &folded) ||
			(header.kind->flags & KIND_JOURNAL))
			continue;
		const struct record *record = project_find(edit->project, header.kind, folded);
		if (!record)
			continue;
		int rc = edit_locate(edit, record, &first, &section, fixing->err);
		if (rc != 0)
			return rc;
		if ((first == document && section == i) || !says_same(document, i, first, section))
			continue;
		note(fixing, document, "duplicate-record",
			N_("removed the second [%s], which says the same"),
			edit_text(edit, ini_doc_header(&document->doc, i)));
		ini_doc_remove(&document->doc, i);
		document_changed(document);
	}
	return 0;
}

/* Values of one key, first and later ones: the document gives the first, so the first is taken out
 * to see the next. */
static bool one_value(struct document *document, size_t section, struct slice key, size_t times)
{
	struct ini_doc copy;
	struct strbuf text;
	struct slice first, next;
	bool same = true;

	strbuf_init(&text);
	ini_doc_copy(&document->doc, section, &text);
	if (ini_doc_parse(&copy, strbuf_slice(&text), NULL) == 0) {
		same = ini_doc_get(&copy, 0, key, &first);
		for (size_t i = 1; same && i < times; i++) {
			ini_doc_unset(&copy, 0, key);
			same = ini_doc_get(&copy, 0, key, &next) && slice_equal(first, next);
		}
		ini_doc_release(&copy);
	}
	strbuf_release(&text);
	return same;
}

static void fix_keys(struct fixing *fixing, struct document *document)
{
	for (size_t s = 0; s < ini_doc_section_count(&document->doc); s++) {
		for (size_t i = 0; i < ini_doc_key_count(&document->doc, s); i++) {
			struct slice key = ini_doc_key(&document->doc, s, i);
			size_t times = 1;
			for (size_t j = i + 1; j < ini_doc_key_count(&document->doc, s); j++)
				times += slice_equal(key, ini_doc_key(&document->doc, s, j));
			if (times == 1 || !one_value(document, s, key, times))
				continue;
			note(fixing, document, "duplicate-key",
				N_("removed the second '%s', which says the same"),
				edit_text(fixing->edit, key));
			for (const char *name = edit_text(fixing->edit, key); times > 1; times--)
				ini_doc_unset(&document->doc, s, slice_of(name));
		}
	}
}

static bool unique_items(struct edit *edit, struct slice list, struct strbuf *out)
{
	bool lines = slice_find(list, '\n') < list.len, repeated = false;
	struct slice item;
	struct map seen;

	map_init(&seen);
	while (slice_next(&list, ",\n", &item)) {
		if (item.len == 0)
			continue;
		if (!map_add(&seen, id_fold(item, &edit->arena), 1, NULL)) {
			repeated = true;
			continue;
		}
		if (out->len > 0)
			strbuf_add_str(out, lines ? "\n" : ", ");
		strbuf_add_slice(out, item);
	}
	map_release(&seen);
	return repeated;
}

static void fix_items(struct fixing *fixing, struct document *document)
{
	struct header header;
	struct slice folded, value;

	for (size_t s = 0; s < ini_doc_section_count(&document->doc); s++) {
		if (!section_of(fixing, document, s, &header, &folded))
			continue;
		for (size_t i = 0; i < ini_doc_key_count(&document->doc, s); i++) {
			struct slice key = ini_doc_key(&document->doc, s, i);
			size_t index = kind_field_find(header.kind, key);
			struct strbuf list;
			if (index >= FIELD_CUSTOM ||
				kind_field(header.kind, index)->type != TYPE_REFS ||
				!ini_doc_get(&document->doc, s, key, &value))
				continue;
			strbuf_init(&list);
			if (unique_items(fixing->edit, value, &list)) {
				note(fixing, document, "duplicate-item",
					N_("removed the repetition in '%s'"),
					edit_text(fixing->edit, key));
				ini_doc_set(&document->doc, s, key, strbuf_slice(&list), NULL);
			}
			strbuf_release(&list);
		}
	}
}

static int fix_one(struct fixing *fixing, const char *path, const char *id)
{
	struct document *document;
	int rc = document_open(fixing->edit, path, &document, fixing->err);

	if (rc != 0)
		return rc;
	if (strcmp(id, "ini-cr") == 0 || strcmp(id, "ini-utf8") == 0)
		return fix_file(fixing, document, id);
	if (strcmp(id, "id-nfc") == 0 || strcmp(id, "id-syntax") == 0)
		fix_ids(fixing, document);
	else if (strcmp(id, "duplicate-key") == 0)
		fix_keys(fixing, document);
	else if (strcmp(id, "duplicate-item") == 0)
		fix_items(fixing, document);
	else if (strcmp(id, "duplicate-record") == 0)
		return fix_sections(fixing, document);
	return 0;
}

/* Each fault of a file once: one pass mends all of its kind. Encodings come first and hide the rest
 * of their file. */
int fix_faults(
	struct edit *edit, const struct diagnostics *found, struct vec *mended, struct err *err)
{
	static const char *const ids[] = { "ini-utf8", "ini-cr", "id-nfc", "id-syntax",
		"duplicate-key", "duplicate-item", "duplicate-record" };
	const struct diagnostic *items = found->items.items;
	struct fixing fixing = { edit, mended, err };
	struct map done;
	int rc = 0;

	map_init(&done);
	for (size_t k = 0; rc == 0 && k < sizeof(ids) / sizeof(ids[0]); k++) {
		for (size_t i = 0; rc == 0 && i < found->items.len; i++) {
			const char *path = items[i].place.path;
			bool whole = k < 2;
			if (!path || strcmp(items[i].id, ids[k]) != 0)
				continue;
			struct slice file = slice_of(arena_strdup(&edit->arena, path));
			struct slice pass =
				slice_of(arena_printf(&edit->arena, "%s\n%s", path, ids[k]));
			if (map_get(&done, file, NULL) || !map_add(&done, pass, 1, NULL))
				continue;
			if (whole)
				map_add(&done, file, 1, NULL);
			rc = fix_one(&fixing, path, ids[k]);
		}
	}
	map_release(&done);
	return rc;
}
