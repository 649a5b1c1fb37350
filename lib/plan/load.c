#include "plan/load.h"

#include "plan/level.h"
#include "plan/workload.h"

static struct person_load sum(const struct workload *w, size_t row, const struct plan_resource *resource)
{
	struct person_load load = { .resource = resource->record };
	size_t periods = workload_periods(w), busiest = 0;
	const int64_t *work = w->work + row * periods;

	for (size_t week = 0; week < periods; week++) {
		load.work += work[week];
		if (work[week] > work[busiest])
			busiest = week;
	}
	load.week = *(date_t *)vec_at(&w->periods, busiest);
	load.peak = work[busiest];
	load.available = w->available[row * periods + busiest];
	return load;
}

void plan_loads(struct plan *plan, struct vec *out)
{
	const struct plan_resource *resources;
	struct workload workload;
	uint32_t count;

	vec_init(out, sizeof(struct person_load));
	resources = plan_resources(plan, &count);
	workload_init(&workload, plan, WORKLOAD_WEEK, NULL);
	for (size_t row = 0; row < workload.resources.len; row++) {
		struct person_load load = sum(&workload, row, &resources[*(uint32_t *)vec_at(&workload.resources, row)]);

		vec_append(out, &load);
	}
	workload_release(&workload);
}
