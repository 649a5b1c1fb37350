/* The forward pass run by run, through the calendars. */
#include "simulate/simulate-internal.h"

#include <string.h>

#define LAST_MOMENT moment_from_date(date_from_civil(9999, 12, 31))

static void set_amounts(struct plan_trial *trial, const struct inputs *inputs, const struct draws *draws, size_t lane)
{
	for (uint32_t i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];
		int64_t amount = draws->amount[i][lane];

		if (input->role == INPUT_AMOUNT)
			plan_trial_set(trial, input->task, amount);
		else if (input->role == INPUT_LEFT)
			plan_trial_set_left(trial, input->task, amount);
		else
			plan_trial_delay_parent(trial, input->task, amount);
	}
}

/* The chain of drivers that ends with the target, or with what ends last. */
static void follow_drivers(const struct plan_trial *trial, uint32_t task, bool *critical)
{
	const struct plan *plan = plan_trial_plan(trial);
	enum plan_driver how;

	memset(critical, 0, plan->task_count * sizeof(*critical));
	if (task == PLAN_NO_TASK || (plan->flags[task] & PLAN_SUMMARY))
		task = plan_trial_last(trial, task);
	for (; task != PLAN_NO_TASK && !critical[task]; task = plan_trial_driver(trial, task, &how))
		critical[task] = true;
}

static bool pass_once(struct plan_trial *trial, const uint32_t *rank, uint32_t target, bool *critical)
{
	if (plan_trial_run(trial) != 0)
		return false;
	if (!rank) {
		plan_trial_critical(trial, target, critical);
		return true;
	}
	plan_trial_level(trial, rank);
	follow_drivers(trial, target, critical);
	return true;
}

void trial_pass(struct plan_trial *trial, const uint32_t *rank, const struct inputs *inputs, const struct draws *draws,
	size_t lanes, bool *critical, struct pass_results *results)
{
	const struct plan *plan = plan_trial_plan(trial);
	const moment_t *finish = rank ? plan->finish : plan->early_finish;

	for (size_t l = 0; l < lanes; l++) {
		bool done;

		set_amounts(trial, inputs, draws, l);
		done = pass_once(trial, rank, results->target, critical);
		results->failed += !done;
		for (uint32_t i = 0; i < plan->task_count && done; i++)
			results->critical[i] += critical[i];
		for (uint32_t w = 0; w < results->watched_count; w++) {
			uint32_t task = results->watched[w];

			results->finish[w * LANES + l] = !done ? LAST_MOMENT : task == PLAN_NO_TASK ? plan->project_finish : finish[task];
		}
	}
}
