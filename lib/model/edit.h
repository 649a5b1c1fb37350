/*
 * Editing a work tree's project: changes are collected, then written all or nothing (base/file.h).
 *
 * Only files that are touched are parsed losslessly. Every change is validated before anything is written; faults of
 * the command line's values go to `found` with the place path NULL. The caller holds the project's write lock.
 */
#ifndef MODEL_EDIT_H
#define MODEL_EDIT_H

#include "base/diagnostic.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "model/project.h"

#include <stdbool.h>

struct edit {
	struct project *project;
	struct value_context values; /* how words from the command line are read */
	struct vec documents;        /* private: open ini_docs by file */
	struct arena arena;
	struct diagnostics *found;
};

void edit_init(struct edit *edit, struct project *project, const struct value_context *values, struct diagnostics *found);
void edit_release(struct edit *edit);

enum edit_operator { EDIT_SET, EDIT_ADD, EDIT_REMOVE }; /* key=v, key+=v, key-=v; key= clears */
struct assignment {
	struct slice key, value;
	enum edit_operator operator;
};
/* "effort=30d", "tags+=pilot": ERR_USAGE when it is no assignment. */
int assignment_parse(struct assignment *out, struct slice word, struct err *err);

/* Values are canonicalised. Unknown fields, wrong types, computed fields, unknown references: diagnostics, returns -1. */
int edit_set(struct edit *edit, const struct record *record, const struct assignment *assignments, size_t count, struct err *err);
/*
 * A new record at its place (format.md). id must be unused; fields in table order. file: NULL for the default place.
 */
int edit_add(struct edit *edit, const struct kind *kind, struct slice id, const struct assignment *assignments,
	size_t count, const char *file, struct err *err);
/* With references to it left: ERR_FAILED naming them, unless force, which removes them from lists too. */
int edit_remove(struct edit *edit, const struct record *record, bool force, struct err *err);
/* New id, and every reference to it in every file. */
int edit_rename(struct edit *edit, const struct record *record, struct slice new_id, struct err *err);
/* Tasks: below another parent and / or before or after a sibling; any record: to another file. NULLs: not asked. */
struct edit_target {
	const struct record *parent, *before, *after;
	bool top; /* no parent */
	const char *file;
};
int edit_move(struct edit *edit, const struct record *record, const struct edit_target *target, struct err *err);
/* Journals: one more line under a date. */
int edit_journal(struct edit *edit, const struct kind *kind, struct slice id, moment_t when, bool has_time, struct slice line, struct err *err);
/* Replace a whole section by text a person edited (rm + paste, validated). */
int edit_replace(struct edit *edit, const struct record *record, struct slice text, struct err *err);

/* Paths that edit_commit would write or remove, relative to the root; nothing is written. */
void edit_touched(const struct edit *edit, struct strvec *touched);
/* Writes; touched (may be NULL) gets the paths. ERR_CONFLICT when a file changed under us. */
int edit_commit(struct edit *edit, const char *intent, struct strvec *touched, struct err *err);

/* The next automatic id, "T-13": one above the highest of the project and of `high_water` (from git; 0: none). */
int edit_next_id(const struct project *project, const struct kind *kind, uint64_t high_water, struct strbuf *out, struct err *err);

#endif
