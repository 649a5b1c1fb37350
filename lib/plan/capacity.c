/*
 * How many there are of a resource, by date: `capacity = 2`, or with later ones on lines "from DATE 3".
 *
 * A first line with a date says that there is none before it. Cost: O(steps) for each question; there are few.
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
