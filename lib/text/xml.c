#include "text/xml.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>

/* The declaration, elements and attributes; text and element content are never mixed with
 * indentation. */

void xml_init(struct xml_writer *w, struct strbuf *out, bool pretty)
{
	*w = (struct xml_writer){ .out = out, .pretty = pretty };
	if (pretty)
		strbuf_add_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

/* Characters that XML 1.0 has no way to write. */
static bool forbidden(uint32_t code)
{
	if (code < 0x20)
		return code != '\t' && code != '\n' && code != '\r';
	return code == 0xfffe || code == 0xffff;
}

static const char *entity(char c, bool attribute)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return attribute ? "&quot;" : NULL;
	case '\'': return attribute ? "&#39;" : NULL;
	case '\n': return attribute ? "&#10;" : NULL;
	case '\t': return attribute ? "&#9;" : NULL;
	case '\r': return "&#13;";
	default: return NULL;
	}
}

static void add_escaped(struct strbuf *out, struct slice text, bool attribute)
{
	size_t from = 0, i = 0;

	while (i < text.len) {
		unsigned char c = (unsigned char)text.at[i];
		const char *replacement = entity(text.at[i], attribute);
		size_t bytes = 1;

		if (!replacement && (c < 0x20 || c >= 0x80)) {
			uint32_t code;

			bytes = utf8_decode(slice_from(text, i), &code);
			/* An invalid byte decodes as U+FFFD in one byte; a real U+FFFD has three.
			 */
			if (forbidden(code) || (code == 0xfffd && bytes < 3))
				replacement = "\xef\xbf\xbd";
		}
		if (replacement) {
			strbuf_add(out, text.at + from, i - from);
			strbuf_add_str(out, replacement);
			from = i + bytes;
		}
		i += bytes;
	}
	if (from < text.len)
		strbuf_add(out, text.at + from, text.len - from);
}

void xml_escape(struct strbuf *out, struct slice text)
{
	add_escaped(out, text, true);
}

static void finish_tag(struct xml_writer *w)
{
	if (w->tag_open)
		strbuf_add_char(w->out, '>');
	w->tag_open = false;
}

static void indent(struct xml_writer *w)
{
	if (!w->pretty || w->has_text ||
		(w->out->len && w->out->buf[w->out->len - 1] == '\n' && !w->depth))
		return;
	strbuf_add_char(w->out, '\n');
	strbuf_add_repeat(w->out, "  ", (size_t)w->depth);
}

void xml_open(struct xml_writer *w, const char *name)
{
	assert(w->depth < (int)(sizeof(w->open) / sizeof(w->open[0])));
	finish_tag(w);
	indent(w);
	strbuf_add_char(w->out, '<');
	strbuf_add_str(w->out, name);
	w->open[w->depth++] = name;
	w->tag_open = true;
	w->has_text = false;
}

void xml_attribute_slice(struct xml_writer *w, const char *name, struct slice value)
{
	assert(w->tag_open);
	strbuf_add_char(w->out, ' ');
	strbuf_add_str(w->out, name);
	strbuf_add_str(w->out, "=\"");
	add_escaped(w->out, value, true);
	strbuf_add_char(w->out, '"');
}

void xml_attribute(struct xml_writer *w, const char *name, const char *value)
{
	xml_attribute_slice(w, name, slice_of(value));
}

void xml_text(struct xml_writer *w, struct slice text)
{
	finish_tag(w);
	add_escaped(w->out, text, false);
	w->has_text = true;
}

void xml_close(struct xml_writer *w)
{
	assert(w->depth > 0);
	w->depth--;
	if (w->tag_open) {
		strbuf_add_str(w->out, "/>");
	} else {
		indent(w);
		strbuf_add_str(w->out, "</");
		strbuf_add_str(w->out, w->open[w->depth]);
		strbuf_add_char(w->out, '>');
	}
	w->tag_open = w->has_text = false;
	if (!w->depth && w->pretty)
		strbuf_add_char(w->out, '\n');
}

void xml_element(struct xml_writer *w, const char *name, struct slice text)
{
	xml_open(w, name);
	xml_text(w, text);
	xml_close(w);
}
