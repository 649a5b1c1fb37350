/*
 * Checking a loaded project, in parallel over blocks of records.
 *
 * Each block has its own findings, joined in the order of the blocks, so the result does not depend
 * on who ran what. What needs all records of a kind at once (loops of parents, dates of journals)
 * is a job of its own beside the blocks. Of files that an earlier check of the same cache found
 * nothing in (project_load_cached), the values are not read again. Cost: O(bytes); a hint for an
 * unknown reference looks at all ids of its kinds, so only the first few get one.
 */
#include "base/alloc.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "model/check-internal.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 2048 };

struct jobs {
	struct checking *checking; /* one a job */
	size_t block_count;
};

static const char *copy(struct checking *checking, struct slice text)
{
	return arena_strndup(&checking->scratch, text.at ? text.at : "", text.len);
}

static void name_record(
	struct checking *checking, struct diagnostic *finding, const struct record *record)
{
	diagnostic_record(checking->found, finding, record_name(&checking->scratch, record));
}

void report_fault(struct checking *checking, const struct record *record, const struct entry *entry,
	const struct value_fault *fault)
{
	struct place place = entry_place(checking->project, record, entry, fault->offset);
	struct diagnostic *finding = diagnose(checking->found, place, fault->id,
		N_("%s: '%s': expected %s"), copy(checking, entry->key),
		copy(checking, fault->found), fault->expected, NULL);

	if (fault->nearest.len > 0)
		diagnostic_hint(checking->found, finding, N_("did you mean '%s'?"),
			copy(checking, fault->nearest));
	name_record(checking, finding, record);
}

static void check_condition(
	struct checking *checking, const struct record *record, const struct entry *entry)
{
	struct query_scope scope = { .project = checking->project };
	struct condition *condition;
	struct value_fault fault;

	/* Its form alone: which kind its fields are of is known to the kind's own check. */
	if (condition_parse(&condition, entry->text, NULL, &scope, &checking->scratch, &fault) != 0)
		report_fault(checking, record, entry, &fault);
}

static void report_computed(
	struct checking *checking, const struct record *record, const struct entry *entry)
{
	struct diagnostic *finding = diagnose(checking->found,
		entry_place(checking->project, record, entry, 0), "field-computed",
		N_("'%s' is computed: it is not written"), copy(checking, entry->key), NULL);

	name_record(checking, finding, record);
}

/* 0.4 is 0.4 %: whoever thinks in shares of one has lost a hundredfold, and nothing else would tell. */
static void check_fraction(struct checking *checking, const struct record *record, const struct entry *entry, decimal_t percent)
{
	struct slice text = slice_trim(entry->text);
	struct diagnostic *finding;
	struct strbuf whole;

	if (percent <= 0 || percent >= DECIMAL_ONE || slice_ends(text, "%"))
		return;
	strbuf_init(&whole);
	decimal_print(&whole, percent * 100, 0);
	strbuf_add_char(&whole, '%');
	finding = diagnose(checking->found, entry_place(checking->project, record, entry, 0), "percent-fraction",
		N_("%s: '%s' is less than one per cent"), copy(checking, entry->key), copy(checking, text), NULL);
	diagnostic_hint(checking->found, finding, N_("is '%s' meant?"), copy(checking, strbuf_slice(&whole)));
	name_record(checking, finding, record);
	strbuf_release(&whole);
}

/* known: its value is good. */
static void check_field(struct checking *checking, const struct record *record,
	const struct entry *entry, const struct field *field, bool known)
{
	struct value_context context = { .units = &checking->project->units };
	struct value_fault fault;
	struct value value;

	if (field->flags & FIELD_COMPUTED) {
		report_computed(checking, record, entry);
		return;
	}
	if (slice_trim(entry->text).len == 0)
		return;
	if (!known && value_parse(&value, field, entry->text, &context, &checking->scratch, &fault) != 0)
		report_fault(checking, record, entry, &fault);
	else if (field->type == TYPE_PERCENT && !known)
		check_fraction(checking, record, entry, value.as.number);
	else if (field->type == TYPE_CONDITION)
		check_condition(checking, record, entry);
	else if (reference_field(field))
		check_references(checking, record, entry, field);
}

/* The fields of a kind, and which are required. */
static void note_kind(struct checking *checking, const struct kind *kind)
{
	size_t total = kind_field_total(kind);

	checking->kind = kind;
	checking->required_count = 0;
	for (size_t i = 0; i < total && i < KIND_FIELDS_MAX; i++) {
		checking->fields[i] = kind_field(kind, i);
		if ((checking->fields[i]->flags & FIELD_REQUIRED) &&
			checking->required_count < REQUIRED_LIMIT)
			checking->required[checking->required_count++] = i;
	}
}

static void check_required(struct checking *checking, const struct record *record)
{
	for (size_t i = 0; i < checking->required_count; i++) {
		const struct field *field = checking->fields[checking->required[i]];
		const struct entry *entry = record_entry(record, checking->required[i]);
		struct diagnostic *finding;
		if (!entry && field->fallback)
			continue;
		if (!entry)
			finding = diagnose(checking->found, record_place(checking->project, record),
				"field-missing", N_("'%s' is missing"), field->name, NULL);
		else if (slice_trim(entry->text).len == 0)
			finding = diagnose(checking->found,
				entry_place(checking->project, record, entry, 0), "field-empty",
				N_("'%s' is empty"), field->name, NULL);
		else
			continue;
		name_record(checking, finding, record);
	}
}

static void check_record(struct checking *checking, const struct record *record)
{
	bool known = record->sound && record->sound == record->entries;

	if (checking->kind != record->kind)
		note_kind(checking, record->kind);
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct entry *entry = &record->entries[i];
		if (entry->field < FIELD_CUSTOM)
			check_field(checking, record, entry, checking->fields[entry->field], known);
		else if (key_is_moment(record->kind, entry->key))
			check_journal_entry(checking, record, entry);
	}
	if (record->kind->flags & KIND_JOURNAL)
		check_journal_section(checking, record);
	if (!known)
		check_required(checking, record);
	if (record->kind->check && !(known && (record->kind->flags & KIND_CHECK_OWN)))
		record->kind->check(checking->project, record, checking->found);
}

void project_check_record(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct checking checking = { .project = project, .found = found, .hints = HINTS };

	arena_init(&checking.scratch);
	check_record(&checking, record);
	arena_release(&checking.scratch);
}

static void check_block(struct checking *checking, size_t block)
{
	const struct project *project = checking->project;
	struct record **records = project->records.items;
	size_t end = (block + 1) * BLOCK;

	if (end > project->records.len)
		end = project->records.len;
	for (size_t i = block * BLOCK; i < end; i++) {
		check_record(checking, records[i]);
		arena_reset(&checking->scratch);
	}
}

static void run_job(void *context, size_t index, unsigned worker)
{
	struct jobs *jobs = context;
	struct checking *checking = &jobs->checking[index];
	struct diagnostics found;

	(void)worker;
	diagnostics_init(&found);
	arena_init(&checking->scratch);
	checking->found = xmalloc(sizeof(found));
	*checking->found = found;
	/* The jobs over whole kinds come first: they are the longest. */
	if (index < kinds_count)
		check_whole_kind(checking, kinds_all[index]);
	else
		check_block(checking, index - kinds_count);
	arena_release(&checking->scratch);
}

void project_check(const struct project *project, unsigned threads, struct diagnostics *found)
{
	size_t blocks = (project->records.len + BLOCK - 1) / BLOCK;
	size_t count = kinds_count + blocks;
	struct jobs jobs = { xcalloc(count, sizeof(*jobs.checking)), blocks };

	for (size_t i = 0; i < count; i++) {
		jobs.checking[i].project = project;
		jobs.checking[i].hints = HINTS;
	}
	pool_run(threads, count, run_job, &jobs, NULL);
	for (size_t i = 0; i < count; i++) {
		diagnostics_merge(found, jobs.checking[i].found);
		diagnostics_release(jobs.checking[i].found);
		free(jobs.checking[i].found);
	}
	free(jobs.checking);
	diagnostics_sort(found);
	project_cache_learn(project, found);
}
