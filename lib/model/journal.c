/*
 * Journals: sections whose keys are dates, one entry a line. Sections of one id add up, so a journal is
 * the chain of its records (record->more).
 */
#include "model/project-internal.h"

static bool read_key(struct slice key, struct journal_line *line)
{
	return moment_parse(key, &line->when, &line->has_time) == CIVIL_OK;
}

static void read_lines(const struct entry *entry, struct journal_line *line,
	void (*visit)(void *context, const struct journal_line *line), void *context)
{
	struct slice rest = entry->text, text;

	while (slice_next(&rest, "\n", &text)) {
		if (text.len == 0)
			continue;
		size_t end = 0;
		while (end < text.len && text.at[end] != ' ' && text.at[end] != '\t')
			end++;
		line->text = text;
		line->what = slice_new(text.at, end);
		line->offset = (size_t)(text.at - entry->text.at);
		visit(context, line);
	}
}

void journal_each(const struct record *record, void (*line)(void *context, const struct journal_line *line),
	void *context)
{
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct entry *entry = &record->entries[i];
		struct journal_line found = { .entry = entry };
		if (key_is_moment(record->kind, entry->key) && read_key(entry->key, &found))
			read_lines(entry, &found, line, context);
	}
}
