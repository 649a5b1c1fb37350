#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/diff.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* The length of a longest common subsequence by the textbook's table. */
static size_t table_length(struct diff_sequence a, struct diff_sequence b)
{
	size_t *rows = xcalloc(2 * (b.len + 1), sizeof(*rows));
	size_t *above = rows, *row = rows + b.len + 1, longest;

	for (size_t i = 0; i < a.len; i++) {
		for (size_t j = 0; j < b.len; j++) {
			row[j + 1] = above[j + 1] > row[j] ? above[j + 1] : row[j];
			if (a.items[i] == b.items[j])
				row[j + 1] = above[j] + 1;
		}
		size_t *other = above;
		above = row;
		row = other;
	}
	longest = above[b.len];
	free(rows);
	return longest;
}

/* A match is ascending and pairs equal items; its length. */
static size_t match_length(struct diff_sequence a, struct diff_sequence b)
{
	uint32_t *match = xcalloc(a.len + 1, sizeof(*match)), next = 0;
	size_t count = 0;

	diff_match(a, b, match);
	for (size_t i = 0; i < a.len; i++) {
		if (match[i] == DIFF_NONE)
			continue;
		assert_true(match[i] >= next && match[i] < b.len);
		assert_int_equal(a.items[i], b.items[match[i]]);
		next = match[i] + 1;
		count++;
	}
	free(match);
	return count;
}

static void test_papers_example(void **state)
{
	const uint32_t a[] = { 1, 2, 3, 1, 2, 2, 1 }, b[] = { 3, 2, 1, 2, 1, 3 };

	(void)state;
	assert_int_equal(match_length((struct diff_sequence){ a, 7 }, (struct diff_sequence){ b, 6 }), 4);
	assert_int_equal(match_length((struct diff_sequence){ a, 7 }, (struct diff_sequence){ NULL, 0 }), 0);
	assert_int_equal(match_length((struct diff_sequence){ NULL, 0 }, (struct diff_sequence){ b, 6 }), 0);
}

static void test_random_is_longest(void **state)
{
	uint32_t a[40], b[40];

	(void)state;
	for (uint64_t round = 0; round < 3000; round++) {
		uint64_t letters = 1 + random_below(1, round, 0, 12);
		struct diff_sequence x = { a, random_below(1, round, 1, 40) }, y = { b, random_below(1, round, 2, 40) };
		for (size_t i = 0; i < x.len; i++)
			a[i] = (uint32_t)random_below(2, round, i, letters);
		for (size_t i = 0; i < y.len; i++)
			b[i] = (uint32_t)random_below(3, round, i, letters);
		assert_int_equal(match_length(x, y), table_length(x, y));
	}
}

/* Past the limit the match need not be longest, but it is one. */
static void test_far_apart(void **state)
{
	enum { LEN = 6000 };
	uint32_t *a = xcalloc(2 * LEN, sizeof(*a)), *b = a + LEN;

	(void)state;
	for (uint32_t i = 0; i < LEN; i++) {
		a[i] = (uint32_t)random_below(5, 0, i, 50);
		b[i] = (uint32_t)random_below(6, 0, i, 50);
	}
	assert_true(match_length((struct diff_sequence){ a, LEN }, (struct diff_sequence){ b, LEN }) > LEN / 10);
	free(a);
}

static const char *merged(const char *base, const char *ours, const char *theirs, enum merge_rule rule, size_t *conflicts)
{
	static char text[4096];
	const struct slice sides[] = { slice_of(base), slice_of(ours), slice_of(theirs) };
	struct strbuf out;

	strbuf_init(&out);
	*conflicts = merge_lines(sides, rule, &out);
	assert_true(out.len < sizeof(text));
	memcpy(text, out.buf, out.len + 1);
	strbuf_release(&out);
	return text;
}

static void test_lines(void **state)
{
	static const struct {
		const char *base, *ours, *theirs, *wanted;
		size_t conflicts;
	} cases[] = {
		{ "", "", "", "", 0 },
		{ "a\nb\nc\n", "a\nb\nc\n", "a\nB\nc\n", "a\nB\nc\n", 0 },
		{ "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n", 0 },
		{ "a\nb\nc\n", "a\nx\nc\n", "a\nx\nc\n", "a\nx\nc\n", 0 },
		{ "a\nb\nc\n", "a\nx\nc\n", "a\ny\nc\n", "a\nx\nc\n", 1 },
		{ "a\nb\nc\n", "a\nc\n", "a\ny\nc\n", "a\nc\n", 1 },
		{ "a\nb\nc\n", "b\nc\n", "a\nb\n", "b\n", 0 },
		{ "a\nb\n", "A\nb\n", "a\nB\n", "A\nb\n", 1 }, /* nothing unchanged between */
		{ "a\nc\n", "a\nx\ny\nc\n", "a\nx\nz\nc\n", "a\nx\ny\nc\n", 1 },
		{ "a\n", "a\nb", "0\na\n", "0\na\nb\n", 0 },
	};
	size_t conflicts;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_string_equal(merged(cases[i].base, cases[i].ours, cases[i].theirs, MERGE_CONFLICT, &conflicts),
			cases[i].wanted);
		assert_int_equal(conflicts, cases[i].conflicts);
	}
}

static void test_both_keep_what_they_add(void **state)
{
	size_t conflicts;

	(void)state;
	assert_string_equal(merged("a\n", "a\nb\n", "a\nc\n", MERGE_BOTH, &conflicts), "a\nb\nc\n");
	assert_int_equal(conflicts, 0);
	assert_string_equal(merged("a\n", "a\nx\nb\n", "a\nx\nc\n", MERGE_BOTH, &conflicts), "a\nx\nb\nc\n");
	assert_int_equal(conflicts, 0);
	assert_string_equal(merged("a\n", "b\n", "c\n", MERGE_BOTH, &conflicts), "b\n");
	assert_int_equal(conflicts, 1);
}

static void random_text(struct strbuf *out, uint64_t seed, uint64_t stream)
{
	strbuf_reset(out);
	for (uint64_t i = 0, len = random_below(seed, stream, 0, 12); i < len; i++)
		strbuf_addf(out, "%c\n", (char)('a' + random_below(seed, stream, i + 1, 5)));
}

static void assert_merged(const struct strbuf *base, const struct strbuf *ours, const struct strbuf *theirs,
	const struct strbuf *wanted)
{
	size_t conflicts;

	assert_string_equal(merged(base->buf, ours->buf, theirs->buf, MERGE_CONFLICT, &conflicts), wanted->buf);
	assert_int_equal(conflicts, 0);
}

static void test_one_side_alone(void **state)
{
	struct strbuf base, side;

	(void)state;
	strbuf_init(&base);
	strbuf_init(&side);
	for (uint64_t round = 0; round < 2000; round++) {
		random_text(&base, 11, round);
		random_text(&side, 12, round);
		assert_merged(&base, &base, &side, &side);
		assert_merged(&base, &side, &base, &side);
		assert_merged(&base, &side, &side, &side);
	}
	strbuf_release(&base);
	strbuf_release(&side);
}

static void test_sides_agree_on_conflicts(void **state)
{
	struct strbuf base, ours, theirs;
	size_t one, other;

	(void)state;
	strbuf_init(&base);
	strbuf_init(&ours);
	strbuf_init(&theirs);
	for (uint64_t round = 0; round < 2000; round++) {
		random_text(&base, 21, round);
		random_text(&ours, 22, round);
		random_text(&theirs, 23, round);
		merged(base.buf, ours.buf, theirs.buf, MERGE_CONFLICT, &one);
		merged(base.buf, theirs.buf, ours.buf, MERGE_CONFLICT, &other);
		assert_int_equal(one, other);
	}
	strbuf_release(&base);
	strbuf_release(&ours);
	strbuf_release(&theirs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_papers_example),
		cmocka_unit_test(test_random_is_longest),
		cmocka_unit_test(test_far_apart),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_both_keep_what_they_add),
		cmocka_unit_test(test_one_side_alone),
		cmocka_unit_test(test_sides_agree_on_conflicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
