/*
 * Lists as sets: an item is known by what it names, whatever else it says of it. A dependency is one item by task and
 * link type, so two different lags are a conflict; an allocation by whom it names; a date range by its dates; a step of
 * a rate by the day it begins. What one side added, removed or changed is taken; ours' order is kept, and what theirs
 * added stands behind what it stood behind there.
 */
#include "merge/merge-internal.h"

#include "model/value.h"

#include <string.h>

struct item {
	struct slice key, text;
	bool fresh; /* ours alone has it */
};

struct list {
	struct vec items; /* struct item */
	struct map by_key; /* → index */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct slice first_word(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !is_blank(text.at[len]))
		len++;
	return slice_new(text.at, len);
}

struct naming {
	struct arena *arena;
	struct slice key;
};

static void name_dependency(void *context, const struct dependency *dependency)
{
	struct naming *naming = context;
	struct slice id = id_fold(dependency->id, naming->arena), project = dependency->project;

	naming->key = slice_of(arena_printf(naming->arena, "%.*s:%.*s %d", (int)project.len, project.at, (int)id.len, id.at,
		(int)dependency->type));
}

static struct slice dependency_key(struct slice item, struct arena *arena)
{
	struct naming naming = { arena, item };
	struct units units;

	units_default(&units);
	dependencies_parse(item, &units, name_dependency, &naming, NULL);
	return naming.key;
}

/* "a | b" of "a | b 50%", without its blanks. */
static struct slice allocation_key(struct slice item, struct arena *arena)
{
	char *key = arena_alloc(arena, item.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < item.len; i++) {
		size_t next = i;

		while (next < item.len && is_blank(item.at[next]))
			next++;
		if (next == item.len || (next > i && item.at[next] != '|' && !(len && key[len - 1] == '|')))
			break;
		i = next;
		key[len++] = item.at[i];
	}
	return id_fold(slice_new(key, len), arena);
}

/* The date behind "from"; the step that holds from the beginning has none. */
static struct slice rate_key(struct slice item)
{
	struct slice rest = item, word;

	while (slice_next(&rest, " \t", &word))
		if (slice_is(word, "from"))
			return first_word(slice_trim(rest));
	return slice_new(NULL, 0);
}

static struct slice item_key(enum field_type type, struct slice item, struct arena *arena)
{
	switch (type) {
	case TYPE_DEPENDENCIES: return dependency_key(item, arena);
	case TYPE_ALLOCATIONS: return allocation_key(item, arena);
	case TYPE_REFS: return id_fold(item, arena);
	case TYPE_DATES: return first_word(item);
	case TYPE_RATE: return rate_key(item);
	default: return item;
	}
}

static void read_list(struct list *list, enum field_type type, struct slice text, struct arena *arena)
{
	struct slice rest = text, word;

	vec_init(&list->items, sizeof(struct item));
	map_init(&list->by_key);
	while (slice_next(&rest, ",\n", &word)) {
		struct item item = { .key = item_key(type, word, arena), .text = word };

		if (word.len == 0)
			continue;
		map_add(&list->by_key, item.key, list->items.len, &(uintptr_t){ 0 });
		vec_append(&list->items, &item);
	}
}

static const struct item *find_item(const struct list *list, struct slice key)
{
	uintptr_t at;

	return map_get(&list->by_key, key, &at) ? vec_at(&list->items, at) : NULL;
}

/* What becomes of an item of ours; false: it goes. */
static bool keep_ours(const struct list lists[MERGE_SIDES], struct item *item, bool *conflict)
{
	const struct item *base = find_item(&lists[MERGE_BASE], item->key);
	const struct item *theirs = find_item(&lists[MERGE_THEIRS], item->key);
	bool changed = !base || !slice_equal(base->text, item->text);

	item->fresh = !base && !theirs;
	if (!theirs) {
		*conflict |= base && changed;
		return changed;
	}
	if (!changed)
		item->text = theirs->text;
	else if (!slice_equal(item->text, theirs->text) && !(base && slice_equal(base->text, theirs->text)))
		*conflict = true;
	return true;
}

static long find_result(const struct vec *result, struct slice key)
{
	const struct item *items = result->items;

	for (size_t i = 0; i < result->len; i++)
		if (slice_equal(items[i].key, key))
			return (long)i;
	return -1;
}

static void insert(struct vec *result, const struct list *theirs, size_t index)
{
	const struct item *all = theirs->items.items;
	struct item item = all[index], *items;
	long after = -1;
	size_t at;

	for (size_t i = index; i-- > 0 && after < 0;)
		after = find_result(result, all[i].key);
	vec_push(result);
	items = result->items;
	at = (size_t)(after + 1);
	while (at < result->len - 1 && items[at].fresh)
		at++;
	memmove(items + at + 1, items + at, (result->len - 1 - at) * sizeof(*items));
	items[at] = item;
}

static void add_theirs(const struct list lists[MERGE_SIDES], struct vec *result, bool *conflict)
{
	const struct item *theirs = lists[MERGE_THEIRS].items.items;

	for (size_t i = 0; i < lists[MERGE_THEIRS].items.len; i++) {
		const struct item *base = find_item(&lists[MERGE_BASE], theirs[i].key);

		if (find_item(&lists[MERGE_OURS], theirs[i].key))
			continue;
		if (!base)
			insert(result, &lists[MERGE_THEIRS], i);
		else if (!slice_equal(base->text, theirs[i].text))
			*conflict = true;
	}
}

static bool equal_items(const struct vec *a, const struct vec *b)
{
	const struct item *x = a->items, *y = b->items;
	bool equal = a->len == b->len;

	for (size_t i = 0; equal && i < a->len; i++)
		equal = slice_equal(x[i].text, y[i].text);
	return equal;
}

/* As the side that says exactly this has written it; else in the way ours writes lists. */
static struct slice write_list(const struct list lists[MERGE_SIDES], const struct vec *result, enum field_type type,
	const struct slice values[MERGE_SIDES], struct arena *arena)
{
	struct slice like = values[values[MERGE_OURS].at ? MERGE_OURS : MERGE_THEIRS], text;
	bool lines = type == TYPE_DATES || type == TYPE_RATE || slice_find(like, '\n') < like.len;
	const struct item *items = result->items;
	struct strbuf out;

	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++)
		if (values[side].at && equal_items(result, &lists[side].items))
			return values[side];
	if (result->len == 0)
		return slice_new(NULL, 0);
	strbuf_init(&out);
	for (size_t i = 0; i < result->len; i++) {
		strbuf_add_str(&out, i == 0 ? "" : lines ? "\n" : ", ");
		strbuf_add_slice(&out, items[i].text);
	}
	text = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return text;
}

bool list_merge(enum field_type type, const struct slice values[MERGE_SIDES], struct arena *arena, struct slice *out)
{
	struct list lists[MERGE_SIDES];
	const struct item *ours;
	bool conflict = false;
	struct vec result;

	for (int side = 0; side < MERGE_SIDES; side++)
		read_list(&lists[side], type, values[side], arena);
	vec_init(&result, sizeof(struct item));
	ours = lists[MERGE_OURS].items.items;
	for (size_t i = 0; i < lists[MERGE_OURS].items.len; i++) {
		struct item item = ours[i];

		if (keep_ours(lists, &item, &conflict))
			vec_append(&result, &item);
	}
	add_theirs(lists, &result, &conflict);
	*out = write_list(lists, &result, type, values, arena);
	vec_release(&result);
	for (int side = 0; side < MERGE_SIDES; side++) {
		vec_release(&lists[side].items);
		map_release(&lists[side].by_key);
	}
	return !conflict;
}
