/*
 * A delta and a state: does it fit, what comes of it.
 */
#include "change/delta-internal.h"

#include "model/difference.h"
#include "model/header.h"
#include "model/reference.h"

#include <stdlib.h>

/* The record of a canonical kind and id, as the state itself has it. */
static const struct record *find_record(const struct project *state, struct slice kind_name, struct slice id)
{
	const struct kind *kind = kind_find(kind_name);
	const struct record *record = NULL;

	if (!kind)
		return NULL;
	if (kind->flags & KIND_SINGLE)
		record = project_count(state, kind) ? project_at(state, kind, 0) : NULL;
	else
		record = project_find(state, kind, id);
	return record && !record->overlay ? record : NULL;
}

static const struct entry *find_entry(const struct record *record, struct slice key)
{
	for (; record; record = record->more)
		for (uint32_t i = 0; i < record->entry_count; i++)
			if (slice_equal(record->entries[i].key, key))
				return &record->entries[i];
	return NULL;
}

struct slice delta_value(const struct project *state, const struct delta_item *item, struct arena *arena)
{
	const struct record *record;
	const struct entry *entry;

	if (slice_is(item->kind, "file")) {
		const struct steering *file = delta_steering_find(state, item->id);

		return file ? delta_steering(file, arena) : slice_new(NULL, 0);
	}
	record = find_record(state, item->kind, item->id);
	if (record && slice_is(item->field, "*"))
		return slice_new("", 0);
	entry = find_entry(record, item->field);
	return entry ? slice_present(entry->text) : slice_new(NULL, 0);
}

/* "T-9" of "t-9": the id of a record that no state at hand has, as automatic ids of the kind look. */
static struct slice usual_id(const struct delta_item *item, struct arena *arena)
{
	const struct kind *kind = kind_find(item->kind);
	size_t len = kind && kind->prefix ? strlen(kind->prefix) : 0;

	if (!len || item->id.len <= len || item->id.at[len] != '-' ||
		!slice_equal(id_fold(slice_of(kind->prefix), arena), slice_new(item->id.at, len)))
		return item->id;
	return slice_of(arena_printf(arena, "%s%.*s", kind->prefix, (int)(item->id.len - len), item->id.at + len));
}

struct slice delta_item_name(
	const struct delta_item *item, const struct project *one, const struct project *other, struct arena *arena)
{
	const struct record *record = one ? find_record(one, item->kind, item->id) : NULL;
	bool whole = slice_is(item->field, "*");
	struct slice id;

	if (!record && other)
		record = find_record(other, item->kind, item->id);
	id = record ? record->id : usual_id(item, arena);
	return slice_of(arena_printf(arena, "%.*s%s%.*s%s%.*s", (int)item->kind.len, item->kind.at, id.len ? " " : "",
		(int)id.len, id.len ? id.at : "", whole ? "" : " ", whole ? 0 : (int)item->field.len, item->field.at));
}

/* Contexts. */

struct collecting {
	const struct project *state;
	struct arena *arena;
	struct vec found; /* struct delta_context */
};

static void add_context(struct collecting *c, const struct record *record)
{
	struct slice title = { NULL, 0 }, parent = { NULL, 0 };
	struct delta_context *context;

	if (!record || record->overlay)
		return;
	if (record_text(record, "title", &title))
		title = arena_slice(c->arena, slice_present(title));
	if (kind_field_named(record->kind, "parent") && record_text(record, "parent", &parent))
		parent = arena_slice(c->arena, slice_present(parent));
	context = vec_push(&c->found);
	*context = (struct delta_context){ slice_of(record->kind->name),
		arena_slice(c->arena, slice_present(record->folded)), title, parent };
}

static void add_named(void *context, const struct reference *reference)
{
	struct collecting *c = context;

	add_context(c, reference_target(c->state, reference));
}

static void add_names(struct collecting *c, const struct delta_item *item)
{
	const struct kind *kind = kind_find(item->kind);
	const struct field *field;

	if (!kind || !item->new.at)
		return;
	if (kind->flags & KIND_JOURNAL) {
		reference_each_in_entry(kind, item->new, add_named, c);
		return;
	}
	field = kind_field(kind, kind_field_find(kind, item->field));
	if (field && reference_field(field))
		reference_each(field, item->new, add_named, c);
}

int delta_context_order(const struct delta_context *a, const struct delta_context *b)
{
	int order = slice_compare(a->kind, b->kind);

	return order ? order : slice_compare(a->id, b->id);
}

static int by_record(const void *a, const void *b, void *context)
{
	(void)context;
	return delta_context_order(a, b);
}

struct delta_context *delta_contexts(
	const struct delta *delta, const struct project *state, struct arena *arena, size_t *count)
{
	struct collecting c = { .state = state, .arena = arena };
	struct delta_context *kept;

	vec_init(&c.found, sizeof(struct delta_context));
	for (size_t i = 0; i < delta->item_count; i++) {
		const struct delta_item *item = &delta->items[i], *last = i ? item - 1 : NULL;

		if (!last || !slice_equal(last->kind, item->kind) || !slice_equal(last->id, item->id))
			add_context(&c, find_record(state, item->kind, item->id));
		add_names(&c, item);
	}
	vec_sort(&c.found, by_record, NULL);
	kept = arena_calloc(arena, c.found.len + 1, sizeof(*kept));
	*count = 0;
	for (size_t i = 0; i < c.found.len; i++) {
		const struct delta_context *context = vec_at(&c.found, i);

		if (*count == 0 || delta_context_order(&kept[*count - 1], context) != 0)
			kept[(*count)++] = *context;
	}
	vec_release(&c.found);
	return kept;
}

/* Fitting. */

static bool is_stale(
	const struct delta_item *item, const struct project *state, struct arena *arena, const char **stale)
{
	*stale = delta_item_name(item, state, NULL, arena).at;
	return false;
}

static const struct delta_item *presence_of(const struct delta *delta, size_t at)
{
	const struct delta_item *item = &delta->items[at];

	while (at > 0 && slice_equal(delta->items[at - 1].kind, item->kind) &&
		slice_equal(delta->items[at - 1].id, item->id))
		at--;
	return slice_is(delta->items[at].field, "*") ? &delta->items[at] : NULL;
}

static bool states(const struct delta *delta, size_t first, struct slice key)
{
	const struct delta_item *item = &delta->items[first];

	for (size_t i = first; i < delta->item_count && slice_equal(delta->items[i].kind, item->kind) &&
		slice_equal(delta->items[i].id, item->id); i++)
		if (slice_equal(delta->items[i].field, key))
			return true;
	return false;
}

/* A record that goes takes its fields with it: each bound one must be stated, or an authority field could go unseen. */
static bool states_what_goes(const struct delta *delta, size_t at, const struct record *record, struct slice *unstated)
{
	for (; record; record = record->more)
		for (uint32_t i = 0; i < record->entry_count; i++) {
			*unstated = record->entries[i].key;
			if (delta_class(NULL, record->kind, *unstated) >= CLASS_PLAN && !states(delta, at, *unstated))
				return false;
		}
	return true;
}

static bool item_fits(
	const struct delta *delta, size_t at, const struct project *state, struct arena *arena, const char **stale)
{
	const struct delta_item *item = &delta->items[at];
	const struct record *record = find_record(state, item->kind, item->id);
	struct delta_item unstated = *item;

	if (!delta_same(delta_value(state, item, arena), item->old))
		return is_stale(item, state, arena, stale);
	if (slice_is(item->kind, "file"))
		return true;
	if (!record && !presence_of(delta, at))
		return is_stale(item, state, arena, stale);
	if (slice_is(item->field, "*") && !item->new.at && !states_what_goes(delta, at, record, &unstated.field))
		return is_stale(&unstated, state, arena, stale);
	return true;
}

static bool context_fits(const struct delta_context *a, const struct delta_context *b)
{
	return delta_context_order(a, b) == 0 && delta_same(a->title, b->title) && delta_same(a->parent, b->parent);
}

static bool contexts_fit(
	const struct delta *delta, const struct project *state, struct arena *arena, const char **stale)
{
	size_t count;
	const struct delta_context *there = delta_contexts(delta, state, arena, &count);

	for (size_t i = 0; i < count || i < delta->context_count; i++) {
		const struct delta_context *context = i < delta->context_count ? &delta->contexts[i] : &there[i];

		if (i < count && i < delta->context_count && context_fits(context, &there[i]))
			continue;
		return is_stale(&(struct delta_item){ .kind = context->kind, .id = context->id, .field = slice_of("*") },
			state, arena, stale);
	}
	return true;
}

bool delta_fits(const struct delta *delta, const struct project *state, struct arena *arena, const char **stale)
{
	char units[DIGEST_HEX];

	*stale = NULL;
	delta_units(state, units);
	if (strcmp(units, delta->units) != 0) {
		*stale = "units";
		return false;
	}
	for (size_t i = 0; i < delta->item_count; i++)
		if (!item_fits(delta, i, state, arena, stale))
			return false;
	return contexts_fit(delta, state, arena, stale);
}

/* Applying. */

static void apply_file(struct project *out, const struct delta_item *item)
{
	struct steering *files = out->steering.items, *file;

	for (size_t i = 0; i < out->steering.len; i++) {
		if (!slice_is(item->id, files[i].path))
			continue;
		if (item->new.at)
			files[i].digest = item->new;
		else
			vec_remove(&out->steering, i);
		return;
	}
	if (!item->new.at)
		return;
	file = vec_push(&out->steering);
	*file = (struct steering){ .path = arena_strndup(&out->arena, item->id.at, item->id.len),
		.bytes = slice_new("", 0),
		.digest = item->new };
}

void delta_apply(struct project *out, const struct project *state, const struct delta *delta)
{
	struct vec patches;

	vec_init(&patches, sizeof(struct field_patch));
	for (size_t i = 0; i < delta->item_count; i++) {
		const struct delta_item *item = &delta->items[i];

		if (!slice_is(item->kind, "file"))
			vec_append(&patches,
				&(struct field_patch){ kind_find(item->kind), item->id, item->field, item->new });
	}
	project_patch(out, state, patches.items, patches.len);
	for (size_t i = 0; i < delta->item_count; i++)
		if (slice_is(delta->items[i].kind, "file"))
			apply_file(out, &delta->items[i]);
	vec_release(&patches);
}
