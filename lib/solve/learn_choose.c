/*
 * What to assume next: the open literal that took part in most recent conflicts (Moskewicz et al. 2001), decided as in the best schedule
 * known; when none is left, the activity that can start earliest, there.
 *
 * Activities are whole numbers, so that the search is the same on every machine. Literal [v starts at t or later] has
 * number v × (horizon + 1) + t; only those that were ever in a conflict stand in the heap.
 */
#include "solve/learn-internal.h"

#define ACTIVITY_MOST ((uint64_t)1 << 56)

static bool above(const struct learner *l, uint32_t a, uint32_t b)
{
	return l->activity[a] != l->activity[b] ? l->activity[a] > l->activity[b] : a < b;
}

static void put(struct learner *l, uint32_t at, uint32_t number)
{
	l->heap[at] = number;
	l->place[number] = at + 1;
}

static void sift_up(struct learner *l, uint32_t at)
{
	uint32_t number = l->heap[at];

	while (at > 0 && above(l, number, l->heap[(at - 1) / 2])) {
		put(l, at, l->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	put(l, at, number);
}

static void sift_down(struct learner *l, uint32_t at)
{
	uint32_t number = l->heap[at];

	for (;;) {
		uint32_t child = 2 * at + 1;

		if (child >= l->heap_len)
			break;
		if (child + 1 < l->heap_len && above(l, l->heap[child + 1], l->heap[child]))
			child++;
		if (!above(l, l->heap[child], number))
			break;
		put(l, at, l->heap[child]);
		at = child;
	}
	put(l, at, number);
}

static void insert(struct learner *l, uint32_t number)
{
	if (l->place[number])
		return;
	put(l, l->heap_len, number);
	sift_up(l, l->heap_len++);
}

static uint32_t pop(struct learner *l)
{
	uint32_t number = l->heap[0];

	l->place[number] = 0;
	if (--l->heap_len) {
		put(l, 0, l->heap[l->heap_len]);
		sift_down(l, 0);
	}
	return number;
}

void learn_bump(struct learner *l, struct literal literal)
{
	int32_t t = literal.x & 1 ? 1 - literal.k : literal.k;
	uint32_t v = literal.x >> 1, number;

	if (v + 1 == l->count || t < 1 || t > l->horizon)
		return;
	number = v * (uint32_t)(l->horizon + 1) + (uint32_t)t;
	l->activity[number] += l->increment;
	if (l->place[number])
		sift_up(l, l->place[number] - 1);
	else
		insert(l, number);
}

void learn_decay(struct learner *l)
{
	l->increment += l->increment >> 4;
	if (l->increment < ACTIVITY_MOST)
		return;
	l->increment >>= 40;
	for (size_t i = 0; i < (size_t)l->count * (size_t)(l->horizon + 1); i++)
		l->activity[i] >>= 40;
	for (uint32_t i = l->heap_len / 2; i-- > 0;)
		sift_down(l, i);
}

void learn_reopen(struct learner *l, uint32_t x, int32_t before, int32_t after)
{
	uint32_t base = (x >> 1) * (uint32_t)(l->horizon + 1);
	int32_t from = x & 1 ? 1 - after : before + 1, to = x & 1 ? -before : after;

	if ((x >> 1) + 1 == l->count)
		return;
	from = from < 0 ? 0 : from;
	to = to > l->horizon ? l->horizon : to;
	for (int32_t t = from; t <= to; t++)
		if (l->activity[base + (uint32_t)t])
			insert(l, base + (uint32_t)t);
}

static bool choose_earliest(const struct learner *l, struct literal *out)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t v = 0; v + 1 < l->count; v++) {
		if (l->bound[2 * v] + l->bound[2 * v + 1] == 0)
			continue;
		if (best == UINT32_MAX || l->bound[2 * v] < l->bound[2 * best] ||
			(l->bound[2 * v] == l->bound[2 * best] && l->bound[2 * v + 1] > l->bound[2 * best + 1]))
			best = v;
	}
	if (best == UINT32_MAX)
		return false;
	*out = (struct literal){ 2 * best + 1, -l->bound[2 * best] };
	return true;
}

bool learn_choose(struct learner *l, struct literal *out)
{
	while (l->heap_len) {
		uint32_t number = pop(l), v = number / (uint32_t)(l->horizon + 1);
		int32_t t = (int32_t)(number % (uint32_t)(l->horizon + 1));

		if (l->bound[2 * v] >= t || -l->bound[2 * v + 1] < t)
			continue;
		*out = l->phase[v] >= t ? (struct literal){ 2 * v, t } : (struct literal){ 2 * v + 1, 1 - t };
		return true;
	}
	return choose_earliest(l, out);
}
