#include "history/values.h"

#include "base/file.h"
#include "base/pack.h"

#include <inttypes.h>

struct kept {
	struct slice value;
	bool used;
};

static void print_head(struct strbuf *out, const char *version, struct slice body)
{
	strbuf_addf(out, "pmt-values 1 %s %016" PRIx64 "\n", version, slice_hash(body));
}

static void keep(struct history_values *values, struct slice key, struct slice value, bool used)
{
	struct kept *kept = arena_alloc(&values->arena, sizeof(*kept));

	*kept = (struct kept){ arena_slice(&values->arena, value), used };
	map_put(&values->entries, arena_slice(&values->arena, key), (uintptr_t)kept);
}

static void read_entries(struct history_values *values, struct slice text)
{
	struct slice body = slice_from(text, slice_find(text, '\n') + 1), key, value;
	struct strbuf head;

	strbuf_init(&head);
	print_head(&head, values->version, body);
	if (slice_starts(text, head.buf))
		while (unpack_text(&body, &key) && unpack_text(&body, &value))
			keep(values, key, value, false);
	strbuf_release(&head);
}

void values_open(struct history_values *values, const char *path, const char *version)
{
	struct strbuf text;

	*values = (struct history_values){ .version = version };
	arena_init(&values->arena);
	map_init(&values->entries);
	strbuf_init(&values->path);
	if (!path)
		return;
	strbuf_add_str(&values->path, path);
	strbuf_init(&text);
	if (file_exists(path) && file_read(&text, path, NULL) == 0)
		read_entries(values, strbuf_slice(&text));
	strbuf_release(&text);
}

bool values_get(struct history_values *values, struct slice key, struct slice *out)
{
	struct kept *found = map_get_pointer(&values->entries, key);

	if (!found)
		return false;
	found->used = true;
	*out = found->value;
	return true;
}

bool values_have(const struct history_values *values, struct slice key)
{
	return map_get_pointer(&values->entries, key) != NULL;
}

void values_put(struct history_values *values, struct slice key, struct slice value)
{
	keep(values, key, value, true);
	values->changed = true;
}

static void print_entry(struct strbuf *body, const struct map_entry *entry)
{
	pack_text(body, entry->key);
	pack_text(body, ((const struct kept *)entry->value)->value);
}

/* Those that this run used before the others, so that what nobody has used for longest goes first. */
static void print_entries(const struct history_values *values, struct strbuf *body)
{
	const struct map_entry *entries = values->entries.entries;
	size_t unused = 0;

	for (size_t i = 0; i < values->entries.len; i++)
		if (((const struct kept *)entries[i].value)->used)
			print_entry(body, &entries[i]);
	for (size_t i = 0; i < values->entries.len; i++)
		if (!((const struct kept *)entries[i].value)->used &&
			(!values->most_unused || unused++ < values->most_unused))
			print_entry(body, &entries[i]);
}

void values_close(struct history_values *values)
{
	struct strbuf whole, body;

	if (values->changed && values->path.len) {
		strbuf_init(&whole);
		strbuf_init(&body);
		print_entries(values, &body);
		print_head(&whole, values->version, strbuf_slice(&body));
		strbuf_add_slice(&whole, strbuf_slice(&body));
		file_replace(values->path.buf, strbuf_slice(&whole), NULL);
		strbuf_release(&whole);
		strbuf_release(&body);
	}
	map_release(&values->entries);
	strbuf_release(&values->path);
	arena_release(&values->arena);
}
