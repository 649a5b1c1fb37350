/*
 * Other programs: run one, give it bytes, get what it says.
 *
 * No shell is involved: arguments are passed as they are. Descriptors of ours are close-on-exec and
 * signals are at their defaults in the child. The caller gives the environment (lib does not read its own).
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct process {
	const char *const *arguments;   /* the program (looked up on our PATH) and its arguments, NULL-terminated */
	const char *folder;             /* where it runs; NULL: here */
	char *const *environment;       /* "NAME=value", NULL-terminated; NULL: empty */
	struct slice input;             /* its stdin */
	bool our_input;                 /* its stdin is ours instead: it may ask who sits there */
	struct strbuf *output, *errors; /* appended what it wrote; NULL: passed through to ours */
	/*
	 * For programs that nobody vouches for: after so many milliseconds, or so many bytes of output, it is killed with all it started,
	 * and *status is one of the two below. 0: no limit.
	 */
	long milliseconds;
	size_t most_output;
};
enum { PROCESS_TOO_LONG = 1000, PROCESS_TOO_MUCH };

/*
 * Runs it to its end. 0 and *status (the exit status, or 128 + the signal that ended it); ERR_SYSTEM
 * when it cannot be started, with a message that names the program.
 */
int process_run(const struct process *process, int *status, struct err *err);

/* Value of a variable in an environment, or NULL. */
const char *environment_get(char *const *environment, const char *name);
/* A copy with "NAME=value" items put over it; an item "NAME" takes that one out. Free it with environment_free. */
char **environment_with(char *const *environment, const char *const *extra);
void environment_free(char **environment);

#endif
