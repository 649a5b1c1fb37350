/* Projects as one text for the tests of merging: "=== plan.ini" lines begin a file. */
#ifndef TESTS_MERGE_TREES_H
#define TESTS_MERGE_TREES_H

#include "base/alloc.h"
#include "base/strbuf.h"
#include "merge/merge.h"

#include <stdlib.h>
#include <string.h>

static inline struct source *tree_of(const char *text)
{
	struct source *source = source_memory_new();
	const char *at = text;

	while (at && strncmp(at, "=== ", 4) == 0) {
		const char *name = at + 4, *line = strchr(name, '\n'), *body = line + 1;
		const char *next = strncmp(body, "=== ", 4) == 0 ? body - 1 : strstr(body, "\n=== ");
		size_t len = next ? (size_t)(next + 1 - body) : strlen(body);
		char *path = xstrndup(name, (size_t)(line - name));

		source_memory_add(source, path, slice_new(body, len));
		free(path);
		at = next ? next + 1 : NULL;
	}
	return source;
}

/* The merged files in the same form. */
static inline char *text_of(const struct merge_result *result)
{
	const struct merge_file *files = result->files.items;
	struct strbuf out;

	strbuf_init(&out);
	for (size_t i = 0; i < result->files.len; i++)
		if (files[i].bytes.at) {
			strbuf_addf(&out, "=== %s\n", files[i].path);
			strbuf_add_slice(&out, files[i].bytes);
		}
	return strbuf_detach(&out);
}

struct merged {
	struct source *sides[MERGE_SIDES];
	struct merge_result result;
	char *text;
};

static inline void merge_texts(struct merged *m, const char *base, const char *ours, const char *theirs, enum merge_numbers numbers)
{
	const char *const texts[] = { base, ours, theirs };
	struct merge_request request = { .numbers = numbers };
	struct err err;

	err_init(&err);
	for (int side = 0; side < MERGE_SIDES; side++)
		request.sides[side] = m->sides[side] = tree_of(texts[side]);
	if (merge_projects(&request, &m->result, &err) != 0)
		abort();
	m->text = text_of(&m->result);
	err_release(&err);
}

static inline void merged_release(struct merged *m)
{
	merge_result_release(&m->result);
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(m->sides[side]);
	free(m->text);
}

#endif
