/*
 * Threads live for one call: starting one costs some 20 µs, and a call is made for work of
 * milliseconds. Indexes are handed out by an atomic counter, so uneven items even out.
 */
#include "base/pool.h"

#include "base/alloc.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct loop {
	atomic_size_t next;
	size_t count;
	void (*work)(void *context, size_t index, unsigned worker);
	void *context;
	const struct cancel *cancel;
};

struct worker {
	pthread_t thread;
	struct loop *loop;
	unsigned number;
};

unsigned pool_processors(void)
{
	cpu_set_t set;
	long online;

	if (!sched_getaffinity(0, sizeof(set), &set))
		return (unsigned)CPU_COUNT(&set);
	online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (unsigned)online : 1;
}

static void run_loop(struct loop *loop, unsigned worker)
{
	size_t index;

	for (;;) {
		if (loop->cancel && atomic_load_explicit(&loop->cancel->requested, memory_order_relaxed))
			return;
		index = atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed);
		if (index >= loop->count)
			return;
		loop->work(loop->context, index, worker);
	}
}

static void *run_worker(void *argument)
{
	struct worker *worker = argument;

	run_loop(worker->loop, worker->number);
	return NULL;
}

/* Starts up to `threads` workers, numbered from 1; signals stay with the caller's thread. */
static unsigned start_workers(struct worker *workers, unsigned threads, struct loop *loop)
{
	sigset_t all, before;
	unsigned started = 0;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (; started < threads; started++) {
		workers[started].loop = loop;
		workers[started].number = started + 1;
		if (pthread_create(&workers[started].thread, NULL, run_worker, &workers[started]))
			break; /* fewer threads do the same work */
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

void pool_run(unsigned threads, size_t count, void (*work)(void *context, size_t index, unsigned worker),
	void *context, const struct cancel *cancel)
{
	struct loop loop = { 0, count, work, context, cancel };
	struct worker *workers;
	unsigned started;

	if (!threads)
		threads = pool_processors();
	if (threads > count)
		threads = (unsigned)count;
	if (threads <= 1) {
		run_loop(&loop, 0);
		return;
	}
	workers = xcalloc(threads - 1, sizeof(*workers));
	started = start_workers(workers, threads - 1, &loop);
	run_loop(&loop, 0);
	for (unsigned i = 0; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	free(workers);
}
