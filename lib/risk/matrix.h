/*
 * The probability-impact matrix: where each risk stands on the project's own scales.
 *
 * Rows are levels of probability, columns levels of impact, both counted from 0, low. A percentage, an amount or a delay is
 * graded by the scale's limits (a scale of probabilities without limits: the level whose value is nearest); what is given as
 * an ordinal level is taken as it is. Impact is the cost's, the delay's, or the worst of all that is known. Scales of
 * different lengths meet on the longest one: level i of n is column ⌈i·N/n⌉ of N.
 *
 * Ordinal scores are never multiplied nor added up: heat comes from the project's matrix ([scale] with type = matrix), else
 * from how far up the two scales the cell lies.
 */
#ifndef RISK_MATRIX_H
#define RISK_MATRIX_H

#include "risk/risk.h"

enum matrix_impact { IMPACT_WORST, IMPACT_COST, IMPACT_TIME };

/* One scale, its limits as numbers: percent, amounts in the project's currency, minutes. */
struct risk_level {
	struct slice name;   /* the project's own word; else at is NULL, and */
	const char *message; /* a message id */
	decimal_t value;     /* of the level, where the scale gives one: 0.3 */
	enum scale_bound bound;
	int64_t limit;
};
struct risk_scale {
	struct vec levels; /* struct risk_level; none: nothing can be graded by it */
	bool own;          /* the project's */
};

/* What amounts in percent are shares of. */
enum risk_budget { BUDGET_NONE, BUDGET_BASELINE, BUDGET_ACCOUNTS, BUDGET_LARGEST /* the largest impact of all risks */ };

struct risk_matrix {
	enum matrix_impact impact;
	struct risk_scale probability, cost, time, ordinal;
	const struct risk_scale *columns_of; /* whose names the columns have */
	size_t rows, columns;
	uint8_t *heat;         /* rows × columns, 0..4, row 0 lowest */
	bool own_heat;
	enum risk_budget budget_from;
	decimal_t budget;
};

void risk_matrix_init(struct risk_matrix *m, struct risk_register *r, enum matrix_impact impact);
void risk_matrix_release(struct risk_matrix *m);
/* Where a side of a risk stands; false when its probability or its impact is not known. */
bool risk_matrix_place(const struct risk_matrix *m, const struct risk_side *side, size_t *row, size_t *column);
/* Level of a number on a scale, or -1: it has no levels, or none can grade numbers. */
int risk_scale_level(const struct risk_scale *scale, int64_t number);

#endif
