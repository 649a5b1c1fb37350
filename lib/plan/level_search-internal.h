/*
 * What level_search.c and level_generate.c share.
 */
#ifndef PLAN_LEVEL_SEARCH_INTERNAL_H
#define PLAN_LEVEL_SEARCH_INTERNAL_H

#include "plan/level-internal.h"

/* An instance looked at forwards or backwards. */
struct level_view {
	const struct level_instance *in;
	bool backward;
	uint32_t *first_arc, *degree;
	struct level_arc *arcs;
};
void level_view_init(struct level_view *view, const struct level_instance *instance, bool backward);
void level_view_release(struct level_view *view);

/* Room for generating schedules, used again for each. */
struct level_generator {
	const struct level_instance *in;
	struct level_profile *profiles;
	uint32_t *waits;
	int64_t *earliest;
	int32_t *free;
	struct vec ready, running, waiting; /* struct level_heap_item */
};
void level_generator_init(struct level_generator *generator, const struct level_instance *instance);
void level_generator_release(struct level_generator *generator);

/* Starts by activity (backwards: of the turned time) and the makespan. Keys lie within ±2^46. */
int32_t level_serial(struct level_generator *g, const struct level_view *v, const int64_t *key, int32_t *start);
int32_t level_parallel(struct level_generator *g, const struct level_view *v, const int64_t *key, int32_t *start);

#endif
