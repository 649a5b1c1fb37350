/* Base64 (RFC 4648, the usual alphabet, with padding). Reading accepts only what writing gives, blanks between lines aside. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* columns: '\n' after each so many characters but not at the end; 0: one line. */
void base64_encode(struct strbuf *out, struct slice bytes, size_t columns);
/* The bytes, in the arena. Spaces, tabs and line ends may stand anywhere. */
bool base64_decode(struct slice text, struct arena *arena, struct slice *bytes);

#endif
