/*
 * Value arbitration: what a requirement or a change is worth against what it costs, and in which order they are taken.
 *
 *	worth   `worth` in money, else `value` points × [project] value_point
 *	ROI     (worth - cost) / cost, per cent            n/a without worth, without cost, or with cost 0
 *	order   open vulnerabilities first, by due date, then score; then what pays most: ROI, else below those that have one
 *	        value, then the smaller cost, then the order of the files
 *
 * A vulnerability without `due` is due so long after `raised` as [project] vulnerability_due says for its severity.
 * Amounts in other currencies count at the project's rates ([rate USD]); without one they are n/a.
 * Example: worth 180,000 for a cost of 80,000 is an ROI of 125 %. Cost: O(n log n).
 */
#ifndef REGISTER_VALUE_H
#define REGISTER_VALUE_H

#include "base/vec.h"
#include "model/project.h"
#include "model/query.h"

struct candidate {
	const struct record *record;
	bool vulnerability;
	date_t due;                       /* DATE_NONE: no date */
	decimal_t score, value;           /* DECIMAL_NONE: not said */
	decimal_t worth, cost, roi;       /* money of the project's currency, per cent; DECIMAL_NONE: n/a */
};

/* Figures of a requirement, a change or an issue. */
void candidate_read(struct candidate *out, const struct project *project, const struct record *record, date_t now);
/* In the order above. */
void candidates_rank(struct vec *candidates /* struct candidate */);
/* When a vulnerability is due by its severity; DATE_NONE when it was raised nobody knows when. */
date_t vulnerability_due(const struct project *project, const struct record *issue);

#endif
