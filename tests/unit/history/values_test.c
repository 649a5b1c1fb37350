/* Values remembered from one run to the next: which are found again, and which are dropped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "history/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char folder[64], path[80];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "/tmp/pmt-values-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof(path), "%s/values", folder);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	return file_remove_tree(folder, NULL);
}

static void put(struct history_values *values, const char *key, const char *value)
{
	values_put(values, slice_of(key), slice_of(value));
}

/* What a run of that version finds under a key; wanting it. */
static bool finds(const char *version, const char *key, const char *value)
{
	struct history_values values;
	struct slice found;
	bool same;

	values_open(&values, path, version);
	same = values_get(&values, slice_of(key), &found) && slice_is(found, value);
	values_close(&values);
	return same;
}

static void found_again(void **state)
{
	struct history_values values;

	(void)state;
	values_open(&values, path, "1");
	assert_false(values_have(&values, slice_of("一")));
	put(&values, "一", "one\n\"two\"");
	put(&values, "", "of the empty key");
	put(&values, "一", "newer");
	assert_true(values_have(&values, slice_of("一")));
	values_close(&values);
	assert_true(finds("1", "一", "newer"));
	assert_true(finds("1", "", "of the empty key"));
	assert_false(finds("1", "二", ""));
}

static void of_another_version_or_damaged_is_empty(void **state)
{
	struct history_values values;
	struct strbuf text;

	(void)state;
	values_open(&values, path, "1");
	put(&values, "key", "value");
	values_close(&values);
	assert_false(finds("2", "key", "value"));
	strbuf_init(&text);
	assert_int_equal(file_read(&text, path, NULL), 0);
	text.buf[text.len - 1] ^= 1;
	assert_int_equal(file_replace(path, strbuf_slice(&text), NULL), 0);
	strbuf_release(&text);
	assert_false(finds("1", "key", "value"));
}

/* Run 0 keeps a to d; run 1 wants b and adds e, and keeps one of the others: the first. */
static void unwanted_go(void **state)
{
	struct history_values values;
	struct slice found;

	(void)state;
	values_open(&values, path, "1");
	put(&values, "a", "1");
	put(&values, "b", "2");
	put(&values, "c", "3");
	put(&values, "d", "4");
	values_close(&values);
	values_open(&values, path, "1");
	values.most_unused = 1;
	assert_true(values_get(&values, slice_of("b"), &found));
	assert_true(values_have(&values, slice_of("c"))); /* which is not wanting it */
	put(&values, "e", "5");
	values_close(&values);
	assert_true(finds("1", "b", "2"));
	assert_true(finds("1", "e", "5"));
	assert_true(finds("1", "a", "1"));
	assert_false(finds("1", "c", "3"));
	assert_false(finds("1", "d", "4"));
}

static void nowhere_to_keep_them(void **state)
{
	struct history_values values;
	struct slice found;

	(void)state;
	values_open(&values, NULL, "1");
	put(&values, "a", "1");
	assert_true(values_get(&values, slice_of("a"), &found));
	values_close(&values);
	values_open(&values, "/proc/no/such/folder", "1");
	put(&values, "a", "1");
	values_close(&values);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(found_again, set_up, tear_down),
		cmocka_unit_test_setup_teardown(of_another_version_or_damaged_is_empty, set_up, tear_down),
		cmocka_unit_test_setup_teardown(unwanted_go, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nowhere_to_keep_them, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
