/* A levelling instance as a problem of lib/solve: the same numbers in its words. */
#include "plan/level-problem-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

void level_problem_init(struct level_problem *out, const struct level_instance *in)
{
	uint32_t link_count = in->first_arc[in->count], demand_count = in->first_demand[in->count];

	out->links = xcalloc((size_t)link_count + 1, sizeof(*out->links));
	out->resources = xcalloc((size_t)in->resource_count + 1, sizeof(*out->resources));
	out->demands = xcalloc((size_t)demand_count + 1, sizeof(*out->demands));
	for (uint32_t i = 0; i < in->count; i++) {
		for (uint32_t k = in->first_arc[i]; k < in->first_arc[i + 1]; k++)
			out->links[k] = (struct solve_link){ i, in->arcs[k].to, in->arcs[k].lag };
		for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++)
			out->demands[k] = (struct solve_demand){ i, in->demands[k].resource, in->demands[k].amount };
	}
	for (uint32_t r = 0; r < in->resource_count; r++)
		out->resources[r].capacity = in->capacity[r];
	out->problem = (struct solve_problem){ .activity_count = in->count, .link_count = link_count,
		.resource_count = in->resource_count, .demand_count = demand_count, .duration = in->duration,
		.links = out->links, .resources = out->resources, .demands = out->demands, .release = in->release };
}

void level_problem_release(struct level_problem *problem)
{
	free(problem->links);
	free(problem->resources);
	free(problem->demands);
}
