#include "cmd/cli/convert.h"

#include "base/process.h"
#include "base/slice.h"
#include "cmd/cli/context.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

static bool has_suffix(const struct context *context, const char *suffix)
{
	const char *path = context->global.output;
	size_t len = path ? strlen(path) : 0, tail = strlen(suffix);

	return len > tail && strcasecmp(path + len - tail, suffix) == 0;
}

bool convert_wanted(const struct context *context)
{
	for (size_t i = 0; i < ARRAY_SIZE(conversions); i++)
		if (!context->global.format && has_suffix(context, conversions[i].suffix))
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

/* The program that is here, or NULL. */
static const char *find_program(const struct conversion *way, struct err *err)
{
	for (size_t i = 0; way->programs[i]; i++)
		if (on_path(way->programs[i]))
			return way->programs[i];
	err_set(err, ERR_SYSTEM, _("writing %s needs the program '%s', which is not here"), way->suffix, way->programs[0]);
	err_hint(err, _("on Debian: apt-get install %s"), way->package);
	return NULL;
}

static int write_file(const char *path, struct slice bytes, struct err *err)
{
	struct file_writer writer;
	int status = file_writer_open(&writer, path, err);

	return status < 0 ? status : file_writer_close(&writer, file_writer_add(&writer, bytes, err), err);
}

/* In a folder of our own, so that the file asked for is replaced whole or not at all. */
static int convert_in(const char *folder, const struct conversion *way, struct slice text, struct strbuf *out, struct err *err)
{
	const char *program = find_program(way, err);
	struct strbuf from, to;
	struct strvec argv;
	int status = ERR_SYSTEM;

	strbuf_init(&from);
	strbuf_init(&to);
	strvec_init(&argv);
	strbuf_addf(&from, "%s/page.html", folder);
	strbuf_addf(&to, "%s/made%s", folder, way->suffix);
	if (program) {
		arguments_for(program, way, from.buf, to.buf, &argv);
		status = write_file(from.buf, text, err);
	}
	if (status == 0)
		status = run_program(&argv, err);
	if (status == 0)
		status = file_read(out, to.buf, err);
	strvec_release(&argv);
	strbuf_release(&from);
	strbuf_release(&to);
	return status;
}

static int convert(const struct context *context, const struct conversion *way, struct slice text, struct err *err)
{
	char folder[] = "/tmp/pmt-XXXXXX";
	struct strbuf made;
	int status;

	if (!mkdtemp(folder))
		return err_errno(err, "%s", _("cannot make a temporary file"));
	strbuf_init(&made);
	status = convert_in(folder, way, text, &made, err);
	if (status == 0)
		status = write_file(context->global.output, strbuf_slice(&made), err);
	strbuf_release(&made);
	file_remove_tree(folder, NULL);
	return status;
}

int convert_emit(struct context *context, struct doc *doc, struct err *err)
{
	const struct conversion *way = NULL;
	struct strbuf text;
	int status;

	for (size_t i = 0; i < ARRAY_SIZE(conversions) && !way; i++)
		if (has_suffix(context, conversions[i].suffix) && (conversions[i].figure ? is_figure(doc) : true))
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
