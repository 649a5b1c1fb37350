/* What the commands that read history share: where, of which records, by whom, since when. */
#ifndef CLI_HISTORY_H
#define CLI_HISTORY_H

#include "cmd/cli/context.h"
#include "history/log.h"

struct history_options {
	const char *kind, *person, *since, *until, *field;
	long limit;
};

/* What one run reads; everything lives in its arena. */
struct history_run {
	struct context *context;
	struct arena arena;
	struct history_query query;
	struct vec entries;          /* struct history_entry */
	struct condition *condition; /* of records to keep, or NULL */
	struct query_scope scope;
	struct arena scratch;
	struct strvec unknown; /* words that name no record of today's project */
	bool cut;
};

/*
 * The repository, the project's folder in it and the cache; --at is where it begins, without --at the work tree comes
 * first. To be released in any case.
 */
int history_begin(struct history_run *run, struct context *context, struct err *err);
void history_end(struct history_run *run);
/* The options, then words: ids of records (of `kind`, or of any kind when it is NULL) and conditions on them. */
int history_choose(struct history_run *run, const struct history_options *options, const struct kind *kind,
	const struct strvec *words, struct err *err);
/* Reads; says on stderr what a shallow clone hides. An id that is in no commit either is ERR_USAGE. */
int history_read(struct history_run *run, struct err *err);
/* Writes the log. */
int history_emit(struct history_run *run, struct err *err);
/* The record of any kind that a word names: tasks first, then kinds in the manual's order; "risk R-1" says the kind.
 * NULL: none. */
struct record *history_resolve(const struct project *project, const char *word);

/* --field: ERR_USAGE with the nearest when no kind (or not this one) has it. */
int history_check_field(const struct kind *kind, const char *field, struct err *err);
/* The commits of code that name these tasks (struct record *), where there is a history to ask; nothing else goes
 * wrong. */
void history_show_work(struct context *context, struct doc *doc, const struct vec *records);
/* "status=doing", "title:x", "@mine", a condition in full: what is no id and no revision. */
bool history_is_condition(const char *word);
/* --kind: *out is left alone without a word. ERR_USAGE with the nearest when there is none of that name. */
int history_kind(const char *word, const struct kind **out, struct err *err);

#endif
