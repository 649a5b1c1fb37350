/*
 * Checks over all records of a kind: loops of parents, dates a journal has twice, and the kind's own.
 *
 * Loops: every record has at most one parent, so following parents from each record, and colouring
 * what was walked with the number of the walk, meets each record once. A walk that meets its own
 * colour closed a loop. O(records).
 */
#include "base/alloc.h"
#include "base/map.h"
#include "model/check-internal.h"

#include <stdlib.h>
#include <string.h>

/* "T-1 → T-2 → T-1", at most this many names. */
enum { LOOP_SHOWN = 8 };

struct family {
	struct checking *checking;
	const struct kind *kind;
	size_t field;     /* index of `parent` */
	uint32_t *colour; /* by kind_number: the walk that met it; 0: none yet */
};

static const struct record *parent_of(const struct family *family, const struct record *record)
{
	const struct entry *entry = record_entry(record, family->field);

	return entry ? project_find(
			       family->checking->project, family->kind, slice_trim(entry->text))
		     : NULL;
}

/* Reported where the loop's first record names its parent, so that it does not depend on where the
 * walk came in. */
static void report_loop(struct family *family, const struct record *met)
{
	struct checking *checking = family->checking;
	const struct record *first = met;

	for (const struct record *at = parent_of(family, met); at && at != met;
		at = parent_of(family, at))
		if (at->number < first->number)
			first = at;
	const char *loop = record_name(&checking->scratch, first);
	const struct record *at = first;
	for (int i = 0; i < LOOP_SHOWN; i++) {
		at = parent_of(family, at);
		loop = arena_printf(
			&checking->scratch, "%s → %.*s", loop, (int)at->id.len, at->id.at);
		if (at == first)
			break;
	}
	struct place place =
		entry_place(checking->project, first, record_entry(first, family->field), 0);
	struct diagnostic *finding = diagnose(checking->found, place, "parent-cycle",
		N_("parents lead in a circle: %s%s"), loop, at == first ? "" : " → …", NULL);
	diagnostic_record(checking->found, finding, record_name(&checking->scratch, first));
}

static void check_parents(struct family *family)
{
	const struct project *project = family->checking->project;
	const struct record *start;
	uint32_t walk = 0;

	FOREACH_RECORD(project, family->kind, start)
	{
		const struct record *at = start;
		walk++;
		while (at && family->colour[at->kind_number] == 0) {
			family->colour[at->kind_number] = walk;
			at = parent_of(family, at);
		}
		if (at && family->colour[at->kind_number] == walk)
			report_loop(family, at);
	}
}

static bool is_parent_field(const struct kind *kind, size_t index)
{
	if (index >= FIELD_CUSTOM)
		return false;
	const struct field *field = kind_field(kind, index);
	return field->type == TYPE_REF && field->of && slice_is(slice_of(field->of), kind->name);
}

/* The bytes that a date of a journal has in common with its repetitions: the moment, whether it has a time, the id. */
static struct slice date_key(
	struct checking *checking, const struct record *record, const struct entry *entry)
{
	moment_t when;
	bool has_time;

	if (moment_parse(entry->key, &when, &has_time) != CIVIL_OK)
		return slice_new(NULL, 0);
	size_t len = sizeof(when) + 1 + record->folded.len;
	char *key = arena_alloc(&checking->scratch, len);

	memcpy(key, &when, sizeof(when));
	key[sizeof(when)] = has_time ? 't' : 'd';
	if (record->folded.len)
		memcpy(key + sizeof(when) + 1, record->folded.at, record->folded.len);
	return slice_new(key, len);
}

struct date_place {
	const struct record *record;
	const struct entry *entry;
};

static void check_date(struct checking *checking, struct map *dates, const struct record *record,
	const struct entry *entry)
{
	struct slice key = date_key(checking, record, entry);
	uintptr_t present = 0;

	if (key.len == 0)
		return; /* no date: reported with its record */
	struct date_place *here = arena_alloc(&checking->scratch, sizeof(*here));
	*here = (struct date_place){ record, entry };
	if (map_add(dates, key, (uintptr_t)here, &present))
		return;
	const struct date_place *first = (const struct date_place *)present;
	struct place before = entry_place(checking->project, first->record, first->entry, 0);
	struct place place = entry_place(checking->project, record, entry, 0);
	place.column = 1;
	struct diagnostic *finding = diagnose(checking->found, place, "duplicate-entry",
		N_("'%s' is given twice, first at %s"),
		arena_strndup(&checking->scratch, entry->key.at, entry->key.len),
		arena_printf(&checking->scratch, "%s:%u", before.path, (unsigned)before.line),
		NULL);
	diagnostic_record(checking->found, finding, record_name(&checking->scratch, record));
}

static void check_dates(struct checking *checking, const struct kind *kind)
{
	const struct record *record;
	struct map dates;

	map_init(&dates);
	FOREACH_RECORD(checking->project, kind, record)
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (key_is_moment(kind, record->entries[i].key))
			check_date(checking, &dates, record, &record->entries[i]);
	map_release(&dates);
}

void check_whole_kind(struct checking *checking, const struct kind *kind)
{
	size_t count = project_count(checking->project, kind);
	size_t index = kind_field_find(kind, slice_of("parent"));

	if (count == 0)
		return;
	if (is_parent_field(kind, index)) {
		struct family family = { checking, kind, index,
			xcalloc(count, sizeof(*family.colour)) };
		check_parents(&family);
		free(family.colour);
	}
	if (kind->entry != JOURNAL_NONE)
		check_dates(checking, kind);
	if (kind->check_all)
		kind->check_all(checking->project, checking->found);
}
