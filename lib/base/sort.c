/*
 * Stable merge sort, bottom-up: runs of INSERTION items by insertion, then merges of doubling
 * width between the array and one buffer of the same size. n log n comparisons; a merge whose
 * halves are already in order copies without comparing further, so sorted input costs n.
 */
#include "base/vec.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { INSERTION = 8 };

struct sort {
	size_t size;
	int (*compare)(const void *a, const void *b, void *context);
	void *context;
};

static void insertion_sort(const struct sort *sort, char *from, size_t count, char *spare)
{
	size_t size = sort->size;

	for (size_t i = 1; i < count; i++) {
		size_t to = i;

		while (to && sort->compare(from + (to - 1) * size, from + i * size, sort->context) > 0)
			to--;
		if (to == i)
			continue;
		memcpy(spare, from + i * size, size);
		memmove(from + (to + 1) * size, from + to * size, (i - to) * size);
		memcpy(from + to * size, spare, size);
	}
}

/* Merge two neighbouring sorted runs, `left` and `right` items long, into `to`. */
static void merge(const struct sort *sort, const char *from, size_t left, size_t right, char *to)
{
	const char *a = from, *b = from + left * sort->size;
	const char *a_end = b, *b_end = b + right * sort->size;

	if (right && sort->compare(b - sort->size, b, sort->context) <= 0) {
		memcpy(to, from, (left + right) * sort->size);
		return;
	}
	while (a < a_end && b < b_end) {
		const char **smaller = sort->compare(a, b, sort->context) <= 0 ? &a : &b;

		memcpy(to, *smaller, sort->size);
		*smaller += sort->size;
		to += sort->size;
	}
	memcpy(to, a, (size_t)(a_end - a));
	memcpy(to + (a_end - a), b, (size_t)(b_end - b));
}

static void merge_pass(const struct sort *sort, const char *from, size_t count, size_t width, char *to)
{
	for (size_t i = 0; i < count; i += 2 * width) {
		size_t left = count - i < width ? count - i : width;
		size_t right = count - i - left < width ? count - i - left : width;

		merge(sort, from + i * sort->size, left, right, to + i * sort->size);
	}
}

void stable_sort(void *items, size_t count, size_t size,
	int (*compare)(const void *a, const void *b, void *context), void *context)
{
	struct sort sort = { size, compare, context };
	char *from = items, *spare, *to;

	if (count < 2)
		return;
	to = spare = xreallocarray(NULL, count, size);
	for (size_t i = 0; i < count; i += INSERTION) {
		size_t run = count - i < INSERTION ? count - i : INSERTION;

		insertion_sort(&sort, from + i * size, run, spare);
	}
	for (size_t width = INSERTION; width < count; width *= 2) {
		char *swap = from;

		merge_pass(&sort, from, count, width, to);
		from = to;
		to = swap;
	}
	if (from != (char *)items)
		memcpy(items, from, count * size);
	free(spare);
}
