/* `pmt requirement`: the register, MoSCoW, the trace matrix, volatility, and rulings by value. */
#include "cmd/cli/arbitrate.h"
#include "cmd/cli/context.h"

#include "cmd/cli/history.h"
#include "report/requirement.h"

/* What every verb here begins with. To be released. */
struct page {
	struct requirement_request request;
	struct query_scope scope;
	struct condition *condition;
	struct doc doc;
};

static int page_open(struct page *page, struct context *context, const struct strvec *words, const char *schema,
	struct err *err)
{
	int status = context_condition(context, kind_find(slice_of("requirement")), words, &page->condition, err);

	if (status < 0)
		return status;
	page->scope = context_scope(context);
	page->request = (struct requirement_request){ &page->scope, page->condition, context_wants_data(context) };
	doc_init(&page->doc, schema);
	return 0;
}

static int page_close(struct page *page, struct context *context, struct err *err)
{
	int status = context_emit(context, &page->doc, err);

	doc_release(&page->doc);
	return status;
}

static int run_moscow(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct page page;
	int status = page_open(&page, context, words, "pmt.requirement.moscow/1", err);

	(void)options;
	if (status < 0)
		return status;
	requirement_moscow(&page.doc, &page.request);
	return page_close(&page, context, err);
}

struct trace_options {
	bool gaps, check;
};

static const struct option_spec trace_specs[] = {
	{ 0, "gaps", OPTION_FLAG, offsetof(struct trace_options, gaps), NULL,
		N_("Only requirements that lack a task, a deliverable or a test that passes") },
	{ 0, "check", OPTION_FLAG, offsetof(struct trace_options, check), NULL,
		N_("Exit 1 when a live requirement lacks one of them") },
	OPTIONS_END,
};

static int run_trace(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct trace_options *o = options;
	struct trace trace;
	struct page page;
	int status = page_open(&page, context, words, "pmt.requirement.trace/1", err);

	if (status < 0)
		return status;
	trace_init(&trace, &context->project, context->now);
	requirement_trace(&page.doc, &page.request, &trace, o->gaps);
	if (o->check && !requirement_traced(&page.request, &trace))
		context->exit_code = 1;
	trace_release(&trace);
	return page_close(&page, context, err);
}

static int run_volatility(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("requirement"));
	struct vec months;
	struct history_run run;
	struct doc doc;
	int status;

	(void)options;
	if (words->len)
		return err_set(err, ERR_USAGE, _("'pmt requirement volatility' takes no arguments, not '%s'"), words->items[0]);
	vec_init(&months, sizeof(struct volatility_month));
	status = history_begin(&run, context, err);
	run.query.kind = kind;
	if (status == 0)
		status = history_read(&run, err);
	if (status == 0) {
		doc_init(&doc, "pmt.requirement.volatility/1");
		volatility_read(&run.entries, project_count(&context->project, kind), context->now, &months);
		requirement_volatility(&doc, &months, run.cut);
		status = context_emit(context, &doc, err);
		doc_release(&doc);
	}
	history_end(&run);
	vec_release(&months);
	return status;
}

static const struct command_verb verbs[] = {
	{ "moscow", "[CONDITION...]", N_("Must, should, could, won't: how many, their value and cost, and which"), NULL, 0,
		NEEDS_PROJECT, run_moscow },
	{ "trace", "[--gaps] [--check] [CONDITION...]",
		N_("Which tasks, deliverables and tests each leads to, coverage, and orphans both ways"), trace_specs,
		sizeof(struct trace_options), NEEDS_PROJECT, run_trace },
	{ "volatility", "", N_("How many were added, changed and removed in each month of the history"), NULL, 0,
		NEEDS_PROJECT, run_volatility },
	{ "rank", "[CONDITION...]",
		N_("Vulnerabilities, requirements and changes in the order of what they are worth"), NULL, 0, NEEDS_ROOT,
		arbitrate_rank },
	{ "arbitrate", "[--by PEOPLE] RULING [ID...]", N_("Keep a ruling between requirements and changes as a decision"),
		arbitrate_specs, sizeof(struct arbitrate_options), NEEDS_PROJECT | NEEDS_LOCK, arbitrate },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_requirement = {
	.name = "requirement",
	.group = GROUP_START,
	.summary = N_("What the result must do: register, MoSCoW, trace matrix, volatility, rulings"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "requirement",
};
