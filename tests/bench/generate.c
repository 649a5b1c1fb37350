/*
 * Makes a project of N tasks in F files, as a system integrator's plan looks: phases, work packages
 * and tasks, links within and across packages, people, percentages, some Chinese titles. About 180
 * bytes a task. The same arguments give the same bytes.
 *
 *   generate FOLDER TASKS FILES
 *
 * Tree: every PACKAGE tasks share a parent, every PHASE packages share a phase. A task depends on
 * the one before it in its package, and every seventh also on a task of the package before; links
 * point back, so there is no loop. Phases run beside one another, or a million tasks would take
 * thousands of years.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PACKAGE = 20, PHASE = 25, PEOPLE_MAX = 200 };

struct generator {
	const char *folder;
	long tasks, files, people;
	uint64_t random;
};

static const char *const verbs[] = { "调研", "设计", "开发", "联调", "评审", "部署", "培训", "Review",
	"Migrate", "Integrate", "Harden", "Document" };
static const char *const things[] = { "结算引擎", "接口规范", "医院前置机", "目录同步服务", "数据交换平台",
	"settlement gateway", "provider directory", "audit log", "等保整改", "对账报表" };

/* xorshift64*: enough to look irregular. */
static uint64_t next(struct generator *g)
{
	g->random ^= g->random >> 12;
	g->random ^= g->random << 25;
	g->random ^= g->random >> 27;
	return g->random * UINT64_C(2685821657736338717);
}

static long pick(struct generator *g, long below)
{
	return (long)(next(g) % (uint64_t)below);
}

static FILE *create(const struct generator *g, const char *name)
{
	char path[4096];
	FILE *out;

	if (snprintf(path, sizeof(path), "%s/%s", g->folder, name) >= (int)sizeof(path)) {
		fprintf(stderr, "generate: the folder's name is too long\n");
		exit(1);
	}
	out = fopen(path, "w");
	if (!out) {
		fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return out;
}

static void finish(FILE *out)
{
	if (ferror(out) || fclose(out) != 0) {
		fprintf(stderr, "generate: %s\n", strerror(errno));
		exit(1);
	}
}

static void write_project(const struct generator *g)
{
	FILE *out = create(g, "pmt.ini");

	fprintf(out, "[project]\nformat   = 1\nuid      = 7K3QW9M2XH4T8R5B\nkey      = BN\n");
	fprintf(out, "name     = Benchmark of %ld tasks\nstart    = 2026-03-02\n", g->tasks);
	fprintf(out, "currency = CNY\n");
	finish(out);
}

static void write_people(const struct generator *g)
{
	FILE *out = create(g, "people.ini");

	for (long i = 1; i <= g->people; i++)
		fprintf(out, "%s[resource p%03ld]\ntitle = 工程师 %ld\ntype  = person\n",
			i > 1 ? "\n" : "", i, i);
	finish(out);
}

/* Ids: phases and packages take numbers too, in the order of the file. */
static void write_group(FILE *out, long id, long parent, const char *what, long number)
{
	fprintf(out, "[task T-%ld]\ntitle  = %s %ld\n", id, what, number);
	if (parent)
		fprintf(out, "parent = T-%ld\n", parent);
	fputc('\n', out);
}

static void write_links(FILE *out, struct generator *g, long id, long package, long place)
{
	static const char *const types[] = { "", "", "", " SS+2d", " FF+1d", " FS+1d" };
	bool first = true;

	if (place > 0) {
		fprintf(out, "depends  = T-%ld%s", id - 1, types[pick(g, 6)]);
		first = false;
	}
	/* A task of the package before, in the same phase; this package's own record stands between. */
	if (package % PHASE > 0 && (place == 0 || pick(g, 7) == 0)) {
		long back = place == 0 ? PACKAGE - 6 + pick(g, 3) : pick(g, PACKAGE - 2);

		fprintf(out, "%sT-%ld", first ? "depends  = " : ", ", id - place - 2 - back);
		first = false;
	}
	if (!first)
		fputc('\n', out);
}

static void write_task(FILE *out, struct generator *g, long id, long package, long place)
{
	fprintf(out, "[task T-%ld]\ntitle    = %s %s %ld\n", id, verbs[pick(g, 12)], things[pick(g, 10)], id);
	fprintf(out, "parent   = T-%ld\n", id - place - 1);
	write_links(out, g, id, package, place);
	fprintf(out, "effort   = %ldd\nassign   = p%03ld", pick(g, 9) + 1, pick(g, g->people) + 1);
	if (pick(g, 3) == 0)
		fprintf(out, ", p%03ld 50%%", pick(g, g->people) + 1);
	fputc('\n', out);
	if (pick(g, 4) == 0)
		fprintf(out, "priority = %ld\n", pick(g, 900) + 100);
	if (pick(g, 2) == 0)
		fprintf(out, "acceptance = 联调通过、文档齐备；tested in two cities, signed off\n");
	if (pick(g, 10) == 0)
		fprintf(out, "; agreed with the customer on %ld May\n", pick(g, 30) + 1);
	fputc('\n', out);
}

static void write_tasks(struct generator *g)
{
	FILE *out = NULL;
	long id = 0, phase = 0, phase_of = -2, package = -1, place = PACKAGE;
	long per_file = (g->tasks + g->files - 1) / g->files, file = -1;
	char name[64];

	while (id < g->tasks) {
		if (!out || id / per_file != file) {
			if (out)
				finish(out);
			file = id / per_file;
			snprintf(name, sizeof(name), "plan/%04ld.ini", file + 1);
			out = create(g, name);
		}
		id++;
		if (place < PACKAGE) {
			write_task(out, g, id, package, place++);
		} else if ((package + 1) % PHASE == 0 && phase_of != package) {
			write_group(out, id, 0, "阶段 Phase", (package + 1) / PHASE + 1);
			phase = id;
			phase_of = package;
		} else {
			write_group(out, id, phase, "工作包 Package", ++package + 1);
			place = 0;
		}
	}
	if (out)
		finish(out);
}

static void make_folder(const char *path)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST) {
		fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
		exit(1);
	}
}

int main(int argc, char **argv)
{
	struct generator g = { .random = UINT64_C(88172645463325252) };
	char plan[4096];

	if (argc != 4 || (g.tasks = atol(argv[2])) < 1 || (g.files = atol(argv[3])) < 1) {
		fprintf(stderr, "usage: generate FOLDER TASKS FILES\n");
		return 2;
	}
	g.folder = argv[1];
	g.people = g.tasks / 50 + 5 < PEOPLE_MAX ? g.tasks / 50 + 5 : PEOPLE_MAX;
	if (snprintf(plan, sizeof(plan), "%s/plan", g.folder) >= (int)sizeof(plan)) {
		fprintf(stderr, "generate: the folder's name is too long\n");
		return 1;
	}
	make_folder(g.folder);
	make_folder(plan);
	write_project(&g);
	write_people(&g);
	write_tasks(&g);
	return 0;
}
