/*
 * A file cut into its sections, with every byte: what stands above all headers, then one piece a header, each with
 * the comments directly above it. The pieces' bytes, one behind another, are the input.
 *
 * Sections are those of the lossless document (text/ini.h). A malformed header begins a piece of its own. O(bytes),
 * nothing is copied.
 */
#ifndef TEXT_INI_SPLIT_H
#define TEXT_INI_SPLIT_H

#include "base/slice.h"
#include "base/vec.h"

#include <stdbool.h>

struct ini_piece {
	struct slice bytes;
	struct slice header; /* text between the brackets, trimmed; empty for the head and a malformed header */
	size_t above;        /* bytes of the comments above the header */
	size_t body;         /* bytes up to the end of the last line that is neither blank nor a comment from the start
				of the line; blank lines and comments that stand free follow */
	bool faulty;         /* holds a line that is no comment, header, key or continuation */
};

/* Appends struct ini_piece; the first is the head, empty when a header begins the file. input: without BOM. */
void ini_split(struct slice input, struct vec *pieces);

#endif
