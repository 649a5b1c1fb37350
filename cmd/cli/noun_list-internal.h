/* What lists and pages of records share. */
#ifndef CLI_NOUN_LIST_INTERNAL_H
#define CLI_NOUN_LIST_INTERNAL_H

#include "cmd/cli/noun.h"

/* One list: what is asked for, and what was found. */
struct list {
	struct context *context;
	const struct kind *kind;
	const struct list_options *options;
	struct arena arena;
	struct condition *condition; /* NULL: every record */
	struct vec fields;     /* const struct field *: columns behind the id */
	struct vec sort;       /* struct sort_key */
	struct vec records;    /* struct record * */
	struct strvec customs; /* x_… names, for data */
	const char *columns, *sort_text;
	int64_t limit; /* 0: all */
	bool wants_plan, must_plan;
	/* What comes behind the records; NULL: nothing. */
	void (*more)(struct list *list, struct doc *doc);
	const void *more_options;
};

void list_init(struct list *list, struct context *context, const struct list_options *options);
void list_release(struct list *list);
/* The columns when none are asked for: those of the kind, or all for data. */
void list_default_columns(struct list *list);
/* The schedule, when a column or a condition needs it. */
int list_prepare_computed(struct list *list, struct err *err);
/* A record, or the lines of a journal, as what is listed. */
void list_add(struct list *list, struct record *record, struct vec *out);
int list_emit(struct list *list, struct err *err);
/* `pmt NOUN show`, with something behind the pages. */
int noun_show_with(struct context *context, struct strvec *words, void (*more)(struct list *list, struct doc *doc), const void *options,
	struct err *err);
/* A note in the error output when what is listed may be incomplete. */
void noun_warn_faulty(struct context *context);
/* "pmt.task/1" */
const char *noun_schema(struct arena *arena, const struct kind *kind);

#endif
