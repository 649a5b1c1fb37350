/*
 * INI, as the project's files use it: a reader over inih and a lossless document for edits.
 *
 * The reader (ini_read) turns one file's bytes into events. It adds to inih what inih does in
 * silence: every fault is reported with line and column, the rest of the file is still read,
 * names and values are never cut, ` ;` in a value is text, sections are announced even when empty, keys
 * after a bad header are dropped until the next header (the header's fault stands for them).
 * Diagnostic ids used here: ini-header (malformed header), ini-name-long (header or key over 49 bytes),
 * ini-key-outside (key before the first section), ini-line (neither header, key nor comment),
 * ini-key-empty, ini-control (NUL or another control character), ini-utf8, ini-cr (CR-only line ends).
 *
 * A value's logical text: the first line trimmed, then, for each continuation line, '\n' and the line
 * without its leading and trailing blanks; blank lines between continuation lines are kept as empty lines.
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
	/* key trimmed; value logical; column is that of the value's first byte (of the key when empty). */
	void (*key)(void *context, struct slice key, struct slice value, uint32_t line, uint32_t column,
		uint32_t last_line);
};

/* path is for diagnostics only. Returns 0 also when there were diagnostics; negative only on internal failure. */
int ini_read(struct slice input, const char *path, const struct ini_events *events,
	struct arena *arena, struct diagnostics *diagnostics, struct err *err);

/*
 * The lossless document: every byte of a file, and where its sections and keys stand.
 * ini_doc_print gives back exactly the input when nothing was edited. Edits touch only the lines of the
 * field they set and follow the section's own alignment ("key      = value"), indentation of continuation
 * lines and line ends (LF or CRLF, as the file has). Sections are found by index; indexes change when
 * sections are added or removed.
 */
struct ini_doc {
	struct vec lines;    /* private */
	struct vec sections; /* private */
	struct arena arena;
	bool bom, crlf, final_newline;
};

int ini_doc_parse(struct ini_doc *doc, struct slice input, struct err *err);
void ini_doc_release(struct ini_doc *doc);
void ini_doc_print(const struct ini_doc *doc, struct strbuf *out);

size_t ini_doc_section_count(const struct ini_doc *doc);
/* Header text of section i ("task T-12"). */
struct slice ini_doc_header(const struct ini_doc *doc, size_t section);
/* First section with that header, or -1. */
long ini_doc_find(const struct ini_doc *doc, struct slice header);
/* Logical value; false when the key is absent. */
bool ini_doc_get(const struct ini_doc *doc, size_t section, struct slice key, struct slice *value);
size_t ini_doc_key_count(const struct ini_doc *doc, size_t section);
struct slice ini_doc_key(const struct ini_doc *doc, size_t section, size_t index);

/*
 * Set a field. An existing key's lines are replaced in place. A new key goes behind the last of
 * `before` that the section has (names in table order, NULL-terminated; may be NULL: at the end of the keys).
 * value is logical text: '\n' becomes a continuation line, an empty line inside it a blank line.
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
/* Remove a section with its keys, the comments directly above its header and one blank line. */
void ini_doc_remove(struct ini_doc *doc, size_t section);
/*
 * The section's own lines, with the comments directly above its header, as they stand: for moving
 * it to another place or file with nothing lost. ini_doc_paste puts such text behind section `after`.
 */
void ini_doc_copy(const struct ini_doc *doc, size_t section, struct strbuf *out);
size_t ini_doc_paste(struct ini_doc *doc, long after, struct slice text);

/* Would this value survive printing and reading? (No NUL, no control characters but tab and newline,
 * no line that begins or ends with blanks, valid UTF-8.) Otherwise why holds the reason. */
bool ini_value_ok(struct slice value, const char **why);

#endif
