/*
 * Two states of a project, and what of their difference is bound: by class of field (model/kind.h), raised where the
 * policy protects.
 */
#include "change/delta-internal.h"

#include "base/netstring.h"
#include "base/strbuf.h"
#include "change/policy.h"
#include "model/difference.h"
#include "model/header.h"
#include "model/reference.h"

#include <stdlib.h>

/* A few fields make up most of a project: their classes are kept. */
struct cached_class {
	const struct kind *kind;
	struct slice field;
	enum field_class class;
};
enum { CACHED_CLASSES = 128 };

struct between {
	struct cached_class classes[CACHED_CLASSES];
	const struct policies *policies;
	const struct project *before, *after;
	enum field_class least; /* of these classes and above */
	struct arena *arena;
	struct vec items; /* struct delta_item */
};

static bool is_kind(const struct kind *kind, const char *name)
{
	return slice_is(slice_of(name), kind->name);
}

/* What is said about changes is no part of a change: it would bind itself. */
bool delta_kind_bound(const struct kind *kind)
{
	return !is_kind(kind, "change") && !is_kind(kind, "event");
}

static bool has_class(const struct kind *kind, enum field_class class)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].class == class)
			return true;
	return false;
}

/* That a record is there at all: as its kind's fields are. */
static enum field_class presence_class(const struct kind *kind)
{
	if (has_class(kind, CLASS_PLAN))
		return CLASS_PLAN;
	return has_class(kind, CLASS_AUTHORITY) ? CLASS_AUTHORITY : CLASS_FREE;
}

static enum field_class table_class(const struct kind *kind, struct slice name)
{
	size_t index = kind_field_find(kind, name);

	if (slice_is(name, "*"))
		return presence_class(kind);
	if (index < kind->field_count)
		return kind->fields[index].class;
	/* common and custom fields of a policy or a baseline belong to it like its own */
	return presence_class(kind) == CLASS_AUTHORITY ? CLASS_AUTHORITY : CLASS_FREE;
}

enum field_class delta_class(const struct policies *policies, const struct kind *kind, struct slice field)
{
	enum field_class class;

	if (!kind)
		return CLASS_AUTHORITY; /* "file" */
	if (!delta_kind_bound(kind))
		return CLASS_FREE;
	class = table_class(kind, field);
	if (class < CLASS_PLAN && policies && policy_protects(policies, kind, field))
		class = CLASS_PLAN;
	return class;
}

/* The record as the state itself has it: an overlay's records are not there. */
static const struct record *own_counterpart(const struct project *project, const struct record *record)
{
	const struct record *found = record_counterpart(project, record);

	return found && !found->overlay ? found : NULL;
}

static struct slice copy(struct arena *arena, struct slice text)
{
	return text.at ? arena_slice(arena, text) : text;
}

static void push_item(
	struct between *b, const struct record *record, struct slice field, struct slice old, struct slice new)
{
	struct delta_item *item = vec_push(&b->items);

	*item = (struct delta_item){ slice_of(record->kind->name), arena_slice(b->arena, slice_present(record->folded)),
		arena_slice(b->arena, field), copy(b->arena, old), copy(b->arena, new) };
}

static enum field_class class_of(struct between *b, const struct kind *kind, struct slice field)
{
	unsigned char first = (unsigned char)field.at[0], last = (unsigned char)field.at[field.len - 1];
	struct cached_class *slot = &b->classes[(field.len * 31 + first * 7u + last) % CACHED_CLASSES];

	if (slot->kind != kind || !slice_equal(slot->field, field))
		*slot = (struct cached_class){ kind, field, delta_class(b->policies, kind, field) };
	return slot->class;
}

static void add_item(
	struct between *b, const struct record *record, struct slice field, struct slice old, struct slice new)
{
	if (class_of(b, record->kind, field) >= b->least)
		push_item(b, record, field, old, new);
}

static void add_difference(void *context, const struct difference *d)
{
	add_item(context, d->after, d->field, d->old, d->new);
}

/* A record that comes or goes. That it does is stated too where only some of its fields are bound. */
static void add_whole(struct between *b, const struct record *record, bool comes)
{
	struct slice absent = slice_new(NULL, 0), empty = slice_new("", 0);
	size_t first = b->items.len;

	add_item(b, record, slice_of("*"), comes ? absent : empty, comes ? empty : absent);
	bool stated = b->items.len > first;
	for (uint32_t i = 0; i < record->entry_count; i++) {
		struct slice text = slice_present(record->entries[i].text);

		add_item(b, record, record->entries[i].key, comes ? absent : text, comes ? text : absent);
	}
	if (!stated && b->items.len > first)
		push_item(b, record, slice_of("*"), comes ? absent : empty, comes ? empty : absent);
}

/* A journal's sections of one id as one record; other records as they are. NULL: not the first of the sections. */
static const struct record *whole_record(
	const struct project *project, const struct record *record, struct arena *arena)
{
	struct record *whole;
	uint32_t count = 0;

	if (!(record->kind->flags & KIND_JOURNAL) || !record->id.len)
		return record;
	if (record_counterpart(project, record) != record)
		return NULL;
	if (!record->more)
		return record;
	whole = arena_alloc(arena, sizeof(*whole));
	*whole = *record;
	for (const struct record *part = record; part; part = part->more)
		count += part->entry_count;
	whole->entries = arena_calloc(arena, count + 1, sizeof(*whole->entries));
	whole->entry_count = 0;
	for (const struct record *part = record; part; part = part->more)
		for (uint32_t i = 0; i < part->entry_count; i++)
			whole->entries[whole->entry_count++] = part->entries[i];
	return whole;
}

/* What the records of `side` say that the other side does not; fields that both have are compared when it is the new
 * one. */
static void compare_side(struct between *b, const struct kind *kind, bool new)
{
	const struct project *side = new ? b->after : b->before, *other = new ? b->before : b->after;
	const struct record *record, *whole, *counterpart;

	if (!side)
		return;
	FOREACH_RECORD(side, kind, record) {
		if (other && record_stands_in(other, record))
			continue;
		whole = record->overlay ? NULL : whole_record(side, record, b->arena);
		if (!whole)
			continue;
		counterpart = other ? own_counterpart(other, record) : NULL;
		if (!counterpart)
			add_whole(b, whole, new);
		else if (new)
			record_differences(whole_record(other, counterpart, b->arena), whole, add_difference, b);
	}
}

static void compare_kind(struct between *b, const struct kind *kind)
{
	if ((kind->flags & KIND_JOURNAL) && delta_class(b->policies, kind, slice_of("*")) < CLASS_PLAN)
		return; /* a policy cannot protect single dates */
	compare_side(b, kind, true);
	compare_side(b, kind, false);
}

struct slice delta_steering(const struct steering *file, struct arena *arena)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];

	if (file->digest.at)
		return file->digest;
	if (!slice_ends(slice_of(file->path), ".gitattributes"))
		return slice_new("", 0);
	digest_of(file->bytes, digest);
	return arena_slice(arena, slice_of(digest_hex(digest, hex)));
}

const struct steering *delta_steering_find(const struct project *state, struct slice path)
{
	const struct steering *files = state->steering.items;

	for (size_t i = 0; i < state->steering.len; i++)
		if (slice_is(path, files[i].path))
			return &files[i];
	return NULL;
}

static void compare_steering(struct between *b, const struct project *side, const struct project *other, bool new)
{
	const struct steering *files = side ? side->steering.items : NULL;

	for (size_t i = 0; side && i < side->steering.len; i++) {
		const struct steering *counterpart = other ? delta_steering_find(other, slice_of(files[i].path)) : NULL;
		struct slice here = delta_steering(&files[i], b->arena), there = { NULL, 0 };

		if (counterpart && !new)
			continue;
		if (counterpart)
			there = delta_steering(counterpart, b->arena);
		if (there.at && slice_equal(here, there))
			continue;
		vec_append(&b->items,
			&(struct delta_item){ slice_of("file"), arena_slice(b->arena, slice_of(files[i].path)),
				slice_of("*"), new ? there : here, new ? here : there });
	}
}

int delta_item_order(const struct delta_item *a, const struct delta_item *b)
{
	int order = slice_compare(a->kind, b->kind);

	if (!order)
		order = slice_compare(a->id, b->id);
	return order ? order : slice_compare(a->field, b->field);
}

static int by_item(const void *a, const void *b, void *context)
{
	(void)context;
	return delta_item_order(a, b);
}

static void compare(struct between *b, struct delta *out)
{
	vec_init(&b->items, sizeof(struct delta_item));
	for (size_t i = 0; i < kinds_count; i++)
		if (delta_kind_bound(kinds_all[i]))
			compare_kind(b, kinds_all[i]);
	compare_steering(b, b->after, b->before, true);
	compare_steering(b, b->before, b->after, false);
	vec_sort(&b->items, by_item, NULL);
	*out = (struct delta){ .item_count = b->items.len };
	out->items = arena_calloc(b->arena, b->items.len + 1, sizeof(*out->items));
	if (b->items.len)
		memcpy(out->items, b->items.items, b->items.len * sizeof(*out->items));
	vec_release(&b->items);
}

void delta_compare(struct delta *out, const struct project *before, const struct project *after,
	const struct policies *policies, struct arena *arena)
{
	struct between b = { .policies = policies,
		.before = before,
		.after = after,
		.least = CLASS_PLAN,
		.arena = arena };

	compare(&b, out);
}

void delta_authority(struct delta *out, const struct project *project, struct arena *arena)
{
	struct between b = { .after = project, .least = CLASS_AUTHORITY, .arena = arena };
	size_t kept = 0;

	compare(&b, out);
	for (size_t i = 0; i < out->item_count; i++)
		if (delta_class(NULL, kind_find(out->items[i].kind), out->items[i].field) == CLASS_AUTHORITY)
			out->items[kept++] = out->items[i];
	out->item_count = kept;
}

void delta_between(struct delta *out, const struct project *before, const struct project *after,
	const struct policies *policies, struct arena *arena)
{
	delta_compare(out, before, after, policies, arena);
	delta_units(before, out->units);
	out->contexts = delta_contexts(out, before, arena, &out->context_count);
}

bool delta_covers(const struct delta *stated, const struct delta *actual, const struct delta_item **missing)
{
	size_t at = 0;

	for (size_t i = 0; i < actual->item_count; i++) {
		const struct delta_item *item = &actual->items[i];

		while (at < stated->item_count && delta_item_order(&stated->items[at], item) < 0)
			at++;
		*missing = item;
		if (at == stated->item_count || delta_item_order(&stated->items[at], item) != 0)
			return false;
		if (!delta_same(stated->items[at].old, item->old) || !delta_same(stated->items[at].new, item->new))
			return false;
	}
	*missing = NULL;
	return true;
}
