/*
 * Finding the critical chain and the chains that feed it; chain.h says what they are.
 *
 * The critical chain is followed back from the task that ends last, each time to the leaf that drives it (plan/trial.h). A feeding chain is
 * followed back in the same way from each predecessor of a task on the chain, as long as leaves belong to no chain yet; longer ones first, so
 * that what feeds two joins belongs to the one that matters more.
 */
#include "plan/estimate.h"
#include "plan/trial.h"
#include "simulate/chain.h"

#include "base/alloc.h"
#include "base/vec.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NO_CHAIN UINT32_MAX

struct finder {
	struct critical_chain *out;
	const struct plan *planned;  /* without facts, levelled with aggressive durations */
	const struct plan *projected; /* with facts, likewise */
	struct plan_trial *trial, *trial_now;
	uint32_t *rank, *rank_now;
	uint32_t *now_of;    /* by task without facts: the same with them, or PLAN_NO_TASK (occurrences may differ) */
	uint32_t *chain_of;  /* by task: index of its chain, or NO_CHAIN */
	int64_t *aggressive, *safe; /* by task: durations */
	struct vec chains;   /* struct buffered_chain */
};

struct chain_options chain_defaults(moment_t now)
{
	return (struct chain_options){ { CHAIN_QUANTILE, 0.5 }, { CHAIN_QUANTILE, 0.9 }, CHAIN_CUT_AND_PASTE, 0.5, { 0.15, 0.75 },
		{ 0.30, 0.90 }, now };
}

int64_t chain_buffer(const struct chain_task *tasks, uint32_t count, enum chain_method method, double share)
{
	double sum = 0;

	for (uint32_t i = 0; i < count; i++) {
		double cut = tasks[i].safe > tasks[i].aggressive ? (double)(tasks[i].safe - tasks[i].aggressive) : 0;

		sum += method == CHAIN_RSEM ? cut * cut : (double)tasks[i].length;
	}
	return (int64_t)llround(method == CHAIN_RSEM ? sqrt(sum) : sum * share);
}

enum chain_zone chain_zone_of(const struct chain_options *o, double completion, double consumption)
{
	if (consumption > o->red[0] + (o->red[1] - o->red[0]) * completion)
		return CHAIN_RED;
	return consumption > o->yellow[0] + (o->yellow[1] - o->yellow[0]) * completion ? CHAIN_YELLOW : CHAIN_GREEN;
}

/* --- durations --- */

static double point_of(const struct chain_point *point, const struct estimate *e, enum distribution distribution)
{
	switch (point->type) {
	case CHAIN_OPTIMISTIC:
		return (double)e->optimistic;
	case CHAIN_LIKELY:
		return (double)e->likely;
	case CHAIN_PESSIMISTIC:
		return (double)e->pessimistic;
	case CHAIN_QUANTILE:
		break;
	}
	return estimate_quantile(e, distribution, point->p);
}

/* A leaf's amount at a point of its estimate; its own where there is none. */
static int64_t amount_at(const struct plan *plan, uint32_t task, const struct chain_point *point)
{
	const char *field = plan_amount_field(plan, task);
	const struct record *record = plan->records[task];
	struct slice text = slice_of(""), name = slice_of("");
	struct estimate e;

	if (!field || !record_text(record, field, &text) || duration_parse(text, &plan->project->units, &e, NULL) != 0 ||
		!e.three_point)
		return plan_amount(plan, task);
	if (!record_text(record, "distribution", &name) || slice_trim(name).len == 0)
		name = project_setting(plan->project, "distribution");
	return (int64_t)llround(point_of(point, &e, distribution_named(name)));
}

static bool is_leaf(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_SUMMARY | PLAN_CANCELLED | PLAN_BUFFER | PLAN_OCCURRENCE));
}

/* Runs a trial with every open leaf at a point of its estimate, and levels it. */
static int run_at(struct plan_trial *trial, const struct plan *plan, const struct chain_point *point, const uint32_t *rank,
	struct err *err)
{
	for (uint32_t i = 0; i < plan->task_count; i++) {
		int64_t amount, whole;

		if (!is_leaf(plan, i) || (plan->flags[i] & PLAN_FINISHED))
			continue;
		amount = amount_at(plan, i, point);
		whole = plan_amount(plan, i);
		if (plan->flags[i] & PLAN_STARTED)
			plan_trial_set_left(trial, i, whole > 0 ? decimal_scale(plan_amount_left(plan, i), amount, whole) : 0);
		else
			plan_trial_set(trial, i, amount);
	}
	if (plan_trial_run(trial) != 0)
		return err_set(err, ERR_INPUT, "the plan cannot be computed: 'pmt check' shows its errors");
	plan_trial_level(trial, rank);
	return 0;
}

/* Minutes of duration as a trial has them. */
static void keep_durations(const struct plan *plan, int64_t *out)
{
	for (uint32_t i = 0; i < plan->task_count; i++)
		out[i] = plan->flags[i] & PLAN_ELAPSED ? calendar_between(plan->calendar, plan->start[i], plan->finish[i]) :
							 plan->duration[i];
}

/* --- chains --- */

static moment_t projected(const struct finder *f, uint32_t task)
{
	return f->now_of[task] == PLAN_NO_TASK ? f->planned->finish[task] : f->projected->finish[f->now_of[task]];
}

static struct chain_task make_task(const struct finder *f, uint32_t task)
{
	return (struct chain_task){ .task = task, .aggressive = f->aggressive[task], .safe = f->safe[task],
		.planned_start = f->planned->start[task], .planned_finish = f->planned->finish[task],
		.projected_finish = projected(f, task) };
}

/* Back from a leaf over drivers that are on no chain; the tasks come out last first. */
static void follow(struct finder *f, uint32_t task, uint32_t chain, struct vec *tasks)
{
	while (task != PLAN_NO_TASK && f->chain_of[task] == NO_CHAIN) {
		struct chain_task at = make_task(f, task);
		enum plan_driver how;
		uint32_t before = plan_trial_driver(f->trial, task, &how);

		at.by_people = how == DRIVER_PEOPLE;
		f->chain_of[task] = chain;
		if (!(f->planned->flags[task] & PLAN_BUFFER))
			vec_append(tasks, &at);
		task = before;
	}
}

/* Working minutes that each task adds after the end of the one before it. */
static void measure_lengths(const struct finder *f, struct buffered_chain *chain)
{
	for (uint32_t i = 0; i < chain->count; i++) {
		struct chain_task *t = &chain->tasks[i];

		t->length = t->aggressive;
		if (i > 0) {
			int64_t more = calendar_between(f->planned->calendar, chain->tasks[i - 1].planned_finish, t->planned_finish);

			more = more > 0 ? more : 0;
			t->length = more < t->length ? more : t->length;
		}
		chain->length += t->length;
	}
}

/* People may have taken the tasks in another order than planned: the chain ends with whichever is last now. */
static moment_t latest_end(const struct finder *f, const struct buffered_chain *chain, uint32_t last)
{
	moment_t latest = projected(f, last);

	for (uint32_t i = 0; i < chain->count; i++)
		if (chain->tasks[i].projected_finish > latest)
			latest = chain->tasks[i].projected_finish;
	return latest;
}

static void add_chain(struct finder *f, uint32_t last, uint32_t joins)
{
	uint32_t index = (uint32_t)f->chains.len;
	struct buffered_chain chain = { .joins = joins };
	const struct calendar *calendar = f->planned->calendar;
	struct vec tasks;

	vec_init(&tasks, sizeof(struct chain_task));
	follow(f, last, index, &tasks);
	chain.count = (uint32_t)tasks.len;
	chain.tasks = arena_calloc(&f->out->arena, tasks.len + 1, sizeof(struct chain_task));
	for (uint32_t i = 0; i < chain.count; i++)
		chain.tasks[i] = *(struct chain_task *)vec_at(&tasks, chain.count - 1 - i);
	vec_release(&tasks);
	measure_lengths(f, &chain);
	chain.buffer = chain_buffer(chain.tasks, chain.count, f->out->options.method, f->out->options.share);
	chain.planned_finish = f->planned->finish[last];
	chain.buffered_finish = calendar_add(calendar, chain.planned_finish, chain.buffer);
	chain.projected_finish = latest_end(f, &chain, last);
	if (joins != PLAN_NO_TASK)
		chain.gap = calendar_between(calendar, chain.planned_finish, f->planned->start[joins]);
	if (chain.length > 0)
		vec_append(&f->chains, &chain);
}

/* A predecessor outside the chain, and the task it joins. */
struct join {
	uint32_t from, to;
	moment_t finish;
};

static int later_first(const void *a, const void *b, void *context)
{
	const struct join *x = a, *y = b;

	(void)context;
	if (x->finish != y->finish)
		return x->finish > y->finish ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static void add_feeders(struct finder *f)
{
	const struct buffered_chain *critical = f->chains.items;
	struct vec joins, before;

	vec_init(&joins, sizeof(struct join));
	vec_init(&before, sizeof(uint32_t));
	for (uint32_t i = 0; i < critical->count; i++) {
		uint32_t to = critical->tasks[i].task;

		vec_clear(&before);
		plan_trial_predecessors(f->trial, to, &before);
		for (size_t k = 0; k < before.len; k++) {
			struct join join = { *(uint32_t *)vec_at(&before, k), to, 0 };

			join.finish = f->planned->finish[join.from];
			vec_append(&joins, &join);
		}
	}
	vec_sort(&joins, later_first, NULL);
	for (size_t i = 0; i < joins.len; i++) {
		const struct join *join = vec_at(&joins, i);

		if (f->chain_of[join->from] == NO_CHAIN)
			add_chain(f, join->from, join->to);
	}
	vec_release(&joins);
	vec_release(&before);
}

/* --- how it stands --- */

static double share_done(const struct plan *plan, uint32_t task)
{
	int64_t amount = plan_amount(plan, task);

	if (plan->flags[task] & PLAN_FINISHED)
		return 1;
	if (!(plan->flags[task] & PLAN_STARTED) || amount <= 0)
		return 0;
	return fmax(0, 1 - (double)plan_amount_left(plan, task) / (double)amount);
}

static int64_t slip(const struct finder *f, moment_t planned, moment_t real)
{
	return calendar_between(f->planned->calendar, planned, real);
}

/* Of a feeding chain only what it loses against the task it joins: when both are late alike its buffer is whole. */
static int64_t slip_of_join(const struct finder *f, uint32_t joins)
{
	uint32_t now = joins == PLAN_NO_TASK ? PLAN_NO_TASK : f->now_of[joins];

	return now == PLAN_NO_TASK ? 0 : slip(f, f->planned->start[joins], f->projected->start[now]);
}

/* Room beyond the buffer is lost first. */
static double consumed(const struct buffered_chain *chain, int64_t late)
{
	int64_t spare = chain->joins != PLAN_NO_TASK && chain->gap > chain->buffer ? chain->gap - chain->buffer : 0;

	if (late > 0)
		late = late > spare ? late - spare : 0;
	return chain->buffer > 0 ? (double)late / (double)chain->buffer : 0;
}

static void measure_status(struct finder *f, struct buffered_chain *chain)
{
	double done = 0;

	for (uint32_t i = 0; i < chain->count; i++) {
		uint32_t now = f->now_of[chain->tasks[i].task];

		chain->tasks[i].done = now == PLAN_NO_TASK ? 0 : share_done(f->out->plan, now);
		done += chain->tasks[i].done * (double)chain->tasks[i].length;
	}
	chain->completion = chain->length > 0 ? done / (double)chain->length : 0;
	chain->consumption = consumed(chain,
		slip(f, chain->planned_finish, chain->projected_finish) - slip_of_join(f, chain->joins));
	chain->zone = chain_zone_of(&f->out->options, chain->completion, chain->consumption);
}

/* Where the chain stood when each of its tasks was done. */
static void make_fever(struct finder *f, const struct buffered_chain *critical)
{
	struct critical_chain *out = f->out;
	double done = 0;

	out->fever = arena_calloc(&out->arena, (size_t)critical->count + 1, sizeof(*out->fever));
	for (uint32_t i = 0; i < critical->count; i++) {
		const struct chain_task *t = &critical->tasks[i];

		if (t->done < 1 || t->length == 0)
			continue;
		done += (double)t->length;
		out->fever[out->fever_count++] = (struct fever_point){ done / (double)critical->length,
			consumed(critical, slip(f, t->planned_finish, t->projected_finish)), t->projected_finish, t->task };
	}
	out->fever[out->fever_count++] = (struct fever_point){ critical->completion, critical->consumption, out->options.now,
		PLAN_NO_TASK };
}

static int find(struct finder *f, struct err *err)
{
	struct critical_chain *out = f->out;
	uint32_t last;
	int status;

	status = run_at(f->trial, &out->without, &out->options.safe, f->rank, err);
	if (status == 0) {
		out->safe_finish = f->planned->project_finish;
		keep_durations(f->planned, f->safe);
		status = run_at(f->trial, &out->without, &out->options.aggressive, f->rank, err);
	}
	if (status == 0)
		status = run_at(f->trial_now, out->plan, &out->options.aggressive, f->rank_now, err);
	if (status != 0)
		return status;
	keep_durations(f->planned, f->aggressive);
	last = plan_trial_last(f->trial, PLAN_NO_TASK);
	if (last == PLAN_NO_TASK)
		return err_set(err, ERR_INPUT, "there are no tasks to chain");
	add_chain(f, last, PLAN_NO_TASK);
	if (f->chains.len == 0)
		return err_set(err, ERR_INPUT, "there are no tasks to chain");
	add_feeders(f);
	out->chain_count = (uint32_t)f->chains.len;
	out->chains = arena_calloc(&out->arena, f->chains.len, sizeof(*out->chains));
	memcpy(out->chains, f->chains.items, f->chains.len * sizeof(*out->chains));
	for (uint32_t i = 0; i < out->chain_count; i++)
		measure_status(f, &out->chains[i]);
	make_fever(f, &out->chains[0]);
	return 0;
}

/* The plan as it was meant: actual dates and progress left aside. */
static int build_without(struct critical_chain *out, const struct plan_options *options, struct err *err)
{
	struct diagnostics ignored;
	int status;

	diagnostics_init(&ignored);
	status = plan_build(&out->without, out->plan->project, options, &ignored, err);
	if (status == 0)
		status = plan_schedule(&out->without, options, &ignored, err);
	diagnostics_release(&ignored);
	return status;
}

/* The same task in both plans, and ranks for the one with facts. */
static void pair_plans(struct finder *f)
{
	const struct plan *without = &f->out->without, *plan = f->out->plan;

	f->now_of = xcalloc((size_t)without->task_count + 1, sizeof(*f->now_of));
	f->rank_now = xcalloc((size_t)plan->task_count + 1, sizeof(*f->rank_now));
	for (uint32_t i = 0; i < plan->task_count; i++)
		f->rank_now[i] = without->task_count;
	for (uint32_t i = 0; i < without->task_count; i++) {
		uint32_t now = plan_find(plan, plan_id(without, i));

		f->now_of[i] = now;
		if (now != PLAN_NO_TASK)
			f->rank_now[now] = f->rank[i];
	}
}

static void start_finder(struct finder *f, const struct plan_options *without, const struct plan_options *with)
{
	const struct plan *plan = &f->out->without;
	size_t n = (size_t)plan->task_count + 1;

	vec_init(&f->chains, sizeof(struct buffered_chain));
	f->rank = xcalloc(n, sizeof(*f->rank));
	f->chain_of = xcalloc(n, sizeof(*f->chain_of));
	f->aggressive = xcalloc(n, sizeof(*f->aggressive));
	f->safe = xcalloc(n, sizeof(*f->safe));
	memset(f->chain_of, 0xff, n * sizeof(*f->chain_of));
	plan_trial_ranks(plan, f->rank);
	pair_plans(f);
	f->trial = plan_trial_new(plan, without);
	f->trial_now = plan_trial_new(f->out->plan, with);
	f->planned = plan_trial_plan(f->trial);
	f->projected = plan_trial_plan(f->trial_now);
}

static void stop_finder(struct finder *f)
{
	plan_trial_free(f->trial);
	plan_trial_free(f->trial_now);
	free(f->rank);
	free(f->rank_now);
	free(f->now_of);
	free(f->chain_of);
	free(f->aggressive);
	free(f->safe);
	vec_release(&f->chains);
}

int chain_find(struct critical_chain *out, const struct plan *plan, const struct chain_options *options, struct err *err)
{
	struct plan_options without = { .now = options->now }, with = { .now = options->now, .facts = true };
	struct finder f = { .out = out };
	int status;

	memset(out, 0, sizeof(*out));
	arena_init(&out->arena);
	out->plan = plan;
	out->options = *options;
	status = build_without(out, &without, err);
	if (status != 0)
		return status;
	start_finder(&f, &without, &with);
	status = find(&f, err);
	stop_finder(&f);
	return status;
}

void chain_release(struct critical_chain *chain)
{
	if (chain->without.project)
		plan_release(&chain->without);
	arena_release(&chain->arena);
	memset(chain, 0, sizeof(*chain));
}
