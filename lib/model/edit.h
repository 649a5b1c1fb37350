/*
 * Editing a work tree's project: changes are collected, then written all or nothing (base/file.h).
 *
 * Life cycle: edit_init, any number of changes, edit_commit (or not), edit_release. Only files that
 * are touched are parsed losslessly. Every change is validated before anything is written: faults
 * of the values given go to `found` with the place path NULL, the change is not made, and ERR_INPUT
 * comes back; the edit must then not be committed. What was already wrong in the record is not the
 * caller's fault and is let pass. The caller holds the project's write lock.
 *
 * The project in memory stays as it was loaded. Later changes of one edit see earlier ones of the
 * same record, and records it added; a reload shows the rest.
 *
 * Diagnostics: those of the check, item-unknown (key-=v without v), id-taken.
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
	struct vec documents;        /* private: files opened so far */
	struct vec added;            /* private: records this edit makes */
	struct map renamed;          /* private: record → its id by now */
	struct edit_links *links;    /* private: what waits for what; NULL until a change needs it */
	struct arena arena;
	struct diagnostics *found;
};

void edit_init(struct edit *edit, struct project *project, const struct value_context *values,
	struct diagnostics *found);
void edit_release(struct edit *edit);

enum edit_operator { EDIT_SET, EDIT_ADD, EDIT_REMOVE }; /* key=v, key+=v, key-=v; key= clears */
struct assignment {
	struct slice key, value;
	enum edit_operator operator;
};
/* "effort=30d", "tags+=pilot": ERR_USAGE when it is no assignment. */
int assignment_parse(struct assignment *out, struct slice word, struct err *err);

/*
 * Values are canonicalised, references completed to the full id; a value that means what stands
 * there already leaves the text alone. Unknown fields, wrong types, computed fields, unknown
 * references, a loop of tasks that the change closes (cycle): diagnostics, ERR_INPUT. In a journal a
 * date is a key as well.
 */
int edit_set(struct edit *edit, const struct record *record, const struct assignment *assignments,
	size_t count, struct err *err);
/*
 * A new record at its place: a task behind the last descendant of its parent, in the parent's file;
 * any other behind the last of its kind in its default file. id must be unused (empty for a kind
 * without ids); fields in table order. file: NULL for the default place.
 */
int edit_add(struct edit *edit, const struct kind *kind, struct slice id,
	const struct assignment *assignments, size_t count, const char *file, struct err *err);
/*
 * With references to it left: ERR_FAILED naming them, unless force, which takes them out: of lists,
 * of fields (children of a removed parent move up to its parent), and with its journal sections. A
 * file left empty is removed.
 */
int edit_remove(struct edit *edit, const struct record *record, bool force, struct err *err);
/* Several at once: what they say of one another leaves with them. Each record once. */
int edit_remove_all(struct edit *edit, const struct record *const *records, size_t count, bool force,
	struct err *err);
/* New id, and every reference to it in every file. */
int edit_rename(
	struct edit *edit, const struct record *record, struct slice new_id, struct err *err);
/*
 * Tasks: below another parent and / or before or after a sibling, with all descendants; any record:
 * to another file. NULLs: not asked.
 */
struct edit_target {
	const struct record *parent, *before, *after;
	bool top; /* no parent */
	const char *file;
};
int edit_move(struct edit *edit, const struct record *record, const struct edit_target *target,
	struct err *err);
/* Journals: one more line under a date. */
int edit_journal(struct edit *edit, const struct kind *kind, struct slice id, moment_t when,
	bool has_time, struct slice line, struct err *err);
/*
 * Replace a whole section by text a person edited: one section with the same kind and id, comments
 * and all. Faults in it go to `found` with lines of `text`.
 */
int edit_replace(
	struct edit *edit, const struct record *record, struct slice text, struct err *err);

/*
 * The text that a file begins with goes; to be said before anything else of that file is edited. Nothing happens
 * where it begins otherwise.
 */
int edit_cut_head(struct edit *edit, const char *path, struct slice head, struct err *err);

/* Paths that edit_commit would write or remove, relative to the root; nothing is written. */
void edit_touched(const struct edit *edit, struct strvec *touched);
/* What such a file will hold; `before` as it was read, at NULL when there is no file yet. For
 * previews and tests. */
void edit_each_file(const struct edit *edit,
	void (*visit)(void *context, const char *path, struct slice before, struct slice after),
	void *context);
/*
 * Writes; touched (may be NULL) gets the paths. ERR_CONFLICT when a file changed under us. What is written is kept in the journal beside
 * the intent record (model/undo.h).
 */
int edit_commit(struct edit *edit, const char *intent, struct strvec *touched, struct err *err);

/* The next automatic id, "T-13": one above the highest of the project and of `high_water` (from
 * git; 0: none). */
int edit_next_id(const struct project *project, const struct kind *kind, uint64_t high_water,
	struct strbuf *out, struct err *err);

/* By what the sections of one record are found: its kind and its folded id. Lives in the arena. */
struct slice record_key(struct arena *arena, const struct kind *kind, struct slice folded);

#endif
