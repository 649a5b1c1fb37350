/* What the files of the change's report share. Private to lib/report. */
#ifndef CHANGE_INTERNAL_H
#define CHANGE_INTERNAL_H

#include "report/change.h"

struct change_writer {
	const struct change_report *report;
	const struct review *review;
	struct doc *doc;
	struct arena *arena;
};

/* An amount of the project's currency; nothing for DECIMAL_NONE. */
struct cell change_money(const struct change_writer *w, decimal_t amount);
/* A list of ids as references with their titles in the project with the change. */
struct cell change_refs(const struct change_writer *w, const char *kinds, const struct vec *ids /* struct slice */);

/* The sections. */
void change_alterations(const struct change_writer *w);
/* pairs: lines of the summary. */
void change_impact_lines(const struct change_writer *w, struct block *pairs);
void change_impact(const struct change_writer *w);

#endif
