/* What the parts of the JSON renderer share. Private to lib/render/json*.c. */
#ifndef RENDER_JSON_INTERNAL_H
#define RENDER_JSON_INTERNAL_H

#include "doc/doc.h"
#include "text/json.h"

/* units: of money without a currency, and of durations in messages. */
void json_cell(struct json_writer *w, const struct cell *cell, const struct units *units);
/* "2026-03-02T09:00", or null for MOMENT_NONE. */
void json_moment(struct json_writer *w, moment_t moment);
void json_figure(struct json_writer *w, const struct figure *figure, const struct units *units);

#endif
