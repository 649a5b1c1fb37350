/*
 * Serial schedule generation.
 *
 * Idea: activities are taken in order; each starts at the first time at which its links hold and its demands are free for its whole
 * duration (Kelley 1963; Kolisch 1996). Some order gives an optimal schedule for every objective that gains nothing by waiting.
 *
 * Free capacities stand in words, a field with a guard bit each: with the guards set, free - demand leaves every guard set exactly
 * when every field of free is at least that of demand, so one subtraction and one comparison test all resources of a word at once.
 * A window is tested from its end: the last period that fails is where the next window begins, and what was found free behind
 * it need not be looked at again, so each period is read once.
 *
 * Example: fields of three bits, guard above: free 1.101 1.010 (5 and 2), demand 0.011 0.011 (3 and 3): the difference is
 * 1.010 0.111, the lower guard is gone: the second resource is short.
 *
 * Cost: O(activities × periods scanned × words in use + links), no allocation. Times beyond the room double it.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_LEAST = 64, DIGIT_BITS = 11 };

void generator_init(struct generator *g, const struct instance *in)
{
	*g = (struct generator){ .in = in, .direction = FORWARD };
	g->free = xcalloc(in->words + 1, sizeof(*g->free));
	g->sorted = xcalloc(in->count + 1, sizeof(*g->sorted));
	g->spare = xcalloc(in->count + 1, sizeof(*g->spare));
	g->stack = xcalloc(in->count + 1, sizeof(*g->stack));
	g->placed = xcalloc(in->count + 1, sizeof(*g->placed));
	g->bucket = xcalloc((1u << DIGIT_BITS) + 1, sizeof(*g->bucket));
}

void generator_release(struct generator *g)
{
	for (uint32_t w = 0; g->free && w < g->in->words; w++)
		free(g->free[w]);
	free(g->free);
	free(g->sorted);
	free(g->spare);
	free(g->stack);
	free(g->placed);
	free(g->bucket);
}

/* --- the profile ----------------------------------------------------------------------------- */

/* Capacities at a time of the forward view. Before the project all that there will be at its end. */
static const uint64_t *capacity_at(const struct instance *in, int32_t time)
{
	uint32_t s = time < 0 ? in->step_count : 0;

	while (s < in->step_count && in->step_from[s] <= time)
		s++;
	return s == 0 ? in->nominal : &in->step_free[(size_t)(s - 1) * in->words];
}

static void lay(struct generator *g, int32_t from, int32_t to)
{
	const struct instance *in = g->in;

	if (in->step_count) {
		for (int32_t t = from; t < to; t++) {
			const uint64_t *capacity = capacity_at(in, g->direction == FORWARD ? t : g->anchor - 1 - t);

			for (uint32_t w = 0; w < in->words; w++)
				g->free[w][t] = capacity[w];
		}
		return;
	}
	for (uint32_t w = 0; w < in->words; w++)
		for (int32_t t = from; t < to; t++)
			g->free[w][t] = in->nominal[w];
}

static void make_room(struct generator *g, int32_t length)
{
	int32_t before = g->length;

	g->length = before ? before : ROOM_LEAST;
	while (g->length < length)
		g->length *= 2;
	for (uint32_t w = 0; w < g->in->words; w++)
		g->free[w] = xreallocarray(g->free[w], (size_t)g->length, sizeof(**g->free));
	lay(g, before, g->length);
}

static void reset(struct generator *g, int direction, int32_t anchor)
{
	bool same = !g->in->step_count || (direction == g->direction && (direction == FORWARD || anchor == g->anchor));

	g->direction = direction;
	g->anchor = anchor;
	lay(g, 0, same ? g->dirty : g->length);
	g->dirty = 0;
}

/* First start from `start` on at which one word's demand is free for `duration` periods. */
static int32_t first_fit(struct generator *g, const struct use *use, int32_t start, int32_t duration)
{
	const uint64_t *free = g->free[use->word];
	uint64_t guard = g->in->guard[use->word], amount = use->amount;
	int32_t seen = start;

	for (;;) {
		int32_t end = start + duration, t = end;

		if (end > g->length) {
			make_room(g, end);
			free = g->free[use->word];
		}
		while (t > seen && ((free[t - 1] - amount) & guard) == guard)
			t--;
		if (t <= seen)
			return start;
		seen = end;
		start = t;
	}
}

static int32_t fit(struct generator *g, const struct view *view, uint32_t v, int32_t start)
{
	uint32_t from = view->first_use[v], to = view->first_use[v + 1], agreed = 0;

	for (uint32_t k = from; agreed < to - from; k = k + 1 < to ? k + 1 : from) {
		int32_t at = first_fit(g, &view->uses[k], start, view->duration[v]);

		agreed = at == start ? agreed + 1 : 1;
		start = at;
	}
	return start;
}

static void take(struct generator *g, const struct view *view, uint32_t v, int32_t start)
{
	int32_t end = start + view->duration[v];

	for (uint32_t k = view->first_use[v]; k < view->first_use[v + 1]; k++) {
		uint64_t *free = g->free[view->uses[k].word], amount = view->uses[k].amount;

		for (int32_t t = start; t < end; t++)
			free[t] -= amount;
	}
	if (end > g->dirty)
		g->dirty = end;
}

int32_t generate(struct generator *g, int direction, const uint32_t *order, int32_t anchor, int32_t *start)
{
	const struct view *view = &g->in->view[direction];
	int32_t latest = 0;

	reset(g, direction, anchor);
	for (uint32_t i = 0; i < view->count; i++) {
		uint32_t v = order[i];
		int32_t at = view->earliest[v];

		for (uint32_t k = view->first_in[v]; k < view->first_in[v + 1]; k++)
			if (start[view->in[k].from] + view->in[k].lag > at)
				at = start[view->in[k].from] + view->in[k].lag;
		if (view->first_use[v] < view->first_use[v + 1]) {
			at = fit(g, view, v, at);
			take(g, view, v, at);
		}
		start[v] = at;
		if (at + view->duration[v] > latest)
			latest = at + view->duration[v];
	}
	return latest;
}

/* --- orders ---------------------------------------------------------------------------------- */

/* One pass of a radix sort; stable. */
static void sort_digit(struct generator *g, const int32_t *key, uint32_t count, uint32_t shift, uint32_t digits)
{
	uint32_t *swap = g->sorted;

	memset(g->bucket, 0, (digits + 1) * sizeof(*g->bucket));
	for (uint32_t i = 0; i < count; i++)
		g->bucket[(((uint32_t)key[g->sorted[i]] >> shift) & (digits - 1)) + 1]++;
	for (uint32_t d = 1; d <= digits; d++)
		g->bucket[d] += g->bucket[d - 1];
	for (uint32_t i = 0; i < count; i++)
		g->spare[g->bucket[((uint32_t)key[g->sorted[i]] >> shift) & (digits - 1)]++] = g->sorted[i];
	g->sorted = g->spare;
	g->spare = swap;
}

static void sort_by_key(struct generator *g, const int32_t *key, uint32_t count)
{
	int32_t most = 0;
	uint32_t bits = 1;

	for (uint32_t i = 0; i < count; i++) {
		g->sorted[i] = i;
		if (key[i] > most)
			most = key[i];
	}
	while (bits < 31 && most >> bits)
		bits++;
	for (uint32_t shift = 0; shift < bits; shift += DIGIT_BITS)
		sort_digit(g, key, count, shift, 1u << (bits - shift < DIGIT_BITS ? bits - shift : DIGIT_BITS));
}

static bool has_waiting(const struct generator *g, const struct view *view, uint32_t v, uint32_t *from)
{
	for (uint32_t k = view->first_in[v]; k < view->first_in[v + 1]; k++)
		if (!g->placed[view->in[k].from]) {
			*from = view->in[k].from;
			return true;
		}
	return false;
}

/* Whoever comes before its predecessors waits until they are placed, which then come at once. */
static void mend_order(struct generator *g, const struct view *view)
{
	uint32_t done = 0, *swap = g->sorted;

	for (uint32_t i = 0; i < view->count; i++) {
		uint32_t depth = 0, from;

		if (g->placed[g->sorted[i]])
			continue;
		g->stack[depth++] = g->sorted[i];
		while (depth) {
			if (has_waiting(g, view, g->stack[depth - 1], &from)) {
				g->stack[depth++] = from;
				continue;
			}
			g->placed[g->stack[--depth]] = 1;
			g->spare[done++] = g->stack[depth];
		}
	}
	g->sorted = g->spare;
	g->spare = swap;
}

const uint32_t *generator_sort(struct generator *g, int direction, const int32_t *key)
{
	const struct view *view = &g->in->view[direction];

	sort_by_key(g, key, view->count);
	memset(g->placed, 0, view->count);
	mend_order(g, view);
	return g->sorted;
}
