#include "history/blame.h"

/* The newest change of a field: exact asks for one that set it to this value. */
static const struct history_commit *find_change(const struct vec *entries, const struct history_blame *of, bool exact)
{
	const struct history_entry *items = entries->items;

	for (size_t e = 0; e < entries->len; e++)
		for (size_t i = 0; i < items[e].commit.change_count; i++) {
			const struct history_change *change = &items[e].commit.changes[i];

			if (change->action == HISTORY_ADDED)
				return exact ? NULL : &items[e].commit;
			if (change->action == HISTORY_CHANGED && slice_equal(change->field, of->field) &&
				(!exact || slice_equal(change->after, of->value)))
				return &items[e].commit;
		}
	return NULL;
}

/* The newest commit that gave the record its id. */
static const struct history_commit *find_id(const struct vec *entries)
{
	const struct history_entry *items = entries->items;

	for (size_t e = 0; e < entries->len; e++)
		for (size_t i = 0; i < items[e].commit.change_count; i++)
			if (items[e].commit.changes[i].action == HISTORY_RENAMED ||
				items[e].commit.changes[i].action == HISTORY_ADDED)
				return &items[e].commit;
	return NULL;
}

void history_blame(const struct record *record, const struct vec *entries, struct vec *out)
{
	struct history_blame *blame;

	if (!(record->kind->flags & (KIND_JOURNAL | KIND_SINGLE))) {
		blame = vec_push(out);
		*blame = (struct history_blame){ slice_of("id"), record->id, find_id(entries) };
	}
	for (; record; record = record->more)
		for (uint32_t i = 0; i < record->entry_count; i++) {
			blame = vec_push(out);
			blame->field = record->entries[i].key;
			blame->value = record->entries[i].text;
			blame->commit = find_change(entries, blame, true);
			if (!blame->commit)
				blame->commit = find_change(entries, blame, false);
		}
}
