#include "cmd/cli/convert.h"

#include "base/process.h"
#include "base/slice.h"
#include "cmd/cli/context.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* One way: which renderer's bytes go to which program. %s in the arguments: our file, then the wanted file. */
struct conversion {
	const char *suffix;
	bool figure;            /* for documents that are one figure (svg); else for whole documents */
	const char *renderer;   /* "svg", "html" */
	const char *programs[3];
	const char *package;    /* Debian's */
};

static const struct conversion conversions[] = {
	{ ".png", true, "svg", { "rsvg-convert", NULL, NULL }, "librsvg2-bin" },
	{ ".pdf", true, "svg", { "rsvg-convert", NULL, NULL }, "librsvg2-bin" },
	{ ".pdf", false, "html", { "chromium", "google-chrome", NULL }, "chromium" },
	{ ".docx", false, "html", { "pandoc", NULL, NULL }, "pandoc" },
};

bool convert_wanted(const struct context *context)
{
	struct slice path = slice_of(context->global.output);

	for (size_t i = 0; i < ARRAY_SIZE(conversions); i++)
		if (!context->global.format && slice_ends(path, conversions[i].suffix))
			return true;
	return false;
}

/* A document whose only block is a figure is converted as a picture. */
static bool is_figure(const struct doc *doc)
{
	struct block *const *blocks = doc->blocks.items;

	return doc->blocks.len == 1 && blocks[0]->type == BLOCK_FIGURE;
}

static bool on_path(const char *program)
{
	struct slice rest = slice_of(getenv("PATH")), folder;
	struct strbuf path;
	bool found = false;

	strbuf_init(&path);
	while (!found && slice_next(&rest, ":", &folder)) {
		strbuf_reset(&path);
		strbuf_add_slice(&path, folder);
		strbuf_addf(&path, "/%s", program);
		found = access(path.buf, X_OK) == 0;
	}
	strbuf_release(&path);
	return found;
}

static int run_program(const struct strvec *arguments, struct err *err)
{
	struct strbuf output, errors;
	struct process process = { .arguments = (const char *const *)arguments->items, .environment = environ,
		.output = &output, .errors = &errors };
	int status, code;

	strbuf_init(&output);
	strbuf_init(&errors);
	code = process_run(&process, &status, err);
	if (code == 0 && status != 0)
		code = err_set(err, ERR_SYSTEM, _("'%s' failed: %s"), arguments->items[0], errors.buf);
	strbuf_release(&output);
	strbuf_release(&errors);
	return code;
}

static void arguments_for(const char *program, const struct conversion *way, const char *from, const char *to,
	struct strvec *argv)
{
	strvec_push(argv, program);
	if (strcmp(program, "rsvg-convert") == 0) {
		strvec_push(argv, strcmp(way->suffix, ".pdf") == 0 ? "--format=pdf" : "--format=png");
		strvec_pushf(argv, "--output=%s", to);
	} else if (strcmp(program, "pandoc") == 0) {
		strvec_push(argv, "--from=html");
		strvec_pushf(argv, "--output=%s", to);
	} else {
		strvec_push(argv, "--headless");
		strvec_push(argv, "--disable-gpu");
		strvec_push(argv, "--no-sandbox");
		strvec_push(argv, "--no-pdf-header-footer");
		strvec_pushf(argv, "--print-to-pdf=%s", to);
	}
	strvec_push(argv, from);
}

static int convert(const struct context *context, const struct conversion *way, struct slice text, struct err *err)
{
	char from[] = "/tmp/pmt-XXXXXX.html";
	const char *program = NULL;
	struct strvec argv;
	int status, descriptor;

	for (size_t i = 0; way->programs[i] && !program; i++)
		if (on_path(way->programs[i]))
			program = way->programs[i];
	if (!program) {
		err_set(err, ERR_SYSTEM, _("writing %s needs the program '%s', which is not here"), way->suffix,
			way->programs[0]);
		err_hint(err, _("on Debian: apt-get install %s"), way->package);
		return ERR_SYSTEM;
	}
	descriptor = mkstemps(from, (int)strlen(".html"));
	if (descriptor < 0)
		return err_errno(err, "%s", _("cannot make a temporary file"));
	status = file_write_all(descriptor, text, err);
	close(descriptor);
	strvec_init(&argv);
	arguments_for(program, way, from, context->global.output, &argv);
	if (status == 0)
		status = run_program(&argv, err);
	strvec_release(&argv);
	unlink(from);
	return status;
}

int convert_emit(struct context *context, struct doc *doc, struct err *err)
{
	struct slice path = slice_of(context->global.output);
	const struct conversion *way = NULL;
	struct strbuf text;
	int status;

	for (size_t i = 0; i < ARRAY_SIZE(conversions) && !way; i++)
		if (slice_ends(path, conversions[i].suffix) && (conversions[i].figure ? is_figure(doc) : true))
			way = &conversions[i];
	if (!way)
		return err_set(err, ERR_USAGE, _("'%s' is for a figure, and this answer is not one"),
			context->global.output);
	strbuf_init(&text);
	status = renderer_find(way->renderer)->render(doc, &context->render, &text, err);
	if (status == 0)
		status = convert(context, way, strbuf_slice(&text), err);
	strbuf_release(&text);
	return status;
}
