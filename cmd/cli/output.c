/* The ways out of a run: documents to stdout, the pager or a file; diagnostics to stderr. */
#include "cmd/cli/context.h"

#include "base/alloc.h"
#include "base/process.h"
#include "cmd/cli/config.h"
#include "cmd/cli/convert.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/* A slip of the hand must not turn the plan into a table: .ini is for the project's own text, and no format writes it. */
static int refuse_source(const char *path, struct err *err)
{
	if (!slice_ends(slice_of(path), ".ini"))
		return 0;
	err_set(err, ERR_USAGE, _("'%s': *.ini is the project's own text, no place for output"), path);
	err_hint(err, "%s", _("name another file for -o, such as plan.html, plan.csv or plan.json"));
	return ERR_USAGE;
}

/* A file is replaced whole or not at all; what is no regular file (a pipe, /dev/stdout) is written to. */
static int write_output(const char *path, struct slice bytes, struct err *err)
{
	struct stat st;
	int status, descriptor;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		descriptor = open(path, O_WRONLY | O_CLOEXEC);
		if (descriptor < 0)
			return err_errno(err, _("cannot write '%s'"), path);
		status = file_write_all(descriptor, bytes, err);
		close(descriptor);
		return status;
	}
	return file_replace(path, bytes, err);
}

/* PMT_PAGER, pmt.pager, GIT_PAGER, PAGER, less; NULL when paging is off. */
static char *pager_command(struct context *context)
{
	const char *from[] = { getenv("GIT_PAGER"), getenv("PAGER"), "less" };
	struct strbuf command;
	char *text = NULL;

	strbuf_init(&command);
	if (!config_get(context, "pager", &command))
		for (size_t i = 0; i < ARRAY_SIZE(from); i++)
			if (from[i]) {
				strbuf_add_str(&command, from[i]);
				break;
			}
	if (command.len > 0 && strcmp(command.buf, "cat") != 0)
		text = strbuf_detach(&command);
	strbuf_release(&command);
	return text;
}

/* True when the pager took the text. */
static bool page(const char *command, struct slice text)
{
	const char *const arguments[] = { "sh", "-c", command, NULL };
	struct process pager = { .arguments = arguments, .input = text };
	int status;

	/* As git does: quit when it fits, keep colours, do not clear the screen. */
	setenv("LESS", "FRX", 0);
	setenv("LESSCHARSET", "utf-8", 0);
	pager.environment = environ;
	/* 127: the shell found no such program. */
	return process_run(&pager, &status, NULL) == 0 && status != 127;
}

static int write_stdout(struct context *context, struct slice text, struct err *err)
{
	char *pager = NULL;
	bool paged = false;

	if (isatty(STDOUT_FILENO) && !context->global.no_pager &&
		strcmp(context->renderer->name, "table") == 0)
		pager = pager_command(context);
	if (pager)
		paged = page(pager, text);
	free(pager);
	if (paged)
		return 0;
	if (fwrite(text.at, 1, text.len, stdout) != text.len || fflush(stdout) != 0) {
		/* A closed pipe (| head) is no failure of ours. */
		if (errno == EPIPE)
			return 0;
		return err_errno(err, "%s", _("cannot write the output"));
	}
	return 0;
}

int context_emit(struct context *context, struct doc *doc, struct err *err)
{
	struct render_words words;
	bool converted = convert_wanted(context);
	struct strbuf text;
	int status;

	render_words_init(&words);
	context->render.words = &words;
	doc->now = context->now;
	doc->at = strbuf_slice(&context->at);
	if (context->project_loaded)
		doc->units = context->project.units;
	if (!doc->diagnostics)
		doc->diagnostics = &context->found;
	/* A page of its own says what project it is from. */
	if (doc->title.type == CELL_NONE && context->project_loaded && !strcmp(context->renderer->name, "html"))
		doc_title(doc, cell_text(&doc->arena, project_setting(&context->project, "name")));
	strbuf_init(&text);
	status = context->global.output ? refuse_source(context->global.output, err) : 0;
	if (status < 0)
		converted = true; /* nothing is written */
	else if (converted)
		status = convert_emit(context, doc, err);
	else
		status = context->renderer->render(doc, &context->render, &text, err);
	if (status == 0 && !converted && context->global.output)
		status = write_output(context->global.output, strbuf_slice(&text), err);
	else if (status == 0 && !converted)
		status = write_stdout(context, strbuf_slice(&text), err);
	context->render.words = NULL;
	strbuf_release(&text);
	return status;
}

void context_report(struct context *context, const struct diagnostics *found)
{
	struct render_options look = context->render;
	const struct diagnostic *items;
	struct strbuf text;

	diagnostics_sort((struct diagnostics *)found);
	items = found->items.items;
	look.color = isatty(STDERR_FILENO) && !getenv("NO_COLOR");
	strbuf_init(&text);
	for (size_t i = 0; i < found->items.len; i++)
		if (items[i].severity == SEVERITY_ERROR || !context->global.quiet)
			render_diagnostic(&items[i], &look, &text);
	fputs(text.buf, stderr);
	strbuf_release(&text);
}
