/* `pmt charter`: what the project is for, whether that is complete and approved, and which method suits which part. */
#include "cmd/cli/charter_edit.h"
#include "cmd/cli/history.h"
#include "cmd/cli/proposal.h"
#include "cmd/cli/revision.h"

#include "model/difference.h"
#include "report/charter.h"

/* Fields changed after the commit that approved the charter, each once. False: there is no history that tells. */
static bool read_changed(struct context *context, struct history_run *run, struct vec *fields)
{
	const struct history_entry *entries;
	struct err trouble;
	bool approved = false;

	context_err_init(&trouble);
	if (history_begin(run, context, &trouble) == 0) {
		run->query.kind = kind_find(slice_of("charter"));
		if (history_read(run, &trouble) < 0)
			run->entries.len = 0;
	}
	err_release(&trouble);
	entries = run->entries.items;
	for (size_t i = 0; i < run->entries.len && !approved; i++) {
		for (size_t c = 0; c < entries[i].commit.change_count; c++) {
			const struct history_change *change = &entries[i].commit.changes[c];

			approved |= change->action == HISTORY_ADDED || slice_is(change->field, "approved") ||
				slice_is(change->field, "approved_by");
		}
		for (size_t c = 0; c < entries[i].commit.change_count && !approved; c++) {
			bool known = false;

			for (size_t k = 0; k < fields->len; k++)
				known |= slice_equal(((struct slice *)fields->items)[k], entries[i].commit.changes[c].field);
			if (!known)
				vec_append(fields, &entries[i].commit.changes[c].field);
		}
	}
	return approved;
}

static bool approved_alike(const struct project *target, const struct record *charter)
{
	const struct record *there = record_counterpart(target, charter);

	return there && slice_equal(record_text_or(there, "approved"), record_text_or(charter, "approved")) &&
	       slice_equal(record_text_or(there, "approved_by"), record_text_or(charter, "approved_by"));
}

/* On the branch of a change: does only that change approve it? Then its id goes to out. */
static void read_pending(struct context *context, const struct record *charter, struct strbuf *out)
{
	struct past target = { .loaded = false };
	struct proposal p;
	struct err ignored;

	context_err_init(&ignored);
	diagnostics_init(&target.found);
	proposal_init(&p, context);
	if (proposal_prepare(&p, NULL, &ignored) == 0 && proposal_find(&p, NULL, &ignored) == 0 &&
		past_open(&target, context, p.target.tip.id, &ignored) == 0 && !approved_alike(&target.project, charter))
		strbuf_add_slice(out, strbuf_slice(&p.id));
	past_release(&target);
	proposal_release(&p);
	err_release(&ignored);
}

static int show(struct context *context, bool check, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("charter"));
	struct charter_page page = { .project = &context->project, .data = context_wants_data(context) };
	struct history_run run = { 0 };
	struct strbuf pending;
	struct vec changed;
	struct doc doc;
	bool approved;
	int status;

	vec_init(&changed, sizeof(struct slice));
	strbuf_init(&pending);
	if (project_count(&context->project, kind))
		page.charter = project_at(&context->project, kind, 0);
	approved = !check && page.charter && charter_approved(page.charter);
	if (approved && read_changed(context, &run, &changed))
		page.changed = &changed;
	if (approved && !context->global.at && revision_has_history(context))
		read_pending(context, page.charter, &pending);
	page.pending = strbuf_slice(&pending);
	doc_init(&doc, "pmt.charter/1");
	if (!check)
		charter_page(&doc, &page);
	else if (charter_completeness(&doc, &page, false))
		context->exit_code = 1;
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	if (run.context)
		history_end(&run);
	vec_release(&changed);
	strbuf_release(&pending);
	return status;
}

static int refuse_words(const struct strvec *words, const char *command, struct err *err)
{
	if (!words->len)
		return 0;
	return err_set(err, ERR_USAGE, _("'pmt %s' takes no arguments, not '%s'"), command, words->items[0]);
}

static int run_show(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return refuse_words(words, "charter", err) < 0 ? err->code : show(context, false, err);
}

static int run_check(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return refuse_words(words, "charter check", err) < 0 ? err->code : show(context, true, err);
}

/* The history of requirements, when there is any. */
static const struct vec *read_requirements(struct context *context, struct history_run *run)
{
	struct err trouble;
	int status;

	context_err_init(&trouble);
	status = history_begin(run, context, &trouble);
	run->query.kind = kind_find(slice_of("requirement"));
	if (status == 0)
		status = history_read(run, &trouble);
	if (status < 0)
		context_note(context, _("how stable the requirements are is not known: %s"),
			trouble.message ? trouble.message : "?");
	err_release(&trouble);
	return status == 0 ? &run->entries : NULL;
}

struct advise_options {
	bool table;
};

static const struct option_spec advise_specs[] = {
	{ 0, "table", OPTION_FLAG, offsetof(struct advise_options, table), NULL, N_("Show the table that the advice rests on instead") },
	OPTIONS_END,
};

static int show_table(struct context *context, struct err *err)
{
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.charter.advice.table/1");
	charter_advice_table(&doc, &context->project);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run_advise(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct method_request request = { .plan = &context->plan, .now = context->now };
	struct method_advices advices;
	struct history_run run = { 0 };
	struct trace trace;
	struct doc doc;
	int status;

	if (refuse_words(words, "charter advise", err) < 0)
		return err->code;
	if (((const struct advise_options *)options)->table)
		return show_table(context, err);
	trace_init(&trace, &context->project, context->now);
	request.trace = &trace;
	request.entries = read_requirements(context, &run);
	method_advise(&advices, &request);
	doc_init(&doc, "pmt.charter.advice/1");
	charter_advice(&doc, &context->plan, &advices, context_wants_data(context));
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	method_advices_release(&advices);
	if (run.context)
		history_end(&run);
	trace_release(&trace);
	return status;
}

static const struct command_verb verbs[] = {
	{ "check", "", N_("What it must say, and what is missing; exit 1 when something is"), NULL, 0, NEEDS_PROJECT, run_check },
	{ "edit", "[--from FILE]", N_("Write it in your editor, from a commented template"), charter_edit_specs,
		sizeof(struct charter_edit_options), NEEDS_PROJECT | NEEDS_LOCK, charter_edit },
	{ "advise", "", N_("Which method suits which part of the project, and why"), advise_specs,
		sizeof(struct advise_options), NEEDS_PLAN, run_advise },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_charter = {
	.name = "charter",
	.group = GROUP_START,
	.summary = N_("The charter: what it says and lacks, whether it is approved; advice on methods"),
	.usage = "",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "charter",
	.run = run_show,
};
