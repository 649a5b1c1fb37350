/*
 * The generic verbs every noun has: list add show set edit rm rename move log. They work from the kind's table alone.
 * Commands that are nouns with more to say reuse them.
 */
#ifndef CLI_NOUN_H
#define CLI_NOUN_H

#include "cmd/cli/command.h"
#include "cmd/cli/context.h"
#include "cmd/cli/dispatch.h"

struct list_options {
	const char *sort, *columns, *group;
	const char *since; /* of log alone */
	long limit;
};
struct change_options {
	const char *commit; /* --commit[=MESSAGE]; NULL: not given */
	const char *file, *parent, *before, *after, *id;
	bool top, force, dry_run;
};

/* The options of lists (struct list_options). */
extern const struct option_spec noun_list_specs[];
command_run noun_list, noun_show, noun_add, noun_set, noun_edit, noun_rm, noun_rename, noun_move, noun_log;

/*
 * The one record a word means: exact id, shortened id, or (on a terminal) a title's prefix. Ambiguity lists candidates: ERR_USAGE;
 * none: ERR_USAGE with the nearest id. A kind of one record has that one, whatever the word.
 */
int noun_resolve(struct context *context, const struct kind *kind, const char *word, struct record **out,
	struct err *err);
/* The same in another project than the context's. */
int noun_resolve_in(const struct project *project, const struct kind *kind, const char *word, struct record **out,
	struct err *err);
/* The task of the context's plan that a word means, meetings and buffers included. */
int noun_resolve_task(struct context *context, const char *word, uint32_t *out, struct err *err);
/* A field of a record as a cell: typed, finishes shown as inclusive days. */
struct cell noun_cell(struct context *context, const struct record *record, const struct field *field,
	struct arena *arena);
/* "total_float" as a person reads it: the message id "total float". Lives in the arena. */
const char *noun_label(struct arena *arena, const struct field *field);
/* Does a word look like FIELD=VALUE, FIELD+=VALUE or FIELD-=VALUE? */
bool noun_is_assignment(const char *word);
/*
 * Ends a change that came out as status: reports findings (ERR_USAGE when there are errors), writes or, with dry_run, only says what
 * would be written, and commits when asked to. message is the commit's.
 */
int noun_finish(struct context *context, struct edit *edit, const struct change_options *options, const char *message,
	int status, struct err *err);
/* ERR_USAGE: reports what is wrong with the words given; nothing is written. */
int noun_refuse_faults(struct context *context, const struct edit *edit, struct err *err);

/* Words of the command line, apart: assignments and the rest. To be released in any case. */
struct words {
	struct vec assignments; /* struct assignment */
	struct strvec rest;
};
int words_split(struct words *out, const struct strvec *words, struct err *err);
void words_release(struct words *words);

/* What every verb that changes records does around its change: change_end is noun_finish with the message, and releases. */
struct change {
	struct context *context;
	const struct change_options *options;
	struct value_context values;
	struct diagnostics found;
	struct edit edit;
	struct strbuf message; /* of the commit */
};
void change_begin(struct change *change, struct context *context, const struct change_options *options);
int change_end(struct change *change, int status, struct err *err);

#endif
