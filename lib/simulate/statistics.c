#include "simulate/statistics.h"

#include "simulate/portable-internal.h"

#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

struct keyed {
	uint64_t key;
	uint32_t index;
};

size_t statistics_scratch_bytes(size_t n)
{
	return 2 * (n + 1) * sizeof(struct keyed);
}

/* One stable pass over a digit. */
static void sort_digit(const struct keyed *from, struct keyed *to, size_t n, unsigned shift)
{
	uint32_t start[DIGITS + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		start[((from[i].key >> shift) & (DIGITS - 1)) + 1]++;
	for (size_t d = 0; d < DIGITS; d++)
		start[d + 1] += start[d];
	for (size_t i = 0; i < n; i++)
		to[start[(from[i].key >> shift) & (DIGITS - 1)]++] = from[i];
}

void sort_indexes(const int64_t *values, size_t n, uint32_t *order, void *scratch)
{
	struct keyed *a = scratch, *b = a + n;
	int64_t least = n > 0 ? values[0] : 0, most = least;

	for (size_t i = 0; i < n; i++) {
		least = values[i] < least ? values[i] : least;
		most = values[i] > most ? values[i] : most;
	}
	for (size_t i = 0; i < n; i++)
		a[i] = (struct keyed){ (uint64_t)values[i] - (uint64_t)least, (uint32_t)i };
	for (unsigned shift = 0; shift < 64 && ((uint64_t)most - (uint64_t)least) >> shift; shift += DIGIT_BITS) {
		struct keyed *swap = a;

		sort_digit(a, b, n, shift);
		a = b;
		b = swap;
	}
	for (size_t i = 0; i < n; i++)
		order[i] = a[i].index;
}

void ranks_of(const int64_t *values, const uint32_t *order, size_t n, float *ranks)
{
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && values[order[to]] == values[order[from]];)
			to++;
		for (size_t i = from; i < to; i++)
			ranks[order[i]] = (float)((double)(from + 1 + to) / 2);
	}
}

double rank_correlation(const float *a, const float *b, size_t n)
{
	double mean = ((double)n + 1) / 2, aa = 0, bb = 0, ab = 0;

	for (size_t i = 0; i < n; i++) {
		double x = (double)a[i] - mean, y = (double)b[i] - mean;

		aa += x * x;
		bb += y * y;
		ab += x * y;
	}
	return aa > 0 && bb > 0 ? ab / (portable_sqrt(aa) * portable_sqrt(bb)) : 0;
}

size_t quantile_position(double p, size_t n)
{
	double exact = p * (double)n;
	size_t whole = (size_t)exact;

	/* p n within rounding of a whole number is that number */
	if (exact - (double)whole > 1e-9 * (exact + 1))
		whole++;
	return whole < 1 ? 0 : whole > n ? n - 1 : whole - 1;
}

double mean_of(const int64_t *values, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (double)values[i];
	return n > 0 ? sum / (double)n : 0;
}

double deviation_of(const int64_t *values, size_t n, double mean)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += ((double)values[i] - mean) * ((double)values[i] - mean);
	return n > 1 ? portable_sqrt(sum / ((double)n - 1)) : 0;
}
