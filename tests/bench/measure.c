/*
 * Runs a command several times and says what it took.
 *
 *   measure RUNS COMMAND [ARGUMENT...]
 *
 * Prints one line: best milliseconds, median milliseconds, least milliseconds of
 * processor time (user and system, all threads), peak memory in kilobytes, exit status.
 * Output of the command goes to /dev/null.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double processor(const struct rusage *usage)
{
	return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e3 +
		(double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e3;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void run_child(char **argv)
{
	int null = open("/dev/null", O_RDWR);

	dup2(null, 0);
	dup2(null, 1);
	dup2(null, 2);
	execvp(argv[0], argv);
	_exit(127);
}

int main(int argc, char **argv)
{
	long runs = argc > 2 ? atol(argv[1]) : 0, peak = 0;
	int status = 0;
	double *took, least = 0;

	if (runs < 1) {
		fprintf(stderr, "usage: measure RUNS COMMAND [ARGUMENT...]\n");
		return 2;
	}
	took = calloc((size_t)runs, sizeof(*took));
	for (long i = 0; took && i < runs; i++) {
		struct rusage usage;
		double began = milliseconds();
		pid_t child = fork();

		if (child == 0)
			run_child(argv + 2);
		if (child < 0 || wait4(child, &status, 0, &usage) != child)
			return 1;
		took[i] = milliseconds() - began;
		if (i == 0 || processor(&usage) < least)
			least = processor(&usage);
		if (usage.ru_maxrss > peak)
			peak = usage.ru_maxrss;
	}
	if (!took)
		return 1;
	qsort(took, (size_t)runs, sizeof(*took), compare);
	printf("%.2f %.2f %.2f %ld %d\n", took[0], took[runs / 2], least, peak,
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	free(took);
	return 0;
}
