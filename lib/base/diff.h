/*
 * diff: what two sequences have in common, and three sequences joined into one.
 *
 * Sequences are numbers: equal items have equal numbers. struct diff_lines turns texts into such
 * sequences, line by line, with one numbering for all texts read through it.
 *
 * diff_match finds a longest common subsequence (Myers); diff_merge is the three-way merge of
 * git merge-file: what one side alone changed is taken from it, what both changed alike is taken once,
 * and what both changed differently, with no unchanged item between, is a conflict.
 */
#ifndef BASE_DIFF_H
#define BASE_DIFF_H

#include "base/map.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stddef.h>
#include <stdint.h>

#define DIFF_NONE UINT32_MAX

struct diff_sequence {
	const uint32_t *items;
	size_t len;
};

/* match[i] (room for a.len) gets the index in b of a's item i, ascending, or DIFF_NONE. */
void diff_match(struct diff_sequence a, struct diff_sequence b, uint32_t *match);

enum diff_side { DIFF_BASE, DIFF_OURS, DIFF_THEIRS, DIFF_SIDES };

enum diff_what {
	DIFF_SAME,        /* in all three */
	DIFF_FROM_OURS,   /* ours alone changed it, or both alike */
	DIFF_FROM_THEIRS, /* theirs alone changed it */
	DIFF_CONFLICT
};

/* A stretch of each side; chunks follow one another and cover all three. */
struct diff_chunk {
	enum diff_what what;
	size_t at[DIFF_SIDES], len[DIFF_SIDES];
};
/* Appends struct diff_chunk to chunks. */
void diff_merge(const struct diff_sequence sides[DIFF_SIDES], struct vec *chunks);

/* Texts as lines, without their '\n'. The texts must outlive it. */
struct diff_lines {
	struct map numbers;
};
void diff_lines_init(struct diff_lines *lines);
void diff_lines_release(struct diff_lines *lines);
/* Appends the lines (struct slice) and their numbers (uint32_t). Nothing behind the last '\n' is no line. */
void diff_lines_read(struct diff_lines *lines, struct slice text, struct vec *texts, struct vec *items);

enum merge_rule {
	MERGE_CONFLICT,
	MERGE_BOTH, /* where both put lines at one place of the base and took none away: ours, then theirs */
	MERGE_ALL   /* wherever there is a conflict: ours, then what theirs has that ours has not */
};
/*
 * Three texts by line; out gets the lines, each with '\n'. Returns the number of conflicts; there ours
 * stands. O(lines × differences).
 */
size_t merge_lines(const struct slice sides[DIFF_SIDES], enum merge_rule rule, struct strbuf *out);

#endif
