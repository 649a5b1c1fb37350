#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/project.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct err err;
	int rc;
};

static void add(struct fixture *f, const char *path, const char *text)
{
	source_memory_add(f->source, path, slice_of(text));
}

static void load_with(struct fixture *f, unsigned threads)
{
	f->rc = project_load(&f->project, f->source, threads, &f->found, &f->err);
}

static void load(struct fixture *f, const char *plan)
{
	add(f, "pmt.ini", "[project]\nformat = 1\nname = x\n");
	add(f, "plan.ini", plan);
	load_with(f, 1);
	assert_int_equal(f->rc, 0);
}

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = source_memory_new();
	diagnostics_init(&f->found);
	err_init(&f->err);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	project_release(&f->project);
	source_free(f->source);
	diagnostics_release(&f->found);
	err_release(&f->err);
	free(f);
	return 0;
}

static const struct kind *kind(const char *name)
{
	return kind_find(slice_of(name));
}

static struct record *task(struct fixture *f, const char *id)
{
	return project_find(&f->project, kind("task"), slice_of(id));
}

static const char *text(struct slice s)
{
	static char buffers[4][256];
	static int next;
	char *out = buffers[next++ % 4];

	snprintf(out, sizeof(buffers[0]), "%.*s", (int)s.len, s.at ? s.at : "");
	return out;
}

static const struct diagnostic *only(struct fixture *f)
{
	assert_int_equal(f->found.items.len, 1);
	return f->found.items.items;
}

static void test_order(void **state)
{
	struct fixture *f = *state;

	add(f, "pmt.ini", "[project]\nname = x\n[task T-5]\n");
	add(f, "a.ini", "[task T-1]\n[task T-2]\n");
	add(f, "plan/10.ini", "[task T-3]\n");
	add(f, "z.ini", "[task T-4]\n[resource li]\n");
	load_with(f, 3);
	assert_int_equal(f->rc, 0);
	assert_int_equal(f->found.items.len, 0);
	assert_int_equal(project_count(&f->project, kind("task")), 5);
	const char *expected[] = { "T-1", "T-2", "T-3", "T-5", "T-4" };
	/* By path: a.ini, plan/10.ini, pmt.ini, z.ini. */
	for (uint32_t i = 0; i < 5; i++) {
		struct record *record = project_at(&f->project, kind("task"), i);
		assert_string_equal(text(record->id), expected[i]);
		assert_int_equal(record->kind_number, i);
	}
	struct record **records = f->project.records.items;
	for (uint32_t i = 0; i < f->project.records.len; i++)
		assert_int_equal(records[i]->number, i);
	assert_ptr_equal(f->project.settings, project_at(&f->project, kind("project"), 0));
}

static void test_fields(void **state)
{
	struct fixture *f = *state;

	load(f, "; remark\n[task T-12]\ntitle    = 结算引擎\nparent =T-2\nx_cost = 7\ndescription "
		"= a\n  b\n\n  c\n");
	struct record *record = task(f, "t-12");
	assert_non_null(record);
	assert_string_equal(text(record_title(record)), "结算引擎");
	assert_string_equal(text(record_text_or(record, "x_cost")), "7");
	assert_string_equal(text(record_text_or(record, "description")), "a\nb\n\nc");
	assert_string_equal(text(record_text_or(record, "milestone")), "no");
	struct slice out;
	assert_false(record_text(record, "milestone", &out));
	assert_int_equal(record->line, 2);
	assert_int_equal(record->last_line, 9);
	const struct entry *entry =
		record_entry(record, kind_field_find(record->kind, slice_of("title")));
	struct place place = entry_place(&f->project, record, entry, 3);
	assert_string_equal(place.path, "plan.ini");
	assert_int_equal(place.line, 3);
	assert_int_equal(place.column, 15);
	entry = record_entry(record, kind_field_find(record->kind, slice_of("description")));
	place = entry_place(&f->project, record, entry, 5);
	assert_int_equal(place.line, 9);
	assert_int_equal(place.column, 3);
}

static void test_place_in_list(void **state)
{
	struct fixture *f = *state;

	load(f, "[task T-1]\r\ndepends =\r\n\r\n\t\tT-2\r\n; remark\r\n　T-3\r\n");
	struct record *record = task(f, "T-1");
	const struct entry *entry = &record->entries[0];
	assert_string_equal(text(entry->text), "T-2\nT-3");
	struct place place = entry_place(&f->project, record, entry, 1);
	assert_int_equal(place.line, 4);
	assert_int_equal(place.column, 4);
	place = entry_place(&f->project, record, entry, 4);
	assert_int_equal(place.line, 6);
	assert_int_equal(place.column, 4);
}

static void test_duplicates(void **state)
{
	struct fixture *f = *state;

	add(f, "b.ini", "[task É]\ntitle=1\n");
	load(f, "\n[task e\xcc\x81]\n");
	const struct diagnostic *finding = f->found.items.items;
	assert_int_equal(
		f->found.items.len, 2); /* not composed; and the same as the other once it is */
	assert_string_equal(finding[0].id, "id-nfc");
	assert_string_equal(finding[1].id, "duplicate-record");
	assert_string_equal(finding[1].place.path, "plan.ini");
	assert_int_equal(finding[1].place.line, 2);
	assert_string_equal(finding[1].arguments[1], "b.ini:1");
	assert_int_equal(project_count(&f->project, kind("task")), 1);
}

static void test_duplicate_key(void **state)
{
	struct fixture *f = *state;

	load(f, "[task T-1]\ntitle = a\n title = b\ntitle = c\nx_a = 1\nx_a = 2\n");
	const struct diagnostic *finding = f->found.items.items;
	assert_int_equal(f->found.items.len, 2);
	assert_string_equal(finding[0].id, "duplicate-key");
	assert_int_equal(finding[0].place.line, 4);
	assert_int_equal(finding[0].place.column, 1);
	assert_string_equal(finding[0].arguments[1], "plan.ini:2");
	assert_int_equal(finding[1].place.line, 6);
	assert_string_equal(text(record_text_or(task(f, "T-1"), "x_a")), "1");
}

static void test_unknown(void **state)
{
	struct fixture *f = *state;

	load(f, "[taks T-1]\ntitle = a\n[task T-2]\nasign = li\n");
	const struct diagnostic *finding = f->found.items.items;
	assert_int_equal(f->found.items.len, 2);
	assert_string_equal(finding[0].id, "kind-unknown");
	assert_string_equal(finding[0].hint_argument, "task");
	assert_int_equal(finding[0].place.column, 2);
	assert_string_equal(finding[1].id, "field-unknown");
	assert_string_equal(finding[1].hint_argument, "assign");
	assert_int_equal(f->project.faulty_files, 1);
}

static void test_plural_is_no_kind(void **state)
{
	struct fixture *f = *state;

	load(f, "[tasks T-1]\n");
	assert_string_equal(only(f)->id, "kind-unknown");
	assert_string_equal(only(f)->hint_argument, "task");
}

static void test_headers(void **state)
{
	struct fixture *f = *state;

	load(f, "[task]\n[project YB]\n[task T 1]\n[task -x]\n[task\tT-9 ]\n");
	const struct diagnostic *finding = f->found.items.items;
	const char *ids[] = { "id-missing", "id-unexpected", "duplicate-record", "id-syntax",
		"id-syntax" };
	(void)ids;
	assert_int_equal(f->found.items.len, 5);
	assert_string_equal(finding[0].id, "id-missing");
	assert_string_equal(finding[1].id, "id-unexpected");
	assert_int_equal(finding[1].place.column, 10);
	assert_non_null(task(f, "T-9"));
}

static void test_no_project(void **state)
{
	struct fixture *f = *state;

	add(f, "plan.ini", "[task T-1]\n");
	load_with(f, 1);
	assert_int_equal(f->rc, ERR_NOWHERE);
}

static void test_newer(void **state)
{
	struct fixture *f = *state;

	add(f, "pmt.ini", "; x\n[project]\nformat = 20\nblub = 1\n");
	load_with(f, 1);
	assert_int_equal(f->rc, ERR_INPUT);
	assert_string_equal(f->err.message,
		"pmt.ini:3: format 20 is newer than this pmt, which knows format 1");
}

static void test_empty(void **state)
{
	struct fixture *f = *state;

	add(f, "pmt.ini", "");
	load_with(f, 0);
	assert_int_equal(f->rc, 0);
	assert_string_equal(only(f)->id, "project-missing");
	assert_null(f->project.settings);
	assert_string_equal(text(project_setting(&f->project, "currency")), "CNY");
}

static void test_globs(void **state)
{
	struct fixture *f = *state;

	add(f, "pmt.ini", "[project]\ninclude = plan/**, *.ini\nexclude = old\n   *.bak.ini\n");
	add(f, "plan/a.ini", "[task T-1]\n");
	add(f, "plan/old/a.ini", "[task T-2]\n");
	add(f, "x.bak.ini", "[task T-3]\n");
	load_with(f, 1);
	assert_int_equal(project_count(&f->project, kind("task")), 1);
	assert_true(project_reads(&f->project, "plan/b.ini"));
	assert_false(project_reads(&f->project, "old/b.ini"));
	assert_true(project_reads(&f->project, "pmt.ini"));
}

static void test_units(void **state)
{
	struct fixture *f = *state;

	add(f, "pmt.ini", "[project]\nhours_per_day = 7.5\ndays_per_week = 6\ncurrency = USD\n");
	load_with(f, 1);
	assert_int_equal(f->project.units.minutes_per_day, 450);
	assert_int_equal(f->project.units.minutes_per_week, 2700);
	assert_int_equal(f->project.units.minutes_per_month, 9000);
	assert_string_equal(f->project.units.currency, "USD");
}

static void test_resolve(void **state)
{
	struct fixture *f = *state;

	load(f, "[task T-1]\ntitle = 调研 一\n[task T-12]\ntitle = 调研 二\n[task T-13]\ntitle = "
		"Build it\n[task spike]\n");
	const struct kind *k = kind("task");
	struct vec candidates;
	vec_init(&candidates, sizeof(struct record *));
	assert_ptr_equal(
		project_resolve(&f->project, k, slice_of("t-1"), false, NULL), task(f, "T-1"));
	assert_ptr_equal(
		project_resolve(&f->project, k, slice_of("12"), false, NULL), task(f, "T-12"));
	assert_ptr_equal(
		project_resolve(&f->project, k, slice_of("013"), false, NULL), task(f, "T-13"));
	assert_ptr_equal(
		project_resolve(&f->project, k, slice_of("SP"), false, NULL), task(f, "spike"));
	assert_null(project_resolve(&f->project, k, slice_of("t-"), false, &candidates));
	assert_int_equal(candidates.len, 3);
	vec_clear(&candidates);
	assert_null(project_resolve(&f->project, k, slice_of("build"), false, &candidates));
	assert_int_equal(candidates.len, 0);
	assert_ptr_equal(
		project_resolve(&f->project, k, slice_of("BUILD"), true, NULL), task(f, "T-13"));
	assert_null(project_resolve(&f->project, k, slice_of("调研"), true, &candidates));
	assert_int_equal(candidates.len, 2);
	vec_release(&candidates);
}

/* The same project, whatever the number of threads: findings, order, all. */
static void test_threads(void **state)
{
	struct fixture *f = *state;
	struct fixture other = { .source = source_memory_new() };

	diagnostics_init(&other.found);
	err_init(&other.err);
	struct fixture *both[] = { f, &other };
	for (int b = 0; b < 2; b++) {
		add(both[b], "pmt.ini", "[project]\n");
		for (int i = 0; i < 40; i++) {
			char path[32], content[256];
			snprintf(path, sizeof(path), "f%02d.ini", i);
			snprintf(content, sizeof(content),
				"[task T-%d]\nblah = 1\n[task T-%d]\n[tusk x]\n", i, i / 2);
			add(both[b], path, content);
		}
		load_with(both[b], b ? 4 : 1);
	}
	assert_int_equal(f->found.items.len, other.found.items.len);
	const struct diagnostic *x = f->found.items.items, *y = other.found.items.items;
	for (size_t i = 0; i < f->found.items.len; i++) {
		assert_string_equal(x[i].id, y[i].id);
		assert_string_equal(x[i].place.path, y[i].place.path);
		assert_int_equal(x[i].place.line, y[i].place.line);
	}
	project_release(&other.project);
	source_free(other.source);
	diagnostics_release(&other.found);
	err_release(&other.err);
}

static void test_huge_value(void **state)
{
	struct fixture *f = *state;
	size_t len = 3000000;
	char *big = xmalloc(len + 64);

	size_t at = (size_t)snprintf(big, 64, "[task T-1]\ndescription = ");
	for (size_t i = 0; i < len; i++)
		big[at++] = i % 7 == 6 ? ' ' : i % 11 == 0 ? ';' : '=';
	big[at] = '\0';
	big[at - 1] = 'x';
	load(f, big);
	assert_int_equal(f->found.items.len, 0);
	assert_int_equal(record_text_or(task(f, "T-1"), "description").len, len);
	free(big);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_order),
		CASE(test_fields),
		CASE(test_place_in_list),
		CASE(test_duplicates),
		CASE(test_duplicate_key),
		CASE(test_unknown),
		CASE(test_plural_is_no_kind),
		CASE(test_headers),
		CASE(test_no_project),
		CASE(test_newer),
		CASE(test_empty),
		CASE(test_globs),
		CASE(test_units),
		CASE(test_resolve),
		CASE(test_threads),
		CASE(test_huge_value),
	};
	return cmocka_run_group_tests_name("model/project", tests, NULL, NULL);
}
