/* XML: any bytes are read or refused with a reason; any bytes as text or attribute are written
 * well-formed. */
#include "tests/fuzz/fuzz.h"

#include "text/xml.h"

#include <stdlib.h>

static void on_open(void *context, const char *name, const char *const *attributes, size_t depth,
	unsigned long line)
{
	struct strbuf *out = context;

	(void)line;
	strbuf_addf(out, "%zu<%s", depth, name);
	for (; attributes[0]; attributes += 2)
		strbuf_addf(out, " %s=%s", attributes[0], attributes[1]);
}

static void on_close(
	void *context, const char *name, struct slice text, size_t depth, unsigned long line)
{
	struct strbuf *out = context;

	(void)line;
	strbuf_addf(out, "%zu>%s", depth, name);
	strbuf_add_slice(out, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);
	struct strbuf seen, wrapped;
	struct xml_events events = { .context = &seen, .open = on_open, .close = on_close };
	struct xml_writer w;
	struct err err;

	strbuf_init(&seen);
	strbuf_init(&wrapped);
	err_init(&err);
	if (xml_read(input, "f", &events, &err) && !err.message)
		abort();
	/* Any bytes as text and as an attribute make a well-formed document. */
	xml_init(&w, &wrapped, size % 2);
	xml_open(&w, "a");
	xml_attribute_slice(&w, "b", input);
	xml_element(&w, "c", input);
	xml_text(&w, input);
	xml_close(&w);
	err_release(&err);
	err_init(&err);
	strbuf_reset(&seen);
	if (xml_read(strbuf_slice(&wrapped), "wrapped", &events, &err))
		abort();
	err_release(&err);
	strbuf_release(&seen);
	strbuf_release(&wrapped);
	return 0;
}
