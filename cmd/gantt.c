/* `pmt gantt`: the schedule as bars over time. */
#include "cmd/cli/context.h"

#include "report/gantt.h"
#include "report/health.h"

#include <string.h>

struct gantt_options {
	long depth;
	const char *zoom, *by;
	bool critical;
};

static const struct option_spec specs[] = {
	{ 0, "depth", OPTION_COUNT, offsetof(struct gantt_options, depth), N_("N"),
		N_("Show N levels of the work breakdown structure") },
	{ 0, "zoom", OPTION_TEXT, offsetof(struct gantt_options, zoom), "auto|day|week|month|quarter",
		N_("What a column of the scale is (default: auto, from the width)") },
	{ 0, "by", OPTION_TEXT, offsetof(struct gantt_options, by), "person|team|equipment",
		N_("A block of rows for each person, team or machine instead of the tree") },
	{ 0, "critical", OPTION_FLAG, offsetof(struct gantt_options, critical), NULL,
		N_("Only what is on the critical path") },
	OPTIONS_END,
};

static int read_by(const char *word, enum gantt_by *out, struct err *err)
{
	static const char *const words[] = { [GANTT_BY_PERSON] = "person", [GANTT_BY_TEAM] = "team", [GANTT_BY_EQUIPMENT] = "equipment" };

	for (size_t i = GANTT_BY_PERSON; word && i < ARRAY_SIZE(words); i++)
		if (strcmp(word, words[i]) == 0) {
			*out = (enum gantt_by)i;
			return 0;
		}
	return word ? err_set(err, ERR_USAGE, _("--by takes person, team or equipment, not '%s'"), word) : 0;
}

static int read_options(const struct gantt_options *options, struct gantt_request *request, struct err *err)
{
	if (options->depth < 0 || options->depth > 1000)
		return err_set(err, ERR_USAGE, _("--depth takes a number of levels from 1 up, not %ld"), options->depth);
	request->selection.depth = (int)options->depth;
	request->selection.critical = options->critical;
	request->zoom = gantt_zoom_parse(options->zoom);
	if (request->zoom < 0)
		return err_set(err, ERR_USAGE, _("'%s' is no zoom; day, week, month, quarter and auto are"), options->zoom);
	return read_by(options->by, &request->by, err);
}

static int draw(struct context *context, const struct gantt_request *request, struct err *err)
{
	struct doc doc;
	doc_init(&doc, "pmt.gantt/1");
	doc_title(&doc, cell_text(&doc.arena, project_setting(&context->project, "name")));
	struct figure *figure = gantt_build(&doc, request);
	if (context->renderer && !strcmp(context->renderer->name, "table"))
		figure->title = NULL; /* a page of its own needs no caption */
	if (request->by == GANTT_BY_TREE)
		health_levelled(&doc, request->plan);
	int status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct gantt_request request = { .plan = &context->plan };
	struct condition *condition;
	int status = read_options(options, &request, err);
	if (status == 0)
		status = context_condition(context, kind_find(slice_of("task")), arguments, &condition, err);
	if (status < 0)
		return status;
	request.scope = context_scope(context);
	request.selection.condition = condition;
	return draw(context, &request, err);
}

const struct command cmd_gantt = {
	.name = "gantt",
	.group = GROUP_PLAN,
	.summary = N_("Draw the schedule as bars over time"),
	.usage = "[CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct gantt_options),
	.needs = NEEDS_PLAN,
	.run = run,
};
