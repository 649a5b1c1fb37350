/* The reader: one test for each thing inih does in silence, and the values as format.md has them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "text/ini.h"

#include <stdlib.h>

/* What a file says, as text: "[header]@line:column", "key=value@line:column-last", then
 * "!id@line:column". */
struct log {
	struct strbuf text;
};

static void on_section(void *context, struct slice header, uint32_t line, uint32_t column)
{
	struct log *log = context;

	strbuf_addf(&log->text, "[%.*s]@%u:%u|", (int)header.len, header.at, line, column);
}

static void on_key(void *context, struct slice key, struct slice value, uint32_t line,
	uint32_t column, uint32_t last)
{
	struct log *log = context;

	strbuf_addf(&log->text, "%.*s=%.*s@%u:%u-%u|", (int)key.len, key.at, (int)value.len,
		value.at, line, column, last);
}

static char *read_log(struct slice input)
{
	struct log log;
	struct ini_events events = { &log, on_section, on_key };
	struct arena arena;
	struct diagnostics diagnostics;
	struct err err;
	const struct diagnostic *found;

	strbuf_init(&log.text);
	arena_init(&arena);
	diagnostics_init(&diagnostics);
	err_init(&err);
	assert_int_equal(ini_read(input, "f.ini", &events, &arena, &diagnostics, &err), 0);
	found = diagnostics.items.items;
	for (size_t i = 0; i < diagnostics.items.len; i++)
		strbuf_addf(&log.text, "!%s@%u:%u|", found[i].id, found[i].place.line,
			found[i].place.column);
	diagnostics_release(&diagnostics);
	arena_release(&arena);
	err_release(&err);
	return strbuf_detach(&log.text);
}

static void expect_bytes(const char *input, size_t len, const char *expected)
{
	/* A copy of just the bytes, so that sanitizers see a read behind the end. */
	char *bytes = xmalloc(len), *log;

	if (len)
		memcpy(bytes, input, len);
	log = read_log(slice_new(bytes, len));
	assert_string_equal(log, expected);
	free(log);
	free(bytes);
}

static void expect(const char *input, const char *expected)
{
	expect_bytes(input, strlen(input), expected);
}

static void test_plain(void **state)
{
	(void)state;
	expect("", "");
	expect("\n\n", "");
	expect("; only\n# comments", "");
	expect("[task T-1]\ntitle = a b\nx=1\n", "[task T-1]@1:2|title=a b@2:9-2|x=1@3:3-3|");
	expect("[ task T-1 ]  \n\ta = b", "[task T-1]@1:3|!ini-line@2:2|");
	expect("[a]\nk =\n", "[a]@1:2|k=@2:1-2|");
	expect("[a]\nk = v", "[a]@1:2|k=v@2:5-2|"); /* no final newline */
	expect("[任务 甲]\n标题 = 结算引擎　\n", "[任务 甲]@1:2|标题=结算引擎@2:10-2|");
}

static void test_folded(void **state)
{
	(void)state;
	expect("[a]\nk = one\n  two\n\tthree\nl = x\n",
		"[a]@1:2|k=one\ntwo\nthree@2:5-4|l=x@5:5-5|");
	expect("[a]\nk =\n  two\n  three\n", "[a]@1:2|k=two\nthree@2:1-4|");
	expect("[a]\nk = p\n\n\n  q\n\nl = x\n", "[a]@1:2|k=p\n\n\nq@2:5-5|l=x@7:5-7|");
	expect("[a]\nk = p\n; no\n  q\n", "[a]@1:2|k=p\nq@2:5-4|");
	expect("[a]\nk = p\n　　全角缩进\n", "[a]@1:2|k=p\n全角缩进@2:5-3|");
	expect("[a]\nk = p\n \t \n  q", "[a]@1:2|k=p\n\nq@2:5-4|");
	expect("[a]\nk = p\n  \n[b]", "[a]@1:2|k=p@2:5-2|[b]@4:2|");
}

static void test_long_values_are_not_cut(void **state)
{
	struct strbuf input, expected;

	(void)state;
	strbuf_init(&input);
	strbuf_init(&expected);
	/* 20,000 bytes with '=' in it: inih would make phantom keys of the tail. */
	strbuf_add_str(&input, "[a]\nk = ");
	strbuf_add_repeat(&input, "中x = ;y[", 2000);
	strbuf_add_str(&input, "!\n ");
	strbuf_add_repeat(&input, "z=", 300);
	strbuf_add_str(&input, "!\nl = m\n");
	strbuf_add_str(&expected, "[a]@1:2|k=");
	strbuf_add_repeat(&expected, "中x = ;y[", 2000);
	strbuf_add_str(&expected, "!\n");
	strbuf_add_repeat(&expected, "z=", 300);
	strbuf_add_str(&expected, "!@2:5-3|l=m@4:5-4|");
	expect_bytes(input.buf, input.len, expected.buf);
	strbuf_release(&input);
	strbuf_release(&expected);
}

/* Every length around inih's buffer of 200 bytes. */
static void test_lengths(void **state)
{
	(void)state;
	for (size_t n = 1; n < 450; n++) {
		struct strbuf input, expected;

		strbuf_init(&input);
		strbuf_init(&expected);
		strbuf_add_str(&input, "[a]\nkey = ");
		strbuf_add_repeat(&input, "v", n);
		strbuf_add_str(&input, "\n ");
		strbuf_add_repeat(&input, "w", n);
		strbuf_add_str(&expected, "[a]@1:2|key=");
		strbuf_add_repeat(&expected, "v", n);
		strbuf_add_str(&expected, "\n");
		strbuf_add_repeat(&expected, "w", n);
		strbuf_add_str(&expected, "@2:7-3|");
		expect_bytes(input.buf, input.len, expected.buf);
		strbuf_release(&input);
		strbuf_release(&expected);
	}
}

#define N49 "1234567890123456789012345678901234567890123456789"

static void test_long_names(void **state)
{
	(void)state;
	expect("[" N49 "]\n" N49 " = v\n", "[" N49 "]@1:2|" N49 "=v@2:53-2|");
	expect("[" N49 "0]\nk = v\n[b]\n", "[b]@3:2|!ini-name-long@1:2|");
	expect("[a]\n" N49 "0 = v\n  more\nk = v\n", "[a]@1:2|k=v@4:5-4|!ini-name-long@2:1|");
}

static void test_no_inline_comments(void **state)
{
	(void)state;
	expect("[a]\nk = v ; text\n", "[a]@1:2|k=v ; text@2:5-2|");
	expect("[a]\nk = \"v ; text\"\n", "[a]@1:2|k=\"v ; text\"@2:5-2|");
	expect("[a]\nk = ; text\n", "[a]@1:2|k=; text@2:5-2|");
	expect("[a]\nk ; l = v\n", "[a]@1:2|k ; l=v@2:9-2|");
	expect("[a ; b]\nk = v\n", "[a ; b]@1:2|k=v@2:5-2|");
	expect("[a]\nk = v # text\n", "[a]@1:2|k=v # text@2:5-2|");
	expect("[a]\nk = v\n  # heading\n  ; point\n", "[a]@1:2|k=v\n# heading\n; point@2:5-4|");
	expect("[a]\n  ; indented comment\nk = v\n", "[a]@1:2|k=v@3:5-3|");
}

static void test_indented_lines_continue(void **state)
{
	(void)state;
	expect("[a]\nk = v\n  [x]\n  l = m\n", "[a]@1:2|k=v\n[x]\nl = m@2:5-4|");
	expect("[a]\nk = v\n\n  [x]\n", "[a]@1:2|k=v\n\n[x]@2:5-4|");
	expect("[a]\n  k = v\n  l = m\nn = o\n", "[a]@1:2|n=o@4:5-4|!ini-line@2:3|");
	expect("[a]\nk = v\n  [task T-1]\n  l = m\n",
		"[a]@1:2|k=v\n[task T-1]\nl = m@2:5-4|!ini-indented@3:3|");
	expect("[a]\nk = v\n  [see there]\n  and here\n",
		"[a]@1:2|k=v\n[see there]\nand here@2:5-4|");
	expect("  [a]\nk = v", "!ini-line@1:3|!ini-key-outside@2:1|");
}

static void test_bad_header_suspends(void **state)
{
	(void)state;
	expect("[a]\nk = 1\n[b\nk = 2\n  more\n[c]\nk = 3\n",
		"[a]@1:2|k=1@2:5-2|[c]@6:2|k=3@7:5-7|!ini-header@3:3|");
	expect("[]\nk = v\n[b]", "[b]@3:2|!ini-header@1:1|");
	expect("[ \t]\nk = v", "!ini-header@1:1|");
	expect("[a] b\nk = v", "!ini-header@1:5|");
	expect("[a] ; b\nk = v", "!ini-header@1:5|");
	expect("[a[b]]\nk = v", "!ini-header@1:3|");
	expect("[\n", "!ini-header@1:2|");
}

static void test_line_ends(void **state)
{
	(void)state;
	expect("[a]\r\nk = v\r\n  w\r\n", "[a]@1:2|k=v\nw@2:5-3|");
	expect("[a]\rk = v\r", "[a]@1:2|k=v@2:5-2|!ini-cr@0:0|");
	expect("[a]\nk = v\rw\n", "[a]@1:2|!ini-control@2:6|");
	expect("\xef\xbb\xbf[a]\nk = v\n", "[a]@1:2|k=v@2:5-2|");
	expect("\xef\xbb\xbf", "");
}

static void test_controls(void **state)
{
	(void)state;
	expect_bytes("[a]\nk = v\0w\nl = m\n", 18, "[a]@1:2|l=m@3:5-3|!ini-control@2:6|");
	expect("[a]\nk = \x1b[31m\n  more\nl = m\n", "[a]@1:2|l=m@4:5-4|!ini-control@2:5|");
	expect("[a]\nk = \x7f\n", "[a]@1:2|!ini-control@2:5|");
	expect("[a]\nk = \xc2\x9b\n", "[a]@1:2|!ini-control@2:5|");
	expect("[a]\nk = \xc2\xa0x\n", "[a]@1:2|k=\xc2\xa0x@2:5-2|");
	expect("[a\x01]\nk = v\n[b]", "[b]@3:2|!ini-control@1:3|");
	expect("[a]\nk = v\n; \x01\n  w\n", "[a]@1:2|k=v\nw@2:5-4|!ini-control@3:3|");
	expect("[a]\nk = v\n  \x01\n  w\n", "[a]@1:2|k=v@2:5-2|!ini-control@3:3|");
	expect("[a\n[b\nk = \x01\n", "!ini-header@1:3|!ini-header@2:3|!ini-control@3:5|");
}

static void test_utf8(void **state)
{
	(void)state;
	expect("[a]\nk = \xff\nl = \xe4\xb8\xad\n", "[a]@1:2|l=中@3:5-3|!ini-utf8@2:5|");
	expect("[a]\nk = \xe4\xb8\nl = m\n", "[a]@1:2|l=m@3:5-3|!ini-utf8@2:5|");
	expect("[a]\nk = \xed\xa0\x80\n", "[a]@1:2|!ini-utf8@2:5|");
	expect_bytes("\xff\xfe[\0a\0]\0\n\0", 10, "!ini-utf8@1:1|");
}

static void test_neither(void **state)
{
	(void)state;
	expect("k = v\n[a]\n", "[a]@2:2|!ini-key-outside@1:1|");
	expect("[a]\nnonsense\n  more\nk = v\n", "[a]@1:2|k=v@4:5-4|!ini-line@2:1|");
	expect("[a]\n= v\n", "[a]@1:2|!ini-key-empty@2:1|");
	expect("[a]\nk: v\n", "[a]@1:2|!ini-line@2:1|");
	expect("[a]\n2026-03-04 14:00 = T-12 6h\n", "[a]@1:2|2026-03-04 14:00=T-12 6h@2:20-2|");
	expect("[a]\nk = a=b:c\n", "[a]@1:2|k=a=b:c@2:5-2|");
	expect("[a]\nk　=　v\n", "[a]@1:2|k=v@2:9-2|");
}

static void test_sections_announced(void **state)
{
	(void)state;
	expect("[a]\n[b]\n[a]\n", "[a]@1:2|[b]@2:2|[a]@3:2|");
	expect("[a]\nk = 1\nk = 2\n", "[a]@1:2|k=1@2:5-2|k=2@3:5-3|");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_folded),
		cmocka_unit_test(test_long_values_are_not_cut),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_long_names),
		cmocka_unit_test(test_no_inline_comments),
		cmocka_unit_test(test_indented_lines_continue),
		cmocka_unit_test(test_bad_header_suspends),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_neither),
		cmocka_unit_test(test_sections_announced),
	};

	return cmocka_run_group_tests_name("text/ini", tests, NULL, NULL);
}
