/* The charter as a document, what it lacks, and which method suits which part of the project. */
#ifndef REPORT_CHARTER_H
#define REPORT_CHARTER_H

#include "doc/doc.h"
#include "register/charter.h"

struct charter_page {
	const struct project *project;
	const struct record *charter;     /* NULL: there is none */
	const struct vec *changed;        /* struct slice: fields changed since it was approved; NULL: not known */
	struct slice pending;             /* the change that approves it and has not landed; empty: none */
	bool data;
};

/* All it says, whether it is approved, and what is missing. */
void charter_page(struct doc *doc, const struct charter_page *page);
/* What it must say, and where it does. Returns how much is missing. */
size_t charter_completeness(struct doc *doc, const struct charter_page *page, bool missing_alone);
/* The advised method of each part, with reasons. */
void charter_advice(struct doc *doc, const struct plan *plan, const struct method_advices *advices, bool data);
/* The table that the advice rests on. */
void charter_advice_table(struct doc *doc, const struct project *project);

#endif
