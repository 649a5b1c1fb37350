/*
 * XML in: expat, streaming. A document type declaration is refused, so there are no entities to
 * expand or fetch; so is nesting beyond 1,000. XML out: a small escaping writer.
 */
#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

struct xml_events {
	void *context;
	/* attributes: name, value, name, value, …, NULL, as written. Element names without
	 * namespace prefix. depth of the root is 0. Either function may be NULL. */
	void (*open)(void *context, const char *name, const char *const *attributes, size_t depth,
		unsigned long line);
	/* text: all character data directly inside the element, joined, untrimmed. */
	void (*close)(void *context, const char *name, struct slice text, size_t depth,
		unsigned long line);
	/* Nobody asks for text: close gets none, and none is kept, however long. */
	bool no_text;
	/* Accept a document type that names a DTD elsewhere, which is never fetched; one with declarations in it never. */
	bool outer_doctype;
};

/* ERR_INPUT with "name:line:column: what" when the text is not well-formed. */
int xml_read(
	struct slice input, const char *name, const struct xml_events *events, struct err *err);

struct xml_writer {
	struct strbuf *out;
	const char *open[32];
	int depth;
	bool tag_open, has_text, pretty;
};

void xml_init(struct xml_writer *w, struct strbuf *out,
	bool pretty);                                  /* writes the declaration when pretty */
void xml_open(struct xml_writer *w, const char *name); /* name must outlive the element */
void xml_attribute(struct xml_writer *w, const char *name, const char *value);
void xml_attribute_slice(struct xml_writer *w, const char *name, struct slice value);
void xml_text(struct xml_writer *w,
	struct slice text); /* escaped; controls not allowed in XML become U+FFFD */
void xml_close(struct xml_writer *w);
/* Shorthand: <name>text</name>. */
void xml_element(struct xml_writer *w, const char *name, struct slice text);
/* Escaped text and attribute values on their own, as HTML needs them too. */
void xml_escape(struct strbuf *out, struct slice text);

#endif
