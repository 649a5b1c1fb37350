/*
 * A slice: bytes somebody else owns. Not NUL-terminated; at may be NULL when len is 0.
 * Print one with "%.*s", (int)s.len, s.at, or through strbuf_add_slice.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
	const char *at;
	size_t len;
};

/* The small ones stand here so that the compiler can inline them: they are called for every field of a file. */
static inline struct slice slice_new(const char *at, size_t len)
{
	return (struct slice){ at, len };
}

/* NULL gives an empty slice. */
static inline struct slice slice_of(const char *text)
{
	return (struct slice){ text, text ? strlen(text) : 0 };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.at, b.at, a.len));
}

static inline bool slice_is(struct slice a, const char *text)
{
	return slice_equal(a, slice_of(text));
}

static inline bool slice_starts(struct slice a, const char *prefix)
{
	size_t len = strlen(prefix);

	return a.len >= len && (!len || !memcmp(a.at, prefix, len));
}

static inline bool slice_ends(struct slice a, const char *suffix)
{
	size_t len = strlen(suffix);

	return a.len >= len && (!len || !memcmp(a.at + a.len - len, suffix, len));
}

/* Where a NULL means absent: an empty one is not. */
static inline struct slice slice_present(struct slice a)
{
	return a.at ? a : slice_new("", 0);
}

/* Bytewise order (memcmp, then length): <0, 0, >0. */
int slice_compare(struct slice a, struct slice b);

static inline bool slice_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
static inline struct slice slice_trim(struct slice a)
{
	while (a.len && slice_is_blank(a.at[0])) {
		a.at++;
		a.len--;
	}
	while (a.len && slice_is_blank(a.at[a.len - 1]))
		a.len--;
	return a;
}

/* Position of the first byte c, or len when there is none. */
static inline size_t slice_find(struct slice a, char c)
{
	const char *found = a.len ? memchr(a.at, c, a.len) : NULL;

	return found ? (size_t)(found - a.at) : a.len;
}

/* The part from `from` on; empty when from ≥ len. */
static inline struct slice slice_from(struct slice a, size_t from)
{
	if (from >= a.len)
		return (struct slice){ a.at ? a.at + a.len : NULL, 0 };
	return (struct slice){ a.at + from, a.len - from };
}

/*
 * Cut the next item off *rest at any byte of `separators`; false when rest is used up.
 * Items are trimmed; empty items are given as empty slices, except a trailing one.
 */
bool slice_next(struct slice *rest, const char *separators, struct slice *item);
uint64_t slice_hash(struct slice a);

#endif
