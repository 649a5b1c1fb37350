/*
 * The order that 'pmt schedule --optimize --save' left in the project, as ranks.
 *
 * Idea: tasks that it names stand in its order. Every other task (added or renamed since) takes its turn by the rule of late starts: it goes
 * before the first named task that has a later one. So a small edit of the plan moves little.
 *
 * Example: named are A B C, of late starts 1 5 3; D of late start 4 is new: before B, so A D B C.
 * Cost: O(tasks × log tasks).
 */
#include "plan/level-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

struct turn {
	moment_t late;   /* latest start of this task or of a named one before it */
	uint32_t named;  /* place in the list; those that are not named come behind their like */
	uint32_t task;
};

static int by_turn(const void *a, const void *b, void *context)
{
	const struct turn *x = a, *y = b;

	(void)context;
	if (x->late != y->late)
		return x->late < y->late ? -1 : 1;
	return (x->named > y->named) - (x->named < y->named);
}

static const struct record *saved_record(const struct plan *plan)
{
	const struct kind *kind = kind_find(slice_of("sequence"));

	return project_count(plan->project, kind) > 0 ? project_at(plan->project, kind, 0) : NULL;
}

bool level_saved_is_for_finish(const struct plan *plan)
{
	const struct record *record = saved_record(plan);
	struct slice objective = record ? slice_trim(record_text_or(record, "objective")) : slice_of("");

	return objective.len == 0 || slice_is(objective, "finish");
}

/* Named tasks in turn; their late starts made to rise along the list. Returns how many there are. */
static uint32_t read_named(const struct plan *plan, struct slice list, struct turn *turns)
{
	const struct kind *tasks = kind_find(slice_of("task"));
	uint32_t count = 0;
	moment_t late = INT64_MIN;
	struct slice id;

	while (slice_next(&list, ",\n", &id)) {
		const struct record *record = id.len ? project_find(plan->project, tasks, id) : NULL;
		uint32_t task = record ? plan_task(plan, record) : PLAN_NO_TASK;

		if (task == PLAN_NO_TASK || turns[task].named != UINT32_MAX)
			continue;
		if (plan->late_start[task] > late)
			late = plan->late_start[task];
		turns[task].late = late;
		turns[task].named = count++;
	}
	return count;
}

bool level_saved_order(const struct plan *plan, uint32_t *rank)
{
	const struct record *record = saved_record(plan);
	struct turn *turns;
	uint32_t named;

	if (!record)
		return false;
	turns = xcalloc((size_t)plan->task_count + 1, sizeof(*turns));
	for (uint32_t i = 0; i < plan->task_count; i++)
		turns[i] = (struct turn){ plan->late_start[i], UINT32_MAX, i };
	named = read_named(plan, record_text_or(record, "tasks"), turns);
	stable_sort(turns, plan->task_count, sizeof(*turns), by_turn, NULL);
	for (uint32_t i = 0; i < plan->task_count; i++)
		rank[turns[i].task] = i;
	free(turns);
	return named > 0;
}
