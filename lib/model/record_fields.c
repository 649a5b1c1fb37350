/*
 * What a loaded record says: texts, typed values, places.
 */
#include "model/project-internal.h"

const struct entry *record_entry(const struct record *record, size_t field_index)
{
	if (field_index >= FIELD_CUSTOM)
		return NULL;
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (record->entries[i].field == field_index)
			return &record->entries[i];
	return NULL;
}

/* By the key as it stands: a record has few entries, its kind many fields. */
static const struct entry *entry_named(const struct record *record, const char *name)
{
	struct slice key = slice_of(name);

	for (uint32_t i = 0; i < record->entry_count; i++)
		if (slice_equal(record->entries[i].key, key))
			return &record->entries[i];
	return NULL;
}

bool record_text(const struct record *record, const char *field, struct slice *out)
{
	const struct entry *entry = entry_named(record, field);

	*out = entry ? entry->text : slice_new(NULL, 0);
	return entry != NULL;
}

struct slice record_text_or(const struct record *record, const char *field)
{
	const struct entry *entry = entry_named(record, field);

	if (entry)
		return entry->text;
	const struct field *found = kind_field_named(record->kind, field);
	return slice_of(found ? found->fallback : NULL);
}

bool record_value(const struct project *project, const struct record *record,
	const struct field *field, struct arena *arena, struct value *out)
{
	const struct entry *entry = entry_named(record, field->name);
	struct value_context context = { .units = &project->units };
	struct value_fault fault;
	struct slice text = entry ? entry->text : slice_of(field->fallback);

	if (!entry && !field->fallback)
		return false;
	return value_parse(out, field, text, &context, arena, &fault) == 0;
}

struct slice record_title(const struct record *record)
{
	struct slice title;

	if (record_text(record, "title", &title) && title.len > 0)
		return title;
	return record->id.len > 0 ? record->id : slice_of(record->kind->name);
}

const char *record_name(struct arena *arena, const struct record *record)
{
	if (record->id.len == 0)
		return record->kind->name;
	return arena_printf(
		arena, "%s %.*s", record->kind->name, (int)record->id.len, record->id.at);
}

static const char *file_path(const struct project *project, const struct record *record)
{
	const struct project_file *files = project->files.items;

	return files[record->file].path;
}

struct place record_place(const struct project *project, const struct record *record)
{
	return (struct place){ file_path(project, record), record->line, 1 };
}

/* One physical line behind another, for finding where a line of a value stands. */
static struct slice next_line(struct slice *rest)
{
	size_t len = slice_find(*rest, '\n');
	struct slice line = slice_new(rest->at, len);

	*rest = slice_from(*rest, len + 1);
	return line;
}

static size_t indent_of(struct slice line)
{
	size_t at = 0;

	for (;;) {
		if (at < line.len && (line.at[at] == ' ' || line.at[at] == '\t'))
			at++;
		else if (slice_starts(slice_from(line, at), "\u3000"))
			at += sizeof("\u3000") - 1;
		else
			return at;
	}
}

/*
 * Where byte `rest` of the value's line `number` stands. Comments between the lines of a value are
 * no part of it, nor are blank lines above its first.
 */
static void find_continued(struct slice bytes, const struct entry *entry, size_t number,
	size_t rest, struct place *place)
{
	bool begins_below = entry->column == 1;
	const char *end = bytes.at + bytes.len;

	place->column = 0;
	if (entry->key.at < bytes.at || entry->key.at >= end)
		return;
	struct slice text = slice_new(entry->key.at, (size_t)(end - entry->key.at));
	next_line(&text);
	for (size_t at = begins_below ? 0 : 1; text.len > 0;) {
		struct slice line = next_line(&text);
		place->line++;
		if (slice_starts(line, ";") || slice_starts(line, "#"))
			continue;
		if (at == 0 && slice_trim(line).len == 0)
			continue;
		if (at++ == number) {
			place->column = (uint32_t)(indent_of(line) + rest + 1);
			return;
		}
	}
}

struct place entry_place(const struct project *project, const struct record *record,
	const struct entry *entry, size_t offset)
{
	const struct project_file *files = project->files.items;
	struct place place = { files[record->file].path, entry->line, entry->column };
	size_t lines = 0, start = 0;

	if (offset > entry->text.len)
		offset = entry->text.len;
	for (size_t i = 0; i < offset; i++) {
		if (entry->text.at[i] == '\n') {
			lines++;
			start = i + 1;
		}
	}
	if (lines == 0 && (entry->column > 1 || entry->text.len == 0))
		place.column += (uint32_t)offset;
	else
		find_continued(files[record->file].bytes, entry, lines, offset - start, &place);
	return place;
}
