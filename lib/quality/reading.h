/* The number in what a command printed. */
#ifndef QUALITY_READING_H
#define QUALITY_READING_H

#include "base/decimal.h"
#include "base/slice.h"

#include <stdbool.h>

/*
 * Of the last line that holds a number: the number in front of a per cent sign when there is one, else the first. "TOTAL 1000 185 81.5%" is
 * 81.5, "lines......: 81.5% (815 of 1000)" too, "42" is 42. Digits behind the fourth are rounded away. Letters touching a number make it a
 * name: v2 and sha256 are none. False when there is no number, or it is too large.
 */
bool reading_find(struct slice output, decimal_t *out);
/* A number alone: "81.5", "81.5%", "1e3", "1,234.5"; false when it is none. */
bool reading_parse(struct slice text, decimal_t *out);

#endif
