/* Records that got another id between two states. Private to lib/history. */
#ifndef HISTORY_COMPARE_INTERNAL_H
#define HISTORY_COMPARE_INTERNAL_H

#include "base/map.h"
#include "history/change.h"
#include "model/difference.h"

struct renamings {
	struct vec pairs;            /* struct renaming_pair */
	struct map old_ids, new_ids; /* "kind\nfolded id" → pair + 1 */
	struct arena arena;
};

void renamings_find(struct renamings *renamings, const struct project *before, const struct project *after);
void renamings_release(struct renamings *renamings);
/* What a new record was, what an old one became; NULL: neither. */
const struct record *renamings_old(const struct renamings *renamings, const struct record *now);
const struct record *renamings_new(const struct renamings *renamings, const struct record *then);
/* Does the field, or what a date of a journal says, differ in nothing but ids that follow a renaming? */
bool renamings_explain(const struct renamings *renamings, const struct difference *difference, struct arena *scratch);
bool renamings_explain_entry(const struct renamings *renamings, const struct kind *kind, struct slice before,
	struct slice after, struct arena *scratch);

#endif
