/*
 * Compiles a problem: topological numbers, heads and tails, scarce resources packed into words.
 *
 * Resources that are never short (all demands together fit) are left out. Capacities and demands are divided by their greatest common
 * divisor, so that a person who is there or not takes two bits of a word.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"
#include "base/decimal.h"

#include <stdlib.h>

enum { WORD_BITS = 64 };

/* --- order ----------------------------------------------------------------------------------- */

static uint32_t *number_activities(struct instance *in, uint32_t *next, uint32_t *waiting, const uint32_t *first)
{
	const struct solve_problem *p = in->problem;
	uint32_t *number = arena_calloc(&in->arena, p->activity_count, sizeof(*number));
	uint32_t done = 0;

	for (uint32_t i = 0; i < p->activity_count; i++)
		if (!waiting[i])
			in->activity[done++] = i;
	for (uint32_t at = 0; at < done; at++)
		for (uint32_t k = first[in->activity[at]]; k < first[in->activity[at] + 1]; k++)
			if (!--waiting[p->links[next[k]].to])
				in->activity[done++] = p->links[next[k]].to;
	for (uint32_t at = 0; at < done; at++)
		number[in->activity[at]] = at;
	return done == p->activity_count ? number : NULL;
}

/* Numbers in an order that links allow; NULL when they form a cycle. Lower input numbers come first where free. */
static uint32_t *topological_numbers(struct instance *in)
{
	const struct solve_problem *p = in->problem;
	uint32_t n = p->activity_count;
	uint32_t *first = xcalloc(n + 2, sizeof(*first)), *next = xcalloc(p->link_count + 1, sizeof(*next));
	uint32_t *waiting = xcalloc(n + 1, sizeof(*waiting)), *number;

	in->activity = arena_calloc(&in->arena, n, sizeof(*in->activity));
	for (uint32_t k = 0; k < p->link_count; k++) {
		first[p->links[k].from + 2]++;
		waiting[p->links[k].to]++;
	}
	for (uint32_t i = 2; i < n + 2; i++)
		first[i] += first[i - 1];
	for (uint32_t k = 0; k < p->link_count; k++)
		next[first[p->links[k].from + 1]++] = k;
	number = number_activities(in, next, waiting, first);
	free(first);
	free(next);
	free(waiting);
	return number;
}

/* --- links ----------------------------------------------------------------------------------- */

static void view_init(struct instance *in, struct view *view)
{
	view->count = in->count;
	view->duration = arena_calloc(&in->arena, in->count, sizeof(int32_t));
	view->earliest = arena_calloc(&in->arena, in->count, sizeof(int32_t));
	view->first_in = arena_calloc(&in->arena, in->count + 2, sizeof(uint32_t));
	view->in = arena_calloc(&in->arena, in->problem->link_count, sizeof(struct arc));
	view->first_use = arena_calloc(&in->arena, in->count + 2, sizeof(uint32_t));
	view->in_order = true;
}

static struct arc oriented(const struct instance *in, const uint32_t *number, uint32_t link, int direction, uint32_t *to)
{
	const struct solve_problem *p = in->problem;
	const struct solve_link *l = &p->links[link];
	uint32_t last = in->count - 1;

	if (direction == FORWARD) {
		*to = number[l->to];
		return (struct arc){ number[l->from], l->lag };
	}
	*to = last - number[l->from];
	return (struct arc){ last - number[l->to], l->lag + p->duration[l->to] - p->duration[l->from] };
}

static void fill_links(struct instance *in, const uint32_t *number, int direction)
{
	struct view *view = &in->view[direction];
	uint32_t to;

	for (uint32_t k = 0; k < in->problem->link_count; k++) {
		oriented(in, number, k, direction, &to);
		view->first_in[to + 2]++;
	}
	for (uint32_t v = 2; v < in->count + 2; v++)
		view->first_in[v] += view->first_in[v - 1];
	for (uint32_t k = 0; k < in->problem->link_count; k++) {
		struct arc arc = oriented(in, number, k, direction, &to);

		view->in[view->first_in[to + 1]++] = arc;
		if (arc.lag < 0)
			view->in_order = false;
	}
}

static void fill_heads(struct view *view)
{
	for (uint32_t v = 0; v < view->count; v++)
		for (uint32_t k = view->first_in[v]; k < view->first_in[v + 1]; k++) {
			int32_t at = view->earliest[view->in[k].from] + view->in[k].lag;

			if (at > view->earliest[v])
				view->earliest[v] = at;
		}
}

static void fill_views(struct instance *in, const uint32_t *number)
{
	const struct solve_problem *p = in->problem;
	uint32_t last = in->count - 1;

	for (uint32_t i = 0; i < in->count; i++) {
		uint32_t v = number[i];

		in->view[FORWARD].duration[v] = in->view[BACKWARD].duration[last - v] = p->duration[i];
		if (p->release && p->release[i] > 0) {
			in->view[FORWARD].earliest[v] = p->release[i];
			in->steady = false;
		}
	}
	for (int d = FORWARD; d <= BACKWARD; d++) {
		fill_links(in, number, d);
		fill_heads(&in->view[d]);
	}
	in->tail = arena_calloc(&in->arena, in->count, sizeof(int32_t));
	for (uint32_t v = 0; v < in->count; v++) {
		in->tail[v] = in->view[BACKWARD].earliest[last - v] + in->view[FORWARD].duration[v];
		if (in->view[FORWARD].earliest[v] + in->tail[v] > in->shortest)
			in->shortest = in->view[FORWARD].earliest[v] + in->tail[v];
	}
}

/* --- resources ------------------------------------------------------------------------------- */

static int32_t last_capacity(const struct solve_resource *resource)
{
	return resource->step_count ? resource->steps[resource->step_count - 1].capacity : resource->capacity;
}

static int32_t least_capacity(const struct solve_resource *resource)
{
	int32_t least = resource->capacity;

	for (uint32_t s = 0; s < resource->step_count; s++)
		if (resource->steps[s].capacity < least)
			least = resource->steps[s].capacity;
	return least;
}

static int32_t most_capacity(const struct solve_resource *resource)
{
	int32_t most = resource->capacity;

	for (uint32_t s = 0; s < resource->step_count; s++)
		if (resource->steps[s].capacity > most)
			most = resource->steps[s].capacity;
	return most;
}

/* Takes in one resource, unless it can never be short. `demand` is by number. */
static int add_resource(struct instance *in, uint32_t source, int32_t *demand, struct err *err)
{
	const struct solve_resource *resource = &in->problem->resources[source];
	struct renewable *r = &in->resources[in->resource_count];
	int64_t sum = 0, divisor = 0;

	for (uint32_t v = 0; v < in->count; v++) {
		if (!in->view[FORWARD].duration[v])
			demand[v] = 0;
		if (demand[v] > last_capacity(resource))
			return err_set(err, ERR_INPUT, "activity %u needs %d, and resource %u has %d", in->activity[v],
				demand[v], source, last_capacity(resource));
		sum += demand[v];
		divisor = decimal_common_divisor(divisor, demand[v]);
	}
	if (sum <= least_capacity(resource))
		return 0;
	r->source = source;
	r->steady = resource->step_count == 0;
	r->capacity = (int32_t)(most_capacity(resource) / divisor);
	r->divisor = (int32_t)divisor;
	r->demand = demand;
	for (uint32_t v = 0; v < in->count; v++)
		demand[v] = (int32_t)(demand[v] / divisor);
	if (!r->steady)
		in->steady = false;
	in->resource_count++;
	return 1;
}

static int fill_resources(struct instance *in, const uint32_t *number, struct err *err)
{
	const struct solve_problem *p = in->problem;
	int32_t **demand = xcalloc(p->resource_count + 1, sizeof(*demand));
	int status = 0;

	in->resources = arena_calloc(&in->arena, p->resource_count, sizeof(*in->resources));
	for (uint32_t k = 0; k < p->demand_count; k++) {
		const struct solve_demand *d = &p->demands[k];

		if (!demand[d->resource])
			demand[d->resource] = arena_calloc(&in->arena, in->count, sizeof(int32_t));
		demand[d->resource][number[d->activity]] += d->amount;
	}
	for (uint32_t r = 0; r < p->resource_count && status >= 0; r++)
		if (demand[r])
			status = add_resource(in, r, demand[r], err);
	free(demand);
	return status < 0 ? status : 0;
}

/* --- words ----------------------------------------------------------------------------------- */

static uint32_t bits_for(int32_t capacity)
{
	uint32_t bits = 1;

	while (bits < 31 && capacity >> bits)
		bits++;
	return bits;
}

static void place_fields(struct instance *in)
{
	uint32_t used = WORD_BITS;

	for (uint32_t r = 0; r < in->resource_count; r++) {
		struct renewable *resource = &in->resources[r];

		resource->bits = bits_for(resource->capacity) + 1;
		if (used + resource->bits > WORD_BITS) {
			in->words++;
			used = 0;
		}
		resource->word = in->words - 1;
		resource->shift = used;
		used += resource->bits;
	}
}

static void fill_uses(struct instance *in, int direction)
{
	struct view *view = &in->view[direction];
	size_t count = 0;

	for (int pass = 0; pass < 2; pass++) {
		if (pass)
			view->uses = arena_calloc(&in->arena, count, sizeof(*view->uses));
		count = 0;
		for (uint32_t v = 0; v < in->count; v++) {
			uint32_t number = direction == FORWARD ? v : in->count - 1 - v;
			uint32_t word = UINT32_MAX;

			view->first_use[v] = (uint32_t)count;
			for (uint32_t r = 0; r < in->resource_count; r++) {
				uint64_t amount = (uint64_t)in->resources[r].demand[number];

				if (!amount)
					continue;
				if (in->resources[r].word != word)
					count++;
				word = in->resources[r].word;
				if (pass) {
					view->uses[count - 1].word = word;
					view->uses[count - 1].amount |= amount << in->resources[r].shift;
				}
			}
		}
		view->first_use[in->count] = (uint32_t)count;
	}
}

static int compare_times(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static int32_t capacity_at(const struct solve_resource *resource, int32_t time)
{
	int32_t capacity = resource->capacity;

	for (uint32_t s = 0; s < resource->step_count && resource->steps[s].from <= time; s++)
		capacity = resource->steps[s].capacity;
	return capacity;
}

static void fill_capacity(const struct instance *in, int32_t time, uint64_t *free)
{
	for (uint32_t w = 0; w < in->words; w++)
		free[w] = in->guard[w];
	for (uint32_t r = 0; r < in->resource_count; r++) {
		const struct solve_resource *resource = &in->problem->resources[in->resources[r].source];
		int32_t capacity = capacity_at(resource, time) / in->resources[r].divisor;

		free[in->resources[r].word] += (uint64_t)(capacity > 0 ? capacity : 0) << in->resources[r].shift;
	}
}

static void fill_steps(struct instance *in)
{
	size_t most = 0;

	for (uint32_t r = 0; r < in->resource_count; r++)
		most += in->problem->resources[in->resources[r].source].step_count;
	in->step_from = arena_calloc(&in->arena, most, sizeof(*in->step_from));
	most = 0;
	for (uint32_t r = 0; r < in->resource_count; r++) {
		const struct solve_resource *resource = &in->problem->resources[in->resources[r].source];

		for (uint32_t s = 0; s < resource->step_count; s++)
			in->step_from[most++] = resource->steps[s].from;
	}
	qsort(in->step_from, most, sizeof(*in->step_from), compare_times);
	for (size_t s = 0; s < most; s++)
		if (s == 0 || in->step_from[s] != in->step_from[in->step_count - 1])
			in->step_from[in->step_count++] = in->step_from[s];
	in->step_free = arena_calloc(&in->arena, (size_t)in->step_count * in->words, sizeof(*in->step_free));
	for (uint32_t s = 0; s < in->step_count; s++)
		fill_capacity(in, in->step_from[s], &in->step_free[(size_t)s * in->words]);
}

static void fill_words(struct instance *in)
{
	place_fields(in);
	in->guard = arena_calloc(&in->arena, in->words, sizeof(*in->guard));
	in->nominal = arena_calloc(&in->arena, in->words, sizeof(*in->nominal));
	for (uint32_t r = 0; r < in->resource_count; r++)
		in->guard[in->resources[r].word] |= 1ull << (in->resources[r].shift + in->resources[r].bits - 1);
	fill_capacity(in, INT32_MIN, in->nominal);
	fill_steps(in);
	fill_uses(in, FORWARD);
	fill_uses(in, BACKWARD);
}

int instance_init(struct instance *in, const struct solve_problem *problem, struct err *err)
{
	uint32_t *number;
	int status;

	*in = (struct instance){ .problem = problem, .count = problem->activity_count, .steady = true };
	arena_init(&in->arena);
	number = topological_numbers(in);
	if (!number)
		return err_set(err, ERR_INPUT, "the links form a cycle");
	view_init(in, &in->view[FORWARD]);
	view_init(in, &in->view[BACKWARD]);
	fill_views(in, number);
	status = fill_resources(in, number, err);
	if (status < 0)
		return status;
	fill_words(in);
	return 0;
}

void instance_release(struct instance *in)
{
	arena_release(&in->arena);
}
