/*
 * Long work at a terminal: after half a second a bar on stderr (when it is a terminal, and unless -q), and Ctrl-C that stops the work but
 * keeps what is done. A second Ctrl-C ends the program.
 *
 *	progress_start(&progress, context);
 *	options.cancel = &progress.cancel;
 *	options.progress = progress_count;  (any thread may call it)
 *	… the work …
 *	progress_end(&progress);
 *
 * Who shows more than a count (best so far, a bound) calls progress_show, when progress_due says so.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "base/pool.h"
#include "cmd/cli/context.h"

struct progress {
	struct cancel cancel; /* requested by Ctrl-C */
	bool visible, ascii, drawn;
	atomic_flag busy;     /* somebody draws */
	atomic_llong next;    /* milliseconds since `began` at which the line is drawn again */
	long long began;
	const char *unit;     /* "runs": what progress_count counts, in the user's language */
};

void progress_start(struct progress *progress, struct context *context, const char *unit);
/* A bar, the rate and the time left. progress: the struct; of any thread. */
void progress_count(void *progress, size_t done, size_t total);
/* Is it time to draw again? Then one caller gets true, and draws with progress_show. */
bool progress_due(struct progress *progress);
/* share 0…1 of the bar; text behind it. */
void progress_show(struct progress *progress, double share, const char *text);
/* Milliseconds since the start. */
long long progress_elapsed(const struct progress *progress);
/* Wipes the line and gives Ctrl-C back. True when the work was stopped by it. */
bool progress_end(struct progress *progress);

#endif
