/*
 * Merging: any bytes. Three sides, 0x01 between them; on each side two files, 0x02 between them. What one side alone
 * did comes out as it is; a conflict is where it says; the result merges with itself to itself.
 */
#include "tests/fuzz/fuzz.h"

#include "merge/merge.h"

#include <stdlib.h>
#include <string.h>

static struct source *side_of(struct slice text)
{
	struct source *source = source_memory_new();
	size_t end = slice_find(text, '\x02');

	source_memory_add(source, "a.ini", slice_new(text.at, end));
	if (end < text.len)
		source_memory_add(source, "b.ini", slice_from(text, end + 1));
	return source;
}

static void merge(struct source *base, struct source *ours, struct source *theirs, struct merge_result *result)
{
	struct merge_request request = { .sides = { base, ours, theirs }, .numbers = MERGE_RENUMBER_THEIRS };

	if (merge_projects(&request, result, NULL) != 0)
		abort();
}

static void check_same(struct source *wanted, const struct merge_result *result)
{
	const struct merge_file *files = result->files.items;

	for (size_t i = 0; i < result->files.len; i++) {
		struct slice bytes = { NULL, 0 };
		bool there = wanted->read(wanted, files[i].path, &bytes, NULL) == 0;

		if (there != (files[i].bytes.at != NULL) || !slice_equal(bytes, files[i].bytes))
			abort();
	}
	if (result->conflicts.len)
		abort();
}

static void check_alone(struct source *base, struct source *side)
{
	struct merge_result result;

	merge(base, side, base, &result);
	check_same(side, &result);
	merge_result_release(&result);
	merge(base, base, side, &result);
	check_same(side, &result);
	merge_result_release(&result);
	merge(base, side, side, &result);
	check_same(side, &result);
	merge_result_release(&result);
}

static struct slice line_of(struct slice text, uint32_t line)
{
	while (--line && text.len)
		text = slice_from(text, slice_find(text, '\n') + 1);
	return slice_new(text.at, slice_find(text, '\n'));
}

static void check_conflicts(struct source *merged, const struct merge_result *result)
{
	const struct merge_conflict *conflicts = result->conflicts.items;
	struct slice bytes;

	for (size_t i = 0; i < result->conflicts.len; i++) {
		if (!conflicts[i].path || merged->read(merged, conflicts[i].path, &bytes, NULL) != 0)
			abort();
		if (slice_starts(bytes, "\xef\xbb\xbf"))
			bytes = slice_from(bytes, 3);
		if (conflicts[i].line && memchr(bytes.at, '\n', bytes.len) &&
			!slice_starts(line_of(bytes, conflicts[i].line), "; <<<<<<< "))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = slice_new((const char *)data, size);
	struct source *sides[MERGE_SIDES], *merged;
	struct merge_result result;

	for (int side = 0; side < MERGE_SIDES; side++) {
		size_t end = slice_find(rest, '\x01');

		sides[side] = side_of(slice_new(rest.at, end));
		rest = slice_from(rest, end + 1);
	}
	merge(sides[MERGE_BASE], sides[MERGE_OURS], sides[MERGE_THEIRS], &result);
	merged = merge_result_source(&result);
	check_conflicts(merged, &result);
	/* One of them an input, chosen by its length: all three would be nine merges instead of three. */
	check_alone(sides[MERGE_BASE], (struct source *[]){ sides[MERGE_OURS], sides[MERGE_THEIRS], merged }[size % 3]);
	source_free(merged);
	merge_result_release(&result);
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(sides[side]);
	return 0;
}
