/*
 * JSON as a stream: values as they pass by, each with its path. For files that are larger than what is wanted of them.
 *
 * Strict (RFC 8259), but for duplicate keys, which a stream cannot know; a byte order mark is skipped; nesting beyond 1,000 is refused. O(bytes)
 * time, O(depth) memory.
 */
#ifndef TEXT_JSON_SCAN_H
#define TEXT_JSON_SCAN_H

#include "base/err.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

enum json_kind { JSON_SCAN_OBJECT, JSON_SCAN_ARRAY, JSON_SCAN_STRING, JSON_SCAN_NUMBER, JSON_SCAN_TRUE, JSON_SCAN_FALSE, JSON_SCAN_NULL };

/* A step from a value to one in it. */
struct json_step {
	bool array;
	struct slice key; /* objects: unescaped */
	size_t index;     /* arrays: from 0 */
};

struct json_scan_events {
	void *context;
	/*
	 * path: the steps from the root, depth of them; slices live during the call. Objects and arrays come when they open, text empty; strings
	 * unescaped, numbers as written.
	 */
	void (*value)(void *context, const struct json_step *path, size_t depth, enum json_kind kind, struct slice text);
	/* An object or array has closed. May be NULL. */
	void (*close)(void *context, const struct json_step *path, size_t depth);
};

/* ERR_INPUT with "name:line:column: what" when it is no JSON. */
int json_scan(struct slice input, const char *name, const struct json_scan_events *events, struct err *err);

#endif
