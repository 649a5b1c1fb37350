/*
 * Documents about risks: the matrix, exposure, what is due, FMEA and decision trees. Figures come from lib/risk; these choose
 * what is shown.
 */
#ifndef REPORT_RISK_H
#define REPORT_RISK_H

#include "doc/doc.h"
#include "plan/plan.h"
#include "risk/matrix.h"
#include "risk/risk.h"

struct risk_request {
	struct risk_register *r;
	const struct vec *records; /* const struct record *: the risks asked for, in order */
	bool data;                 /* for programs: every row and column */
};

enum matrix_sides { MATRIX_BEFORE, MATRIX_AFTER, MATRIX_BOTH };
void risk_matrix_report(struct doc *doc, const struct risk_request *request, enum matrix_impact impact, enum matrix_sides sides);

enum exposure_group { EXPOSURE_BY_RISK, EXPOSURE_BY_CATEGORY, EXPOSURE_BY_OWNER, EXPOSURE_BY_TASK, EXPOSURE_BY_STRATEGY };
void risk_exposure_report(struct doc *doc, const struct risk_request *request, enum exposure_group group);

/* Reviews overdue and owed until a day, triggers to watch, what has no review date, responses that are late. */
void risk_due_report(struct doc *doc, const struct risk_request *request, date_t until);

void risk_fmea_report(struct doc *doc, const struct risk_request *request);
/* The action priority table in force. */
void risk_fmea_table_report(struct doc *doc, const struct risk_request *request);

/* Trees of the roots given (const struct record *), or all (NULL); of a node that is no root the part below it. */
void risk_tree_report(struct doc *doc, struct risk_register *r, const struct vec *roots, bool data);

/* Percentile 80 and mean of the simulated finish and cost, with a risk and without it. */
struct risk_effect {
	const struct record *record;
	moment_t finish[2], mean_finish[2]; /* with, without */
	decimal_t cost[2], mean_cost[2];
};
void risk_effects_report(struct doc *doc, const struct plan *plan, const struct risk_effect *effects, size_t count, size_t runs, bool data);

/* What the parts share. */
struct cell risk_amount(const struct project *project, decimal_t amount); /* DECIMAL_NONE: CELL_NONE */
/* Id and title as the first columns of a table of records; kind for data. */
void risk_columns(struct table *table);
struct row *risk_row(struct doc *doc, struct table *table, const struct record *record);
enum { RISK_COLUMNS = 3 };
/* More rows than these no person reads: the rest is counted. Programs get all. */
enum { RISK_ROWS = 500 };
/* Totals of what is asked for: exposure before and after, cost and benefit of the responses. */
void risk_totals_pairs(struct doc *doc, const struct risk_request *request);

#endif
