/* Internal to lib/text: the lines and sections of a lossless document. */
#ifndef TEXT_INI_DOC_H
#define TEXT_INI_DOC_H

#include "text/ini.h"
#include "text/ini_scan.h"

struct ini_line {
	struct slice text; /* without its end */
	uint8_t kind;      /* enum ini_kind */
	uint8_t end;       /* enum ini_end */
};

struct ini_section {
	struct slice header;
	struct ini_line *lines; /* in the document's arena */
	size_t len, cap;
	size_t header_line; /* comments above it stand before */
	bool fresh;         /* made by ini_doc_add: all its lines are ours to align */
};

/* Section by public index; -1 is what stands above all headers. */
struct ini_section *ini_section_at(const struct ini_doc *doc, long index);
/* Room for `count` lines at `position`, zero-filled. */
struct ini_line *ini_section_insert(
	struct ini_doc *doc, struct ini_section *section, size_t position, size_t count);
void ini_section_delete(struct ini_section *section, size_t position, size_t count);
/* Behind the last line that is neither blank nor a comment from the start of the line. */
size_t ini_section_body_end(const struct ini_section *section);

/* The lines of one key: first is its own; continuation lines, with blank lines and comments
 * between them, reach up to last. */
struct ini_field {
	size_t first, last;
};
bool ini_field_find(const struct ini_section *section, struct slice key, struct ini_field *out);
struct ini_field ini_field_at(const struct ini_section *section, size_t first);

/* How a section writes its keys. */
struct ini_style {
	bool known, aligned;
	size_t column;              /* of '=' where keys are aligned, in cells */
	struct slice before, after; /* blanks around '='; before: the fewest that occur */
};
struct ini_style ini_style_of(const struct ini_doc *doc, long index);
/* "key      = " in that style. */
void ini_style_prefix(struct strbuf *out, const struct ini_style *style, struct slice key);
/* Cells from the start of the line to the end of text, tabs to multiples of eight. */
size_t ini_cells(struct slice text);

#endif
