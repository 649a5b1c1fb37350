#include "base/err.h"

#include "base/strbuf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void err_init(struct err *err)
{
	*err = (struct err){ 0 };
}

void err_init_like(struct err *err, const struct err *other)
{
	*err = (struct err){ .translate = other ? other->translate : NULL };
}

void err_release(struct err *err)
{
	free(err->message);
	free(err->hint);
	*err = (struct err){ .translate = err->translate };
}

const char *err_word(const struct err *err, const char *word)
{
	/* gettext answers "" with the catalogue's header. */
	return err && err->translate && *word ? err->translate(word) : word;
}

/* The text of a message, in the language of err; the caller frees it. */
static char *phrase(const struct err *err, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
static char *phrase(const struct err *err, const char *format, va_list args)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_vaddf(&text, err_word(err, format), args);
	return strbuf_detach(&text);
}

/* Adds ": detail" to a message that strbuf or malloc made. */
static char *with_detail(char *message, const char *detail)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_addf(&text, "%s: %s", message, detail);
	free(message);
	return strbuf_detach(&text);
}

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list args;

	if (!err)
		return code;
	if (err->code)
		return err->code;
	va_start(args, format);
	err->message = phrase(err, format, args);
	va_end(args);
	err->code = code;
	return code;
}

int err_errno(struct err *err, const char *format, ...)
{
	int number = errno;
	va_list args;

	if (!err)
		return ERR_SYSTEM;
	if (err->code)
		return err->code;
	va_start(args, format);
	err->message = with_detail(phrase(err, format, args), strerror(number)); /* thread-safe in glibc since 2.32 */
	va_end(args);
	err->code = ERR_SYSTEM;
	return ERR_SYSTEM;
}

int err_context(struct err *err, const char *format, ...)
{
	char *detail;
	va_list args;

	if (!err)
		return ERR_FAILED;
	if (!err->code)
		return ERR_OK;
	detail = err->message;
	va_start(args, format);
	err->message = with_detail(phrase(err, format, args), detail);
	va_end(args);
	free(detail);
	return err->code;
}

void err_hint(struct err *err, const char *format, ...)
{
	char *before;
	va_list args;

	if (!err)
		return;
	before = err->hint; /* may be an argument */
	va_start(args, format);
	err->hint = phrase(err, format, args);
	va_end(args);
	free(before);
}

int err_take(struct err *err, const struct err *from)
{
	int code = err_set(err, from->code, "%s", from->message);

	if (from->hint)
		err_hint(err, "%s", from->hint);
	return code;
}

int err_exit_code(int code)
{
	switch (code) {
	case ERR_OK:
		return 0;
	case ERR_FAILED:
		return 1;
	case ERR_USAGE:
		return 2;
	case ERR_INPUT:
	case ERR_SYSTEM:
		return 3;
	case ERR_NOWHERE:
		return 4;
	case ERR_CONFLICT:
		return 5;
	case ERR_CANCELLED:
		return 130; /* as a shell reports a program ended by SIGINT */
	default:
		return 128;
	}
}
