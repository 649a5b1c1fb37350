/*
 * Planned cost of tasks; cost.h says what counts.
 *
 * By engine 1 (plan_options.first_choice) those count whom it takes: of alternatives the first, of teams the lowest ids.
 *
 * Dividing an effort E among members k with shares s_k who work m_k minutes between the task's start and finish:
 *	E_k = E × s_k m_k / Σ s_i m_i          (of a share that varies the sum over its times)
 * Over the steps of a rate, work spreads evenly over the member's minutes: the part before a step's date pays the earlier rate.
 *
 * Example: 10d of effort, one at 1500/d and one at half time at 1200/d, same calendar: 6⅔ d × 1500 + 3⅓ d × 1200 = 14,000.
 */
#include "plan/cost.h"
#include "plan/level.h"
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "model/exchange_rate.h"

#include <string.h>

/* What a resource costs, read once. */
struct price {
	bool read, rated;
	struct value rate;
	decimal_t per_use;
};

/* Somebody who does a part of a task: one resource, or several of whom it is not known which one will. */
struct doer {
	const uint32_t *candidates;
	uint32_t count;
	struct share share;
	int64_t fixed;
	double weight; /* share × minutes worked between start and finish: by this an effort is divided */
	bool works;
};

struct coster {
	struct plan_costs *costs;
	const struct plan *plan;
	const struct project *project;
	const struct plan_resource *resources;
	const struct field *fixed_cost, *rate, *per_use;
	struct price *prices;   /* by resource */
	struct arena scratch;   /* of one task */
	struct vec doers;       /* struct doer: of one task */
	uint32_t task;
	moment_t start, finish;
};

static void add(decimal_t *sum, decimal_t amount)
{
	decimal_add(*sum, amount, sum);
}

static decimal_t converted(struct coster *c, struct money money, date_t on)
{
	struct plan_costs *costs = c->costs;
	decimal_t amount;

	if (money_convert(c->project, money, on, &amount))
		return amount;
	if (costs->unknown++ == 0)
		memcpy(costs->unknown_currency, money.currency, sizeof(costs->unknown_currency));
	return 0;
}

static const struct price *price_of(struct coster *c, uint32_t resource)
{
	struct price *price = &c->prices[resource];
	const struct record *record = c->resources[resource].record;
	struct value value;

	if (price->read)
		return price;
	price->read = true;
	price->rated = record_value(c->project, record, c->rate, &c->costs->arena, &price->rate);
	if (record_value(c->project, record, c->per_use, &c->costs->arena, &value)) {
		price->per_use = converted(c, value.as.money, DATE_NONE);
		price->rated = true;
	}
	return price;
}

/* Minutes that the unit of a rate stands for; 0: it is not paid by time. */
static int64_t unit_minutes(const struct coster *c, char per)
{
	const struct units *units = &c->project->units;

	switch (per) {
	case 'm':
		return 1;
	case 'h':
		return 60;
	case 'd':
		return units->minutes_per_day;
	case 'w':
		return units->minutes_per_week;
	case 'M':
		return units->minutes_per_month;
	default:
		return 0;
	}
}

/* Work that one does up to a moment, by what he gives. */
static double work_until(const struct coster *c, const struct doer *d, uint32_t resource, moment_t until)
{
	return share_work(d->share, c->resources[resource].calendar, c->start, until);
}

/* `work` minutes of one resource, spread over its minutes between start and finish. */
static decimal_t timed_cost(struct coster *c, const struct doer *d, uint32_t resource, const struct price *w, int64_t work)
{
	double whole = work_until(c, d, resource, c->finish);
	int64_t before = 0;
	decimal_t sum = 0;

	for (size_t i = 0; i < w->rate.as.rate.count; i++) {
		const struct rate_step *step = &w->rate.as.rate.steps[i];
		bool last = i + 1 == w->rate.as.rate.count;
		moment_t until = last ? c->finish : moment_from_date(w->rate.as.rate.steps[i + 1].from);
		int64_t minutes = unit_minutes(c, step->per), upto;

		until = until < c->start ? c->start : until > c->finish ? c->finish : until;
		upto = last ? work : whole > 0 ? (int64_t)((double)work * work_until(c, d, resource, until) / whole + 0.5) :
						 until >= c->finish ? work : 0;
		if (minutes > 0 && upto > before)
			add(&sum, decimal_scale(converted(c, step->amount, moment_date(c->start)), upto - before, minutes));
		before = upto > before ? upto : before;
	}
	return sum;
}

static decimal_t per_use(struct coster *c, const struct price *w, int64_t share)
{
	const struct rate_step *step = w->rated && w->rate.type == TYPE_RATE ? rate_on(&w->rate, moment_date(c->start)) : NULL;
	decimal_t sum = w->per_use;

	if (step && unit_minutes(c, step->per) == 0)
		add(&sum, converted(c, step->amount, moment_date(c->start)));
	return decimal_scale(sum, share, DECIMAL_ONE);
}

/* The mean over those who may do it. */
static void add_doer(struct coster *c, const struct doer *d, int64_t work)
{
	decimal_t timed = 0, fixed = 0;
	uint32_t rated = 0;

	for (uint32_t i = 0; i < d->count; i++) {
		const struct price *w = price_of(c, d->candidates[i]);

		rated += w->rated;
		if (w->rated && w->rate.type == TYPE_RATE)
			add(&timed, timed_cost(c, d, d->candidates[i], w, work));
		add(&fixed, per_use(c, w, d->share.units));
	}
	if (rated == 0) {
		c->costs->unrated++;
		return;
	}
	add(&c->costs->work[c->task], decimal_scale(timed, 1, rated));
	add(&c->costs->fixed[c->task], decimal_scale(fixed, 1, rated));
}

/* The calendar of one; of several of whom one will do it, and of nobody, the project's. */
static const struct calendar *calendar_of(const struct coster *c, const struct doer *d)
{
	return d->count == 1 ? c->resources[d->candidates[0]].calendar : c->plan->calendar;
}

static void note_doer(struct coster *c, struct doer d, const struct assignment_slot *slot, int64_t times)
{
	d.share = (struct share){ slot->share * times, times, NULL };
	if (d.count > 0)
		d.share = share_times(plan_share(&c->resources[d.candidates[0]], slot), times);
	d.fixed = slot->fixed;
	d.weight = share_work(d.share, calendar_of(c, &d), c->start, c->finish);
	vec_append(&c->doers, &d);
}

/* Of a named resource all that was asked for is in its share; of a team or a skill each of those taken has it. */
static void note_undecided(struct coster *c, const struct assignment_slot *slot, bool works)
{
	bool named = slot->what == ALLOCATE_RESOURCE;

	note_doer(c, (struct doer){ .candidates = slot->candidates,
		.count = named && slot->candidate_count > 1 ? 1 : slot->candidate_count, .works = works },
		slot, named ? 1 : slot->take);
}

/* Those whom levelling took, and for places it found nobody for, any of the slot. Returns the next slot's first. */
static const uint32_t *note_taken(struct coster *c, const struct assignment_slot *slot, bool works,
	const uint32_t *taken)
{
	uint32_t take = slot->take < slot->candidate_count ? slot->take : slot->candidate_count;

	for (uint32_t i = 0; i < take; i++, taken++)
		note_doer(c, (struct doer){ .candidates = taken, .count = 1, .works = works }, slot, 1);
	if (take < slot->take && slot->what != ALLOCATE_RESOURCE)
		note_doer(c, (struct doer){ .candidates = slot->candidates, .count = slot->candidate_count, .works = works },
			slot, slot->take - take);
	return taken;
}

static void note_doers(struct coster *c, const struct plan_assignment *a)
{
	uint32_t count = plan_people(c->plan, c->task, NULL, 0);
	uint32_t *taken = arena_calloc(&c->scratch, (size_t)count + 1, sizeof(*taken));
	const uint32_t *next = taken;

	plan_people(c->plan, c->task, taken, count);
	vec_clear(&c->doers);
	for (uint32_t i = 0; i < a->slot_count; i++) {
		bool works = assignment_works(c->plan, a, i);

		if (c->plan->network->levelled)
			next = note_taken(c, &a->slots[i], works, next);
		else if (c->plan->network->first_choice)
			note_taken(c, &a->slots[i], works, a->slots[i].candidates);
		else
			note_undecided(c, &a->slots[i], works);
	}
}

static void add_doers(struct coster *c, const struct plan_assignment *a)
{
	int64_t effort = c->plan->effort[c->task], duration = c->plan->duration[c->task];
	const struct doer *doers;
	double whole = 0;

	note_doers(c, a);
	doers = c->doers.items;
	for (size_t i = 0; i < c->doers.len; i++) {
		if (doers[i].works && doers[i].fixed >= 0)
			effort -= doers[i].fixed;
		else if (doers[i].works)
			whole += doers[i].weight;
	}
	for (size_t i = 0; i < c->doers.len; i++) {
		int64_t work = share_of_duration(doers[i].share, calendar_of(c, &doers[i]), c->start, c->finish, duration);

		if (doers[i].fixed >= 0)
			work = doers[i].fixed;
		else if (doers[i].works && whole > 0)
			work = effort > 0 ? (int64_t)((double)effort * (doers[i].weight / whole) + 0.5) : 0;
		add_doer(c, &doers[i], work);
	}
}

static void cost_task(struct coster *c)
{
	const struct record *record = c->plan->records[c->task];
	const struct plan_assignment *assignment = plan_assignment(c->plan, c->task);
	struct value value;

	if (c->plan->flags[c->task] & PLAN_CANCELLED)
		return;
	c->start = c->plan->start[c->task];
	c->finish = c->plan->finish[c->task];
	if (!plan_is_synthetic(c->plan, c->task) && record_value(c->project, record, c->fixed_cost, &c->scratch, &value))
		add(&c->costs->fixed[c->task], converted(c, value.as.money, moment_date(c->start)));
	if (!plan_is_summary(c->plan, c->task) && assignment)
		add_doers(c, assignment);
	arena_reset(&c->scratch);
}

static void sum_parents(struct plan_costs *costs, const struct plan *plan)
{
	for (uint32_t i = plan->task_count; i-- > 0;) {
		uint32_t parent = plan->parent[i];

		if (parent == PLAN_NO_TASK) {
			add(&costs->total, plan_cost(costs, i));
			continue;
		}
		add(&costs->work[parent], costs->work[i]);
		add(&costs->fixed[parent], costs->fixed[i]);
	}
}

void plan_costs_init(struct plan_costs *costs, const struct plan *plan)
{
	struct coster c = { .costs = costs, .plan = plan, .project = plan->project };
	size_t n = (size_t)plan->task_count + 1;
	uint32_t resources;

	memset(costs, 0, sizeof(*costs));
	arena_init(&costs->arena);
	arena_init(&c.scratch);
	vec_init(&c.doers, sizeof(struct doer));
	costs->work = arena_calloc(&costs->arena, n, sizeof(decimal_t));
	costs->fixed = arena_calloc(&costs->arena, n, sizeof(decimal_t));
	c.fixed_cost = kind_field_named(kind_find(slice_of("task")), "fixed_cost");
	c.rate = kind_field_named(kind_find(slice_of("resource")), "rate");
	c.per_use = kind_field_named(kind_find(slice_of("resource")), "cost_per_use");
	c.resources = plan_resources(plan, &resources);
	c.prices = arena_calloc(&costs->arena, (size_t)resources + 1, sizeof(*c.prices));
	for (c.task = 0; c.task < plan->task_count; c.task++)
		cost_task(&c);
	sum_parents(costs, plan);
	vec_release(&c.doers);
	arena_release(&c.scratch);
}

void plan_costs_release(struct plan_costs *costs)
{
	arena_release(&costs->arena);
}

decimal_t plan_cost(const struct plan_costs *costs, uint32_t task)
{
	decimal_t sum;

	decimal_add(costs->work[task], costs->fixed[task], &sum);
	return sum;
}

decimal_t plan_own_cost(const struct plan_costs *costs, const struct plan *plan, uint32_t task)
{
	decimal_t cost = plan_cost(costs, task);

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c])
		cost -= plan_cost(costs, c);
	return cost;
}
