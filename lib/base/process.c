#include "base/process.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

/* Our ends; -1 when passed through or closed. */
struct streams {
	int input, output, errors;
};

static void close_end(int *descriptor)
{
	if (*descriptor >= 0)
		close(*descriptor);
	*descriptor = -1;
}

/*
 * A pair for the child's stdin is a socket: writing to a child that has gone then gives EPIPE
 * (with MSG_NOSIGNAL) instead of a signal that would have to be ignored for the whole process.
 */
static int open_pairs(const struct process *process, int in[2], int out[2], int errors[2])
{
	in[0] = in[1] = out[0] = out[1] = errors[0] = errors[1] = -1;
	if (!process->our_input && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in))
		return -1;
	if (process->output && pipe2(out, O_CLOEXEC))
		return -1;
	if (process->errors && pipe2(errors, O_CLOEXEC))
		return -1;
	return 0;
}

static int spawn(const struct process *process, const int child_ends[3], pid_t *pid)
{
	static char *const empty[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t set;
	int rc;

	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	for (int i = 0; i < 3; i++)
		if (child_ends[i] >= 0)
			posix_spawn_file_actions_adddup2(&actions, child_ends[i], i);
	if (process->folder)
		posix_spawn_file_actions_addchdir_np(&actions, process->folder);
	sigemptyset(&set);
	posix_spawnattr_setsigmask(&attributes, &set);
	sigaddset(&set, SIGPIPE);
	posix_spawnattr_setsigdefault(&attributes, &set);
	/* What has a limit is a group of its own: it is ended with everything it started. */
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setflags(&attributes, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
		(process->milliseconds ? POSIX_SPAWN_SETPGROUP : 0)));
	rc = posix_spawnp(pid, process->arguments[0], &actions, &attributes,
		(char *const *)process->arguments, process->environment ? process->environment : empty);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

static void feed(int *descriptor, struct slice *input)
{
	ssize_t sent = send(*descriptor, input->at, input->len, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (sent >= 0)
		*input = slice_from(*input, (size_t)sent);
	else if (errno != EAGAIN && errno != EINTR)
		*input = (struct slice){ 0 }; /* it does not want the rest */
	if (!input->len)
		close_end(descriptor);
}

static void drain(int *descriptor, struct strbuf *into)
{
	ssize_t got;

	strbuf_grow(into, CHUNK);
	got = read(*descriptor, into->buf + into->len, CHUNK);
	if (got > 0) {
		into->len += (size_t)got;
		into->buf[into->len] = '\0';
	} else if (!got || errno != EINTR) {
		close_end(descriptor);
	}
}

static long long milliseconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool says_too_much(const struct process *process)
{
	size_t said = (process->output ? process->output->len : 0) + (process->errors ? process->errors->len : 0);

	return process->most_output && said > process->most_output;
}

/* Feeds and drains all streams at once, so that no full pipe stops both sides. 0, or the limit that was reached. */
static int talk(const struct process *process, struct streams *ours)
{
	long long end = process->milliseconds ? milliseconds_now() + process->milliseconds : 0;
	struct slice input = process->input;

	if (!input.len)
		close_end(&ours->input);
	while (ours->input >= 0 || ours->output >= 0 || ours->errors >= 0) {
		struct pollfd polls[3] = { { ours->input, POLLOUT, 0 }, { ours->output, POLLIN, 0 },
			{ ours->errors, POLLIN, 0 } };
		long long left = end ? end - milliseconds_now() : -1;

		if (end && left <= 0)
			return PROCESS_TOO_LONG;
		if (poll(polls, 3, (int)left) < 0)
			continue;
		if (polls[0].revents)
			feed(&ours->input, &input);
		if (polls[1].revents)
			drain(&ours->output, process->output);
		if (polls[2].revents)
			drain(&ours->errors, process->errors);
		if (says_too_much(process))
			return PROCESS_TOO_MUCH;
	}
	return 0;
}

/* It has closed its streams and may still not end. */
static bool ends_in_time(const struct process *process, pid_t pid, long long began)
{
	siginfo_t info;

	for (;;) {
		info.si_pid = 0;
		if (waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == pid)
			return true;
		if (milliseconds_now() - began >= process->milliseconds)
			return false;
		nanosleep(&(struct timespec){ 0, 10 * 1000 * 1000 }, NULL);
	}
}

static int wait_for(pid_t pid, int *status)
{
	int raw;

	while (waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			return -1;
	*status = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
	return 0;
}

int process_run(const struct process *process, int *status, struct err *err)
{
	int in[2], out[2], errors[2], rc = 0, limit;
	long long began;
	const char *name = process->arguments[0];
	struct streams ours;
	pid_t pid;

	if (open_pairs(process, in, out, errors))
		rc = err_errno(err, "cannot run '%s'", name);
	if (!rc) {
		errno = spawn(process, (int[3]){ in[0], out[1], errors[1] }, &pid);
		if (errno)
			rc = err_errno(err, "cannot run '%s'", name);
	}
	close_end(&in[0]);
	close_end(&out[1]);
	close_end(&errors[1]);
	ours = (struct streams){ in[1], out[0], errors[0] };
	if (rc) {
		close_end(&ours.input);
		close_end(&ours.output);
		close_end(&ours.errors);
		return rc;
	}
	began = milliseconds_now();
	limit = talk(process, &ours);
	close_end(&ours.input);
	close_end(&ours.output);
	close_end(&ours.errors);
	if (!limit && process->milliseconds && !ends_in_time(process, pid, began))
		limit = PROCESS_TOO_LONG;
	if (limit)
		kill(-pid, SIGKILL);
	if (wait_for(pid, status))
		return err_errno(err, "cannot wait for '%s'", name);
	if (limit)
		*status = limit;
	return 0;
}

static size_t name_length(const char *item)
{
	return strcspn(item, "=");
}

const char *environment_get(char *const *environment, const char *name)
{
	size_t len = strlen(name);

	for (; environment && *environment; environment++)
		if (!strncmp(*environment, name, len) && (*environment)[len] == '=')
			return *environment + len + 1;
	return NULL;
}

static bool is_replaced(const char *item, const char *const *extra)
{
	size_t len = name_length(item);

	for (; *extra; extra++)
		if (name_length(*extra) == len && !strncmp(*extra, item, len))
			return true;
	return false;
}

char **environment_with(char *const *environment, const char *const *extra)
{
	struct strvec copy;

	strvec_init(&copy);
	for (; environment && *environment; environment++)
		if (!is_replaced(*environment, extra))
			strvec_push(&copy, *environment);
	for (; *extra; extra++)
		if (strchr(*extra, '='))
			strvec_push(&copy, *extra);
	return copy.items;
}

void environment_free(char **environment)
{
	for (size_t i = 0; environment && environment[i]; i++)
		free(environment[i]);
	free(environment);
}
