/*
 * Planned cost of tasks; cost.h says what counts.
 *
 * Dividing an effort E among members k with shares s_k who work m_k minutes between the task's start and finish:
 *	E_k = E × s_k m_k / Σ s_i m_i
 * Over the steps of a rate, work spreads evenly over the member's minutes: the part before a step's date pays the earlier rate.
 *
 * Example: 10d of effort, one at 1500/d and one at half time at 1200/d, same calendar: 6⅔ d × 1500 + 3⅓ d × 1200 = 14,000.
 */
#include "plan/cost.h"
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "model/exchange_rate.h"

#include <string.h>

enum worker_type { WORKER_PERSON, WORKER_EQUIPMENT, WORKER_MATERIAL };

/* A resource, read once. */
struct worker {
	bool read, rated;
	enum worker_type type;
	struct value rate;
	decimal_t per_use;
	const struct calendar *calendar;
};

/* Those any of whom may do it: members of a team, those with a skill. */
struct pool {
	uint32_t *members; /* numbers among resources */
	uint32_t count;
};

struct coster {
	struct plan_costs *costs;
	const struct plan *plan;
	const struct project *project;
	const struct kind *tasks, *resources, *teams;
	const struct field *assign, *fixed_cost;
	struct worker *workers; /* by the record's number among resources */
	struct map pools;       /* "@team" or "skill:word" → struct pool * */
	struct arena scratch;   /* of one task */
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

static struct worker *worker_at(struct coster *c, uint32_t number)
{
	struct worker *worker = &c->workers[number];
	const struct record *record = project_at(c->project, c->resources, number);
	struct slice type = record_text_or(record, "type");
	struct value value;

	if (worker->read)
		return worker;
	worker->read = true;
	worker->type = slice_is(type, "material") ? WORKER_MATERIAL :
		slice_is(type, "equipment")       ? WORKER_EQUIPMENT :
						    WORKER_PERSON;
	worker->calendar = calendars_for_resource(c->plan->calendars, record);
	worker->rated = record_value(c->project, record, kind_field_named(c->resources, "rate"), &c->costs->arena, &worker->rate);
	if (record_value(c->project, record, kind_field_named(c->resources, "cost_per_use"), &c->costs->arena, &value)) {
		worker->per_use = converted(c, value.as.money, DATE_NONE);
		worker->rated = true;
	}
	return worker;
}

/* --- who it may be --- */

static bool lists(const struct coster *c, const struct record *record, const char *field, struct slice word, struct arena *arena)
{
	struct value value;

	if (!record_value(c->project, record, kind_field_named(record->kind, field), arena, &value))
		return false;
	for (size_t i = 0; i < value.as.list.count; i++)
		if (slice_equal(value.as.list.items[i], word))
			return true;
	return false;
}

static void add_members(struct coster *c, const struct record *team, struct vec *numbers)
{
	struct value value;

	if (!record_value(c->project, team, kind_field_named(c->teams, "members"), &c->scratch, &value))
		return;
	for (size_t i = 0; i < value.as.list.count; i++) {
		const struct record *member = project_find(c->project, c->resources, value.as.list.items[i]);

		if (member)
			vec_append(numbers, &member->kind_number);
	}
}

/* Resources that name the team or the skill themselves. */
static void add_naming(struct coster *c, const char *field, struct slice word, struct vec *numbers)
{
	const struct record *record;

	FOREACH_RECORD(c->project, c->resources, record)
	{
		bool known = false;

		for (size_t i = 0; i < numbers->len; i++)
			known |= *(uint32_t *)vec_at(numbers, i) == record->kind_number;
		if (!known && lists(c, record, field, word, &c->scratch))
			vec_append(numbers, &record->kind_number);
	}
}

static struct pool *make_pool(struct coster *c, enum allocation_what what, struct slice name)
{
	struct pool *pool = arena_calloc(&c->costs->arena, 1, sizeof(*pool));
	struct vec numbers;

	vec_init(&numbers, sizeof(uint32_t));
	if (what == ALLOCATE_RESOURCE) {
		const struct record *record = project_find(c->project, c->resources, name);

		if (record)
			vec_append(&numbers, &record->kind_number);
	} else if (what == ALLOCATE_TEAM) {
		const struct record *team = project_find(c->project, c->teams, name);

		if (team)
			add_members(c, team, &numbers);
		if (team)
			add_naming(c, "team", team->id, &numbers);
	} else {
		add_naming(c, "skills", name, &numbers);
	}
	pool->count = (uint32_t)numbers.len;
	pool->members = arena_calloc(&c->costs->arena, numbers.len + 1, sizeof(uint32_t));
	if (numbers.len > 0)
		memcpy(pool->members, numbers.items, numbers.len * sizeof(uint32_t));
	vec_release(&numbers);
	return pool;
}

static const struct pool *pool_of(struct coster *c, const struct allocation *a)
{
	struct slice name = a->alternative_count > 0 ? a->alternatives[0] : slice_of("");
	struct pool *pool;
	struct strbuf key;

	strbuf_init(&key);
	strbuf_add_char(&key, (char)('0' + (int)a->what));
	strbuf_add_slice(&key, name);
	pool = map_get_pointer(&c->pools, strbuf_slice(&key));
	if (!pool) {
		pool = make_pool(c, a->what, name);
		map_put(&c->pools, arena_slice(&c->costs->arena, strbuf_slice(&key)), (uintptr_t)pool);
	}
	strbuf_release(&key);
	return pool;
}

/* --- what it costs --- */

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

/* `work` minutes of one worker, spread over his minutes between start and finish. */
static decimal_t timed_cost(struct coster *c, const struct worker *w, int64_t work)
{
	int64_t whole = calendar_between(w->calendar, c->start, c->finish), before = 0;
	decimal_t sum = 0;

	for (size_t i = 0; i < w->rate.as.rate.count; i++) {
		const struct rate_step *step = &w->rate.as.rate.steps[i];
		bool last = i + 1 == w->rate.as.rate.count;
		moment_t until = last ? c->finish : moment_from_date(w->rate.as.rate.steps[i + 1].from);
		int64_t minutes = unit_minutes(c, step->per), upto;

		until = until < c->start ? c->start : until > c->finish ? c->finish : until;
		upto = last ? work : whole > 0 ? decimal_scale(work, calendar_between(w->calendar, c->start, until), whole) :
						 until >= c->finish ? work : 0;
		if (minutes > 0 && upto > before)
			add(&sum, decimal_scale(converted(c, step->amount, moment_date(c->start)), upto - before, minutes));
		before = upto > before ? upto : before;
	}
	return sum;
}

static decimal_t per_use(struct coster *c, const struct worker *w, int64_t share)
{
	const struct rate_step *step = w->rated && w->rate.type == TYPE_RATE ? rate_on(&w->rate, moment_date(c->start)) : NULL;
	decimal_t sum = w->per_use;

	if (step && unit_minutes(c, step->per) == 0)
		add(&sum, converted(c, step->amount, moment_date(c->start)));
	return decimal_scale(sum, share, DECIMAL_ONE);
}

static int64_t share_of(const struct allocation *a)
{
	int64_t share = a->share * (a->count > 0 ? a->count : 1);

	return share > 0 ? share : DECIMAL_ONE;
}

/* The mean over those who may do it. */
static void add_allocation(struct coster *c, const struct allocation *a, int64_t work)
{
	const struct pool *pool = pool_of(c, a);
	decimal_t timed = 0, fixed = 0;
	uint32_t rated = 0;

	for (uint32_t i = 0; i < pool->count; i++) {
		const struct worker *w = worker_at(c, pool->members[i]);

		rated += w->rated;
		if (w->rated && w->rate.type == TYPE_RATE)
			add(&timed, timed_cost(c, w, work));
		add(&fixed, per_use(c, w, share_of(a)));
	}
	if (rated == 0) {
		c->costs->unrated++;
		return;
	}
	add(&c->costs->work[c->task], decimal_scale(timed, 1, rated));
	add(&c->costs->fixed[c->task], decimal_scale(fixed, 1, rated));
}

/* What an allocation is, by the first who may do it. */
static enum worker_type type_of(struct coster *c, const struct allocation *a)
{
	const struct pool *pool = pool_of(c, a);

	return a->what == ALLOCATE_RESOURCE && pool->count > 0 ? worker_at(c, pool->members[0])->type : WORKER_PERSON;
}

/* Share × minutes worked between start and finish: by this an effort is divided. */
static double weight_of(struct coster *c, const struct allocation *a)
{
	const struct pool *pool = pool_of(c, a);
	const struct calendar *calendar = a->what == ALLOCATE_RESOURCE && pool->count > 0 ?
		worker_at(c, pool->members[0])->calendar : c->plan->calendar;

	return (double)share_of(a) * (double)calendar_between(calendar, c->start, c->finish);
}

static void add_allocations(struct coster *c, const struct allocation *items, size_t count)
{
	int64_t effort = c->plan->effort[c->task], duration = c->plan->duration[c->task];
	bool *works = arena_calloc(&c->scratch, count, sizeof(*works));
	double whole = 0, *weight = arena_calloc(&c->scratch, count, sizeof(*weight));
	bool people = false;

	for (size_t i = 0; i < count; i++)
		people |= type_of(c, &items[i]) == WORKER_PERSON;
	for (size_t i = 0; i < count; i++) {
		enum worker_type type = type_of(c, &items[i]);

		works[i] = type == WORKER_PERSON || (type == WORKER_EQUIPMENT && !people);
		if (works[i] && items[i].effort >= 0)
			effort -= items[i].effort;
		else if (works[i])
			whole += weight[i] = weight_of(c, &items[i]);
	}
	for (size_t i = 0; i < count; i++) {
		int64_t work = decimal_scale(duration, share_of(&items[i]), DECIMAL_ONE);

		if (items[i].effort >= 0)
			work = items[i].effort;
		else if (works[i] && whole > 0)
			work = effort > 0 ? (int64_t)((double)effort * (weight[i] / whole) + 0.5) : 0;
		add_allocation(c, &items[i], work);
	}
}

static void cost_task(struct coster *c)
{
	const struct record *record = c->plan->records[c->task];
	struct value value;

	if (c->plan->flags[c->task] & PLAN_CANCELLED)
		return;
	c->start = c->plan->start[c->task];
	c->finish = c->plan->finish[c->task];
	if (record_value(c->project, record, c->fixed_cost, &c->scratch, &value))
		add(&c->costs->fixed[c->task], converted(c, value.as.money, moment_date(c->start)));
	if (!plan_is_summary(c->plan, c->task) && record_value(c->project, record, c->assign, &c->scratch, &value))
		add_allocations(c, value.as.allocations.items, value.as.allocations.count);
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

	memset(costs, 0, sizeof(*costs));
	arena_init(&costs->arena);
	arena_init(&c.scratch);
	map_init(&c.pools);
	costs->work = arena_calloc(&costs->arena, n, sizeof(decimal_t));
	costs->fixed = arena_calloc(&costs->arena, n, sizeof(decimal_t));
	c.tasks = kind_find(slice_of("task"));
	c.resources = kind_find(slice_of("resource"));
	c.teams = kind_find(slice_of("team"));
	c.assign = kind_field_named(c.tasks, "assign");
	c.fixed_cost = kind_field_named(c.tasks, "fixed_cost");
	c.workers = arena_calloc(&costs->arena, project_count(c.project, c.resources) + 1, sizeof(*c.workers));
	for (c.task = 0; c.task < plan->task_count; c.task++)
		cost_task(&c);
	sum_parents(costs, plan);
	map_release(&c.pools);
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
