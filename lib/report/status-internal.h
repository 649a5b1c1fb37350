/* The sections of the status report. Private to lib/report. */
#ifndef STATUS_INTERNAL_H
#define STATUS_INTERNAL_H

#include "report/health.h"
#include "report/status.h"

/* Of the plan. */
void status_milestones(struct doc *doc, const struct status_report *report);
void status_critical_path(struct doc *doc, const struct status_report *report);
void status_progress(struct doc *doc, const struct status_report *report);
void status_work(struct doc *doc, const struct status_report *report);
/* Of the registers. */
void status_risks(struct doc *doc, const struct status_report *report);
void status_issues(struct doc *doc, const struct status_report *report);
void status_decisions(struct doc *doc, const struct status_report *report);

/* A table of records: id and title, then what the section adds; `empty` is said when there is none. */
struct table *status_table(struct doc *doc, const char *key, const char *empty);
struct row *status_row(struct doc *doc, struct table *table, const struct record *record);

/* End of the period that begins today. */
moment_t status_until(const struct status_report *report);
/* A record's field as a cell; nothing when it has none. */
struct cell status_field(struct doc *doc, const struct status_report *report, const struct record *record, const char *name);
/* Date of a record's field, or DATE_NONE. */
date_t status_date(const struct status_report *report, const struct record *record, const char *name);
/* Does a date lie in the period that is reported? */
bool status_in_period(const struct status_report *report, date_t date);
/* A leaf of the plan that was finished in it. */
bool status_done_in_period(const struct status_report *report, uint32_t task);

#endif
