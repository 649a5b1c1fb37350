#include "base/strbuf.h"

#include "base/alloc.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an empty strbuf points at, so that it owns nothing; never written to. */
static const char nothing[1];

static void strbuf_terminate(struct strbuf *sb, size_t len)
{
	sb->len = len;
	if (sb->cap)
		sb->buf[len] = '\0';
}

void strbuf_init(struct strbuf *sb)
{
	sb->buf = (char *)nothing;
	sb->cap = 0;
	sb->len = 0;
}

void strbuf_release(struct strbuf *sb)
{
	if (sb->cap)
		free(sb->buf);
	*sb = (struct strbuf){ 0 };
}

void strbuf_reset(struct strbuf *sb)
{
	strbuf_truncate(sb, 0);
}

char *strbuf_detach(struct strbuf *sb)
{
	char *text = sb->cap ? sb->buf : xstrdup("");

	strbuf_init(sb);
	return text;
}

void strbuf_grow(struct strbuf *sb, size_t more)
{
	size_t need, old;

	if (__builtin_add_overflow(sb->len, more, &need) || need > SIZE_MAX / 2)
		need = SIZE_MAX - 1; /* hopeless: the allocator reports it */
	if (need < sb->cap)
		return;
	old = sb->cap;
	sb->cap = need + 1 > sb->cap * 2 ? need + 1 : sb->cap * 2;
	if (sb->cap < 32)
		sb->cap = 32;
	sb->buf = xrealloc(old ? sb->buf : NULL, sb->cap);
	if (!old)
		sb->buf[0] = '\0';
}

char *strbuf_extend(struct strbuf *sb, size_t len)
{
	if (len >= sb->cap - sb->len)
		strbuf_grow(sb, len);
	strbuf_terminate(sb, sb->len + len);
	return sb->buf + sb->len - len;
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t len)
{
	char *at = strbuf_extend(sb, len);

	if (len)
		memcpy(at, bytes, len);
}

void strbuf_add_repeat(struct strbuf *sb, const char *text, size_t times)
{
	size_t len = strlen(text);

	if (len == 1 && times) {
		memset(strbuf_extend(sb, times), text[0], times);
		return;
	}
	while (times--)
		strbuf_add(sb, text, len);
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strbuf_vaddf(sb, format, args);
	va_end(args);
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(sb->buf + sb->len, sb->cap - sb->len, format, args);
	assert(len >= 0);
	if ((size_t)len >= sb->cap - sb->len) {
		strbuf_grow(sb, (size_t)len);
		vsnprintf(sb->buf + sb->len, sb->cap - sb->len, format, again);
	}
	va_end(again);
	sb->len += (size_t)len;
}

void strbuf_insert(struct strbuf *sb, size_t pos, const void *bytes, size_t len)
{
	assert(pos <= sb->len);
	strbuf_grow(sb, len);
	memmove(sb->buf + pos + len, sb->buf + pos, sb->len - pos);
	if (len)
		memcpy(sb->buf + pos, bytes, len);
	strbuf_terminate(sb, sb->len + len);
}

void strbuf_remove(struct strbuf *sb, size_t pos, size_t len)
{
	assert(pos <= sb->len && len <= sb->len - pos);
	memmove(sb->buf + pos, sb->buf + pos + len, sb->len - pos - len);
	strbuf_terminate(sb, sb->len - len);
}

void strbuf_truncate(struct strbuf *sb, size_t len)
{
	assert(len <= sb->len);
	strbuf_terminate(sb, len);
}
