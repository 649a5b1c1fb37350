/*
 * The longest paths of a network: the critical path, and those that come next.
 *
 * A path is a chain of tasks, each held by the one before it through a link (or through parents), that ends the project, or a task of
 * choice. Its float is by how much all its work could grow before it decided that end: the sum of what its links have to
 * spare, in working time of the tasks they lead to, and of what lies between its last task and the end. The longest path has
 * none. Paths begin where something else than a link holds a task: the project's start, a constraint, a fact.
 *
 * All dates are those without limits on people. Finished tasks are history: no path goes through them.
 */
#ifndef PLAN_PATHS_H
#define PLAN_PATHS_H

#include "base/arena.h"
#include "plan/plan.h"

struct plan_step {
	uint32_t task;
	uint32_t link;  /* index in links of the last link passed on the way from the step before; PLAN_NO_LINK: the first, or by parents alone */
	int64_t slack;  /* working minutes that the way from the step before has to spare */
};

struct plan_path {
	struct plan_step *steps; /* in order of work */
	size_t count;
	int64_t path_float;
};

struct plan_paths {
	struct arena arena;
	struct plan_path *items; /* by float, then in an order that is always the same */
	size_t count;
	bool more; /* there are further ones within the float asked for */
};

struct path_request {
	uint32_t to;        /* where the paths end; PLAN_NO_TASK: the project's finish */
	size_t most;        /* how many */
	int64_t float_most; /* none with more float; INT64_MAX: any */
};

/* plan must be scheduled. O(tasks + links + k × length × log) for k paths. Release out in any case. */
void plan_paths_find(struct plan_paths *out, const struct plan *plan, const struct path_request *request);
void plan_paths_release(struct plan_paths *paths);

#endif
