/*
 * One file's text into records. Nothing here looks beyond the file, so files are read in parallel.
 */
#include "base/utf8.h"
#include "model/project-internal.h"
#include "text/ini.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_FIELDS = 256, CACHE_SLOTS = 64 };

/* Looking a key up in its kind's table costs more than reading it: the last answers are kept. */
struct cached_field {
	const struct kind *kind;
	struct slice key;
	uint16_t field;
};

struct reader {
	struct part *part;
	const struct project_file *file;
	struct slice text; /* the file's bytes, or a copy without the conflicts in them */
	uint32_t number;
	bool open; /* a record is being filled; else its section's fault was reported */
	uint32_t section;
	uint32_t seen[SEEN_FIELDS];   /* field → the section that had it last */
	const struct kind *last_kind; /* of the section above: most often the next one's */
	struct map customs;           /* x_ keys of the open record → entry number */
	struct cached_field cache[CACHE_SLOTS];
};

void part_init(struct part *part)
{
	*part = (struct part){ .shared = NULL };
	arena_init(&part->arena);
	vec_init(&part->records, sizeof(struct record));
	vec_init(&part->entries, sizeof(struct entry));
	vec_init(&part->lost, sizeof(struct slice));
	diagnostics_init(&part->found);
}

void part_release(struct part *part)
{
	diagnostics_release(&part->found);
	vec_release(&part->entries);
	vec_release(&part->lost);
	vec_release(&part->records);
	arena_release(&part->arena);
	if (part->shared && --part->shared->uses == 0) {
		part_release(part->shared);
		free(part->shared);
	}
}

static struct header split_header(struct slice text)
{
	struct header header = { .kind = NULL };
	size_t blank = 0;

	while (blank < text.len && text.at[blank] != ' ' && text.at[blank] != '\t')
		blank++;
	header.word = slice_new(text.at, blank);
	header.id = slice_trim(slice_from(text, blank));
	return header;
}

struct header header_parse(struct slice text)
{
	struct header header = split_header(text);
	const struct kind *kind = kind_find(header.word);
	if (kind && slice_is(header.word, kind->name))
		header.kind = kind;
	return header;
}

static bool is_plain_id(struct slice id)
{
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.at[i];
		if (c >= 0x80 || (c >= 'A' && c <= 'Z'))
			return false;
	}
	return true;
}

/* Folds an ASCII id that fits into `room`; false when it does not or is not ASCII. */
bool id_fold_small(struct slice id, char *room, size_t size, struct slice *folded)
{
	if (id.len > size)
		return false;
	unsigned char all = 0;
	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.at[i];
		all |= c;
		room[i] = (char)(c | ((unsigned char)(c - 'A') < 26) << 5);
	}
	*folded = slice_new(room, id.len);
	return all < 0x80;
}

struct slice id_fold(struct slice id, struct arena *arena)
{
	char small[ID_SMALL];
	struct slice kept;

	if (is_plain_id(id))
		return id;
	if (id_fold_small(id, small, sizeof(small), &kept))
		return arena_slice(arena, kept);
	struct strbuf folded;
	strbuf_init(&folded);
	utf8_fold(&folded, id);
	kept = arena_slice(arena, strbuf_slice(&folded));
	strbuf_release(&folded);
	return kept;
}

struct slice id_compose(struct slice id, struct arena *arena)
{
	struct strbuf composed;

	if (utf8_is_nfc(id))
		return id;
	strbuf_init(&composed);
	utf8_compose(&composed, id);
	struct slice kept = arena_slice(arena, strbuf_slice(&composed));
	strbuf_release(&composed);
	return kept;
}

bool id_number(struct slice folded, struct slice prefix, uint64_t *number)
{
	*number = 0;
	if (folded.len <= prefix.len + 1 || memcmp(folded.at, prefix.at, prefix.len) != 0 ||
		folded.at[prefix.len] != '-')
		return false;
	for (size_t i = prefix.len + 1; i < folded.len; i++) {
		if (folded.at[i] < '0' || folded.at[i] > '9' || *number > UINT64_MAX / 10 - 1)
			return false;
		*number = *number * 10 + (uint64_t)(folded.at[i] - '0');
	}
	return true;
}

bool key_is_moment(const struct kind *kind, struct slice key)
{
	return kind->entry != JOURNAL_NONE && key.len > 0 && key.at[0] >= '0' && key.at[0] <= '9';
}

static struct place place_at(const struct reader *reader, uint32_t line, uint32_t column)
{
	return (struct place){ reader->file->path, line, column };
}

static const char *text_of(struct reader *reader, struct slice text)
{
	return arena_strndup(&reader->part->arena, text.at ? text.at : "", text.len);
}

static void report_unknown_kind(struct reader *reader, struct slice word, struct place place)
{
	struct diagnostics *found = &reader->part->found;
	const struct kind *near = kind_nearest(word);
	struct diagnostic *finding = diagnose(
		found, place, "kind-unknown", N_("unknown kind '%s'"), text_of(reader, word), NULL);

	if (near)
		diagnostic_hint(found, finding, N_("did you mean '%s'?"), near->name);
}

static void check_id(struct reader *reader, const struct header *header, struct place place)
{
	struct diagnostics *found = &reader->part->found;
	struct value_fault fault;
	const char *kind = header->kind->name;

	if (header->kind->flags & KIND_SINGLE) {
		if (header->id.len > 0)
			diagnose(found, place, "id-unexpected",
				N_("there is only one '%s': it has no id"), kind, NULL);
	} else if (header->id.len == 0) {
		diagnose(found, place, "id-missing", N_("'%s' needs an id, as in [%s ID]"), kind,
			kind, NULL);
	} else if (!utf8_is_nfc(header->id)) {
		diagnose(found, place, "id-nfc",
			N_("id '%s' is not in Unicode's composed form (NFC)"),
			text_of(reader, header->id), NULL);
	} else if (!id_valid(header->id, &fault)) {
		place.column += (uint32_t)fault.offset;
		diagnose(found, place, fault.id, N_("'%s' is no id: expected %s"),
			text_of(reader, header->id), fault.expected, NULL);
	}
}

static void on_section(void *context, struct slice text, uint32_t line, uint32_t column)
{
	struct reader *reader = context;
	struct header header = split_header(text);
	struct place place = place_at(reader, line, column);

	if (reader->last_kind && slice_is(header.word, reader->last_kind->name))
		header.kind = reader->last_kind;
	else
		header = header_parse(text);
	reader->last_kind = header.kind;
	reader->section++;
	reader->open = header.kind != NULL;
	if (!header.kind) {
		struct slice lost = id_fold(header.id, &reader->part->arena);
		vec_append(&reader->part->lost, &lost);
		report_unknown_kind(reader, header.word, place);
		return;
	}
	if (header.id.len > 0)
		place.column += (uint32_t)(header.id.at - text.at);
	check_id(reader, &header, place);
	if (header.kind->flags & KIND_SINGLE)
		header.id.len = 0;
	struct record *record = vec_push(&reader->part->records);
	record->kind = header.kind;
	record->id = header.id;
	record->folded = id_fold(header.id, &reader->part->arena);
	record->file = reader->number;
	record->line = record->last_line = line;
	record->overlay = reader->file->overlay;
	/* Entries move while they are collected: until the end of the file this holds the number of
	 * the first. */
	record->entries = (struct entry *)(uintptr_t)reader->part->entries.len;
	if (reader->customs.len > 0)
		map_clear(&reader->customs);
}

static struct record *open_record(struct reader *reader)
{
	struct record *records = reader->part->records.items;

	return &records[reader->part->records.len - 1];
}

static uint16_t find_field(struct reader *reader, const struct kind *kind, struct slice key)
{
	unsigned char first = (unsigned char)key.at[0], last = (unsigned char)key.at[key.len - 1];
	struct cached_field *slot =
		&reader->cache[(key.len * 31 + first * 7u + last) % CACHE_SLOTS];

	if (slot->kind != kind || !slice_equal(slot->key, key))
		*slot = (struct cached_field){ kind, key, (uint16_t)kind_field_find(kind, key) };
	return slot->field;
}

static void report_unknown_field(struct reader *reader, struct slice key, struct place place)
{
	struct diagnostics *found = &reader->part->found;
	const struct kind *kind = open_record(reader)->kind;
	const char *near = kind_field_nearest(kind, key);
	struct diagnostic *finding;

	if (kind->flags & KIND_JOURNAL)
		finding = diagnose(found, place, "field-unknown",
			N_("unknown field '%s': a %s has dates as keys"), text_of(reader, key),
			kind->name, NULL);
	else
		finding = diagnose(found, place, "field-unknown", N_("unknown field '%s' of a %s"),
			text_of(reader, key), kind->name, NULL);
	if (near)
		diagnostic_hint(found, finding, N_("did you mean '%s'?"), near);
}

/* The entry that already has this field or x_ key in the open record, or NULL. Dates are compared
 * by the check. */
static const struct entry *given_before(struct reader *reader, uint16_t field, struct slice key)
{
	struct record *record = open_record(reader);
	const struct entry *all = reader->part->entries.items;
	size_t first = (size_t)(uintptr_t)record->entries;

	if (field < SEEN_FIELDS) {
		if (reader->seen[field] != reader->section) {
			reader->seen[field] = reader->section;
			return NULL;
		}
		for (size_t i = first; i < reader->part->entries.len; i++)
			if (all[i].field == field)
				return &all[i];
		return NULL;
	}
	uintptr_t present;
	if (map_add(&reader->customs, key, reader->part->entries.len, &present))
		return NULL;
	return &all[present];
}

static void report_twice(
	struct reader *reader, struct slice key, struct place place, const struct entry *before)
{
	struct arena *arena = &reader->part->arena;

	diagnose(&reader->part->found, place, "duplicate-key",
		N_("'%s' is given twice, first at %s"), text_of(reader, key),
		arena_printf(arena, "%s:%u", reader->file->path, (unsigned)before->line), NULL);
}

/* Columns of a key are not announced; keys are slices of the file, so its line's start is near. */
static uint32_t key_column(const struct reader *reader, struct slice key)
{
	const char *start = reader->text.at;
	const char *at = key.at;

	if (at < start || at >= start + reader->text.len)
		return 1;
	while (at > start && at[-1] != '\n' && at[-1] != '\r')
		at--;
	return (uint32_t)(key.at - at) + 1;
}

static void on_key(void *context, struct slice key, struct slice value, uint32_t line,
	uint32_t column, uint32_t last_line)
{
	struct reader *reader = context;

	if (!reader->open || key.len == 0)
		return;
	struct record *record = open_record(reader);
	record->last_line = last_line;
	uint16_t field = FIELD_CUSTOM;
	if (!key_is_moment(record->kind, key)) {
		field = find_field(reader, record->kind, key);
		struct place place = place_at(reader, line, 0);
		const struct entry *before = given_before(reader, field, key);
		if (before || field == FIELD_UNKNOWN)
			place.column = key_column(reader, key);
		if (before) {
			report_twice(reader, key, place, before);
			return;
		}
		if (field == FIELD_UNKNOWN)
			report_unknown_field(reader, key, place);
	}
	record->entry_count++;
	struct entry *entry = vec_push(&reader->part->entries);
	*entry = (struct entry){ key, value, line, column, field };
}

static size_t count_lines(struct slice bytes)
{
	size_t lines = 1;
	const char *end = bytes.at + bytes.len;

	for (const char *at = bytes.at;
		bytes.len > 0 && (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
		lines++;
	return lines;
}

int part_read(struct part *part, const struct project_file *file, uint32_t number, struct err *err)
{
	struct reader reader = { .part = part, .file = file, .number = number };
	struct ini_events events = { &reader, on_section, on_key };

	struct slice text = file->bytes;

	map_init(&reader.customs);
	conflict_blocks(text, file->path, &part->found);
	if (conflict_in(text))
		text = conflict_ours(text, file->path, &part->arena, &part->found);
	reader.text = text;
	vec_reserve(&part->entries, count_lines(file->bytes));
	int rc = ini_read(text, file->path, &events, &part->arena, &part->found, err);
	map_release(&reader.customs);
	struct entry *entries = part->entries.items;
	struct record *records = part->records.items;
	for (size_t i = 0; i < part->records.len; i++)
		records[i].entries = entries ? entries + (uintptr_t)records[i].entries : NULL;
	return rc;
}
