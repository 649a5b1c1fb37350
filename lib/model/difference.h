/*
 * What two projects say differently, record by record and field by field.
 *
 * Records are the same when kind and id are; fields compare by their logical text (unfolded lines), so where a record stands, its
 * comments and the order of its fields are no difference. Custom fields (x_…) count like others.
 *
 * blend makes the project between the two in which some of the differences are made and others are not yet: it is how one finds
 * out what each of them does. It copies no text: both projects must outlive it.
 */
#ifndef MODEL_DIFFERENCE_H
#define MODEL_DIFFERENCE_H

#include "base/slice.h"
#include "base/vec.h"
#include "model/project.h"

#include <stdbool.h>

enum difference_what { DIFFERENCE_ADDED, DIFFERENCE_REMOVED, DIFFERENCE_FIELD };

struct difference {
	enum difference_what what;
	const struct record *before, *after; /* NULL: not there */
	struct slice field;                  /* FIELD: its key */
	struct slice old, new;               /* FIELD: at NULL when it was or is absent */
};

/* The record of the same kind and id in another project, or NULL; of [project] and the like the only one. */
struct record *record_counterpart(const struct project *project, const struct record *record);
/*
 * Does the other project have the record as it is, told without reading it? Only where both have it from one file (project_load_cached), or one was
 * patched from the other, and in the same place; false else, and of journals.
 */
bool record_stands_in(const struct project *project, const struct record *record);
/* Calls differs for each field that differs: those of `after` in its order, then those that are gone. */
void record_differences(const struct record *before, const struct record *after,
	void (*differs)(void *context, const struct difference *difference), void *context);
/* None does. */
bool record_same(const struct record *a, const struct record *b);
/*
 * All of them among records of `kinds` ("task|calendar"; journals are left out), appended: kinds in the order given; of each the
 * records added, fields that differ, records removed. O(records).
 */
void project_differences(const struct project *before, const struct project *after, const char *kinds,
	struct vec *out /* struct difference */);

/*
 * `before` with those differences made for which made[i] is true: i counts in `differences`, which project_differences made of
 * these two and `kinds`. Records of other kinds are left out. Records stand in the order of `after`; one that is not in it
 * stands behind the record that it stood behind. Release it as any project.
 */
void project_blend(struct project *out, const struct project *before, const struct project *after, const char *kinds,
	const struct vec *differences, const bool *made);

/*
 * `state` with single fields set, which are given record by record (those of one record next to each other). A record that is not there comes
 * into being, behind those of its kind; field "*" makes it (value given) or takes it away (value.at NULL), together with all its fields. All
 * kinds take part, journals too: of those the field is a date. Copies no text: state and the values must outlive it. It has no source.
 */
struct field_patch {
	const struct kind *kind;
	struct slice id, field, value; /* value.at NULL: the field goes */
};
void project_patch(struct project *out, const struct project *state, const struct field_patch *patches, size_t count);

#endif
