/*
 * The delta as text: printing, and reading that accepts nothing else than what is printed. Digests of units and of a
 * whole state.
 */
#include "change/delta-internal.h"

#include "base/netstring.h"
#include "base/utf8.h"
#include "model/header.h"

#include <stdlib.h>

static const char head[] = "pmt-delta 1\n", state_head[] = "pmt-state 1\n";

static void print(const struct delta *delta, const char *title, struct strbuf *out)
{
	strbuf_addf(out, "%sunits %s\n", title, delta->units);
	for (size_t i = 0; i < delta->context_count; i++) {
		const struct delta_context *context = &delta->contexts[i];

		strbuf_add_str(out, "ctx ");
		netstring_add(out, context->kind);
		netstring_add(out, context->id);
		netstring_add(out, context->title);
		netstring_add(out, context->parent);
		strbuf_add_char(out, '\n');
	}
	for (size_t i = 0; i < delta->item_count; i++) {
		const struct delta_item *item = &delta->items[i];

		strbuf_add_str(out, "field ");
		netstring_add(out, item->kind);
		netstring_add(out, item->id);
		netstring_add(out, item->field);
		netstring_add(out, item->old);
		netstring_add(out, item->new);
		strbuf_add_char(out, '\n');
	}
}

void delta_print(const struct delta *delta, struct strbuf *out)
{
	print(delta, head, out);
}

static void hex_of(struct digest *digest, char out[DIGEST_HEX])
{
	uint8_t bytes[DIGEST_BYTES];

	digest_final(digest, bytes);
	digest_hex(bytes, out);
}

void delta_digest(struct slice text, char out[DIGEST_HEX])
{
	static const char domain[] = "pmt-delta-1"; /* with its NUL */
	struct digest digest;

	digest_init(&digest);
	digest_add(&digest, slice_new(domain, sizeof(domain)));
	digest_add(&digest, text);
	hex_of(&digest, out);
}

static int by_id(const void *a, const void *b, void *context)
{
	(void)context;
	return slice_compare((*(struct record *const *)a)->folded, (*(struct record *const *)b)->folded);
}

static void add_rates(const struct project *project, struct strbuf *text)
{
	struct record *record, **rates;
	struct vec sorted;

	vec_init(&sorted, sizeof(struct record *));
	FOREACH_RECORD(project, kind_find(slice_of("rate")), record)
		if (!record->overlay)
			vec_append(&sorted, &record);
	vec_sort(&sorted, by_id, NULL);
	rates = sorted.items;
	for (size_t i = 0; i < sorted.len; i++) {
		struct slice value = { NULL, 0 };

		record_text(rates[i], "value", &value);
		netstring_add(text, slice_present(rates[i]->folded));
		netstring_add(text, value);
	}
	vec_release(&sorted);
}

void delta_units(const struct project *project, char out[DIGEST_HEX])
{
	static const char *const names[] = { "format", "engine", "currency", "hours_per_day", "days_per_week",
		"days_per_month" };
	struct digest digest;
	struct strbuf text;

	strbuf_init(&text);
	strbuf_add_str(&text, "pmt-units 1\n");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		netstring_add(&text, project_setting(project, names[i]));
	add_rates(project, &text);
	digest_init(&digest);
	digest_add(&digest, strbuf_slice(&text));
	hex_of(&digest, out);
	strbuf_release(&text);
}

void delta_state_digest(const struct project *project, const struct policies *policies, char out[DIGEST_HEX])
{
	struct digest digest;
	struct arena arena;
	struct strbuf text;
	struct delta all;

	arena_init(&arena);
	strbuf_init(&text);
	delta_compare(&all, NULL, project, policies, &arena);
	delta_units(project, all.units);
	print(&all, state_head, &text);
	digest_init(&digest);
	digest_add(&digest, strbuf_slice(&text));
	hex_of(&digest, out);
	strbuf_release(&text);
	arena_release(&arena);
}

/* Reading. */

struct reading {
	struct slice rest;
	const char *start;
	const char *expected; /* N_(): what does not stand there */
	struct arena *arena;
};

static bool fails(struct reading *r, const char *expected)
{
	r->expected = expected;
	return false;
}

static bool take_word(struct reading *r, const char *word)
{
	if (!slice_starts(r->rest, word))
		return false;
	r->rest = slice_from(r->rest, strlen(word));
	return true;
}

static bool is_hex(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!((text.at[i] >= '0' && text.at[i] <= '9') || (text.at[i] >= 'a' && text.at[i] <= 'f')))
			return false;
	return text.len == DIGEST_HEX - 1;
}

/* A line of a value as the reader of files gives it: no controls, no blanks at its ends. */
static bool is_logical_line(struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (((unsigned char)line.at[i] < 0x20 && line.at[i] != '\t') || line.at[i] == 0x7f)
			return false;
	return slice_trim(line).len == line.len;
}

static bool is_logical(struct slice text)
{
	if (text.len && (text.at[0] == '\n' || text.at[text.len - 1] == '\n'))
		return false;
	for (struct slice rest = text; rest.len;) {
		struct slice line = slice_new(rest.at, slice_find(rest, '\n'));

		if (!is_logical_line(line))
			return false;
		rest = slice_from(rest, line.len + 1);
	}
	return utf8_check(text) == text.len;
}

/* The kind of that very name, or NULL. */
static const struct kind *kind_named(struct slice name)
{
	const struct kind *kind = kind_find(name);

	return kind && slice_is(name, kind->name) ? kind : NULL;
}

/* An id as it compares; of a kind of which there is one, nothing. */
static bool is_canonical_id(struct reading *r, const struct kind *kind, struct slice id)
{
	if (!id.at || (kind->flags & KIND_SINGLE) != 0)
		return id.at && id.len == 0;
	return id_valid(id, NULL) && slice_equal(id_fold(id, r->arena), id);
}

static bool take_context(struct reading *r, struct delta_context *out)
{
	const struct kind *kind;

	if (!netstring_take(&r->rest, &out->kind) || !(kind = kind_named(out->kind)))
		return fails(r, N_("a kind"));
	if (!netstring_take(&r->rest, &out->id) || !is_canonical_id(r, kind, out->id))
		return fails(r, N_("a folded id"));
	if (!netstring_take(&r->rest, &out->title) || !is_logical(out->title) ||
		!netstring_take(&r->rest, &out->parent) || !is_logical(out->parent))
		return fails(r, N_("a value"));
	return take_word(r, "\n") || fails(r, N_("the end of the line"));
}

static bool is_field(const struct kind *kind, struct slice field)
{
	if (slice_is(field, "*"))
		return true;
	return field.len && is_logical(field) &&
	       (key_is_moment(kind, field) || kind_field_find(kind, field) != FIELD_UNKNOWN);
}

static bool is_value(const struct kind *kind, struct slice field, struct slice value)
{
	if (!value.at)
		return true;
	if (!kind)
		return value.len == 0 || is_hex(value);
	return slice_is(field, "*") ? value.len == 0 : is_logical(value);
}

static bool take_item(struct reading *r, struct delta_item *out)
{
	const struct kind *kind = NULL;
	bool file;

	if (!netstring_take(&r->rest, &out->kind))
		return fails(r, N_("a kind"));
	file = slice_is(out->kind, "file");
	if (!file && (!(kind = kind_named(out->kind)) || !delta_kind_bound(kind)))
		return fails(r, N_("a kind"));
	if (!netstring_take(&r->rest, &out->id) || !(file ? out->id.len && slice_find(out->id, '\0') == out->id.len :
		is_canonical_id(r, kind, out->id)))
		return fails(r, N_("a folded id"));
	if (!netstring_take(&r->rest, &out->field) || !(file ? slice_is(out->field, "*") : is_field(kind, out->field)))
		return fails(r, N_("a field"));
	if (!netstring_take(&r->rest, &out->old) || !is_value(kind, out->field, out->old) ||
		!netstring_take(&r->rest, &out->new) || !is_value(kind, out->field, out->new))
		return fails(r, N_("a value"));
	if (delta_same(out->old, out->new))
		return fails(r, N_("two values that differ"));
	return take_word(r, "\n") || fails(r, N_("the end of the line"));
}

/* Fields of a record that comes were not there; of one that goes, none stays. */
static bool agrees_with_presence(const struct delta_item *presence, const struct delta_item *item)
{
	if (!presence || !slice_equal(presence->kind, item->kind) || !slice_equal(presence->id, item->id))
		return true;
	return presence->old.at ? !item->new.at : !item->old.at;
}

static bool take_contexts(struct reading *r, struct vec *contexts)
{
	while (take_word(r, "ctx ")) {
		struct delta_context *context = vec_push(contexts);
		size_t last = contexts->len - 1;

		if (!take_context(r, context))
			return false;
		if (last && delta_context_order(vec_at(contexts, last - 1), context) >= 0)
			return fails(r, N_("a record behind the one before it"));
	}
	return true;
}

static bool take_items(struct reading *r, struct vec *items)
{
	size_t presence = SIZE_MAX;

	while (take_word(r, "field ")) {
		struct delta_item *item = vec_push(items);
		size_t last = items->len - 1;

		if (!take_item(r, item))
			return false;
		if (last && delta_item_order(vec_at(items, last - 1), item) >= 0)
			return fails(r, N_("a field behind the one before it"));
		if (slice_is(item->field, "*"))
			presence = last; /* it sorts before all names of fields */
		else if (presence != SIZE_MAX && !agrees_with_presence(vec_at(items, presence), item))
			return fails(r, N_("a field of a record that comes or goes"));
	}
	return true;
}

static bool take_head(struct reading *r, char units[DIGEST_HEX])
{
	struct slice hex;

	if (!take_word(r, head))
		return fails(r, N_("'pmt-delta 1'"));
	if (!take_word(r, "units "))
		return fails(r, N_("the digest of the units"));
	hex = slice_new(r->rest.at, r->rest.len < DIGEST_HEX - 1 ? r->rest.len : DIGEST_HEX - 1);
	r->rest = slice_from(r->rest, hex.len);
	if (!is_hex(hex) || !take_word(r, "\n"))
		return fails(r, N_("the digest of the units"));
	memcpy(units, hex.at, hex.len);
	units[hex.len] = '\0';
	return true;
}

static void *keep(struct arena *arena, const struct vec *items)
{
	void *kept = arena_calloc(arena, items->len + 1, items->size);

	if (items->len)
		memcpy(kept, items->items, items->len * items->size);
	return kept;
}

int delta_parse(struct delta *out, struct slice text, struct arena *arena, struct err *err)
{
	struct slice own = arena_slice(arena, slice_present(text));
	struct reading r = { .rest = own, .start = own.at, .arena = arena };
	struct vec contexts, items;
	bool good;

	*out = (struct delta){ .contexts = NULL };
	vec_init(&contexts, sizeof(struct delta_context));
	vec_init(&items, sizeof(struct delta_item));
	good = take_head(&r, out->units) && take_contexts(&r, &contexts) && take_items(&r, &items) &&
		(r.rest.len == 0 || fails(&r, N_("the end of the text")));
	if (good) {
		out->contexts = keep(arena, &contexts);
		out->context_count = contexts.len;
		out->items = keep(arena, &items);
		out->item_count = items.len;
	} else {
		err_set(err, ERR_INPUT, "the delta is not in canonical form at byte %zu: expected %s",
			(size_t)(r.rest.at - r.start), err_word(err, r.expected));
	}
	vec_release(&items);
	vec_release(&contexts);
	return good ? 0 : ERR_INPUT;
}
