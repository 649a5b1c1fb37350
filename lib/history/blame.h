/*
 * Who set each field of a record to what it is.
 *
 * From a record's log (history/log.h, for this id alone, without limits): a field is due to the newest commit that set
 * it to the value it has; where a merge or a renaming since has the last word, to the newest that touched it; and a
 * field that no commit touched to the one that added the record. What the log does not reach (a shallow clone) has no
 * commit.
 */
#ifndef HISTORY_BLAME_H
#define HISTORY_BLAME_H

#include "history/log.h"
#include "model/project.h"

struct history_blame {
	struct slice field, value;
	const struct history_commit *commit; /* with an empty id: not committed; NULL: not known */
};

/*
 * Appends struct history_blame: the id first, then the fields in the order of the file. They point into the entries
 * and the record.
 */
void history_blame(const struct record *record, const struct vec *entries, struct vec *out);

#endif
