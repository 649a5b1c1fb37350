/*
 * Internal to lib/text: one physical line after another, each with what it is. The reader (ini.c)
 * and the lossless document (ini_doc.c) both stand on it, so that they can never disagree.
 *
 * Blanks are space, tab and U+3000, the full-width space of Chinese keyboards. A line that begins
 * with a blank continues the value above it, whatever it holds (also "; text" and "[x]": a text
 * may need them); where no value is open, an indented comment is a comment and anything else a
 * fault. After a malformed header the lines up to the next good one are INI_DROPPED: the header's
 * fault stands for them. So are the continuation lines of a key that is itself at fault.
 */
#ifndef TEXT_INI_SCAN_H
#define TEXT_INI_SCAN_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

enum ini_kind {
	INI_BLANK,
	INI_COMMENT,
	INI_HEADER,
	INI_KEY,
	INI_CONTINUATION,
	INI_DROPPED, /* passed over in silence: another line's fault stands for it */
	INI_BAD      /* fault and fault_column say why; a comment may have a fault, too */
};

enum ini_fault {
	INI_NO_FAULT,
	INI_FAULT_HEADER_OPEN, /* no closing bracket */
	INI_FAULT_HEADER_EMPTY,
	INI_FAULT_HEADER_INNER, /* a bracket inside */
	INI_FAULT_HEADER_TAIL,  /* text behind the closing bracket */
	INI_FAULT_HEADER_LONG,
	INI_FAULT_KEY_LONG,
	INI_FAULT_KEY_EMPTY,
	INI_FAULT_KEY_OUTSIDE,
	INI_FAULT_INDENT, /* an indented line, but no value is open */
	INI_FAULT_LINE,   /* no '=' */
	INI_FAULT_CONTROL,
	INI_FAULT_UTF8
};

enum ini_end { INI_END_NONE, INI_END_LF, INI_END_CRLF, INI_END_CR };

struct ini_scanner {
	struct slice rest;
	uint32_t line;   /* of the line given last, 1-based */
	bool bom;        /* the input began with one; it belongs to no line */
	bool valid_utf8; /* the whole input is */
	bool clean;      /* so, and there is no control character in it: lines need no look of their own */
	bool in_section, suspended, value_open, value_bad;
	char newline; /* '\r' in a file of the old Macintosh, else '\n' */
};

struct ini_scanned {
	enum ini_kind kind;
	enum ini_fault fault;
	enum ini_end end;
	uint32_t fault_column;
	struct slice text;  /* the line without its end */
	struct slice name;  /* header text or key, trimmed */
	struct slice value; /* of a key or continuation line, trimmed */
};

void ini_scan_init(struct ini_scanner *scanner, struct slice input);
/* False at the end of the input. */
bool ini_scan(struct ini_scanner *scanner, struct ini_scanned *out);
/* The parts of one line that is known to be a key line: name and value. */
void ini_split_key(struct slice text, struct slice *name, struct slice *value);

struct slice ini_trim(struct slice text);
/* Bytes of the blank at the start of text: 0 when there is none. */
size_t ini_blank_bytes(struct slice text);
/* Position of the first control character (C0 but tab, DEL, C1), or len. */
size_t ini_control(struct slice text);

#endif
