/* What the files of editing share: documents, sections in them, and values on their way in. */
#ifndef MODEL_EDIT_INTERNAL_H
#define MODEL_EDIT_INTERNAL_H

#include "model/edit.h"
#include "model/project-internal.h"
#include "model/reference.h"
#include "text/ini.h"

/* A file that is being edited. Lives in the edit's arena. */
struct document {
	const char *path;
	struct slice original; /* at NULL: no such file yet */
	struct ini_doc doc;
	struct map sections; /* "kind\nfolded id" → first section */
	bool indexed;
};

/* A record this edit makes. */
struct added {
	const struct kind *kind;
	struct slice id, folded, parent; /* parent folded; empty: none */
	struct document *document;
};

int document_open(struct edit *edit, const char *path, struct document **out, struct err *err);
int document_of(
	struct edit *edit, const struct record *record, struct document **out, struct err *err);
/* Sections moved: look them up anew. */
void document_changed(struct document *document);
/* The n-th section of that kind and id, or -1. */
long document_find(struct edit *edit, struct document *document, const struct kind *kind,
	struct slice folded, size_t n);
/* The section of a loaded record: its document and index; ERR_INTERNAL when it is gone. */
int edit_locate(struct edit *edit, const struct record *record, struct document **document,
	size_t *section, struct err *err);
/* Later changes find the record under its new id. */
void edit_note_renamed(struct edit *edit, const struct record *record, struct slice folded);
/* "task T-12" */
struct slice header_text(struct edit *edit, const struct kind *kind, struct slice id);
/* Does the project, or this edit, have it? The id as it is written, else an empty slice. */
struct slice edit_known_id(const struct edit *edit, const struct kind *kind, struct slice id);
const struct added *edit_added(
	const struct edit *edit, const struct kind *kind, struct slice folded);

/* Names of the fields of a kind that stand before `index` in its table, NULL behind the last; in
 * the arena. */
const char *const *fields_before(struct edit *edit, const struct kind *kind, size_t index);
void write_field(struct edit *edit, struct document *document, size_t section,
	const struct kind *kind, struct slice key, struct slice text);

/* One field of a record on its way in. */
struct new_value {
	const struct kind *kind;
	const struct record *record; /* NULL: a new one */
	const struct field *field;   /* NULL: an x_ field or a date of a journal */
	struct slice key;            /* as it will be written */
	size_t index;                /* of the field, or FIELD_CUSTOM */
};
/* Which field does the key of an assignment mean? -1 with diagnostics. */
int new_value_find(
	struct edit *edit, const struct kind *kind, struct slice key, struct new_value *out);
/* What the field will hold, canonical, in the edit's arena. -1 with diagnostics. */
int new_value_make(struct edit *edit, const struct new_value *value, struct slice old,
	const struct assignment *assignment, struct slice *out);
/* Would writing `text` instead of `old` say the same? */
bool same_value(struct edit *edit, const struct field *field, struct slice old, struct slice text);

/* Validated fields of one record, later ones of a key replacing earlier. */
struct pending {
	struct new_value value;
	struct slice text; /* empty: unset */
	bool unset;
};
int pending_make(struct edit *edit, const struct kind *kind, const struct record *record,
	struct document *document, size_t section, const struct assignment *assignments,
	size_t count, struct vec *out);
void pending_write(struct edit *edit, struct document *document, size_t section,
	const struct kind *kind, const struct vec *pending);
/* The kind's own check on the section as it would be; new faults only. -1 with diagnostics. */
int edit_check_section(struct edit *edit, const struct kind *kind, const struct record *before,
	struct document *document, size_t section);

/* Do the section's `depends` and `parent` close a loop that was not there? before: NULL for a new task. -1 with
 * diagnostics. Only tasks have such. */
int edit_check_loop(struct edit *edit, const struct kind *kind, const struct record *before, struct slice id,
	struct document *document, size_t section);
/* Does a decision's `supersedes` close a circle that was not there? As above. */
int edit_check_circle(struct edit *edit, const struct kind *kind, const struct record *before, struct slice folded,
	struct document *document, size_t section);
void edit_links_free(struct edit_links *links);

/* Is the task `folded` the task `top`, or below it? Also for tasks of this edit. */
bool edit_is_below(
	const struct edit *edit, const struct kind *kind, struct slice folded, struct slice top);
/* Where a new record of that kind goes: the document, and the section to stand behind (-1: in
 * front). */
int place_new(struct edit *edit, const struct added *added, const char *file,
	struct document **document, long *after, struct err *err);
/* A path of the user's: inside the project, and one that the project reads. */
int place_check_file(const struct edit *edit, const char *path, struct err *err);
/* The last section of a task's family in its file. */
int place_behind_family(struct edit *edit, const struct kind *kind, struct slice folded,
	struct document **document, long *after, struct err *err);

/* The id in NFC, and whether a new record of that kind may have it; if not, diagnostics say why. */
struct slice edit_new_id(struct edit *edit, const struct kind *kind, struct slice id, bool *ok);

const char *edit_text(struct edit *edit, struct slice text);

#endif
