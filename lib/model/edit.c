/*
 * An edit's files: opening them losslessly, finding records in them, writing them.
 */
#include "model/edit-internal.h"
#include "model/undo.h"

#include "base/file.h"

#include <assert.h>
#include <string.h>

void edit_init(struct edit *edit, struct project *project, const struct value_context *values,
	struct diagnostics *found)
{
	*edit = (struct edit){ .project = project, .values = *values, .found = found };
	arena_init(&edit->arena);
	vec_init(&edit->documents, sizeof(struct document *));
	vec_init(&edit->added, sizeof(struct added));
	map_init(&edit->renamed);
}

void edit_release(struct edit *edit)
{
	struct document **documents = edit->documents.items;

	for (size_t i = 0; i < edit->documents.len; i++) {
		ini_doc_release(&documents[i]->doc);
		map_release(&documents[i]->sections);
	}
	vec_release(&edit->documents);
	vec_release(&edit->added);
	map_release(&edit->renamed);
	edit_links_free(edit->links);
	arena_release(&edit->arena);
}

const char *edit_text(struct edit *edit, struct slice text)
{
	return arena_strndup(&edit->arena, text.at ? text.at : "", text.len);
}

static struct document *find_open(const struct edit *edit, const char *path)
{
	struct document **documents = edit->documents.items;

	for (size_t i = 0; i < edit->documents.len; i++)
		if (strcmp(documents[i]->path, path) == 0)
			return documents[i];
	return NULL;
}

int document_open(struct edit *edit, const char *path, struct document **out, struct err *err)
{
	const struct project_file *files = edit->project->files.items;
	size_t file = project_file_find(edit->project, path);
	struct document *document = find_open(edit, path);

	*out = document;
	if (document)
		return 0;
	document = arena_calloc(&edit->arena, 1, sizeof(*document));
	document->path = arena_strdup(&edit->arena, path);
	if (file != SIZE_MAX)
		document->original = files[file].bytes;
	if (conflict_in(document->original)) {
		err_set(err, ERR_CONFLICT, "%s holds conflicts that git could not settle", path);
		err_hint(err, "choose a side and remove the markers first");
		return ERR_CONFLICT;
	}
	int rc = ini_doc_parse(&document->doc, document->original, err);
	if (rc != 0)
		return err_context(err, "%s", path);
	map_init(&document->sections);
	vec_append(&edit->documents, &document);
	*out = document;
	return 0;
}

int edit_cut_head(struct edit *edit, const char *path, struct slice head, struct err *err)
{
	struct document *document;
	struct slice rest;
	int rc = document_open(edit, path, &document, err);

	if (rc != 0 || document->original.len < head.len ||
		!slice_equal(slice_new(document->original.at, head.len), head))
		return rc;
	rest = slice_from(document->original, head.len);
	while (rest.len && (*rest.at == '\n' || *rest.at == '\r'))
		rest = slice_from(rest, 1);
	ini_doc_release(&document->doc);
	rc = ini_doc_parse(&document->doc, rest, err);
	document_changed(document);
	return rc != 0 ? err_context(err, "%s", path) : 0;
}

int document_of(
	struct edit *edit, const struct record *record, struct document **out, struct err *err)
{
	const struct project_file *files = edit->project->files.items;

	return document_open(edit, files[record->file].path, out, err);
}

void document_changed(struct document *document)
{
	document->indexed = false;
}

struct slice record_key(struct arena *arena, const struct kind *kind, struct slice folded)
{
	size_t len = strlen(kind->name);
	char *key = arena_alloc(arena, len + 1 + folded.len);

	memcpy(key, kind->name, len);
	key[len] = '\n';
	if (folded.len)
		memcpy(key + len + 1, folded.at, folded.len);
	return slice_new(key, len + 1 + folded.len);
}

static bool read_header(
	struct edit *edit, struct document *document, size_t section, struct header *header)
{
	*header = header_parse(ini_doc_header(&document->doc, section));
	if (!header->kind)
		return false;
	if (header->kind->flags & KIND_SINGLE)
		header->id.len = 0;
	header->id = id_fold(header->id, &edit->arena);
	return true;
}

static void index_sections(struct edit *edit, struct document *document)
{
	struct header header;

	map_clear(&document->sections);
	for (size_t i = 0; i < ini_doc_section_count(&document->doc); i++)
		if (read_header(edit, document, i, &header))
			map_add(&document->sections,
				record_key(&edit->arena, header.kind, header.id), i, NULL);
	document->indexed = true;
}

long document_find(struct edit *edit, struct document *document, const struct kind *kind,
	struct slice folded, size_t n)
{
	struct header header;
	uintptr_t first;

	if (!document->indexed)
		index_sections(edit, document);
	if (!map_get(&document->sections, record_key(&edit->arena, kind, folded), &first))
		return -1;
	for (size_t i = first; i < ini_doc_section_count(&document->doc); i++) {
		if (i > first && !(read_header(edit, document, i, &header) && header.kind == kind &&
					 slice_equal(header.id, folded)))
			continue;
		if (n-- == 0)
			return (long)i;
	}
	return -1;
}

/* A journal may have several sections of one id in a file: how many stand before this one? */
static size_t ordinal(const struct project *project, const struct record *record)
{
	size_t before = 0;

	if (!(record->kind->flags & KIND_JOURNAL))
		return 0;
	for (const struct record *at = project_find(project, record->kind, record->folded);
		at && at != record; at = at->more)
		before += at->file == record->file;
	return before;
}

struct renamed {
	const struct record *record;
	struct slice folded;
};

void edit_note_renamed(struct edit *edit, const struct record *record, struct slice folded)
{
	struct renamed *renamed = arena_alloc(&edit->arena, sizeof(*renamed));

	*renamed = (struct renamed){ record, folded };
	map_put(&edit->renamed, slice_new((const char *)&renamed->record, sizeof(renamed->record)),
		(uintptr_t)renamed);
}

static struct slice current_id(const struct edit *edit, const struct record *record)
{
	const struct renamed *renamed =
		map_get_pointer(&edit->renamed, slice_new((const char *)&record, sizeof(record)));

	return renamed ? renamed->folded : record->folded;
}

int edit_locate(struct edit *edit, const struct record *record, struct document **document,
	size_t *section, struct err *err)
{
	int rc = document_of(edit, record, document, err);

	if (rc != 0)
		return rc;
	assert(*document);
	struct slice id = current_id(edit, record);
	long found =
		document_find(edit, *document, record->kind, id, ordinal(edit->project, record));
	struct document **others = edit->documents.items;
	for (size_t i = 0; found < 0 && i < edit->documents.len; i++) { /* this edit has moved it */
		*document = others[i];
		found = document_find(edit, others[i], record->kind, id, 0);
	}
	if (found < 0)
		return err_set(err, ERR_INTERNAL, "%s: [%s] is no longer there", (*document)->path,
			record_name(&edit->arena, record));
	*section = (size_t)found;
	return 0;
}

struct slice header_text(struct edit *edit, const struct kind *kind, struct slice id)
{
	if (id.len == 0)
		return slice_of(kind->name);
	return slice_of(arena_printf(&edit->arena, "%s %.*s", kind->name, (int)id.len, id.at));
}

const struct added *edit_added(
	const struct edit *edit, const struct kind *kind, struct slice folded)
{
	const struct added *added = edit->added.items;

	for (size_t i = 0; i < edit->added.len; i++)
		if (added[i].kind == kind && slice_equal(added[i].folded, folded))
			return &added[i];
	return NULL;
}

struct slice edit_known_id(const struct edit *edit, const struct kind *kind, struct slice id)
{
	const struct record *record = project_find(edit->project, kind, id);
	struct slice known = { NULL, 0 };
	struct arena arena;

	if (record)
		return record->id;
	if (edit->added.len == 0)
		return known;
	arena_init(&arena);
	const struct added *added = edit_added(edit, kind, id_fold(id, &arena));
	if (added)
		known = added->id;
	arena_release(&arena);
	return known;
}

/* Nothing is left in the file that anybody wrote. */
static bool is_blank(struct slice text)
{
	return slice_trim(text).len == 0;
}

typedef void (*file_visit)(
	void *context, const char *path, struct slice before, struct slice after);

void edit_each_file(const struct edit *edit, file_visit visit, void *context)
{
	struct document **documents = edit->documents.items;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < edit->documents.len; i++) {
		struct document *document = documents[i];
		strbuf_reset(&text);
		ini_doc_print(&document->doc, &text);
		if (!document->original.at && text.len == 0)
			continue;
		if (!document->original.at || !slice_equal(strbuf_slice(&text), document->original))
			visit(context, document->path, document->original, strbuf_slice(&text));
	}
	strbuf_release(&text);
}

static void note_path(void *context, const char *path, struct slice before, struct slice after)
{
	(void)before;
	(void)after;
	strvec_push(context, path);
}

void edit_touched(const struct edit *edit, struct strvec *touched)
{
	edit_each_file(edit, note_path, touched);
}

struct writing {
	const struct edit *edit;
	struct fileset *files;
	struct strvec *touched;
};

static void write_file(void *context, const char *path, struct slice before, struct slice after)
{
	struct writing *writing = context;
	struct strbuf full;

	strbuf_init(&full);
	if (path[0] != '/') /* only files of an overlay that is named so are */
		strbuf_addf(&full, "%s/", writing->edit->project->source->root);
	strbuf_add_str(&full, path);
	if (before.at && is_blank(after) && strcmp(path, "pmt.ini") != 0)
		fileset_remove(writing->files, full.buf, &before);
	else
		fileset_write(writing->files, full.buf, after, &before);
	if (writing->touched)
		strvec_push(writing->touched, path);
	strbuf_release(&full);
}

struct keeping {
	const struct edit *edit;
	const char *state;
};

/* For undo: what was written, as write_file has it. */
static void keep_file(void *context, const char *path, struct slice before, struct slice after)
{
	struct keeping *keeping = context;
	struct strbuf full;

	strbuf_init(&full);
	if (path[0] != '/')
		strbuf_addf(&full, "%s/", keeping->edit->project->source->root);
	strbuf_add_str(&full, path);
	if (before.at && is_blank(after) && strcmp(path, "pmt.ini") != 0)
		after = slice_new(NULL, 0);
	undo_keep(keeping->state, full.buf, before, after);
	strbuf_release(&full);
}

/* The journal lies beside the intent record. */
static void keep_files(const struct edit *edit, const char *intent)
{
	const char *slash = strrchr(intent, '/');
	struct keeping keeping = { edit, NULL };
	struct strbuf state;

	if (!slash)
		return;
	strbuf_init(&state);
	strbuf_add(&state, intent, (size_t)(slash - intent));
	keeping.state = state.buf;
	edit_each_file(edit, keep_file, &keeping);
	strbuf_release(&state);
}

int edit_commit(struct edit *edit, const char *intent, struct strvec *touched, struct err *err)
{
	struct fileset files;
	struct writing writing = { edit, &files, touched };

	if (!edit->project->source->root)
		return err_set(err, ERR_USAGE, "%s cannot be edited",
			err_word(err, edit->project->source->name));
	fileset_init(&files, intent);
	edit_each_file(edit, write_file, &writing);
	int rc = fileset_commit(&files, err);
	fileset_release(&files);
	if (rc == 0)
		keep_files(edit, intent);
	return rc;
}
