/*
 * Order statistics and rank correlation of samples. Sums run in the order of the samples, so results are the same to the last bit however
 * the samples were made.
 */
#ifndef SIMULATE_STATISTICS_H
#define SIMULATE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* Memory for sorting n samples, made once: statistics_scratch_bytes(n). */
size_t statistics_scratch_bytes(size_t n);

/* Indexes of the values in ascending order; equal values in the order of their indexes. O(n) radix sort. */
void sort_indexes(const int64_t *values, size_t n, uint32_t *order, void *scratch);
/* Ranks from 1, equal values share the mean of theirs. order: of sort_indexes. */
void ranks_of(const int64_t *values, const uint32_t *order, size_t n, float *ranks);
/* Spearman's ρ: the correlation of ranks; 0 when either does not vary. */
double rank_correlation(const float *a, const float *b, size_t n);

/* Position, in ascending order, of the value that a share p of n values does not exceed: ⌈pn⌉ - 1. */
size_t quantile_position(double p, size_t n);
double mean_of(const int64_t *values, size_t n);
/* Of a sample: n - 1 degrees of freedom; 0 for fewer than two. */
double deviation_of(const int64_t *values, size_t n, double mean);

#endif
