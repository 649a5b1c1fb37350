#include "cmd/cli/progress.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_AFTER = 500, AGAIN_AFTER = 100, BAR_CELLS = 28 };

static struct cancel *volatile interrupted; /* what Ctrl-C stops; one piece of work at a time */

static void on_interrupt(int signal)
{
	(void)signal;
	if (interrupted)
		atomic_store(&interrupted->requested, 1);
}

static long long now_milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *p, struct context *context, const char *unit)
{
	struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND };

	memset(p, 0, sizeof(*p));
	atomic_flag_clear(&p->busy);
	p->unit = unit;
	p->ascii = context->render.ascii;
	p->visible = isatty(STDERR_FILENO) && !context->global.quiet;
	p->began = now_milliseconds();
	atomic_store(&p->next, FIRST_AFTER);
	interrupted = &p->cancel;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

long long progress_elapsed(const struct progress *p)
{
	return now_milliseconds() - p->began;
}

bool progress_due(struct progress *p)
{
	long long next, now;

	if (!p->visible)
		return false;
	now = progress_elapsed(p);
	next = atomic_load(&p->next);
	return now >= next && atomic_compare_exchange_strong(&p->next, &next, now + AGAIN_AFTER);
}

void progress_show(struct progress *p, double share, const char *text)
{
	struct strbuf line;
	size_t full;

	if (!p->visible || atomic_flag_test_and_set(&p->busy))
		return;
	share = share < 0 ? 0 : share > 1 ? 1 : share;
	full = (size_t)(share * BAR_CELLS + 0.5);
	strbuf_init(&line);
	strbuf_add_str(&line, "\r ");
	strbuf_add_repeat(&line, p->ascii ? "#" : "█", full);
	strbuf_add_repeat(&line, p->ascii ? "." : "░", BAR_CELLS - full);
	strbuf_addf(&line, "  %s\033[K", text);
	fputs(line.buf, stderr);
	fflush(stderr);
	strbuf_release(&line);
	p->drawn = true;
	atomic_flag_clear(&p->busy);
}

void progress_count(void *progress, size_t done, size_t total)
{
	struct progress *p = progress;
	struct strbuf text;
	double seconds, rate;

	if (!progress_due(p) || total == 0)
		return;
	seconds = (double)progress_elapsed(p) / 1000;
	rate = (double)done / seconds;
	strbuf_init(&text);
	/* TRANSLATORS: share done, rate, what is counted, seconds left */
	strbuf_addf(&text, _("%d %%  %.0f %s/s  %.0f s left"), (int)(100 * done / total), rate, p->unit,
		rate > 0 ? (double)(total - done) / rate : 0);
	progress_show(p, (double)done / (double)total, text.buf);
	strbuf_release(&text);
}

bool progress_end(struct progress *p)
{
	struct sigaction action = { .sa_handler = SIG_DFL };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	interrupted = NULL;
	if (p->drawn) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	return atomic_load(&p->cancel.requested) != 0;
}
