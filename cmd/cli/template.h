/*
 * What `pmt init` writes: built-in templates of files and of work breakdown structures.
 * Titles are message ids, so a project starts in its own language.
 */
#ifndef CLI_TEMPLATE_H
#define CLI_TEMPLATE_H

#include "base/strbuf.h"

/* One task of a template. parent and depends name tasks by their position, "3" or "2,3"; NULL: none. */
struct template_task {
	const char *title;   /* N_() */
	const char *parent;
	const char *depends;
	const char *effort;  /* NULL: a milestone when it has no children */
	const char *key, *value; /* one more field, "milestone", "yes"; or NULL */
};

struct template {
	const char *name;
	const char *summary; /* N_() */
	const char *method;  /* [project] method, or NULL */
	const struct template_task *tasks; /* ends with title NULL; or NULL */
};

extern const struct template templates[]; /* ends with name NULL */
extern const char template_calendar_cn[];
/* Rules as comments, which `pmt change setup` puts in force. */
extern const char template_policy[];

/* The tasks as sections, titles translated. */
void template_plan(const struct template *template, struct strbuf *out);

#endif
