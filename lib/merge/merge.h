/*
 * Merging whole projects: three trees of text go in, one comes out, with what nobody can decide for the people.
 *
 * A file-wise merge is not enough: a task added on each side under the next free number merges clean into a
 * duplicate, and a task moved to another file on one side while it is edited on the other is a conflict that is
 * none. So records are merged, wherever they stand:
 *
 * - A record is known by kind and id (journals: and file). What one side alone touched is taken from it with all its
 *   bytes. Both touched: field by field; lists as sets of items, journals and lists of lines by line, texts by line.
 * - The same automatic id given on both sides to two records: ours keeps it (or theirs, when asked), the other gets a
 *   fresh number, and all references of its side follow. The same record added on both sides is one. A record that got
 *   another id on one side (by a renaming, or by an earlier merge) is followed.
 * - Moves between files and within a file are followed; where both sides moved, ours counts. New records stand behind
 *   the record they stood behind on their own side.
 * - One field set to two values, a record removed here and changed there: a conflict. Ours stays in force and a block
 *   of comments says what theirs is, so the file can be read at all times:
 *
 *	[task T-12]
 *	; <<<<<<< ours
 *	effort = 30d
 *	; ||||||| base
 *	; effort = 20d
 *	; ======= theirs
 *	; effort = 25d
 *	; >>>>>>> effort
 *
 *   `check` reports such a block (merge-conflict) until it is gone.
 *
 * merge(b, x, b) and merge(b, b, x) are x, byte for byte. Whether the result makes sense as a project (no loop, no
 * dangling reference) is asked of the loaded result: merge_result_source.
 *
 * Line ends, byte order marks and a missing last newline belong to the file and are merged like a field. A file with
 * a NUL or invalid UTF-8 is merged as a whole; one that is a link is left to git and is in no result. Cost: O(bytes), plus O(n log n) for the order.
 */
#ifndef MERGE_MERGE_H
#define MERGE_MERGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/vec.h"
#include "model/kind.h"
#include "model/source.h"

#include <stdbool.h>
#include <stdint.h>

enum merge_side { MERGE_BASE, MERGE_OURS, MERGE_THEIRS, MERGE_SIDES };

enum merge_numbers {
	MERGE_RENUMBER_THEIRS,
	MERGE_RENUMBER_OURS, /* theirs is what others have already: ours gives way */
	MERGE_RENUMBER_NONE  /* both records stay: for a single file, where other files' references are out of sight */
};

struct merge_request {
	struct source *sides[MERGE_SIDES]; /* NULL: there is no project on this side */
	enum merge_numbers numbers;
	bool as_base; /* the result is a base for another merge: no blocks, and what conflicts is left out */
	/* Highest number in use beyond the three trees, or NULL. */
	uint64_t (*high_water)(void *context, const struct kind *kind);
	void *context;
};

enum merge_what {
	MERGE_FIELD,          /* one field, two values */
	MERGE_REMOVED_OURS,   /* ours removed the record, theirs changed it: it stays as theirs has it */
	MERGE_REMOVED_THEIRS, /* the other way round: it stays as ours has it */
	MERGE_SECTION,        /* a section that cannot be read as fields changed on both sides: ours stays */
	MERGE_RENAMED,        /* one record got two new ids: ours stays */
	MERGE_FILE            /* a file that cannot be read as text changed on both sides: ours stays */
};

struct merge_conflict {
	enum merge_what what;
	const char *path;
	uint32_t line;      /* of the block's first line; 0: the whole file */
	const char *record; /* "task T-12"; NULL for a file */
	const char *title;  /* the record's, before; NULL when it has none */
	const char *field;  /* NULL: the record as a whole */
	struct slice values[MERGE_SIDES]; /* at NULL: absent */
};

struct merge_renumbering {
	const struct kind *kind;
	const char *old_id, *new_id, *title;
	enum merge_side side; /* whose record it was */
};

struct merge_file {
	const char *path;
	struct slice bytes; /* at NULL: the file is gone */
	bool untouched;     /* the same on all three sides, and in the result */
	bool changed;       /* it differs from ours */
	size_t conflicts;
};

struct merge_result {
	struct vec files;        /* struct merge_file, of every path of any side, by path */
	struct vec conflicts;    /* struct merge_conflict, by path and line */
	struct vec renumberings; /* struct merge_renumbering */
	size_t from_theirs;      /* records that came or changed by theirs */
	struct arena arena;      /* all of it lives here, or in the sources */
};

/* The sources must outlive the result. The result is to be released in any case. */
int merge_projects(const struct merge_request *request, struct merge_result *result, struct err *err);
void merge_result_release(struct merge_result *result);
/* The merged files as a source of their own; they are copied. */
struct source *merge_result_source(const struct merge_result *result);

/* What a conflict says, for people: an N_() text with one %s at most, for the field. */
const char *merge_conflict_text(const struct merge_conflict *conflict);

#endif
