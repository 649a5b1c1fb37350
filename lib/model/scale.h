/*
 * The project's own scales ([scale NAME]) as they are written: the levels of an ordinal scale from low to high, the colours of
 * a matrix, and the rows of an action priority table. Read here once, for the check and for who uses them (lib/risk).
 *
 *	0.3 低 <=30%          VALUE NAME [LIMIT]: a level; the limit is what the level reaches to
 *	high high extreme     a row of a matrix from high probability to low, a word for each impact
 *	9-10 2-3 2-10 high    SEVERITY OCCURRENCE DETECTION PRIORITY, each a mark or from-to; the first row that fits counts
 *
 * Slices point into the record's text.
 */
#ifndef MODEL_SCALE_H
#define MODEL_SCALE_H

#include "base/vec.h"
#include "model/project.h"

enum scale_bound { BOUND_NONE, BOUND_BELOW /* < */, BOUND_UP_TO /* <= */, BOUND_ABOVE /* > */, BOUND_FROM /* >= */ };

struct scale_level {
	decimal_t value;
	struct slice name;
	enum scale_bound bound;
	struct slice limit; /* behind the sign: "30%", "50000", "5d"; empty without a bound */
};

enum action_priority { ACTION_LOW, ACTION_MEDIUM, ACTION_HIGH };
enum { MARK_LEAST = 1, MARK_MOST = 10 };

/* Marks from..to of severity, occurrence and detection. */
struct priority_row {
	int from[3], to[3];
	enum action_priority priority;
};

/* NULL, or what was expected (an N_() text). */
const char *scale_level_parse(struct slice line, struct scale_level *out);
const char *priority_row_parse(struct slice line, struct priority_row *out);
/* Heat of a cell of a matrix, 0..4: of a word low, medium, high, extreme 1..4; -1 for another word. */
int matrix_heat(struct slice word);

/* The project's first scale of a type ("probability", "impact_cost"), or NULL. */
const struct record *scale_of_type(const struct project *project, const char *type);
/* Its levels (struct scale_level), those that can be read; appended. */
void scale_levels(const struct record *scale, struct vec *levels);
/* Levels of the scales of a project that has none of its own. */
enum { SCALE_LEVELS = 5 };
/* How many levels the project's scale of a type has; 0: there is none. */
size_t scale_size(const struct project *project, const char *type);
/* The type of field in which a scale of this type writes its limits; TYPE_TEXT: in words. Costs may also be a share of the
 * budget, as a percentage. */
enum field_type scale_limit_type(struct slice type);

#endif
