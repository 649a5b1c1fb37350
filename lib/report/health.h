/*
 * What the dashboard and the reports know about how the project stands. The rules are in dashboard.h; the words beside each
 * colour say which numbers it rests on.
 */
#ifndef REPORT_HEALTH_H
#define REPORT_HEALTH_H

#include "quality/measure.h"
#include "report/dashboard.h"

#include <stdbool.h>

/* The day the reader looks at: the status date when the project has one. */
moment_t health_today(const struct dashboard *d);
/* End of this ISO week. */
moment_t health_week_end(const struct dashboard *d);
/* See progress_is_open. */
bool health_open_task(const struct dashboard *d, uint32_t task);
/* A risk, issue, … whose status is no final one. */
bool health_open(const struct record *record);
size_t health_count_open(const struct project *project, const char *kind_name);

/* The figures of one moment. Plan and costs of the measures may be NULL: then what needs them is not known. */
void health_figures_read(struct health_figures *out, const struct measures *measures);
/* Those of the dashboard's day, for programs and for arrows; where neither asks for them nothing is known. */
void health_figures_now(struct health_figures *out, const struct dashboard *d);
/*
 * A dimension as the reader sees it: its state, where it is heading, the limits that rules set to it, and which of them trip. CELL_NONE: the
 * project holds nothing about it, and no rule speaks of it.
 */
struct cell health_dimension_cell(struct doc *doc, const struct dashboard *d, const struct health_figures *now,
	enum health_dimension dimension);
/* What the arrows compare with, behind the dimensions; nothing when nobody knows. */
void health_compared(struct doc *doc, const struct dashboard *d, struct block *pairs);
const char *health_dimension_name(enum health_dimension dimension); /* N_(), and a key */
/* The same for programs: a row each with state, value, threshold, trend, change, limits, what trips. */
void health_indicators(struct doc *doc, const struct dashboard *d, const struct health_figures *now);

/* One dimension's health as a cell: its tone and the words for it. */
struct cell health_schedule(struct doc *doc, const struct dashboard *d);
struct cell health_risk(struct doc *doc, const struct dashboard *d);
/* Planned cost against the baseline's; requirements verified; metrics (report/health_measures.c). CELL_NONE: nothing to tell. */
struct cell health_cost(struct doc *doc, const struct dashboard *d);
struct cell health_scope(struct doc *doc, const struct dashboard *d);
struct cell health_quality(struct doc *doc, const struct dashboard *d);
/*
 * The cell of a dimension ("schedule", "cost", "scope", "quality", "risk", "people") with the rules that trip in it: named behind it, and its
 * tone as bad as the worst of them.
 */
struct cell health_with_rules(struct doc *doc, const struct dashboard *d, const char *dimension, struct cell cell);
/* Ids of the rules that trip in a dimension, and what the others of its rules about measures ask for, as lists; CELL_NONE: none. */
struct cell health_tripped(struct doc *doc, const struct dashboard *d, const char *dimension, enum tone *tone);
struct cell health_limits(struct doc *doc, const struct dashboard *d, const char *dimension);
/* What trips, the worst first; no table when nothing does. */
void health_alerts(struct doc *doc, const struct dashboard *d);
/* Who is wanted for more than there is of them, from today on; muted where nobody is assigned. */
struct cell health_people(struct doc *doc, const struct dashboard *d);
struct cell health_text(struct doc *doc, const struct dashboard *d);
/* A count as an argument of a message; lives in the document. */
const char *health_number(struct doc *doc, size_t value);
/* Rows that were left out are counted, so that nobody takes a part for the whole. */
void health_rest(struct doc *doc, size_t found, size_t shown);
/* Where people moved dates, that float and the critical path are not those of the dates shown. */
void health_levelled(struct doc *doc, const struct plan *plan);

#endif
