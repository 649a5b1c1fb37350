/*
 * `pmt risk show`: the page of every record, and what simulation says of the risk: finish and cost with it and without it. Both runs use
 * the same draws for all else, so a few hundred tell; how many follows from the size of the project, unless it is said. A page must not keep
 * anybody waiting: in a large project it is made without.
 */
#include "cmd/cli/noun_list-internal.h"
#include "cmd/cli/options.h"
#include "cmd/cli/progress.h"
#include "cmd/cli/risk.h"

#include "report/risk.h"
#include "simulate/simulate.h"

#include <math.h>

enum { RUNS_USUAL = 500, RUNS_MOST = 100000, DRAWS_USUAL = 200000, SIZE_MOST = 2000 };

const struct option_spec risk_show_specs[] = {
	{ 'n', "runs", OPTION_TEXT, offsetof(struct risk_options, runs), N_("N"),
		N_("Simulate so many runs with and without each risk; 0: none (default: up to 500; none in large projects)") },
	OPTIONS_END,
};

/* -1: by the size. */
static int read_runs(const char *text, long *out, struct err *err)
{
	decimal_t number;

	*out = -1;
	if (!text)
		return 0;
	if (decimal_parse(slice_of(text), &number) != DECIMAL_OK || number < 0 || number % DECIMAL_ONE ||
		number > RUNS_MOST * (decimal_t)DECIMAL_ONE)
		return err_set(err, ERR_USAGE, _("-n takes a number of runs from 0 to %d, not '%s'"), RUNS_MOST, text);
	*out = (long)(number / DECIMAL_ONE);
	return 0;
}

static size_t runs_for(const struct context *context, long asked)
{
	size_t size = context->plan.task_count + project_count(&context->project, kind_find(slice_of("risk"))) + 1;
	size_t runs = DRAWS_USUAL / size;

	if (asked >= 0)
		return (size_t)asked;
	return size > SIZE_MOST ? 0 : runs > RUNS_USUAL ? RUNS_USUAL : runs;
}

static bool simulate(struct context *context, struct simulation_options *options, const struct record *without, struct simulation *out)
{
	struct progress progress;
	struct err trouble;
	int status;

	context_err_init(&trouble);
	progress_start(&progress, context, _("runs"));
	options->without = without;
	options->cancel = &progress.cancel;
	options->progress = progress_count;
	options->progress_context = &progress;
	status = simulation_run(out, &context->plan, options, &trouble);
	if (progress_end(&progress) && status == 0)
		status = ERR_CANCELLED;
	err_release(&trouble);
	return status == 0;
}

static void take(struct risk_effect *effect, const struct simulation *s, int side)
{
	effect->finish[side] = simulation_finish(s, 0.8);
	effect->mean_finish[side] = s->mean_finish;
	effect->cost[side] = simulation_cost(s, 0.8);
	effect->mean_cost[side] = (decimal_t)llround(s->cost_mean);
}

/* Only what was drawn has an effect: open, with a probability. */
static bool is_drawn(const struct simulation *s, const struct record *record)
{
	for (size_t i = 0; i < s->risk_count; i++)
		if (s->risks[i].record == record)
			return true;
	return false;
}

static void add_effects(struct list *list, struct doc *doc)
{
	struct context *context = list->context;
	struct plan_options plan_options = { .facts = true, .now = context->now };
	struct simulation_options options = simulation_defaults(&plan_options);
	struct record *const *records = list->records.items;
	struct simulation with, without;
	struct vec effects;
	struct err trouble;
	bool going;

	context_err_init(&trouble);
	going = context_plan(context, &trouble) == 0 && context->plan.task_count;
	err_release(&trouble);
	options.runs = going ? runs_for(context, *(const long *)list->more_options) : 0;
	if (!options.runs)
		return;
	doc->units = context->project.units;
	vec_init(&effects, sizeof(struct risk_effect));
	going = simulate(context, &options, NULL, &with);
	for (size_t i = 0; i < list->records.len && going; i++) {
		struct risk_effect effect = { .record = records[i] };

		if (!is_drawn(&with, records[i]))
			continue;
		going = simulate(context, &options, records[i], &without);
		take(&effect, &with, 0);
		take(&effect, &without, 1);
		simulation_release(&without);
		if (going)
			vec_append(&effects, &effect);
	}
	simulation_release(&with);
	if (effects.len)
		risk_effects_report(doc, &context->plan, effects.items, effects.len, options.runs, context_wants_data(context));
	vec_release(&effects);
}

int risk_show_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct risk_options *o = options;
	long runs;
	int status = read_runs(o->runs, &runs, err);

	return status < 0 ? status : noun_show_with(context, words, add_effects, &runs, err);
}
