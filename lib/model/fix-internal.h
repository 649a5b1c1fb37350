/* Text-level mendings, for fix.c and its tests. */
#ifndef MODEL_FIX_INTERNAL_H
#define MODEL_FIX_INTERNAL_H

#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* The text in UTF-8; false when it is that already, or is in no encoding we are sure of. */
bool fix_encoding(struct slice text, struct strbuf *out);
/* With LF for CR alone; false when that is not what the file has. */
bool fix_line_ends(struct slice text, struct strbuf *out);

#endif
