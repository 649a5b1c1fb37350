/*
 * Renderers: one document, many faces. Pure functions from a document to bytes.
 *
 * Languages: renderers translate message ids through gettext (domain "pmt"), which the caller has set up. English is the message id.
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/err.h"
#include "base/strbuf.h"
#include "doc/doc.h"

#include <stdbool.h>

/* Words that cells need all the time, looked up once a document (a look-up costs more than printing a cell). */
struct render_words {
	const char *day, *hour, *minute, *elapsed_day, *elapsed_hour, *elapsed_minute; /* "%sd" */
	const char *yes, *no;
};
void render_words_init(struct render_words *words);

/*
 * Takes finished text off a renderer's hands while it goes on, so that a long answer is never whole in memory. False:
 * nobody reads any more, and the renderer may stop.
 */
struct render_sink {
	bool (*write)(void *context, struct slice text);
	void *context;
};

struct render_options {
	const struct render_sink *sink; /* NULL: `out` gets everything; else what is left over */
	const struct render_words *words; /* NULL: looked up for each cell; renderers set it for themselves */
	int width;        /* terminal columns */
	bool color;       /* terminal: ANSI colours */
	bool ascii;       /* terminal: no Unicode boxes, blocks, arrows and other signs; letters stay */
	bool chinese_units; /* 万 / 亿 in money for people */
	const char *lang; /* "zh_CN", "en": the lang attribute of HTML, weekday names */
	bool now_shown;   /* print "as of" lines */
	bool english;     /* for programs: messages and words as the source has them */
};

int render_terminal(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);
int render_markdown(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);
int render_html(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);
int render_json(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);
int render_csv(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);
/* The document's first figure. ERR_USAGE when it has none. */
int render_svg(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err);

struct renderer {
	const char *name;   /* "html" */
	const char *suffix; /* ".html": chosen by -o */
	int (*render)(const struct doc *, const struct render_options *, struct strbuf *, struct err *);
};
extern const struct renderer renderers[]; /* ends with name NULL; "table" is the terminal */
const struct renderer *renderer_find(const char *name);
const struct renderer *renderer_for_path(const char *path); /* by suffix; NULL when unknown */

/* One cell as a person reads it, in the reader's language. */
void render_cell(const struct cell *cell, const struct units *units, const struct render_options *options, struct strbuf *out);
/* A diagnostic as one line or two: "plan.ini:14:11: error: … [ref-unknown]" and an indented hint. */
void render_diagnostic(const struct diagnostic *finding, const struct render_options *options, struct strbuf *out);

/* Words wrapped at `width` cells, CJK broken between characters, later lines indented by `indent` blanks. */
void render_wrapped(struct strbuf *out, struct slice text, size_t width, size_t indent);

#endif
