/*
 * Open file description locks: unlike flock they work over NFS, unlike classic fcntl locks
 * they belong to the descriptor, so that two threads or two opens in one process exclude each other
 * and closing another descriptor of the file does not release them. The kernel's waiting call has
 * no time limit, so the wait is a poll with growing pauses. The file stays when the lock is
 * released: removing it would let a third process lock a new file of the same name beside a second.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_PAUSE_US = 500, LONGEST_PAUSE_US = 20000 };

static bool try_lock(int descriptor)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int rc;

	do
		rc = fcntl(descriptor, F_OFD_SETLK, &whole);
	while (rc && errno == EINTR);
	return !rc;
}

/* Pauses vary with the process, so that many waiting ones do not try in step. */
static void pause_before_retry(long microseconds)
{
	struct timespec time = { 0, microseconds * 1000 };

	time.tv_nsec += (long)getpid() % 97 * 1000;
	nanosleep(&time, NULL);
}

static bool wait_for_lock(int descriptor, double seconds)
{
	long pause = FIRST_PAUSE_US;
	double waited = 0;

	while (!try_lock(descriptor)) {
		if (errno != EAGAIN && errno != EACCES)
			return false;
		if (waited >= seconds) {
			errno = EAGAIN;
			return false;
		}
		pause_before_retry(pause);
		waited += (double)pause / 1e6;
		if (pause < LONGEST_PAUSE_US)
			pause += pause / 2;
	}
	return true;
}

static int report_holder(int descriptor, const char *path, struct err *err)
{
	char text[32] = "";
	ssize_t len = pread(descriptor, text, sizeof(text) - 1, 0);
	long pid = len > 0 ? strtol(text, NULL, 10) : 0;

	if (pid > 0)
		err_set(err, ERR_CONFLICT, "process %ld holds the lock '%s'", pid, path);
	else
		err_set(err, ERR_CONFLICT, "another process holds the lock '%s'", path);
	err_hint(err, "wait until it has ended, then try again");
	return ERR_CONFLICT;
}

/* For the message of whoever waits in vain; a failure only makes that message vaguer. */
static void write_holder(int descriptor)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

	if (ftruncate(descriptor, 0) || pwrite(descriptor, text, (size_t)len, 0) != len)
		return;
}

int lock_take(struct lock *lock, const char *path, double seconds, struct err *err)
{
	int rc;

	lock->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (lock->descriptor < 0)
		return err_errno(err, "cannot open the lock '%s'", path);
	if (wait_for_lock(lock->descriptor, seconds)) {
		write_holder(lock->descriptor);
		return 0;
	}
	if (errno == EAGAIN || errno == EACCES)
		rc = report_holder(lock->descriptor, path, err);
	else
		rc = err_errno(err, "cannot lock '%s'", path);
	close(lock->descriptor);
	lock->descriptor = -1;
	return rc;
}

void lock_release(struct lock *lock)
{
	if (lock->descriptor < 0)
		return;
	if (ftruncate(lock->descriptor, 0)) {
		/* The last holder's number stays: a message may be vaguer, nothing else. */
	}
	close(lock->descriptor);
	lock->descriptor = -1;
}
