/*
 * A thread pool for loops over independent items. With threads = 1 (or one item) everything runs
 * in the caller. Results must not depend on who ran what: write to index i only.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdatomic.h>
#include <stddef.h>

/* Set by a signal handler or another thread; long work looks at it and stops early. */
struct cancel {
	atomic_int requested;
};

/* Processors this process may use. */
unsigned pool_processors(void);
/*
 * Calls work(context, index, worker) for every index below count, on `threads` threads
 * (0: pool_processors()); returns when all are done, or early without starting more once
 * cancel (may be NULL) is requested. worker is 0 … threads-1.
 */
void pool_run(unsigned threads, size_t count, void (*work)(void *context, size_t index, unsigned worker),
	void *context, const struct cancel *cancel);

#endif
