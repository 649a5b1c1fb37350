/*
 * strbuf: text that grows. strvec: a list of owned strings that grows.
 *
 * buf is always NUL-terminated and never NULL after _init. _init/_release; _reset empties
 * and keeps the memory; _detach gives the malloc'd text away and re-initialises.
 * An empty strbuf owns no memory, so one that was detached needs no _release.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include "base/slice.h"

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
	char *buf;
	size_t len, cap;
};

void strbuf_init(struct strbuf *sb);
void strbuf_release(struct strbuf *sb);
void strbuf_reset(struct strbuf *sb);
char *strbuf_detach(struct strbuf *sb);

static inline struct slice strbuf_slice(const struct strbuf *sb)
{
	return slice_new(sb->buf, sb->len);
}

/* Room for `more` bytes and a NUL behind them. */
void strbuf_grow(struct strbuf *sb, size_t more);
void strbuf_add(struct strbuf *sb, const void *bytes, size_t len);
/* `len` bytes more, which the caller fills at the address returned. */
char *strbuf_extend(struct strbuf *sb, size_t len);

static inline void strbuf_add_str(struct strbuf *sb, const char *text)
{
	strbuf_add(sb, text, strlen(text));
}

static inline void strbuf_add_slice(struct strbuf *sb, struct slice text)
{
	strbuf_add(sb, text.at, text.len);
}

static inline void strbuf_add_char(struct strbuf *sb, char c)
{
	if (sb->len + 1 >= sb->cap)
		strbuf_grow(sb, 1);
	sb->buf[sb->len++] = c;
	sb->buf[sb->len] = '\0';
}

void strbuf_add_repeat(struct strbuf *sb, const char *text, size_t times);
void strbuf_addf(struct strbuf *sb, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Insert / remove in the middle; pos ≤ len, pos + len ≤ sb->len. */
void strbuf_insert(struct strbuf *sb, size_t pos, const void *bytes, size_t len);
void strbuf_remove(struct strbuf *sb, size_t pos, size_t len);
void strbuf_truncate(struct strbuf *sb, size_t len);

struct strvec {
	char **items; /* NULL behind the last */
	size_t len, cap;
};

void strvec_init(struct strvec *v);
void strvec_release(struct strvec *v);
void strvec_clear(struct strvec *v);
void strvec_push(struct strvec *v, const char *text);      /* copies */
void strvec_push_slice(struct strvec *v, struct slice text); /* copies */
void strvec_pushf(struct strvec *v, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void strvec_take(struct strvec *v, char *owned); /* takes ownership */
void strvec_remove(struct strvec *v, size_t at);
void strvec_sort(struct strvec *v); /* bytewise */
bool strvec_has(const struct strvec *v, const char *text);

#endif
