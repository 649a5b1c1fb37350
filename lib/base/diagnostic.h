/*
 * diagnostics: what is wrong in what people wrote. Findings are data: all are collected,
 * sorted by place and reported in one run.
 *
 * id is a stable word from the table in base/diagnostic_table.h ("ref-unknown"), which
 * documents each once for `pmt explain` and the manual. Texts are message ids with their
 * arguments already filled in by the finder: lib never translates, so a diagnostic carries the
 * format (an N_() literal, translated where it is printed) and its arguments apart.
 * Everything lives in the list's own arena.
 */
#ifndef BASE_DIAGNOSTIC_H
#define BASE_DIAGNOSTIC_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct place {
	const char *path; /* relative to the project's root; NULL: no file */
	uint32_t line;    /* 1-based; 0: the whole file */
	uint32_t column;  /* 1-based, in bytes; 0: the whole line */
};

enum { DIAGNOSTIC_ARGUMENTS = 6 };

struct diagnostic {
	struct place place;
	enum severity severity;
	const char *id;
	const char *format;                          /* N_("unknown person '%s' in '%s'") */
	const char *arguments[DIAGNOSTIC_ARGUMENTS]; /* only %s is allowed in format */
	const char *hint_format;                     /* N_("did you mean '%s'?"), or NULL */
	const char *hint_argument;                   /* one %s in hint_format at most */
	const char *record;                          /* "task T-12", or NULL */
	uint32_t sequence;                           /* order of finding, breaks ties */
};

struct diagnostics {
	struct arena arena;
	struct vec items; /* struct diagnostic */
	size_t errors, warnings;
};

void diagnostics_init(struct diagnostics *list);
void diagnostics_release(struct diagnostics *list);

/*
 * Add a finding. `format` and then up to DIAGNOSTIC_ARGUMENTS strings (const char *) ended by
 * NULL; everything is copied except `id` and `format`, which are literals. Severity is the one the
 * table gives the id. Returns the finding, to which a hint or record may be added at once.
 */
struct diagnostic *diagnose(struct diagnostics *list, struct place place, const char *id,
	const char *format, ...) __attribute__((sentinel));
void diagnostic_hint(struct diagnostics *list, struct diagnostic *finding, const char *format,
	const char *argument);
void diagnostic_record(struct diagnostics *list, struct diagnostic *finding, const char *record);

/* By path, line, column, then order of finding. */
void diagnostics_sort(struct diagnostics *list);
/* Copy of one finding, of all of `from`, into `into`. */
void diagnostic_copy(struct diagnostics *into, const struct diagnostic *finding);
void diagnostics_merge(struct diagnostics *into, const struct diagnostics *from);

#endif
