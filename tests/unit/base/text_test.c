#include "base/arena.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#define S(literal) slice_new(literal, sizeof(literal) - 1)

static void slices_compare_and_cut(void **state)
{
	(void)state;
	assert_true(slice_equal(slice_of(NULL), slice_of("")));
	assert_true(slice_is(S("abc"), "abc"));
	assert_false(slice_is(S("abc"), "ab"));
	assert_true(slice_starts(S("plan.ini"), "plan"));
	assert_false(slice_starts(S("pl"), "plan"));
	assert_true(slice_ends(S("plan.ini"), ".ini"));
	assert_false(slice_ends(S("ini"), ".ini"));
	assert_true(slice_compare(S("a"), S("ab")) < 0);
	assert_true(slice_compare(S("b"), S("ab")) > 0);
	assert_true(slice_compare(S("\xc3"), S("a")) > 0); /* bytes are unsigned */
	assert_int_equal(slice_compare(slice_of(NULL), S("")), 0);
	assert_int_equal(slice_find(S("a=b"), '='), 1);
	assert_int_equal(slice_find(S("ab"), '='), 2);
	assert_int_equal(slice_find(slice_of(NULL), '='), 0);
	assert_true(slice_is(slice_from(S("abc"), 1), "bc"));
	assert_int_equal(slice_from(S("abc"), 9).len, 0);
	assert_int_equal(slice_from(slice_of(NULL), 9).len, 0);
}

static void trim_takes_ascii_blanks_only(void **state)
{
	(void)state;
	assert_true(slice_is(slice_trim(S(" \t\r\nx y\n ")), "x y"));
	assert_int_equal(slice_trim(S("  \n")).len, 0);
	assert_int_equal(slice_trim(slice_of(NULL)).len, 0);
	assert_true(slice_is(slice_trim(S("\xe3\x80\x80x")), "\xe3\x80\x80x")); /* U+3000 is text */
}

static void next_gives_every_item(void **state)
{
	struct slice rest = S(" T-7 ,, T-9\n T-3,"), item;

	(void)state;
	assert_true(slice_next(&rest, ",\n", &item));
	assert_true(slice_is(item, "T-7"));
	assert_true(slice_next(&rest, ",\n", &item));
	assert_int_equal(item.len, 0);
	assert_true(slice_next(&rest, ",\n", &item));
	assert_true(slice_is(item, "T-9"));
	assert_true(slice_next(&rest, ",\n", &item));
	assert_true(slice_is(item, "T-3"));
	assert_false(slice_next(&rest, ",\n", &item));
	rest = S("a\0b,c"); /* a NUL is no separator */
	assert_true(slice_next(&rest, ",", &item));
	assert_int_equal(item.len, 3);
}

static void hashes_differ_by_every_byte_and_length(void **state)
{
	char text[40] = { 0 };
	uint64_t whole = slice_hash(slice_new(text, sizeof(text)));

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++) {
		text[i] = 1;
		assert_true(slice_hash(slice_new(text, sizeof(text))) != whole);
		text[i] = 0;
		assert_true(slice_hash(slice_new(text, i)) != whole);
	}
	assert_true(slice_hash(slice_of(NULL)) == slice_hash(S("")));
}

static void strbuf_grows_and_edits(void **state)
{
	struct strbuf sb;
	char *text;

	(void)state;
	strbuf_init(&sb);
	assert_string_equal(sb.buf, "");
	strbuf_add_str(&sb, "plan");
	strbuf_addf(&sb, "/%d-%s.ini", 20, "build");
	strbuf_insert(&sb, 0, "./", 2);
	assert_string_equal(sb.buf, "./plan/20-build.ini");
	strbuf_remove(&sb, 0, 7);
	assert_string_equal(sb.buf, "20-build.ini");
	strbuf_truncate(&sb, 2);
	strbuf_add_repeat(&sb, "ab", 3);
	strbuf_add(&sb, "\0x", 2);
	assert_int_equal(sb.len, 10);
	assert_int_equal(sb.buf[10], 0);
	text = strbuf_detach(&sb);
	assert_string_equal(text, "20ababab");
	free(text);
	assert_string_equal(sb.buf, "");
	strbuf_add_slice(&sb, slice_of(NULL));
	strbuf_insert(&sb, 0, NULL, 0);
	for (int i = 0; i < 10000; i++)
		strbuf_addf(&sb, "%04d", i);
	assert_int_equal(sb.len, 40000);
	assert_memory_equal(sb.buf + 39996, "9999", 4);
	strbuf_release(&sb);
}

static void strvec_stays_terminated(void **state)
{
	struct strvec v;

	(void)state;
	strvec_init(&v);
	assert_null(v.items[0]);
	for (int i = 20; i > 0; i--)
		strvec_pushf(&v, "%02d", i);
	strvec_push(&v, "");
	strvec_push_slice(&v, S("15x"));
	strvec_sort(&v);
	assert_string_equal(v.items[0], "");
	assert_string_equal(v.items[16], "15x");
	assert_true(strvec_has(&v, "07"));
	strvec_remove(&v, 7);
	assert_false(strvec_has(&v, "07"));
	assert_int_equal(v.len, 21);
	assert_null(v.items[21]);
	strvec_clear(&v);
	assert_int_equal(v.len, 0);
	assert_null(v.items[0]);
	strvec_release(&v);
}

static void arena_items_are_aligned_and_apart(void **state)
{
	struct arena arena;
	char *items[2000];

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < 2000; i++) {
		size_t size = i % 37 == 0 ? 5000 * (i % 5) : i % 61;

		items[i] = arena_calloc(&arena, size + 1, 1);
		assert_int_equal((uintptr_t)items[i] % _Alignof(max_align_t), 0);
		for (size_t k = 0; k <= size; k++) {
			assert_int_equal(items[i][k], 0);
			items[i][k] = (char)i;
		}
	}
	for (size_t i = 0; i < 2000; i++)
		assert_int_equal(items[i][0], (char)i);
	arena_reset(&arena);
	assert_string_equal(arena_printf(&arena, "%s-%d", "T", 12), "T-12");
	assert_string_equal(arena_strdup(&arena, ""), "");
	assert_string_equal(arena_slice(&arena, slice_new(NULL, 0)).at, "");
	arena_release(&arena);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_compare_and_cut),
		cmocka_unit_test(trim_takes_ascii_blanks_only),
		cmocka_unit_test(next_gives_every_item),
		cmocka_unit_test(hashes_differ_by_every_byte_and_length),
		cmocka_unit_test(strbuf_grows_and_edits),
		cmocka_unit_test(strvec_stays_terminated),
		cmocka_unit_test(arena_items_are_aligned_and_apart),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
