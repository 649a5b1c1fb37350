#include "base/strbuf.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void strvec_init(struct strvec *v)
{
	*v = (struct strvec){ .items = xcalloc(1, sizeof(char *)), .cap = 1 };
}

void strvec_release(struct strvec *v)
{
	for (size_t i = 0; i < v->len; i++)
		free(v->items[i]);
	free(v->items);
	*v = (struct strvec){ 0 };
}

void strvec_clear(struct strvec *v)
{
	strvec_release(v);
	strvec_init(v);
}

void strvec_take(struct strvec *v, char *owned)
{
	if (v->len + 1 >= v->cap) {
		v->cap = v->cap < 8 ? 8 : v->cap * 2;
		v->items = xreallocarray(v->items, v->cap, sizeof(char *));
	}
	v->items[v->len++] = owned;
	v->items[v->len] = NULL;
}

void strvec_push(struct strvec *v, const char *text)
{
	strvec_take(v, xstrdup(text));
}

void strvec_push_slice(struct strvec *v, struct slice text)
{
	strvec_take(v, xstrndup(text.at, text.len));
}

void strvec_pushf(struct strvec *v, const char *format, ...)
{
	struct strbuf text;
	va_list args;

	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, format, args);
	va_end(args);
	strvec_take(v, text.buf);
}

void strvec_remove(struct strvec *v, size_t at)
{
	assert(at < v->len);
	free(v->items[at]);
	memmove(v->items + at, v->items + at + 1, (v->len - at) * sizeof(char *));
	v->len--;
}

static int compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strvec_sort(struct strvec *v)
{
	qsort(v->items, v->len, sizeof(char *), compare_text);
}

bool strvec_has(const struct strvec *v, const char *text)
{
	for (size_t i = 0; i < v->len; i++)
		if (!strcmp(v->items[i], text))
			return true;
	return false;
}
