/*
 * Samplers: values of a three-point estimate's distribution from uniform random numbers, by inversion.
 *
 * The same uniform number always gives the same value, to the last bit and on every machine, and a larger one never gives a smaller
 * value: ranks of uniform numbers are ranks of values. The distributions are those of plan/estimate.h.
 */
#ifndef SIMULATE_SAMPLER_H
#define SIMULATE_SAMPLER_H

#include "base/arena.h"
#include "base/map.h"
#include "plan/estimate.h"

#include <stddef.h>

/*
 * A quantile function's lower half, for probabilities 2^-18 … 1/2: 32 cells an octave, a straight line within each. The cell of a probability is
 * its exponent and its first five fraction bits.
 */
enum { TABLE_OCTAVES = 17, TABLE_CELLS = 32, TABLE_SIZE = TABLE_OCTAVES * TABLE_CELLS + 1 };
struct quantile_table {
	float at[TABLE_SIZE];
};

/* Tables by shape, shared by the samplers that need them; owns them. */
struct sampler_tables {
	struct arena arena;
	struct map pert; /* mode's place in the range → struct quantile_table * */
	struct quantile_table *normal;
	double *grid; /* private to sampler.c */
};
void sampler_tables_init(struct sampler_tables *tables);
void sampler_tables_release(struct sampler_tables *tables);

struct sampler {
	enum distribution distribution;
	double origin, width; /* value = origin + width × the standard one */
	double split;         /* TRIANGULAR: the mode's place in the range */
	const struct quantile_table *low, *high; /* PERT, NORMAL, LOGNORMAL */
};

/* The tables must outlive the sampler. An estimate of one value, or without range, is FIXED. */
void sampler_init(struct sampler *sampler, struct sampler_tables *tables, const struct estimate *estimate,
	enum distribution distribution);
/* Values for `count` numbers in (0, 1); minutes, not rounded, never negative. */
void sampler_fill(const struct sampler *sampler, const double *uniform, size_t count, double *out);

#endif
