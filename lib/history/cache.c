/*
 * What is known of commits: "pmt-history 1 KINDS CHECKSUM\n", then a commit after the other: its id, and packed
 * (base/pack.h) a flag, how many changes, and each change's texts.
 */
#include "history/walk-internal.h"

#include "base/file.h"
#include "base/pack.h"
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

		if (!unpack_text(&rest, &id) || !id.at || !unpack_text(&rest, &body) || !body.at)
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

	if (!unpack_number(rest, &action) || !unpack_number(rest, &parent) || !unpack_text(rest, &kind) ||
		!unpack_text(rest, &change->id) || !unpack_text(rest, &change->title) ||
		!unpack_text(rest, &change->field) || !unpack_text(rest, &change->before) ||
		!unpack_text(rest, &change->after))
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
	if (!unpack_text(&rest, &id) || !unpack_text(&rest, &body) || !unpack_number(&body, &unreadable) ||
		!unpack_number(&body, &count) || count > body.len)
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
	pack_number(&body, commit->unreadable);
	pack_number(&body, (uint32_t)commit->change_count);
	for (size_t i = 0; i < commit->change_count; i++) {
		const struct history_change *change = &commit->changes[i];

		pack_number(&body, (uint32_t)change->action);
		pack_number(&body, change->parent);
		pack_text(&body, slice_of(change->kind->name));
		pack_text(&body, change->id);
		pack_text(&body, change->title);
		pack_text(&body, change->field);
		pack_text(&body, change->before);
		pack_text(&body, change->after);
	}
	pack_text(&cache->fresh, commit->id);
	pack_text(&cache->fresh, strbuf_slice(&body));
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
