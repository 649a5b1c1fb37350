/*
 * What a commit of code says about the plan, in the trailers at the end of its message:
 *
 *	Task: T-12, T-14
 *	Time: 2h
 *
 * The last paragraph counts, unless it is the first; keys are read whatever their case; lines that are no trailers are
 *passed over, and a line that begins with a blank goes on with the one above. A Time belongs to the Task line above it
 *(the first one, when there is none above) and is shared evenly among its tasks; several add up.
 */
#ifndef HISTORY_TRAILER_H
#define HISTORY_TRAILER_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/vec.h"
#include "model/value.h"

#include <stdint.h>

struct history_work {
	struct slice task;  /* as written */
	int64_t minutes;    /* its share of the time; 0 when none was given */
	struct slice wrong; /* a time that cannot be read; at NULL: none */
};

/* Appends struct history_work: one for each task named, in order. Texts are the message's. */
void trailers_read(struct slice message, const struct units *units, struct vec *out);

#endif
