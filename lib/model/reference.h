/*
 * References: where ids of other records stand in a text.
 *
 * One lexical reading of every field type that names records, so that the check, renaming, removing
 * and "what points here" agree. It does not judge: a malformed item yields the ids it can find and
 * the value's own parser reports the fault.
 */
#ifndef MODEL_REFERENCE_H
#define MODEL_REFERENCE_H

#include "base/slice.h"
#include "base/strbuf.h"
#include "model/project.h"

#include <stdbool.h>

struct reference {
	struct slice id;   /* as written */
	const char *kinds; /* "resource|team": what it may name; NULL: a record of any kind */
	size_t at;         /* offset of the id in the text */
	size_t item_at, item_end; /* the list item it stands in, blanks trimmed */
	size_t alternative_at,
		alternative_end; /* "li.wei" in "li.wei|wang.fang 50%"; else the item */
	bool loose; /* where a word may name a record but need not: conditions, testers, authors */
	bool foreign; /* "YB:T-12": in another project */
};

typedef void (*reference_visit)(void *context, const struct reference *reference);

/* Does this field ever hold references? Words of a kind ("of") are ids that may be gone: loose. */
bool reference_field(const struct field *field);
/* Calls visit for each id in a field's text. */
void reference_each(
	const struct field *field, struct slice text, reference_visit visit, void *context);
/*
 * The lines of a journal: hours begin with a task; a run names its tester second; a note may begin
 * with its author and a colon. Testers and authors are loose.
 */
void reference_each_in_entry(
	const struct kind *kind, struct slice text, reference_visit visit, void *context);

/* What it names: of several kinds the first that has the id. NULL when there is none, or in another
 * project. */
struct record *reference_target(const struct project *project, const struct reference *reference);

/*
 * The id that may have been meant, for "did you mean": the nearest of the kinds' ids, in the arena;
 * NULL when nothing is near, and for numbered ids, where the nearest number means nothing. O(ids of
 * the kinds).
 */
const char *reference_nearest(
	const struct project *project, const char *kinds, struct slice id, struct arena *arena);

/* Who refers to a record: each entry with at least one reference, in project order. O(project). */
struct referrer {
	const struct record *record;
	const struct entry
		*entry; /* NULL: the record is a journal section whose id is the reference */
	const struct field *field; /* NULL: a journal's entry, or the section itself */
};
void referrers(const struct project *project, const struct record *target,
	void (*visit)(void *context, const struct referrer *referrer), void *context);

/*
 * The text (of the referrer's entry) with every reference to `old` replaced, all else as it stands.
 * False when there was none.
 */
bool reference_replace(const struct project *project, const struct referrer *referrer,
	struct slice text, const struct record *old, struct slice new_id, struct strbuf *out);
/* The same, with the items that name it taken out; conditions are left alone. */
bool reference_drop(const struct project *project, const struct referrer *referrer,
	struct slice text, const struct record *old, struct strbuf *out);

#endif
