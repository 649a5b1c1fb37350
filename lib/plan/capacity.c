/*
 * How many there are of a resource, by date: `capacity = 2`, or with later ones on lines "from DATE 3"; and what a task takes of it.
 *
 * A first line with a date says that there is none before it. Who is assigned without a share gives what there is of him, at most
 * one whole: with `capacity = 0.5`, from July on 1, half of each day up to then and all of it afterwards.
 * Example: 10d of effort from June 22 on: 7 working days of June at a half are 3.5d, the other 6.5d are done at noon of July 9.
 * Cost: O(steps) for each question; there are few.
 */
#include "plan/plan-internal.h"

void plan_read_capacity(struct arena *arena, const struct value *value, struct plan_resource *out)
{
	const struct rate_step *steps = value->as.rate.steps;
	size_t count = value->as.rate.count;
	struct capacity_step *later = arena_calloc(arena, count + 1, sizeof(*later));

	out->first_capacity = steps[0].from == DATE_NONE ? steps[0].amount.amount : 0; /* a decimal's unit is LEVEL_UNIT */
	out->capacity = out->first_capacity;
	out->steps = later;
	for (size_t i = 0; i < count; i++) {
		if (steps[i].amount.amount > out->capacity)
			out->capacity = steps[i].amount.amount;
		if (steps[i].from != DATE_NONE)
			later[out->step_count++] = (struct capacity_step){ moment_from_date(steps[i].from), steps[i].amount.amount };
	}
}

int64_t plan_capacity_at(const struct plan_resource *resource, moment_t at)
{
	int64_t capacity = resource->first_capacity;

	for (uint32_t i = 0; i < resource->step_count && resource->steps[i].from <= at; i++)
		capacity = resource->steps[i].capacity;
	return capacity;
}

int64_t plan_capacity_between(const struct plan_resource *resource, moment_t from, moment_t to)
{
	int64_t sum = 0, capacity = plan_capacity_at(resource, from);

	for (uint32_t i = 0; i < resource->step_count && resource->steps[i].from < to; i++) {
		if (resource->steps[i].from <= from)
			continue;
		sum += calendar_between(resource->calendar, from, resource->steps[i].from) * capacity / LEVEL_UNIT;
		from = resource->steps[i].from;
		capacity = resource->steps[i].capacity;
	}
	return sum + calendar_between(resource->calendar, from, to) * capacity / LEVEL_UNIT;
}

/* What somebody gives who is asked for no certain share; where there is none at all, one would be needed. */
static int64_t whole_of(int64_t capacity)
{
	return capacity > 0 && capacity < LEVEL_UNIT ? capacity : LEVEL_UNIT;
}

struct share plan_share(const struct plan_resource *resource, const struct assignment_slot *slot)
{
	struct share share = { slot->share, 1, NULL };

	if (!slot->as_there_is || resource->type == RESOURCE_MATERIAL)
		return share;
	share.units = whole_of(resource->capacity);
	if (resource->first_capacity > 0 && whole_of(resource->first_capacity) != share.units)
		share.of = resource;
	for (uint32_t i = 0; i < resource->step_count; i++)
		if (resource->steps[i].capacity > 0 && whole_of(resource->steps[i].capacity) != share.units)
			share.of = resource;
	return share;
}

struct share share_times(struct share share, int64_t times)
{
	return (struct share){ share.units * times, share.times * times, share.of };
}

int64_t share_at(struct share share, moment_t at)
{
	return share.of ? share.times * whole_of(plan_capacity_at(share.of, at)) : share.units;
}

moment_t share_until(struct share share, moment_t at)
{
	for (uint32_t i = 0; share.of && i < share.of->step_count; i++)
		if (share.of->steps[i].from > at)
			return share.of->steps[i].from;
	return MOMENT_MAX;
}

moment_t share_since(struct share share, moment_t at)
{
	for (uint32_t i = share.of ? share.of->step_count : 0; i-- > 0;)
		if (share.of->steps[i].from < at)
			return share.of->steps[i].from;
	return MOMENT_MIN;
}

double share_work(struct share share, const struct calendar *calendar, moment_t from, moment_t to)
{
	double sum = 0;

	while (from < to) {
		moment_t until = share_until(share, from);

		until = until < to ? until : to;
		sum += (double)share_at(share, from) * (double)calendar_between(calendar, from, until);
		from = until;
	}
	return sum;
}

int64_t share_of_duration(struct share share, const struct calendar *calendar, moment_t start, moment_t finish, int64_t duration)
{
	int64_t minutes = share.of ? calendar_between(calendar, start, finish) : 0;

	if (minutes <= 0)
		return decimal_scale(duration, share.units, LEVEL_UNIT);
	return (int64_t)((double)duration * share_work(share, calendar, start, finish) / ((double)minutes * LEVEL_UNIT) + 0.5);
}

/* Of one task: what those who do it work in its time. */
static int64_t effort_of(const struct plan *plan, uint32_t task, const struct plan_assignment *a)
{
	enum { PEOPLE_MOST = 256 };
	uint32_t people[PEOPLE_MOST], count = plan_people(plan, task, people, PEOPLE_MOST), at = 0;
	int64_t sum = 0;

	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];

		for (uint32_t i = 0; i < slot->take; i++) {
			bool known = i < slot->candidate_count && at < count && at < PEOPLE_MOST;
			const struct plan_resource *r = known ? &plan->network->resources[people[at]] : NULL;
			struct share share = r ? plan_share(r, slot) : (struct share){ slot->share, 1, NULL };

			at += i < slot->candidate_count;
			if (assignment_works(plan, a, s))
				sum += share_of_duration(share, r ? r->calendar : plan->calendar, plan->start[task], plan->finish[task],
					plan->duration[task]);
		}
	}
	return sum;
}

void plan_settle_effort(struct plan *plan)
{
	size_t field = kind_field_find(kind_find(slice_of("task")), slice_of("effort"));

	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_assignment *a = plan->network->assignment[i];
		int64_t change;

		if (!a || !a->uneven || !a->crew || plan->network->crew[i] || plan_is_summary(plan, i) ||
			record_entry(plan->records[i], field))
			continue;
		change = effort_of(plan, i, a) - plan->effort[i];
		for (uint32_t at = i; at != PLAN_NO_TASK; at = plan->parent[at])
			plan->effort[at] += change;
	}
}
