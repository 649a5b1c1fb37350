/*
 * The communication plan: what each stakeholder is to be told, how, and how often, from the lines of `communication`
 * ("status report; email; weekly"), and what of it is owed.
 *
 * How often is a rule of model/recurrence.h (weekly mon, monthly 1, every 2 weeks), one of the words daily, biweekly,
 * quarterly, or Chinese: 每天, 每周, 每周一, 每两周, 每月, 每月一次, 每季度, 每半年, 每年. Anything else (发布前三天) is an
 * occasion: shown in the plan, never due by the calendar.
 *
 * Time is cut into windows: the day, ISO weeks, months; windows of several weeks count from the project's start, of several
 * months from January. In each window the item is owed on the day the rule names, else on its last day; when that is no working day of
 * the calendar, on the working day before it in the window (the last one before a holiday), else on the first one after it, which
 * lies behind the window when that holds none. It is done when the journal of notes has a line on the stakeholder in the window that holds the item's
 * name, or when a meeting in the window had the stakeholder present and the way is a meeting (会, 汇报, meeting, call …).
 * Cost: O(stakeholders + notes + meetings × present).
 */
#ifndef REGISTER_COMMUNICATION_H
#define REGISTER_COMMUNICATION_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/project.h"
#include "plan/calendar.h"

enum communication_state {
	COMMUNICATION_OCCASION, /* not by the calendar */
	COMMUNICATION_DONE,     /* in this window */
	COMMUNICATION_LATER,    /* owed after this week */
	COMMUNICATION_DUE,      /* owed from today to the end of this week */
	COMMUNICATION_OVERDUE   /* owed before today, in this window */
};

struct communication {
	const struct record *stakeholder;
	struct slice what, how, often; /* as written; how and often may be empty */
	bool regular;                  /* often is a rule */
	date_t from, to;               /* the window now is in; to is inclusive */
	date_t due;                    /* day it is owed; DATE_NONE: not by the calendar */
	date_t last;                   /* last time it was done, at any time until now; DATE_NONE: never */
	enum communication_state state;
};

/* Every line in project order: struct communication; the slices live as long as the project. calendar: of the project. */
void communications_read(const struct project *project, const struct calendar *calendar, moment_t now, struct vec *out);

/* One window, the one that `now` lies in. */
struct communication_window {
	date_t from, to; /* to is inclusive */
	date_t due;      /* a working day of the calendar */
};
/* start: of the project. False: no rule. */
bool communication_window(struct slice often, const struct calendar *calendar, date_t start, date_t now,
	struct communication_window *out);

#endif
