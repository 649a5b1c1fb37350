/* JSON: what is read, written by our writer and read again is the same; writing it twice gives the
 * same bytes. */
#include "tests/fuzz/fuzz.h"

#include "text/json.h"

#include <stdlib.h>

enum { DEEPEST = 60 };

static int write_value(struct json_writer *w, json_t *value, int depth);

static int write_members(struct json_writer *w, json_t *object, int depth)
{
	const char *key;
	json_t *member;

	json_write_object(w);
	json_object_foreach(object, key, member)
	{
		json_write_key(w, key);
		if (write_value(w, member, depth))
			return 1;
	}
	json_write_end(w);
	return 0;
}

static int write_items(struct json_writer *w, json_t *array, int depth)
{
	json_write_array(w);
	for (size_t i = 0; i < json_array_size(array); i++)
		if (write_value(w, json_array_get(array, i), depth))
			return 1;
	json_write_end(w);
	return 0;
}

static int write_value(struct json_writer *w, json_t *value, int depth)
{
	if (depth == DEEPEST)
		return 1;
	switch (json_typeof(value)) {
	case JSON_OBJECT: return write_members(w, value, depth + 1);
	case JSON_ARRAY: return write_items(w, value, depth + 1);
	case JSON_STRING:
		json_write_slice(w, slice_new(json_string_value(value), json_string_length(value)));
		break;
	case JSON_INTEGER: json_write_integer(w, json_integer_value(value)); break;
	case JSON_REAL: json_write_double(w, json_real_value(value)); break;
	case JSON_NULL: json_write_null(w); break;
	default: json_write_bool(w, json_is_true(value));
	}
	return 0;
}

static void check_round_trip(json_t *json, bool pretty)
{
	struct strbuf text;
	struct json_writer w;
	struct err err;
	json_t *again;

	err_init(&err);
	strbuf_init(&text);
	json_write_init(&w, &text, pretty);
	if (!write_value(&w, json, 0)) {
		if (json_read(&again, strbuf_slice(&text), "again", &err))
			abort();
		/* 1.0 is written as 1: an integer. Compare what both print. */
		struct strbuf twice;
		strbuf_init(&twice);
		json_write_init(&w, &twice, pretty);
		if (write_value(&w, again, 0) ||
			!slice_equal(strbuf_slice(&text), strbuf_slice(&twice)))
			abort();
		strbuf_release(&twice);
		json_decref(again);
	}
	strbuf_release(&text);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);
	struct strbuf any;
	struct json_writer w;
	struct err err;
	json_t *json;

	err_init(&err);
	if (!json_read(&json, input, "f", &err)) {
		check_round_trip(json, false);
		check_round_trip(json, true);
		json_decref(json);
	} else if (!err.message) {
		abort();
	}
	err_release(&err);

	/* Any bytes are a string that can be written and read. */
	strbuf_init(&any);
	json_write_init(&w, &any, false);
	json_write_array(&w);
	json_write_slice(&w, input);
	json_write_end(&w);
	err_init(&err);
	if (!memchr(data ? data : (const uint8_t *)"", 0, size) &&
		json_read(&json, strbuf_slice(&any), "f", &err) == 0)
		json_decref(json);
	else if (!memchr(data ? data : (const uint8_t *)"", 0, size))
		abort();
	err_release(&err);
	strbuf_release(&any);
	return 0;
}
