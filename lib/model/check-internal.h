/* What the check's files share: one job's view of the project and its findings. */
#ifndef MODEL_CHECK_INTERNAL_H
#define MODEL_CHECK_INTERNAL_H

#include "model/project-internal.h"
#include "model/query.h"
#include "model/reference.h"

enum {
	REQUIRED_LIMIT = 64,
	KINDS_OF_REFERENCE = 16,
	KINDS_REMEMBERED = 8, /* a task's fields refer to fewer */
	HINTS = 8 /* "did you mean" for that many unknown references a job: each looks at all ids */
};

struct checking {
	const struct project *project;
	struct diagnostics *found;
	struct arena scratch;    /* emptied after each record */
	const struct kind *kind; /* whose fields are noted here: records of a kind come in runs */
	const struct field *fields[KIND_FIELDS_MAX];
	size_t required[REQUIRED_LIMIT];
	size_t required_count;
	struct kinds_of {
		const char *text; /* "resource|team", split */
		const struct kind *kinds[KINDS_OF_REFERENCE];
		size_t len;
	} remembered[KINDS_REMEMBERED];
	size_t next_remembered;
	int hints; /* left */
};

void report_fault(struct checking *checking, const struct record *record, const struct entry *entry,
	const struct value_fault *fault);
void check_references(struct checking *checking, const struct record *record,
	const struct entry *entry, const struct field *field);
void check_reference(struct checking *checking, const struct record *record, struct place place,
	const struct reference *reference);
void check_journal_entry(
	struct checking *checking, const struct record *record, const struct entry *entry);
void check_journal_section(struct checking *checking, const struct record *record);
/* Loops of parents, dates given twice: what one record cannot tell. */
void check_whole_kind(struct checking *checking, const struct kind *kind);

#endif
