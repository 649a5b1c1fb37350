/*
 * A slice: bytes somebody else owns. Not NUL-terminated; at may be NULL when len is 0.
 * Print one with "%.*s", (int)s.len, s.at, or through strbuf_add_slice.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slice {
	const char *at;
	size_t len;
};

struct slice slice_of(const char *text); /* NULL gives an empty slice */
struct slice slice_new(const char *at, size_t len);
bool slice_equal(struct slice a, struct slice b);
bool slice_is(struct slice a, const char *text);
bool slice_starts(struct slice a, const char *prefix);
bool slice_ends(struct slice a, const char *suffix);
/* Bytewise order (memcmp, then length): <0, 0, >0. */
int slice_compare(struct slice a, struct slice b);
/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct slice slice_trim(struct slice a);
/* Position of the first byte c, or len when there is none. */
size_t slice_find(struct slice a, char c);
/* The part from `from` on; empty when from ≥ len. */
struct slice slice_from(struct slice a, size_t from);
/*
 * Cut the next item off *rest at any byte of `separators`; false when rest is used up.
 * Items are trimmed; empty items are given as empty slices, except a trailing one.
 */
bool slice_next(struct slice *rest, const char *separators, struct slice *item);
uint64_t slice_hash(struct slice a);

#endif
