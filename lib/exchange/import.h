/* Internal to lib/exchange: how the importers write sections and choose ids. */
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H

#include "exchange/exchange.h"
#include "model/value.h"

/* One section in the making; its keys are aligned when it ends. */
struct import_section {
	struct import *import;
	size_t file;
	struct vec fields; /* private */
};

void import_begin(struct import_section *s, struct import *import, const char *path,
	const char *kind, struct slice id);
/*
 * Values are any text: lines are trimmed, control characters dropped. Empty values are not written,
 * and of two of one key the first counts. Keys must live until import_end.
 */
void import_put(struct import_section *s, const char *key, struct slice value);
void import_put_line(struct import_section *s, const char *key,
	struct slice value); /* line breaks become blanks */
void import_putf(struct import_section *s, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void import_put_moment(
	struct import_section *s, const char *key, moment_t moment); /* MOMENT_NONE: not written */
void import_put_minutes(struct import_section *s, const char *key, int64_t minutes, bool elapsed,
	const struct units *units);
void import_end(struct import_section *s);

/* The file of that path, made when it is not there. */
struct strbuf *import_file(struct import *import, const char *path);

/*
 * An id of our own for a name of theirs: letters, digits, - _ . only, unique among those given out
 * and those in use; "fallback" when nothing of the name is left. In the import's arena.
 */
const char *import_id(struct import *import, const struct import_options *options, const char *kind,
	struct slice name, const char *fallback);

/* import-value, import-dropped … at a line of the imported file. Arguments are strings, NULL behind
 * the last. */
void import_note(struct diagnostics *found, const char *name, unsigned long line, const char *id,
	const char *format, const char *first, const char *second);

#endif
