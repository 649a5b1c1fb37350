/* `pmt metric chart NAME`: is it steady, and where does it stand? */
#include "cmd/cli/metric.h"

#include "quality/rule.h"
#include "report/control_chart.h"

const struct option_spec metric_chart_specs[] = {
	{ 0, "since", OPTION_TEXT, offsetof(struct metric_chart_options, since), N_("DATE"),
		N_("Draw the samples from then on") },
	{ 0, "limits", OPTION_TEXT, offsetof(struct metric_chart_options, limits), N_("DATE"),
		N_("Limits from the samples up to then, so that what came after is held against them") },
	OPTIONS_END,
};

static int read_day(struct context *context, const char *name, const char *text, moment_t *out, struct err *err)
{
	struct field option = { .name = name, .type = TYPE_DATE };
	int status = text ? context_read_moment(context, &option, text, out, err) : 0;

	return status < 0 ? status : 0;
}

static size_t first_shown(const struct metric *metric, moment_t since)
{
	size_t first = 0;

	while (since != MOMENT_NONE && first < metric->count && metric->samples[first].when < since)
		first++;
	return first;
}

int metric_chart(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct metric_chart_options *o = options;
	moment_t since = MOMENT_NONE, limits = MOMENT_NONE, now = rule_now(&context->project, context->now);
	struct control_chart chart = { .project = &context->project, .data = context_wants_data(context) };
	struct record *record = NULL;
	struct control control;
	struct metric metric;
	struct doc doc;
	int status;

	if (arguments->len != 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt metric chart' needs one metric"));
	status = noun_resolve(context, context->kind, arguments->items[0], &record, err);
	if (status == 0)
		status = read_day(context, "--since", o->since, &since, err);
	if (status == 0)
		status = read_day(context, "--limits", o->limits, &limits, err);
	if (status < 0)
		return status;
	metric_read(&metric, &context->project, record, now, &context->project.arena);
	chart.first = first_shown(&metric, since);
	if (metric.count && chart.first == metric.count)
		return err_set(err, ERR_FAILED, _("nothing was measured since %s"), o->since);
	control_init(&control, &metric, limits == MOMENT_NONE ? limits : limits + MINUTES_PER_DAY - 1);
	if (limits != MOMENT_NONE && !control.known) {
		control_release(&control);
		return err_set(err, ERR_FAILED, _("limits need two samples, and up to %s there are fewer"), o->limits);
	}
	chart.metric = &metric;
	chart.control = &control;
	if (metric.future)
		context_note(context, _("samples in the future, not shown: %zu"), metric.future);
	doc_init(&doc, "pmt.metric-chart/1");
	control_chart_build(&doc, &chart);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	control_release(&control);
	return status;
}
