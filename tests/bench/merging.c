/*
 * How long merging takes by itself, without git: a project is edited at N records on two sides, at random, and merged.
 *
 *   merging FOLDER EDITS
 *
 * Prints: milliseconds (best of five), the same for `diff3 -m` of all files joined into one (by lines, with no notion of
 * records), records that came from the other side, conflicts.
 */
#include "base/file.h"
#include "base/random.h"
#include "merge/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 5 };

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A copy in which some sections got another field. */
static struct source *edited(struct source *source, uint64_t seed, uint64_t edits, struct strbuf *joined)
{
	struct source *copy = source_memory_new();
	struct strvec paths;
	struct strbuf text;
	uint64_t sections = 0, number = 0;

	strvec_init(&paths);
	strbuf_init(&text);
	source->list(source, &paths, NULL);
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < paths.len; i++) {
			struct slice rest, line;

			source->read(source, paths.items[i], &rest, NULL);
			strbuf_reset(&text);
			while (rest.len) {
				line = slice_new(rest.at, slice_find(rest, '\n'));
				rest = slice_from(rest, line.len + 1);
				strbuf_add_slice(&text, line);
				strbuf_add_char(&text, '\n');
				if (!slice_starts(line, "[task "))
					continue;
				sections += pass == 0;
				number += (uint64_t)pass;
				if (pass && random_below(seed, 0, number, sections) < edits)
					strbuf_addf(&text, "x_bench_%llu = %llu\n", (unsigned long long)seed, (unsigned long long)number);
			}
			if (pass)
				source_memory_add(copy, paths.items[i], strbuf_slice(&text));
			if (pass)
				strbuf_add_slice(joined, strbuf_slice(&text));
		}
	strbuf_release(&text);
	strvec_release(&paths);
	return copy;
}

/* The peer: what any team without pmt has. */
static double peer(const struct strbuf texts[MERGE_SIDES])
{
	static const char *const names[] = { "base", "ours", "theirs" };
	char folder[] = "/tmp/pmt-bench-XXXXXX", command[256], path[64];
	double best = 1e9;

	if (!mkdtemp(folder))
		return 0;
	for (int side = 0; side < MERGE_SIDES; side++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[side]);
		FILE *out = fopen(path, "w");
		if (!out || fwrite(texts[side].buf, 1, texts[side].len, out) != texts[side].len || fclose(out))
			return 0;
	}
	snprintf(command, sizeof(command), "cd %s && diff3 -m ours base theirs >merged 2>&1", folder);
	for (int i = 0; i < RUNS; i++) {
		double start = milliseconds();

		if (system(command) < 0)
			best = 0;
		if (milliseconds() - start < best)
			best = milliseconds() - start;
	}
	file_remove_tree(folder, NULL);
	return best;
}

int main(int argc, char **argv)
{
	struct merge_request request = { .numbers = MERGE_RENUMBER_THEIRS };
	uint64_t edits = argc > 2 ? strtoull(argv[2], NULL, 10) : 1000;
	size_t conflicts = 0, records = 0;
	struct strbuf texts[MERGE_SIDES];
	double best = 1e9;

	if (argc < 2) {
		fprintf(stderr, "usage: merging FOLDER [EDITS]\n");
		return 2;
	}
	struct source *tree = source_worktree_new(argv[1]);
	for (int side = 0; side < MERGE_SIDES; side++) {
		strbuf_init(&texts[side]);
		request.sides[side] = edited(tree, (uint64_t)side + 1, side ? edits : 0, &texts[side]);
	}
	for (int i = 0; i < RUNS; i++) {
		struct merge_result result;
		double start = milliseconds();

		if (merge_projects(&request, &result, NULL) != 0)
			return 1;
		if (milliseconds() - start < best)
			best = milliseconds() - start;
		conflicts = result.conflicts.len;
		records = result.from_theirs;
		merge_result_release(&result);
	}
	printf("%.1f %.1f %zu %zu\n", best, peer(texts), records, conflicts);
	for (int side = 0; side < MERGE_SIDES; side++) {
		source_free(request.sides[side]);
		strbuf_release(&texts[side]);
	}
	source_free(tree);
	return 0;
}
