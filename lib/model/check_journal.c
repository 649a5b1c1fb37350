/*
 * The lines of journals: hours, samples, notes, runs; and whose journal it is.
 */
#include "model/check-internal.h"

static void fault_at(struct checking *checking, const struct record *record, const struct entry *entry,
	struct value_fault fault)
{
	report_fault(checking, record, entry, &fault);
}

static struct slice word_of(struct slice *rest)
{
	struct slice text = slice_trim(*rest);
	size_t len = 0;

	while (len < text.len && text.at[len] != ' ' && text.at[len] != '\t')
		len++;
	*rest = slice_from(text, len);
	return slice_new(text.at, len);
}

/* "4x8h" is 4 people of 8 hours; returns "8h". */
static struct slice without_count(struct slice word)
{
	size_t digits = 0;

	while (digits < word.len && word.at[digits] >= '0' && word.at[digits] <= '9')
		digits++;
	return digits > 0 && digits < word.len && word.at[digits] == 'x' ? slice_from(word, digits + 1) : word;
}

struct lines {
	struct checking *checking;
	const struct record *record;
	const struct entry *entry;
};

static void check_time(struct lines *lines, struct slice line)
{
	struct slice rest = line, task = word_of(&rest), time = without_count(word_of(&rest));
	struct value_fault fault;
	struct estimate estimate;
	struct reference reference = { .id = task, .kinds = "task" };
	struct slice all = lines->entry->text;

	check_reference(lines->checking, lines->record,
		entry_place(lines->checking->project, lines->record, lines->entry, (size_t)(task.at - all.at)),
		&reference);
	if (time.len == 0) {
		fault = (struct value_fault){ (size_t)(line.at - all.at) + line.len, "value-syntax",
			N_("a task and hours, as in T-12 6h"), line };
		fault_at(lines->checking, lines->record, lines->entry, fault);
	} else if (duration_parse(time, &lines->checking->project->units, &estimate, &fault) != 0) {
		fault.offset += (size_t)(time.at - all.at);
		fault_at(lines->checking, lines->record, lines->entry, fault);
	}
}

static void check_sample(struct lines *lines, struct slice line)
{
	struct slice rest = line, number = word_of(&rest);
	decimal_t value;

	if (number.len > 1 && number.at[number.len - 1] == '%')
		number.len--;
	if (decimal_parse(number, &value) == DECIMAL_OK)
		return;
	fault_at(lines->checking, lines->record, lines->entry,
		(struct value_fault){ (size_t)(line.at - lines->entry->text.at), "value-syntax",
			N_("a number, then perhaps a remark"), number });
}

void check_journal_entry(struct checking *checking, const struct record *record, const struct entry *entry)
{
	struct lines lines = { checking, record, entry };
	struct slice rest = entry->text, line;
	enum civil_fault civil;
	moment_t when;
	bool has_time;

	civil = moment_parse(entry->key, &when, &has_time);
	if (civil != CIVIL_OK) {
		struct place place = { entry_place(checking->project, record, entry, 0).path, entry->line, 1 };
		struct diagnostic *finding = diagnose(checking->found, place,
			civil == CIVIL_IMPOSSIBLE ? "date-impossible" : "value-syntax",
			N_("'%s' is no date; expected one like 2026-03-02"),
			arena_strndup(&checking->scratch, entry->key.at, entry->key.len), NULL);
		diagnostic_record(checking->found, finding, record_name(&checking->scratch, record));
	}
	while (slice_next(&rest, "\n", &line)) {
		if (line.len == 0)
			continue;
		if (record->kind->entry == JOURNAL_TIME)
			check_time(&lines, line);
		else if (record->kind->entry == JOURNAL_SAMPLE)
			check_sample(&lines, line);
	}
}

void check_journal_section(struct checking *checking, const struct record *record)
{
	struct reference reference = { .id = record->id, .kinds = record->kind->of };
	struct place place = record_place(checking->project, record);

	if (record->id.len == 0)
		return;
	place.column += (uint32_t)(1 + slice_of(record->kind->name).len + 1);
	check_reference(checking, record, place, &reference);
}
