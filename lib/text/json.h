/*
 * JSON out: a streaming writer that keeps commas, indentation and escaping right.
 * JSON in: jansson, with duplicates rejected; json_read reports line and column.
 * Numbers that are exact decimals are written through json_write_raw as the caller prints them.
 */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct json_writer {
	struct strbuf *out;
	int depth;
	bool pretty, first, after_key;
	uint64_t array_mask; /* which open levels are arrays */
};

void json_write_init(struct json_writer *w, struct strbuf *out, bool pretty);
void json_write_object(struct json_writer *w);
void json_write_array(struct json_writer *w);
void json_write_end(struct json_writer *w); /* closes the innermost object or array */
void json_write_key(struct json_writer *w, const char *key);
void json_write_key_slice(struct json_writer *w, struct slice key);
/*
 * For keys that many objects share: json_prepare_key appends to `out` what stands in front of the value, in objects
 * `depth` levels deep; json_write_prepared writes it.
 */
void json_prepare_key(const struct json_writer *w, int depth, const char *key, struct strbuf *out);
void json_write_prepared(struct json_writer *w, struct slice prepared);
void json_write_string(struct json_writer *w, const char *text); /* NULL gives null */
void json_write_slice(struct json_writer *w, struct slice text); /* invalid UTF-8 becomes U+FFFD */
void json_write_integer(struct json_writer *w, int64_t value);
void json_write_double(
	struct json_writer *w, double value); /* shortest that reads back; NaN and inf give null */
void json_write_bool(struct json_writer *w, bool value);
void json_write_null(struct json_writer *w);
void json_write_raw(struct json_writer *w, const char *token);
/* Text of letters, digits and signs that needs no escape: dates. */
void json_write_plain(struct json_writer *w, const char *text);

/* ERR_INPUT with "name:line:column: …". Free with json_decref. */
int json_read(json_t **out, struct slice input, const char *name, struct err *err);

#endif
