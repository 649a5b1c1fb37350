/*
 * What level_search.c and level_generate.c share.
 */
#ifndef PLAN_LEVEL_SEARCH_INTERNAL_H
#define PLAN_LEVEL_SEARCH_INTERNAL_H

#include "plan/level-internal.h"

/* An instance looked at forwards or backwards. */
struct view {
	const struct level_instance *in;
	bool backward;
	uint32_t *first_arc, *degree;
	struct level_arc *arcs;
};
void view_init(struct view *view, const struct level_instance *instance, bool backward);
void view_release(struct view *view);

/* Room for generating schedules, used again for each. */
struct generator {
	const struct level_instance *in;
	struct profile *profiles;
	uint32_t *waits;
	int64_t *earliest;
	int32_t *free;
	struct vec ready, running, waiting; /* struct heap_item */
};
void generator_init(struct generator *generator, const struct level_instance *instance);
void generator_release(struct generator *generator);

/* Starts by activity (backwards: of the turned time) and the makespan. Keys lie within ±2^46. */
int32_t generate_serial(struct generator *g, const struct view *v, const int64_t *key, int32_t *start);
int32_t generate_parallel(struct generator *g, const struct view *v, const int64_t *key, int32_t *start);

#endif
