/* What the files that read iCalendar share; nobody else includes it. */
#ifndef EXCHANGE_ICS_INTERNAL_H
#define EXCHANGE_ICS_INTERNAL_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/vec.h"
#include "exchange/ics.h"
#include "model/recurrence.h"

#include <stdbool.h>
#include <stdint.h>

enum { ICS_EVENT_DAYS_MOST = 3660 };

/* What is beyond is no calendar of a person or a country, and a few bytes of rules could ask for any number of days. */
enum { ICS_EVENTS_MOST = 100000, ICS_LINES_MOST = 200000 };

enum ics_mark { MARK_NONE, MARK_OFF, MARK_WORK };

struct ics_event {
	unsigned long line;
	moment_t start, finish; /* finish exclusive; MOMENT_NONE: not said */
	bool has_time, cancelled;
	int64_t duration;       /* minutes; -1: not said */
	enum ics_mark mark;
	struct slice summary, rule, uid;
	moment_t replaces;      /* RECURRENCE-ID: which time of the series with its uid; MOMENT_NONE: it is no such change */
	size_t first_exception, exceptions; /* in reader.exceptions */
	size_t first_addition, additions;   /* in reader.additions */
};

/* A day of a series that an event of its own replaces, or calls off. */
struct ics_replaced {
	struct slice uid;
	date_t day;
};

struct ics_reader {
	struct slice rest;
	const char *name;
	struct diagnostics *found;
	struct arena *arena;
	unsigned long line, next_line;
	struct strbuf text;      /* the logical line at hand */
	struct vec events;       /* struct ics_event */
	struct vec exceptions;   /* date_t, ascending within an event */
	struct vec additions;    /* moment_t */
	struct vec replaced;     /* struct ics_replaced; sorted when all is read */
	bool in_event, zone_said, too_many;
	size_t lines;            /* written */
	int below;               /* components inside the event */
	struct ics_event event;
};

void ics_reader_init(struct ics_reader *r, struct slice text, struct arena *arena);
void ics_reader_release(struct ics_reader *r);
/* All events that can be used; what cannot is a finding. */
void ics_read_events(struct ics_reader *r);
/* Is that day of the event's series called off, or replaced? */
bool ics_is_excepted(const struct ics_reader *r, const struct ics_event *event, date_t day);
/* Is any day of it? */
bool ics_has_exceptions(const struct ics_reader *r, const struct ics_event *event);

void ics_note(const struct ics_reader *r, unsigned long line, const char *id, const char *format, struct slice word);
/* Is it this word, in capitals or not? */
bool ics_same_word(struct slice a, const char *capitals);
/* The number that count digits make; -1 when they are not all digits, or more than an int holds. */
int ics_digits(struct slice text, size_t from, size_t count);
/* 20260501, 20260501T090000, 20260501T090000Z */
bool ics_read_moment(struct slice text, moment_t *out, bool *has_time);
/* The last day that has a date. */
date_t ics_last_date(void);

struct ics_rule {
	struct recurrence r;
	uint32_t month_days;  /* as written: a month without the day has no occurrence */
	bool exact;           /* our rule gives the same days */
};
/* An RRULE of an event that first takes place on that day; false when we cannot say it. */
bool ics_read_rule(struct slice text, date_t first, struct ics_rule *rule);

#endif
