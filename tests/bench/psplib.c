/*
 * How close to the best known makespans of PSPLIB pmt comes, and how many it proves.
 *
 *   psplib [--every N] [--seconds S] [--cpu] [--threads N] [--limits N,N…] [--set SET] [--verbose] FOLDER
 *
 * FOLDER holds the instances (folders j30, j60, j90, j120 and patterson) and best_known.csv. Each instance goes the whole way: import, load, build,
 * level, search. Each schedule is then checked against the instance as this file reads it, by tests/support/fits.c.
 *
 * --cpu: seconds are counted in the time of the processors, divided by the threads (2 unless told), so that a busy machine says the same.
 *
 * A line a set: the average percent above the best known for a plain schedule, for each limit of schedules, and for S seconds; how many
 * the S seconds prove optimal; the average gap they leave. Exit 1 when a schedule is wrong or a bound is above a known schedule.
 */
#include "../support/fits.h"
#include "base/file.h"
#include "exchange/exchange.h"
#include "model/project.h"
#include "plan/optimize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { JOBS_MOST = 200, LIMITS_MOST = 8, LINKS_MOST = 2000, RESOURCES_MOST = 10, PATH_MOST = 4096 };

/* --- the instance, read once more ------------------------------------------------------------ */

struct truth {
	int32_t duration[JOBS_MOST];
	struct solve_link links[LINKS_MOST];
	struct solve_resource resources[RESOURCES_MOST];
	struct solve_demand demands[JOBS_MOST * RESOURCES_MOST];
	struct solve_problem problem;
};

static long number(const char **at)
{
	char *end;
	long value = strtol(*at, &end, 10);

	*at = end;
	return value;
}

static const char *behind_line(const char *text, const char *heading, int lines)
{
	const char *at = strstr(text, heading);

	for (; at && lines >= 0; lines--)
		at = strchr(at, '\n') + 1;
	return at;
}

static void add_successors(struct truth *t, uint32_t from, const char **at)
{
	for (long k = number(at); k > 0; k--)
		t->links[t->problem.link_count++] = (struct solve_link){ from, (uint32_t)number(at) - 1, 0 };
}

static void add_demands(struct truth *t, uint32_t job, const char **at)
{
	for (uint32_t r = 0; r < t->problem.resource_count; r++) {
		int32_t amount = (int32_t)number(at);

		if (amount > 0)
			t->demands[t->problem.demand_count++] = (struct solve_demand){ job, r, amount };
	}
}

static void read_progen(struct truth *t, const char *text)
{
	const char *at = strchr(strstr(text, "jobs (incl."), ':') + 1;

	t->problem.activity_count = (uint32_t)number(&at);
	at = strchr(strstr(text, "- renewable"), ':') + 1;
	t->problem.resource_count = (uint32_t)number(&at);
	at = behind_line(text, "PRECEDENCE RELATIONS:", 1);
	for (uint32_t i = 0; i < t->problem.activity_count; i++) {
		number(&at);
		number(&at);
		add_successors(t, i, &at);
	}
	at = behind_line(text, "REQUESTS/DURATIONS:", 2);
	for (uint32_t i = 0; i < t->problem.activity_count; i++) {
		number(&at);
		number(&at);
		t->duration[i] = (int32_t)number(&at);
		add_demands(t, i, &at);
	}
	at = behind_line(text, "RESOURCEAVAILABILITIES:", 1);
	for (uint32_t r = 0; r < t->problem.resource_count; r++)
		t->resources[r].capacity = (int32_t)number(&at);
}

static void read_patterson(struct truth *t, const char *text)
{
	const char *at = text;

	t->problem.activity_count = (uint32_t)number(&at);
	t->problem.resource_count = (uint32_t)number(&at);
	for (uint32_t r = 0; r < t->problem.resource_count; r++)
		t->resources[r].capacity = (int32_t)number(&at);
	for (uint32_t i = 0; i < t->problem.activity_count; i++) {
		t->duration[i] = (int32_t)number(&at);
		add_demands(t, i, &at);
		add_successors(t, i, &at);
	}
}

static void read_truth(struct truth *t, const char *text, bool patterson)
{
	memset(t, 0, sizeof(*t));
	t->problem.duration = t->duration;
	t->problem.links = t->links;
	t->problem.resources = t->resources;
	t->problem.demands = t->demands;
	if (patterson)
		read_patterson(t, text);
	else
		read_progen(t, text);
	for (uint32_t k = 0; k < t->problem.link_count; k++)
		t->links[k].lag = t->duration[t->links[k].from];
}

/* --- one instance ---------------------------------------------------------------------------- */

struct bench {
	uint64_t limits[LIMITS_MOST];
	int limit_count, every;
	unsigned threads;
	double seconds;
	bool verbose, cpu, wrong;
};

struct loaded {
	struct import import;
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct plan plan;
	struct plan_options options;
	struct truth truth;
	int32_t best_known;
	const char *name;
};

struct tally {
	int instances, proved;
	double above[LIMITS_MOST + 2], gap;
};

static double now(void *context)
{
	const struct bench *bench = context;
	struct timespec t;

	clock_gettime(bench->cpu ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
	return ((double)t.tv_sec + (double)t.tv_nsec * 1e-9) / (bench->cpu ? bench->threads : 1);
}

static bool load(struct loaded *l, const char *path, struct err *err)
{
	struct import_options options = { .project = true };
	struct strbuf text;
	bool good;

	strbuf_init(&text);
	import_init(&l->import);
	diagnostics_init(&l->found);
	l->source = source_memory_new();
	good = file_read(&text, path, err) == 0 &&
		psplib_import(strbuf_slice(&text), path, &options, &l->import, &l->found, err) == 0;
	if (good) {
		const struct import_file *files = l->import.files.items;

		read_truth(&l->truth, text.buf, strstr(path, ".rcp") != NULL);
		for (size_t i = 0; i < l->import.files.len; i++)
			source_memory_add(l->source, files[i].path, strbuf_slice(&files[i].text));
		good = project_load(&l->project, l->source, 1, &l->found, err) == 0 &&
			plan_build(&l->plan, &l->project, &l->options, &l->found, err) == 0;
	}
	strbuf_release(&text);
	return good;
}

static void unload(struct loaded *l)
{
	plan_release(&l->plan);
	project_release(&l->project);
	source_free(l->source);
	import_release(&l->import);
	diagnostics_release(&l->found);
}

/* Percent above the best known; every schedule is checked. */
static double judge(struct bench *bench, const struct loaded *l)
{
	int32_t start[JOBS_MOST], finish;
	struct strbuf why;

	strbuf_init(&why);
	for (uint32_t i = 0; i < l->truth.problem.activity_count; i++) {
		char id[16];
		const struct record *record;

		snprintf(id, sizeof(id), "J%u", i + 1);
		record = project_find(&l->project, kind_find(slice_of("task")), slice_of(id));
		start[i] = (int32_t)((l->plan.start[plan_task(&l->plan, record)] - l->plan.project_start) / MINUTES_PER_DAY);
	}
	finish = fits_finish(&l->truth.problem, start);
	if (!fits_problem(&l->truth.problem, start, &why) ||
		finish != (l->plan.project_finish - l->plan.project_start) / MINUTES_PER_DAY) {
		printf("%s: wrong: %s\n", l->name, why.buf);
		bench->wrong = true;
	}
	strbuf_release(&why);
	return 100.0 * (finish - l->best_known) / l->best_known;
}

static bool search(struct bench *bench, struct loaded *l, const struct plan_optimize_options *how, struct plan_optimized *found)
{
	struct err err;
	bool good;

	err_init(&err);
	good = plan_schedule(&l->plan, &l->options, &l->found, &err) == 0 &&
		plan_optimize(&l->plan, &l->options, how, found, &err) == 0;
	if (!good)
		printf("%s: %s\n", l->name, err.message);
	bench->wrong |= !good;
	if (good && (found->bound - l->plan.project_start) / MINUTES_PER_DAY > l->best_known) {
		printf("%s: the bound is above a known schedule\n", l->name);
		bench->wrong = true;
	}
	err_release(&err);
	return good;
}

static void measure(struct bench *bench, struct loaded *l, struct tally *tally)
{
	struct plan_optimize_options how = { .seed = 1, .threads = bench->threads };
	struct plan_optimized found;
	struct err err;
	double above;

	err_init(&err);
	if (plan_schedule(&l->plan, &l->options, &l->found, &err) != 0)
		bench->wrong = true;
	tally->above[0] += judge(bench, l);
	for (int i = 0; i < bench->limit_count; i++) {
		how.schedules = bench->limits[i];
		if (search(bench, l, &how, &found))
			tally->above[i + 1] += judge(bench, l);
	}
	how.schedules = 0;
	how.seconds = bench->seconds;
	how.clock = now;
	how.context = bench;
	if (how.seconds > 0 && search(bench, l, &how, &found)) {
		above = judge(bench, l);
		tally->above[bench->limit_count + 1] += above;
		tally->proved += found.optimal;
		tally->gap += 100.0 * (double)found.gap / (double)(l->plan.project_finish - l->plan.project_start);
		if (bench->verbose && (!found.optimal || above > 0))
			printf("  %s %.2f %% above %d%s\n", l->name, above, l->best_known, found.optimal ? "" : ", open");
	}
	tally->instances++;
	err_release(&err);
}

/* --- sets ------------------------------------------------------------------------------------ */

static void run_instance(struct bench *bench, const char *path, const char *name, int32_t best_known, struct tally *tally)
{
	struct loaded *l = calloc(1, sizeof(*l));
	struct err err;

	err_init(&err);
	l->name = name;
	l->best_known = best_known;
	l->options = (struct plan_options){ .facts = true };
	if (load(l, path, &err)) {
		measure(bench, l, tally);
	} else {
		printf("%s: %s\n", path, err.message ? err.message : "cannot be loaded");
		bench->wrong = true;
	}
	unload(l);
	err_release(&err);
	free(l);
}

static void print_tally(const struct bench *bench, const char *set, const struct tally *tally)
{
	int columns = bench->limit_count + 1 + (bench->seconds > 0);

	printf("%-10s %6d", set, tally->instances);
	for (int i = 0; i < columns; i++)
		printf(" %9.3f", tally->above[i] / tally->instances);
	if (bench->seconds > 0)
		printf(" %8.1f %7.2f", 100.0 * tally->proved / tally->instances, tally->gap / tally->instances);
	printf("\n");
	fflush(stdout);
}

/* Lines of best_known.csv: set,instance,cp,lb,ub,…; of Patterson's optimum_kobe.csv: file,optimum. */
static void run_set(struct bench *bench, const char *folder, const char *set)
{
	bool patterson = strcmp(set, "patterson") == 0;
	struct tally tally = { .instances = 0 };
	char path[PATH_MOST], line[PATH_MOST], of[32], name[64];
	int critical, lower, best, seen = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/%s", folder, patterson ? "patterson/optimum_kobe.csv" : "best_known.csv");
	in = fopen(path, "r");
	if (!in) {
		printf("%s: there is no such file\n", path);
		bench->wrong = true;
		return;
	}
	while (fgets(line, sizeof(line), in)) {
		if (patterson ? sscanf(line, "%63[^,],%d", name, &best) != 2 :
				sscanf(line, "%31[^,],%63[^,],%d,%d,%d", of, name, &critical, &lower, &best) != 5 || strcmp(of, set) != 0)
			continue;
		if (seen++ % bench->every)
			continue;
		snprintf(path, sizeof(path), "%s/%s/%s%s", folder, set, name, patterson ? "" : ".sm");
		run_instance(bench, path, name, best, &tally);
	}
	fclose(in);
	if (tally.instances)
		print_tally(bench, set, &tally);
}

static void read_limits(struct bench *bench, char *text)
{
	bench->limit_count = 0;
	for (char *rest = text; *rest && bench->limit_count < LIMITS_MOST;) {
		bench->limits[bench->limit_count++] = strtoull(rest, &rest, 10);
		rest += *rest == ',';
	}
}

int main(int argc, char **argv)
{
	static const char *const sets[] = { "patterson", "j30", "j60", "j90", "j120" };
	struct bench bench = { .limits = { 1000, 5000 }, .limit_count = 2, .every = 8, .threads = 2, .seconds = 1 };
	const char *folder = NULL, *only = NULL;

	for (int i = 1; i < argc; i++) {
		bool more = i + 1 < argc;

		if (strcmp(argv[i], "--verbose") == 0)
			bench.verbose = true;
		else if (strcmp(argv[i], "--cpu") == 0)
			bench.cpu = true;
		else if (more && strcmp(argv[i], "--every") == 0)
			bench.every = atoi(argv[++i]) > 0 ? atoi(argv[i]) : 1;
		else if (more && strcmp(argv[i], "--seconds") == 0)
			bench.seconds = strtod(argv[++i], NULL);
		else if (more && strcmp(argv[i], "--threads") == 0)
			bench.threads = (unsigned)atoi(argv[++i]);
		else if (more && strcmp(argv[i], "--limits") == 0)
			read_limits(&bench, argv[++i]);
		else if (more && strcmp(argv[i], "--set") == 0)
			only = argv[++i];
		else
			folder = argv[i];
	}
	if (!folder) {
		fprintf(stderr, "usage: psplib [--every N] [--seconds S] [--cpu] [--threads N] [--limits N,N] [--set SET] [--verbose] FOLDER\n");
		return 2;
	}
	printf("%-10s %6s %9s", "set", "number", "one pass");
	for (int i = 0; i < bench.limit_count; i++)
		printf(" %9llu", (unsigned long long)bench.limits[i]);
	if (bench.seconds > 0)
		printf(" %8g s %8s %7s", bench.seconds, "proved %", "gap %");
	printf("\n");
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (!only || strcmp(only, sets[i]) == 0)
			run_set(&bench, folder, sets[i]);
	return bench.wrong;
}
