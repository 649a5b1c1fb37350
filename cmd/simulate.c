/* `pmt simulate`: how likely the plan's dates and costs are. */
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/options.h"
#include "cmd/cli/progress.h"

#include "report/simulation.h"

#include <string.h>

enum { RUNS_MOST = 10000000, THREADS_MOST = 1024 };

struct simulate_options {
	long runs, threads;
	bool level;
	const char *seed, *to, *risks, *correlation, *task_correlation, *figure;
};

static const struct option_spec specs[] = {
	{ 'n', "runs", OPTION_COUNT, offsetof(struct simulate_options, runs), N_("N"),
		N_("How many runs (default 10000)") },
	{ 0, "seed", OPTION_TEXT, offsetof(struct simulate_options, seed), N_("N"),
		N_("Which random numbers (default 1); the same seed gives the same answer everywhere") },
	{ 0, "level", OPTION_FLAG, offsetof(struct simulate_options, level), NULL,
		N_("People limit the dates of every run: tasks take their places in the order of the levelled plan") },
	{ 0, "to", OPTION_TEXT, offsetof(struct simulate_options, to), N_("TASK"),
		N_("Measure the finish of this task or milestone instead of the project's") },
	{ 0, "risks", OPTION_TEXT, offsetof(struct simulate_options, risks), N_("HOW"),
		N_("before or after: with their impact before or after the response; none: leave them out. Without: as each stands") },
	{ 0, "correlation", OPTION_TEXT, offsetof(struct simulate_options, correlation), N_("PERCENT"),
		N_("How strongly risks of one group or category move together (default 30%)") },
	{ 0, "task-correlation", OPTION_TEXT, offsetof(struct simulate_options, task_correlation), N_("PERCENT"),
		N_("How strongly estimates of tasks assigned to the same move together (default 0%)") },
	{ 0, "figure", OPTION_TEXT, offsetof(struct simulate_options, figure), N_("NAME"),
		N_("Only one figure: histogram, curve, cost, tornado or criticality") },
	{ 0, "threads", OPTION_COUNT, offsetof(struct simulate_options, threads), N_("N"),
		N_("On so many processors (default: all); the answer is the same") },
	OPTIONS_END,
};

static int read_percent(const char *name, const char *text, double *out, struct err *err)
{
	struct slice word = slice_trim(slice_of(text));
	decimal_t percent;

	if (word.len > 0 && word.at[word.len - 1] == '%')
		word.len--;
	if (decimal_parse(word, &percent) != DECIMAL_OK || percent < 0 || percent > 100 * DECIMAL_ONE)
		return err_set(err, ERR_USAGE, _("--%s takes a percentage from 0%% to 100%%, not '%s'"), name, text);
	*out = (double)percent / (100 * DECIMAL_ONE);
	return 0;
}

static int read_risks(const char *word, enum simulation_risks *out, struct err *err)
{
	static const enum simulation_risks ways[] = { RISKS_BEFORE, RISKS_RESPONDED, RISKS_NONE };
	int index = word_index("before|after|none", slice_of(word));

	if (index < 0)
		return err_set(err, ERR_USAGE, _("--risks takes before, after or none, not '%s'"), word);
	*out = ways[index];
	return 0;
}

static int read_options(struct context *context, const struct simulate_options *given, struct simulation_options *out,
	struct err *err)
{
	int status = 0;

	if (given->runs < 0 || given->runs > RUNS_MOST)
		return err_set(err, ERR_USAGE, _("-n takes a number of runs from 1 to %d, not %ld"), RUNS_MOST, given->runs);
	if (given->threads < 0 || given->threads > THREADS_MOST)
		return err_set(err, ERR_USAGE, _("--threads takes a number from 1 to %d, not %ld"), THREADS_MOST, given->threads);
	if (given->figure && word_index(simulation_figures, slice_of(given->figure)) < 0)
		return err_set(err, ERR_USAGE, _("'%s' is no figure; histogram, curve, cost, tornado and criticality are"),
			given->figure);
	if (given->runs > 0)
		out->runs = (size_t)given->runs;
	out->threads = (unsigned)given->threads;
	out->level = given->level;
	if (given->seed)
		status = option_seed(given->seed, &out->seed, err);
	if (status == 0 && given->risks)
		status = read_risks(given->risks, &out->risks, err);
	if (status == 0 && given->correlation)
		status = read_percent("correlation", given->correlation, &out->risk_correlation, err);
	if (status == 0 && given->task_correlation)
		status = read_percent("task-correlation", given->task_correlation, &out->task_correlation, err);
	if (status == 0 && given->to)
		status = noun_resolve_task(context, given->to, &out->target, err);
	return status;
}

/* What the reader has to know about the numbers. */
static void add_notes(struct context *context, const struct simulation *s)
{
	const struct plan_costs *costs = &s->planned_costs;

	if (s->estimates == 0 && s->risk_count == 0)
		context_note(context, _("nothing varies: no open task has an estimate of three values, and no risk a probability"));
	if (s->runs < s->options.runs)
		context_note(context, _("stopped after %zu of %zu runs; these are counted"), s->runs, s->options.runs);
	if (s->failed > 0)
		context_note(context, _("in %zu runs a task found no working time; they count as finished at the end of 9999"), s->failed);
	if (costs->unknown > 0)
		context_note(context, _("%u amounts in %s and other currencies without a rate are left out of the cost"), costs->unknown,
			costs->unknown_currency);
	if (context->project.overlay == OVERLAY_ABSENT)
		context_note(context, _("the overlay cannot be read here: costs are without what it holds"));
}

static int emit(struct context *context, const struct simulation *s, const struct condition *condition, const char *figure,
	struct err *err)
{
	struct simulation_request request = { s, condition, context_scope(context), context_wants_data(context), figure };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.simulate/1");
	doc.units = context->project.units;
	doc_title(&doc, cell_text(&doc.arena, project_setting(&context->project, "name")));
	simulation_report(&doc, &request);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run(struct context *context, const void *given, struct strvec *arguments, struct err *err)
{
	const struct simulate_options *words = given;
	struct plan_options plan_options = { .facts = true, .now = context->now };
	struct simulation_options options = simulation_defaults(&plan_options);
	struct condition *condition = NULL;
	struct progress progress;
	struct simulation s;
	int status = read_options(context, words, &options, err);

	if (status == 0)
		status = context_condition(context, kind_find(slice_of("task")), arguments, &condition, err);
	if (status != 0)
		return status;
	progress_start(&progress, context, _("runs"));
	options.cancel = &progress.cancel;
	options.progress = progress_count;
	options.progress_context = &progress;
	status = simulation_run(&s, &context->plan, &options, err);
	progress_end(&progress);
	if (status == 0) {
		add_notes(context, &s);
		status = emit(context, &s, condition, words->figure, err);
	}
	simulation_release(&s);
	return status;
}

const struct command cmd_simulate = {
	.name = "simulate",
	.group = GROUP_PLAN,
	.summary = N_("How likely dates and costs are: Monte Carlo over estimates and risks"),
	.usage = "[-n N] [--seed N] [--level] [--to TASK] [CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct simulate_options),
	.needs = NEEDS_PLAN,
	.run = run,
};
