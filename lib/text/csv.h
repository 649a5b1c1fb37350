/* CSV after RFC 4180, UTF-8: CRLF line ends out, LF or CRLF in; quotes only where needed. */
#ifndef TEXT_CSV_H
#define TEXT_CSV_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>

/* Append one field; first tells whether a comma goes in front. */
void csv_add(struct strbuf *out, struct slice field, bool first);
void csv_end_row(struct strbuf *out);

struct csv_reader {
	struct slice rest;
	struct arena *arena; /* for fields with doubled quotes */
	const char *name;
	size_t line;
	struct slice *fields;
	size_t field_count, field_cap;
};

void csv_reader_init(
	struct csv_reader *r, struct slice input, const char *name, struct arena *arena);
void csv_reader_release(struct csv_reader *r);
/* 1: a row is in fields; 0: the end; negative: ERR_INPUT with name:line:column. */
int csv_reader_next(struct csv_reader *r, struct err *err);

#endif
