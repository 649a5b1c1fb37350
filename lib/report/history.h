/*
 * A project through time as documents: what commits changed, and what differs between two states.
 */
#ifndef REPORT_HISTORY_H
#define REPORT_HISTORY_H

#include "doc/doc.h"
#include "history/blame.h"
#include "history/log.h"
#include "model/project.h"

/* Room for one value in a line of text, in terminal cells; what is longer, or has several lines, is cut or told line
 * by line. */
enum { HISTORY_VALUE_CELLS = 44 };

struct history_report {
	const struct project *project; /* names the tasks that commits of code speak of; NULL: none is known */
	bool data;                     /* for programs: one row a change */
	bool lines;                    /* texts of several lines are told line by line */
};

/*
 * Commits with their changes. For people each is a heading and its changes; for programs `records`, one a change, and
 * `commits`, one for each task that a message names.
 */
void history_log_document(
	struct doc *doc, const struct history_report *report, const struct vec *entries /* struct history_entry */);
/* Changes by record (`records`), and how many there are of each kind (`counts`) when asked for alone. */
void history_changes_document(
	struct doc *doc, const struct history_report *report, const struct history_change *changes, size_t count);
void history_counts_document(struct doc *doc, const struct history_change *changes, size_t count);

/* Commits of code that name tasks (`commits`), and the time they say altogether; nothing when there are none. */
void history_work_document(struct doc *doc, const struct history_report *report, const struct vec *entries);
/* A row for each field: its value, and who set it. */
void history_blame_document(struct doc *doc, const struct vec *blames /* struct history_blame */, bool data);

/* "T-12" of tasks, "calendar cn" of others, the kind alone where there is no id. */
struct slice history_name(struct arena *arena, const struct kind *kind, struct slice id);
/* A value in one line, cut; "–" when there is none. */
struct slice history_value(struct arena *arena, struct slice value);
/* 7 letters of an id for people, all of it for programs; nothing for what is not committed. */
struct cell history_commit_cell(struct arena *arena, struct slice id, bool data);

#endif
