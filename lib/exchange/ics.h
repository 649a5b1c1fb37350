/*
 * iCalendar (.ics, RFC 5545) as lines for holiday, workday and leave: "2026-05-01..2026-05-05 劳动节", "weekly fri from 2026-03-06
 * 13:00-18:00 早走". What is understood: all-day and timed VEVENTs, DTEND or DURATION, RRULE, RDATE, EXDATE, RECURRENCE-ID, STATUS,
 * SUMMARY. Zones are not converted.
 * Observances in a file that marks days off are counted and left out.
 */
#ifndef EXCHANGE_ICS_H
#define EXCHANGE_ICS_H

#include "base/diagnostic.h"
#include "base/err.h"
#include "base/strbuf.h"

#include <stdbool.h>

struct ics_days {
	struct strbuf off, work; /* a line each, by date */
	size_t events, observances;
};

void ics_days_init(struct ics_days *days);
void ics_days_release(struct ics_days *days);
/* Does the text begin as such a file? */
bool ics_is(struct slice text);
/* ERR_INPUT for what is no such file or is cut off; findings (import-value, import-dropped) for single events. */
int ics_read(struct slice text, const char *name, struct ics_days *out, struct diagnostics *found, struct err *err);

#endif
