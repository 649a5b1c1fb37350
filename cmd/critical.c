/* `pmt critical`: the longest paths, what shortening would gain, and what makes float negative. */
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"

#include "report/critical.h"

#include <string.h>

enum { PATHS_MOST = 1000, PATHS_WITHIN_FLOAT = 20 };

struct critical_options {
	long paths;
	const char *to, *within, *days, *progress;
	bool all;
};

static const struct option_spec specs[] = {
	{ 0, "paths", OPTION_COUNT, offsetof(struct critical_options, paths), N_("N"),
		N_("The N longest paths (default: the longest; 20 with --float)") },
	{ 0, "float", OPTION_TEXT, offsetof(struct critical_options, within), N_("DURATION"),
		N_("Paths with no more float than this, such as 2d") },
	{ 0, "to", OPTION_TEXT, offsetof(struct critical_options, to), N_("ID"),
		N_("Paths that lead to this task or milestone, not to the project's finish") },
	{ 0, "all", OPTION_FLAG, offsetof(struct critical_options, all), NULL,
		N_("Every task with its early and late dates and floats, not paths") },
	{ 0, "days", OPTION_OPTIONAL, offsetof(struct critical_options, days), N_("FIRST"),
		N_("Days of work since the project's start instead of dates, counted from 1 or, with --days=0, from 0") },
	{ 0, "progress", OPTION_TEXT, offsetof(struct critical_options, progress), N_("LOGIC"),
		N_("retained or override: whether work begun out of sequence waits for its predecessors") },
	OPTIONS_END,
};

static int read_days(const char *text, enum critical_days *out, struct err *err)
{
	*out = DAYS_DATES;
	if (!text)
		return 0;
	if (text[0] && strcmp(text, "0") != 0 && strcmp(text, "1") != 0)
		return err_set(err, ERR_USAGE, _("--days counts from 0 or from 1, not '%s'"), text);
	*out = strcmp(text, "0") == 0 ? DAYS_FROM_0 : DAYS_FROM_1;
	return 0;
}

static int read_paths(struct context *context, const struct critical_options *o, struct path_request *out, struct err *err)
{
	struct estimate within;

	out->float_most = INT64_MAX;
	if (o->paths < 0 || o->paths > PATHS_MOST)
		return err_set(err, ERR_USAGE, _("--paths takes a number from 1 to %d, not %ld"), PATHS_MOST, o->paths);
	if (o->within && duration_parse(slice_of(o->within), &context->project.units, &within, NULL) != 0)
		return err_set(err, ERR_USAGE, _("--float takes a duration such as 2d, not '%s'"), o->within);
	if (o->within)
		out->float_most = within.likely;
	out->most = o->paths ? (size_t)o->paths : o->within ? PATHS_WITHIN_FLOAT : 1;
	out->to = PLAN_NO_TASK;
	return o->to ? noun_resolve_task(context, o->to, &out->to, err) : 0;
}

/* The plan with other logic than the project's. */
static int apply_progress(struct context *context, const char *word, struct err *err)
{
	struct plan_options options = context_plan_options(context);
	struct diagnostics found;
	int status;

	if (!word)
		return 0;
	options.progress = strcmp(word, "override") == 0 ? PROGRESS_OVERRIDE : PROGRESS_RETAINED;
	if (options.progress == PROGRESS_RETAINED && strcmp(word, "retained") != 0)
		return err_set(err, ERR_USAGE, _("--progress takes retained or override, not '%s'"), word);
	diagnostics_init(&found);
	status = plan_schedule(&context->plan, &options, &found, err);
	diagnostics_release(&found);
	return status;
}

static bool format_is(const struct context *context, const char *name)
{
	return context->renderer && strcmp(context->renderer->name, name) == 0;
}

static int show(struct context *context, const struct critical_request *request, struct err *err)
{
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.critical/1");
	if (!request->data)
		doc_title(&doc, cell_text(&doc.arena, project_setting(&context->project, "name")));
	critical_build(&doc, request);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct critical_options *o = options;
	struct critical_request request = { .plan = &context->plan, .all = o->all };
	int status;

	if (arguments->len > 0)
		return err_set(err, ERR_USAGE, _("'pmt critical' takes options only, not '%s'"), arguments->items[0]);
	status = read_days(o->days, &request.days, err);
	if (status == 0)
		status = read_paths(context, o, &request.paths, err);
	if (status == 0)
		status = apply_progress(context, o->progress, err);
	if (status < 0)
		return status;
	request.data = context_wants_data(context);
	request.picture = format_is(context, "html") || format_is(context, "svg");
	return show(context, &request, err);
}

const struct command cmd_critical = {
	.name = "critical",
	.group = GROUP_PLAN,
	.summary = N_("Show the longest paths and what shortening them gains"),
	.usage = "[--paths N] [--float DURATION] [--to ID] | --all",
	.options = specs,
	.options_size = sizeof(struct critical_options),
	.needs = NEEDS_PLAN,
	.run = run,
};
