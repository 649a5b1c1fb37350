/*
 * vec: an array of equal items that grows. Items move when it grows, so keep indexes, not
 * pointers. Read items through a typed pointer: struct task *t = v.items; t[i].
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

struct vec {
	void *items;
	size_t len, cap, size; /* items in use, room for, bytes an item */
};

void vec_init(struct vec *v, size_t item_size);
void vec_release(struct vec *v);
void vec_clear(struct vec *v);
/* Room for one more at the end, zero-filled; valid until the next push. */
void *vec_push(struct vec *v);
void vec_append(struct vec *v, const void *item);
void *vec_at(const struct vec *v, size_t index);
void vec_remove(struct vec *v, size_t index);
/* Only the first `len` items stay. */
void vec_truncate(struct vec *v, size_t len);
void vec_reserve(struct vec *v, size_t items);
/* Stable merge sort, with a context for the comparison. */
void vec_sort(struct vec *v, int (*compare)(const void *a, const void *b, void *context),
	void *context);
/* The same for any array: count items of size bytes. */
void stable_sort(void *items, size_t count, size_t size,
	int (*compare)(const void *a, const void *b, void *context), void *context);

#endif
