/*
 * The project's own scales ([scale NAME]) as they are written: the levels of an ordinal scale from low to high, the colours of
 * a matrix, the rows of an action priority table, and those of the table of advice on methods. Read here once, for the check and for who uses them (lib/risk, lib/register).
 *
 *	0.3 低 <=30%          VALUE NAME [LIMIT]: a level; the limit is what the level reaches to
 *	high high extreme     a row of a matrix from high probability to low, a word for each impact
 *	9-10 2-3 2-10 high    SEVERITY OCCURRENCE DETECTION PRIORITY, each a mark or from-to; the first row that fits counts
 *
 *	law >= 30% scrum 2    SIGN [LIMIT] METHOD POINTS: when the sign is there, that speaks for the method; the first row of a sign that fits
 *	within 90d, hybrid 2  how far back changes count; from how many points on waterfall and scrum together are a hybrid
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

/* What can be told of a project or a part of it; the shares have a limit. */
enum advice_sign { ADVICE_FIXED_PRICE, ADVICE_HARDWARE, ADVICE_EARLY, ADVICE_RECURRING, ADVICE_LAW, ADVICE_CHANGED, ADVICE_LINKED,
	ADVICE_UNSETTLED, ADVICE_FREE, ADVICE_WITHIN, ADVICE_HYBRID };
enum { ADVICE_SIGNS = ADVICE_HYBRID + 1 };
bool advice_is_share(enum advice_sign sign); /* from LAW to FREE */
extern const char advice_signs[], advice_methods[]; /* "fixed_price|hardware|…", in the order above; "waterfall|scrum|kanban" */
struct advice_row {
	enum advice_sign sign;
	bool below;  /* shares: it fits below the limit, else from the limit on */
	int limit;   /* shares: per cent; WITHIN: days */
	int method;  /* of advice_methods */
	int points;  /* also of HYBRID */
};

/* NULL, or what was expected (an N_() text). */
const char *scale_level_parse(struct slice line, struct scale_level *out);
const char *priority_row_parse(struct slice line, struct priority_row *out);
const char *advice_row_parse(struct slice line, struct advice_row *out);
/* Heat of a cell of a matrix, 0..4: of a word low, medium, high, extreme 1..4; -1 for another word. */
int matrix_heat(struct slice word);

/* The project's first scale of a type ("probability", "impact_cost"), or NULL. */
const struct record *scale_of_type(const struct project *project, const char *type);
/* The rows in a field of that scale, with *scale whose they are; without any the common ones, and *scale NULL. */
struct slice scale_rows(const struct project *project, const char *type, const char *field, const char *common, const struct record **scale);
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
