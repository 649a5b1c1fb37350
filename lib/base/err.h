/*
 * err: the one failure that stops a function.
 *
 * Fallible functions return 0 or a negative enum err_code and take struct err * last.
 * err_set fills it; err_context puts a caller's words in front ("plan.ini: …") and never
 * overwrites. The message is complete enough to print as it is, and says what to do.
 * Zero-initialise or err_init; err_release frees. What people wrote wrongly is not an err
 * but a diagnostic (base/diagnostic.h).
 *
 * Who owns the err says in which language it speaks: err->translate, when set, is given each
 * format (a literal, which xgettext finds) before it is filled. What it does not know it
 * returns as it is, so a format that is translated already comes to no harm.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stddef.h>

enum err_code {
	ERR_OK = 0,
	ERR_FAILED = -1,   /* exit 1: the answer is no */
	ERR_USAGE = -2,    /* exit 2: the command line is wrong */
	ERR_INPUT = -3,    /* exit 3: cannot tell: input unreadable, wrong or incomplete */
	ERR_NOWHERE = -4,  /* exit 4: not a project, not a repository */
	ERR_CONFLICT = -5, /* exit 5: conflict, or somebody else holds the lock */
	ERR_SYSTEM = -6,   /* exit 3: the operating system refused (message has errno) */
	ERR_CANCELLED = -7, /* exit 130, as a shell reports SIGINT */
	ERR_INTERNAL = -128
};

struct err {
	enum err_code code;
	char *message; /* owned; NULL when nothing failed */
	char *hint;    /* owned; what to do next, or NULL */
	const char *(*translate)(const char *message); /* NULL: as it is; any thread may call it */
};

void err_init(struct err *err);
/* The same, in the language of another err (NULL: untranslated), for one that is passed on. */
void err_init_like(struct err *err, const struct err *other);
/* Frees the texts; err can be used again, in the same language. */
void err_release(struct err *err);
/* A word or piece (an N_() literal) that goes into a format, in err's language; err may be NULL. */
const char *err_word(const struct err *err, const char *word) __attribute__((format_arg(2)));
/* Sets code and message unless one is set already; returns code. err may be NULL. */
int err_set(struct err *err, enum err_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The same with ": strerror(errno)" behind; code is ERR_SYSTEM. Call before errno changes. */
int err_errno(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts "context: " in front of the message; returns err->code. */
int err_context(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
void err_hint(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The message and the hint of another err, which says why something failed; returns its code. err may be NULL. */
int err_take(struct err *err, const struct err *from);
/* The program's exit code for an error code, as in cli.md's table: 1, 2, 3, 4, 5, 130 or 128. */
int err_exit_code(int code);

#endif
