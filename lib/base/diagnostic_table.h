/*
 * Every kind of finding pmt can report, documented once: `pmt explain ID` and the manual print
 * this table. Ids are stable words: scripts and ignore lists name them. Add a row (sorted by id)
 * before you call diagnose with a new id; diagnose asserts that the row is there.
 */
#ifndef BASE_DIAGNOSTIC_TABLE_H
#define BASE_DIAGNOSTIC_TABLE_H

#include "base/diagnostic.h"

struct diagnostic_entry {
	const char *id;
	enum severity severity;
	const char *summary; /* N_(): one line, no full stop */
	const char *explain; /* N_(): why it is wrong and what pmt does about it */
	const char *example; /* lines that cause it, as they stand in a file; NULL: none */
	const char *fix;     /* N_(): what to do */
};

extern const struct diagnostic_entry diagnostic_table[];
extern const size_t diagnostic_table_len;

/* NULL when there is none. */
const struct diagnostic_entry *diagnostic_entry_find(const char *id);

#endif
