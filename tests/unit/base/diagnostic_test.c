#include "base/diagnostic.h"
#include "base/diagnostic_table.h"
#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <errno.h>
#include <string.h>

static void the_first_failure_stays(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err_context(&err, "nothing yet"), 0);
	assert_null(err.message);
	assert_int_equal(err_set(&err, ERR_INPUT, "bad %s", "value"), ERR_INPUT);
	assert_int_equal(err_set(&err, ERR_USAGE, "later"), ERR_INPUT);
	assert_int_equal(err_context(&err, "plan.ini:%d", 7), ERR_INPUT);
	err_hint(&err, "first");
	err_hint(&err, "try %s", "again");
	assert_string_equal(err.message, "plan.ini:7: bad value");
	assert_string_equal(err.hint, "try again");
	err_release(&err);
	errno = ENOENT;
	assert_int_equal(err_errno(&err, "cannot open '%s'", "x"), ERR_SYSTEM);
	assert_string_equal(err.message, "cannot open 'x': No such file or directory");
	err_release(&err);
	assert_int_equal(err_set(NULL, ERR_USAGE, "x"), ERR_USAGE);
	assert_int_equal(err_errno(NULL, "x"), ERR_SYSTEM);
	err_context(NULL, "x");
	err_hint(NULL, "x");
}

static const char *shout(const char *message)
{
	return strcmp(message, "bad %s") == 0	  ? "BAD %s!"
		: strcmp(message, "value") == 0	  ? "VALUE"
		: strcmp(message, "line %d") == 0 ? "LINE %d"
		: strcmp(message, "x %s") == 0	  ? "X %s"
						  : message;
}

static void the_owner_chooses_the_language(void **state)
{
	struct err err = { .translate = shout }, other;

	(void)state;
	err_set(&err, ERR_INPUT, "bad %s", err_word(&err, "value"));
	err_context(&err, "line %d", 7);
	err_hint(&err, "x %s", "kept");
	assert_string_equal(err.message, "LINE 7: BAD VALUE!");
	assert_string_equal(err.hint, "X kept");
	err_release(&err);
	errno = ENOENT;
	err_errno(&err, "x %s", "y");
	assert_string_equal(err.message, "X y: No such file or directory");
	err_release(&err);
	err_set(&err, ERR_INPUT, "BAD %s!", "value");
	assert_string_equal(err.message, "BAD value!");
	err_init_like(&other, &err);
	assert_null(other.message);
	assert_string_equal(err_word(&other, "value"), "VALUE");
	assert_string_equal(err_word(&other, ""), "");
	assert_string_equal(err_word(NULL, "value"), "value");
	err_init_like(&other, NULL);
	assert_string_equal(err_word(&other, "value"), "value");
	err_release(&err);
}

static void exit_codes(void **state)
{
	(void)state;
	assert_int_equal(err_exit_code(0), 0);
	assert_int_equal(err_exit_code(ERR_FAILED), 1);
	assert_int_equal(err_exit_code(ERR_USAGE), 2);
	assert_int_equal(err_exit_code(ERR_INPUT), 3);
	assert_int_equal(err_exit_code(ERR_SYSTEM), 3);
	assert_int_equal(err_exit_code(ERR_NOWHERE), 4);
	assert_int_equal(err_exit_code(ERR_CONFLICT), 5);
	assert_int_equal(err_exit_code(ERR_INTERNAL), 128);
	assert_int_equal(err_exit_code(-77), 128);
}

static void the_table_is_sorted_and_complete(void **state)
{
	(void)state;
	for (size_t i = 0; i < diagnostic_table_len; i++) {
		const struct diagnostic_entry *entry = &diagnostic_table[i];

		if (i)
			assert_true(strcmp(diagnostic_table[i - 1].id, entry->id) < 0);
		assert_ptr_equal(diagnostic_entry_find(entry->id), entry);
		for (const char *c = entry->id; *c; c++)
			assert_true(islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '-');
		assert_true(*entry->summary && entry->summary[strlen(entry->summary) - 1] != '.');
		assert_true(strlen(entry->explain) > 20 && strlen(entry->fix) > 8);
	}
	assert_null(diagnostic_entry_find("no-such-thing"));
	assert_null(diagnostic_entry_find(""));
}

static void findings_sort_by_place(void **state)
{
	struct diagnostics list, more;
	struct diagnostic *items, *finding;
	char path[] = "plan/b.ini";

	(void)state;
	diagnostics_init(&list);
	diagnose(&list, (struct place){ path, 9, 1 }, "ref-unknown", "unknown %s '%s'", "person", "li", NULL);
	path[5] = 'a'; /* what we gave is copied */
	finding = diagnose(&list, (struct place){ path, 12, 0 }, "field-unknown", "x", NULL);
	diagnostic_hint(&list, finding, "did you mean '%s'?", "assign");
	diagnostic_record(&list, finding, "task T-12");
	diagnose(&list, (struct place){ path, 2, 5 }, "deadline-missed", "second", NULL);
	diagnose(&list, (struct place){ path, 2, 5 }, "cycle", "third", NULL);
	diagnose(&list, (struct place){ NULL, 0, 0 }, "project-missing", "first", NULL);
	diagnostics_sort(&list);
	items = list.items.items;
	assert_int_equal(list.items.len, 5);
	assert_int_equal(list.errors, 4);
	assert_int_equal(list.warnings, 1);
	assert_string_equal(items[0].format, "first");
	assert_string_equal(items[1].format, "second");
	assert_string_equal(items[2].format, "third");
	assert_string_equal(items[3].hint_argument, "assign");
	assert_string_equal(items[4].place.path, "plan/b.ini");
	assert_string_equal(items[4].arguments[1], "li");
	assert_null(items[4].arguments[2]);
	diagnostics_init(&more);
	diagnostics_merge(&more, &list);
	diagnostics_merge(&more, &list);
	diagnostics_release(&list);
	items = more.items.items;
	assert_int_equal(more.items.len, 10);
	assert_int_equal(more.errors, 8);
	assert_string_equal(items[3].record, "task T-12");
	assert_string_equal(items[9].arguments[1], "li");
	diagnostics_release(&more);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_failure_stays),
		cmocka_unit_test(the_owner_chooses_the_language),
		cmocka_unit_test(exit_codes),
		cmocka_unit_test(the_table_is_sorted_and_complete),
		cmocka_unit_test(findings_sort_by_place),
	};

	return cmocka_run_group_tests_name("base/diagnostic", tests, NULL, NULL);
}
