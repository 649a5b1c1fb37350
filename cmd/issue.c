/* `pmt issue`: the log; `pmt issue age`: how old and how late what is open is, and whom rules escalate it to. */
#include "cmd/cli/risk.h"
#include "cmd/cli/watch.h"

#include "report/register_log.h"

struct issue_options {
	const char *by;
};

static const struct option_spec age_specs[] = {
	{ 0, "by", OPTION_TEXT, offsetof(struct issue_options, by), "severity|owner|type", N_("Count by this (default: severity)") },
	OPTIONS_END,
};

/* Only a rule that waits needs to know since when. */
static bool wants_since(const struct watch *watch)
{
	const struct rule_hit *hits = watch->rules.hits.items;

	for (size_t i = 0; i < watch->rules.hits.len; i++)
		if (hits[i].record && hits[i].rule->after != 0 && hits[i].rule->of == kind_find(slice_of("issue")))
			return true;
	return false;
}

static bool has_escalations(const struct project *project)
{
	const struct record *rule;

	FOREACH_RECORD(project, kind_find(slice_of("rule")), rule)
		if (slice_is(record_text_or(rule, "does"), "escalate") && slice_is(record_text_or(rule, "of"), "issue"))
			return true;
	return false;
}

static int tell(struct context *context, struct issue_log_request *request, struct err *err)
{
	struct watch watch = { .open = false };
	struct doc doc;
	int status = 0;

	doc_init(&doc, "pmt.issue.age/1");
	if (has_escalations(&context->project)) {
		status = watch_open(&watch, context, 1u << RULE_ESCALATE, err);
		if (status == 0 && wants_since(&watch))
			watch_since(&watch);
		request->rules = &watch.rules;
		request->calendar = context_calendar(context);
	}
	if (status == 0) {
		issue_age_report(&doc, request);
		status = context_emit(context, &doc, err);
	}
	doc_release(&doc);
	if (request->rules)
		watch_close(&watch);
	return status;
}

static int age(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct issue_options *o = options;
	struct vec records;
	int by, status = choose_word("by", "severity|owner|type", o->by, ISSUES_BY_SEVERITY, &by, err);

	if (status < 0)
		return status;
	vec_init(&records, sizeof(struct record *));
	status = records_select(context, context->kind, words, NULL, &records, err);
	if (status == 0) {
		struct issue_log_request request = { .r = &context->risks, .records = &records, .group = (enum issue_group)by,
			.now = context->now, .data = context_wants_data(context) };
		status = tell(context, &request, err);
	}
	vec_release(&records);
	return status;
}

static const struct command_verb verbs[] = {
	{ "age", "[CONDITION...]", N_("How old and how late open issues are, and whom rules escalate them to"), age_specs,
		sizeof(struct issue_options), NEEDS_PROJECT, age },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_issue = {
	.name = "issue",
	.group = GROUP_WORK,
	.summary = N_("Issues: what is wrong, open or to be done, and how old it is"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "issue",
};
