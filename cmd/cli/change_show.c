/* `pmt change show [ID]`: what a change alters, what that does, which rules it sets off, who has said what. */
#include "cmd/cli/change.h"

#include "cmd/cli/baseline.h"
#include "report/change.h"

#include <string.h>

enum { ROWS = 30 };

const struct option_spec change_show_specs[] = {
	{ 'n', "limit", OPTION_TEXT, offsetof(struct change_show_options, limit), N_("N"),
		N_("Show the first N altered fields, and the N tasks that move the farthest (default 30; 0: all)") },
	OPTIONS_END,
};

/* Two schedules and what lies between them. */
struct effect {
	struct snapshot before, after;
	struct comparison comparison;
	struct attribution attribution;
	struct comparison_report report;
	bool compared;
};

static struct cell no_causes(void)
{
	return cell_none();
}

static void compare(struct effect *e, struct change_case *c, size_t limit)
{
	struct context *context = c->proposal.context;
	struct past *before = &c->proposal.before, *after = &c->proposal.after;
	struct attribution_request request = { .options = context_plan_options(context),
		.before_now = context->now,
		.after_now = context->now,
		.before = &before->plan,
		.before_costs = &before->costs,
		.after = &after->plan,
		.after_costs = &after->costs };

	snapshot_of_plan(&e->before, &before->plan, &before->costs);
	snapshot_of_plan(&e->after, &after->plan, &after->costs);
	comparison_init(&e->comparison, &e->before, &e->after, &after->plan);
	e->report = (struct comparison_report){ .comparison = &e->comparison,
		.before = &before->plan,
		.after = &after->plan,
		.why_not = no_causes(),
		.before_label = N_("without it"),
		.after_label = N_("with it"),
		.data = context_wants_data(context),
		.limit = limit,
		.picture = context_wants_picture(context),
		.scope = { .project = &after->project, .now = context->now } };
	if (!comparison_is_empty(&e->comparison)) {
		attribution_init(&e->attribution, &request);
		e->report.attribution = &e->attribution;
	}
	e->compared = true;
}

/* A project without tasks has no schedule, and nothing is wrong with it. */
static bool has_tasks(const struct past *past)
{
	return project_count(&past->project, kind_find(slice_of("task"))) > 0;
}

/* Plans of both sides as of today; false: one of them cannot be made, and err says why. */
static bool make_plans(struct change_case *c, struct err *err)
{
	struct context *context = c->proposal.context;
	struct past *before = &c->proposal.before, *after = &c->proposal.after;
	int status = 0;

	if (!has_tasks(before) && !has_tasks(after))
		return false;
	status = past_plan(before, context, context->now, err);
	if (status == 0)
		status = past_plan(after, context, context->now, err);
	return status == 0;
}

static void effect_release(struct effect *e)
{
	if (!e->compared)
		return;
	if (e->report.attribution)
		attribution_release(&e->attribution);
	comparison_release(&e->comparison);
	snapshot_release(&e->before);
	snapshot_release(&e->after);
}

int change_emit(struct change_case *c, size_t limit, struct err *err)
{
	struct context *context = c->proposal.context;
	struct change_report report = { .review = &c->review,
		.branch = c->proposal.own.name.buf,
		.target = c->proposal.target.name.buf,
		.me = context_me(context),
		.now = context->now,
		.data = context_wants_data(context),
		.limit = limit };
	struct effect effect = { .compared = false };
	struct err trouble;
	struct doc doc;
	int status;

	context_err_init(&trouble);
	if (make_plans(c, &trouble)) {
		compare(&effect, c, limit);
		report.comparison = &effect.report;
		report.costs_before = &c->proposal.before.costs;
		report.costs_after = &c->proposal.after.costs;
	}
	report.trouble = trouble.message;
	doc_init(&doc, "pmt.change.show/1");
	change_document(&doc, &report);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	effect_release(&effect);
	err_release(&trouble);
	return status;
}

int change_show(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct change_show_options *o = options;
	struct change_case c;
	size_t limit;
	int status = baseline_limit(o->limit, ROWS, &limit, err);

	change_case_init(&c, context);
	if (status == 0)
		status = change_case_open(&c, arguments, err);
	if (status == 0)
		status = change_emit(&c, limit, err);
	change_case_release(&c);
	return status;
}
