/*
 * Values remembered from one run to the next, by a key that says all they depend on: what a measure was in a commit.
 * One file, written beside and renamed into place, checked by a digest; of another version, damaged or deleted, it is
 * empty. Two processes at once cost one of them what it added, nothing else.
 */
#ifndef HISTORY_VALUES_H
#define HISTORY_VALUES_H

#include "base/arena.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct history_values {
	struct arena arena;
	struct map entries; /* key → the value and whether this run used it */
	struct strbuf path;
	const char *version;
	size_t most_unused; /* how many that this run did not use are kept, the last used; 0: all. To be set after opening */
	bool changed;
};

/* path NULL: nothing is kept. version: of whatever computes the values; must outlive it. */
void values_open(struct history_values *values, const char *path, const char *version);
/* False: not known. */
bool values_get(struct history_values *values, struct slice key, struct slice *out);
/* The same without using it. */
bool values_have(const struct history_values *values, struct slice key);
void values_put(struct history_values *values, struct slice key, struct slice value);
/* Writes what was added and releases; that it cannot be written is no failure. */
void values_close(struct history_values *values);

#endif
