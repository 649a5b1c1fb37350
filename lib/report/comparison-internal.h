/* What the files of the comparison share. Private to lib/report. */
#ifndef COMPARISON_INTERNAL_H
#define COMPARISON_INTERNAL_H

#include "report/comparison.h"

struct writer {
	const struct comparison_report *report;
	const struct comparison *comparison;
	struct doc *doc;
	struct arena *arena;
};

/* An amount of the project's currency; nothing for DECIMAL_NONE. */
struct cell comparison_money(const struct writer *w, decimal_t amount);
/* A difference: with its sign, later and dearer being worse. */
struct cell comparison_worse(struct cell cell, int64_t amount);
struct cell comparison_slip_cell(int64_t minutes);

/* A step as words, "T-12 effort: 10d → 15d"; about the record itself without its name. */
struct cell comparison_step(const struct writer *w, const struct attribution_step *step, const struct record *about);
/* The sections. */
void comparison_changes(const struct writer *w);
void comparison_people(const struct writer *w);

#endif
