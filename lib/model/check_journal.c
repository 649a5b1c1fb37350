/*
 * The lines of journals: hours, samples, notes, runs; and whose journal it is.
 */
#include "model/check-internal.h"
#include "model/journal-internal.h"

static void check_date(
	struct checking *checking, const struct record *record, const struct entry *entry)
{
	moment_t when;
	bool has_time;
	enum civil_fault civil = moment_parse(entry->key, &when, &has_time);

	if (civil == CIVIL_OK)
		return;
	struct place place = { record_place(checking->project, record).path, entry->line, 1 };
	struct diagnostic *finding = diagnose(checking->found, place,
		civil == CIVIL_IMPOSSIBLE ? "date-impossible" : "value-syntax",
		N_("'%s' is no date; expected one like 2026-03-02"),
		arena_strndup(&checking->scratch, entry->key.at, entry->key.len), NULL);
	diagnostic_record(checking->found, finding, record_name(&checking->scratch, record));
}

struct lines {
	struct checking *checking;
	const struct record *record;
	const struct entry *entry;
};

static void visit_task(void *context, const struct reference *reference)
{
	struct lines *lines = context;

	if (reference->loose)
		return;
	check_reference(lines->checking, lines->record,
		entry_place(lines->checking->project, lines->record, lines->entry, reference->at),
		reference);
}

void check_journal_entry(
	struct checking *checking, const struct record *record, const struct entry *entry)
{
	struct lines lines = { checking, record, entry };
	struct slice rest = entry->text, line;
	struct value_fault fault;

	check_date(checking, record, entry);
	reference_each_in_entry(record->kind, entry->text, visit_task, &lines);
	while (slice_next(&rest, "\n", &line)) {
		if (line.len == 0 || journal_line_fault(record->kind, line,
					     &checking->project->units, &fault) == 0)
			continue;
		fault.offset += (size_t)(line.at - entry->text.at);
		report_fault(checking, record, entry, &fault);
	}
}

void check_journal_section(struct checking *checking, const struct record *record)
{
	struct reference reference = { .id = record->id, .kinds = record->kind->of };
	struct place place = record_place(checking->project, record);

	if (record->id.len == 0)
		return;
	/* "[timesheet li.wei]": behind the bracket, the kind and a blank. */
	place.column += (uint32_t)(slice_of(record->kind->name).len + 2);
	check_reference(checking, record, place, &reference);
}
