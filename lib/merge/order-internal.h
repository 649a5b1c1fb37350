/* What order.c (the files) and sequence.c (which records, in what order) share; nobody else includes it. */
#ifndef MERGE_ORDER_INTERNAL_H
#define MERGE_ORDER_INTERNAL_H

#include "merge/merge-internal.h"

#define NOBODY UINT32_MAX

struct ordering {
	struct merging *merging;
	const char *path;
	const struct tree_file *files[MERGE_SIDES]; /* NULL: not there */
	uint32_t *next;     /* by unit: the one behind it in this file */
	char *moved;        /* by unit: bit of each side that moved it within its file */
	char *placed;       /* by unit */
	uint32_t first;
	struct vec sequence; /* uint32_t: the units, in order */
	struct vec starts;   /* size_t: where the body of each begins */
	struct strbuf text;
};

static inline struct unit *unit_at(const struct ordering *ordering, uint32_t number)
{
	return vec_at(&ordering->merging->units, number);
}

static inline struct section *section_in(const struct ordering *ordering, int side, size_t index)
{
	return vec_at(&ordering->merging->trees[side].sections, ordering->files[side]->first + index);
}

/* Fills `sequence` with the units that stand in the file, in their order. */
void order_arrange(struct ordering *ordering);

#endif
