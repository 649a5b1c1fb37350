#include "fits.h"

#include <stdlib.h>

enum { FEW = 8, PLACED_NOT = -1 };

static int64_t there(const struct solve_resource *resource, int32_t period)
{
	int64_t capacity = resource->capacity;

	for (uint32_t i = 0; i < resource->step_count; i++)
		if (period >= resource->steps[i].from)
			capacity = resource->steps[i].capacity;
	return capacity;
}

/* What those that are placed take of a resource in a period. */
static int64_t taken(const struct solve_problem *p, const int32_t *start, uint32_t resource, int32_t period)
{
	int64_t sum = 0;

	for (uint32_t k = 0; k < p->demand_count; k++) {
		const struct solve_demand *d = &p->demands[k];
		int32_t from = start[d->activity];

		if (d->resource == resource && from != PLACED_NOT && period >= from &&
			period - from < p->duration[d->activity])
			sum += d->amount;
	}
	return sum;
}

int32_t fits_finish(const struct solve_problem *p, const int32_t *start)
{
	int32_t finish = 0;

	for (uint32_t i = 0; i < p->activity_count; i++)
		if (start[i] + p->duration[i] > finish)
			finish = start[i] + p->duration[i];
	return finish;
}

static bool complain(struct strbuf *why, const char *what, uint32_t a, uint32_t b)
{
	strbuf_addf(why, "%s: %u, %u\n", what, a, b);
	return false;
}

bool fits_problem(const struct solve_problem *p, const int32_t *start, struct strbuf *why)
{
	int32_t finish = fits_finish(p, start);
	bool good = true;

	for (uint32_t i = 0; i < p->activity_count; i++)
		if (start[i] < 0 || (p->release && start[i] < p->release[i]))
			good = complain(why, "starts too early", i, (uint32_t)start[i]);
	for (uint32_t k = 0; k < p->link_count; k++)
		if (start[p->links[k].to] - start[p->links[k].from] < p->links[k].lag)
			good = complain(why, "link is broken", p->links[k].from, p->links[k].to);
	for (uint32_t r = 0; r < p->resource_count; r++)
		for (int32_t period = 0; period < finish; period++)
			if (taken(p, start, r, period) > there(&p->resources[r], period))
				good = complain(why, "resource is short in period", r, (uint32_t)period);
	return good;
}

/* --- every order ------------------------------------------------------------------------------ */

struct search {
	const struct solve_problem *p;
	int32_t start[FEW];
	int64_t best;
};

static bool can_run(const struct search *s, uint32_t activity, int32_t from)
{
	const struct solve_problem *p = s->p;

	for (uint32_t r = 0; r < p->resource_count; r++) {
		int64_t asks = 0;

		for (uint32_t k = 0; k < p->demand_count; k++)
			if (p->demands[k].activity == activity && p->demands[k].resource == r)
				asks += p->demands[k].amount;
		for (int32_t t = from; asks && t < from + p->duration[activity]; t++)
			if (taken(p, s->start, r, t) + asks > there(&p->resources[r], t))
				return false;
	}
	return true;
}

/* Earliest start by links; PLACED_NOT when a predecessor is not placed. */
static int32_t allowed_from(const struct search *s, uint32_t activity)
{
	int32_t from = s->p->release ? s->p->release[activity] : 0;

	for (uint32_t k = 0; k < s->p->link_count; k++) {
		const struct solve_link *link = &s->p->links[k];

		if (link->to != activity)
			continue;
		if (s->start[link->from] == PLACED_NOT)
			return PLACED_NOT;
		if (s->start[link->from] + link->lag > from)
			from = s->start[link->from] + link->lag;
	}
	return from;
}

static int64_t score(const struct search *s)
{
	int64_t sum = 0;

	if (!s->p->due)
		return fits_finish(s->p, s->start);
	for (uint32_t i = 0; i < s->p->activity_count; i++)
		if (s->start[i] + s->p->duration[i] > s->p->due[i])
			sum += (int64_t)(s->start[i] + s->p->duration[i] - s->p->due[i]) *
				(s->p->weight ? s->p->weight[i] : 1);
	return sum;
}

static void try_all(struct search *s, uint32_t placed)
{
	if (placed == s->p->activity_count && score(s) < s->best)
		s->best = score(s);
	for (uint32_t i = 0; i < s->p->activity_count; i++) {
		int32_t from;

		if (s->start[i] != PLACED_NOT || (from = allowed_from(s, i)) == PLACED_NOT)
			continue;
		while (!can_run(s, i, from))
			from++;
		s->start[i] = from;
		try_all(s, placed + 1);
		s->start[i] = PLACED_NOT;
	}
}

int64_t fits_best(const struct solve_problem *problem)
{
	struct search s = { .p = problem, .best = INT64_MAX };

	for (int i = 0; i < FEW; i++)
		s.start[i] = PLACED_NOT;
	try_all(&s, 0);
	return s.best;
}
