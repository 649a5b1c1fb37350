/*
 * map: hash map from bytes to a pointer-sized value. Keys are not copied: they must
 * outlive the map (an arena, a file buffer, a literal). Iteration is in insertion order,
 * so output is deterministic. O(1) a look-up; no removal: nobody needed it.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

struct map_entry {
	struct slice key;
	uint64_t hash;
	uintptr_t value;
};

struct map {
	struct map_entry *entries; /* insertion order */
	uint32_t *slots;
	size_t len, cap, slot_count;
};

void map_init(struct map *map);
void map_release(struct map *map);
void map_clear(struct map *map);
void map_reserve(struct map *map, size_t entries);
/* False when the key is absent; *value may be NULL to ask for presence alone. */
bool map_get(const struct map *map, struct slice key, uintptr_t *value);
/* Insert or replace; true when the key was new. */
bool map_put(struct map *map, struct slice key, uintptr_t value);
/* Insert unless present; *present is the value found; true when inserted. */
bool map_add(struct map *map, struct slice key, uintptr_t value, uintptr_t *present);
/* Pointers as values. */
void *map_get_pointer(const struct map *map, struct slice key); /* NULL when absent */

#endif
