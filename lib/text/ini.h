/*
 * INI, as the project's files use it: a reader over inih and a lossless document for edits.
 *
 * The reader (ini_read) turns one file's bytes into events. It adds to inih what inih does in
 * silence: every fault is reported with line and column, the rest of the file is still read,
 * names and values are never cut, ` ;` in a value is text, sections are announced even when empty,
 * keys after a bad header are dropped until the next header (the header's fault stands for them).
 * Diagnostic ids used here: ini-header (malformed header), ini-name-long (header or key over 49
 * bytes), ini-key-outside (key before the first section), ini-line (neither header, key nor
 * comment), ini-key-empty, ini-indented (a whole section indented, so that it continues a value),
 * ini-control (NUL or another control character), ini-utf8, ini-cr (CR-only line ends).
 *
 * Blanks are space, tab and the full-width space U+3000. A line that begins with a blank continues
 * the value above it, whatever it holds; where no value is open (behind a header) an indented
 * comment is a comment and any other indented line a fault. Names are split from values by the
 * first '='.
 *
 * A value's logical text: the first line trimmed, then, for each continuation line, '\n' and the
 * line without its leading and trailing blanks; blank lines between continuation lines are kept as
 * empty lines. A value never begins or ends with '\n': nothing on the key's own line means that it
 * begins below. Comments between continuation lines are no part of it.
 *
 * Cost: O(bytes). A value on one line is a slice of the input; a folded one is copied to the arena.
 * The input must outlive what the events point to.
 */
#ifndef TEXT_INI_H
#define TEXT_INI_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

enum { INI_NAME_LIMIT = 49 };

struct ini_events {
	void *context;
	/* "[kind id]": the text between the brackets, trimmed; column of its first byte. */
	void (*section)(void *context, struct slice header, uint32_t line, uint32_t column);
	/* key trimmed; value logical; column is that of the value's first byte (of the key when
	 * empty). */
	void (*key)(void *context, struct slice key, struct slice value, uint32_t line,
		uint32_t column, uint32_t last_line);
};

/* path is for diagnostics only. Returns 0 also when there were diagnostics; negative only on
 * internal failure. */
int ini_read(struct slice input, const char *path, const struct ini_events *events,
	struct arena *arena, struct diagnostics *diagnostics, struct err *err);

/*
 * The lossless document: every byte of a file, and where its sections and keys stand.
 * ini_doc_print gives back exactly the input when nothing was edited. Edits touch only the lines of
 * the field they set and follow the section's own alignment ("key      = value"), indentation of
 * continuation lines and line ends (LF or CRLF, as the file has); of a value on several lines, only
 * the lines that differ. Sections are found by index; indexes change when sections are added or
 * removed.
 *
 * Each section owns its lines, with the comments directly above its header. What ini_read reports
 * as a fault stays where it is and is no key; a malformed header is a section with an empty header
 * and no keys. The document copies the input and owns all it gives out, until ini_doc_release.
 */
struct ini_doc {
	struct vec sections; /* private; the first holds what stands above all headers */
	struct arena arena;
	bool bom, crlf, final_newline; /* of the input */
	int line_end;                  /* private */
};

int ini_doc_parse(struct ini_doc *doc, struct slice input, struct err *err);
void ini_doc_release(struct ini_doc *doc);
void ini_doc_print(const struct ini_doc *doc, struct strbuf *out);

size_t ini_doc_section_count(const struct ini_doc *doc);
/* Header text of section i ("task T-12"). */
struct slice ini_doc_header(const struct ini_doc *doc, size_t section);
/* First section with that header, or -1. */
long ini_doc_find(const struct ini_doc *doc, struct slice header);
/* Logical value; false when the key is absent. The first, when a key is given twice. */
bool ini_doc_get(struct ini_doc *doc, size_t section, struct slice key, struct slice *value);
size_t ini_doc_key_count(const struct ini_doc *doc, size_t section);
struct slice ini_doc_key(const struct ini_doc *doc, size_t section, size_t index);

/*
 * Set a field. An existing key's lines are replaced in place. A new key goes behind the last of
 * `before` that the section has (names in table order, NULL-terminated; may be NULL: at the end of
 * the keys). value is logical text: '\n' becomes a continuation line, an empty line inside it a
 * blank line. It should be ini_value_ok; what is not (blanks at the ends of lines, controls) is
 * dropped. key should be ini_name_ok. In a section that ini_doc_add made, all keys are kept
 * aligned.
 */
void ini_doc_set(struct ini_doc *doc, size_t section, struct slice key, struct slice value,
	const char *const *before);
/* Remove a key and its lines; false when absent. Comments above it stay. */
bool ini_doc_unset(struct ini_doc *doc, size_t section, struct slice key);
void ini_doc_rename(struct ini_doc *doc, size_t section, struct slice header);
/*
 * A new section behind section `after` (-1: in front of all; count-1: at the end), one blank line
 * between. Returns its index.
 */
size_t ini_doc_add(struct ini_doc *doc, long after, struct slice header);
/* Remove a section with its keys, the comments directly above its header and one blank line;
 * comments that stand free behind it stay. */
void ini_doc_remove(struct ini_doc *doc, size_t section);
/*
 * The section's own lines, with the comments directly above its header, as they stand: for moving
 * it to another place or file with nothing lost. ini_doc_paste puts such text (one section) behind
 * section `after`, with the line ends of this file.
 */
void ini_doc_copy(const struct ini_doc *doc, size_t section, struct strbuf *out);
size_t ini_doc_paste(struct ini_doc *doc, long after, struct slice text);

/* Would this value survive printing and reading? (No NUL, no control characters but tab and
 * newline, no line that begins or ends with blanks, no line break at its ends, valid UTF-8.)
 * Otherwise *why holds the reason. */
bool ini_value_ok(struct slice value, const char **why);
/* May this be a key (or, for a header, the text between the brackets)? The same for both. */
bool ini_name_ok(struct slice name, bool header, const char **why);

#endif
