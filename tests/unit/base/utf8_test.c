#include "base/utf8.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#define S(literal) slice_new(literal, sizeof(literal) - 1)

static void validity(void **state)
{
	(void)state;
	assert_int_equal(utf8_check(S("")), 0);
	assert_int_equal(utf8_check(S("abc 结算 😀 \xf4\x8f\xbf\xbf")), 20);
	assert_int_equal(utf8_check(S("ab\xff")), 2);
	assert_int_equal(utf8_check(S("abcdefgh\xc0\x80")), 8);  /* overlong */
	assert_int_equal(utf8_check(S("\xed\xa0\x80")), 0);      /* surrogate */
	assert_int_equal(utf8_check(S("\xf4\x90\x80\x80")), 0);  /* beyond the last */
	assert_int_equal(utf8_check(S("x\xe7\xbb")), 1);         /* cut off */
	assert_int_equal(utf8_check(S("\xe0\x9f\xbf")), 0);
	assert_int_equal(utf8_check(S("\xf0\x8f\xbf\xbf")), 0);
	assert_int_equal(utf8_check(S("\x80")), 0);
}

static void a_line_has_no_controls(void **state)
{
	(void)state;
	assert_true(utf8_is_line(S("")));
	assert_true(utf8_is_line(S("plain text of more than eight letters")));
	assert_true(utf8_is_line(S("结算引擎 v1.2 · 😀 \xc2\xa0")));
	assert_false(utf8_is_line(S("eight letters\nand more")));
	assert_false(utf8_is_line(S("\t")));
	assert_false(utf8_is_line(S("结算\x7f")));
	assert_false(utf8_is_line(S("结算\xc2\x9f")));
	assert_false(utf8_is_line(S("结\xe7\xbb")));
	assert_false(utf8_is_line(S("\xc2")));
	assert_false(utf8_is_line(S("nul\0")));
}

static void every_code_point_round_trips(void **state)
{
	struct strbuf text;
	uint32_t got;

	(void)state;
	strbuf_init(&text);
	for (uint32_t code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 7) {
		strbuf_reset(&text);
		utf8_encode(&text, code);
		assert_int_equal(utf8_decode(strbuf_slice(&text), &got), text.len);
		assert_int_equal(got, code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
		assert_int_equal(utf8_check(strbuf_slice(&text)), text.len);
	}
	strbuf_reset(&text);
	utf8_encode(&text, 0x110000);
	assert_string_equal(text.buf, "\xef\xbf\xbd");
	strbuf_release(&text);
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(S("")), 0);
	assert_int_equal(utf8_width(S("plan.ini")), 8);
	assert_int_equal(utf8_width(S("结算引擎")), 8);
	assert_int_equal(utf8_width(S("e\xcc\x81t\xc3\xa9")), 3); /* combining acute */
	assert_int_equal(utf8_width(S("👩‍💻")), 2);              /* joined by ZWJ */
	assert_int_equal(utf8_width(S("👍🏽")), 2);              /* skin tone */
	assert_int_equal(utf8_width(S("🇨🇳🇫🇷")), 4);            /* two flags */
	assert_int_equal(utf8_width(S("❤️")), 2);                 /* emoji presentation */
	assert_int_equal(utf8_width(S("a\tb\x1b[0m")), 5);
	assert_int_equal(utf8_width(S("Ａ，。")), 6);              /* full width */
	assert_int_equal(utf8_width(S("│█▓░┄◆●")), 7);
	assert_int_equal(utf8_width(S("한글")), 4);
	assert_int_equal(utf8_width(S("a\xff\xfe")), 3); /* a replacement for each invalid byte */
}

static void check_cut(struct slice text, size_t cells, const char *expected, size_t expected_width)
{
	size_t width;
	struct slice cut = utf8_cut(text, cells, &width);

	assert_true(slice_is(cut, expected));
	assert_int_equal(width, expected_width);
}

static void cuts_between_clusters(void **state)
{
	(void)state;
	check_cut(S("结算引擎"), 5, "结算", 4);
	check_cut(S("结算引擎"), 1, "", 0);
	check_cut(S("abc"), 9, "abc", 3);
	check_cut(S("ae\xcc\x81x"), 2, "ae\xcc\x81", 2);
	check_cut(S("x👩‍💻y"), 2, "x", 1);
	check_cut(S("x👩‍💻y"), 3, "x👩‍💻", 3);
	check_cut(S(""), 3, "", 0);
}

static void check_pad(struct slice text, size_t cells, bool right, const char *expected)
{
	struct strbuf out;

	strbuf_init(&out);
	utf8_pad(&out, text, cells, right, "…");
	assert_string_equal(out.buf, expected);
	assert_int_equal(utf8_width(strbuf_slice(&out)), cells);
	strbuf_release(&out);
}

static void pads_to_exact_cells(void **state)
{
	(void)state;
	check_pad(S("ab"), 4, false, "ab  ");
	check_pad(S("ab"), 4, true, "  ab");
	check_pad(S("结算引擎"), 8, false, "结算引擎");
	check_pad(S("结算引擎"), 7, false, "结算引…");
	check_pad(S("结算引擎"), 6, false, "结算… ");
	check_pad(S("结算引擎"), 6, true, " 结算…");
	check_pad(S("结算引擎"), 1, false, "…");
	check_pad(S("结算引擎"), 0, false, "");
}

static bool folds_alike(const char *a, const char *b)
{
	struct strbuf x, y;
	bool same;

	strbuf_init(&x);
	strbuf_init(&y);
	utf8_fold(&x, slice_of(a));
	utf8_fold(&y, slice_of(b));
	same = slice_equal(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

static void folding(void **state)
{
	(void)state;
	assert_true(folds_alike("T-12", "t-12"));
	assert_true(folds_alike("Straße", "STRASSE"));
	assert_true(folds_alike("é", "E\xcc\x81"));
	assert_true(folds_alike("Σίσυφος", "ΣΊΣΥΦΟΣ"));
	assert_false(folds_alike("e", "é"));
	assert_false(folds_alike("\xff", "\xfe"));
	assert_true(utf8_is_nfc(S("é 结算")));
	assert_false(utf8_is_nfc(S("e\xcc\x81")));
	assert_false(utf8_is_nfc(S("\xff")));
	assert_true(utf8_contains_folded(S("某省医保 Settlement"), S("SETTLE")));
	assert_true(utf8_contains_folded(S("某省医保"), S("医保")));
	assert_true(utf8_contains_folded(S("x"), S("")));
	assert_false(utf8_contains_folded(S("医院"), S("医保")));
	assert_true(utf8_is_letter_or_digit(0x7ed3));
	assert_true(utf8_is_letter_or_digit('9'));
	assert_false(utf8_is_letter_or_digit('-'));
	assert_false(utf8_is_letter_or_digit(0x1f600));
}

static void distances(void **state)
{
	(void)state;
	assert_int_equal(utf8_distance(S("asign"), S("assign"), 9), 1);
	assert_int_equal(utf8_distance(S("depneds"), S("depends"), 9), 1);
	assert_int_equal(utf8_distance(S("kitten"), S("sitting"), 9), 3);
	assert_int_equal(utf8_distance(S("结算"), S("结余"), 9), 1);
	assert_int_equal(utf8_distance(S("ABC"), S("abc"), 9), 0);
	assert_int_equal(utf8_distance(S(""), S("abc"), 9), 3);
	assert_int_equal(utf8_distance(S(""), S(""), 9), 0);
	assert_int_equal(utf8_distance(S("abcdef"), S("uvwxyz"), 2), 3);
	assert_int_equal(utf8_distance(S("a"), S("abcdefgh"), 2), 3);
	assert_int_equal(utf8_distance(S("ca"), S("abc"), 9), 3); /* not 2: no edit inside a swap */
}

static void nearest_names(void **state)
{
	static const char *const names[] = { "assign", "depends", "effort", "finish", "start", "title" };
	enum { COUNT = sizeof(names) / sizeof(*names) };

	(void)state;
	assert_int_equal(utf8_nearest(S("asign"), names, COUNT), 0);
	assert_int_equal(utf8_nearest(S("DEPENDS"), names, COUNT), 1);
	assert_int_equal(utf8_nearest(S("fin"), names, COUNT), 3); /* prefix */
	assert_int_equal(utf8_nearest(S("sart"), names, COUNT), 4);
	assert_int_equal(utf8_nearest(S("xyzzy"), names, COUNT), -1);
	assert_int_equal(utf8_nearest(S("q"), names, COUNT), -1);
	assert_int_equal(utf8_nearest(S(""), names, COUNT), -1);
	assert_int_equal(utf8_nearest(S("x"), names, 0), -1);
}

static void control_characters_are_shown(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	utf8_add_safe(&out, S("a\x1b[31m结\n\xff\0\xc2\x9b\xef\xbf\xbd"));
	assert_string_equal(out.buf, "a\\x1b[31m结\\x0a\\xff\\x00\\xc2\\x9b\xef\xbf\xbd");
	strbuf_release(&out);
}

static void nonsense_is_survived(void **state)
{
	struct strbuf text, out;

	(void)state;
	strbuf_init(&text);
	strbuf_init(&out);
	for (uint64_t round = 0; round < 3000; round++) {
		size_t len = (size_t)random_below(1, round, 0, 24), width;
		struct slice cut;

		strbuf_reset(&text);
		for (size_t i = 0; i < len; i++)
			strbuf_add_char(&text, (char)random_below(2, round, i, 256));
		strbuf_reset(&out);
		utf8_pad(&out, strbuf_slice(&text), 7, round % 2, "…");
		utf8_fold(&out, strbuf_slice(&text));
		utf8_add_safe(&out, strbuf_slice(&text));
		cut = utf8_cut(strbuf_slice(&text), 4, &width);
		assert_true(cut.len <= len && width <= 4);
		utf8_distance(strbuf_slice(&text), strbuf_slice(&out), 3);
	}
	strbuf_release(&text);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validity),
		cmocka_unit_test(a_line_has_no_controls),
		cmocka_unit_test(every_code_point_round_trips),
		cmocka_unit_test(widths),
		cmocka_unit_test(cuts_between_clusters),
		cmocka_unit_test(pads_to_exact_cells),
		cmocka_unit_test(folding),
		cmocka_unit_test(distances),
		cmocka_unit_test(nearest_names),
		cmocka_unit_test(control_characters_are_shown),
		cmocka_unit_test(nonsense_is_survived),
	};

	return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
