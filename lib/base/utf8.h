/*
 * UTF-8: validity, width in terminal cells, cutting, folding, likeness.
 * Over utf8proc; ASCII takes a fast path. None of it depends on the locale.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

/* Position of the first byte that is not valid UTF-8, or len. Surrogates and overlongs are invalid. */
size_t utf8_check(struct slice text);
/* Decodes one code point of valid or invalid text (invalid bytes give U+FFFD); returns its bytes, ≥ 1. */
size_t utf8_decode(struct slice text, uint32_t *code);
void utf8_encode(struct strbuf *out, uint32_t code);
/* Valid UTF-8 on one line: no control characters. */
bool utf8_is_line(struct slice text);
/* Cells of a whole text, by grapheme cluster (CJK and emoji 2, combining marks 0, controls 0). */
size_t utf8_width(struct slice text);
/*
 * The longest prefix, in whole grapheme clusters, that is at most `cells` wide; *width gets its width.
 */
struct slice utf8_cut(struct slice text, size_t cells, size_t *width);
/* Append text padded or cut (with `ellipsis` at the end) to exactly `cells` cells. */
void utf8_pad(struct strbuf *out, struct slice text, size_t cells, bool right, const char *ellipsis);
/* NFC and full case folding appended to out: the form in which ids and searches compare. */
void utf8_fold(struct strbuf *out, struct slice text);
/* NFC appended to out; text that is not UTF-8 as it stands. */
void utf8_compose(struct strbuf *out, struct slice text);
bool utf8_is_nfc(struct slice text);
bool utf8_is_letter_or_digit(uint32_t code);
/* Does haystack contain needle when both are folded? */
bool utf8_contains_folded(struct slice haystack, struct slice needle);
/* Optimal string alignment distance in code points, folded; stops counting past `limit`. */
size_t utf8_distance(struct slice a, struct slice b, size_t limit);
/*
 * Index of the nearest of `count` names to `word` for "did you mean", or -1 when none is near enough
 * (distance ≤ 1 + length / 4, or a prefix of at least 3 letters).
 */
int utf8_nearest(struct slice word, const char *const *names, size_t count);
/* Append text with control characters as \xNN, for messages to a terminal. */
void utf8_add_safe(struct strbuf *out, struct slice text);

#endif
