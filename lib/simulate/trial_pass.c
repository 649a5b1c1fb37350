/* The forward pass run by run, through the calendars. */
#include "simulate/simulate-internal.h"

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

void trial_pass(struct plan_trial *trial, const struct inputs *inputs, const struct draws *draws, size_t lanes,
	bool *critical, struct pass_results *results)
{
	const struct plan *plan = plan_trial_plan(trial);

	for (size_t l = 0; l < lanes; l++) {
		bool failed;

		set_amounts(trial, inputs, draws, l);
		failed = plan_trial_run(trial) != 0;
		results->failed += failed;
		plan_trial_critical(trial, results->target, critical);
		for (uint32_t i = 0; i < plan->task_count; i++)
			results->critical[i] += critical[i];
		for (uint32_t w = 0; w < results->watched_count; w++) {
			uint32_t task = results->watched[w];

			results->finish[w * LANES + l] = failed ? LAST_MOMENT :
				task == PLAN_NO_TASK           ? plan->project_finish :
								 plan->early_finish[task];
		}
	}
}
