/*
 * A lower bound of the finish from the critical path and the energy of resources.
 *
 * Idea: with T as the finish each activity has a window from its head (longest path to it) to T less its tail. In an interval [a, b)
 * it surely works min(duration, b - a, head + duration - a, b - latest start) periods, if that is positive. When the demands for this
 * work exceed what a resource supplies in the interval, no schedule ends by T (energetic reasoning, Baptiste, Le Pape, Nuijten 1999).
 * The bound is one more than the largest T so refuted, found by halving. Whatever is refuted stays refuted for smaller T,
 * so every refutation counts, though not every refutable T need be met.
 *
 * Example: three activities of 2 periods, one unit each of a resource of 2, no links: T = 2 gives in [0, 2) work of 6 > 4:
 * refuted; T = 3: each surely works 1 period of [1, 2) … 3 > 2: refuted; T = 4 is the bound, and the optimum.
 *
 * Cost: O(intervals × demands) for each T; intervals start at heads and end at latest finishes, at most INTERVALS each.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

/* What work one finish is checked with: start points × end points × activities with a demand. */
#define WORK_MOST ((uint64_t)20000000)

struct energy {
	const struct instance *in;
	const struct renewable *resource;
	uint32_t *user; /* who has a demand */
	uint32_t user_count;
	int32_t *from, *tail; /* distinct heads; distinct times from latest finish to the end */
	uint32_t from_count, tail_count;
};

static int compare(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Sorted, distinct, and thinned out to at most `most`; every subset gives a valid bound. */
static uint32_t distinct(int32_t *values, uint32_t count, uint32_t most)
{
	uint32_t kept = 0, step;

	qsort(values, count, sizeof(*values), compare);
	for (uint32_t i = 0; i < count; i++)
		if (i == 0 || values[i] != values[kept - 1])
			values[kept++] = values[i];
	step = (kept + most - 1) / most;
	for (uint32_t i = 0; step > 1 && i * step < kept; i++)
		values[i] = values[i * step];
	return step > 1 ? (kept + step - 1) / step : kept;
}

static int32_t after_of(const struct instance *in, uint32_t v)
{
	return in->tail[v] - in->view[FORWARD].duration[v];
}

static void energy_init(struct energy *e, const struct instance *in, uint32_t resource)
{
	uint64_t each = 1;

	*e = (struct energy){ .in = in, .resource = &in->resources[resource] };
	e->user = xcalloc(in->count, sizeof(*e->user));
	e->from = xcalloc(in->count, sizeof(*e->from));
	e->tail = xcalloc(in->count, sizeof(*e->tail));
	for (uint32_t v = 0; v < in->count; v++) {
		if (!e->resource->demand[v])
			continue;
		e->from[e->user_count] = in->view[FORWARD].earliest[v];
		e->tail[e->user_count] = after_of(in, v);
		e->user[e->user_count++] = v;
	}
	while ((each + 1) * (each + 1) * e->user_count * in->resource_count <= WORK_MOST && each < in->count)
		each++;
	e->from_count = distinct(e->from, e->user_count, (uint32_t)each);
	e->tail_count = distinct(e->tail, e->user_count, (uint32_t)each);
}

static void energy_release(struct energy *e)
{
	free(e->user);
	free(e->from);
	free(e->tail);
}

/* Capacity × periods in [a, b). */
static int64_t supply(const struct energy *e, int32_t a, int32_t b)
{
	const struct solve_resource *source = &e->in->problem->resources[e->resource->source];
	int32_t at = a, capacity = source->capacity / e->resource->divisor;
	int64_t sum = 0;

	if (e->resource->steady)
		return (int64_t)e->resource->capacity * (b - a);
	for (uint32_t s = 0; s < source->step_count && source->steps[s].from < b; s++) {
		if (source->steps[s].from > at) {
			sum += (int64_t)capacity * (source->steps[s].from - at);
			at = source->steps[s].from;
		}
		capacity = source->steps[s].capacity / e->resource->divisor;
	}
	return sum + (int64_t)capacity * (b - at);
}

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int64_t needed(const struct energy *e, int32_t finish, int32_t a, int32_t b)
{
	const struct view *view = &e->in->view[FORWARD];
	int64_t sum = 0;

	for (uint32_t i = 0; i < e->user_count; i++) {
		uint32_t v = e->user[i];
		int32_t left = view->earliest[v] + view->duration[v] - a, right = b - (finish - e->in->tail[v]);
		int32_t work = least(least(left, right), least(view->duration[v], b - a));

		if (work > 0)
			sum += (int64_t)work * e->resource->demand[v];
	}
	return sum;
}

static bool is_refuted(const struct energy *e, int32_t finish)
{
	for (uint32_t i = 0; i < e->from_count; i++)
		for (uint32_t k = 0; k < e->tail_count; k++) {
			int32_t a = e->from[i], b = finish - e->tail[k];

			if (b > a && needed(e, finish, a, b) > supply(e, a, b))
				return true;
		}
	return false;
}

/* Doubles the step while finishes are refuted, then halves it. */
static int32_t raise_bound(const struct energy *e, int32_t bound)
{
	int32_t step = 1;

	while (step < INT32_MAX / 4 && is_refuted(e, bound + step - 1)) {
		bound += step;
		step *= 2;
	}
	for (; step >= 1; step /= 2)
		if (is_refuted(e, bound + step - 1))
			bound += step;
	return bound;
}

int32_t bound_finish(const struct instance *in)
{
	int32_t bound = in->shortest;

	for (uint32_t r = 0; r < in->resource_count; r++) {
		struct energy energy;

		energy_init(&energy, in, r);
		bound = raise_bound(&energy, bound);
		energy_release(&energy);
	}
	return bound;
}
