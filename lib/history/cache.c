/*
 * What is known of commits: "pmt-history 1 KINDS CHECKSUM\n", then a commit after the other: its id, a flag, how many
 * changes, each with its texts. Numbers are four bytes, least first, so folders shared between machines agree; a text
 * is its length + 1 (0: there is none) and bytes.
 */
#include "history/walk-internal.h"

#include "base/file.h"
#include "model/kind.h"

#include <inttypes.h>
#include <string.h>

static const char MAGIC[] = "pmt-history 1";

/* A table of kinds that names other fields finds other changes. */
static uint64_t kinds_digest(void)
{
	uint64_t digest = 0;

	for (size_t k = 0; k < kinds_count; k++) {
		digest = digest * 31 + slice_hash(slice_of(kinds_all[k]->name)) + kinds_all[k]->flags;
		for (size_t f = 0; f < kind_field_total(kinds_all[k]); f++)
			digest = digest * 31 + slice_hash(slice_of(kind_field(kinds_all[k], f)->name)) +
				 (uint64_t)kind_field(kinds_all[k], f)->type;
	}
	return digest;
}

static void add_number(struct strbuf *out, size_t number)
{
	for (int i = 0; i < 4; i++)
		strbuf_add_char(out, (char)(unsigned char)(number >> (8 * i) & 0xff));
}

static bool take_number(struct slice *rest, uint32_t *number)
{
	*number = 0;
	if (rest->len < 4)
		return false;
	for (int i = 0; i < 4; i++)
		*number |= (uint32_t)(unsigned char)rest->at[i] << (8 * i);
	*rest = slice_from(*rest, 4);
	return true;
}

static void add_text(struct strbuf *out, struct slice text)
{
	add_number(out, text.at ? text.len + 1 : 0);
	strbuf_add_slice(out, text);
}

static bool take_text(struct slice *rest, struct slice *text)
{
	uint32_t length;

	*text = slice_new(NULL, 0);
	if (!take_number(rest, &length) || (length && length - 1 > rest->len))
		return false;
	if (length) {
		*text = slice_new(rest->at, length - 1);
		*rest = slice_from(*rest, length - 1);
	}
	return true;
}

/* The head of the file for a body. */
static void print_head(struct strbuf *out, struct slice body)
{
	strbuf_addf(out, "%s %016" PRIx64 " %016" PRIx64 "\n", MAGIC, kinds_digest(), slice_hash(body));
}

/* Where each commit's entry begins; an entry is its id, its length, and the rest. */
static bool index_entries(struct history_cache *cache)
{
	struct slice rest = cache->text, id, body;

	while (rest.len) {
		size_t at = cache->text.len - rest.len;

		if (!take_text(&rest, &id) || !id.at || !take_text(&rest, &body) || !body.at)
			return false;
		map_put(&cache->entries, id, at);
	}
	return true;
}

static void read_entries(struct history_cache *cache, struct slice text, struct arena *arena)
{
	size_t end = slice_find(text, '\n');
	struct strbuf head;

	strbuf_init(&head);
	print_head(&head, slice_from(text, end + 1));
	if (slice_starts(text, head.buf))
		cache->text = arena_slice(arena, slice_from(text, end + 1));
	if (!index_entries(cache)) {
		map_clear(&cache->entries);
		cache->text = slice_new(NULL, 0);
	}
	strbuf_release(&head);
}

void cache_open(struct history_cache *cache, const struct history_walk *walk, struct arena *arena)
{
	struct strbuf text;

	strbuf_init(&cache->path);
	strbuf_init(&cache->fresh);
	map_init(&cache->entries);
	cache->text = slice_new(NULL, 0);
	cache->usable = walk->cache && !walk->no_changes;
	if (!cache->usable)
		return;
	strbuf_addf(&cache->path, "%s/history-%016" PRIx64, walk->cache, slice_hash(slice_of(walk->folder)));
	strbuf_init(&text);
	if (file_exists(cache->path.buf) && file_read(&text, cache->path.buf, NULL) == 0)
		read_entries(cache, strbuf_slice(&text), arena);
	strbuf_release(&text);
}

static bool take_change(struct slice *rest, struct history_change *change)
{
	uint32_t action, parent;
	struct slice kind;

	if (!take_number(rest, &action) || !take_number(rest, &parent) || !take_text(rest, &kind) ||
		!take_text(rest, &change->id) || !take_text(rest, &change->title) ||
		!take_text(rest, &change->field) || !take_text(rest, &change->before) ||
		!take_text(rest, &change->after))
		return false;
	change->kind = kind_find(kind);
	change->action = (enum history_action)action;
	change->parent = (uint8_t)parent;
	return change->kind && action <= HISTORY_RENAMED;
}

bool cache_find(const struct history_cache *cache, struct arena *arena, struct history_commit *commit)
{
	struct history_change *changes;
	struct slice rest, id, body;
	uint32_t unreadable, count;
	uintptr_t at;

	if (!map_get(&cache->entries, commit->id, &at))
		return false;
	rest = slice_from(cache->text, at);
	if (!take_text(&rest, &id) || !take_text(&rest, &body) || !take_number(&body, &unreadable) ||
		!take_number(&body, &count) || count > body.len)
		return false;
	changes = arena_calloc(arena, count + 1, sizeof(*changes));
	for (uint32_t i = 0; i < count; i++)
		if (!take_change(&body, &changes[i]))
			return false;
	commit->changes = changes;
	commit->change_count = count;
	commit->unreadable = unreadable != 0;
	return true;
}

void cache_add(struct history_cache *cache, const struct history_commit *commit)
{
	struct strbuf body;

	if (!cache->usable)
		return;
	strbuf_init(&body);
	add_number(&body, commit->unreadable);
	add_number(&body, commit->change_count);
	for (size_t i = 0; i < commit->change_count; i++) {
		const struct history_change *change = &commit->changes[i];

		add_number(&body, change->action);
		add_number(&body, change->parent);
		add_text(&body, slice_of(change->kind->name));
		add_text(&body, change->id);
		add_text(&body, change->title);
		add_text(&body, change->field);
		add_text(&body, change->before);
		add_text(&body, change->after);
	}
	add_text(&cache->fresh, commit->id);
	add_text(&cache->fresh, strbuf_slice(&body));
	strbuf_release(&body);
}

void cache_close(struct history_cache *cache, bool added)
{
	struct strbuf whole, body;

	if (cache->usable && added) {
		strbuf_init(&whole);
		strbuf_init(&body);
		strbuf_add_slice(&body, cache->text);
		strbuf_add_slice(&body, strbuf_slice(&cache->fresh));
		print_head(&whole, strbuf_slice(&body));
		strbuf_add_slice(&whole, strbuf_slice(&body));
		file_replace(cache->path.buf, strbuf_slice(&whole), NULL);
		strbuf_release(&whole);
		strbuf_release(&body);
	}
	map_release(&cache->entries);
	strbuf_release(&cache->path);
	strbuf_release(&cache->fresh);
}
