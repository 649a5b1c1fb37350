/*
 * The current baseline: the dates at which the plan was frozen, beside the dates of today. Read from the lines of
 * [baseline NAME] tasks, "ID START FINISH …"; tasks that are not in it have none.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"

static const struct record *current_baseline(const struct project *project)
{
	struct slice name = slice_trim(project_setting(project, "baseline"));

	return name.len ? project_find(project, kind_find(slice_of("baseline")), name) : NULL;
}

/* The next word of a line; blanks may repeat. */
static struct slice next_word(struct slice *line)
{
	struct slice word = { 0 };

	while (slice_next(line, " \t", &word) && !word.len)
		;
	return word;
}

static moment_t next_moment(struct slice *line)
{
	moment_t moment;
	bool has_time;

	return moment_parse(next_word(line), &moment, &has_time) == CIVIL_OK ? moment : MOMENT_NONE;
}

static void read_line(struct plan *plan, const struct kind *kind, struct slice line)
{
	const struct record *record = project_find(plan->project, kind, next_word(&line));
	uint32_t task = record ? plan_task(plan, record) : PLAN_NO_TASK;

	if (task == PLAN_NO_TASK)
		return;
	plan->baseline_start[task] = next_moment(&line);
	plan->baseline_finish[task] = next_moment(&line);
}

static moment_t *no_moments(struct plan *plan)
{
	moment_t *moments = arena_calloc(&plan->arena, (size_t)plan->task_count + 1, sizeof(*moments));

	for (uint32_t i = 0; i < plan->task_count; i++)
		moments[i] = MOMENT_NONE;
	return moments;
}

void plan_read_baseline(struct plan *plan)
{
	const struct record *baseline = current_baseline(plan->project);
	const struct kind *kind = kind_find(slice_of("task"));
	struct slice text, line;

	if (!baseline || !record_text(baseline, "tasks", &text))
		return;
	plan->baseline_start = no_moments(plan);
	plan->baseline_finish = no_moments(plan);
	while (slice_next(&text, "\n", &line))
		read_line(plan, kind, line);
}
