#include "plan/load.h"

#include "base/alloc.h"
#include "plan/level.h"

#include <stdlib.h>

struct loads {
	struct plan *plan;
	const struct plan_resource *resources;
	struct vec uses;
	date_t first;     /* Monday of the first week */
	size_t weeks;
	int64_t *minutes; /* of one resource, by week */
};

static date_t monday(date_t day)
{
	return day - (date_weekday(day) - 1);
}

/* The weeks that uses lie in. */
static void find_weeks(struct loads *l)
{
	const struct plan_use *uses = l->uses.items;
	date_t last = DATE_NONE;

	l->first = DATE_NONE;
	for (size_t i = 0; i < l->uses.len; i++) {
		date_t from = monday(moment_date(uses[i].start)), to = moment_date(uses[i].finish);

		if (l->first == DATE_NONE || from < l->first)
			l->first = from;
		if (last == DATE_NONE || to > last)
			last = to;
	}
	l->weeks = l->uses.len ? (size_t)(last - l->first) / 7 + 1 : 0;
	l->minutes = xcalloc(l->weeks + 1, sizeof(*l->minutes));
}

static int by_resource(const void *a, const void *b, void *context)
{
	const struct plan_use *x = a, *y = b;

	(void)context;
	return x->resource < y->resource ? -1 : x->resource > y->resource;
}

static moment_t week_start(const struct loads *l, size_t week)
{
	return moment_from_date(l->first + (date_t)(7 * week));
}

static void add_use(struct loads *l, const struct plan_use *use)
{
	size_t week = (size_t)(moment_date(use->start) - l->first) / 7;

	for (; week < l->weeks && week_start(l, week) < use->finish; week++) {
		moment_t from = week_start(l, week), to = week_start(l, week + 1);
		int64_t minutes = calendar_between(use->calendar, from > use->start ? from : use->start, to < use->finish ? to : use->finish);

		l->minutes[week] += minutes * use->share / LEVEL_UNIT;
	}
}

static struct person_load sum(struct loads *l, const struct plan_resource *resource)
{
	struct person_load load = { .resource = resource->record };
	size_t busiest = 0;

	for (size_t week = 0; week < l->weeks; week++) {
		load.work += l->minutes[week];
		if (l->minutes[week] > l->minutes[busiest])
			busiest = week;
	}
	load.week = moment_date(week_start(l, busiest));
	load.peak = l->minutes[busiest];
	load.available = calendar_between(resource->calendar, week_start(l, busiest), week_start(l, busiest + 1)) * resource->capacity /
		LEVEL_UNIT;
	for (size_t week = 0; week < l->weeks; week++)
		l->minutes[week] = 0;
	return load;
}

void plan_loads(struct plan *plan, struct vec *out)
{
	struct loads l = { .plan = plan };
	const struct plan_use *uses;
	uint32_t count;

	vec_init(out, sizeof(struct person_load));
	l.resources = plan_resources(plan, &count);
	plan_uses(plan, &l.uses);
	vec_sort(&l.uses, by_resource, NULL);
	find_weeks(&l);
	uses = l.uses.items;
	for (size_t i = 0; i < l.uses.len; i++) {
		add_use(&l, &uses[i]);
		if (i + 1 < l.uses.len && uses[i + 1].resource == uses[i].resource)
			continue;
		vec_append(out, &(struct person_load[]){ sum(&l, &l.resources[uses[i].resource]) }[0]);
	}
	free(l.minutes);
	vec_release(&l.uses);
}
