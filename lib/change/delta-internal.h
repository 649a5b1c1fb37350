/* What the files of the delta share. */
#ifndef CHANGE_DELTA_INTERNAL_H
#define CHANGE_DELTA_INTERNAL_H

#include "change/delta.h"

/* May items be about records of this kind? */
bool delta_kind_bound(const struct kind *kind);
/* Order of items in the text. */
int delta_item_order(const struct delta_item *a, const struct delta_item *b);
int delta_context_order(const struct delta_context *a, const struct delta_context *b);
/* The items alone; before NULL: nothing was there. */
void delta_compare(struct delta *out, const struct project *before, const struct project *after, const struct policies *policies,
	struct arena *arena);
/* All that a state has of class authority. */
void delta_authority(struct delta *out, const struct project *project, struct arena *arena);
/* The contexts that those items must have, of the state they start from. */
struct delta_context *delta_contexts(const struct delta *delta, const struct project *state, struct arena *arena, size_t *count);
/* The value of a file's item. */
struct slice delta_steering(const struct steering *file, struct arena *arena);
const struct steering *delta_steering_find(const struct project *state, struct slice path);

#endif
