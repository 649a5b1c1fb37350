/*
 * Open addressing over all (kind, field name) pairs and all kind names, at most half full. The key's length and its first
 * and last eight bytes make the hash: field names differ there, so probes are short, and a name is read once.
 */
#include "base/alloc.h"
#include "model/kind.h"

#include <stdlib.h>

enum { SLOTS = 4096, KIND_NAME = 0xffff };

struct slot {
	const char *name; /* NULL: free */
	uint16_t len, kind, index;
};

struct kind_lookup {
	struct slot slots[SLOTS];
};

static uint64_t load(const char *at, size_t len)
{
	uint64_t bytes = 0;

	memcpy(&bytes, at, len);
	return bytes;
}

static size_t hash(struct slice name, uint64_t kind)
{
	size_t len = name.len < 8 ? name.len : 8;
	uint64_t first = load(name.at, len), last = load(name.at + name.len - len, len);
	uint64_t h = (first ^ (kind << 48) ^ name.len) * 0x9e3779b97f4a7c15u;

	h = (h ^ (h >> 29) ^ last) * 0xbf58476d1ce4e5b9u;
	return (size_t)(h >> 52);
}

static void insert(struct kind_lookup *lookup, const char *name, size_t kind, size_t index)
{
	struct slice key = slice_of(name);
	size_t at = hash(key, kind);

	while (lookup->slots[at].name)
		at = (at + 1) % SLOTS;
	lookup->slots[at] = (struct slot){ name, (uint16_t)key.len, (uint16_t)kind, (uint16_t)index };
}

static size_t find(const struct kind_lookup *lookup, struct slice name, size_t kind)
{
	if (!name.len)
		return FIELD_UNKNOWN;
	for (size_t at = hash(name, kind);; at = (at + 1) % SLOTS) {
		const struct slot *slot = &lookup->slots[at];

		if (!slot->name)
			return FIELD_UNKNOWN;
		if (slot->kind == kind && slot->len == name.len && memcmp(slot->name, name.at, name.len) == 0)
			return slot->index;
	}
}

struct kind_lookup *kind_lookup_new(void)
{
	struct kind_lookup *lookup = xcalloc(1, sizeof(*lookup));

	for (size_t k = 0; k < kinds_count; k++) {
		size_t total = kind_field_total(kinds_all[k]);

		insert(lookup, kinds_all[k]->name, KIND_NAME, k);
		for (size_t i = 0; i < total; i++)
			insert(lookup, kind_field(kinds_all[k], i)->name, k, i);
	}
	return lookup;
}

void kind_lookup_free(struct kind_lookup *lookup)
{
	free(lookup);
}

const struct kind *kind_lookup_kind(const struct kind_lookup *lookup, struct slice name)
{
	size_t index = find(lookup, name, KIND_NAME);

	return index == FIELD_UNKNOWN ? NULL : kinds_all[index];
}

size_t kind_lookup_field(const struct kind_lookup *lookup, size_t kind, struct slice name)
{
	size_t index = find(lookup, name, kind);

	if (index == FIELD_UNKNOWN && name.len > 2 && slice_starts(name, "x_"))
		return FIELD_CUSTOM;
	return index;
}
