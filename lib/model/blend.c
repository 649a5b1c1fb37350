/*
 * A project made of two: records are shallow copies, their entries those of one side or a mixture.
 */
#include "base/alloc.h"
#include "model/difference.h"
#include "model/project-internal.h"

#include <stdlib.h>

/* The differences of one record are adjacent; so is what is made of them. */
struct span {
	size_t first, count;
};

struct blend {
	struct project *out;
	const struct project *before, *after;
	const struct difference *differences;
	const bool *made;
	struct map spans; /* record (its address) → struct span *; of `after` where there is one */
	struct arena scratch;
};

static struct slice address(const struct record *const *record)
{
	return slice_new((const char *)record, sizeof(*record));
}

static void index_differences(struct blend *b, size_t count)
{
	struct span *span = NULL;
	const struct record *last = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct difference *d = &b->differences[i];
		const struct record **key;

		if (span && last == (d->after ? d->after : d->before)) {
			span->count++;
			continue;
		}
		key = arena_alloc(&b->scratch, sizeof(*key));
		*key = last = d->after ? d->after : d->before;
		span = arena_calloc(&b->scratch, 1, sizeof(*span));
		*span = (struct span){ i, 1 };
		map_put(&b->spans, address(key), (uintptr_t)span);
	}
}

static const struct span *span_of(const struct blend *b, const struct record *record)
{
	return map_get_pointer(&b->spans, address(&record));
}

static void add_files(struct project *out, const struct project *from)
{
	const struct project_file *files = from->files.items;

	for (size_t i = 0; i < from->files.len; i++)
		vec_append(&out->files, &files[i]);
}

static struct record *add_record(struct blend *b, const struct record *from, bool of_before)
{
	struct project *out = b->out;
	struct vec *peers = &out->by_kind[project_kind_index(out, from->kind)];
	struct record *record = arena_alloc(&out->arena, sizeof(*record));

	*record = *from;
	record->file += of_before ? (uint32_t)b->after->files.len : 0;
	record->number = (uint32_t)out->records.len;
	record->kind_number = (uint32_t)peers->len;
	record->more = NULL;
	vec_append(&out->records, &record);
	vec_append(peers, &record);
	map_put(&out->ids[project_kind_index(out, from->kind)], record->folded, (uintptr_t)record);
	return record;
}

static const struct entry *find_entry(const struct record *record, struct slice key)
{
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (slice_equal(record->entries[i].key, key))
			return &record->entries[i];
	return NULL;
}

static bool is_undone(const struct blend *b, const struct span *span, struct slice key)
{
	for (size_t i = span->first; i < span->first + span->count; i++)
		if (slice_equal(b->differences[i].field, key))
			return !b->made[i];
	return false;
}

/* Fields of `after`, those whose change is not made as they were; then those whose removal is not made. */
static void mix_entries(struct blend *b, struct record *record, const struct difference *any, const struct span *span)
{
	const struct record *after = any->after, *before = any->before;
	struct entry *entries = arena_calloc(&b->out->arena, after->entry_count + before->entry_count + 1, sizeof(*entries));
	uint32_t count = 0;

	for (uint32_t i = 0; i < after->entry_count; i++) {
		const struct entry *entry = &after->entries[i];

		if (is_undone(b, span, entry->key))
			entry = find_entry(before, entry->key);
		if (entry)
			entries[count++] = *entry;
	}
	for (uint32_t i = 0; i < before->entry_count; i++)
		if (!find_entry(after, before->entries[i].key) && is_undone(b, span, before->entries[i].key))
			entries[count++] = before->entries[i];
	record->entries = entries;
	record->entry_count = count;
}

/* A record that `after` has. */
static void take_after(struct blend *b, const struct record *after)
{
	const struct span *span = span_of(b, after);
	const struct difference *first = span ? &b->differences[span->first] : NULL;

	if (!first) {
		add_record(b, after, false);
	} else if (first->what == DIFFERENCE_ADDED) {
		if (b->made[span->first])
			add_record(b, after, false);
	} else {
		mix_entries(b, add_record(b, after, false), first, span);
	}
}

/* Is the record gone from `after`, and its removal not made? */
static bool is_kept(const struct blend *b, const struct record *before)
{
	const struct span *span = span_of(b, before);

	return span && b->differences[span->first].what == DIFFERENCE_REMOVED && !b->made[span->first];
}

/* Kept ones follow the nearest record in front of them that both have; those without one come first. */
static void blend_kind(struct blend *b, const struct kind *kind)
{
	size_t then = project_count(b->before, kind), count = project_count(b->after, kind);
	size_t *behind = xcalloc(count + 1, sizeof(*behind)); /* first kept record behind each, from 1; [0]: in front of all */
	size_t *next = xcalloc(then + 1, sizeof(*next));      /* the kept record after each, from 1 */
	size_t at = 0, last = 0;

	for (size_t i = 0; i < then; i++) {
		struct record *record = project_at(b->before, kind, i);
		struct record *same = record_counterpart(b->after, record);

		if (same) {
			at = same->kind_number + 1;
			last = 0;
		} else if (is_kept(b, record)) {
			if (last)
				next[last] = i + 1;
			else if (behind[at] == 0)
				behind[at] = i + 1;
			last = i + 1;
		}
	}
	for (size_t i = 0; i <= count; i++) {
		if (i > 0)
			take_after(b, project_at(b->after, kind, i - 1));
		for (size_t k = behind[i]; k; k = next[k])
			add_record(b, project_at(b->before, kind, k - 1), true);
	}
	free(behind);
	free(next);
}

void project_blend(struct project *out, const struct project *before, const struct project *after, const char *kinds,
	const struct vec *differences, const bool *made)
{
	struct blend b = { .out = out, .before = before, .after = after, .differences = differences->items, .made = made };
	struct slice rest = slice_of(kinds), name;

	project_init(out, after->source, after->diagnostics);
	out->overlay = after->overlay;
	add_files(out, after);
	add_files(out, before);
	arena_init(&b.scratch);
	map_init(&b.spans);
	index_differences(&b, differences->len);
	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);

		if (kind && !(kind->flags & KIND_JOURNAL))
			blend_kind(&b, kind);
	}
	out->settings = project_count(out, kind_find(slice_of("project"))) > 0 ?
		project_at(out, kind_find(slice_of("project")), 0) : NULL;
	project_units(out, &out->units);
	map_release(&b.spans);
	arena_release(&b.scratch);
}
