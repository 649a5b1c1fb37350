/*
 * Failure mode and effects analysis: severity (S), occurrence (O) and detection (D), each 1 to 10, 10 the worst.
 *
 *	RPN = S × O × D            1 to 1000
 *	AP  = by table              high: must be acted on; medium: should be; low: could be
 *
 * The table is AIAG-VDA 2019 style and is data: [scale ap] with type = action_priority and rows in `priorities` takes its
 * place. Marks of which one is missing or out of range give neither number. After the response, marks that are not given
 * again stay as they were.
 */
#ifndef RISK_FMEA_H
#define RISK_FMEA_H

#include "risk/risk.h"

struct fmea_marks {
	int severity, occurrence, detection;
};

/* The rows that come with pmt, as they would stand in `priorities`. */
extern const char fmea_rows[];

/* The marks before or after; false when one is missing. After: false also when none is given again. */
bool fmea_read(struct risk_register *r, const struct record *record, bool after, struct fmea_marks *out);
int fmea_rpn(const struct fmea_marks *marks);
/* False: no row of the project's own table fits. */
bool fmea_priority(struct risk_register *r, const struct fmea_marks *marks, enum action_priority *out);
/* The text of the rows in force, and the record they stand in (NULL: those that come with pmt). */
struct slice fmea_table(const struct project *project, const struct record **scale);

#endif
