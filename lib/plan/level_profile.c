/*
 * What is free of a resource over time: steps in ascending order, each valid up to the next; and a heap.
 *
 * Neighbours that say the same are joined, so a resource that is fully booked in one stretch is one step however many tasks it has.
 * Cost: look-ups O(log steps + steps in the range); taking O(log steps) and a move of those behind.
 */
#include "plan/level-internal.h"

#include <string.h>

struct step {
	int64_t at, free;
};

void level_profile_init(struct level_profile *profile, int64_t capacity)
{
	vec_init(&profile->steps, sizeof(struct step));
	vec_append(&profile->steps, &(struct step){ INT64_MIN, capacity });
}

void level_profile_reset(struct level_profile *profile, int64_t capacity)
{
	vec_clear(&profile->steps);
	vec_append(&profile->steps, &(struct step){ INT64_MIN, capacity });
}

void level_profile_step(struct level_profile *profile, int64_t at, int64_t free)
{
	struct step *last = vec_at(&profile->steps, profile->steps.len - 1);

	if (last->at == at)
		last->free = free;
	else if (last->free != free)
		vec_append(&profile->steps, &(struct step){ at, free });
}

void level_profile_copy(struct level_profile *profile, const struct level_profile *other)
{
	const struct step *steps = other->steps.items;

	vec_clear(&profile->steps);
	for (size_t i = 0; i < other->steps.len; i++)
		vec_append(&profile->steps, &steps[i]);
}

void level_profile_release(struct level_profile *profile)
{
	vec_release(&profile->steps);
}

/* The step in which a point lies. Most questions are about the end. */
static size_t step_of(const struct level_profile *profile, int64_t at)
{
	const struct step *steps = profile->steps.items;
	size_t low = 0, high = profile->steps.len;

	if (steps[high - 1].at <= at)
		return high - 1;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (steps[middle].at <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* A step that begins at `at`. */
static size_t cut(struct level_profile *profile, int64_t at)
{
	size_t i = step_of(profile, at);
	struct step *steps = profile->steps.items;
	struct step copy = { at, steps[i].free };

	if (steps[i].at == at)
		return i;
	vec_push(&profile->steps);
	steps = profile->steps.items;
	memmove(&steps[i + 2], &steps[i + 1], (profile->steps.len - i - 2) * sizeof(*steps));
	steps[i + 1] = copy;
	return i + 1;
}

static void join(struct level_profile *profile, size_t i)
{
	const struct step *steps = profile->steps.items;

	if (i > 0 && i < profile->steps.len && steps[i].free == steps[i - 1].free)
		vec_remove(&profile->steps, i);
}

void level_profile_take(struct level_profile *profile, int64_t from, int64_t to, int64_t amount)
{
	size_t first, last;
	struct step *steps;

	if (from >= to || amount == 0)
		return;
	first = cut(profile, from);
	last = cut(profile, to);
	steps = profile->steps.items;
	for (size_t i = first; i < last; i++)
		steps[i].free -= amount;
	join(profile, last);
	join(profile, first);
}

int64_t level_profile_blocked(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount)
{
	const struct step *steps = profile->steps.items;

	if (from >= to)
		return PROFILE_FREE;
	for (size_t i = step_of(profile, to - 1) + 1; i-- > 0;) {
		if (steps[i].free < amount)
			return i + 1 < profile->steps.len ? steps[i + 1].at : PROFILE_NEVER;
		if (steps[i].at <= from)
			break;
	}
	return PROFILE_FREE;
}

int64_t level_profile_first_blocked(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount)
{
	const struct step *steps = profile->steps.items;

	if (from >= to)
		return PROFILE_FREE;
	for (size_t i = step_of(profile, from); i < profile->steps.len && steps[i].at < to; i++)
		if (steps[i].free < amount)
			return steps[i].at > from ? steps[i].at : from;
	return PROFILE_FREE;
}

int64_t level_profile_shortage(const struct level_profile *profile, int64_t from, int64_t to, int64_t amount)
{
	const struct step *steps = profile->steps.items;
	int64_t sum = 0;

	if (from >= to)
		return 0;
	for (size_t i = step_of(profile, from); i < profile->steps.len && steps[i].at < to; i++) {
		int64_t begin = steps[i].at > from ? steps[i].at : from;
		int64_t end = i + 1 < profile->steps.len && steps[i + 1].at < to ? steps[i + 1].at : to;

		if (steps[i].free < amount)
			sum += (end - begin) * (amount - steps[i].free);
	}
	return sum;
}

static bool before(const struct level_heap_item *a, const struct level_heap_item *b)
{
	return a->key != b->key ? a->key < b->key : a->item < b->item;
}

void level_heap_push(struct vec *heap, uint64_t key, uint32_t item)
{
	struct level_heap_item new = { key, item }, *items;
	size_t at;

	vec_append(heap, &new);
	items = heap->items;
	for (at = heap->len - 1; at > 0 && before(&new, &items[(at - 1) / 2]); at = (at - 1) / 2)
		items[at] = items[(at - 1) / 2];
	items[at] = new;
}

uint32_t level_heap_pop(struct vec *heap)
{
	struct level_heap_item *items = heap->items, last = items[heap->len - 1];
	uint32_t top = items[0].item;
	size_t at = 0, child;

	heap->len--;
	while ((child = 2 * at + 1) < heap->len) {
		if (child + 1 < heap->len && before(&items[child + 1], &items[child]))
			child++;
		if (!before(&items[child], &last))
			break;
		items[at] = items[child];
		at = child;
	}
	if (heap->len > 0)
		items[at] = last;
	return top;
}

/* What is used from a step up to the next: what there is less what is free. */
static int64_t load_between(const struct level_profile *whole, const struct step *now, int64_t to, int64_t capacity)
{
	const struct step *steps = whole->steps.items;
	int64_t sum = 0;

	for (size_t i = step_of(whole, now->at); i < whole->steps.len && steps[i].at < to; i++) {
		int64_t begin = steps[i].at > now->at ? steps[i].at : now->at;
		int64_t end = i + 1 < whole->steps.len && steps[i + 1].at < to ? steps[i + 1].at : to;
		int64_t used = steps[i].free - now->free;

		sum += (end - begin) * (used * used / capacity) / capacity;
	}
	return sum;
}

int64_t level_profile_load(const struct level_profile *profile, const struct level_profile *whole, int64_t capacity)
{
	const struct step *steps = profile->steps.items;
	int64_t sum = 0;

	for (size_t i = 1; i + 1 < profile->steps.len; i++) /* nothing is used before the first step and behind the last */
		sum += load_between(whole, &steps[i], steps[i + 1].at, capacity);
	return sum;
}
