/*
 * Every bad fixture gives exactly the findings it states, in one run.
 *
 * tests/fixtures/bad/NAME.ini is the plan.ini of a project of its own; a folder NAME/ is a project.
 * Comments
 * "; expect: plan.ini:3:9 error ref-unknown" in any of its files, or lines of NAME.ini.expect (for
 * files that cannot hold a comment), say what is found; "; expect-failure: 3 message" says that it
 * cannot be loaded at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/file.h"
#include "model/project.h"
#include "plan/plan.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAD "tests/fixtures/bad"

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct err err;
	int rc;
};

static void load(struct loaded *loaded, struct source *source, unsigned threads)
{
	loaded->source = source;
	diagnostics_init(&loaded->found);
	err_init(&loaded->err);
	loaded->rc = project_load(&loaded->project, source, threads, &loaded->found, &loaded->err);
	if (loaded->rc != 0)
		return;
	project_check(&loaded->project, threads, &loaded->found);
	struct plan_options options = { .now = moment_from_date(date_from_civil(2026, 3, 4)),
		.facts = true };
	plan_check(&loaded->project, &options, &loaded->found, NULL);
	diagnostics_sort(&loaded->found);
}

static void unload(struct loaded *loaded)
{
	project_release(&loaded->project);
	source_free(loaded->source);
	diagnostics_release(&loaded->found);
	err_release(&loaded->err);
}

static struct source *source_of_file(const char *path)
{
	struct source *source = source_memory_new();
	struct strbuf text;

	strbuf_init(&text);
	assert_int_equal(file_read(&text, path, NULL), 0);
	source_memory_add(source, "pmt.ini",
		slice_of("[project]\nformat = 1\nname = x\nstart = 2026-03-02\n"));
	source_memory_add(source, "plan.ini", strbuf_slice(&text));
	strbuf_release(&text);
	return source;
}

static void expectations_in(struct slice text, bool sidecar, struct strvec *out)
{
	struct slice line;

	while (slice_next(&text, "\n", &line)) {
		if (slice_starts(line, "; expect: "))
			strvec_push_slice(out, slice_from(line, 10));
		else if (slice_starts(line, "; expect-failure: "))
			strvec_push_slice(out, slice_from(line, 2));
		else if (sidecar && line.len > 0 && line.at[0] != '#')
			strvec_push_slice(out, line);
	}
}

static void expectations_of_file(const char *path, bool sidecar, struct strvec *out)
{
	struct strbuf text;

	strbuf_init(&text);
	if (file_exists(path) && !file_is_folder(path) && file_read(&text, path, NULL) == 0)
		expectations_in(strbuf_slice(&text), sidecar, out);
	strbuf_release(&text);
}

static void expectations_of(const char *path, struct source *source, struct strvec *out)
{
	char sidecar[1024];
	struct strvec paths;

	snprintf(sidecar, sizeof(sidecar), "%s.expect", path);
	expectations_of_file(sidecar, true, out);
	if (!file_is_folder(path)) {
		expectations_of_file(path, false, out);
	} else {
		strvec_init(&paths);
		assert_int_equal(source->list(source, &paths, NULL), 0);
		for (size_t i = 0; i < paths.len; i++) {
			char full[1024];
			snprintf(full, sizeof(full), "%s/%s", path, paths.items[i]);
			expectations_of_file(full, false, out);
		}
		strvec_release(&paths);
	}
	strvec_sort(out);
}

static void findings_of(const struct loaded *loaded, struct strvec *out)
{
	static const char *const severities[] = { "note", "warning", "error" };
	const struct diagnostic *items = loaded->found.items.items;

	if (loaded->rc != 0)
		strvec_pushf(out, "expect-failure: %d %s", err_exit_code(loaded->rc),
			loaded->err.message);
	for (size_t i = 0; i < loaded->found.items.len; i++)
		strvec_pushf(out, "%s:%u:%u %s %s", items[i].place.path ? items[i].place.path : "",
			(unsigned)items[i].place.line, (unsigned)items[i].place.column,
			severities[items[i].severity], items[i].id);
	strvec_sort(out);
}

static bool same(const struct strvec *a, const struct strvec *b)
{
	if (a->len != b->len)
		return false;
	for (size_t i = 0; i < a->len; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			return false;
	return true;
}

/* 0 when the fixture gives what it states. */
static int try_fixture(const char *name)
{
	char path[512];
	struct loaded loaded;
	struct strvec expected, found;

	snprintf(path, sizeof(path), BAD "/%s", name);
	strvec_init(&expected);
	strvec_init(&found);
	load(&loaded, file_is_folder(path) ? source_worktree_new(path) : source_of_file(path), 2);
	expectations_of(path, loaded.source, &expected);
	findings_of(&loaded, &found);
	bool ok = same(&expected, &found) && expected.len > 0;
	if (!ok) {
		print_error("%s\n", path);
		for (size_t i = 0; i < expected.len; i++)
			print_error("  expected %s\n", expected.items[i]);
		for (size_t i = 0; i < found.len; i++)
			print_error("  found    %s\n", found.items[i]);
	}
	unload(&loaded);
	strvec_release(&expected);
	strvec_release(&found);
	return ok ? 0 : 1;
}

static void test_bad_fixtures(void **state)
{
	DIR *folder = opendir(BAD);
	struct strvec names;
	int failed = 0;

	(void)state;
	assert_non_null(folder);
	strvec_init(&names);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		if (entry->d_name[0] != '.' && !slice_ends(slice_of(entry->d_name), ".expect"))
			strvec_push(&names, entry->d_name);
	closedir(folder);
	strvec_sort(&names);
	for (size_t i = 0; i < names.len; i++)
		failed += try_fixture(names.items[i]);
	print_message("# %zu bad fixtures\n", names.len);
	assert_true(names.len > 50);
	strvec_release(&names);
	assert_int_equal(failed, 0);
}

static const char *check_text(struct loaded *loaded, const char *plan)
{
	struct source *source = source_memory_new();

	source_memory_add(source, "pmt.ini", slice_of("[project]\nformat = 1\nname = x\n"));
	source_memory_add(source, "plan.ini", slice_of(plan));
	load(loaded, source, 1);
	const struct diagnostic *items = loaded->found.items.items;
	return loaded->found.items.len ? items[0].id : "";
}

static void test_hints(void **state)
{
	struct loaded loaded;

	(void)state;
	assert_string_equal(check_text(&loaded, "[resource li.wei]\n[task T-1]\nassign = li.wie\n"),
		"ref-unknown");
	const struct diagnostic *items = loaded.found.items.items;
	assert_string_equal(items[0].hint_argument, "li.wei");
	assert_string_equal(items[0].record, "task T-1");
	unload(&loaded);
	assert_string_equal(check_text(&loaded, "[task T-1]\nstatus = doign\n"), "enum-unknown");
	items = loaded.found.items.items;
	assert_string_equal(items[0].hint_argument, "doing");
	unload(&loaded);
	assert_string_equal(check_text(&loaded, "[task T-1]\ntitle = t\nprogress = 0.125\n"), "percent-fraction");
	items = loaded.found.items.items;
	assert_string_equal(items[0].hint_argument, "12.5%");
	unload(&loaded);
}

static void test_loop_is_named_once(void **state)
{
	struct loaded loaded;

	(void)state;
	check_text(&loaded, "[task T-9]\nparent = T-2\n[task T-3]\nparent = T-2\n[task "
			    "T-1]\nparent = T-3\n[task T-2]\nparent = t-1\n");
	const struct diagnostic *items = loaded.found.items.items;
	size_t loops = 0;
	for (size_t i = 0; i < loaded.found.items.len; i++) {
		if (strcmp(items[i].id, "parent-cycle") != 0)
			continue;
		loops++;
		assert_string_equal(items[i].arguments[0], "task T-3 → T-2 → T-1 → T-3");
		assert_int_equal(items[i].place.line, 4);
	}
	assert_int_equal(loops, 1);
	unload(&loaded);
}

/* A foreign project's tasks, custom fields, conditions: nothing to complain about. */
static void test_fine(void **state)
{
	struct loaded loaded;

	(void)state;
	assert_string_equal(
		check_text(&loaded, "[task T-1]\ntitle = a\nx_any = ;;;\ndepends = \n[task "
				    "T-2]\ndepends = XX:T-1\n"
				    "[view v]\nwhere = status = doing and under = T-1\n[note "
				    "T-1]\n2026-03-01 = x\n2026-03-01 10:00 = y\n"),
		"");
	unload(&loaded);
}

static void test_deep_parents(void **state)
{
	struct loaded loaded;
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	for (int i = 1; i <= 20000; i++)
		strbuf_addf(&text, "[task T-%d]\nparent = T-%d\n", i, i + 1);
	strbuf_add_str(&text, "[task T-20001]\n");
	assert_string_equal(check_text(&loaded, text.buf), "");
	unload(&loaded);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_fixtures),
		cmocka_unit_test(test_hints),
		cmocka_unit_test(test_loop_is_named_once),
		cmocka_unit_test(test_fine),
		cmocka_unit_test(test_deep_parents),
	};
	return cmocka_run_group_tests_name("model/check", tests, NULL, NULL);
}
