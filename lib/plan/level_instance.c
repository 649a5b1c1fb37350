/*
 * The plan as an instance of resource-constrained project scheduling in whole periods of working time.
 *
 * Idea: on one calendar every moment is a number of working minutes since the project's start, and every link type with its lag is a
 * least distance between two starts:
 *	FS  s_j ≥ s_i + d_i + lag      SS  s_j ≥ s_i + lag      FF  s_j ≥ s_i + d_i + lag - d_j      SF  s_j ≥ s_i + lag - d_j
 * A parent is two activities without duration, before and after its children. Times are divided by their greatest common divisor,
 * the demands on a resource by theirs, so that PSPLIB's instances come back as they were published.
 * What has no such form (other calendars, choices of people, elapsed time) is put in as it is without limits on
 * people, and the instance says that it is not uniform. Tasks whose dates are given and that keep nobody from other work
 * (meetings) are no activities: they only bound what follows them.
 *
 * For a lower bound the instance is relaxed: what has no such form is left out, a split task keeps its length and takes
 * nobody's time, of a capacity that changes the most counts. Whatever the plan can do, the relaxed instance can, and no later.
 * Cost: O(tasks + links + demands).
 */
#include "plan/level-internal.h"

#include "base/alloc.h"
#include "base/decimal.h"

#include <stdlib.h>
#include <string.h>

enum { PERIODS_MOST = 1 << 30 }; /* horizon of an instance, so that sums of starts and lags stay in 32 bits */

struct pair {
	uint32_t from, to;
	int64_t lag;
};
struct use {
	uint32_t activity, resource;
	int64_t amount;
};

struct maker {
	struct level_instance *out;
	const struct plan *plan;
	uint32_t *open, *close;      /* by task: activity, or LEVEL_NOBODY */
	int64_t *duration, *release; /* by activity, minutes */
	struct vec arcs, uses;
	struct map pools;            /* candidates of a choice → resource of the instance + 1 */
	struct vec capacity;         /* int64_t, by resource of the instance while it grows */
	struct vec resource;         /* uint32_t */
	uint32_t *known;             /* by plan resource: resource of the instance + 1 */
	bool relaxed;                /* nothing in it that the plan does not have to keep */
	bool dated;                  /* no schedule is earlier than the network's early dates */
};

static int64_t minutes_at(const struct maker *m, moment_t when)
{
	int64_t minutes = when == MOMENT_NONE ? 0 : calendar_between(m->plan->calendar, m->plan->project_start, when);

	return minutes > 0 ? minutes : 0;
}

static void raise_release(struct maker *m, uint32_t activity, int64_t to)
{
	if (to > m->release[activity])
		m->release[activity] = to;
}

static uint32_t add_activity(struct maker *m, uint32_t task, bool dummy)
{
	uint32_t activity = m->out->count++;
	const struct plan_extra *x = plan_extra(m->plan, task);

	m->out->task[activity] = task;
	m->out->dummy[activity] = dummy;
	m->out->priority[activity] = plan_priority(m->plan, task);
	if (!dummy)
		m->duration[activity] = calendar_between(m->plan->calendar, m->plan->early_start[task],
			m->plan->early_finish[task]);
	raise_release(m, activity, minutes_at(m, x->not_before));
	raise_release(m, activity, minutes_at(m, m->plan->status));
	if (m->relaxed && m->dated && !dummy)
		raise_release(m, activity, minutes_at(m, m->plan->early_start[task]));
	if (x->finish_not_before != MOMENT_NONE && !dummy)
		raise_release(m, activity, minutes_at(m, x->finish_not_before) - m->duration[activity]);
	return activity;
}

/* Is its length on the project's calendar the same wherever it is put? */
static bool has_fixed_length(const struct plan *plan, uint32_t task)
{
	const struct crew *crew = plan->network->crew[task];

	return plan->task_calendar[task] == plan->calendar && !(plan->flags[task] & PLAN_ELAPSED) &&
		(!crew || (crew_calendar(crew) == plan->calendar && crew_is_even(crew)));
}

static void add_activities(struct maker *m)
{
	const struct plan *plan = m->plan;

	for (uint32_t i = 0; i < plan->task_count; i++)
		m->open[i] = m->close[i] = LEVEL_NOBODY;
	for (uint32_t at = 0; at < plan->network->node_count; at++) {
		uint32_t node = plan->network->order[at], task = NODE_TASK(node);

		if (node & NODE_CLOSE)
			m->close[task] = add_activity(m, task, true);
		else if (plan_is_summary(plan, task))
			m->open[task] = add_activity(m, task, true);
		else if (plan->flags[task] & PLAN_CANCELLED)
			continue;
		else if (!level_is_fixed(plan, task) && (!m->relaxed || has_fixed_length(plan, task)))
			m->open[task] = m->close[task] = add_activity(m, task, false);
		else
			m->out->uniform &= m->relaxed || !level_uses_time(plan, task);
	}
}

static void add_arc(struct maker *m, uint32_t from, uint32_t to, int64_t lag)
{
	if (from != LEVEL_NOBODY && to != LEVEL_NOBODY)
		vec_append(&m->arcs, &(struct pair){ from, to, lag });
}

/* A task that is no activity: does it end no earlier than the network says? */
static bool is_bound(const struct maker *m, uint32_t task)
{
	return level_is_fixed(m->plan, task) || m->dated;
}

static void add_parents(struct maker *m)
{
	const struct plan *plan = m->plan;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		uint32_t parent = plan->parent[i];

		if (parent == PLAN_NO_TASK || (plan->flags[i] & PLAN_CANCELLED))
			continue;
		if (m->open[i] == LEVEL_NOBODY) {
			if (is_bound(m, i))
				raise_release(m, m->close[parent], minutes_at(m, plan->early_finish[i]));
			continue;
		}
		add_arc(m, m->open[parent], m->open[i], 0);
		add_arc(m, m->close[i], m->close[parent], m->duration[m->close[i]]);
	}
}

/* A predecessor whose dates are given: what its link asks is a release. */
static void add_given(struct maker *m, const struct plan_link *link, uint32_t to, bool from_start, bool to_finish)
{
	const struct plan *plan = m->plan;
	moment_t bound = link_forward(plan, link, from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);

	raise_release(m, to, minutes_at(m, bound) - (to_finish ? m->duration[to] : 0));
}

static void add_link(struct maker *m, const struct plan_link *link)
{
	const struct plan *plan = m->plan;
	bool from_start = link->type == LINK_SS || link->type == LINK_SF;
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
	uint32_t from = from_start ? m->open[link->from] : m->close[link->from];
	uint32_t to = to_finish ? m->close[link->to] : m->open[link->to];

	if (!m->relaxed && (link->elapsed || (from_start && plan_is_summary(plan, link->from))))
		m->out->uniform = false;
	if (to == LEVEL_NOBODY || (m->relaxed && link->lag != 0 && (link->elapsed || plan->task_calendar[link->to] != plan->calendar)))
		return;
	if (from == LEVEL_NOBODY && (!m->relaxed || is_bound(m, link->from)))
		add_given(m, link, to, from_start, to_finish);
	else if (from == LEVEL_NOBODY)
		return;
	else
		add_arc(m, from, to, (from_start ? 0 : m->duration[from]) + link->lag - (to_finish ? m->duration[to] : 0));
}

/* A resource that one candidate alone stands for, or a whole pool of which some are taken. */
static uint32_t resource_of(struct maker *m, const struct assignment_slot *slot)
{
	const struct plan_resource *all = m->plan->network->resources;
	struct slice key = { (const char *)&slot->candidates, sizeof(slot->candidates) };
	uintptr_t known = 0;
	int64_t capacity = 0;

	if (slot->candidate_count == 1)
		known = m->known[slot->candidates[0]];
	else
		map_get(&m->pools, key, &known);
	if (known)
		return (uint32_t)known - 1;
	for (uint32_t i = 0; i < slot->candidate_count; i++)
		capacity += all[slot->candidates[i]].capacity;
	vec_append(&m->capacity, &capacity);
	vec_append(&m->resource, &slot->candidates[0]);
	known = m->capacity.len;
	if (slot->candidate_count == 1)
		m->known[slot->candidates[0]] = (uint32_t)known;
	else
		map_put(&m->pools, arena_slice(&m->out->arena, key), known);
	return (uint32_t)known - 1;
}

/* Does the task take that of the resource in each of the activity's periods? */
static bool takes_surely(const struct maker *m, uint32_t task, const struct assignment_slot *slot)
{
	const struct plan_assignment *a = m->plan->network->assignment[task];
	const struct plan_resource *r = &m->plan->network->resources[slot->candidates[0]];

	return !(m->plan->flags[task] & PLAN_SPLIT) && slot->candidate_count == 1 && slot->what == ALLOCATE_RESOURCE &&
		r->calendar == m->plan->calendar && !plan_share(r, slot).of && (slot->fixed < 0 || a->slot_count == 1);
}

static void add_uses(struct maker *m, uint32_t activity)
{
	const struct plan_assignment *a = m->plan->network->assignment[m->out->task[activity]];

	for (uint32_t s = 0; a && s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		uint32_t resource;
		int64_t capacity, amount;

		if (slot->candidate_count == 0 ||
			m->plan->network->resources[slot->candidates[0]].type == RESOURCE_MATERIAL ||
			(m->relaxed && !takes_surely(m, m->out->task[activity], slot)))
			continue;
		resource = resource_of(m, slot);
		capacity = *(int64_t *)vec_at(&m->capacity, resource);
		amount = plan_share(&m->plan->network->resources[slot->candidates[0]], slot).units * slot->take;
		vec_append(&m->uses, &(struct use){ activity, resource, amount > capacity ? capacity : amount });
	}
}

/* Is the task what the instance says it is? */
static bool is_uniform(const struct plan *plan, uint32_t task)
{
	const struct plan_network *network = plan->network;
	const struct plan_assignment *a = network->assignment[task];
	const struct calendar *calendar = plan->calendar;

	if (plan->task_calendar[task] != calendar || plan_work_calendar(plan, task) != calendar ||
		(plan->flags[task] & (PLAN_ELAPSED | PLAN_ALAP | PLAN_DELAYED)) || (plan->flags[task] & PLAN_SPLIT))
		return false;
	for (uint32_t s = 0; a && s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];

		if (slot->candidate_count != 1 || slot->what != ALLOCATE_RESOURCE || (slot->fixed >= 0 && a->slot_count > 1) ||
			network->resources[slot->candidates[0]].calendar != calendar ||
			network->resources[slot->candidates[0]].step_count > 0)
			return false;
	}
	return true;
}

/* The longest that any schedule without idle time can be. */
static int64_t horizon_of(const struct maker *m)
{
	const struct pair *arcs = m->arcs.items;
	int64_t sum = 0;

	for (uint32_t i = 0; i < m->out->count; i++)
		sum += m->duration[i] + m->release[i];
	for (size_t k = 0; k < m->arcs.len; k++)
		sum += arcs[k].lag > 0 ? arcs[k].lag : -arcs[k].lag;
	return sum;
}

static void choose_period(struct maker *m)
{
	const struct pair *arcs = m->arcs.items;
	int64_t period = 0, horizon = horizon_of(m);

	for (uint32_t i = 0; i < m->out->count; i++)
		period = decimal_common_divisor(decimal_common_divisor(period, m->duration[i]), m->relaxed ? 0 : m->release[i]);
	for (size_t k = 0; k < m->arcs.len; k++)
		period = decimal_common_divisor(period, arcs[k].lag);
	period = period > 0 ? period : 1;
	if (horizon / period > PERIODS_MOST) {
		period = horizon / PERIODS_MOST + 1;
		m->out->uniform = false;
	}
	m->out->period = period;
}

static int32_t periods(const struct maker *m, int64_t minutes)
{
	int64_t period = m->out->period;

	return (int32_t)(minutes >= 0 ? (minutes + period - 1) / period : -(-minutes / period));
}

/* Offsets by activity from counts one place behind. */
static void offsets(uint32_t *first, uint32_t count)
{
	for (uint32_t i = 2; i <= count + 1; i++)
		first[i] += first[i - 1];
}

static void store_arcs(struct maker *m)
{
	struct level_instance *out = m->out;
	const struct pair *pairs = m->arcs.items;
	uint32_t *first = arena_calloc(&out->arena, (size_t)out->count + 2, sizeof(uint32_t));

	for (size_t k = 0; k < m->arcs.len; k++)
		first[pairs[k].from + 2]++;
	offsets(first, out->count);
	out->arcs = arena_calloc(&out->arena, m->arcs.len + 1, sizeof(*out->arcs));
	for (size_t k = 0; k < m->arcs.len; k++)
		out->arcs[first[pairs[k].from + 1]++] = (struct level_arc){ pairs[k].to, periods(m, pairs[k].lag) };
	out->first_arc = first;
}

/*
 * Resources whose users together are more than it has, in whole parts; the others can never be short. `part` and `sum` by
 * resource: greatest common divisor and sum of the demands.
 */
static void keep_scarce(struct maker *m, const int64_t *part, const int64_t *sum, uint32_t *kept)
{
	struct level_instance *out = m->out;
	const int64_t *capacity = m->capacity.items;
	const uint32_t *resource = m->resource.items;

	out->capacity = arena_calloc(&out->arena, m->capacity.len + 1, sizeof(*out->capacity));
	out->resource = arena_calloc(&out->arena, m->capacity.len + 1, sizeof(*out->resource));
	for (size_t r = 0; r < m->capacity.len; r++) {
		kept[r] = LEVEL_NOBODY;
		if (sum[r] <= capacity[r])
			continue;
		kept[r] = out->resource_count;
		out->capacity[out->resource_count] = (int32_t)(capacity[r] / part[r] > INT32_MAX ? INT32_MAX : capacity[r] / part[r]);
		out->resource[out->resource_count++] = resource[r];
	}
}

static void store_uses(struct maker *m)
{
	struct level_instance *out = m->out;
	const struct use *uses = m->uses.items;
	size_t n = m->capacity.len + 1;
	int64_t *part = xcalloc(n, sizeof(*part)), *sum = xcalloc(n, sizeof(*sum));
	uint32_t *kept = xcalloc(n, sizeof(*kept));
	uint32_t *first = arena_calloc(&out->arena, (size_t)out->count + 2, sizeof(uint32_t));

	for (size_t u = 0; u < m->uses.len; u++) {
		part[uses[u].resource] = decimal_common_divisor(part[uses[u].resource], uses[u].amount);
		sum[uses[u].resource] += uses[u].amount;
	}
	keep_scarce(m, part, sum, kept);
	for (size_t u = 0; u < m->uses.len; u++)
		first[uses[u].activity + 2] += kept[uses[u].resource] != LEVEL_NOBODY;
	offsets(first, out->count);
	out->demands = arena_calloc(&out->arena, m->uses.len + 1, sizeof(*out->demands));
	for (size_t u = 0; u < m->uses.len; u++)
		if (kept[uses[u].resource] != LEVEL_NOBODY)
			out->demands[first[uses[u].activity + 1]++] = (struct level_demand){ kept[uses[u].resource],
				(int32_t)(uses[u].amount / part[uses[u].resource]) };
	out->first_demand = first;
	free(part);
	free(sum);
	free(kept);
}

static void store_times(struct maker *m)
{
	struct level_instance *out = m->out;

	for (uint32_t i = 0; i < out->count; i++) {
		out->duration[i] = periods(m, m->duration[i]);
		out->release[i] = m->relaxed ? (int32_t)(m->release[i] / out->period) : periods(m, m->release[i]);
	}
}

static void allocate(struct maker *m)
{
	struct level_instance *out = m->out;
	size_t n = (size_t)m->plan->network->node_count + 1, tasks = (size_t)m->plan->task_count + 1;

	out->task = arena_calloc(&out->arena, n, sizeof(*out->task));
	out->dummy = arena_calloc(&out->arena, n, sizeof(*out->dummy));
	out->duration = arena_calloc(&out->arena, n, sizeof(*out->duration));
	out->release = arena_calloc(&out->arena, n, sizeof(*out->release));
	out->priority = arena_calloc(&out->arena, n, sizeof(*out->priority));
	m->open = xcalloc(tasks, sizeof(*m->open));
	m->close = xcalloc(tasks, sizeof(*m->close));
	m->duration = xcalloc(n, sizeof(*m->duration));
	m->release = xcalloc(n, sizeof(*m->release));
	m->known = xcalloc((size_t)m->plan->network->resource_count + 1, sizeof(*m->known));
	vec_init(&m->arcs, sizeof(struct pair));
	vec_init(&m->uses, sizeof(struct use));
	vec_init(&m->capacity, sizeof(int64_t));
	vec_init(&m->resource, sizeof(uint32_t));
	map_init(&m->pools);
}

static void release(struct maker *m)
{
	free(m->open);
	free(m->close);
	free(m->duration);
	free(m->release);
	free(m->known);
	vec_release(&m->arcs);
	vec_release(&m->uses);
	vec_release(&m->capacity);
	vec_release(&m->resource);
	map_release(&m->pools);
}

static void make_instance(struct maker *m)
{
	struct level_instance *out = m->out;
	const struct plan *plan = m->plan;

	*out = (struct level_instance){ .uniform = true };
	arena_init(&out->arena);
	allocate(m);
	add_activities(m);
	add_parents(m);
	for (uint32_t k = 0; k < plan->link_count; k++)
		add_link(m, &plan->links[k]);
	for (uint32_t i = 0; i < out->count; i++) {
		add_uses(m, i);
		out->uniform &= m->relaxed || (plan->task_calendar[out->task[i]] == plan->calendar &&
			(out->dummy[i] || is_uniform(plan, out->task[i])));
	}
	choose_period(m);
	store_times(m);
	store_arcs(m);
	store_uses(m);
	release(m);
}

void level_instance_init(struct level_instance *out, const struct plan *plan)
{
	make_instance(&(struct maker){ .out = out, .plan = plan });
}

bool level_instance_relax(struct level_instance *out, const struct plan *plan, bool dated)
{
	make_instance(&(struct maker){ .out = out, .plan = plan, .relaxed = true, .dated = dated });
	return out->uniform;
}

void level_instance_release(struct level_instance *instance)
{
	arena_release(&instance->arena);
	*instance = (struct level_instance){ .uniform = false };
}

static int by_start(const void *a, const void *b, void *context)
{
	const int32_t *start = context;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (start[x] > start[y]) - (start[x] < start[y]);
}

void level_order(const struct level_instance *instance, const int32_t *start, uint32_t *rank)
{
	uint32_t *order = xcalloc((size_t)instance->count + 1, sizeof(*order));

	for (uint32_t i = 0; i < instance->count; i++)
		order[i] = i;
	stable_sort(order, instance->count, sizeof(*order), by_start, (void *)(uintptr_t)start);
	for (uint32_t i = 0; i < instance->count; i++)
		if (!instance->dummy[order[i]])
			rank[instance->task[order[i]]] = i;
	free(order);
}
