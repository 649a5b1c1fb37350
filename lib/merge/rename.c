/*
 * Giving records of one side other ids, all at once (also in a ring), with every reference to them: in fields, in
 * the lines and headers of journals, in the lines of baselines, and in the name of a file that is named after the
 * record. O(bytes of the tree).
 */
#include "merge/merge-internal.h"

#include "model/reference.h"
#include "text/ini.h"

#include <string.h>

struct rename {
	struct tree *tree;
	struct arena *arena;
	struct map ids; /* key of a record → its struct renaming */
	struct strbuf key;
	/* of the value at hand */
	struct slice text;
	struct strbuf out;
	size_t done;
	bool changed;
};

/* The record of a kind with that id, or NULL. */
static const struct section *find_record(struct rename *rename, const struct kind *kind, struct slice id)
{
	struct slice folded;
	char small[ID_SMALL];

	if (!kind)
		return NULL;
	if (!id_fold_small(id, small, sizeof(small), &folded))
		folded = id_fold(id, rename->arena);
	strbuf_reset(&rename->key);
	strbuf_addf(&rename->key, "%s\n%.*s", kind->name, (int)folded.len, folded.at);
	return tree_find(rename->tree, strbuf_slice(&rename->key));
}

/* As reference_target has it: of several kinds the first that has the id. */
static const struct section *find_target(struct rename *rename, const char *kinds, struct slice id)
{
	const struct section *found = NULL;
	struct slice rest = slice_of(kinds), word;

	if (kinds && strcmp(kinds, "*") != 0) {
		while (!found && slice_next(&rest, "|", &word))
			found = find_record(rename, kind_find(word), id);
		return found;
	}
	for (size_t k = 0; k < kinds_count && !found; k++)
		if (!(kinds_all[k]->flags & KIND_JOURNAL))
			found = find_record(rename, kinds_all[k], id);
	return found;
}

static const struct renaming *renaming_of(const struct rename *rename, const struct section *section)
{
	return section ? map_get_pointer(&rename->ids, section->key) : NULL;
}

static void replace(struct rename *rename, struct slice id, const struct renaming *renaming)
{
	size_t at = (size_t)(id.at - rename->text.at);

	strbuf_add(&rename->out, rename->text.at + rename->done, at - rename->done);
	strbuf_add_slice(&rename->out, renaming->new_id);
	rename->done = at + id.len;
	rename->changed = true;
}

static void visit(void *context, const struct reference *reference)
{
	struct rename *rename = context;
	const struct renaming *renaming = NULL;

	if (!reference->foreign)
		renaming = renaming_of(rename, find_target(rename, reference->kinds, reference->id));
	if (renaming)
		replace(rename, slice_new(rename->text.at + reference->at, reference->id.len), renaming);
}

/* "T-7 2026-03-02T09:00 …": the tasks that were frozen. */
static void visit_frozen(struct rename *rename)
{
	struct slice rest = rename->text, line, word;

	while (slice_next(&rest, "\n", &line)) {
		const struct renaming *renaming = NULL;

		if (slice_next(&line, " \t", &word))
			renaming = renaming_of(rename, find_target(rename, "task", word));
		if (renaming)
			replace(rename, word, renaming);
	}
}

/* The value with its references renamed; false when there are none. */
static bool rename_value(struct rename *rename, const struct kind *kind, const struct field_text *text, struct slice *out)
{
	size_t index = kind_field_find(kind, text->key);
	const struct field *field = index < FIELD_CUSTOM ? kind_field(kind, index) : NULL;

	rename->text = text->value;
	strbuf_reset(&rename->out);
	rename->done = 0;
	rename->changed = false;
	if (key_is_moment(kind, text->key))
		reference_each_in_entry(kind, text->value, visit, rename);
	else if (field && reference_field(field))
		reference_each(field, text->value, visit, rename);
	else if (field && strcmp(kind->name, "baseline") == 0 && strcmp(field->name, "tasks") == 0)
		visit_frozen(rename);
	if (!rename->changed)
		return false;
	strbuf_add_slice(&rename->out, slice_from(rename->text, rename->done));
	*out = arena_slice(rename->arena, strbuf_slice(&rename->out));
	return true;
}

/* The new id of the section's own header, or NULL. A journal bears the id of the record it belongs to. */
static const struct renaming *header_renaming(struct rename *rename, const struct section *section)
{
	if (section->kind->flags & KIND_JOURNAL)
		return renaming_of(rename, find_target(rename, section->kind->of, section->id));
	return renaming_of(rename, section);
}

/* Appends the section as it is by now; true when that changed it. */
static bool rename_section(struct rename *rename, const struct section *section, struct strbuf *out)
{
	const struct renaming *renaming = section->kind ? header_renaming(rename, section) : NULL;
	const struct field_text *texts;
	struct ini_doc doc;
	struct vec fields;
	bool opened = false;

	vec_init(&fields, sizeof(struct field_text));
	if (section->kind)
		section_fields(section->body, rename->arena, &fields);
	texts = fields.items;
	for (size_t i = 0; i < fields.len || (i == 0 && renaming); i++) {
		struct slice value;
		bool differs = i < fields.len && rename_value(rename, section->kind, &texts[i], &value);

		if (!opened && (differs || renaming)) {
			ini_doc_parse(&doc, section->body, NULL);
			opened = true;
		}
		if (differs)
			ini_doc_set(&doc, 0, texts[i].key, value, NULL);
	}
	if (renaming)
		ini_doc_rename(&doc, 0, slice_of(arena_printf(rename->arena, "%s %.*s", section->kind->name,
			(int)renaming->new_id.len, renaming->new_id.at)));
	if (opened) {
		ini_doc_print(&doc, out);
		ini_doc_release(&doc);
	} else {
		strbuf_add_slice(out, section->body);
	}
	strbuf_add_slice(out, section->gap);
	vec_release(&fields);
	return opened;
}

/* "risks/R-5.ini" of [risk R-5]: where such a record would stand under its new id; else the path as it is. */
static const char *new_path(struct rename *rename, const struct tree_file *file)
{
	const struct section *section = file->count == 1 ? vec_at(&rename->tree->sections, file->first) : NULL;
	const struct renaming *renaming = renaming_of(rename, section);
	const char *place = renaming ? section->kind->place : NULL, *mark = place ? strstr(place, "%s") : NULL;
	const char *path;

	if (!mark || strcmp(file->path, arena_printf(rename->arena, "%.*s%.*s%s", (int)(mark - place), place,
		(int)section->id.len, section->id.at, mark + 2)) != 0)
		return file->path;
	path = arena_printf(rename->arena, "%.*s%.*s%s", (int)(mark - place), place, (int)renaming->new_id.len,
		renaming->new_id.at, mark + 2);
	return path;
}

static void rename_file(struct rename *rename, const struct tree_file *file, struct tree *into)
{
	struct tree_file *added = vec_push(&into->files);
	bool changed = false;
	struct strbuf text;

	*added = *file;
	added->path = new_path(rename, file);
	strbuf_init(&text);
	strbuf_add_slice(&text, file->head);
	for (size_t i = 0; i < file->count; i++)
		changed |= rename_section(rename, vec_at(&rename->tree->sections, file->first + i), &text);
	if (changed) {
		added->text = arena_slice(rename->arena, strbuf_slice(&text));
		added->raw = tree_file_bytes(rename->arena, added->text, file->style, file->bom, file->unended);
	}
	strbuf_release(&text);
}

/* Where two files would have one path, all stay where they are. */
static void keep_apart(struct tree *into, const struct tree *from)
{
	struct tree_file *files = into->files.items;
	const struct tree_file *old = from->files.items;
	bool clash = false;
	struct map taken;

	map_init(&taken);
	for (size_t i = 0; i < into->files.len; i++)
		clash |= !map_put(&taken, slice_of(files[i].path), 1);
	for (size_t i = 0; clash && i < into->files.len; i++)
		files[i].path = old[i].path;
	map_release(&taken);
}

void tree_rename(struct tree *tree, const struct vec *renamings, struct arena *arena)
{
	const struct renaming *all = renamings->items;
	struct rename rename = { .tree = tree, .arena = arena };
	struct tree renamed;

	tree_init(&renamed);
	map_init(&rename.ids);
	strbuf_init(&rename.key);
	strbuf_init(&rename.out);
	for (size_t i = 0; i < renamings->len; i++)
		map_put(&rename.ids, all[i].section->key, (uintptr_t)&all[i]);
	for (size_t i = 0; i < tree->files.len; i++)
		rename_file(&rename, vec_at(&tree->files, i), &renamed);
	keep_apart(&renamed, tree);
	tree_cut(&renamed, NULL, arena);
	map_release(&rename.ids);
	strbuf_release(&rename.key);
	strbuf_release(&rename.out);
	tree_release(tree);
	*tree = renamed;
}
