/*
 * Open addressing, linear probing, load at most 1/2: `slots` holds entry index + 1, 0 is free.
 */
#include "base/map.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 16 };

void map_init(struct map *map)
{
	*map = (struct map){ 0 };
}

void map_release(struct map *map)
{
	free(map->entries);
	free(map->slots);
	map_init(map);
}

void map_clear(struct map *map)
{
	map->len = 0;
	if (map->slots)
		memset(map->slots, 0, map->slot_count * sizeof(*map->slots));
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *find_slot(const struct map *map, struct slice key, uint64_t hash)
{
	size_t mask = map->slot_count - 1;

	for (size_t at = hash & mask;; at = (at + 1) & mask) {
		const struct map_entry *entry;

		if (!map->slots[at])
			return &map->slots[at];
		entry = &map->entries[map->slots[at] - 1];
		if (entry->hash == hash && slice_equal(entry->key, key))
			return &map->slots[at];
	}
}

static void rebuild_slots(struct map *map, size_t slot_count)
{
	free(map->slots);
	map->slot_count = slot_count;
	map->slots = xcalloc(slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->len; i++) {
		size_t at = map->entries[i].hash & (slot_count - 1);

		while (map->slots[at])
			at = (at + 1) & (slot_count - 1);
		map->slots[at] = (uint32_t)(i + 1);
	}
}

void map_reserve(struct map *map, size_t entries)
{
	size_t slot_count = map->slot_count ? map->slot_count : FIRST_SLOTS;

	assert(entries < UINT32_MAX / 2);
	while (slot_count < entries * 2)
		slot_count *= 2;
	if (slot_count != map->slot_count)
		rebuild_slots(map, slot_count);
	if (map->cap < entries) {
		map->cap = slot_count / 2;
		map->entries = xreallocarray(map->entries, map->cap, sizeof(*map->entries));
	}
}

bool map_get(const struct map *map, struct slice key, uintptr_t *value)
{
	uint32_t slot;

	if (!map->len)
		return false;
	slot = *find_slot(map, key, slice_hash(key));
	if (slot && value)
		*value = map->entries[slot - 1].value;
	return slot != 0;
}

/* The key's entry, made if it was absent. */
static struct map_entry *find_or_make(struct map *map, struct slice key, bool *made)
{
	uint64_t hash = slice_hash(key);
	uint32_t *slot;

	map_reserve(map, map->len + 1);
	slot = find_slot(map, key, hash);
	*made = !*slot;
	if (*made) {
		map->entries[map->len++] = (struct map_entry){ key, hash, 0 };
		*slot = (uint32_t)map->len;
	}
	return &map->entries[*slot - 1];
}

bool map_put(struct map *map, struct slice key, uintptr_t value)
{
	bool made;

	find_or_make(map, key, &made)->value = value;
	return made;
}

bool map_add(struct map *map, struct slice key, uintptr_t value, uintptr_t *present)
{
	bool made;
	struct map_entry *entry = find_or_make(map, key, &made);

	if (made)
		entry->value = value;
	if (present)
		*present = entry->value;
	return made;
}

void *map_get_pointer(const struct map *map, struct slice key)
{
	uintptr_t value = 0;

	map_get(map, key, &value);
	return (void *)value;
}
