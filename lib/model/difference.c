#include "model/difference.h"

#include "model/project-internal.h"

/* Most often it stands where it stood. */
static struct record *near_of(const struct vec *peers, const struct record *record)
{
	return record->kind_number < peers->len ? record_at(peers, record->kind_number) : NULL;
}

struct record *record_counterpart(const struct project *project, const struct record *record)
{
	const struct vec *peers = project_records_of(project, record->kind);
	struct record *near;

	if (record->id.len == 0)
		return peers->len > 0 ? record_at(peers, 0) : NULL;
	near = near_of(peers, record);
	if (near && !(record->kind->flags & KIND_JOURNAL) && slice_equal(near->folded, record->folded))
		return near;
	return project_find(project, record->kind, record->folded);
}

/* Of one shared file (project_load_cached), or one patched from the other. */
static bool shares_entries(const struct record *a, const struct record *b)
{
	return a->entries == b->entries && a->entry_count == b->entry_count;
}

bool record_stands_in(const struct project *project, const struct record *record)
{
	const struct record *near = near_of(project_records_of(project, record->kind), record);

	return near && record->entry_count && shares_entries(near, record) && near->overlay == record->overlay &&
	       !(record->kind->flags & KIND_JOURNAL);
}

/* Two sides of a record mostly have the same keys in the same order, so the place where the other has it is looked at
 * first. */
static const struct entry *entry_named(const struct record *record, struct slice key, uint32_t near)
{
	if (near < record->entry_count && slice_equal(record->entries[near].key, key))
		return &record->entries[near];
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (slice_equal(record->entries[i].key, key))
			return &record->entries[i];
	return NULL;
}

void record_differences(const struct record *before, const struct record *after,
	void (*differs)(void *context, const struct difference *difference), void *context)
{
	struct difference d = { .what = DIFFERENCE_FIELD, .before = before, .after = after };

	if (shares_entries(before, after))
		return;
	for (uint32_t i = 0; i < after->entry_count; i++) {
		const struct entry *now = &after->entries[i], *then = entry_named(before, now->key, i);

		if (then && slice_equal(then->text, now->text))
			continue;
		d.field = now->key;
		d.old = then ? slice_present(then->text) : slice_new(NULL, 0);
		d.new = slice_present(now->text);
		differs(context, &d);
	}
	for (uint32_t i = 0; i < before->entry_count; i++) {
		const struct entry *then = &before->entries[i];

		if (entry_named(after, then->key, i))
			continue;
		d.field = then->key;
		d.old = slice_present(then->text);
		d.new = slice_new(NULL, 0);
		differs(context, &d);
	}
}

static void note_any(void *context, const struct difference *difference)
{
	bool *any = context;

	(void)difference;
	*any = true;
}

bool record_same(const struct record *a, const struct record *b)
{
	bool any = false;

	record_differences(a, b, note_any, &any);
	return !any;
}

static void append(void *context, const struct difference *difference)
{
	vec_append(context, difference);
}

static void kind_differences(const struct project *before, const struct project *after, const struct kind *kind,
	struct vec *out)
{
	struct record *record;

	FOREACH_RECORD(after, kind, record)
		if (!record_counterpart(before, record))
			vec_append(out, &(struct difference){ .what = DIFFERENCE_ADDED, .after = record });
	FOREACH_RECORD(after, kind, record) {
		struct record *then = record_counterpart(before, record);

		if (then)
			record_differences(then, record, append, out);
	}
	FOREACH_RECORD(before, kind, record)
		if (!record_counterpart(after, record))
			vec_append(out, &(struct difference){ .what = DIFFERENCE_REMOVED, .before = record });
}

void project_differences(const struct project *before, const struct project *after, const char *kinds, struct vec *out)
{
	struct slice rest = slice_of(kinds), name;

	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);

		if (kind && !(kind->flags & KIND_JOURNAL))
			kind_differences(before, after, kind, out);
	}
}
