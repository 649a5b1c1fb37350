/*
 * How many tasks of real Microsoft Project plans start and finish, after import, when Project says.
 *
 *   mspdi_agreement [-v] FILE.xml...     a line a plan; -v names each task that differs, with both
 * dates
 *
 * Exit 1 when fewer than 99 % agree over all, or one differs for no reason known here.
 */
#include "base/file.h"
#include "exchange/exchange.h"
#include "model/project.h"
#include "plan/plan.h"

#include <stdio.h>
#include <stdlib.h>

struct count {
	size_t tasks, agree, unexplained;
};

static void print_findings(const struct diagnostics *found)
{
	const struct diagnostic *items = found->items.items;

	for (size_t i = 0; i < found->items.len; i++) {
		printf("    %s:%u: %s: ", items[i].place.path ? items[i].place.path : "",
			items[i].place.line, items[i].id);
		printf("%s", items[i].format);
		for (int a = 0; a < DIAGNOSTIC_ARGUMENTS && items[i].arguments[a]; a++)
			printf(" '%s'", items[i].arguments[a]);
		printf("\n");
	}
}

static const char *show(moment_t moment, char text[CIVIL_TEXT])
{
	return moment == MOMENT_NONE ? "-" : moment_print(moment, text);
}

/*
 * Why a task differs. The one reason known: a link that asks for a finish at the moment another
 * task starts (SF, FF) is kept by Project to the minute, 08:00 in the morning; pmt ends the work
 * when it ends, the evening before.
 */
static const char *reason(const struct plan *plan, uint32_t task, const struct import_task *theirs)
{
	if (task == PLAN_NO_TASK)
		return NULL;
	const struct calendar *calendar = plan->task_calendar[task];

	if (calendar_between(calendar, theirs->start, plan->start[task]) == 0 &&
		calendar_between(calendar, theirs->finish, plan->finish[task]) == 0)
		return "the same moment of work";
	return NULL;
}

static void compare(const struct plan *plan, const struct project *project,
	const struct import *import, bool verbose, struct count *count)
{
	const struct import_task *tasks = import->tasks.items;
	const struct kind *kind = kind_find(slice_of("task"));
	char a[CIVIL_TEXT], b[CIVIL_TEXT], c[CIVIL_TEXT], d[CIVIL_TEXT];

	for (size_t i = 0; i < import->tasks.len; i++) {
		const struct record *record = project_find(project, kind, slice_of(tasks[i].id));
		const char *why;
		uint32_t task = record ? plan_task(plan, record) : PLAN_NO_TASK;

		if (tasks[i].inactive || tasks[i].start == MOMENT_NONE ||
			tasks[i].finish == MOMENT_NONE)
			continue;
		count->tasks++;
		if (task != PLAN_NO_TASK && plan->start[task] == tasks[i].start &&
			plan->finish[task] == tasks[i].finish) {
			count->agree++;
			continue;
		}
		why = reason(plan, task, &tasks[i]);
		count->unexplained += why == NULL;
		if (verbose && task != PLAN_NO_TASK)
			printf("    %s%s (uid %lld) %s: theirs %s .. %s, ours %s .. %s: %s\n",
				tasks[i].id, tasks[i].summary ? " (parent)" : "",
				(long long)tasks[i].key, tasks[i].name, show(tasks[i].start, a),
				show(tasks[i].finish, b), show(plan->start[task], c),
				show(plan->finish[task], d), why ? why : "not explained");
	}
}

static int schedule(const struct import *import, bool verbose, struct count *count, struct err *err)
{
	struct plan_options options = { .facts = true };
	const struct import_file *files = import->files.items;
	struct source *source = source_memory_new();
	struct project project;
	struct diagnostics found;
	struct plan plan;
	int result;

	for (size_t i = 0; i < import->files.len; i++)
		source_memory_add(source, files[i].path, strbuf_slice(&files[i].text));
	diagnostics_init(&found);
	result = project_load(&project, source, 1, &found, err);
	if (!result) {
		project_check(&project, 1, &found);
		result = plan_build(&plan, &project, &options, &found, err);
		if (!result)
			result = plan_schedule(&plan, &options, &found, err);
		if (!result)
			compare(&plan, &project, import, verbose, count);
		plan_release(&plan);
	}
	if (verbose || result)
		print_findings(&found);
	project_release(&project);
	source_free(source);
	diagnostics_release(&found);
	return result;
}

static int agreement(const char *path, bool verbose, struct count *count, struct err *err)
{
	struct import_options options = { .project = true };
	struct diagnostics found;
	struct import import;
	struct strbuf xml;
	int result;

	strbuf_init(&xml);
	import_init(&import);
	diagnostics_init(&found);
	result = file_read(&xml, path, err);
	if (!result)
		result = mspdi_import(strbuf_slice(&xml), path, &options, &import, &found, err);
	if (!result)
		result = schedule(&import, verbose, count, err);
	if (verbose)
		print_findings(&found);
	if (getenv("SHOW"))
		for (size_t i = 0; i < import.files.len; i++)
			printf("; %s\n%s\n", ((struct import_file *)import.files.items)[i].path,
				((struct import_file *)import.files.items)[i].text.buf);
	diagnostics_release(&found);
	import_release(&import);
	strbuf_release(&xml);
	return result;
}

static double percent(const struct count *count)
{
	return count->tasks ? 100.0 * (double)count->agree / (double)count->tasks : 100;
}

int main(int argc, char **argv)
{
	struct count all = { 0, 0, 0 };
	bool verbose = argc > 1 && !strcmp(argv[1], "-v"), good = true;

	for (int i = 1 + verbose; i < argc; i++) {
		struct count one = { 0, 0, 0 };
		struct err err;

		err_init(&err);
		printf("%s\n", argv[i]);
		if (agreement(argv[i], verbose, &one, &err)) {
			printf("    failed: %s\n", err.message ? err.message : "");
			good = false;
		}
		printf("    %zu of %zu tasks agree, %.1f %%\n", one.agree, one.tasks,
			percent(&one));
		all.tasks += one.tasks;
		all.agree += one.agree;
		all.unexplained += one.unexplained;
		err_release(&err);
	}
	printf("all: %zu of %zu tasks agree, %.1f %%; %zu not explained\n", all.agree, all.tasks,
		percent(&all), all.unexplained);
	return good && percent(&all) >= 99 && all.unexplained == 0 ? 0 : 1;
}
