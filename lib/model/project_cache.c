/*
 * Files that several loads share. What a file says depends on nothing but its bytes, so a part (project-internal.h) that
 * was parsed once serves every commit that has the same blob there. A project has its own copy of the records, whose
 * numbers are the project's; their entries and texts are those of the shared part, which lives until its last user is
 * gone.
 *
 * That its values are good depends on its bytes and the project's units, too; so what a check found nothing in is not
 * looked at again. What ties records together depends on all others, and is: references, and a kind's own check unless
 * it says that it looks no further (KIND_CHECK_OWN).
 *
 * Cost: a look-up and a copy of the records (about 100 bytes each) in place of reading and parsing.
 */
#include "base/alloc.h"
#include "model/project-internal.h"

#include <stdlib.h>
#include <string.h>

enum { OLDEST = 4 }; /* loads that a file outlives without being used */

struct project_cache {
	struct map parts; /* path and identity → struct part *, each used by the cache, too */
	uint64_t now;
};

struct project_cache *project_cache_new(void)
{
	struct project_cache *cache = xcalloc(1, sizeof(*cache));

	map_init(&cache->parts);
	return cache;
}

static void drop(struct part *part)
{
	if (--part->uses)
		return;
	part_release(part);
	free(part);
}

void project_cache_free(struct project_cache *cache)
{
	if (!cache)
		return;
	for (size_t i = 0; i < cache->parts.len; i++)
		drop((struct part *)cache->parts.entries[i].value);
	map_release(&cache->parts);
	free(cache);
}

static void add_key(struct strbuf *key, const struct project_file *file, const char *identity)
{
	strbuf_init(key);
	strbuf_addf(key, "%s %s", identity, file->path);
}

/* A part of a project: its own records, everything else the shared part's. */
static struct part *use(struct project_cache *cache, struct part *shared, uint32_t number)
{
	struct part *part = xmalloc(sizeof(*part));
	struct record *records;

	part_init(part);
	part->shared = shared;
	shared->uses++;
	shared->last_use = cache->now;
	vec_reserve(&part->records, shared->records.len);
	for (size_t i = 0; i < shared->records.len; i++)
		vec_append(&part->records, vec_at(&shared->records, i));
	records = part->records.items;
	for (size_t i = 0; i < part->records.len; i++)
		records[i].file = number;
	return part;
}

struct part *project_cache_part(
	struct project_cache *cache, const struct project_file *file, const char *identity, uint32_t number)
{
	struct part *shared;
	struct strbuf key;

	add_key(&key, file, identity);
	shared = map_get_pointer(&cache->parts, strbuf_slice(&key));
	strbuf_release(&key);
	return shared ? use(cache, shared, number) : NULL;
}

struct part *project_cache_keep(
	struct project_cache *cache, struct part *part, const struct project_file *file, const char *identity)
{
	struct record *records = part->records.items;
	struct strbuf key;

	if (part->found.items.len || part->lost.len || !part->text.at)
		return part; /* what is wrong in it is told anew each time */
	add_key(&key, file, identity);
	map_put(&cache->parts, arena_slice(&part->arena, strbuf_slice(&key)), (uintptr_t)part);
	strbuf_release(&key);
	part->uses = 1;
	return use(cache, part, part->records.len ? records[0].file : 0);
}

void project_cache_age(struct project_cache *cache)
{
	struct map kept;

	map_init(&kept);
	for (size_t i = 0; i < cache->parts.len; i++) {
		const struct map_entry *entry = &cache->parts.entries[i];
		struct part *part = (struct part *)entry->value;

		if (part->last_use + OLDEST < cache->now)
			drop(part);
		else
			map_put(&kept, entry->key, entry->value);
	}
	map_release(&cache->parts);
	cache->parts = kept;
	cache->now++;
}

void project_cache_recall(struct project *project)
{
	struct part **parts = project->parts.items;

	for (size_t p = 0; p < project->parts.len; p++) {
		const struct part *shared = parts[p]->shared;
		struct record *records = parts[p]->records.items;

		if (!shared || !shared->sound || !units_equal(&shared->units, &project->units))
			continue;
		for (size_t i = 0; i < parts[p]->records.len; i++)
			records[i].sound = records[i].entries;
	}
}

static void note_paths(struct map *paths, const struct diagnostics *found)
{
	const struct diagnostic *items = found->items.items;

	for (size_t i = 0; i < found->items.len; i++)
		if (items[i].place.path)
			map_put(paths, slice_of(items[i].place.path), 1);
}

void project_cache_learn(const struct project *project, const struct diagnostics *found)
{
	struct part *const *parts = project->parts.items;
	struct map paths;

	map_init(&paths);
	note_paths(&paths, found);
	for (size_t p = 0; p < project->parts.len; p++) {
		struct part *shared = parts[p]->shared;
		const struct record *records = parts[p]->records.items;
		const struct project_file *file =
			parts[p]->records.len ? vec_at(&project->files, records[0].file) : NULL;

		if (!shared || !file || map_get(&paths, slice_of(file->path), NULL))
			continue;
		shared->sound = true;
		shared->units = project->units;
	}
	map_release(&paths);
}
