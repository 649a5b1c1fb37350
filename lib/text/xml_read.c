#include "text/xml.h"

#include "base/i18n.h"
#include "base/vec.h"

#include <expat.h>
#include <limits.h>

enum { DEEPEST = 1000, CHUNK = 1 << 20 };

struct reader {
	XML_Parser parser;
	const struct xml_events *events;
	/* Text of all open elements, one behind the other; starts says where each one's begins.
	 * Text of a parent that comes after a child is appended when the child's has been given
	 * away. */
	struct strbuf text;
	struct vec starts; /* size_t */
	bool too_deep, doctype;
};

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

static void on_open(void *user, const char *name, const char **attributes)
{
	struct reader *r = user;

	if (r->starts.len >= DEEPEST) {
		r->too_deep = true;
		XML_StopParser(r->parser, XML_FALSE);
		return;
	}
	vec_append(&r->starts, &r->text.len);
	if (!r->events->open)
		return;
	r->events->open(r->events->context, local_name(name), (const char *const *)attributes,
		r->starts.len - 1, XML_GetCurrentLineNumber(r->parser));
}

static void on_close(void *user, const char *name)
{
	struct reader *r = user;
	size_t start = ((size_t *)r->starts.items)[r->starts.len - 1];

	r->starts.len--;
	if (r->events->close)
		r->events->close(r->events->context, local_name(name),
			slice_new(r->text.buf + start, r->text.len - start), r->starts.len,
			XML_GetCurrentLineNumber(r->parser));
	strbuf_truncate(&r->text, start);
}

static void on_text(void *user, const char *text, int len)
{
	struct reader *r = user;

	strbuf_add(&r->text, text, (size_t)len);
}

/* A document type could only smuggle entities in; of most formats we read, none has one. */
static void on_doctype(
	void *user, const char *name, const char *system, const char *public, int internal)
{
	struct reader *r = user;

	(void)name, (void)system, (void)public;
	if (r->events->outer_doctype && !internal)
		return;
	r->doctype = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static const char *reason(const struct reader *r)
{
	if (r->too_deep)
		return N_("elements nested more than 1000 deep");
	if (r->doctype)
		return N_("a document type declaration (DOCTYPE) is not accepted");
	return XML_ErrorString(XML_GetErrorCode(r->parser));
}

static int parse(struct reader *r, struct slice input, const char *name, struct err *err)
{
	for (;;) {
		size_t take = input.len < CHUNK ? input.len : CHUNK;
		bool last = take == input.len;

		if (XML_Parse(r->parser, input.at ? input.at : "", (int)take, last) !=
			XML_STATUS_OK)
			return err_set(err, ERR_INPUT, "%s:%lu:%lu: %s", name,
				XML_GetCurrentLineNumber(r->parser),
				XML_GetCurrentColumnNumber(r->parser) + 1, err_word(err, reason(r)));
		if (last)
			return 0;
		input = slice_from(input, take);
	}
}

int xml_read(struct slice input, const char *name, const struct xml_events *events, struct err *err)
{
	struct reader r = { .events = events };
	int result;

	r.parser = XML_ParserCreate(NULL);
	if (!r.parser)
		return err_set(err, ERR_INTERNAL, "%s: no XML parser", name);
	strbuf_init(&r.text);
	vec_init(&r.starts, sizeof(size_t));
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_open, on_close);
	if (events->close && !events->no_text)
		XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	result = parse(&r, input, name, err);
	XML_ParserFree(r.parser);
	vec_release(&r.starts);
	strbuf_release(&r.text);
	return result;
}
