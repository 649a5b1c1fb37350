#include "model/governing.h"

#include "base/alloc.h"
#include "base/netstring.h"

#include <stdlib.h>
#include <string.h>

static bool kind_governs(const struct kind *kind)
{
	return !(kind->flags & KIND_JOURNAL) && word_index("baseline|policy|change|event", slice_of(kind->name)) < 0;
}

static bool field_governs(const struct record *record, const struct entry *entry)
{
	const struct field *field = entry->field < FIELD_CUSTOM ? kind_field(record->kind, entry->field) : NULL;

	return field && field->class >= CLASS_PLAN &&
		!(slice_is(slice_of(record->kind->name), "project") && slice_is(entry->key, "baseline"));
}

static int by_id(const void *a, const void *b, void *context)
{
	(void)context;
	return slice_compare((*(struct record *const *)a)->folded, (*(struct record *const *)b)->folded);
}

static int by_key(const void *a, const void *b, void *context)
{
	(void)context;
	return slice_compare((*(const struct entry *const *)a)->key, (*(const struct entry *const *)b)->key);
}

static void add_field(struct strbuf *out, const struct record *record, struct slice name, struct slice value)
{
	netstring_add(out, slice_of(record->kind->name));
	netstring_add(out, slice_present(record->folded));
	netstring_add(out, name);
	netstring_add(out, slice_present(value));
}

static void add_record(struct strbuf *out, const struct record *record, struct vec *entries)
{
	const struct entry **items;

	vec_clear(entries);
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct entry *entry = &record->entries[i];

		if (field_governs(record, entry))
			vec_append(entries, &entry);
	}
	vec_sort(entries, by_key, NULL);
	items = entries->items;
	if (entries->len == 0)
		add_field(out, record, slice_of("*"), slice_of(""));
	for (size_t i = 0; i < entries->len; i++)
		add_field(out, record, items[i]->key, items[i]->text);
}

/* Records whose existence means nothing to the plan (a risk, a note) have no fields of those classes. */
static bool record_governs(const struct kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].class >= CLASS_PLAN)
			return true;
	return false;
}

static void add_kind(struct digest *digest, const struct project *project, const struct kind *kind)
{
	struct vec records, entries;
	struct strbuf text;
	struct record *record, **items;

	vec_init(&records, sizeof(struct record *));
	vec_init(&entries, sizeof(struct entry *));
	strbuf_init(&text);
	FOREACH_RECORD(project, kind, record)
		if (!record->overlay)
			vec_append(&records, &record);
	vec_sort(&records, by_id, NULL);
	items = records.items;
	for (size_t i = 0; i < records.len; i++)
		add_record(&text, items[i], &entries);
	digest_add(digest, strbuf_slice(&text));
	strbuf_release(&text);
	vec_release(&entries);
	vec_release(&records);
}

void governing_digest(const struct project *project, char out[DIGEST_HEX])
{
	uint8_t bytes[DIGEST_BYTES];
	struct digest digest;

	digest_init(&digest);
	digest_add(&digest, slice_of("pmt-plan 1\n"));
	for (size_t k = 0; k < kinds_count; k++)
		if (kind_governs(kinds_all[k]) && record_governs(kinds_all[k]))
			add_kind(&digest, project, kinds_all[k]);
	digest_final(&digest, bytes);
	digest_hex(bytes, out);
}
