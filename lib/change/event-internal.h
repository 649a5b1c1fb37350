/* What writing and reading events share. */
#ifndef CHANGE_EVENT_INTERNAL_H
#define CHANGE_EVENT_INTERNAL_H

#include "change/event.h"

#include <stddef.h>
#include <stdint.h>

/* What is signed, in its order. */
enum { EVENT_NUMBER = 0 }; /* no text of its own: sequence, verdict, ceilings */
struct event_field {
	const char *name;
	size_t offset; /* of the slice in struct event, or EVENT_NUMBER */
};
extern const struct event_field event_fields[];
extern const size_t event_field_count;

/* The field's text, appended: as in the file, or as it is signed (finish in minutes without their unit). */
void event_field_text(const struct event *event, const struct event_field *field, bool file, struct strbuf *out);

bool verdict_find(struct slice word, enum verdict *out);

#endif
