/* The lossless document: what an edit touches, and what it leaves as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/ini.h"

struct edit {
	struct ini_doc doc;
	struct err err;
};

static void begin(struct edit *e, const char *text)
{
	err_init(&e->err);
	assert_int_equal(ini_doc_parse(&e->doc, slice_of(text), &e->err), 0);
}

static void finish(struct edit *e, const char *expected)
{
	struct strbuf out;

	strbuf_init(&out);
	ini_doc_print(&e->doc, &out);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
	ini_doc_release(&e->doc);
	err_release(&e->err);
}

static void expect_set(const char *text, const char *key, const char *value, const char *expected)
{
	struct edit e;
	struct slice got;

	begin(&e, text);
	ini_doc_set(&e.doc, 0, slice_of(key), slice_of(value), NULL);
	assert_true(ini_doc_get(&e.doc, 0, slice_of(key), &got));
	assert_int_equal(got.len, strlen(value));
	if (got.len)
		assert_memory_equal(got.at, value, got.len);
	finish(&e, expected);
}

static void test_identity(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"x",
		"[a]",
		"\xef\xbb\xbf[a]\r\nk=v\r\n",
		"[a]\rk = v\r",
		"; c\n\n[a]\n; d\nk = v ; x\n\n  w\n",
		"[bad\nk = v\n[]\n[a] b\n = \n",
		"[a]\nk = \x01\n  x\n\xff\n",
		" [a]\n\t\n",
		"[a]\n\n\n; end",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct edit e;

		begin(&e, texts[i]);
		finish(&e, texts[i]);
	}
}

static void test_set_in_place(void **state)
{
	(void)state;
	expect_set("[a]\nk = v\nl = w\n", "k", "x", "[a]\nk = x\nl = w\n");
	expect_set("[a]\nkey   =   v  \nl = w\n", "key", "x", "[a]\nkey   =   x\nl = w\n");
	expect_set("[a]\nk=v\n", "k", "x", "[a]\nk=x\n");
	expect_set("[a]\nk = v", "k", "x", "[a]\nk = x");
	expect_set("[a]\r\nk = v\r\n", "k", "x\ny", "[a]\r\nk = x\r\n    y\r\n");
	expect_set("[a]\nk = v ; no comment\n", "k", "x", "[a]\nk = x\n");
	expect_set("[a]\nk = v  \n", "k", "v", "[a]\nk = v  \n"); /* nothing to do */
	expect_set("[a]\nk = v\n", "k", "", "[a]\nk =\n");
	expect_set("[a]\nk =\n", "k", "v", "[a]\nk = v\n");
	expect_set("[a]\nk =\t\n", "k", "v", "[a]\nk =\tv\n");
	expect_set("[a]\nk=\n", "k", "v", "[a]\nk=v\n");
	expect_set("[a]\nk = v\nk = w\n", "k", "x", "[a]\nk = x\nk = w\n");
	expect_set("[a]\n键　＝ v\nk = v\n", "k", "= x ; y", "[a]\n键　＝ v\nk = = x ; y\n");
}

static void test_set_folded(void **state)
{
	(void)state;
	/* Only the line that differs. */
	expect_set("[a]\nk = one\n  two\n\tthree\nl = w\n", "k", "one\n2\nthree",
		"[a]\nk = one\n  2\n\tthree\nl = w\n");
	expect_set("[a]\nk = one\n  two\n  three\n", "k", "one\nthree", "[a]\nk = one\n  three\n");
	expect_set("[a]\nk = one\n  three\n", "k", "one\ntwo\nthree",
		"[a]\nk = one\n  two\n  three\n");
	expect_set("[a]\nk = one\n  two\n", "k", "two", "[a]\nk = two\n");
	expect_set("[a]\nk =\n  one\n  two\n", "k", "zero\none\ntwo",
		"[a]\nk =\n  zero\n  one\n  two\n");
	expect_set("[a]\nk =\n  one\n", "k", "", "[a]\nk =\n");
	/* Blank lines between the key and the first text do not count, and lines put in front stay behind them. */
	expect_set("[a]\nk =\n# c\n\n  two\n", "k", "one\n\ntwo", "[a]\nk =\n# c\n\n  one\n\n  two\n");
	/* Paragraphs, and comments between the lines. */
	expect_set("[a]\nk = p\n\n  q\n\n[b]\n", "k", "p\n\nr\n\ns",
		"[a]\nk = p\n\n  r\n\n  s\n\n[b]\n");
	expect_set("[a]\nk = p\n; note\n  q\n", "k", "p\nr", "[a]\nk = p\n; note\n  r\n");
	expect_set("[a]\nk = p\n\n  q\n", "k", "p", "[a]\nk = p\n");
	/* Indentation of a new one: as the section does it, else under the value. */
	expect_set("[a]\nkey = v\n", "key", "v\nw", "[a]\nkey = v\n      w\n");
	expect_set("[a]\nlong = 1\n  2\nk = v\n", "k", "v\nw", "[a]\nlong = 1\n  2\nk = v\n  w\n");
	expect_set("[a]\nlong = 1\n       2\nk = v\n", "k", "v\nw",
		"[a]\nlong = 1\n       2\nk = v\n    w\n");
	expect_set("[a]\nk = v\n", "k", "# x\n; y\n[z]", "[a]\nk = # x\n    ; y\n    [z]\n");
}

static void test_new_key(void **state)
{
	(void)state;
	expect_set("[a]\nk = v\n\n; c\n", "l", "w", "[a]\nk = v\nl = w\n\n; c\n");
	expect_set("[a]\ntitle    = v\nparent   = w\n", "effort", "3d",
		"[a]\ntitle    = v\nparent   = w\neffort   = 3d\n");
	expect_set("[a]\ntitle    = v\nparent   = w\n", "much_longer", "3d",
		"[a]\ntitle    = v\nparent   = w\nmuch_longer = 3d\n");
	expect_set("[a]\ntitle=v\nparent=w\n", "k", "3d", "[a]\ntitle=v\nparent=w\nk=3d\n");
	expect_set("[a]\ntitle\t= v\nk\t= w\n", "l", "3d", "[a]\ntitle\t= v\nk\t= w\nl\t= 3d\n");
	expect_set("[a]", "k", "v", "[a]\nk = v\n");
	expect_set("[a]\n\n[b]\nk=v\n", "k", "v", "[a]\nk=v\n\n[b]\nk=v\n");
	expect_set("[a]\r\n", "k", "v\nw", "[a]\r\nk = v\r\n    w\r\n");
	/* An indented comment behind the header must not become the value's second line. */
	expect_set("[a]\n  ; note\n", "k", "v", "[a]\n  ; note\nk = v\n");
	expect_set("[a]\n\n  ; note\n\nl = 1\n", "k", "v", "[a]\n\n  ; note\n\nl = 1\nk = v\n");
}

static void test_new_key_in_order(void **state)
{
	static const char *const before[] = { "title", "parent", NULL }, *const none[] = { NULL };
	struct edit e;

	(void)state;
	begin(&e, "[a]\ntitle = v\n  w\neffort = 1d\n");
	ini_doc_set(&e.doc, 0, slice_of("depends"), slice_of("T-1"), before);
	finish(&e, "[a]\ntitle = v\n  w\ndepends = T-1\neffort = 1d\n");
	begin(&e, "[a]\neffort = 1d\n");
	ini_doc_set(&e.doc, 0, slice_of("title"), slice_of("x"), none);
	finish(&e, "[a]\ntitle = x\neffort = 1d\n");
}

static void test_unset(void **state)
{
	struct edit e;

	(void)state;
	begin(&e, "[a]\n; about k\nk = v\n  w\n; inside\n\n  x\n\nl = m\n");
	assert_true(ini_doc_unset(&e.doc, 0, slice_of("k")));
	assert_false(ini_doc_unset(&e.doc, 0, slice_of("k")));
	finish(&e, "[a]\n; about k\n; inside\n\nl = m\n");
}

static void test_sections(void **state)
{
	struct edit e;
	struct slice value;

	(void)state;
	begin(&e, "; top\n\n; about a\n[a]\nk = v\n\n[b c]\nk = w\nl = x\n\n[bad\nk = y\n");
	assert_int_equal(ini_doc_section_count(&e.doc), 3);
	assert_true(slice_is(ini_doc_header(&e.doc, 1), "b c"));
	assert_int_equal(ini_doc_find(&e.doc, slice_of("b c")), 1);
	assert_int_equal(ini_doc_find(&e.doc, slice_of("x")), -1);
	assert_int_equal(ini_doc_key_count(&e.doc, 1), 2);
	assert_true(slice_is(ini_doc_key(&e.doc, 1, 1), "l"));
	assert_int_equal(ini_doc_key_count(&e.doc, 2), 0);
	assert_false(ini_doc_get(&e.doc, 2, slice_of("k"), &value));
	ini_doc_rename(&e.doc, 0, slice_of("任务 甲"));
	assert_int_equal(ini_doc_find(&e.doc, slice_of("任务 甲")), 0);
	finish(&e, "; top\n\n; about a\n[任务 甲]\nk = v\n\n[b c]\nk = w\nl = x\n\n[bad\nk = y\n");
	begin(&e, "[12345678901234567890123456789012345678901234567890]\nk = v\n");
	assert_int_equal(ini_doc_header(&e.doc, 0).len, 0);
	assert_int_equal(ini_doc_key_count(&e.doc, 0), 0);
	finish(&e, "[12345678901234567890123456789012345678901234567890]\nk = v\n");
}

static size_t add(struct edit *e, long after, const char *header)
{
	return ini_doc_add(&e->doc, after, slice_of(header));
}

static void test_add(void **state)
{
	struct edit e;
	size_t at;

	(void)state;
	begin(&e, "");
	at = add(&e, -1, "a");
	ini_doc_set(&e.doc, at, slice_of("k"), slice_of("v"), NULL);
	ini_doc_set(&e.doc, at, slice_of("long"), slice_of("v\nw"), NULL);
	ini_doc_set(&e.doc, at, slice_of("empty"), slice_of(""), NULL);
	at = add(&e, 0, "b");
	assert_int_equal(at, 1);
	finish(&e, "[a]\nk     = v\nlong  = v\n        w\nempty =\n\n[b]\n");
	begin(&e, "[a]\nk=v\n\n; about c\n[c]\n");
	at = add(&e, 0, "b");
	ini_doc_set(&e.doc, at, slice_of("key"), slice_of("w"), NULL);
	finish(&e, "[a]\nk=v\n\n[b]\nkey=w\n\n; about c\n[c]\n");
	begin(&e, "[a]\r\nk = v");
	at = add(&e, 0, "b");
	ini_doc_set(&e.doc, at, slice_of("key"), slice_of("w"), NULL);
	finish(&e, "[a]\r\nk = v\r\n\r\n[b]\r\nkey = w\r\n");
	begin(&e, "; file\n\n[a]\n");
	add(&e, -1, "b");
	finish(&e, "; file\n\n[b]\n\n[a]\n");
	begin(&e, "[a]\nx = 1\n[c]\n");
	add(&e, 0, "b");
	finish(&e, "[a]\nx = 1\n\n[b]\n\n[c]\n");
}

static void test_remove(void **state)
{
	struct edit e;

	(void)state;
	begin(&e, "[a]\nk = v\n\n; about b\n[b]\nl = w\n\n[c]\n");
	ini_doc_remove(&e.doc, 1);
	finish(&e, "[a]\nk = v\n\n[c]\n");
	begin(&e, "[a]\nk = v\n\n[b]\nl = w\n");
	ini_doc_remove(&e.doc, 1);
	finish(&e, "[a]\nk = v\n");
	begin(&e, "[a]\n\n[b]\nl = w\n\n; --- phase 2 ---\n\n[c]\n");
	ini_doc_remove(&e.doc, 1);
	finish(&e, "[a]\n\n; --- phase 2 ---\n\n[c]\n");
	begin(&e, "[a]\nk = v\n\n[b]\n  ; indented\n");
	ini_doc_remove(&e.doc, 1);
	finish(&e, "[a]\nk = v\n");
	begin(&e, "; c\n[a]\nk = v\n");
	ini_doc_remove(&e.doc, 0);
	finish(&e, "");
}

static void test_move(void **state)
{
	struct edit from, to;
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	begin(&from, "[a]\n\n; about b\n[b]\nk = v\n    w\n; tail\n");
	ini_doc_copy(&from.doc, 1, &text);
	assert_string_equal(text.buf, "; about b\n[b]\nk = v\n    w\n");
	ini_doc_remove(&from.doc, 1);
	finish(&from, "[a]\n\n; tail\n");
	begin(&to, "[x]\r\nk = v\r\n\r\n[y]\r\n");
	assert_int_equal(ini_doc_paste(&to.doc, 0, strbuf_slice(&text)), 1);
	assert_int_equal(ini_doc_find(&to.doc, slice_of("b")), 1);
	finish(&to, "[x]\r\nk = v\r\n\r\n; about b\r\n[b]\r\nk = v\r\n    w\r\n\r\n[y]\r\n");
	strbuf_release(&text);
}

static void test_value_ok(void **state)
{
	static const char *const good[] = { "", "a", "a\n\nb", "中 ; # [x]", "a\tb" };
	static const char *const bad[] = { " a", "a ", "a\n b", "\na", "a\n", "a\rb", "\x01",
		"\x7f", "\xff", "　a" };
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(ini_value_ok(slice_of(good[i]), &why));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(ini_value_ok(slice_of(bad[i]), &why));
		assert_non_null(why);
	}
}

static void test_name_ok(void **state)
{
	static const char *const bad[] = { "", " a", "a=b", "[a", ";a", "#a", "a\nb",
		"12345678901234567890123456789012345678901234567890" };
	const char *why;

	(void)state;
	assert_true(ini_name_ok(slice_of("2026-03-04 14:00"), false, &why));
	assert_true(ini_name_ok(slice_of("任务 甲"), true, &why));
	assert_true(ini_name_ok(slice_of("a=b"), true, &why));
	assert_false(ini_name_ok(slice_of("a]b"), true, &why));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(ini_name_ok(slice_of(bad[i]), false, &why));
}

/* What may not be written is dropped rather than written. */
static void test_unfit_values(void **state)
{
	struct edit e;

	(void)state;
	begin(&e, "[a]\nk = v\n");
	ini_doc_set(&e.doc, 0, slice_of("k"), slice_of("\n\n a \n\n b\x01\x02 c\n\n"), NULL);
	finish(&e, "[a]\nk = a\n\n    b   c\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_set_in_place),
		cmocka_unit_test(test_set_folded),
		cmocka_unit_test(test_new_key),
		cmocka_unit_test(test_new_key_in_order),
		cmocka_unit_test(test_unset),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_remove),
		cmocka_unit_test(test_move),
		cmocka_unit_test(test_value_ok),
		cmocka_unit_test(test_name_ok),
		cmocka_unit_test(test_unfit_values),
	};

	return cmocka_run_group_tests_name("text/ini_doc", tests, NULL, NULL);
}
