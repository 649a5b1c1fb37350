/*
 * Inversion, by closed forms where there are some, else by tables of the quantile function.
 *
 * PERT: Beta(α, β) with α = 1 + 4c, β = 5 - 4c, c the mode's place in the range. Its distribution function is summed by Simpson's rule over
 * x = t² (3 - 2t), t = 0 … 1 in 512 steps, so that steps are fine near both ends; between nodes it follows a power of t, which is
 * exact at the ends. The upper half is the lower one of 1 - c, mirrored.
 * Example: c = ½ is Beta(3, 3): its median is 0.5, its 90 % point 0.7534.
 *
 * Errors of the tables are below 1e-4 of the range, or of the standard deviation; a simulation's own noise is larger by far.
 * Cost: a table 25 µs, a value 5 ns.
 */
#include "simulate/sampler.h"

#include "simulate/portable-internal.h"

#include <stdint.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { STEPS = 512, NODES = 2 * STEPS + 1, LOWEST_EXPONENT = -18 };

/* log x and log(1 - x), log of dx/dt, at the nodes and between them. */
enum { GRID_LOG, GRID_LOG_REST, GRID_SLOPE, GRID_ROWS };

static double probability_of(size_t index)
{
	double fraction = 1 + (double)(index % TABLE_CELLS) / TABLE_CELLS, power = 0x1p-18;

	for (size_t i = 0; i < index / TABLE_CELLS; i++)
		power *= 2;
	return fraction * power;
}

static void make_normal(struct quantile_table *table)
{
	for (size_t i = 0; i < TABLE_SIZE; i++)
		table->at[i] = (float)portable_normal_quantile(probability_of(i));
}

static void make_grid(double *grid)
{
	for (int i = 1; i < NODES - 1; i++) {
		double t = (double)i / (NODES - 1), x = t * t * (3 - 2 * t);

		grid[GRID_LOG * NODES + i] = portable_log(x);
		grid[GRID_LOG_REST * NODES + i] = portable_log((1 - t) * (1 - t) * (1 + 2 * t));
		grid[GRID_SLOPE * NODES + i] = 6 * t * (1 - t);
	}
}

static double pert_density(const double *grid, double c, int node)
{
	if (node == 0 || node == NODES - 1)
		return 0; /* dx/dt is */
	return portable_exp(4 * c * grid[GRID_LOG * NODES + node] + (4 - 4 * c) * grid[GRID_LOG_REST * NODES + node]) *
		grid[GRID_SLOPE * NODES + node];
}

/* F at the steps, as a share of the whole. */
static void sum_density(const double *grid, double c, double *cumulative)
{
	double right, left = pert_density(grid, c, 0);

	cumulative[0] = 0;
	for (int i = 0; i < STEPS; i++) {
		right = pert_density(grid, c, 2 * i + 2);
		cumulative[i + 1] = cumulative[i] + left + 4 * pert_density(grid, c, 2 * i + 1) + right;
		left = right;
	}
	for (int i = 0; i <= STEPS; i++)
		cumulative[i] /= cumulative[STEPS];
}

/* t where F is p, between step i and the next: F ∝ t^k there. In the first step x^α, so t^2α. */
static double between(const double *cumulative, int i, double p, double c)
{
	double a = (double)i / STEPS, b = (double)(i + 1) / STEPS, power;

	if (i == 0)
		return b * portable_exp(portable_log(p / cumulative[1]) / (2 + 8 * c));
	power = portable_log(cumulative[i + 1] / cumulative[i]) / portable_log(b / a);
	return a * portable_exp(portable_log(p / cumulative[i]) / power);
}

static void make_pert(const double *grid, double c, struct quantile_table *table)
{
	double cumulative[STEPS + 1];
	int step = 0;

	sum_density(grid, c, cumulative);
	for (size_t i = 0; i < TABLE_SIZE; i++) {
		double p = probability_of(i), t;

		while (step < STEPS - 1 && cumulative[step + 1] < p)
			step++;
		t = between(cumulative, step, p, c);
		table->at[i] = (float)(t * t * (3 - 2 * t));
	}
}

void sampler_tables_init(struct sampler_tables *tables)
{
	memset(tables, 0, sizeof(*tables));
	arena_init(&tables->arena);
	map_init(&tables->pert);
}

void sampler_tables_release(struct sampler_tables *tables)
{
	map_release(&tables->pert);
	arena_release(&tables->arena);
}

static const struct quantile_table *pert_table(struct sampler_tables *tables, double c)
{
	struct slice key = { (const char *)&c, sizeof(c) };
	struct quantile_table *table = map_get_pointer(&tables->pert, key);

	if (table)
		return table;
	if (!tables->grid) {
		tables->grid = arena_calloc(&tables->arena, (size_t)GRID_ROWS * NODES, sizeof(double));
		make_grid(tables->grid);
	}
	table = arena_alloc(&tables->arena, sizeof(*table));
	make_pert(tables->grid, c, table);
	map_put(&tables->pert, arena_slice(&tables->arena, key), (uintptr_t)table);
	return table;
}

static const struct quantile_table *normal_table(struct sampler_tables *tables)
{
	if (!tables->normal) {
		tables->normal = arena_alloc(&tables->arena, sizeof(*tables->normal));
		make_normal(tables->normal);
	}
	return tables->normal;
}

static void init_pert(struct sampler *s, struct sampler_tables *tables, double c)
{
	s->low = pert_table(tables, c);
	s->high = pert_table(tables, 1 - c);
}

/* exp(μ + σz) with the estimate's mean and deviation. */
static void init_lognormal(struct sampler *s, struct sampler_tables *tables, double mean, double deviation)
{
	double variance = mean > 0 ? portable_log(1 + deviation * deviation / (mean * mean)) : 0;

	s->low = s->high = normal_table(tables);
	s->origin = mean > 0 ? portable_log(mean) - variance / 2 : -700;
	s->width = portable_sqrt(variance);
}

void sampler_init(struct sampler *s, struct sampler_tables *tables, const struct estimate *e, enum distribution distribution)
{
	double o = (double)e->optimistic, m = (double)e->likely, p = (double)e->pessimistic;
	double width = p - o, mean = (o + 4 * m + p) / 6;

	*s = (struct sampler){ .distribution = distribution, .origin = o, .width = width };
	if (!e->three_point || width <= 0 || distribution == DISTRIBUTION_FIXED) {
		*s = (struct sampler){ .distribution = DISTRIBUTION_FIXED, .origin = m };
		return;
	}
	s->split = (m - o) / width;
	s->split = s->split < 0 ? 0 : s->split > 1 ? 1 : s->split;
	if (distribution == DISTRIBUTION_PERT) {
		init_pert(s, tables, s->split);
	} else if (distribution == DISTRIBUTION_NORMAL) {
		s->low = s->high = normal_table(tables);
		s->origin = mean;
		s->width = width / 6;
	} else if (distribution == DISTRIBUTION_LOGNORMAL) {
		init_lognormal(s, tables, mean, width / 6);
	} else if (distribution == DISTRIBUTION_EXPONENTIAL) {
		s->width = mean;
	}
}

/* The table's value at a probability of at most ½. */
static double look_up(const struct quantile_table *table, double p)
{
	uint64_t bits;
	int64_t cell;

	if (p < 0x1p-18)
		p = 0x1p-18;
	memcpy(&bits, &p, sizeof(bits));
	cell = (int64_t)(bits >> 47) - ((1023 + LOWEST_EXPONENT) << 5);
	if (cell >= TABLE_SIZE - 1)
		return (double)table->at[TABLE_SIZE - 1];
	return (double)table->at[cell] +
		((double)table->at[cell + 1] - (double)table->at[cell]) * ((double)(bits & 0x7fffffffffffu) * 0x1p-47);
}

static double symmetric(const struct quantile_table *table, double u)
{
	return u <= 0.5 ? look_up(table, u) : -look_up(table, 1 - u);
}

/* The halves meet at the median up to rounding: the upper one never begins below the lower one's end. */
static double pert(const struct sampler *s, double u)
{
	double value;

	if (u <= 0.5)
		return look_up(s->low, u);
	value = 1 - look_up(s->high, 1 - u);
	return value > (double)s->low->at[TABLE_SIZE - 1] ? value : (double)s->low->at[TABLE_SIZE - 1];
}

static double triangular(const struct sampler *s, double u)
{
	if (u < s->split)
		return portable_sqrt(u * s->split);
	return 1 - portable_sqrt((1 - u) * (1 - s->split));
}

void sampler_fill(const struct sampler *s, const double *u, size_t count, double *out)
{
	switch (s->distribution) {
	case DISTRIBUTION_PERT:
		for (size_t i = 0; i < count; i++)
			out[i] = s->origin + s->width * pert(s, u[i]);
		return;
	case DISTRIBUTION_TRIANGULAR:
		for (size_t i = 0; i < count; i++)
			out[i] = s->origin + s->width * triangular(s, u[i]);
		return;
	case DISTRIBUTION_NORMAL:
		for (size_t i = 0; i < count; i++) {
			double value = s->origin + s->width * symmetric(s->low, u[i]);

			out[i] = value > 0 ? value : 0;
		}
		return;
	case DISTRIBUTION_LOGNORMAL:
		for (size_t i = 0; i < count; i++)
			out[i] = portable_exp(s->origin + s->width * symmetric(s->low, u[i]));
		return;
	case DISTRIBUTION_EXPONENTIAL:
		for (size_t i = 0; i < count; i++)
			out[i] = -s->width * portable_log(1 - u[i]);
		return;
	case DISTRIBUTION_UNIFORM:
		for (size_t i = 0; i < count; i++)
			out[i] = s->origin + s->width * u[i];
		return;
	case DISTRIBUTION_FIXED:
		break;
	}
	for (size_t i = 0; i < count; i++)
		out[i] = s->origin;
}
