#include "plan/progress.h"

#include "base/alloc.h"

#include <stdlib.h>

struct sums {
	double effort, effort_done, duration, duration_done;
};

static double written_progress(const struct plan *plan, uint32_t task, struct arena *scratch)
{
	const struct record *record = plan->records[task];
	struct value value;
	struct slice text;
	if (plan->flags[task] & PLAN_FINISHED)
		return 100;
	if (plan_is_synthetic(plan, task))
		return 0;
	if (!record_text(record, "progress", &text) ||
		!record_value(plan->project, record, kind_field_named(record->kind, "progress"), scratch, &value))
		return plan_share_done(plan, task) * 100;
	double progress = decimal_to_double(value.as.number);
	return progress < 0 ? 0 : progress > 100 ? 100 : progress;
}

static double parent_progress(const struct sums *sums)
{
	if (sums->effort > 0)
		return 100 * sums->effort_done / sums->effort;
	return sums->duration > 0 ? 100 * sums->duration_done / sums->duration : 0;
}

void progress_roll_up(const struct plan *plan, double *progress)
{
	struct sums *sums = xcalloc(plan->task_count, sizeof(*sums));
	struct arena scratch;
	arena_init(&scratch);
	for (uint32_t t = plan->task_count; t-- > 0;) {
		struct sums *own = &sums[t];
		if (plan->flags[t] & PLAN_SUMMARY) {
			progress[t] = parent_progress(own);
		} else {
			progress[t] = written_progress(plan, t, &scratch);
			own->effort = plan->flags[t] & PLAN_CANCELLED ? 0 : (double)plan->effort[t];
			own->duration = plan->flags[t] & PLAN_CANCELLED ? 0 : (double)plan->duration[t];
			own->effort_done = own->effort * progress[t] / 100;
			own->duration_done = own->duration * progress[t] / 100;
		}
		if (plan->parent[t] == PLAN_NO_TASK)
			continue;
		struct sums *above = &sums[plan->parent[t]];
		above->effort += own->effort;
		above->effort_done += own->effort_done;
		above->duration += own->duration;
		above->duration_done += own->duration_done;
	}
	arena_release(&scratch);
	free(sums);
}

double progress_total(const struct plan *plan)
{
	double *progress = xcalloc(plan->task_count, sizeof(*progress));
	double effort = 0, done = 0;

	progress_roll_up(plan, progress);
	for (uint32_t t = 0; t < plan->task_count; t++) {
		double weight;
		if (plan->flags[t] & (PLAN_SUMMARY | PLAN_CANCELLED))
			continue;
		weight = (double)(plan->effort[t] ? plan->effort[t] : plan->duration[t]);
		effort += weight;
		done += weight * progress[t] / 100;
	}
	free(progress);
	return effort > 0 ? 100 * done / effort : 0;
}

bool progress_is_open(const struct plan *plan, uint32_t task, moment_t today)
{
	if ((plan->flags[task] & PLAN_OCCURRENCE) && plan->finish[task] <= today)
		return false;
	return !(plan->flags[task] & (PLAN_SUMMARY | PLAN_CANCELLED | PLAN_FINISHED | PLAN_BUFFER));
}

moment_t progress_today(const struct plan *plan, moment_t now)
{
	return plan && plan->status != MOMENT_NONE ? plan->status : now;
}

/* A date-only deadline means the end of its day. */
static bool misses_deadline(const struct plan *plan, uint32_t task)
{
	struct slice text;
	moment_t moment;
	bool has_time;

	if (plan_is_synthetic(plan, task) || !record_text(plan->records[task], "deadline", &text) ||
		moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return false;
	return plan->finish[task] > (has_time ? moment : moment + MINUTES_PER_DAY);
}

/* By its dates or progress, or because somebody says so. */
static bool is_under_way(const struct plan *plan, uint32_t task)
{
	return (plan->flags[task] & PLAN_STARTED) ||
		word_index("doing|review|blocked", record_text_or(plan->records[task], "status")) >= 0;
}

struct progress_counts progress_counts_of(const struct plan *plan, moment_t today)
{
	struct progress_counts c = { 0 };

	for (uint32_t t = 0; t < plan->task_count; t++) {
		if ((plan->flags[t] & (PLAN_SUMMARY | PLAN_CANCELLED)) || plan_is_synthetic(plan, t))
			continue;
		c.leaves++;
		c.done += (plan->flags[t] & PLAN_FINISHED) != 0;
		if (!progress_is_open(plan, t, today))
			continue;
		c.started += is_under_way(plan, t);
		c.late += plan->finish[t] < today;
		c.negative += plan->total_float[t] < 0;
		c.missed += misses_deadline(plan, t);
		c.critical += (plan->flags[t] & PLAN_CRITICAL) != 0;
		c.blocked += slice_is(record_text_or(plan->records[t], "status"), "blocked");
	}
	return c;
}

moment_t progress_baseline_finish(const struct plan *plan)
{
	moment_t latest = MOMENT_NONE;

	for (uint32_t t = 0; plan->baseline_finish && t < plan->task_count; t++)
		if (plan->baseline_finish[t] != MOMENT_NONE &&
			(latest == MOMENT_NONE || plan->baseline_finish[t] > latest))
			latest = plan->baseline_finish[t];
	return latest;
}
