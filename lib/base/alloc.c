#include "base/alloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_MEMORY = 128 };

static void *checked(void *memory, size_t size)
{
	if (!memory) {
		fprintf(stderr, "pmt: out of memory (%zu bytes asked for)\n", size);
		exit(EXIT_MEMORY);
	}
	return memory;
}

void *xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1), size);
}

void *xcalloc(size_t count, size_t size)
{
	if (!count || !size)
		count = size = 1;
	return checked(calloc(count, size), size);
}

void *xrealloc(void *old, size_t size)
{
	return checked(realloc(old, size ? size : 1), size);
}

void *xreallocarray(void *old, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total))
		return checked(NULL, SIZE_MAX);
	return xrealloc(old, total);
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xstrndup(const char *text, size_t len)
{
	char *copy;

	if (len == SIZE_MAX)
		return checked(NULL, len);
	copy = xmalloc(len + 1);
	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}
