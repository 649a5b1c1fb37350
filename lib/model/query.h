/*
 * The one condition language, in both spellings of cli.md: shell words (status=doing finish=..2026-05-01 title:医院 pilot)
 * and in full (finish < 2026-05-01 and (critical or total_float < 2d) and not tag = pilot). Fields may be stored, computed,
 * custom (x_…), or names a resolver knows (measures, in rules).
 * Used by lists, boards, reports, exports, rules, gates, policies and saved views.
 */
#ifndef MODEL_QUERY_H
#define MODEL_QUERY_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "model/project.h"
#include "model/value.h"

#include <stdbool.h>

/* Who fills computed fields. */
struct computed {
	void *context;
	/* False: cannot be computed for this record (JSON null). Values live in the arena. */
	bool (*value)(void *context, const struct record *record, const struct field *field,
		struct arena *arena, struct value *out);
	const struct computed *next; /* asked when this one answers false */
};

struct query_scope {
	const struct project *project;
	const struct computed *computed; /* may be NULL */
	moment_t now;
	struct slice me; /* resource id of the user, for @me; empty when unknown */
	/*
	 * Names that are no field of the record: measures (cost, finish of the project, a metric's value). wanted: what it is compared
	 * with ("10%"), as written, for measures that come in several units; empty: nothing, or several. May be NULL.
	 */
	bool (*measure)(void *context, struct slice name, struct slice wanted, struct arena *arena, struct value *out);
	void *measure_context;
};

struct condition; /* parsed; lives in the arena */

/*
 * What holds:
 *   field = a,b        one of the values; of a list field, one of its items (tag is short for tags); field != a,b: none
 *   field =            is empty, field != is not
 *   field = a..b       from a to b, both included; either end may be left out (dates, times, numbers, money)
 *   field < a          also <= > >=; words of an enum in the order of its table
 *   field : text       contains it, whatever the case
 *   field              is yes; or is there and not zero
 *   under = T-2        is below T-2 in the tree of parents
 *   @name              the condition of [view name]
 *   finish > deadline  the value may be another field's name
 * A date without a time means the whole day. An absent value is only != to others. id and kind are fields, too.
 */

/* In full. kind NULL: fields are resolved by name when evaluated (rules). Faults carry offset and expectation. */
int condition_parse(struct condition **out, struct slice text, const struct kind *kind,
	const struct query_scope *scope, struct arena *arena, struct value_fault *fault);
/* Shell words, joined by "and"; words that are ids of records of the kind mean any of these records; a word that contains blanks or an
 * operator word is read in full. ERR_USAGE with the nearest field name when one is unknown. No words: a condition that always holds. */
int condition_parse_words(struct condition **out, char *const *words, size_t count, const struct kind *kind,
	const struct query_scope *scope, struct arena *arena, struct err *err);
bool condition_holds(const struct condition *condition, const struct record *record,
	const struct query_scope *scope, struct arena *scratch);
/* The names it asks about, fields behind operators included, in order; field NULL: found when evaluated. Twice if named twice. */
void condition_each_name(const struct condition *condition,
	void (*name)(void *context, struct slice name, const struct field *field), void *context);
/* Which computed fields it asks for: calls need(field). */
void condition_needs(const struct condition *condition, void (*need)(void *context, const struct field *field), void *context);
/*
 * Ids it compares with that name no record of the project: calls unknown(context, kinds, id); kinds is what the id may
 * name, as in the field's table ("resource|team"). A condition may well ask for what is not there; people mostly mistype.
 */
void condition_unknown_ids(const struct condition *condition, const struct kind *kind, const struct project *project,
	void (*unknown)(void *context, const char *kinds, struct slice id), void *context);
/*
 * Bare words that are in no title and no id of the kind's records: calls idle(context, word), until it says false. O(records) a word.
 * Words inside views are left alone.
 */
void condition_idle_words(const struct condition *condition, const struct kind *kind, const struct project *project,
	bool (*idle)(void *context, struct slice word), void *context);
/* One comparison in a condition, for who judges by conditions and must understand all of them. */
enum condition_direction { DIRECTION_ANY, DIRECTION_UP, DIRECTION_DOWN };
struct condition_part {
	struct slice name;                  /* "" where there is none (a title) */
	struct slice wanted;                /* the value it is compared with */
	enum condition_direction direction; /* whither the name's value makes it hold: UP for > and >=, DOWN for < and <= */
	bool plain;                         /* NAME OPERATOR VALUE; false: a view, a truth, a range, several values, … */
};
void condition_parts(const struct condition *condition, void (*part)(void *context, const struct condition_part *part), void *context);
void condition_print(const struct condition *condition, struct strbuf *out);

/* A record's field as a value: stored, fallback, computed; false when there is none. */
bool query_value(const struct query_scope *scope, const struct record *record, const struct field *field,
	struct arena *arena, struct value *out);

struct sort_key {
	const struct field *field;
	bool descending;
};
/* "finish,-priority" → keys. */
int sort_parse(struct vec *keys /* struct sort_key */, struct slice text, const struct kind *kind, struct err *err);
/* Stable; absent values last. */
void query_sort(struct vec *records /* struct record * */, const struct vec *keys, const struct query_scope *scope, struct arena *scratch);

#endif
