#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/glob.h"

struct sample {
	const char *pattern, *text;
	bool match;
};

static void test_match(void **state)
{
	static const struct sample samples[] = {
		{ "", "", true },
		{ "", "a", false },
		{ "*", "", true },
		{ "*", "a.ini", true },
		{ "*", "a/b", false },
		{ "a*c", "abbbc", true },
		{ "a*c", "ac", true },
		{ "a*c", "acb", false },
		{ "*a*b", "xaab", true },
		{ "a?c", "abc", true },
		{ "a?c", "a/c", false },
		{ "**", "a/b/c", true },
		{ "**/x.ini", "x.ini", true },
		{ "**/x.ini", "a/b/x.ini", true },
		{ "**/x.ini", "a/bx.ini", false },
		{ "a/**/b", "a/b", true },
		{ "a/**/b", "a/x/y/b", true },
		{ "a/**/*.ini", "a/x/y/b.ini", true },
		{ "a/**/*.ini", "a/x/y/b.txt", false },
		{ "a/**", "a/x/y", true },
		{ "a/**", "b/x", false },
		{ "*.ini", "医院.ini", true },
		{ "*/*/c*", "a/b/xc", false },
		{ "20[0-9][0-9].ini", "2026.ini", true },
		{ "20[0-9][0-9].ini", "20x6.ini", false },
		{ "[!a]b", "ab", false },
		{ "[!a]b", "cb", true },
		{ "a[!b]c", "a/c", false },
		{ "[]]x", "]x", true },
		{ "[a-]x", "-x", true },
		{ "[ab", "[ab", true },
		{ "[ab", "a", false },
		{ "[", "[", true },
		{ "*[b]", "aab", true },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++)
		if (glob_match(slice_of(samples[i].pattern), slice_of(samples[i].text)) !=
			samples[i].match)
			fail_msg("%s against %s", samples[i].pattern, samples[i].text);
}

static void test_covers(void **state)
{
	static const struct sample samples[] = {
		{ "node_modules", "a/node_modules/b/c.ini", true },
		{ "node_modules/", "node_modules/c.ini", true },
		{ "node_modules", "a/node_modules2/c.ini", false },
		{ "*.bak.ini", "plan/x.bak.ini", true },
		{ "plan/*.ini", "plan/x.ini", true },
		{ "plan/*.ini", "old/plan/x.ini", false },
		{ "/old", "old/x.ini", true },
		{ "/old", "plan/old/x.ini", false },
		{ "plan/old", "plan/old/deep/x.ini", true },
		{ "plan/old", "plan/older.ini", false },
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++)
		if (glob_covers(slice_of(samples[i].pattern), slice_of(samples[i].text)) !=
			samples[i].match)
			fail_msg("%s against %s", samples[i].pattern, samples[i].text);
}

static void test_valid(void **state)
{
	(void)state;
	assert_true(glob_valid(slice_of("plan/[a-z]*.ini")));
	assert_true(glob_valid(slice_of("")));
	assert_false(glob_valid(slice_of("drafts/[a")));
	assert_false(glob_valid(slice_of("x[]")));
}

/* Patterns that make naive matchers run for ages. */
static void test_cost(void **state)
{
	(void)state;
	char text[2001];
	for (size_t i = 0; i < 2000; i++)
		text[i] = 'a';
	text[2000] = '\0';
	assert_false(glob_match(slice_of("*a*a*a*a*a*a*a*a*a*a*a*ab"), slice_of(text)));
	assert_false(glob_match(slice_of("**/*a*a*a*a*a*a*a*a**/b"), slice_of(text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_covers),
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_cost),
	};
	return cmocka_run_group_tests_name("base/glob", tests, NULL, NULL);
}
