/*
 * Memory that cannot fail.
 *
 * The only place where running out of memory is handled: a message on stderr
 * and exit 128. Callers never see NULL (also not for size 0). Free with free().
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
/* count × size with the multiplication checked. */
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
/* Copy of the first len bytes of text, with a NUL behind them. */
char *xstrndup(const char *text, size_t len);

#endif
