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

int err_set(struct err *err, enum err_code code, const char *format, ...)
{
	struct strbuf text;
	va_list args;

	if (!err)
		return code;
	if (err->code)
		return err->code;
	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, err_word(err, format), args);
	va_end(args);
	err->code = code;
	err->message = text.buf;
	return code;
}

int err_errno(struct err *err, const char *format, ...)
{
	int number = errno;
	struct strbuf text;
	va_list args;

	if (!err)
		return ERR_SYSTEM;
	if (err->code)
		return err->code;
	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, err_word(err, format), args);
	va_end(args);
	strbuf_addf(&text, ": %s", strerror(number)); /* thread-safe in glibc since 2.32 */
	err->code = ERR_SYSTEM;
	err->message = text.buf;
	return ERR_SYSTEM;
}

int err_context(struct err *err, const char *format, ...)
{
	struct strbuf text;
	va_list args;

	if (!err)
		return ERR_FAILED;
	if (!err->code)
		return ERR_OK;
	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, err_word(err, format), args);
	va_end(args);
	strbuf_addf(&text, ": %s", err->message);
	free(err->message);
	err->message = text.buf;
	return err->code;
}

void err_hint(struct err *err, const char *format, ...)
{
	struct strbuf text;
	va_list args;

	if (!err)
		return;
	strbuf_init(&text);
	va_start(args, format);
	strbuf_vaddf(&text, err_word(err, format), args);
	va_end(args);
	free(err->hint);
	err->hint = text.buf;
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
