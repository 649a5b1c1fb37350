/*
 * Netstrings: LEN:BYTES, – text of any bytes, of which no part can be taken for another (D. J. Bernstein, 1997). Absent (at NULL) is "-,".
 * What is signed and hashed is made of them. There is one text for each value, and reading accepts no other: no leading zeros, no blanks.
 */
#ifndef BASE_NETSTRING_H
#define BASE_NETSTRING_H

#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

void netstring_add(struct strbuf *out, struct slice value);
/* Cuts the first one off *rest; false, and rest as it was, when it does not begin with one. */
bool netstring_take(struct slice *rest, struct slice *value);

#endif
