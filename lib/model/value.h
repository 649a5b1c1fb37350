/*
 * Typed values: one parser and one canonical printer for each type. The same parsers read files and
 * the command line; on the command line (value_context.words) dates may also be today, +3d, mon, eow, 2w ago.
 *
 * Units: durations and effort are whole minutes of working time (or elapsed time), moments are minutes since
 * 1970, percentages and numbers are decimals (base/decimal.h), money is a decimal and a currency.
 * `d`, `w`, `mo` follow the project's hours_per_day, days_per_week, days_per_month.
 * What a value points to lives in the arena given, or in the input text.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "model/kind.h"
#include "model/recurrence.h"

#include <stdbool.h>
#include <stdint.h>

/* The project's units, from [project]. */
struct units {
	int32_t minutes_per_day, minutes_per_week, minutes_per_month; /* 480, 2400, 9600 */
	char currency[4];                                             /* "CNY" */
};
void units_default(struct units *units);
bool units_equal(const struct units *a, const struct units *b);

struct duration {
	int64_t minutes;
	bool elapsed;
};

/* Three values when three_point; else all three equal. */
struct estimate {
	int64_t optimistic, likely, pessimistic; /* minutes */
	bool three_point, elapsed;
};
/* PERT mean (O+4M+P)/6, rounded to the minute. */
int64_t estimate_mean(const struct estimate *estimate);

struct money {
	decimal_t amount;
	char currency[4]; /* "" until resolved: the project's */
};

struct rate_step {
	date_t from; /* DATE_NONE: from the beginning */
	struct money amount;
	char per; /* 'm' minute, 'h' hour, 'd', 'w', 'M' month, 'u' unit, 'f' flat per use */
};

enum link_type { LINK_FS, LINK_SS, LINK_FF, LINK_SF };
struct dependency {
	struct slice project; /* of "YB:T-12", else empty */
	struct slice id;
	enum link_type type;
	struct duration lag;   /* may be negative (lead) */
	decimal_t lag_percent; /* of the predecessor's duration; DECIMAL_NONE unless a % was given */
	uint32_t at;           /* offset of the item in the text, for diagnostics */
};

enum allocation_what { ALLOCATE_RESOURCE, ALLOCATE_TEAM, ALLOCATE_SKILL };
struct allocation {
	enum allocation_what what;
	struct slice *alternatives; /* ids in order of preference; one unless a|b; team id or skill word */
	size_t alternative_count;
	decimal_t share;  /* 50% is 0.5; 0 when not said: as much as there is of it, at most one */
	int32_t count;    /* x2; 1 when not said */
	int64_t effort;   /* minutes of work fixed for this one ("12d"), or -1 */
	uint32_t at;
};

struct time_range {
	int16_t from, to; /* minutes of the day; to may be 1440 */
};
/* Weekly hours: for each ISO weekday a list of ranges, ascending and disjoint. */
struct week_hours {
	bool given[8]; /* 1..7 */
	struct time_range *ranges[8];
	size_t range_count[8];
};

/* One line of a DATES value. With a rule it stands for many: see dates_expand. */
struct date_range {
	date_t from, to; /* inclusive; with a rule, what its days are between as far as it says so, else DATE_NONE */
	const struct recurrence *rule; /* or NULL */
	int as_weekday;  /* workday … as fri: 1..7, else 0 */
	struct time_range *ranges;
	size_t range_count; /* own hours; 0: the weekday's or the default */
	struct slice remark;
	uint32_t at;
};

struct value {
	enum field_type type;
	union {
		struct slice text; /* TEXT LINE ID REF ENUM CONDITION */
		struct {
			struct slice *items;
			size_t count;
		} list; /* REFS WORDS LINES */
		struct {
			moment_t moment;
			bool has_time;
		} when; /* DATE DATETIME */
		struct estimate estimate; /* DURATION EFFORT */
		decimal_t number;         /* PERCENT (50 % is 50.0000) NUMBER */
		int64_t integer;
		bool yes;
		struct money money;
		struct {
			struct rate_step *steps;
			size_t count;
		} rate;
		struct {
			struct dependency *items;
			size_t count;
		} dependencies;
		struct {
			struct allocation *items;
			size_t count;
		} allocations;
		struct week_hours *hours;
		struct {
			struct date_range *items;
			size_t count;
		} dates;
	} as;
};

struct value_context {
	const struct units *units;
	bool words;  /* command line: today, +3d, mon, eow … are dates */
	moment_t now; /* for words */
};

/* Where and why a text is no value: offset of the first wrong byte, its id ("date-impossible") and what
 * was expected; found is the wrong part. Texts are N_() literals. */
struct value_fault {
	size_t offset;
	const char *id;
	const char *expected; /* enums: the words themselves, "a|b|c" */
	struct slice found;
	struct slice nearest; /* "did you mean": points into a word list; empty when nothing is near */
};

/* 0, or -1 with *fault filled. Parses `text` as field->type (uses field->of for enums, field->flags). */
int value_parse(struct value *out, const struct field *field, struct slice text,
	const struct value_context *context, struct arena *arena, struct value_fault *fault);
/* Canonical text as it stands in files. */
void value_print(const struct value *value, const struct units *units, struct strbuf *out);
/*
 * The items with rules written out, in order of what was written: their days from 2000 to 2099, where a rule does not say
 * from when or until when itself; of one rule a century at most; `rule` tells those days. *count is in and out.
 */
struct date_range *dates_expand(struct date_range *items, size_t *count, struct arena *arena);
/* Order for sorting and conditions; values of one type. Lists compare by items. */
int value_compare(const struct value *a, const struct value *b);

/* Does a type hold several items, so that += and -= make sense? */
bool value_is_list(enum field_type type);

/* Direct parsers for the schedule's hot path; the same code value_parse uses. 0 or -1; fault may be NULL. */
int duration_parse(struct slice text, const struct units *units, struct estimate *out, struct value_fault *fault);
/* Calls item for each dependency without allocating; stops at the first fault. */
int dependencies_parse(struct slice text, const struct units *units,
	void (*item)(void *context, const struct dependency *dependency), void *context,
	struct value_fault *fault);
/* Shortest exact canonical form: 2400 is "5d", 90 is "1.5h" when exact in a unit, else minutes. */
void duration_print(int64_t minutes, bool elapsed, const struct units *units, struct strbuf *out);
void money_print(const struct money *money, struct strbuf *out);

/*
 * A date word of the command line: today, now, tomorrow, yesterday, mon … sun (the next one), sow eow som eom soq eoq
 * soy eoy (start and end of week, month, quarter, year), +3d, -2w, "2w ago" (calendar days, weeks, months, years; h and
 * min from now), or a date. False when it is none of these.
 */
bool date_word_parse(struct slice text, moment_t now, moment_t *out, bool *has_time);

/* The valid-id rule of format.md; fault may be NULL. */
bool id_valid(struct slice id, struct value_fault *fault);

/* Is a RATE a number alone: no unit, no currency, no later ones? */
bool rate_is_number(const struct value *value);

#endif
