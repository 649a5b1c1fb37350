/* Which part of two versions of a file differs, in whole sections. */
#ifndef TEXT_INI_PART_H
#define TEXT_INI_PART_H

#include "base/slice.h"

/*
 * Bytes that both have in common in front and behind, cut back to where a section begins ("[" at the start of a line),
 * so that the rest of each is whole sections. Comments above a header count as the section's above it. O(bytes).
 */
void ini_differing(struct slice a, struct slice b, size_t *front, size_t *back);
/* Where the section that byte `at` stands in begins: the last header that begins before it; 0 when there is none. */
size_t ini_section_start(struct slice text, size_t at);

#endif
