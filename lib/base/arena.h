/*
 * An arena: many small allocations, freed at once.
 *
 * Whatever arena_alloc returns lives until arena_release or arena_reset; nothing is
 * freed alone. Alignment is that of max_align_t. A build with -DARENA_DEBUG uses one
 * malloc an item so that sanitizers see the bounds of each.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/slice.h"

#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *newest;
	char *next, *end;
	size_t total; /* bytes taken from malloc, for statistics */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena);
/* Forget every item, keep one block for use again. */
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);
/* Zero-filled array; the multiplication is checked. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* Copy of the bytes with a NUL behind them. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
char *arena_strdup(struct arena *arena, const char *text);
struct slice arena_slice(struct arena *arena, struct slice text);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
