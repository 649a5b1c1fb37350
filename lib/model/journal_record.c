/* Lines of journals as records of their own, so that conditions, order and columns work on them as on any record. */
#include "model/journal-internal.h"
#include "model/project-internal.h"

struct expanding {
	const struct record *journal;
	const struct project *project;
	struct arena *arena;
	struct vec *out;
};

static void put(struct record *record, const char *field, struct slice text, const struct journal_line *line)
{
	struct entry *entry = &record->entries[record->entry_count];
	size_t index = kind_field_find(record->kind, slice_of(field));

	if (text.len == 0 || index >= FIELD_CUSTOM)
		return;
	*entry = (struct entry){ .key = slice_of(field), .text = text, .line = line->entry->line,
		.column = line->entry->column, .field = (uint16_t)index };
	record->entry_count++;
}

static struct slice work_text(const struct expanding *e, const struct journal_parts *parts)
{
	struct strbuf text;
	struct slice out;

	strbuf_init(&text);
	duration_print(parts->minutes, false, &e->project->units, &text);
	out = arena_slice(e->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

enum { PARTS_MOST = 6 };

static void expand(void *context, const struct journal_line *line)
{
	struct expanding *e = context;
	struct record *record = arena_calloc(e->arena, 1, sizeof(*record));
	struct journal_parts parts;

	*record = *e->journal;
	record->more = NULL;
	record->entries = arena_calloc(e->arena, PARTS_MOST, sizeof(*record->entries));
	record->entry_count = 0;
	journal_split(record->kind, line->text, &e->project->units, &parts);
	put(record, "date", line->entry->key, line);
	put(record, "task", parts.task, line);
	if (parts.has_minutes)
		put(record, "work", work_text(e, &parts), line);
	put(record, "value", parts.value, line);
	put(record, "result", parts.result, line);
	put(record, "who", parts.who, line);
	put(record, "text", line->text, line);
	vec_append(e->out, &record);
}

void journal_records(const struct project *project, const struct record *journal, struct arena *arena, struct vec *out)
{
	struct expanding e = { journal, project, arena, out };

	journal_each(journal, expand, &e);
}
