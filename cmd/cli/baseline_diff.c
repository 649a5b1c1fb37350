/* `pmt baseline diff [A] [B]`: what has changed between two plans, and why. */
#include "cmd/cli/baseline.h"
#include "cmd/cli/baseline_side.h"
#include "cmd/cli/help.h"

#include "base/alloc.h"
#include "report/comparison.h"

#include <ctype.h>
#include <stdlib.h>

enum { ROWS = 30 };

const struct option_spec baseline_diff_specs[] = {
	{ 'n', "limit", OPTION_TEXT, offsetof(struct baseline_view_options, limit), N_("N"),
		N_("Show the N tasks that moved the farthest (default 30; 0: all)") },
	OPTIONS_END,
};

int baseline_limit(const char *text, size_t fallback, size_t *out, struct err *err)
{
	char *end = NULL;
	unsigned long number;

	*out = fallback;
	if (!text)
		return 0;
	number = strtoul(text, &end, 10);
	if (!isdigit((unsigned char)text[0]) || *end || number > INT32_MAX)
		return err_set(err, ERR_USAGE, _("--limit takes a number of rows, or 0 for all, not '%s'"), text);
	*out = number;
	return 0;
}

static const char *label_of(const struct side *side)
{
	static const char *const labels[] = { [SIDE_NOW] = N_("now"), [SIDE_BASELINE] = N_("baseline"), [SIDE_REVISION] = N_("then") };

	return labels[side->what];
}

static void read_causes(struct side *before, struct side *after, struct context *context, struct comparison_report *report,
	struct attribution *attribution)
{
	struct attribution_request request = { .options = context_plan_options(context), .before_now = before->now, .after_now = after->now };

	side_find_text(before, after, context);
	side_find_text(after, before, context);
	if (!before->plan || !after->plan) {
		report->why_not = cell_message(before->plan ? after->missing : before->missing);
		return;
	}
	request.before = before->plan;
	request.before_costs = before->plan_costs;
	request.after = after->plan;
	request.after_costs = after->plan_costs;
	request.frozen = before->what == SIDE_BASELINE ? &before->snapshot : NULL;
	attribution_init(attribution, &request);
	report->attribution = attribution;
	report->before = before->plan;
	report->after = after->plan;
}

static void add_title(struct doc *doc, const struct side *before, const struct side *after)
{
	struct cell names[] = { side_name(before, &doc->arena), side_name(after, &doc->arena) };

	doc_heading(doc, 1, cell_message_of(&doc->arena, N_("%s → %s"), names, 2));
}

void sides_document(struct doc *doc, struct context *context, struct side *before, struct side *after,
	const struct sides_options *options)
{
	struct comparison comparison;
	struct attribution attribution;
	struct comparison_report report = { .comparison = &comparison, .before_label = label_of(before),
		.after_label = label_of(after), .data = context_wants_data(context), .limit = options->limit,
		.tasks_key = options->tasks_key, .picture = context_wants_picture(context) };

	if (before->what == after->what) {
		report.before_label = N_("before");
		report.after_label = N_("after");
	}
	comparison_init(&comparison, &before->snapshot, &after->snapshot, &context->plan);
	report.after = after->plan;
	report.scope = (struct query_scope){ .project = after->plan ? after->plan->project : &context->project,
		.now = context->now };
	if (!comparison_is_empty(&comparison))
		read_causes(before, after, context, &report, &attribution);
	comparison_document(doc, &report);
	if (report.attribution)
		attribution_release(&attribution);
	comparison_release(&comparison);
}

static int emit(struct context *context, struct side *before, struct side *after, size_t limit, struct err *err)
{
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.baseline.diff/1");
	doc.units = context->project.units;
	if (!context_wants_data(context))
		add_title(&doc, before, after);
	sides_document(&doc, context, before, after, &(struct sides_options){ .limit = limit });
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* A baseline or a revision; without a word the current baseline. */
static int first_word(struct context *context, const struct strvec *arguments, const char **out, struct err *err)
{
	if (arguments->len == 0)
		return baseline_named(context, arguments, out, err);
	*out = arguments->items[0];
	return 0;
}

int baseline_diff(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct baseline_view_options *o = options;
	struct side before = { .what = SIDE_NOW }, after = { .what = SIDE_NOW };
	const char *first = NULL;
	size_t limit;
	int status = baseline_limit(o->limit, ROWS, &limit, err);

	if (status == 0 && arguments->len > 2)
		status = help_usage_error("baseline", "diff [A] [B]", err);
	if (status == 0)
		status = context_sound_plan(context, err);
	if (status == 0)
		status = first_word(context, arguments, &first, err);
	if (status == 0)
		status = side_open(&before, context, first, err);
	if (status == 0)
		status = side_open(&after, context, arguments->len > 1 ? arguments->items[1] : NULL, err);
	if (status == 0)
		status = emit(context, &before, &after, limit, err);
	side_release(&before);
	side_release(&after);
	return status;
}
