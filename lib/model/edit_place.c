/*
 * Where records go: a task behind the last descendant of its parent in the parent's file, any other
 * behind the last of its kind in its default file.
 */
#include "model/edit-internal.h"

#include <string.h>

static struct slice written_parent(const struct record *record)
{
	struct slice text;

	return record_text(record, "parent", &text) ? slice_trim(text) : slice_new(NULL, 0);
}

/* Folded id of the parent; empty: none. */
static struct slice parent_of(const struct edit *edit, const struct kind *kind, struct slice folded)
{
	const struct record *record = project_find(edit->project, kind, folded);
	const struct added *added = record ? NULL : edit_added(edit, kind, folded);

	if (added)
		return added->parent;
	if (!record)
		return slice_new(NULL, 0);
	const struct record *parent = project_find(edit->project, kind, written_parent(record));
	return parent ? parent->folded : slice_new(NULL, 0);
}

bool edit_is_below(
	const struct edit *edit, const struct kind *kind, struct slice folded, struct slice top)
{
	/* Deeper than any breakdown: parents that lead in a circle. */
	for (int steps = 0; folded.len > 0 && steps < 10000; steps++) {
		if (slice_equal(folded, top))
			return true;
		folded = parent_of(edit, kind, folded);
	}
	return false;
}

static void later_of(struct edit *edit, struct document *document, const struct kind *kind,
	struct slice folded, long *after)
{
	long section = document_find(edit, document, kind, folded, 0);

	if (section > *after)
		*after = section;
}

int place_behind_family(struct edit *edit, const struct kind *kind, struct slice folded,
	struct document **document, long *after, struct err *err)
{
	const struct record *top = project_find(edit->project, kind, folded), *record;
	const struct added *added = edit->added.items;

	if (top) {
		int rc = document_of(edit, top, document, err);
		if (rc != 0)
			return rc;
	} else {
		*document = edit_added(edit, kind, folded)->document;
	}
	*after = document_find(edit, *document, kind, folded, 0);
	FOREACH_RECORD(edit->project, kind, record)
	if ((!top || record->file == top->file) &&
		edit_is_below(edit, kind, record->folded, folded))
		later_of(edit, *document, kind, record->folded, after);
	for (size_t i = 0; i < edit->added.len; i++)
		if (added[i].document == *document && added[i].kind == kind &&
			edit_is_below(edit, kind, added[i].folded, folded))
			later_of(edit, *document, kind, added[i].folded, after);
	return 0;
}

/* "risks/%s.ini", "costs/%Y.ini", "time/%Y-%m.ini" */
static const char *default_file(struct edit *edit, const struct kind *kind, struct slice id)
{
	moment_t now = edit->values.now == MOMENT_NONE ? 0 : edit->values.now;
	struct civil today = civil_from_date(moment_date(now));
	struct strbuf path;

	if (!kind->place)
		return "pmt.ini";
	strbuf_init(&path);
	for (const char *at = kind->place; *at; at++) {
		if (at[0] != '%' || !at[1])
			strbuf_add_char(&path, *at);
		else if (*++at == 's')
			strbuf_add_slice(&path, id);
		else if (*at == 'Y')
			strbuf_addf(&path, "%04d", today.year);
		else if (*at == 'm')
			strbuf_addf(&path, "%02d", today.month);
	}
	const char *kept = arena_strdup(&edit->arena, path.buf);
	strbuf_release(&path);
	return kept;
}

/* Behind the last section of the kind in the document, else at the end. */
static long behind_kind(struct document *document, const struct kind *kind)
{
	size_t count = ini_doc_section_count(&document->doc);

	for (size_t i = count; i-- > 0;)
		if (header_parse(ini_doc_header(&document->doc, i)).kind == kind)
			return (long)i;
	return (long)count - 1;
}

/* A path of the user's: inside the project, and one that the project reads. */
int place_check_file(const struct edit *edit, const char *path, struct err *err)
{
	struct slice rest = slice_of(path), part;

	if (path[0] == '/' || !slice_ends(slice_of(path), ".ini"))
		return err_set(err, ERR_USAGE,
			"'%s' is no path of an *.ini file within the project", path);
	while (slice_next(&rest, "/", &part))
		if (part.len == 0 || part.at[0] == '.')
			return err_set(err, ERR_USAGE,
				"'%s': a name in it begins with a dot or is empty, so the project "
				"would not read it",
				path);
	if (!project_reads(edit->project, path))
		return err_set(
			err, ERR_USAGE, "'%s' is left out by [project] include or exclude", path);
	return 0;
}

/* The default file of a task without a parent is where such tasks already stand. */
static const char *home_of(struct edit *edit, const struct added *added)
{
	const struct project_file *files = edit->project->files.items;
	const char *path = default_file(edit, added->kind, added->id);
	size_t count = project_count(edit->project, added->kind);

	if (strcmp(added->kind->name, "task") != 0 || count == 0 ||
		project_file_find(edit->project, path) != SIZE_MAX)
		return path;
	for (size_t i = count; i-- > 0;) {
		const struct record *record = project_at(edit->project, added->kind, i);
		if (!record->overlay && written_parent(record).len == 0)
			return files[record->file].path;
	}
	return path;
}

int place_new(struct edit *edit, const struct added *added, const char *file,
	struct document **document, long *after, struct err *err)
{
	int rc = 0;

	if (!file && added->parent.len > 0 && slice_is(slice_of(added->kind->name), "task"))
		return place_behind_family(edit, added->kind, added->parent, document, after, err);
	if (file)
		rc = place_check_file(edit, file, err);
	if (rc == 0)
		rc = document_open(edit, file ? file : home_of(edit, added), document, err);
	if (rc == 0)
		*after = behind_kind(*document, added->kind);
	return rc;
}
