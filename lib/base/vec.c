#include "base/vec.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void vec_init(struct vec *v, size_t item_size)
{
	assert(item_size);
	*v = (struct vec){ .size = item_size };
}

void vec_release(struct vec *v)
{
	free(v->items);
	*v = (struct vec){ .size = v->size };
}

void vec_clear(struct vec *v)
{
	v->len = 0;
}

void vec_reserve(struct vec *v, size_t items)
{
	size_t cap = v->cap * 2;

	if (items <= v->cap)
		return;
	if (cap < items)
		cap = items;
	if (cap < 8)
		cap = 8;
	v->items = xreallocarray(v->items, cap, v->size);
	v->cap = cap;
}

void *vec_push(struct vec *v)
{
	void *item;

	vec_reserve(v, v->len + 1);
	item = vec_at(v, v->len++);
	memset(item, 0, v->size);
	return item;
}

void vec_append(struct vec *v, const void *item)
{
	vec_reserve(v, v->len + 1);
	memcpy((char *)v->items + v->len * v->size, item, v->size);
	v->len++;
}

void *vec_at(const struct vec *v, size_t index)
{
	assert(index < v->cap);
	return (char *)v->items + index * v->size;
}

void vec_truncate(struct vec *v, size_t len)
{
	if (len < v->len)
		v->len = len;
}

void vec_remove(struct vec *v, size_t index)
{
	char *item;

	assert(index < v->len);
	item = vec_at(v, index);
	v->len--;
	memmove(item, item + v->size, (v->len - index) * v->size);
}

void vec_sort(struct vec *v, int (*compare)(const void *a, const void *b, void *context),
	void *context)
{
	stable_sort(v->items, v->len, v->size, compare, context);
}
