/* What the files of lib/merge share: trees cut into sections, and records through the three sides. */
#ifndef MERGE_MERGE_INTERNAL_H
#define MERGE_MERGE_INTERNAL_H

#include "base/map.h"
#include "base/strbuf.h"
#include "merge/merge.h"
#include "model/edit.h"
#include "model/header.h"

enum line_style { STYLE_LF, STYLE_CRLF, STYLE_CR };

/* One file of one side. */
struct tree_file {
	const char *path;
	struct slice raw;  /* as it was read */
	struct slice text; /* without BOM, lines ended by LF, the last one too */
	struct slice head; /* of the text: what stands above all sections */
	enum line_style style;
	bool bom, unended; /* unended: no newline behind the last line */
	bool opaque;       /* not read as sections */
	bool link;         /* has no bytes of its own: left to git on all sides */
	size_t first, count; /* its sections */
};

/* One section of one side. */
struct section {
	struct slice key;  /* identity: "task\nt-12"; journals: and "\npath"; what is no record: "\npath\nheader" */
	const struct kind *kind; /* NULL: none of that name */
	struct slice id;   /* as written */
	struct slice folded;
	struct slice body; /* with the comments above its header */
	struct slice gap;  /* blank lines and free comments behind */
	uint32_t above;    /* bytes of the comments above the header */
	uint32_t file;
	uint32_t unit;     /* of the merge */
	bool faulty;
};

struct tree {
	struct vec files;    /* struct tree_file, by path */
	struct vec sections; /* struct section, in order */
	struct map by_path;  /* → file index */
	struct map by_key;   /* → section index, of the first */
};

/* One record through the sides, and what becomes of it. */
struct unit {
	struct section *sides[MERGE_SIDES]; /* NULL: not there */
	const char *path; /* where it will stand; NULL: gone */
	struct slice body, gap;
	size_t conflict, conflicts; /* first and number of its conflicts, whose lines count from the body */
};

struct merging {
	const struct merge_request *request;
	struct merge_result *result;
	struct arena *arena; /* the result's */
	struct tree trees[MERGE_SIDES];
	struct vec units; /* struct unit */
};

/* tree.c. `like`: a tree that may hold the same files, whose sections are then taken over; may be NULL. */
void tree_init(struct tree *tree);
void tree_release(struct tree *tree);
int tree_read(struct tree *tree, struct source *source, struct arena *arena, struct err *err);
void tree_cut(struct tree *tree, const struct tree *like, struct arena *arena);
/* A file's text of a tree put in place of the old one; tree_cut anew afterwards. */
struct tree_file *tree_find_file(const struct tree *tree, const char *path);
struct section *tree_find(const struct tree *tree, struct slice key);
void tree_add_file(struct tree *tree, const char *path, struct slice raw, struct arena *arena);
/* A text as it is written to the file. */
struct slice tree_file_bytes(struct arena *arena, struct slice text, enum line_style style, bool bom, bool unended);

/* The fields of a section, in order. */
struct field_text {
	struct slice key, value;
	uint32_t line, last_line; /* in the body, 1-based */
};
/* Appends struct field_text; false when a key stands twice. */
bool section_fields(struct slice body, struct arena *arena, struct vec *out);
const struct field_text *field_find(const struct vec *fields, struct slice key);

/* identity.c: which record is which, and the ids they get; the trees are rewritten accordingly. */
void identity_settle(struct merging *merging);

/* rename.c */
struct renaming {
	const struct section *section;
	struct slice new_id;
};
void tree_rename(struct tree *tree, const struct vec *renamings, struct arena *arena);

/* record.c: fills the unit's body and conflicts. */
void record_merge(struct merging *merging, struct unit *unit);

/* field.c: one value of three (at NULL: absent). False: a conflict; *out is then what stays in force. */
bool field_merge(const struct kind *kind, struct slice key, const struct slice values[MERGE_SIDES], struct arena *arena,
	struct slice *out);
/* list.c: the same for a type whose items have keys. */
bool list_merge(enum field_type type, const struct slice values[MERGE_SIDES], struct arena *arena, struct slice *out);

/*
 * block.c: puts into the unit's body the blocks of its conflicts and, when fields (of each side) are given, the
 * comments of theirs that the body would lose. The conflicts get their lines.
 */
void block_write(struct merging *merging, struct unit *unit, const struct vec *fields);

/* order.c: writes result->files from the units. */
void order_write(struct merging *merging);

/* o == t or t == b: ours; o == b: theirs; else neither. */
enum merge_side pick(bool ours_same, bool theirs_same, bool both_same);

#endif
