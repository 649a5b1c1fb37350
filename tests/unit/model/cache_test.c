/* Files that several loads share: a project read with them is the one that would be read without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/digest.h"
#include "base/random.h"
#include "model/difference.h"

#include <stdio.h>
#include <string.h>

enum { FILES = 5, ROUNDS = 200 };

/* As a blob id: what the bytes are. */
static const char *identity(struct source *source, const char *path)
{
	static char hex[DIGEST_HEX];
	uint8_t digest[DIGEST_BYTES];
	struct slice bytes;

	if (source->read(source, path, &bytes, NULL))
		return NULL;
	digest_of(bytes, digest);
	return digest_hex(digest, hex);
}

static void add(struct source *source, const char *path, const char *text)
{
	source_memory_add(source, path, slice_of(text));
}

static struct source *new_source(void)
{
	struct source *source = source_memory_new();

	source->identity = identity;
	add(source, "pmt.ini", "[project]\nname = n\n");
	return source;
}

static void same_projects(const struct project *a, const struct project *b)
{
	struct record *const *left = a->records.items, *const *right = b->records.items;

	assert_int_equal(a->records.len, b->records.len);
	for (size_t i = 0; i < a->records.len; i++) {
		assert_ptr_equal(left[i]->kind, right[i]->kind);
		assert_true(slice_equal(left[i]->id, right[i]->id));
		assert_true(record_same(left[i], right[i]));
		assert_int_equal(left[i]->number, right[i]->number);
		assert_int_equal(left[i]->file, right[i]->file);
		assert_int_equal(left[i]->line, right[i]->line);
		assert_ptr_equal(project_find(a, left[i]->kind, left[i]->id), left[i]);
	}
}

static void same_diagnostics(const struct diagnostics *a, const struct diagnostics *b)
{
	const struct diagnostic *left = a->items.items, *right = b->items.items;

	assert_int_equal(a->items.len, b->items.len);
	for (size_t i = 0; i < a->items.len; i++) {
		assert_string_equal(left[i].id, right[i].id);
		assert_string_equal(left[i].place.path, right[i].place.path);
	}
}

/* Loads and checks `source` both ways; the project that shares is kept, its source is not. */
static void load_both(struct source *source, struct project_cache *cache, struct project *kept)
{
	struct diagnostics found, plain_found;
	struct project plain;
	struct err err;

	err_init(&err);
	diagnostics_init(&found);
	diagnostics_init(&plain_found);
	assert_int_equal(project_load_cached(kept, source, cache, &found, &err), 0);
	assert_int_equal(project_load(&plain, source, 1, &plain_found, &err), 0);
	same_projects(kept, &plain);
	same_diagnostics(&found, &plain_found);
	project_check(kept, 1, &found);
	project_check(&plain, 1, &plain_found);
	same_diagnostics(&found, &plain_found);
	project_release(&plain);
	diagnostics_release(&found);
	diagnostics_release(&plain_found);
	err_release(&err);
}

/*
 * Now and then a file is wrong: what is wrong is told each time. Whether the rest is right depends on others: on the task depended
 * upon, the scale of impacts, the length of a day (3700000d are beyond the limit when one has 24 h), the status date.
 */
static void write_file(struct source *source, size_t file, size_t version)
{
	static const char *const odd[] = { "", "effort = 3700000d", "actual_start = 2026-05-01", "nosuch = 1", "effort = much" };
	char path[32], text[512];

	snprintf(path, sizeof(path), "f%zu.ini", file);
	snprintf(text, sizeof(text),
		"[task T-%zu]\ntitle = 第 %zu 版\ndepends = T-%zu\n%s\n[risk R-%zu]\ntitle = r\nimpact_level = %zu\n"
		"[baseline B%zu]\nprevious = B%zu\ntasks = T-1 2026-03-02 2026-03-%s\n",
		file, version, (file + version) % FILES, odd[version % 5], file, 1 + version % 5, file, version % FILES, version % 7 ? "04" : "x");
	add(source, path, text);
}

static void write_project(struct source *source, size_t version)
{
	char text[256];

	snprintf(text, sizeof(text), "[project]\nname = n\nhours_per_day = %s\nstatus_date = 2026-0%zu-01\n%s", version % 2 ? "8" : "24",
		3 + version % 3, version % 4 ? "" : "[scale impacts]\ntype = impact_cost\nlevels = 1 low\n    2 high\n");
	add(source, "pmt.ini", text);
}

static void random_histories(void **state)
{
	struct project_cache *cache = project_cache_new();
	struct project projects[3];
	struct source *sources[3] = { NULL };
	size_t versions[FILES] = { 0 };

	(void)state;
	for (size_t round = 0; round < ROUNDS; round++) {
		size_t slot = round % 3;

		if (sources[slot]) {
			project_release(&projects[slot]);
			source_free(sources[slot]);
		}
		versions[random_below(7, 1, round, FILES)] = random_below(7, 2, round, 9);
		sources[slot] = new_source();
		write_project(sources[slot], random_below(7, 4, round, 8));
		for (size_t i = 0; i < FILES; i++)
			if (random_below(7, 3, round * FILES + i, 8))
				write_file(sources[slot], i, versions[i]);
		load_both(sources[slot], cache, &projects[slot]);
	}
	project_cache_free(cache); /* before those that use its files */
	for (size_t i = 0; i < 3; i++) {
		assert_non_null(project_find(&projects[i], kind_find(slice_of("project")), slice_of("")));
		project_release(&projects[i]);
		source_free(sources[i]);
	}
}

/* The same file of two commits is read once: its entries are the same ones. */
static void equal_files_are_shared(void **state)
{
	struct project_cache *cache = project_cache_new();
	const struct kind *task = kind_find(slice_of("task"));
	struct source *sources[2] = { new_source(), new_source() };
	struct project a, b;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		add(sources[i], "same.ini", "[task T-1]\ntitle = a\n");
		add(sources[i], "other.ini", i ? "[task T-2]\ntitle = b\n" : "[task T-2]\ntitle = c\n");
		add(sources[i], "moved/here.ini", "[task T-3]\ntitle = a\n");
	}
	load_both(sources[0], cache, &a);
	load_both(sources[1], cache, &b);
	assert_ptr_equal(project_find(&a, task, slice_of("T-1"))->entries, project_find(&b, task, slice_of("T-1"))->entries);
	assert_ptr_not_equal(project_find(&a, task, slice_of("T-1")), project_find(&b, task, slice_of("T-1")));
	assert_false(record_same(project_find(&a, task, slice_of("T-2")), project_find(&b, task, slice_of("T-2"))));
	project_release(&a);
	source_free(sources[0]);
	assert_true(slice_is(record_text_or(project_find(&b, task, slice_of("T-1")), "title"), "a"));
	project_release(&b);
	source_free(sources[1]);
	project_cache_free(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_histories),
		cmocka_unit_test(equal_files_are_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
