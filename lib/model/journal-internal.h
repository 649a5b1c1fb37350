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

#endif
