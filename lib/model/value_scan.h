/* Private to lib/model: reading a value from left to right, and saying where and why it is wrong. */
#ifndef MODEL_VALUE_SCAN_H
#define MODEL_VALUE_SCAN_H

#include "base/i18n.h"
#include "model/value.h"

/* A value being read: `rest` shrinks from the front; `text` is the whole, for offsets. */
struct scan {
	struct slice text, rest;
	struct value_fault *fault; /* may be NULL */
};

struct scan scan_new(struct slice text, struct value_fault *fault);
/* A part of a value under the same whole. */
struct scan scan_part(const struct scan *whole, struct slice part);
/* Fills the fault and returns -1. `found` must be a part of the whole text. */
int scan_fault(const struct scan *scan, const char *id, const char *expected, struct slice found);
/* The same at what comes next, up to the next blank, comma or line. */
int scan_fault_here(const struct scan *scan, const char *id, const char *expected);
/* Puts a fault of a nested parser, whose text was `part`, into the whole's terms; returns -1. */
int scan_fault_nested(const struct scan *scan, const struct value_fault *nested, struct slice part);

void scan_blanks(struct scan *scan);              /* spaces and tabs */
bool scan_char(struct scan *scan, char c);        /* takes c when it comes next */
bool scan_text(struct scan *scan, const char *text); /* takes text when it comes next, any ASCII case */
struct slice scan_token(struct scan *scan);       /* up to the next blank or line; may be empty */
struct slice scan_letters(struct scan *scan);     /* ASCII letters */
struct slice scan_peek_token(const struct scan *scan);
bool scan_done(struct scan *scan);                /* nothing but blanks left */
/* [+-]digits[.digits]: 0, or -1 with a fault that says `expected`. */
int scan_decimal(struct scan *scan, decimal_t *out, const char *expected);
bool scan_at_number(const struct scan *scan);     /* a digit, or a sign before one */

/*
 * The next item of a list separated by commas or lines: 1 and *item, 0 at the end, -1 for nothing between two commas.
 */
int scan_item(struct scan *scan, struct scan *item);
size_t scan_count_items(struct slice text, const char *separators); /* an upper bound; one or two separators */

/* Weekday words mon … sun, any case: 1..7, or 0. */
int weekday_find(struct slice word);
const char *weekday_name(int weekday);
/* "09:00-12:00", "9-12": 0 or -1. Midnight at the end is 24:00. */
int time_range_scan(struct scan *scan, struct time_range *out);
void time_range_print(const struct time_range *range, struct strbuf *out);
bool at_time_range(struct slice token);
/* Ranges to the end of the scan or to what is no range; ascending and disjoint. *count of them in the arena. */
int time_ranges_scan(struct scan *scan, struct arena *arena, struct time_range **out, size_t *count);

/* One parser a type; each takes the whole value. 0 or -1. */
int duration_scan(struct scan *scan, const struct units *units, struct estimate *out);
/* One signed amount of time at the front: "2d", "-1.5ed". */
int duration_scan_one(struct scan *scan, const struct units *units, struct duration *out);
int money_scan(struct scan *scan, struct money *out);
int rate_scan(struct scan *scan, struct arena *arena, struct value *out);
int hours_scan(struct scan *scan, struct arena *arena, struct week_hours **out);
int dates_scan(struct scan *scan, const struct value_context *context, struct arena *arena, struct value *out);
int allocations_scan(struct scan *scan, const struct units *units, struct arena *arena, struct value *out);
int date_scan(struct scan *scan, const struct value_context *context, moment_t *out, bool *has_time);
/* Syntax of a condition alone (query_syntax.c). */
int condition_check(struct slice text, struct value_fault *fault);

void hours_print(const struct week_hours *hours, struct strbuf *out);
void dates_print(const struct value *value, struct strbuf *out);
void rate_print(const struct value *value, struct strbuf *out);
void dependency_print(const struct dependency *dependency, const struct units *units, struct strbuf *out);
void allocation_print(const struct allocation *allocation, const struct units *units, struct strbuf *out);

#endif
