/*
 * Schedules of an integer instance from keys: the serial and the parallel generation scheme, forwards and backwards.
 *
 * Serial (Kelley 1963): of the activities whose predecessors stand the one with the smallest key, at its first place; gives active
 * schedules, one of which is optimal. Parallel (Bedworth, Bailey 1982): at each moment whatever fits, smallest key first; gives non-delay
 * schedules, better on average where people are short. Backwards is forwards with time and arcs turned round:
 *	s'_i = T - s_i - d_i        s_j ≥ s_i + lag  ⇔  s'_i ≥ s'_j + lag + d_j - d_i
 * Source: Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited", 1996.
 * Cost: O(n log n + n × steps of a profile); parallel besides O(moments × activities that wait).
 */
#include "plan/level_search-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static void turn_round(const struct level_instance *in, struct level_view *v)
{
	uint32_t n = in->count;
	uint32_t *first = xcalloc((size_t)n + 2, sizeof(*first));

	v->arcs = xcalloc((size_t)in->first_arc[n] + 1, sizeof(*v->arcs));
	for (uint32_t k = 0; k < in->first_arc[n]; k++)
		first[in->arcs[k].to + 2]++;
	for (uint32_t i = 2; i < n + 2; i++)
		first[i] += first[i - 1];
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = in->first_arc[i]; k < in->first_arc[i + 1]; k++) {
			uint32_t j = in->arcs[k].to;

			v->arcs[first[j + 1]++] = (struct level_arc){ i, in->arcs[k].lag + in->duration[j] - in->duration[i] };
		}
	v->first_arc = first;
}

static void copy_forward(const struct level_instance *in, struct level_view *v)
{
	uint32_t n = in->count;

	v->first_arc = xcalloc((size_t)n + 1, sizeof(*v->first_arc));
	memcpy(v->first_arc, in->first_arc, ((size_t)n + 1) * sizeof(*v->first_arc));
	v->arcs = xcalloc((size_t)in->first_arc[n] + 1, sizeof(*v->arcs));
	memcpy(v->arcs, in->arcs, in->first_arc[n] * sizeof(*v->arcs));
}

void level_view_init(struct level_view *v, const struct level_instance *in, bool backward)
{
	*v = (struct level_view){ .in = in, .backward = backward };
	if (backward)
		turn_round(in, v);
	else
		copy_forward(in, v);
	v->degree = xcalloc((size_t)in->count + 1, sizeof(*v->degree));
	for (uint32_t k = 0; k < v->first_arc[in->count]; k++)
		v->degree[v->arcs[k].to]++;
}

void level_view_release(struct level_view *v)
{
	free(v->first_arc);
	free(v->arcs);
	free(v->degree);
}

void level_generator_init(struct level_generator *g, const struct level_instance *in)
{
	size_t n = (size_t)in->count + 1;

	*g = (struct level_generator){ .in = in };
	g->waits = xcalloc(n, sizeof(*g->waits));
	g->earliest = xcalloc(n, sizeof(*g->earliest));
	g->free = xcalloc((size_t)in->resource_count + 1, sizeof(*g->free));
	g->profiles = xcalloc((size_t)in->resource_count + 1, sizeof(*g->profiles));
	for (uint32_t r = 0; r < in->resource_count; r++)
		level_profile_init(&g->profiles[r], in->capacity[r]);
	vec_init(&g->ready, sizeof(struct level_heap_item));
	vec_init(&g->running, sizeof(struct level_heap_item));
	vec_init(&g->waiting, sizeof(struct level_heap_item));
}

void level_generator_release(struct level_generator *g)
{
	for (uint32_t r = 0; r < g->in->resource_count; r++)
		level_profile_release(&g->profiles[r]);
	free(g->profiles);
	free(g->waits);
	free(g->earliest);
	free(g->free);
	vec_release(&g->ready);
	vec_release(&g->running);
	vec_release(&g->waiting);
}

static void begin(struct level_generator *g, const struct level_view *v)
{
	const struct level_instance *in = g->in;

	memcpy(g->waits, v->degree, in->count * sizeof(*g->waits));
	for (uint32_t i = 0; i < in->count; i++)
		g->earliest[i] = v->backward ? 0 : in->release[i];
	for (uint32_t r = 0; r < in->resource_count; r++) {
		level_profile_reset(&g->profiles[r], in->capacity[r]);
		g->free[r] = in->capacity[r];
	}
	vec_clear(&g->ready);
	vec_clear(&g->running);
	vec_clear(&g->waiting);
}

/* First place from `at` on. */
static int64_t fit(const struct level_generator *g, uint32_t i, int64_t at)
{
	const struct level_instance *in = g->in;
	bool moved = in->duration[i] > 0;

	while (moved) {
		moved = false;
		for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++) {
			const struct level_demand *d = &in->demands[k];
			int64_t until = level_profile_blocked(&g->profiles[d->resource], at, at + in->duration[i], d->amount);

			if (until != PROFILE_FREE) {
				at = until;
				moved = true;
			}
		}
	}
	return at;
}

static void take(struct level_generator *g, uint32_t i, int64_t start)
{
	const struct level_instance *in = g->in;

	for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++)
		level_profile_take(&g->profiles[in->demands[k].resource], start, start + in->duration[i], in->demands[k].amount);
}

static uint64_t key_of(const struct level_view *v, uint32_t i, int64_t key)
{
	uint64_t priority = v->backward ? 0 : (uint64_t)(1000 - v->in->priority[i]);

	return priority << 48 | (uint64_t)(key + ((int64_t)1 << 46));
}

int32_t level_serial(struct level_generator *g, const struct level_view *v, const int64_t *key, int32_t *start)
{
	const struct level_instance *in = g->in;
	int64_t end = 0;

	begin(g, v);
	for (uint32_t i = 0; i < in->count; i++)
		if (g->waits[i] == 0)
			level_heap_push(&g->ready, key_of(v, i, key[i]), i);
	while (g->ready.len > 0) {
		uint32_t i = level_heap_pop(&g->ready);
		int64_t at = fit(g, i, g->earliest[i]);

		take(g, i, at);
		start[i] = (int32_t)at;
		end = at + in->duration[i] > end ? at + in->duration[i] : end;
		for (uint32_t k = v->first_arc[i]; k < v->first_arc[i + 1]; k++) {
			uint32_t j = v->arcs[k].to;

			if (at + v->arcs[k].lag > g->earliest[j])
				g->earliest[j] = at + v->arcs[k].lag;
			if (--g->waits[j] == 0)
				level_heap_push(&g->ready, key_of(v, j, key[j]), j);
		}
	}
	return (int32_t)end;
}

/* Smallest key first, those that wait already among them. */
static void wait_in_line(struct vec *waiting, uint64_t key, uint32_t item)
{
	struct level_heap_item *items;
	size_t low = 0, high = waiting->len;

	vec_push(waiting);
	items = waiting->items;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (items[middle].key < key || (items[middle].key == key && items[middle].item < item))
			low = middle + 1;
		else
			high = middle;
	}
	memmove(&items[low + 1], &items[low], (waiting->len - 1 - low) * sizeof(*items));
	items[low] = (struct level_heap_item){ key, item };
}

static bool fits_now(const struct level_generator *g, uint32_t i)
{
	const struct level_instance *in = g->in;

	for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++)
		if (g->free[in->demands[k].resource] < in->demands[k].amount)
			return false;
	return true;
}

static void use_now(struct level_generator *g, uint32_t i, int32_t sign)
{
	const struct level_instance *in = g->in;

	for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++)
		g->free[in->demands[k].resource] -= sign * in->demands[k].amount;
}

static void start_now(struct level_generator *g, const struct level_view *v, uint32_t i, int64_t now)
{
	if (v->in->duration[i] > 0) {
		use_now(g, i, 1);
		level_heap_push(&g->running, (uint64_t)(now + v->in->duration[i]), i);
	}
	for (uint32_t k = v->first_arc[i]; k < v->first_arc[i + 1]; k++) {
		uint32_t j = v->arcs[k].to;

		if (now + v->arcs[k].lag > g->earliest[j])
			g->earliest[j] = now + v->arcs[k].lag;
		if (--g->waits[j] == 0)
			level_heap_push(&g->ready, (uint64_t)(g->earliest[j] > now ? g->earliest[j] : now), j);
	}
}

static uint64_t first_key(const struct vec *heap)
{
	return heap->len > 0 ? ((const struct level_heap_item *)heap->items)->key : UINT64_MAX;
}

/* Starts what fits, in line; those that do not stay in line. */
static void start_all(struct level_generator *g, const struct level_view *v, int64_t now, int32_t *start)
{
	struct level_heap_item *items = g->waiting.items;
	size_t kept = 0;

	for (size_t w = 0; w < g->waiting.len; w++) {
		uint32_t i = items[w].item;

		if (v->in->duration[i] > 0 && !fits_now(g, i)) {
			items[kept++] = items[w];
			continue;
		}
		start[i] = (int32_t)now;
		start_now(g, v, i, now);
	}
	g->waiting.len = kept;
}

int32_t level_parallel(struct level_generator *g, const struct level_view *v, const int64_t *key, int32_t *start)
{
	const struct level_instance *in = g->in;
	int64_t end = 0;

	begin(g, v);
	for (uint32_t i = 0; i < in->count; i++)
		if (g->waits[i] == 0)
			level_heap_push(&g->ready, (uint64_t)g->earliest[i], i);
	while (g->ready.len > 0 || g->running.len > 0) {
		uint64_t ready = first_key(&g->ready), done = first_key(&g->running), now = ready < done ? ready : done;

		while (first_key(&g->running) == now)
			use_now(g, level_heap_pop(&g->running), -1);
		while (first_key(&g->ready) == now) {
			uint32_t i = level_heap_pop(&g->ready);

			wait_in_line(&g->waiting, key_of(v, i, key[i]), i);
		}
		start_all(g, v, (int64_t)now, start);
	}
	for (uint32_t i = 0; i < in->count; i++)
		end = start[i] + in->duration[i] > end ? start[i] + in->duration[i] : end;
	return (int32_t)end;
}
