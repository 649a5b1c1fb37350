/* The ways out of a run: documents to stdout, the pager or a file; diagnostics to stderr. */
#include "cmd/cli/context-internal.h"

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

/* -o makes no folders: a slip in the path would go unseen. */
static int require_folder(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	struct strbuf folder;
	int status = 0;

	if (!slash || slash == path)
		return 0;
	strbuf_init(&folder);
	strbuf_add(&folder, path, (size_t)(slash - path));
	if (!file_is_folder(folder.buf)) {
		status = err_set(err, ERR_INPUT, _("cannot write '%s': there is no folder '%s'"), path, folder.buf);
		err_hint(err, _("make it first: mkdir -p '%s'"), folder.buf);
	}
	strbuf_release(&folder);
	return status;
}

int context_check_output(struct context *context, struct err *err)
{
	const char *path = context->global.output;
	int status = path ? refuse_source(path, err) : 0;

	return path && status == 0 ? require_folder(path, err) : status;
}

/* Where a document goes piece by piece while it is rendered: a file that is replaced whole or not at all, or stdout. */
struct outlet {
	struct file_writer file;
	bool to_file, closed; /* closed: nobody reads any more (| head) */
	int status;
	struct err *err;
};

static bool outlet_write(void *context, struct slice text)
{
	struct outlet *outlet = context;

	if (outlet->status < 0 || outlet->closed)
		return false;
	if (outlet->to_file)
		outlet->status = file_writer_add(&outlet->file, text, outlet->err);
	else if (fwrite(text.at, 1, text.len, stdout) == text.len && fflush(stdout) == 0)
		return true;
	else if (errno == EPIPE) /* no failure of ours */
		outlet->closed = true;
	else
		outlet->status = err_errno(outlet->err, "%s", _("cannot write the output"));
	return outlet->status == 0 && !outlet->closed;
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

/* Renders into the outlet; a pager gets the text whole. */
static int render_to(struct context *context, const struct doc *doc, struct outlet *outlet, char *pager)
{
	struct render_sink sink = { outlet_write, outlet };
	struct strbuf text;

	strbuf_init(&text);
	context->render.sink = pager ? NULL : &sink;
	int status = context->renderer->render(doc, &context->render, &text, outlet->err);
	context->render.sink = NULL;
	if (status == 0 && !(pager && page(pager, strbuf_slice(&text))))
		outlet_write(outlet, strbuf_slice(&text));
	strbuf_release(&text);
	return status < 0 ? status : outlet->status;
}

static int emit_stdout(struct context *context, const struct doc *doc, struct err *err)
{
	struct outlet outlet = { .err = err };
	bool paged = isatty(STDOUT_FILENO) && !context->global.no_pager && strcmp(context->renderer->name, "table") == 0;
	char *pager = paged ? pager_command(context) : NULL;
	int status = render_to(context, doc, &outlet, pager);

	free(pager);
	return status;
}

static int emit_file(struct context *context, const struct doc *doc, struct err *err)
{
	struct outlet outlet = { .to_file = true, .err = err };
	int status = file_writer_open(&outlet.file, context->global.output, err);
	if (status < 0)
		return status;
	return file_writer_close(&outlet.file, render_to(context, doc, &outlet, NULL), err);
}

int context_emit(struct context *context, struct doc *doc, struct err *err)
{
	struct render_words words;
	int status;

	context->emitted = true;
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
	if (convert_wanted(context))
		status = convert_emit(context, doc, err);
	else
		status = context->global.output ? emit_file(context, doc, err) : emit_stdout(context, doc, err);
	context->render.words = NULL;
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
