#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/fix-internal.h"
#include "model/fix.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
	struct source *source;
	struct strbuf text;
	size_t mended;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of("[project]\nname = x\n"));
	strbuf_init(&f->text);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	source_free(f->source);
	strbuf_release(&f->text);
	free(f);
	return 0;
}

static void take(void *context, const char *path, struct slice before, struct slice after)
{
	struct fixture *f = context;

	(void)before;
	if (strcmp(path, "plan.ini") == 0) {
		strbuf_reset(&f->text);
		strbuf_add_slice(&f->text, after);
	}
	source_memory_add(f->source, path, after);
}

/* Mends until nothing is left to mend, as the command does; returns the errors that stay. */
static size_t mend(struct fixture *f, struct slice plan)
{
	size_t errors = 0;

	source_memory_add(f->source, "plan.ini", plan);
	strbuf_add_slice(&f->text, plan);
	f->mended = 0;
	for (int round = 0; round < 4; round++) {
		struct project project;
		struct diagnostics found, faults;
		struct edit edit;
		struct vec mended;
		struct err err;
		diagnostics_init(&found);
		diagnostics_init(&faults);
		err_init(&err);
		vec_init(&mended, sizeof(struct mending));
		assert_int_equal(project_load(&project, f->source, 1, &found, &err), 0);
		project_check(&project, 1, &found);
		struct value_context values = { .units = &project.units };
		edit_init(&edit, &project, &values, &faults);
		assert_int_equal(fix_faults(&edit, &found, &mended, &err), 0);
		edit_each_file(&edit, take, f);
		errors = found.errors;
		f->mended += mended.len;
		vec_release(&mended);
		edit_release(&edit);
		project_release(&project);
		diagnostics_release(&found);
		diagnostics_release(&faults);
		err_release(&err);
	}
	return errors;
}

static void expect(struct fixture *f, const char *plan, const char *mended, size_t times)
{
	strbuf_reset(&f->text);
	assert_int_equal(mend(f, slice_of(plan)), 0);
	assert_string_equal(f->text.buf, mended);
	assert_int_equal(f->mended, times);
}

static void test_duplicates(void **state)
{
	struct fixture *f = *state;

	expect(f, "[task T-1]\ntitle = a\n\n; kept\n[task T-2]\n\n[task t-1]\ntitle=a\n",
		"[task T-1]\ntitle = a\n\n; kept\n[task T-2]\n", 1);
	expect(f, "[task T-1]\ntitle = a\nduration = 3d\ntitle = a\ntitle = a\n",
		"[task T-1]\nduration = 3d\ntitle = a\n", 1);
	expect(f, "[resource a]\n[resource b]\n[team t]\nmembers = a, b, A\n",
		"[resource a]\n[resource b]\n[team t]\nmembers = a, b\n", 1);
	expect(f, "[task T-1]\ntitle = a\n", "[task T-1]\ntitle = a\n", 0);
}

/* Which of two different ones is meant, nobody but a person can tell. */
static void test_not_certain(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mend(f, slice_of("[task T-1]\ntitle = a\n[task T-1]\ntitle = b\n")), 1);
	assert_int_equal(f->mended, 0);
	assert_int_equal(mend(f, slice_of("[task T-1]\ntitle = a\ntitle = b\n")), 1);
	assert_int_equal(f->mended, 0);
	assert_int_equal(mend(f, slice_of("[task T-1]\nasign = a\nduration = 5\n")), 2);
	assert_int_equal(f->mended, 0);
}

static void test_other_file(void **state)
{
	struct fixture *f = *state;

	source_memory_add(f->source, "a.ini", slice_of("[task T-1]\ntitle = a\n"));
	expect(f, "[task T-2]\n\n[task T-1]\ntitle = a\n", "[task T-2]\n", 1);
}

static void test_nfc(void **state)
{
	struct fixture *f = *state;

	expect(f, "[resource jose\xcc\x81]\n[task T-1]\nowner = jose\xcc\x81\n",
		"[resource jos\xc3\xa9]\n[task T-1]\nowner = jos\xc3\xa9\n", 2);
}

static void test_line_ends(void **state)
{
	struct fixture *f = *state;

	expect(f, "[task T-1]\rtitle = a\r", "[task T-1]\ntitle = a\n", 1);
}

static void test_encodings(void **state)
{
	struct fixture *f = *state;
	static const char utf16[] = "\xff\xfe[\0t\0a\0s\0k\0 "
				    "\0T\0-\0001\0]\0\n\0t\0i\0t\0l\0e\0=\0\xd3\x7e\x97\x7b\n\0";

	strbuf_reset(&f->text);
	assert_int_equal(mend(f, slice_new(utf16, sizeof(utf16) - 1)), 0);
	assert_string_equal(f->text.buf, "[task T-1]\ntitle=结算\n");
	/* 结算 in GB18030 */
	expect(f, "[task T-1]\ntitle = \xbd\xe1\xcb\xe3\n", "[task T-1]\ntitle = 结算\n", 1);
}

/* Damaged UTF-8 is no GB18030: guessing would make it worse. */
static void test_no_guess(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	assert_false(fix_encoding(slice_of("title = ok\n"), &out));
	assert_false(fix_encoding(slice_of("title = 结算\n"), &out));
	assert_false(fix_encoding(slice_of("title = \xff\n"), &out));
	assert_false(fix_encoding(slice_of("a = \x80\n"), &out));
	assert_false(fix_encoding(slice_new("\xff\xfe"
					    "a",
					  3),
		&out));
	assert_false(fix_encoding(slice_of(""), &out));
	assert_false(fix_line_ends(slice_of("a\r\nb"), &out));
	assert_false(fix_line_ends(slice_of(""), &out));
	strbuf_release(&out);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_duplicates),
		CASE(test_not_certain),
		CASE(test_other_file),
		CASE(test_nfc),
		CASE(test_line_ends),
		CASE(test_encodings),
		CASE(test_no_guess),
	};
	return cmocka_run_group_tests_name("model/fix", tests, NULL, NULL);
}
