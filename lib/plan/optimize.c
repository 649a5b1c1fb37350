/*
 * Searching for an order: the plan as a problem of lib/solve, and orders judged as levelling places them.
 *
 * A schedule is judged by one number. Finishes are counted in quarters of an hour since the project's start, costs in whole units of the
 * currency, unevenness is Σ over resources of ∫ (used / capacity)² dt in minutes:
 *	finish    the finish itself, in minutes
 *	cost      cost × 2^22 + finish
 *	lateness  minutes × priority late + 2^32, when anything is late; else the finish
 *	levelled  finish × 2^40 + unevenness
 *
 * Cost: schedules × level_pass, or × the integer generation scheme where the plan is an integer instance.
 */
#include "plan/optimize.h"
#include "plan/cost.h"
#include "plan/level-internal.h"
#include "plan/level-problem-internal.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define FINISH_BITS 22
#define UNEVEN_BITS 40
#define LATE_BASE   ((int64_t)1 << 32)

/* Of a budget, what the likeness on the integers gets, in percent. */
enum { LIKENESS_PERCENT = 30, QUARTER = 15 };

const char plan_objectives[] = "finish|cost|lateness|levelled";

struct optimizer {
	struct plan *plan;
	const struct plan_options *options;
	const struct plan_optimize_options *how;
	struct level_instance instance;
	struct level_problem problem;
	int32_t *due, *weight, *position; /* by activity */
	bool exact;                       /* the integer instance is the plan */
	struct levelling levelling;
	moment_t *late_after; /* by task: deadline or not_after, the earlier one; MOMENT_NONE: none */
	uint32_t *rank;       /* of the order at hand */
	uint32_t *best_rank;  /* of the best so far */
	int32_t *best_start;  /* by activity, of the same */
	int64_t best;
	moment_t best_finish, bound;
	uint64_t schedules;
	double began;
};

/* --- the problem ----------------------------------------------------------------------------- */

static moment_t earlier(moment_t a, moment_t b)
{
	return a == MOMENT_NONE || (b != MOMENT_NONE && b < a) ? b : a;
}

/* When tasks are due. A parent has two activities, of which the later one, its closing, is due. */
static void fill_due(struct optimizer *o)
{
	const struct level_instance *in = &o->instance;
	const struct plan *plan = o->plan;

	o->late_after = xcalloc((size_t)plan->task_count + 1, sizeof(*o->late_after));
	o->due = xcalloc((size_t)in->count + 1, sizeof(*o->due));
	o->weight = xcalloc((size_t)in->count + 1, sizeof(*o->weight));
	for (uint32_t i = 0; i < plan->task_count; i++) {
		o->late_after[i] = earlier(plan_extra(plan, i)->deadline, plan_extra(plan, i)->not_after);
		if (plan->flags[i] & PLAN_CANCELLED)
			o->late_after[i] = MOMENT_NONE;
	}
	for (uint32_t i = 0; i < in->count; i++) {
		moment_t after = o->late_after[in->task[i]];
		bool opens = in->dummy[i] && in->first_arc[i + 1] > in->first_arc[i] &&
			plan->parent[in->task[in->arcs[in->first_arc[i]].to]] == in->task[i];
		int64_t minutes;

		o->due[i] = SOLVE_NO_DUE;
		o->weight[i] = in->priority[i] > 0 ? in->priority[i] : 1;
		if (after == MOMENT_NONE || opens)
			continue;
		minutes = calendar_between(plan->calendar, plan->project_start, after) / in->period;
		o->due[i] = minutes < 0 ? 0 : minutes < SOLVE_NO_DUE ? (int32_t)minutes : SOLVE_NO_DUE;
	}
}

static bool has_one_priority(const struct level_instance *in)
{
	int32_t priority = -1;

	for (uint32_t i = 0; i < in->count; i++) {
		if (in->dummy[i] || in->first_demand[i] == in->first_demand[i + 1])
			continue;
		if (priority >= 0 && in->priority[i] != priority)
			return false;
		priority = in->priority[i];
	}
	return true;
}

/* --- judging a schedule ---------------------------------------------------------------------- */

static int64_t finish_quarters(const struct optimizer *o, moment_t end)
{
	int64_t quarters = (end - o->plan->project_start) / QUARTER;
	int64_t most = ((int64_t)1 << FINISH_BITS) - 1;

	return quarters < 0 ? 0 : quarters > most ? most : quarters;
}

static int64_t cost_of(const struct optimizer *o, const struct placing *p)
{
	struct plan_levelled taken = { .choice = p->choice, .choices = p->choices.items, .first_piece = p->first_piece,
		.piece_count = p->piece_count, .pieces = p->pieces.items };
	struct plan_network network = *o->plan->network;
	struct plan dated = *o->plan;
	struct plan_costs costs;
	int64_t total, most = ((int64_t)1 << UNEVEN_BITS) - 1;

	dated.start = p->start;
	dated.finish = p->finish;
	dated.duration = p->duration;
	network.levelled = &taken;
	dated.network = &network;
	plan_costs_init(&costs, &dated);
	total = costs.total / DECIMAL_ONE;
	plan_costs_release(&costs);
	total = total < 0 ? 0 : total > most ? most : total;
	return (total << FINISH_BITS) + finish_quarters(o, p->end);
}

static int64_t lateness_of(const struct optimizer *o, const struct placing *p)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < o->plan->task_count; i++) {
		int32_t weight = plan_priority(o->plan, i);

		if (o->late_after[i] != MOMENT_NONE && p->finish[i] > o->late_after[i])
			sum += (p->finish[i] - o->late_after[i]) * (weight > 0 ? weight : 1);
	}
	return sum ? LATE_BASE + sum : p->end - o->plan->project_start;
}

static int64_t unevenness_of(const struct optimizer *o, const struct placing *p)
{
	int64_t sum = 0, most = ((int64_t)1 << UNEVEN_BITS) - 1;

	for (uint32_t r = 0; r < o->plan->network->resource_count; r++) {
		const struct lane *lane = &o->levelling.lanes[r];

		if (lane->calendar && lane->capacity > 0 && !lane->stock)
			sum += level_profile_load(&lane->profile, &lane->whole, lane->capacity);
	}
	return (finish_quarters(o, p->end) << UNEVEN_BITS) + (sum > most ? most : sum);
}

static int64_t judge(const struct optimizer *o, const struct placing *p)
{
	/* Who found no place spoils every schedule alike. */
	int64_t homeless = p->lost.len ? (int64_t)1 << 62 : 0;

	switch (o->how->objective) {
	case OBJECTIVE_COST:
		return homeless + cost_of(o, p);
	case OBJECTIVE_LATENESS:
		return homeless + lateness_of(o, p);
	case OBJECTIVE_LEVELLED:
		return homeless + unevenness_of(o, p);
	case OBJECTIVE_FINISH:
		break;
	}
	return homeless + (p->end - o->plan->project_start);
}

static int64_t place(struct optimizer *o, const uint32_t *rank, int32_t *start)
{
	const struct level_instance *in = &o->instance;
	struct placing placing;
	moment_t end;
	int64_t value;

	diagnostics_release(&o->levelling.ignored);
	diagnostics_init(&o->levelling.ignored);
	placing_init(&placing, o->plan);
	level_pass(&o->levelling, &placing, rank);
	value = judge(o, &placing);
	end = placing.end;
	for (uint32_t i = 0; i < in->count; i++) {
		moment_t from = placing.start[in->task[i]];
		int64_t at = from > o->plan->project_start ? (from - o->plan->project_start) / in->period : 0;

		start[i] = at < INT32_MAX / 4 ? (int32_t)at : INT32_MAX / 4;
	}
	placing_release(&placing);
	if (value < o->best) {
		o->best = value;
		o->best_finish = end;
		memcpy(o->best_rank, rank, o->plan->task_count * sizeof(*rank));
		memcpy(o->best_start, start, in->count * sizeof(*start));
	}
	return value;
}

static int64_t decode(void *context, const uint32_t *order, int32_t *start)
{
	struct optimizer *o = context;

	for (uint32_t at = 0; at < o->instance.count; at++)
		o->position[order[at]] = (int32_t)at;
	level_order(&o->instance, o->position, o->rank);
	return place(o, o->rank, start);
}

/* --- running --------------------------------------------------------------------------------- */

static double elapsed(const struct optimizer *o)
{
	return o->how->clock ? o->how->clock(o->how->context) - o->began : 0;
}

static double clock_of(void *context)
{
	const struct optimizer *o = context;

	return o->how->clock(o->how->context);
}

static moment_t moment_after(const struct optimizer *o, int64_t periods)
{
	return calendar_add(o->plan->calendar, o->plan->project_start, periods * o->instance.period);
}

static void tell(void *context, const struct solve_progress *p)
{
	struct optimizer *o = context;
	struct plan_optimize_progress progress = { .schedules = o->schedules + p->schedules, .seconds = elapsed(o) };

	progress.finish = o->best_finish;
	progress.bound = o->bound;
	if (o->exact && o->how->objective == OBJECTIVE_FINISH) {
		progress.finish = moment_after(o, p->best);
		if (o->bound == MOMENT_NONE || moment_after(o, p->bound) > o->bound)
			progress.bound = moment_after(o, p->bound);
	}
	if (o->how->progress)
		o->how->progress(o->how->context, &progress);
}

/* Starts by activity of the plan as it is scheduled. */
static int32_t *present_starts(const struct optimizer *o)
{
	const struct level_instance *in = &o->instance;
	int32_t *start = xcalloc((size_t)in->count + 1, sizeof(*start));

	for (uint32_t i = 0; i < in->count; i++) {
		int64_t at = (o->plan->start[in->task[i]] - o->plan->project_start) / in->period;

		start[i] = at < 0 ? 0 : at < INT32_MAX / 4 ? (int32_t)at : INT32_MAX / 4;
	}
	return start;
}

static int search(struct optimizer *o, struct solve_options *options, int percent, struct solve_result *result, struct err *err)
{
	double left = o->how->seconds - elapsed(o);

	options->seed = o->how->seed;
	options->threads = o->how->threads;
	options->cancel = o->how->cancel;
	options->progress = tell;
	options->context = o;
	if (o->how->clock)
		options->clock = clock_of;
	if (o->how->seconds > 0)
		options->seconds = (left > 0.001 ? left : 0.001) * percent / 100;
	if (o->how->schedules > 0)
		options->schedules = (o->how->schedules - o->schedules) * (uint64_t)percent / 100;
	if (o->how->schedules > 0 && options->schedules == 0)
		options->schedules = 1;
	return solve(&o->problem.problem, options, result, err);
}

static enum solve_objective on_integers(const struct optimizer *o)
{
	return o->how->objective == OBJECTIVE_LATENESS ? SOLVE_LATENESS : SOLVE_FINISH;
}

/* On the integers; then, when the plan is more than that, with the levelling itself. */
static int run(struct optimizer *o, struct plan_optimized *out, struct err *err)
{
	int32_t *warm = present_starts(o);
	struct solve_options options = { .objective = on_integers(o), .warm = warm };
	struct solve_result result;
	int status;

	if (options.objective == SOLVE_LATENESS) {
		o->problem.problem.due = o->due;
		o->problem.problem.weight = o->weight;
	}
	status = search(o, &options, o->exact ? 100 : LIKENESS_PERCENT, &result, err);
	if (status == 0) {
		o->schedules += result.schedules;
		level_order(&o->instance, result.start, o->rank);
		place(o, o->rank, warm);
		if (o->exact) {
			if (o->bound == MOMENT_NONE || moment_after(o, result.finish_bound) > o->bound) /* else a meeting is last */
				o->bound = moment_after(o, result.finish_bound);
			out->optimal = result.optimal;
		}
	}
	solve_result_release(&result);
	if (status == 0 && !o->exact && (o->how->schedules == 0 || o->schedules < o->how->schedules)) {
		options = (struct solve_options){ .objective = SOLVE_OWN, .warm = o->best_start, .decode = decode, .least = INT64_MIN };
		if (o->how->objective == OBJECTIVE_FINISH && o->bound != MOMENT_NONE)
			options.least = o->bound - o->plan->project_start;
		status = search(o, &options, 100, &result, err);
		o->schedules += result.schedules;
		solve_result_release(&result);
	}
	free(warm);
	return status;
}

static void optimizer_init(struct optimizer *o)
{
	size_t tasks = (size_t)o->plan->task_count + 1;

	level_instance_init(&o->instance, o->plan);
	o->exact = o->instance.uniform && has_one_priority(&o->instance) &&
		(o->how->objective == OBJECTIVE_FINISH || o->how->objective == OBJECTIVE_LATENESS);
	level_problem_init(&o->problem, &o->instance);
	fill_due(o);
	o->position = xcalloc((size_t)o->instance.count + 1, sizeof(*o->position));
	o->best_start = xcalloc((size_t)o->instance.count + 1, sizeof(*o->best_start));
	o->rank = xcalloc(tasks, sizeof(*o->rank));
	o->best_rank = xcalloc(tasks, sizeof(*o->best_rank));
	o->bound = level_lower_bound(o->plan, o->how, o->exact);
	o->best = INT64_MAX;
	o->best_finish = o->plan->project_finish;
	o->began = o->how->clock ? o->how->clock(o->how->context) : 0;
	levelling_init(&o->levelling, o->plan, o->options);
}

static void optimizer_release(struct optimizer *o)
{
	levelling_release(&o->levelling);
	level_instance_release(&o->instance);
	level_problem_release(&o->problem);
	free(o->due);
	free(o->weight);
	free(o->position);
	free(o->late_after);
	free(o->rank);
	free(o->best_rank);
	free(o->best_start);
}

/* The plan with the better order of the two: the one it was scheduled by, and the best found. */
static void settle(struct optimizer *o, struct plan_optimized *out, const uint32_t *present, int64_t before)
{
	struct plan_options options = *o->options;
	struct diagnostics ignored;

	out->better = o->best < before;
	out->rank = arena_calloc(&o->plan->arena, (size_t)o->plan->task_count + 1, sizeof(*out->rank));
	memcpy(out->rank, out->better ? o->best_rank : present, o->plan->task_count * sizeof(*present));
	if (!out->better)
		return;
	options.order = out->rank;
	diagnostics_init(&ignored);
	plan_level(o->plan, &options, &ignored);
	diagnostics_release(&ignored);
}

int plan_optimize(struct plan *plan, const struct plan_options *options, const struct plan_optimize_options *how,
	struct plan_optimized *out, struct err *err)
{
	struct optimizer o = { .plan = plan, .options = options, .how = how };
	int32_t *starts;
	uint32_t *present;
	int64_t before;
	int status;

	*out = (struct plan_optimized){ .bound = MOMENT_NONE, .gap = -1 };
	optimizer_init(&o);
	starts = present_starts(&o);
	present = xcalloc((size_t)plan->task_count + 1, sizeof(*present));
	level_order(&o.instance, starts, present);
	before = place(&o, present, starts);
	if (how->objective == OBJECTIVE_FINISH && plan->project_finish - plan->project_start < before)
		before = plan->project_finish - plan->project_start;
	status = run(&o, out, err);
	if (status == 0) {
		settle(&o, out, present, before);
		out->bound = o.bound;
		out->schedules = o.schedules;
		if (how->objective == OBJECTIVE_FINISH && o.bound != MOMENT_NONE) {
			out->gap = calendar_between(plan->calendar, o.bound, plan->project_finish);
			out->optimal = out->optimal || out->gap <= 0;
		}
	}
	free(starts);
	free(present);
	optimizer_release(&o);
	return status;
}
