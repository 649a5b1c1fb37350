/* One reading of a journal's line for the check and for what is about to be written. */
#ifndef MODEL_JOURNAL_INTERNAL_H
#define MODEL_JOURNAL_INTERNAL_H

#include "model/value.h"

/*
 * Is the (trimmed, non-empty) line an entry of such a journal? 0, or -1 with the fault; its offset
 * counts from the line. Whether the task it names exists is another question
 * (reference_each_in_entry).
 */
int journal_line_fault(const struct kind *kind, struct slice line, const struct units *units,
	struct value_fault *fault);

/* What a line says in its parts; those that the journal has none of, or that cannot be read, are empty. */
struct journal_parts {
	struct slice task, value, result, who;
	int64_t minutes; /* work of all together: 4x8h is 32 hours */
	bool has_minutes;
};
void journal_split(const struct kind *kind, struct slice line, const struct units *units, struct journal_parts *out);

#endif
