#include "base/arena.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *older;
	size_t size;
	_Alignas(max_align_t) char bytes[];
};

enum { ALIGNMENT = _Alignof(max_align_t), FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

static void free_blocks(struct arena_block *block)
{
	while (block) {
		struct arena_block *older = block->older;

		free(block);
		block = older;
	}
}

void arena_release(struct arena *arena)
{
	free_blocks(arena->newest);
	arena_init(arena);
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
	struct arena_block *block;
	size_t total;

	if (__builtin_add_overflow(size, sizeof(*block), &total))
		total = SIZE_MAX;
	block = xmalloc(total);
	block->size = size;
	arena->total += total;
	return block;
}

#ifdef ARENA_DEBUG

void arena_reset(struct arena *arena)
{
	arena_release(arena);
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = add_block(arena, size);

	block->older = arena->newest;
	arena->newest = block;
	return block->bytes;
}

#else

static void use_block(struct arena *arena, struct arena_block *block)
{
	arena->newest = block;
	arena->next = block->bytes;
	arena->end = block->bytes + block->size;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->newest;

	if (!kept)
		return;
	free_blocks(kept->older);
	kept->older = NULL;
	arena->total = kept->size + sizeof(*kept);
	use_block(arena, kept);
}

/* Blocks double up to LARGEST_BLOCK, so that a small project stays small and a large one fast. */
static size_t next_block_size(const struct arena *arena)
{
	size_t size = arena->newest ? arena->newest->size * 2 : FIRST_BLOCK;

	return size < LARGEST_BLOCK ? size : LARGEST_BLOCK;
}

static void *alloc_in_new_block(struct arena *arena, size_t size)
{
	size_t usual = next_block_size(arena);
	struct arena_block *block;

	if (size > usual / 4 && arena->newest) {
		/* A large item gets a block of its own behind the newest, whose rest stays in use. */
		block = add_block(arena, size);
		block->older = arena->newest->older;
		arena->newest->older = block;
		return block->bytes;
	}
	block = add_block(arena, size > usual ? size : usual);
	block->older = arena->newest;
	use_block(arena, block);
	arena->next += size;
	return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	char *item = arena->next;

	if (size > SIZE_MAX - ALIGNMENT)
		size = SIZE_MAX - ALIGNMENT; /* hopeless: the allocator reports it */
	size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!item || size > (size_t)(arena->end - item))
		return alloc_in_new_block(arena, size);
	arena->next += size;
	return item;
}

#endif

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
	size_t total;
	void *items;

	if (__builtin_mul_overflow(count, size, &total))
		total = SIZE_MAX;
	items = arena_alloc(arena, total);
	memset(items, 0, total);
	return items;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

struct slice arena_slice(struct arena *arena, struct slice text)
{
	return slice_new(arena_strndup(arena, text.at, text.len), text.len);
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	text = arena_alloc(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}
