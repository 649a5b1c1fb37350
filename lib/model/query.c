#include "base/utf8.h"
#include "model/query-internal.h"

#include <assert.h>

const struct field query_id_field = { .name = "id", .type = TYPE_ID, .doc = N_("The record's id") };
const struct field query_kind_field = {
	.name = "kind", .type = TYPE_ID, .doc = N_("The record's kind")
};

const struct field *query_field(const struct kind *kind, struct slice name)
{
	char plural[64];
	size_t index;

	if (slice_is(name, "id"))
		return &query_id_field;
	if (slice_is(name, "kind"))
		return &query_kind_field;
	if (!kind || !name.len)
		return NULL;
	index = kind_field_find(kind, name);
	if (index == FIELD_UNKNOWN && name.len + 2 < sizeof(plural)) {
		memcpy(plural, name.at, name.len);
		memcpy(plural + name.len, "s", 2);
		index = kind_field_find(kind, slice_of(plural));
	}
	return index >= FIELD_CUSTOM ? NULL : kind_field(kind, index);
}

static bool text_value(struct slice text, enum field_type type, struct value *out)
{
	out->type = type;
	out->as.text = text;
	return text.len > 0;
}

static bool custom_value(const struct record *record, struct slice name, struct value *out)
{
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (record->entries[i].field == FIELD_CUSTOM &&
			slice_equal(record->entries[i].key, name))
			return text_value(slice_trim(record->entries[i].text), TYPE_LINE, out);
	return false;
}

bool query_value(const struct query_scope *scope, const struct record *record,
	const struct field *field, struct arena *arena, struct value *out)
{
	const struct computed *computed;

	if (field == &query_id_field || strcmp(field->name, "id") == 0)
		return text_value(record->id, TYPE_ID, out);
	if (field == &query_kind_field)
		return text_value(slice_of(record->kind->name), TYPE_ID, out);
	if (strncmp(field->name, "x_", 2) == 0)
		return custom_value(record, slice_of(field->name), out);
	if ((!(field->flags & FIELD_COMPUTED) || field->flags & FIELD_LINE) &&
		record_value(scope->project, record, field, arena, out))
		return true;
	for (computed = scope->computed; computed; computed = computed->next)
		if (computed->value(computed->context, record, field, arena, out))
			return true;
	return false;
}

int sort_parse(struct vec *keys, struct slice text, const struct kind *kind, struct err *err)
{
	struct slice word;

	assert(kind);
	while (slice_next(&text, ", \t\n", &word)) {
		struct sort_key key = { NULL, slice_starts(word, "-") };
		const char *nearest;

		if (!word.len)
			continue;
		if (key.descending || slice_starts(word, "+"))
			word = slice_from(word, 1);
		key.field = query_field(kind, word);
		if (key.field) {
			vec_append(keys, &key);
			continue;
		}
		nearest = kind_field_nearest(kind, word);
		err_set(err, ERR_USAGE, "cannot sort by '%.*s': no such field of %s", (int)word.len,
			word.at, err_word(err, kind->name));
		if (nearest)
			err_hint(err, "did you mean '%s'?", nearest);
		return ERR_USAGE;
	}
	return 0;
}

struct sorted {
	struct record *record;
	struct value *values;
	bool *present;
};

struct sorting {
	const struct sort_key *keys;
	size_t count;
};

/* Words of an enum stand in the order in which its table lists them. */
static int key_order(const struct field *field, const struct value *a, const struct value *b)
{
	if (field->type == TYPE_ENUM && field->of)
		return word_index(field->of, a->as.text) - word_index(field->of, b->as.text);
	return value_compare(a, b);
}

static int compare_sorted(const void *left, const void *right, void *context)
{
	const struct sorted *a = left, *b = right;
	const struct sorting *sorting = context;

	for (size_t i = 0; i < sorting->count; i++) {
		int order;

		if (a->present[i] != b->present[i])
			return a->present[i] ? -1 : 1;
		order = a->present[i]
				? key_order(sorting->keys[i].field, &a->values[i], &b->values[i])
				: 0;
		if (order)
			return sorting->keys[i].descending ? -order : order;
	}
	return 0;
}

void query_sort(struct vec *records, const struct vec *keys, const struct query_scope *scope,
	struct arena *scratch)
{
	struct sorting sorting = { keys->items, keys->len };
	struct record **items = records->items;
	struct sorted *sorted;

	if (!keys->len || records->len < 2)
		return;
	sorted = arena_calloc(scratch, records->len, sizeof(*sorted));
	for (size_t i = 0; i < records->len; i++) {
		sorted[i].record = items[i];
		sorted[i].values = arena_calloc(scratch, keys->len, sizeof(struct value));
		sorted[i].present = arena_calloc(scratch, keys->len, sizeof(bool));
		for (size_t k = 0; k < keys->len; k++)
			sorted[i].present[k] = query_value(scope, items[i], sorting.keys[k].field,
				scratch, &sorted[i].values[k]);
	}
	stable_sort(sorted, records->len, sizeof(*sorted), compare_sorted, &sorting);
	for (size_t i = 0; i < records->len; i++)
		items[i] = sorted[i].record;
}

static bool ascii_lower_equal(struct slice a, struct slice b, bool *ascii)
{
	bool equal = a.len == b.len;

	*ascii = true;
	for (size_t i = 0; i < a.len || i < b.len; i++) {
		unsigned char x = i < a.len ? (unsigned char)a.at[i] : 0,
			      y = i < b.len ? (unsigned char)b.at[i] : 0;

		if ((x | y) & 0x80) {
			*ascii = false;
			return false;
		}
		x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
		y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
		equal = equal && x == y;
	}
	return equal;
}

bool folded_equal(struct slice a, struct slice b)
{
	struct strbuf x, y;
	bool ascii, equal;

	if (slice_equal(a, b))
		return true;
	equal = ascii_lower_equal(a, b, &ascii);
	if (ascii)
		return equal;
	strbuf_init(&x);
	strbuf_init(&y);
	utf8_fold(&x, a);
	utf8_fold(&y, b);
	equal = slice_equal(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return equal;
}
