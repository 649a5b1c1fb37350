/*
 * A project's structure as the start of another: the work breakdown, calendars, scales, workflows, checklists, rules, policies and
 * the like; without what happened (actuals, progress, journals, issues, incidents, changes, baselines) and with dates moved along with the start.
 */
#ifndef CLI_COPY_H
#define CLI_COPY_H

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"

struct copy_settings {
	const char *from;              /* folder, or URL that git clones */
	const char *name, *key, *start; /* NULL: as in the original */
	const char *uid;
};

struct copied_file {
	char *path; /* relative to the root */
	struct strbuf text;
};

/* files: struct copied_file, appended; the caller releases each. Comments, order and alignment are kept. */
int copy_structure(const struct copy_settings *settings, struct vec *files, struct err *err);
void copied_file_release(struct copied_file *file);

#endif
