#include "base/digest.h"
#include "base/pool.h"
#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_digest(struct slice bytes, const char *expected)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];

	digest_of(bytes, digest);
	assert_string_equal(digest_hex(digest, hex), expected);
}

static void sha256_known_answers(void **state)
{
	struct digest digest;
	uint8_t whole[DIGEST_BYTES], parts[DIGEST_BYTES];

	(void)state;
	check_digest(slice_of(NULL), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_digest(slice_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	digest_of(slice_of("some longer text"), whole);
	digest_init(&digest);
	digest_add(&digest, slice_of("some "));
	digest_add(&digest, slice_of(""));
	digest_add(&digest, slice_of("longer text"));
	digest_final(&digest, parts);
	assert_memory_equal(whole, parts, DIGEST_BYTES);
}

/* The known-answer vectors of Random123 for philox4x32-10, words 0 and 1. */
static void philox_known_answers(void **state)
{
	(void)state;
	assert_true(random_at(0, 0, 0) == 0xe169c58d6627e8d5u);
	assert_true(random_at(UINT64_MAX, UINT64_MAX, UINT64_MAX) == 0x41c83b0e408f276du);
	/* counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0 */
	assert_true(random_at(0x299f31d0a4093822u, 0x0370734413198a2eu, 0x85a308d3243f6a88u) ==
		0x94fdccebd16cfe09u);
}

/* However a stretch of a stream is cut up, its numbers are the same. */
static void units_in_stretches(void **state)
{
	double whole[64], part[64], sum = 0;

	(void)state;
	random_units(9, 8, 0, 64, whole);
	for (size_t from = 0; from < 20; from++) {
		random_units(9, 8, from, 41, part);
		assert_memory_equal(part, whole + from, 41 * sizeof(double));
	}
	for (size_t i = 0; i < 64; i++) {
		assert_true(whole[i] > 0 && whole[i] < 1);
		sum += whole[i];
	}
	assert_true(sum > 20 && sum < 44);
	assert_true((uint64_t)(whole[6] * 0x1p52) == random_at(9, 8, 3) >> 12);
	random_units(9, 8, 0, 0, part);
}

static void numbers_are_even(void **state)
{
	enum { ROUNDS = 100000, SIDES = 7 };
	unsigned counts[SIDES] = { 0 };
	double sum = 0;

	(void)state;
	for (uint64_t i = 0; i < ROUNDS; i++) {
		double unit = random_unit(7, 3, i);

		assert_true(unit >= 0 && unit < 1);
		sum += unit;
		counts[random_below(7, 4, i, SIDES)]++;
	}
	assert_true(fabs(sum / ROUNDS - 0.5) < 0.005);
	for (int i = 0; i < SIDES; i++)
		assert_true(counts[i] > ROUNDS / SIDES * 0.95 && counts[i] < ROUNDS / SIDES * 1.05);
	assert_true(random_at(1, 0, 0) != random_at(2, 0, 0));
	assert_true(random_at(1, 1, 0) != random_at(1, 0, 1));
}

static void base32_uses_its_alphabet(void **state)
{
	char text[65], other[65];
	struct err err = { 0 };

	(void)state;
	assert_int_equal(random_base32(text, 64, 1, &err), 0);
	assert_int_equal(strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 64);
	assert_int_equal(text[64], 0);
	assert_int_equal(random_base32(other, 64, 0, &err), 0);
	assert_int_equal(strspn(other, "0123456789abcdefghjkmnpqrstvwxyz"), 64);
	assert_int_equal(random_base32(text, 0, 0, &err), 0);
	assert_string_equal(text, "");
	err_release(&err);
}

struct sum {
	atomic_int seen[1000];
	atomic_int wrong_worker, done;
	unsigned threads;
	struct cancel *cancel;
};

static void count_item(void *context, size_t index, unsigned worker)
{
	struct sum *sum = context;

	atomic_fetch_add(&sum->seen[index], 1);
	if (worker >= sum->threads)
		atomic_fetch_add(&sum->wrong_worker, 1);
	if (atomic_fetch_add(&sum->done, 1) == 9 && sum->cancel)
		atomic_store(&sum->cancel->requested, 1);
}

static void every_index_runs_once(void **state)
{
	(void)state;
	for (unsigned threads = 1; threads <= 8; threads++) {
		struct sum *sum = calloc(1, sizeof(*sum));

		sum->threads = threads;
		pool_run(threads, 1000, count_item, sum, NULL);
		for (size_t i = 0; i < 1000; i++)
			assert_int_equal(atomic_load(&sum->seen[i]), 1);
		assert_int_equal(atomic_load(&sum->wrong_worker), 0);
		free(sum);
	}
	pool_run(0, 0, NULL, NULL, NULL);
	assert_true(pool_processors() >= 1);
}

static void cancel_stops_early(void **state)
{
	struct cancel cancel = { 0 };
	struct sum *sum = calloc(1, sizeof(*sum));

	(void)state;
	sum->threads = 1;
	sum->cancel = &cancel;
	pool_run(1, 1000, count_item, sum, &cancel);
	assert_int_equal(atomic_load(&sum->done), 10);
	pool_run(4, 1000, count_item, sum, &cancel);
	assert_int_equal(atomic_load(&sum->done), 10);
	free(sum);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_known_answers),
		cmocka_unit_test(philox_known_answers),
		cmocka_unit_test(numbers_are_even),
		cmocka_unit_test(units_in_stretches),
		cmocka_unit_test(base32_uses_its_alphabet),
		cmocka_unit_test(every_index_runs_once),
		cmocka_unit_test(cancel_stops_early),
	};

	return cmocka_run_group_tests_name("base/numbers", tests, NULL, NULL);
}
