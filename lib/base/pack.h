/*
 * Numbers and texts one behind the other, for files of our own that only programs read: caches, journals. Numbers are
 * four bytes, least first, whatever the machine; a text is its length + 1 and its bytes, 0 when it is absent (at
 * NULL).
 */
#ifndef BASE_PACK_H
#define BASE_PACK_H

#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

void pack_number(struct strbuf *out, uint32_t number);
void pack_text(struct strbuf *out, struct slice text);
/* Cut the next one off *rest; false when there is none. Texts point into *rest's bytes. */
bool unpack_number(struct slice *rest, uint32_t *number);
bool unpack_text(struct slice *rest, struct slice *text);

#endif
