/* `pmt check`: everything that is wrong in the project's text, all at once. */
#include "cmd/cli/context.h"

#include "base/file.h"
#include "cmd/cli/fix.h"
#include "cmd/cli/hooks.h"
#include "cmd/cli/methods.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

struct check_options {
	bool strict, fix;
	const char *method;
};

static const struct option_spec specs[] = {
	{ 0, "strict", OPTION_FLAG, offsetof(struct check_options, strict), NULL,
		N_("Warnings count as errors for the exit code") },
	{ 0, "fix", OPTION_FLAG, offsetof(struct check_options, fix), NULL,
		N_("Mend what can be mended without a decision of yours, then check") },
	{ 0, "method", OPTION_TEXT, offsetof(struct check_options, method), N_("METHOD"),
		N_("What a method expects and the project lacks: prince2, pmbok, scrum, iso9001, dengbao, zero-trust or your own") },
	OPTIONS_END,
};

static long milliseconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* "2 errors, 1 warning in 14 files, 412 records (11 ms)" */
static void add_summary(struct context *context, const struct timespec *start, struct strbuf *out)
{
	const struct diagnostics *found = &context->found;
	size_t files = context->project.files.len, records = context->project.records.len;

	strbuf_addf(out, ngettext("%zu error", "%zu errors", found->errors), found->errors);
	strbuf_addf(out, ngettext(", %zu warning", ", %zu warnings", found->warnings), found->warnings);
	strbuf_addf(out, ngettext(" in %zu file", " in %zu files", files), files);
	strbuf_addf(out, ngettext(", %zu record", ", %zu records", records), records);
	if (isatty(STDOUT_FILENO) || context->global.verbose)
		strbuf_addf(out, _(" (%ld ms)"), milliseconds_since(start));
	strbuf_add_char(out, '\n');
}

static void print_findings(struct context *context, const struct timespec *start)
{
	const struct diagnostic *items = context->found.items.items;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < context->found.items.len; i++)
		if (items[i].severity == SEVERITY_ERROR || !context->global.quiet)
			render_diagnostic(&items[i], &context->render, &text);
	if (!context->global.quiet || context->found.errors)
		add_summary(context, start, &text);
	fputs(text.buf, stdout);
	strbuf_release(&text);
}

static const char *const severities[] = { [SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning",
	[SEVERITY_ERROR] = "error" };

static void add_finding(struct doc *doc, struct table *table, const struct diagnostic *finding)
{
	struct row *row = table_row(table);
	struct arena *arena = &doc->arena;

	row->cells[0] = cell_text(arena, slice_of(finding->place.path));
	row->cells[1] = finding->place.line ? cell_integer(finding->place.line) : cell_none();
	row->cells[2] = finding->place.column ? cell_integer(finding->place.column) : cell_none();
	row->cells[3] = cell_word(arena, slice_of(severities[finding->severity]));
	row->cells[3].tone = finding->severity == SEVERITY_ERROR ? TONE_BAD : TONE_WATCH;
	row->cells[4] = cell_text(arena, slice_of(finding->id));
	row->cells[5] = cell_messagef(arena, finding->format, finding->arguments[0], finding->arguments[1],
		finding->arguments[2], finding->arguments[3], finding->arguments[4], finding->arguments[5], NULL);
}

/* For CSV, Markdown and HTML: a table of findings. JSON carries them under "diagnostics". */
static int emit_findings(struct context *context, struct err *err)
{
	const struct diagnostic *items = context->found.items.items;
	struct doc doc;
	struct table *table;
	struct block *summary;
	int status;

	doc_init(&doc, "pmt.check/1");
	doc_title(&doc, cell_message(N_("What is wrong in the project's text")));
	summary = doc_pairs(&doc, "summary");
	pairs_add(&doc, summary, "errors", N_("errors"), cell_integer((int64_t)context->found.errors));
	pairs_add(&doc, summary, "warnings", N_("warnings"), cell_integer((int64_t)context->found.warnings));
	pairs_add(&doc, summary, "files", N_("files"), cell_integer((int64_t)context->project.files.len));
	pairs_add(&doc, summary, "records", N_("records"), cell_integer((int64_t)context->project.records.len));
	if (strcmp(context->renderer->name, "json") != 0) {
		table = doc_table(&doc, "findings", NULL);
		table->empty = N_("nothing is wrong");
		table_column(table, "path", N_("file"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "line", N_("line"), ALIGN_RIGHT, PRIORITY_MUST);
		table_column(table, "column", N_("column"), ALIGN_RIGHT, PRIORITY_LOW);
		table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "finding", N_("finding"), ALIGN_LEFT, PRIORITY_HIGH);
		table_column(table, "message", N_("message"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		for (size_t i = 0; i < context->found.items.len; i++)
			add_finding(&doc, table, &items[i]);
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct check_options *o = options;
	struct timespec start;
	int status = 0;

	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt check' takes no arguments, not '%s'"), arguments->items[0]);
	if (o->method && o->fix)
		return err_set(err, ERR_USAGE, "%s", _("--method and --fix exclude each other"));
	if (o->method)
		return methods_check(context, o->method, o->strict, err);
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (o->fix)
		status = fix_project(context, err);
	if (status == 0)
		status = context_project(context, err);
	if (status < 0)
		return status;
	context->strict = o->strict;
	status = context_check(context, &context->found, err);
	if (status < 0)
		return status;
	if (!context->global.at)
		hooks_check(context, &context->found);
	diagnostics_sort(&context->found);
	context->exit_code = context->found.errors || (o->strict && context->found.warnings) ? 1 : 0;
	if (strcmp(context->renderer->name, "table") != 0 || context->global.output)
		return emit_findings(context, err);
	print_findings(context, &start);
	return 0;
}

const struct command cmd_check = {
	.name = "check",
	.group = GROUP_WATCH,
	.summary = N_("Say what is wrong in the project's text"),
	.usage = "[--strict] [--fix | --method METHOD]",
	.options = specs,
	.options_size = sizeof(struct check_options),
	.needs = NEEDS_NOTHING,
	.run = run,
};
