/* Alerts and gates as documents: what trips, with which value, since when. */
#ifndef REPORT_TRIP_H
#define REPORT_TRIP_H

#include "doc/doc.h"
#include "quality/alert.h"
#include "quality/gate.h"

/* What the condition of a hit asked for, as "name value" each; a metric goes by its title. */
struct cell trip_values(struct doc *doc, const struct rules *rules, const struct rule_hit *hit);
/* The same for a column beside the rule's own words: for people a single value goes without its name. */
struct cell trip_value(struct doc *doc, const struct rules *rules, const struct rule_hit *hit, bool data);
/* A metric's latest value with its unit and the threshold it is beyond: "78.4 % (fail 80)". */
struct cell trip_metric(struct doc *doc, const struct metric *metric);
/* The same without the threshold: "78.4 %". */
struct cell trip_measured(struct doc *doc, const struct metric *metric);
/* The day; "2026-05-01 or earlier" when nobody looked further; nothing when it is not known. data: the day alone. */
struct cell trip_since(struct doc *doc, moment_t since, enum since_state state, bool data);
/* What a rule tells people: its message, else its title, else its condition. */
struct slice trip_words(const struct rule *rule);
struct cell trip_severity(struct doc *doc, enum severity severity);

struct alert_report {
	const struct rules *rules;
	const struct vec *alerts;         /* struct alert */
	const struct calendar *calendar;  /* for escalation; may be NULL */
	moment_t now;
	bool data; /* for programs */
};
void alert_build(struct doc *doc, const struct alert_report *report);

struct gate_report {
	const struct rules *rules;
	const struct gates *gates;
	const struct gate *only; /* NULL: every gate */
	moment_t now;
	bool data;
};
void gate_build(struct doc *doc, const struct gate_report *report);
/* "passes", "warns", "unsure", "stops" */
const char *gate_word(enum gate_verdict verdict);

#endif
